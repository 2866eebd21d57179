"""Which cells of a table were read: what nobody asked for is listed at the end.

So no cell is lost in silence, whoever reads the table. Nothing is understood here.
"""

from __future__ import annotations

from typing import Final

from workbench.exchange.draft import Draft
from workbench.exchange.tables.sheet import Sheet

_SAID: Final = "not read"


class Account:
    """Hands out the cells of a sheet and remembers which; `sheet` may be turned."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self._taken: set[tuple[int, int]] = set()

    def take(self, row: int, column: int) -> str:
        """Give the text of a cell that is read, or listed by whoever takes it."""
        self._taken.add((row, column))
        return self.sheet.at(row, column)

    def take_row(self, row: int) -> list[str]:
        """Give all the texts of a row that is read whole."""
        return [self.take(row, column) for column, _ in self.sheet.filled(row)]

    def take_line(self, line: int) -> None:
        """Take a line of the file, whichever way the sheet is turned."""
        for column in range(len(self.sheet.lines[line])):
            place = (column, line) if self.sheet.turned else (line, column)
            self._taken.add(place)

    def leave(self, row: int, column: int, draft: Draft, why: str) -> None:
        """List a cell that is not carried, with the reason."""
        text = self.take(row, column)
        draft.left(self.sheet.cell(row, column), text, why)

    def close(self, draft: Draft) -> None:
        """List every cell that nobody took."""
        for row in self.sheet.rows:
            for column, text in self.sheet.filled(row):
                if (row, column) not in self._taken:
                    draft.left(self.sheet.cell(row, column), text, _SAID)
