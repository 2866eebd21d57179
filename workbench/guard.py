"""Who may talk to the app: which names it answers to, and which pages may ask.

A browser sends a request to whatever address a page names, and a name that somebody
else owns may lead to this machine (DNS rebinding). So each request, the one that opens
the socket included, has to be addressed to the app by a name of its own, and has to
come from a page of its own: same scheme, same host, same port.

Pure but for looking up names: it knows ASGI's messages, and no framework.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, Final

from workbench.errors import WorkbenchError

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGI = Callable[[Message, Receive, Send], Awaitable[None]]

_AUTHORITY: Final = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?")
_PUBLIC: Final = re.compile(r"(https?)://([^/?#@\s]+)((?:/[A-Za-z0-9._~-]+)*/?)")
_LAST_PORT: Final = 65_535
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_POLICY_VIOLATION: Final = 1008
_BAD_REQUEST: Final = 400
_KEPT_OUT: Final = 403
_NOT_THERE: Final = 404
_NO_HOST: Final = "A request names one host that it is for."
_SELF: Final = "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'"


@dataclass(frozen=True)
class Door:
    """Where the app is to be reached.

    `names` are what it answers to, in lower case. `addresses` says which numeric
    addresses it answers to beside them: an address cannot be rebound, a name can.
    `anyone` is for a public demonstration, whose name its host gives: any name and
    either scheme will do, and other sites may frame it. `shut` says which paths lead
    nowhere. `origin` is where a browser reaches the app, where that is behind a proxy
    that ends TLS and so does not show in what is asked of the app itself.
    """

    names: frozenset[str] = frozenset()
    addresses: Callable[[str], bool] = lambda _: False
    anyone: bool = False
    shut: Callable[[str], bool] = lambda _: False
    origin: str = ""

    @property
    def is_secure(self) -> bool:
        """Whether a browser reaches the app by TLS alone."""
        return self.origin.startswith("https://")

    def answer(self, scope: Message) -> tuple[int, str] | None:
        """Give the status and the words that keep a request out, None if nothing does.

        A request that does not say which host it is for, or says it twice, is none
        (RFC 9112, section 3.2).
        """
        hosts = texts(scope["headers"], b"host")
        if len(hosts) != 1 or _split(hosts[0]) is None:
            return _BAD_REQUEST, _NO_HOST
        if said := self.fault(scope):
            return _KEPT_OUT, said
        return (_NOT_THERE, "Not found.") if self.shut(scope["path"]) else None

    def fault(self, scope: Message) -> str:
        """Say what keeps a request out, "" if nothing does."""
        headers = scope["headers"]
        hosts = texts(headers, b"host")
        host = _split(hosts[0]) if len(hosts) == 1 else None
        if host is None or not self._answers_to(host[0]):
            return (
                "This app does not answer to the name in the address bar.\nOpen it at "
                "the address that it printed when it was started."
            )
        origins = texts(headers, b"origin")
        if origins and not (len(origins) == 1 and self.is_own(origins[0], scope)):
            return "A page of another site may not ask this app for anything."
        if not self.anyone and _is_drawn_in(scope):
            return "A page of another site may not show what belongs to this app."
        return ""

    def _answers_to(self, host: str) -> bool:
        if self.anyone or host in self.names:
            return True
        try:
            ipaddress.ip_address(host)
        except ValueError:
            return False
        return self.addresses(host)

    def is_own(self, origin: str, scope: Message) -> bool:
        """Tell whether an origin is the app's own, to the very port."""
        if self.origin:
            return origin == self.origin
        scheme, _, authority = origin.lower().partition("://")
        secure = scope["scheme"] in ("https", "wss")
        ours = _DEFAULT_PORTS if self.anyone else ["https" if secure else "http"]
        if scheme not in ours:
            return False
        port = _DEFAULT_PORTS[scheme]
        (asked,) = texts(scope["headers"], b"host")
        one, other = _split(authority, port), _split(asked, port)
        return one is not None and one == other


def texts(headers: list[tuple[bytes, bytes]], name: bytes) -> list[str]:
    """Give what a request says under a header's name, given in lower case."""
    return [value.decode("latin-1") for key, value in headers if key.lower() == name]


def _split(authority: str, port: int = 0) -> tuple[str, int] | None:
    """Take `host:port` apart, giving it a port if it has none; None for neither."""
    match = _AUTHORITY.fullmatch(authority.strip().lower())
    if match is None:
        return None
    host = match[1].strip("[]").rstrip(".")
    return host, int(match[2]) if match[2] else port


