"""Keeps files that the app hands out or takes in from whoever has not signed in.

The pages ask for themselves. A file is a request of its own: whoever learns its address
could fetch it, as Streamlit asks for no sign-in there.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from workbench.guard import ASGI, Message, Receive, Send
from workbench.team.identity import signed_in

_FILES: Final = ("/media/", "/_stcore/upload_file/")
_REFUSED: Final = 403


class SignedInOnly:
    """ASGI middleware that lets nobody at a file who has not signed in."""

    def __init__(self, app: ASGI, base: str = "") -> None:
        self._app = app
        self._base = base

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer that it is refused."""
        of_file = scope["type"] == "http" and scope["path"].removeprefix(
            self._base
        ).startswith(_FILES)
        if not of_file or signed_in(_claims(scope["headers"]), time.time()):
            await self._app(scope, receive, send)
            return
        body = b"Sign in first."
        headers = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
        ]
        start = {"type": "http.response.start", "status": _REFUSED, "headers": headers}
        await send(start)
        await send({"type": "http.response.body", "body": body})


def _claims(headers: list[tuple[bytes, bytes]]) -> Mapping[str, Any]:
    """Read the claims of the cookie that Streamlit signed, nothing where it did not."""
    cookies: dict[str, str] = {}
    for name, value in headers:
        if name.lower() == b"cookie":
            try:
                jar = SimpleCookie(value.decode("latin-1"))
            except CookieError:
                return {}
            cookies |= {key: one.value for key, one in jar.items()}

    def single(name: str) -> bytes | None:
        signed = cookies.get(name)
        if signed is None:
            return None
        return decode_signed_value(get_cookie_secret(), name, signed.encode("latin-1"))

    try:
        found = json.loads(get_cookie_with_chunks(single, USER_COOKIE_NAME) or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
