"""Which texts of a sheet look like ratings, before it is known where its matrix lies.

A legend is taken out of the sheet here; what the ratings come to is read afterwards,
from the cells of the matrix alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from workbench.case.model import Consistency
from workbench.exchange.tables.sheet import Sheet
from workbench.exchange.tables.written import (
    HEADING,
    MEANING,
    SIGNS,
    UNRATED,
    coded,
    completed,
    integer,
    key,
    legend,
    sign,
)

_STRONG: Final = {text: SIGNS[text] for text in ("++", "+", "--")}
_SAYS_LITTLE: Final = frozenset({Consistency.N, Consistency.NA})
_PAIR: Final = 2


class Mark(Enum):
    """How far a text looks like a rating."""

    RATING = auto()
    NUMBER = auto()
    WEAK = auto()
    TEXT = auto()


@dataclass(frozen=True)
class Marks:
    """The marks of a sheet's texts by text, and the legend that the sheet holds."""

    marks: Mapping[str, Mark]
    legend: Mapping[str, Consistency]


def marked(sheet: Sheet) -> tuple[Sheet, Marks]:
    """Mark the texts of a sheet; gives the sheet without its legend.

    Raises Unreadable for a legend that contradicts itself.
    """
    sheet, entries = _without_legend(sheet)
    texts = {text for line in sheet.lines for text in line if text}
    marks = {text: _mark(text, entries) for text in texts}
    strong = {text for text in texts if sign(text) in _STRONG}
    lettered = any(
        mark is Mark.RATING and MEANING.get(key(text)) not in _SAYS_LITTLE
        for text, mark in marks.items()
    )
    if strong:
        signs = (text for text, mark in marks.items() if mark is Mark.WEAK)
        marks |= {text: Mark.RATING for text in signs if sign(text)}
        marks |= {text: Mark.RATING for text in texts if sign(text) == "0"}
    elif not lettered and not entries:
        numbers = [text for text, mark in marks.items() if mark is Mark.NUMBER]
        marks |= dict.fromkeys(numbers, Mark.RATING)
    return sheet, Marks(marks, entries)


def _mark(text: str, entries: Mapping[str, Consistency]) -> Mark:
    word = key(text) if len(text) < 40 else ""  # noqa: PLR2004  no rating is longer
    if word in entries or word in MEANING or coded(text):
        return Mark.RATING
    if integer(text) is not None:
        return Mark.NUMBER
    found = sign(text)
    if found in _STRONG:
        return Mark.RATING
    return Mark.WEAK if found or word in UNRATED else Mark.TEXT


def _without_legend(sheet: Sheet) -> tuple[Sheet, dict[str, Consistency]]:
    texts = dict.fromkeys(text for line in sheet.lines for text in line if text)
    read = {text: found for text in texts if (found := legend(text))}
    pairs: dict[int, dict[str, Consistency]] = {}
    headings = set()
    for number, line in zip(sheet.numbers, sheet.lines, strict=True):
        filled = [text for text in line if text]
        if len(filled) == _PAIR and (pair := _pair(*filled)) is not None:
            pairs[number] = pair
        elif len(filled) == 1 and HEADING.fullmatch(filled[0]):
            headings.add(number)
    pairs = pairs if len(pairs) > 1 else {}
    entries: dict[str, Consistency] = {}
    for more in (*read.values(), *pairs.values()):
        _add(sheet, entries, more)
    if not read and not pairs:
        return sheet, {}
    lines, numbers = [], []
    for number, line in zip(sheet.numbers, sheet.lines, strict=True):
        kept = ["" if text in read else text for text in line]
        if any(kept) and number not in pairs and number not in headings:
            lines.append(kept)
            numbers.append(number)
    return replace(sheet, lines=lines, numbers=numbers), completed(entries)


def _pair(first: str, second: str) -> dict[str, Consistency] | None:
    """Read a row of two cells as a line of a legend: a number or code, and words."""
    if integer(first) is None and integer(second) is not None:
        first, second = second, first
    meaning = MEANING.get(key(second))
    if meaning is None:
        return None
    if integer(first) is None and not sign(first) and not _is_plain(first, meaning):
        return None
    return {key(first): meaning}


def _is_plain(token: str, meaning: Consistency) -> bool:
    """Tell whether a legend says of a token what it means without a legend, too."""
    return meaning in (MEANING.get(key(token)), _STRONG.get(sign(token)))


def _add(
    sheet: Sheet, entries: dict[str, Consistency], more: Mapping[str, Consistency]
) -> None:
    for token, meaning in more.items():
        if _is_plain(token, meaning):
            continue
        if entries.setdefault(token, meaning) is not meaning:
            raise sheet.fault(
                f"the legend gives “{token}” two meanings, {entries[token].meaning} "
                f"and {meaning.meaning}; keep one"
            )
