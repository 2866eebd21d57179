"""Who sits at this browser: a name that belongs to it alone."""

from __future__ import annotations

import contextlib
import getpass
import hashlib
import re
import secrets
import time
from typing import Final
from urllib.parse import quote, unquote

import streamlit as st

from workbench.case.entry import analyst_name
from workbench.errors import WorkbenchError
from workbench.team.identity import SignedIn, SignInNeeded, signed_in
from workbench.ui import entrance

_VISITOR: Final = "visitor-"
_YEAR: Final = 365 * 24 * 3600  # seconds


def is_admitted() -> bool:
    """Tell whether a page may be shown: to everybody, or to who has signed in."""
    return not entrance.has_sign_in() or _signed_in() is not None


def identity() -> str | None:
    """Give who has signed in, ISSUER#SUBJECT; None where nobody needs to.

    Raises SignInNeeded where nobody has, or the sign-in is over.
    """
    if not entrance.has_sign_in():
        return None
    found = _signed_in()
    if found is None:
        raise SignInNeeded("not saved: your sign-in is over; sign in again")
    st.session_state["identity"] = found.identity
    return found.identity


def last_identity() -> str | None:
    """Give who had signed in when that was last asked, None for nobody."""
    found: str | None = st.session_state.get("identity")
    return found


def told_name() -> str:
    """Give the name that the sign-in tells, "" for none."""
    found = _signed_in()
    return found.name if found else ""


def _signed_in() -> SignedIn | None:
    return signed_in(entrance.claims(), time.time())


def analyst() -> str:
    """Give the analyst's name: as set in this browser, else as this session began.

    On a machine that nobody else reaches that is the login name. Elsewhere it would be
    the server's, so each browser gets a name of its own, and keeps it; who has signed
    in begins with the name that their sign-in tells.
    """
    if "analyst" not in st.session_state:
        name = kept_name() or (told_name() if entrance.has_sign_in() else "")
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


def kept_name() -> str:
    """Give the name that the browser brought along, "" for none that can be one."""
    try:
        name = analyst_name(unquote(st.context.cookies.get(_name_cookie(), "")))
    except WorkbenchError:
        return ""
    return "" if entrance.is_demonstration() and not _is_visitors(name) else name


def _is_visitors(name: str) -> bool:
    return re.fullmatch(f"{_VISITOR}[0-9a-f]{{8}}", name) is not None


def _name_cookie() -> str:
    # Cookies are shared by all ports of a machine, and names are not; nor are they
    # by two people who sign in at one browser.
    who = identity()
    whose = f"_{hashlib.sha256(who.encode()).hexdigest()[:12]}" if who else ""
    return f"workbench_analyst_{st.get_option('server.port')}{whose}"


def use_name(name: str) -> None:
    """Go by a name in this session."""
    st.session_state["analyst"] = name


def keep_name(name: str) -> None:
    """Go by a name, here and in this browser's later sessions."""
    st.session_state["analyst"] = st.session_state["name_to_keep"] = name


def cookie_to_keep() -> str:
    """Give the cookie that is to keep the name in this browser, "" for none."""
    analyst()  # which may have to make a name
    name = st.session_state.get("name_to_keep")
    if not name:
        return ""
    kept = f"{_name_cookie()}={quote(name, safe='')}"
    return f"{kept}; Path=/; Max-Age={_YEAR}; SameSite=Strict"
