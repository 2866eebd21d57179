"""Probabilities, apart from ACH: priors, a likelihood convention, coherence.

No score of a rule is turned into a probability here, and no published standard maps CC
to II to likelihoods: the map is a convention that the user can edit and must see.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import numpy as np

from workbench.case.model import Consistency, Hypothesis
from workbench.errors import WorkbenchError
from workbench.method.matrix import NA, UNRATED, Floats, Matrix
from workbench.method.variants import shared_origins

_ONE: Final = 1e-9

# P(item given hypothesis). A convention of this program, evenly spaced so that it reads
# as the codes do: very much expected, expected, neither, surprising, very surprising.
# Only its ratios matter. NA and unrated count as N: they move nothing.
CONVENTION: Final[Mapping[Consistency, float]] = MappingProxyType(
    {
        Consistency.CC: 0.9,
        Consistency.C: 0.7,
        Consistency.N: 0.5,
        Consistency.I: 0.3,
        Consistency.II: 0.1,
    }
)


# ------------------------------------------------------- from evidence


@dataclass(frozen=True, eq=False)
class Posterior:
    """Probabilities of the hypotheses after the evidence, under a convention.

    `contributions` is (items, hypotheses): weight times the log-likelihood relative to
    N. Differences between columns are what each item adds to the log-odds.
    """

    hypotheses: tuple[str, ...]
    evidence: tuple[str, ...]
    priors: tuple[float, ...]
    probabilities: tuple[float, ...]
    contributions: Floats

    def waterfall(self, hypothesis: str, rival: str) -> Waterfall:
        """Add up the log-odds of one hypothesis against another, item by item."""
        h, r = self.hypotheses.index(hypothesis), self.hypotheses.index(rival)
        steps = self.contributions[:, h] - self.contributions[:, r]
        start = _log(self.priors[h]) - _log(self.priors[r])
        return Waterfall(
            hypothesis,
            rival,
            start,
            tuple(zip(self.evidence, steps.tolist(), strict=True)),
            start + math.fsum(steps.tolist()),
        )


@dataclass(frozen=True)
class Waterfall:
    """Log-odds (natural) of `hypothesis` against `rival`: prior, each item, posterior.

    Infinite where a prior is 0, not a number where both are.
    """

    hypothesis: str
    rival: str
    prior: float
    items: tuple[tuple[str, float], ...]
    posterior: float


def priors(
    hypotheses: Sequence[Hypothesis], own: Mapping[str, float] | None = None
) -> tuple[float, ...]:
    """Give priors that sum to 1: the analyst's own, else the case's, else equal.

    Those not stated share equally what the stated ones leave.
    Raises WorkbenchError where nothing is left for them, or all are 0.
    """
    own = own or {}
    stated = [own.get(h.id, h.prior) for h in hypotheses]
    for h, p in zip(hypotheses, stated, strict=True):
        if p is not None and not 0 <= p <= 1:
            raise WorkbenchError(f"{h.label}: prior {p:g}; use a number from 0 to 1")
    missing = [h.label for h, p in zip(hypotheses, stated, strict=True) if p is None]
    if missing:
        rest = 1 - math.fsum(p for p in stated if p is not None)
        if rest <= _ONE:
            raise WorkbenchError(
                f"the priors stated add up to {1 - rest:g} and leave nothing for "
                f"{', '.join(missing)}; state a prior for each hypothesis, or for none"
            )
        stated = [rest / len(missing) if p is None else p for p in stated]
    return normalised([p or 0.0 for p in stated], "priors") if stated else ()


def posterior(
    matrix: Matrix,
    prior: Sequence[float],
    convention: Mapping[Consistency, float] = CONVENTION,
) -> Posterior:
    """Update priors by the evidence in the odds form, tempered by weight.

    p_i is proportional to prior_i times the product of P(E_k given H_i) ** w_k. Items
    are taken as independent given the hypothesis; the weight counts an origin once.
    """
    logs = _logs(convention)
    contributions = matrix.weights[:, None] * logs[matrix.codes]
    return Posterior(
        hypotheses=tuple(h.id for h in matrix.hypotheses),
        evidence=tuple(e.id for e in matrix.evidence),
        priors=tuple(prior),
        probabilities=_updated(prior, contributions),
        contributions=contributions,
    )


def likelihoods(matrix: Matrix) -> dict[Consistency, float]:
    """Give the analyst's likelihood of each Consistency, else the convention's."""
    own = matrix.basis.judgments.likelihoods
    return {**CONVENTION, **{Consistency(code): p for code, p in own.items()}}


def judged(matrix: Matrix) -> Posterior:
    """Update the priors in force by the evidence, under the analyst's convention.

    Raises WorkbenchError where the priors stated cannot be.
    """
    own = priors(matrix.hypotheses, matrix.basis.judgments.priors)
    return posterior(matrix, own, likelihoods(matrix))


def _logs(convention: Mapping[Consistency, float]) -> Floats:
    """Log-likelihood of each code relative to N; 0 for N, NA and unrated."""
    logs = np.zeros(UNRATED + 1)
    for position, code in enumerate(list(Consistency)[:NA]):
        value = convention.get(code, math.nan)
        if not 0 < value <= 1:
            # Cromwell's rule: what is held impossible no evidence can bring back
            raise WorkbenchError(
                f"likelihood of {code.value}: {value:g}; use a number above 0, up to 1"
            )
        logs[position] = math.log(value)
    logs[:NA] -= math.log(convention[Consistency.N])
    return logs


def updated(
    prior: Sequence[float], likelihoods: Sequence[Sequence[float]]
) -> tuple[float, ...]:
    """Update priors by P(E_k given H_i), a row for each item."""
    with np.errstate(divide="ignore"):
        logs = np.log(np.array(likelihoods, dtype=float).reshape(-1, len(prior)))
    return _updated(prior, logs)


def updated_odds(prior: float, ratios: Sequence[float]) -> float:
    """Update one probability: posterior odds are prior odds times likelihood ratios."""
    first, _ = updated([prior, 1 - prior], [[ratio, 1.0] for ratio in ratios])
    return first


def _updated(prior: Sequence[float], logs: Floats) -> tuple[float, ...]:
    if not prior:
        return ()
    found = np.array([_log(p) for p in prior]) + logs.sum(axis=0)
    if not np.isfinite(found.max()):
        raise WorkbenchError(
            "every hypothesis has come out as impossible; no probability is left"
        )
    found = np.exp(found - found.max())  # the largest first, so that nothing overflows
    return tuple((found / found.sum()).tolist())


def _log(p: float) -> float:
    return math.log(p) if p > 0 else -math.inf


def reported_ratio(
    given: float, given_not: float, *, hit: float, false_alarm: float
) -> float:
    """Discount a likelihood ratio by what its source would report anyway.

    [P(E|H)(h - f) + f] / [P(E|not H)(h - f) + f], h = P(report given E), f = P(report
    given not E): Schum's testimony form as commonly given; not checked in his text.
    """
    gain = hit - false_alarm
    below = given_not * gain + false_alarm
    if below <= 0:
        raise WorkbenchError("the report would be impossible without the hypothesis")
    return (given * gain + false_alarm) / below


def cautions(matrix: Matrix) -> list[str]:
    """Say what the probabilities of this case leave out."""
    found = []
    own = matrix.basis.judgments.priors
    if all(h.prior is None and h.id not in own for h in matrix.hypotheses):
        found.append(
            "No prior is stated, so all are equal: base rates are left out of account."
        )
    shared = sum(len(rows) for rows in shared_origins(matrix))
    if matrix.basis.count_all and shared:
        found.append(
            f"{shared} items share an origin and count as if they were independent."
        )
    alone = int((matrix.origins < 0).sum())
    if alone > 1:
        found.append(
            f"{alone} items without a stated origin are taken to be independent of "
            "each other; where they are not, the result is too sure."
        )
    if gaps := int((matrix.codes == UNRATED).sum()):
        cells = "cell counts" if gaps == 1 else "cells count"
        found.append(f"{gaps} unrated {cells} as neither expected nor surprising.")
    return found


# ------------------------------------------------------- from direct estimates


class Coherence(StrEnum):
    """How estimates are made to sum to 1."""

    NORMALISE = "normalise"
    PROJECT = "project"


@dataclass(frozen=True)
class Coherent:
    """Estimates made coherent, beside the raw ones and how far these were from it."""

    raw: tuple[float, ...]
    probabilities: tuple[float, ...]
    incoherence: float
    how: Coherence


def coherentize(raw: Sequence[float], how: Coherence = Coherence.NORMALISE) -> Coherent:
    """Make estimates of exclusive and exhaustive hypotheses sum to 1.

    Normalising did as well as the projection, or slightly better, in Mandel, Karvetski
    and Dhami 2018; so it is the default.
    """
    if any(not 0 <= x <= 1 for x in raw):
        raise WorkbenchError("an estimate is a number from 0 to 1")
    found = normalised(raw) if how is Coherence.NORMALISE else projected(raw)
    return Coherent(tuple(raw), found, incoherence(raw), how)


def estimated(matrix: Matrix, how: Coherence = Coherence.NORMALISE) -> Coherent | None:
    """Make the analyst's direct estimates coherent; None while one is missing.

    Raises WorkbenchError where they are all 0.
    """
    own = matrix.basis.judgments.probabilities
    if not matrix.hypotheses or any(h.id not in own for h in matrix.hypotheses):
        return None
    return coherentize([own[h.id] for h in matrix.hypotheses], how)


def normalised(raw: Sequence[float], what: str = "estimates") -> tuple[float, ...]:
    """Divide each value by the sum.

    Raises WorkbenchError where the sum is 0 or a value is negative or infinite.
    """
    if any(not math.isfinite(x) or x < 0 for x in raw):
        raise WorkbenchError(f"the {what} must be numbers of 0 or more")
    largest = max(raw, default=0.0)
    if largest <= 0:
        raise WorkbenchError(
            f"the {what} are all 0, so that nothing says how they compare; "
            "give at least one a number above 0"
        )
    scaled = [x / largest for x in raw]  # so that no sum overflows
    total = math.fsum(scaled)
    return tuple(x / total for x in scaled)


def projected(raw: Sequence[float]) -> tuple[float, ...]:
    """Find the nearest point of the simplex, the coherent approximation (CAP).

    With u sorted descending, rho the largest j with u_j > (u_1 + .. + u_j - 1) / j and
    theta that quotient at rho: p_i = max(x_i - theta, 0). Karvetski, Olson, Mandel and
    Twardy 2013. To shift and then clamp at 0 is not that point: it sums to more than 1.
    """
    if not raw:
        return ()
    x = np.array(raw, dtype=float)
    if not np.isfinite(x).all():
        raise WorkbenchError("the estimates must be finite numbers")
    x = np.maximum(x - x.max(), -2.0)  # a shift of all, and far off is as good as -2
    u = np.sort(x)[::-1]
    quotients = (np.cumsum(u) - 1) / np.arange(1, len(u) + 1)
    theta = quotients[np.flatnonzero(u > quotients)[-1]]
    found = np.maximum(x - theta, 0.0)
    return tuple((found / found.sum()).tolist())


def incoherence(raw: Sequence[float]) -> float:
    """Measure the Euclidean distance from estimates to the nearest coherent ones."""
    return math.dist(raw, projected(raw))
