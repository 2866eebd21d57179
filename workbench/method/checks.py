"""Ask of a case what a reviewer would ask; a finding is a question, never an error.

Nothing here changes a number, and no finding says which hypothesis is right. Each check
is a plain function that returns what it found.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Literal, TypeAlias

import numpy as np

from workbench.case.entry import EntryKind
from workbench.case.model import Consistency, Evidence, Kind, Level
from workbench.method.matrix import NA, UNRATED, Floats, Matrix
from workbench.method.schemes import ORDER
from workbench.method.scoring import TIE, Assessment, Ranking, diagnosticity
from workbench.method.sensitivity import LeaveOut, Sensitivity, sensitivity
from workbench.method.variants import kept_rankings, present_ranking

# A published threat-intelligence template calls hypotheses inseparable when they differ
# by less than a tenth of the total weight.
CLOSE_SHARE: Final = 0.1
FEW_SHARE: Final = 0.5
NEAR_COLUMNS: Final = 5  # hypotheses for each step by which near-identical rows differ
_NAMED: Final = 6
_AGAINST: Final = (ORDER[Consistency.I], ORDER[Consistency.II])


class Severity(StrEnum):
    """How much a finding matters, gravest first."""

    SERIOUS = "serious"  # the conclusion may not stand
    CAUTION = "caution"  # a reader should know
    NOTE = "note"  # worth a look


SubjectKind: TypeAlias = Literal["case", "hypothesis", "evidence", "source"]


@dataclass(frozen=True)
class Subject:
    """What a finding speaks of; the id is empty for the case as a whole."""

    kind: SubjectKind
    id: str = ""


@dataclass(frozen=True)
class Finding:
    """A reviewer's question. `code` names the check that asks it."""

    severity: Severity
    code: str
    subject: Subject
    message: str

    def document(self) -> dict[str, Any]:
        """Give the finding as plain values."""
        return {
            "severity": self.severity.value,
            "code": self.code,
            "subject": {"kind": self.subject.kind, "id": self.subject.id},
            "message": self.message,
        }


CASE: Final = Subject("case")


def findings(
    assessment: Assessment, found: Sensitivity | None = None
) -> tuple[Finding, ...]:
    """Run every check, gravest findings first; `found` saves computing it again."""
    found = found or sensitivity(assessment.matrix, assessment)
    asked = [one for check in OF_ASSESSMENT for one in check(assessment)]
    asked += [one for check in OF_SENSITIVITY for one in check(found)]
    gravity = list(Severity)
    return tuple(sorted(asked, key=lambda one: gravity.index(one.severity)))


# ------------------------------------------------------- what has been rated


def unrated_cells(assessment: Assessment) -> list[Finding]:
    """Ask for the cells that nobody has judged: gaps, not neutral ratings."""
    matrix, found, blank = assessment.matrix, [], []
    for item, codes in zip(matrix.evidence, matrix.codes, strict=True):
        gaps = np.flatnonzero(codes == UNRATED)
        if len(gaps) == len(codes):
            blank.append(item.label)
        elif len(gaps):
            who = _named(matrix.hypotheses[j].label for j in gaps)
            said = f"{item.label} is not rated against {who}. "
            said += "What would it be, expected or surprising?"
            found.append(_of_item(Severity.CAUTION, "unrated", item, said))
    if blank and matrix.hypotheses:
        verb = "is" if len(blank) == 1 else "are"
        said = f"{_named(blank)} {verb} not rated against any hypothesis. "
        said += "Who will judge it?" if len(blank) == 1 else "Who will judge them?"
        found.append(Finding(Severity.CAUTION, "unrated", CASE, said))
    return found


