"""Probabilities of the hypotheses after the evidence, apart from ACH.

No score of a rule is turned into a probability here, and no published standard maps CC
to II to likelihoods: the map is a convention that the user can edit and must see.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workbench.case.entry import EntryKind
from workbench.case.model import Consistency, Hypothesis, Kind, Rule
from workbench.errors import WorkbenchError
from workbench.method.coherence import normalised
from workbench.method.matrix import NA, UNRATED, Floats, Matrix, origin_factors
from workbench.method.schemes import SCHEMES
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


@dataclass(frozen=True)
class Way:
    """One way to count the evidence.

    `halved`: each item tells half as much. `absences`: they take part. `one_voice`:
    items that cite the same set of sources are one origin, whatever origin they name.
    """

    halved: bool = False
    absences: bool = True
    one_voice: bool = False


POINT: Final = Way()
WAYS: Final = tuple(
    Way(halved, absences, one_voice)
    for halved, absences, one_voice in product(
        (False, True), (True, False), (False, True)
    )
)


@dataclass(frozen=True, eq=False)
class Posterior:
    """Probabilities of the hypotheses after the evidence, under a convention.

    `evidence` are the items that update: assumptions condition and do not.
    `contributions` is (items, hypotheses): t times the log-likelihood relative to N.
    Differences between columns are what each item adds to the log-odds.
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

    @property
    def moved(self) -> float:
        """What the evidence adds to the log-odds."""
        return math.fsum(step for _, step in self.items)


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


def tempered(matrix: Matrix, way: Way = POINT) -> Floats:
    """Give t of each item, from 0 to 1: (n,); 0 for one that does not update.

    t = min(1, m(credibility)) * origin * min(1, emphasis * source emphasis), with m of
    `weighted-inconsistency` whatever the rule in force; relevance is in the likelihood
    already. Over the items of one origin, `origin` = max(m) / sum(m) with m = min(1,
    m(credibility)). Neither an item nor an origin is ever more than one voice.
    """
    judgments = matrix.basis.judgments
    scheme = SCHEMES[Rule.WEIGHTED_INCONSISTENCY]
    there = np.array([_updates(e.kind, way) for e in matrix.evidence], dtype=np.bool_)
    credible = np.array(
        [
            min(1.0, scheme.multiplier(judgments.level_of(e, EntryKind.CREDIBILITY)))
            for e in matrix.evidence
        ],
        dtype=float,
    )
    found = np.zeros(len(credible))
    factors = origin_factors(credible[there], _voices(matrix, way)[there])
    emphases = np.minimum(1.0, matrix.emphases * matrix.source_emphases)
    found[there] = credible[there] * factors * emphases[there]
    halves: Floats = found / 2 if way.halved else found
    return halves


def _updates(kind: Kind, way: Way) -> bool:
    if kind is Kind.ASSUMPTION:
        return False
    return way.absences or kind is not Kind.ABSENCE


def _voices(matrix: Matrix, way: Way) -> NDArray[np.intp]:
    """Give each item the number of its origin, -1 for none: (n,)."""
    stated = matrix.origins
    if matrix.basis.count_all:
        stated = np.full_like(stated, -1)
    if not way.one_voice:
        return stated
    first = int(stated.max(initial=-1)) + 1  # apart from those that are stated
    numbers: dict[frozenset[str], int] = {}
    found = stated.copy()
    for row, item in enumerate(matrix.evidence):
        if cited := frozenset(c.source for c in item.sources):
            found[row] = numbers.setdefault(cited, first + len(numbers))
    return found


