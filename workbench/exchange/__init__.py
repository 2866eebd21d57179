"""Other tools' files in and out; no case on disk is changed here.

What a kind of file is belongs to its module in `formats`, what is made of it to
`draft`, and how it becomes a case folder to `store`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from workbench.case.judgments import Judgments
from workbench.case.model import Case
from workbench.errors import WorkbenchError
from workbench.exchange import choices as choices_file
from workbench.exchange import other_kinds
from workbench.exchange.choices import NONE, ROLES, Choices, Role, head
from workbench.exchange.content import MAX_BYTES, Content, Format
from workbench.exchange.formats import FORMATS, TARGETS
from workbench.exchange.imported import Cell, Imported, Taken, Unreadable
from workbench.exchange.outgoing import Written
from workbench.exchange.refusal import refusal, told
from workbench.exchange.store import keeps_aside, save, save_all, save_named, zipped
from workbench.wording import quoted

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "ROLES",
    "TARGETS",
    "Cell",
    "Choices",
    "Format",
    "Imported",
    "Role",
    "Taken",
    "Unreadable",
    "Written",
    "choices_file",
    "keeps_aside",
    "read",
    "refusal",
    "save",
    "save_all",
    "save_named",
    "told",
    "write",
    "zipped",
]


def read(data: bytes, name: str, choices: Choices = NONE) -> tuple[Imported, ...]:
    """Read every matrix of another tool's file; what it is shows in its content alone.

    Cells that cannot be read are listed with each; `refusal` says where they are too
    many. Raises Unreadable, which names the file and says what is wrong with it and
    where.
    """
    try:
        content = Content(data, name, choices)
        format_ = _format(content)
        if choices and not format_.chooses:
            said = f"{format_.title}: its columns and words are known"
            raise Unreadable(f"{said}; nothing is chosen")  # noqa: TRY301  is named
        found = format_.read(content)
        _require_heads(found, choices)
    except Unreadable as error:
        raise Unreadable(f"{name}: {error}", error.taken) from error
    return found


def _require_heads(found: Sequence[Imported], choices: Choices) -> None:
    """Refuse a choice for a column that is nowhere, as a slip of the pen is."""
    heads = dict.fromkeys(one.head for each in found for one in each.taken)
    for name in choices.columns:
        if name not in map(head, heads):
            known = ", ".join(quoted(one) for one in heads)
            raise Unreadable(f"no column is called {quoted(name)}; there are {known}")


def _format(content: Content) -> Format:
    if said := other_kinds.told(content.data):
        raise Unreadable(said)
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
