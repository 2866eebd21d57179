"""A binary workbook (XLSB), put together record by record as MS-XLSB describes it."""

from __future__ import annotations

import struct

from tests.exchange.packages import packed, related
from tests.exchange.test_layouts import scores
from workbench import exchange
from workbench.exchange import refusal

# MS-XLSB 2.3.2: the numbers of records.
ROW, ST, REAL = 0, 6, 5
BEGIN_SHEET, END_SHEET, BEGIN_BOOK, END_BOOK = 129, 130, 131, 132
BEGIN_BUNDLES, END_BUNDLES, BUNDLE = 143, 144, 156
BEGIN_DATA, END_DATA, DIMENSION = 145, 146, 148


def record(number: int, data: bytes = b"") -> bytes:
    """MS-XLSB 2.1.4: the number and the size, seven bits a byte."""

    def packed_number(value: int) -> bytes:
        found = bytearray()
        while True:
            value, low = value >> 7, value & 0x7F
            found.append(low | (0x80 if value else 0))
            if not value:
                return bytes(found)

    kind = (
        bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    )
    return kind + packed_number(len(data)) + data


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def cell(column: int, value: str | float) -> bytes:
    where = struct.pack("<II", column, 0)
    if isinstance(value, str):
        return record(ST, where + wide(value))
    return record(REAL, where + struct.pack("<d", value))


def book(rows: list[list[str | float]]) -> bytes:
    body = b"".join(
        record(ROW, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        + b"".join(cell(c, value) for c, value in enumerate(row) if value != "")
        for number, row in enumerate(rows)
    )
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    sheet = (
        record(BEGIN_SHEET)
        + record(DIMENSION, size)
        + record(BEGIN_DATA)
        + body
        + record(END_DATA)
        + record(END_SHEET)
    )
    bundle = struct.pack("<II", 0, 1) + wide("r1") + wide("Matrix")
    workbook = (
        record(BEGIN_BOOK)
        + record(BEGIN_BUNDLES)
        + record(BUNDLE, bundle)
        + record(END_BUNDLES)
        + record(END_BOOK)
    )
    kind = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="bin" ContentType="{kind}"/></Types>'
    )
    return packed(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": related(officeDocument="xl/workbook.bin"),
            "xl/_rels/workbook.bin.rels": related(worksheet="worksheets/sheet1.bin"),
            "xl/workbook.bin": workbook,
            "xl/worksheets/sheet1.bin": sheet,
        }
    )


ROWS: list[list[str | float]] = [
    ["Evidence", "Weight", "H1 Lightning", "H2 Arson"],
    ["Clear night", 0.5, "II", "C"],
    ["Lock was forced", 2.0, "I", "CC"],
    ["No watch book", 1.0, "C", "I (one page torn)"],
]


def test_a_binary_workbook_is_read_like_any_other():
    (found,) = exchange.read(book(ROWS), "matrix.xlsb")
    assert refusal(found) == ""
    assert (found.read, found.listed) == (6, ())
    assert scores(found) == [3, 1]
    assert [item.credibility for item in found.case.evidence] == [0.5, 2.0, 1.0]


def test_a_cell_of_a_binary_workbook_that_nobody_can_read_is_listed():
    rows = [*ROWS, ["Smoke", 1.0, "qz", "N"]]
    (found,) = exchange.read(book(rows), "matrix.xlsb")
    assert [(c.place, c.content) for c in found.listed] == [("C5", "qz")]
