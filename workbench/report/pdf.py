"""The report as a tagged PDF (PDF/UA-1), set by typst.

Texts reach typst as JSON in an input and become strings there; none is ever pasted into
its source, and nothing is evaluated.

The fonts are those that typst carries: Libertinus Serif, and DejaVu Sans Mono for what
it lacks. They hold the Latin, Cyrillic, Greek, Armenian, Georgian, Hebrew, Arabic and
Devanagari letters, so that such a report looks the same on any machine. Only where a
text needs more (Chinese, Japanese, Korean, Thai, emoji) are the machine's own fonts
asked; what these lack as well is given by its Unicode number, and the first page says
so. The same report on the same machine gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from importlib import resources
from typing import Final

import typst

from workbench.report import typeset
from workbench.report.sections import Report

# typst names each piece of text for which PDF/UA-1 finds no glyph, quoted as Rust does.
_LACKING: Final = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
_REMARK: Final = (
    "No font on the machine that made this file has some of the characters in it. They "
    "are given by their Unicode numbers, as in [U+4E00]."
)


def write(report: Report) -> bytes:
    """Write the report as PDF."""
    texts = json.dumps(typeset.document(report), ensure_ascii=False)
    date = report.basis.date
    stamp = dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC)
    system_fonts, remark = False, ""
    while True:
        try:
            return _compile(texts, remark, stamp, system_fonts=system_fonts)
        except typst.TypstError as fault:
            lacking = _lacking(fault.diagnostic)
            if not lacking:
                raise
            if system_fonts:
                texts, remark = _numbered(texts, lacking), _REMARK
            system_fonts = True


def _compile(
    texts: str, remark: str, stamp: dt.datetime, *, system_fonts: bool
) -> bytes:
    source = (resources.files("workbench.report") / "report.typ").read_bytes()
    made = typst.compile(
        source,
        format="pdf",
        ignore_system_fonts=not system_fonts,
        sys_inputs={"data": texts, "remark": remark},
        pdf_standards=["ua-1"],
        timestamp=stamp,
    )
    assert isinstance(made, bytes)
    return made


def _lacking(diagnostic: str) -> set[str]:
    """Give the pieces of text for which no font has a glyph."""
    return {
        _ESCAPED.sub(lambda one: chr(int(one[1], 16)), found)
        for found in _LACKING.findall(diagnostic)
    }


def _numbered(texts: str, lacking: set[str]) -> str:
    pattern = "|".join(map(re.escape, sorted(lacking, key=len, reverse=True)))
    return re.sub(
        pattern, lambda found: "".join(f"[U+{ord(c):04X}]" for c in found[0]), texts
    )
