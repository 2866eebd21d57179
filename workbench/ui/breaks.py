"""What the ledger does not hold as it was written: told on every page until seen."""

from __future__ import annotations

import uuid

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.ui import state
from workbench.ui.controls import literal
from workbench.wording import counted

_SHOWN = 5


def draw() -> None:
    """Name what was altered, is missing or was set aside, and offer to mark it seen."""
    try:
        found = state.desk().unseen()
    except WorkbenchError:
        return  # the store is out of reach, which the strip says
    if not found:
        return
    lines = [f"- {literal(str(one))}" for one in found[:_SHOWN]]
    if len(found) > _SHOWN:
        lines.append(f"- and {len(found) - _SHOWN} more; `workbench ledger verify`")
    st.warning(
        "\n".join(lines),
        title=f"The ledger has {counted(len(found), 'fault')} in your entries",
    )
    st.button(
        "I have looked at this",
        icon=":material/visibility:",
        key="breaks_seen",
        on_click=_mark_seen,
        help="It is recorded under your name, and no page says it again. Reports do.",
    )


def _mark_seen() -> None:
    try:
        state.desk().mark_seen(f"seen-{uuid.uuid4().hex[:12]}")
    except WorkbenchError as error:
        state.leave_message(str(error))
