"""A table of texts with the names of its places; what they mean is not known here.

A sheet can be looked at with its rows and columns exchanged: places keep the names that
they have in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from workbench.exchange.imported import Unreadable

MAX_ROWS: Final = 25_000
MAX_COLUMNS: Final = 1_000
MAX_PLACES: Final = 1_000_000


def letters(column: int) -> str:
    """Name a column, counted from 0, as spreadsheets do."""
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def of_cells(
    name: str,
    rows: Mapping[int, dict[int, str]],
    *,
    headings: Mapping[int, int] | None = None,
    said: Sequence[str] = (),
    fills: Mapping[tuple[int, int], str] | None = None,
) -> Sheet:
    """Make a sheet of cells by the number of their row and their column.

    Raises Unreadable for one that is too large.
    """
    numbers = sorted(rows)
    width = max((max(row) + 1 for row in rows.values()), default=0)
    refuse_large(len(numbers), width, name)
    lines = []
    for number in numbers:
        line = [""] * (max(rows[number]) + 1)
        for column, text in rows[number].items():
            line[column] = text
        lines.append(line)
    return Sheet(name, lines, numbers, headings or {}, tuple(said), fills=fills or {})


def refuse_large(rows: int, columns: int, name: str) -> None:
    """Refuse a table of more cells than are read, the empty ones included.

    Raises Unreadable.
    """
    if rows * columns > MAX_PLACES:
        raise _fault(
            name,
            f"{rows:,} rows by {columns:,} columns; at most {MAX_PLACES:,} cells are "
            "read",
        )


def _fault(name: str, message: str) -> Unreadable:
    return Unreadable(f"sheet “{name}”: {message}" if name else message)


class NoMatrix(Unreadable):
    """A sheet that holds something else, and no matrix."""


@dataclass(frozen=True)
class Sheet:
    """The rows of a table that hold something, with their numbers in the file.

    `headings` gives, by the number of a row that is one merged cell, its last column;
    `understood` and `dropped` are what there was to say before it was read; `legends`
    are the places of cells that were read as legends and taken out. `gaps` are the
    numbers of rows with a gap before them, where a file has other lines between rows.
    `fills` are the colours of cells, as #rrggbb, by a row's number and the column.
    """

    name: str
    lines: Sequence[Sequence[str]]
    numbers: Sequence[int]
    headings: Mapping[int, int] = field(default_factory=dict)
    understood: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    legends: tuple[str, ...] = ()
    gaps: frozenset[int] | None = None
    fills: Mapping[tuple[int, int], str] = field(default_factory=dict)
    turned: bool = False
    _width: int = field(default=0)

    def __post_init__(self) -> None:
        """Measure the table.

        Raises Unreadable for one that is too large.
        """
        width = self._width or max(map(len, self.lines), default=0)
        object.__setattr__(self, "_width", width)
        refuse_large(len(self.lines), width, self.name)

    @property
    def rows(self) -> range:
        """The places of rows, after turning."""
        return range(self._width if self.turned else len(self.lines))

    @property
    def columns(self) -> range:
        """The places of columns, after turning."""
        return range(len(self.lines) if self.turned else self._width)

    def at(self, row: int, column: int) -> str:
        """Give the text of a place, without the space around it."""
        if self.turned:
            row, column = column, row
        line = self.lines[row]
        return line[column] if column < len(line) else ""

    def filled(self, row: int) -> Iterator[tuple[int, str]]:
        """Walk the columns of a row that hold something."""
        if self.turned:
            for column, line in enumerate(self.lines):
                if row < len(line) and line[row]:
                    yield column, line[row]
            return
        for column, text in enumerate(self.lines[row]):
            if text:
                yield column, text

    def gap_before(self, row: int) -> bool:
        """Tell whether an empty row stands before one."""
        if self.turned:
            return row > 0 and not any(True for _ in self.filled(row - 1))
        if self.gaps is not None:
            return row > 0 and self.numbers[row] in self.gaps
        return row > 0 and self.numbers[row] > self.numbers[row - 1] + 1

    def gap_before_column(self, column: int) -> bool:
        """Tell whether an empty column stands before one."""
        return self.exchanged().gap_before(column)

    def heading(self, row: int, column: int) -> bool:
        """Tell whether a row is one cell merged as far as a column."""
        return not self.turned and self.headings.get(self.numbers[row], -1) >= column

    def row(self, row: int) -> str:
        """Name a row as the file's reader knows it."""
        if self.turned:
            return f"column {letters(row)}"
        return f"row {self.numbers[row]}"

    def column(self, column: int) -> str:
        """Name a column as the file's reader knows it."""
        if self.turned:
            return f"row {self.numbers[column]}"
        return f"column {letters(column)}"

    def cell(self, row: int, column: int) -> str:
        """Name a cell as a spreadsheet does."""
        if self.turned:
            row, column = column, row
        return f"{letters(column)}{self.numbers[row]}"

    def exchanged(self) -> Sheet:
        """Give the same sheet with rows and columns exchanged."""
        return replace(self, turned=not self.turned)

    def fault(self, message: str) -> Unreadable:
        """Make the error that names this sheet."""
        return _fault(self.name, message)

    def no_matrix(self, message: str) -> NoMatrix:
        """Make the error that says why nothing here is a matrix."""
        return NoMatrix(str(self.fault(message)))
