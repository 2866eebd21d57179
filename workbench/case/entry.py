"""One line of the ledger as a value; how lines are stored is the ledger's affair."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

from workbench.case.model import (
    ID_PATTERN,
    LEVELS,
    MAX_EMPHASIS,
    MAX_LEVEL,
    Consistency,
)

FORMAT: Final = 1
UNRATED: Final = "unrated"
MAX_ID: Final = 100
MAX_REASON: Final = 20_000
Value: TypeAlias = str | float | bool | None


class EntryKind(StrEnum):
    """What an entry decides. Its `to` is null where it goes back to the baseline."""

    RATING = "rating"  # to: a Consistency or "unrated"; because: the reason
    REASON = "reason"  # because: the reason of the rating that stands
    CREDIBILITY = "credibility"
    RELEVANCE = "relevance"
    EMPHASIS = "emphasis"
    SOURCE_EMPHASIS = "source-emphasis"  # the source's id stands in `source`
    ORIGIN = "origin"  # to: an origin, or "" for none
    EXCLUSION = "exclusion"  # to: true or false


@dataclass(frozen=True)
class Change:
    """One thing to be decided, before anybody has signed it.

    `from_` and `to` are in the reader's terms: the value that stood and that stands.
    """

    kind: EntryKind
    evidence: str | None = None
    hypothesis: str | None = None
    source: str | None = None
    from_: Value = None
    to: Value = None
    because: str = ""
    undoes: int | None = None


@dataclass(frozen=True)
class Entry:
    """Who changed what, when, from what, to what and why.

    `client` and `op` name the action of a page that the entry is part of: entries that
    share both were made, and are undone, together. `previous` and `hash` chain the
    entries of one analyst.
    """

    seq: int
    at: str
    analyst: str
    change: Change
    client: str
    op: int
    previous: str | None
    hash: str

    @property
    def action(self) -> str:
        """The name of the action this entry is part of."""
        return f"{self.client}:{self.op}"


def fitting(kind: EntryKind, to: Any) -> Value:  # noqa: ANN401
    """Check what an entry of a kind is to decide; null goes back to the baseline.

    Raises ValueError, which says what was found and what is allowed.
    """
    return None if to is None else _FITTING[kind](to)


def _rating(to: Any) -> Value:  # noqa: ANN401
    codes = [code.value for code in Consistency]
    if isinstance(to, str) and (to == UNRATED or to in codes):
        return to
    allowed = f"use {', '.join(codes)} or {UNRATED}"
    raise ValueError(f"{_shown(to)} is not a rating; {allowed}")


def _number(to: Any, most: float) -> float | None:  # noqa: ANN401
    if isinstance(to, bool) or not isinstance(to, int | float):
        return None
    return float(to) if 0 <= to <= most else None  # neither NaN nor a huge integer


def _emphasis(to: Any) -> Value:  # noqa: ANN401
    if (value := _number(to, MAX_EMPHASIS)) is not None:
        return value
    allowed = f"use a number from 0 to {MAX_EMPHASIS:g}"
    raise ValueError(f"{_shown(to)} is not an emphasis; {allowed}")


def _level(to: Any) -> Value:  # noqa: ANN401
    if isinstance(to, str) and to in LEVELS:
        return to
    if (value := _number(to, MAX_LEVEL)) is not None:
        return value
    allowed = f"use {', '.join(LEVELS)} or a number from 0 to {MAX_LEVEL:.0f}"
    raise ValueError(f"{_shown(to)} is not a level; {allowed}")


def _origin(to: Any) -> Value:  # noqa: ANN401
    if to == "":
        return ""
    if isinstance(to, str) and len(to) <= MAX_ID and ID_PATTERN.fullmatch(to):
        return to
    allowed = "use lower-case letters and digits, with single hyphens between"
    raise ValueError(f"{_shown(to)} is no origin; {allowed}")


def _exclusion(to: Any) -> Value:  # noqa: ANN401
    if isinstance(to, bool):
        return to
    raise ValueError(f"{_shown(to)} is not an exclusion; use true or false")


def _nothing(_to: Any) -> Value:  # noqa: ANN401
    return ""


def _shown(value: object) -> str:
    text = repr(value) if isinstance(value, str | float | bool) else "this"
    return text if len(text) <= MAX_ID else f"{text[: MAX_ID - 1]}…"


_FITTING: Final[Mapping[EntryKind, Callable[[Any], Value]]] = {
    EntryKind.RATING: _rating,
    EntryKind.REASON: _nothing,
    EntryKind.CREDIBILITY: _level,
    EntryKind.RELEVANCE: _level,
    EntryKind.EMPHASIS: _emphasis,
    EntryKind.SOURCE_EMPHASIS: _emphasis,
    EntryKind.ORIGIN: _origin,
    EntryKind.EXCLUSION: _exclusion,
}


def digest(  # noqa: PLR0913  an entry has these parts
    at: str,
    analyst: str,
    change: Change,
    client: str,
    op: int,
    previous: str | None,
    undone: str | None,
) -> str:
    """Hash an entry's content, in which `undone` is the hash of the entry it undoes.

    The number `seq` is not part of it: it differs between copies of a ledger.
    """
    content = {
        "format": FORMAT,
        "at": at,
        "analyst": analyst,
        "kind": change.kind.value,
        "evidence": change.evidence,
        "hypothesis": change.hypothesis,
        "source": change.source,
        "from": change.from_,
        "to": change.to,
        "because": change.because,
        "undoes": undone,
        "client": client,
        "op": op,
        "previous": previous,
    }
    return "sha256:" + hashlib.sha256(canonical(content)).hexdigest()


def canonical(value: object) -> bytes:
    """Write JSON in the one form that is hashed: sorted keys, no spaces, UTF-8."""
    text = json.dumps(
        value,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )
    return text.encode("utf-8", "surrogatepass")
