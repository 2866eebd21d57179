"""Probabilities in words, apart from those for scores.

A likelihood is said in the terms of a published scale, with its boundary rule beside
it. Confidence is never spoken of here: the two do not belong in one sentence (ICD 203,
D.6.e.(2)(b)).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from workbench.case.model import Case
from workbench.method.matrix import Matrix
from workbench.method.probability import (
    CONVENTION,
    Coherence,
    Coherent,
    Posterior,
    Waterfall,
    likelihoods,
)
from workbench.method.rounding import rounded
from workbench.method.scales import ICD_203, KASS_RAFTERY, PHIA, Term, band, term
from workbench.method.scoring import Assessment
from workbench.wording import best, joined, named, shown

NO_TERM: Final = "no term"
APART: Final = (
    "A probability is not a score, and no score was turned into one. It takes the "
    "hypotheses to exclude one another and to be all there are."
)
_MANY: Final = 1e6


class Scale(StrEnum):
    """A published scale of words for probabilities."""

    ICD_203 = "ICD 203"
    PHIA = "PHIA yardstick"


@dataclass(frozen=True)
class _Scale:
    terms: tuple[Term, ...]
    boundary: str


_SCALES: Final[Mapping[Scale, _Scale]] = {
    Scale.ICD_203: _Scale(
        ICD_203,
        "A value on a boundary has the term nearer to even. Below 1% and above 99% "
        "there is no term.",
    ),
    Scale.PHIA: _Scale(
        PHIA,
        "The gaps between the ranges are deliberate: a value in one of them has no "
        "term. “Realistic possibility” ends below 50%.",
    ),
}


def describe_likelihoods(matrix: Matrix) -> str:
    """Say what the likelihoods of the ratings rest on, and which are the analyst's."""
    given = likelihoods(matrix)
    own = [code.value for code in CONVENTION if given[code] != CONVENTION[code]]
    whose = "These values are a convention of this program"
    if own:
        whose = f"The values of {joined(own)} are the analyst's"
        if len(own) == 1:
            whose = f"The value of {own[0]} is the analyst's"
        if len(own) < len(CONVENTION):
            whose += " and the others a convention of this program"
    return (
        f"No published standard says what likelihood a rating stands for. {whose}: "
        "only their ratios count, NA and unrated cells move nothing, and an item's "
        "weight tempers what it adds."
    )


def words(scale: Scale, probability: float) -> str:
    """Give the scale's term for a probability; the first of a pair throughout."""
    found = term(_SCALES[scale].terms, probability)
    return found.words[0] if found else NO_TERM


def boundaries(scale: Scale) -> str:
    """Say which side of a scale's boundary a value belongs to."""
    return f"{scale}: {_SCALES[scale].boundary}"


def ranges(scale: Scale) -> list[tuple[str, str]]:
    """List a scale's terms with their ranges in per cent."""
    return [
        (" or ".join(one.words), f"{one.low:g} to {one.high:g}%")
        for one in _SCALES[scale].terms
    ]


def percent(p: float) -> str:
    """Print a probability in per cent to one decimal, never as certain if it is not."""
    tenths = math.floor(p * 1000 + 0.5 + 1e-9)
    if p > 0 and tenths == 0:
        return "under 0.1%"
    if p < 1 and tenths == 1000:  # noqa: PLR2004  tenths of a per cent
        return "over 99.9%"
    return f"{tenths / 10:.1f}%"


def factor(log_odds: float) -> str:
    """Print how many times odds are multiplied."""
    times = math.exp(min(log_odds, math.log(_MANY) + 1))
    if times > _MANY:
        return "more than 1,000,000"
    return f"{times:,.0f}" if times >= 100 else shown(times)  # noqa: PLR2004  two digits


def describe_priors(matrix: Matrix, found: Posterior) -> str:
    """Say where the priors come from."""
    own = matrix.basis.judgments.priors
    by_hand = [h.label for h in matrix.hypotheses if h.id in own]
    by_case = [
        h.label for h in matrix.hypotheses if h.id not in own and h.prior is not None
    ]
    rest = len(found.hypotheses) - len(by_hand) - len(by_case)
    if rest == len(found.hypotheses):
        return "Every hypothesis has the same prior, since none is stated."
    said = [f"the prior of {joined(by_hand)} is the analyst's"] if by_hand else []
    said += [f"that of {joined(by_case)} is the case's"] if by_case else []
    said += ["the others share equally what is left"] if rest else []
    text = "; ".join(said)
    return f"{text[0].upper()}{text[1:]}. Priors are scaled to add up to 100%."


def describe_probabilities(
    case: Case, hypotheses: Sequence[str], found: Sequence[float], scale: Scale
) -> str:
    """Say which hypothesis is the most probable, or which are, and how much so."""
    if not hypotheses:
        return "There is no hypothesis to give a probability to."
    top = max(found)
    first = [
        named(case.hypothesis[id_])
        for id_, p in zip(hypotheses, found, strict=True)
        if math.isclose(p, top, rel_tol=0, abs_tol=1e-9)
    ]
    has = "has" if len(first) == 1 else "have each"
    said = words(scale, top)
    return f"{joined(first)} {has} the highest probability: {percent(top)} ({said})."


def describe_difference(assessment: Assessment, found: Posterior) -> str:
    """Say that the most probable is not the first of the matrix, "" where it is."""
    top = max(found.probabilities)
    first = {
        h
        for h, p in zip(found.hypotheses, found.probabilities, strict=True)
        if math.isclose(p, top, rel_tol=0, abs_tol=1e-9)
    }
    leaders = assessment.leaders
    if not leaders or first & set(leaders):
        return ""
    names = joined(assessment.standing[id_].label for id_ in leaders)
    is_ = "is" if len(leaders) == 1 else "are"
    return (
        f"In the matrix {names} {is_} {best(assessment.rule)}: likelihoods also count "
        "what fits a hypothesis, which speaks for it here and is no refutation of the "
        "others."
    )


def describe_evidence(case: Case, found: Waterfall) -> str:
    """Say by how much the evidence moves the odds of two hypotheses."""
    moved = math.fsum(step for _, step in found.items)
    for_, against = found.hypothesis, found.rival
    if rounded(moved) == 0:
        return (
            f"The evidence leaves the odds of {case.hypothesis[for_].label} against "
            f"{case.hypothesis[against].label} where they were."
        )
    if moved < 0:
        for_, against, moved = against, for_, -moved
    strength = band(math.exp(min(moved, 700.0)), KASS_RAFTERY).words
    return (
        f"The evidence as weighed multiplies the odds of {case.hypothesis[for_].label} "
        f"against {case.hypothesis[against].label} by {factor(moved)}: “{strength}” "
        "in the words of Kass and Raftery (1995), where a value on a line has the "
        "weaker word."
    )


def describe_coherence(found: Coherent) -> str:
    """Say how far the estimates were from adding up, and what was done."""
    total = math.fsum(found.raw)
    if rounded(found.incoherence) == 0 and math.isclose(total, 1, abs_tol=5e-4):
        return "The estimates add up to 100%, and stand as they are."
    done = (
        "each is divided by the sum"
        if found.how is Coherence.NORMALISE
        else "the nearest estimates that add up are taken"
    )
    return (
        f"The estimates add up to {percent_sum(total)}, not to 100%: {done}. Their "
        f"incoherence, the distance to the nearest that add up, is "
        f"{shown(found.incoherence)}."
    )


def percent_sum(total: float) -> str:
    """Print a sum of estimates, which can pass 100%."""
    return f"{math.floor(total * 1000 + 0.5 + 1e-9) / 10:.1f}%"
