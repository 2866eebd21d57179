"""Tables for Word: which columns fit beside each other, how wide, and the cells.

Lengths are twips, twentieths of a point. A table of more hypotheses than fit becomes
several, each with the columns that name and weigh the items.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement

from workbench.charts.matrix_chart import FILLS
from workbench.report.content.blocks import Cell, Table
from workbench.report.word.xml import add, add_paragraph, add_text

_NAME: Final = 2200  # the least that a column of names is given
_CODE: Final = (680, 1000)  # the least and the most for a column of codes
_NUMBER: Final = (800, 1500)  # likewise of numbers
_LETTER: Final = 92  # of the tables' type, bold, on average
_PADDING: Final = 150  # of a cell, left and right
_TEXT: Final = (10, 70)  # letters: a column of texts is given room for so many
_WORD: Final = 16  # letters: a word of so many is not parted
_UNSPLIT: Final = 1200  # letters of a cell that stays on one page
_SHADED: Final = ("CC", "C", "I", "II")
_STYLES: Final = {"number": "TableNumber", "code": "TableCode"}


def parts(table: Table, width: int) -> list[tuple[int, ...]]:
    """Split a table's columns so that each part fits into a width.

    Gives the columns' numbers, part by part. Only columns of codes are ever parted; the
    others stand in every part.
    """
    codes = [n for n, column in enumerate(table.columns) if column.kind == "code"]
    lead = [n for n, column in enumerate(table.columns) if column.kind != "code"]
    texts = [n for n in lead if n == 0 or table.columns[n].kind != "number"]
    taken = sum(_NAME if n in texts else _short(table, n) for n in lead)
    room = (width - taken) // max((_short(table, n) for n in codes), default=1)
    if not codes or len(codes) <= room:
        return [tuple(range(len(table.columns)))]
    count = -(-len(codes) // max(room, 1))
    size = -(-len(codes) // count)
    chunks = [codes[i : i + size] for i in range(0, len(codes), size)]
    return [tuple(sorted([*lead, *chunk])) for chunk in chunks]


def add_table(
    parent: BaseOxmlElement, table: Table, columns: Sequence[int], width: int
) -> None:
    """Append a table, or some of its columns, `width` wide.

    The first row is repeated on each page, and no row is parted that fits on one.
    """
    element = add(parent, "tbl")
    properties = add(element, "tblPr")
    add(properties, "tblStyle", val="ReportTable")
    add(properties, "tblW", w=str(width), type="dxa")
    add(properties, "tblLayout", type="fixed")
    add(
        properties,
        "tblLook",
        val="06A0",
        firstRow="1",
        lastRow="0",
        firstColumn="1",
        lastColumn="0",
        noHBand="1",
        noVBand="1",
    )
    add(properties, "tblCaption", val=table.caption)
    widths = _widths(table, columns, width)
    grid = add(element, "tblGrid")
    for one in widths:
        add(grid, "gridCol", w=str(one))
    styles = [_STYLES.get(table.columns[n].kind, "TableText") for n in columns]
    styles[0] = "TableText"
    row = _row(element, header=True)
    for n, style, one in zip(columns, styles, widths, strict=True):
        add_paragraph(_cell(row, one), style, table.columns[n].name)
    for foot, cells in ((False, table.rows), (True, table.foot)):
        for values in cells:
            picked = [values[n] for n in columns]
            longest = max(len(cell.text) for cell in picked)
            row = _row(element, whole=longest <= _UNSPLIT)
            for cell, style, one in zip(picked, styles, widths, strict=True):
                _value(row, cell, style, one, foot=foot)


def _row(
    table: BaseOxmlElement, *, header: bool = False, whole: bool = True
) -> BaseOxmlElement:
    row = add(table, "tr")
    if header or whole:
        properties = add(row, "trPr")
        if whole:
            add(properties, "cantSplit")
        if header:
            add(properties, "tblHeader")
    return row


def _cell(row: BaseOxmlElement, width: int, fill: str = "") -> BaseOxmlElement:
    cell = add(row, "tc")
    properties = add(cell, "tcPr")
    add(properties, "tcW", w=str(width), type="dxa")
    if fill:
        add(properties, "shd", val="clear", color="auto", fill=fill)
    return cell


def _value(
    row: BaseOxmlElement, cell: Cell, style: str, width: int, *, foot: bool
) -> None:
    code = cell.kind == "code"
    shaded = code and cell.text in _SHADED
    fill = FILLS[cell.text].removeprefix("#") if shaded else ""
    paragraph = add_paragraph(_cell(row, width, fill), style)
    strong = foot or (code and cell.text in ("CC", "II"))
    if cell.text:
        add_text(paragraph, cell.text, "Strong" if strong else "")
    if cell.was:
        add_text(paragraph, f"\nwas {cell.was}", "Published")


def _widths(table: Table, columns: Sequence[int], width: int) -> list[int]:
    """Share a width among columns; those of texts take what the others leave."""
    fixed = {
        n: _short(table, n)
        for n in columns[1:]
        if table.columns[n].kind in ("code", "number")
    }
    loose = {n: _letters(table, n) for n in columns if n not in fixed}
    least = _NAME * len(loose)
    spare = width - least
    if (taken := sum(fixed.values())) > spare > 0:
        fixed = {n: one * spare // taken for n, one in fixed.items()}
        taken = sum(fixed.values())
    shares = fixed | _shares(loose, {n: _word(table, n) for n in loose}, width - taken)
    found = [shares[n] for n in columns]
    found[0] += width - sum(found)
    return found


def _shares(
    letters: dict[int, int], least: dict[int, int], width: int
) -> dict[int, int]:
    """Share a width by letters, but to none less than its least where there is room."""
    total = sum(letters.values())
    shares = {n: width * one // total for n, one in letters.items()}
    narrow = {n: one for n, one in least.items() if shares[n] < one}
    if not narrow or sum(least.values()) > width:
        return shares
    others = {n: one for n, one in letters.items() if n not in narrow}
    if not others:
        return shares
    left = width - sum(narrow.values())
    return narrow | _shares(others, {n: least[n] for n in others}, left)


def _short(table: Table, n: int) -> int:
    """Give the width of a column of codes or numbers, none of which is parted."""
    column = table.columns[n]
    cells = [row[n].text for row in (*table.rows, *table.foot)]
    longest = max(map(len, [*column.name.split(), *cells]), default=0)
    least, most = _CODE if column.kind == "code" else _NUMBER
    return min(max(longest * _LETTER + _PADDING, least), most)


def _word(table: Table, n: int) -> int:
    """Give the width at which no usual word of a column of texts is parted."""
    texts = [table.columns[n].name, *(row[n].text for row in table.rows)]
    longest = max(len(word) for text in texts for word in text.split() or ("",))
    return min(longest, _WORD) * _LETTER + _PADDING


def _letters(table: Table, n: int) -> int:
    """Give the letters that a column of texts is given room for."""
    texts = [table.columns[n].name, *(row[n].text for row in table.rows)]
    least, most = _TEXT
    return min(max(least, *map(len, texts)), most)
