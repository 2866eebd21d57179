"""An entry as a row of the store and back; a row may have been altered by anybody."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

import sqlalchemy as sa

from workbench.case.entry import FORMATS, Change, Entry, EntryKind, Value
from workbench.record.lines import plain
from workbench.record.store.schema import ENTRIES

_SHORT: Final = 40  # characters of a value that is worth remembering
_KINDS: Final = {kind.value: kind for kind in EntryKind}
_MOST: Final = 2**63
_TEXTS: Final = ("at", "analyst", "kind", "because", "client", "hash")
_OPTIONAL: Final = (
    "evidence",
    "hypothesis",
    "source",
    "previous",
    "part",
    "case_",
    "identity",
)
COLUMNS: Final = tuple(ENTRIES.c)


@dataclass(frozen=True)
class Unread:
    """A row that cannot be read as an entry, and why."""

    seq: int
    at: str
    analyst: str
    previous: str | None
    hash: str
    why: str


Read: TypeAlias = Entry | Unread


@dataclass(frozen=True, slots=True)
class Filed:
    """What was read, and the case that it is filed under."""

    case: str
    found: Read


def read(rows: Iterable[sa.Row[Any]]) -> list[Filed]:
    """Read rows of COLUMNS; none raises."""
    return [Filed(_text(row.filed), _read(row)) for row in rows]


def _read(row: Any) -> Read:  # noqa: ANN401
    try:
        return _entry(row)
    except (ValueError, TypeError, RecursionError) as error:
        return Unread(
            row.seq,
            _text(row.at),
            _text(row.analyst),
            _text(row.previous) or None,
            _text(row.hash),
            str(error) or type(error).__name__,
        )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _entry(row: Any) -> Entry:  # noqa: ANN401
    seq, at, analyst, kind, evidence, hypothesis, source, from_, to, because = row[:10]
    undoes, client, op, previous, hash_, part, form, case, _filed, identity = row[10:]
    texts = (at, analyst, kind, because, client, hash_)
    optional = (evidence, hypothesis, source, previous, part, case, identity)
    for name, value in zip(_TEXTS, texts, strict=True):
        if value.__class__ is not str:
            raise ValueError(f"{name} is no text")
    for name, value in zip(_OPTIONAL, optional, strict=True):
        if value is not None and value.__class__ is not str:
            raise ValueError(f"{name.strip('_')} is no text")
    if form not in FORMATS or form.__class__ is not int:
        raise ValueError("its format is not one that this program reads")
    for value in (op, 0 if undoes is None else undoes):
        if value.__class__ is not int or not 0 <= value < _MOST:
            raise ValueError("op and undoes are whole numbers")
    change = Change(
        _KINDS.get(kind, kind),
        evidence,
        hypothesis,
        source,
        _value(from_),
        _value(to),
        because,
        undoes,
        part,
    )
    return Entry(
        seq, at, analyst, change, client, op, previous, hash_, case, identity, form
    )


def _value(text: str) -> Value:
    """Read JSON of one value.

    Raises ValueError or TypeError.
    """
    return _remembered(text) if len(text) <= _SHORT else plain(json.loads(text))


@lru_cache(maxsize=4096)
def _remembered(text: str) -> Value:
    return plain(json.loads(text))


def row_of(entry: Entry, filed: str) -> dict[str, Any]:
    """Give an entry as the row that holds it."""
    change = entry.change
    return {
        "seq": entry.seq,
        "at": entry.at,
        "analyst": entry.analyst,
        "kind": str(change.kind),
        "evidence": change.evidence,
        "hypothesis": change.hypothesis,
        "source": change.source,
        "from_": json.dumps(change.from_, ensure_ascii=False),
        "to_": json.dumps(change.to, ensure_ascii=False),
        "because": change.because,
        "undoes": change.undoes,
        "client": entry.client,
        "op": entry.op,
        "previous": entry.previous,
        "hash": entry.hash,
        "part": change.part,
        "format": entry.format,
        "case_": entry.case,
        "filed": filed,
        "identity": entry.identity,
    }
