"""Items that repeat one report: the groups that name one origin, and what they weigh.

An origin is what an analyst names; rows that only look alike are another matter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.case.model import Evidence
from workbench.method.matrix import Floats, Matrix


@dataclass(frozen=True)
class Origin:
    """The active items that name one origin.

    factor: max(m) / sum(m) over the items, by which the weight of each is multiplied;
    1 where every item counts. weight: what they weigh together. apart: what they would
    weigh together if every item counted.
    """

    id: str
    items: tuple[Evidence, ...]
    factor: float
    weight: float
    apart: float


def origins(matrix: Matrix) -> tuple[Origin, ...]:
    """List the origins named, those of most items first, then by id."""
    judgments = matrix.basis.judgments
    apart = matrix.levels * matrix.emphases * matrix.source_emphases
    found = []
    for number in range(int(matrix.origins.max(initial=-1)) + 1):
        rows = np.flatnonzero(matrix.origins == number)
        if not len(rows):  # all its items were left out of this matrix
            continue
        found.append(
            Origin(
                judgments.origin(matrix.evidence[rows[0]]),
                tuple(matrix.evidence[row] for row in rows),
                float(matrix.origin_factors[rows[0]]),
                float(matrix.weights[rows].sum()),
                float(apart[rows].sum()),
            )
        )
    return tuple(sorted(found, key=lambda one: (-len(one.items), one.id)))


def effective_items(matrix: Matrix) -> float:
    """Count the items of equal weight that would spread the weight as evenly.

    (sum of w)^2 / sum of w^2, the effective sample size of Kish 1965, over items and,
    where items share an origin, over their joint weight. 0 where nothing weighs. It
    measures weights alone: whether items are independent it does not say.
    """
    weights: Floats = matrix.weights
    grouped = matrix.origins >= 0
    joint = np.bincount(matrix.origins[grouped], weights=weights[grouped])
    units = np.concatenate([weights[~grouped], joint])
    square = float((units**2).sum())
    return float(units.sum()) ** 2 / square if square > 0 else 0.0
