"""The first screen: the grid with its strip; the frame draws the charts below it."""

from pathlib import Path

import streamlit as st

from workbench.ui import (
    beginning_panel,
    cases_parts,
    controls,
    findings_list,
    grid,
    ratings_of_others,
    state,
)
from workbench.ui.controls import literal

_HERE = Path(__file__).parents[1]


def say_what_lacks(title: str, about: str) -> None:
    """Say why there is no grid, and what to do next."""
    st.markdown(f"#### {literal(state.case().question.question)}")
    st.info(about, title=title)


controls.show_message()
case, columns = state.case(), state.matrix().hypotheses
begun = beginning_panel.is_begun()
drawn = bool(columns and case.evidence)
with st.container(key="beginning"):  # always there: the grid keeps its place
    if not columns and case.hypotheses:
        say_what_lacks(
            "No hypothesis is active",
            "A hypothesis that is parked or rejected is kept and not scored. Take one "
            "up again on the page Question.",
        )
    elif not columns:
        say_what_lacks(
            "The case has no hypotheses yet",
            "Name two or more answers that exclude one another, each by a title; the "
            "rest can come later.",
        )
    elif not case.evidence:
        say_what_lacks(
            "The case has no evidence yet",
            "Type the title of each item, with Enter for the next, or paste a list; "
            "then rate each against every hypothesis."
            if len(case.hypotheses) > 1
            else "Name a second hypothesis first: with one there is nothing to weigh.",
        )
    if not begun and (columns or not case.hypotheses):
        beginning_panel.draw()
    if not drawn:
        with st.container(horizontal=True):
            cases_parts.begin_controls()
            controls.analyst_control()
if drawn:
    st.html(_HERE / "first_screen.css")
    ratings_of_others.draw()
    with st.container(key="matrix-controls", horizontal=True):
        controls.rule_control()
        if begun:
            beginning_panel.more_control()
        findings_list.of_the_case()
        controls.analyst_control()
    grid.draw(state.grid_data(), f"grid-{state.grid_ident()}")
