"""Which item is being read, as the address says."""

from __future__ import annotations

import time
from typing import Final

import streamlit as st

from workbench.ui.state.read_case import case

# Seconds in which what a browser sent before it had the new address may still arrive.
_ON_THE_WAY: Final = 1.0


def chosen_item() -> str:
    """Give the id of the item last read, "" for none."""
    return str(st.session_state.get("chosen_item", ""))


def choose_item(evidence: str) -> None:
    """Remember which item is being read."""
    st.session_state["chosen_item"] = evidence


def follow_item() -> bool:
    """Choose the item that the address names, if it does so since it was last told.

    One that was just left is not come back to: the browser does not know yet.
    """
    asked = st.query_params.get("item")
    known = st.session_state.get("item_told")
    if not asked or asked == known or asked not in case().item:
        return False
    if time.monotonic() - _left().get(asked, -_ON_THE_WAY) < _ON_THE_WAY:
        return False
    choose_item(asked)
    return True


def tell_item(evidence: str) -> None:
    """Have the address name the item being read, so that it can be sent."""
    asked, known = st.query_params.get("item"), st.session_state.get("item_told")
    st.session_state["item_told"] = evidence
    if asked != evidence:
        for one in (asked, known):
            if one and one != evidence:
                _left()[one] = time.monotonic()
        st.query_params["item"] = evidence


def _left() -> dict[str, float]:
    """Give when each item was left for another that was chosen on the page."""
    found: dict[str, float] = st.session_state.setdefault("items_left", {})
    return found
