"""The numbered forms of a store, and the way from each to the next.

Form 1 kept no part of an entry, form 2 did (both held entries of format 1 alone); form
3 holds several cases, their texts, and entries of format 2; form 4 also the documents
of cases. The way is gone in one transaction, after a copy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import sqlalchemy as sa

from workbench.errors import WorkbenchError
from workbench.record.store.schema import (
    CASES,
    CONTENTS,
    DOCUMENTS,
    ENTRIES,
    FACTS,
    FORM_NOTE,
    METADATA,
    PLACES,
    TEXTS,
)

FORM: Final = 4
NOTHING: Final = 0
_OF_FORM_1: Final = {"seq", "at", "analyst", "kind", "previous", "hash"}


class StoreError(WorkbenchError):
    """The store cannot be used as it is; its text says why."""


def form(connection: sa.Connection) -> int:
    """Tell which form a store has, NOTHING where it holds no entries yet.

    Raises StoreError where it is another program's, or a newer one's.
    """
    found = sa.inspect(connection)
    names = set(found.get_table_names())
    if FACTS.name in names and ENTRIES.name in names:
        query = sa.select(FACTS.c.value).where(FACTS.c.name == FORM_NOTE)
        stated = connection.scalar(query)
        if not isinstance(stated, str) or not stated.isascii() or not stated.isdigit():
            raise StoreError("its form is not stated: no ledger of this program")
        if int(stated) > FORM:
            said = f"it has form {stated[:9]}, and this program reads forms up to"
            raise StoreError(
                f"written by a newer version of this program ({said} {FORM}); "
                "the ledger was left as it is"
            )
        return int(stated)
    if ENTRIES.name not in names:
        others = sorted(names - METADATA.tables.keys())
        # A server's database may hold others' tables beside ours, a file does not.
        if others and connection.dialect.name == "sqlite":
            raise StoreError(
                f"it is another program's file (with a table {others[0]!r}) and was "
                "left as it was"
            )
        return NOTHING
    columns = {column["name"] for column in found.get_columns(ENTRIES.name)}
    if not columns >= _OF_FORM_1:
        raise StoreError("it has a table of entries that is no ledger's")
    return 2 if "part" in columns else 1


def upgrade(connection: sa.Connection, start: int) -> None:
    """Bring a store from a form to FORM, within the caller's transaction."""
    if start == NOTHING:
        METADATA.create_all(connection)
    else:
        for number in range(start, FORM):
            _STEPS[number](connection)
    connection.execute(sa.delete(FACTS).where(FACTS.c.name == FORM_NOTE))
    connection.execute(FACTS.insert(), {"name": FORM_NOTE, "value": str(FORM)})


def _from_1(connection: sa.Connection) -> None:
    connection.execute(sa.text("alter table entries add column part text"))


def _from_2(connection: sa.Connection) -> None:
    for column in (
        "format integer not null default 1",
        "case_ text",
        "filed text not null default ''",
        "identity text",
    ):
        connection.execute(sa.text(f"alter table entries add column {column}"))
    if connection.dialect.name == "postgresql":
        for column in ("seq", "undoes", "op"):
            wider = f"alter table entries alter column {column} type bigint"
            connection.execute(sa.text(wider))
        # the numbers were given by the program; from now on the store gives them
        counter = "pg_get_serial_sequence('entries', 'seq')"
        most = "(select greatest(max(seq), 1) from entries)"
        connection.execute(sa.text(f"select setval({counter}, {most})"))
    for name in ("entries_by_analyst", "entries_by_time"):
        connection.execute(sa.text(f"drop index if exists {name}"))
    for index in ENTRIES.indexes:
        index.create(connection, checkfirst=True)
    METADATA.create_all(connection, tables=[TEXTS, PLACES, FACTS])


def _from_3(connection: sa.Connection) -> None:
    METADATA.create_all(connection, tables=[CASES, DOCUMENTS, CONTENTS])


_STEPS: Final[Mapping[int, Callable[[sa.Connection], None]]] = {
    1: _from_1,
    2: _from_2,
    3: _from_3,
}
