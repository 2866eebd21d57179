"""Where an SQLite file lies, what is there, and a copy beside it; it is not opened."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

import sqlalchemy as sa

from workbench.record.store.migrations import StoreError


def path_of(url: sa.URL) -> Path | None:
    """Give the path that a URL names, None for memory. Raises StoreError."""
    database = url.database or ""
    if database.startswith("file:"):
        raise StoreError("name the file itself, not a file: address")
    return None if database in ("", ":memory:") else Path(database).absolute()


def require_reached(path: Path) -> None:
    """Refuse a link that leads nowhere: a ledger begun there would be another one."""
    for place in (path, path.parent):
        if place.is_symlink() and not place.exists():
            raise StoreError(
                f"{place} is a link to {place.readlink()}, which is not there; "
                "bring that back, or remove the link to begin a new ledger"
            )


def identity(name: str) -> tuple[int, int] | None:
    """Tell a file from any other, None where there is none."""
    try:
        found = os.stat(name)  # noqa: PTH116  a text is quicker, and this is often
    except OSError:
        return None
    return found.st_dev, found.st_ino


def keep_copy(raw: sqlite3.Connection, path: Path) -> None:
    """Keep a ledger of an older form beside the one that is upgraded."""
    number = 1
    while True:
        more = "" if number == 1 else f"-{number}"
        name = path.with_name(f"{path.stem}-before-upgrade{more}{path.suffix}")
        with suppress(FileExistsError):
            name.open("xb").close()
            break
        number += 1
    copy = sqlite3.connect(name)
    try:
        raw.backup(copy)
    finally:
        copy.close()
