"""How much of each score rests on what is assumed or absent, rather than reported.

Shares are of what the items add by size, so that under a rule with both signs what is
added and what is taken away count alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.case.model import Kind
from workbench.method.scoring import Assessment


@dataclass(frozen=True)
class Grounds:
    """Of one hypothesis's score, the shares that assumptions and absences make up.

    From 0 to 1; both are 0 where nothing adds to the score.
    """

    hypothesis: str
    assumed: float
    absent: float


def grounds(assessment: Assessment) -> tuple[Grounds, ...]:
    """Split the score of each active hypothesis by the kinds of its items."""
    matrix = assessment.matrix
    sizes = np.abs(matrix.effects)
    total = sizes.sum(axis=0)

    def shares(kind: Kind) -> list[float]:
        of_kind = np.array([e.kind is kind for e in matrix.evidence], dtype=np.bool_)
        part = sizes[of_kind].sum(axis=0)
        found = np.divide(part, total, out=np.zeros_like(total), where=total > 0)
        return [float(one) for one in found]

    return tuple(
        Grounds(h.id, assumed, absent)
        for h, assumed, absent in zip(
            matrix.hypotheses,
            shares(Kind.ASSUMPTION),
            shares(Kind.ABSENCE),
            strict=True,
        )
    )
