"""Matrices in text files of separated values: CSV, with any common separator.

Only bytes become a sheet here; what its texts mean is read by `table`.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from workbench.exchange.choices import NONE, Choices
from workbench.exchange.content import of_tables
from workbench.exchange.imported import Imported, Unreadable
from workbench.exchange.plain_text import LOOK, MAX_BYTES, decoded, is_text
from workbench.exchange.plain_text import encoding as encoding_of
from workbench.exchange.tables import answers, columns, table
from workbench.exchange.tables.sheet import MAX_COLUMNS, MAX_PLACES, MAX_ROWS, Sheet

TITLE: Final = "Table (CSV)"
_MAX_LINE: Final = 1_000_000
_SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_GUARDED: Final = ("'=", "'+", "'-", "'@", "'\t", "'\r", "'\n")
_STATEMENT: Final = re.compile(r"^(?:INSERT INTO|CREATE TABLE)\s", re.MULTILINE)


def recognises(data: bytes) -> bool:
    """Tell whether bytes are text in columns, and not some other kind of text."""
    if not is_text(data):
        return False
    text, _ = decoded(data[:LOOK], whole=False)
    if text.lstrip().startswith("<") or _STATEMENT.search(text):
        return False
    return any(mark in text for mark in _SEPARATORS) and "\n" in text.replace(
        "\r", "\n"
    )


def read(data: bytes, choices: Choices = NONE) -> tuple[Imported, ...]:
    """Read the one matrix of a table.

    Raises Unreadable.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"{len(data):,} bytes; a table of at most {MAX_BYTES:,} is read"
        )
    encoding, said = encoding_of(data, whole=True)
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
    return table.read(Sheet("", lines, numbers, understood=notes), TITLE, choices)


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
    first = next(_lines(data[:LOOK], encoding), "").strip("\r\n\ufeff")
    named = first[4:]
    return named if first.startswith("sep=") and named in _SEPARATORS else ""


def _separator(data: bytes, encoding: str) -> str:
    """Choose the separator by which the file has ratings in cells and even rows.

    One that shows the names of a table of ours comes first: it may have no ratings, and
    any text in its cells.
    """
    even = LOOK - 4
    start = data[:even] if len(data) > LOOK else data
    best, chosen = (False, 0, 0, 0), ","
    for separator in _SEPARATORS:
        widths: Counter[int] = Counter()
        ratings, ours = 0, False
        try:
            for _, record in _records(start, encoding, separator):
                widths[len(record)] += 1
                ours = ours or bool(columns.ours(record))
                ratings += sum(answers.looks_rated(t) for t in record)
        except Unreadable:
            if not widths:
                continue
        width, rows = max(
            widths.items(), key=lambda one: (one[0] > 1, one[1]), default=(1, 0)
        )
        found = (ours, ratings, rows, width)
        if width > 1 and found > best:
            best, chosen = found, separator
    return chosen


def _unguarded(text: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from running a text."""
    return text[1:] if text.startswith(_GUARDED) else text


FORMATS: Final = (of_tables(TITLE, recognises, read, of_text=True),)
