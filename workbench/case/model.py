"""The words of the field as frozen values; they neither read files nor compute."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Final, Generic, Literal, TypeAlias, TypeVar


class Consistency(StrEnum):
    """How an item stands to a hypothesis if that hypothesis were true.

    The question is P(item given hypothesis), never the reverse (Heuer 1999, ch. 8).
    """

    CC = "CC"
    C = "C"
    N = "N"
    I = "I"  # noqa: E741  the field's own code
    II = "II"
    NA = "NA"

    @property
    def meaning(self) -> str:
        """What the code says in words."""
        return {
            "CC": "very consistent",
            "C": "consistent",
            "N": "neutral",
            "I": "inconsistent",
            "II": "very inconsistent",
            "NA": "not applicable",
        }[self.value]


class Kind(StrEnum):
    """What an item is: something known, something taken for granted, or a silence."""

    EVIDENCE = "evidence"
    ASSUMPTION = "assumption"
    ABSENCE = "absence"


class Rule(StrEnum):
    """The published ways of scoring; what each counts stands in `method.schemes`."""

    WEIGHTED_INCONSISTENCY = "weighted-inconsistency"
    INCONSISTENCY = "inconsistency"
    INCONSISTENCY_COUNT = "inconsistency-count"
    SQUARED_INCONSISTENCY = "squared-inconsistency"
    NET_SUPPORT = "net-support"
    COMPENSATORY = "compensatory"


LevelWord: TypeAlias = Literal["low", "medium", "high"]
Level: TypeAlias = LevelWord | float
LEVELS: Final[tuple[LevelWord, ...]] = ("low", "medium", "high")
CONFIDENCES: Final = ("low", "moderate", "high")
NEUTRAL_EMPHASIS: Final = 1.0
MAX_EMPHASIS: Final = 2.0
MAX_LEVEL: Final = 1e6  # products and sums of levels stay far from overflow
MAX_CASE_ID: Final = 100
ID_PATTERN: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, order=True)
class EventDate:
    """A date as exactly as the source gives it: YYYY, YYYY-MM or YYYY-MM-DD."""

    text: str

    def __post_init__(self) -> None:
        """Refuse what is not a date of the calendar.

        Raises ValueError.
        """
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", self.text):
            raise ValueError(self.text)
        _ = self.last_day

    @property
    def last_day(self) -> dt.date:
        """The day from which the event can be counted as past."""
        parts = [int(part) for part in self.text.split("-")]
        year, month = parts[0], parts[1] if len(parts) > 1 else 12
        if len(parts) == 3:  # noqa: PLR2004  year, month, day
            return dt.date(year, month, parts[2])
        return dt.date(year, month, calendar.monthrange(year, month)[1])

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Assumption:
    """What the answer takes for granted; `carries` are hypotheses that fall with it."""

    text: str
    basis: str = ""
    confidence: str = ""
    breaks_if: str = ""
    carries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """The answer, once it is known; `hypothesis` is "" for none of these."""

    hypothesis: str
    known: EventDate | None = None
    because: str = ""


@dataclass(frozen=True)
class Question:
    """What the hypotheses answer, and how the case is to be read.

    `id` names the case in a ledger, "" where it has a ledger of its own.
    """

    question: str
    title: str
    as_of: dt.date | None = None
    background: str = ""
    rule: Rule = Rule.WEIGHTED_INCONSISTENCY
    handling: str = ""
    assumptions: tuple[Assumption, ...] = ()
    outcome: Outcome | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """One cell: how consistent, and the reason."""

    consistency: Consistency
    because: str = ""


@dataclass(frozen=True)
class Indicator:
    """Something a hypothesis leads us to expect, and whether it has come about.

    `ratings` say by hypothesis id how it would stand to each, were it seen; `item` is
    the id of the item that it became, "" for none.
    """

    text: str
    by: EventDate | None = None
    state: Literal["open", "observed", "not-observed"] = "open"
    on: EventDate | None = None
    ratings: Mapping[str, Rating] = field(default_factory=dict)
    item: str = ""


@dataclass(frozen=True)
class Hypothesis:
    """One explanation, with what it predicts and what would refute it."""

    id: str
    label: str
    title: str
    statement: str
    status: Literal["active", "parked", "rejected"] = "active"
    prior: float | None = None
    predicts: tuple[Indicator, ...] = ()
    refuted_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """Who says so; reliability is the Admiralty letter, F meaning unjudged, not low.

    `serves` are the hypotheses that its interest would favour; empty says nothing.
    """

    id: str
    name: str
    publisher: str = ""
    author: str = ""
    kind: str = ""
    published: EventDate | None = None
    url: str = ""
    accessed: EventDate | None = None
    archived: str = ""
    short: str = ""
    reliability: str = "F"
    interest: str = ""
    serves: tuple[str, ...] = ()
    deception: Mapping[str, str] = field(default_factory=dict)

    @property
    def spoken(self) -> str:
        """How sentences and charts speak of it: the short name, else the whole one."""
        return self.short or self.name


@dataclass(frozen=True)
class Citation:
    """Where in a source an item stands."""

    source: str
    at: str = ""


@dataclass(frozen=True)
class Evidence:
    """One item, with its published ratings by hypothesis id.

    `date` is that of the event, `known` the one on which it became known.
    """

    id: str
    label: str
    title: str
    statement: str
    kind: Kind = Kind.EVIDENCE
    date: EventDate | None = None
    known: EventDate | None = None
    sources: tuple[Citation, ...] = ()
    tags: tuple[str, ...] = ()
    origin: str = ""
    grade: str = ""
    credibility: Level = "medium"
    relevance: Level = "medium"
    status: Literal["active", "set-aside"] = "active"
    ratings: Mapping[str, Rating] = field(default_factory=dict)
    caveat: str = ""


@lru_cache(maxsize=20_000)  # each act sorts a case anew, and few labels are new
def natural(label: str) -> tuple[tuple[int, str], ...]:
    """Key that puts H2 before H10, by the length and then the digits of a number."""
    texts_and_numbers = re.split(r"([0-9]+)", label)
    key = [(-1, part) for part in texts_and_numbers]
    for place in range(1, len(key), 2):
        digits = key[place][1].lstrip("0")
        key[place] = (len(digits), digits)
    return (*key, (-1, label))  # H1 and H01 differ, whatever the order of files


@dataclass(frozen=True)
class Case:
    """Question, hypotheses, sources, evidence and published ratings.

    Hypotheses and evidence stand in the natural order of their labels.
    """

    question: Question
    hypotheses: tuple[Hypothesis, ...] = ()
    sources: tuple[Source, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        """Put columns and rows in the order of their labels."""
        for name in ("hypotheses", "evidence"):
            items = getattr(self, name)
            ordered = tuple(sorted(items, key=lambda item: natural(item.label)))
            object.__setattr__(self, name, ordered)

    def __hash__(self) -> int:
        """Equal cases ask the same question; hashing every item would cost too much."""
        return hash(self.question.question)

    def has(self, evidence: str | None, hypothesis: str | None) -> bool:
        """Whether the item and hypothesis of these ids are there; None always is."""
        known = evidence is None or evidence in self.item
        return known and (hypothesis is None or hypothesis in self.hypothesis)

    @cached_property
    def is_rated(self) -> bool:
        """Whether it publishes any rating; else a first one departs from nothing."""
        return any(item.ratings for item in self.evidence)

    @cached_property
    def hypothesis(self) -> Mapping[str, Hypothesis]:
        """Hypotheses by id."""
        return MappingProxyType({h.id: h for h in self.hypotheses})

    @cached_property
    def item(self) -> Mapping[str, Evidence]:
        """Evidence by id."""
        return MappingProxyType({e.id: e for e in self.evidence})

    @cached_property
    def source(self) -> Mapping[str, Source]:
        """Sources by id."""
        return MappingProxyType({s.id: s for s in self.sources})


T = TypeVar("T", Case, Evidence)


class Itself(Generic[T]):
    """A value as itself: a cache finds it again without comparing what it says.

    Cases that ask the same question have one hash, and to compare two of a thousand
    items takes longer than most of what is kept of them.
    """

    __slots__ = ("value",)
    value: T

    def __init__(self, value: T) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Itself) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)
