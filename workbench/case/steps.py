"""What each entry of a replay changed, kept in a few numbers.

An analyst at work makes thousands of entries, and any of them may be undone. So of each
no more is kept than that takes, some thirty bytes: its number, the place that it is
about, what stood there before, and the action that it is part of. Places, values and
pages recur, and are kept once.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator
from typing import Any, Final, TypeAlias

from workbench.case.entry import Entry
from workbench.case.model import Rating

Place: TypeAlias = tuple[str, Any]  # the field of the judgments, and the key in it
_UNDOES, _UNKNOWN_TO_PAGE, _FLAGS = 1, 2, 4
_RECURS: Final = 100  # characters of a text that may stand again: an id has no more


class _Numbered:
    """Things that recur, each kept once and known by a number."""

    def __init__(self) -> None:
        self.things: list[Any] = []
        self._numbers: dict[Hashable, int] = {}

    def number(self, thing: Hashable) -> int:
        """Give the number of a thing; 1, 1.0 and true are three."""
        key = thing.__class__, thing
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = self.alone(thing)
        return found

    def alone(self, thing: object) -> int:
        """Keep a thing that is not looked for again."""
        self.things.append(thing)
        return len(self.things) - 1

    def known(self, thing: Hashable) -> int | None:
        """Give the number of a thing that has one already."""
        return self._numbers.get((thing.__class__, thing))


class Steps:
    """The entries of a replay by position: the first that was applied is at 0."""

    def __init__(self) -> None:
        self._seqs = array("q")
        self._ops = array("q")
        self._pages = array("I")  # the number of the page, and flags
        self._at = array("I")
        self._before = array("I")
        self._places, self._values, self._clients = (
            _Numbered(),
            _Numbered(),
            _Numbered(),
        )
        self._positions: dict[int, int] | None = None  # where numbers do not grow

    def __len__(self) -> int:
        return len(self._seqs)

    def add(self, entry: Entry, place: Place, before: Hashable) -> int:
        """Note what stood at a place before an entry; gives its position."""
        change, position = entry.change, len(self._seqs)
        page = self._clients.number(entry.client) * _FLAGS
        if change.undoes is not None:
            undone = self.find(change.undoes)
            is_redo = undone is not None and self.is_undo(undone)
            page |= _UNKNOWN_TO_PAGE if is_redo else _UNDOES | _UNKNOWN_TO_PAGE
        elif change.to is None:
            page |= _UNKNOWN_TO_PAGE
        value = self._values
        number = value.number(before) if _recurs(before) else value.alone(before)
        if self._positions is None and position and entry.seq <= self._seqs[-1]:
            self._positions = self._by_number()
        if self._positions is not None:
            self._positions[entry.seq] = position
        self._seqs.append(entry.seq)
        self._ops.append(entry.op)
        self._pages.append(page)
        self._at.append(self._places.number(place))
        self._before.append(number)
        return position

    def cut(self, kept: int) -> None:
        """Forget all but the first entries."""
        for one in (self._seqs, self._ops, self._pages, self._at, self._before):
            del one[kept:]
        if self._positions is not None:
            self._positions = self._by_number()

    def find(self, seq: int | None) -> int | None:
        """Give the position of an entry by its number, None where it is not here."""
        if seq is None:
            return None
        if self._positions is not None:
            return self._positions.get(seq)
        position = bisect_right(self._seqs, seq) - 1
        return position if position >= 0 and self._seqs[position] == seq else None

    def seq(self, position: int) -> int:
        """Give the number of the entry."""
        return self._seqs[position]

    def place(self, position: int) -> Place:
        """Give the place that the entry is about."""
        found: Place = self._places.things[self._at[position]]
        return found

    def before(self, position: int) -> Any:  # noqa: ANN401  as it was given
        """Give what stood there before."""
        return self._values.things[self._before[position]]

    def is_undo(self, position: int) -> bool:
        """Tell whether the entry undoes another, and not an undo."""
        return bool(self._pages[position] & _UNDOES)

    def are_one(self, a: int, b: int) -> bool:
        """Tell whether two entries are of one action."""
        pages, ops = self._pages, self._ops
        return ops[a] == ops[b] and pages[a] // _FLAGS == pages[b] // _FLAGS

    def is_of(self, position: int, entry: Entry) -> bool:
        """Tell whether an entry is part of the same action as the one at a position."""
        page = self._clients.known(entry.client)
        mine = self._pages[position] // _FLAGS, self._ops[position]
        return mine == (page, entry.op)

    def after(self, seq: int, but: str | None) -> Iterator[Place]:
        """Give places that changed after a number, the last first, some repeatedly.

        Left out is what the page `but` had painted by itself.
        """
        page = None if but is None else self._clients.known(but)
        for position in range(len(self._seqs) - 1, -1, -1):
            if self._seqs[position] <= seq:
                if self._positions is None:
                    return
                continue
            made_by = self._pages[position]
            if made_by & _UNKNOWN_TO_PAGE or made_by // _FLAGS != page:
                yield self.place(position)

    def _by_number(self) -> dict[int, int]:
        return {seq: position for position, seq in enumerate(self._seqs)}


class Stack:
    """Actions that lie one on another, by the positions of their entries."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._positions = array("I")

    def __bool__(self) -> bool:
        return bool(self._positions)

    def __iter__(self) -> Iterator[list[int]]:
        """Give the positions of each action as they were made, the top one first."""
        found: list[int] = []
        for position in reversed(self._positions):
            if found and not self._steps.are_one(position, found[-1]):
                yield found[::-1]
                found = []
            found.append(position)
        if found:
            yield found[::-1]

    def last(self) -> list[int]:
        """Give the action that lies on top, empty for none."""
        return next(iter(self), [])

    def push(self, position: int) -> None:
        """Lay an entry on top: to the action that lies there, where it is of that."""
        self._positions.append(position)

    def drop(self, position: int) -> None:
        """Take out an entry, wherever it lies."""
        found = self._positions
        for index in range(len(found) - 1, -1, -1):
            if found[index] == position:
                del found[index]
                return

    def clear(self) -> None:
        """Take out everything."""
        del self._positions[:]

    def checkpoint(self) -> Callable[[], None]:
        """Give what makes everything lie here as it does now."""
        kept = self._positions[:]

        def back() -> None:
            self._positions = kept

        return back


def _recurs(value: object) -> bool:
    """Tell whether a value may well stand again: a reason of a rating will not."""
    if isinstance(value, Rating):
        return not value.because
    return not isinstance(value, str) or len(value) <= _RECURS
