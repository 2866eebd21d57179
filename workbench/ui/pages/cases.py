"""The cases that are served: choose one, or begin another."""

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.ui import (
    cases_parts,
    controls,
    entrance,
    importing,
    libraries,
    state,
)
from workbench.ui.controls import literal
from workbench.wording import counted

try:
    library = libraries.here()
    found = library.listed()
except WorkbenchError as error:
    st.error(literal(str(error)), title="The cases cannot be listed")
    st.button("Try again")
    st.stop()
controls.heading("Cases", library.about, of_case=False)
with st.container(horizontal=True, vertical_alignment="center"):
    if entrance.has_cases_begun():
        cases_parts.new_control(library)
        cases_parts.example_control(library)
    held = f"{counted(len(found), 'case')} {library.spoken}"
    st.caption(literal(held), width="content")
if entrance.has_cases_begun():
    with st.expander(
        "Import a file of another tool", icon=":material/upload_file:", key="import"
    ):
        importing.into_library(library)
if not found and entrance.has_sign_in():
    st.info(
        "You are on no case here. A lead of one gives you a role on its page Team, "
        "once you have opened its address; "
        + (
            "one that you begin here is yours to lead."
            if entrance.has_cases_begun()
            else "whoever keeps the server gives the first with `workbench role set`."
        ),
        title="No case for you yet",
    )
    st.code(state.identity(), language=None, wrap_lines=True)
elif not found and not library.named:
    st.info(
        "Begin one with the buttons above, or import a file. At the command line, "
        "`workbench case import FOLDER --ledger URL` brings a case folder in.",
        title="There is no case here yet",
    )
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
        cases_parts.card(one, library.kind)
