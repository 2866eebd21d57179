"""Several matrices in one sheet: where the one ends and the other begins.

A sheet is cut where names of columns come again, above one another or beside; what the
parts hold is not looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from workbench.exchange.tables import columns
from workbench.exchange.tables.sheet import Sheet

_TITLE: Final = 40


def apart(sheet: Sheet) -> tuple[Sheet, ...]:
    """Cut a sheet into parts that may each hold a matrix; mostly it is one."""
    beside = _beside(sheet)
    found = [part for one in beside for part in _above(one)]
    return tuple(part for part in found if part.lines)


def _starts(line: Sequence[str]) -> list[int]:
    """Give the places where a row of names begins: “Evidence” before other names."""
    found = [
        column
        for column, text in enumerate(line)
        if text
        and len(text) <= _TITLE
        and columns.name(text) in columns.EVIDENCE | columns.HYPOTHESES
    ]
    return [c for c in found if sum(map(bool, line[c : c + 4])) > 1]


def _names(line: Sequence[str]) -> tuple[str, ...]:
    return tuple(columns.name(text) for text in line if text)


def _above(sheet: Sheet) -> list[Sheet]:
    """Cut at a second row of names; the same names again, as of a new page, stay.

    Lines with one text between a gap and the names belong to what follows.
    """
    heads = [row for row, line in enumerate(sheet.lines) if _starts(line)]
    cuts = []
    for earlier, row in pairwise(heads):
        begins = row
        while begins - 1 > earlier and sum(map(bool, sheet.lines[begins - 1])) == 1:
            begins -= 1
            if sheet.gap_before(begins):
                break
        same = _names(sheet.lines[earlier]) == _names(sheet.lines[row])
        if row == earlier + 1 or (same and begins == row):
            continue
        cuts.append(begins)
    edges = [0, *cuts, len(sheet.lines)]
    return [
        replace(
            sheet,
            lines=sheet.lines[first:last],
            numbers=sheet.numbers[first:last],
        )
        for first, last in pairwise(edges)
    ]


def _beside(sheet: Sheet) -> list[Sheet]:
    """Cut at empty columns behind which names begin anew."""
    starts = {c for line in sheet.lines for c in _starts(line) if c}
    wide = max(map(len, sheet.lines), default=0)
    empty = {
        c for c in range(wide) if not any(c < len(li) and li[c] for li in sheet.lines)
    }
    cuts = sorted(c for c in starts if c - 1 in empty)
    if not cuts:
        return [sheet]
    edges = [0, *cuts, wide]
    parts = []
    for first, last in pairwise(edges):
        kept = [
            (number, [""] * first + list(line[first:last]))
            for number, line in zip(sheet.numbers, sheet.lines, strict=True)
            if any(line[first:last])
        ]
        parts.append(
            replace(
                sheet,
                lines=[line for _, line in kept],
                numbers=[number for number, _ in kept],
            )
        )
    return parts
