"""How the app was started: what guards it, and what it lacks to be safe.

`workbench serve` gives every setting itself. `streamlit run app.py` takes them from the
project's own configuration; without them nothing is shown but what to type instead.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import streamlit as st
from starlette.middleware import Middleware

from workbench import proxy_sign_in
from workbench.errors import WorkbenchError
from workbench.guard import Door, Guard, door_at, is_loopback, read_public
from workbench.proxy_sign_in import Proxy, ProxyAlone, told
from workbench.serving import PROXY, PUBLIC, SIGN_IN, STORE
from workbench.ui.requests_signed import SignedInOnly
from workbench.ui.way_back import WayBack

CONFIG: Final = Path(__file__).with_name("config.toml")
ANONYMOUS: Final = "WORKBENCH_ALLOW_ANONYMOUS"
# Of Streamlit's own paths those that its page in the browser asks for.
_OWN_ENDS: Final = re.compile(
    r"/_stcore/(stream|health|host-config|(upload_file|bidi-components)/.+)"
)
_SIGN_IN: Final = frozenset(("auth", "oauth2callback"))
_SIGN_IN_ENDS: Final = ("/auth/login", "/auth/logout", "/oauth2callback")
# What keeps others out, and the case's text in. The rest is looks and speed.
_PROTECTIVE: Final = (
    "server.enableCORS",
    "server.enableXsrfProtection",
    "server.enableStaticServing",
    "server.enableAgentApi",
    "browser.gatherUsageStats",
    "client.showErrorDetails",
)


def is_demonstration() -> bool:
    """Tell whether this is a public demonstration, where visitors have no names."""
    return os.environ.get(ANONYMOUS) == "1"


def has_sign_in() -> bool:
    """Tell whether everybody has to sign in."""
    return os.environ.get(SIGN_IN) == "1"


@cache
def proxy() -> Proxy | None:
    """Give the proxy that signs people in, None where the app does."""
    file = os.environ.get(PROXY)
    return proxy_sign_in.read(Path(file)) if file else None


def claims() -> Mapping[str, Any]:
    """Give what the sign-in of this browser tells of a person, nothing for none."""
    if (by := proxy()) is not None:
        told = {key.lower(): value for key, value in st.context.headers.items()}
        return proxy_sign_in.claims(by, told)
    return st.user.to_dict()


def has_cases_begun() -> bool:
    """Tell whether cases are begun and brought in the app.

    Where people sign in, whoever keeps the server does that for folders: a case needs a
    lead. In a store it is whoever begins it.
    """
    return not is_demonstration() and (has_store() or not has_sign_in())


def has_store() -> bool:
    """Tell whether a store's cases are served, rather than those of folders."""
    return os.environ.get(STORE) == "1"


def guarded() -> list[Middleware]:
    """Give what stands between the network and the app."""
    if is_demonstration():
        return [Middleware(Guard, door=Door(anyone=True, shut=is_shut))]
    if not has_sign_in():
        return [Middleware(Guard, door=door_at(_address(), is_shut))]
    by = proxy()
    shut = partial(is_shut, base=base(), sign_in=by is None)
    door = door_at(_address(), shut)
    if url := os.environ.get(PUBLIC):
        public = read_public(url)
        door = Door(frozenset({public.host}), shut=shut, origin=public.origin)
    if by is not None:
        return [
            Middleware(Guard, door=door),
            Middleware(ProxyAlone, proxy=by, base=base()),
            Middleware(SignedInOnly, base=base(), claims=partial(told, by)),
        ]
    return [
        Middleware(Guard, door=door),
        Middleware(WayBack, door=door, base=base()),
        Middleware(SignedInOnly, base=base()),
    ]


def base() -> str:
    """Give the path that the app is served under, "" or "/x"."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def is_shut(path: str, base: str = "", *, sign_in: bool = False) -> bool:
    """Tell whether a path is one of Streamlit's own that no page of ours asks for.

    They count sessions, describe an interface for programs that is switched off, or
    belong to a sign-in, where there is none.
    """
    path = path.removeprefix(base)
    if _OWN_ENDS.fullmatch(path) or (sign_in and path in _SIGN_IN_ENDS):
        return False
    parts = path.lower().split("/")
    return "_stcore" in parts or not _SIGN_IN.isdisjoint(parts)


def is_alone() -> bool:
    """Tell whether the app is reached from this machine alone, or by nobody at all."""
    if is_demonstration() or has_sign_in():
        return False
    try:
        return not st.context.headers or is_loopback(_address())
    except WorkbenchError:
        return False


def _address() -> str:
    """Give the address that Streamlit listens on: every one unless it is told."""
    return str(st.get_option("server.address") or "0.0.0.0")  # noqa: S104  its default


def lacking() -> tuple[str, ...]:
    """Name the settings without which nothing of a case may be shown, as set wrong.

    None in a public demonstration, whose case is for everybody.
    """
    if is_demonstration():
        return ()
    wanted = _shipped()
    wrong = [
        f"{key} = {_toml(wanted[key])}"
        for key in _PROTECTIVE
        if st.get_option(key) != wanted[key]
    ]
    if st.get_option("server.trustedUserHeaders") and proxy() is None:
        # Whoever reaches the port can send a header.
        instead = "a proxy names people by [proxy] of workbench serve --auth FILE"
        wrong.append(f"server.trustedUserHeaders = {{}}  # {instead}")
    if not is_alone():
        wrong.insert(0, f"server.address = {_toml(wanted['server.address'])}")
    return tuple(wrong)


@cache
def _shipped() -> dict[str, Any]:
    tables = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    return {
        f"{name}.{key}": value
        for name, table in tables.items()
        for key, value in table.items()
    }


def _toml(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value).lower()
