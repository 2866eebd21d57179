"""A sign-in that a proxy enforces: it names each person by a header, with a proof.

Whoever reaches the port could send a header. So the app listens on this machine alone,
a request counts only with a secret that the proxy and nobody else adds, and one that
says twice who it is from, or does not say it, is refused. The proxy must set both
headers anew, never pass on a browser's own.

It knows ASGI's messages, and no framework.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from workbench import auth_file
from workbench.errors import WorkbenchError
from workbench.guard import ASGI, Message, Receive, Send, refuse, texts
from workbench.record.rights import read_person
from workbench.team.identity import LONGEST

PROOF: Final = "X-Workbench-Proxy"  # the header that has the secret
_SINCE: Final = "X-Workbench-Since"  # when a request came, told by this module alone
_HEALTH: Final = "/_stcore/health"  # says nothing of anybody
_HEADER: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,79}")
_KEYS: Final = frozenset(("header", "secret", "issuer"))
_REFUSED: Final = 403
_SAID: Final = "This app is reached through its proxy, where one signs in."


@dataclass(frozen=True)
class Proxy:
    """Who names people: the header that does, the proof, and what the names are of."""

    header: str
    secret: str
    issuer: str

    @property
    def cookie_secret(self) -> str:
        """What the app signs its own cookies with, alike in every process."""
        return hashlib.sha256(f"cookies\n{self.secret}".encode()).hexdigest()


def read(file: Path) -> Proxy | None:
    """Read the table [proxy] of the file of the sign-in, None where it has [auth].

    Raises WorkbenchError, which names the file and the key.
    """
    tables = auth_file.tables(file)
    table = tables.get("proxy")
    if table is None or "auth" in tables:
        return None
    if not isinstance(table, dict) or len(tables) > 1:
        raise WorkbenchError(f"{file}: use the table [proxy] alone, or [auth] alone")
    if unknown := sorted(set(table) - _KEYS):
        allowed = ", ".join(sorted(_KEYS))
        raise _fault(file, unknown[0], f"unknown key; use {allowed}")
    for key in sorted(_KEYS):
        if not isinstance(table.get(key), str):
            raise _fault(file, key, "missing" if key not in table else "not a text")
    header, secret, issuer = table["header"], table["secret"], table["issuer"]
    taken = {PROOF.lower(), _SINCE.lower(), "host", "origin", "cookie"}
    if not _HEADER.fullmatch(header) or header.lower() in taken:
        raise _fault(file, "header", f"{header!r}; use one such as X-Remote-User")
    if len(secret) < auth_file.SECRET or not secret.isascii():
        said = f"use {auth_file.SECRET} random characters of ASCII or more"
        raise _fault(file, "secret", said)
    if not _is_issuer(issuer):
        said = f"{issuer!r}; use the address of who signs in, https://id.example.org"
        raise _fault(file, "issuer", said)
    return Proxy(header, secret, issuer)


def _is_issuer(text: str) -> bool:
    try:
        return "#" not in text and read_person(f"{text}#x") == f"{text}#x"
    except WorkbenchError:
        return False


def claims(proxy: Proxy, headers: Mapping[str, str]) -> Mapping[str, Any]:
    """Give what a request that was let in tells of a person, nothing for nobody."""
    named = headers.get(proxy.header.lower(), "")
    try:
        since = float(headers.get(_SINCE.lower(), ""))
        name = named.encode("latin-1").decode("utf-8").strip()
    except ValueError:
        return {}
    if not name:
        return {}
    told = {"iss": proxy.issuer, "sub": name, "name": name}
    return told | {"iat": since, "exp": since + LONGEST, "is_logged_in": True}


def told(proxy: Proxy, headers: list[tuple[bytes, bytes]]) -> Mapping[str, Any]:
    """Give the same of a request's headers as ASGI has them."""
    found = {key.decode("latin-1").lower(): one for key, one in headers}
    return claims(proxy, {key: one.decode("latin-1") for key, one in found.items()})


class ProxyAlone:
    """ASGI middleware that lets nobody in but who comes by the proxy, named by it."""

    def __init__(self, app: ASGI, proxy: Proxy, base: str = "") -> None:
        self._app = app
        self._proxy = proxy
        self._base = base

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on with when it came, or answer that it is refused."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        path = scope.get("path", "").removeprefix(self._base)
        if not self._comes_by_it(scope) and path != _HEALTH:
            await refuse(scope, send, _REFUSED, _SAID)
            return
        own = {PROOF.lower().encode(), _SINCE.lower().encode()}
        headers = [one for one in scope["headers"] if one[0].lower() not in own]
        since = (_SINCE.lower().encode(), str(time.time()).encode())
        await self._app({**scope, "headers": [*headers, since]}, receive, send)

    def _comes_by_it(self, scope: Message) -> bool:
        proofs = texts(scope["headers"], PROOF.lower().encode())
        names = texts(scope["headers"], self._proxy.header.lower().encode())
        if len(proofs) != 1 or len(names) != 1 or not names[0].strip():
            return False
        secret = self._proxy.secret.encode()
        return hmac.compare_digest(proofs[0].encode("latin-1"), secret)


def _fault(file: Path, key: str, said: str) -> WorkbenchError:
    return WorkbenchError(f"{file}: proxy.{key}: {said}")
