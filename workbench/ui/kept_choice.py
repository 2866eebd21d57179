"""Keeps in the browser what was chosen in a field for a number, and whose choice it is.

Such a choice is part of no case: the session has it, and until the day ends the browser
too, so that no reload, closed tab or killed server loses it. It goes along to no other
case, and to no other analyst.
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


def of_case(name: str) -> str:
    """Name the view that holds a choice for the case and analyst on screen."""
    return f"{state.grid_ident()}:{name}"


def keep(name: str, read: Callable[[str], object]) -> None:
    """Keep what is chosen of a view of a page, named by `of_case`; it takes no room.

    A choice that is None was taken back, or made use of, and is not kept. `read` makes
    of a text the choice that it spells, and raises ValueError for none.
    """
    component = st.components.v2.component(
        "kept_choice", js=script_files.component(script_files.CHOSEN)
    )
    key, view = f"keeper-choice-{_ODD.sub('-', name)}", of_case(name)
    found = state.view(view, _UNASKED)
    chosen = "" if found in (_UNASKED, None) else str(found)
    component(
        key=key,
        data={"slot": view, "chosen": chosen, "emptied": found is None},
        on_before_change=partial(take_before, key, name, read),
    )


def take_before(key: str, name: str, read: Callable[[str], object]) -> None:
    """Choose what was chosen earlier today."""
    text = str(state.sent(key, "before"))
    take(name, text, read)
    state.set_view(f"{of_case(name)} before", text)


def take(name: str, text: str, read: Callable[[str], object]) -> None:
    """Choose what a text spells, nothing where it is empty."""
    try:
        state.set_view(of_case(name), read(text) if text else None)
    except ValueError:
        return  # spelled by another version


def tell_before(name: str, said: str) -> None:
    """Say that what is chosen is from before the page was opened, where it is."""
    found = state.view(of_case(name), None)
    before = state.view(f"{of_case(name)} before", "")
    if said and found is not None and str(found) == before:
        st.caption(said)
