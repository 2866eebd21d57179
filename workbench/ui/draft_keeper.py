"""Keeps what is typed into a field of Streamlit's own, and says there that it does.

Such a field is sent when it is left, or with its form; until then a reload, a closed
tab or a killed server would lose it.
"""

from __future__ import annotations

import streamlit as st

from workbench.grid import bundle
from workbench.ui import state


def keep(label: str, slot: str) -> None:
    """Keep a draft of the text input of this label, under a name of its own.

    It takes no room, and the input may come and go.
    """
    component = st.components.v2.component(
        "draft_keeper", js=bundle.component(bundle.KEEPER)
    )
    key = f"keeper-{slot.replace(' ', '-')}"
    with st.container(key=f"{key}-place"):
        st.html(f"<style>.st-key-{key}-place{{display:none}}</style>")
        data = {"label": label, "slot": slot, "taken": state.taken(slot)}
        component(key=key, data=data)
