"""How the workbook looks and prints: styles by name, colours of codes, pages.

A colour only repeats what a code says, and follows the code when it is changed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from workbench import fonts
from workbench.case.model import MAX_EMPHASIS, NEUTRAL_EMPHASIS
from workbench.grid.palette import FILLS, STRONG, ink
from workbench.report.content.sections import Report
from workbench.wording import NONE, clipped

TITLE: Final = "Report title"
SECTION: Final = "Report section"
NOTE: Final = "Report note"
TEXT: Final = "Report text"
CELL: Final = "Report cell"
LEAD: Final = "Report lead"
LABEL: Final = "Report label"
HEAD: Final = "Report head"
HEAD_RIGHT: Final = "Report head of numbers"
HEAD_CODE: Final = "Report head of codes"
RIGHT: Final = "Report right"
NUMBER: Final = "Report number"
COUNT: Final = "Report count"
SHARE: Final = "Report share"
CODE: Final = "Report code"
CHOICE: Final = "Report choice"
CHOICE_NUMBER: Final = "Report choice of a number"
CHOICE_LEVEL: Final = "Report choice of a level"
CODE_APART: Final = "Report code apart"
COMMAND: Final = "Report command"

HIGHEST: Final = 405.0  # points; a row is no higher than 409
# Larger letters, and bold ones, take more room.
_HEIGHTS: Final = {TITLE: 20.0, SECTION: 19.0, LEAD: 17.0}
_ROOM: Final = {
    TITLE: 0.85,
    SECTION: 0.9,
    LEAD: 1.0,
    COMMAND: 0.9,
    LABEL: 1.1,
    HEAD: 1.1,
    HEAD_RIGHT: 1.1,
    HEAD_CODE: 1.1,
    CODE: 1.1,
    CODE_APART: 1.1,
}
_BROKEN: Final = 3.0  # what a word that goes to the next line leaves empty
_FAMILY: Final = fonts.FAMILY
_INK, _SOFT, _LINE = "#17232B", "#52626C", "#B8C4CA"
_TINT, _STILL, _CHOSEN = "#EAF0F2", "#EEF1F3", "#0B5FA5"
_HIDDEN, _A4 = 2, 9  # of gridlines, on screen and in print; of paper
_APART: Final = '&&"-,Regular"'
_PART_LIMIT: Final = 100  # characters; the three parts together have 255


def lines(text: str, width: float, style: str) -> int:
    """Guess how many lines a text takes in so many characters; rather one too many.

    Not every program that opens a workbook makes rows as high as their texts.
    """
    room = max(width * _ROOM.get(style, 1.2) - _BROKEN, 1.0)
    return sum(max(1, math.ceil(len(line) / room)) for line in text.split("\n"))


def line_height(style: str) -> float:
    """Give the height of one line, in points."""
    return _HEIGHTS.get(style, 15.0)


Properties = Mapping[str, Any]  # of a format, as XlsxWriter names them
_LETTERS: Final = {"font_name": _FAMILY, "font_size": 11, "font_color": _INK}
_BOLD: Final = {**_LETTERS, "bold": True}
_BLUE: Final = {**_LETTERS, "font_color": _CHOSEN}
_TOP: Final = {"valign": "top", "text_wrap": True}
_LEFT: Final = {"valign": "top", "align": "left", "indent": 1}
_RIGHT: Final = {"valign": "top", "align": "right", "indent": 1}
_CENTRE: Final = {"valign": "top", "align": "center", "text_wrap": True}
_THIN, _MEDIUM, _HAIR = 1, 2, 7
_BOX: Final = {"border": _THIN, "border_color": _LINE}
_UNDER: Final = {"bottom": _HAIR, "bottom_color": _LINE}
_HEAD: Final = {
    **_BOLD,
    "valign": "bottom",
    "text_wrap": True,
    "bg_color": _TINT,
    "bottom": _MEDIUM,
    "bottom_color": _INK,
}
STYLES: Final[Mapping[str, Properties]] = MappingProxyType(
    {
        TITLE: {**_BOLD, **_TOP, "font_size": 14},
        SECTION: {**_BOLD, **_TOP, "font_size": 13},
        NOTE: {**_LETTERS, **_TOP, "font_color": _SOFT, "italic": True},
        TEXT: {**_LETTERS, **_TOP},
        LEAD: {**_BOLD, **_TOP, "font_size": 12},
        LABEL: {**_BOLD, **_TOP},
        HEAD: _HEAD,
        HEAD_RIGHT: {**_HEAD, "align": "right", "indent": 1},
        HEAD_CODE: {**_HEAD, "align": "center"},
        CELL: {**_LETTERS, **_TOP, **_UNDER},
        RIGHT: {**_LETTERS, **_RIGHT, **_UNDER},
        NUMBER: {**_LETTERS, **_RIGHT, **_UNDER, "num_format": "0.00"},
        COUNT: {**_LETTERS, **_RIGHT, **_UNDER, "num_format": "0"},
        SHARE: {**_LETTERS, **_RIGHT, **_UNDER, "num_format": "0%"},
        # Not bold: of a code that is, `colour_codes` makes it so.
        CODE: {**_LETTERS, **_CENTRE, **_BOX, "num_format": "@"},
        CHOICE: {**_BLUE, **_LEFT, **_BOX, "num_format": "@"},
        CHOICE_NUMBER: {**_BLUE, **_RIGHT, **_BOX},
        CHOICE_LEVEL: {**_BLUE, **_LEFT, **_BOX},
        CODE_APART: {**_BOLD, **_CENTRE, **_BOX, "underline": 1, "num_format": "@"},
        COMMAND: {**_LETTERS, **_TOP, "font_name": "Consolas"},
    }
)


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def of(self, style: str, *, quoted: bool = False) -> Format:
        """Give the format of a style; `quoted` keeps what is typed there a text."""
        more = {"quote_prefix": True} if quoted else {}
        return self.made({**STYLES[style], **more})

    def made(self, properties: Properties) -> Format:
        """Give the format of some properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(dict(properties))
        return self._made[key]


