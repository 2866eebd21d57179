"""A store in an SQLite file: durable at every commit, and in the file at its path.

A file can be removed or replaced while it is open, or written over; what is written
from then on is in no file that anybody finds, or in one that it ruins. So the open
files are compared with those at the path before anything is said to be saved.
"""

from __future__ import annotations

import re
import secrets
import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, Final, TypeAlias

import sqlalchemy as sa
from sqlalchemy import event

from workbench.record.store.head import (
    Head,
    head,
    put_strange_log_away,
    set_apart,
)
from workbench.record.store.migrations import (
    FORM,
    NOTHING,
    StoreError,
    form,
    upgrade,
)
from workbench.record.store.place import (
    identity,
    keep_copy,
    path_of,
    require_reached,
)
from workbench.record.store.schema import Row

PATIENCE = 5000  # ms to wait for another writer
IMPATIENCE: Final = 500  # ms, while one of another process was waited for in vain
_KEPT_OPEN: Final = 2  # connections of one file between uses
_MOST_OPEN: Final = 4  # files that are kept open between uses
_SUFFIXES: Final = ("", "-wal", "-shm")
_GONE: Final = "its file was removed or replaced while it was open"
_MOST_MARK: Final = 2**31 - 1  # that a pragma takes
_ESCAPED: Final = re.compile("[\udc80-\udcff]")
Files: TypeAlias = tuple[tuple[int, int] | None, ...]


