"""Rating a sample of one's own cells again, one at a time, without what stood there.

Nothing else is on the page meanwhile: no rating, reason, order or score.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from workbench.case.model import Consistency
from workbench.errors import WorkbenchError
from workbench.method.draws import Drawn
from workbench.method.rerating import FEWEST, SCALE, SIZE, Place
from workbench.record import second_look
from workbench.record.second_look import Sample
from workbench.ui import controls, state
from workbench.ui.controls import literal
from workbench.wording import counted, plain
from workbench.wording.rerated import describe_again

_VIEW: Final = "rating again"


def is_open() -> bool:
    """Tell whether cells are being rated again on this page."""
    return bool(state.view(_VIEW, default=False)) and _last() is not None


def _last() -> Sample | None:
    return next(iter(reversed(second_look.samples(state.desk()))), None)


def offer(drawn: Drawn) -> None:
    """Say how far the analyst agrees with themselves, and offer to find out."""
    desk = state.desk()
    st.markdown("##### Rate some of your cells again")
    if (found := second_look.again(desk)) is not None:
        st.markdown(literal(describe_again(found, drawn)))
    last = _last()
    if last is not None and last.left:
        done = len(last.cells) - len(last.left)
        st.caption(f"{done} of {counted(len(last.cells), 'cell')} rated again so far.")
        st.button("Go on", key="again_on", on_click=_open)
        return
    many = len(second_look.own_cells(desk))
    if many < FEWEST:
        st.caption(
            f"From {FEWEST} cells with a rating of your own on, a sample of them can "
            f"be rated again without seeing what stood: that shows how steady your "
            f"own hand is, beside the draws. You have rated {many}."
        )
        return
    st.caption(
        f"{min(many, SIZE)} of your {many} cells in a mixed order, without rating, "
        "reason or score. They are drawn code by code in turn, so that codes you gave "
        "seldom come up more often among them than among all. Your ratings stay as "
        "they are; what you give again is kept beside them and compared. Best some "
        "days after you rated."
    )
    st.button("Re-rate a sample", key="again_begin", on_click=_begin)


def _begin() -> None:
    try:
        second_look.begin(state.desk())
    except WorkbenchError as error:
        state.leave_message(str(error))
    else:
        _open()


def _open() -> None:
    state.set_view(_VIEW, value=True)


def _close() -> None:
    state.set_view(_VIEW, value=False)


def rate() -> None:
    """Ask for the next cell, by a button or a key; nothing else is shown."""
    last = _last()
    assert last is not None
    controls.heading(
        "Re-rate a sample, blind",
        "If the hypothesis were true, what would the item be? Answer from the texts "
        "alone, with the keys 1 to 5.",
    )
    if not last.left:
        st.success(f"All {len(last.cells)} cells are rated again.")
        st.button("See what it comes to", type="primary", on_click=_close)
        return
    item, hypothesis = (
        state.case().item[last.left[0][0]],
        state.case().hypothesis[last.left[0][1]],
    )
    done = len(last.cells) - len(last.left)
    st.progress(done / len(last.cells), f"{done} of {len(last.cells)} rated again")
    panes = st.grid(2, min_column_width=340, gap="large")
    with panes.cell():
        st.markdown(f"##### {literal(item.label)} {literal(item.title)}")
        st.text(plain(item.statement))
    with panes.cell():
        st.markdown(f"##### {literal(hypothesis.label)} {literal(hypothesis.title)}")
        st.text(plain(hypothesis.statement))
    with st.container(horizontal=True, key="again-codes"):
        for number, code in enumerate(SCALE, start=1):
            st.button(
                f"{code.value} {code.meaning}",
                key=f"again:{item.id}:{hypothesis.id}:{code.value}",
                shortcut=str(number),
                on_click=_given,
                args=((item.id, hypothesis.id), code),
            )
    st.button("Stop for now", key="again_stop", type="tertiary", on_click=_close)


def _given(cell: Place, code: Consistency) -> None:
    try:
        second_look.give(state.desk(), cell, code)
    except WorkbenchError as error:
        state.leave_message(f"Not kept: {error}")
