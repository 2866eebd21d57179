"""The first screen: what is asked, how the explanations stand, and the grid."""

import streamlit as st

from workbench import charts, wording
from workbench.method.scoring import Assessment, assess, every_rule
from workbench.ui import controls, grid, state
from workbench.ui.controls import literal


def _receive() -> None:
    state.line().receive(state.desk(), state.widget("channel").get("ops"))


def _coverage(now: Assessment) -> str:
    short = [one for one in now.hypotheses if one.coverage < 1]
    if not short:
        return "Every cell is rated."
    listed = ", ".join(f"{one.label} {wording.share(one.coverage)}" for one in short)
    return f"Rated so far: {literal(listed)}."


def _flags(now: Assessment) -> str:
    flagged = [one for one in now.in_order if one.flags]
    if not flagged:
        return "No hypothesis is flagged."
    listed = "; ".join(f"{one.label} {', '.join(one.flags)}" for one in flagged)
    return f"Flags: {literal(listed)}."


def _details(now: Assessment) -> str:
    lines = ["| | Coverage | Informative | Flags |", "|---|---:|---:|---|"]
    for one in now.in_order:
        shares = f"{wording.share(one.coverage)} | {wording.share(one.informative)}"
        flags = " ".join(wording.FLAGS[flag] for flag in one.flags) or "none"
        lines.append(f"| **{literal(one.label)}** | {shares} | {flags} |")
    return "\n".join(lines)


question = state.case().question
title, tools = st.columns([6, 1], vertical_alignment="center")
title.markdown(f"#### {literal(question.question)}")
with tools.container(horizontal=True, horizontal_alignment="right"):
    controls.analyst_control()
controls.show_message()


@st.fragment
def live() -> None:
    """Draw what follows every operation: the ranking, and the grid's answers."""
    matrix = state.matrix()
    now = assess(matrix)
    st.markdown(f"**{literal(wording.describe_ranking(now))}**")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.altair_chart(charts.ranking_chart(now, state.baseline()), key="ranking")
    with right:
        st.caption(f"{_coverage(now)} {_flags(now)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            with st.popover("Coverage", icon=":material/flag:"):
                st.markdown(_details(now))
            controls.rule_control()
            every = st.toggle(
                "All six rules", key="every_rule", persist_state="session"
            )
        st.caption(
            "Press 1 to 5 in a cell for CC C N I II, 6 for NA; Enter gives the reason; "
            "drag an emphasis and the ranking follows. **?** lists every key."
        )
    if every:
        st.altair_chart(charts.rules_chart(every_rule(matrix)), key="rules")
    grid.channel(state.line().answer(state.desk(), matrix), "channel", _receive)


live()
grid.draw(state.grid_data(), f"grid-{state.grid_ident()}")
