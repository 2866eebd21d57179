"""Files of the app as requests of their own: for those who were told of them alone."""

from __future__ import annotations

import asyncio
import json
import time

import pytest
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from workbench.ui import requests_signed
from workbench.ui.requests_signed import SignedInOnly

ISSUER = "https://id.example.org"
MADE = "/media/0123444789abcdef0123456789abcdef"
UPLOAD = (
    "/_stcore/upload_file/11111111-2222-3333-4444-555555555555"
    "/66666666-7777-8888-9999-000000000000"
)


def cookie(name, *, age=60, secret=None):
    """The cookie of somebody who signed in some seconds ago, None for nobody."""
    if name is None:
        return []
    now = time.time() - age
    claims = {"is_logged_in": True, "iss": ISSUER, "sub": name, "iat": now}
    value = json.dumps(claims | {"exp": now + 3600})
    key = secret or get_cookie_secret()
    signed = create_signed_value(key, USER_COOKIE_NAME, value)
    return [(b"cookie", USER_COOKIE_NAME.encode() + b"=" + signed)]


class App:
    """The app behind the guard: it answers every request, and tells over sockets."""

    def __init__(self, base=""):
        self.base = base
        self.guarded = SignedInOnly(self._answer, base)
        self.told = b""

    async def _answer(self, scope, _receive, send):
        if scope["type"] == "websocket":
            await send({"type": "websocket.send", "bytes": self.told})
        else:
            await send({"type": "http.response.start", "status": 200, "headers": []})

    def tell(self, name, *addresses):
        """Tell somebody addresses over a socket, as a message of Streamlit has them."""
        self.told = b"".join(
            b"\x12%c%s*\x01a" % (len(a), a.encode()) for a in addresses
        )
        self._ask({"type": "websocket", "path": "/x", "headers": cookie(name)})

    def status(self, path, headers, method="GET"):
        scope = {"type": "http", "path": self.base + path, "method": method}
        return self._ask(scope | {"headers": headers})[0]["status"]

    def _ask(self, scope):
        sent = []

        async def send(message):
            sent.append(message)

        asyncio.run(self.guarded(scope, None, send))
        return sent


@pytest.mark.parametrize("base", ["", "/ach"])
@pytest.mark.parametrize(
    ("address", "method"),
    [
        *((f"{MADE}{end}", "GET") for end in (".pdf", "", ".7z")),
        *((UPLOAD, method) for method in ("PUT", "DELETE")),
    ],
)
def test_a_file_is_for_those_who_were_told_of_it_and_nobody_else(base, address, method):
    app = App(base)
    app.tell("ann", address)
    assert app.status(address, cookie("ann"), method) == 200
    assert app.status(address, cookie("bob"), method) == 404
    assert app.status(address, cookie(None), method) == 403
    assert app.status(address, cookie("ann", age=4000), method) == 403
    assert app.status(address, cookie("ann", secret="forged"), method) == 403
    assert app.status(address.replace("44", "45"), cookie("ann"), method) == 404
    app.tell("bob", address)
    for name in ("ann", "bob"):
        assert app.status(address, cookie(name), method) == 200


def test_whoever_has_not_signed_in_is_told_nothing_that_counts():
    app = App()
    app.tell(None, MADE)
    assert app.status(MADE, cookie("ann")) == 404


def test_pages_ask_for_themselves():
    app = App()
    for path in ("/", "/evidence", "/static/media.js", "/font/inter.woff2"):
        assert app.status(path, []) == 200


def test_what_was_told_longest_ago_is_forgotten_first(monkeypatch):
    monkeypatch.setattr(requests_signed, "_REMEMBERED", 3)
    app = App()
    addresses = [f"/media/{number:032x}" for number in range(4)]
    for address in (*addresses[:3], addresses[0], addresses[3]):
        app.tell("ann", address)
    found = [app.status(address, cookie("ann")) for address in addresses]
    assert found == [200, 404, 200, 200]
