"""The rating grid and its channel as Streamlit components; no number is made here.

The grid is drawn once, outside every fragment, with data that never change. Operations
leave by the channel, a component of a few lines inside the frame's fragment, and
acknowledgements and changes come back by it. What waits to be saved is kept and sent by
a third, drawn by the frame on every page, that shows how it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import streamlit as st

from workbench.grid.payload import KEYS_OF_PAGES, Values
from workbench.ui import script_files
from workbench.wording.terms import TERMS


def _heard(component: str) -> str:
    """Give the script of a component that only passes on what it is given.

    Inline code travels again with every message whose data changed: keep it tiny. The
    line break tells Streamlit that it is code, and not a file's name.
    """
    return (
        "export default one=>{"
        f'(window.__workbenchHeard??=[]).push(["{component}",one])\n}}'
    )


_STATE: Final = """
.wb-state {
  position: fixed; inset: auto 0 0; z-index: 99; padding: .15rem 1rem;
  border-top: 1px solid color-mix(in srgb, var(--st-text-color) 15%, transparent);
  font: 12.5px/1.5 var(--st-font, sans-serif); text-align: right;
  color: var(--st-text-color); background: var(--st-background-color);
}
.wb-state[hidden] { display: none; }
.wb-state::before {
  content: ""; display: inline-block; width: .5rem; height: .5rem;
  margin-right: .4rem; border-radius: 50%; background: currentColor;
}
.wb-state.saving::before { background: none; border: 2px solid currentColor; }
.wb-state.failed { font-weight: 700; border-color: currentColor; }
.wb-state.failed::before { background: #c62f3f; border: 0; border-radius: 1px; }
.wb-keys {
  max-width: min(40rem, calc(100vw - 2rem)); padding: 1rem 1.25rem; border-radius: 10px;
  border: 1px solid color-mix(in srgb, var(--st-text-color) 30%, transparent);
  font: 14px/1.5 var(--st-font, sans-serif);
  color: var(--st-text-color); background: var(--st-background-color);
}
.wb-keys h2 { margin: 0 0 .5rem; font-size: 15px; }
.wb-keys dl { display: grid; grid-template-columns: auto 1fr; gap: .3rem 1rem; }
.wb-keys dt { font-weight: 600; }
.wb-keys dd { margin: 0; }
.wb-keys button {
  font: inherit; padding: .2rem .8rem; border-radius: 8px; cursor: pointer;
  color: inherit; background: none;
  border: 1px solid color-mix(in srgb, var(--st-text-color) 45%, transparent);
}
"""


# It begins under the names of the pages, whatever the style of every page says.
FULL: Final = ".stApp .stMainBlockContainer.block-container{padding:3.9rem 1rem 2rem}"
# Until it is there, what stands below it stands where it will.
STYLE: Final = (
    "html:not([data-grid]) .stMain [class*=st-key-grid-]{min-height:calc(100vh - 7rem)}"
)


def draw(data: Values, key: str, table: Callable[[], None]) -> None:
    """Draw the grid. The same data and key never mount it anew.

    `table` is called when a pasted table is to be read.
    """
    component = st.components.v2.component(
        "rating_grid",
        html="<div data-live-grid></div>",
        js=script_files.component(script_files.GRID),
    )
    component(key=key, data=data, on_table_change=table)


def channel(data: Values, key: str, receive: Callable[[], None]) -> None:
    """Draw the channel, which calls `receive` for each batch; takes no room."""
    component = st.components.v2.component("rating_channel", js=_heard("channel"))
    component(key=key, data=data, height=1, on_ops_change=receive)


def words(data: Values, key: str, asked: Callable[[], None]) -> None:
    """Tell the grid what is said in words about its numbers; takes no room.

    `asked` is called when the grid wants the findings as well.
    """
    component = st.components.v2.component("rating_words", js=_heard("words"))
    component(key=key, data=data, height=1, on_reading_change=asked)


def waiting(
    matrix: str,
    key: str,
    *,
    here: str,
    pages: Values,
    heard: Mapping[str, Callable[[], None]],
) -> None:
    """Keep and send what waits to be saved, and say how it stands where no grid does.

    `here` names the page on screen, `pages` those to go to, by the letter that follows
    a g; `heard` is called by what was asked: "go" to a page, "step" back where the
    grid is not there to, "wake" to draw the page anew.
    """
    component = st.components.v2.component(
        "rating_waiting",
        html='<div class="wb-state" role="status" data-unsaved="0" hidden></div>'
        '<dialog class="wb-keys" aria-label="Keys"></dialog>',
        css=_STATE,
        js=script_files.component(script_files.WAITING),
    )
    # A server that was started anew has to run the whole page before the channel, which
    # lives in a fragment, can speak again: this may ask for that run.
    shown = here != "Matrix"
    data = {
        "matrix": matrix,
        "shown": shown,
        "here": here,
        "pages": pages,
        "keys": KEYS_OF_PAGES,
        "terms": {one.key: one.meaning for one in TERMS},
        "named": {word: one.key for one in TERMS for word in one.words},
    }
    component(
        key=key,
        data=data,
        height=1,
        on_wake_change=heard["wake"],
        on_go_change=heard["go"],
        on_step_change=heard["step"],
    )
