"""The cells of one sheet of a workbook, as texts; nothing is worked out.

Handlers of the events of `markup`. A number is printed as it would be typed, a date as
YYYY-MM-DD; a formula is its last value. Limits count what cells come to, since many may
name one text.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Final

from workbench.exchange.imported import Unreadable
from workbench.exchange.looks import MOST
from workbench.exchange.tables import answers
from workbench.exchange.tables.sheet import (
    MAX_COLUMNS,
    MAX_PLACES,
    MAX_ROWS,
    Sheet,
    letters,
    of_cells,
)
from workbench.wording import listed

_MAX_CHARACTERS: Final = 16_000_000
_MAX_MERGED: Final = 10_000
_MAX_HIDDEN: Final = 2_000
_PLACE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_DATED: Final = (*range(14, 18), 22, *range(27, 32), *range(50, 59))
_QUOTED: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_TRUE: Final = ("1", "true")


def _column(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _area(reference: str) -> tuple[int, int, int, int] | None:
    """Read A1:C3 as row and column, from 1 and 0, of both corners."""
    corners = [_PLACE.fullmatch(corner) for corner in reference.split(":")]
    if len(corners) != 2 or not corners[0] or not corners[1]:  # noqa: PLR2004
        return None
    first, last = corners[0], corners[1]
    return int(first[2]), _column(first[1]), int(last[2]), _column(last[1])


class Strings:
    """The texts that cells name by number, without how they are spoken."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._open = self._spoken = False
        self._size = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a text, or a part of one."""
        del attributes
        if name == "si":
            self._parts.clear()
        self._open = name == "t"
        self._spoken = self._spoken or name == "rPh"

    def end(self, name: str) -> None:
        """Keep a text that is whole."""
        self._open = False
        if name == "rPh":
            self._spoken = False
        elif name == "si":
            self.texts.append("".join(self._parts))

    def text(self, text: str) -> None:
        """Take a piece of a text.

        Raises Unreadable for more than the texts may come to.
        """
        if self._open and not self._spoken:
            self._size += len(text)
            if self._size > _MAX_CHARACTERS:
                raise Unreadable(
                    f"the workbook's texts come to more than {_MAX_CHARACTERS:,} "
                    "characters"
                )
            self._parts.append(text)


class Styles:
    """Which styles show a number as a date."""

    def __init__(
        self,
        formats: Sequence[Mapping[str, str]],
        styles: Sequence[Mapping[str, str]],
        *,
        since_1904: bool,
    ) -> None:
        dated = {str(number) for number in _DATED}
        for one in formats:
            bare = _QUOTED.sub("", one.get("formatCode", "")[:200]).casefold()
            if re.search("[yd]", bare.partition(";")[0]):
                dated.add(one.get("numFmtId", ""))
        self._dated = {
            str(n) for n, one in enumerate(styles) if one.get("numFmtId") in dated
        }
        first = dt.date(1904, 1, 1) if since_1904 else dt.date(1899, 12, 30)
        self._first = first

    def shown(self, number: str, style: str) -> str:
        """Print a number as it would be typed."""
        try:
            value = float(number)
        except ValueError:
            return number
        if style in self._dated and 60 < value < 2_958_466:  # noqa: PLR2004  year 9999
            return (self._first + dt.timedelta(days=int(value))).isoformat()
        return f"{value:.15g}"


class Cells:
    """Collects the cells of a sheet that hold something.

    Raises Unreadable for more than a table may have, naming the place.
    """

    def __init__(
        self,
        name: str,
        texts: Sequence[str],
        styles: Styles,
        fills: Mapping[str, str] | None = None,
    ) -> None:
        self.name, self._texts, self._styles = name, texts, styles
        self._filled = fills or {}
        self._fills: dict[tuple[int, int], str] = {}
        self._rows: dict[int, dict[int, str]] = {}
        self._merged: list[tuple[int, int, int, int]] = []
        self._formulas: list[str] = []
        self._hidden: list[str] = []
        self._row = self._col = 0
        self._cell: Mapping[str, str] = {}
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._into: list[str] | None = None
        self._spoken = False
        self._size = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin a row, a cell, or a part of one."""
        if name == "c":
            self._cell = attributes
            self._value, self._formula = [], None
            self._place(attributes.get("r", ""))
        elif name == "v" or (name == "t" and not self._spoken):
            self._into = self._value
        elif name == "f":
            self._formula = self._into = []
        elif name == "rPh":
            self._spoken = True
        elif name == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() else self._row + 1
            self._col = -1
            self._hide(f"row {self._row}", attributes)
        elif name == "col" and attributes.get("min", "").isdecimal():
            self._hide(f"column {letters(int(attributes['min'][:6]) - 1)}", attributes)
        elif name == "mergeCell" and (area := _area(attributes.get("ref", ""))):
            self._merge(area)

    def end(self, name: str) -> None:
        """Keep a cell that is whole."""
        self._into = None
        if name == "c":
            self._keep()
        elif name == "rPh":
            self._spoken = False

    def text(self, text: str) -> None:
        """Take a piece of a cell's value or formula."""
        if self._into is not None:
            self._size += len(text)
            self._into.append(text)

    def _merge(self, area: tuple[int, int, int, int]) -> None:
        self._merged.append(area)
        if len(self._merged) > _MAX_MERGED:
            raise Unreadable(
                f"sheet “{self.name}”: more than {_MAX_MERGED:,} merged cells"
            )

    def _hide(self, what: str, attributes: Mapping[str, str]) -> None:
        if attributes.get("hidden") in _TRUE and len(self._hidden) < _MAX_HIDDEN:
            self._hidden.append(what)

    def _place(self, reference: str) -> None:
        found = _PLACE.fullmatch(reference)
        if found:
            self._row, self._col = int(found[2]), _column(found[1])
        else:
            self._col += 1

    def _keep(self) -> None:
        fill = self._filled.get(self._cell.get("s", ""))
        if fill and self._col < MAX_COLUMNS and len(self._fills) < MOST:
            self._fills[self._row, self._col] = fill
        text = self._shown("".join(self._value)).strip()
        if self._formula is not None:
            self._formulas.append(self._where())
            if not text:
                text = f"={''.join(self._formula)}"
        if not text:
            return
        self._size += len(text)
        if self._col >= MAX_COLUMNS:
            raise self._fault(f"beyond column {letters(MAX_COLUMNS - 1)}")
        if self._row not in self._rows and len(self._rows) >= MAX_ROWS:
            raise self._fault(f"more than {MAX_ROWS:,} rows; split the sheet")
        if self._size > _MAX_CHARACTERS:
            raise self._fault(
                f"the texts up to here come to more than {_MAX_CHARACTERS:,} characters"
            )
        self._rows.setdefault(self._row, {})[self._col] = text

    def _shown(self, value: str) -> str:
        kind = self._cell.get("t", "n")
        if kind == "s" and value:
            if not value.isdecimal() or int(value[:9]) >= len(self._texts):
                raise self._fault("it names a text that the workbook lacks")
            return self._texts[int(value[:9])]
        if kind == "n" and value:
            return self._styles.shown(value, self._cell.get("s", "0"))
        if kind == "b":
            return "TRUE" if value in _TRUE else "FALSE"
        return value

    def _where(self) -> str:
        return f"{letters(max(self._col, 0))}{self._row}"

    def _fault(self, message: str) -> Unreadable:
        return Unreadable(f"sheet “{self.name}”, {self._where()}: {message}")

    def sheet(self, *, hidden: bool) -> Sheet:
        """Give the cells as a sheet, with what there is to say of them.

        Raises Unreadable for one that is too large.
        """
        headings = self._spread()
        said = []
        if hidden:
            said.append(f"The sheet “{self.name}” is hidden, and read all the same")
        if self._hidden:
            said.append(f"Hidden, and read all the same: {listed(self._hidden)}")
        if self._formulas:
            said.append(
                "Cells with formulas are read by their last values, and nothing is "
                f"worked out: {listed(self._formulas)}"
            )
        if self._merged:
            said.append("Merged cells are read as if each held what they show")
        fills = self._fills if len(self._fills) < MOST else {}
        return of_cells(
            self.name, self._rows, headings=headings, said=said, fills=fills
        )

    def _spread(self) -> dict[int, int]:
        """Fill merged cells where each would hold the value; give the headings."""
        headings = {}
        rows, filled = sorted(self._rows), 0
        for top, left, bottom, right in self._merged:
            text = self._rows.get(top, {}).get(left, "")
            if not text:
                continue
            short = text[:40]
            if left == right or answers.looks_rated(short):
                last = min(right, MAX_COLUMNS - 1)
                within = rows[bisect_left(rows, top) : bisect_right(rows, bottom)]
                filled += len(within) * (last - left + 1)
                if filled > MAX_PLACES:
                    raise Unreadable(
                        f"sheet “{self.name}”: its merged cells cover more than "
                        f"{MAX_PLACES:,} cells"
                    )
                for row in within:
                    for column in range(left, last + 1):
                        self._rows[row].setdefault(column, text)
            elif len(self._rows[top]) == 1:
                headings[top] = right
        return headings
