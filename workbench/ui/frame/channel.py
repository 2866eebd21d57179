"""The channel between the browser and the ledger, on every page of a case.

It stands outside the pages, always at one place, so that an operation that arrives
after its page is gone is heard like any other. On Matrix the verdict and the charts
follow each answer.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.ui import grid, state, strip
from workbench.ui.frame import bar, changed

_KEY = "channel"
_WAITING = "waiting"
# The two take no room: what is out of the flow leaves no gap either.
STYLE = (
    f".st-key-{_KEY},.st-key-frame-waiting"
    "{position:absolute;height:0;overflow:hidden}"
)


def draw(here: str, pages: dict[str, str]) -> None:
    """Draw the channel, what follows it on Matrix, what waits, and the notice.

    `here` names the page on screen, `pages` those to go to by the letter after a g.
    """
    with st.container(key="frame-waiting"):
        grid.waiting(
            state.grid_ident(),
            _WAITING,
            here=here,
            pages=pages,
            heard={"go": _go, "step": _step},
        )
        changed.draw()
    _live(on_matrix=here == "Matrix")


def _go() -> None:
    """Remember which page was asked for: the run that follows goes there."""
    if page := state.sent(_WAITING, "go"):
        state.set_destination(str(page))


def _step() -> None:
    verb = state.sent(_WAITING, "step")
    if verb in ("undo", "redo"):
        bar.step(verb)


@st.fragment
def _live(*, on_matrix: bool) -> None:
    """Draw what follows every operation: the answer first, then words and charts."""
    if not state.is_admitted():
        st.rerun()  # the whole page, which then asks to sign in
    matrix = state.matrix() if on_matrix else None
    grid.channel(state.line().answer(state.desk(), matrix), _KEY, _receive)
    if matrix is not None:
        strip.draw(matrix)
    if on_matrix:
        if state.is_case_new() and state.is_page_older():
            st.rerun()
    elif state.is_case_new() or state.are_judgments_new():
        st.rerun()


def _receive() -> None:
    """Carry out a batch. Whatever is wrong is told to the page that sent it."""
    batch = state.sent(_KEY, "ops")
    if batch is None:
        return
    line = state.line()
    try:
        if _edits(batch):  # what an editor changed meanwhile is what it is held against
            state.load_case()
        line.receive(state.desk(), batch)
        state.keep_up()
    except WorkbenchError as error:
        line.fail(error)


def _edits(batch: Any) -> bool:  # noqa: ANN401
    """Tell whether a batch, of whatever form, asks for a change of the case's texts."""
    try:
        return any(one[1] == "act" for _, ops in batch["batches"] for one in ops)
    except (TypeError, KeyError, IndexError, ValueError):
        return False
