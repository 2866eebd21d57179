"""Which items have a diagnosticity to speak of; the number itself is the method's."""

from __future__ import annotations

from workbench.method.matrix import NA, Matrix
from workbench.method.scoring import TIE, Assessment, Weighed


def can_separate(matrix: Matrix) -> tuple[bool, ...]:
    """Tell of each item whether its diagnosticity says anything: two cells rated.

    With fewer the number is 0, and the honest word for it is "cannot say".
    """
    return tuple(((matrix.codes < NA).sum(axis=1) > 1).tolist())


def most_diagnostic(assessment: Assessment) -> list[Weighed]:
    """Give the items that separate the hypotheses, those that do most first."""
    telling = [e for e in assessment.evidence if e.weighted_diagnosticity > TIE]
    return sorted(telling, key=lambda e: -e.weighted_diagnosticity)
