"""Whose judgments a report is of: one's own, as published, or somebody else's.

Where the case publishes no rating there is nothing "as published": another analyst's
ratings stand in its place, under their name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st

from workbench.case.judgments import Judgments
from workbench.method.matrix import build
from workbench.method.rerating import Again
from workbench.method.scoring import assess
from workbench.record.chain import ChainEnd
from workbench.record.desk import Desk
from workbench.record.raters import stand_in
from workbench.record.second_look import again
from workbench.team.round_story import Story, stories
from workbench.ui import entrance, state
from workbench.ui.controls import literal
from workbench.ui.headline import Reached

_MINE: Final = "Mine"
_PUBLISHED: Final = "As published"


@dataclass(frozen=True)
class Whose:
    """The judgments of a report, whose they are (None: as published), the verdict.

    again: how far they agree with themselves, None where that is not known.
    """

    judgments: Judgments
    analyst: str | None
    chain: ChainEnd | None
    reached: Reached
    again: Again | None = None

    @property
    def others(self) -> dict[str, Judgments]:
        """The judgments of everybody else, none beside the published ones."""
        if self.analyst is None or entrance.is_demonstration():
            return {}
        found = state.analysts().judgments()
        return {name: own for name, own in found.items() if name != self.analyst}

    @property
    def rounds(self) -> tuple[Story, ...]:
        """The rounds as far as they are revealed, none beside the published case."""
        if self.analyst is None or entrance.is_demonstration():
            return ()
        desk = state.desk()
        return stories(desk.ledger, desk.case, desk.identity, desk.analyst)

    @property
    def own(self) -> bool:
        """Whether the analyst at the screen can change them."""
        return self.analyst == state.analyst()


def control() -> Whose:
    """Ask whose judgments the report is of."""
    case = state.case()
    others = {} if case.is_rated else state.raters()
    alone = stand_in(case, others)
    others.pop(state.analyst(), None)
    options = [_MINE, *([_PUBLISHED] if case.is_rated else others)]
    chosen = _MINE
    if len(options) > 1:
        chosen = st.segmented_control(
            "Judgments",
            options,
            key="report_of",
            default=alone if alone in others else _MINE,
            format_func=literal,
            required=True,
            persist_state="session",
        )
    if chosen == _PUBLISHED:
        return Whose(Judgments(), None, None, state.reached_as_published())
    if chosen in others:
        return _of(others[chosen])
    desk = state.desk()
    return Whose(
        desk.judgments, desk.analyst, desk.chain_end(), state.reached(), again(desk)
    )


def _of(desk: Desk) -> Whose:
    matrix = build(desk.case, desk.judgments, state.rule(), count_all=state.count_all())
    reached = Reached.on(assess(matrix))
    return Whose(desk.judgments, desk.analyst, desk.chain_end(), reached, again(desk))
