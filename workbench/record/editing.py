"""Changes of a case's texts within a batch: entered in the ledger, then written.

In a store both are one transaction. Of a folder the entries and the texts that they
name are stored first, with a note that the files are still to be written; then the
files, each whole; then the note goes. Whatever stops the program in between, the next
start finds the note and finishes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from workbench.case.editing import plan as planning
from workbench.case.editing import requests
from workbench.case.editing.acts import Done
from workbench.case.editing.file_content import file_of
from workbench.case.editing.plan import FileChange
from workbench.case.editing.read_back import with_texts
from workbench.case.entry import Change, Entry, EntryKind
from workbench.case.model import Case
from workbench.errors import WorkbenchError
from workbench.record.ledger import Ledger
from workbench.record.operations import read_changes, read_reason
from workbench.record.pen import Pen, text_digest
from workbench.record.shelves import FolderShelf, Shelf

_RENAMED: Final = ("hypotheses", "evidence", "sources")


@dataclass(frozen=True)
class Drafted:
    """What an act comes to: changes of texts, texts to keep, what is judged with it.

    `case` is what the texts then say.
    """

    changes: list[Change]
    texts: list[str]
    judged: list[Change]
    case: Case


class Draft:
    """A case and its texts as they will be once a batch is carried out."""

    def __init__(self, shelf: Shelf, case: Case) -> None:
        self.shelf = shelf
        self.case = case
        self._first: dict[str, str | None] = {}
        self._now: dict[str, str | None] = {}
        self._words: dict[str, list[str]] = {}
        self._moved: dict[str, str] = {}  # files by the name that they had at first

    def hold(self, pen: Pen) -> None:
        """Begin with the texts as they stand within a transaction.

        Raises WorkbenchError.
        """
        self.shelf, self.case = self.shelf.held(pen, self.case)

    def act(
        self, request: object, check: Callable[[Drafted], None] = lambda _: None
    ) -> Drafted:
        """Carry out what a page asks for; gives what is to be entered and kept.

        `check` is called before it is taken up. Raises WorkbenchError where that is
        refused, and what `check` raises.
        """
        done = requests.carry_out(self.case, request)
        files = planning.plan(_Texts(self), self.case, done.case, done.renamed)
        texts = [text for one in files for text in (one.old, one.new) if text]
        judged = _judged(done, request)
        asked = request if isinstance(request, Mapping) else {}
        because = read_reason(asked.get("because"))
        changes = [*_documents(files, because), *_ids(done)]
        drafted = Drafted(changes, texts, judged, done.case)
        check(drafted)
        self._take(files)
        self.case = done.case
        return drafted

    def restore(
        self, changes: Sequence[Change], text_of: Callable[[str], str | None]
    ) -> None:
        """Take up the texts that an undo or redo goes back to.

        Raises WorkbenchError where a text was changed since, or is not kept.
        """
        files, moved = [], _moved(changes)
        for change in changes:
            if change.kind is not EntryKind.DOCUMENT:
                continue
            file = str(change.part)
            stands = _Texts(self).get(file)
            if (None if stands is None else text_digest(stands)) != change.from_:
                said = "was changed since; what you did there stays as it is"
                raise WorkbenchError(f"{file} {said}")
            text = None if change.to is None else text_of(str(change.to))
            if change.to is not None and text is None:
                raise WorkbenchError(f"{file}: its earlier text was not kept")
            files.append(FileChange(file, stands, text, moved=moved.get(file, "")))
        if not files:
            return
        self.case = with_texts(self.case, files)
        self._take(files)

    def _take(self, files: Sequence[FileChange]) -> None:
        for one in files:
            self._first.setdefault(one.file, one.old)
            self._now[one.file] = one.new
            self._words.setdefault(one.file, []).extend(one.changes)
            if one.moved:
                self._moved[one.file] = self._moved.pop(one.moved, one.moved)

    @property
    def changes(self) -> tuple[FileChange, ...]:
        """The files that differ from what is on the shelf."""
        return tuple(
            FileChange(
                file,
                old,
                self._now[file],
                tuple(self._words[file]),
                self._moved.get(file, ""),
            )
            for file, old in self._first.items()
            if old != self._now[file]
        )

    def settle(self, pen: Pen, entered: Sequence[Entry]) -> str:
        """Write with the entries; else give the note by which to write afterwards.

        Raises ChangedMeanwhile.
        """
        return self.shelf.settle(pen, entered, self.changes, self.case)

    def write(self) -> None:
        """Write the files. Raises WorkbenchError where one cannot be written."""
        self.shelf.write(self.changes)

    def text(self, file: str) -> str | None:
        """Give a file's text as it will be, None where there will be none."""
        if file in self._now:
            return self._now[file]
        return self.shelf.text(file)


