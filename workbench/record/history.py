"""Two moments, what changed between them, and which change moved the ranking.

A moment is a place in the order of a case's entries: so many of them had been made.
Everything is found by replaying them, with the texts as they were.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from workbench.case.editing.plan import Renamed
from workbench.case.entry import (
    JUDGED,
    OF_CELL,
    UNRATED,
    Change,
    Entry,
    EntryKind,
    Value,
)
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Rule
from workbench.case.replay import Replay
from workbench.method.course import Course
from workbench.method.differences import ValueDifference
from workbench.method.scoring import Ranking
from workbench.record.past import Past

_PARTS: Final = ("hypotheses", "evidence", "sources")
_NO_RENAMES: Final = Renamed()


@dataclass(frozen=True)
class View:
    """What one analyst had before them at a moment: the case and their judgments."""

    case: Case
    judgments: Judgments = field(default_factory=Judgments)


@dataclass(frozen=True)
class Step:
    """What stood after one action.

    place: how many entries had been made by then. entries: the action's, none for what
    was changed outside of this program. case: as it was then. scores: by active
    hypothesis, None for one without a rank. shifts: the judgments that the action
    changed, where it moved the ranking.
    """

    place: int
    entries: tuple[Entry, ...]
    case: Case
    ranking: Ranking
    scores: Mapping[str, float | None]
    shifts: tuple[ValueDifference, ...] = ()

    @property
    def leaders(self) -> tuple[str, ...]:
        """Who led; empty where nothing was ranked."""
        return self.ranking[0] if self.ranking else ()

    @property
    def ranks(self) -> dict[str, tuple[int, bool]]:
        """The rank of each hypothesis that has one, and whether it shares it."""
        found: dict[str, tuple[int, bool]] = {}
        for group in self.ranking:
            place = len(found) + 1
            found |= dict.fromkeys(group, (place, len(group) > 1))
        return found


@dataclass(frozen=True)
class Move:
    """An action that moved the ranking: what stood before it and after."""

    before: Step
    after: Step

    @property
    def leaders_change(self) -> bool:
        """Whether others lead after it than before."""
        return set(_leaders(self.before, self.after)) != set(self.after.leaders)


def _leaders(before: Step, after: Step) -> tuple[str, ...]:
    """Give who led before under the ids that they have after."""
    ids = renamed_by(after.entries).hypotheses
    return tuple(ids.get(id_, id_) for id_ in before.leaders)


class Timeline:
    """The entries of a case in one order, and what stood after each.

    own: the entries of the analyst whose judgments are followed, as they are in force.
    others: those of everybody else, whose changes of texts count as well. past: of all
    of them in the order of `merged`. judged: what the analyst's entries come to now,
    replayed where it is not given.
    """

    def __init__(
        self,
        own: Sequence[Entry],
        events: Sequence[Entry],
        past: Past,
        judged: Judgments | None = None,
    ) -> None:
        self._stands = judged
        self.events = tuple(events)
        self._own = {id(one) for one in own}
        self.now = past.now
        self.start, self.cases = past.cases()

    def __len__(self) -> int:
        return len(self.events)

    def place_at(self, at: str) -> int:
        """Give the place at a time, as entries have it: after all made by then."""
        times = [one.at for one in self.events]
        if all(a <= b for a, b in itertools.pairwise(times)):
            return bisect.bisect_right(times, at)
        return max((n for n, one in enumerate(times, 1) if one <= at), default=0)

    def case_at(self, place: int) -> Case:
        """Give the case as it was once so many entries had been made."""
        return self.cases[place - 1] if place else self.start

    def view(self, place: int) -> View:
        """Give what stood once so many entries had been made."""
        made = self.events[:place]
        replay = Replay(self.case_at(place), _renames(made))
        replay.extend(one for one in made if id(one) in self._own)
        return View(replay.case, replay.judgments)

    def present(self) -> View:
        """Give what stands now, changes outside of this program included."""
        if self._stands is None:
            replay = Replay(self.now, _renames(self.events))
            replay.extend(one for one in self.events if id(one) in self._own)
            self._stands = replay.judgments
        return View(self.now, self._stands)

    def steps(
        self, rule: Rule | None = None, *, count_all: bool = False
    ) -> Iterator[Step]:
        """Replay action by action; the first step is what stood before any.

        `rule` is None for the case's own at each moment. Actions that touch neither
        the analyst's judgments nor a text are passed over. What was changed outside of
        this program comes last, one place after the last entry.
        """
        replay = Replay(self.start)
        course = Course(self.start, replay.live, rule, count_all=count_all)
        last = Step(0, (), self.start, course.ranking, course.scores)
        yield last
        for begin, place in self._actions():
            made = self.events[begin:place]
            own = self._judged(made)
            case = self.cases[place - 1]
            before = _values(replay, own)
            if case is not last.case:
                replay = self._turned(replay, case, place, made)
                if not own:
                    course.take(case, replay.live)
            elif not own:
                continue
            if own:
                if case is last.case:
                    replay.extend(own)
                    course.follow(replay.live, [one.change for one in own])
                else:
                    course = Course(case, replay.live, rule, count_all=count_all)
            step = Step(
                place,
                made,
                case,
                course.ranking,
                course.scores,
                _shifts(replay, own, before) if course.ranking != last.ranking else (),
            )
            yield step
            last = step
        if self.now != last.case:
            judgments = self.present().judgments
            course = Course(self.now, judgments, rule, count_all=count_all)
            yield Step(len(self) + 1, (), self.now, course.ranking, course.scores)

    def steps_from_published(
        self, upto: int, rule: Rule | None = None, *, count_all: bool = False
    ) -> Iterator[Step]:
        """Replay the analyst's judgments alone, over the case as it was at a place.

        The first step is that case as published. An entry of before is about what its
        id had become by then.
        """
        made = self.events[: min(upto, len(self))]
        case = self.now if upto > len(self) else self.case_at(upto)
        replay = Replay(case, _renames(made))
        course = Course(case, replay.live, rule, count_all=count_all)
        ranking = course.ranking
        yield Step(0, (), case, ranking, course.scores)
        for begin, place in self._actions():
            own = self._judged(made[begin:place])
            if not own:
                continue
            followed = [replay.followed(one) for one in own]
            before = _values(replay, followed)
            replay.extend(own)
            course.follow(replay.live, [one.change for one in followed])
            moved = course.ranking != ranking
            shifts = _shifts(replay, followed, before) if moved else ()
            ranking = course.ranking
            yield Step(place, tuple(followed), case, ranking, course.scores, shifts)

    def _judged(self, made: Sequence[Entry]) -> list[Entry]:
        """Give those of entries that are the analyst's own judgments."""
        return [
            one for one in made if id(one) in self._own and one.change.kind in JUDGED
        ]

    def _turned(
        self, replay: Replay, case: Case, place: int, made: Sequence[Entry]
    ) -> Replay:
        """Go on with another case: anew where an entry may be about another thing."""
        own = [one for one in made if id(one) in self._own]
        renamed = any(one.change.kind is EntryKind.RENAME for one in made)
        if not renamed and replay.take(case):
            replay.extend(own)
            return replay
        fresh = Replay(case, _renames(self.events[:place]))
        fresh.extend(one for one in self.events[:place] if id(one) in self._own)
        return fresh

    def _actions(self) -> Iterator[tuple[int, int]]:
        """Give the places at which each action begins and ends."""
        begin = 0
        for at, one in enumerate(self.events):
            following = self.events[at + 1] if at + 1 < len(self.events) else None
            same = following is not None and (
                (following.action, following.analyst) == (one.action, one.analyst)
            )
            if not same:
                yield begin, at + 1
                begin = at + 1


