"""Keeps in the browser what was chosen in a field for a date or a number.

Such a choice is part of no case: the session has it, and until the day ends the browser
too, so that no reload, closed tab or killed server loses it. Longer it is not kept: a
date that nobody remembers choosing would be worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from workbench.ui import script_files, state

_UNASKED: Final = ""  # nothing was chosen since the page was opened
_ODD: Final = re.compile(r"[^a-zA-Z0-9_-]")


def keep(name: str, read: Callable[[str], object], said: str = "") -> None:
    """Keep what is chosen of a view of a page; it takes no room.

    A choice that is None was taken back, or made use of, and is not kept. `read` makes
    of a text the choice that it spells, and raises ValueError for none.
    `said` tells, where it stands, that what is chosen is from before.
    """
    component = st.components.v2.component(
        "kept_choice", js=script_files.component(script_files.CHOSEN)
    )
    key = f"keeper-choice-{_ODD.sub('-', name)}"
    found = state.view(name, _UNASKED)
    chosen = "" if found in (_UNASKED, None) else str(found)
    slot = f"{state.grid_ident()}:{name}"
    component(
        key=key,
        data={"slot": slot, "chosen": chosen, "emptied": found is None},
        on_before_change=partial(_take, key, name, read),
    )
    if said and chosen and state.view(f"{name} before", "") == chosen:
        st.caption(said)


def _take(key: str, name: str, read: Callable[[str], object]) -> None:
    """Choose what was chosen earlier today."""
    text = str(state.sent(key, "before"))
    try:
        state.set_view(name, read(text))
    except ValueError:
        return  # spelled by another version
    state.set_view(f"{name} before", text)