class SqliteStore:
    """One SQLite file, or a store in memory where there is no path."""

    def __init__(self, url: sa.URL) -> None:
        self._path = path_of(url)
        if self._path:
            require_reached(self._path)
            self._path.parent.mkdir(parents=True, exist_ok=True)
        sized: dict[str, int] = {}
        if self._path:
            sized = {"pool_size": _KEPT_OPEN, "max_overflow": -1}
        self._engine = sa.create_engine(url, **sized)
        event.listen(self._engine, "do_connect", self._open)
        event.listen(self._engine, "connect", self._set_up)
        event.listen(self._engine, "begin", _begin)
        self._seen: tuple[object, Head] | None = None  # the file as last looked at
        self._writers = threading.Lock()
        self._stuck = False  # the last that waited for another process did so in vain
        self._gate = threading.Condition()
        self._out = 0
        self._reopening = False

    def close(self) -> None:
        """Let go of the file."""
        with _OPEN_LOCK:
            _OPEN.pop(id(self), None)
        self.let_go()

    def let_go(self) -> None:
        """Close the file between uses; it may be another one at the next."""
        self._seen = None
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection to read with, to the file that is at the path now."""
        try:
            with self._connection() as connection:
                yield connection
                return
        except _Replaced:
            pass
        with self._connection() as connection:
            yield connection

    @contextmanager
    def writing(
        self,
        chains: Sequence[tuple[str, str]],
        beside: Sequence[tuple[str, str]] = (),
    ) -> Iterator[sa.Connection]:
        """Give a connection in a transaction; the chains are its own, as all others.

        Raises StoreError where what was committed is not in the file at the path.
        """
        del chains, beside  # one writer at a time: SQLite's own lock
        with self._turn() as until, self._connection() as connection:
            connection.execution_options(writes=True)
            raw: Any = connection.connection.driver_connection
            with self._begun(connection, raw, until):
                before = raw.total_changes
                yield connection
                if self._path and raw.total_changes != before:
                    _count_write(raw)
            connection.execution_options(writes=False)
            self._require_in_place(connection)

    @contextmanager
    def _turn(self) -> Iterator[float]:
        """Have this process's writers wait for one another; gives until when to wait.

        SQLite would have each ask now and then whether it may: some are never lucky,
        and none begins at once when another has done. Where another process does not
        let go, only the first waits long: those behind it would wait one by one, and
        pages that ask again meanwhile would never hear why.
        """
        waiting = (IMPATIENCE if self._stuck else PATIENCE) / 1000
        until = time.monotonic() + waiting
        if not self._writers.acquire(timeout=waiting):
            raise StoreError("the ledger is locked: others are writing to it")
        try:
            yield until
        finally:
            self._writers.release()

    def _begun(
        self, connection: sa.Connection, raw: sqlite3.Connection, until: float
    ) -> sa.RootTransaction:
        """Begin to write, once other processes let this one."""
        left = max(0, round((until - time.monotonic()) * 1000))
        raw.execute(f"pragma busy_timeout={left}")
        try:
            begun = connection.begin()
        except sa.exc.OperationalError:
            self._stuck = True
            raise
        finally:
            raw.execute(f"pragma busy_timeout={PATIENCE}")
        self._stuck = False
        return begun

    @contextmanager
    def snapshot(self) -> Iterator[sa.Connection]:
        """Give a connection that reads everything as it is at one moment."""
        with self.reading() as connection:  # the first that is read tells the moment
            self.tolerant(connection)
            yield connection

    def filling(self) -> AbstractContextManager[sa.Connection]:
        """Give a connection in a transaction while which nobody else writes."""
        return self.writing([])

    def add(
        self, connection: sa.Connection, table: sa.Table, rows: Sequence[Row]
    ) -> None:
        """Add rows with the numbers that they have, also texts that are no UTF-8."""
        plain = [row for row in rows if not any(map(_is_strange, row.values()))]
        if plain:
            connection.execute(table.insert(), plain)
        for row in rows:
            if any(map(_is_strange, row.values())):
                values = {name: _as_bytes(value) for name, value in row.items()}
                connection.execute(table.insert().values(values))

    def count_on(self, connection: sa.Connection) -> None:
        """Do nothing: numbers go on after the greatest there is."""

    def numbers(self, connection: sa.Connection, many: int) -> list[int]:
        """Give the numbers of entries that are about to be added."""
        query = sa.text("select coalesce(max(seq), 0) from entries")
        first = int(connection.scalar(query) or 0) + 1
        return list(range(first, first + many))

    def damage(self, connection: sa.Connection) -> list[str]:
        """Say what of the file itself does not hold together."""
        rows = connection.exec_driver_sql("pragma integrity_check(20)").scalars()
        return [f"the file is damaged: {row}" for row in rows if row != "ok"]

    def tolerant(self, connection: sa.Connection) -> None:
        """Read texts that are no UTF-8 as something, rather than fail at them."""
        raw: Any = connection.connection.driver_connection
        raw.text_factory = lambda data: data.decode("utf-8", "surrogateescape")

    # ------------------------------------------------------------ the file

    @contextmanager
    def _connection(self) -> Iterator[sa.Connection]:
        with self._gate:
            # opened only when the last old one is closed, which removes files by name
            waiting = PATIENCE / 1000
            if not self._gate.wait_for(lambda: not self._reopening, waiting):
                raise StoreError("the ledger is in use and cannot be opened again")
            self._out += 1
        try:
            _note_use(self)
            with self._engine.connect() as connection:
                if "files" not in connection.info:
                    try:
                        self._make_ready(connection)
                    except BaseException:
                        connection.invalidate()  # what it is open to may go
                        raise
                self._require_in_place(connection)
                yield connection
        finally:
            with self._gate:
                self._out -= 1
                if self._reopening and not self._out:
                    self.let_go()
                    self._reopening = False
                    self._gate.notify_all()

    def _open(
        self,
        dialect: sa.Dialect,
        _record: object,
        arguments: Sequence[Any],
        named: dict[str, Any],
    ) -> Any:  # noqa: ANN401  the driver's own
        """Open the file, after what is around it: its folder where that was removed.

        Never the one around that. One at a time, since to look into a file which
        another thread opens just then would release its locks.
        """
        with _OPENING:
            if self._path:
                require_reached(self._path)
                self._path.parent.mkdir(exist_ok=True)
                if self._seen is None:
                    put_strange_log_away(self._path)
            return dialect.connect(*arguments, **named)

    def _set_up(self, connection: Any, _record: object) -> None:  # noqa: ANN401
        # The driver opens transactions only before a write, too late to read and then
        # append: we open them ourselves (SQLAlchemy, SQLite dialect, "transactions").
        connection.isolation_level = None
        connection.execute(f"pragma busy_timeout={PATIENCE}")

    def _make_ready(self, connection: sa.Connection) -> None:
        """Bring the file to the present form, and note which files are open."""
        found = form(connection)  # first: a newer one is left alone
        connection.rollback()
        raw: Any = connection.connection.driver_connection
        raw.execute("pragma journal_mode=wal")
        raw.execute("pragma synchronous=full")
        if found != FORM:
            if found != NOTHING and self._path:
                keep_copy(raw, self._path)
            connection.execution_options(writes=True)
            with connection.begin():
                if (found := form(connection)) != FORM:  # another process was first
                    upgrade(connection, found)
                    _count_write(raw)
            connection.execution_options(writes=False)
        raw.execute("select count(*) from entries where seq < 0").fetchall()  # opens
        connection.info["files"] = self._files()

    def _files(self) -> Files:
        return tuple(map(identity, self._names()))

    def _names(self) -> list[str]:
        return [f"{self._path}{suffix}" for suffix in _SUFFIXES] if self._path else []

    def _require_in_place(self, connection: sa.Connection) -> None:
        opened: Files = connection.info["files"]
        found = self._files()
        if opened == found and None not in found:
            if self._is_own(connection):
                return
            # In place of the open one, its log and all, it can be opened like another.
            if not set_apart(self._path or Path()):
                raise _Replaced(_GONE)
        elif opened[0] == found[0]:
            # The log alone is gone: what it holds can still be put into the file.
            raw: Any = connection.connection.driver_connection
            with suppress(sqlite3.Error):
                connection.rollback()
                raw.execute("pragma wal_checkpoint(truncate)")
        elif found[0] is not None:
            # SQLite would take the old file's log for that of the one in its place.
            for name, was, now in zip(self._names(), opened, found, strict=True):
                if was == now:
                    Path(name).unlink(missing_ok=True)
        with self._gate:
            self._reopening = True
        connection.invalidate()
        raise _Replaced(_GONE)

    def _is_own(self, connection: sa.Connection) -> bool:
        """Tell whether the file is as SQLite left it when it last wrote to it.

        It does so now and then, when it empties the log into the file: what is there
        then bears the same mark, and was written after what was there before, and not
        after all that SQLite knows.
        """
        if self._path is None:
            return True
        found = self._path.stat()
        state = (found.st_ino, found.st_size, found.st_mtime_ns)
        if self._seen and self._seen[0] == state:
            return True
        raw: Any = connection.connection.driver_connection
        try:
            now, known = head(self._path), _known(raw)
        except sqlite3.Error:  # what it reads there is no longer a ledger
            return False
        was = self._seen[1] if self._seen else now
        whose = (was.mark, known.mark) if was.mark == 0 else (was.mark,)
        is_own = now.mark in whose and was.writes <= now.writes <= known.writes
        if is_own:
            self._seen = (state, now)
        return is_own


def _known(raw: sqlite3.Connection) -> Head:
    """Give what SQLite takes for the head of its file."""
    (mark,) = raw.execute("pragma application_id").fetchone()
    (writes,) = raw.execute("pragma user_version").fetchone()
    return Head(int(mark), int(writes))


def _count_write(raw: sqlite3.Connection) -> None:
    """Have the head tell this write from those before, within its transaction."""
    known = _known(raw)
    if not known.mark:
        raw.execute(f"pragma application_id={1 + secrets.randbelow(_MOST_MARK)}")
    raw.execute(f"pragma user_version={known.writes + 1}")


class _Replaced(StoreError):
    """The open file is not the one at the path."""


def _is_strange(value: object) -> bool:
    """Tell whether a value is a text that `tolerant` read, and that is no UTF-8."""
    return isinstance(value, str) and _ESCAPED.search(value) is not None


def _as_bytes(value: Any) -> Any:  # noqa: ANN401  as the row has it
    """Give a text that is no UTF-8 as the bytes that it was read from."""
    if not _is_strange(value):
        return value
    data = value.encode("utf-8", "surrogateescape")
    return sa.cast(sa.literal(data, sa.LargeBinary), sa.Text)


def _begin(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("begin immediate" if writes else "begin")


_OPEN: Final[OrderedDict[int, SqliteStore]] = OrderedDict()
_OPEN_LOCK: Final = threading.Lock()
_OPENING: Final = threading.Lock()


def _note_use(store: SqliteStore) -> None:
    """Let go of the file that was used longest ago, where many are open."""
    with _OPEN_LOCK:
        _OPEN[id(store)] = store
        _OPEN.move_to_end(id(store))
        oldest = _OPEN.popitem(last=False)[1] if len(_OPEN) > _MOST_OPEN else None
    if oldest is not None:
        oldest.let_go()
