"""What the grid is given when it is drawn."""

from __future__ import annotations

import uuid

import streamlit as st

from workbench.grid.payload import Values, snapshot
from workbench.ui.state.at_desk import desk
from workbench.ui.state.grid_line import grid_ident
from workbench.ui.state.on_screen import matrix


def grid_data(adds: Values | None) -> Values:
    """Give the grid its data, the very same as long as the page stays on screen.

    What becomes of the case meanwhile comes by the channel. `adds` says what may be
    added.
    """
    kept: Values | None = st.session_state.get("grid_data")
    if kept and kept["matrix"] == grid_ident():
        return kept
    fresh = snapshot(matrix(), grid_ident(), desk().revision)
    fresh |= {"undo": desk().can_undo, "redo": desk().can_redo}
    fresh["focus"] = st.session_state.pop("focus", None)
    fresh |= {"drawn": uuid.uuid4().hex[:8], "adds": adds}
    st.session_state["grid_data"] = fresh
    return fresh


def focus_cell(evidence: str, hypothesis: str) -> None:
    """Have the grid land on a cell when it is next shown."""
    visit = uuid.uuid4().hex[:8]
    st.session_state["focus"] = [evidence, hypothesis, visit]


def leave_grid() -> None:
    """Forget the grid's data: it is built from the ledger when it is next shown."""
    st.session_state.pop("grid_data", None)
    if found := st.session_state.get("line"):
        found.previews = {}  # the hand has let go
