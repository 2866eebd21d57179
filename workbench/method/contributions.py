"""What speaks against each hypothesis, item by item, and what decides between two.

The parts of a score add up to it, those of a gap to the gap. Nothing is tried out here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

import numpy as np

from workbench.method.contenders import Verdict
from workbench.method.matrix import Floats, Matrix
from workbench.method.scoring import Assessment, scores

_DECIMALS: Final = 9  # sizes within a tie's distance stand in the order of labels


@dataclass(frozen=True)
class Part:
    """What one item adds, by its id."""

    evidence: str
    value: float

    def document(self) -> dict[str, Any]:
        """Give the part as plain values."""
        return {"evidence": self.evidence, "value": self.value}


@dataclass(frozen=True)
class Between:
    """What decides between two hypotheses; `a` is ahead, by rank, then by label.

    Positive speaks for `a` under every rule, and the sum is the gap.
    """

    a: str
    b: str
    gap: float
    items: tuple[Part, ...]

    def document(self) -> dict[str, Any]:
        """Give the pair as plain values."""
        items = [one.document() for one in self.items]
        return {"a": self.a, "b": self.b, "gap": self.gap, "items": items}


@dataclass(frozen=True)
class Contributions:
    """The parts of each score and gap, largest first by size, then by label.

    tells: the size by which an item moves the gap of some pair at most.
    """

    hypotheses: dict[str, tuple[Part, ...]]
    between: tuple[Between, ...]
    tells: tuple[Part, ...]

    def document(self) -> dict[str, Any]:
        """Give the contributions as plain values."""
        return {
            "hypotheses": {
                id_: [one.document() for one in parts]
                for id_, parts in self.hypotheses.items()
            },
            "between": [one.document() for one in self.between],
            "tells": [one.document() for one in self.tells],
        }


def pairs(now: Assessment, reached: Verdict) -> tuple[tuple[str, str], ...]:
    """Name the pairs that are compared, the one ahead first.

    All pairs of contenders; a sole contender with each of the group behind it.
    """
    contenders = reached.contenders
    if len(contenders) == 1:
        return tuple((contenders[0], id_) for id_ in _behind(now))
    order = [one.id for one in now.in_order if one.id in contenders]
    return tuple(combinations(order, 2))


def _behind(now: Assessment) -> Sequence[str]:
    return now.ranking[1] if len(now.ranking) > 1 else ()


def contributions(now: Assessment, reached: Verdict) -> Contributions:
    """Split every score, and the gap of every pair, into what the items add."""
    matrix = now.matrix
    column = {h.id: j for j, h in enumerate(matrix.hypotheses)}
    found = scores(matrix)
    sign = 1.0 if matrix.least_first else -1.0
    most = np.zeros(len(matrix.evidence))
    between = []
    for a, b in pairs(now, reached):
        values = sign * (matrix.effects[:, column[b]] - matrix.effects[:, column[a]])
        most = np.maximum(most, np.abs(values))
        gap = sign * float(found[column[b]] - found[column[a]]) + 0.0
        between.append(Between(a, b, gap, _parts(matrix, values)))
    return Contributions(
        hypotheses={
            id_: _parts(matrix, matrix.effects[:, j]) for id_, j in column.items()
        },
        between=tuple(between),
        tells=_parts(matrix, most),
    )


def _parts(matrix: Matrix, values: Floats) -> tuple[Part, ...]:
    """Name the items that add something, largest first."""
    order = np.argsort(-np.round(np.abs(values), _DECIMALS), kind="stable").tolist()
    return tuple(
        Part(matrix.evidence[row].id, float(values[row]))
        for row in order
        if values[row] != 0
    )
