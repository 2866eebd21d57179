"""The app as a process of its own: whether it may start, and what it is started with.

Streamlit is never imported here: this process turns into it.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import socket
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from workbench import auth_file, proxy_sign_in
from workbench.case import folder, library
from workbench.errors import WorkbenchError
from workbench.guard import Public, door_at, is_loopback, places, read_public
from workbench.proxy_sign_in import Proxy

_ANONYMOUS: Final = "WORKBENCH_ALLOW_ANONYMOUS"  # of a start without this module
SIGN_IN: Final = "WORKBENCH_SIGN_IN"
PUBLIC: Final = "WORKBENCH_PUBLIC_URL"
STORE: Final = "WORKBENCH_STORE"
PROXY: Final = "WORKBENCH_PROXY_SIGN_IN"  # the file that says how, where a proxy does
_OWN: Final = frozenset({_ANONYMOUS, SIGN_IN, PUBLIC, STORE, PROXY})
# Each run of a page is a thread, and glibc gives threads heaps of their own, up to
# eight a processor (mallopt(3)): of those of twelve analysts 24 MB more lay idle after
# five minutes. Python's own lock has threads wait for one another anyway.
_ARENAS: Final = ("MALLOC_ARENA_MAX", "1")
_ALL: Final = ("0.0.0.0", "::")  # noqa: S104  named, not listened on
_SQLITE_FILE: Final = re.compile(r"(sqlite(?:\+\w+)?:///)((?!:memory:|file:)[^?]+)(.*)")
_LAST_PORT: Final = 65_535


@dataclass(frozen=True)
class App:
    """What is to be run, in which environment and folder, and where it will answer."""

    url: str
    command: tuple[str, ...]
    environment: dict[str, str]
    folder: Path

    def run(self) -> int:
        """Turn into Streamlit, so that whoever stops this process stops the app."""
        with contextlib.chdir(self.folder):
            if os.name == "posix":
                os.execve(sys.executable, self.command, self.environment)  # noqa: S606  our own command
            return subprocess.call(self.command, env=self.environment)  # noqa: S603  our own command


def prepare(  # noqa: PLR0913  all that a start is told
    served: Path | None,
    *,
    address: str,
    port: int,
    ledger: str | None,
    anonymous: bool = False,
    auth: Path | None = None,
    public_url: str | None = None,
) -> App:
    """Check that a case, or several of a folder or a store, can be served there.

    Says how. `served` is a folder, None for the store that `ledger` names.
    `auth` names the file of the sign-in, `public_url` where browsers reach the app
    behind a proxy. Raises WorkbenchError where it cannot.
    """
    root = Path(__file__).resolve().parent
    environment = _environment(root, ledger)
    if served is None:
        environment[STORE] = "1"
    else:
        served = served.absolute()
        _require_cases(served)
    _require_sign_in(address, public_url, auth, anonymous=anonymous)
    public = read_public(public_url) if public_url else None
    url = _url(address, port)
    proxy = proxy_sign_in.read(auth) if auth is not None else None
    if auth is not None and proxy is not None:
        auth_file.require_apart(auth, served)
        url = _behind(auth, address, public).url
        environment[PROXY] = str(auth.absolute())
        environment["STREAMLIT_SERVER_COOKIE_SECRET"] = proxy.cookie_secret
    elif auth is not None:
        url = auth_file.check(auth, served, _redirects(address, port, public))
    if auth is not None:
        environment[SIGN_IN] = "1"
    if public is not None:
        environment[PUBLIC] = public.url
    _require_free(address, port)
    start = root / "ui" / "served"
    # A store's app has no folder: what it is told of one is of no use to it.
    environment["WORKBENCH_CASE"] = str(served or start)
    # -P: a module that lies in the present folder, which is data, is not ours to run.
    command = (
        *(sys.executable, "-P", "-m", "streamlit", "run"),
        str(start / "workbench_app.py"),
        *_flags(
            root / "ui/config.toml",
            _settings(address, port, None if proxy else auth, public, proxy),
        ),
    )
    return App(url, command, environment, start)


def _require_sign_in(
    address: str, public_url: str | None, auth: Path | None, *, anonymous: bool
) -> None:
    if auth is not None and anonymous:
        raise WorkbenchError("--auth and --allow-anonymous: choose one of the two")
    if public_url is not None and auth is None:
        raise WorkbenchError(
            f"--public-url {public_url} lets others reach this app; say with --auth "
            "FILE how they sign in"
        )
    if auth is None and not anonymous and not is_loopback(address):
        raise WorkbenchError(
            f"--address {address} lets others reach this app, and no sign-in is "
            "configured.\nSay with --auth FILE how they sign in, let anybody who can "
            "reach it read and judge in any\nname with --allow-anonymous, or leave "
            "--address out to listen on this machine alone."
        )


def _behind(auth: Path, address: str, public: Public | None) -> Public:
    """Check that nobody but a proxy on this machine reaches the app; says where."""
    said = (
        f"{auth}: a proxy signs people in, so browsers must reach the app by it alone"
    )
    if public is None:
        raise WorkbenchError(f"{said}; say where with --public-url")
    if not is_loopback(address):
        raise WorkbenchError(
            f"{said}: leave --address {address} out, and run the proxy on this machine"
        )
    return public


def _redirects(address: str, port: int, public: Public | None) -> dict[str, str]:
    """Give where a provider may send a browser back to, each with the app's address.

    A browser keeps the sign-in of 127.0.0.1 from localhost: it is the one printed.
    """
    if public is not None:
        return {public.url + auth_file.CALLBACK: public.url}
    names = sorted(door_at(address).names - set(_ALL)) if address in _ALL else [address]
    urls = [_url(name, port) for name in names]
    return {url + auth_file.CALLBACK: url for url in urls}


def _settings(
    address: str,
    port: int,
    auth: Path | None,
    public: Public | None,
    proxy: Proxy | None,
) -> dict[str, Any]:
    """Give what is set at this start, beside what always is."""
    # A header that names a person could be sent by anybody, but with a proxy's proof.
    # By it Streamlit gives nobody the session of somebody else.
    trusted = {proxy.header: "sub"} if proxy else {}
    found: dict[str, Any] = {
        "server.address": address,
        "server.port": port,
        "server.trustedUserHeaders": json.dumps(trusted),
        "server.showEmailPrompt": False,
        "logger.hideWelcomeMessage": True,
        "logger.level": "warning",
    }
    if auth is not None:
        found["secrets.files"] = auth.absolute()
    if public is not None:
        found |= {
            "server.baseUrlPath": public.base.strip("/"),
            "browser.serverAddress": public.host,
            "browser.serverPort": public.port,
        }
    return found


def _environment(root: Path, ledger: str | None) -> dict[str, str]:
    """Give the app's environment: nothing in it configures Streamlit.

    The app starts in a folder of its own, where no case can have put settings, so
    places that are told relative to the present folder are made absolute.
    """
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith("STREAMLIT_") and name not in _OWN
    }
    if named := ledger or environment.get("WORKBENCH_LEDGER"):
        environment["WORKBENCH_LEDGER"] = _absolute(named)
    environment.setdefault(*_ARENAS)
    known = environment.get("PYTHONPATH", "").split(os.pathsep)
    parts = [os.path.abspath(part) for part in known if part]  # noqa: PTH100  as is
    if sys.path[0] == str(root.parent):  # run from a checkout that is not installed
        parts.insert(0, str(root.parent))
    if parts or "PYTHONPATH" in environment:
        environment["PYTHONPATH"] = os.pathsep.join(parts)
    return environment


def _absolute(url: str) -> str:
    """Have the URL of a SQLite file name it by its whole path."""
    match = _SQLITE_FILE.fullmatch(url)
    if match is None or Path(match[2]).is_absolute():
        return url
    return f"{match[1]}{Path.cwd() / match[2]}{match[3]}"


def _require_cases(served: Path) -> None:
    if not served.is_dir():
        raise WorkbenchError(f"{served}: no such folder; name a case folder")
    if library.holds_case(served):
        return
    if not library.is_library(served):
        raise WorkbenchError(
            f"{served}: neither a case ({folder.QUESTION_FILE} is missing) nor a "
            "folder of cases; name one of these,\nor an empty folder to begin in"
        )


def _flags(config: Path, settings: dict[str, Any]) -> list[str]:
    """Give all settings as flags: they hold wherever the app is started from."""
    flags: dict[str, Any] = {}

    def flatten(table: dict[str, Any], *path: str) -> None:
        for key, value in table.items():
            if isinstance(value, dict):
                flatten(value, *path, key)
            else:
                flags[".".join((*path, key))] = value

    flatten(tomllib.loads(config.read_text(encoding="utf-8")))
    flags |= settings
    texts = {
        key: str(value).lower() if isinstance(value, bool) else str(value)
        for key, value in flags.items()
    }
    return [part for key, text in texts.items() for part in (f"--{key}", text)]


def _require_free(address: str, port: int) -> None:
    for family, place in places(address, port):
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name == "posix":  # elsewhere it would share a port in use
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(place)
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    other = port + 1 if port < _LAST_PORT else 8501
                    said = (
                        f"port {port} is in use on {address}; is the app running "
                        f"already? Else name another: --port {other}"
                    )
                elif error.errno == errno.EACCES:
                    said = f"port {port} needs an administrator; use --port 8501"
                else:
                    said = f"cannot listen on {address}:{port}: {error.strerror}"
                raise WorkbenchError(said) from None


def _url(address: str, port: int) -> str:
    if address in _ALL:
        address = socket.gethostname()
    return (
        f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"
    )
