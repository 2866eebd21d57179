"""Case, judgments and rule as arrays; the ranking is made elsewhere.

Rows are the active items and columns the active hypotheses, in label order.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from workbench.case.document import case_document
from workbench.case.entry import canonical
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Evidence, Hypothesis, Itself, Rule
from workbench.method.schemes import ORDER, SCHEMES, Scheme

UNRATED: Final = len(ORDER)  # the code after NA
NA: Final = UNRATED - 1
Floats = NDArray[np.float64]
Codes = NDArray[np.int8]


@dataclass(frozen=True)
class Premises:
    """Everything that a result follows from, and that its fingerprint names."""

    case: Case
    judgments: Judgments
    rule: Rule
    as_of: dt.date | None = None
    count_all: bool = False

    @property
    def scheme(self) -> Scheme:
        """The rule's table."""
        return SCHEMES[self.rule]

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical JSON of everything in this basis."""
        content: dict[str, Any] = {
            "case": case_document(self.case),
            "judgments": self.judgments.document(),
            "rule": self.rule.value,
            "independence": "count-all" if self.count_all else "count-once",
            "as_of": self.as_of and self.as_of.isoformat(),
        }
        return "sha256:" + hashlib.sha256(canonical(content)).hexdigest()


@dataclass(frozen=True)
class Matrix:
    """The grid as arrays of n items by m hypotheses.

    codes: (n, m) positions in `Consistency`, or UNRATED.
    levels: (n,) m(credibility) * m(relevance) under the rule.
    origins: (n,) number of the item's origin group, -1 for none.
    emphases: (n,) the item's own emphasis.
    source_emphases: (n,) the largest emphasis of its sources, 1 without sources.
    values: (7,) what each code counts for; UNRATED and NA count 0.
    """

    basis: Premises
    evidence: tuple[Evidence, ...]
    hypotheses: tuple[Hypothesis, ...]
    codes: Codes
    levels: Floats
    origins: NDArray[np.intp]
    emphases: Floats
    source_emphases: Floats
    values: Floats

    @property
    def least_first(self) -> bool:
        """Whether the rule ranks the smallest score first."""
        return self.basis.scheme.least_first

    @cached_property
    def origin_factors(self) -> Floats:
        """Factor of each item for its origin: max(m) / sum(m) over the group."""
        if self.basis.count_all:
            return np.ones(len(self.evidence))
        return origin_factors(self.levels, self.origins)

    @cached_property
    def base_weights(self) -> Floats:
        """Weights without any emphasis."""
        return self.levels * self.origin_factors

    @cached_property
    def weights(self) -> Floats:
        """Weights: m(credibility) * m(relevance) * origin * emphasis * source's."""
        return self.base_weights * self.emphases * self.source_emphases

    @cached_property
    def effects(self) -> Floats:
        """What each cell adds to its column: (n, m) weight times value."""
        return self.weights[:, None] * self.values[self.codes]

    @cached_property
    def ranked(self) -> NDArray[np.bool_]:
        """Which hypotheses have a rated cell other than NA: (m,)."""
        return np.asarray((self.codes < NA).any(axis=0), dtype=np.bool_)

    def keep(self, rows: NDArray[np.bool_]) -> Matrix:
        """Give the matrix of some rows; origins are counted anew among them."""
        return replace(
            self,
            evidence=tuple(
                e for e, kept in zip(self.evidence, rows, strict=True) if kept
            ),
            codes=self.codes[rows],
            levels=self.levels[rows],
            origins=self.origins[rows],
            emphases=self.emphases[rows],
            source_emphases=self.source_emphases[rows],
        )


def origin_factors(levels: Floats, origins: NDArray[np.intp]) -> Floats:
    """Factor that makes the items of one origin weigh as much as the largest of them.

    max(m) / sum(m) over the group, 1 for items without origin and where all m are 0.
    """
    factors = np.ones(len(levels))
    grouped = origins >= 0
    if not grouped.any():
        return factors
    groups = origins[grouped]
    largest = np.zeros(groups.max() + 1)
    np.maximum.at(largest, groups, levels[grouped])
    total = np.bincount(groups, weights=levels[grouped], minlength=len(largest))
    ratio = np.divide(largest, total, out=np.ones_like(largest), where=total > 0)
    factors[grouped] = ratio[groups]
    return factors


