"""The append-only store of entries in SQLite; what entries mean is not its affair.

Entries are appended, never changed. Each carries the hash of the one before by the
same analyst, so that a change behind the program's back shows.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event

from workbench.case.entry import Change, Entry, EntryKind, digest, fitting, is_intact
from workbench.errors import WorkbenchError
from workbench.record.lines import NO_ENTRY, entry_document, parsed, plain

FOLDER: Final = ".workbench"
VARIABLE: Final = "WORKBENCH_LEDGER"
PATIENCE = 5000  # ms to wait for another writer

_METADATA: Final = sa.MetaData()
_ENTRIES: Final = sa.Table(
    "entries",
    _METADATA,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("analyst", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("evidence", sa.Text),
    sa.Column("hypothesis", sa.Text),
    sa.Column("source", sa.Text),
    sa.Column("from_", sa.Text, nullable=False),  # JSON
    sa.Column("to_", sa.Text, nullable=False),  # JSON
    sa.Column("because", sa.Text, nullable=False),
    sa.Column("undoes", sa.Integer),
    sa.Column("client", sa.Text, nullable=False),
    sa.Column("op", sa.Integer, nullable=False),
    sa.Column("previous", sa.Text),
    sa.Column("hash", sa.Text, nullable=False, unique=True),
    sa.Column("part", sa.Text),
    sa.Index("entries_by_analyst", "analyst", "seq"),
    sa.Index("entries_by_time", "analyst", "at"),
    sa.Index("entries_by_client", "client", "op"),
)


class LedgerError(WorkbenchError):
    """The store cannot be reached or does not hold what a ledger holds."""


@dataclass(frozen=True)
class Merged:
    """What an import did: entries added, and those that were there already."""

    added: int
    present: int


def default_url(case_folder: Path) -> str:
    """Name the ledger of a case: WORKBENCH_LEDGER, else a file in its .workbench."""
    return os.environ.get(VARIABLE) or own_url(case_folder)


def own_url(case_folder: Path) -> str:
    """Name the ledger that lies in a case's own folder."""
    path = case_folder.resolve() / FOLDER / "ledger.sqlite3"
    return f"sqlite:///{path}"


def reading(url: str) -> Ledger:
    """Open a ledger to read; one that is not there yet reads as empty, and stays so."""
    return Ledger("sqlite://" if is_missing(url) else url)


def is_missing(url: str) -> bool:
    """Tell whether a URL names an SQLite file that is not there."""
    with suppress(sa.exc.ArgumentError):  # told by the ledger itself
        parsed = sa.make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            return not Path(parsed.database).exists()
    return False


