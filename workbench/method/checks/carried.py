"""Ask what carries the ranking: a source, an interest, an assumption, one judgment.

These checks need the sensitivity, and so take longer than the others.
"""

from __future__ import annotations

import numpy as np

from workbench.case.model import Kind
from workbench.method.checks.finding import (
    CASE,
    Finding,
    Severity,
    Subject,
    labels,
    listed,
    of_item,
    would_lead,
)
from workbench.method.leave_out import LeaveOut
from workbench.method.sensitivity import Sensitivity
from workbench.method.variants import kept_rankings, present_ranking


def one_source(found: Sensitivity) -> list[Finding]:
    """Ask about a lead that changes when one source's own items are left out."""
    case = found.assessment.matrix.basis.case
    asked = []
    for one in found.without_sources:
        if one.leaders_change and one.evidence:
            source = case.source.get(one.id)
            name = source.spoken if source else one.id
            said = f"Without what “{name}” alone supports ({_items(found, one)}), "
            said += f"{would_lead(found.assessment, one.ranking)}. Does anybody else "
            said += "confirm it?"
            subject = Subject("source", one.id)
            asked.append(Finding(Severity.SERIOUS, "one-source", subject, said))
    return asked


def interested_sources(found: Sensitivity) -> list[Finding]:
    """Ask about a lead that changes without the items of interested sources.

    Left out together are the items all of whose sources have an interest stated. Where
    that is all there is, it says nothing of the interest, and nothing is asked.
    """
    assessment = found.assessment
    matrix = assessment.matrix
    known = matrix.basis.case.source
    interested = {id_ for id_, source in known.items() if source.interest}
    gone = [
        bool(item.sources) and {c.source for c in item.sources} <= interested
        for item in matrix.evidence
    ]
    cited = {c.source for item in matrix.evidence for c in item.sources}
    if not any(gone) or cited <= interested:
        return []
    kept = ~np.array([gone], dtype=np.bool_)
    ranking = kept_rankings(matrix, kept)[0]
    if ranking[:1] == present_ranking(matrix)[:1]:
        return []
    items = [e.label for e, out in zip(matrix.evidence, gone, strict=True) if out]
    said = "Without what only sources with an interest of their own support "
    said += f"({listed(items)}), {would_lead(assessment, ranking)}. What would a "
    said += "source without one say?"
    return [Finding(Severity.SERIOUS, "interested-sources", CASE, said)]


def assumptions_carry(found: Sensitivity) -> list[Finding]:
    """Ask about a lead that changes without an assumption, or without all of them."""
    assessment = found.assessment
    matrix = assessment.matrix
    assumed = np.array([e.kind is Kind.ASSUMPTION for e in matrix.evidence], np.bool_)
    asked = []
    for item, one in zip(matrix.evidence, found.without_items, strict=True):
        if item.kind is Kind.ASSUMPTION and one.leaders_change:
            said = f"Without the assumption {item.label}, "
            said += f"{would_lead(assessment, one.ranking)}. What does it rest on?"
            code = "assumption-carries"
            asked.append(of_item(Severity.SERIOUS, code, item, said))
    if asked or assumed.sum() < 2:  # noqa: PLR2004  one has been left out already
        return asked
    ranking = kept_rankings(matrix, ~assumed[None])[0]
    if ranking[:1] == present_ranking(matrix)[:1]:
        return []
    items = listed(e.label for e in matrix.evidence if e.kind is Kind.ASSUMPTION)
    said = f"Without the assumptions ({items}), {would_lead(assessment, ranking)}. "
    said += "What do they rest on?"
    return [Finding(Severity.SERIOUS, "assumption-carries", CASE, said)]


def one_judgment(found: Sensitivity) -> list[Finding]:
    """Ask about the one cell that, rated otherwise, would let a rival pass."""
    change, assessment = found.any_change, found.assessment
    if change.size != 1 or change.rival is None:
        return []
    (cell,) = change.cells
    item = assessment.matrix.basis.case.item[cell.evidence]
    against, rival, leader = (
        labels(assessment, [id_])
        for id_ in (cell.hypothesis, change.rival, assessment.leaders[0])
    )
    said = f"Were {item.label} rated {cell.to.value} rather than {cell.from_.value} "
    said += f"against {against}, {rival} would pass {leader}. How firm is that rating?"
    return [of_item(Severity.CAUTION, "one-judgment", item, said)]


def _items(found: Sensitivity, one: LeaveOut) -> str:
    case = found.assessment.matrix.basis.case
    return listed(case.item[id_].label for id_ in one.evidence)
