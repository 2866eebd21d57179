"""The section on where the analyst departs from the published case."""

from __future__ import annotations

from workbench.report.content.basis import Basis
from workbench.report.content.blocks import Block, Blocks, Paragraph, Table
from workbench.report.content.cells import heads, name_cell, text_cell
from workbench.wording import counted
from workbench.wording.departures import WHAT, departures
from workbench.wording.ranking import describe_ranking


def departures_section(basis: Basis) -> Blocks:
    """List where the analyst departs from the published case.

    Where that publishes no rating, and nothing else departs, there is nothing to say.
    """
    found = departures(basis.case, basis.judgments)
    if not found and not basis.case.is_rated:
        return ()
    if not found:
        said = "Nowhere: every rating, level, emphasis and origin is as published."
        return (Paragraph(said),)
    columns = heads("Where", "What", "Published", "Here", "Reason")
    rows = tuple(
        (
            name_cell(
                f"{one.label} against {one.against}" if one.against else one.label
            ),
            text_cell(WHAT[one.kind]),
            text_cell(one.published),
            text_cell(one.own),
            text_cell(one.because),
        )
        for one in found
    )
    blocks: list[Block] = [
        Paragraph(f"Published: {describe_ranking(basis.baseline)}"),
        Table(f"{counted(len(found), 'departure')} in all", columns, rows),
    ]
    return tuple(blocks)
