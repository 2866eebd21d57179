"""Where the texts of a case are: in a folder, or with others in a store.

Reading, planning and previews are alike for both. A folder is written after its entries
are in the ledger; in a store entries, texts and documents are one transaction.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, Final, Protocol

from workbench.case import folder
from workbench.case.editing import plan as planning
from workbench.case.editing.plan import FileChange
from workbench.case.entry import Entry
from workbench.case.model import Case
from workbench.errors import WorkbenchError
from workbench.record import documents, folder_lock
from workbench.record.ledger import Ledger
from workbench.record.pen import Pen, now

# Each begins with a file's name, and differs where that was changed.
Fingerprint = tuple[tuple[Any, ...], ...]
_MOST: Final = 16  # cases that are kept as they were read
_MOST_STAMPS: Final = 100


class Shelf(Protocol):
    """Where the texts of one case are. `name` tells it from all others."""

    name: str

    def case_id(self) -> str:
        """Give the id of the case, "" for none."""

    def fingerprint(self) -> Fingerprint:
        """Give what changes where a text does, without reading the texts."""

    def after(self, before: Fingerprint, files: Collection[str]) -> Fingerprint:
        """Give what a fingerprint has become by a change of some files.

        What others changed meanwhile is in it or not: if not, the next one differs.
        """

    def load(self) -> Case:
        """Read the case. Raises WorkbenchError, ContentErrors among them."""

    def texts(self) -> dict[str, str]:
        """Give all texts by the names of their files. Raises WorkbenchError."""

    def text(self, file: str) -> str | None:
        """Give one text, None where there is none. Raises WorkbenchError."""

    def alone(self) -> AbstractContextManager[None]:
        """Keep others from changing the texts meanwhile, where nothing else does."""

    def held(self, pen: Pen, case: Case) -> tuple[Shelf, Case]:
        """Give the texts as they stand within a transaction, and what they come to.

        `case` is what they were when they were read. Raises WorkbenchError.
        """

    def settle(
        self,
        pen: Pen,
        entered: Sequence[Entry],
        changes: Sequence[FileChange],
        case: Case,
    ) -> str:
        """Write with the entries; else give the name of a note to write by, later.

        `case` is what the changes come to. Raises ChangedMeanwhile.
        """

    def write(self, changes: Sequence[FileChange]) -> None:
        """Write once the entries are in. Raises WorkbenchError."""

    def put(self, pen: Pen, changes: Sequence[FileChange]) -> None:
        """Write at the end of a transaction. Raises WorkbenchError."""


class FolderShelf(Shelf):
    """The texts of a case in a folder, which others may change by other means."""

    def __init__(self, where: Path) -> None:
        self.where = where
        self.name = str(where)

    def case_id(self) -> str:
        """Give the id that the question's file states."""
        return folder.case_id(self.where)

    def fingerprint(self) -> Fingerprint:
        """Give names, times and sizes of the files."""
        return folder.fingerprint(self.where)

    def after(self, before: Fingerprint, files: Collection[str]) -> Fingerprint:
        """Look at these files alone: to look at a thousand takes some ms."""
        stamps = {str(one[0]): one for one in before if one[0] not in files}
        stamps |= folder.stamps(self.where, files)
        return tuple(stamps[name] for name in sorted(stamps))

    def load(self) -> Case:
        """Read the case."""
        return folder.load(self.where)

    def texts(self) -> dict[str, str]:
        """Read all texts."""
        return planning.read_texts(self.where)

    def text(self, file: str) -> str | None:
        """Read one text."""
        return planning.read_text(self.where, file)

    def alone(self) -> AbstractContextManager[None]:
        """Lock the folder."""
        return folder_lock.alone(self.where)

    def held(self, pen: Pen, case: Case) -> tuple[Shelf, Case]:
        """Give the folder as it is: no transaction holds its files."""
        del pen
        return self, case

    def settle(
        self,
        pen: Pen,
        entered: Sequence[Entry],
        changes: Sequence[FileChange],
        case: Case,
    ) -> str:
        """Note that the files are still to be written."""
        del changes, case
        return pen.note_unwritten(entered)

    def write(self, changes: Sequence[FileChange]) -> None:
        """Write the files, each whole."""
        planning.apply(self.where, changes)

    def put(self, pen: Pen, changes: Sequence[FileChange]) -> None:
        """Write the files, each whole."""
        del pen
        planning.apply(self.where, changes)


