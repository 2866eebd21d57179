"""The section on what a reviewer would ask."""

from __future__ import annotations

from workbench.method import checks
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import Blocks, Paragraph, Points
from workbench.wording import plain


def findings_section(basis: Basis) -> Blocks:
    """List what a reviewer would ask."""
    asked = checks.findings(basis.assessment, basis.sensitivity)
    if not asked:
        said = "The checks have none to ask of this case."
        return (Paragraph(said),)
    intro = {
        checks.Severity.SERIOUS: "Serious: the conclusion may not stand.",
        checks.Severity.CAUTION: "To be kept in mind:",
        checks.Severity.NOTE: "Worth a look:",
    }
    found = {
        severity: tuple(plain(one.message) for one in asked if one.severity is severity)
        for severity in checks.Severity
    }
    points = (
        Points(intro[severity], texts) for severity, texts in found.items() if texts
    )
    return tuple(points)
