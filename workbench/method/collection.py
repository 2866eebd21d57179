"""What to find out next: who would lead under each outcome of what is not known yet.

Heuer 1999, ch. 8, steps 4 and 8: what is missing, and what to watch for. Nothing says
how probable an outcome is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, TypeAlias

import numpy as np

from workbench.case.model import Consistency, Indicator
from workbench.method.contenders import Verdict
from workbench.method.contributions import pairs
from workbench.method.deceived import opposite
from workbench.method.matrix import NA, UNRATED, Codes, Floats, Matrix
from workbench.method.schemes import ORDER
from workbench.method.scoring import TIE, Assessment, row_diagnosticity, scores

_CODES: Final = tuple(Consistency)
_NOT_SEEN: Final = 0.5  # what an absence weighs beside what would be seen
_DECIMALS: Final = 9  # moves within a tie's distance stand in the order of labels
Leaders: TypeAlias = tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """An unrated cell: who would lead if it were rated so. `moves` as in `Lead`."""

    evidence: str
    hypothesis: str
    moves: float
    leaders_change: bool
    outcomes: dict[Consistency, Leaders]

    def document(self) -> dict[str, Any]:
        """Give the cell as plain values."""
        return {
            "evidence": self.evidence,
            "hypothesis": self.hypothesis,
            "moves": self.moves,
            "leaders_change": self.leaders_change,
            "outcomes": {code.value: list(who) for code, who in self.outcomes.items()},
        }


@dataclass(frozen=True)
class Sign:
    """An open indicator, by its place in `predicts` from 1: who would lead by it."""

    hypothesis: str
    indicator: int
    diagnosticity: float
    moves: float
    leaders_change: bool
    seen: Leaders
    not_seen: Leaders

    def document(self) -> dict[str, Any]:
        """Give the indicator as plain values."""
        return {
            "hypothesis": self.hypothesis,
            "indicator": self.indicator,
            "diagnosticity": self.diagnosticity,
            "moves": self.moves,
            "leaders_change": self.leaders_change,
            "outcomes": {"seen": list(self.seen), "not_seen": list(self.not_seen)},
        }


@dataclass(frozen=True)
class _Race:
    """The scores of those with a rank, signed so that less is ahead, and who is paired.

    places: column number -> place among those with a rank. gaps: (pairs, 2) places.
    """

    ids: tuple[str, ...]
    places: Mapping[int, int]
    signed: Floats
    gaps: tuple[tuple[int, int], ...]
    sign: float

    @cached_property
    def present(self) -> Leaders:
        """Those that lead now."""
        return self.leaders(np.zeros((1, len(self.ids))))[0]

    def leaders(self, added: Floats) -> list[Leaders]:
        """Name who leads once so much is added to the scores: (k, ranked)."""
        if not self.ids:
            return [()] * len(added)
        scored = self.signed + self.sign * added
        leads = scored <= scored.min(axis=1, keepdims=True) + TIE
        known: dict[bytes, Leaders] = {}
        return [
            known.setdefault(
                row.tobytes(),
                tuple(id_ for id_, first in zip(self.ids, row, strict=True) if first),
            )
            for row in leads
        ]

    def moves(self, added: Floats) -> Floats:
        """Give how far the gap of any pair moves at most: (k, ranked) to (k,)."""
        most = np.zeros(len(added))
        for a, b in self.gaps:
            most = np.maximum(most, np.abs(added[:, b] - added[:, a]))
        return most


def collection(now: Assessment, reached: Verdict) -> tuple[Cell | Sign, ...]:
    """List what is not known yet, what could change the leaders first.

    Then by how far the gap of a pair would move at most, cells before indicators, and
    by label. A hypothesis without a rank gets none by it: it is rated first.
    """
    race = _race(now, reached)
    found: list[Cell | Sign] = [*_cells(now.matrix, race), *_signs(now.matrix, race)]
    return tuple(
        sorted(found, key=lambda e: (not e.leaders_change, -round(e.moves, _DECIMALS)))
    )


def _race(now: Assessment, reached: Verdict) -> _Race:
    matrix = now.matrix
    columns = np.flatnonzero(matrix.ranked)
    ids = tuple(matrix.hypotheses[j].id for j in columns)
    sign = 1.0 if matrix.least_first else -1.0
    return _Race(
        ids=ids,
        places={int(column): j for j, column in enumerate(columns)},
        signed=sign * scores(matrix)[columns],
        gaps=tuple((ids.index(a), ids.index(b)) for a, b in pairs(now, reached)),
        sign=sign,
    )


def _cells(matrix: Matrix, race: _Race) -> list[Cell]:
    """Try each code in each unrated cell, with the item's weight."""
    gaps = [
        (row, column)
        for row, column in np.argwhere(matrix.codes == UNRATED).tolist()
        if column in race.places
    ]
    added = np.zeros((len(gaps), NA, len(race.ids)))
    for at, (row, column) in enumerate(gaps):
        added[at, :, race.places[column]] = matrix.weights[row] * matrix.values[:NA]
    flat = added.reshape(len(gaps) * NA, len(race.ids))
    leaders = race.leaders(flat)
    moves = race.moves(flat).reshape(len(gaps), NA).max(axis=1, initial=0.0).tolist()
    found = []
    for at, (row, column) in enumerate(gaps):
        who = leaders[at * NA : (at + 1) * NA]
        found.append(
            Cell(
                matrix.evidence[row].id,
                matrix.hypotheses[column].id,
                moves[at],
                any(one != race.present for one in who),
                dict(zip(_CODES, who, strict=False)),
            )
        )
    return found


def _signs(matrix: Matrix, race: _Race) -> list[Sign]:
    """Try each open indicator with ratings: seen, and not seen."""
    found = []
    for hypothesis in matrix.hypotheses:
        for number, indicator in enumerate(hypothesis.predicts, start=1):
            if indicator.state != "open" or not indicator.ratings:
                continue
            seen = indicator_codes(matrix, indicator)
            added = np.zeros((2, len(race.ids)))
            for column, place in race.places.items():
                added[0, place] = matrix.values[seen[column]]
                added[1, place] = _NOT_SEEN * matrix.values[opposite(seen)[column]]
            who = race.leaders(added)
            found.append(
                Sign(
                    hypothesis=hypothesis.id,
                    indicator=number,
                    diagnosticity=float(row_diagnosticity(seen[None])[0]),
                    moves=float(race.moves(added).max(initial=0.0)),
                    leaders_change=any(one != race.present for one in who),
                    seen=who[0],
                    not_seen=who[1],
                )
            )
    return found


def indicator_codes(matrix: Matrix, indicator: Indicator) -> Codes:
    """Give an indicator's codes to the active hypotheses: (m,)."""
    rated = indicator.ratings
    return np.array(
        [
            ORDER[rated[h.id].consistency] if h.id in rated else UNRATED
            for h in matrix.hypotheses
        ],
        dtype=np.int8,
    )
