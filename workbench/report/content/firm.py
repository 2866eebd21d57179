"""The section on how firm each standing is: a row a reason, each with its cells."""

from __future__ import annotations

from workbench.report.content.basis import Basis
from workbench.report.content.blocks import Blocks, Cell, Note, Table
from workbench.report.content.cells import heads, name_cell, text_cell
from workbench.wording import named
from workbench.wording.certain import (
    NO_REASON,
    describe_held,
    describe_place,
    describe_reason,
)


def certainty_section(basis: Basis) -> Blocks | None:
    """Give each hypothesis its standing, and numbered reasons to doubt it.

    None where there is no hypothesis.
    """
    now = basis.assessment
    held = any(one.held for found in basis.certainty.values() for one in found)
    rows: list[tuple[Cell, ...]] = []
    number = 0
    for standing in now.in_order:
        name, place = named(standing), describe_place(now, standing.id)
        reasons = basis.certainty[standing.id]
        for one in reasons:
            number += 1
            said = f"{number}. {describe_reason(now, one)}"
            row = [name_cell(name), text_cell(place), text_cell(said)]
            rows.append((*row, *([text_cell(describe_held(one))] if held else [])))
            name = place = ""
        if not reasons:
            row = [name_cell(name), text_cell(place), text_cell(NO_REASON)]
            rows.append((*row, *([text_cell("")] if held else [])))
    if not rows:
        return None
    columns = heads(
        "Hypothesis",
        "Standing",
        "Why it may be less firm than it looks",
        *(["The analyst"] if held else []),
    )
    return (
        Table("Each standing, and reasons to doubt it", columns, tuple(rows)),
        Note(
            "Over the ratings I and II of items that weigh something: whether all come "
            "from one source or one origin; whether over half of the score rests on "
            "low grades, absences or assumptions; whether raters disagree; whether the "
            "hypothesis was tested."
        ),
    )