class StoreShelf(Shelf):
    """The texts of a case in a store, which other processes share."""

    def __init__(self, ledger: Ledger, case: str, pen: Pen | None = None) -> None:
        self._ledger, self._case, self._pen = ledger, case, pen
        self.name = f"{ledger.url} {case}"

    def _ask(self, question: documents.Asked) -> Any:  # noqa: ANN401  as asked
        return (self._pen or self._ledger).ask(question)

    def case_id(self) -> str:
        """Give the id by which the store has the case."""
        return self._case

    def fingerprint(self) -> Fingerprint:
        """Give paths and digests: from memory where the revision is the same."""
        if self._pen is not None:
            return self._stamp()
        found = self._ask(lambda on: documents.standing(on, self._case))
        known: tuple[object, documents.Stamp] | None = _STAMPS.get(self.name)
        if known and found == known[0]:
            return known[1]
        stamp = self._stamp()  # of then or later: and later the standing is another
        _STAMPS.put(self.name, (found, stamp))
        return stamp

    def after(self, before: Fingerprint, files: Collection[str]) -> Fingerprint:
        """Give the present one, which the store tells without a look at the texts."""
        del before, files
        return self.fingerprint()

    def _stamp(self) -> documents.Stamp:
        found: documents.Stamp = self._ask(lambda on: documents.stamp(on, self._case))
        return found

    def load(self) -> Case:
        """Read the case, unless what is there was read before."""
        known: tuple[documents.Stamp, Case] | None = _CASES.get(self.name)
        if known and known[0] == self.fingerprint():
            return known[1]
        found = self._ask(lambda on: documents.texts(on, self._case))
        if not found:
            said = "its documents are no longer in the store"
            raise WorkbenchError(f"{self._case}: {said}")
        held = folder.Held({name: one.encode() for name, (_, one) in found.items()})
        case = folder.load_files(held)
        stamp = tuple((name, digest) for name, (digest, _) in found.items())
        _CASES.put(self.name, (stamp, case))
        return case

    def texts(self) -> dict[str, str]:
        """Read all texts."""
        found = self._ask(lambda on: documents.texts(on, self._case))
        return {name: one for name, (_, one) in found.items()}

    def text(self, file: str) -> str | None:
        """Read one text."""
        found: str | None = self._ask(lambda on: documents.text(on, self._case, file))
        return found

    def alone(self) -> AbstractContextManager[None]:
        """Leave it to the transaction, which holds the documents."""
        return nullcontext()

    def held(self, pen: Pen, case: Case) -> tuple[Shelf, Case]:
        """Hold the documents for the transaction, and read what they are now."""
        if pen.ask(lambda on: documents.hold(on, self._case)) is None:
            said = "its documents are no longer in the store"
            raise WorkbenchError(f"{self._case}: {said}")
        held = StoreShelf(self._ledger, self._case, pen)
        stands = held.load()
        return held, case if stands == case else stands

    def settle(
        self,
        pen: Pen,
        entered: Sequence[Entry],
        changes: Sequence[FileChange],
        case: Case,
    ) -> str:
        """Write within the transaction: nothing is left for later."""
        del entered
        self.put(pen, changes)
        stamp = pen.ask(lambda on: documents.stamp(on, self._case))
        _CASES.put(self.name, (stamp, case))
        return ""

    def write(self, changes: Sequence[FileChange]) -> None:
        """Write nothing: it was written with the entries."""

    def put(self, pen: Pen, changes: Sequence[FileChange]) -> None:
        """Write within the transaction, comparing with what was read."""
        pen.ask(lambda on: documents.change(on, self._case, changes, now()))


class _Kept:
    """A few values by name, the one used longest ago forgotten first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[str, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: str) -> Any:  # noqa: ANN401  as it was put
        with self._lock:
            if name in self._values:
                self._values.move_to_end(name)
            return self._values.get(name)

    def put(self, name: str, value: object) -> None:
        with self._lock:
            self._values[name] = value
            self._values.move_to_end(name)
            while len(self._values) > self._most:
                self._values.popitem(last=False)


# By the names of shelves. A case follows from its stamp, committed or not.
_STAMPS: Final = _Kept(_MOST_STAMPS)  # a stamp and the standing it goes with
_CASES: Final = _Kept(_MOST)  # a case and the stamp of its texts
