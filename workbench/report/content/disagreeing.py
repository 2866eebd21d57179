"""The section on where analysts disagree: whose ranking is what, and by which cells.

Nobody's view is averaged away: each has a row, and who has another first speaks last.
"""

from __future__ import annotations

from typing import Final

from workbench.case.entry import Part
from workbench.case.model import Consistency
from workbench.method.group import Cell as Differing
from workbench.method.matrix import UNRATED
from workbench.method.scoring import Assessment
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import (
    Block,
    Blocks,
    Cell,
    Note,
    Paragraph,
    Points,
    Table,
)
from workbench.report.content.cells import heads, name_cell, number_cell, text_cell
from workbench.report.content.in_rounds import told_of_rounds
from workbench.wording import NONE, clipped, named, placed, plain, scored, shown
from workbench.wording.agreeing import (
    describe_agreement,
    describe_mean,
    describe_taken_over,
    describe_team,
    describe_without,
)
from workbench.wording.verdict import describe_verdict, spoken

_CELLS: Final = 10  # that differ, the most telling first
_REASON: Final = 120  # characters
_WRITTEN: Final = 600  # characters of what somebody else wrote by hand
_ACROSS: Final = 6  # more columns than this fit no page upright


def disagreement_section(basis: Basis) -> Blocks | None:
    """Set the analysts side by side; None where one alone judged.

    While they rate again in private nobody's judgments are beside one's own, and what
    was revealed before is told all the same.
    """
    team = basis.team
    if team is None:
        return told_of_rounds(basis.case, basis.rounds) or None
    now = basis.assessment
    names = spoken(now)
    said = [
        describe_team(names, team.group, team.verdicts),
        describe_mean(names, team.group, now.rule),
        *describe_without(names, team.group),
    ]
    blocks: list[Block] = [
        Paragraph(plain(" ".join(filter(None, said)))),
        _rankings(basis, team.assessments),
        Paragraph(plain(f"Agreement: {describe_agreement(team.agreements.whole)}")),
    ]
    if taken := describe_taken_over(team.agreements):
        blocks.append(Note(plain(taken)))
    if team.differing:
        rows = tuple(_differing(basis, one) for one in team.differing[:_CELLS])
        more = len(team.differing) - len(rows)
        caption = "Where they differ, by what that does to the scores"
        if more > 0:
            caption += f"; {more} more cells are not listed"
        columns = heads("Item", "Hypothesis", "Ratings", "Effect", numbers=("Effect",))
        blocks.append(Table(caption, columns, rows))
    rounds = told_of_rounds(basis.case, basis.rounds)
    return (*blocks, *rounds, *_others_first(basis))


def _rankings(basis: Basis, each: dict[str, Assessment]) -> Table:
    """Tabulate scores and ranks, an analyst a row, the mean at the foot."""
    hypotheses = basis.assessment.hypotheses
    rows = [
        (
            name_cell(name),
            *(
                text_cell(f"{scored(at)} ({placed(at)})")
                for at in (one.standing[h.id] for h in hypotheses)
            ),
        )
        for name, one in each.items()
    ]
    assert basis.team is not None
    scores = basis.team.group.scores
    mean = (name_cell("Mean"), *(text_cell(shown(scores[h.id])) for h in hypotheses))
    wide = len(hypotheses) > _ACROSS
    labels = [h.label if wide else named(h) for h in hypotheses]
    return Table(
        "Scores, with ranks in brackets",
        heads("Analyst", *labels),
        tuple(rows),
        (mean,),
        wide=wide,
    )


def _differing(basis: Basis, one: Differing) -> tuple[Cell, ...]:
    case = basis.case
    assert basis.team is not None
    said = []
    for name, code in one.codes.items():
        if code == UNRATED:
            continue
        own = basis.team.judgments[name]
        rating = own.rating(case.item[one.evidence], one.hypothesis)
        reason = clipped(rating.because, _REASON) if rating else ""
        if (one.evidence, one.hypothesis) not in own.ratings:
            reason = "as published"
        value = list(Consistency)[code].value
        said.append(f"{name} {value} ({reason})" if reason else f"{name} {value}")
    return (
        name_cell(named(case.item[one.evidence])),
        text_cell(clipped(case.hypothesis[one.hypothesis].title)),
        text_cell("; ".join(said) or NONE),
        number_cell(one.effect),
    )


def _others_first(basis: Basis) -> Blocks:
    """Give the verdict of everybody who has another first, and their own words."""
    team = basis.team
    assert team is not None
    own = set(basis.assessment.leaders)
    found: list[Block] = []
    apart = [name for name, one in team.assessments.items() if set(one.leaders) != own]
    if not apart:
        return ()
    said = [
        f"{name}: {describe_verdict(team.assessments[name], team.verdicts[name])}"
        for name in apart
    ]
    intro = "By their own ratings, those who have another first:"
    found.append(Points(intro, tuple(map(plain, said))))
    for name in apart:
        text = team.judgments[name].narrative.get(Part.BOTTOM_LINE.value, "")
        if text:
            found.append(Paragraph(plain(clipped(text, _WRITTEN)), by=plain(name)))
    return tuple(found)
