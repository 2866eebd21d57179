"""Ask for what an analyst has not judged, not said or said twice differently.

These checks read the case and the judgments; no ranking matters to them.
"""

from __future__ import annotations

import numpy as np

from workbench.case.entry import EntryKind
from workbench.case.model import Consistency, Kind, Level
from workbench.method.checks.finding import (
    CASE,
    Finding,
    Severity,
    Subject,
    clipped,
    listed,
    of_hypothesis,
    of_item,
)
from workbench.method.matrix import UNRATED
from workbench.method.scoring import Assessment


def unrated_cells(assessment: Assessment) -> list[Finding]:
    """Ask for the cells that nobody has judged: gaps, not neutral ratings."""
    matrix, found, blank = assessment.matrix, [], []
    for item, codes in zip(matrix.evidence, matrix.codes, strict=True):
        gaps = np.flatnonzero(codes == UNRATED)
        if len(gaps) == len(codes):
            blank.append(item.label)
        elif len(gaps):
            who = listed(matrix.hypotheses[j].label for j in gaps)
            said = f"{item.label} is not rated against {who}. "
            said += "What would it be, expected or surprising?"
            found.append(of_item(Severity.CAUTION, "unrated", item, said))
    if blank and matrix.hypotheses:
        verb = "is" if len(blank) == 1 else "are"
        said = f"{listed(blank)} {verb} not rated against any hypothesis. "
        said += "Who will judge it?" if len(blank) == 1 else "Who will judge them?"
        found.append(Finding(Severity.CAUTION, "unrated", CASE, said))
    return found


def never_rated(assessment: Assessment) -> list[Finding]:
    """Ask about hypotheses that no item bears on, and that so have no rank."""
    said = "{} has no rating but NA and so no rank. Is it to be rated or parked?"
    return [
        of_hypothesis(Severity.CAUTION, "never-rated", one.id, said.format(one.label))
        for one in assessment.hypotheses
        if "unrated" in one.flags and assessment.matrix.evidence
    ]


def missing_reasons(assessment: Assessment) -> list[Finding]:
    """Ask for the reasons of ratings that give none."""
    matrix = assessment.matrix
    judgments, found, given = matrix.basis.judgments, [], False
    for item in matrix.evidence:
        bare = []
        for h in matrix.hypotheses:
            rating = judgments.rating(item, h.id)
            given = given or bool(rating and rating.because)
            if rating and not rating.because:
                bare.append(h.label)
        if bare:
            said = f"{item.label} is rated against {listed(bare)} without a reason. "
            said += "What would a reader need to know to agree?"
            found.append(of_item(Severity.NOTE, "missing-reason", item, said))
    if found and not given:
        said = "No rating gives a reason. What would a reader need to know to agree?"
        return [Finding(Severity.CAUTION, "missing-reason", CASE, said)]
    return found


def grade_and_credibility(assessment: Assessment) -> list[Finding]:
    """Ask where an Admiralty grade and the credibility in force say different things.

    1 and 2 (confirmed, probably true) against a low credibility, 4 and 5 (doubtful,
    improbable) against a high one, and 6 (cannot be judged) against any but medium.
    """
    matrix, found = assessment.matrix, []
    judgments = matrix.basis.judgments
    for item in matrix.evidence:
        if not item.grade:
            continue
        level = judgments.level_of(item, EntryKind.CREDIBILITY)
        side, digit = _side(level), item.grade[1]
        if (
            (digit in "12" and side < 0)
            or (digit in "45" and side > 0)
            or (digit == "6" and side)
        ):
            word = level if isinstance(level, str) else f"{level:g}"
            said = f"{item.label} is graded {item.grade} and counts with credibility "
            said += f"{word}. Which of the two is meant?"
            found.append(of_item(Severity.CAUTION, "grade-disagrees", item, said))
    return found


def _side(level: Level) -> int:
    """Below medium -1, above it 1."""
    if isinstance(level, str):
        return {"low": -1, "medium": 0, "high": 1}[level]
    return (level > 1) - (level < 1)


def skipped_steps(assessment: Assessment) -> list[Finding]:
    """Ask about steps of the method (Heuer 1999, ch. 8) that left no trace."""
    matrix = assessment.matrix
    question = matrix.basis.case.question
    kinds = {item.kind for item in matrix.evidence}
    found = []

    def ask(severity: Severity, subject: Subject, said: str) -> None:
        found.append(Finding(severity, "skipped-step", subject, said))

    if len(matrix.hypotheses) < 2:  # noqa: PLR2004  competing takes two
        said = (
            "Fewer than two hypotheses are in the matrix. What else could explain it?"
        )
        ask(Severity.SERIOUS, CASE, said)
    if not matrix.evidence:
        said = "No evidence is in the matrix. What is known that bears on the question?"
        ask(Severity.SERIOUS, CASE, said)
    if matrix.evidence and Kind.ABSENCE not in kinds:
        said = "No item is an absence. What should be seen if a hypothesis were true, "
        ask(Severity.NOTE, CASE, said + "and is not?")
    if Kind.ASSUMPTION not in kinds and not question.assumptions:
        said = "No assumption is named. What is taken for granted?"
        ask(Severity.NOTE, CASE, said)
    return found


def left_unsaid(assessment: Assessment) -> list[Finding]:
    """Ask for what each hypothesis and item should say of itself."""
    matrix, found, code = assessment.matrix, [], "skipped-step"
    for h in matrix.hypotheses:
        if not h.refuted_by:
            said = f"{h.label} does not say what would refute it. What would?"
            found.append(of_hypothesis(Severity.NOTE, code, h.id, said))
        if not h.predicts:
            said = f"{h.label} predicts nothing. What should be watched for?"
            found.append(of_hypothesis(Severity.NOTE, code, h.id, said))
    for item in matrix.evidence:
        if item.kind is Kind.EVIDENCE and not item.sources:
            said = f"{item.label} cites no source. Is it an assumption?"
            found.append(of_item(Severity.NOTE, code, item, said))
    return found


def indicators_tell(assessment: Assessment) -> list[Finding]:
    """Ask about indicators that tell no hypothesis from another, or were half rated.

    One that is C or CC for every active hypothesis would be seen whichever is true
    (Pherson's indicator validator).
    """
    matrix, found = assessment.matrix, []
    for h in matrix.hypotheses:
        for number, one in enumerate(h.predicts, start=1):
            if not one.ratings or one.state != "open":
                continue
            sign = f"Sign {number} of {h.label} (“{clipped(one.text)}”)"
            gaps = [g.label for g in matrix.hypotheses if g.id not in one.ratings]
            if gaps:
                said = f"{sign} is not rated against {listed(gaps)}. Would it be seen "
                said += "there too?"
                code = "indicator-unrated"
                found.append(of_hypothesis(Severity.NOTE, code, h.id, said))
            elif len(matrix.hypotheses) > 1 and all(
                one.ratings[g.id].consistency in (Consistency.CC, Consistency.C)
                for g in matrix.hypotheses
            ):
                said = f"{sign} is expected under every hypothesis, and so would tell "
                said += "nothing. What sign would only one of them lead us to expect?"
                code = "indicator-expected-everywhere"
                found.append(of_hypothesis(Severity.CAUTION, code, h.id, said))
    return found
