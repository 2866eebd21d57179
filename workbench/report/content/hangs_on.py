"""The section on what the ranking hangs on.

Every figure is the method's, every sentence on it from `wording`.
"""

from __future__ import annotations

from typing import Final

from workbench import wording
from workbench.method.scoring import Assessment, Ranking
from workbench.method.sensitivity import Reach, Tipping
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import (
    Block,
    Blocks,
    Cell,
    Column,
    Note,
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
)
from workbench.report.content.standings import hanging_points
from workbench.wording import counted, plain, shown
from workbench.wording.deciding import describe_missing, describe_rivals
from workbench.wording.fragility import cell_change, describe_change, first
from workbench.wording.rerated import describe_again

_STEPS: Final = 8  # of tipping points shown
_MISSING: Final = 6  # things to find out


def robustness_section(basis: Basis) -> Blocks:
    """Show what the ranking hangs on."""
    found, assessment = basis.sensitivity, basis.assessment
    blocks: list[Block] = []
    if not basis.holds("bottom-line") and (hanging := hanging_points(basis)):
        blocks.append(hanging)
    if rows := _tips(basis):
        columns = (
            *heads("Weighed by", "Now", numbers=("Now",)),
            Column("Below", "text", "The nearest smaller emphasis that changes it"),
            Column("Above", "text", "The nearest larger emphasis that changes it"),
        )
        caption = "Emphasis, from 0 to 2, at which the first place would change"
        blocks.append(Table(caption, columns, rows))
    if rows := _deceived(basis):
        columns = heads(
            "If the opposite of what this source alone says were true", "Then"
        )
        blocks.append(Table("Were a source to deceive us", columns, rows))
    if found.any_change.cells:
        cells = [cell_change(assessment, cell) for cell in found.any_change.cells]
        title = describe_change(found, Reach.ANY)
        blocks.append(Points(plain(title), tuple(map(plain, cells))))
    if rivals := describe_rivals(found):
        title = "The strongest case for each rival:"
        blocks.append(Points(title, tuple(map(plain, rivals))))
    blocks += days_blocks(basis)
    if basis.again is not None:
        who = basis.analyst or ""
        blocks.append(Note(plain(describe_again(basis.again, basis.drawn, who=who))))
    return tuple(blocks)


def collection_section(basis: Basis) -> Blocks | None:
    """Say what to find out next, by who would lead; None where nothing is missing."""
    found = basis.missing
    telling = [one for one in found if one.leaders_change]
    shown_ = (telling or list(found))[:_MISSING]
    if not shown_:
        return None
    intro = "What would put others first, or break or make a tie:"
    if not telling:
        intro = "No outcome of any of it alone would change who leads:"
    points = tuple(plain(describe_missing(basis.assessment, one)) for one in shown_)
    blocks: list[Block] = [Points(intro, points)]
    if (more := len(telling or found) - len(shown_)) > 0:
        blocks.append(Note(f"And {counted(more, 'thing')} more that tell less."))
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
