"""Verbal scales: published words for a probability and for a Bayes factor.

Each scale says which side a value on a printed boundary belongs to. No probability is
worked out here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_ONE: Final = 1e-9
_DECIMALS: Final = 9  # of a percentage: 0.05 * 100 must be 5


@dataclass(frozen=True)
class Term:
    """The words for a range of per cent, with or without its ends."""

    low: float
    high: float
    words: tuple[str, ...]
    with_low: bool = True
    with_high: bool = True

    def holds(self, percent: float) -> bool:
        """Tell whether a percentage is in the range."""
        above = percent > self.low or (self.with_low and percent == self.low)
        below = percent < self.high or (self.with_high and percent == self.high)
        return above and below


# ICD 203 (2015), D.6.e. Printed ends are shared; here the ends 5, 20, 45, 55, 80 and 95
# belong to the term nearer to even. Below 1 and above 99 there is none. The two terms
# of a range belong to two sets: a document keeps to one of them.
ICD_203: Final = (
    Term(1, 5, ("almost no chance", "remote"), with_high=False),
    Term(5, 20, ("very unlikely", "highly improbable"), with_high=False),
    Term(20, 45, ("unlikely", "improbable"), with_high=False),
    Term(45, 55, ("roughly even chance", "roughly even odds")),
    Term(55, 80, ("likely", "probable"), with_low=False),
    Term(80, 95, ("very likely", "highly probable"), with_low=False),
    Term(95, 99, ("almost certain", "nearly certain"), with_low=False),
)
# The gaps are deliberate: a value in one of them has no term.
PHIA: Final = (
    Term(0, 5, ("remote chance",)),
    Term(10, 20, ("highly unlikely",)),
    Term(25, 35, ("unlikely",)),
    Term(40, 50, ("realistic possibility",), with_high=False),
    Term(55, 75, ("likely", "probably")),
    Term(80, 90, ("highly likely",)),
    Term(95, 100, ("almost certain",)),
)


def term(scale: Sequence[Term], probability: float) -> Term | None:
    """Find the words for a probability; None where the scale has none.

    Raises ValueError for what is not a probability.
    """
    if not -_ONE <= probability <= 1 + _ONE:
        raise ValueError(probability)
    percent = round(probability * 100, _DECIMALS)
    return next((one for one in scale if one.holds(percent)), None)


# Upper ends, as given in Kass and Raftery 1995. Printed ends are shared; here a value
# on the line belongs to the weaker band.
KASS_RAFTERY: Final = (
    (3.0, "bare mention"),
    (20.0, "positive"),
    (150.0, "strong"),
    (math.inf, "very strong"),
)


def band(factor: float) -> str:
    """Find the words for a Bayes factor; below 1 its inverse speaks for the rival.

    Raises ValueError for a factor below 0.
    """
    if not factor >= 0:
        raise ValueError(factor)
    size = factor if factor >= 1 else 1 / factor if factor > 0 else math.inf
    near = size * (1 - _ONE)  # 1 / (1 / 3) must not pass 3
    return next(words for high, words in KASS_RAFTERY if near <= high)
