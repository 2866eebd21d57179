"""Ask how far the evidence tells the hypotheses apart, and has put them to the test.

These checks read the assessment; nothing is left out or changed to see what follows.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from workbench.case.model import Consistency
from workbench.method.checks.finding import (
    AGAINST,
    CASE,
    Finding,
    Severity,
    Subject,
    first_place,
    labels,
    listed,
    of_hypothesis,
    of_item,
)
from workbench.method.matrix import NA, Matrix
from workbench.method.rounding import decimals
from workbench.method.schemes import ORDER
from workbench.method.scoring import TIE, Assessment, diagnosticity

# A published threat-intelligence template calls hypotheses inseparable when they differ
# by less than a tenth of the total weight.
CLOSE_SHARE: Final = 0.1


def separates_nothing(assessment: Assessment) -> list[Finding]:
    """Ask about items that are rated alike against every hypothesis."""
    matrix, found = assessment.matrix, []
    spread, against = diagnosticity(matrix), _against_all(matrix)
    for row, item in enumerate(matrix.evidence):
        codes = matrix.codes[row]
        rated = codes[codes < NA]
        all_na = bool(len(codes) > 1 and (codes == NA).all())
        alike = len(rated) > 1 and spread[row] <= TIE
        if all_na or (alike and not against[row]):
            how = list(Consistency)[NA if all_na else int(rated[0])].value
            said = f"{item.label} is rated {how} wherever it is rated, and so tells "
            said += "no hypothesis from another. Should it be set aside?"
            found.append(of_item(Severity.NOTE, "separates-nothing", item, said))
    return found


def against_all(assessment: Assessment) -> list[Finding]:
    """Ask what explains an item that every hypothesis makes surprising.

    Heuer 1999: the true hypothesis may not be in the matrix.
    """
    matrix = assessment.matrix
    who = listed(h.label for h in matrix.hypotheses)
    said = "{} is inconsistent with every hypothesis ({}). Is an explanation missing "
    said += "that would lead us to expect it?"
    return [
        of_item(Severity.CAUTION, "against-all", item, said.format(item.label, who))
        for item, against in zip(matrix.evidence, _against_all(matrix), strict=True)
        if against
    ]


def _against_all(matrix: Matrix) -> list[bool]:
    """Tell of each item whether it is inconsistent with every hypothesis of several."""
    against = np.isin(matrix.codes, AGAINST).sum(axis=1)
    several = len(matrix.hypotheses) > 1
    return [several and n == len(matrix.hypotheses) for n in against.tolist()]


def tie(assessment: Assessment) -> list[Finding]:
    """Ask for evidence that would tell leaders apart."""
    if len(assessment.leaders) < 2:  # noqa: PLR2004  a tie takes two
        return []
    who = labels(assessment, assessment.leaders)
    said = f"{who} stand level as {first_place(assessment)}. What evidence would tell "
    said += "them apart?"
    return [Finding(Severity.CAUTION, "tie", CASE, said)]


def close_race(assessment: Assessment) -> list[Finding]:
    """Ask about a sole leader that is hardly ahead.

    Close: the margin is less than a tenth of the total weight times what one I counts.
    """
    matrix = assessment.matrix
    margin = assessment.margin
    unit = abs(float(matrix.values[AGAINST[0]]))
    total = float(matrix.weights.sum())
    if not margin or margin >= CLOSE_SHARE * total * unit:
        return []
    second = labels(assessment, assessment.ranking[1])
    leader = labels(assessment, assessment.leaders)
    said = f"{leader} is ahead of {second} by {decimals(margin)} only, while the items "
    said += f"weigh {decimals(total)} together. Is that enough to tell them apart?"
    subject = Subject("hypothesis", assessment.leaders[0])
    return [Finding(Severity.CAUTION, "close-race", subject, said)]


def never_challenged(assessment: Assessment) -> list[Finding]:
    """Ask about hypotheses against which nothing speaks, or nothing that weighs.

    Weightless inconsistency is no test: `untested`, not `never-challenged`.
    """
    matrix, found = assessment.matrix, []
    for column, one in enumerate(assessment.hypotheses):
        if "unchallenged" not in one.flags or one.rank is None:
            continue
        leads = one.id in assessment.leaders
        rows = np.flatnonzero(np.isin(matrix.codes[:, column], AGAINST))
        if len(rows):
            items = listed(matrix.evidence[row].label for row in rows)
            verb = "weighs" if len(rows) == 1 else "weigh"
            said = f"All that is inconsistent with {one.label} ({items}) {verb} "
            said += "nothing: it is untested rather than upheld. "
            said += "What evidence of weight would test it?"
            severity = Severity.SERIOUS if leads else Severity.CAUTION
            found.append(of_hypothesis(severity, "untested", one.id, said))
        else:
            said = f"No item is inconsistent with {one.label}. Has anything been "
            said += "looked for that would be?"
            code = "never-challenged"
            found.append(of_hypothesis(Severity.CAUTION, code, one.id, said))
    return found


def vague(assessment: Assessment) -> list[Finding]:
    """Ask about hypotheses that few items speak for or against.

    A vague hypothesis contradicts little (Mandel, Karvetski and Dhami 2018).
    """
    found = []
    n = len(assessment.matrix.evidence)
    for one in assessment.hypotheses:
        if "vague" in one.flags and one.rank is not None:
            telling = round(one.informative * n)
            said = f"Only {telling} of {n} items speak for or against {one.label} with "
            said += "any weight. Does it say enough to be contradicted?"
            leads = one.id in assessment.leaders
            severity = Severity.CAUTION if leads else Severity.NOTE
            found.append(of_hypothesis(severity, "vague", one.id, said))
    return found


def mild_leader(assessment: Assessment) -> list[Finding]:
    """Ask about a leader that is never CC and never II while a rival is CC.

    A threshold on the share of informative cells does not catch this form of vagueness.
    """
    matrix, found = assessment.matrix, []
    weighs = (matrix.weights > 0)[:, None]
    very = (matrix.codes == ORDER[Consistency.CC]) & weighs
    strong = very | ((matrix.codes == ORDER[Consistency.II]) & weighs)
    rivals = [
        (int(very[:, column].sum()), one)
        for column, one in enumerate(assessment.hypotheses)
        if one.rank is not None and one.id not in assessment.leaders
    ]
    most, rival = max(rivals, key=lambda pair: pair[0], default=(0, None))
    for column, one in enumerate(assessment.hypotheses):
        if not rival or not most or one.id not in assessment.leaders:
            continue
        if not strong[:, column].any():
            items = "an item" if most == 1 else f"{most} items"
            said = f"{one.label} is {first_place(assessment)}, but no item is very "
            said += f"consistent or very inconsistent with it, while {rival.label} is "
            said += f"very consistent with {items}. Is {one.label} too vague to be "
            said += "contradicted?"
            found.append(of_hypothesis(Severity.CAUTION, "mild-leader", one.id, said))
    return found


def refutation_untested(assessment: Assessment) -> list[Finding]:
    """Ask whether anybody looked for what would refute a hypothesis.

    Untested: it says what would refute it, and no item at all is inconsistent with it.
    What the texts say is not compared.
    """
    matrix, found = assessment.matrix, []
    for column, h in enumerate(matrix.hypotheses):
        against = np.isin(matrix.codes[:, column], AGAINST).any()
        if h.refuted_by and not against and matrix.evidence:
            said = f"{h.label} names what would refute it, and no item is inconsistent "
            said += "with it. Does any item bear on what is named there?"
            found.append(
                of_hypothesis(Severity.CAUTION, "refutation-untested", h.id, said)
            )
    return found
