"""What one batch does to the texts of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from workbench.case.editing import requests
from workbench.case.entry import Change, Entry, EntryKind
from workbench.case.model import Case
from workbench.errors import WorkbenchError
from workbench.record.editing import Draft, Drafted
from workbench.record.operations import Refused
from workbench.record.pen import Pen


def would_change(case: Case, request: object) -> bool:
    """Tell whether a case would be another after what a page asks for.

    Raises Refused.
    """
    try:
        return requests.carry_out(case, request).case != case
    except WorkbenchError as error:
        raise Refused(str(error)) from error


class TextChanges:
    """The draft of a batch and the entries made of it; the files come at its end.

    `opens` opens the texts of a case; without it none can be changed.
    """

    def __init__(self, opens: Callable[[Case], Draft] | None) -> None:
        self._opens = opens
        self._draft: Draft | None = None
        self.entered: list[Entry] = []

    def begin(self) -> None:
        """Forget the batch before."""
        self._draft, self.entered = None, []

    def _of(self, pen: Pen, case: Case) -> Draft:
        if self._draft is None:
            if self._opens is None:
                raise Refused("the texts of this case cannot be changed from here")
            draft = self._opens(case)
            try:
                draft.hold(pen)
            except WorkbenchError as error:
                raise Refused(str(error)) from error
            self._draft = draft
        return self._draft

    def act(
        self, pen: Pen, case: Case, request: object, check: Callable[[Drafted], None]
    ) -> Drafted:
        """Draft what a page asks for; gives what is to be entered.

        `check` is called before any of it is. Raises Refused.
        """
        draft = self._of(pen, case)
        try:
            drafted = draft.act(request, check)
        except WorkbenchError as error:
            raise Refused(str(error)) from error
        for text in drafted.texts:
            pen.keep(text)
        return drafted

    def step(self, pen: Pen, case: Case, changes: Sequence[Change]) -> Sequence[Change]:
        """Draft the earlier texts that a step goes back to, or forward again.

        Gives what is to be entered of it: what was judged of an item that goes along
        stays as it is, and is there again with the item. Raises Refused.
        """
        draft = self._of(pen, case)
        try:
            draft.restore(changes, pen.text)
        except WorkbenchError as error:
            raise Refused(str(error)) from error
        return [
            one
            for one in changes
            if draft.case.has(
                _id_after(changes, "evidence", one.evidence),
                _id_after(changes, "hypotheses", one.hypothesis),
            )
        ]

    def enter(self, written: Sequence[Entry]) -> Case:
        """Note what was entered of the draft; gives the case it makes."""
        self.entered += written
        assert self._draft is not None, "entries are made of a draft"
        return self._draft.case

    def settle(self, pen: Pen) -> str:
        """Write with the entries; else give the note by which to write afterwards.

        Raises ChangedMeanwhile.
        """
        if self._draft is None or not self.entered:
            return ""
        return self._draft.settle(pen, self.entered)

    def write(self) -> str:
        """Write the files; gives why they cannot be, "" where they are."""
        assert self._draft is not None, "entries are made of a draft"
        try:
            self._draft.write()
        except WorkbenchError as error:
            return f"not saved: {error}"
        return ""

    @property
    def files(self) -> dict[str, str | None]:
        """What the batch left in the files that it changed."""
        found = self._draft.changes if self._draft is not None else ()
        return {one.file: one.new for one in found}

    def taken_back(self) -> Iterator[tuple[int, Change]]:
        """Give what takes the entries back, the last first, with their operations."""
        for one in reversed(self.entered):
            change = one.change
            turned = replace(change, from_=change.to, to=change.from_)
            yield one.op, replace(turned, undoes=one.seq)


def _id_after(changes: Sequence[Change], part: str, id_: str | None) -> str | None:
    """Give the id that a thing has once changes are made, which may rename it."""
    for one in changes:
        if (one.kind, one.part, one.from_) == (EntryKind.RENAME, part, id_):
            id_ = str(one.to)
    return id_
