"""How a number is rounded for people: once, for every sentence, table and chart.

Nothing is computed with a rounded number.
"""

from __future__ import annotations

import math

from workbench.method.scoring import TIE


def rounded(x: float) -> float:
    """Round to two decimals, half up from 1e-9 below the half, never to minus zero.

    0.125 is 0.13, and so is what a sum that ought to be 0.125 comes to.
    """
    return math.floor((x + TIE) * 100 + 0.5) / 100 + 0.0


def decimals(x: float) -> str:
    """Print a number with two decimals, rounded so."""
    return f"{rounded(x):.2f}"
