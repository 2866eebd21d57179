"""The columns of a table on paper: how wide each is, and which tables have to be cut.

All widths are in mm. No cell is changed, and none is left out.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from workbench.report.breadth import MM, broadest_line, broadest_word, ems, lines
from workbench.report.content.blocks import Cell, Column, Table
from workbench.wording import clipped


@dataclass(frozen=True)
class Face:
    """How a format sets a table: type sizes in pt, room round a cell's text in mm.

    `broader` is how much broader than guessed a text may be, in the font of another
    machine, say.
    """

    head: float
    body: float
    padding: float  # of a cell, both sides
    tight: float  # of a cell of a code
    broader: float = 1.0


PDF: Final = Face(7.0, 7.5, 3.2, 1.1)
_CODE: Final = 10.0  # holds a code, and the one it was
_NAME: Final = 42.0  # of titles beside codes; with less they cannot be read
_TEXT: Final = 24.0
_NUMBER: Final = 30.0
_LOOSE: Final = 7.0  # at most added to each column of a table that needs no more
_LABEL: Final = 12  # letters of a label above a column; it is spelled out elsewhere
_LONG: Final = 240  # letters beyond which a text does not widen its column further


def head(column: Column) -> str:
    """Give what stands above a column; a long label is clipped."""
    return clipped(column.name, _LABEL) if column.kind == "code" else column.name


def room(part: Column | Cell, width: float, face: Face = PDF) -> float:
    """Give what a cell of that width has room for."""
    return width - (face.tight if part.kind == "code" else face.padding)


def least(table: Table, face: Face = PDF) -> float:
    """Give the width below which a table cannot be read."""
    codes = sum(column.kind == "code" for column in table.columns)
    total = 0.0
    for n, column in enumerate(table.columns):
        natural = _natural(table, n, face)
        if not _is_narrow(column):
            natural = min(natural, _NAME if n == 0 and codes > 1 else _TEXT)
        total += natural
    return total


def cut(table: Table, width: float, face: Face = PDF) -> list[Table]:
    """Cut a table that is wider than the page into several by its columns of codes.

    All other columns stand in each.
    """
    codes = [n for n, column in enumerate(table.columns) if column.kind == "code"]
    needed = least(table, face)
    if needed <= width or not codes:
        return [table]
    naturals = [_natural(table, n, face) for n in codes]
    fit = max(1, int((width - needed + sum(naturals)) // max(naturals)))
    count = math.ceil(len(codes) / fit)
    size = math.ceil(len(codes) / count)
    starts = range(0, len(codes), size)
    return [
        _only(table, codes[start : start + size], f"{part} of {len(starts)}")
        for part, start in enumerate(starts, 1)
    ]


def _only(table: Table, codes: Sequence[int], which: str) -> Table:
    kept = [
        n
        for n, column in enumerate(table.columns)
        if column.kind != "code" or n in codes
    ]
    return dataclasses.replace(
        table,
        caption=f"{table.caption} ({which})",
        columns=tuple(table.columns[n] for n in kept),
        rows=tuple(tuple(row[n] for n in kept) for row in table.rows),
        foot=tuple(tuple(row[n] for n in kept) for row in table.foot),
    )


def shares(table: Table, width: float, face: Face = PDF) -> list[float]:
    """Share a width out among the columns of a table.

    A column gets what it needs where that is no more than its share; the longer texts
    divide the rest. What is then left over loosens the table.
    """
    naturals = [_natural(table, n, face) for n in range(len(table.columns))]
    widths = [
        natural if _is_narrow(column) else 0.0
        for column, natural in zip(table.columns, naturals, strict=True)
    ]
    texts = [n for n, one in enumerate(widths) if not one]
    rest = width - sum(widths)
    while snug := [n for n in texts if naturals[n] <= rest / len(texts)]:
        for n in snug:
            widths[n] = naturals[n]
            texts.remove(n)
        rest = width - sum(widths)
    if not texts:
        each = min(rest / len(widths), _LOOSE)
        widths = [one + each for one in widths]
        widths[naturals.index(max(naturals))] += width - sum(widths)
        return widths
    base = min(_TEXT, rest / len(texts))
    held = {n: _held(table, n) for n in texts}
    for n in texts:
        spare = rest - base * len(texts)
        widths[n] = base + spare * held[n] / sum(held.values())
    return widths


def tall(row: Sequence[Cell], widths: Sequence[float], face: Face = PDF) -> int:
    """Guess how many lines a row takes at most."""
    return max(
        sum(
            math.ceil(max(ems(line), 1.0) * face.body * MM / room(cell, width, face))
            for line in lines(cell.text)
        )
        for cell, width in zip(row, widths, strict=True)
    )


def _is_narrow(column: Column) -> bool:
    return column.kind in ("number", "code")


def _natural(table: Table, n: int, face: Face) -> float:
    """Give the width at which a column breaks no line, and of its head no word."""
    column = table.columns[n]
    above = broadest_word(head(column), face.head) * face.broader
    of_rows = broadest_word if column.kind == "code" else broadest_line
    broadest = [of_rows(row[n].text, face.body) for row in table.rows]
    broadest += (broadest_line(row[n].text, face.body) for row in table.foot)
    body = max(broadest, default=0.0) * face.broader
    if column.kind == "number":
        body = min(body, _NUMBER)
    bare = max(above, body)
    return max(bare + bare - room(column, bare, face), _CODE)


def _held(table: Table, n: int) -> float:
    """Weigh a column of texts by its usual length, so that none takes all."""
    lengths = [min(len(row[n].text), _LONG) for row in table.rows]
    usual = sum(lengths) / max(len(lengths), 1)
    return float(max(usual, 8.0) ** 0.75)
