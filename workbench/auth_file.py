"""The file that configures the sign-in: Streamlit's table [auth], checked at the start.

Streamlit reads it only when somebody signs in, and says then that something is wrong.
"""

from __future__ import annotations

import importlib.util
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from workbench.case.whole import read_whole
from workbench.errors import WorkbenchError
from workbench.guard import is_loopback

CALLBACK: Final = "/oauth2callback"
SECRET: Final = 32  # characters of a cookie_secret at least
_MOST: Final = 100_000  # bytes
_WORDS: Final = ("client_id", "client_secret")
_KEYS: Final = frozenset(
    {
        *("redirect_uri", "cookie_secret", *_WORDS),
        *("server_metadata_url", "client_kwargs"),
    }
)


def check(file: Path, served: Path | None, redirects: Mapping[str, str]) -> str:
    """Check the file; gives the address that the app is then to be opened at.

    `served` is the folder of the case, if any, in which the file must not be.
    `redirects` are the redirect_uri that would do, each with the address that it
    belongs to. Raises WorkbenchError, which names the file and the key.
    """
    if importlib.util.find_spec("authlib") is None:
        raise WorkbenchError(
            "--auth needs Authlib; pip install 'hypothesis-workbench[auth]'"
        )
    table = _table(file)
    require_apart(file, served)
    if unknown := sorted(set(table) - _KEYS):
        raise _fault(file, unknown[0], f"unknown key; use {', '.join(sorted(_KEYS))}")
    secret = _text(file, table, "cookie_secret")
    if len(secret) < SECRET:
        said = f"{len(secret)} characters; use {SECRET} random ones or more"
        raise _fault(file, "cookie_secret", said)
    for key in _WORDS:
        _text(file, table, key)
    _check_provider(file, _text(file, table, "server_metadata_url"))
    if not isinstance(table.get("client_kwargs", {}), dict):
        raise _fault(file, "client_kwargs", "not a table; use { scope = ... }")
    redirect = _text(file, table, "redirect_uri")
    if redirect not in redirects:
        allowed = " or ".join(redirects)
        said = f"{redirect!r} is not where the app will be; use {allowed}"
        raise _fault(file, "redirect_uri", said)
    return redirects[redirect]


def require_apart(file: Path, served: Path | None) -> None:
    """Raise WorkbenchError where the file lies in the folder that is served."""
    if served is not None and file.resolve().is_relative_to(served.resolve()):
        raise WorkbenchError(
            f"{file}: lies in the folder that is served, which others get to see; "
            "keep it elsewhere"
        )


def tables(file: Path) -> dict[str, Any]:
    """Read all that the file has.

    Raises WorkbenchError, which names the file and the line where that is known.
    """
    try:
        data = read_whole(file, _MOST)
    except OSError as error:
        raise WorkbenchError(f"--auth {file}: {error.strerror}") from None
    if len(data) > _MOST:
        raise WorkbenchError(f"{file}: more than {_MOST:,} bytes; this is another file")
    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise WorkbenchError(f"{file}:{line}: not a text in UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise WorkbenchError(f"{file}: not TOML: {error}") from None
    except RecursionError:
        raise WorkbenchError(f"{file}: not TOML: nested too deeply") from None


def _table(file: Path) -> dict[str, Any]:
    found = tables(file)
    table = found.pop("auth", None)
    if not isinstance(table, dict):
        raise WorkbenchError(f"{file}: the table [auth] is missing")
    if found:
        raise WorkbenchError(f"{file}: {min(found)}: unknown; use [auth] alone")
    return table


def _text(file: Path, table: Mapping[str, Any], key: str) -> str:
    found = table.get(key)
    if found is None:
        raise _fault(file, key, "missing")
    if not isinstance(found, str) or not found.strip():
        raise _fault(file, key, "not a text")
    return found


def _check_provider(file: Path, url: str) -> None:
    """Refuse a provider whose word somebody on the way could change."""
    try:
        parts = urlsplit(url)
        host, scheme = parts.hostname or "", parts.scheme
        safe = scheme == "https" or (scheme == "http" and is_loopback(host))
    except (ValueError, WorkbenchError):
        host, safe = "", False
    if not host or not safe:
        raise _fault(file, "server_metadata_url", f"{url!r}; use an address of https")


def _fault(file: Path, key: str, said: str) -> WorkbenchError:
    return WorkbenchError(f"{file}: auth.{key}: {said}")