class _Texts(Mapping[str, str]):
    """The texts of a draft, read when they are asked for."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def __getitem__(self, file: str) -> str:
        text = self._draft.text(file)
        if text is None:
            raise KeyError(file)
        return text

    def __iter__(self) -> Iterator[str]:
        names = [str(name) for name, *_ in self._draft.shelf.fingerprint()]
        later = self._draft._now  # noqa: SLF001  its own view
        both = [*names, *(file for file in later if file not in names)]
        return iter([name for name in both if name in self])

    def __len__(self) -> int:
        return len(list(iter(self)))


def finish(ledger: Ledger, case: str, shelf: FolderShelf, analyst: str) -> list[str]:
    """Write what a program that was stopped had entered and not yet written.

    Gives the files that somebody changed meanwhile; they stay as they are. Raises
    WorkbenchError where one cannot be written: then the next start tries again.
    """
    differing = []
    for note, changes in ledger.unwritten(case).items():
        differing += _finished(ledger, shelf, changes)
        ledger.forget(note, case, analyst)
    return differing


def _finished(
    ledger: Ledger, shelf: FolderShelf, changes: Sequence[Change]
) -> list[str]:
    """Write what is left of an act; gives the files that somebody changed meanwhile."""
    texts = [one for one in changes if one.kind is EntryKind.DOCUMENT]
    moved, was = _moved(changes), {str(one.part): one.from_ for one in texts}
    left, differing = [], []
    for change in texts:
        file = str(change.part)
        stands = shelf.text(file)
        digest = None if stands is None else text_digest(stands)
        if digest == change.to:
            continue
        text = None if change.to is None else ledger.text(str(change.to))
        # A link has its new name before what it leads to has its new text.
        known = (change.from_, was.get(moved.get(file, ""), change.from_))
        if digest not in known or (change.to is not None and text is None):
            differing.append(file)
        else:
            left.append(FileChange(file, stands, text, moved=moved.get(file, "")))
    shelf.write(left)
    return differing


def _moved(changes: Iterable[Change]) -> dict[str, str]:
    """Give the files that have another name, since an id is one, by the new name."""
    return {
        file_of(str(one.part), str(one.to)): file_of(str(one.part), str(one.from_))
        for one in changes
        if one.kind is EntryKind.RENAME
    }


def _documents(files: Sequence[FileChange], because: str) -> list[Change]:
    return [
        Change(
            EntryKind.DOCUMENT,
            part=one.file,
            from_=None if one.old is None else text_digest(one.old),
            to=None if one.new is None else text_digest(one.new),
            because=because,
        )
        for one in files
    ]


def _ids(done: Done) -> list[Change]:
    """Say which ids became others."""
    found = []
    for part in _RENAMED:
        for old, new in getattr(done.renamed, part).items():
            found.append(Change(EntryKind.RENAME, part=part, from_=old, to=new))
    if (gone := done.merged) is not None:
        named = f"{gone.label} {gone.title}"
        found.append(Change(EntryKind.MERGE, from_=gone.id, to=done.id, because=named))
    return found


def _judged(done: Done, request: object) -> list[Change]:
    """Read what an analyst judges along with an act, of the items that it makes."""
    asked = request.get("judged", []) if isinstance(request, Mapping) else []
    came = [
        [EntryKind.RATING, item, hypothesis, rating.consistency, rating.because]
        for (item, hypothesis), rating in done.rated.items()
    ]
    return [
        *(replace(one, evidence=done.id) for one in read_changes(done.case, asked)),
        *read_changes(done.case, came),
    ]
