"""Estimates of exclusive and exhaustive hypotheses made to sum to 1.

Nothing is made of the evidence here: these are numbers that somebody stated.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from workbench.errors import WorkbenchError
from workbench.method.matrix import Matrix


class Coherence(StrEnum):
    """How estimates are made to sum to 1."""

    NORMALISE = "normalise"
    PROJECT = "project"


@dataclass(frozen=True)
class Coherent:
    """Estimates made coherent, beside the raw ones and how far these were from it."""

    raw: tuple[float, ...]
    probabilities: tuple[float, ...]
    incoherence: float
    how: Coherence


def coherentize(raw: Sequence[float], how: Coherence = Coherence.NORMALISE) -> Coherent:
    """Make estimates of exclusive and exhaustive hypotheses sum to 1.

    Normalising did as well as the projection, or slightly better, in Mandel, Karvetski
    and Dhami 2018; so it is the default.
    """
    if any(not 0 <= x <= 1 for x in raw):
        raise WorkbenchError("an estimate is a number from 0 to 1")
    found = normalised(raw) if how is Coherence.NORMALISE else projected(raw)
    return Coherent(tuple(raw), found, incoherence(raw), how)


def estimated(matrix: Matrix, how: Coherence = Coherence.NORMALISE) -> Coherent | None:
    """Make the analyst's direct estimates coherent; None while one is missing.

    Raises WorkbenchError where they are all 0.
    """
    own = matrix.basis.judgments.probabilities
    if not matrix.hypotheses or any(h.id not in own for h in matrix.hypotheses):
        return None
    return coherentize([own[h.id] for h in matrix.hypotheses], how)


def normalised(raw: Sequence[float], what: str = "estimates") -> tuple[float, ...]:
    """Divide each value by the sum.

    Raises WorkbenchError where the sum is 0 or a value is negative or infinite.
    """
    if any(not math.isfinite(x) or x < 0 for x in raw):
        raise WorkbenchError(f"the {what} must be numbers of 0 or more")
    largest = max(raw, default=0.0)
    if largest <= 0:
        raise WorkbenchError(
            f"the {what} are all 0, so that nothing says how they compare; "
            "give at least one a number above 0"
        )
    scaled = [x / largest for x in raw]  # so that no sum overflows
    total = math.fsum(scaled)
    return tuple(x / total for x in scaled)


def projected(raw: Sequence[float]) -> tuple[float, ...]:
    """Find the nearest point of the simplex, the coherent approximation (CAP).

    With u sorted descending, rho the largest j with u_j > (u_1 + .. + u_j - 1) / j and
    theta that quotient at rho: p_i = max(x_i - theta, 0). Karvetski, Olson, Mandel and
    Twardy 2013. To shift and then clamp at 0 is not that point: it sums to more than 1.
    """
    if not raw:
        return ()
    x = np.array(raw, dtype=float)
    if not np.isfinite(x).all():
        raise WorkbenchError("the estimates must be finite numbers")
    x = np.maximum(x - x.max(), -2.0)  # a shift of all, and far off is as good as -2
    u = np.sort(x)[::-1]
    quotients = (np.cumsum(u) - 1) / np.arange(1, len(u) + 1)
    theta = quotients[np.flatnonzero(u > quotients)[-1]]
    found = np.maximum(x - theta, 0.0)
    return tuple((found / found.sum()).tolist())


def incoherence(raw: Sequence[float]) -> float:
    """Measure the Euclidean distance from estimates to the nearest coherent ones."""
    return math.dist(raw, projected(raw))
