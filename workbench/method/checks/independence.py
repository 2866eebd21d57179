"""Ask whether items repeat one report, and count how many stand on their own.

An origin that is named is taken as it stands: what is asked about has none in common.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from workbench.case.model import Evidence
from workbench.method.checks.finding import CASE, Finding, Severity, listed, of_item
from workbench.method.matrix import NA, Floats, Matrix
from workbench.method.scoring import TIE, Assessment, diagnosticity

FEW_SHARE: Final = 0.5
NEAR_COLUMNS: Final = 5  # hypotheses for each step by which near-identical rows differ


def maybe_one_origin(assessment: Assessment) -> list[Finding]:
    """Ask whether near-identical rows repeat one report."""
    matrix, found = assessment.matrix, []
    steps = _steps(matrix)
    for same in near_identical(matrix):
        head = same[0]
        said = f"{listed(item.label for item in same)} cite "
        said += "the same sources" if head.sources else "no source"
        said += ", are of the same date" if head.date else ""
        said += f", are rated {'nearly ' if steps else ''}alike, and have no "
        said += "common origin. Do they repeat one report?"
        found.append(of_item(Severity.NOTE, "maybe-one-origin", head, said))
    return found


def near_identical(matrix: Matrix) -> list[tuple[Evidence, ...]]:
    """Group the items that may repeat one report and have no common origin.

    Near-identical: the same sources, the same date, gaps and NA in the same places, and
    ratings that differ from the first item's by no step (by one for every five
    hypotheses) and that separate something. Where the first item names an origin, the
    others name none.
    """
    judgments = matrix.basis.judgments
    spread = diagnosticity(matrix)
    alike: dict[object, list[int]] = {}
    for row, (item, codes) in enumerate(
        zip(matrix.evidence, matrix.codes, strict=True)
    ):
        if spread[row] > TIE:
            gaps = np.where(codes < NA, 0, codes).tobytes()
            cited = frozenset(c.source for c in item.sources)
            alike.setdefault((gaps, cited, item.date), []).append(row)
    found, steps = [], _steps(matrix)
    for rows in alike.values():
        codes = matrix.codes[rows].astype(np.int64)
        free = np.array([not judgments.origin(matrix.evidence[row]) for row in rows])
        left = np.ones(len(rows), dtype=np.bool_)
        for first in range(len(rows)):
            if not left[first]:
                continue
            left[first] = False
            near = left & (np.abs(codes - codes[first]).sum(axis=1) <= steps)
            near &= free | free[first]
            left &= ~near
            if near.any():
                same = [rows[first], *(rows[i] for i in np.flatnonzero(near))]
                found.append(tuple(matrix.evidence[row] for row in same))
    return found


def _steps(matrix: Matrix) -> int:
    """By how many steps near-identical rows may differ."""
    return len(matrix.hypotheses) // NEAR_COLUMNS


def effective_items(matrix: Matrix) -> float:
    """Count the equally heavy, independent items that would spread weight as evenly.

    (sum of w)^2 / sum of w^2, the effective sample size of Kish 1965, over items and,
    where items share an origin, over their joint weight. 0 where nothing weighs.
    """
    weights: Floats = matrix.weights
    grouped = matrix.origins >= 0
    joint = np.bincount(matrix.origins[grouped], weights=weights[grouped])
    units = np.concatenate([weights[~grouped], joint])
    square = float((units**2).sum())
    return float(units.sum()) ** 2 / square if square > 0 else 0.0


def few_independent(assessment: Assessment) -> list[Finding]:
    """Ask about a case whose items come to less than half as many independent ones."""
    n, effective = len(assessment.matrix.evidence), effective_items(assessment.matrix)
    if effective <= 0 or effective >= FEW_SHARE * n:
        return []
    said = f"The {n} items spread their weight as {effective:.1f} independent items of "
    said += "equal weight would. Does the number of items promise too much?"
    return [Finding(Severity.NOTE, "few-independent", CASE, said)]
