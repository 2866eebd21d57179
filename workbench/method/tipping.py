"""At which emphasis of an item or a source the set of leaders changes; nothing drawn.

A score is linear in an item's emphasis. In a source's it is linear by pieces, because
an item takes the largest emphasis of its sources: below that of another source the
emphasis of this one does not show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from workbench.case.model import MAX_EMPHASIS
from workbench.method.leave_out import source_ids
from workbench.method.matrix import Floats, Matrix
from workbench.method.scoring import TIE, scores
from workbench.method.variants import product

Mask: TypeAlias = NDArray[np.bool_]
Rows: TypeAlias = NDArray[np.intp]
_ALONE: Final = -1.0  # the emphasis of the other sources of an item that has none


@dataclass(frozen=True)
class Tip:
    """An emphasis at which the leaders change, and who leads just beyond it.

    A change that happens at that one value only (an end of the range, or a tie that
    comes and goes) is given with the leaders there.
    """

    emphasis: float
    leaders: tuple[str, ...]


@dataclass(frozen=True)
class Tipping:
    """The nearest tips below and above the present emphasis, None where there is none.

    Where any move breaks a present tie the tip is the present emphasis.
    """

    id: str
    emphasis: float
    below: Tip | None = None
    above: Tip | None = None


@dataclass
class _Travel:
    """Many emphases on their way from the present value to one end of the range.

    points: (k, s + 1) the present emphasis, the bends, the end.
    gains: s times (k, m), how fast each hypothesis gains on the leader by unit of way.
    """

    ids: Sequence[str]
    gaps: Floats  # (m,) distance behind the leader now; 0 for those who lead
    leads: Mask  # (m,) who leads now
    points: Floats
    gains: list[Floats]
    found: list[Tip | None] = field(default_factory=list)

    def run(self) -> list[Tip | None]:
        """Walk all of them piece by piece; stop each at its first change."""
        k = len(self.points)
        self.found = [None] * k
        going = np.arange(k)
        gaps = np.tile(self.gaps, (k, 1))
        end = self.points[:, -1]
        for piece, gains in enumerate(self.gains):
            here, there = self.points[:, piece], self.points[:, piece + 1]
            length = np.abs(there - here)
            going = self._at(going, here, gaps, gains, here == end)
            going = self._within(going, (here, there), gaps, gains)
            gaps = gaps - gains * length[:, None]
        self._at(going, end, gaps, np.zeros_like(gaps), np.ones(k, dtype=np.bool_))
        return self.found

    def _at(
        self,
        going: Rows,
        here: Floats,
        gaps: Floats,
        gains: Floats,
        last: Mask,
    ) -> Rows:
        """Look at the point itself and at what lies just beyond it."""
        if not going.size:
            return going
        tied = gaps[going] <= TIE
        beyond = _fastest(tied, gains[going])
        beyond = np.where(last[going, None], tied, beyond)
        breaks = (beyond != self.leads).any(axis=1)
        touches = (tied != self.leads).any(axis=1)
        for b in np.flatnonzero(breaks | touches).tolist():
            who = beyond[b] if breaks[b] else tied[b]
            self._note(int(going[b]), float(here[going[b]]), who)
        rest: Rows = going[~(breaks | touches)]
        return rest

    def _within(
        self,
        going: Rows,
        ends: tuple[Floats, Floats],
        gaps: Floats,
        gains: Floats,
    ) -> Rows:
        """Find the first rival that passes before the piece ends."""
        if not going.size:
            return going
        here, there = ends
        length = np.abs(there - here)
        gap, gain = gaps[going], gains[going]
        passes = gap - gain * length[going, None] < -TIE
        ways = np.divide(gap, gain, out=np.full(gap.shape, np.inf), where=passes)
        first = ways.min(axis=1)
        change = np.isfinite(first)
        with np.errstate(invalid="ignore"):
            beside = passes & (gap - gain * first[:, None] <= TIE)
        beyond = _fastest(beside, gain)
        for b in np.flatnonzero(change).tolist():
            row = int(going[b])
            way = float(first[b]) * (1.0 if there[row] > here[row] else -1.0)
            self._note(row, float(here[row]) + way, beyond[b])
        rest: Rows = going[~change]
        return rest

    def _note(self, row: int, emphasis: float, who: Mask) -> None:
        leaders = tuple(
            id_ for id_, leads in zip(self.ids, who.tolist(), strict=True) if leads
        )
        self.found[row] = Tip(emphasis, leaders)


def _fastest(among: Mask, gains: Floats) -> Mask:
    """Those of a group who gain most, and so lead just beyond."""
    best = np.where(among, gains, -np.inf).max(axis=1, keepdims=True)
    found: Mask = among & (gains >= best - TIE)
    return found


@dataclass(frozen=True)
class _Standings:
    """What a walk starts from: the ranked columns, and who leads by how much."""

    columns: Rows
    ids: tuple[str, ...]
    gaps: Floats
    leads: Mask
    sign: float

    def gains(self, slopes: Floats) -> Floats:
        """How fast each gains on the leader when the emphasis grows: (k, m)."""
        signed = self.sign * slopes
        reference = int(np.flatnonzero(self.leads)[0])
        return signed[:, [reference]] - signed

    def walk(self, points: Floats, gains: list[Floats]) -> list[Tip | None]:
        """Walk from the present emphases to the end of the range."""
        return _Travel(self.ids, self.gaps, self.leads, points, gains).run()


def _standings(matrix: Matrix) -> _Standings | None:
    columns = np.flatnonzero(matrix.ranked)
    if not columns.size:
        return None
    sign = 1.0 if matrix.least_first else -1.0
    signed = sign * scores(matrix)[columns]
    leads = signed <= signed.min() + TIE
    gaps = np.where(leads, 0.0, signed - signed[np.flatnonzero(leads)[0]])
    ids = tuple(matrix.hypotheses[j].id for j in columns)
    return _Standings(columns, ids, gaps, leads, sign)


def tipping_items(matrix: Matrix) -> tuple[Tipping, ...]:
    """Find each item's tipping emphases."""
    ids = [item.id for item in matrix.evidence]
    present = matrix.emphases
    standings = _standings(matrix)
    if standings is None or not ids:
        return _unmoved(ids, present)
    weights = matrix.base_weights * matrix.source_emphases
    values = matrix.values[matrix.codes][:, standings.columns]
    gains = standings.gains(weights[:, None] * values)
    down = np.column_stack([present, np.minimum(present, 0.0)])
    up = np.column_stack([present, np.maximum(present, MAX_EMPHASIS)])
    return _tippings(
        ids, present, standings.walk(down, [-gains]), standings.walk(up, [gains])
    )


