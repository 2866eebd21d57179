"""The channel between the browser and the ledger, on every page of a case.

It stands outside the pages, always at one place, so that an operation that arrives
after its page is gone is heard like any other. On Matrix the strip follows each answer.
"""

from __future__ import annotations

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.ui import grid, state, strip
from workbench.ui.frame import changed

_KEY = "channel"
# The two take no room: what is out of the flow leaves no gap either.
STYLE = (
    f".st-key-{_KEY},.st-key-frame-waiting"
    "{position:absolute;height:0;overflow:hidden}"
)


def draw(*, on_matrix: bool) -> None:
    """Draw the channel, the strip on Matrix, what waits to be saved, and the notice."""
    with st.container(key="frame-waiting"):
        grid.waiting(state.grid_ident(), "waiting", shown=not on_matrix)
        changed.draw()
    with st.container():  # there on every page, so that the channel keeps its place
        if on_matrix:
            strip.heading()
    _live(on_matrix=on_matrix)


@st.fragment
def _live(*, on_matrix: bool) -> None:
    """Draw what follows every operation: the answer first, then the strip."""
    matrix = state.matrix() if on_matrix else None
    grid.channel(state.line().answer(state.desk(), matrix), _KEY, _receive)
    if matrix is not None:
        strip.draw(matrix)


def _receive() -> None:
    """Carry out a batch. Whatever is wrong is told to the page that sent it."""
    batch = state.sent(_KEY, "ops")
    if batch is None:
        return
    line = state.line()
    try:
        line.receive(state.desk(), batch)
    except WorkbenchError as error:
        line.fail(error)
