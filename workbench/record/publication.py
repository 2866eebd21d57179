"""The record of a publication: which texts of the case changed, from what to what.

The texts are kept by digest, so that the case can be shown as it was at any moment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.case.editing.plan import FileChange
from workbench.case.entry import Change, EntryKind
from workbench.record.desk import Desk
from workbench.record.past import listed
from workbench.record.pen import Pen
from workbench.record.rights import Act
from workbench.record.shelves import Shelf

CLIENT = "publication"


def publish(desk: Desk, shelf: Shelf, files: Sequence[FileChange]) -> None:
    """Write what was planned of a case's texts and record it: both, or no record.

    Raises LedgerError where it cannot be recorded, NotAllowed, and WorkbenchError where
    a text was changed since it was planned on, or cannot be written.
    """

    def compose(pen: Pen) -> list[Change]:
        held, _ = shelf.held(pen, desk.case)
        texts = held.texts()
        made = _first_seen(pen, texts)
        before = {path: pen.keep(text) for path, text in texts.items()}
        after = dict(before)
        for one in files:
            if one.new is None:
                after.pop(one.file, None)
            else:
                after[one.file] = pen.keep(one.new)
            changed = before.get(one.file), after.get(one.file)
            made.append(_document(one.file, *changed))
        lists = (pen.keep(listed(before)), pen.keep(listed(after)))
        made.append(Change(EntryKind.PUBLICATION, from_=lists[0], to=lists[1]))
        held.put(pen, files)  # last: where it fails, nothing of this is recorded
        return made

    desk.record(CLIENT, Act.PUBLISH, compose)


def _first_seen(pen: Pen, texts: Mapping[str, str]) -> list[Change]:
    """Record the texts that somebody wrote outside the app, or before it was used."""
    known = pen.documents()
    made = []
    for path, text in texts.items():
        name = pen.keep(text)
        if known.get(path) != name:
            made.append(_document(path, known.get(path) or None, name))
    return made


def _document(path: str, before: str | None, after: str | None) -> Change:
    return Change(EntryKind.DOCUMENT, from_=before, to=after, part=path)
