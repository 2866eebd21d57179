"""A form of the case's own texts as a Streamlit component, drawn from a description.

Each field is saved by itself, a second after the last key, through the outbox that the
grid's changes leave by; until then it is a draft in the browser and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final

import streamlit as st

from workbench.grid.payload import Values
from workbench.ui import case_notes, entrance, round_stand, script_files, sign_in, state

_HTML: Final = "<div data-form></div>"


def may_edit() -> bool:
    """Tell whether the texts of the case can be changed from here."""
    return not (entrance.is_demonstration() or round_stand.is_frozen())


def draw(  # noqa: PLR0913  what a form is made of
    name: str,
    fields: Sequence[Values] = (),
    *,
    actions: Sequence[Values] = (),
    adders: Sequence[Values] = (),
    notes: Mapping[str, Sequence[Values]] = MappingProxyType({}),
    key: str = "",
) -> None:
    """Draw a form; `name` names what it is of, `key` its place on the page.

    `notes` are said of fields, by their names.
    """
    _draw(
        name,
        {
            "fields": list(fields),
            "actions": list(actions),
            "adders": list(adders),
            "notes": {field: list(said) for field, said in notes.items()},
            "near": {"text": "", "notes": []},
        },
        key or name,
    )


@sign_in.part
def draw_adder(name: str, adder: Values) -> None:
    """Draw the field that adds items, which says what is there already as one types.

    It is a part of the page that runs by itself.
    """
    typed = str(state.view(f"typed {name}", default=""))
    near = {"text": typed, "notes": case_notes.nearly_titled(state.case(), typed)}
    data = {"fields": [], "actions": [], "adders": [adder], "notes": {}, "near": near}
    _draw(name, data, name)


def _draw(name: str, data: Values, key: str) -> None:
    component = st.components.v2.component(
        "case_form",
        html=_HTML,
        js=script_files.component(script_files.FORM),
    )
    component(
        key=f"form-{key}",
        data={"matrix": state.grid_ident(), "form": name, **data},
        on_typed_change=partial(_typed, f"form-{key}", name),
    )


def _typed(key: str, name: str) -> None:
    """Take what is being typed; the part of the page that draws the form runs."""
    if (text := state.sent(key, "typed")) is not None:
        state.set_view(f"typed {name}", str(text))


def edit_control(name: str, label: str = "Edit") -> bool:
    """Offer to edit what is read; tells whether it is being edited."""
    if not may_edit():
        return False
    editing = bool(state.view(f"edit {name}", default=False))
    st.button(
        "Done editing" if editing else label,
        key=f"edit:{name}",
        icon=":material/check:" if editing else ":material/edit:",
        on_click=state.set_view,
        args=(f"edit {name}", not editing),
    )
    return editing
