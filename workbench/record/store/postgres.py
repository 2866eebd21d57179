"""A store in PostgreSQL, for several writers on several machines.

A lock for each case and analyst guards their chain; numbers of one chain therefore grow
in the order of its commits, which those of different chains need not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import sqlalchemy as sa

from workbench.record.store.migrations import FORM, NOTHING, StoreError, form, upgrade
from workbench.record.store.schema import METADATA, Row

PATIENCE: Final = 5000  # ms to wait for another writer of the same chain
_MAKING: Final = 7_236_410  # the lock of whoever makes or upgrades the tables
_AT_A_TIME: Final = 1_000  # rows that are asked for at once
_DRIVER: Final = "postgresql+psycopg"


class PostgresStore:
    """One PostgreSQL database."""

    def __init__(self, url: sa.URL) -> None:
        asked = url.query.get("options", "")
        own = f"-c lock_timeout={PATIENCE} -c synchronous_commit=on"
        options = " ".join((*([asked] if isinstance(asked, str) else asked), own))
        try:
            self._engine = sa.create_engine(
                url.set(drivername=_DRIVER),
                pool_pre_ping=True,  # the server may have been started anew
                connect_args={"connect_timeout": 5, "options": options},
            )
        except ImportError as error:
            said = "PostgreSQL needs the driver psycopg"
            raise StoreError(
                f"{said}; install it: pip install 'hypothesis-workbench[team]'"
            ) from error
        self._is_ready = False

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection to read with."""
        with self._engine.connect() as connection:
            if not self._is_ready:
                self._make_ready(connection)
            yield connection

    @contextmanager
    def writing(
        self,
        chains: Sequence[tuple[str, str]],
        beside: Sequence[tuple[str, str]] = (),
    ) -> Iterator[sa.Connection]:
        """Give a connection in a transaction that alone adds to the chains.

        Nobody has one of those `beside` to themselves meanwhile.
        """
        ways = dict.fromkeys(beside, "_shared") | dict.fromkeys(chains, "")
        with self.reading() as connection, connection.begin():
            for (case, analyst), way in sorted(ways.items()):  # for all: no deadlock
                query = f"select pg_advisory_xact_lock{way}(hashtextextended(:name, 0))"
                values = {"name": f"{case}\n{analyst}"}
                connection.execute(sa.text(query), values)
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[sa.Connection]:
        """Give a connection that reads everything as it is at one moment."""
        with self.reading() as connection:
            yield connection.execution_options(
                isolation_level="REPEATABLE READ", yield_per=_AT_A_TIME
            )

    @contextmanager
    def filling(self) -> Iterator[sa.Connection]:
        """Give a connection in a transaction while which nobody else writes."""
        names = ", ".join(table.name for table in METADATA.sorted_tables)
        with self.writing([]) as connection:
            lock = f"lock table {names} in share row exclusive mode"
            connection.execute(sa.text(lock))
            yield connection

    def add(
        self, connection: sa.Connection, table: sa.Table, rows: Sequence[Row]
    ) -> None:
        """Add rows with the numbers that they have."""
        connection.execute(table.insert(), list(rows))

    def count_on(self, connection: sa.Connection) -> None:
        """Have numbers go on after those of the rows that were added."""
        for table in METADATA.sorted_tables:
            if (column := table.autoincrement_column) is not None:
                counter = f"pg_get_serial_sequence('{table.name}', '{column.name}')"
                last = sa.func.coalesce(sa.func.max(column), 0)
                query = sa.select(
                    sa.func.setval(
                        sa.literal_column(counter),
                        sa.func.greatest(last, 1),
                        last > 0,
                    )
                )
                connection.execute(query)

    def numbers(self, connection: sa.Connection, many: int) -> list[int]:
        """Give the numbers of entries that are about to be added."""
        counter = "pg_get_serial_sequence('entries', 'seq')"
        query = f"select nextval({counter}) from generate_series(1, :many)"  # noqa: S608
        return list(connection.scalars(sa.text(query), {"many": many}))

    def damage(self, connection: sa.Connection) -> list[str]:
        """Say nothing: the server looks after its files."""
        del connection
        return []

    def tolerant(self, connection: sa.Connection) -> None:
        """Do nothing: the server holds texts in UTF-8 alone."""

    def _make_ready(self, connection: sa.Connection) -> None:
        found = form(connection)
        connection.rollback()
        if found != FORM:
            with connection.begin():
                making = f"select pg_advisory_xact_lock({_MAKING})"
                connection.execute(sa.text(making))
                if (found := form(connection)) not in (FORM, NOTHING):
                    copy = f"create table entries_of_form_{found} as table entries"
                    connection.execute(sa.text(copy))
                if found != FORM:
                    upgrade(connection, found)
        self._is_ready = True
