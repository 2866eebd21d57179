"""How the ranking fares when judgments slip by a step, in seeded random draws.

A share of draws is how often the ranking comes out so, never how probable a hypothesis
is. The seed is given from outside, so that a report can be made again.

The step is that of Metropolis et al. 1953: proposed up or down alike, taken with
probability min(1, p(new) / p(old)), so that the mix of codes stays what it was. A free
step would push each column up by its number of N.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from workbench.case.entry import EntryKind
from workbench.case.model import LEVELS
from workbench.method.matrix import NA, Floats, Matrix
from workbench.method.scoring import TIE
from workbench.method.variants import product, shared_origins

DRAWS: Final = 10_000
Q: Final = 0.2
_LAST: Final = len(LEVELS) - 1
_ADDED: Final = 0.5  # to each count of a code or word, so that no share is 0
_AT_ONCE: Final = 200_000  # weights held at a time: they stay in a core's own memory
_MOST_AT_ONCE: Final = 5_000
_LEVEL_KINDS: Final = (EntryKind.CREDIBILITY, EntryKind.RELEVANCE)
Numbers: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True)
class Drawn:
    """The share of draws in which each hypothesis leads, ties shared out.

    `ranks` gives the share of draws in which it has rank 1, 2, ... (1, 1, 3 after a
    tie); all zeros for a hypothesis without rank. `means` are the columns' mean scores,
    `moved` the share of the cells rated CC to II that stood elsewhere in a draw.
    """

    draws: int
    seed: int
    q: float
    moved: float
    leads: dict[str, float]
    means: dict[str, float]
    ranks: dict[str, tuple[float, ...]]

    def document(self) -> dict[str, Any]:
        """Give the shares as plain values."""
        return {
            "draws": self.draws,
            "seed": self.seed,
            "q": self.q,
            "moved": self.moved,
            "leads": dict(self.leads),
            "means": dict(self.means),
        }


def draw(matrix: Matrix, *, draws: int = DRAWS, seed: int = 0, q: float = Q) -> Drawn:
    """Let each rating and each worded level slip by a step, now and then.

    A step past an end is none; NA, unrated cells and levels given as numbers stay.
    """
    columns = np.flatnonzero(matrix.ranked)
    m = len(columns)
    leads, means, ranks = np.zeros(m), np.zeros(m), np.zeros((m, m))
    slips = _Slips(matrix, columns, np.random.default_rng(seed), q)
    step = max(1, min(_MOST_AT_ONCE, _AT_ONCE // max(1, len(matrix.evidence))))
    for start in range(0, draws if m else 0, step):
        scores = slips.scores(min(step, draws - start))
        means += scores.sum(axis=0)
        signed = np.ascontiguousarray((scores if matrix.least_first else -scores).T)
        first = signed <= signed.min(axis=0) + TIE
        leads += (first / first.sum(axis=0)).sum(axis=1)
        for j in range(m):
            ahead = (signed < signed[j] - TIE).sum(axis=0)
            ranks[j] += np.bincount(ahead, minlength=m)
    total = max(draws, 1)
    places = {int(column): j for j, column in enumerate(columns)}
    ids = {h.id: places.get(c) for c, h in enumerate(matrix.hypotheses)}

    def share(counts: Floats) -> dict[str, float]:
        return {
            id_: 0.0 if j is None else float(counts[j] / total) + 0.0
            for id_, j in ids.items()
        }

    return Drawn(
        draws=draws,
        seed=seed,
        q=q,
        moved=slips.moved / max(1, slips.cells * draws),
        leads=share(leads),
        means=share(means),
        ranks={
            id_: (0.0,) * m if j is None else tuple((ranks[j] / total).tolist())
            for id_, j in ids.items()
        },
    )


def steps(counts: Numbers, q: float) -> tuple[Floats, Floats]:
    """Give the probability of a step down and up from each place of a scale: (k,) each.

    Half of q is proposed each way and taken with min(1, p(new) / p(old)), where p are
    the shares of the places with 1/2 added to each of their counts.
    """
    p = counts + _ADDED
    taken = np.minimum(1.0, p[1:] / p[:-1])
    back = np.minimum(1.0, p[:-1] / p[1:])
    return q / 2 * np.append(0.0, back), q / 2 * np.append(taken, 0.0)


@dataclass(frozen=True)
class _Level:
    """One kind of level: its multipliers, and the items of each of its words.

    multipliers: (n,) of the items; words: of low, medium and high.
    """

    multipliers: Floats
    words: tuple[float, ...]
    of_word: tuple[NDArray[np.intp], ...]

    @classmethod
    def of(cls, matrix: Matrix, kind: EntryKind) -> _Level:
        """Read the levels of one kind, each as published or as judged."""
        basis = matrix.basis
        levels = [basis.judgments.level_of(item, kind) for item in matrix.evidence]
        return cls(
            np.array([basis.scheme.multiplier(one) for one in levels], dtype=float),
            tuple(basis.scheme.multiplier(word) for word in LEVELS),
            tuple(
                np.array([i for i, one in enumerate(levels) if one == word], dtype=int)
                for word in LEVELS
            ),
        )


class _Slips:
    """Scores of draws: which trials move is drawn, and the others are not looked at.

    The way from one trial that moves to the next has a geometric distribution, so that
    a tenth of the random numbers will do. Moves that change no value are only counted.
    """

    def __init__(
        self,
        matrix: Matrix,
        columns: NDArray[np.intp],
        rng: np.random.Generator,
        q: float,
    ) -> None:
        self.matrix, self.rng, self.q = matrix, rng, q
        codes = matrix.codes[:, columns]
        self.values = matrix.values[codes]
        self.counts = np.bincount(codes[codes < NA], minlength=NA)
        self.cells = int(self.counts.sum())
        self.moved = 0
        self.of_code = [np.nonzero(codes == code) for code in range(NA)]
        groups = [] if matrix.basis.count_all else shared_origins(matrix)
        self.shared = np.concatenate([np.empty(0, dtype=np.intp), *groups])
        self.sizes = np.array([len(rows) for rows in groups], dtype=np.intp)
        self.levels = [_Level.of(matrix, kind) for kind in _LEVEL_KINDS]
        if matrix.basis.scheme.levels is None:
            self.levels = []

    def scores(self, size: int) -> Floats:
        """Score so many draws: (size, m)."""
        weights = self._weights(size)
        found = product(weights, self.values)
        m = found.shape[1]
        down, up = steps(self.counts, self.q)
        values = self.matrix.values.tolist()
        for code, (rows, columns) in enumerate(self.of_code):
            before, after = values[max(code - 1, 0)], values[min(code + 1, NA - 1)]
            trials = len(rows) * size
            lower = down[code] if before != values[code] else 0.0
            higher = up[code] if after != values[code] else 0.0
            where, upward = self._moves(trials, lower, higher)
            self.moved += len(where)
            self._count(trials - len(where), down[code] + up[code], lower + higher)
            at, cell = np.divmod(where, max(1, len(rows)))
            gains = np.where(upward, after - values[code], before - values[code])
            found += np.bincount(
                at * m + columns[cell],
                weights=gains * weights[at, rows[cell]],
                minlength=found.size,
            ).reshape(found.shape)
        return found

    def _count(self, left: int, every: float, looked_at: float) -> None:
        """Count the moves that change no value among the trials that are left."""
        if every > looked_at and left:
            chance = min(1.0, (every - looked_at) / (1.0 - looked_at))
            self.moved += int(self.rng.binomial(left, chance))

    def _weights(self, size: int) -> Floats:
        """Weigh the items in each draw, origins counted anew: (size, n)."""
        matrix = self.matrix
        emphases = matrix.emphases * matrix.source_emphases
        if not self.levels:
            return np.tile(matrix.base_weights * emphases, (size, 1))
        found = np.ones((size, len(matrix.evidence)))
        for level in self.levels:
            found *= self._level(level, size)
        if self.sizes.size:
            found[:, self.shared] *= self._origins(found[:, self.shared])
        found *= emphases
        return found

    def _level(self, level: _Level, size: int) -> Floats:
        """Let the worded levels of one kind slip: the multipliers, (size, n)."""
        found = np.tile(level.multipliers, (size, 1))
        down, up = steps(np.array([len(rows) for rows in level.of_word]), self.q)
        words = level.words
        for word, rows in enumerate(level.of_word):
            where, upward = self._moves(len(rows) * size, down[word], up[word])
            at, item = np.divmod(where, max(1, len(rows)))
            before, after = words[max(word - 1, 0)], words[min(word + 1, _LAST)]
            found[at, rows[item]] = np.where(upward, after, before)
        return found

    def _origins(self, levels: Floats) -> Floats:
        """Give max(m) / sum(m) of each shared origin, for each of its items."""
        first = np.cumsum(self.sizes) - self.sizes
        largest = np.maximum.reduceat(levels, first, axis=1)
        total = np.add.reduceat(levels, first, axis=1)
        ratio = np.divide(largest, total, out=np.ones_like(total), where=total > 0)
        found: Floats = np.repeat(ratio, self.sizes, axis=1)
        return found

    def _moves(
        self, trials: int, down: float, up: float
    ) -> tuple[Numbers, NDArray[np.bool_]]:
        """Give the trials that move, in order, and which of them move up."""
        chance = down + up
        found, at = [], -1
        while chance > 0 and at < trials:
            expected = (trials - at) * chance
            many = int(expected + 4 * expected**0.5) + 16
            ways = np.minimum(self.rng.geometric(chance, many), trials + 1)
            found.append(at + np.cumsum(ways))
            at = int(found[-1][-1])
        where = np.concatenate([np.empty(0, dtype=np.int64), *found])
        where = where[: int(np.searchsorted(where, trials))]
        if down and up:
            return where, self.rng.random(len(where)) * chance < up
        return where, np.full(len(where), up > 0)
