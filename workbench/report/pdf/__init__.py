"""The report as a tagged PDF (PDF/UA-1), set by typst.

Texts reach typst as JSON in an input and become strings there; none is ever pasted into
its source, and nothing is evaluated.

The fonts are the project's own, and those that typst carries for what it lacks:
Libertinus Serif and DejaVu Sans Mono. They hold the Latin, Cyrillic, Greek, Armenian,
Georgian, Hebrew, Arabic and Devanagari letters, so that such a report looks the same on
any machine. Only where a
text needs more (Chinese, Japanese, Korean, Thai, emoji) are the machine's own fonts
asked; what these lack as well is given by its Unicode number, and the first page says
so. The same report on the same machine gives the same bytes.

typst tags the head of a table as headers; it has no way yet to tag a cell that names a
row. A text that PDF/UA-1 does not allow for another reason than a character, such as a
mark without a letter, leaves the file tagged but without the claim of that standard.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
import unicodedata
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final, Literal

import typst

from workbench import fonts
from workbench.report.content.blocks import Figure
from workbench.report.content.sections import Report
from workbench.report.pdf import typeset

# typst names each piece of text for which PDF/UA-1 finds no glyph, quoted as Rust does.
_LACKING: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
_STANDARD: Final = "ua-1"
_JOINER: Final = "\u200d"  # holds an emoji of several together
_REMARK: Final = (
    "No font on the machine that made this file has some of the characters in it. They "
    "are given by their Unicode numbers, as in [U+4E00]."
)


def write(report: Report) -> bytes:
    """Write the report as PDF."""
    system_fonts, remark = False, ""
    while True:
        try:
            return _compile(report, remark, _STANDARD, system_fonts=system_fonts)
        except typst.TypstError as fault:
            lacking = _lacking(fault.diagnostic)
            if not lacking:
                return _compile(report, remark, None, system_fonts=system_fonts)
            if system_fonts:
                report, remark = _numbered(report, lacking), _REMARK
            system_fonts = True


def _compile(
    report: Report,
    remark: str,
    standard: Literal["ua-1"] | None,
    *,
    system_fonts: bool,
) -> bytes:
    source = (resources.files("workbench.report.pdf") / "report.typ").read_bytes()
    texts = json.dumps(typeset.document(report), ensure_ascii=False)
    date = report.basis.date
    made = typst.compile(
        source,
        format="pdf",
        font_paths=_faces(of_the_machine=system_fonts),
        sys_inputs={"data": texts, "remark": remark},
        pdf_standards=standard,
        timestamp=dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC),
    )
    assert isinstance(made, bytes)
    return made


@cache
def _faces(*, of_the_machine: bool) -> typst.Fonts:
    """Load our font, those that typst carries and, where asked, the machine's."""
    return typst.Fonts(
        include_system_fonts=of_the_machine, font_paths=[Path(fonts.folder())]
    )


def _lacking(diagnostic: str) -> set[str]:
    """Give characters for which no font has a glyph, those first that may be to blame.

    Where a letter carries a mark that no one font has with it, typst names both. The
    letter is not lacking: once the mark is given by its number, it is shown again.
    """
    named = {
        char
        for found in _LACKING.findall(diagnostic)
        for char in _ESCAPED.sub(lambda one: chr(int(one[1], 16)), found)
        if not char.isascii()
    }
    marks = {char for char in named if unicodedata.category(char).startswith("M")}
    signs = {char for char in named if unicodedata.category(char) == "Cf"}
    joiners = signs & {_JOINER}
    return marks or signs - joiners or named - signs or joiners


def _numbered(report: Report, lacking: set[str]) -> Report:
    """Give each of these characters by its number, wherever it stands."""
    numbers = str.maketrans({char: f"[U+{ord(char):04X}]" for char in lacking})

    def change(value: Any) -> Any:  # noqa: ANN401  any part of a report
        match value:
            case str():
                return value.translate(numbers)
            case tuple() | list():
                return type(value)(map(change, value))
            case dict():
                return {key: change(one) for key, one in value.items()}
            case Figure():
                specify = value.specify
                return dataclasses.replace(
                    value,
                    caption=change(value.caption),
                    alt=change(value.alt),
                    # its data alone: elsewhere in it stand expressions
                    specify=lambda: {
                        key: change(one) if key in ("data", "datasets") else one
                        for key, one in specify().items()
                    },
                )
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            parts = {
                f.name: change(getattr(value, f.name))
                for f in dataclasses.fields(value)
            }
            return dataclasses.replace(value, **parts)
        return value

    return dataclasses.replace(
        report,
        title=change(report.title),
        question=change(report.question),
        handling=change(report.handling),
        facts=change(report.facts),
        sections=change(report.sections),
    )
