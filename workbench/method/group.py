"""What several analysts' judgments of one case come to; each one's stays what it is.

A score of the group is the mean of the analysts' scores and never the score of a mean
code: {CC, II} is not N. Nothing is extremized, since raters of one dossier share what
they know (Baron et al. 2014).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from workbench.case.model import Consistency, Rule
from workbench.method.matrix import NA, UNRATED, Codes, Floats, Matrix
from workbench.method.scoring import Ranking, assess, rank
from workbench.method.scoring import scores as scores_of

_FEWEST: Final = 2  # ratings of a cell that can differ
_NEUTRAL: Final = 3.0  # of Open Synthesis: II 1, I 2, N 3, C 4, CC 5
_FIVE: Final = (5.0, 4.0, 3.0, 2.0, 1.0, 3.0)  # NA counts as neutral there


@dataclass(frozen=True)
class Cell:
    """One cell in which analysts differ, by item and hypothesis.

    codes: by analyst, the position in `Consistency`, UNRATED where unrated. effect:
    the mean weight times the largest less the smallest value under the rule.
    """

    evidence: str
    hypothesis: str
    codes: Mapping[str, int]
    effect: float

    def document(self) -> dict[str, Any]:
        """Give the cell as plain values."""
        codes = [*(one.value for one in Consistency), "unrated"]
        return {
            "evidence": self.evidence,
            "hypothesis": self.hypothesis,
            "codes": {name: codes[at] for name, at in self.codes.items()},
            "effect": self.effect,
        }


@dataclass(frozen=True)
class Group:
    """Several analysts' assessments side by side, and their mean.

    scores: by hypothesis, the mean over those analysts for whom it has a rank; None
    where nobody has. leads: the share of analysts by leader, ties shared out.
    without: the group's ranking without each analyst.
    """

    analysts: tuple[str, ...]
    rankings: Mapping[str, Ranking]
    scores: Mapping[str, float | None]
    ranking: Ranking
    leads: Mapping[str, float]
    without: Mapping[str, Ranking]

    @property
    def leaders(self) -> tuple[str, ...]:
        """Who leads by the mean; empty where nobody has a rank."""
        return self.ranking[0] if self.ranking else ()

    def document(self) -> dict[str, Any]:
        """Give the group as plain values."""
        return {
            "scores": dict(self.scores),
            "ranking": [list(one) for one in self.ranking],
            "leads": dict(self.leads),
            "without": {
                name: [list(one) for one in ranking]
                for name, ranking in self.without.items()
            },
        }


def group(matrices: Mapping[str, Matrix]) -> Group:
    """Put analysts' matrices of one case, under one rule, together.

    Raises ValueError without any.
    """
    if not matrices:
        raise ValueError("a group has an analyst")
    each = tuple(matrices.values())
    first = each[0]
    ids = [h.id for h in first.hypotheses]
    rankings = {name: assess(one).ranking for name, one in matrices.items()}
    means, ranked = _means(each)
    names = tuple(matrices)
    return Group(
        analysts=names,
        rankings=rankings,
        scores={
            id_: float(means[j]) if ranked[j] else None for j, id_ in enumerate(ids)
        },
        ranking=_ranking(first, means, ranked),
        leads=_leads(ids, rankings.values()),
        without={
            name: _ranking(
                first, *_means([m for k, m in matrices.items() if k != name])
            )
            for name in (names if len(names) > 1 else ())
        },
    )


def stacked(matrices: Mapping[str, Matrix]) -> tuple[list[str], Codes]:
    """Give the items that anybody counts, and the analysts' codes of their cells.

    codes: (analysts, items, hypotheses); UNRATED where an analyst left an item out.
    """
    items = list(
        dict.fromkeys(item.id for one in matrices.values() for item in one.evidence)
    )
    place = {id_: i for i, id_ in enumerate(items)}
    columns = len(next(iter(matrices.values())).hypotheses)
    codes = np.full((len(matrices), len(items), columns), UNRATED, dtype=np.int8)
    for a, one in enumerate(matrices.values()):
        codes[a, [place[item.id] for item in one.evidence]] = one.codes
    return items, codes


def differing(
    matrices: Mapping[str, Matrix], contenders: Iterable[str] = ()
) -> tuple[Cell, ...]:
    """List the cells in which analysts differ, by disagreement times effect.

    Columns of `contenders` come first, then the largest effect, then item and
    hypothesis as they stand.
    """
    items, codes = stacked(matrices)
    first = next(iter(matrices.values()))
    ids = [h.id for h in first.hypotheses]
    rated = codes < NA
    values = first.values[codes]
    highest = np.where(rated, values, -np.inf).max(axis=0)
    lowest = np.where(rated, values, np.inf).min(axis=0)
    several = rated.sum(axis=0) >= _FEWEST
    weights = _mean_weights(matrices, items)
    with np.errstate(invalid="ignore"):
        spread = np.where(several, highest - lowest, 0.0)
    different = several & (_distinct(codes, rated) > 1)
    front = np.array([id_ in set(contenders) for id_ in ids], dtype=bool)
    effects = weights[:, None] * spread
    found = [(int(i), int(j)) for i, j in zip(*np.nonzero(different), strict=True)]
    found.sort(key=lambda at: (not front[at[1]], -effects[at], at))
    return tuple(
        Cell(
            items[i],
            ids[j],
            {name: int(codes[a, i, j]) for a, name in enumerate(matrices)},
            float(effects[i, j]),
        )
        for i, j in found
    )


def pooled(estimates: Sequence[Floats]) -> dict[str, Floats]:
    """Pool probabilities that each add up to 1: mean, median, geometric mean of odds.

    estimates: one (m,) for each analyst, made coherent before. The mean is the group's;
    the others are given on request and made to add up to 1 again.
    """
    each = np.array(estimates, dtype=float)
    inside = np.clip(each, np.finfo(float).tiny, 1 - np.finfo(float).eps)
    odds = np.exp(np.log(inside / (1 - inside)).mean(axis=0))
    found = {
        "mean": each.mean(axis=0),
        "median": np.median(each, axis=0),
        "geometric": odds / (1 + odds),
    }
    return {name: one / one.sum() if one.sum() else one for name, one in found.items()}


def _means(
    matrices: Sequence[Matrix],
) -> tuple[Floats, NDArray[np.bool_]]:
    """Give the mean score of each column, and which have a rank for anybody."""
    first = matrices[0]
    ranked = np.array([one.ranked for one in matrices])
    counts = ranked.sum(axis=0)
    if len(matrices) > 1 and first.basis.rule is Rule.SQUARED_INCONSISTENCY:
        return _squared_mean(matrices), counts > 0
    found = np.array([scores_of(one) for one in matrices])
    total = np.where(ranked, found, 0.0).sum(axis=0)
    return total / np.maximum(counts, 1), counts > 0


def _squared_mean(matrices: Sequence[Matrix]) -> Floats:
    """Square the mean of a cell's ratings, as Open Synthesis does for several analysts.

    Sum over items of weight times (3 - mean)^2 where the mean of II 1 .. CC 5 is below
    3; NA counts 3 there. Opposed analysts cancel: it is that rule's own fault.
    """
    named = {str(a): one for a, one in enumerate(matrices)}
    items, codes = stacked(named)
    rated = codes != UNRATED
    five = np.array([*_FIVE, 0.0])[codes]
    counts = rated.sum(axis=0)
    mean = np.where(rated, five, 0.0).sum(axis=0) / np.maximum(counts, 1)
    short = np.where(counts > 0, np.maximum(_NEUTRAL - mean, 0.0), 0.0)
    weights: Floats = _mean_weights(named, items)
    return np.asarray((weights[:, None] * short**2).sum(axis=0), dtype=float)


def _mean_weights(matrices: Mapping[str, Matrix], items: Sequence[str]) -> Floats:
    """Give the mean weight of each item over the analysts who count it: (items,)."""
    place = {id_: i for i, id_ in enumerate(items)}
    total, counts = np.zeros(len(items)), np.zeros(len(items))
    for one in matrices.values():
        rows = [place[item.id] for item in one.evidence]
        total[rows] += one.weights
        counts[rows] += 1
    return total / np.maximum(counts, 1)


def _distinct(codes: Codes, rated: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Count the different codes from CC to II in each cell."""
    found = np.zeros(codes.shape[1:], dtype=np.intp)
    for code in range(NA):
        found += ((codes == code) & rated).any(axis=0)
    return found


def _ranking(matrix: Matrix, means: Floats, ranked: NDArray[np.bool_]) -> Ranking:
    groups = rank(means, ranked.tolist(), least_first=matrix.least_first)
    return tuple(tuple(matrix.hypotheses[j].id for j in one) for one in groups)


def _leads(ids: Sequence[str], rankings: Iterable[Ranking]) -> dict[str, float]:
    found = dict.fromkeys(ids, 0.0)
    able = [ranking[0] for ranking in rankings if ranking]
    for leaders in able:
        for id_ in leaders:
            found[id_] += 1 / len(leaders) / len(able)
    return found
