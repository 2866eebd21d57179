"""The first screen: what is asked, how the explanations stand, and the grid."""

import streamlit as st

from workbench import wording
from workbench.charts.ranking_chart import ranking_chart
from workbench.charts.rules_chart import rules_chart
from workbench.method.scoring import Assessment, assess, every_rule
from workbench.ui import controls, findings_list, grid, state
from workbench.ui.controls import literal
from workbench.wording.ranking import describe_ranking


def _receive() -> None:
    state.line().receive(state.desk(), state.widget("channel").get("ops"))


def _standing(now: Assessment) -> str:
    """Say in a line how far the numbers carry: informative share, coverage, flags."""
    said = []
    for one in now.hypotheses:
        flags = f" ({', '.join(one.flags)})" if one.flags else ""
        rated = "" if one.coverage == 1 else f" of {wording.share(one.coverage)} rated"
        share = wording.share(one.informative)
        said.append(f"{literal(one.label)} {share}{rated}{flags}")
    return f"Informative cells: {'; '.join(said)}"


question = state.case().question
title, tools = st.columns([6, 1], vertical_alignment="center")
title.markdown(f"#### {literal(question.question)}")
with tools.container(horizontal=True, horizontal_alignment="right"):
    controls.analyst_control()
controls.show_message()
columns = state.matrix().hypotheses
if not columns and state.case().hypotheses:
    st.info(
        "A hypothesis that is parked or rejected is kept and not scored. Set `status: "
        "active` in the file of one, then open this page again.",
        title="No hypothesis is active",
    )
    st.stop()
if not columns or not state.case().evidence:
    lacks = "evidence" if columns else "hypotheses"
    st.info(
        f"Add a file for each to the folder {lacks}/ of the case, then open this page "
        "again. The Guide shows what such a file holds.",
        title=f"The case has no {lacks} yet",
    )
    st.stop()


@st.fragment
def live() -> None:
    """Draw what follows every operation: the grid's answer first, then the ranking."""
    matrix = state.matrix()
    grid.channel(state.line().answer(state.desk(), matrix), "channel", _receive)
    now = assess(matrix)
    st.markdown(f"**{literal(describe_ranking(now))}**")
    controls.draw_chart(ranking_chart(now, state.baseline()), "ranking")
    st.caption(_standing(now))
    if state.every_rule():
        st.altair_chart(rules_chart(every_rule(matrix)), key="rules")


left, right = st.columns([5, 2], gap="medium")
with right:
    st.caption(
        "Select a cell and press 1 to 5 for CC C N I II, 6 for NA. Enter gives the "
        "reason. Drag an emphasis and the ranking follows. Press ? for every key."
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        controls.rule_control()
        controls.every_rule_control()
        findings_list.of_the_case()
with left:
    live()
grid.draw(state.grid_data(), f"grid-{state.grid_ident()}")
