"""Who sits at this browser: a name that belongs to it alone."""

from __future__ import annotations

import contextlib
import getpass
import re
import secrets
from typing import Final
from urllib.parse import quote, unquote

import streamlit as st

from workbench.case.entry import analyst_name
from workbench.errors import WorkbenchError
from workbench.ui import entrance

_VISITOR: Final = "visitor-"
_YEAR: Final = 365 * 24 * 3600  # seconds


def analyst() -> str:
    """Give the analyst's name: as set in this browser, else as this session began.

    On a machine that nobody else reaches that is the login name. Elsewhere it would be
    the server's, so each browser gets a name of its own, and keeps it.
    """
    if "analyst" not in st.session_state:
        name = _kept_name()
        if not name and entrance.is_alone():
            with contextlib.suppress(OSError, KeyError, ImportError, WorkbenchError):
                name = analyst_name(getpass.getuser())
            name = name or "analyst"
        elif not name:
            name = f"{_VISITOR}{secrets.token_hex(4)}"
            st.session_state["name_to_keep"] = name
        st.session_state["analyst"] = name
    found: str = st.session_state["analyst"]
    return found


def _kept_name() -> str:
    """Give the name that the browser brought along, "" for none that can be one."""
    try:
        name = analyst_name(unquote(st.context.cookies.get(_name_cookie(), "")))
    except WorkbenchError:
        return ""
    return "" if entrance.is_demonstration() and not _is_visitors(name) else name


def _is_visitors(name: str) -> bool:
    return re.fullmatch(f"{_VISITOR}[0-9a-f]{{8}}", name) is not None


def _name_cookie() -> str:
    # Cookies are shared by all ports of a machine, and names are not.
    return f"workbench_analyst_{st.get_option('server.port')}"


def set_analyst(text: str) -> None:
    """Change the analyst's name, here and in this browser's later sessions.

    Raises WorkbenchError for what is no name, and in a public demonstration.
    """
    if entrance.is_demonstration():
        raise WorkbenchError("In this demonstration nobody can take a name.")
    name = analyst_name(text)
    st.session_state["analyst"] = st.session_state["name_to_keep"] = name


def cookie_to_keep() -> str:
    """Give the cookie that is to keep the name in this browser, "" for none."""
    analyst()  # which may have to make a name
    name = st.session_state.get("name_to_keep")
    if not name:
        return ""
    kept = f"{_name_cookie()}={quote(name, safe='')}"
    return f"{kept}; Path=/; Max-Age={_YEAR}; SameSite=Strict"
