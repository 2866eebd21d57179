"""One sheet to be filled cell by cell: texts stay texts, formulas carry their result.

What is written where is decided by those who call.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from xlsxwriter.worksheet import Worksheet

from workbench.report.xlsx import looks
from workbench.report.xlsx.looks import Looks
from workbench.wording import counted, plain

Result = float | str
LONGEST: Final = 32_767  # UTF-16 units that a cell holds
_NOTE_LENGTH: Final = 80
_LIKE_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_LIKE_RUNS: Final = ("<r>", "</r>")
_LINES: Final = re.compile("\r\n?")


@dataclass(frozen=True)
class Sheet:
    """A worksheet; rows and columns are counted from 1."""

    ws: Worksheet
    formats: Looks
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)

    def widen(self, column: int, width: float) -> None:
        """Set the width of a column, in characters, before anything is written."""
        self.widths[column] = width
        self.ws.set_column(column - 1, column - 1, width)

    def text(self, row: int, column: int, text: str, style: str = looks.TEXT) -> None:
        """Write a text, which is never a formula, an error or a number."""
        if not text:
            self.ws.write_blank(row - 1, column - 1, None, self.formats.of(style))
            return
        self._set_text(row, column, text, style)
        lines = looks.lines(text, self.widths.get(column, math.inf), style)
        if lines > 1:
            self._heighten(row, lines * looks.line_height(style))

    def _set_text(self, row: int, column: int, text: str, style: str) -> None:
        fitting, at = fit(text), (row - 1, column - 1)
        # What keeps it a text when somebody types in the cell and leaves it again.
        shown = self.formats.of(style, quoted=fitting.startswith(_LIKE_FORMULA))
        first, last = _LIKE_RUNS
        if fitting.startswith(first) and fitting.endswith(last):
            # XlsxWriter takes it for markup of its own, unless it comes in runs.
            self.ws.write_rich_string(*at, fitting[:1], shown, fitting[1:], shown)
        else:
            self.ws.write_string(*at, fitting, shown)

    def _heighten(self, row: int, height: float) -> None:
        higher = min(max(self.heights.get(row, 0.0), height), looks.HIGHEST)
        self.heights[row] = higher
        self.ws.set_row(row - 1, higher)

    def number(
        self, row: int, column: int, value: float, style: str = looks.NUMBER
    ) -> None:
        """Write a number."""
        self.ws.write_number(row - 1, column - 1, value, self.formats.of(style))

    def formula(
        self,
        row: int,
        column: int,
        formula: str,
        result: Result,
        style: str = looks.NUMBER,
    ) -> None:
        """Write a formula with what it comes to as exported."""
        shown = self.formats.of(style)
        self.ws.write_formula(row - 1, column - 1, f"={formula}", shown, result)

    def heads(self, row: int, first: int, names: Iterable[str], style: str) -> None:
        """Write the heads of neighbouring columns."""
        for column, name in enumerate(names, start=first):
            self.text(row, column, name, style)

    def merge(
        self, row: int, end: int, columns: tuple[int, int], text: str, style: str
    ) -> None:
        """Make one cell of several, and write a text into it."""
        first, last = columns
        blank = self.formats.of(style)
        self.ws.merge_range(row - 1, first - 1, end - 1, last - 1, "", blank)
        self._set_text(row, first, text, style)

    def line(self, row: int, text: str, style: str, columns: tuple[int, int]) -> None:
        """Write a text over several columns of one row, as high as a row can be."""
        self._heighten(row, self._height(text, style, columns))
        self.merge(row, row, columns, text, style)

    def across(self, row: int, text: str, style: str, columns: tuple[int, int]) -> int:
        """Write a text over several columns, in as many rows as it needs.

        Returns the next row.
        """
        first, last = columns
        height = self._height(text, style, columns)
        rows = math.ceil(height / looks.HIGHEST)
        for number in range(rows):
            self._heighten(row + number, height / rows)
        end = row + rows - 1
        if rows > 1 or last > first:
            self.merge(row, end, columns, text, style)
        else:
            self._set_text(row, first, text, style)
        return end + 1

    def _height(self, text: str, style: str, columns: tuple[int, int]) -> float:
        first, last = columns
        width = sum(self.widths[column] for column in range(first, last + 1))
        return looks.lines(text, width, style) * looks.line_height(style)


def fit(text: str) -> str:
    """Make a text fit for a cell; where an end is cut off, the cell says so."""
    text = _LINES.sub("\n", plain(text))
    length = len(text.encode("utf-16-le")) // 2
    if length <= LONGEST:
        return text
    kept = text.encode("utf-16-le")[: 2 * (LONGEST - _NOTE_LENGTH)]
    shown = kept.decode("utf-16-le", errors="ignore")
    rest = counted(len(text) - len(shown), "character")
    return f"{shown}… [cut here: a cell holds no more, {rest} left out]"
