"""Which texts of a sheet look like ratings, before it is known where its matrix lies.

Legends are taken out of the sheet here: a line of text, pairs of a mark and a word in
rows or beside the matrix. What the ratings come to is read afterwards, in `scale`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Final

from workbench.case import words
from workbench.case.model import Consistency
from workbench.exchange.tables import answers, legend
from workbench.exchange.tables.answers import Kind, Meanings
from workbench.exchange.tables.sheet import Sheet

_SIGNED: Final = frozenset({"++", "+", "--"})
_SAYS_LITTLE: Final = frozenset({Consistency.N, Consistency.NA, None})
_PAIR: Final = 2
_FAR: Final = 10
_ZERO: Final = "0"


class Mark(Enum):
    """How far a text looks like a rating."""

    RATING = auto()
    NUMBER = auto()
    WEAK = auto()
    TEXT = auto()


@dataclass(frozen=True)
class Marks:
    """The marks of a sheet's texts by text, and what its legend and a person say."""

    marks: Mapping[str, Mark]
    legend: Mapping[str, Consistency]
    chosen: Meanings = field(default_factory=dict)


def marked(
    sheet: Sheet, chosen: Meanings, *, legends: bool = True
) -> tuple[Sheet, Marks]:
    """Mark the texts of a sheet; gives the sheet without its legends.

    Raises Unreadable for a legend that contradicts itself.
    """
    sheet, told = without_legends(sheet) if legends else (sheet, {})
    known: Meanings = told | dict(chosen)
    texts = {text for line in sheet.lines for text in line if text}
    marks: dict[str, Mark] = {}
    signs, numbers, strong = set(), set(), False
    polar, worded = set(), set()
    for text in texts:
        answer = answers.taken_apart(text, known)
        marks[text] = Mark.TEXT
        if answer is None:
            continue
        marks[text] = Mark.WEAK
        if answer.kind is Kind.MARK or (answer.kind is Kind.WORD and answer.meaning):
            marks[text] = Mark.RATING
            worded.add(text)
            if answer.meaning not in _SAYS_LITTLE:
                polar.add(text)
        elif answer.kind is Kind.SIGN:
            signs.add(text)
            strong = strong or answer.token in _SIGNED
        if answer.kind is Kind.NUMBER or answer.token == _ZERO:
            numbers.add(text)
            value = answers.number(answer.token) or 0.0
            small = abs(value) <= _FAR and not answer.because
            marks[text] = Mark.NUMBER if small else Mark.TEXT
    if strong:
        marks |= dict.fromkeys(signs, Mark.RATING)
    lettered = bool(chosen) or _is_lettered(sheet, polar, worded)
    if legend.scale(told).said or not (lettered or strong or told):
        marks |= {text: Mark.RATING for text in numbers if marks[text] is not Mark.TEXT}
    return sheet, Marks(marks, told, chosen)


def _is_lettered(sheet: Sheet, polar: Collection[str], worded: Collection[str]) -> bool:
    """Tell whether some row or column has its ratings in words, not a title alone.

    Half of its cells are words for a rating, and one of them takes a side.
    """
    if not polar:
        return False
    filled: dict[tuple[str, int], list[str]] = {}
    for row, line in enumerate(sheet.lines):
        for column, text in enumerate(line):
            if text:
                filled.setdefault(("row", row), []).append(text)
                filled.setdefault(("column", column), []).append(text)
    return any(
        2 * sum(text in worded for text in texts) >= len(texts) - 1 > 0
        and any(text in polar for text in texts)
        for texts in filled.values()
    )


# ------------------------------------------------------------------ legends


def without_legends(sheet: Sheet) -> tuple[Sheet, dict[str, Consistency]]:
    """Take the legends out of a sheet; gives what they say beyond what is plain.

    Raises Unreadable for a legend that contradicts itself.
    """
    texts = {text for line in sheet.lines for text in line if text}
    lines = {text: found for text in texts if (found := legend.read(text))}
    places: dict[tuple[int, int], legend.Entries] = {}
    _in_rows(sheet, lines, places)
    _in_columns(sheet, lines, places)
    entries: dict[str, Consistency] = {}
    for found in places.values():
        for token, meaning in found.items():
            if entries.setdefault(token, meaning) is not meaning:
                raise sheet.fault(
                    f"the legend gives “{token}” two meanings, "
                    f"{entries[token].meaning} and {meaning.meaning}; keep one"
                )
    if not places:
        return sheet, {}
    kept = [
        ["" if (row, c) in places else text for c, text in enumerate(line)]
        for row, line in enumerate(sheet.lines)
    ]
    rows = [row for row, line in enumerate(kept) if any(line)]
    plain = replace(
        sheet,
        lines=[kept[row] for row in rows],
        numbers=[sheet.numbers[row] for row in rows],
        legends=tuple(sheet.cell(*place) for place in sorted(places)),
    )
    told = {t: m for t, m in entries.items() if not legend.is_plain(t, m)}
    return plain, told


