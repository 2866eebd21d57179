"""On which page of a Word file each section is likely to begin.

Only the program that opens the file lays it out: it brings the numbers up to date. They
are guessed for one that does not, from the lines that texts and tables take.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from workbench.report.content.blocks import (
    Block,
    Facts,
    Figure,
    Item,
    Paragraph,
    Points,
    Table,
)
from workbench.report.content.sections import Report
from workbench.report.sizing import shares, tall
from workbench.report.word.tables import FACE

_PAGE: Final = 56.0  # lines of text
_WIDTH: Final = 174.0  # mm
_LINE: Final = 108  # letters
_HEADING, _BETWEEN, _ROW, _PICTURE = 2.6, 0.5, 1.15, 16.0
_HEAD: Final = 6.0  # lines above the first section


def likely_pages(report: Report) -> list[int]:
    """Guess the page on which each section begins that the contents list."""
    at = _HEAD + sum(_tall(one.blocks) for one in report.opening)
    at += len(report.facts.facts) + len(report.rest) + _HEADING
    pages = []
    for section in report.rest:
        if at % _PAGE > _PAGE - 2 * _HEADING:  # a heading is not left alone
            at += _PAGE - at % _PAGE
        pages.append(int(at // _PAGE) + 1)
        at += _HEADING + _tall(section.blocks)
    return pages


def _tall(blocks: Sequence[Block]) -> float:
    return sum(_block(block) + _BETWEEN for block in blocks)


def _block(block: Block) -> float:
    match block:
        case Points(intro, texts):
            return _lines(intro) + sum(map(_lines, texts))
        case Facts(facts):
            return float(len(facts))
        case Table():
            widths = shares(block, _WIDTH, FACE)
            rows = (*block.rows, *block.foot)
            return 2 + sum(tall(row, widths, FACE) * _ROW for row in rows)
        case Figure():
            return _PICTURE
        case Item(_, _, blocks):
            return _HEADING + _tall(blocks)
        case Paragraph(text):
            return _lines(text)
    return 2.0


def _lines(text: str) -> float:
    return float(math.ceil(len(text) / _LINE))
