"""Other tools' files in and out, a module each; no case on disk is changed here."""

from __future__ import annotations

import datetime as dt
from typing import Final

from workbench.case.judgments import Judgments
from workbench.case.model import Case
from workbench.errors import WorkbenchError
from workbench.exchange import (
    arkhammirror,
    arkhammirror_csv,
    arkhammirror_older,
    burton,
    intel_workbench,
    open_synthesis,
    own_report,
    parc,
    tabular,
    workbook,
)
from workbench.exchange.content import MAX_BYTES, Content, Format, of_bytes
from workbench.exchange.draft import Imported, Unreadable
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

TABLE: Final = of_bytes(tabular.TITLE, tabular.recognises, tabular.read)
# The first that recognises a content reads it: the narrow ones stand before the wide.
FORMATS: Final[tuple[Format, ...]] = (
    own_report.FORMAT,
    arkhammirror.FORMAT,
    *arkhammirror_older.FORMATS,
    intel_workbench.FORMAT,
    open_synthesis.FORMAT,
    arkhammirror_csv.FORMAT,
    of_bytes(parc.TITLE, parc.recognises, parc.read),
    of_bytes(burton.TITLE, burton.recognises, burton.read),
    of_bytes(workbook.TITLE, workbook.recognises, workbook.read),
    TABLE,
)
TARGETS: Final = ("arkhammirror", "intel-workbench", "json")


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
        if format_ is TABLE and content.fault:
            break  # broken JSON is no table, though any text with commas could be one
        if format_.recognises(content):
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
    match to:
        case "arkhammirror":
            return arkhammirror.write(case, judgments, date)
        case "intel-workbench":
            return intel_workbench.write(case, judgments, date)
        case "json":
            return own_report.write(case, judgments, date, analyst)
    raise WorkbenchError(f"{to!r} is no target; use {', '.join(TARGETS)}")
