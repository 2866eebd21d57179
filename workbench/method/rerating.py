"""How far somebody agrees with themselves: cells rated again without seeing what stood.

Noise is what bias is not: a judge who would rate otherwise on another day (Mandel and
Tetlock 2018). The share that differs stands beside the draws' probability of a slip,
which stays what it is, so that every place says the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from workbench.case.model import Consistency

FEWEST: Final = 20  # cells, below which a share says nothing
SIZE: Final = 24  # cells of a sample
SCALE: Final = tuple(Consistency)[:5]  # CC to II
_SURE: Final = 1.959963984540054  # of the normal distribution, for 95 in 100
Place: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Again:
    """How many of the cells that were rated again differ, and what that bears.

    share: of those that differ. low and high: its interval, 95 in 100, after Wilson
    1927. far: those that differ by more than one step.
    """

    given: int
    differ: int
    far: int
    share: float
    low: float
    high: float


def sampled(
    rated: Mapping[Place, Consistency], seed: int, size: int = SIZE
) -> tuple[Place, ...]:
    """Draw cells rated CC to II, in an order that says nothing of them.

    Codes take turns, so that the rare ones are there too, more often than among all;
    with fewer cells than `size` all are taken. The same cells, codes and seed give the
    same sample.
    """
    rng = np.random.default_rng(seed)
    rows: list[list[Place]] = []
    for code in SCALE:
        of_code = sorted(cell for cell, given in rated.items() if given is code)
        rows.append([of_code[at] for at in rng.permutation(len(of_code))])
    taken = [
        row[turn]
        for turn in range(max(map(len, rows), default=0))
        for row in rows
        if turn < len(row)
    ][:size]
    return tuple(taken[at] for at in rng.permutation(len(taken)))


def compared(pairs: Iterable[tuple[Consistency, Consistency]]) -> Again | None:
    """Compare what stood with what was given again; None for fewer than FEWEST."""
    steps = [abs(SCALE.index(was) - SCALE.index(now)) for was, now in pairs]
    n, differ = len(steps), sum(step > 0 for step in steps)
    if n < FEWEST:
        return None
    low, high = _wilson(differ, n)
    return Again(n, differ, sum(step > 1 for step in steps), differ / n, low, high)


def _wilson(k: int, n: int) -> tuple[float, float]:
    """Give the interval of a share (Wilson 1927), 95 in 100."""
    z2 = _SURE**2
    middle = (k + z2 / 2) / (n + z2)
    half = _SURE / (n + z2) * math.sqrt(k * (n - k) / n + z2 / 4)
    # Exact at the ends, where the sums are so but for the last bit.
    return middle - half if k else 0.0, middle + half if k < n else 1.0
