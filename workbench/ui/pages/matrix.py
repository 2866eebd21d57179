"""The first screen: the grid with its strip; the frame draws the charts below it."""

import streamlit as st

from workbench.ui import (
    beginning_panel,
    cases_parts,
    controls,
    findings_list,
    grid,
    ratings_of_others,
    round_stand,
    state,
    table_panel,
)
from workbench.ui.controls import literal


def say_what_lacks(title: str, about: str) -> None:
    """Say why there is no grid, and what to do next."""
    st.markdown(f"#### {literal(state.case().question.question)}")
    st.info(about, title=title)


controls.show_message()
case, columns, adds = state.case(), state.matrix().hypotheses, beginning_panel.adds()
if round_stand.sight().is_blind:
    adds = None
with st.container(key="beginning"):  # always there: the grid keeps its place
    if case.hypotheses and not columns:
        say_what_lacks(
            "No hypothesis is active",
            "A hypothesis that is parked or rejected is kept and not scored. Take one "
            "up again on the page Question.",
        )
    elif not adds and not (columns and case.evidence):
        say_what_lacks(
            "There is nothing to rate yet",
            "The case has no evidence, or no hypotheses, and its texts cannot be "
            "changed from here.",
        )
if adds or (columns and case.evidence):
    st.html(f"<style>{grid.FULL}</style>")
    ratings_of_others.draw()
    with st.container(key="matrix-controls", horizontal=True):
        if not state.desk().sight.is_blind:
            controls.rule_control()
            findings_list.of_the_case()
        controls.analyst_control()
    table_panel.draw()
    grid.draw(state.grid_data(adds), table_panel.grid_key(), table_panel.asked)
if not (columns and case.evidence):
    with st.container(horizontal=True):
        cases_parts.begin_controls()
