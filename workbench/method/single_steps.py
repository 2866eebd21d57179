"""Who would lead with one cell a step from where it was rated, each cell alone; exact.

The smallest of all changes of judgment: Heuer 1999, ch. 8, step 6.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workbench.case.model import Consistency
from workbench.method.matrix import NA, Floats, Matrix
from workbench.method.scoring import TIE, scores
from workbench.method.smallest_change import CellChange

_CODES: Final = tuple(Consistency)


@dataclass(frozen=True)
class SingleStep:
    """One cell a step from where it was rated, and who would lead then."""

    cell: CellChange
    leaders: tuple[str, ...]


def single_steps(matrix: Matrix) -> tuple[SingleStep, ...]:
    """Find the steps of one cell that change the set of leaders, in label order."""
    columns = np.flatnonzero(matrix.ranked)
    if not columns.size or not len(matrix.evidence):
        return ()
    signed = (1.0 if matrix.least_first else -1.0) * scores(matrix)[columns]
    present = signed <= signed.min() + TIE
    ids = np.array([matrix.hypotheses[j].id for j in columns], dtype=object)
    found: list[tuple[int, int, int, tuple[str, ...]]] = []
    for place, column in enumerate(columns.tolist()):
        codes = matrix.codes[:, column]
        for way in (-1, 1):
            on = (codes + way >= 0) & (codes + way < NA)
            rows = np.flatnonzero((codes < NA) & on)
            moved = np.tile(signed, (len(rows), 1))
            moved[:, place] += _gains(matrix, rows, column, way)
            leads = moved <= moved.min(axis=1, keepdims=True) + TIE
            change = np.flatnonzero((leads != present).any(axis=1))
            found += [
                (int(rows[at]), column, way, tuple(ids[leads[at]])) for at in change
            ]
    return tuple(
        SingleStep(
            CellChange(
                matrix.evidence[row].id,
                matrix.hypotheses[column].id,
                _CODES[matrix.codes[row, column]],
                _CODES[matrix.codes[row, column] + way],
            ),
            leaders,
        )
        for row, column, way, leaders in sorted(found)
    )


def _gains(matrix: Matrix, rows: NDArray[np.intp], column: int, way: int) -> Floats:
    """Give what a step adds to a column's score, less being ahead: (rows,)."""
    codes = matrix.codes[rows, column]
    sign = 1.0 if matrix.least_first else -1.0
    gains: Floats = matrix.values[codes + way] - matrix.values[codes]
    return sign * matrix.weights[rows] * gains
