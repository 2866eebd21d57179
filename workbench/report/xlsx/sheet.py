"""One sheet to be filled cell by cell: texts stay texts, formulas carry their result.

What is written where is decided by those who call.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from openpyxl.utils import get_column_letter

from workbench.report.xlsx import looks
from workbench.wording import counted, plain

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

Result = float | str
LONGEST: Final = 32_767  # UTF-16 units that a cell holds
_NOTE_LENGTH: Final = 80
_LIKE_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
# ECMA-376 part 1, 22.9.2.19: _xHHHH_ in a string stands for a character.
_ESCAPE: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LINES: Final = re.compile("\r\n?")


@dataclass(frozen=True)
class Sheet:
    """A worksheet, with what each of its formulas comes to as exported."""

    ws: Worksheet
    results: dict[str, Result] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)

    def widen(self, column: int, width: float) -> None:
        """Set the width of a column, in characters, before anything is written."""
        self.widths[column] = width
        self.ws.column_dimensions[get_column_letter(column)].width = width

    def text(self, row: int, column: int, text: str, style: str = looks.TEXT) -> None:
        """Write a text, which is never a formula, an error or a number."""
        cell = self._cell(row, column)
        if not text:
            cell.style = style
            return
        _set_text(cell, text, style)
        lines = looks.lines(text, self.widths.get(column, math.inf), style)
        if lines > 1:
            self._heighten(row, lines * looks.line_height(style))

    def _cell(self, row: int, column: int) -> Cell:
        # Nothing is written into a cell that another has taken in.
        return cast("Cell", self.ws.cell(row, column))

    def _heighten(self, row: int, height: float) -> None:
        found = self.ws.row_dimensions[row]
        found.height = min(max(found.height or 0.0, height), looks.HIGHEST)

    def number(
        self, row: int, column: int, value: float, style: str = looks.NUMBER
    ) -> None:
        """Write a number."""
        self.ws.cell(row, column, value).style = style

    def formula(
        self,
        row: int,
        column: int,
        formula: str,
        result: Result,
        style: str = looks.NUMBER,
    ) -> None:
        """Write a formula, and keep what it comes to as exported."""
        cell = self.ws.cell(row, column, f"={formula}")
        cell.style = style
        self.results[cell.coordinate] = result

    def heads(self, row: int, first: int, names: Iterable[str], style: str) -> None:
        """Write the heads of neighbouring columns."""
        for column, name in enumerate(names, start=first):
            self.text(row, column, name, style)

    def merge(self, row: int, end: int, columns: tuple[int, int]) -> None:
        """Make one cell of several, whose first is written already.

        Much quicker than `merge_cells`, which draws borders that are not wanted here.
        """
        left, right = map(get_column_letter, columns)
        self.ws.merged_cells.add(f"{left}{row}:{right}{end}")

    def across(self, row: int, text: str, style: str, columns: tuple[int, int]) -> int:
        """Write a text over several columns, in as many rows as it needs.

        Returns the next row.
        """
        first, last = columns
        _set_text(self._cell(row, first), text, style)
        width = sum(self.widths[column] for column in range(first, last + 1))
        lines = looks.lines(text, width, style)
        height = lines * looks.line_height(style)
        rows = math.ceil(height / looks.HIGHEST)
        for number in range(rows):
            self._heighten(row + number, height / rows)
        end = row + rows - 1
        if rows > 1 or last > first:
            self.merge(row, end, columns)
        return end + 1


def _set_text(cell: Cell, text: str, style: str) -> None:
    fitting = fit(text)
    cell.value = fitting
    cell.data_type = "s"
    cell.style = style
    if fitting.startswith(_LIKE_FORMULA):
        # What keeps it a text when somebody types in the cell and leaves it again.
        cell.quotePrefix = True


def fit(text: str) -> str:
    """Make a text fit for a cell; where an end is cut off, the cell says so."""
    text = _ESCAPE.sub("_x005F_", _LINES.sub("\n", plain(text)))
    length = len(text.encode("utf-16-le")) // 2
    if length <= LONGEST:
        return text
    kept = text.encode("utf-16-le")[: 2 * (LONGEST - _NOTE_LENGTH)]
    shown = kept.decode("utf-16-le", errors="ignore")
    rest = counted(len(text) - len(shown), "character")
    return f"{shown}… [cut here: a cell holds no more, {rest} left out]"