def _in_rows(
    sheet: Sheet,
    lines: Mapping[str, legend.Entries],
    places: dict[tuple[int, int], legend.Entries],
) -> None:
    """Find lines of text that are legends, and rows of a mark and a word."""
    pairs: dict[int, list[int]] = {}
    headings: set[int] = set()
    for row, line in enumerate(sheet.lines):
        filled = [(c, text) for c, text in enumerate(line) if text]
        told = [c for c, text in filled if text in lines]
        others = [text for _, text in filled if text not in lines]
        if told and all(map(_is_heading, others)) and _is_line(filled, lines):
            places |= {(row, c): lines.get(text, {}) for c, text in filled}
        elif len(filled) == _PAIR and _pair(*(text for _, text in filled), strict=True):
            pairs[row] = [c for c, _ in filled]
        elif filled and all(_is_heading(text) for _, text in filled):
            headings.add(row)
    for block in _apart(sheet, pairs, headings):
        for row in block:
            first, second = pairs[row]
            line = sheet.lines[row]
            places[row, first] = _pair(line[first], line[second])
            places[row, second] = {}
    for row in headings:
        if any((row + 1, c) in places for c in range(len(sheet.lines[row]) + _PAIR)):
            line = sheet.lines[row]
            places |= {(row, c): {} for c, text in enumerate(line) if text}


def _is_line(
    filled: Sequence[tuple[int, str]], lines: Mapping[str, legend.Entries]
) -> bool:
    """Tell a legend in one row from the answers of an item without a title."""
    told = [text for _, text in filled if text in lines]
    return len(told) == 1 or all("=" in text for text in told)


def _apart(
    sheet: Sheet, pairs: Mapping[int, object], headings: Collection[int]
) -> Iterator[list[int]]:
    """Give the runs of two pairs or more that nothing but a gap or heading precedes."""
    run: list[int] = []
    for row in range(len(sheet.lines) + 1):
        gap = row < len(sheet.lines) and sheet.gap_before(row)
        if row in pairs and not (gap and run):
            run.append(row)
            continue
        if 1 < len(run) < len(sheet.lines) - 1 and (
            run[0] == 0 or sheet.gap_before(run[0]) or run[0] - 1 in headings
        ):
            yield run
        run = [row] if row in pairs else []


def _in_columns(
    sheet: Sheet,
    lines: Mapping[str, legend.Entries],
    places: dict[tuple[int, int], legend.Entries],
) -> None:
    """Find legends that stand beside the matrix, with nothing else over them."""
    by_column: dict[int, list[tuple[int, str]]] = {}
    if not lines and not any(_is_heading(t) for line in sheet.lines for t in line if t):
        return
    for row, line in enumerate(sheet.lines):
        for column, text in enumerate(line):
            if text and (row, column) not in places:
                by_column.setdefault(column, []).append((row, text))
    for column, cells in by_column.items():
        first = cells[0][1]
        opening = _is_heading(first) or ("=" in first and first in lines)
        if column == min(by_column) or not opening:
            continue
        if all(text in lines or _is_heading(text) for _, text in cells):
            places |= {(row, column): lines.get(text, {}) for row, text in cells}
        elif _is_heading(first) and (found := _paired(by_column, column)):
            places |= found


def _paired(
    by_column: Mapping[int, Sequence[tuple[int, str]]], column: int
) -> dict[tuple[int, int], legend.Entries]:
    """Read a column of marks and the column of words beside it, under a heading."""
    found: dict[tuple[int, int], legend.Entries] = {}
    marks = dict(by_column[column][1:])
    said = dict(by_column.get(column + 1, ()))
    for row in marks.keys() | said.keys():
        entry = _pair(marks.get(row, ""), said.get(row, ""))
        if not entry and (marks.get(row) or not _is_heading(said.get(row, ""))):
            return {}
        found[row, column + 1] = {}
        if row in marks:
            found[row, column] = entry
    found[by_column[column][0][0], column] = {}
    return found if len(marks) > 1 else {}


def _is_heading(text: str) -> bool:
    return len(text) <= 40 and bool(legend.HEADING.fullmatch(text))  # noqa: PLR2004


def _pair(first: str, second: str, *, strict: bool = False) -> legend.Entries:
    """Read two cells as a line of a legend; `strict` where they may be an item's."""
    found = legend.pair(first, second) if first and second else None
    if not found:
        return {}
    entries = {legend.token(one): found[1] for one in found[0]}
    if strict and any(one.isalpha() and one not in words.CODES for one in entries):
        return {}
    return entries
