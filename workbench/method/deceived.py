"""What the ranking would be if a source had deceived us; not whether it did.

Heuer 1999, ch. 8, step 6: what if the critical evidence is wrong, misleading or subject
to deception; Tradecraft Primer 2009, p. 15.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.case.model import Kind
from workbench.method.leave_out import sole_items, source_ids
from workbench.method.matrix import Codes, Matrix
from workbench.method.scoring import Ranking
from workbench.method.variants import present_ranking, rankings, summed


@dataclass(frozen=True)
class Deceived:
    """The ranking if what `source` alone supports were the opposite.

    `evidence` are the items that were reversed.
    """

    source: str
    evidence: tuple[str, ...]
    ranking: Ranking
    leaders_change: bool


def opposite(codes: Codes) -> Codes:
    """Turn CC into II, C into I and the reverse; N, NA and unrated stay."""
    found: Codes = np.array([4, 3, 2, 1, 0, 5, 6], dtype=np.int8)[codes]
    return found


def deceived(matrix: Matrix) -> tuple[Deceived, ...]:
    """Reverse what each source's own word says, in turn; weights stay as they are.

    Its own word are the items of kind `evidence` that cite it alone: an absence or an
    assumption is not. Where it says which hypotheses its interest would favour, only
    their columns are reversed, whichever way a cell speaks.
    """
    said = np.array([e.kind is Kind.EVIDENCE for e in matrix.evidence], dtype=np.bool_)
    sole = sole_items(matrix) & said
    weights = np.hstack([matrix.weights * ~sole, matrix.weights * sole])
    as_rated = matrix.values[matrix.codes]
    reversed_ = matrix.values[opposite(matrix.codes)]
    present = summed(matrix.weights[None], as_rated)
    scored = np.where(
        _columns(matrix), summed(weights, np.vstack([as_rated, reversed_])), present
    )
    ranked = np.tile(matrix.ranked, (len(sole), 1))
    leaders = present_ranking(matrix)[:1]
    items = np.array([item.id for item in matrix.evidence], dtype=object)
    return tuple(
        Deceived(id_, tuple(items[rows]), ranking, ranking[:1] != leaders)
        for id_, rows, ranking in zip(
            source_ids(matrix), sole, rankings(matrix, scored, ranked), strict=True
        )
    )


def _columns(matrix: Matrix) -> NDArray[np.bool_]:
    """Tell in which columns each source would have deceived: (sources, m)."""
    known = matrix.basis.case.source
    served = [
        set(known[id_].serves) if id_ in known else set() for id_ in source_ids(matrix)
    ]
    found = [[not ids or h.id in ids for h in matrix.hypotheses] for ids in served]
    shape = len(served), len(matrix.hypotheses)
    return np.array(found, dtype=np.bool_).reshape(shape)