def colour_codes(ws: Worksheet, looks: Looks, cells: str) -> None:
    """Colour codes by what they are, now and when they are changed."""
    for code, colour in FILLS.items():
        strong = {"bold": True} if code in STRONG else {}
        shown = looks.made({"bg_color": colour, "font_color": ink(code), **strong})
        rule = {"type": "cell", "criteria": "==", "value": f'"{code}"', "format": shown}
        ws.conditional_format(cells, rule)


def strike_out(ws: Worksheet, looks: Looks, cells: str, where: str) -> None:
    """Strike out rows where a condition holds, whatever their colours."""
    shown = looks.made({"font_color": _SOFT, "font_strikeout": True})
    rule = {"type": "formula", "criteria": f"={where}", "format": shown}
    ws.conditional_format(cells, {**rule, "stop_if_true": True})


def dash(ws: Worksheet, looks: Looks, cells: str, where: str) -> None:
    """Show numbers as a dash where a condition holds; they stay numbers."""
    shown = looks.made({"num_format": f'"{NONE}"'})
    rule = {"type": "formula", "criteria": f"={where}", "format": shown}
    ws.conditional_format(cells, rule)


def one_of(
    words: Iterable[str], besides: str = "", *, strict: bool = True
) -> dict[str, Any]:
    """Offer words to choose from; what is none of them is refused, or asked about."""
    listed = [str(word) for word in words]
    return {
        "validate": "list",
        "source": listed,
        "ignore_blank": strict,
        "error_type": "stop" if strict else "warning",
        **_explained(f"One of {', '.join(listed)}. {besides}"),
    }


def one_of_cells(cells: str) -> dict[str, Any]:
    """Offer the texts of some cells to choose from."""
    return {
        "validate": "list",
        "source": f"={cells}",
        "ignore_blank": False,
        **_explained("Choose one of the list."),
    }


def emphasis() -> dict[str, Any]:
    """Take a number from 0 to 2."""
    said = f"A number from 0 to {MAX_EMPHASIS:g}; {NEUTRAL_EMPHASIS:g} is neutral."
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": 0,
        "maximum": int(MAX_EMPHASIS),
        "ignore_blank": False,
        **_explained(said),
    }


def _explained(said: str) -> dict[str, str]:
    return {"error_title": "Not taken here", "error_message": said.strip()}


def lay_out(ws: Worksheet, report: Report, repeated: tuple[int, int] = (0, 0)) -> None:
    """Set a sheet up for paper: on its side, as wide as a page, the handling on each.

    `repeated` are the first and the last row of those that head every page.
    """
    ws.hide_gridlines(_HIDDEN)
    ws.set_landscape()
    ws.set_paper(_A4)
    ws.fit_to_pages(1, 0)
    ws.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.75)
    handling, title = _in_header(report.handling), _in_header(report.title)
    middle = f"&C{handling}" if handling else ""
    ws.set_header(middle)
    ws.set_footer(f"&L{title}{middle}&R&A, page &P of &N")
    first, last = repeated
    if first:
        ws.repeat_rows(first - 1, last - 1)


def _in_header(text: str) -> str:
    """Make a text fit for a header, where & begins a command."""
    limit = _PART_LIMIT
    while len(found := _escaped(clipped(text, limit))) > _PART_LIMIT:
        limit -= 1
    return found


def _escaped(text: str) -> str:
    # XlsxWriter looks for its commands of pictures inside of what is escaped, too; a
    # font's name that changes nothing keeps the letters apart.
    return re.sub(r"&(?=[G[])", _APART, text.replace("&", "&&"))
