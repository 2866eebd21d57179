"""Signs to watch for, in words: when they are due, and what they would tell."""

from __future__ import annotations

from workbench.case.model import Consistency, Indicator
from workbench.method.collection import indicator_codes
from workbench.method.matrix import Matrix
from workbench.method.scoring import row_diagnosticity
from workbench.wording import joined, shown


def describe_sign(matrix: Matrix, indicator: Indicator) -> str:
    """Say how a sign would stand to the active hypotheses, were it seen; "" unrated.

    With its diagnosticity, which says how far it would separate them.
    """
    told = []
    for code in Consistency:
        labels = [
            h.label
            for h in matrix.hypotheses
            if h.id in indicator.ratings and indicator.ratings[h.id].consistency is code
        ]
        if labels:
            told.append(f"{code.value} for {joined(labels)}")
    if not told:
        return ""
    [spread] = row_diagnosticity(indicator_codes(matrix, indicator)[None])
    return f"{'; '.join(told)} (diagnosticity {shown(float(spread))})"
