"""Ask whether items repeat one report, and whether few of many carry the weight.

An origin that is named is taken as it stands: what is asked about has none in common.
"""

from __future__ import annotations

from typing import Final

from workbench.method.alike import Alike, Why, alike, steps_apart
from workbench.method.checks.finding import CASE, Finding, Severity, listed, of_item
from workbench.method.matrix import Matrix
from workbench.method.origins import effective_items
from workbench.method.scoring import Assessment

FEW_SHARE: Final = 0.5


def maybe_one_origin(assessment: Assessment) -> list[Finding]:
    """Ask whether items that look alike repeat one report, a finding a group."""
    matrix = assessment.matrix
    return [
        of_item(
            Severity.NOTE,
            "maybe-one-origin",
            one.items[0],
            f"{listed(item.label for item in one.items)} {_sign(matrix, one)}, and "
            "have no common origin. Do they repeat one report?",
        )
        for one in alike(matrix)
    ]


def _sign(matrix: Matrix, one: Alike) -> str:
    source = matrix.basis.case.source.get(one.source)
    name = f"“{source.spoken}”" if source else one.source
    rated = f"are rated {'nearly ' if steps_apart(matrix) else ''}alike"
    dated = "are of the same date, " if one.items[0].date else ""
    if one.why is Why.SENTENCE:
        return f"cite the same sentence ({name}, {one.at})"
    if one.why is Why.FIGURE_THERE:
        return f"cite the same place in {name}, give the same figure ({one.at})"
    if one.why is Why.PLACE:
        return f"cite the same place ({name}, {one.at}), {dated}{rated}"
    if one.why is Why.FIGURE:
        return f"give the same figure ({one.at}), {dated}{rated}"
    cited = "the same sources" if one.items[0].sources else "no source"
    return f"cite {cited}, {dated}{rated}"


def few_carry_weight(assessment: Assessment) -> list[Finding]:
    """Ask about a case whose weight would spread over less than half as many items."""
    n, effective = len(assessment.matrix.evidence), effective_items(assessment.matrix)
    if effective <= 0 or effective >= FEW_SHARE * n:
        return []
    said = f"The weights of the {n} items are as uneven as if {effective:.1f} of equal "
    said += "weight carried all. Does the number of items promise too much?"
    return [Finding(Severity.NOTE, "few-carry-weight", CASE, said)]