class Ledger:
    """The entries behind one URL.

    Every method raises LedgerError when the store is out of reach.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        try:
            parsed = sa.make_url(url)
            if parsed.get_backend_name() == "sqlite" and parsed.database:
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            self._engine = sa.create_engine(parsed)
            if parsed.get_backend_name() == "sqlite":
                event.listen(self._engine, "connect", _set_up_sqlite)
                event.listen(self._engine, "begin", _begin_sqlite)
            _METADATA.create_all(self._engine)
            _add_part(self._engine)
        except (sa.exc.SQLAlchemyError, OSError, ImportError) as error:
            raise LedgerError(
                f"the ledger cannot be opened: {_reason(error)}"
            ) from error

    def close(self) -> None:
        """Let go of the store."""
        self._engine.dispose()

    @contextmanager
    def writing(self, analyst: str) -> Iterator[Pen]:
        """Append entries of one analyst in one transaction: all of them, or none."""
        try:
            with self._transaction() as connection:
                yield Pen(connection, analyst)
        except (sa.exc.SQLAlchemyError, OSError) as error:
            raise LedgerError(f"not saved: {_reason(error)}") from error

    def entries(self, analyst: str | None = None, after: int = 0) -> list[Entry]:
        """Read entries in the order they were stored, of one analyst or of all."""
        with self._reading() as connection:
            return _entries(connection, analyst, after)

    def analysts(self) -> list[str]:
        """Name everybody who has an entry."""
        query = sa.select(_ENTRIES.c.analyst).distinct().order_by(_ENTRIES.c.analyst)
        with self._reading() as connection:
            return list(connection.scalars(query))

    def verify(self) -> list[str]:
        """Say what is wrong with the chains of hashes; an empty list means nothing.

        A chain that forks is no fault: two copies that were worked on apart and merged
        share their past.
        """
        with self._reading() as connection:
            rows = connection.execute(sa.select(_ENTRIES).order_by(_ENTRIES.c.seq))
            found = [(row, _readable(row)) for row in rows.all()]
        entries = [entry for _, entry in found if isinstance(entry, Entry)]
        hashes = {row.seq: row.hash for row, _ in found}
        own = {(row.analyst, row.hash) for row, _ in found}
        faults = [fault for _, fault in found if isinstance(fault, str)]
        for entry in entries:
            place = f"entry {entry.seq} by {entry.analyst}"
            if not is_intact(entry, hashes):
                faults.append(f"{place}: its content does not fit its hash")
            if entry.previous and (entry.analyst, entry.previous) not in own:
                faults.append(f"{place}: the entry before it is missing")
        return faults

    def export(self) -> Iterator[str]:
        """Write every entry as a line of JSON."""
        for entry in self.entries():
            yield json.dumps(entry_document(entry), ensure_ascii=False)

    def merge(self, lines: Iterable[str], name: str = "the file") -> Merged:
        """Add the entries of another copy; those that are here already are passed over.

        Raises LedgerError, naming the line, where a line is no entry or was altered;
        then nothing is added.
        """
        found = _parse(lines, name)
        theirs = list(found.values())
        hashes = {entry.seq: entry.hash for entry in theirs}
        for number, entry in found.items():
            if not is_intact(entry, hashes):
                said = "its content does not fit its hash, or what it undoes is missing"
                raise LedgerError(f"{name}:{number}: {said}")
        try:
            with self._transaction() as connection:
                return _merge(connection, theirs, hashes)
        except sa.exc.SQLAlchemyError as error:
            raise LedgerError(f"nothing imported: {_reason(error)}") from error

    @contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        with self._engine.connect() as connection:
            connection.execution_options(writes=True)  # of this connection itself
            with connection.begin():
                yield connection

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except (sa.exc.SQLAlchemyError, OSError) as error:
            raise LedgerError(f"the ledger cannot be read: {_reason(error)}") from error


class Pen:
    """Writes entries of one analyst within a transaction."""

    def __init__(self, connection: sa.Connection, analyst: str) -> None:
        self._connection = connection
        self._analyst = analyst
        last = connection.execute(
            sa.select(_ENTRIES.c.at, _ENTRIES.c.hash)
            .where(_ENTRIES.c.analyst == analyst)
            .order_by(_ENTRIES.c.at.desc(), _ENTRIES.c.hash.desc())
            .limit(1)  # the latest, which after a merge need not be the last stored
        ).first()
        self._at: str = last.at if last else ""
        self._previous: str | None = last.hash if last else None
        newest = connection.scalar(sa.select(sa.func.max(_ENTRIES.c.seq)))
        self._seq = int(newest or 0)

    def entries(self, after: int) -> list[Entry]:
        """Read the analyst's entries after a number, this transaction's included."""
        return _entries(self._connection, self._analyst, after)

    def acknowledged(self, client: str) -> int:
        """Give the number of the last action of a page that is in the ledger, or 0."""
        query = sa.select(sa.func.max(_ENTRIES.c.op)).where(_ENTRIES.c.client == client)
        return int(self._connection.scalar(query) or 0)

    def write(self, client: str, op: int, changes: Sequence[Change]) -> list[Entry]:
        """Append the changes of one action, signed and chained."""
        written = []
        for change in changes:
            self._seq += 1
            self._at = max(_now(), _just_after(self._at))
            undone = self._hash(change.undoes)
            hash_ = digest(
                self._at, self._analyst, change, client, op, self._previous, undone
            )
            entry = Entry(
                self._seq,
                self._at,
                self._analyst,
                change,
                client,
                op,
                self._previous,
                hash_,
            )
            self._previous = hash_
            written.append(entry)
        if written:
            self._connection.execute(_ENTRIES.insert(), [_row(e) for e in written])
        return written

    def _hash(self, seq: int | None) -> str | None:
        if seq is None:
            return None
        query = sa.select(_ENTRIES.c.hash).where(_ENTRIES.c.seq == seq)
        return self._connection.scalar(query)


def _add_part(engine: sa.Engine) -> None:
    """Give a ledger of before parts were kept the column for them, empty."""
    columns = {column["name"] for column in sa.inspect(engine).get_columns("entries")}
    if "part" not in columns:
        # another process may have been first; then the next read finds it there
        refused = suppress(sa.exc.OperationalError, sa.exc.ProgrammingError)
        with refused, engine.begin() as connection:
            connection.execute(sa.text("alter table entries add column part text"))


def _set_up_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401
    # The driver opens transactions only before a write, too late to read and then
    # append: we open them ourselves (SQLAlchemy, SQLite dialect, "transactions").
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"pragma busy_timeout={PATIENCE}")
    cursor.execute("pragma journal_mode=wal")
    cursor.execute("pragma synchronous=full")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("begin immediate" if writes else "begin")


def _reason(error: BaseException) -> str:
    cause = getattr(error, "orig", None) or error
    return " ".join(str(cause).split()) or type(cause).__name__


def _now() -> str:
    now = dt.datetime.now(dt.UTC)
    return now.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _just_after(at: str) -> str:
    """Give the instant after one: times order an analyst's entries, so none repeats."""
    if not at:
        return ""
    later = dt.datetime.fromisoformat(at) + dt.timedelta(microseconds=1)
    return later.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _entries(connection: sa.Connection, analyst: str | None, after: int) -> list[Entry]:
    query = sa.select(_ENTRIES).where(_ENTRIES.c.seq > after).order_by(_ENTRIES.c.seq)
    if analyst is not None:
        query = query.where(_ENTRIES.c.analyst == analyst)
    return [_entry(row) for row in connection.execute(query)]


