"""The eight steps as a quiet guide along the side: what is done, what to ask next.

Where the window is too narrow for a side, they open from a button beside the pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.method.eight_steps import MethodStep, Taken, ask, eight_steps
from workbench.method.scoring import Assessment
from workbench.ui import state
from workbench.ui.controls import literal
from workbench.ui.links import linked, page_address

_KEY: Final = "eight-steps"
_NARROW: Final = "frame-steps"
_TITLE: Final = "The eight steps"
# Folded away it is out of the way of keys and ears as well.
STYLE: Final = (
    "[data-testid=stSidebarUserContent]{container-type:inline-size}"
    # Not hidden alone: what takes room makes a side that scrolls, and nobody can.
    f"@container (max-width:60px){{.st-key-{_KEY}{{display:none!important}}}}"
    f".st-key-{_KEY} p{{font-size:.87rem;line-height:1.5}}"
    f".st-key-{_KEY} strong a{{color:inherit;text-decoration:none}}"
    f".st-key-{_KEY} strong a:is(:hover,:focus-visible){{text-decoration:underline}}"
    f".st-key-{_NARROW}{{display:none}}"
    f"[data-testid=stLayoutWrapper]:has(> .st-key-{_NARROW}){{position:absolute}}"
    f"@media(max-width:767px){{.st-key-{_NARROW}{{display:flex;position:fixed;"
    "inset:0 auto auto 0;width:6.4rem!important;height:3.75rem;z-index:999992;"
    "align-items:center;justify-content:center;background:light-dark(#fff,#10181d)}"
    f":root:has(.st-key-{_NARROW}) .st-key-frame-pages{{padding-left:6.4rem}}}}"
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


def place(pages: Mapping[str, st.Page]) -> DeltaGenerator | None:
    """Make room for the guide, where it is reached before the page.

    It lies folded away, and is drawn after the page, once something is ranked; before
    that it stands open, and is drawn now.
    """
    room = st.container(key=_NARROW)
    if not is_young(state.assessment()):
        return room
    st.set_page_config(initial_sidebar_state="expanded")
    draw(room, pages)
    return None


def draw(room: DeltaGenerator, pages: Mapping[str, st.Page]) -> None:
    """Draw the guide along the side, and the button that opens it in its room."""
    told = state.once("steps", lambda: _told(state.assessment(), pages))
    with st.sidebar, st.container(key=_KEY):
        st.markdown(told)
    # What it shows is drawn when it is opened, as nobody does beside a side.
    with room:
        narrow = st.popover(
            "Steps",
            icon=":material/checklist:",
            type="tertiary",
            key=f"{_NARROW}-open",
            on_change="rerun",
        )
        if narrow.open:
            narrow.markdown(told)


def _told(now: Assessment, pages: Mapping[str, st.Page]) -> str:
    """Write the steps as one text.

    A page of eight links and eight captions takes a browser thrice as long.
    """
    steps = [_step(one, pages) for one in eight_steps(now, ask(now))]
    return "\n\n".join((f"**{_TITLE}**", *steps))


def _step(one: MethodStep, pages: Mapping[str, st.Page]) -> str:
    name = literal(f"{one.number}. {one.name}")
    if one.page in pages:
        name = f"[{name}]({page_address(one.page)})"
    told = f"{_WORDS[one.taken].capitalize()}: {linked(one.there)}."
    asked = f" {linked(one.ask)}" if one.ask else ""
    return f"{_ICONS[one.taken]} **{name}**  \n{told}{asked}"
