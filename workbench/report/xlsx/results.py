"""What the formulas come to as exported, taken from the method's own results.

Readers that do not reckon (previews, scripts) show these until a spreadsheet does.
"""

from __future__ import annotations

from typing import NamedTuple

from workbench.method.matrix import Matrix
from workbench.report.content.basis import Basis
from workbench.wording import NONE


class Weighing(NamedTuple):
    """The parts of an item's weight that depend on the rule, and the weight."""

    levels: float
    factor: float
    weight: float


ABSENT = Weighing(0.0, 1.0, 0.0)


def weighings(matrix: Matrix) -> dict[str, Weighing]:
    """Give what each item weighs, by id.

    An item that takes no part is not among them. One whose levels are 0 has no factor
    in the workbook: its weight is 0 whatever the factor.
    """
    factors = matrix.origin_factors.tolist()
    parts = zip(matrix.levels.tolist(), factors, matrix.weights.tolist(), strict=True)
    return {
        item.id: Weighing(levels, factor if levels else 1.0, weight)
        for item, (levels, factor, weight) in zip(matrix.evidence, parts, strict=True)
    }


def spread(basis: Basis, item: str) -> tuple[float | str, float | str]:
    """Give an item's diagnosticity, and that times weight; dashes if it has none."""
    weighed, tells = basis.weighed.get(item, (None, False))
    if weighed is None or not tells:
        return NONE, NONE
    return weighed.diagnosticity, weighed.weighted_diagnosticity
