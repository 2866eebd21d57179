"""Ask of a case what a reviewer would ask; a finding is a question, never an error.

Each check is a plain function that returns what it found and changes no number; here
stands the list of them. What belongs elsewhere is any judgment of who is right.
"""

from __future__ import annotations

from typing import Final

from workbench.method.checks.carried import (
    assumptions_carry,
    interested_sources,
    one_judgment,
    one_source,
)
from workbench.method.checks.finding import (
    CASE,
    Finding,
    Severity,
    Subject,
    SubjectKind,
)
from workbench.method.checks.halves import two_in_one
from workbench.method.checks.independence import (
    few_carry_weight,
    maybe_one_origin,
)
from workbench.method.checks.judged import (
    grade_and_credibility,
    indicators_tell,
    left_unsaid,
    missing_reasons,
    never_rated,
    skipped_steps,
    unrated_cells,
)
from workbench.method.checks.tested import (
    against_all,
    close_race,
    mild_leader,
    never_challenged,
    refutation_untested,
    separates_nothing,
    tie,
    vague,
)
from workbench.method.origins import effective_items
from workbench.method.scoring import Assessment
from workbench.method.sensitivity import Sensitivity, sensitivity

__all__ = [
    "CASE",
    "OF_ASSESSMENT",
    "OF_SENSITIVITY",
    "Finding",
    "Severity",
    "Subject",
    "SubjectKind",
    "against_all",
    "assumptions_carry",
    "close_race",
    "effective_items",
    "few_carry_weight",
    "findings",
    "grade_and_credibility",
    "indicators_tell",
    "interested_sources",
    "left_unsaid",
    "maybe_one_origin",
    "mild_leader",
    "missing_reasons",
    "never_challenged",
    "never_rated",
    "one_judgment",
    "one_source",
    "refutation_untested",
    "separates_nothing",
    "skipped_steps",
    "tie",
    "two_in_one",
    "unrated_cells",
    "vague",
]

OF_ASSESSMENT: Final = (
    unrated_cells,
    never_rated,
    never_challenged,
    tie,
    close_race,
    vague,
    mild_leader,
    refutation_untested,
    against_all,
    separates_nothing,
    two_in_one,
    indicators_tell,
    grade_and_credibility,
    maybe_one_origin,
    few_carry_weight,
    missing_reasons,
    skipped_steps,
    left_unsaid,
)
OF_SENSITIVITY: Final = (
    one_source,
    interested_sources,
    assumptions_carry,
    one_judgment,
)


def findings(
    assessment: Assessment, found: Sensitivity | None = None
) -> tuple[Finding, ...]:
    """Run every check, gravest findings first; `found` saves computing it again."""
    found = found or sensitivity(assessment.matrix, assessment)
    asked = [one for check in OF_ASSESSMENT for one in check(assessment)]
    asked += [one for check in OF_SENSITIVITY for one in check(found)]
    gravity = list(Severity)
    return tuple(sorted(asked, key=lambda one: gravity.index(one.severity)))
