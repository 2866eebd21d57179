"""What was played through besides single changes: the days on which it was known.

Every number is the method's, every sentence `wording`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from workbench.method.scoring import Assessment, Ranking
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import Block, Cell, Column, Paragraph, Table
from workbench.report.content.cells import name_cell, number_cell, text_cell
from workbench.wording import NONE, counted, joined, plain
from workbench.wording.fragility import describe_no_replay

_ACROSS: Final = 8  # more columns of numbers than this fit no page upright
_DAYS: Final = 12  # the latest; a replay of more is for the screen


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
