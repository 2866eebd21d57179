"""The sections on the matrix: every code, then the items that tell most.

Every figure is taken from the assessment, every sentence on it from `wording`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from workbench import wording
from workbench.case.model import Consistency, Evidence
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import (
    Block,
    Blocks,
    Cell,
    Column,
    Note,
    Table,
)
from workbench.report.content.cells import (
    code_cell,
    name_cell,
    number_cell,
    titled,
)
from workbench.wording import clipped, counted, listed, named, plain
from workbench.wording.diagnosticity import can_separate

_WIDE: Final = 8  # more hypotheses than this want a page on its side
_DIAGNOSTIC: Final = 12
_LABEL: Final = 12  # letters of one above a column
_PAIRS: Final = 6  # more of them fit no page upright
_LABELS: Final = 40  # of items in a note


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
    if matrix.hypotheses:
        across = "; ".join(named(h) for h in matrix.hypotheses)
        blocks.append(Note(plain(f"Across: {across}.")))
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
    """Show the items that decide, both ways, and those that tell nothing."""
    contributions = basis.contributions
    labels = {
        one.id: plain(clipped(one.label, _LABEL)) for one in basis.assessment.hypotheses
    }
    pairs = contributions.between if len(contributions.between) <= _PAIRS else ()
    columns = (
        Column("Item"),
        *(Column(f"{labels[one.a]} over {labels[one.b]}", "number") for one in pairs),
        *(
            ()
            if pairs
            else (Column("Moves", "number", "The most by which it moves a gap"),)
        ),
    )
    by_item = [{part.evidence: part.value for part in one.items} for one in pairs]
    rows = tuple(
        (
            name_cell(titled(basis.case.item[one.evidence])),
            *(number_cell(values.get(one.evidence, 0.0)) for values in by_item),
            *(() if pairs else (number_cell(one.value),)),
        )
        for one in contributions.tells[:_DIAGNOSTIC]
    )
    blocks: list[Block] = []
    if rows:
        gaps = (name_cell("All items together"), *(number_cell(p.gap) for p in pairs))
        table = Table(_caption(len(rows)), columns, rows, (gaps,) if pairs else ())
        blocks.append(table)
        if pairs:
            blocks.append(
                Note(
                    "Above 0 it speaks for the first of the two, below 0 for the "
                    "second, under the rule in force."
                )
            )
    blocks += _idle(basis)
    return tuple(blocks)


def _caption(rows: int) -> str:
    if rows == 1:
        return "The item that decides between those that may lead"
    many = counted(rows, "item")
    return f"The {many} that decide most between those that may lead"


def _idle(basis: Basis) -> Iterable[Block]:
    assessment = basis.assessment
    tells = can_separate(basis.matrix)
    found = list(zip(assessment.evidence, tells, strict=True))
    for intro, items in (
        (
            "Not diagnostic, rated alike wherever they are rated",
            [one for one, told in found if told and one.diagnosticity == 0],
        ),
        (
            "Cannot say, rated for fewer than two hypotheses",
            [one for one, told in found if not told],
        ),
        (
            "Would tell, and weigh nothing as weighted here",
            [e for e in assessment.evidence if e.diagnosticity > 0 and e.weight == 0],
        ),
    ):
        if items:
            labels = [one.label for one in items]
            yield Note(plain(f"{intro}: {listed(labels, _LABELS)}."))
