"""The sources of the case: each edited where it is read, and more of them added."""

from __future__ import annotations

from typing import Final

import streamlit as st

from workbench.ui import case_forms, controls, form, state
from workbench.wording import clipped, counted

_KEY: Final = "source edited"


def draw() -> None:
    """Draw the sources, closed until somebody asks for them."""
    if not form.may_edit():
        return
    case = state.case()
    title = f"Edit the sources ({counted(len(case.sources), 'source')})"
    with st.expander(title, icon=":material/menu_book:", key="sources"):
        form.draw("add source", adders=[case_forms.ADD_SOURCE])
        if not case.sources:
            st.caption("None is named yet. An item cites those that are named here.")
            return
        id_ = controls.select(
            "Source to edit",
            _KEY,
            [one.id for one in case.sources],
            case.sources[0].id,
            lambda one: clipped(case.source[one].name if one in case.source else one),
        )
        source = case.source[id_]
        form.draw(
            f"source/{id_}",
            case_forms.source_fields(source),
            actions=case_forms.source_actions(case, source),
            key="source",
        )
