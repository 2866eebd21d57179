"""A case from nothing: its hypotheses, then its items, all by their titles at first."""

from __future__ import annotations

from typing import Final

import streamlit as st

from workbench.grid.payload import Values
from workbench.ui import case_forms, form, state
from workbench.ui.controls import literal
from workbench.wording import joined, named

_FEWEST: Final = 2  # hypotheses: with one there is nothing to weigh
NONE_OF_THESE: Final = "None of these"
_NEITHER: Final[Values] = {
    "label": f"Add \u201c{NONE_OF_THESE}\u201d",
    "request": {
        "act": "add-hypothesis",
        "title": NONE_OF_THESE,
        "statement": "The answer is none of those that are named here.",
    },
}


def is_begun() -> bool:
    """Tell whether there is something to rate and somebody has rated it."""
    case = state.case()
    if len(case.hypotheses) < _FEWEST or not case.evidence:
        return False
    return case.is_rated or bool(state.desk().judgments.ratings)


def draw() -> None:
    """Ask for what the case lacks before it can be weighed."""
    case = state.case()
    if not form.may_edit():
        return
    titles = {one.title for one in case.hypotheses}
    form.draw(
        "begin hypotheses",
        adders=[case_forms.ADD_HYPOTHESIS],
        actions=[] if NONE_OF_THESE in titles else [_NEITHER],
    )
    if case.hypotheses:
        st.caption(f"So far: {literal(joined(named(h) for h in case.hypotheses))}")
    if len(case.hypotheses) >= _FEWEST:
        form.draw_adder("begin evidence", case_forms.ADD_EVIDENCE)


def more_control() -> None:
    """Offer one more item or hypothesis beside the grid."""
    if not form.may_edit():
        return
    with st.popover("Add", icon=":material/add:"):
        form.draw(
            "more",
            adders=[case_forms.ADD_EVIDENCE, case_forms.ADD_HYPOTHESIS],
            actions=case_forms.STEPS,
        )
