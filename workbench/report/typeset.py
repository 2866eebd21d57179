"""The report's blocks as what the typst template sets: measures, and texts as strings.

Decides how wide a column is, which page a section stands on, where a wide table is cut
into several, and where a word too broad for its place may break. Composes no sentence,
works out no figure and writes no typst: the template reads all this as data.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Final, TypeAlias

from workbench.report import figures
from workbench.report.blocks import (
    Block,
    Cell,
    Column,
    Command,
    Facts,
    Figure,
    Item,
    Note,
    Paragraph,
    Points,
    Section,
    Table,
)
from workbench.report.sections import Report
from workbench.wording import clipped

FONT: Final = "Libertinus Serif"  # typst carries it
UPRIGHT: Final = 170.0  # mm between the margins of an A4 page
SIDEWAYS: Final = 257.0
Set: TypeAlias = dict[str, Any]

_MM: Final = 0.3528  # of a point
_CODE: Final = 10.0  # mm; holds a code, and the one it was
_NAME: Final = 42.0  # mm; less than this is no column for titles
_TEXT: Final = 24.0
_NUMBER: Final = 30.0
_LOOSE: Final = 7.0
_PADDING: Final = 3.2  # mm of a cell, both sides
_TIGHT: Final = 1.1  # of a cell of a code
_HEAD: Final = 8.0  # pt
_BODY: Final = 8.5
_WAS: Final = 6.5
_LABEL: Final = 12  # letters of a label above a column; it is spelled out elsewhere
_MARKING: Final = 104.0  # mm of the handling line in the head and foot of a page
_RUNNING: Final = 8.0  # pt
_QUESTION: Final = ((140, 21), (400, 15), (math.inf, 10))  # letters, and pt for so many
_SHORT: Final = 48  # letters of a fact that shares its line
_UNBROKEN: Final = 16  # lines of a row that is kept on one page
_STEPS: Final = 6  # a broken word may break at about so many places of a line
# em, on the safe side for the bold too
_BROAD: Final = 0.92
_CAPITAL: Final = 0.74
_LETTER: Final = 0.53
_DIGIT: Final = 0.5
_NARROW: Final = 0.34
_SLIM: Final = frozenset(" .,:;'’-()/|!Iijlt")
# Scripts without spaces, whose lines typst breaks by their own rules.
_FLOWING: Final = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
)
_WORD: Final = re.compile(rf"[^\s{_FLOWING}]+")
_LINES: Final = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")


def document(report: Report) -> Set:
    """Give everything that the template sets."""
    basis = report.basis
    date = basis.date
    size = next(pt for letters, pt in _QUESTION if len(report.question) <= letters)
    return {
        "title": report.title.strip() or report.question,
        "description": report.question,
        "author": [basis.analyst] if basis.analyst else [],
        "date": [date.year, date.month, date.day],
        "marking": _two_lines(report.handling, _MARKING),
        "running": _two_lines(report.title, UPRIGHT - _MARKING - 8),
        "kicker": text(
            f"Analysis of competing hypotheses · {report.title}", UPRIGHT, 10
        ),
        "question": text(report.question, UPRIGHT, size),
        "question_size": size,
        "facts": [
            {"name": name, "text": text(said, UPRIGHT - 34, 10)}
            for name, said in report.facts.facts
        ],
        "contents": len(report.sections),
        "runs": [
            {
                "wide": wide,
                "sections": [_section(one, SIDEWAYS if wide else UPRIGHT) for one in of],
            }
            for wide, of in groupby(report.sections, key=_wants_width)
        ],
    }


# ------------------------------------------------------------------ texts


def text(said: str, width: float, size: float) -> str | Set:
    """Give a text for a place of that width in mm, at that size in points.

    A string where nothing stands in the way; else its direction and its lines, each as
    pieces in turn: text that breaks by itself, and a word that has to be broken.
    """
    said = said.replace("\t", " ")
    lines = _LINES.split(said)
    room = width / (size * _MM)
    rtl = not said.isascii() and _runs_leftward(said)
    pieces = [_pieces(line, room) for line in lines]
    if rtl or len(lines) > 1 or len(pieces[0]) > 1:
        return {"rtl": rtl, "lines": pieces, "step": max(1, int(room / _STEPS))}
    return said


def _two_lines(said: str, width: float) -> str | Set:
    """Clip a text to what stands on two lines, at the size of a page's head."""
    room, letters = 1.8 * width / (_RUNNING * _MM), 0
    for char in said:
        room -= _letter(char)
        letters += room > 0
    return text(clipped(said, max(letters, 1)), width, _RUNNING)


