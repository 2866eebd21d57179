"""The app as a process of its own: whether it may start, and what it is started with.

Streamlit is never imported here: this process turns into it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import socket
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from workbench.case import folder, library
from workbench.errors import WorkbenchError
from workbench.guard import is_loopback, places

_ANONYMOUS: Final = "WORKBENCH_ALLOW_ANONYMOUS"  # of a start without this module
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


def prepare(
    served: Path, *, address: str, port: int, ledger: str | None, anonymous: bool
) -> App:
    """Check that a case, or a folder of cases, can be served there, and say how.

    Raises WorkbenchError where it cannot.
    """
    served = served.absolute()
    root = Path(__file__).resolve().parent
    environment = _environment(root, ledger)
    _require_cases(served)
    if not anonymous and not is_loopback(address):
        raise WorkbenchError(
            f"--address {address} lets others reach this app, and it has no sign-in "
            "yet.\nLet anybody who can reach it read and judge in any name with "
            "--allow-anonymous,\nor leave --address out to listen on this machine "
            "alone."
        )
    _require_free(address, port)
    environment["WORKBENCH_CASE"] = str(served)
    start = root / "ui" / "served"
    # -P: a module that lies in the present folder, which is data, is not ours to run.
    command = (
        *(sys.executable, "-P", "-m", "streamlit", "run"),
        str(start / "workbench_app.py"),
        *_flags(root / "ui/config.toml", address, port),
    )
    return App(_url(address, port), command, environment, start)


def _environment(root: Path, ledger: str | None) -> dict[str, str]:
    """Give the app's environment: nothing in it configures Streamlit.

    The app starts in a folder of its own, where no case can have put settings, so
    places that are told relative to the present folder are made absolute.
    """
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith("STREAMLIT_") and name != _ANONYMOUS
    }
    if named := ledger or environment.get("WORKBENCH_LEDGER"):
        environment["WORKBENCH_LEDGER"] = _absolute(named)
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


def _flags(config: Path, address: str, port: int) -> list[str]:
    """Give the settings as flags: they hold wherever the app is started from."""
    flags: dict[str, Any] = {}

    def flatten(table: dict[str, Any], *path: str) -> None:
        for key, value in table.items():
            if isinstance(value, dict):
                flatten(value, *path, key)
            else:
                flags[".".join((*path, key))] = value

    flatten(tomllib.loads(config.read_text(encoding="utf-8")))
    flags |= {
        "server.address": address,
        "server.port": port,
        "server.showEmailPrompt": False,
        "logger.hideWelcomeMessage": True,
        "logger.level": "warning",
    }
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
    if address in ("0.0.0.0", "::"):  # noqa: S104  named, not listened on
        address = socket.gethostname()
    return (
        f"http://[{address}]:{port}" if ":" in address else f"http://{address}:{port}"
    )
