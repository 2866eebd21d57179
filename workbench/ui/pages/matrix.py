"""The first screen: the grid, below the strip that the frame draws."""

import streamlit as st

from workbench.ui import controls, findings_list, grid, state

controls.show_message()
columns = state.matrix().hypotheses
if not columns and state.case().hypotheses:
    st.info(
        "A hypothesis that is parked or rejected is kept and not scored. Set `status: "
        "active` in the file of one, then open this page again.",
        title="No hypothesis is active",
    )
    controls.analyst_control()
    st.stop()
if not columns or not state.case().evidence:
    lacks = "evidence" if columns else "hypotheses"
    st.info(
        f"Add a file for each to the folder {lacks}/ of the case, then open this page "
        "again. The Guide shows what such a file holds.",
        title=f"The case has no {lacks} yet",
    )
    controls.analyst_control()
    st.stop()

about, tools = st.columns([1, 1], vertical_alignment="center")
about.caption(
    "Select a cell and press 1 to 5 for CC C N I II, 6 for NA. Enter gives the "
    "reason. Drag an emphasis and the ranking follows. Press ? for every key."
)
with tools.container(
    horizontal=True, horizontal_alignment="right", vertical_alignment="center"
):
    controls.rule_control()
    controls.every_rule_control()
    findings_list.of_the_case()
    controls.analyst_control()
grid.draw(state.grid_data(), f"grid-{state.grid_ident()}")
