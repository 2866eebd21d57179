"""From a URL to the store behind it; nothing is read or written yet."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

import sqlalchemy as sa

from workbench.record.store.migrations import StoreError
from workbench.record.store.postgres import PostgresStore
from workbench.record.store.sqlite import SqliteStore

Store: TypeAlias = SqliteStore | PostgresStore
IN_MEMORY = "sqlite://"


def open_store(url: str) -> Store:
    """Give the store behind a URL.

    Raises StoreError, OSError or sqlalchemy's own errors where there is none.
    """
    parsed = sa.make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            return SqliteStore(parsed)
        case "postgresql" | "postgres":
            return PostgresStore(parsed)
        case other:
            raise StoreError(f"{other!r} is no store; use sqlite or postgresql")


def file_url(path: Path) -> str:
    """Give the URL of an SQLite file, whatever stands in its name."""
    made = sa.URL.create("sqlite", database=str(path))
    return made.render_as_string(hide_password=False)


def is_missing(url: str) -> bool:
    """Tell whether a URL names an SQLite file that is not there."""
    with suppress(sa.exc.ArgumentError):  # told when it is opened
        parsed = sa.make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            path = Path(parsed.database)
            # A link that leads nowhere is there: what it led to may be out of reach.
            folder_there = path.parent.is_dir() or not os.path.lexists(path.parent)
            return folder_there and not os.path.lexists(path)
    return False


def closed_folder(url: str) -> Path | None:
    """Give the folder of an SQLite file if nothing can be written to it, else None."""
    with suppress(sa.exc.ArgumentError):
        parsed = sa.make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            for place in Path(parsed.database).parents:
                if place.is_dir():
                    return None if os.access(place, os.W_OK) else place
    return None


def shown(url: str) -> str:
    """Give a URL to show, without its password."""
    try:
        return sa.make_url(url).render_as_string(hide_password=True)
    except sa.exc.ArgumentError:
        return url
