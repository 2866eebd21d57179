"""Ask whether items repeat one report, and whether few of many stand on their own.

An origin that is named is taken as it stands: what is asked about has none in common.
"""

from __future__ import annotations

from typing import Final

from workbench.method.checks.finding import CASE, Finding, Severity, listed, of_item
from workbench.method.origins import effective_items, near_identical, steps_apart
from workbench.method.scoring import Assessment

FEW_SHARE: Final = 0.5


def maybe_one_origin(assessment: Assessment) -> list[Finding]:
    """Ask whether near-identical rows repeat one report."""
    matrix, found = assessment.matrix, []
    steps = steps_apart(matrix)
    for same in near_identical(matrix):
        head = same[0]
        said = f"{listed(item.label for item in same)} cite "
        said += "the same sources" if head.sources else "no source"
        said += ", are of the same date" if head.date else ""
        said += f", are rated {'nearly ' if steps else ''}alike, and have no "
        said += "common origin. Do they repeat one report?"
        found.append(of_item(Severity.NOTE, "maybe-one-origin", head, said))
    return found


def few_independent(assessment: Assessment) -> list[Finding]:
    """Ask about a case whose items come to less than half as many independent ones."""
    n, effective = len(assessment.matrix.evidence), effective_items(assessment.matrix)
    if effective <= 0 or effective >= FEW_SHARE * n:
        return []
    said = f"The {n} items spread their weight as {effective:.1f} independent items of "
    said += "equal weight would. Does the number of items promise too much?"
    return [Finding(Severity.NOTE, "few-independent", CASE, said)]
