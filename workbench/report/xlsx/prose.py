"""Sections as sheets: their blocks one below the other, in columns wide enough.

Every text of a section is written; none is composed here but the line that says that
the sheet stands still.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from workbench.report.content.blocks import (
    Block,
    Cell,
    Command,
    Facts,
    Figure,
    Item,
    Note,
    Paragraph,
    Points,
    Section,
    Table,
)
from workbench.report.content.sections import Report
from workbench.report.xlsx import looks
from workbench.report.xlsx.places import letter
from workbench.report.xlsx.sheet import Sheet

STILL: Final = (
    "Computed by the workbench for the judgments as exported; nothing on this sheet "
    "follows what is changed in this file."
)
_PROSE, _FULL = 110.0, 140.0
_NARROW, _FIRST, _WIDEST, _WIDEST_WORD, _SPARE = 11.0, 34.0, 90.0, 24.0, 11.0
# Texts up to so many characters stand in a column so wide.
_FITTING: Final = ((26, 28.0), (90, 24.0), (180, 36.0), (400, 50.0))
_FROZEN: Final = 6  # a head further down would leave no room below it
_LINES: Final = 25  # as many as a row is high, about
_HEADS: Final = {"number": looks.HEAD_RIGHT, "code": looks.HEAD_CODE}
_DECIMAL: Final = re.compile(r"-?[0-9]+\.[0-9]{2}")
_WHOLE: Final = re.compile(r"[0-9]+")
_SHARE: Final = re.compile(r"[0-9]+%")


@dataclass(frozen=True)
class Page:
    """One sheet of prose and tables; each section under its title, but for the sheet's.

    `first` is the sheet that says what the report is.
    """

    name: str
    title: str
    sections: tuple[Section, ...]
    first: bool = False


def write_page(sheet: Sheet, report: Report, page: Page) -> None:
    """Write a sheet: its title, what is known of the report, and its sections."""
    blocks = [block for section in page.sections for block in section.blocks]
    tables = [block for block in blocks if isinstance(block, Table)]
    widths = _widths(tables)
    columns = _span(widths)
    for column, wide in enumerate(widths, start=1):
        sheet.widen(column, wide)
    writer = _Writer(sheet, columns)
    row = 1
    if page.first and report.handling:
        row = writer.across(row, report.handling, looks.NOTE)
    row = writer.across(row, page.title, looks.TITLE)
    if page.first:
        row = writer.block(row, report.facts)
    row = writer.across(row, STILL, looks.NOTE)
    for section in page.sections:
        row += 1
        if section.title != page.title:
            row = writer.across(row, section.title, looks.SECTION)
        for block in section.blocks:
            row = writer.block(row, block)
    looks.lay_out(sheet.ws, report, _headed(sheet, blocks, writer.heads))


def _headed(
    sheet: Sheet, blocks: Sequence[Block], heads: Sequence[int]
) -> tuple[int, int]:
    """Let the head of a table that ends a sheet be filtered by, and head its pages."""
    table = blocks[-1] if blocks else None
    if not isinstance(table, Table) or len(heads) > 1:
        return 0, 0
    head = heads[0]
    last = letter(len(table.columns))
    sheet.ws.autofilter(f"A{head}:{last}{head + max(len(table.rows), 1)}")
    if head <= _FROZEN:
        sheet.ws.freeze_panes(f"B{head + 1}")
    return head, head


def _widths(tables: Sequence[Table]) -> list[float]:
    """Make columns as wide as their texts ask for, within bounds."""
    longest: list[int] = []
    words: list[float] = [_FIRST]
    for table in tables:
        for number, column in enumerate(table.columns):
            if number == len(longest):
                longest.append(0)
            if number == len(words):
                words.append(_NARROW)
            texts = (len(row[number].text) for row in table.rows if number < len(row))
            longest[number] = max(longest[number], max(texts, default=0))
            word = max(map(len, column.name.split()), default=0)
            words[number] = max(words[number], min(word + 3.0, _WIDEST_WORD))
    widths = [
        max(least, _width(length))
        for least, length in zip(words, [*longest, *[0] * len(words)], strict=False)
    ]
    spare = _FULL - sum(widths)
    if spare > 0 and longest:
        widest = max(range(len(longest)), key=longest.__getitem__)
        widths[widest] += min(spare, max(longest[widest] - widths[widest], 0.0))
    return widths


def _width(longest: int) -> float:
    """Give a column the width that suits its longest text."""
    for length, width in _FITTING:
        if longest <= length:
            return min(width, longest + 2.0)
    return min(max(_FITTING[-1][1], longest / _LINES), _WIDEST)


def _span(widths: list[float]) -> tuple[int, int]:
    """Give the columns that prose stands in, and widths to those that have none."""
    total, column = 0.0, 0
    while total < _PROSE:
        total += widths[column] if column < len(widths) else _SPARE
        column += 1
    widths += [_SPARE] * (column - len(widths))
    return 1, column


@dataclass(frozen=True)
class _Writer:
    """Writes blocks from a row on, and gives the row after them."""

    sheet: Sheet
    columns: tuple[int, int]
    heads: list[int] = field(default_factory=list)

    def across(self, row: int, text: str, style: str) -> int:
        return self.sheet.across(row, text, style, self.columns)

    def block(self, row: int, block: Block) -> int:
        match block:
            case Paragraph(text, lead):
                return self.across(row, text, looks.LEAD if lead else looks.TEXT)
            case Note(text):
                return self.across(row, text, looks.NOTE)
            case Command(line):
                return self.across(row, line, looks.COMMAND)
            case Points():
                return self._points(row, block)
            case Facts(facts):
                return self._facts(row, facts)
            case Table():
                return self._table(row, block)
            case Item(_, heading, blocks):
                row = self.across(row, heading, looks.LABEL)
                for part in blocks:
                    row = self.block(row, part)
                return row
            case Figure():
                return row  # its numbers stand in the tables

    def _points(self, row: int, points: Points) -> int:
        if points.intro:
            row = self.across(row, points.intro, looks.LABEL)
        for text in points.texts:
            row = self.across(row, f"• {text}", looks.TEXT)
        return row

    def _facts(self, row: int, facts: Iterable[tuple[str, str]]) -> int:
        for name, text in facts:
            self.sheet.text(row, 1, name, looks.LABEL)
            row = self.sheet.across(row, text, looks.TEXT, (2, self.columns[1]))
        return row

    def _table(self, row: int, table: Table) -> int:
        if table.caption:
            row = self.across(row, table.caption, looks.LABEL)
        self.heads.append(row)
        for number, column in enumerate(table.columns, start=1):
            style = _HEADS.get(column.kind, looks.HEAD)
            self.sheet.text(row, number, column.name, style)
            if column.kind == "code":
                name, last = letter(number), row + max(len(table.rows), 1)
                codes = f"{name}{row + 1}:{name}{last}"
                looks.colour_codes(self.sheet.ws, self.sheet.formats, codes)
        for cells in (*table.rows, *table.foot):
            row += 1
            for number, cell in enumerate(cells, start=1):
                self._cell(row, number, cell)
        return row + 2

    def _cell(self, row: int, column: int, cell: Cell) -> None:
        text = f"{cell.text} (was {cell.was})".strip() if cell.was else cell.text
        if cell.kind == "code":
            self.sheet.text(row, column, text, looks.CODE)
        elif cell.kind != "number":
            self.sheet.text(row, column, text, looks.CELL)
        elif _DECIMAL.fullmatch(text):
            self.sheet.number(row, column, float(text))
        elif _SHARE.fullmatch(text):
            share = int(text.removesuffix("%")) / 100
            self.sheet.number(row, column, share, looks.SHARE)
        elif _WHOLE.fullmatch(text):
            self.sheet.number(row, column, int(text), looks.COUNT)
        else:
            self.sheet.text(row, column, text, looks.RIGHT)
