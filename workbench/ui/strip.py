"""What follows the numbers on Matrix: the verdict for the strip, charts below the grid.

The strip itself is the grid's, which shows every change in the same frame; its words
settle here, after the answer has gone.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from workbench import wording
from workbench.charts.ranking_chart import ranking_drawn
from workbench.charts.rules_chart import rules_chart
from workbench.grid.payload import Values
from workbench.method.matrix import Matrix
from workbench.method.scoring import Assessment, every_rule
from workbench.ui import (
    controls,
    findings_list,
    grid,
    live,
    round_stand,
    sign_in,
    state,
)
from workbench.ui.links import explained

_FINDINGS: Final = "findings in the drawer"


def draw(matrix: Matrix) -> None:
    """Tell the grid the verdict and draw the charts, if there is something to rate."""
    if not matrix.hypotheses or not state.case().evidence:
        return
    if not state.desk().sight.is_blind:
        _draw_charts(matrix)
    _say()


def _draw_charts(matrix: Matrix) -> None:
    now = state.assessment()
    if any(one.coverage for one in now.hypotheses):  # else nothing is ranked yet
        controls.draw_chart(ranking_drawn(now, state.baseline()), "ranking")
        st.caption(explained(_informative(now)))
        controls.every_rule_control()
        if state.every_rule():
            controls.draw_chart(rules_chart(every_rule(matrix)), "rules")


def _blind() -> Values:
    """Say what the round is at, in place of a verdict."""
    return {
        "lines": list(round_stand.lines(counted=False)),
        "contenders": [],
        "against": [],
        "reading": False,
        "findings": {},
    }


@sign_in.part
def _say() -> None:
    """Say what takes draws, last and on its own: no answer waits for it."""
    live.listen_too(live.WORDS)
    if state.desk().sight.is_blind:
        said = _blind()
    else:
        said = _words_by_now()
        said = {**said, "lines": [*round_stand.lines(), *said["lines"]]}
    grid.words({"matrix": state.grid_ident(), **said}, "words", _asked)


def _words_by_now() -> Values:
    reading = bool(state.view(_FINDINGS, default=False))
    revision, now = state.revision(), state.assessment()
    return state.by_now(
        f"{revision} {reading}",
        lambda: _words(revision, now, reading=reading),
        live.WORDS,
    )


def _words(revision: str, now: Assessment, *, reading: bool) -> Values:
    """Put the verdict in words, and what is asked about items where one is read."""
    reached = state.reached_at(revision, now)
    return {
        "lines": list(reached.lines),
        "contenders": list(reached.verdict.contenders),
        "against": list(reached.verdict.most_against),
        "reading": reading,
        "findings": findings_list.of_items(revision, now) if reading else {},
    }


def _asked() -> None:
    """Go on sending the findings: an item is being read."""
    state.set_view(_FINDINGS, value=True)


def _informative(now: Assessment) -> str:
    """Say how far the numbers carry: informative share, coverage, flags."""
    said = []
    for one in now.hypotheses:
        flags = f" ({', '.join(one.flags)})" if one.flags else ""
        rated = "" if one.coverage == 1 else f" of {wording.share(one.coverage)} rated"
        share = wording.share(one.informative)
        said.append(f"{wording.named(one)} {share}{rated}{flags}")
    return f"Informative share, of ratings that speak either way: {'; '.join(said)}"
