"""Says that the case's files were changed since the open page was read.

Nothing is read again by itself: a pending key, an open reason and a text in a form stay
where they are until the analyst says so. Whether files changed is looked at for all the
pages at once, and this part of each is run when they have.
"""

from __future__ import annotations

import contextlib
from typing import Final

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.ui import entrance, live, sign_in, state

_KEY: Final = "frame-changed"
# Out of the flow, so that nothing on the page jumps.
STYLE: Final = (
    f".st-key-{_KEY}{{position:fixed;left:50%;top:3.6rem;transform:translateX(-50%);"
    "z-index:98;width:min(56rem,calc(100vw - 2rem))!important;padding-right:.75rem;"
    "background:var(--st-background-color,Canvas);border-radius:8px;"
    "box-shadow:0 2px 12px rgb(0 0 0/.25)}"
    f"@media(max-width:600px){{.st-key-{_KEY}{{flex-wrap:wrap!important;"
    "padding:0 0 .75rem}}"
)


@sign_in.part
def draw() -> None:
    """Draw the notice, if there is something to say, with the button to read again."""
    if state.is_asked_to_read():
        st.rerun()  # the whole page
    changed = 0
    with contextlib.suppress(WorkbenchError):  # the strip says that nothing is saved
        live.listen_too(live.FILES)
        changed = state.changed_files()
    if not changed:
        return
    with st.container(key=_KEY, horizontal=True, vertical_alignment="center"):
        st.warning(
            f"{changed} of its files changed since this page was read. The page goes "
            "on with what it read; your judgments are kept either way.",
            title="The case was changed by somebody else"
            if entrance.has_store()
            else "The case was changed on disk",
        )
        st.button(
            "Read the case again",
            type="primary",
            key="read_again",
            on_click=state.ask_to_read,
        )