def merged(own: Sequence[Entry], others: Sequence[Entry]) -> list[Entry]:
    """Put the entries of others among one's own, which keep their order, by time."""
    found: list[Entry] = []
    rest = iter(sorted(others, key=lambda one: (one.at, one.seq)))
    other = next(rest, None)
    for one in own:
        while other is not None and (other.at, other.seq) < (one.at, one.seq):
            found.append(other)
            other = next(rest, None)
        found.append(one)
    if other is not None:
        found += [other, *rest]
    return found


def moves(steps: Sequence[Step], after: int, upto: int) -> tuple[Move, ...]:
    """Find the actions between two places that moved the ranking, in their order.

    A hypothesis that has another id afterwards has not moved.
    """
    found = []
    for before, step in itertools.pairwise(steps):
        if not after < step.place <= upto or before.ranking == step.ranking:
            continue
        ids = renamed_by(step.entries).hypotheses
        was = tuple(tuple(ids.get(id_, id_) for id_ in one) for one in before.ranking)
        if [set(one) for one in was] != [set(one) for one in step.ranking]:
            found.append(Move(before, step))
    return tuple(found)


def renamed_by(entries: Sequence[Entry]) -> Renamed:
    """Give what ids of before the entries have become after them."""
    if all(one.change.kind is not EntryKind.RENAME for one in entries):
        return _NO_RENAMES  # nearly always, and asked of each action of a long work
    found: dict[str, dict[str, str]] = {part: {} for part in _PARTS}
    for one in entries:
        change = one.change
        if change.kind is EntryKind.RENAME and change.part in found:
            ids, old, new = found[change.part], str(change.from_), str(change.to)
            first = next((key for key, now in ids.items() if now == old), old)
            ids[first] = new
    return Renamed(
        **{
            part: {old: new for old, new in ids.items() if old != new}
            for part, ids in found.items()
        }
    )


def _renames(entries: Sequence[Entry]) -> list[Entry]:
    return [one for one in entries if one.change.kind is EntryKind.RENAME]


def _key(change: Change) -> tuple[object, ...]:
    kind = EntryKind.RATING if change.kind in OF_CELL else change.kind
    return kind, change.evidence, change.hypothesis, change.source, change.part


def _values(replay: Replay, entries: Sequence[Entry]) -> dict[object, Value]:
    """Give what stands where entries are about to change something."""
    found: dict[object, Value] = {}
    for one in entries:
        if _key(one.change) not in found:
            found[_key(one.change)] = _value(replay, one.change)
    return found


def _value(replay: Replay, change: Change) -> Value:
    case = replay.case
    known = change.evidence is None or change.evidence in case.item
    known &= change.hypothesis is None or change.hypothesis in case.hypothesis
    if not known:
        return UNRATED if change.kind in OF_CELL else None
    return replay.live.value(case, change)[0]


def _shifts(
    replay: Replay, entries: Sequence[Entry], before: Mapping[object, Value]
) -> tuple[ValueDifference, ...]:
    found = {_key(one.change): one.change for one in entries}
    return tuple(
        ValueDifference(change, before[key], after)
        for key, change in found.items()
        if (after := _value(replay, change)) != before[key]
    )
