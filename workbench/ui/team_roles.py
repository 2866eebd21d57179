"""Who may do what in the case, for a lead: whoever has signed in, and their role."""

from __future__ import annotations

from typing import Final

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.record.rights import Role, role_of
from workbench.record.roles import Member, give, members
from workbench.ui import state
from workbench.ui.controls import literal

_TITLE: Final = "Who may do what"
_NONE: Final = "no role"
_ABOUT: Final = (
    "A reader reads; an analyst also judges and edits the case; a reviewer reads and "
    "marks faults of the ledger as seen; a lead does all of it, publishes, and gives "
    "roles. Whoever has none does not reach the case. Each change is an entry."
)


def is_lead() -> bool:
    """Tell whether whoever has signed in gives the roles of the case."""
    who = state.identity()
    if who is None:
        return False
    return role_of(state.ledger(), state.case().question.id, who) is Role.LEAD


def draw() -> None:
    """List who has signed in to the case, with a choice of role for each.

    It stands open while somebody waits for a role.
    """
    who = state.identity()
    found = members(state.ledger(), state.case().question.id, who)
    waiting = any(one.role is None for one in found)
    with st.expander(_TITLE, icon=":material/badge:", expanded=waiting, key="roles"):
        st.caption(_ABOUT)
        for one in found:
            _draw_member(one, is_self=one.person == who)


def _draw_member(one: Member, *, is_self: bool) -> None:
    left, right = st.columns([3, 1], vertical_alignment="center")
    named = one.name or "Not seen here yet"
    left.markdown(f"**{literal(named)}**{' (you)' if is_self else ''}")
    left.caption(literal(one.person))
    key = state.seed(f"role:{one.person}", one.role or _NONE)
    right.selectbox(
        f"Role of {literal(named)}",
        [_NONE, *Role],
        key=key,
        on_change=_give,
        args=(one, key),
        label_visibility="collapsed",
    )


def _give(one: Member, key: str) -> None:
    chosen = state.widget(key)
    role = None if chosen == _NONE else Role(chosen)
    try:
        give(state.desk(), one.person, role)
    except WorkbenchError as error:
        state.leave_message(str(error))
        return
    named = one.name or one.person
    state.leave_success(f"{named} {f'is {role} now' if role else 'has no role now'}.")
