"""What stands above every page: its siblings by name, the verdict, undo.

Streamlit folds the names of the pages away below 768 px; there they stand in its header
as a line that scrolls.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Final, Literal

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.ui import round_stand, state
from workbench.ui.controls import literal
from workbench.ui.links import page_address, to_page

_PAGES: Final = "frame-pages"
VERDICT: Final = "frame-verdict"
_PROSE: Final = (
    ":is(.stMain,.stSidebar) "
    ":is([data-testid=stMarkdownContainer],[data-testid=stCaptionContainer]) "
    'a:is([href^="evidence?"],[href^="question?"])'
)
STYLE: Final = (
    f".st-key-{_PAGES}{{display:none}}"
    f"[data-testid=stLayoutWrapper]:has(> .st-key-{_PAGES}){{position:absolute}}"
    f"@media(max-width:767px){{.st-key-{_PAGES}{{display:block;position:fixed;"
    "inset:0 0 auto 0;height:3.75rem;z-index:999991;padding:0 .5rem;"
    "background:light-dark(#fff,#10181d)}"
    f".st-key-{_PAGES} nav{{display:flex;align-items:center;gap:.15rem;height:3.75rem;"
    "overflow-x:auto}"
    f".st-key-{_PAGES} a{{flex:none;padding:.45rem .5rem;border-radius:8px;"
    "font-size:.87rem;color:inherit;text-decoration:none}"
    f".st-key-{_PAGES} [aria-current]{{font-weight:600;"
    "background:color-mix(in srgb,currentColor 10%,transparent)}"
    "[data-testid=stExpandSidebarButton],[data-testid=stSidebar]{display:none}}"
    f"[data-testid=stLayoutWrapper]:has(> .st-key-{VERDICT} > :only-child > "
    "[data-testid=stEmpty]){display:none}"
    f".st-key-{VERDICT} a p{{white-space:normal;font-weight:600;line-height:1.35}}"
    # Names of things in prose are links, and must not make a paragraph a blue one.
    f"{_PROSE}{{color:inherit;text-decoration:underline dotted;"
    "text-underline-offset:3px}"
    f"{_PROSE}:hover{{text-decoration-style:solid}}"
    "[class*=st-key-place-],h4{scroll-margin-top:4.5rem}"
)
# Where it is said at length, or where there is a strip.
_SAID: Final = ("Robustness",)


def pages(here: str, shown: Mapping[str, st.Page]) -> None:
    """Name the pages, for a window too narrow for Streamlit's own line of them.

    They are one text: a link of Streamlit's for each takes a browser longer, and most
    windows do not show them.
    """
    marked = {here: ' aria-current="page"'}
    links = "".join(
        f'<a href="{escape(page_address(title))}"{marked.get(title, "")}>{title}</a>'
        for title, page in shown.items()
        if page.visibility != "hidden"
    )
    with st.container(key=_PAGES):
        st.html(f'<nav aria-label="Pages">{links}</nav>')


def verdict(page: str, shown: Mapping[str, st.Page]) -> None:
    """Say the verdict in short, with the way to what it hangs on, and offer to undo.

    On Matrix the strip does both.
    """
    with st.container(
        key=VERDICT, horizontal=True, vertical_alignment="center", gap="small"
    ):
        # What the page before had here would stand until this one is all drawn.
        if page == "Matrix" or not _said_of(page, shown):
            st.empty()


def _said_of(page: str, shown: Mapping[str, st.Page]) -> bool:
    """Say it; tells whether there was anything."""
    desk = state.desk()
    told = round_stand.lines() if page != "Team" else ()
    if told:
        st.caption(literal(" ".join(told)), width="content")
    said = page in _SAID or desk.sight.is_blind
    lines = () if said else _lines()
    if lines:
        to_page(
            shown["Robustness"],
            literal(f"Verdict: {lines[0]}"),
            icon=":material/balance:",
            about="What it hangs on",
        )
    for verb, icon, there, keys in (
        ("undo", ":material/undo:", desk.can_undo, "Ctrl+Z"),
        ("redo", ":material/redo:", desk.can_redo, "Ctrl+Shift+Z"),
    ):
        name = "Undo" if verb == "undo" else "Redo"
        if there:
            st.button(
                name,
                icon=icon,
                key=f"frame_{verb}",
                on_click=step,
                args=(verb,),
                type="tertiary",
                help=f"The last change, on whatever page it was made ({keys})",
            )
    return bool(told or lines or desk.can_undo or desk.can_redo)


def _lines() -> tuple[str, ...]:
    if not state.case().hypotheses or not state.case().evidence:
        return ()
    return state.reached().lines


def step(verb: Literal["undo", "redo"]) -> None:
    """Undo or do again; what is wrong is said on the page."""
    try:
        state.step(verb)
    except WorkbenchError as error:
        state.leave_message(str(error))
