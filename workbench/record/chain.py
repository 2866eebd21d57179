"""One analyst's entries in one case as they are read: their order, and where it breaks.

Each entry is checked as it is read, and then no more of it is kept than its number and
its hash: what it says is in the store. What is found wrong is told and never mended; an
entry that was altered is in force like any other, until somebody undoes it.
"""

from __future__ import annotations

import hashlib
import heapq
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from workbench.case.entry import Entry, EntryKind, canonical, digest, fitting
from workbench.record.hashes import Hashes
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
        self.hashes = Hashes()  # in the order stored
        self.first: Entry | None = None  # stored, that can be read
        self.newest: Read | None = None  # stored
        self.last: Read | None = None  # in force
        self.unread = 0  # how many cannot be read
        self.is_forked = False
        self._seqs = array("q")
        self._heads: set[str] = set()
        self._awaited: set[str] = set()  # hashes that were named before they were there
        self._breaks: dict[int, list[Break]] = {}
        self._aside: dict[int, SetAside] = {}
        self.lost: list[Break] = []

    def __len__(self) -> int:
        return len(self._seqs)

    def in_force(self, stored: Sequence[Read]) -> list[Read]:
        """Put what is stored in the order that it is in force: all of the chain."""
        ordered = in_order(stored) if self.is_forked else list(stored)
        self.last = ordered[-1] if ordered else None
        return ordered

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
        return ChainEnd(len(self), tuple(self.heads), tuple(map(str, found)))

    def take(self, found: Sequence[Read]) -> bool:
        """Take in further entries; tells whether they simply follow the last one.

        Where they do not, `in_force` is to be told all of them.
        """
        stored_before = self.newest.hash if self.newest else None
        missing = []
        earlier: set[str] | None = None
        for one in found:
            if one.previous:
                self._heads.discard(one.previous)
                if one.previous != stored_before:  # of a copy merged, cut or altered
                    earlier = set(self.hashes) if earlier is None else earlier
                    if one.previous not in earlier:
                        self._awaited.add(one.previous)
                        missing.append(one)
            if one.hash not in self._awaited:
                self._heads.add(one.hash)
            self._seqs.append(one.seq)
            self.hashes.append(one.hash)
            if earlier is not None:
                earlier.add(one.hash)
            stored_before = one.hash
        lacks = {one.seq for one in missing if one.previous not in (earlier or ())}
        for one in found:
            self._check(one, lacks_previous=one.seq in lacks)
        if found:
            self.newest = found[-1]
        return self._follow(found)

    def _follow(self, found: Sequence[Read]) -> bool:
        """Tell whether each of the entries comes after the one before it."""
        before = self.last.hash if self.last else None
        for one in found:
            if one.previous != before:
                self.is_forked = True
                return False
            before = one.hash
        if found:
            self.last = found[-1]
        return True

    def checkpoint(self) -> Callable[[], None]:
        """Give what takes back the entries that are taken in from now on."""
        many, unread, is_forked = len(self), self.unread, self.is_forked
        ends = self.first, self.newest, self.last
        heads, awaited = set(self._heads), set(self._awaited)
        breaks, aside = dict(self._breaks), dict(self._aside)

        def back() -> None:
            del self._seqs[many:]
            self.hashes.cut(many)
            self.unread, self.is_forked = unread, is_forked
            self.first, self.newest, self.last = ends
            self._heads, self._awaited = heads, awaited
            self._breaks, self._aside = breaks, aside

        return back

    def lose(self, before: Chain) -> None:
        """Note what was read before, by this process, and is there no more."""
        gone = set(before.hashes) - set(self.hashes)
        self.lost = list(before.lost)
        if gone:
            mark = _mark("lost", *sorted(gone))
            one = len(gone) == 1
            read = "1 entry read before is" if one else f"{len(gone)} entries read are"
            what = f"{read} no longer in the ledger"
            self.lost.append(Break(self.case, self.analyst, 0, what, mark))

    def _check(self, one: Read, *, lacks_previous: bool) -> None:
        wrong: list[tuple[str, str]] = []
        if isinstance(one, Unread):
            self.unread += 1
            self._set_aside(one, f"since it cannot be read ({one.why})")
            wrong.append(("it was altered", _mark("unread", one.hash, one.why)))
        else:
            self.first = self.first or one
            wrong += self._altered(one)
            if one.case and one.case != self.case:
                said = f"it is about the case {one.case}, and filed under this one"
                wrong.append((said, _mark("filed", one.hash, self.case)))
        if lacks_previous:
            mark = _mark("missing", one.hash, str(one.previous))
            wrong.append(("the entry before it is missing", mark))
        if wrong:
            self._breaks[one.seq] = [
                Break(self.case, self.analyst, one.seq, what, mark)
                for what, mark in wrong
            ]

    def holds(self, one: Entry) -> bool:
        """Tell whether an entry is one that was taken in, and says what it said."""
        undoes = one.change.undoes
        undone = None if undoes is None else self._hash(undoes)
        return one.hash == self._hash(one.seq) == digest(one, undone)

    def _altered(self, one: Entry) -> list[tuple[str, str]]:
        change = one.change
        undone = None if change.undoes is None else self._hash(change.undoes)
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

    def _hash(self, seq: int) -> str | None:
        """Give the hash of an entry by its number; numbers grow as they are stored."""
        place = bisect_left(self._seqs, seq)
        is_there = place < len(self._seqs) and self._seqs[place] == seq
        return self.hashes[place] if is_there else None

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
