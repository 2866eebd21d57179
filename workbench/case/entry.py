"""One line of the ledger as a value; how lines are stored is the ledger's affair."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

from workbench.case.model import (
    CONFIDENCES,
    ID_PATTERN,
    LEVELS,
    MAX_EMPHASIS,
    MAX_LEVEL,
    Consistency,
)
from workbench.errors import WorkbenchError

FORMAT: Final = 2
FORMATS: Final = (1, 2)  # that are read; entries of each keep the hash they were given
UNRATED: Final = "unrated"
MAX_ID: Final = 100
_ANALYST_LENGTH: Final = 80
MAX_TEXT: Final = 20_000  # of a reason, or of a part written by hand
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
    PRIOR = "prior"  # of a hypothesis
    LIKELIHOOD = "likelihood"  # of an item of the Consistency that stands in `part`
    PROBABILITY = "probability"  # of a hypothesis, as estimated directly
    NARRATIVE = "narrative"  # the text of the report's part that stands in `part`
    CERTAINTY = "certainty"  # of a hypothesis: the doubt in `part`, confirmed or struck
    SNAPSHOT = "snapshot"  # heads and digests, under the name in `part`
    COMMENT = "comment"
    DOCUMENT = "document"  # from and to: digests of the text at the path in `part`
    RENAME = "rename"  # from: the old id, to: the new; `part`: what has it
    MERGE = "merge"  # from: the id of the item that is gone, to: of the one it is in
    PUBLICATION = "publication"  # from and to: digests of the list of the case's texts
    SEEN = "seen"  # to: the mark of a break that somebody looked at
    ROUND = "round"
    ROLE = "role"  # of the person ISSUER#SUBJECT that stands in `part`
    SUGGESTION = "suggestion"
    IMPORT = "import"  # part: what it came from; to: how much came in; because: by whom
    # a cell of one's own rated again, or the cells to be, where it names none
    RERATING = "rerating"


class Part(StrEnum):
    """What of a report an analyst writes by hand."""

    BOTTOM_LINE = "bottom-line"
    CONFIDENCE = "confidence"  # one of CONFIDENCES
    CONFIDENCE_BASIS = "confidence-basis"
    SOURCE_SUMMARY = "source-summary"
    IMPLICATIONS = "implications"
    EARLIER = "earlier-judgments"


class Doubt(StrEnum):
    """Why a standing may be less firm than it looks, over what speaks against it."""

    ONE_SOURCE = "one-source"  # all of it
    ONE_ORIGIN = "one-origin"
    LOW = "low"  # over half of the score
    ABSENCE = "absence"
    ASSUMPTION = "assumption"
    DISPUTED = "disputed"  # raters on both sides of N
    UNTESTED = "untested"


CONFIRMED: Final = "confirmed"
STRUCK: Final = "struck"
# What is recorded beside the judgments: no judgment is changed by it, nor undone.
RECORDED: Final = frozenset(
    {
        EntryKind.SNAPSHOT,
        EntryKind.COMMENT,
        EntryKind.DOCUMENT,
        EntryKind.RENAME,
        EntryKind.MERGE,
        EntryKind.PUBLICATION,
        EntryKind.SEEN,
        EntryKind.ROUND,
        EntryKind.ROLE,
        EntryKind.SUGGESTION,
        EntryKind.IMPORT,
        EntryKind.RERATING,
    }
)
JUDGED: Final = frozenset(EntryKind) - RECORDED
# Changes of the case's own texts, with the publications that are no act of their own.
OF_TEXTS: Final = frozenset(
    {EntryKind.DOCUMENT, EntryKind.RENAME, EntryKind.PUBLICATION}
)
OF_CELL: Final = frozenset({EntryKind.RATING, EntryKind.REASON})
OF_HYPOTHESIS: Final = frozenset({EntryKind.PRIOR, EntryKind.PROBABILITY})
# What stands in `part`, by kind. NA moves no probability, so that it has no likelihood.
PARTS: Final[Mapping[EntryKind, tuple[str, ...]]] = {
    EntryKind.LIKELIHOOD: tuple(c.value for c in Consistency if c != Consistency.NA),
    EntryKind.NARRATIVE: tuple(part.value for part in Part),
    EntryKind.CERTAINTY: tuple(doubt.value for doubt in Doubt),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to be decided, before anybody has signed it.

    `from_` and `to` are in the reader's terms: the value that stood and that stands.
    A `kind` that is no EntryKind is a newer program's: it is kept and not understood.
    """

    kind: EntryKind | str
    evidence: str | None = None
    hypothesis: str | None = None
    source: str | None = None
    from_: Value = None
    to: Value = None
    because: str = ""
    undoes: int | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Who changed what, when, from what, to what and why.

    `client` and `op` name the action of a page that the entry is part of: entries that
    share both were made, and are undone, together. `previous` and `hash` chain the
    entries of one analyst in one case. `case` is the case's id, None where it has none;
    `identity` is who had signed in, None on a laptop. `format` is the one it was
    written in.
    """

    seq: int
    at: str
    analyst: str
    change: Change
    client: str
    op: int
    previous: str | None
    hash: str
    case: str | None = None
    identity: str | None = None
    format: int = FORMAT

    @property
    def action(self) -> str:
        """The name of the action this entry is part of."""
        return f"{self.client}:{self.op}"


def is_id(value: object) -> bool:
    """Tell whether a value is an id: of a case, of an origin."""
    if not isinstance(value, str) or len(value) > MAX_ID:
        return False
    return ID_PATTERN.fullmatch(value) is not None


def analyst_name(text: str) -> str:
    """Check an analyst's name: one line of at most 80 characters.

    Raises WorkbenchError.
    """
    name = " ".join(text.split())
    if not name or len(name) > _ANALYST_LENGTH or not name.isprintable():
        allowed = f"use 1 to {_ANALYST_LENGTH} printable characters"
        raise WorkbenchError(f"analyst: {text!r}; {allowed}")
    return name


def fitting(kind: EntryKind, to: Any, part: str | None = None) -> Value:  # noqa: ANN401
    """Check what an entry of a kind is to decide; null goes back to the baseline.

    Raises ValueError, which says what was found and what is allowed.
    """
    if kind in RECORDED:
        return None if to is None else _text(to)
    if part not in PARTS.get(kind, (None,)):
        allowed = " or ".join(PARTS.get(kind, ("no part",)))
        raise ValueError(f"{_shown(part)} is no part of a {kind}; use {allowed}")
    if to is None:
        return None
    return _confidence(to) if part == Part.CONFIDENCE else _FITTING[kind](to)


_RATINGS: Final = (*(code.value for code in Consistency), UNRATED)


def _rating(to: Any) -> Value:  # noqa: ANN401
    if isinstance(to, str) and to in _RATINGS:
        return to
    allowed = f"use {', '.join(_RATINGS[:-1])} or {UNRATED}"
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
    if is_id(to):
        return str(to)
    allowed = "use lower-case letters and digits, with single hyphens between"
    raise ValueError(f"{_shown(to)} is no origin; {allowed}")


def _exclusion(to: Any) -> Value:  # noqa: ANN401
    if isinstance(to, bool):
        return to
    raise ValueError(f"{_shown(to)} is not an exclusion; use true or false")


def _probability(to: Any) -> Value:  # noqa: ANN401
    if (value := _number(to, 1)) is not None:
        return value
    raise ValueError(f"{_shown(to)} is no probability; use a number from 0 to 1")


def _likelihood(to: Any) -> Value:  # noqa: ANN401
    # Cromwell's rule: what is held impossible no evidence can bring back
    if (value := _number(to, 1)) is not None and value > 0:
        return value
    raise ValueError(f"{_shown(to)} is no likelihood; use a number above 0, up to 1")


def _confidence(to: Any) -> Value:  # noqa: ANN401
    if isinstance(to, str) and to in CONFIDENCES:
        return to
    allowed = " or ".join(CONFIDENCES)
    raise ValueError(f"{_shown(to)} is no level of confidence; use {allowed}")


def _held(to: Any) -> Value:  # noqa: ANN401
    if isinstance(to, str) and to in (CONFIRMED, STRUCK):
        return to
    raise ValueError(f"{_shown(to)} is neither; use {CONFIRMED} or {STRUCK}")


def _text(to: Any) -> Value:  # noqa: ANN401
    if isinstance(to, str) and len(to) <= MAX_TEXT:
        return to
    raise ValueError(f"not a text of at most {MAX_TEXT:,} characters")


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
    EntryKind.PRIOR: _probability,
    EntryKind.LIKELIHOOD: _likelihood,
    EntryKind.PROBABILITY: _probability,
    EntryKind.NARRATIVE: _text,
    EntryKind.CERTAINTY: _held,
}


def digest(entry: Entry, undone: str | None) -> str:
    """Hash an entry's content, in which `undone` is the hash of the entry it undoes.

    The number `seq` is not part of it: it differs between copies of a ledger. In
    format 1 there was no case and no identity, and a part that is not there is left
    out, so that entries of older ledgers keep their hashes.
    """
    change = entry.change
    content = {
        "format": entry.format,
        "at": entry.at,
        "analyst": entry.analyst,
        "kind": str(change.kind),
        "evidence": change.evidence,
        "hypothesis": change.hypothesis,
        "source": change.source,
        "from": change.from_,
        "to": change.to,
        "because": change.because,
        "undoes": undone,
        "client": entry.client,
        "op": entry.op,
        "previous": entry.previous,
    }
    if entry.format > 1:
        content["case"] = entry.case
        content["identity"] = entry.identity
    if entry.format > 1 or change.part is not None:
        content["part"] = change.part
    return "sha256:" + hashlib.sha256(canonical(content)).hexdigest()


def is_intact(entry: Entry, hashes: Mapping[int, str]) -> bool:
    """Tell whether an entry fits its hash, and what it undoes is among the hashes."""
    undoes = entry.change.undoes
    if undoes is not None and undoes not in hashes:
        return False
    return digest(entry, None if undoes is None else hashes[undoes]) == entry.hash


# Made once: json.dumps makes one for every call that is not the plain one.
_CANONICAL: Final = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
)


def canonical(value: object) -> bytes:
    """Write JSON in the one form that is hashed: sorted keys, no spaces, UTF-8."""
    return _CANONICAL.encode(value).encode("utf-8", "surrogatepass")
