"""A form of the case's own texts as a Streamlit component, drawn from a description.

Each field is saved by itself, a second after the last key, through the outbox that the
grid's changes leave by; until then it is a draft in the browser and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from workbench.grid import bundle
from workbench.grid.payload import Values
from workbench.ui import entrance, state

_HTML: Final = "<div data-form></div>"


def may_edit() -> bool:
    """Tell whether the texts of the case can be changed from here."""
    return not entrance.is_demonstration()


def draw(
    name: str,
    fields: Sequence[Values] = (),
    *,
    actions: Sequence[Values] = (),
    adders: Sequence[Values] = (),
    key: str = "",
) -> None:
    """Draw a form; `name` names what it is of, `key` its place on the page."""
    component = st.components.v2.component(
        "case_form",
        html=_HTML,
        css=bundle.styles("form"),
        js=bundle.component(bundle.FORM),
    )
    data: Values = {
        "matrix": state.grid_ident(),
        "form": name,
        "fields": list(fields),
        "actions": list(actions),
        "adders": list(adders),
    }
    component(key=f"form-{key or name}", data=data)


def edit_control(name: str) -> bool:
    """Offer to edit what is read; tells whether it is being edited."""
    if not may_edit():
        return False
    editing = bool(state.view(f"edit {name}", default=False))
    st.button(
        "Done editing" if editing else "Edit",
        key=f"edit:{name}",
        icon=":material/check:" if editing else ":material/edit:",
        on_click=state.set_view,
        args=(f"edit {name}", not editing),
    )
    return editing
