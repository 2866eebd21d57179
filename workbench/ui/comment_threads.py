"""What people say about the case: the channel that tells it, and threads on a page.

A thread is drawn once and hears by itself what others say, so that a comment shows
while another is being typed; nothing that was said is part of a page's own data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from workbench.case.comments import Place
from workbench.grid.payload import Values
from workbench.grid.threads import threads
from workbench.ui import entrance, script_files, state

# Inline code travels again with every message whose data changed: keep it tiny.
_TELLER: Final = """
const bus = (window.__workbenchBus ??= Object.assign(new EventTarget(), { last: {} }));
export default function ({ data }) {
  (bus.said ??= {})[data.matrix] = data;
  bus.dispatchEvent(new CustomEvent("talk", { detail: data }));
}
"""


@dataclass(frozen=True)
class Thread:
    """A thread to be drawn: of which place, under which title, with what about it."""

    place: Place
    title: str
    about: str = ""


def tell() -> None:
    """Tell the page all that is said about the case; takes no room."""
    component = st.components.v2.component("comments_teller", js=_TELLER)
    component(key="comments", data=_said(), height=1)


def _said() -> Values:
    matrix, analyst = state.grid_ident(), state.analyst()
    return threads(state.comments(), matrix, analyst, may_speak=state.may_comment())


def may_be_drawn() -> bool:
    """Tell whether there are comments: visitors of a demonstration know of nobody."""
    return not entrance.is_demonstration()


def draw(found: Iterable[Thread], key: str, *, asks: bool = False) -> None:
    """Draw threads below each other; with `asks` for what speaks against oneself."""
    if not may_be_drawn():
        return
    component = st.components.v2.component(
        "comment_threads",
        html="<div data-threads></div>",
        js=script_files.component(script_files.THREADS),
    )
    places = [
        {
            "evidence": one.place[0],
            "hypothesis": one.place[1],
            "title": one.title,
            "about": one.about,
        }
        for one in found
    ]
    data = {"matrix": state.grid_ident(), "asks": asks, "places": places}
    component(key=f"threads-{key}", data=data)
