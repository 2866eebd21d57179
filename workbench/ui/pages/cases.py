"""The cases of the folder that is served: choose one, or begin another."""

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.ui import cases_parts, controls, entrance, importing, state
from workbench.ui.controls import literal
from workbench.wording import clipped, counted

place = state.library_folder()
assert place is not None, "the frame offers this page for several cases alone"
controls.heading(
    "Cases",
    "Each case is a folder of its own, with a ledger of its own. Choose one to work "
    "on; the address then names it, so that a reload or another tab shows the same.",
    of_case=False,
)
try:
    found = cases_parts.listed(place)
except WorkbenchError as error:
    st.error(literal(str(error)), title="The folder cannot be read")
    st.button("Try again")
    st.stop()
with st.container(horizontal=True, vertical_alignment="center"):
    if entrance.has_cases_begun():
        cases_parts.new_control(place)
        cases_parts.example_control(place)
    held = f"{counted(len(found), 'case')} in the folder {clipped(place.name)}"
    st.caption(literal(held), width="content")
if entrance.has_cases_begun():
    with st.expander(
        "Import a file of another tool", icon=":material/upload_file:", key="import"
    ):
        importing.into_library(place)
if not found and entrance.has_sign_in():
    st.info(
        "You are on no case here. A lead of one gives you a role on its page Team, "
        "once you have opened its address; whoever keeps the server gives the first "
        "with `workbench role set`.",
        title="No case for you yet",
    )
    st.code(state.identity(), language=None, wrap_lines=True)
elif not found:
    st.info(
        "Begin one with the buttons above, or import a file. At the command line, "
        "`workbench new FOLDER --question TEXT`, `workbench new FOLDER --example` and "
        "`workbench import FILE FOLDER` do the same. Each goes into a folder inside "
        "this one, and shows here at once.",
        title="There is no case here yet",
    )
grid = st.grid(2, min_column_width=440, border=True)
for one in found:
    with grid.cell():
        cases_parts.card(one)
