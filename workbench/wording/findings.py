"""What the checks find, by name: how grave it is, and what it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workbench.method.checks import Severity, Subject
from workbench.method.scoring import Assessment
from workbench.wording import clipped, named

SEVERITIES: Final[Mapping[Severity, str]] = {
    Severity.SERIOUS: "Serious: the conclusion may not stand",
    Severity.CAUTION: "Caution: a reader should know",
    Severity.NOTE: "Note: worth a look",
}


def about(assessment: Assessment, subject: Subject) -> str:
    """Name what a finding speaks of."""
    case = assessment.matrix.basis.case
    if subject.kind == "evidence":
        return named(case.item[subject.id])
    if subject.kind == "hypothesis":
        return named(assessment.standing[subject.id])
    if subject.kind == "source":
        return clipped(case.source[subject.id].spoken)
    return "The case"
