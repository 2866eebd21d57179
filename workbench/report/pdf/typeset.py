"""The report as the data that the typst template sets: texts as strings, and measures.

Decides on which page a section stands, what shares a line and what is kept together.
Composes no sentence, works out no figure and writes no typst.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Final, TypeAlias

from workbench.grid.palette import FILLS, ink
from workbench.report import sizing
from workbench.report.breadth import MM, clipped_to, lines, pieces, runs_leftward
from workbench.report.content import figures
from workbench.report.content.blocks import (
    Block,
    Cell,
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
from workbench.report.content.sections import Report
from workbench.wording import NONE, plain

UPRIGHT: Final = 170.0  # mm between the margins of an A4 page
SIDEWAYS: Final = 257.0
Data: TypeAlias = dict[str, Any]

_MARK: Final = "\ufeff"  # a byte order mark, invisible, which PDF/UA-1 does not allow
_BODY, _LEAD, _ITEM, _NOTE = 8.8, 11.4, 9.3, 8.0  # pt
_RUNNING: Final = 7.0  # pt of the head and foot of a page
_MARKING: Final = 104.0  # mm of the handling line there
_TITLE: Final = UPRIGHT - _MARKING - 8.0
# letters, and pt for so many
_QUESTION: Final = ((140, 18), (400, 13), (math.inf, _BODY))
_WAS: Final = 6.0  # pt
_SHORT: Final = 48  # letters of a fact that shares its line
_TOGETHER: Final = 16  # lines that are kept on one page
_STEPS: Final = 6  # a broken word may break at about so many places of a line


def document(report: Report) -> Data:
    """Give everything that the template sets."""
    basis = report.basis
    date = basis.date
    whole = " ".join(report.handling.split())
    marking = _two_lines(whole, _MARKING)
    size = next(pt for letters, pt in _QUESTION if len(report.question) <= letters)
    return {
        "title": _visible(report.title),
        "description": report.question,
        "author": [plain(basis.analyst)] if basis.analyst else [],
        "date": [date.year, date.month, date.day],
        "marking": text(marking, _MARKING, _RUNNING),
        "handling": "" if marking == whole else text(whole, UPRIGHT, _BODY),
        "running": text(
            _two_lines(report.title, _TITLE),
            _TITLE,
            _RUNNING,
        ),
        "kicker": text(
            f"Analysis of competing hypotheses · {report.title}", UPRIGHT, _BODY
        ),
        "question": text(report.question, UPRIGHT, size),
        "question_size": size,
        "brief": basis.brief,
        "codes": {code: {"fill": one, "ink": ink(code)} for code, one in FILLS.items()},
        "facts": _named(report.facts),
        "foot": _named(report.foot),
        "opening": [_section(one, UPRIGHT) for one in report.opening],
        "contents": len(report.rest),
        "runs": [
            {
                "wide": wide,
                "sections": [
                    _section(one, SIDEWAYS if wide else UPRIGHT) for one in of
                ],
            }
            for wide, of in groupby(report.rest, key=_wants_width)
        ],
    }


# ------------------------------------------------------------------ texts


def text(said: str, width: float, size: float) -> str | Data:
    """Give a text for a place of that width in mm, at that size in points.

    A string where nothing stands in the way; else its direction and its lines, each as
    pieces in turn: text that breaks by itself, and a word that may break at each step.
    """
    said = plain(said).replace("\t", " ").replace(_MARK, "")
    room = width / (size * MM)
    rtl = not said.isascii() and runs_leftward(said)
    split = [pieces(line, room) for line in lines(said)]
    if rtl or len(split) > 1 or len(split[0]) > 1:
        return {"rtl": rtl, "lines": split, "step": max(1, int(room / _STEPS))}
    return said


def _named(facts: Facts) -> list[Data]:
    return [
        {"name": name, "text": text(said, UPRIGHT - 34, _BODY)}
        for name, said in facts.facts
    ]


def _visible(said: str) -> str:
    """Give a dash for a title without a letter: PDF/UA-1 has no empty headings."""
    return said if said.replace(_MARK, "").strip() else NONE


def _two_lines(said: str, width: float) -> str:
    """Clip a text to what stands on two lines in the head of a page."""
    return clipped_to(said, 1.8 * width / (_RUNNING * MM))


# ------------------------------------------------------------------ blocks


def _wants_width(section: Section) -> bool:
    """Tell whether a table of the section needs a page on its side."""
    return any(
        isinstance(block, Table) and (block.wide or sizing.least(block) > UPRIGHT)
        for block in section.blocks
    )


def _section(section: Section, width: float) -> Data:
    return {
        "title": section.title,
        "blocks": [one for block in section.blocks for one in _block(block, width)],
    }


def _block(block: Block, width: float, *, quiet: bool = False) -> list[Data]:
    made: Data
    match block:
        case Paragraph(said, lead, by):
            whole = text(said, width - 6, _LEAD if lead else _BODY)
            made = {"lead": lead, "by-hand": bool(by), "text": whole}
        case Note(said):
            made = {"text": text(said, width, _NOTE)}
        case Points(intro, texts):
            made = {
                "intro": text(intro, width, _BODY),
                "texts": [text(one, width - 6, _BODY) for one in texts],
            }
        case Facts(facts):
            made = {"groups": _groups(facts, width)}
        case Command(line):
            made = {"line": text(line, width - 8, _BODY)}
        case Figure():
            drawn = figures.svg(block).replace(_MARK, "")
            made = {"svg": drawn, "alt": plain(block.alt), "caption": block.caption}
        case Item(_, heading, blocks):
            parts = [one for part in blocks for one in _block(part, width, quiet=True)]
            made = {"heading": text(_visible(heading), width, _ITEM), "blocks": parts}
        case Table():
            return [_table(one, width, quiet=quiet) for one in sizing.cut(block, width)]
    return [{"is": type(block).__name__, **made}]


def _groups(facts: Sequence[tuple[str, str]], width: float) -> list[list[Data]]:
    """Put short facts on one line, and each long one on its own, in their order."""
    return [
        [{"name": name, "text": text(said, width - 30, _NOTE)} for name, said in group]
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


def _table(table: Table, width: float, *, quiet: bool) -> Data:
    widths = sizing.shares(table, width)
    rows = [_row(row, widths) for row in table.rows]
    return {
        "is": "Table",
        "caption": None if quiet else text(table.caption, width, _NOTE),
        "columns": [
            {
                "name": text(
                    sizing.head(one),
                    sizing.room(one, mm),
                    sizing.PDF.head,
                ),
                "kind": one.kind,
                "width": mm,
            }
            for one, mm in zip(table.columns, widths, strict=True)
        ],
        "rows": rows,
        "foot": [_row(row, widths) for row in table.foot],
        "together": sum(row["tall"] for row in rows) <= _TOGETHER,
    }


def _row(row: Sequence[Cell], widths: Sequence[float]) -> Data:
    tall = sizing.tall(row, widths)
    return {
        "cells": [_cell(cell, mm) for cell, mm in zip(row, widths, strict=True)],
        "tall": tall,
        "together": tall <= _TOGETHER,
    }


def _cell(cell: Cell, width: float) -> Data:
    room = sizing.room(cell, width)
    made: Data = {
        "kind": cell.kind,
        "text": text(cell.text, room, sizing.PDF.body),
    }
    if cell.was:
        made["was"] = text(f"was {cell.was}", room, _WAS)
    return made
