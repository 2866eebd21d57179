"""Keeps the analyst's name in the browser that it was set in.

A cookie and not the browser's storage: it comes with the request that opens the socket,
so that the first run already knows whose judgments to show.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

_KEY: Final = "name-keeper"
STYLE: Final = f".st-key-{_KEY}{{display:none}}"
_KEEP: Final = """export default ({ data }) => {
  if (data.cookie) document.cookie = data.cookie;
};"""


def keep_name(cookie: str) -> None:
    """Have the browser keep a cookie, if there is one to keep; takes no room.

    The component is there from the start: loaded only for a new name, it would keep it
    after the page shows it, and a reload in between would lose the name.
    """
    component = st.components.v2.component("name_keeper", js=_KEEP)
    component(key=_KEY, data={"cookie": cookie})
