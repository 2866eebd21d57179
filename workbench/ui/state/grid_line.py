"""The end of the channel to the grid that belongs to a page."""

from __future__ import annotations

import hashlib
from typing import Any

import streamlit as st

from workbench.grid.line import Line
from workbench.ui.state.person import analyst, last_identity
from workbench.ui.state.which_case import place_on_screen


def line() -> Line:
    """Give this page's end of the grid's channel."""
    ident = grid_ident()
    found: Line | None = st.session_state.get("line")
    if found is None or found.matrix != ident:
        found = Line(ident)
        st.session_state["line"] = found
    return found


def grid_ident() -> str:
    """Name the grid: one a ledger, case and analyst, the same after a restart.

    What a browser keeps unsaved under that name waits for whoever did it, by their
    sign-in where there is one.
    """
    text = f"{place_on_screen()}\n{analyst()}"
    if who := last_identity():
        text += f"\n{who}"
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def sent(key: str, name: str) -> Any:  # noqa: ANN401
    """Read in its callback what a component sent, None where nothing is left of it.

    A run that is broken off before the component was drawn forgets its state, while
    what it sent meanwhile still arrives; the browser then sends it again.
    """
    found = st.session_state.get(key)
    return None if found is None else found.get(name)
