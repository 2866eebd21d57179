"""What words count for, one scheme a published rule; no arithmetic beyond the table.

In every rule NA and unrated count 0: the first is a judgment that no judgment applies,
the second a gap. They differ everywhere else (coverage, diagnosticity, rank).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from workbench.case.model import LEVELS, Consistency, Level, Rule


@dataclass(frozen=True)
class Scheme:
    """What each Consistency and each level counts for under one rule.

    `cells` are in the order of `Consistency`; `levels` are the multipliers of low,
    medium and high, or None where the rule knows no levels.
    """

    rule: Rule
    title: str
    cells: tuple[float, float, float, float, float, float]
    levels: tuple[float, float, float] | None
    least_first: bool
    publication: str
    caution: str = ""

    def value(self, consistency: Consistency) -> float:
        """Give what one cell counts for before its weight."""
        return self.cells[ORDER[consistency]]

    def multiplier(self, level: Level) -> float:
        """Give a level's multiplier; a number is the multiplier itself."""
        if self.levels is None:
            return 1.0
        if isinstance(level, str):
            return self.levels[LEVELS.index(level)]
        return float(level)


ORDER: Final = MappingProxyType({code: i for i, code in enumerate(Consistency)})
_ROOT: Final = (1 / math.sqrt(2), 1.0, math.sqrt(2))

SCHEMES: Final[Mapping[Rule, Scheme]] = MappingProxyType(
    {
        scheme.rule: scheme
        for scheme in (
            Scheme(
                Rule.WEIGHTED_INCONSISTENCY,
                "Weighted inconsistency",
                (0, 0, 0, 1, 2, 0),
                _ROOT,
                least_first=True,
                publication="PARC ACH, technical description, 2004; printed there with "
                "a minus sign",
            ),
            Scheme(
                Rule.INCONSISTENCY,
                "Inconsistency",
                (0, 0, 0, 1, 2, 0),
                None,
                least_first=True,
                publication="Burton and Knowles 2010, without their levels",
                caution="Credibility and relevance do not count.",
            ),
            Scheme(
                Rule.INCONSISTENCY_COUNT,
                "Inconsistency count",
                (0, 0, 0, 1, 1, 0),
                None,
                least_first=True,
                publication="ArkhamMirror, ACH shard, 2026",
                caution="A very inconsistent item counts no more than an inconsistent "
                "one.",
            ),
            Scheme(
                Rule.SQUARED_INCONSISTENCY,
                "Squared inconsistency",
                (0, 0, 0, 1, 4, 0),
                None,
                least_first=True,
                publication="Open Synthesis, metrics, one analyst",
                caution="A very inconsistent item counts four times an inconsistent "
                "one.",
            ),
            Scheme(
                Rule.NET_SUPPORT,
                "Net support",
                (2, 1, 0, -1, -2, 0),
                _ROOT,
                least_first=False,
                publication="Column sums as in Roberts 2016; levels are an extension",
                caution="Support can outvote refutation: not Heuer's method.",
            ),
            Scheme(
                Rule.COMPENSATORY,
                "Compensatory",
                (-1, -1, 0, 2, 2, 0),
                (0.5, 1.0, 1.5),
                least_first=True,
                publication="intel-workbench, ACH scoring, 2026",
                caution="Consistent items buy back inconsistency.",
            ),
        )
    }
)
