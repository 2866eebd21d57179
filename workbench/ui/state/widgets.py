"""What widgets hold, those that are gone included."""

from __future__ import annotations

from typing import Any

import streamlit as st

from workbench.ui.set_since import SET_HERE, note


def widget(key: str) -> Any:  # noqa: ANN401
    """Read a widget in its callback, by its key."""
    return st.session_state[key]


def set_widget(key: str, value: object) -> None:
    """Set what a widget holds before it is drawn."""
    note(st.session_state.setdefault(SET_HERE, {}), key, value)
    st.session_state[key] = value


def seed(key: str, value: object) -> str:
    """Give a widget its value before it is drawn; returns the key."""
    set_widget(key, value)
    return key


def view(name: str, default: Any) -> Any:  # noqa: ANN401
    """Give what was last chosen for a view of a page."""
    return st.session_state.get(f"view:{name}", default)


def set_view(name: str, value: object) -> None:
    """Remember what was chosen for a view of a page."""
    st.session_state[f"view:{name}"] = value
