"""What the ranking would be without one item, source or origin, one at a time.

Never without several together: that would not say on which of them the ranking hangs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.method.matrix import Matrix
from workbench.method.scoring import Ranking
from workbench.method.variants import Kept, kept_rankings, present_ranking


@dataclass(frozen=True)
class LeaveOut:
    """The ranking without something; `evidence` are the items that went with it.

    A tie at the top that appears or breaks is a change of leaders too.
    """

    id: str
    evidence: tuple[str, ...]
    ranking: Ranking
    leaders_change: bool


def without_items(matrix: Matrix) -> tuple[LeaveOut, ...]:
    """Leave out each item in turn."""
    ids = [item.id for item in matrix.evidence]
    return _without(matrix, ids, np.eye(len(ids), dtype=np.bool_))


def without_sources(matrix: Matrix) -> tuple[LeaveOut, ...]:
    """Leave out the items of each source that cite no other."""
    return _without(matrix, source_ids(matrix), sole_items(matrix))


def without_origins(matrix: Matrix) -> tuple[LeaveOut, ...]:
    """Leave out the items of each origin in turn."""
    judgments = matrix.basis.judgments
    named = [judgments.origin(item) for item in matrix.evidence]
    ids = list(dict.fromkeys(name for name in named if name))
    gone = np.array([[name == one for name in named] for one in ids], dtype=np.bool_)
    return _without(matrix, ids, gone.reshape(len(ids), len(named)))


def source_ids(matrix: Matrix) -> list[str]:
    """Name every source of the case, cited or not, in its order."""
    known = [source.id for source in matrix.basis.case.sources]
    cited = [c.source for item in matrix.evidence for c in item.sources]
    return list(dict.fromkeys(known + cited))


def sole_items(matrix: Matrix) -> Kept:
    """Tell which items rest on each source alone: (sources, items)."""
    place = {id_: s for s, id_ in enumerate(source_ids(matrix))}
    found = np.zeros((len(place), len(matrix.evidence)), dtype=np.bool_)
    for row, item in enumerate(matrix.evidence):
        cited = {citation.source for citation in item.sources}
        if len(cited) == 1:
            found[place[cited.pop()], row] = True
    return found


def _without(matrix: Matrix, ids: list[str], gone: Kept) -> tuple[LeaveOut, ...]:
    leaders = present_ranking(matrix)[:1]
    items = np.array([item.id for item in matrix.evidence], dtype=object)
    return tuple(
        LeaveOut(id_, tuple(items[rows]), ranking, ranking[:1] != leaders)
        for id_, rows, ranking in zip(
            ids, gone, kept_rankings(matrix, ~gone), strict=True
        )
    )
