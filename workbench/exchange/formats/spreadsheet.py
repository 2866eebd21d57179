"""Matrices in other spreadsheets: OpenDocument (.ods), old and binary Excel.

The file is read by a library in a process with limits; only its rows become sheets of
texts here, and what the texts mean is read by `table`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from workbench.exchange import markup, rows_apart
from workbench.exchange.choices import NONE, Choices
from workbench.exchange.content import of_tables
from workbench.exchange.imported import Imported, Unreadable
from workbench.exchange.looks import OpenFills
from workbench.exchange.packed import ZIP, Parts
from workbench.exchange.tables import answers, collected
from workbench.exchange.tables.sheet import MAX_COLUMNS, Sheet, of_cells
from workbench.wording import clipped

TITLE: Final = "Spreadsheet (ODS, XLS, XLSB)"
MAX_BYTES: Final = 32_000_000
_MAX_UNPACKED: Final = 96_000_000
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROTECTED: Final = "EncryptedPackage".encode("utf-16-le")
_ODS: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_CONTENT: Final = "content.xml"
_MAX_ELEMENTS: Final = 3_000_000
_BINARY: Final = b"xl/workbook.bin"
_SECONDS: Final = 20  # of the clock, where the machine is busy
_MAX_MERGED: Final = 10_000


def recognises(data: bytes) -> bool:
    """Tell whether bytes are such a spreadsheet."""
    if data.startswith(_OLE):
        return True
    packed = data.startswith(ZIP)
    return packed and (_ODS in data[:200] or _BINARY in data)


def read(data: bytes, choices: Choices = NONE) -> tuple[Imported, ...]:
    """Read the matrices of a spreadsheet, one for each sheet that holds one.

    Raises Unreadable.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"{len(data):,} bytes; a workbook of at most {MAX_BYTES:,} is read"
        )
    _guard(data)
    return collected.read(
        _sheets(_rows(data), _fills(data)),
        TITLE,
        choices,
        nothing="the workbook holds no sheet with cells",
    )


def _guard(data: bytes) -> None:
    """Refuse what is protected, or unpacks to too much.

    Raises Unreadable.
    """
    if not data.startswith(_OLE):
        parts = Parts(data, _MAX_UNPACKED)
        for name in parts.names:
            for _ in parts.pieces(name):
                pass
    elif _PROTECTED in data:
        raise Unreadable(
            "the workbook is protected by a password; take the password off and "
            "save it again"
        )


def _rows(data: bytes) -> list[dict[str, Any]]:
    """Have another process read the rows.

    Raises Unreadable for what it cannot read within its limits.
    """
    command = [sys.executable, "-I", str(Path(rows_apart.__file__))]
    try:
        done = subprocess.run(  # noqa: S603  our own file, and no text of the user's
            command, input=data, capture_output=True, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(_too_much()) from error
    if done.returncode:
        raise Unreadable(_too_much())
    found: dict[str, Any] = json.loads(done.stdout)
    if "fault" in found:
        raise Unreadable(found["fault"])
    sheets: list[dict[str, Any]] = found["sheets"]
    return sheets


def _too_much() -> str:
    most = rows_apart.MEMORY // 1_000_000
    return (
        f"damaged, or it takes more than {rows_apart.SECONDS} s or {most} MB to read; "
        "save the matrix in a file of its own"
    )


def _fills(data: bytes) -> Mapping[str, Mapping[tuple[int, int], str]]:
    """Give the colours of cells by sheet, for a form that says them in XML."""
    if _ODS not in data[:200]:
        return {}
    found = OpenFills()
    pieces = Parts(data, _MAX_UNPACKED).pieces(_CONTENT)
    markup.walk(pieces, found, _CONTENT, max_elements=_MAX_ELEMENTS)
    return found.found


def _sheets(
    found: list[dict[str, Any]],
    fills: Mapping[str, Mapping[tuple[int, int], str]],
) -> Iterator[Sheet]:
    for one in found:
        name = clipped(one["name"], 60)
        rows = {number: dict(cells) for number, cells in one["rows"]}
        said = [f"The sheet “{name}” is hidden, and read all the same"]
        said = said if one["hidden"] else []
        if one["merged"]:
            said.append("Merged cells are read as if each held what they show")
        headings = _spread(rows, one["merged"][:_MAX_MERGED])
        if rows:
            yield of_cells(
                name, rows, headings=headings, said=said, fills=fills.get(one["name"])
            )


def _spread(rows: dict[int, dict[int, str]], merged: list[list[int]]) -> dict[int, int]:
    """Fill merged cells where each would hold the value; give the headings."""
    headings = {}
    order = sorted(rows)
    for top, left, bottom, right in merged:
        text = rows.get(top + 1, {}).get(left, "")
        if not text:
            continue
        if left == right or answers.looks_rated(text):
            last = min(right, MAX_COLUMNS - 1)
            within = order[
                bisect_left(order, top + 1) : bisect_right(order, bottom + 1)
            ]
            for row in within:
                for column in range(left, last + 1):
                    rows[row].setdefault(column, text)
        elif len(rows[top + 1]) == 1:
            headings[top + 1] = right
    return headings


FORMATS: Final = (of_tables(TITLE, recognises, read),)
