"""How the ranking formed as the evidence came in, by the days on which it was known.

It replays what was known, not the order in which an analyst judged it: that is
history's.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import numpy as np

from workbench.method.matrix import NA, Matrix, dated
from workbench.method.scoring import Ranking
from workbench.method.variants import kept_weights, product, rankings, summed


@dataclass(frozen=True)
class AsOf:
    """The ranking with only the evidence known on or before `day`.

    `scores` stand in the order of the matrix's hypotheses, None for those without rank;
    `evidence` are the items new on that day.
    """

    day: dt.date
    evidence: tuple[str, ...]
    items: int
    ranking: Ranking
    scores: tuple[float | None, ...]

    def document(self) -> dict[str, Any]:
        """Give the day as plain values."""
        return {
            "as_of": self.day.isoformat(),
            "evidence": list(self.evidence),
            "ranking": [list(group) for group in self.ranking],
        }


def undated(matrix: Matrix) -> int:
    """Count the items with neither a day on which they were known nor one of events."""
    return sum(item.known is None and item.date is None for item in matrix.evidence)


def is_telling(matrix: Matrix) -> bool:
    """Tell whether a replay would show how the evidence came in.

    Where more than a third of the items are undated it would show which of them have a
    date.
    """
    return 3 * undated(matrix) <= len(matrix.evidence)


def by_day(matrix: Matrix) -> tuple[AsOf, ...]:
    """Rank anew on each distinct day of the evidence, earliest first.

    Items that count always (undated, in a case without a date) are there from the first
    day on and make no day of their own.
    """
    case = matrix.basis.case
    when = [dated(case, item).toordinal() for item in matrix.evidence]
    ordinals = np.array(when, dtype=np.int64)
    always = dt.date.min.toordinal()
    days = np.unique(ordinals[ordinals > always])
    kept = ordinals[None, :] <= days[:, None]
    scored = summed(kept_weights(matrix, kept), matrix.values[matrix.codes])
    rated = (matrix.codes < NA).astype(np.float32)
    ranked = product(kept.astype(np.float32), rated) > 0
    new: dict[int, list[str]] = {}
    for item, day in zip(matrix.evidence, when, strict=True):
        new.setdefault(day, []).append(item.id)
    return tuple(
        AsOf(
            day=dt.date.fromordinal(day),
            evidence=tuple(new[day]),
            items=count,
            ranking=ranking,
            scores=tuple(
                value + 0.0 if counts else None
                for value, counts in zip(row, flags, strict=True)
            ),
        )
        for day, count, ranking, row, flags in zip(
            days.tolist(),
            kept.sum(axis=1).tolist(),
            rankings(matrix, scored, ranked),
            scored.tolist(),
            ranked.tolist(),
            strict=True,
        )
    )
