"""The first screen of a case whose ratings are several analysts' own, and none its own.

One analyst's ratings are shown to look at, with whose they are, and the others a click
away. Nobody writes in another's name here.
"""

from __future__ import annotations

import streamlit as st

from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.ui import state, still_matrix
from workbench.ui.controls import literal
from workbench.wording import counted, plain


def draw() -> None:
    """Show others' ratings where neither the case nor the analyst has any."""
    case = state.case()
    if case.is_rated or state.desk().judgments.ratings:
        return
    given = {
        name: desk.judgments
        for name, desk in state.raters().items()
        if name != state.analyst()
    }
    if not given:
        return
    many = counted(len(given), "analyst")
    with st.expander(
        f"Rated by {many}; nothing is published, and you have not rated yet",
        expanded=True,
        icon=":material/groups:",
    ):
        whose = st.segmented_control(
            "Ratings of",
            list(given),
            default=next(iter(given)),
            format_func=literal,
            required=True,
            key="ratings_of",
            persist_state="session",
        )
        own = given.get(whose or "", next(iter(given.values())))
        name = whose if whose in given else next(iter(given))
        st.caption(
            f"These are the ratings of **{literal(name)}**, to look at. What you rate "
            "in the grid below is kept under your own name, "
            f"{literal(state.analyst())}."
        )
        assessed = assess(build(case, own, state.rule(), count_all=state.count_all()))
        st.html(still_matrix.html(assessed, caption=f"Ratings of {plain(name)}"))
