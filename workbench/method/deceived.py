"""What the ranking would be if a source had deceived us; not whether it did.

Heuer 1999, ch. 8, step 6: what if the critical evidence is wrong, misleading or subject
to deception; Tradecraft Primer 2009, p. 15.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.method.leave_out import sole_items, source_ids
from workbench.method.matrix import Codes, Matrix
from workbench.method.scoring import Ranking
from workbench.method.variants import present_ranking, rankings, summed


@dataclass(frozen=True)
class Deceived:
    """The ranking if all that `source` alone supports were the opposite."""

    source: str
    evidence: tuple[str, ...]
    ranking: Ranking
    leaders_change: bool


def opposite(codes: Codes) -> Codes:
    """Turn CC into II, C into I and the reverse; N, NA and unrated stay."""
    found: Codes = np.array([4, 3, 2, 1, 0, 5, 6], dtype=np.int8)[codes]
    return found


def deceived(matrix: Matrix) -> tuple[Deceived, ...]:
    """Reverse each source's own items in turn; weights stay as they are."""
    sole = sole_items(matrix)
    weights = np.hstack([matrix.weights * ~sole, matrix.weights * sole])
    values = matrix.values[np.vstack([matrix.codes, opposite(matrix.codes)])]
    ranked = np.tile(matrix.ranked, (len(sole), 1))
    leaders = present_ranking(matrix)[:1]
    items = np.array([item.id for item in matrix.evidence], dtype=object)
    return tuple(
        Deceived(id_, tuple(items[rows]), ranking, ranking[:1] != leaders)
        for id_, rows, ranking in zip(
            source_ids(matrix),
            sole,
            rankings(matrix, summed(weights, values), ranked),
            strict=True,
        )
    )