def build(
    case: Case,
    judgments: Judgments | None = None,
    rule: Rule | None = None,
    *,
    as_of: dt.date | None = None,
    count_all: bool = False,
) -> Matrix:
    """Build the matrix of a case under one analyst's judgments.

    Without judgments it is the published baseline, without a rule the case's own.
    """
    judgments = judgments or Judgments()
    basis = Premises(case, judgments, rule or case.question.rule, as_of, count_all)
    published = _published(Itself(case))
    rows = [
        i
        for i, item in enumerate(case.evidence)
        if judgments.active(item) and (as_of is None or dated(case, item) <= as_of)
    ]
    items = tuple(case.evidence[i] for i in rows)
    codes = published[rows]
    position = {item.id: i for i, item in enumerate(items)}
    active = [h for h in case.hypotheses if h.status == "active"]
    column = {h.id: j for j, h in enumerate(active)}
    for (evidence, hypothesis), rating in judgments.ratings.items():
        if evidence in position and hypothesis in column:
            code = UNRATED if rating is None else ORDER[rating.consistency]
            codes[position[evidence], column[hypothesis]] = code
    return Matrix(
        basis=basis,
        evidence=items,
        hypotheses=tuple(active),
        codes=codes,
        levels=_levels(items, judgments, basis.scheme),
        origins=_origins(items, judgments),
        emphases=_emphases(items, judgments),
        source_emphases=_source_emphases(items, judgments),
        values=np.array([*basis.scheme.cells, 0.0]),
    )


@lru_cache(maxsize=8)
def _published(one: Itself[Case]) -> Codes:
    """Codes of the published ratings, all items by active hypotheses."""
    case = one.value
    active = tuple(h.id for h in case.hypotheses if h.status == "active")
    codes = b"".join(_row(Itself(item), active) for item in case.evidence)
    found = np.frombuffer(codes, dtype=np.int8)
    return found.reshape(len(case.evidence), len(active))


@lru_cache(maxsize=10_000)  # of a case of a thousand items, an act changes one
def _row(one: Itself[Evidence], active: tuple[str, ...]) -> bytes:
    ratings = one.value.ratings
    return bytes(
        ORDER[r.consistency] if (r := ratings.get(h)) else UNRATED for h in active
    )


def dated(case: Case, item: Evidence) -> dt.date:
    """Give the day from which an item counts: when it was known, else its event's.

    A month or a year counts from its last day. An item without either counts from the
    question's day; in a case without one it counts always.
    """
    if (day := item.known or item.date) is not None:
        return day.last_day
    return case.question.as_of or dt.date.min


def source_emphasis(item: Evidence, judgments: Judgments) -> float:
    """Give the largest emphasis among an item's sources, 1 for an item without any."""
    found = [judgments.source_emphasis(c.source) for c in item.sources]
    return max(found, default=1.0)


def _emphases(items: tuple[Evidence, ...], judgments: Judgments) -> Floats:
    if not judgments.emphases:
        return np.ones(len(items))
    return np.array([judgments.emphasis(e.id) for e in items], dtype=float)


def _source_emphases(items: tuple[Evidence, ...], judgments: Judgments) -> Floats:
    if not judgments.source_emphases:  # mostly so, and then nothing is looked up
        return np.ones(len(items))
    return np.array([source_emphasis(e, judgments) for e in items], dtype=float)


def _levels(
    items: tuple[Evidence, ...], judgments: Judgments, scheme: Scheme
) -> Floats:
    m = cache(scheme.multiplier)
    credibility, relevance = dict(judgments.credibility), dict(judgments.relevance)
    found = [
        m(credibility.get(e.id, e.credibility)) * m(relevance.get(e.id, e.relevance))
        for e in items
    ]
    return np.array(found, dtype=float)


def _origins(items: tuple[Evidence, ...], judgments: Judgments) -> NDArray[np.intp]:
    numbers: dict[str, int] = {}
    found = [
        numbers.setdefault(origin, len(numbers))
        if (origin := judgments.origin(e))
        else -1
        for e in items
    ]
    return np.array(found, dtype=np.intp)
