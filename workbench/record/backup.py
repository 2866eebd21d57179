"""A whole store in one file, and back into an empty store of either kind.

The file is gzip over lines of JSON. The first says what it is, of which tables and
columns, and how many rows each has; then comes a line a row; the last has the digest of
all before it. Which tables there are, the schema says: one that is added comes along.

It is read to its end before anything is written: what is cut, damaged, foreign or of a
newer program is refused as a whole.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import itertools
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

import sqlalchemy as sa

from workbench.errors import WorkbenchError
from workbench.record.ledger import Ledger
from workbench.record.pen import now
from workbench.record.queries import many
from workbench.record.store.migrations import FORM
from workbench.record.store.schema import FACTS, FORM_NOTE, METADATA

FORMAT: Final = 1
_KIND: Final = "hypothesis-workbench-backup"
_AT_A_TIME: Final = 1_000  # rows that are added at once
_LONGEST: Final = 1 << 28  # bytes of a line
_MOST: Final = 1 << 63  # that a column of either store holds, and the sign
_BYTES: Final = "base64"
_NOT_GZIP: Final = (gzip.BadGzipFile, zlib.error)


@dataclass(frozen=True)
class Backup:
    """What a backup holds: rows by table, when it was made, the digest of its lines."""

    rows: Mapping[str, int]
    made: str
    digest: str


@dataclass(frozen=True)
class _Head:
    """The first line: columns and number of rows of each table."""

    made: str
    columns: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, int]


def write(ledger: Ledger, stream: BinaryIO) -> Backup:
    """Write everything that a store holds at one moment.

    Raises LedgerError where the store cannot be read, OSError where the file cannot be
    written.
    """
    summed = hashlib.sha256()
    with (
        ledger.snapshot() as connection,
        gzip.GzipFile(fileobj=stream, mode="wb", mtime=0) as packed,
    ):
        rows, made = many(connection), now()
        for value in itertools.chain([_manifest(rows, made)], _rows(connection)):
            data = _line(value)
            summed.update(data)
            packed.write(data)
        packed.write(_line({"sha256": summed.hexdigest()}))
    return Backup(rows, made, f"sha256:{summed.hexdigest()}")


def _manifest(rows: Mapping[str, int], made: str) -> dict[str, Any]:
    tables = {
        table.name: {
            "columns": [column.name for column in table.columns],
            "rows": rows[table.name],
        }
        for table in METADATA.sorted_tables
    }
    return {"kind": _KIND, "format": FORMAT, "form": FORM, "made": made} | {
        "tables": tables
    }


def _rows(connection: sa.Connection) -> Iterator[list[Any]]:
    for table in METADATA.sorted_tables:
        for row in connection.execute(sa.select(*table.c).order_by(*table.primary_key)):
            yield [_written(value) for value in row]


def _written(value: Any) -> Any:  # noqa: ANN401  as the row has it
    if isinstance(value, bytes | memoryview):
        return {_BYTES: base64.b64encode(value).decode("ascii")}
    return value


def _line(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode("ascii") + b"\n"


def check(stream: BinaryIO, name: str) -> Backup:
    """Read a backup to its end.

    Raises WorkbenchError, which says what is wrong with the file of that name.
    """
    reader = _Reader(stream, name)
    for _ in reader.rows():
        pass
    return Backup(reader.head.rows, reader.head.made, reader.digest)


def restore(ledger: Ledger, stream: BinaryIO, name: str) -> None:
    """Fill an empty store with what a backup holds: all of it, or nothing.

    Raises WorkbenchError for a file that `check` would refuse, LedgerError for a store
    that is not empty or does not take it.
    """
    reader = _Reader(stream, name)
    with ledger.filling() as add:
        for table, of_table in itertools.groupby(reader.rows(), lambda one: one[0]):
            rows = (row for _, row in of_table if not _is_form(table, row))
            while some := list(itertools.islice(rows, _AT_A_TIME)):
                add(METADATA.tables[table], some)


def _is_form(table: str, row: Mapping[str, Any]) -> bool:
    return table == FACTS.name and row["name"] == FORM_NOTE


class _Reader:
    """Reads a backup line by line; whether it is whole is known at its end alone."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._name = name
        self._packed = gzip.GzipFile(fileobj=stream, mode="rb")
        self._summed = hashlib.sha256()
        self.head = self._read_head()

    @property
    def digest(self) -> str:
        """The digest of the lines read so far."""
        return f"sha256:{self._summed.hexdigest()}"

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Give each row with its table, and check the end."""
        for table, columns in self.head.columns.items():
            for _ in range(self.head.rows[table]):
                values = self._value(self._line())
                if not isinstance(values, list) or len(values) != len(columns):
                    raise self._damaged("a row has not the columns of its table")
                read = map(self._read, values)
                yield table, dict(zip(columns, read, strict=True))
        expected = self._summed.hexdigest()
        if self._value(self._line()) != {"sha256": expected}:
            raise self._damaged("its content does not fit its digest")
        if self._next():
            raise self._damaged("something follows its end")

    def _read_head(self) -> _Head:
        try:
            data = self._packed.readline(_LONGEST)
            head = json.loads(data) if data.endswith(b"\n") else None
        except EOFError:
            raise self._cut() from None
        except (*_NOT_GZIP, ValueError, RecursionError):
            head = None
        if not isinstance(head, dict) or head.get("kind") != _KIND:
            raise self._fault("no backup of a store; use what workbench backup wrote")
        self._summed.update(data)
        self._require_known(head)
        try:
            tables = head["tables"]
            columns = {name: tuple(one["columns"]) for name, one in tables.items()}
            rows = {name: int(one["rows"]) for name, one in tables.items()}
            made = str(head["made"])
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            raise self._damaged("its first line is not what it was") from None
        for name, found in columns.items():
            table = METADATA.tables.get(name)
            if table is None or not {*table.columns.keys()} >= {*found}:
                raise self._damaged(f"the table {name!r} is none of this program's")
        return _Head(made, columns, rows)

    def _require_known(self, head: Mapping[str, Any]) -> None:
        for key, most in (("format", FORMAT), ("form", FORM)):
            found = head.get(key)
            if not isinstance(found, int):
                raise self._damaged("its first line is not what it was")
            if found > most:
                raise self._fault(
                    f"written by a newer version of this program (it has {key} "
                    f"{found}, and this program reads up to {most})"
                )

    def _line(self) -> bytes:
        data = self._next()
        if not data:
            raise self._cut()
        return data

    def _next(self) -> bytes:
        try:
            return self._packed.readline(_LONGEST)
        except EOFError:
            raise self._cut() from None
        except _NOT_GZIP as error:
            raise self._damaged(str(error)) from None

    def _value(self, data: bytes) -> Any:  # noqa: ANN401  JSON is any value
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            raise self._damaged("a line is no JSON") from None
        if isinstance(value, list):
            self._summed.update(data)
        return value

    def _read(self, value: Any) -> Any:  # noqa: ANN401  as the row had it
        if isinstance(value, int) and not -_MOST <= value < _MOST:
            raise self._damaged("a number of a row is larger than any store holds")
        if not isinstance(value, list | dict):
            return value
        try:
            return base64.b64decode(dict(value)[_BYTES], validate=True)
        except (TypeError, ValueError, KeyError):
            raise self._damaged("a value of a row is none") from None

    def _cut(self) -> WorkbenchError:
        return self._fault("cut off: it ends before its last line")

    def _damaged(self, said: str) -> WorkbenchError:
        return self._fault(f"damaged: {said}")

    def _fault(self, said: str) -> WorkbenchError:
        return WorkbenchError(f"{self._name}: {said}; nothing was restored")
