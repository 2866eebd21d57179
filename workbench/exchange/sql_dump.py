"""Read the rows of a MySQL dump as text; no statement is ever run.

Statements other than INSERT and CREATE TABLE are passed over. Every step goes forward,
so that the time grows with the size of a dump and no faster.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from workbench.exchange.imported import Unreadable

MAX_BYTES: Final = 16_000_000
_MAX_VALUES: Final = 1_500_000
_COMMENTS: Final = (
    r"--(?=\s|$)[^\n]*+|\#[^\n]*+|/\*(?:[^*]++|\*(?!/))*+(?:\*/|\Z)"  # to the end
)
_TEXT: Final = r"'(?:[^'\\]++|\\.|'')*+(?:'|\Z)"
_GAP: Final = re.compile(rf"(?:\s++|;|{_COMMENTS})*+", re.DOTALL)
_REST: Final = re.compile(
    rf"(?:[^;'\"`\#/-]++|{_TEXT}|\"(?:[^\"\\]++|\\.)*+(?:\"|\Z)|`[^`]*+(?:`|\Z)"
    rf"|{_COMMENTS}|[/-])*+(?:;|\Z)",
    re.DOTALL,
)
_INSERT: Final = re.compile(
    r"(?:INSERT|REPLACE)\s+(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE)\s+)*+"
    r"(?:INTO\s+)?(?:`?\w+`?\.)?`?(\w+)`?\s*(?:\(([^)]{0,5000})\)\s*)?VALUES?\s*",
    re.IGNORECASE,
)
_CREATE: Final = re.compile(
    r"CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:`?\w+`?\.)?`?(\w+)`?\s*\(",
    re.IGNORECASE,
)
_COLUMN: Final = re.compile(
    r"[(,]\s*`?(\w+)`?\s+(?:(?:tiny|small|medium|big)?int|integer|decimal|numeric|float"
    r"|double|real|(?:var)?char|(?:var)?binary|(?:tiny|medium|long)?(?:text|blob)"
    r"|date(?:time)?|timestamp|time|year|enum|set|bool(?:ean)?|bit)\b",
    re.IGNORECASE,
)
_VALUE: Final = re.compile(
    r"\s*+(?:_\w+\s*+)?(?:'((?:[^'\\]++|\\.|'')*+)'|([^\s,()'\"`;]++))\s*+([,)])",
    re.DOTALL,
)
_TEXTS: Final = re.compile(_TEXT, re.DOTALL)
_OPEN: Final = re.compile(r"\s*+\(")
_NEXT: Final = re.compile(r"\s*+([,;]|\Z)")
_ESCAPED: Final = re.compile(r"\\(.)|''", re.DOTALL)
_ESCAPES: Final = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a"}

Row = Mapping[str, str]


@dataclass
class Table:
    """The rows of one table, as texts by column; NULL is an empty text."""

    rows: list[Row] = field(default_factory=list)
    count: int = 0


def text(data: bytes) -> str:
    """Decode a dump: by its byte order mark, as UTF-8, else as windows-1252.

    What MySQL calls latin1 is windows-1252. Raises Unreadable for a dump too large.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"{len(data):,} bytes; a dump of at most {MAX_BYTES:,} is read"
        )
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def tables(
    dump: str,
    wanted: Mapping[str, Sequence[str]],
    usual: Mapping[str, Sequence[str]],
) -> dict[str, Table]:
    """Read the tables of a dump by name, of each the columns that are wanted.

    Columns stand in the order that the statement lists, else that of the table's CREATE
    TABLE, else of `usual`. All other tables are counted only. Raises Unreadable with
    the line of what is damaged, or has other columns.
    """
    return _Scan(dump, wanted, usual).tables()


class _Scan:
    """Goes through a dump once."""

    def __init__(
        self,
        dump: str,
        wanted: Mapping[str, Sequence[str]],
        usual: Mapping[str, Sequence[str]],
    ) -> None:
        self.dump, self.wanted = dump, wanted
        self.columns: dict[str, Sequence[str]] = dict(usual)
        self.found: dict[str, Table] = {}
        self.place = 0
        self.values = 0

    def tables(self) -> dict[str, Table]:
        while True:
            self.place = self._end(_GAP)
            if self.place >= len(self.dump):
                return self.found
            if insert := _INSERT.match(self.dump, self.place):
                self.place = insert.end()
                self._insert(insert[1].lower(), insert[2])
                continue
            end = self._end(_REST)
            if create := _CREATE.match(self.dump, self.place, end):
                body = _TEXTS.sub("''", self.dump[create.end() - 1 : end])
                names = [one[1].lower() for one in _COLUMN.finditer(body)]
                self.columns[create[1].lower()] = names
            self.place = max(end, self.place + 1)

    def _end(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self.dump, self.place)
        return found.end() if found else self.place

    def _insert(self, table: str, listed: str | None) -> None:
        columns = self.columns.get(table, ())
        if listed is not None:
            columns = [name.strip(" `\n\r\t").lower() for name in listed.split(",")]
        kept = self.found.setdefault(table, Table())
        wanted = self.wanted.get(table, ())
        places = {columns.index(name): name for name in wanted if name in columns}
        while True:
            kept.count += 1
            row, count = self._row(places)
            if wanted and columns and count != len(columns):
                raise self._fault(
                    f"a row of {table} has {count} values for {len(columns)} columns"
                )
            if places:
                kept.rows.append(row)
            after = _NEXT.match(self.dump, self.place)
            if not after:
                raise self._fault(f"a row of {table} is followed by neither , nor ;")
            self.place = after.end()
            if after[1] != ",":
                return

    def _row(self, places: Mapping[int, str]) -> tuple[Row, int]:
        opening = _OPEN.match(self.dump, self.place)
        if not opening:
            raise self._fault("a row of values is expected; the dump is damaged")
        self.place = opening.end()
        row: dict[str, str] = {}
        for count, (value, last) in enumerate(self._values()):
            if count in places:
                row[places[count]] = value
            if last:
                return row, count + 1
        raise self._fault("the row is never closed")

    def _values(self) -> Iterator[tuple[str, bool]]:
        while True:
            self.values += 1
            if self.values > _MAX_VALUES:
                raise self._fault(f"more than {_MAX_VALUES:,} values; split the dump")
            found = _VALUE.match(self.dump, self.place)
            if not found:
                raise self._fault(
                    "a value that cannot be read, or never ends; the dump is damaged "
                    "or cut short"
                )
            self.place = found.end()
            quoted, bare = found[1], found[2]
            if quoted is None:
                value = "" if bare.upper() == "NULL" else bare
            else:
                value = quoted
                if "\\" in value or "''" in value:
                    value = _ESCAPED.sub(_unescaped, value)
            yield value, found[3] == ")"

    def _fault(self, message: str) -> Unreadable:
        line = self.dump.count("\n", 0, self.place) + 1
        return Unreadable(f"line {line:,}: {message}")


def _unescaped(found: re.Match[str]) -> str:
    letter = found[1]
    return "'" if letter is None else _ESCAPES.get(letter, letter)
