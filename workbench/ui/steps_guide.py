"""The eight steps as a quiet guide along the side: what is done, what to ask next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from workbench.method.eight_steps import MethodStep, Taken, ask, eight_steps
from workbench.method.scoring import Assessment
from workbench.ui import state
from workbench.ui.links import linked, to_page

_KEY: Final = "eight-steps"
# Folded away it is out of the way of keys and ears as well.
STYLE: Final = (
    "[data-testid=stSidebarUserContent]{container-type:inline-size}"
    f"@container (max-width:60px){{.st-key-{_KEY}{{visibility:hidden}}}}"
    f".st-key-{_KEY}{{gap:.35rem}}"
    f".st-key-{_KEY} [data-testid=stCaptionContainer]{{margin-bottom:.35rem}}"
)
_ICONS: Final = {
    Taken.DONE: ":material/check_circle:",
    Taken.BEGUN: ":material/timelapse:",
    Taken.OPEN: ":material/radio_button_unchecked:",
    Taken.SKIPPED: ":material/error_outline:",
}
_WORDS: Final = {
    Taken.DONE: "done",
    Taken.BEGUN: "begun",
    Taken.OPEN: "to do",
    Taken.SKIPPED: "skipped",
}


def is_young(now: Assessment) -> bool:
    """Tell whether a case has yet to be begun, so that the guide stands open."""
    return not now.ranking


def draw(pages: Mapping[str, st.Page]) -> None:
    """Draw the guide; it lies folded away once something is ranked."""
    now = state.assessment()
    if is_young(now):
        st.set_page_config(initial_sidebar_state="expanded")
    with st.sidebar, st.container(key=_KEY):
        st.markdown("**The eight steps**")
        for one in eight_steps(now, ask(now)):
            _step(one, pages)


def _step(one: MethodStep, pages: Mapping[str, st.Page]) -> None:
    if page := pages.get(one.page):
        to_page(
            page,
            f"{one.number}. {one.name}",
            icon=_ICONS[one.taken],
            width="stretch",
        )
    told = f"{_WORDS[one.taken].capitalize()}: {linked(one.there)}."
    st.caption(f"{told} {linked(one.ask)}" if one.ask else told)
