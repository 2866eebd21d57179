"""What the answer rests on beside the evidence, and what it turned out to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from workbench.case.model import Assumption, Case, Kind, Outcome
from workbench.method.grounds import grounds
from workbench.method.scoring import Assessment
from workbench.wording import joined, listed, measure, named, share, stopped


def parts(case: Case, assumption: Assumption) -> Iterator[tuple[str, str]]:
    """Give what an assumption says of itself, each part by its name."""
    if assumption.basis:
        yield "Held because", assumption.basis
    if assumption.confidence:
        yield "Confidence in it", assumption.confidence
    if assumption.breaks_if:
        yield "Breaks if", assumption.breaks_if
    if assumption.carries:
        yield "With it fall", _carried(case, assumption.carries)


def _carried(case: Case, ids: Sequence[str]) -> str:
    if set(ids) >= set(case.hypothesis):
        return "all hypotheses" if len(ids) > 1 else "the one hypothesis"
    return joined(named(h) for h in case.hypotheses if h.id in ids)


def describe_outcome(case: Case, outcome: Outcome) -> str:
    """Say what the answer turned out to be, since when, and how that is known."""
    answer = "none of these"
    if outcome.hypothesis:
        answer = named(case.hypothesis[outcome.hypothesis])
    known = f", known since {outcome.known}" if outcome.known else ""
    said = f"The answer turned out to be {answer}{known}."
    return f"{said} {stopped(outcome.because)}" if outcome.because else said


def describe_conditions(assessment: Assessment) -> str:
    """Say on which items of the matrix the answer is conditional, "" for none."""
    assumed = [
        named(e) for e in assessment.matrix.evidence if e.kind is Kind.ASSUMPTION
    ]
    if not assumed:
        return ""
    items = "an item" if len(assumed) == 1 else "items"
    return (
        f"The answer is conditional, too, on what {items} of the matrix "
        f"{'assumes' if len(assumed) == 1 else 'assume'}: {listed(assumed)}."
    )


def describe_grounds(assessment: Assessment, names: Mapping[str, str]) -> str:
    """Say what shares of some scores rest on assumptions and absences.

    `names` gives how each hypothesis asked about is named, by id. The empty text where
    no score of these rests on either.
    """
    told = []
    for one in grounds(assessment):
        shares = (one.assumed, "assumptions"), (one.absent, "absences")
        rests = [f"{share(part)} rests on {kind}" for part, kind in shares if part > 0]
        if one.hypothesis in names and rests:
            told.append(f"{names[one.hypothesis]} {joined(rests)}")
    if not told:
        return ""
    first = f"Of the {measure(assessment.rule)} of "
    return first + "; of that of ".join(told) + "."
