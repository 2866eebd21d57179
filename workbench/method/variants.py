"""Score many variants of one matrix at once; what the variants mean is said elsewhere.

A variant keeps some of the items. `assess` scores one matrix; hundreds of them would
take hundreds of passes, while this takes one product of matrices.
"""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from workbench.method.matrix import NA, Floats, Matrix
from workbench.method.scoring import Ranking, rank, scores

Kept: TypeAlias = NDArray[np.bool_]  # (variants, items)
_GRAIN: Final = 2.0**20
_AT_ONCE: Final = 1_000_000  # numbers held at a time
_SERIAL: Final = 1 << 18  # multiplications that OpenBLAS does not share out


def product(left: NDArray[Any], right: NDArray[Any]) -> Floats:
    """Multiply matrices a few rows at a time.

    A library that multiplies large matrices on every core waits for all of them, which
    on a machine busy with something else takes many times as long as one core would.
    """
    step = max(1, _SERIAL // max(1, right.size))
    found: Floats = np.empty((len(left), right.shape[1]))
    for start in range(0, len(left), step):
        found[start : start + step] = left[start : start + step] @ right
    return found


def summed(weights: Floats, values: Floats) -> Floats:
    """Sum weight times value over the items of each column: (k, n) by (n, m).

    Weights are split at 2**-20. The values are small whole numbers, so that sums of the
    coarse part are exact in any order (up to 2**33), and those of the rest are off by
    far less than a tie's 1e-9: float noise can neither make nor break a tie, as with
    `math.fsum`.
    """
    coarse = np.round(weights * _GRAIN) / _GRAIN
    return product(coarse, values) + product(weights - coarse, values)


def kept_weights(matrix: Matrix, kept: Kept) -> Floats:
    """Weigh the items of each variant, origins counted anew among them: (k, n)."""
    factors = np.ones(kept.shape)
    if not matrix.basis.count_all:
        for rows in shared_origins(matrix):
            levels = np.where(kept[:, rows], matrix.levels[rows], 0.0)
            total = levels.sum(axis=1)
            ratio = np.ones(len(kept))
            np.divide(levels.max(axis=1), total, out=ratio, where=total > 0)
            factors[:, rows] = ratio[:, None]
    found: Floats = matrix.levels * factors * matrix.emphases * matrix.source_emphases
    return found * kept


def shared_origins(matrix: Matrix) -> list[NDArray[np.intp]]:
    """Give the rows of each origin that two items or more name."""
    order = np.argsort(matrix.origins, kind="stable")
    numbers, first = np.unique(matrix.origins[order], return_index=True)
    groups = np.split(order, first[1:])
    return [
        rows
        for number, rows in zip(numbers.tolist(), groups, strict=False)
        if number >= 0 and len(rows) > 1
    ]


def kept_rankings(matrix: Matrix, kept: Kept) -> list[Ranking]:
    """Rank the hypotheses of each variant."""
    step = max(1, _AT_ONCE // max(1, kept.shape[1]))
    values = matrix.values[matrix.codes]
    rated = (matrix.codes < NA).astype(np.float32)
    found: list[Ranking] = []
    for start in range(0, len(kept), step):
        part = kept[start : start + step]
        scored = summed(kept_weights(matrix, part), values)
        found += rankings(matrix, scored, product(part.astype(np.float32), rated) > 0)
    return found


def rankings(
    matrix: Matrix, scored: Floats, ranked: NDArray[np.bool_]
) -> list[Ranking]:
    """Name the groups of each row of scores: (k, m)."""
    ids = [h.id for h in matrix.hypotheses]
    return [
        tuple(
            tuple(ids[j] for j in group)
            for group in rank(row, flags, least_first=matrix.least_first)
        )
        for row, flags in zip(scored, ranked.tolist(), strict=True)
    ]


def present_ranking(matrix: Matrix) -> Ranking:
    """Rank the matrix as it stands."""
    scored, ranked = scores(matrix)[None], matrix.ranked[None]
    return rankings(matrix, scored, ranked)[0]
