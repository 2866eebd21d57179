"""The first screen: the grid with its strip; the frame draws the charts below it."""

from pathlib import Path

import streamlit as st

from workbench.ui import controls, findings_list, grid, ratings_of_others, state
from workbench.ui.controls import literal

_HERE = Path(__file__).parents[1]


def say_what_lacks(title: str, about: str) -> None:
    """Say why there is no grid, and what to do next."""
    st.markdown(f"#### {literal(state.case().question.question)}")
    st.info(about, title=title)
    controls.analyst_control()


controls.show_message()
columns = state.matrix().hypotheses
if not columns and state.case().hypotheses:
    say_what_lacks(
        "No hypothesis is active",
        "A hypothesis that is parked or rejected is kept and not scored. Set `status: "
        "active` in the file of one, then open this page again.",
    )
elif not columns or not state.case().evidence:
    lacks = "evidence" if columns else "hypotheses"
    say_what_lacks(
        f"The case has no {lacks} yet",
        f"Add a file for each to the folder {lacks}/ of the case, then open this page "
        "again. The Guide shows what such a file holds.",
    )
else:
    st.html(_HERE / "first_screen.css")
    with st.container(key="matrix-controls", horizontal=True):
        controls.rule_control()
        findings_list.of_the_case()
        controls.analyst_control()
    ratings_of_others.draw()
    grid.draw(state.grid_data(), f"grid-{state.grid_ident()}")
