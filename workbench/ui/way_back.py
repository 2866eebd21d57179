"""Leads whoever signs in back to the page that they asked for.

Streamlit leads everybody to the first page. Where a browser was is in the header
Referer of the request that begins the sign-in; a cookie remembers it until the provider
sends the browser back. Both may be anybody's: what is followed is a path of the app and
nothing else, so that no link can lead through a sign-in to another site.
"""

from __future__ import annotations

import re
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from workbench.guard import ASGI, Door, Message, Receive, Send, texts

COOKIE: Final = "workbench_way_back"
_BEGIN: Final = "/auth/login"
_END: Final = "/oauth2callback"
_MINUTES: Final = 15  # to sign in
_LONGEST: Final = 1_500  # characters of an address, to be kept in a cookie
# Every page of the app is at the top, and no other site is named by one word.
_PAGE: Final = re.compile(r"/[\w-]*(?:\?[!-~]*)?", re.ASCII)
_LOCATION: Final = b"location"


class WayBack:
    """ASGI middleware: remembers a page as a sign-in begins, opens it as it ends."""

    def __init__(self, app: ASGI, door: Door, base: str = "") -> None:
        self._app = app
        self._door = door
        self._base = base

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer with where to go back to."""
        path = scope.get("path", "")
        if scope["type"] == "http" and path == self._base + _BEGIN:
            send = self._remembering(scope, send)
        elif scope["type"] == "http" and path == self._base + _END:
            send = self._leading(scope, send)
        await self._app(scope, receive, send)

    def _remembering(self, scope: Message, send: Send) -> Send:
        page = self._asked_from(scope)

        async def send_remembering(message: Message) -> None:
            if message["type"] == "http.response.start":
                age = 60 * _MINUTES if page else 0
                message["headers"] = [*message["headers"], self._kept(page, age)]
            await send(message)

        return send_remembering

    def _leading(self, scope: Message, send: Send) -> Send:
        page = self._own(_remembered(scope["headers"]))

        async def send_leading(message: Message) -> None:
            first = f"{self._base}/".encode("ascii")
            if message["type"] == "http.response.start" and page:
                message["headers"] = [
                    (key, page.encode("ascii"))
                    if (key.lower(), value) == (_LOCATION, first)
                    else (key, value)
                    for key, value in message["headers"]
                ]
                message["headers"].append(self._kept("", 0))
            await send(message)

        return send_leading

    def _asked_from(self, scope: Message) -> str:
        """Give the page that a request was made from, "" for none of the app's."""
        found = texts(scope["headers"], b"referer")
        if len(found) != 1:
            return ""
        try:
            parts = urlsplit(found[0])
        except ValueError:
            return ""
        if not self._door.is_own(f"{parts.scheme}://{parts.netloc}", scope):
            return ""
        return self._own(parts.path + (f"?{parts.query}" if parts.query else ""))

    def _own(self, page: str) -> str:
        """Give a page of the app as it is, "" for what is none."""
        if len(page) > _LONGEST or not page.startswith(self._base):
            return ""
        return page if _PAGE.fullmatch(page[len(self._base) :]) else ""

    def _kept(self, page: str, age: int) -> tuple[bytes, bytes]:
        cookie = (
            f"{COOKIE}={quote(page, safe='')}; Path={self._base or '/'}; "
            f"Max-Age={age}; HttpOnly; SameSite=Lax"
        )
        return b"set-cookie", cookie.encode("ascii")


def _remembered(headers: list[tuple[bytes, bytes]]) -> str:
    for value in texts(headers, b"cookie"):
        try:
            if found := SimpleCookie(value).get(COOKIE):
                return unquote(found.value)
        except CookieError:
            continue
    return ""
