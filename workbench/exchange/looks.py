"""How cells look, as far as it says something: the colour behind them.

Handlers of the events of `markup`, for the styles and the theme of a workbook (XLSX)
and for the contents of an OpenDocument spreadsheet. What a colour means is not known
here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from workbench.exchange import colours

MOST: Final = 50_000  # coloured cells; where there are more they only adorn
_SWAPPED: Final = (1, 0, 3, 2)  # how a workbook counts the first colours of its theme


class Theme:
    """The colours of a theme, in the order in which cells name them."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the first colours of a scheme."""
        if name == "clrScheme":
            self._inside = not self._found
        elif self._inside and name in ("srgbClr", "sysClr"):
            self._found.append(attributes.get("lastClr") or attributes.get("val", ""))

    def end(self, name: str) -> None:
        """End the scheme."""
        self._inside = self._inside and name != "clrScheme"

    def text(self, text: str) -> None:
        """Keep no text."""

    @property
    def colours(self) -> Sequence[str]:
        """The colours, the lightest and darkest first."""
        swapped = [self._found[n] for n in _SWAPPED if n < len(self._found)]
        return swapped + self._found[len(swapped) :]


class StyledFills:
    """The colour behind a cell by the number of its style, "" where there is none."""

    def __init__(self, theme: Sequence[str]) -> None:
        self._theme = theme
        self._fills: list[str] = []
        self._path: list[str] = [""]
        self._styles: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a fill, its colour, or a style that names one by number."""
        above = self._path[-1]
        self._path.append(name)
        if name == "fill" and above == "fills":
            self._fills.append("")
        elif name == "fgColor" and above == "patternFill" and "fills" in self._path:
            self._fills[-1] = self._read(attributes)
        elif name == "patternFill" and attributes.get("patternType") == "none":
            self._path[-1] = "no fill"
        elif name == "xf" and above == "cellXfs":
            self._styles.append(attributes.get("fillId", ""))

    def end(self, name: str) -> None:
        """End an element."""
        del name
        self._path.pop()

    def text(self, text: str) -> None:
        """Keep no text."""

    def _read(self, attributes: Mapping[str, str]) -> str:
        if "rgb" in attributes:
            return colours.plain(attributes["rgb"])
        if (number := attributes.get("indexed", "")).isdecimal():
            return colours.indexed(int(number[:4]))
        if (number := attributes.get("theme", "")).isdecimal():
            try:
                tint = float(attributes.get("tint", "0"))
            except ValueError:
                tint = 0.0
            return colours.themed(self._theme, int(number[:4]), tint)
        return ""

    def by_style(self) -> dict[str, str]:
        """Give the colours by the number of a style, as cells name it."""
        return {
            str(style): fill
            for style, number in enumerate(self._styles)
            if number.isdecimal()
            and int(number[:6]) < len(self._fills)
            and (fill := self._fills[int(number[:6])])
        }


class OpenFills:
    """The colours behind the cells of an OpenDocument spreadsheet, sheet by sheet."""

    def __init__(self) -> None:
        self.found: dict[str, dict[tuple[int, int], str]] = {}
        self._styles: dict[str, str] = {}
        self._style = ""
        self._here: dict[tuple[int, int], str] = {}
        self._row = self._column = self._high = self._many = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take a style, a table, a row or a cell."""
        if name == "style":
            self._style = attributes.get("name", "")
        elif name == "table-cell-properties" and self._style:
            if colour := colours.plain(attributes.get("background-color", "")):
                self._styles[self._style] = colour
        elif name == "table":
            self._here = self.found.setdefault(attributes.get("name", ""), {})
            self._row = self._high = 0
        elif name == "table-row":
            self._row += self._high
            self._high = _times(attributes, "number-rows-repeated")
            self._column = 0
        elif name in ("table-cell", "covered-table-cell"):
            wide = _times(attributes, "number-columns-repeated")
            colour = self._styles.get(attributes.get("style-name", ""), "")
            if colour and wide * self._high <= MOST:
                self._keep(colour, wide)
            self._column += wide

    def _keep(self, colour: str, wide: int) -> None:
        for row in range(self._row, self._row + self._high):
            for column in range(self._column, self._column + wide):
                if self._many < MOST:
                    self._here[row + 1, column] = colour
                    self._many += 1

    def end(self, name: str) -> None:
        """End a style."""
        if name == "style":
            self._style = ""

    def text(self, text: str) -> None:
        """Keep no text."""


def _times(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "1")[:8]
    return max(int(text), 1) if text.isdecimal() else 1
