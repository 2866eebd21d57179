"""Which item is being read, as the address says."""

from __future__ import annotations

import streamlit as st

from workbench.ui.state.read_case import case


def chosen_item() -> str:
    """Give the id of the item last read, "" for none."""
    return str(st.session_state.get("chosen_item", ""))


def choose_item(evidence: str) -> None:
    """Remember which item is being read."""
    st.session_state["chosen_item"] = evidence


def follow_item() -> bool:
    """Choose the item that the address names, if it does so since it was last told."""
    asked = st.query_params.get("item")
    known = st.session_state.get("item_told")
    if not asked or asked == known or asked not in case().item:
        return False
    choose_item(asked)
    return True


def tell_item(evidence: str) -> None:
    """Have the address name the item being read, so that it can be sent."""
    st.session_state["item_told"] = evidence
    if st.query_params.get("item") != evidence:
        st.query_params["item"] = evidence
