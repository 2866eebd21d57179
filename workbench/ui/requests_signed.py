"""Keeps files that the app hands out or takes in from whoever they are not for.

The pages ask for themselves. A file is a request of its own, and Streamlit asks there
for no sign-in: whoever learns its address, which for a file that was made is the digest
of what is in it, could fetch it. So an address is good for those alone who were told it
over a socket of their own.

What was told is known to the process that told it. After a page has moved to another
one, it is told the addresses anew as it is drawn.
"""

from __future__ import annotations

import json
import logging
import os.path
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final, TypeAlias

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from workbench.guard import ASGI, Message, Receive, Send, reply, texts
from workbench.team.identity import signed_in

_LOG: Final = logging.getLogger(__name__)
Headers: TypeAlias = list[tuple[bytes, bytes]]
_FILES: Final = ("/media/", "/_stcore/upload_file/")
# A digest of 16 bytes, or the ids of a session and of a file: what stands behind them
# in a message may be letters and digits too.
_TOLD: Final = re.compile(
    rb"/media/[0-9a-f]{32}|/_stcore/upload_file/[0-9a-f-]{36}/[0-9a-f-]{36}"
)
_REMEMBERED: Final = 20_000  # addresses
_REFUSED: Final = 403
_NOT_THERE: Final = 404


class SignedInOnly:
    """ASGI middleware that lets nobody at a file but those who were told of it."""

    def __init__(
        self,
        app: ASGI,
        base: str = "",
        claims: Callable[[Headers], Mapping[str, Any]] | None = None,
    ) -> None:
        self._app = app
        self._claims = claims or _claims
        self._base = base
        self._told: OrderedDict[str, set[str]] = OrderedDict()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer that it is refused."""
        if scope["type"] == "websocket":
            await self._app(scope, receive, self._noting(scope, send))
            return
        path = scope.get("path", "").removeprefix(self._base)
        if scope["type"] != "http" or not path.startswith(_FILES):
            await self._app(scope, receive, send)
        elif (person := self._person(scope["headers"])) is None:
            await reply(send, _REFUSED, "Sign in first.")
        elif person not in (own := self._told.get(_bare(path), set())):
            if own:  # of which case it is does not show in an address
                name = _bare(path)
                _LOG.warning("refused to %s: a file made for others, %s", person, name)
            await reply(send, _NOT_THERE, "Not found.")
        else:
            await self._app(scope, receive, send)

    def _noting(self, scope: Message, send: Send) -> Send:
        """Note which addresses somebody is told over a socket."""
        person = self._person(scope["headers"])

        async def send_noting(message: Message) -> None:
            data = message.get("bytes")
            if data and person is not None:
                for found in _TOLD.findall(data):
                    self._note(found.decode("ascii"), person)
            await send(message)

        return send_noting

    def _person(self, headers: Headers) -> str | None:
        found = signed_in(self._claims(headers), time.time())
        return None if found is None else found.identity

    def _note(self, address: str, person: str) -> None:
        self._told.setdefault(address, set()).add(person)
        self._told.move_to_end(address)
        if len(self._told) > _REMEMBERED:
            self._told.popitem(last=False)


def _bare(path: str) -> str:
    return os.path.splitext(path)[0]  # noqa: PTH122  an address


def _claims(headers: Headers) -> Mapping[str, Any]:
    """Read the claims of the cookie that Streamlit signed, nothing where it did not."""
    cookies: dict[str, str] = {}
    for value in texts(headers, b"cookie"):
        try:
            jar = SimpleCookie(value)
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
