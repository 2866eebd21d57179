"""An entry as one line of a ledger's export; it knows no store, and trusts no line."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable
from typing import Any, Final

from workbench.case.entry import (
    FORMATS,
    Change,
    Entry,
    EntryKind,
    Value,
    analyst_name,
    fitting,
    is_id,
)
from workbench.case.nodes import unfit
from workbench.errors import WorkbenchError

MAX_TEXT: Final = 100_000
_TEXTS: Final = ("at", "analyst", "kind", "because", "client", "hash")
_OPTIONAL: Final = ("evidence", "hypothesis", "source", "previous")
_SINCE_2: Final = ("case", "identity", "part")
# In format 1, a part that was not there was left out.
_OF_1: Final = (
    *("format", "seq", "at", "analyst", "kind", "evidence", "hypothesis", "source"),
    *("from", "to", "because", "undoes", "client", "op", "previous", "hash"),
)
_AT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_MOST: Final = 2**53
# What reading a line raises that holds no entry.
NO_ENTRY: Final = (ValueError, KeyError, TypeError, RecursionError, WorkbenchError)


def entry_document(entry: Entry) -> dict[str, Any]:
    """Give an entry as the plain values of one line, in the format it was written."""
    change = entry.change
    values = {
        "format": entry.format,
        "case": entry.case,
        "seq": entry.seq,
        "at": entry.at,
        "analyst": entry.analyst,
        "identity": entry.identity,
        "kind": str(change.kind),
        "evidence": change.evidence,
        "hypothesis": change.hypothesis,
        "source": change.source,
        "part": change.part,
        "from": change.from_,
        "to": change.to,
        "because": change.because,
        "client": entry.client,
        "op": entry.op,
        "undoes": change.undoes,
        "previous": entry.previous,
        "hash": entry.hash,
    }
    if entry.format > 1:
        return values
    part = () if change.part is None else ("part",)
    return {key: values[key] for key in (*_OF_1, *part)}


def parsed(line: dict[str, Any]) -> Entry:
    """Read an entry from the plain values of a line, which may be anybody's.

    Raises one of NO_ENTRY. Whether the entry fits its hash is not looked at.
    """
    form = line["format"]
    if isinstance(form, bool) or form not in FORMATS:
        allowed = " and ".join(map(str, FORMATS))
        raise ValueError(f"format {form!r}; this program reads {allowed}")
    _check_texts(line, (*_OPTIONAL, *(_SINCE_2 if form > 1 else ())))
    case, identity = (line["case"], line["identity"]) if form > 1 else (None, None)
    if case is not None and not is_id(case):
        raise ValueError("case is no id")
    return Entry(
        _whole(line["seq"]),
        line["at"],
        line["analyst"],
        _change(line),
        line["client"],
        _whole(line["op"]),
        line["previous"],
        line["hash"],
        case,
        identity,
        form,
    )


def _check_texts(line: dict[str, Any], optional: Iterable[str]) -> None:
    for key in _TEXTS:
        if not isinstance(line[key], str):
            raise ValueError(f"{key} is no text")  # noqa: TRY004  told as one kind
    for key in optional:
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


def _change(line: dict[str, Any]) -> Change:
    kinds = {kind.value: kind for kind in EntryKind}
    change = Change(
        kinds.get(line["kind"], line["kind"]),
        line["evidence"],
        line["hypothesis"],
        line["source"],
        plain(line["from"]),
        plain(line["to"]),
        line["because"],
        None if line["undoes"] is None else _whole(line["undoes"]),
        line.get("part"),
    )
    if isinstance(change.kind, EntryKind):  # else a newer program's, kept as it is
        fitting(change.kind, change.to, change.part)
    return change


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