def posterior(
    matrix: Matrix,
    prior: Sequence[float],
    convention: Mapping[Consistency, float] = CONVENTION,
    way: Way = POINT,
) -> Posterior:
    """Update priors by the evidence in the odds form, tempered.

    log p_i = log prior_i + sum over items of t_k * log P(E_k given H_i), scaled to sum
    to 1. Items are taken as independent given the hypothesis; t counts an origin once.
    """
    logs = _logs(convention)
    there = np.array([_updates(e.kind, way) for e in matrix.evidence], dtype=np.bool_)
    tempers = tempered(matrix, way)[there]
    contributions = tempers[:, None] * logs[matrix.codes[there]]
    return Posterior(
        hypotheses=tuple(h.id for h in matrix.hypotheses),
        evidence=tuple(
            e.id for e, kept in zip(matrix.evidence, there, strict=True) if kept
        ),
        priors=tuple(prior),
        probabilities=updated(prior, contributions),
        contributions=contributions,
    )


@dataclass(frozen=True)
class Spread:
    """What the evidence comes to in each of the eight ways to count it.

    `ways` are in the order of `WAYS`; the first is the point.
    """

    ways: tuple[Posterior, ...]

    @property
    def point(self) -> Posterior:
        """The result with t, absences and origins as stated."""
        return self.ways[0]

    @cached_property
    def ranges(self) -> tuple[tuple[float, float], ...]:
        """Least and largest probability of each hypothesis over the ways."""
        columns = zip(*(way.probabilities for way in self.ways), strict=True)
        return tuple((min(column), max(column)) for column in columns)

    @cached_property
    def highest(self) -> tuple[tuple[str, ...], ...]:
        """Hypotheses of highest probability in each way; several where they tie."""
        return tuple(
            tuple(
                h
                for h, p in zip(way.hypotheses, way.probabilities, strict=True)
                if max(way.probabilities) - p <= _ONE
            )
            for way in self.ways
        )

    def moved(self, hypothesis: str, rival: str) -> tuple[float, float]:
        """Give the least and the most that the evidence adds to the log-odds."""
        found = [way.waterfall(hypothesis, rival).moved for way in self.ways]
        return min(found), max(found)


def likelihoods(matrix: Matrix) -> dict[Consistency, float]:
    """Give the analyst's likelihood of each Consistency, else the convention's."""
    own = matrix.basis.judgments.likelihoods
    return {**CONVENTION, **{Consistency(code): p for code, p in own.items()}}


def judged(matrix: Matrix) -> Spread:
    """Update the priors in force by the evidence, under the analyst's convention.

    Raises WorkbenchError where the priors stated cannot be.
    """
    own = priors(matrix.hypotheses, matrix.basis.judgments.priors)
    given = likelihoods(matrix)
    return Spread(tuple(posterior(matrix, own, given, way) for way in WAYS))


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


def updated(prior: Sequence[float], logs: Floats) -> tuple[float, ...]:
    """Update priors by the logarithms of P(E_k given H_i), a row for each item.

    Raises WorkbenchError where no hypothesis remains possible.
    """
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


def cautions(matrix: Matrix) -> list[str]:
    """Say what the probabilities of this case leave out."""
    found = []
    own = matrix.basis.judgments.priors
    if all(h.prior is None and h.id not in own for h in matrix.hypotheses):
        found.append(
            "No prior is stated, so all are equal: base rates are left out of account."
        )
    updating = np.array(
        [_updates(e.kind, POINT) for e in matrix.evidence], dtype=np.bool_
    )
    if assumed := int((~updating).sum()):
        taken = "assumption is" if assumed == 1 else "assumptions are"
        found.append(f"{assumed} {taken} taken as given, and {_moves(assumed)}.")
    kept = matrix.keep(updating)
    shared = sum(len(rows) for rows in shared_origins(kept))
    if matrix.basis.count_all and shared:
        found.append(
            f"{shared} items share an origin and count as if they were independent."
        )
    alone = int((kept.origins < 0).sum())
    if alone > 1:
        found.append(
            f"{alone} items without a stated origin are taken to be independent of "
            "each other; where they are not, the result is too sure."
        )
    if gaps := int((kept.codes == UNRATED).sum()):
        cells = "cell counts" if gaps == 1 else "cells count"
        found.append(f"{gaps} unrated {cells} as neither expected nor surprising.")
    return found


def _moves(items: int) -> str:
    return f"{'moves' if items == 1 else 'move'} no probability"
