"""The record of a publication: which texts of the case changed, from what to what.

The texts are kept by digest, so that the case can be shown as it was at any moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from workbench.case.entry import Change, EntryKind
from workbench.record.desk import Desk
from workbench.record.past import listed
from workbench.record.pen import Pen
from workbench.record.rights import Act

CLIENT = "publication"


def publish(
    desk: Desk,
    texts: Mapping[str, str],
    changed: Iterable[tuple[str, str | None]],
    write: Callable[[], None],
) -> None:
    """Write a case's files and record it: both are done, or the record is not.

    `texts` are the case's by path as they stand, `changed` the paths that are written
    with the new text, None for one that goes; `write` writes them. Raises LedgerError
    where it cannot be recorded, and what `write` raises.
    """
    new = {path: text for path, text in changed}  # noqa: C416  pairs of a plan

    def compose(pen: Pen) -> list[Change]:
        made = _first_seen(pen, texts)
        before = {path: pen.keep(text) for path, text in texts.items()}
        after = dict(before)
        for path, text in new.items():
            if text is None:
                after.pop(path, None)
            else:
                after[path] = pen.keep(text)
            made.append(_document(path, before.get(path), after.get(path)))
        lists = (pen.keep(listed(before)), pen.keep(listed(after)))
        made.append(Change(EntryKind.PUBLICATION, from_=lists[0], to=lists[1]))
        write()  # last: where it fails, nothing of this is recorded
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
