"""How far analysts who rated the same cells agree; what they rated is not weighed here.

Agreement is of codes, never of scores: two analysts may differ in every cell and reach
one ranking. NA and unrated are missing, not neutral.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final, Literal

import krippendorff
import numpy as np
from numpy.typing import NDArray

from workbench.case.model import Consistency
from workbench.method.group import stacked
from workbench.method.matrix import NA, Codes, Floats, Matrix
from workbench.method.schemes import ORDER
from workbench.method.scoring import SPREAD

DRAWS: Final = 1000  # resamples of the cells
WITHIN: Final = 95  # in 100, of the bootstrap interval
_LEVELS: Final = tuple(level for level in SPREAD if level is not None)
_FEWEST: Final = 2  # ratings of a cell that can be paired, and raters
Why = Literal["", "one-rater", "no-overlap", "one-level"]


@dataclass(frozen=True)
class Agreement:
    """Krippendorff's ordinal alpha of some cells, and what it rests on.

    alpha: 1 for full agreement, 0 for what chance gives; None where it cannot be told,
    and `why` says why. cells: those that two or more rated. low, high: the bootstrap
    interval, None with alpha.
    """

    alpha: float | None
    cells: int
    low: float | None = None
    high: float | None = None
    why: Why = ""

    def document(self) -> dict[str, Any]:
        """Give the agreement as plain values."""
        return {
            "alpha": self.alpha,
            "cells": self.cells,
            "low": self.low,
            "high": self.high,
            "why": self.why,
        }


@dataclass(frozen=True)
class Agreements:
    """How far several analysts agree on one case, as a whole and by its parts.

    telling: over the cells that anyone rated other than N. hypotheses, items: by id.
    pairs: linear weighted kappa of two analysts, None where it cannot be told.
    taken_over: the share of the ratings in force that are the published ones, which
    nobody gave anew: no second opinion, so that agreement counts for less.
    """

    whole: Agreement
    telling: Agreement
    hypotheses: Mapping[str, Agreement]
    items: Mapping[str, Agreement]
    pairs: Mapping[tuple[str, str], float | None]
    taken_over: float

    def document(self) -> dict[str, Any]:
        """Give the agreements as plain values."""
        return {
            "whole": self.whole.document(),
            "telling": self.telling.document(),
            "hypotheses": {id_: one.document() for id_, one in self.hypotheses.items()},
            "items": {id_: one.document() for id_, one in self.items.items()},
            "pairs": [
                {"analysts": list(names), "kappa": kappa}
                for names, kappa in self.pairs.items()
            ],
            "taken_over": self.taken_over,
        }


def agreements(matrices: Mapping[str, Matrix]) -> Agreements:
    """Tell how far the analysts of one case agree.

    Raises ValueError without any.
    """
    if not matrices:
        raise ValueError("agreement is of analysts")
    items, codes = stacked(matrices)
    first = next(iter(matrices.values()))
    raters = len(matrices)
    told = ((codes < NA) & (codes != ORDER[Consistency.N])).any(axis=0)
    flat = codes.reshape(raters, -1)
    place = {name: a for a, name in enumerate(matrices)}
    return Agreements(
        whole=agreement(flat),
        telling=agreement(codes[:, told]),
        hypotheses={
            h.id: agreement(codes[:, :, j]) for j, h in enumerate(first.hypotheses)
        },
        items={id_: agreement(codes[:, i, :]) for i, id_ in enumerate(items)},
        pairs={
            (one, other): weighted_kappa(flat[place[one]], flat[place[other]])
            for one, other in combinations(matrices, 2)
        },
        taken_over=_taken_over(matrices),
    )


def agreement(codes: Codes, *, seed: int = 0, draws: int = DRAWS) -> Agreement:
    """Give the agreement of raters over cells.

    codes: (raters, cells) positions in `Consistency`, NA or UNRATED where missing.
    alpha = 1 - Do / De with the ordinal difference of Krippendorff (2011, Computing
    Krippendorff's Alpha-Reliability), over all five levels whether used or not. The
    interval is that of `draws` resamples of the cells, seeded; those that hold one
    level alone have no alpha and are left out.
    """
    values = _values(codes)
    pairable = (~np.isnan(values)).sum(axis=0) >= _FEWEST
    cells = int(pairable.sum())
    if why := _why_not(values, pairable):
        return Agreement(None, cells, why=why)
    kept = values[:, pairable]
    found = _alpha(kept)
    chances = np.full(cells, 1 / cells)
    times = np.random.default_rng(seed).multinomial(cells, chances, size=draws)
    drawn = _alphas(kept, times)
    tail = (100 - WITHIN) / 2
    low, high = (
        np.percentile(drawn, [tail, 100 - tail]) if len(drawn) else (found, found)
    )
    return Agreement(found, cells, float(low), float(high))


def weighted_kappa(
    one: Sequence[int] | Codes,
    other: Sequence[int] | Codes,
    cost: Literal["unweighted", "linear", "quadratic"] = "linear",
) -> float | None:
    """Give the agreement of two raters beyond chance: Cohen's kappa, 1960 and 1968.

    one, other: (cells,) codes. 1 - sum(cost * observed) / sum(cost * expected) over
    the five levels, used or not: the cost of levels in between is part of the scale.
    None where no cell has both, or chance alone leaves nothing to differ.
    """
    both = _values(np.array([one, other], dtype=np.int8))
    both = both[:, ~np.isnan(both).any(axis=0)]
    if not both.shape[1]:
        return None
    size = len(_LEVELS)
    places = (_LEVELS[0] - both).astype(int)
    table = np.zeros((size, size))
    np.add.at(table, (places[0], places[1]), 1)
    return kappa_of(table, cost)


def kappa_of(
    table: Floats, cost: Literal["unweighted", "linear", "quadratic"]
) -> float | None:
    """Give kappa of a square table of counts; None where the expected cost is 0."""
    steps = np.abs(np.subtract.outer(np.arange(len(table)), np.arange(len(table))))
    costs = {
        "unweighted": (steps > 0).astype(float),
        "linear": steps.astype(float),
        "quadratic": steps.astype(float) ** 2,
    }[cost]
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    at_stake = float((costs * expected).sum())
    if at_stake == 0:
        return None
    return 1 - float((costs * table).sum()) / at_stake


def _taken_over(matrices: Mapping[str, Matrix]) -> float:
    """Give the share of the ratings in force that the analyst did not give."""
    rated = own = 0
    for one in matrices.values():
        given = one.basis.judgments.ratings
        rated += int((one.codes < NA).sum())
        own += sum(
            bool(one.codes[i, j] < NA and (item.id, h.id) in given)
            for i, item in enumerate(one.evidence)
            for j, h in enumerate(one.hypotheses)
        )
    return 1 - own / rated if rated else 0.0


def _values(codes: Codes) -> Floats:
    scale = np.array([np.nan if one is None else float(one) for one in SPREAD])
    return np.where(codes < NA, scale[codes], np.nan)


def _why_not(values: Floats, pairable: Any) -> Why:  # noqa: ANN401
    if len(values) < _FEWEST or (~np.isnan(values)).any(axis=1).sum() < _FEWEST:
        return "one-rater"
    if not pairable.any():
        return "no-overlap"
    kept = values[:, pairable]
    return "one-level" if len(np.unique(kept[~np.isnan(kept)])) == 1 else ""


def _alphas(values: Floats, times: NDArray[np.int64]) -> Floats:
    """Give alpha with each cell taken a number of times, for every row of `times`.

    values: (raters, cells) of which each has two; times: (draws, cells). The library's
    formula for all draws at once: a thousand calls of it take half a second.
    """
    counts = np.array([(values == level).sum(axis=0) for level in _LEVELS], dtype=float)
    pairs = counts[:, None, :] * counts[None, :, :]
    pairs -= np.eye(len(_LEVELS))[:, :, None] * counts[:, None, :]
    pairs /= counts.sum(axis=0) - 1
    met = np.einsum("dc,ijc->dij", times.astype(float), pairs, optimize=True)
    of_level = met.sum(axis=2)
    between = np.cumsum(of_level, axis=1)
    middle = between - of_level / 2
    apart = (middle[:, :, None] - middle[:, None, :]) ** 2
    expected = (of_level[:, :, None] * of_level[:, None, :] * apart).sum(axis=(1, 2))
    observed = (met * apart).sum(axis=(1, 2))
    told = expected > 0
    every = between[:, -1][told]
    found: Floats = 1 - (every - 1) * observed[told] / expected[told]
    return found


def _alpha(values: Floats) -> float:
    found: float = krippendorff.alpha(
        reliability_data=values,
        value_domain=sorted(_LEVELS),
        level_of_measurement="ordinal",
    )
    return float(found)
