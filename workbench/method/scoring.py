"""Matrix to Assessment: scores, ranking, coverage, flags, diagnosticity.

Nothing here knows where the ratings came from or how the result is shown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np

from workbench.case.model import Rule
from workbench.method.matrix import NA, UNRATED, Codes, Floats, Matrix, build
from workbench.method.schemes import SCHEMES

TIE: Final = 1e-9
# CC 2 to II -2; NA and unrated have no place on the scale
SPREAD: Final[tuple[float | None, ...]] = (2, 1, 0, -1, -2, None, None)
VAGUE_SHARE: Final = 1 / 3
VAGUE_RATIO: Final = 1 / 2
Ranking = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Standing:
    """How one hypothesis comes out. `rank` is None where nothing was rated for it."""

    id: str
    label: str
    title: str
    score: float
    rank: int | None
    tied: bool
    coverage: float
    informative: float
    flags: tuple[str, ...]


@dataclass(frozen=True)
class Weighed:
    """What one item weighs and how far it separates the hypotheses."""

    id: str
    label: str
    weight: float
    diagnosticity: float
    weighted_diagnosticity: float


@dataclass(frozen=True)
class Assessment:
    """The result of one matrix under its rule."""

    matrix: Matrix
    hypotheses: tuple[Standing, ...]
    ranking: Ranking
    margin: float | None

    @property
    def leaders(self) -> tuple[str, ...]:
        """The hypotheses in the first group; empty where nothing is rated."""
        return self.ranking[0] if self.ranking else ()

    @property
    def rule(self) -> Rule:
        """The rule in force."""
        return self.matrix.basis.rule

    @property
    def fingerprint(self) -> str:
        """Names the case, judgments, rule, independence and day behind the numbers."""
        return self.matrix.basis.fingerprint

    @cached_property
    def standing(self) -> Mapping[str, Standing]:
        """Standings by hypothesis id."""
        return {one.id: one for one in self.hypotheses}

    @cached_property
    def in_order(self) -> tuple[Standing, ...]:
        """Standings by rank, those without a rank last."""
        last = len(self.hypotheses)
        key = {h.id: h.rank or last + 1 for h in self.hypotheses}
        return tuple(sorted(self.hypotheses, key=lambda h: key[h.id]))

    @cached_property
    def evidence(self) -> tuple[Weighed, ...]:
        """What each item weighs, in label order."""
        found = diagnosticity(self.matrix)
        weights = self.matrix.weights
        return tuple(
            Weighed(item.id, item.label, float(w), float(d), float(w * d))
            for item, w, d in zip(self.matrix.evidence, weights, found, strict=True)
        )

    def document(self, analyst: str | None = None) -> dict[str, Any]:
        """Give the assessment as the plain values that `score --json` prints."""
        basis = self.matrix.basis
        return {
            "question": basis.case.question.question,
            "rule": basis.rule.value,
            "analyst": analyst,
            "as_of": basis.as_of and basis.as_of.isoformat(),
            "independence": "count-all" if basis.count_all else "count-once",
            "fingerprint": self.fingerprint,
            "hypotheses": [
                {**vars(one), "flags": list(one.flags)} for one in self.hypotheses
            ],
            "ranking": [list(group) for group in self.ranking],
            "evidence": [vars(one) for one in self.evidence],
        }


def scores(matrix: Matrix) -> Floats:
    """Sum weight times value over the items of each column: (m,).

    `math.fsum` rounds once, so that the order of rows can neither make nor break a tie.
    """
    columns = matrix.effects.T.tolist()
    return np.array([math.fsum(column) for column in columns], dtype=float)


def rank(
    found: Floats | Sequence[float], ranked: Sequence[bool], *, least_first: bool
) -> list[list[int]]:
    """Group column numbers by score, best first.

    A score within 1e-9 of the first of a group ties with it.
    """
    sign = 1.0 if least_first else -1.0
    order = sorted(
        (j for j, counts in enumerate(ranked) if counts), key=lambda j: sign * found[j]
    )
    groups: list[list[int]] = []
    for j in order:
        if groups and abs(found[j] - found[groups[-1][0]]) <= TIE:
            groups[-1].append(j)
        else:
            groups.append([j])
    return [sorted(group) for group in groups]


def assess(matrix: Matrix) -> Assessment:
    """Score, rank and flag the hypotheses of a matrix."""
    found = scores(matrix)
    groups = rank(found, matrix.ranked.tolist(), least_first=matrix.least_first)
    ids = [h.id for h in matrix.hypotheses]
    place: dict[int, int] = {}
    for group in groups:
        place |= dict.fromkeys(group, len(place) + 1)
    tied = {j for group in groups if len(group) > 1 for j in group}
    coverage, informative = _shares(matrix)
    flags = _flags(matrix, informative)
    standings = tuple(
        Standing(
            id=h.id,
            label=h.label,
            title=h.title,
            score=float(found[j]) + 0.0,  # no negative zero
            rank=place.get(j),
            tied=j in tied,
            coverage=float(coverage[j]),
            informative=float(informative[j]),
            flags=flags[j],
        )
        for j, h in enumerate(matrix.hypotheses)
    )
    ranking = tuple(tuple(ids[j] for j in group) for group in groups)
    return Assessment(matrix, standings, ranking, _margin(found, groups))


def _margin(found: Floats, groups: list[list[int]]) -> float | None:
    if not groups:
        return None
    if len(groups[0]) > 1:
        return 0.0
    if len(groups) == 1:
        return None
    return abs(float(found[groups[1][0]] - found[groups[0][0]]))


def _shares(matrix: Matrix) -> tuple[Floats, Floats]:
    n = max(len(matrix.evidence), 1)
    telling = (matrix.codes < NA) & (matrix.codes != 2)  # noqa: PLR2004  N is code 2
    telling &= (matrix.weights > 0)[:, None]
    return (matrix.codes != UNRATED).sum(axis=0) / n, telling.sum(axis=0) / n


def _flags(matrix: Matrix, informative: Floats) -> list[tuple[str, ...]]:
    against = ((matrix.codes == 3) | (matrix.codes == 4)) & (  # noqa: PLR2004  I, II
        matrix.weights > 0
    )[:, None]
    challenged = against.any(axis=0)
    most = informative.max(initial=0.0)
    flags = []
    for j, ranked in enumerate(matrix.ranked.tolist()):
        found = []
        if not ranked:
            found.append("unrated")
        if not challenged[j]:
            found.append("unchallenged")
        share = informative[j]
        if share < VAGUE_SHARE - TIE or share < most * VAGUE_RATIO - TIE:
            found.append("vague")
        flags.append(tuple(found))
    return flags


def diagnosticity(matrix: Matrix) -> Floats:
    """Give how far each item separates the hypotheses: (n,)."""
    return row_diagnosticity(matrix.codes)


def row_diagnosticity(codes: Codes) -> Floats:
    """Give the population standard deviation of CC 2 .. II -2 over each row: (n,).

    NA and unrated are skipped; 0 with fewer than two rated cells.
    """
    scale = np.array([0.0 if s is None else s for s in SPREAD])
    counted = codes < NA
    values = np.where(counted, scale[codes], 0.0)
    size = counted.sum(axis=1)
    safe = np.maximum(size, 1)
    mean = values.sum(axis=1) / safe
    square = np.where(counted, (values - mean[:, None]) ** 2, 0.0).sum(axis=1) / safe
    return np.where(size > 1, np.sqrt(square), 0.0)


def every_rule(matrix: Matrix) -> dict[Rule, Assessment]:
    """Assess the same judgments under all rules, in the order of the table."""
    b = matrix.basis
    return {
        rule: assess(
            build(b.case, b.judgments, rule, as_of=b.as_of, count_all=b.count_all)
        )
        for rule in SCHEMES
    }
