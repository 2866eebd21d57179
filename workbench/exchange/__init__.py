"""Other tools' files in and out; no case on disk is changed here.

What a kind of file is belongs to its module in `formats`, what is made of it to
`draft`, and how it becomes a case folder to `store`.
"""

from __future__ import annotations

import datetime as dt

from workbench.case.judgments import Judgments
from workbench.case.model import Case
from workbench.errors import WorkbenchError
from workbench.exchange.content import MAX_BYTES, Content, Format
from workbench.exchange.draft import Imported, Unreadable
from workbench.exchange.formats import FORMATS, TARGETS
from workbench.exchange.outgoing import Written
from workbench.exchange.store import keeps_aside, save, save_all, save_named, zipped

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "TARGETS",
    "Format",
    "Imported",
    "Unreadable",
    "Written",
    "keeps_aside",
    "read",
    "save",
    "save_all",
    "save_named",
    "write",
    "zipped",
]


def read(data: bytes, name: str) -> tuple[Imported, ...]:
    """Read every matrix of another tool's file; what it is shows in its content alone.

    Raises Unreadable, which names the file and says what is wrong with it and where.
    """
    try:
        content = Content(data, name)
        return _format(content).read(content)
    except Unreadable as error:
        raise Unreadable(f"{name}: {error}") from error


def _format(content: Content) -> Format:
    for format_ in FORMATS:
        # Broken JSON is no text, though any text with commas could be a table.
        if not (format_.of_text and content.fault) and format_.recognises(content):
            return format_
    if content.fault:
        raise Unreadable(content.fault)
    if not content.data.strip():
        raise Unreadable("the file is empty")
    known = "\n".join(f"- {format_.title}" for format_ in FORMATS)
    raise Unreadable(f"not a file of a kind that is read. These are:\n{known}")


def write(
    case: Case,
    judgments: Judgments,
    to: str,
    *,
    date: dt.date,
    analyst: str | None = None,
) -> Written:
    """Write a case for another tool, with one analyst's judgments put into it.

    Our own json keeps the two apart. Raises WorkbenchError for an unknown target.
    """
    if to not in TARGETS:
        raise WorkbenchError(f"{to!r} is no target; use {', '.join(TARGETS)}")
    return TARGETS[to].write(case, judgments, date, analyst)
