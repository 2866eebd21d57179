"""The sections on the matrix: every code, then the items that tell most.

Every figure is taken from the assessment, every sentence on it from `wording`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from workbench import wording
from workbench.case.model import Case, Consistency, Evidence
from workbench.method.scoring import Weighed
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import (
    Block,
    Blocks,
    Cell,
    Column,
    Note,
    Paragraph,
    Points,
    Table,
)
from workbench.report.content.cells import (
    code_cell,
    heads,
    name_cell,
    number_cell,
    titled,
)
from workbench.wording import counted, plain
from workbench.wording.diagnosticity import can_separate

_WIDE: Final = 8  # more hypotheses than this want a page on its side
_DIAGNOSTIC: Final = 12


def matrix_section(basis: Basis) -> Blocks:
    """Show every code, and what each item weighs."""
    matrix, assessment = basis.matrix, basis.assessment
    tells = can_separate(matrix)
    rows = tuple(
        (
            name_cell(titled(item)),
            number_cell(weighed.weight),
            number_cell(weighed.diagnosticity if told else None),
            *_codes(basis, item),
        )
        for item, weighed, told in zip(
            matrix.evidence, assessment.evidence, tells, strict=True
        )
    )
    standings = [assessment.standing[h.id] for h in matrix.hypotheses]
    empty = Cell("", "number")
    foot = (
        (
            name_cell("Score"),
            empty,
            empty,
            *(Cell(wording.scored(s), "number") for s in standings),
        ),
        (
            name_cell("Rank"),
            empty,
            empty,
            *(Cell(wording.placed(s), "number") for s in standings),
        ),
    )
    columns = (
        Column("Item"),
        Column("Weight", "number"),
        Column("Diagnosticity", "number"),
        *(Column(plain(h.label), "code", plain(h.title)) for h in matrix.hypotheses),
    )
    table = Table(
        "How each item stands to each hypothesis, were the hypothesis true",
        columns,
        rows,
        foot,
        wide=len(matrix.hypotheses) > _WIDE,
    )
    blocks: list[Block] = [
        Note(
            f"{scale()}; an empty cell is not rated yet. The question in each cell "
            "is: if the hypothesis were true, would we expect this item?"
        )
    ]
    heads = tuple(plain(f"{h.label}: {h.title}") for h in matrix.hypotheses)
    if heads:
        blocks.append(Points("Across:", heads))
    if basis.departs:
        blocks.append(
            Note("“was” gives the published rating where this analyst departs from it.")
        )
    blocks.append(table)
    aside = [e.label for e in basis.case.evidence if e.id not in _taking_part(basis)]
    if aside:
        blocks.append(Note(plain(f"Not counted, and kept: {', '.join(aside)}.")))
    return tuple(blocks)


def scale() -> str:
    """Say what each code means."""
    return ", ".join(f"{code.value} {code.meaning}" for code in Consistency)


def _codes(basis: Basis, item: Evidence) -> tuple[Cell, ...]:
    return tuple(code_cell(basis, item, h) for h in basis.matrix.hypotheses)


def _taking_part(basis: Basis) -> frozenset[str]:
    return frozenset(item.id for item in basis.matrix.evidence)


def diagnostic_section(basis: Basis) -> Blocks:
    """Show the items that tell most, and those that tell nothing."""
    assessment, case = basis.assessment, basis.case
    tells = can_separate(basis.matrix)
    telling = basis.contributions.tells
    weighed = {one.id: one for one in assessment.evidence}
    columns = (
        Column("Item"),
        Column("Moves", "number", "The most by which it moves a gap between two"),
        *heads("Weight", "Diagnosticity", numbers=("Diagnosticity", "Weight")),
        *(
            Column(plain(h.label), "code", plain(h.title))
            for h in basis.matrix.hypotheses
        ),
    )
    rows = tuple(
        (
            name_cell(titled(case.item[one.evidence])),
            number_cell(one.value),
            number_cell(weighed[one.evidence].weight),
            number_cell(weighed[one.evidence].diagnosticity),
            *_codes(basis, case.item[one.evidence]),
        )
        for one in telling[:_DIAGNOSTIC]
    )
    blocks: list[Block] = [
        Paragraph(
            "An item tells as much as it moves the gap between two that may lead, "
            "under the rule in force. Diagnosticity, which no rule counts, is the "
            "spread of its ratings; 0 separates nothing, 2 is the most there can be."
        )
    ]
    if rows:
        caption = (
            f"The {counted(len(rows), 'item')} that decide most between those that "
            "may lead"
        )
        if len(rows) == 1:
            caption = "The item that decides between those that may lead"
        blocks.append(
            Table(caption, columns, rows, wide=len(basis.matrix.hypotheses) > _WIDE)
        )
    idle = [
        (one, told)
        for one, told in zip(assessment.evidence, tells, strict=True)
        if one.diagnosticity == 0 or not told
    ]
    weightless = [
        e for e in assessment.evidence if e.diagnosticity > 0 and e.weight == 0
    ]
    alike = "Not diagnostic: rated alike wherever they are rated."
    for intro, found in (
        (alike, [one for one, told in idle if told]),
        (
            "Cannot say: rated for fewer than two hypotheses.",
            [one for one, told in idle if not told],
        ),
        ("Would tell, and weigh nothing as weighted here.", weightless),
    ):
        if found:
            blocks.append(Points(intro, _titles(case, found)))
    return tuple(blocks)


def _titles(case: Case, found: Iterable[Weighed]) -> tuple[str, ...]:
    return tuple(plain(titled(case.item[one.id])) for one in found)
