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
from workbench.method.coherence import Coherence, Coherent
from workbench.method.matrix import Matrix
from workbench.method.probability import (
    CONVENTION,
    WAYS,
    Posterior,
    Spread,
    likelihoods,
)
from workbench.method.rounding import rounded
from workbench.method.scales import ICD_203, PHIA, Term, band, term
from workbench.method.scoring import Assessment
from workbench.wording import best, joined, named, shown

NO_TERM: Final = "no term on this scale"
APART: Final = (
    "A probability is not a score, and no score was turned into one. It takes the "
    "hypotheses to exclude one another and to be all there are."
)
NO_GAIN: Final = (
    "Karvetski, Mandel and Irwin (2020) found no gain in accuracy from factorized "
    "Bayes, and this way is close to it."
)
EIGHT_WAYS: Final = (
    "The eight ways: each item tells as much as stated or half of it; absences take "
    "part or not; items of one origin are one voice as stated, or all that cite the "
    "same sources are. The point counts as stated, with absences."
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
        "only their ratios count, and NA and unrated cells count as N. Low "
        "credibility, a shared origin and an emphasis below 1 temper what an item "
        "adds; nothing makes it add more, and relevance is in the likelihood already. "
        "Assumptions are taken as given and move no probability."
    )


def words(scale: Scale, probability: float) -> str:
    """Give the scale's term for a probability; the first of a pair throughout."""
    found = term(_SCALES[scale].terms, probability)
    return found.words[0] if found else NO_TERM


def words_between(scale: Scale, low: float, high: float) -> str:
    """Give the one term that a whole range falls under, else the two that bound it.

    An end that the scale has no term for is given by its number.
    """
    terms = _SCALES[scale].terms
    ends = term(terms, low), term(terms, high)
    if ends[0] is not None and ends[0] == ends[1]:
        return ends[0].words[0]
    first, last = (
        one.words[0] if one else percent(p)
        for one, p in zip(ends, (low, high), strict=True)
    )
    return NO_TERM if first == last else f"{first} to {last}"


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


def percent_range(low: float, high: float) -> str:
    """Print a range of probabilities, as one where both ends print alike."""
    ends = percent(low), percent(high)
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


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
    of = "that of" if by_hand else "the prior of"
    said += [f"{of} {joined(by_case)} is the case's"] if by_case else []
    said += ["the others share equally what is left"] if rest else []
    text = "; ".join(said)
    return f"{text[0].upper()}{text[1:]}. Priors are scaled to add up to 100%."


def describe_spread(case: Case, found: Spread, scale: Scale) -> str:
    """Say what the evidence comes to over the eight ways: ranges first, then points."""
    ids = found.point.hypotheses
    if not ids:
        return "There is no hypothesis to give a probability to."
    if len(ids) == 1:
        return _alone(case, ids[0])
    times = {id_: sum(id_ in ways for ways in found.highest) for id_ in ids}
    always = [id_ for id_ in ids if times[id_] == len(WAYS)]
    if all(len(ways) == len(ids) for ways in found.highest):
        return (
            f"All {len(ids)} hypotheses have the same probability in all eight ways to "
            f"count, {percent(1 / len(ids))} each: nothing tells them apart."
        )
    if all(list(ways) == always for ways in found.highest):
        who = joined(named(case.hypothesis[id_]) for id_ in always)
        has = "has" if len(always) == 1 else "have each"
        return (
            f"{who} {has} the highest probability in all eight ways to count: "
            f"{_spread(found, always[0], scale)}."
        )
    shared = any(len(ways) > 1 for ways in found.highest)
    has = "has it, alone or with others, in" if shared else "has it in"
    shares = [
        f"{times[id_]}, {_spread(found, id_, scale)}" for id_ in ids if times[id_]
    ]
    names = [named(case.hypothesis[id_]) for id_ in ids if times[id_]]
    told = [f"{names[0]} {has} {shares[0]}"]
    told += [
        f"{name} in {share}" for name, share in zip(names[1:], shares[1:], strict=True)
    ]
    none = "No hypothesis has" if not always else "No hypothesis alone has"
    return (
        f"{none} the highest probability in all eight ways to count: {'; '.join(told)}."
    )


def _alone(case: Case, hypothesis: str) -> str:
    return (
        f"{named(case.hypothesis[hypothesis])} is the only hypothesis: with none to "
        "compare it with it has 100.0% whatever the evidence, and that says nothing."
    )


def _spread(found: Spread, hypothesis: str, scale: Scale) -> str:
    place = found.point.hypotheses.index(hypothesis)
    low, high = found.ranges[place]
    point = percent(found.point.probabilities[place])
    range_ = percent_range(low, high)
    ends = "" if range_ == percent(low) else "from "
    return f"{ends}{range_} ({words_between(scale, low, high)}), the point {point}"


def describe_probabilities(
    case: Case, hypotheses: Sequence[str], found: Sequence[float], scale: Scale
) -> str:
    """Say which hypothesis is estimated highest, or which are, and how high."""
    if not hypotheses:
        return "There is no hypothesis to give a probability to."
    if len(hypotheses) == 1 and found[0] == 1:
        return _alone(case, hypotheses[0])
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
    """Say that the highest point is not the first of the matrix, "" where it is."""
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


def describe_evidence(case: Case, found: Spread, for_: str, against: str) -> str:
    """Say by how much the evidence moves the odds of two hypotheses, in eight ways.

    The words of Kass and Raftery (1995) are given as those of a scale are: the one
    that all eight have, else the two that bound them.
    """
    low, high = found.moved(for_, against)
    if low + high < 0:
        for_, against = against, for_
        low, high = -high, -low
    one, other = (case.hypothesis[id_].label for id_ in (for_, against))
    if rounded(low) == rounded(high) == 0:
        return f"The evidence leaves the odds of {one} against {other} where they were."
    point = factor(found.point.waterfall(for_, against).moved)
    ends = factor(low), factor(high)
    times = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
    said = (
        f"Counted in eight ways, the evidence multiplies the odds of {one} against "
        f"{other} by {times}, by {point} at the point"
    )
    if low < 0:
        return f"{said}: it does not speak for the same one in all eight."
    bands = [band(math.exp(min(end, 700.0))) for end in (low, high)]
    strength = " to ".join(f"“{word}”" for word in dict.fromkeys(bands))
    return (
        f"{said}: {strength} in the words of Kass and Raftery (1995), where a value "
        "on a line has the weaker word."
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