def _is_drawn_in(scope: Message) -> bool:
    """Tell whether a page of another site, or of another local port, loads a part.

    Such a request need not carry an origin: a picture or a script tag sends none. To
    follow a link to the app is a visit, and everybody may.
    """
    if scope["type"] != "http":
        return False
    site = texts(scope["headers"], b"sec-fetch-site")
    mode = texts(scope["headers"], b"sec-fetch-mode")
    shown_as = texts(scope["headers"], b"sec-fetch-dest") or ["document"]
    visit = (mode, shown_as) == (["navigate"], ["document"])
    visit = visit and scope["method"] in ("GET", "HEAD")
    return bool(site) and site[0] in ("cross-site", "same-site") and not visit


class Guard:
    """ASGI middleware that keeps out whom the door does not admit."""

    def __init__(self, app: ASGI, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer that it is refused."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        if answer := self._door.answer(scope):
            await refuse(scope, send, *answer)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message.get("headers", ())
                if self._door.is_secure:
                    headers = [(key, _secured(key, value)) for key, value in headers]
                message["headers"] = [
                    *headers,
                    *self._policies(scope),
                ]
            await send(message)

        await self._app(scope, receive, send_guarded)

    def _policies(self, scope: Message) -> list[tuple[bytes, bytes]]:
        """Tell the browser to ask nobody else, and to show this in no other page."""
        (host,) = texts(scope["headers"], b"host")
        # Older Safari does not count the socket among 'self'.
        policy = f"{_SELF}; connect-src 'self' data: blob: ws://{host} wss://{host}"
        if not self._door.anyone:
            policy += "; frame-ancestors 'self'"
        return [
            (b"content-security-policy", policy.encode("latin-1")),
            (b"cross-origin-resource-policy", b"same-origin"),
            (b"referrer-policy", b"same-origin"),
            (b"x-content-type-options", b"nosniff"),
        ]


def _secured(key: bytes, value: bytes) -> bytes:
    """Have a cookie never travel in the clear."""
    if key.lower() != b"set-cookie" or b"; secure" in value.lower():
        return value
    return value + b"; Secure"


async def refuse(scope: Message, send: Send, status: int, said: str) -> None:
    """Answer that a request, or a socket, is refused."""
    if scope["type"] == "websocket":
        # Before the socket is accepted, this is answered with 403.
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        return
    await reply(send, status, said)


async def reply(send: Send, status: int, said: str) -> None:
    """Answer a request with words alone."""
    body = said.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


# ---------------------------------------------------------------- addresses


@dataclass(frozen=True)
class Public:
    """Where browsers reach an app behind a proxy; `base` is its path, "" or "/x"."""

    origin: str
    host: str
    port: int
    base: str

    @property
    def url(self) -> str:
        """The address of the first screen, without a slash at its end."""
        return self.origin + self.base


def read_public(url: str) -> Public:
    """Read the address that browsers reach an app at.

    Raises WorkbenchError for what is none, and where names would travel in the clear.
    """
    match = _PUBLIC.fullmatch(url)
    host = match and _split(match[2].lower())
    if match is None or host is None or host[1] > _LAST_PORT:
        raise WorkbenchError(
            f"--public-url {url}: no address; use https://NAME or https://NAME/PATH"
        )
    scheme = match[1]
    if scheme == "http" and not (host[0] == "localhost" or _is_loopback(host[0])):
        raise WorkbenchError(f"--public-url {url}: sign-ins need https")
    default = _DEFAULT_PORTS[scheme]
    port = host[1] or default
    authority = f"[{host[0]}]" if ":" in host[0] else host[0]
    origin = f"{scheme}://{authority}" + (f":{port}" if port != default else "")
    return Public(origin, host[0], port, match[3].rstrip("/"))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def places(address: str, port: int) -> list[tuple[int, Any]]:
    """Give the families and socket addresses that a name or address stands for.

    Raises WorkbenchError for what is no address.
    """
    try:
        found = socket.getaddrinfo(
            address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except (OSError, UnicodeError):
        raise WorkbenchError(
            f"--address {address}: no such address; use 127.0.0.1 for this machine "
            "alone, or an address of this machine"
        ) from None
    return [(family, place) for family, _, _, _, place in found]


def is_loopback(address: str) -> bool:
    """Tell whether an address is reached from this machine alone.

    Raises WorkbenchError for what is no address.
    """
    return all(
        ipaddress.ip_address(place[0].partition("%")[0]).is_loopback
        for _, place in places(address, 0)
    )


def door_at(address: str, shut: Callable[[str], bool] = lambda _: False) -> Door:
    """Give the door of an app that listens on an address.

    On a loopback address it answers to this machine's names for itself; on another
    also to any numeric address and to the machine's name. `shut` is the door's own.
    Raises WorkbenchError for what is no address.
    """
    names = {"localhost", address.strip("[]").lower()}
    if is_loopback(address):
        return Door(
            frozenset(names),
            lambda one: ipaddress.ip_address(one).is_loopback,
            shut=shut,
        )
    own = socket.gethostname().lower()
    names |= {own, f"{own}.local", socket.getfqdn().lower()}
    return Door(frozenset(names), lambda _: True, shut=shut)
