"""Keeps what is typed into a field of Streamlit's own, and says there that it does.

Such a field is sent when it is left, or with its form; until then a reload, a closed
tab or a killed server would lose it.
"""

from __future__ import annotations

import re
from typing import Final

import streamlit as st

from workbench.ui import script_files, state

_KEY: Final = "keeper"
STYLE: Final = f"[class*=st-key-{_KEY}-]{{display:none}}"
_ODD: Final = re.compile(r"[^a-zA-Z0-9_-]")


def keep(label: str, slot: str, stands: str = "", *, of: str = "") -> None:
    """Keep a draft of the input of this label, under a name of its own.

    `stands` is what the input says by itself, `of` the key of one whose label another
    may have. It takes no room, and the input may come and go; a long text is sent as
    one types, a number when Enter is pressed or the field is left.
    """
    component = st.components.v2.component(
        "draft_keeper", js=script_files.component(script_files.KEEPER)
    )
    key = f"{_KEY}-{_ODD.sub('-', slot)}"  # as Streamlit makes a class of a key
    data = {
        "label": label,
        "slot": slot,
        "taken": state.taken(slot),
        "stands": stands,
        "within": f"st-key-{_ODD.sub('-', of)}" if of else "",
    }
    component(key=key, data=data)
