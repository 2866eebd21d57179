"""What the report says of rounds: who rated when, in which, and what then moved.

The lead's code stands beside everybody's own, never over it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workbench.case.judgments import Judgments
from workbench.case.model import Case
from workbench.method.movement import movement
from workbench.record.round_entries import Adjudication
from workbench.report.content.blocks import (
    Block,
    Blocks,
    Cell,
    Paragraph,
    Points,
    Table,
)
from workbench.report.content.cells import heads, name_cell, text_cell
from workbench.team.round_story import Story
from workbench.wording import clipped, code, named, plain
from workbench.wording.round_told import (
    describe_moved,
    describe_movement,
    describe_pass,
    describe_unrevealed,
)

_MOST: Final = 12  # ratings that moved, those without a reason first
_REASON: Final = 160  # characters


def told_of_rounds(case: Case, stories: tuple[Story, ...]) -> Blocks:
    """Tell each round as far as it is revealed: passes, movement, the lead's codes."""
    found: list[Block] = []
    for story in stories:
        said = [describe_pass(story.round, one, story.names) for one in story.ended]
        said.append(describe_unrevealed(story.round))
        found.append(Paragraph(plain(" ".join(filter(None, said)))))
        if len(story.passes) > 1:
            found.append(_moved(case, story))
        beside = [
            _beside(case, one, story.passes[-1])
            for one in story.round.adjudications
            if case.has(one.evidence, one.hypothesis)
        ]
        if beside:
            caption = (
                f"Adjudicated in round {story.round.number}, beside each one's own "
                "code, which stands"
            )
            columns = heads(
                "Item", "Hypothesis", "Each one's", "Adjudicated", "By", "Because"
            )
            found.append(Table(caption, columns, tuple(beside)))
    return tuple(found)


def _moved(case: Case, story: Story) -> Block:
    moved = movement(case, story.passes[0], story.passes[-1])
    told = plain(describe_movement(moved))
    ordered = sorted(moved, key=lambda one: not one.is_bare)
    lines = [describe_moved(case, one) for one in ordered[:_MOST]]
    if more := len(moved) - len(lines):
        lines.append(f"And {more} more.")
    return Points(told, tuple(map(plain, lines))) if lines else Paragraph(told)


def _beside(
    case: Case, one: Adjudication, last: Mapping[str, Judgments]
) -> tuple[Cell, ...]:
    item = case.item[one.evidence]
    own = [
        f"{name} {code(judged.rating(item, one.hypothesis)) or 'unrated'}"
        for name, judged in last.items()
    ]
    return (
        name_cell(named(item)),
        text_cell(clipped(case.hypothesis[one.hypothesis].title)),
        text_cell("; ".join(own)),
        text_cell(one.code.value),
        text_cell(one.name),
        text_cell(clipped(one.because, _REASON)),
    )
