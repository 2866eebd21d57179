"""One analyst's entries in one case as they are read: their order, and where it breaks.

Each entry is checked once. What is found wrong is told and never mended; an entry that
was altered is in force like any other, until somebody undoes it.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.case.entry import Entry, EntryKind, canonical, digest, fitting
from workbench.record.rows import Read, Unread


@dataclass(frozen=True)
class Break:
    """Where a chain does not hold. `mark` names what was found, to be marked as seen.

    `seq` is the entry's number, 0 where there is none.
    """

    case: str
    analyst: str
    seq: int
    what: str
    mark: str

    def __str__(self) -> str:
        place = f"entry {self.seq} by {self.analyst}" if self.seq else self.analyst
        return f"{place}: {self.what}"


@dataclass(frozen=True)
class SetAside:
    """An entry that is kept and not applied, since this program cannot read it."""

    case: str
    analyst: str
    seq: int
    why: str
    mark: str

    def __str__(self) -> str:
        return f"entry {self.seq} by {self.analyst}: set aside, {self.why}"


@dataclass(frozen=True)
class ChainEnd:
    """How an analyst's chain ends, and where it does not hold, for whoever reports."""

    entries: int
    heads: tuple[str, ...]
    breaks: tuple[str, ...] = ()


class Chain:
    """The entries of an analyst in a case, in the order that they are in force.

    That order follows the hashes: each entry comes after the one that it names as the
    one before. Where two copies were worked on apart, and the chain forks, the times
    order what the hashes leave open, so that a wrong clock moves its own branch alone.
    """

    def __init__(self, case: str, analyst: str) -> None:
        self.case = case
        self.analyst = analyst
        self.stored: list[Read] = []
        self.order: list[Read] = []
        self._hashes: dict[int, str] = {}
        self._known: set[str] = set()
        self._followed: set[str] = set()
        self._heads: set[str] = set()
        self._breaks: dict[int, list[Break]] = {}
        self._aside: dict[int, SetAside] = {}
        self.lost: list[Break] = []

    @property
    def entries(self) -> list[Entry]:
        """The entries that can be applied, in the order they are in force."""
        return self.readable(self.order)

    def readable(self, found: Iterable[Read]) -> list[Entry]:
        """Leave out what is set aside."""
        aside = self._aside
        return [
            one
            for one in found
            if isinstance(one, Entry) and not (aside and one.seq in aside)
        ]

    @property
    def breaks(self) -> list[Break]:
        """Everything that does not hold, in the order of the entries' numbers."""
        found = [one for seq in sorted(self._breaks) for one in self._breaks[seq]]
        return [*self.lost, *found]

    @property
    def set_aside(self) -> list[SetAside]:
        """What is kept and not applied, in the order of numbers."""
        return [self._aside[seq] for seq in sorted(self._aside)]

    @property
    def heads(self) -> list[str]:
        """The hashes that no other entry follows: one, or one for each branch."""
        return sorted(self._heads)

    def end(self) -> ChainEnd:
        """Give the number of entries, the heads, and everything that does not hold."""
        found = (*self.breaks, *self.set_aside)
        return ChainEnd(len(self.stored), tuple(self.heads), tuple(map(str, found)))

    @property
    def last(self) -> Read | None:
        """The entry that is in force last."""
        return self.order[-1] if self.order else None

    def take(self, found: Sequence[Read]) -> bool:
        """Take in further entries; tells whether they simply follow the last one."""
        for one in found:
            self._hashes[one.seq] = one.hash
            self._known.add(one.hash)
            if one.previous:
                self._followed.add(one.previous)
                self._heads.discard(one.previous)
            if one.hash not in self._followed:
                self._heads.add(one.hash)
        for one in found:
            self._check(one)
        self.stored.extend(found)
        before = self.order[-1].hash if self.order else None
        for one in found:
            if one.previous != before:
                self.order = in_order(self.stored)
                return False
            before = one.hash
        self.order.extend(found)
        return True

    def forget(self, kept: int) -> None:
        """Go back to the first entries: the others were rolled back."""
        first, dropped = self.stored[:kept], self.stored[kept:]
        for one in dropped:
            self._hashes.pop(one.seq, None)
            self._breaks.pop(one.seq, None)
            self._aside.pop(one.seq, None)
        self.stored = first
        self._known = {one.hash for one in first}
        self._followed = {one.previous for one in first if one.previous}
        self._heads = self._known - self._followed
        self.order = in_order(first)

    def lose(self, before: Chain) -> None:
        """Note what was read before, by this process, and is there no more."""
        gone = [one for one in before.stored if one.hash not in self._known]
        self.lost = list(before.lost)
        if gone:
            mark = _mark("lost", *sorted(one.hash for one in gone))
            one = len(gone) == 1
            read = "1 entry read before is" if one else f"{len(gone)} entries read are"
            what = f"{read} no longer in the ledger"
            self.lost.append(Break(self.case, self.analyst, 0, what, mark))

    def _check(self, one: Read) -> None:
        wrong: list[tuple[str, str]] = []
        if isinstance(one, Unread):
            self._set_aside(one, f"since it cannot be read ({one.why})")
            wrong.append(("it was altered", _mark("unread", one.hash, one.why)))
        else:
            wrong += self._altered(one)
            if one.case and one.case != self.case:
                said = f"it is about the case {one.case}, and filed under this one"
                wrong.append((said, _mark("filed", one.hash, self.case)))
        if one.previous and one.previous not in self._known:
            mark = _mark("missing", one.hash, one.previous)
            wrong.append(("the entry before it is missing", mark))
        if wrong:
            self._breaks[one.seq] = [
                Break(self.case, self.analyst, one.seq, what, mark)
                for what, mark in wrong
            ]

    def _altered(self, one: Entry) -> list[tuple[str, str]]:
        change = one.change
        undone = None if change.undoes is None else self._hashes.get(change.undoes)
        if change.undoes is not None and undone is None:
            said = "what it undoes is missing"
            found = _mark("undoes", one.hash, str(change.undoes))
        else:
            found = digest(one, undone)
            said = "" if found == one.hash else "its content does not fit its hash"
        aside = ""
        if not isinstance(change.kind, EntryKind):
            aside = f"since this program does not know its kind, {change.kind!r}"
        else:
            try:
                fitting(change.kind, change.to, change.part)
            except ValueError as error:
                aside = f"since it says what no entry may: {error}"
        if aside:
            self._set_aside(one, aside)
        if not said:
            return []
        said = f"{said}; it is {'set aside' if aside else 'in force as it stands'}"
        return [(said, found)]

    def _set_aside(self, one: Read, why: str) -> None:
        mark = _mark("aside", one.hash, why)
        self._aside[one.seq] = SetAside(self.case, self.analyst, one.seq, why, mark)


def _mark(*parts: str) -> str:
    return "sha256:" + hashlib.sha256(canonical(parts)).hexdigest()


def in_order(found: Sequence[Read]) -> list[Read]:
    """Order entries so that each follows the one before it, else by time and hash.

    The same entries come out alike whatever order they are stored in, on every machine.
    """
    known = {one.hash for one in found}
    after: dict[str, list[Read]] = {}
    ready: list[tuple[str, str, int]] = []
    for index, one in enumerate(found):
        if one.previous and one.previous in known and one.previous != one.hash:
            after.setdefault(one.previous, []).append(one)
        else:
            ready.append((one.at, one.hash, index))
    place = {id(one): index for index, one in enumerate(found)}
    heapq.heapify(ready)
    ordered: list[Read] = []
    while ready:
        _, hash_, index = heapq.heappop(ready)
        ordered.append(found[index])
        for one in after.pop(hash_, ()):
            heapq.heappush(ready, (one.at, one.hash, place[id(one)]))
    if after:  # hashes that were altered into a ring
        rest = (one for ones in after.values() for one in ones)
        ordered.extend(sorted(rest, key=lambda one: (one.at, one.hash, one.seq)))
    return ordered
