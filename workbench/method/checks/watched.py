"""Ask of the indicators whether seeing them would tell the hypotheses apart.

Heuer 1999, ch. 8, step 8: milestones that would show another course than expected.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from workbench.case.model import Consistency
from workbench.method.checks.finding import Finding, Severity, listed, of_hypothesis
from workbench.method.collection import indicator_codes
from workbench.method.schemes import ORDER
from workbench.method.scoring import Assessment

_EXPECTED: Final = (ORDER[Consistency.CC], ORDER[Consistency.C])


def expected_everywhere(assessment: Assessment) -> list[Finding]:
    """Ask about indicators that every active hypothesis leads us to expect."""
    matrix, found = assessment.matrix, []
    for hypothesis in matrix.hypotheses if len(matrix.hypotheses) > 1 else ():
        numbers = [
            str(number)
            for number, one in enumerate(hypothesis.predicts, start=1)
            if np.isin(indicator_codes(matrix, one), _EXPECTED).all()
        ]
        if numbers:
            several = len(numbers) > 1
            said = f"Indicator{'s' if several else ''} {listed(numbers)} of "
            said += f"{hypothesis.label} {'are' if several else 'is'} rated consistent "
            said += "with every hypothesis, so that seeing it would tell none from "
            said += "another. "
            said += "What would be seen under this one alone?"
            code = "expected-everywhere"
            found.append(of_hypothesis(Severity.NOTE, code, hypothesis.id, said))
    return found
