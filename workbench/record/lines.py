"""An entry as one line of a ledger's export; it knows no store, and trusts no line."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import Any, Final

from workbench.case.entry import (
    FORMAT,
    Change,
    Entry,
    EntryKind,
    Value,
    analyst_name,
    fitting,
)
from workbench.case.nodes import unfit
from workbench.errors import WorkbenchError

MAX_TEXT: Final = 100_000
_TEXTS: Final = ("at", "analyst", "because", "client", "hash")
_OPTIONAL: Final = ("evidence", "hypothesis", "source", "previous")
_AT: Final = re.compile(r"2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_MOST: Final = 2**53
# What reading a line raises that holds no entry.
NO_ENTRY: Final = (ValueError, KeyError, TypeError, RecursionError, WorkbenchError)


def entry_document(entry: Entry) -> dict[str, Any]:
    """Give an entry as the plain values of one line of the export."""
    change = entry.change
    return {
        "format": FORMAT,
        "seq": entry.seq,
        "at": entry.at,
        "analyst": entry.analyst,
        "kind": change.kind.value,
        "evidence": change.evidence,
        "hypothesis": change.hypothesis,
        "source": change.source,
        "from": change.from_,
        "to": change.to,
        "because": change.because,
        "undoes": change.undoes,
        "client": entry.client,
        "op": entry.op,
        "previous": entry.previous,
        "hash": entry.hash,
        **({} if change.part is None else {"part": change.part}),
    }


def parsed(line: dict[str, Any]) -> Entry:
    """Read an entry from the plain values of a line, which may be anybody's.

    Raises one of NO_ENTRY. Whether the entry fits its hash is not looked at.
    """
    if line["format"] != FORMAT:
        raise ValueError(f"format {line['format']!r}; this program reads {FORMAT}")
    for key in _TEXTS:
        if not isinstance(line[key], str):
            raise ValueError(f"{key} is no text")  # noqa: TRY004  told as one kind
    for key in _OPTIONAL:
        if line[key] is not None and not isinstance(line[key], str):
            raise ValueError(f"{key} is no text")
    for key, value in line.items():
        if isinstance(value, str) and (len(value) > MAX_TEXT or unfit(value)):
            said = f"{key} is longer than {MAX_TEXT} characters or has one that is not"
            raise ValueError(f"{said} allowed")
    if not _AT.fullmatch(line["at"]):
        raise ValueError("at is no time of a ledger")
    dt.datetime.fromisoformat(line["at"])
    if analyst_name(line["analyst"]) != line["analyst"]:
        raise ValueError("analyst is no name")
    change = Change(
        EntryKind(line["kind"]),
        line["evidence"],
        line["hypothesis"],
        line["source"],
        plain(line["from"]),
        plain(line["to"]),
        line["because"],
        None if line["undoes"] is None else _whole(line["undoes"]),
        line.get("part"),
    )
    fitting(change.kind, change.to, change.part)
    return Entry(
        _whole(line["seq"]),
        line["at"],
        line["analyst"],
        change,
        line["client"],
        _whole(line["op"]),
        line["previous"],
        line["hash"],
    )


def plain(value: Any) -> Value:  # noqa: ANN401
    """Check that what an entry goes from or to is a single value.

    Raises ValueError.
    """
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a number is not finite")
    if value is None or isinstance(value, str | float | int | bool):
        return value
    raise ValueError("from and to are single values")


def _whole(value: Any) -> int:  # noqa: ANN401
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < _MOST:
        raise ValueError("seq, op and undoes are whole numbers")
    return value