def _pieces(line: str, room: float) -> list[str]:
    if len(line) * _BROAD <= room:
        return [line]
    pieces, done = [], 0
    for found in _WORD.finditer(line):
        word = found[0]
        if len(word) * _BROAD > room and _breadth(word) > room:
            pieces += [line[done : found.start()], word]
            done = found.end()
    return [*pieces, line[done:]]


def _breadth(word: str) -> float:
    """Guess how broad a word is at most, in em."""
    return sum(map(_letter, word))


def _letter(char: str) -> float:
    if char in _SLIM:
        return _NARROW
    if char in "mwMWÆŒ@%—…" or unicodedata.east_asian_width(char) in "WF":
        return _BROAD
    if char.isdecimal():
        return _DIGIT
    return _LETTER if char.islower() else _CAPITAL


def _runs_leftward(said: str) -> bool:
    """Tell whether the first letter with a direction is one of the right-to-left."""
    for char in said:
        direction = unicodedata.bidirectional(char)
        if direction == "L":
            return False
        if direction in ("R", "AL"):
            return True
    return False


# ------------------------------------------------------------------ blocks


def _section(section: Section, width: float) -> Set:
    return {
        "title": section.title,
        "blocks": [one for block in section.blocks for one in _block(block, width)],
    }


def _block(block: Block, width: float, *, quiet: bool = False) -> list[Set]:
    match block:
        case Paragraph(said, lead):
            made = {"lead": lead, "text": text(said, width - 6, 13 if lead else 10)}
        case Note(said):
            made = {"text": text(said, width, 9)}
        case Points(intro, texts):
            made = {
                "intro": text(intro, width, 10),
                "texts": [text(one, width - 6, 10) for one in texts],
            }
        case Facts(facts):
            made = {"groups": _groups(facts, width)}
        case Command(line):
            made = {"line": text(line, width - 8, 10)}
        case Figure():
            drawn = figures.svg(block, font=FONT)
            made = {"svg": drawn, "alt": block.alt, "caption": block.caption}
        case Item(_, heading, blocks):
            parts = [one for part in blocks for one in _block(part, width, quiet=True)]
            made = {"heading": text(heading, width, 10.5), "blocks": parts}
        case Table():
            return [_table(one, width, quiet=quiet) for one in parts_of(block, width)]
    return [{"is": type(block).__name__, **made}]


def _groups(facts: Sequence[tuple[str, str]], width: float) -> list[list[Set]]:
    """Put short facts on one line, and each long one on its own, in their order."""
    return [
        [{"name": name, "text": text(said, width - 30, 9)} for name, said in group]
        for group in _lined(facts)
    ]


