"""The channel between the browser and the ledger, on every page of a case.

It stands outside the pages, always at one place, so that an operation that arrives
after its page is gone is heard like any other. On Matrix the verdict and the charts
follow each answer.
"""

from __future__ import annotations

import contextlib
import time
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.errors import WorkbenchError
from workbench.record.old_ids import Behind
from workbench.record.rights import NotAllowed
from workbench.ui import (
    asked_runs,
    comment_threads,
    grid,
    live,
    pacing,
    sign_in,
    state,
    strip,
)
from workbench.ui.frame import bar, changed
from workbench.ui.live import New

_KEY = "channel"
_WAITING = "waiting"
# Seconds in which the server's own thread sends the answer: where this one goes on at
# once, that one waits for up to 5 ms (`sys.getswitchinterval`) for its turn.
_SENT: Final = 0.001
# The two take no room: what is out of the flow leaves no gap either.
STYLE = (
    f".st-key-{_KEY},.st-key-frame-waiting"
    "{position:absolute;height:0;overflow:hidden}"
    # What is saved stands in a line below the page, and covers nothing of it.
    "html[data-status] .stMain{bottom:auto;height:calc(100% - 1.65rem)!important}"
)


def draw(here: str, pages: dict[str, str]) -> DeltaGenerator:
    """Draw the channel, what follows it on Matrix, and what waits.

    `here` names the page on screen, `pages` those to go to by the letter after a g.
    Gives where `hear` has its place.
    """
    place = st.container(key="frame-waiting")
    with place:
        grid.waiting(
            state.grid_ident(),
            _WAITING,
            here=here,
            pages=pages,
            heard={"go": _go, "step": _step, "wake": state.say_again},
        )
    _live(here)
    return place


def hear(place: DeltaGenerator) -> None:
    """Draw what takes no room until others do something: the notice, what is said."""
    with place:
        changed.draw()
        _talk()


def _go() -> None:
    """Remember which page was asked for: the run that follows goes there."""
    if page := state.sent(_WAITING, "go"):
        state.set_destination(str(page))


def _step() -> None:
    verb = state.sent(_WAITING, "step")
    if verb in ("undo", "redo"):
        bar.step(verb)


@sign_in.part
def _live(here: str) -> None:
    """Draw what follows every operation: the answer first, then words and charts.

    It runs too when others have stored something that concerns the page. Then the page
    is not drawn anew under the hand: the browser is told, and asks for that once
    nothing is being typed, dragged or chosen.
    """
    if not state.is_admitted() or state.is_asked_to_read():
        st.rerun()  # the whole page, which may then ask to sign in
    on_matrix = here == "Matrix"
    is_own = state.take_own()
    told = _hear_news()
    matrix = state.matrix() if on_matrix else None
    answer = state.line().answer(state.desk(), matrix)
    if told and _is_page_old(told, on_matrix=on_matrix):
        answer["stale"] = state.to_draw()
    grid.channel(answer, _KEY, _receive)
    # On Matrix all that a page draws after the channel is drawn by this part too.
    asked_runs.come_first(before_page=not on_matrix)
    if on_matrix:
        time.sleep(_SENT)
    state.listen(here)  # before the words, for which this run may wait
    if matrix is not None:
        strip.draw(matrix)
    # The look at the store may find what this page stored before the page knows.
    follows = is_own or not told
    if asked_runs.is_page_owed() or (follows and _is_older(on_matrix=on_matrix)):
        state.say_again()
        if is_own:  # that it is saved is told before the page is drawn, and not with it
            pacing.leave()
        st.rerun()


@sign_in.part
def _talk() -> None:
    """Tell the page what is said about the case; it runs when somebody says more."""
    with contextlib.suppress(WorkbenchError):  # what was told stays on the page
        live.listen_too(live.TALK)
        comment_threads.tell()


def _hear_news() -> frozenset[New]:
    """Take in what others stored; what is wrong with it is said by the page anew."""
    try:
        return state.take_news()
    except NotAllowed:
        st.rerun()  # the whole page, which says so to who is no longer on the case
    except WorkbenchError:
        return frozenset(New)


def _is_page_old(told: frozenset[New], *, on_matrix: bool) -> bool:
    """Tell whether what is new is seen only once the page is drawn anew.

    On Matrix the grid takes in ratings, rows and columns by itself.
    """
    return bool(told & {New.OTHERS, New.TEAM}) or _is_older(on_matrix=on_matrix)


def _is_older(*, on_matrix: bool) -> bool:
    """Tell whether the page was drawn of another case, or of other judgments."""
    if on_matrix:
        return state.is_case_new() and state.is_page_older()
    return state.is_case_new() or state.are_judgments_new()


def _receive() -> None:
    """Carry out a batch. Whatever is wrong is told to the page that sent it."""
    batch = state.sent(_KEY, "ops")
    if batch is None:
        return
    line = state.line()
    try:
        try:
            _carry_out(batch, anew=_edits(batch))
        except Behind:  # of a thing that has another id by now
            _carry_out(batch, anew=True)
        if set(_asks(batch)) - {"preview"} and not line.error:
            state.note_own()
    except WorkbenchError as error:
        line.fail(error)


def _carry_out(batch: object, *, anew: bool) -> None:
    """Carry a batch out, on the case as it is read `anew` or as it was known."""
    with state.editing() if anew else contextlib.nullcontext():
        state.line().receive(state.desk(), batch)
        state.keep_up()


def _edits(batch: Any) -> bool:  # noqa: ANN401
    """Tell whether a batch, of whatever form, asks for a change of the case's texts."""
    asked = _asks(batch)
    steps = [verb for verb in ("undo", "redo") if verb in asked]
    return "act" in asked or any(map(state.desk().steps_texts, steps))


def _asks(batch: Any) -> list[object]:  # noqa: ANN401
    """Name what a batch asks for, nothing where it is no batch."""
    try:
        return [one[1] for _, ops in batch["batches"] for one in ops]
    except (TypeError, KeyError, IndexError, ValueError):
        return []
