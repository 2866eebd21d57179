"""One line of the ledger as a value; how lines are stored is the ledger's affair."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

FORMAT: Final = 1
UNRATED: Final = "unrated"
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
