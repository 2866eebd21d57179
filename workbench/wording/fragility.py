"""Single changes in words: of cells, of emphases, of the day; what would follow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workbench.method.matrix import Matrix
from workbench.method.scoring import Assessment, Ranking
from workbench.method.sensitivity import (
    AsOf,
    CellChange,
    Reach,
    Sensitivity,
    Tip,
    is_telling,
    undated,
)
from workbench.wording import counted, joined, quoted, shown
from workbench.wording.ranking import describe_order, describe_ranking

REACHES: Final[Mapping[Reach, str]] = {
    Reach.ANY: "Any rating",
    Reach.ONE_STEP: "One step each",
}


def describe_deceived(found: Sensitivity) -> tuple[str, ...]:
    """Say who would come first were the opposite of a source's own word true."""
    said = []
    assessment = found.assessment
    case = assessment.matrix.basis.case
    for against in found.deceived:
        if not against.leaders_change:
            continue
        source = case.source.get(against.source)
        name = quoted(source.spoken if source else against.source)
        served = source.serves if source else ()
        labels = [h.label for h in assessment.matrix.hypotheses if h.id in served]
        on = f" on {joined(labels)}" if labels else ""
        then = first(assessment, against.ranking)
        said.append(f"Were the opposite of what {name} alone says{on} true, {then}.")
    return tuple(said)


def first(assessment: Assessment, ranking: Ranking) -> str:
    """Say who would come first in another ranking of the same hypotheses."""
    if not ranking:
        return "nothing would be ranked"
    labels = [assessment.standing[id_].label for id_ in ranking[0]]
    if len(labels) > 1:
        return f"{joined(labels)} would share the first place"
    return f"{labels[0]} would come first"


def cell_change(assessment: Assessment, cell: CellChange) -> str:
    """Name a cell with what it is and what it would have to be."""
    item = assessment.matrix.basis.case.item[cell.evidence].label
    column = assessment.standing[cell.hypothesis].label
    return f"{item} against {column}, {cell.from_.value} to {cell.to.value}"


def describe_change(found: Sensitivity, reach: Reach) -> str:
    """Say how many cells it takes within a reach, and who would then be ahead."""
    one_step = reach is Reach.ONE_STEP
    change = found.one_step_change if one_step else found.any_change
    moves = " in moves of one step" if one_step else ""
    if change.size == 0:
        return "The first place is shared: there is no lead to lose."
    if change.size is None or change.rival is None:
        return f"No change of ratings{moves} puts another hypothesis ahead."
    standing = found.assessment.standing
    rival, leader = standing[change.rival], standing[found.assessment.leaders[0]]
    cells = counted(change.size, "cell")
    verb = "puts" if change.size == 1 else "put"
    said = f"{cells}{moves} {verb} {rival.label} ahead of {leader.label}"
    if change.leaders != (change.rival,):
        who = joined(standing[id_].label for id_ in change.leaders)
        said += f", and {who} first" + (" (a tie)" if len(change.leaders) > 1 else "")
    return f"{said}:"


def tipped(assessment: Assessment, tip: Tip) -> str:
    """Say who leads just beyond a tipping point."""
    labels = joined(assessment.standing[id_].label for id_ in tip.leaders)
    return f"{labels} tie" if len(tip.leaders) > 1 else f"{labels} leads"


def describe_no_replay(matrix: Matrix) -> str:
    """Say why no replay by days is shown, "" where one is."""
    if is_telling(matrix):
        return ""
    items, without = len(matrix.evidence), undated(matrix)
    have = "has no date" if without == 1 else "have no date"
    first = matrix.basis.case.question.as_of is None
    when = "from the first day on" if first else "on the question's own day"
    return (
        f"Of the {counted(items, 'item')} {without} {have}, more than a third. They "
        f"would all count {when}, so that a replay would show which items are dated "
        "rather than what was known when; none is shown."
    )


def describe_day(assessment: Assessment, day: AsOf) -> str:
    """Say how the hypotheses stood with the evidence up to a day."""
    there = counted(day.items, "item")
    verb = "is" if day.items == 1 else "are"
    opening = f"Up to {day.day.isoformat()} there {verb} {there}"
    if not day.ranking:
        return f"{opening}, and nothing is ranked yet."
    ids = [one.id for one in assessment.matrix.hypotheses]
    scores = dict(zip(ids, day.scores, strict=True))
    return f"{opening}. {describe_order(assessment, day.ranking, scores)}"


def describe_pair(there: Assessment, at: tuple[float, float], *, now: bool) -> str:
    """Say who leads at a pair of emphases, and with what scores."""
    pair = "now" if now else "tried, all else as it is"
    opening = f"At {shown(at[0])} across and {shown(at[1])} up ({pair}):"
    if not there.ranking:
        return f"{opening} nothing is ranked yet."
    return f"{opening} {describe_ranking(there)}"
