"""What was played through besides single changes: draws, days, and independence.

Every number is the method's, every sentence `wording`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from workbench.method.checks import effective_items
from workbench.method.scoring import Assessment, Ranking
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import Block, Cell, Column, Paragraph, Table
from workbench.report.content.cells import heads, name_cell, number_cell, text_cell
from workbench.wording import NONE, counted, joined, named, plain, share
from workbench.wording.fragility import describe_no_replay
from workbench.wording.sources import describe_evenness
from workbench.wording.verdict import describe_draws

_ACROSS: Final = 8  # more columns of numbers than this fit no page upright
_DAYS: Final = 40  # the latest; a replay of more is for the screen


def independence_blocks(basis: Basis) -> tuple[Block, ...]:
    """Say how unevenly the items weigh."""
    items = len(basis.matrix.evidence)
    said = describe_evenness(items, effective_items(basis.matrix))
    return (Paragraph(said),)


def draws_blocks(basis: Basis) -> tuple[Block, ...]:
    """Say in how many draws each hypothesis leads, and has each rank."""
    drawn, assessment = basis.drawn, basis.assessment
    said = Paragraph(plain(describe_draws(assessment, drawn)))
    if not assessment.ranking:
        return ()
    ranked = sum(one.rank is not None for one in assessment.hypotheses)
    shown = min(ranked, _ACROSS)
    names = [f"Rank {rank}" for rank in range(1, shown + 1)]
    rows = tuple(
        (
            name_cell(named(one)),
            *(
                Cell(share(part), "number") if one.rank else Cell(NONE, "number")
                for part in drawn.ranks[one.id][:shown]
            ),
        )
        for one in assessment.in_order
    )
    caption = "If judgments were a little off: the share of draws with each rank"
    columns = heads("Hypothesis", *names, numbers=names)
    return (said, Table(caption, columns, rows))


def days_blocks(basis: Basis) -> tuple[Block, ...]:
    """Show how the scores formed as the evidence came in, or why that is not shown."""
    if said := describe_no_replay(basis.matrix):
        return (Paragraph(said),)
    days = basis.days[-_DAYS:]
    if len(days) < 2:  # noqa: PLR2004  one day shows no course
        return ()
    matrix, assessment = basis.matrix, basis.assessment
    few = len(matrix.hypotheses) <= _ACROSS
    rows = tuple(
        (
            name_cell(day.day.isoformat()),
            Cell(str(day.items), "number"),
            *(number_cell(score) for score in day.scores if few),
            text_cell(_first(assessment, day.ranking)),
        )
        for day in days
    )
    columns = (
        Column("Up to"),
        Column("Items", "number"),
        *(
            Column(plain(h.label), "number", plain(h.title))
            for h in matrix.hypotheses
            if few
        ),
        Column("First place"),
    )
    return (Table("".join(_caption(basis)), columns, rows),)


def _first(assessment: Assessment, ranking: Ranking) -> str:
    if not ranking:
        return NONE
    return joined(assessment.standing[id_].label for id_ in ranking[0])


def _caption(basis: Basis) -> Iterator[str]:
    yield "How the scores formed as the evidence came in"
    if (earlier := len(basis.days) - _DAYS) > 0:
        yield f", the last {_DAYS} days ({counted(earlier, 'day')} before them)"
