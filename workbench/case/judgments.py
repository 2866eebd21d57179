"""One analyst's departures from the published case, as values.

What a departure comes to in numbers is not decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from workbench.case.entry import (
    OF_CELL,
    OF_HYPOTHESIS,
    PARTS,
    UNRATED,
    Change,
    EntryKind,
    Value,
)
from workbench.case.model import (
    NEUTRAL_EMPHASIS,
    Case,
    Evidence,
    Level,
    Rating,
)

Cell: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Judgments:
    """What one analyst decided beyond the published case; empty means the baseline.

    `ratings` holds None for a cell that the analyst left unrated on purpose; `origins`
    holds "" for an item that the analyst takes out of its group. `priors` and
    `probabilities` are by hypothesis, `likelihoods` by Consistency, `narrative` by
    part of the report, `certainty` by hypothesis and Doubt.
    """

    ratings: Mapping[Cell, Rating | None] = field(default_factory=dict)
    credibility: Mapping[str, Level] = field(default_factory=dict)
    relevance: Mapping[str, Level] = field(default_factory=dict)
    emphases: Mapping[str, float] = field(default_factory=dict)
    source_emphases: Mapping[str, float] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)
    exclusions: Mapping[str, bool] = field(default_factory=dict)
    priors: Mapping[str, float] = field(default_factory=dict)
    likelihoods: Mapping[str, float] = field(default_factory=dict)
    probabilities: Mapping[str, float] = field(default_factory=dict)
    narrative: Mapping[str, str] = field(default_factory=dict)
    certainty: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def is_judged(self) -> bool:
        """Whether anything that a matrix holds was decided beyond the baseline."""
        return bool(self.ratings) or any(self.by_kind().values())

    @property
    def items(self) -> frozenset[str]:
        """The items that anything was decided of; all others are as published."""
        by_item = (self.credibility, self.relevance, self.emphases, self.origins)
        rated = frozenset(evidence for evidence, _ in self.ratings)
        return rated.union(*by_item, self.exclusions)

    def rating(self, item: Evidence, hypothesis: str) -> Rating | None:
        """Give the rating in force: the analyst's, else the published one.

        A rating equal to the published one keeps the published reason until the
        analyst gives another.
        """
        published = item.ratings.get(hypothesis)
        key = (item.id, hypothesis)
        if key not in self.ratings:
            return published
        own = self.ratings[key]
        same = own and published and own.consistency == published.consistency
        return published if own and same and not own.because else own

    def departs(self, case: Case, item: Evidence, hypothesis: str) -> bool:
        """Tell whether the rating in force has another code than the published one.

        Where the case publishes no rating, nothing departs.
        """
        if not case.is_rated:
            return False
        own, published = self.rating(item, hypothesis), item.ratings.get(hypothesis)
        return (own and own.consistency) != (published and published.consistency)

    def emphasis(self, evidence: str) -> float:
        """Give an item's emphasis, 1 unless changed."""
        return self.emphases.get(evidence, NEUTRAL_EMPHASIS)

    def source_emphasis(self, source: str) -> float:
        """Give a source's emphasis, 1 unless changed."""
        return self.source_emphases.get(source, NEUTRAL_EMPHASIS)

    def level_of(self, item: Evidence, kind: EntryKind) -> Level:
        """Give an item's credibility or relevance in force."""
        if kind is EntryKind.CREDIBILITY:
            return self.credibility.get(item.id, item.credibility)
        return self.relevance.get(item.id, item.relevance)

    def origin(self, item: Evidence) -> str:
        """Give an item's origin in force, "" for none."""
        return self.origins.get(item.id, item.origin)

    def active(self, item: Evidence) -> bool:
        """Tell whether an item takes part: neither excluded nor set aside."""
        return not self.exclusions.get(item.id, item.status != "active")

    def value(self, case: Case, change: Change) -> tuple[Value, str]:
        """Give the value and the reason in force at the place a change speaks of."""
        kind = change.kind
        if kind is EntryKind.SOURCE_EMPHASIS:
            return self.source_emphasis(change.source or ""), ""
        if kind is EntryKind.CERTAINTY:
            return self.certainty.get(key_of(change)), ""
        if kind in OF_HYPOTHESIS or kind in PARTS:
            stated = self.beyond()[EntryKind(kind)].get(key_of(change))
            if stated is None and kind is EntryKind.PRIOR:
                stated = case.hypothesis[change.hypothesis or ""].prior
            return stated, ""
        item = case.item[change.evidence or ""]
        if kind in OF_CELL:
            rating = self.rating(item, change.hypothesis or "")
            if rating is None:
                return UNRATED, ""
            return rating.consistency.value, rating.because
        if kind is EntryKind.EMPHASIS:
            return self.emphasis(item.id), ""
        if kind is EntryKind.ORIGIN:
            return self.origin(item), ""
        if kind is EntryKind.EXCLUSION:
            return not self.active(item), ""
        return self.level_of(item, EntryKind(kind)), ""

    def by_kind(self) -> dict[EntryKind, Mapping[str, Any]]:
        """Give every departure in the matrix but the ratings, by kind and id."""
        return {
            EntryKind.CREDIBILITY: self.credibility,
            EntryKind.RELEVANCE: self.relevance,
            EntryKind.EMPHASIS: self.emphases,
            EntryKind.SOURCE_EMPHASIS: self.source_emphases,
            EntryKind.ORIGIN: self.origins,
            EntryKind.EXCLUSION: self.exclusions,
        }

    def document(self) -> dict[str, Any]:
        """Give the judgments as plain values, for the fingerprint and the export."""
        return {
            "ratings": {
                f"{evidence}/{hypothesis}": UNRATED
                if rating is None
                else {"rating": rating.consistency.value, "because": rating.because}
                for (evidence, hypothesis), rating in sorted(self.ratings.items())
            },
            "credibility": dict(sorted(self.credibility.items())),
            "relevance": dict(sorted(self.relevance.items())),
            "emphasis": dict(sorted(self.emphases.items())),
            "source_emphasis": dict(sorted(self.source_emphases.items())),
            "origin": dict(sorted(self.origins.items())),
            "exclusion": dict(sorted(self.exclusions.items())),
            **{
                kind.value: dict(sorted(found.items()))
                for kind, found in self.beyond().items()
                if found
            },
            **self._held(),
        }

    def _held(self) -> dict[str, Any]:
        """Give what is confirmed or struck, if anything is."""
        held = {f"{h}/{doubt}": to for (h, doubt), to in sorted(self.certainty.items())}
        return {EntryKind.CERTAINTY.value: held} if held else {}

    def beyond(self) -> dict[EntryKind, Mapping[str, Any]]:
        """Give what is judged beyond the matrix, by kind and place."""
        return {
            EntryKind.PRIOR: self.priors,
            EntryKind.LIKELIHOOD: self.likelihoods,
            EntryKind.PROBABILITY: self.probabilities,
            EntryKind.NARRATIVE: self.narrative,
        }


def key_of(change: Change) -> Any:  # noqa: ANN401  an id, or several
    """Give what a field of the judgments is keyed by, of the place a change is at."""
    if change.kind in OF_CELL:
        return change.evidence, change.hypothesis
    if change.kind is EntryKind.CERTAINTY:
        return change.hypothesis, change.part
    return change.source or change.evidence or change.hypothesis or change.part
