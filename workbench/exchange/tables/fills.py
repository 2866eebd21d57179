"""Colours of cells as texts, where a cell says by its colour alone what it holds.

A colour becomes a mark as a tick is one: it has a meaning where a legend gives it one,
by a cell of that colour beside a word, a word on that colour, or a line that names it.
Colours that only adorn a table are left alone.
"""

from __future__ import annotations

import colorsys
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Final

from workbench.case import words
from workbench.exchange.tables import answers, columns, legend
from workbench.exchange.tables.sheet import Sheet

_WHITE: Final = 0.97  # lightness from which a colour is that of paper
_GREY: Final = 0.15  # saturation below which a colour has no hue
_FEW: Final = 2
# The hues by their names in English, in degrees of the circle.
_HUES: Final = (
    (20, "red"),
    (45, "orange"),
    (70, "yellow"),
    (170, "green"),
    (260, "blue"),
    (290, "purple"),
    (335, "pink"),
    (361, "red"),
)
_ALSO: Final[Mapping[str, str]] = {
    "amber": "orange",
    "gray": "grey",
    "violet": "purple",
    "lime": "green",
}
_SHADES: Final[Mapping[str, int]] = {"dark": 0, "deep": 0, "": 1, "light": 2, "pale": 2}
_NAMED: Final = re.compile(
    rf"(?:(?P<shade>{'|'.join(filter(None, _SHADES))})[ -])?(?P<hue>[a-z]+)"
)
_HEX: Final = re.compile("#[0-9a-f]{6}")
Fills = Mapping[tuple[int, int], str]


def shown(sheet: Sheet) -> Sheet:
    """Give the sheet with the colours that stand for ratings written as texts."""
    fills = {place: one for place, one in sheet.fills.items() if not _is_paper(one)}
    if not fills:
        return sheet
    return _Shown(sheet, fills).sheet()


