"""The sources of the case: each edited where it is read, and more of them added."""

from __future__ import annotations

from typing import Final

import streamlit as st

from workbench.case.model import Source
from workbench.ui import case_forms, controls, form, state, thing_acts
from workbench.wording import clipped

_KEY: Final = "source edited"


def draw() -> None:
    """Draw the sources, closed until somebody asks for them."""
    if not form.may_edit():
        return
    case = state.case()
    fold = controls.fold("Edit the sources", ":material/menu_book:", "sources")
    if not fold.open:
        return
    with fold:
        form.draw("add source", adders=[case_forms.ADD_SOURCE])
        if not case.sources:
            st.caption("None is named yet. An item cites those that are named here.")
            return
        id_ = controls.select(
            "Source to edit",
            _KEY,
            [one.id for one in case.sources],
            case.sources[0].id,
            lambda one: clipped(case.source[one].spoken if one in case.source else one),
        )
        edit(case.source[id_], "source")


def edit(source: Source, key: str) -> None:
    """Draw the fields of a source; `key` is their place on the page."""
    case = state.case()
    form.draw(
        f"source/{source.id}",
        case_forms.source_fields(case, source),
        actions=case_forms.source_actions(case, source),
        key=key,
    )
    thing_acts.of_source(source, key)
