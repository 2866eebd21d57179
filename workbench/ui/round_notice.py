"""What stands in place of a page that who rates blind may not see."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from workbench.ui import controls, round_stand
from workbench.ui.cases_parts import MATRIX_PAGE
from workbench.ui.controls import literal
from workbench.wording.round_told import describe_closed_page

_TEAM: Final = str(Path(__file__).parent / "pages" / "team.py")


def draw(page: str) -> None:
    """Say in a sentence why the page shows nothing, with the ways on; it is logged."""
    sight = round_stand.sight()
    found = sight.round
    assert found is not None, "a page is shut by a round"
    round_stand.note_refused(f"the page {page}")
    st.markdown(f"### {page}")
    controls.show_message()
    said = describe_closed_page(found, page, takes_part=sight.takes_part)
    st.info(literal(said), icon=":material/visibility_off:")
    if not sight.takes_part:
        return
    with st.container(horizontal=True):
        if st.button("Rate in the Matrix", type="primary"):
            st.switch_page(MATRIX_PAGE)
        if st.button("Lock on the page Team"):
            st.switch_page(_TEAM)