class _Shown:
    """One sheet; places are row numbers of the file and columns."""

    def __init__(self, sheet: Sheet, fills: Fills) -> None:
        self.plain, self.fills = sheet, fills
        self.texts = {
            (number, c): text
            for number, line in zip(sheet.numbers, sheet.lines, strict=True)
            for c, text in enumerate(line)
            if text
        }
        self.tokens = {t for text in self.texts.values() for t in legend.read(text)}
        self.numbers = frozenset(sheet.numbers)
        columns_: dict[int, set[str]] = defaultdict(set)
        rows: dict[int, list[str]] = defaultdict(list)
        for (number, column), text in self.texts.items():
            rows[number].append(text)
            columns_[column].add(text)
        first = min(columns_, default=0)
        self.rows = {n for n, texts in rows.items() if all(map(_of_legend, texts))}
        self.columns = {
            c
            for c, texts in columns_.items()
            if c > first and all(map(_of_legend, texts))
        }

    def sheet(self) -> Sheet:
        blank = {
            place: one
            for place, one in self.fills.items()
            if place not in self.texts and place[0] in self.numbers
        }
        swatches = self._swatches(blank)
        explained = {place: blank[beside] for beside, place in swatches.items()}
        explained |= {
            place: fill
            for place, fill in self.fills.items()
            if place in self.texts and self._is_legend_word(place)
        }
        named = self._named({*blank.values()})
        told = {*explained.values(), *named, *(self.tokens & {*blank.values()})}
        cells = {place: one for place, one in blank.items() if place not in swatches}
        if told:
            kept = _with_those_among(cells, {p for p in cells if cells[p] in told})
        elif self._is_rated_otherwise():
            return self.plain
        else:
            adorning = {fill for p, fill in self.fills.items() if p in self.texts}
            kept = {p: one for p, one in cells.items() if one not in adorning}
        if len(kept) < _FEW:
            return self.plain
        written = {p: named.get(one) or one for p, one in kept.items()}
        written |= {
            place: f"{fill} = {self.texts[place]}" for place, fill in explained.items()
        }
        return self._with(written)

    def _is_rated_otherwise(self) -> bool:
        """Tell whether the sheet is rated in words, or does not look like a matrix."""
        texts = {text for text in self.texts.values() if len(text) <= columns.LONGEST}
        return any(map(answers.looks_rated, texts)) or not any(
            columns.hypothesis(text)
            or columns.name(text) in columns.EVIDENCE | columns.HYPOTHESES
            for text in texts
        )

    def _with(self, written: Mapping[tuple[int, int], str]) -> Sheet:
        lines = []
        by_row: dict[int, dict[int, str]] = defaultdict(dict)
        for (number, column), text in written.items():
            by_row[number][column] = text
        for number, line in zip(self.plain.numbers, self.plain.lines, strict=True):
            own = by_row[number]
            wide = max(len(line), max(own, default=-1) + 1)
            texts = [*line, *[""] * (wide - len(line))]
            for column, text in own.items():
                texts[column] = text
            lines.append(texts)
        said = "Cells without a text are read by their colours"
        understood = (*self.plain.understood, said)
        return replace(self.plain, lines=lines, understood=understood, fills={})

    # -------------------------------------------------------------- legends

    def _swatches(self, blank: Fills) -> dict[tuple[int, int], tuple[int, int]]:
        """Give the coloured cells of a legend, each with the place of its word."""
        found: dict[tuple[int, int], tuple[int, int]] = {}
        by_row: dict[int, list[int]] = defaultdict(list)
        for number, column in blank:
            by_row[number].append(column)
        for number, places in by_row.items():
            right = {c: c + 1 for c in places if self._is_legend_word((number, c + 1))}
            left = {c: c - 1 for c in places if self._is_legend_word((number, c - 1))}
            beside = left if len(left) > len(right) else right
            found |= {(number, c): (number, word) for c, word in beside.items()}
        return found

    def _is_legend_word(self, place: tuple[int, int]) -> bool:
        """Tell whether a word stands where a row or column is nothing but a legend."""
        number, column = place
        apart = number in self.rows or column in self.columns
        return apart and bool(words.meaning(self.texts.get(place, "")))

    def _named(self, fills: Collection[str]) -> dict[str, str]:
        """Give the names by which lines of text speak of colours, by colour."""
        by_hue: dict[str, list[str]] = defaultdict(list)
        for fill in fills:
            by_hue[_hue(fill)].append(fill)
        found: dict[str, str] = {}
        for hue, same in by_hue.items():
            shades = ((rank, t, h) for t in self.tokens for h, rank in _shade(t))
            ranked = sorted((rank, token) for rank, token, h in shades if h == hue)
            if len({rank for rank, _ in ranked}) == len(ranked) == len(same):
                same.sort(key=lambda fill: _hls(fill)[1])
                found |= dict(zip(same, (t for _, t in ranked), strict=True))
        return found


def _of_legend(text: str) -> bool:
    heading = legend.HEADING.fullmatch(text)
    return bool(words.meaning(text) or heading)


def _with_those_among(
    cells: Fills, there: Collection[tuple[int, int]]
) -> dict[tuple[int, int], str]:
    """Give some cells, and the others between the first and the last of them."""
    rows = sorted({row for row, _ in there})
    places = sorted({column for _, column in there})
    return {
        (row, column): one
        for (row, column), one in cells.items()
        if there and rows[0] <= row <= rows[-1] and places[0] <= column <= places[-1]
    }


# ------------------------------------------------------------------ colours


def _hls(fill: str) -> tuple[float, float, float]:
    red, green, blue = (int(fill[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return colorsys.rgb_to_hls(red, green, blue)


def _is_paper(fill: str) -> bool:
    return bool(_HEX.fullmatch(fill)) and _hls(fill)[1] >= _WHITE


def _hue(fill: str) -> str:
    hue, _, saturation = _hls(fill)
    if saturation < _GREY:
        return "grey"
    return next(name for most, name in _HUES if hue * 360 < most)


def _shade(token: str) -> Iterator[tuple[str, int]]:
    """Walk the hue that a word names, and how light it is said to be: one or none."""
    found = _NAMED.fullmatch(token)
    hue = _ALSO.get(found["hue"], found["hue"]) if found else ""
    if found and (hue == "grey" or any(hue == name for _, name in _HUES)):
        yield hue, _SHADES[found["shade"] or ""]