def _readable(row: Any) -> Entry | str:  # noqa: ANN401
    try:
        return _entry(row)
    except LedgerError as error:
        return str(error)


def _entry(row: Any) -> Entry:  # noqa: ANN401
    try:
        return _checked(row)
    except (ValueError, TypeError, RecursionError) as error:
        said = f"altered, or written by a newer version of this program ({error})"
        raise LedgerError(f"entry {row.seq} by {row.analyst}: {said}") from error


def _checked(row: Any) -> Entry:  # noqa: ANN401
    change = Change(
        EntryKind(row.kind),
        row.evidence,
        row.hypothesis,
        row.source,
        plain(json.loads(row.from_)),
        plain(json.loads(row.to_)),
        row.because,
        row.undoes,
        row.part,
    )
    fitting(change.kind, change.to, change.part)
    return Entry(
        row.seq, row.at, row.analyst, change, row.client, row.op, row.previous, row.hash
    )


def _row(entry: Entry) -> dict[str, Any]:
    change = entry.change
    return {
        "seq": entry.seq,
        "at": entry.at,
        "analyst": entry.analyst,
        "kind": change.kind.value,
        "evidence": change.evidence,
        "hypothesis": change.hypothesis,
        "source": change.source,
        "from_": json.dumps(change.from_, ensure_ascii=False),
        "to_": json.dumps(change.to, ensure_ascii=False),
        "because": change.because,
        "undoes": change.undoes,
        "client": entry.client,
        "op": entry.op,
        "previous": entry.previous,
        "hash": entry.hash,
        "part": change.part,
    }


def _parse(lines: Iterable[str], name: str) -> dict[int, Entry]:
    """Read entries by the number of their line."""
    found = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found[number] = parsed(json.loads(line))
            except NO_ENTRY as error:
                said = f"not an entry of a ledger ({_reason(error)})"
                raise LedgerError(f"{name}:{number}: {said}") from error
    return found


def _merge(
    connection: sa.Connection, theirs: list[Entry], hashes: dict[int, str]
) -> Merged:
    seqs = dict(connection.execute(sa.select(_ENTRIES.c.hash, _ENTRIES.c.seq)).all())
    new = {entry.hash: entry for entry in theirs if entry.hash not in seqs}
    first = max(seqs.values(), default=0) + 1
    seqs |= {hash_: seq for seq, hash_ in enumerate(new, start=first)}
    rows = []
    for entry in new.values():
        undoes = entry.change.undoes
        ours = None if undoes is None else seqs[hashes[undoes]]
        change = replace(entry.change, undoes=ours)
        rows.append(_row(replace(entry, seq=seqs[entry.hash], change=change)))
    if rows:
        connection.execute(_ENTRIES.insert(), rows)
    return Merged(len(rows), len(theirs) - len(rows))
