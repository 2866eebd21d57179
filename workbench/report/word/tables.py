"""Tables for Word: their rows and cells; lengths are twips, twentieths of a point."""

from __future__ import annotations

from typing import Final

from docx.oxml.xmlchemy import BaseOxmlElement

from workbench.grid.palette import FILLS, STRONG
from workbench.report.content.blocks import Cell, Table
from workbench.report.sizing import Face, cut, head, shares
from workbench.report.word.xml import add, add_paragraph, add_text

_MM: Final = 1440 / 25.4  # twips
# Fonts that stand in where Inter is missing are broader by up to a third.
FACE: Final = Face(head=8.5, body=8.5, padding=2.8, tight=2.8, broader=1.33)
_UNSPLIT: Final = 1200  # letters of a cell that stays on one page
_SHORT: Final = 10  # rows of a table that stays on one page
_STYLES: Final = {"number": "TableNumber", "code": "TableCode"}


def cut_to(table: Table, width: int) -> list[Table]:
    """Cut a table that is wider than so many twips into several."""
    return cut(table, width / _MM, FACE)


def add_table(parent: BaseOxmlElement, table: Table, width: int) -> None:
    """Append a table, `width` wide.

    The first row is repeated on each page and never stands alone; no row is parted that
    fits on one page, and neither is a table of few rows.
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
    widths = _widths(table, width)
    grid = add(element, "tblGrid")
    for one in widths:
        add(grid, "gridCol", w=str(one))
    styles = [_STYLES.get(column.kind, "TableText") for column in table.columns]
    styles[0] = "TableText"
    row = _row(element, header=True)
    for column, style, one in zip(table.columns, styles, widths, strict=True):
        add_paragraph(_cell(row, one), style, head(column), keep_next=True)
    everything = [*table.rows, *table.foot]
    together = len(everything) <= _SHORT
    for number, cells in enumerate(everything, start=1):
        longest = max(len(cell.text) for cell in cells)
        row = _row(element, whole=longest <= _UNSPLIT)
        foot = number > len(table.rows)
        keep = together and number < len(everything)
        for cell, style, one in zip(cells, styles, widths, strict=True):
            shaded = cell.kind == "code" and cell.text in FILLS
            fill = FILLS[cell.text].removeprefix("#") if shaded else ""
            paragraph = add_paragraph(_cell(row, one, fill), style, keep_next=keep)
            _value(paragraph, cell, strong=foot)


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


def _value(paragraph: BaseOxmlElement, cell: Cell, *, strong: bool) -> None:
    light = cell.kind == "code" and cell.text in STRONG
    if cell.text:
        style = "Light" if light else "Strong" if strong else ""
        add_text(paragraph, cell.text, style)
    if cell.was:
        style = "LightPublished" if light else "Published"
        add_text(paragraph, f"\nwas {cell.was}", style)


def _widths(table: Table, width: int) -> list[int]:
    """Share a width in twips among the columns, to the last of them."""
    found = [int(mm * _MM) for mm in shares(table, width / _MM, FACE)]
    found[0] += width - sum(found)
    return found
