"""Items that repeat one report: the groups they form, and how much is independent.

An origin is what an analyst names; rows that only look alike are offered, never joined.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from workbench.case.model import Evidence
from workbench.method.matrix import NA, Floats, Matrix
from workbench.method.scoring import TIE, diagnosticity

NEAR_COLUMNS: Final = 5  # hypotheses for each step by which near-identical rows differ


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


def near_identical(matrix: Matrix) -> list[tuple[Evidence, ...]]:
    """Group the items that may repeat one report and have no common origin.

    Near-identical: the same sources, the same date, gaps and NA in the same places, and
    ratings that differ from the first item's by no step (by one for every five
    hypotheses) and that separate something. Where the first item names an origin, the
    others name none.
    """
    judgments = matrix.basis.judgments
    spread = diagnosticity(matrix)
    alike: dict[object, list[int]] = {}
    for row, (item, codes) in enumerate(
        zip(matrix.evidence, matrix.codes, strict=True)
    ):
        if spread[row] > TIE:
            gaps = np.where(codes < NA, 0, codes).tobytes()
            cited = frozenset(c.source for c in item.sources)
            alike.setdefault((gaps, cited, item.date), []).append(row)
    found, steps = [], steps_apart(matrix)
    for rows in alike.values():
        codes = matrix.codes[rows].astype(np.int64)
        free = np.array([not judgments.origin(matrix.evidence[row]) for row in rows])
        left = np.ones(len(rows), dtype=np.bool_)
        for first in range(len(rows)):
            if not left[first]:
                continue
            left[first] = False
            near = left & (np.abs(codes - codes[first]).sum(axis=1) <= steps)
            near &= free | free[first]
            left &= ~near
            if near.any():
                same = [rows[first], *(rows[i] for i in np.flatnonzero(near))]
                found.append(tuple(matrix.evidence[row] for row in same))
    return found


def steps_apart(matrix: Matrix) -> int:
    """Give by how many steps near-identical rows may differ."""
    return len(matrix.hypotheses) // NEAR_COLUMNS


def effective_items(matrix: Matrix) -> float:
    """Count the equally heavy, independent items that would spread weight as evenly.

    (sum of w)^2 / sum of w^2, the effective sample size of Kish 1965, over items and,
    where items share an origin, over their joint weight. 0 where nothing weighs.
    """
    weights: Floats = matrix.weights
    grouped = matrix.origins >= 0
    joint = np.bincount(matrix.origins[grouped], weights=weights[grouped])
    units = np.concatenate([weights[~grouped], joint])
    square = float((units**2).sum())
    return float(units.sum()) ** 2 / square if square > 0 else 0.0
