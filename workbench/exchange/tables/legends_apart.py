"""A legend in a sheet or a table of its own, as it is kept beside the matrix it is for.

It is put below every other sheet of the file, where a legend is looked for. What it
says is read there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from workbench.case import words
from workbench.exchange.tables import columns, legend
from workbench.exchange.tables.sheet import Sheet

_PAIR: Final = 2
_SHORT: Final = 4  # characters of what a word may explain
_MOST: Final = 60  # lines of a legend


def spread(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[Sheet]]:
    """Give the sheets with the legends of the file below each, and those it took.

    A file of nothing but legends stays as it is.
    """
    told = {
        number: lines for number, one in enumerate(sheets) if (lines := _lines(one))
    }
    if not told or len(told) == len(sheets):
        return list(sheets), []
    below = [line for lines in told.values() for line in lines]
    kept = [one for number, one in enumerate(sheets) if number not in told]
    return [_with(one, below) for one in kept], [sheets[number] for number in told]


def _with(sheet: Sheet, lines: Sequence[str]) -> Sheet:
    last = max(sheet.numbers, default=0) + 1  # an empty row stands between
    numbers = [last + n for n in range(1, len(lines) + 1)]
    gaps = None if sheet.gaps is None else sheet.gaps | {numbers[0]}
    return replace(
        sheet,
        lines=[*sheet.lines, *([line] for line in lines)],
        numbers=[*sheet.numbers, *numbers],
        gaps=gaps,
        _width=0,
    )


def _lines(sheet: Sheet) -> list[str]:
    """Give the lines of a sheet that is nothing but a legend, else none."""
    if len(sheet.lines) > _MOST:
        return []
    found: list[str] = []
    for place, line in enumerate(sheet.lines):
        number = sheet.numbers[place]
        texts = [text for text in line if text]
        fills = [f for (row, c), f in sheet.fills.items() if row == number and f]
        if told := _told(texts, fills):
            found.append(told)
        elif found and not all(map(legend.HEADING.fullmatch, texts)):
            return []
        elif not found and (len(texts) > _PAIR or any(map(_names, texts))):
            return []  # more than a heading over two columns
    return found if len(found) >= _PAIR else [one for one in found if "," in one]


def _names(text: str) -> bool:
    """Tell whether a text stands over the columns of a matrix."""
    known = columns.EVIDENCE | columns.HYPOTHESES
    return columns.name(text) in known or columns.hypothesis(text) is not None


def _told(texts: Sequence[str], fills: Sequence[str]) -> str:
    """Give what one row explains as a line of a legend, "" where it explains none."""
    if len(texts) == 1 and legend.read(texts[0]):
        return texts[0]
    if len(texts) == 1 and len(set(fills)) == 1 and words.meaning(texts[0]):
        return f"{fills[0]} = {texts[0]}"
    if len(texts) == _PAIR and _explains(texts[0], texts[1]):
        return f"{texts[0]} = {texts[1]}"
    return ""


def _explains(first: str, second: str) -> bool:
    """Tell whether a text explains another, and does not rate it.

    “A” beside “I” may be an item with its rating; “A” beside “inconsistent” is not.
    """
    if words.key(second) in words.CODES and first.isalpha():
        return False
    loose = len(first) <= _SHORT
    return legend.pair(first, second, loose=loose) is not None