def _lined(facts: Iterable[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    lines: list[list[tuple[str, str]]] = []
    open_ = False
    for name, said in facts:
        short = len(said) <= _SHORT and "\n" not in said
        if short and open_:
            lines[-1].append((name, said))
        else:
            lines.append([(name, said)])
        open_ = short
    return lines


# ------------------------------------------------------------------ tables


def _wants_width(section: Section) -> bool:
    """Tell whether a table of the section needs a page on its side."""
    return any(
        isinstance(block, Table) and (block.wide or _least(block) > UPRIGHT)
        for block in section.blocks
    )


def _least(table: Table) -> float:
    """Give the width below which a table cannot be read."""
    return sum(
        _natural(table, n)
        if _is_narrow(column)
        else min(_natural(table, n), _smallest(table, n))
        for n, column in enumerate(table.columns)
    )


def _is_narrow(column: Column) -> bool:
    return column.kind in ("number", "code")


def _smallest(table: Table, n: int) -> float:
    codes = sum(column.kind == "code" for column in table.columns)
    return _NAME if n == 0 and codes > 1 else _TEXT


def _natural(table: Table, n: int) -> float:
    """Give the width in mm at which a column breaks no line, of its head no word."""
    column = table.columns[n]
    head = max(map(_breadth, _head(column).split()), default=0.0) * _HEAD * _MM
    rows = table.foot if column.kind == "code" else (*table.rows, *table.foot)
    lines = [line for row in rows for line in _LINES.split(row[n].text)]
    body = max(map(_breadth, lines), default=0.0) * _BODY * _MM
    if column.kind == "number":
        body = min(body, _NUMBER)
    return max(max(head, body) + _padding(column), _CODE)


def _padding(column: Column) -> float:
    return _TIGHT if column.kind == "code" else _PADDING


def _head(column: Column) -> str:
    return clipped(column.name, _LABEL) if column.kind == "code" else column.name


def parts_of(table: Table, width: float) -> list[Table]:
    """Cut a table that is wider than the page into several by its columns of codes.

    All other columns stand in each.
    """
    codes = [n for n, column in enumerate(table.columns) if column.kind == "code"]
    least = _least(table)
    if least <= width or len(codes) < 2:  # noqa: PLR2004
        return [table]
    each = max(_natural(table, n) for n in codes)
    all_codes = sum(_natural(table, n) for n in codes)
    fits = max(1, int((width - least + all_codes) // each))
    count = -(-len(codes) // fits)
    size = -(-len(codes) // count)
    return [
        _only(table, set(codes[start : start + size]), f"{part} of {count}")
        for part, start in enumerate(range(0, len(codes), size), 1)
    ]


def _only(table: Table, codes: set[int], which: str) -> Table:
    kept = [
        n
        for n, column in enumerate(table.columns)
        if column.kind != "code" or n in codes
    ]
    return Table(
        f"{table.caption} ({which})",
        tuple(table.columns[n] for n in kept),
        tuple(tuple(row[n] for n in kept) for row in table.rows),
        tuple(tuple(row[n] for n in kept) for row in table.foot),
    )


def _table(table: Table, width: float, *, quiet: bool) -> Set:
    widths = widths_of(table, width)
    return {
        "is": "Table",
        "caption": None if quiet else text(table.caption, width, 9),
        "columns": [
            {
                "name": text(_head(one), mm - _padding(one), _HEAD),
                "kind": one.kind,
                "width": mm,
            }
            for one, mm in zip(table.columns, widths, strict=True)
        ],
        "rows": [_row(row, widths) for row in table.rows],
        "foot": [_row(row, widths) for row in table.foot],
        "short": sum(_tall(row, widths) for row in table.rows) <= _UNBROKEN,
    }


def widths_of(table: Table, width: float) -> list[float]:
    """Share a width in mm out among the columns.

    A column gets what it needs where that is no more than its share; the longer texts
    divide the rest. What is then left over loosens the table.
    """
    naturals = [_natural(table, n) for n in range(len(table.columns))]
    widths = [
        natural if _is_narrow(column) else 0.0
        for column, natural in zip(table.columns, naturals, strict=True)
    ]
    open_ = [n for n, one in enumerate(widths) if not one]
    rest = width - sum(widths)
    while snug := [n for n in open_ if naturals[n] <= rest / len(open_)]:
        for n in snug:
            widths[n] = naturals[n]
            open_.remove(n)
        rest = width - sum(widths)
    holds = {n: _holds(table, n) for n in open_}
    least = min(_TEXT, rest / max(len(open_), 1))
    spare = rest - least * len(open_)
    for n in open_:
        widths[n] = least + spare * holds[n] / sum(holds.values())
    if not open_:
        each = min(rest / len(widths), _LOOSE)
        broadest = naturals.index(max(naturals))
        widths = [one + each for one in widths]
        widths[broadest] += width - sum(widths)
    return widths


def _holds(table: Table, n: int) -> float:
    """Weigh a column of texts by its usual length, so that none takes all."""
    lengths = [min(len(row[n].text), 240) for row in table.rows]
    usual = sum(lengths) / len(lengths) if lengths else 1.0
    return max(usual, 8.0) ** 0.75


def _row(row: Sequence[Cell], widths: Sequence[float]) -> Set:
    return {
        "cells": [
            _cell(cell, mm) for cell, mm in zip(row, widths, strict=True)
        ],
        "unbroken": _tall(row, widths) <= _UNBROKEN,
    }


def _cell(cell: Cell, mm: float) -> Set:
    room = mm - (_TIGHT if cell.kind == "code" else _PADDING)
    made: Set = {"kind": cell.kind, "text": text(cell.text, room, _BODY)}
    if cell.was:
        made["was"] = text(f"was {cell.was}", room, _WAS)
    return made


def _tall(row: Sequence[Cell], widths: Sequence[float]) -> int:
    """Guess how many lines a row takes at most."""
    return max(
        sum(
            math.ceil(max(_breadth(line), 1.0) * _BODY * _MM / (mm - _PADDING))
            for line in _LINES.split(cell.text)
        )
        for cell, mm in zip(row, widths, strict=True)
    )
