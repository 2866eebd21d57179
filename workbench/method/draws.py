"""How the ranking fares when judgments are a little off, in seeded random draws.

A share of draws is how often the ranking comes out so, never how probable a hypothesis
is. The seed is given from outside, so that a report can be made again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from workbench.case.entry import EntryKind
from workbench.case.model import LEVELS, Evidence
from workbench.method.matrix import NA, Floats, Matrix
from workbench.method.scoring import TIE
from workbench.method.variants import shared_origins

DRAWS: Final = 10_000
Q: Final = 0.2
_AT_ONCE: Final = 10_000  # draws held at a time: memory does not grow with their number
_RANGE: Final = 1 << 16


@dataclass(frozen=True)
class Drawn:
    """The share of draws in which each hypothesis leads, ties shared out.

    `ranks` gives the share of draws in which it has rank 1, 2, ... (1, 1, 3 after a
    tie); all zeros for a hypothesis without rank.
    """

    draws: int
    seed: int
    q: float
    leads: dict[str, float]
    ranks: dict[str, tuple[float, ...]]

    def document(self) -> dict[str, Any]:
        """Give the shares as plain values."""
        return {
            "draws": self.draws,
            "seed": self.seed,
            "q": self.q,
            "leads": dict(self.leads),
        }


@dataclass
class _Dice:
    """Random steps, both ways alike with probability q in all.

    Sixteen random bits a step put the probability right to 1 in 100,000, far below what
    any number of draws that can be waited for would show.
    """

    rng: np.random.Generator
    q: float
    size: int

    def moved(self, present: float, down: float, up: float) -> Floats | float:
        """Draw a quantity that is `present`, one step down or one step up."""
        if down == present == up:
            return present
        threshold = round(self.q / 2 * _RANGE)
        drawn: NDArray[np.uint16] = self.rng.integers(
            _RANGE, size=self.size, dtype=np.uint16
        )
        found = np.full(self.size, present)
        if down != present:
            found[drawn < threshold] = down
        if up != present:
            found[drawn >= _RANGE - threshold] = up
        return found


def draw(matrix: Matrix, *, draws: int = DRAWS, seed: int = 0, q: float = Q) -> Drawn:
    """Move each rating and each worded level by a step with probability q.

    Steps are held at the ends; NA, unrated cells and levels given as numbers stay.
    """
    rng = np.random.default_rng(seed)
    columns = np.flatnonzero(matrix.ranked)
    m = len(columns)
    leads, ranks = np.zeros(m), np.zeros((m, m))
    done = 0
    while done < draws and m:
        size = min(_AT_ONCE, draws - done)
        signed = _scores(matrix, columns, _Dice(rng, q, size))
        signed *= 1.0 if matrix.least_first else -1.0
        first = signed <= signed.min(axis=0) + TIE
        leads += (first / first.sum(axis=0)).sum(axis=1)
        for j in range(m):
            ahead = (signed < signed[j] - TIE).sum(axis=0)
            ranks[j] += np.bincount(ahead, minlength=m)
        done += size
    total = max(draws, 1)
    places = {int(column): j for j, column in enumerate(columns)}
    return Drawn(
        draws=draws,
        seed=seed,
        q=q,
        leads={
            h.id: float(leads[places[c]] / total) if c in places else 0.0
            for c, h in enumerate(matrix.hypotheses)
        },
        ranks={
            h.id: tuple((ranks[places[c]] / total).tolist())
            if c in places
            else (0.0,) * m
            for c, h in enumerate(matrix.hypotheses)
        },
    )


def _scores(matrix: Matrix, columns: NDArray[np.intp], dice: _Dice) -> Floats:
    """Score every draw: (m, draws)."""
    found = np.zeros((len(columns), dice.size))
    groups = [] if matrix.basis.count_all else shared_origins(matrix)
    shared = {int(row) for rows in groups for row in rows}
    for row in range(len(matrix.evidence)):
        if row not in shared:
            _add(found, matrix, row, columns, _levels(matrix, row, dice), dice)
    for rows in groups:
        # origin = max(m) / sum(m): the same factor for all items of the group
        part = np.zeros_like(found)
        largest, total = np.zeros(dice.size), np.zeros(dice.size)
        for row in rows.tolist():
            levels = _levels(matrix, row, dice)
            _add(part, matrix, row, columns, levels, dice)
            np.maximum(largest, levels, out=largest)
            total += levels
        factor = np.ones(dice.size)
        np.divide(largest, total, out=factor, where=total > 0)
        found += part * factor
    return found


def _levels(matrix: Matrix, row: int, dice: _Dice) -> Floats | float:
    """Draw m(credibility) * m(relevance) of one item."""
    item = matrix.evidence[row]
    return _level(matrix, item, EntryKind.CREDIBILITY, dice) * _level(
        matrix, item, EntryKind.RELEVANCE, dice
    )


def _level(
    matrix: Matrix, item: Evidence, kind: EntryKind, dice: _Dice
) -> Floats | float:
    scheme = matrix.basis.scheme
    level = matrix.basis.judgments.level_of(item, kind)
    if scheme.levels is None or not isinstance(level, str):
        return scheme.multiplier(level)
    at = LEVELS.index(level)
    last = len(LEVELS) - 1
    down, up = scheme.levels[max(at - 1, 0)], scheme.levels[min(at + 1, last)]
    return dice.moved(scheme.levels[at], down, up)


def _add(  # noqa: PLR0913  a row of the matrix and where its draws go
    found: Floats,
    matrix: Matrix,
    row: int,
    columns: NDArray[np.intp],
    levels: Floats | float,
    dice: _Dice,
) -> None:
    """Add what one item, without its origin's factor, adds to each hypothesis."""
    emphasis = float(matrix.emphases[row] * matrix.source_emphases[row])
    if emphasis == 0.0:
        return
    weight = levels * emphasis
    values = matrix.values.tolist()
    for j, code in enumerate(matrix.codes[row, columns].tolist()):
        value: Floats | float = values[code]
        if code < NA:
            before, after = values[max(code - 1, 0)], values[min(code + 1, NA - 1)]
            value = dice.moved(values[code], before, after)
        if isinstance(value, float) and value == 0.0:
            continue
        found[j] += weight * value
