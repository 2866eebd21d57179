"""What a ranking hangs on, in words.

A share of draws is no probability of a hypothesis, and is never said as one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from workbench.method.matrix import Matrix
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import TIE, Assessment, Ranking
from workbench.method.sensitivity import (
    AsOf,
    CellChange,
    Drawn,
    Reach,
    Sensitivity,
    Tip,
    is_telling,
    undated,
)
from workbench.wording import (
    best,
    counted,
    joined,
    listed,
    measure,
    named,
    quoted,
    share,
    shown,
)
from workbench.wording.ranking import describe_ranking

FEW_MOVED: Final = 0.05  # of the ratings: below it the draws tell little
REACHES: Final[Mapping[Reach, str]] = {
    Reach.ANY: "Any rating",
    Reach.ONE_STEP: "One step each",
}


def describe_fragility(found: Sensitivity) -> tuple[str, ...]:
    """Say what the first place hangs on, a sentence a kind of test."""
    if not found.assessment.ranking:
        return ("Nothing is ranked yet, so that nothing can change.",)
    return (
        _of_items(found),
        *_of_origins(found),
        *_of_sources(found),
        _of_ratings(found),
    )


def _of_items(found: Sensitivity) -> str:
    labels = [e.label for e in found.assessment.matrix.evidence]
    n = len(labels)
    changing = [
        label
        for label, one in zip(labels, found.without_items, strict=True)
        if one.leaders_change
    ]
    if n == 1:
        does = "changes" if changing else "does not change"
        return f"Leaving out the one item, {labels[0]}, {does} who comes first."
    if not changing:
        return (
            f"Leaving out any one of the {counted(n, 'item')} does not change who "
            "comes first."
        )
    of = f"{len(changing)} of the {counted(n, 'item')}"
    if len(changing) > 1:
        of += ", each alone,"
    return f"Leaving out {of} changes who comes first: {listed(changing)}."


def _of_origins(found: Sensitivity) -> tuple[str, ...]:
    several = [one for one in found.without_origins if len(one.evidence) > 1]
    if not several:
        return ()
    changing = [one.id for one in several if one.leaders_change]
    if not changing:
        said = "Leaving out all the items of any one origin does not change it."
        return (said,)
    said = "Leaving out all the items of one origin changes it"
    return (f"{said}: {listed(changing)}.",)


def _of_sources(found: Sensitivity) -> tuple[str, ...]:
    said = []
    assessment = found.assessment
    case = assessment.matrix.basis.case
    names = {s.id: quoted(s.spoken) for s in case.sources}
    for without, against in zip(found.without_sources, found.deceived, strict=True):
        if not without.evidence:
            continue
        name = names.get(without.id, quoted(without.id))
        if without.leaders_change:
            rests = f"{counted(len(without.evidence), 'item')} that rest on"
            if len(without.evidence) == 1:
                rests = "item that rests on"
            then = first(assessment, without.ranking)
            said.append(f"Without the {rests} {name} alone, {then}.")
        if against.leaders_change:
            source = case.source.get(against.source)
            served = source.serves if source else ()
            labels = [h.label for h in assessment.matrix.hypotheses if h.id in served]
            on = f" on {joined(labels)}" if labels else ""
            then = first(assessment, against.ranking)
            said.append(
                f"Were the opposite of what {name} alone says{on} true, {then}."
            )
    return tuple(said)


def _of_ratings(found: Sensitivity) -> str:
    change = found.any_change
    if change.size == 0:
        return "The first place is shared, so that there is no lead to lose."
    if change.size is None or change.rival is None:
        return "No change of ratings alone would put another hypothesis first."
    assessment = found.assessment
    rival = assessment.standing[change.rival].label
    leader = assessment.standing[assessment.leaders[0]].label
    cells = listed([cell_change(assessment, cell) for cell in change.cells])
    different = (
        "A different rating in one cell"
        if change.size == 1
        else f"Different ratings in {change.size} cells"
    )
    ahead = f"put {rival} ahead of {leader}"
    text = f"{different} would be enough to {ahead}: {cells}."
    one_step = found.one_step_change
    if one_step.size is None:
        return f"{text} Moves of one step alone would not be enough."
    if one_step.size == change.size:
        return text
    return f"{text} In moves of one step it takes {one_step.size} cells."


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


def describe_hold(found: Sensitivity) -> str:
    """Say who holds the first place, and how many wrong ratings would take it."""
    assessment, change = found.assessment, found.any_change
    if change.size == 0 or len(assessment.ranking) <= 1:
        return describe_ranking(assessment)
    leader = named(assessment.standing[assessment.leaders[0]])
    word = best(assessment.rule)
    if change.size is None or change.rival is None:
        return (
            f"{leader} stays {word}, alone or tied, whatever the rated cells say: no "
            "change of ratings alone puts another ahead."
        )
    rival = named(assessment.standing[change.rival])
    if change.size == 1:
        return (
            f"{leader} stays {word}, alone or tied, unless a rating is wrong; the "
            f"one change listed puts {rival} ahead."
        )
    return (
        f"{leader} stays {word}, alone or tied, unless {change.size} ratings or more "
        f"are wrong; the {change.size} changes listed, together, put {rival} ahead."
    )


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
    return f"{cells}{moves} {verb} {rival.label} ahead of {leader.label}:"


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
    return f"{opening}. {_standings(assessment, day.ranking, scores)}"


def describe_pair(there: Assessment, at: tuple[float, float], *, now: bool) -> str:
    """Say who leads at a pair of emphases, and with what scores."""
    pair = "now" if now else "tried, all else as it is"
    opening = f"At {shown(at[0])} across and {shown(at[1])} up ({pair}):"
    if not there.ranking:
        return f"{opening} nothing is ranked yet."
    scores = {one.id: one.score for one in there.hypotheses}
    order = _standings(there, there.ranking, scores)
    return f"{opening} {describe_ranking(there)} {order}"


def _standings(
    assessment: Assessment, ranking: Ranking, scores: Mapping[str, float | None]
) -> str:
    """Say the whole order with its scores; `assessment` gives names and rule."""
    parts = []
    for group in ranking:
        labels = joined(assessment.standing[id_].label for id_ in group)
        tie = " (a tie)" if len(group) > 1 else ""
        parts.append(f"{labels}{tie} at {shown(scores[group[0]])}")
    order = "least" if SCHEMES[assessment.rule].least_first else "most"
    scale = measure(assessment.rule)
    return f"By {scale}, {order} first: {'; '.join(parts)}."


def describe_draws(assessment: Assessment, drawn: Drawn) -> str:
    """Say how often each comes first, and how that was drawn."""
    if not assessment.ranking:
        return "Nothing is rated yet, so there is nothing to draw."
    order = sorted(drawn.leads.items(), key=lambda one: -one[1])
    shares = [
        f"{assessment.standing[id_].label} in {share(x)}"
        for id_, x in order
        if assessment.standing[id_].rank is not None
    ]
    said = (
        f"First in so many of {drawn.draws:,} draws, ties shared out: "
        f"{listed(shares)}. In a draw {in_hundred(drawn.moved)} ratings, and worded "
        f"levels likewise, stand one step from where they were put (seed "
        f"{drawn.seed}). A share of draws says how steady the ranking is; it is no "
        "probability of a hypothesis."
    )
    if drawn.moved >= FEW_MOVED:
        return said
    return (
        f"{said} So few ratings slip, since a code beside those in use is rare, that "
        "the draws tell little."
    )


def in_hundred(x: float) -> str:
    """Print a share with a decimal: 8.9 in 100."""
    return f"{math.floor((x + TIE) * 1000 + 0.5) / 10:g} in 100"