def never_rated(assessment: Assessment) -> list[Finding]:
    """Ask about hypotheses that no item bears on, and that so have no rank."""
    said = "{} has no rating but NA and so no rank. Is it to be rated or parked?"
    return [
        _of_hypothesis(Severity.CAUTION, "never-rated", one.id, said.format(one.label))
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
            said = f"{item.label} is rated against {_named(bare)} without a reason. "
            said += "What would a reader need to know to agree?"
            found.append(_of_item(Severity.NOTE, "missing-reason", item, said))
    if found and not given:
        said = "No rating gives a reason. What would a reader need to know to agree?"
        return [Finding(Severity.CAUTION, "missing-reason", CASE, said)]
    return found


# ------------------------------------------------------- what separates


def separates_nothing(assessment: Assessment) -> list[Finding]:
    """Ask about items that are rated alike against every hypothesis."""
    matrix, found = assessment.matrix, []
    spread = diagnosticity(matrix)
    for row, item in enumerate(matrix.evidence):
        codes = matrix.codes[row]
        rated = codes[codes < NA]
        all_na = bool(len(codes) > 1 and (codes == NA).all())
        alike = len(rated) > 1 and spread[row] <= TIE
        if all_na or (alike and not _against_all(matrix, row)):
            how = list(Consistency)[NA if all_na else int(rated[0])].value
            said = f"{item.label} is rated {how} wherever it is rated, and so tells "
            said += "no hypothesis from another. Should it be set aside?"
            found.append(_of_item(Severity.NOTE, "separates-nothing", item, said))
    return found


def against_all(assessment: Assessment) -> list[Finding]:
    """Ask what explains an item that every hypothesis makes surprising.

    Heuer 1999: the true hypothesis may not be in the matrix.
    """
    matrix = assessment.matrix
    who = _named(h.label for h in matrix.hypotheses)
    said = "{} is inconsistent with every hypothesis ({}). Is an explanation missing "
    said += "that would lead us to expect it?"
    return [
        _of_item(Severity.CAUTION, "against-all", item, said.format(item.label, who))
        for row, item in enumerate(matrix.evidence)
        if _against_all(matrix, row)
    ]


def _against_all(matrix: Matrix, row: int) -> bool:
    codes = matrix.codes[row]
    return len(codes) > 1 and bool(np.isin(codes, _AGAINST).all())


def tie(assessment: Assessment) -> list[Finding]:
    """Ask for evidence that would tell leaders apart."""
    if len(assessment.leaders) < 2:  # noqa: PLR2004  a tie takes two
        return []
    who = _labels(assessment, assessment.leaders)
    said = f"{who} stand level as {_first(assessment)}. What evidence would tell them "
    said += "apart?"
    return [Finding(Severity.CAUTION, "tie", CASE, said)]


def close_race(assessment: Assessment) -> list[Finding]:
    """Ask about a sole leader that is hardly ahead.

    Close: the margin is less than a tenth of the total weight times what one I counts.
    """
    matrix = assessment.matrix
    margin = assessment.margin
    unit = abs(float(matrix.values[_AGAINST[0]]))
    total = float(matrix.weights.sum())
    if not margin or margin >= CLOSE_SHARE * total * unit:
        return []
    second = _labels(assessment, assessment.ranking[1])
    leader = _labels(assessment, assessment.leaders)
    said = f"{leader} is {_first(assessment)} by {_two(margin)} before {second}, "
    said += (
        f"while the items weigh {_two(total)} together. Is that enough to tell them "
    )
    said += "apart?"
    subject = Subject("hypothesis", assessment.leaders[0])
    return [Finding(Severity.CAUTION, "close-race", subject, said)]


# ------------------------------------------------------- what has been tested


def never_challenged(assessment: Assessment) -> list[Finding]:
    """Ask about hypotheses against which nothing speaks, or nothing that weighs.

    Weightless inconsistency is no test: `untested`, not `never-challenged`.
    """
    matrix, found = assessment.matrix, []
    for column, one in enumerate(assessment.hypotheses):
        if "unchallenged" not in one.flags or one.rank is None:
            continue
        leads = one.id in assessment.leaders
        rows = np.flatnonzero(np.isin(matrix.codes[:, column], _AGAINST))
        if len(rows):
            items = _named(matrix.evidence[row].label for row in rows)
            verb = "weighs" if len(rows) == 1 else "weigh"
            said = f"All that is inconsistent with {one.label} ({items}) {verb} "
            said += "nothing: it is untested rather than upheld. "
            said += "What evidence of weight would test it?"
            severity = Severity.SERIOUS if leads else Severity.CAUTION
            found.append(_of_hypothesis(severity, "untested", one.id, said))
        else:
            said = f"No item is inconsistent with {one.label}. Has anything been "
            said += "looked for that would be?"
            code = "never-challenged"
            found.append(_of_hypothesis(Severity.CAUTION, code, one.id, said))
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
            found.append(_of_hypothesis(severity, "vague", one.id, said))
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
            said = f"{one.label} is {_first(assessment)}, but no item is very "
            said += f"consistent or very inconsistent with it, while {rival.label} is "
            said += f"very consistent with {items}. Is {one.label} too vague to be "
            said += "contradicted?"
            found.append(_of_hypothesis(Severity.CAUTION, "mild-leader", one.id, said))
    return found


def refutation_untested(assessment: Assessment) -> list[Finding]:
    """Ask whether anybody looked for what would refute a hypothesis.

    Untested: it says what would refute it, and no item at all is inconsistent with it.
    What the texts say is not compared.
    """
    matrix, found = assessment.matrix, []
    for column, h in enumerate(matrix.hypotheses):
        against = np.isin(matrix.codes[:, column], _AGAINST).any()
        if h.refuted_by and not against and matrix.evidence:
            said = f"{h.label} names what would refute it, and no item is inconsistent "
            said += "with it. Does any item bear on what is named there?"
            found.append(
                _of_hypothesis(Severity.CAUTION, "refutation-untested", h.id, said)
            )
    return found


# ------------------------------------------------------- what the ranking rests on


def one_source(found: Sensitivity) -> list[Finding]:
    """Ask about a lead that changes when one source's own items are left out."""
    case = found.assessment.matrix.basis.case
    asked = []
    for one in found.without_sources:
        if one.leaders_change and one.evidence:
            source = case.source.get(one.id)
            name = source.name if source else one.id
            said = f"Without what “{name}” alone supports ({_items(found, one)}), "
            said += f"{_would(found.assessment, one.ranking)}. Does anybody else "
            said += "confirm it?"
            subject = Subject("source", one.id)
            asked.append(Finding(Severity.SERIOUS, "one-source", subject, said))
    return asked


def interested_sources(found: Sensitivity) -> list[Finding]:
    """Ask about a lead that changes without the items of interested sources.

    Left out together are the items all of whose sources have an interest stated.
    """
    assessment = found.assessment
    matrix = assessment.matrix
    known = matrix.basis.case.source
    interested = {id_ for id_, source in known.items() if source.interest}
    gone = [
        bool(item.sources) and {c.source for c in item.sources} <= interested
        for item in matrix.evidence
    ]
    if not any(gone):
        return []
    kept = ~np.array([gone], dtype=np.bool_)
    ranking = kept_rankings(matrix, kept)[0]
    if ranking[:1] == present_ranking(matrix)[:1]:
        return []
    items = [e.label for e, out in zip(matrix.evidence, gone, strict=True) if out]
    said = "Without what only sources with an interest of their own support "
    said += f"({_named(items)}), {_would(assessment, ranking)}. What would a source "
    said += "without one say?"
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
            said += f"{_would(assessment, one.ranking)}. What does it rest on?"
            code = "assumption-carries"
            asked.append(_of_item(Severity.SERIOUS, code, item, said))
    if asked or assumed.sum() < 2:  # noqa: PLR2004  one has been left out already
        return asked
    ranking = kept_rankings(matrix, ~assumed[None])[0]
    if ranking[:1] == present_ranking(matrix)[:1]:
        return []
    items = _named(e.label for e in matrix.evidence if e.kind is Kind.ASSUMPTION)
    said = f"Without the assumptions ({items}), {_would(assessment, ranking)}. What do "
    said += "they rest on?"
    return [Finding(Severity.SERIOUS, "assumption-carries", CASE, said)]


def one_judgment(found: Sensitivity) -> list[Finding]:
    """Ask about the one cell that, rated otherwise, would let a rival pass."""
    change, assessment = found.any_change, found.assessment
    if change.size != 1 or change.rival is None:
        return []
    (cell,) = change.cells
    item = assessment.matrix.basis.case.item[cell.evidence]
    against, rival, leader = (
        _labels(assessment, [id_])
        for id_ in (cell.hypothesis, change.rival, assessment.leaders[0])
    )
    said = f"Were {item.label} rated {cell.to.value} rather than {cell.from_.value} "
    said += f"against {against}, {rival} would pass {leader}. How firm is that rating?"
    return [_of_item(Severity.CAUTION, "one-judgment", item, said)]


# ------------------------------------------------------- what counts how much


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
            found.append(_of_item(Severity.CAUTION, "grade-disagrees", item, said))
    return found


def _side(level: Level) -> int:
    """Below medium -1, above it 1."""
    if isinstance(level, str):
        return {"low": -1, "medium": 0, "high": 1}[level]
    return (level > 1) - (level < 1)


def maybe_one_origin(assessment: Assessment) -> list[Finding]:
    """Ask whether near-identical rows repeat one report.

    Near-identical: the same sources, the same date, gaps and NA in the same places, and
    ratings that differ by no step (by one for every five hypotheses) and that separate
    something. Two items that name an origin each are not asked about.
    """
    matrix, found = assessment.matrix, []
    judgments = matrix.basis.judgments
    spread = diagnosticity(matrix)
    alike: dict[object, list[int]] = {}
    for row, (item, codes) in enumerate(
        zip(matrix.evidence, matrix.codes, strict=True)
    ):
        if spread[row] > TIE:
            gaps = np.where(codes < NA, 0, codes).tobytes()
            cited = frozenset(c.source for c in item.sources)
            alike.setdefault((gaps, cited, item.date), []).append(row)
    steps = len(matrix.hypotheses) // NEAR_COLUMNS
    for rows in alike.values():
        codes = matrix.codes[rows].astype(np.int64)
        free = np.array([not judgments.origin(matrix.evidence[row]) for row in rows])
        left = np.ones(len(rows), dtype=np.bool_)
        for first in range(len(rows)):
            if not left[first]:
                continue
            left[first] = False
            near = left & (np.abs(codes - codes[first]).sum(axis=1) <= steps)
            near &= free | free[first]
            left &= ~near
            if near.any():
                same = [rows[first], *(rows[i] for i in np.flatnonzero(near))]
                head = matrix.evidence[same[0]]
                who = _named(matrix.evidence[row].label for row in same)
                said = f"{who} cite "
                said += "the same sources" if head.sources else "no source"
                said += ", are of the same date" if head.date else ""
                said += f", are rated {'nearly ' if steps else ''}alike, and have no "
                said += "common origin. Do they repeat one report?"
                found.append(_of_item(Severity.NOTE, "maybe-one-origin", head, said))
    return found


def effective_items(matrix: Matrix) -> float:
    """Count the equally heavy, independent items that would spread weight as evenly.

    (sum of w)^2 / sum of w^2, the effective sample size of Kish 1965, over items and,
    where items share an origin, over their joint weight. 0 where nothing weighs.
    """
    weights: Floats = matrix.weights
    grouped = matrix.origins >= 0
    joint = np.bincount(matrix.origins[grouped], weights=weights[grouped])
    units = np.concatenate([weights[~grouped], joint])
    square = float((units**2).sum())
    return float(units.sum()) ** 2 / square if square > 0 else 0.0


def few_independent(assessment: Assessment) -> list[Finding]:
    """Ask about a case whose items come to less than half as many independent ones."""
    n, effective = len(assessment.matrix.evidence), effective_items(assessment.matrix)
    if effective <= 0 or effective >= FEW_SHARE * n:
        return []
    said = f"The {n} items spread their weight as {effective:.1f} independent items of "
    said += "equal weight would. Does the number of items promise too much?"
    return [Finding(Severity.NOTE, "few-independent", CASE, said)]


# ------------------------------------------------------- steps of the method


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
            found.append(_of_hypothesis(Severity.NOTE, code, h.id, said))
        if not h.predicts:
            said = f"{h.label} predicts nothing. What should be watched for?"
            found.append(_of_hypothesis(Severity.NOTE, code, h.id, said))
    for item in matrix.evidence:
        if item.kind is Kind.EVIDENCE and not item.sources:
            said = f"{item.label} cites no source. Is it an assumption?"
            found.append(_of_item(Severity.NOTE, code, item, said))
    return found


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
    grade_and_credibility,
    maybe_one_origin,
    few_independent,
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


# ------------------------------------------------------- words


def _of_item(severity: Severity, code: str, item: Evidence, said: str) -> Finding:
    return Finding(severity, code, Subject("evidence", item.id), said)


def _of_hypothesis(severity: Severity, code: str, id_: str, said: str) -> Finding:
    return Finding(severity, code, Subject("hypothesis", id_), said)


def _first(assessment: Assessment) -> str:
    return "least inconsistent" if assessment.matrix.least_first else "best supported"


def _would(assessment: Assessment, ranking: Ranking) -> str:
    """Say who would lead in a changed ranking, in place of whom."""
    if not ranking:
        return "no hypothesis would have a rank"
    then = _labels(assessment, ranking[0])
    now = _labels(assessment, assessment.leaders)
    return f"{then} would be {_first(assessment)} rather than {now}"


def _two(x: float) -> str:
    """Print two decimals, rounded half up from 1e-9."""
    return f"{math.floor((x + TIE) * 100 + 0.5) / 100:.2f}"


def _labels(assessment: Assessment, ids: Iterable[str]) -> str:
    return _named(assessment.standing[id_].label for id_ in ids)


def _items(found: Sensitivity, one: LeaveOut) -> str:
    case = found.assessment.matrix.basis.case
    return _named(case.item[id_].label for id_ in one.evidence)


def _named(labels: Iterable[str]) -> str:
    """Join labels: E1, E2 and E3; the rest of a long list is counted."""
    every: Sequence[str] = list(labels)
    if len(every) > _NAMED:
        return f"{', '.join(every[:_NAMED])} and {len(every) - _NAMED} more"
    head, last = ", ".join(every[:-1]), "".join(every[-1:])
    return f"{head} and {last}" if head else last
