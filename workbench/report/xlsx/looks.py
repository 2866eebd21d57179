"""How the workbook looks and prints: styles by name, colours of codes, pages.

A colour only repeats what a code says, and follows the code when it is changed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Final

from openpyxl.formatting.rule import Rule
from openpyxl.styles import (
    Alignment,
    Border,
    Font,
    NamedStyle,
    PatternFill,
    Side,
)
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.header_footer import _HeaderFooterPart as HeaderPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from workbench.case.model import MAX_EMPHASIS, NEUTRAL_EMPHASIS, Consistency
from workbench.report.content.sections import Report
from workbench.wording import NONE, clipped

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

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
_FAMILY: Final = "Calibri"
_INK, _SOFT, _LINE, _TINT, _STILL = "17232B", "52626C", "B8C4CA", "EAF0F2", "EEF1F3"
_CHOSEN: Final = "0B5FA5"
_CODES: Final = {
    Consistency.CC: ("A9D8D4", True),
    Consistency.C: ("DCEFED", False),
    Consistency.N: (_STILL, False),
    Consistency.I: ("FBE3D6", False),
    Consistency.II: ("F0AE87", True),
    Consistency.NA: (_STILL, False),
}
_OWN_FORMAT: Final = 200  # numbers up to 163 are built in

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


def add_styles(workbook: Workbook) -> None:
    """Give the workbook its named styles."""
    top = Alignment(vertical="top", wrap_text=True)
    left = Alignment(vertical="top", horizontal="left", indent=1)
    right = Alignment(vertical="top", horizontal="right", indent=1)
    centre = Alignment(vertical="top", horizontal="center", wrap_text=True)
    line = Side(style="thin", color=_LINE)
    box = Border(left=line, right=line, top=line, bottom=line)
    hair = Border(bottom=Side(style="hair", color=_LINE))
    under = Border(bottom=Side(style="medium", color=_INK))
    font = partial(Font, name=_FAMILY, size=11, color=_INK)
    plain, bold = font(), font(bold=True)
    chosen = font(color=_CHOSEN)
    tint = PatternFill("solid", fgColor=_TINT)
    head = Alignment(vertical="bottom", wrap_text=True)
    head_right = Alignment(
        vertical="bottom", horizontal="right", wrap_text=True, indent=1
    )
    head_centre = Alignment(vertical="bottom", horizontal="center", wrap_text=True)

    def add(  # noqa: PLR0913  what a style has
        name: str,
        letters: Font,
        alignment: Alignment,
        number_format: str = "General",
        fill: PatternFill | None = None,
        border: Border | None = None,
    ) -> None:
        style = NamedStyle(name, letters, fill, border, alignment, number_format)
        workbook.add_named_style(style)

    add(TITLE, font(bold=True, size=14), top)
    add(SECTION, font(bold=True, size=13), top)
    add(NOTE, font(color=_SOFT, italic=True), top)
    add(TEXT, plain, top)
    add(LEAD, font(bold=True, size=12), top)
    add(LABEL, bold, top)
    add(HEAD, bold, head, fill=tint, border=under)
    add(HEAD_RIGHT, bold, head_right, fill=tint, border=under)
    add(HEAD_CODE, bold, head_centre, fill=tint, border=under)
    add(CELL, plain, top, border=hair)
    add(RIGHT, plain, right, border=hair)
    add(NUMBER, plain, right, "0.00", border=hair)
    add(COUNT, plain, right, "0", border=hair)
    add(SHARE, plain, right, "0%", border=hair)
    add(CODE, bold, centre, "@", border=box)
    add(CHOICE, chosen, left, "@", border=box)
    add(CHOICE_NUMBER, chosen, right, "General", border=box)
    add(CHOICE_LEVEL, chosen, left, border=box)
    apart = font(bold=True, underline="single")
    add(CODE_APART, apart, centre, "@", border=box)
    add(COMMAND, font(name="Consolas"), top)


def colour_codes(ws: Worksheet, cells: str) -> None:
    """Colour codes by what they are, now and when they are changed."""
    for code, (colour, bold) in _CODES.items():
        shown = DifferentialStyle(
            font=Font(bold=bold), fill=PatternFill("solid", bgColor=colour)
        )
        rule = Rule("cellIs", dxf=shown, operator="equal", formula=[f'"{code}"'])
        ws.conditional_formatting.add(cells, rule)


def strike_out(ws: Worksheet, cells: str, where: str) -> None:
    """Strike out rows where a condition holds, whatever their colours."""
    shown = DifferentialStyle(font=Font(color=_SOFT, strike=True))
    rule = Rule("expression", dxf=shown, stopIfTrue=True, formula=[where])
    ws.conditional_formatting.add(cells, rule)


def dash(ws: Worksheet, cells: str, where: str) -> None:
    """Show numbers as a dash where a condition holds; they stay numbers."""
    numbers = NumberFormat(numFmtId=_OWN_FORMAT, formatCode=f'"{NONE}"')
    rule = Rule("expression", dxf=DifferentialStyle(numFmt=numbers), formula=[where])
    ws.conditional_formatting.add(cells, rule)


def one_of(
    words: Iterable[str], besides: str = "", *, strict: bool = True
) -> DataValidation:
    """Offer words to choose from; what is none of them is refused, or asked about."""
    listed = ",".join(words)
    validation = DataValidation("list", f'"{listed}"', allow_blank=strict)
    validation.errorStyle = "stop" if strict else "warning"
    return _explained(validation, f"One of {listed.replace(',', ', ')}. {besides}")


def one_of_cells(cells: str) -> DataValidation:
    """Offer the texts of some cells to choose from."""
    validation = DataValidation("list", cells, errorStyle="stop")
    return _explained(validation, "Choose one of the list.")


def emphasis() -> DataValidation:
    """Take a number from 0 to 2."""
    validation = DataValidation(
        "decimal",
        formula1="0",
        formula2=f"{MAX_EMPHASIS:g}",
        operator="between",
        errorStyle="stop",
    )
    said = f"A number from 0 to {MAX_EMPHASIS:g}; {NEUTRAL_EMPHASIS:g} is neutral."
    return _explained(validation, said)


def _explained(validation: DataValidation, said: str) -> DataValidation:
    validation.showErrorMessage = True
    validation.errorTitle = "Not taken here"
    validation.error = said.strip()
    return validation


def lay_out(ws: Worksheet, report: Report, repeated: str = "") -> None:
    """Set a sheet up for paper: on its side, as wide as a page, the handling on each.

    `repeated` names the rows that head every page.
    """
    ws.sheet_view.showGridLines = False
    ws.page_setup.orientation = "landscape"
    ws.page_setup.paperSize = ws.PAPERSIZE_A4
    ws.page_setup.fitToWidth = 1
    ws.page_setup.fitToHeight = 0
    ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    ws.page_margins = PageMargins(left=0.5, right=0.5, top=0.75, bottom=0.75)
    handling = HeaderPart(_in_header(report.handling))
    title = HeaderPart(_in_header(report.title))
    page = HeaderPart("&A, page &P of &N")
    ws.oddHeader = HeaderFooterItem(center=handling)
    ws.oddFooter = HeaderFooterItem(left=title, center=handling, right=page)
    if repeated:
        ws.print_title_rows = repeated


def _in_header(text: str) -> str | None:
    """Make a text fit for a header, where & begins a command."""
    limit = _PART_LIMIT
    while len(found := clipped(text, limit).replace("&", "&&")) > _PART_LIMIT:
        limit -= 1
    return found or None
