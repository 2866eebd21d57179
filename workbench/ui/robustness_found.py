"""What Robustness and other pages find about a ranking, kept by revision.

A revision names case, judgments, rule and independence; the matrix is never hashed.
Nothing is shown here.
"""

from __future__ import annotations

from dataclasses import dataclass

from workbench.case.model import Rule
from workbench.method.checks import Finding, effective_items, findings
from workbench.method.lead_map import Axis, LeadMap, lead_map, moved
from workbench.method.matrix import Matrix
from workbench.method.scoring import Assessment, assess, every_rule
from workbench.method.sensitivity import (
    AsOf,
    Cell,
    Contributions,
    Drawn,
    Sensitivity,
    Sign,
    Verdict,
    by_day,
    collection,
    contributions,
    draw,
    is_telling,
    sensitivity,
)
from workbench.ui import state
from workbench.ui.asked_runs import give_way
from workbench.ui.found_once import found_once


@dataclass(frozen=True)
class Exact:
    """All that does not change with a control of the page.

    The draws are those of the verdict, whatever is drawn further down.
    """

    sensitivity: Sensitivity
    drawn: Drawn
    verdict: Verdict
    contributions: Contributions
    collection: tuple[Cell | Sign, ...]
    findings: tuple[Finding, ...]
    effective: float
    rules: dict[Rule, Assessment]
    days: tuple[AsOf, ...]

    @property
    def assessment(self) -> Assessment:
        """The assessment behind it."""
        return self.sensitivity.assessment


@found_once(8)
def exact(revision: str, _now: Assessment) -> Exact:
    """Find what is exact, once for one revision, which stands for the assessment.

    The verdict is the one that every page says.
    """
    reached, matrix = state.reached_at(revision, _now), _now.matrix
    found = sensitivity(matrix, known=reached.slips)
    give_way()
    asked = findings(_now, found)
    give_way()
    return Exact(
        found,
        reached.drawn,
        reached.verdict,
        contributions(_now, reached.verdict),
        collection(_now, reached.verdict),
        asked,
        effective_items(matrix),
        every_rule(matrix),
        by_day(matrix) if is_telling(matrix) else (),
    )


def drawn(revision: str, found: Exact, seed: int, q: float) -> Drawn:
    """Draw with a seed and a probability, unless that is what the verdict took."""
    if (seed, q) == (found.drawn.seed, found.drawn.q):
        return found.drawn
    return _drawn(revision, found.assessment.matrix, seed, q)


@found_once(16)
def _drawn(revision: str, _matrix: Matrix, seed: int, q: float) -> Drawn:
    del revision  # only the key
    return draw(_matrix, seed=seed, q=q)


@found_once(32)
def lead_map_of(revision: str, _matrix: Matrix, x: Axis, y: Axis) -> LeadMap:
    """Map two emphases, once for one revision."""
    del revision  # only the key
    return lead_map(_matrix, x, y)


def at_point(now: Assessment, mapped: LeadMap, at: tuple[float, float]) -> Assessment:
    """Assess anew with the emphases of a point of the map."""
    if at == mapped.at:
        return now
    return assess(moved(now.matrix, dict(zip((mapped.x, mapped.y), at, strict=True))))
