"""What to watch for: the indicators by date, what emerges, what to find out next."""

import streamlit as st

from workbench.method.watching import watchlist
from workbench.ui import (
    controls,
    premortem,
    robustness_found,
    robustness_parts,
    state,
    watch_parts,
)
from workbench.ui.controls import literal
from workbench.wording.watched import describe_watchlist

controls.heading(
    "Watch",
    "Signs that would tell the hypotheses apart: what is due, what has been seen, and "
    "what each would say.",
)
found = watchlist(state.case(), watch_parts.today())
left, right = st.columns([3, 2], gap="large")
with left:
    st.markdown(literal(describe_watchlist(found)))
    watch_parts.add()
    watch_parts.lists(found)
with right:
    st.markdown("#### What to find out next")
    exact = robustness_found.exact(state.revision(), state.assessment())
    if exact.assessment.ranking:
        robustness_parts.missing(exact)
    else:
        watch_parts.nothing_ranked()
    st.markdown("#### Calendar")
    watch_parts.calendar_control()
    premortem.draw(exact.assessment, exact.verdict)
