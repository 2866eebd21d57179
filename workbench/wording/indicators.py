"""Signs to watch for, in words: when they are due, and what they would tell."""

from __future__ import annotations

from workbench.case.model import Consistency, Indicator
from workbench.method.collection import indicator_codes
from workbench.method.matrix import NA, Matrix
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
    return " ".join(["; ".join(told), *_spread(matrix, indicator)])


def _spread(matrix: Matrix, indicator: Indicator) -> list[str]:
    found = describe_spread(matrix, indicator)
    return [f"({found})"] if found else []


def describe_spread(matrix: Matrix, indicator: Indicator) -> str:
    """Say the diagnosticity of a sign, "" where too little is rated to have one."""
    codes = indicator_codes(matrix, indicator)[None]
    if (codes < NA).sum() <= 1:
        return ""
    return f"diagnosticity {shown(float(row_diagnosticity(codes)[0]))}"
