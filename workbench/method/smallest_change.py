"""The fewest cells that must be other than rated for the leader to be passed; exact.

Gains of single cells add up, so that taking the largest first gives the fewest. Who
leads afterwards may be a third, whom the same cells brought forward.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from workbench.case.model import Consistency
from workbench.method.matrix import NA, Floats, Matrix
from workbench.method.scoring import TIE, rank, scores

_CODES: Final = tuple(Consistency)
_DECIMALS: Final = 9  # gains within a tie's distance stand in the order of labels


class Reach(StrEnum):
    """How far one cell may move: to anything from CC to II, or by one step."""

    ANY = "any"
    ONE_STEP = "one_step"


@dataclass(frozen=True)
class CellChange:
    """One cell that would have to be other than rated."""

    evidence: str
    hypothesis: str
    from_: Consistency
    to: Consistency

    def document(self) -> dict[str, str]:
        """Give the change as plain values."""
        return {
            "evidence": self.evidence,
            "hypothesis": self.hypothesis,
            "from": self.from_.value,
            "to": self.to.value,
        }


@dataclass(frozen=True)
class SmallestChange:
    """The fewest cells for `rival` to stand strictly ahead of the sole leader.

    `size` is None where no such change is enough, 0 (without rival) where several lead.
    `leaders` lead once the change is made; without one, those that lead now.
    """

    size: int | None
    rival: str | None = None
    cells: tuple[CellChange, ...] = ()
    leaders: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """Give the change as plain values."""
        return {
            "size": self.size,
            "rival": self.rival,
            "cells": [cell.document() for cell in self.cells],
            "leaders": list(self.leaders),
        }


def smallest_change(matrix: Matrix, reach: Reach) -> SmallestChange:
    """Find the smallest change over all rivals, the case's breakdown number.

    Among rivals that need as few cells it is that of the smallest gap to the leader,
    then the first by label.
    """
    groups = _groups(matrix)
    leaders = _named(matrix, groups[:1])
    if len(leaders) > 1:
        return SmallestChange(0, leaders=leaders)
    place = {h.id: j for j, h in enumerate(matrix.hypotheses)}
    behind = {j: at for at, group in enumerate(groups) for j in group}
    return min(
        (one for one in smallest_changes(matrix, reach) if one.size is not None),
        key=lambda one: (one.size or 0, behind[place[one.rival or ""]]),
        default=SmallestChange(None, leaders=leaders),
    )


def smallest_changes(matrix: Matrix, reach: Reach) -> tuple[SmallestChange, ...]:
    """Find the smallest change for every rival of a sole leader, by label."""
    groups = _groups(matrix)
    if not groups or len(groups[0]) > 1:
        return ()
    leader = groups[0][0]
    signed = (1.0 if matrix.least_first else -1.0) * scores(matrix)
    harm, worst = _best(matrix, reach, towards=1.0)
    help_, best = _best(matrix, reach, towards=-1.0)
    found = []
    for rival in sorted(j for group in groups[1:] for j in group):
        pair = sorted([leader, rival])
        gains = np.where([j == leader for j in pair], harm[:, pair], help_[:, pair])
        to = np.where([j == leader for j in pair], worst[:, pair], best[:, pair])
        gap = float(signed[rival] - signed[leader])
        found.append(_fewest(matrix, rival, pair, gains, to, gap))
    return tuple(found)


def _named(matrix: Matrix, groups: list[list[int]]) -> tuple[str, ...]:
    return tuple(matrix.hypotheses[j].id for group in groups for j in group)


def _groups(matrix: Matrix) -> list[list[int]]:
    ranked = matrix.ranked.tolist()
    return rank(scores(matrix), ranked, least_first=matrix.least_first)


def _fewest(  # noqa: PLR0913  a pair of columns and what can be done in them
    matrix: Matrix,
    rival: int,
    pair: list[int],
    gains: Floats,
    to: NDArray[np.int8],
    gap: float,
) -> SmallestChange:
    """Take the cells of largest gain first, then by label, until the gap is passed."""
    flat = gains.ravel()  # row by row: the order of labels
    order = np.argsort(-np.round(flat, _DECIMALS), kind="stable")
    order = order[flat[order] > 0]
    passed = np.flatnonzero(np.cumsum(flat[order]) > gap + TIE)
    name = matrix.hypotheses[rival].id
    if not passed.size:
        return SmallestChange(None, name, leaders=_named(matrix, _groups(matrix)[:1]))
    size = int(passed[0]) + 1
    cells, codes = [], matrix.codes.copy()
    for cell in order[:size].tolist():
        row, side = divmod(cell, 2)
        codes[row, pair[side]] = to[row, side]
        cells.append(
            CellChange(
                evidence=matrix.evidence[row].id,
                hypothesis=matrix.hypotheses[pair[side]].id,
                from_=_CODES[matrix.codes[row, pair[side]]],
                to=_CODES[to[row, side]],
            )
        )
    after = _groups(replace(matrix, codes=codes))[:1]
    return SmallestChange(size, name, tuple(cells), _named(matrix, after))


def _best(
    matrix: Matrix, reach: Reach, *, towards: float
) -> tuple[Floats, NDArray[np.int8]]:
    """Give each cell's full gain and the nearest code that brings it: (n, m) twice.

    `towards` is 1 to push a hypothesis back and -1 to bring it forward. Only cells
    rated CC to II can change, and only to CC to II.
    """
    sign = towards if matrix.least_first else -towards
    scale = sign * matrix.values[:NA]
    gain, target = np.zeros(NA + 2), np.arange(NA + 2, dtype=np.int8)
    for code in range(NA):
        near = 1 if reach is Reach.ONE_STEP else NA
        others = [c for c in range(NA) if 0 < abs(c - code) <= near]
        best = max(others, key=lambda c: (scale[c], -abs(c - code)))
        gain[code] = max(scale[best] - scale[code], 0.0)
        target[code] = best
    return matrix.weights[:, None] * gain[matrix.codes], target[matrix.codes]
