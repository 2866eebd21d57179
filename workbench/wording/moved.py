"""What moved a ranking, in words: the change, and whom it took from where to where.

Things are named as they were then, and every place is one of the two rankings'.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from workbench.case.editing.plan import Renamed
from workbench.case.entry import EntryKind, Value
from workbench.case.model import Case
from workbench.method.differences import (
    Differences,
    ThingDifference,
    ValueDifference,
    differences,
)
from workbench.method.matrix import build
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import assess
from workbench.record.history import Move, Step, renamed_by
from workbench.wording import clipped, counted, joined, level, listed, shown
from workbench.wording.likely import percent

_ORDINALS: Final = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
_CAUSES, _MOVERS = 3, 4  # named in a sentence
_TITLE: Final = 56
_CELLS: Final = frozenset({EntryKind.RATING, EntryKind.REASON})
_STANDINGS: Final = {
    "active": "taken up again",
    "parked": "parked",
    "rejected": "rejected",
}


def ordinal(place: int) -> str:
    """Name a place: first, second ... tenth, 11th."""
    if place <= len(_ORDINALS):
        return _ORDINALS[place - 1]
    ends = {1: "st", 2: "nd", 3: "rd"}
    teen = 10 < place % 100 < 20  # noqa: PLR2004  11th, 12th, 13th
    return f"{place}{'th' if teen else ends.get(place % 10, 'th')}"


def called(case: Case) -> Mapping[str, str]:
    """Give how sentences name the hypotheses of a case: by title, labels if they must.

    Parked ones are named as well, since one may have been active before.
    """
    titles = {one.id: clipped(one.title, _TITLE) for one in case.hypotheses}
    many = Counter(titles.values())
    return {
        one.id: titles[one.id]
        if titles[one.id] and many[titles[one.id]] == 1
        else clipped(f"{one.label} {one.title}", _TITLE)
        for one in case.hypotheses
    }


def describe_move(move: Move) -> str:
    """Say what moved the ranking, and whom it took from where to where."""
    moved = _movers(move)
    cause, about = _cause(move)
    told = []
    for id_, (name, was, now) in moved.items():
        name_ = "it" if id_ == about and id_ == next(iter(moved)) else name
        if was is None:
            told.append(f"brought {name_} in as {now}")
        elif now is None:
            told.append(f"took {name_}, which was {was}, out of the ranking")
        else:
            told.append(f"took {name_} from {was} to {now}")
    said = f"{cause} {joined(_shortened(told[:_MOVERS]))}"
    more = len(told) - _MOVERS
    return f"{said}; {counted(more, 'other')} moved too." if more > 0 else f"{said}."


def _shortened(told: Sequence[str]) -> list[str]:
    """Leave out a verb that was just said."""
    found, last = [], ""
    for one in told:
        verb, _, rest = one.partition(" ")
        found.append(rest if verb == last else one)
        last = verb
    return found


def _movers(move: Move) -> dict[str, tuple[str, str | None, str | None]]:
    """Give who changed places: name, place before and after; the rating's own first."""
    before, after = move.before, move.after
    ids = renamed_by(after.entries).hypotheses
    was = {ids.get(id_, id_): rank for id_, rank in before.ranks.items()}
    now = after.ranks
    names = {ids.get(id_, id_): name for id_, name in called(before.case).items()}
    names |= called(after.case)
    about = _cause(move)[1]
    order = sorted(
        dict.fromkeys([*now, *was]), key=lambda id_: (id_ != about, _order(now, id_))
    )
    return {
        id_: (names.get(id_, id_), _placed(was.get(id_)), _placed(now.get(id_)))
        for id_ in order
        if was.get(id_) != now.get(id_)
    }


def _order(ranks: Mapping[str, tuple[int, bool]], id_: str) -> int:
    return ranks[id_][0] if id_ in ranks else len(ranks) + 1


def _placed(rank: tuple[int, bool] | None) -> str | None:
    if rank is None:
        return None
    place, shared = rank
    return f"shared {ordinal(place)}" if shared else ordinal(place)


def _cause(move: Move) -> tuple[str, str]:
    """Say what was changed, and name the hypothesis that a single rating is for."""
    case, shifts = move.after.case, move.after.shifts
    told = [describe_shift(case, one) for one in shifts]
    about = ""
    if len(shifts) == 1 and shifts[0].change.kind in _CELLS:
        about = shifts[0].change.hypothesis or ""
    if move.before.case is not case:
        told += _of_case(move.before, move.after)
    if not move.after.entries:
        outside = f" ({listed(told, _CAUSES)})" if told else ""
        return f"What was changed outside of this program{outside}", ""
    if not told:
        return "A change of the case's texts", ""
    said = listed(told, _CAUSES)
    return said[0].upper() + said[1:], about if len(told) == 1 else ""


