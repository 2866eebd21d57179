"""ArkhamMirror's matrices as CSV: the table of its export, whose gaps read as N/A.

The table ends at the first empty line; what follows are derived scores.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from workbench.exchange.content import MAX_PARSED, Content, Format
from workbench.exchange.draft import Draft
from workbench.exchange.fields import Fields
from workbench.exchange.formats.arkhammirror import (
    CODES,
    SCORES,
    TITLE,
    add_item,
    begun,
    share,
)
from workbench.exchange.imported import Imported, Unreadable
from workbench.exchange.tables.sheet import letters

_FIRST: Final = "Evidence"
_LAST: Final = ["Source", "Type", "Credibility", "Relevance"]
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_GAP: Final = "N/A"


def recognises(content: Content) -> bool:
    """Tell whether a content is that table, alone or in an answer of the export."""
    if len(content.data) > MAX_PARSED:
        return False
    text = _table(content)
    if not text.startswith((_FIRST, f'"{_FIRST}"')):
        return False
    try:
        head = next(_rows(text), [])
    except csv.Error:
        return False
    return head[0] == _FIRST and head[-len(_LAST) :] == _LAST


def read(content: Content) -> tuple[Imported, ...]:
    """Read one matrix.

    Raises Unreadable.
    """
    rows = _rows(_table(content))
    draft = begun(Fields({}))
    titles = next(rows)[1 : -len(_LAST)]
    for column, title in enumerate(titles):
        draft.hypothesis(column, title)
    draft.understood(
        "N/A is read as unrated: the file cannot tell a cell that nobody rated from "
        "one that is not applicable"
    )
    try:
        for number, row in enumerate(takewhile(any, rows), start=2):
            _item(draft, number, row, len(titles))
        if any(any(row) for row in rows):
            draft.understood(SCORES)
    except csv.Error as error:
        raise Unreadable(f"not a table in CSV: {error}") from error
    return (draft.finish(),)


def _item(draft: Draft, number: int, row: list[str], width: int) -> None:
    most = 1 + width + len(_LAST)
    if len(row) != most:
        raise Unreadable(f"row {number}: {len(row)} columns; the header has {most}")
    source, kind, credibility, relevance = row[-len(_LAST) :]
    levels = {"Credibility": credibility, "Relevance": relevance}
    one = Fields(levels, f"row {number}")
    add_item(
        draft,
        number,
        row[0],
        source,
        kind,
        credibility=share(draft, one, "Credibility"),
        relevance=share(draft, one, "Relevance"),
    )
    for column, code in enumerate(row[1 : 1 + width]):
        bare, place = code.strip(), f"{letters(column + 1)}{number}"
        if bare == _GAP:
            draft.unrated()
        elif bare in CODES:
            draft.rate(number, column, CODES[bare], place=place)
        elif bare:
            draft.unread_rating(place, code)


def _table(content: Content) -> str:
    answer = content.json
    if isinstance(answer, dict):
        text = answer.get("content") if answer.get("format") == "csv" else ""
        return text if isinstance(text, str) else ""
    return content.text or ""


def _rows(text: str) -> Iterator[list[str]]:
    lines = (found[0] for found in _LINE.finditer(text))
    return csv.reader(lines, strict=True)


FORMATS: Final = (Format(f"{TITLE}, CSV", recognises, read),)
