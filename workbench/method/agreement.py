"""How far analysts who rated the same cells agree; what they rated is not weighed here.

Agreement is of codes, never of scores: two analysts may differ in every cell and reach
one ranking. NA and unrated are missing, not neutral.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import krippendorff
import numpy as np

from workbench.method.matrix import NA, Codes, Floats
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


def agreement(codes: Codes, *, seed: int = 0, draws: int = DRAWS) -> Agreement:
    """Give the agreement of raters over cells.

    codes: (raters, cells) positions in `Consistency`, NA or UNRATED where missing.
    alpha = 1 - Do / De with the ordinal difference of Krippendorff (2011, Computing
    Krippendorff's Alpha-Reliability), over all five levels whether used or not. The
    interval is that of `draws` resamples of the cells, seeded.
    """
    values = _values(codes)
    pairable = (~np.isnan(values)).sum(axis=0) >= _FEWEST
    cells = int(pairable.sum())
    if why := _why_not(values, pairable):
        return Agreement(None, cells, why=why)
    kept = values[:, pairable]
    found = _alpha(kept)
    rng = np.random.default_rng(seed)
    drawn = []
    for _ in range(draws):
        again = kept[:, rng.integers(0, cells, cells)]
        if len(np.unique(again[~np.isnan(again)])) > 1:
            drawn.append(_alpha(again))
    tail = (100 - WITHIN) / 2
    low, high = np.percentile(drawn, [tail, 100 - tail]) if drawn else (found, found)
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


def _alpha(values: Floats) -> float:
    found: float = krippendorff.alpha(
        reliability_data=values,
        value_domain=sorted(_LEVELS),
        level_of_measurement="ordinal",
    )
    return float(found)
