"""Which item is being read, as the address says."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from workbench.ui.state.read_case import case


def chosen_item() -> str:
    """Give the id of the item last read, "" for none."""
    return str(st.session_state.get("chosen_item", ""))


def choose_item(evidence: str) -> None:
    """Remember which item is being read."""
    st.session_state["chosen_item"] = evidence


def follow_item() -> bool:
    """Choose the item that the address names, if it does so since it was last told.

    One that was left is not come back to, unless by the browser's own way back: until
    the browser has the new address, what it sends names the old one.
    """
    asked = st.query_params.get("item")
    if asked == st.session_state.get("item_told"):
        _left().clear()  # it has the new one
        return False
    if not asked or asked not in case().item:
        return False
    if asked in _left() and not _goes_back():
        return False
    choose_item(asked)
    return True


def tell_item(evidence: str) -> None:
    """Have the address name the item being read, so that it can be sent."""
    asked, known = st.query_params.get("item"), st.session_state.get("item_told")
    st.session_state["item_told"] = evidence
    if asked != evidence:
        _left().update(one for one in (asked, known) if one)
        st.query_params["item"] = evidence
    _left().discard(evidence)


def forget_items_left() -> None:
    """Come back to any item: the address that is told next is the app's own."""
    _left().clear()


def _left() -> set[str]:
    """Give the items that were left since the browser last had the address."""
    found: set[str] = st.session_state.setdefault("items_left", set())
    return found


def _goes_back() -> bool:
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation
