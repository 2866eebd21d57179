"""Matrices in text files of separated values: CSV, with any common separator.

Only bytes become a sheet here; what its texts mean is read by `table`.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from workbench.exchange.content import of_bytes
from workbench.exchange.draft import Imported, Unreadable
from workbench.exchange.tables import table
from workbench.exchange.tables.sheet import MAX_COLUMNS, MAX_PLACES, MAX_ROWS, Sheet
from workbench.exchange.tables.written import MEANING, key, sign

TITLE: Final = "Table (CSV)"
MAX_BYTES: Final = 16_000_000
_MAX_LINE: Final = 1_000_000
_LOOK: Final = 65_536
_SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_GUARDED: Final = ("'=", "'+", "'-", "'@", "'\t", "'\r", "'\n")
_STATEMENT: Final = re.compile(r"^(?:INSERT INTO|CREATE TABLE)\s", re.MULTILINE)
_NOT_TEXT: Final = frozenset(map(chr, range(32))) - set("\t\n\r\f\v")


def recognises(data: bytes) -> bool:
    """Tell whether bytes are text in columns, and not some other kind of text."""
    try:
        encoding = _encoding(data[:_LOOK], whole=False)[0]
    except Unreadable:
        return False
    text = codecs.getincrementaldecoder(encoding)("replace").decode(data[:_LOOK])
    opening = text.lstrip()
    if _NOT_TEXT & set(text) or opening.startswith(("{", "[{", "[[", "<")):
        return False
    if _STATEMENT.search(text):
        return False
    return any(mark in text for mark in _SEPARATORS) and "\n" in text.replace(
        "\r", "\n"
    )


def read(data: bytes) -> tuple[Imported, ...]:
    """Read the one matrix of a table.

    Raises Unreadable.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"{len(data):,} bytes; a table of at most {MAX_BYTES:,} is read"
        )
    encoding, said = _encoding(data, whole=True)
    start = _hint(data, encoding)
    separator = start or _separator(data, encoding)
    lines: list[list[str]] = []
    numbers: list[int] = []
    places = 0
    for number, record in _records(data, encoding, separator, skip=bool(start)):
        texts = [_unguarded(text).strip() for text in record]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        if len(texts) > MAX_COLUMNS:
            raise Unreadable(
                f"row {number}: {len(texts):,} columns; at most {MAX_COLUMNS:,} are "
                "read"
            )
        places += len(texts)
        if len(lines) >= MAX_ROWS or places > MAX_PLACES:
            raise Unreadable(
                f"row {number}: more than {MAX_ROWS:,} rows or {MAX_PLACES:,} cells; "
                "split the file"
            )
        lines.append(texts)
        numbers.append(number)
    if not lines:
        raise Unreadable("the file is empty")
    notes = (f"The text is {said}, its columns parted by {_SEPARATORS[separator]}",)
    return (table.read(Sheet("", lines, numbers, understood=notes), TITLE),)


def _encoding(data: bytes, *, whole: bool) -> tuple[str, str]:
    """Give the encoding of a text, and its name.

    Raises Unreadable for what is no text.
    """
    for mark, encoding, name in _MARKS:
        if data.startswith(mark) and (encoding or data[2:4] == b"\0\0"):
            if not encoding:
                raise Unreadable(f"the text is in {name}; save it as UTF-8")
            return encoding, f"{name} with a byte order mark"
    head = data[:_LOOK]
    if b"\0" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if odd > len(head) // 8 and even < odd // 8:
            return "utf-16-le", "UTF-16 without a byte order mark"
        if even > len(head) // 8 and odd < even // 8:
            return "utf-16-be", "UTF-16 without a byte order mark"
        place = head.index(b"\0")
        raise Unreadable(f"no text: the byte at {place:,} is zero; save it as CSV")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for place in range(0, len(data), 1 << 20):
            decoder.decode(data[place : place + (1 << 20)])
        decoder.decode(b"", final=whole)
    except UnicodeDecodeError:
        return "cp1252", "windows-1252"
    return "utf-8", "UTF-8"


def _lines(data: bytes, encoding: str) -> Iterator[str]:
    """Walk the lines of a text without holding it; none may be endless."""
    errors = "replace" if encoding == "cp1252" else "strict"
    text = io.TextIOWrapper(io.BytesIO(data), encoding, errors, newline="")
    number = 0
    while True:
        number += 1
        try:
            line = text.readline(_MAX_LINE)
        except UnicodeError as error:
            raise Unreadable(
                f"line {number:,}: not a text in {encoding.upper()}, or cut short"
            ) from error
        if not line:
            return
        if len(line) == _MAX_LINE:
            raise Unreadable(
                f"line {number:,}: more than {_MAX_LINE:,} characters long"
            )
        yield line


def _records(
    data: bytes, encoding: str, separator: str, *, skip: bool = False
) -> Iterator[tuple[int, list[str]]]:
    """Walk the rows with their numbers, counted as a spreadsheet counts them."""
    number, parts, started = 0, 0, 0

    def fed() -> Iterator[str]:
        nonlocal parts, started
        for count, line in enumerate(_lines(data, encoding), start=1):
            if skip and count == 1:
                continue
            parts += line.count(separator) + 1
            started = started or count
            if parts > 20 * MAX_COLUMNS:
                raise Unreadable(
                    f"row {number + 1}, line {started:,}: more than "
                    f"{20 * MAX_COLUMNS:,} columns or lines; is a quotation mark "
                    "never closed?"
                )
            yield line

    rows = csv.reader(fed(), delimiter=separator)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(
                f"row {number + 1}, line {max(started, 1):,}: {error}; is a quotation "
                "mark never closed?"
            ) from error
        number += 1
        parts = started = 0
        yield number, row


def _hint(data: bytes, encoding: str) -> str:
    """Give the separator that the first line, `sep=;`, names for spreadsheets."""
    first = next(_lines(data[:_LOOK], encoding), "").strip("\r\n\ufeff")
    named = first[4:]
    return named if first.startswith("sep=") and named in _SEPARATORS else ""


def _separator(data: bytes, encoding: str) -> str:
    """Choose the separator by which the file has ratings in cells and even rows."""
    even = _LOOK - 4
    start = data[:even] if len(data) > _LOOK else data
    best, chosen = (0, 0, 0), ","
    for separator in _SEPARATORS:
        widths: Counter[int] = Counter()
        ratings = 0
        try:
            for _, record in _records(start, encoding, separator):
                widths[len(record)] += 1
                ratings += sum(
                    len(t) < 40 and (key(t) in MEANING or sign(t) != "")  # noqa: PLR2004
                    for t in record
                )
        except Unreadable:
            if not widths:
                continue
        width, rows = max(
            widths.items(), key=lambda one: (one[0] > 1, one[1]), default=(1, 0)
        )
        if width > 1 and (ratings, rows, width) > best:
            best, chosen = (ratings, rows, width), separator
    return chosen


def _unguarded(text: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from running a text."""
    return text[1:] if text.startswith(_GUARDED) else text


FORMATS: Final = (of_bytes(TITLE, recognises, read, of_text=True),)
