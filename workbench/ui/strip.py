"""The strip above the grid: what is asked, and how the explanations stand now."""

from __future__ import annotations

import streamlit as st

from workbench import wording
from workbench.charts.ranking_chart import ranking_chart
from workbench.charts.rules_chart import rules_chart
from workbench.method.matrix import Matrix
from workbench.method.scoring import Assessment, every_rule
from workbench.ui import controls, state
from workbench.ui.controls import literal


def heading() -> None:
    """Draw what is asked."""
    st.markdown(f"#### {literal(state.case().question.question)}")


def draw(matrix: Matrix) -> None:
    """Draw what follows each judgment; nothing where there is nothing to compare."""
    if not matrix.hypotheses or not state.case().evidence:
        return
    reached = state.reached()
    now = reached.assessment
    headline, *rest = reached.lines
    st.markdown(f"**{literal(headline)}** {literal(' '.join(rest))}")
    controls.draw_chart(ranking_chart(now, state.baseline()), "ranking")
    st.caption(_informative(now))
    if state.every_rule():
        st.altair_chart(rules_chart(every_rule(matrix)), key="rules")


def _informative(now: Assessment) -> str:
    """Say in a line how far the numbers carry: informative share, coverage, flags."""
    said = []
    for one in now.hypotheses:
        flags = f" ({', '.join(one.flags)})" if one.flags else ""
        rated = "" if one.coverage == 1 else f" of {wording.share(one.coverage)} rated"
        share = wording.share(one.informative)
        said.append(f"{literal(one.label)} {share}{rated}{flags}")
    return f"Informative cells: {'; '.join(said)}"
