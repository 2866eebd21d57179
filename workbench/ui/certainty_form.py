"""The reasons why a standing is less firm than it looks, to be confirmed or struck."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from workbench.case.entry import CONFIRMED, STRUCK, EntryKind
from workbench.errors import WorkbenchError
from workbench.method.certainty import Reason
from workbench.method.scoring import Assessment
from workbench.ui import state
from workbench.ui.cases_parts import MATRIX_PAGE
from workbench.ui.controls import literal
from workbench.wording import named
from workbench.wording.certain import NO_REASON, describe_place, describe_reason

_OPEN: Final = "open"
_CHOICES: Final = (_OPEN, CONFIRMED, STRUCK)


def editor(now: Assessment, found: Mapping[str, tuple[Reason, ...]]) -> None:
    """Let the analyst confirm or strike each reason; each is saved at once."""
    st.caption(
        "Found in the ratings that speak against each hypothesis. Confirm those that "
        "hold and strike those that do not: the report says which."
    )
    number = 0
    for standing in now.in_order:
        reasons = found[standing.id]
        place = describe_place(now, standing.id)
        st.markdown(f"**{literal(named(standing))}** {literal(place)}")
        if not reasons:
            st.caption(NO_REASON)
        for one in reasons:
            number += 1
            _reason(now, one, number)


def _reason(now: Assessment, one: Reason, number: int) -> None:
    key = state.seed(f"certainty:{one.hypothesis}:{one.doubt}", one.held or _OPEN)
    said = literal(f"{number}. {describe_reason(now, one)}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(said, width="stretch")
        st.segmented_control(
            said,
            _CHOICES,
            key=key,
            required=True,
            on_change=_held,
            args=(one, key),
            label_visibility="collapsed",
        )
        if one.evidence:
            shown = st.button(
                "Show",
                key=f"{key}:show",
                help="Go to the first of its cells in the matrix",
                on_click=state.focus_cell,
                args=(one.evidence[0], one.hypothesis),
            )
            if shown:
                st.switch_page(MATRIX_PAGE)


def _held(one: Reason, key: str) -> None:
    chosen = state.widget(key)
    to = None if chosen in (_OPEN, None) else chosen
    try:
        state.act([[EntryKind.CERTAINTY, one.doubt.value, one.hypothesis, to]])
    except WorkbenchError as error:
        state.leave_message(str(error))