def describe_shift(case: Case, shift: ValueDifference) -> str:
    """Say what one judgment was and is: E14 from N to II for Face saving."""
    change, before, after = shift.change, shift.before, shift.after
    label = _label(case, change.evidence)
    kind = change.kind
    if kind in _CELLS:
        name = called(case).get(change.hypothesis or "", change.hypothesis)
        return f"{label} from {before} to {after} for {name}"
    if kind is EntryKind.EXCLUSION:
        return f"{label} {'set aside' if after else 'counted again'}"
    if kind is EntryKind.SOURCE_EMPHASIS:
        source = case.source.get(change.source or "")
        label = source.spoken if source else str(change.source)
    what = "emphasis" if kind is EntryKind.SOURCE_EMPHASIS else str(kind)
    return f"the {what} of {label} from {value(kind, before)} to {value(kind, after)}"


def value(kind: EntryKind | str, found: Value) -> str:
    """Print what a judgment is."""
    if kind in (EntryKind.EMPHASIS, EntryKind.SOURCE_EMPHASIS):
        return shown(float(found or 0))
    if kind is EntryKind.ORIGIN:
        return str(found or "none")
    if isinstance(found, str):
        return found
    if found is None:
        return "none"
    if kind in (EntryKind.PROBABILITY, EntryKind.PRIOR):
        return percent(float(found))
    return level(float(found))


def _label(case: Case, id_: str | None) -> str:
    item = case.item.get(id_ or "")
    return item.label if item else str(id_)


def _of_case(before: Step, after: Step) -> list[str]:
    """Say what an action changed in the case itself, as far as scores hang on it."""
    found = differences(
        assess(build(before.case)),
        assess(build(after.case)),
        renamed_by(after.entries),
    )
    return describe_case_changes(before.case, after.case, found)


def describe_case_changes(before: Case, after: Case, found: Differences) -> list[str]:
    """Say what differs in a case itself, as far as scores hang on it."""
    names = called(after)
    told = [_thing(one) for one in found.things if one.what != "source"]
    for text in found.texts:
        if (text.what, text.field) == ("hypothesis", "status"):
            told.append(f"{names[text.id]} {_STANDINGS[text.after]}")
        elif (text.what, text.field) == ("question", "rule"):
            titles = [
                SCHEMES[one.question.rule].title.lower() for one in (before, after)
            ]
            told.append(f"the rule from {titles[0]} to {titles[1]}")
    told += [
        describe_shift(after, one)
        for one in found.values
        if one.change.kind is not EntryKind.PRIOR
    ]
    for cell in found.cells:
        if cell.of_code:
            codes = [
                one.consistency.value if one else "unrated"
                for one in (cell.before, cell.after)
            ]
            said = f"the published {_label(after, cell.evidence)} from {codes[0]} to "
            told.append(f"{said}{codes[1]} for {names[cell.hypothesis]}")
    return told


def _thing(one: ThingDifference) -> str:
    thing = one.after or one.before
    title = getattr(thing, "title", "")
    label = getattr(thing, "label", "")
    verb = "added" if one.before is None else "deleted"
    return f"{clipped(f'{label} {title}', _TITLE)} {verb}"


def describe_moves(
    first: Step, last: Step, found: Sequence[Move], renamed: Renamed
) -> tuple[str, ...]:
    """Say which change between two moments moved the ranking, and who leads since.

    `first` and `last` stood at the two; `renamed` are the ids that changed in between.
    """
    if not found:
        return ("No change in between moved the ranking.",)
    times = "once" if len(found) == 1 else f"{len(found)} times"
    ids = renamed.hypotheses
    was = [{ids.get(id_, id_) for id_ in group} for group in first.ranking]
    back = was == [set(group) for group in last.ranking]
    said = [f"The ranking moved {times}{', and is as it was' if back else ''}."]
    leading = [one for one in found if one.leaders_change]
    if leading and leading[-1] is not found[-1]:
        names = called(last.case)
        who = joined(names[id_] for id_ in last.leaders) or "nobody"
        verb = "leads" if len(last.leaders) < 2 else "lead"  # noqa: PLR2004
        since = f"Since this change {who} {verb}"
        said.append(f"{since}: {describe_move(leading[-1])}")
        said.append(f"The order stands since this one: {describe_move(found[-1])}")
    else:
        said.append(f"It stands since this change: {describe_move(found[-1])}")
    return tuple(said)