def tipping_sources(matrix: Matrix) -> tuple[Tipping, ...]:
    """Find each source's tipping emphases."""
    ids = source_ids(matrix)
    judgments = matrix.basis.judgments
    present = np.array([judgments.source_emphasis(id_) for id_ in ids], dtype=float)
    standings = _standings(matrix)
    if standings is None or not ids:
        return _unmoved(ids, present)
    others = _others(matrix, ids)
    weights = matrix.base_weights * matrix.emphases
    effects = weights[:, None] * matrix.values[matrix.codes][:, standings.columns]
    down = _bends(others, present, np.minimum(present, 0.0))
    up = _bends(others, present, np.maximum(present, MAX_EMPHASIS))
    # an item moves with the source upward from the others' emphasis, not below it
    falling = [
        -standings.gains(product(others < at[:, None], effects)) for at in down.T[:-1]
    ]
    rising = [
        standings.gains(product(others <= at[:, None], effects)) for at in up.T[:-1]
    ]
    return _tippings(
        ids, present, standings.walk(down, falling), standings.walk(up, rising)
    )


def _others(matrix: Matrix, ids: list[str]) -> Floats:
    """Largest emphasis of an item's other sources: (sources, items).

    Infinite where the item does not cite the source, so that it never moves with it.
    """
    place = {id_: s for s, id_ in enumerate(ids)}
    judgments = matrix.basis.judgments
    found = np.full((len(ids), len(matrix.evidence)), np.inf)
    for row, item in enumerate(matrix.evidence):
        cited = {c.source: judgments.source_emphasis(c.source) for c in item.sources}
        for id_ in cited:
            rest = (value for other, value in cited.items() if other != id_)
            found[place[id_], row] = max(rest, default=_ALONE)
    return found


def _bends(others: Floats, present: Floats, end: Floats) -> Floats:
    """Points at which a walk bends, from the present to the end (repeated to fit)."""
    rows = []
    for bends, now, last in zip(others, present.tolist(), end.tolist(), strict=True):
        low, high = min(now, last), max(now, last)
        inner = np.unique(bends[(bends > low) & (bends < high)])
        rows.append([now, *(inner if last > now else inner[::-1]).tolist(), last])
    width = max(map(len, rows))
    return np.array([row + row[-1:] * (width - len(row)) for row in rows])


def _tippings(
    ids: Sequence[str],
    present: Floats,
    below: list[Tip | None],
    above: list[Tip | None],
) -> tuple[Tipping, ...]:
    return tuple(map(Tipping, ids, present.tolist(), below, above))


def _unmoved(ids: Sequence[str], present: Floats) -> tuple[Tipping, ...]:
    return tuple(map(Tipping, ids, present.tolist()))
