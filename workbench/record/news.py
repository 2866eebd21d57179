"""What was stored in a ledger since the last look, by anybody and from any process.

One look is one statement that reads a few rows by their number, alike in SQLite and
PostgreSQL. There numbers of different chains become seen out of their order, so a look
goes back to where everything had been seen a while ago.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from workbench.case.entry import JUDGED, OF_TEXTS, EntryKind
from workbench.record.ledger import Ledger
from workbench.record.queries import Stored

_SETTLED: Final = 15.0  # seconds: three times what a writer waits for another
_FIRST_BACK: Final = 1_000  # numbers before the last, at the first look
_TEXTS: Final = frozenset({*OF_TEXTS, EntryKind.MERGE})


@dataclass(frozen=True)
class News:
    """What was stored between two looks; `anew` where it is another ledger now."""

    entries: tuple[Stored, ...] = ()
    anew: bool = False

    def __bool__(self) -> bool:
        return bool(self.entries) or self.anew

    def of(self, case: str) -> tuple[Stored, ...]:
        """Give what is filed under a case, or under none, which may be its."""
        return tuple(one for one in self.entries if one.case in (case, ""))


class Newest:
    """Looks again and again at what a ledger holds."""

    def __init__(self, ledger: Ledger) -> None:
        """Begin before the first look, which finds nothing new."""
        self._ledger = ledger
        self._seen: dict[int, str] = {}
        self._floor = -1
        self._highest: deque[tuple[float, int]] = deque()

    def look(self, now: float) -> News:
        """Give what is new at a time, in seconds of any clock that only goes on.

        Raises LedgerError where the store is out of reach; the next look that reaches
        it finds all that came meanwhile.
        """
        if self._floor < 0:
            last = self._ledger.last()
            self._begin(max(last - _FIRST_BACK, 0), now)
            return News()
        found = self._ledger.stored_from(self._floor)
        hashes = {one.seq: one.hash for one in found}
        if any(hashes.get(seq) != hash_ for seq, hash_ in self._seen.items()):
            self._begin(max(self._ledger.last() - _FIRST_BACK, 0), now)
            return News(anew=True)
        new = tuple(one for one in found if one.seq not in self._seen)
        self._remember(hashes, now)
        return News(new)

    def _begin(self, floor: int, now: float) -> None:
        self._floor, self._seen = floor, {}
        self._highest.clear()
        found = self._ledger.stored_from(floor)
        self._remember({one.seq: one.hash for one in found}, now)

    def _remember(self, hashes: dict[int, str], now: float) -> None:
        self._seen = hashes
        self._highest.append((now, max(hashes, default=self._floor)))
        while now - self._highest[0][0] > _SETTLED:
            self._floor = self._highest.popleft()[1]
        self._seen = {s: hash_ for s, hash_ in hashes.items() if s >= self._floor}


def judged_by_others(entries: Iterable[Stored], analyst: str) -> bool:
    """Tell whether anybody else judged anything."""
    return any(one.kind in JUDGED and one.analyst != analyst for one in entries)


def judged_after(entries: Iterable[Stored], analyst: str, revision: int) -> bool:
    """Tell whether an analyst judged anything after an entry, from another page."""
    return any(
        one.kind in JUDGED and one.analyst == analyst and one.seq > revision
        for one in entries
    )


def changes_texts(entries: Iterable[Stored], analyst: str, revision: int) -> bool:
    """Tell whether the case's texts were changed, but for what a page did itself."""
    return any(
        one.kind in _TEXTS and (one.analyst != analyst or one.seq > revision)
        for one in entries
    )


def is_said(entries: Iterable[Stored]) -> bool:
    """Tell whether anybody commented."""
    return any(one.kind == EntryKind.COMMENT for one in entries)


def concerns_the_team(entries: Iterable[Stored], analyst: str, revision: int) -> bool:
    """Tell whether a role, a round or the like was entered."""
    passed_over = {*JUDGED, *_TEXTS, EntryKind.COMMENT, EntryKind.RERATING}
    return any(
        one.kind not in passed_over and (one.analyst != analyst or one.seq > revision)
        for one in entries
    )
