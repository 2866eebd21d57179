"""The section on what the ranking hangs on.

Every figure is the method's, every sentence on it from `wording`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from workbench import wording
from workbench.method.scoring import Assessment, Ranking
from workbench.method.sensitivity import LeaveOut, Reach, Tipping
from workbench.report.content import figures
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import (
    Block,
    Blocks,
    Cell,
    Column,
    Paragraph,
    Points,
    Table,
)
from workbench.report.content.cells import (
    heads,
    name_cell,
    number_cell,
    text_cell,
    titled,
)
from workbench.report.content.played import (
    days_blocks,
    draws_blocks,
    independence_blocks,
)
from workbench.wording import counted, listed, plain, shown
from workbench.wording.deciding import describe_between, describe_rivals
from workbench.wording.fragility import cell_change, describe_change, first

_STEPS: Final = 20  # of tipping points shown


def robustness_section(basis: Basis) -> Blocks:
    """Show what the ranking hangs on."""
    found, assessment = basis.sensitivity, basis.assessment
    blocks: list[Block] = [
        Paragraph(
            "One thing is changed at a time, and everything is computed again. A tie "
            "at the top that appears or breaks counts as a change."
        ),
        *independence_blocks(basis),
    ]
    left_out = tuple(
        (name_cell(name), text_cell(_instead(assessment, one.ranking)))
        for name, one in _left_out(basis)
        if one.leaders_change
    )
    if left_out:
        columns = heads("Left out", "Then")
        blocks.append(
            Table("What changes the first place when left out", columns, left_out)
        )
    else:
        said = "No item, origin or source, left out alone, changes the first place."
        blocks.append(Paragraph(said))
    if rows := _tips(basis):
        columns = (
            *heads("Weighed by", "Now", numbers=("Now",)),
            Column("Below", "text", "The nearest smaller emphasis that changes it"),
            Column("Above", "text", "The nearest larger emphasis that changes it"),
        )
        caption = "Emphasis, from 0 to 2, at which the first place would change"
        blocks.append(Table(caption, columns, rows))
        blocks += figures.where_drawn(figures.tipping_figure(basis))
    if rows := _deceived(basis):
        columns = heads(
            "If the opposite of what this source alone says were true", "Then"
        )
        blocks.append(Table("Were a source to deceive us", columns, rows))
    pairs = basis.contributions.between
    if pairs:
        between = tuple(plain(describe_between(assessment, one)) for one in pairs)
        blocks.append(Points("What decides between those that may lead:", between))
    if found.any_change.cells:
        cells = [cell_change(assessment, cell) for cell in found.any_change.cells]
        title = describe_change(found, Reach.ANY)
        blocks.append(Points(plain(title), tuple(map(plain, cells))))
    if rivals := describe_rivals(found):
        title = "The strongest case for each rival:"
        blocks.append(Points(title, tuple(map(plain, rivals))))
    blocks += draws_blocks(basis)
    blocks += days_blocks(basis)
    return tuple(blocks)


def _deceived(basis: Basis) -> tuple[tuple[Cell, ...], ...]:
    names = basis.case.source
    return tuple(
        (
            name_cell(
                f"{names[one.source].spoken} ({counted(len(one.evidence), 'item')})"
            ),
            text_cell(_instead(basis.assessment, one.ranking)),
        )
        for one in basis.sensitivity.deceived
        if one.evidence
    )


def _left_out(basis: Basis) -> Iterable[tuple[str, LeaveOut]]:
    found, case = basis.sensitivity, basis.case
    for one in found.without_items:
        yield titled(case.item[one.id]), one
    for one in found.without_origins:
        if len(one.evidence) > 1:
            labels = [case.item[id_].label for id_ in one.evidence]
            yield f"One origin: {listed(labels)}", one
    for one in found.without_sources:
        if one.evidence:
            alone = counted(len(one.evidence), "item")
            yield (
                f"Source {case.source[one.id].spoken}: {alone} it alone vouches for",
                one,
            )


def _instead(assessment: Assessment, ranking: Ranking) -> str:
    text = first(assessment, ranking)
    return f"{text[0].upper()}{text[1:]}"


def _tips(basis: Basis) -> tuple[tuple[Cell, ...], ...]:
    found, case = basis.sensitivity, basis.case
    named = [
        *((titled(case.item[t.id]), t) for t in found.tipping_items),
        *((case.source[t.id].spoken, t) for t in found.tipping_sources),
    ]
    near = sorted(
        (one for one in named if one[1].below or one[1].above),
        key=lambda one: _distance(one[1]),
    )
    return tuple(
        (
            name_cell(name),
            number_cell(tip.emphasis),
            *(_tip(basis, tip, s) for s in (0, 1)),
        )
        for name, tip in near[:_STEPS]
    )


def _distance(tipping: Tipping) -> float:
    tips = [tip for tip in (tipping.below, tipping.above) if tip]
    return min(abs(tip.emphasis - tipping.emphasis) for tip in tips)


def _tip(basis: Basis, tipping: Tipping, side: int) -> Cell:
    tip = tipping.above if side else tipping.below
    if tip is None:
        return Cell(wording.NONE)
    labels = [basis.assessment.standing[id_].label for id_ in tip.leaders]
    return text_cell(f"{shown(tip.emphasis)}: {wording.joined(labels or ['nobody'])}")
