"""Who leads over a square of two emphases, of items or of sources.

Every square is scored at its middle; nothing is drawn between. Other emphases stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

import numpy as np

from workbench.case.model import MAX_EMPHASIS
from workbench.method.matrix import Floats, Matrix, build
from workbench.method.variants import rankings, summed

STEPS: Final = 21
AxisKind: TypeAlias = Literal["evidence", "source"]


@dataclass(frozen=True)
class Axis:
    """An emphasis that is moved: an item's or a source's."""

    kind: AxisKind
    id: str


@dataclass(frozen=True)
class LeadMap:
    """Who leads: leaders[row][column] at `values[column]` of x and `values[row]` of y.

    `at` is the present pair, which need not lie on the middle of a square.
    """

    x: Axis
    y: Axis
    values: tuple[float, ...]
    leaders: tuple[tuple[tuple[str, ...], ...], ...]
    at: tuple[float, float]


def lead_map(matrix: Matrix, x: Axis, y: Axis, steps: int = STEPS) -> LeadMap:
    """Rank the matrix at each of steps times steps pairs of emphases."""
    if x == y:
        raise ValueError("a map needs two different emphases")
    values = np.linspace(0.0, MAX_EMPHASIS, steps)
    across, up = np.tile(values, steps), np.repeat(values, steps)
    pairs = {x: across, y: up}
    factors = _items(matrix, pairs) * _sources(matrix, pairs)
    scored = summed(matrix.base_weights * factors, matrix.values[matrix.codes])
    ranked = np.tile(matrix.ranked, (len(across), 1))
    first = [found[0] if found else () for found in rankings(matrix, scored, ranked)]
    return LeadMap(
        x,
        y,
        tuple(values.tolist()),
        tuple(tuple(first[r * steps : (r + 1) * steps]) for r in range(steps)),
        (present(matrix, x), present(matrix, y)),
    )


def moved(matrix: Matrix, to: Mapping[Axis, float]) -> Matrix:
    """Give the matrix with some emphases moved, and all else as it stands."""
    basis = matrix.basis
    own = basis.judgments
    items = {axis.id: x for axis, x in to.items() if axis.kind == "evidence"}
    sources = {axis.id: x for axis, x in to.items() if axis.kind == "source"}
    there = replace(
        own,
        emphases={**own.emphases, **items},
        source_emphases={**own.source_emphases, **sources},
    )
    return build(
        basis.case, there, basis.rule, as_of=basis.as_of, count_all=basis.count_all
    )


def present(matrix: Matrix, axis: Axis) -> float:
    """Give the emphasis as it is now."""
    judgments = matrix.basis.judgments
    if axis.kind == "evidence":
        return judgments.emphasis(axis.id)
    return judgments.source_emphasis(axis.id)


def _items(matrix: Matrix, pairs: dict[Axis, Floats]) -> Floats:
    """Emphases of the items in each square: (squares, items)."""
    size = len(next(iter(pairs.values())))
    found: Floats = np.tile(matrix.emphases, (size, 1))
    place = {item.id: row for row, item in enumerate(matrix.evidence)}
    for axis, values in pairs.items():
        if axis.kind == "evidence":
            found[:, place[axis.id]] = values
    return found


def _sources(matrix: Matrix, pairs: dict[Axis, Floats]) -> Floats:
    """Largest emphasis among the sources of each item: (squares, items)."""
    size = len(next(iter(pairs.values())))
    found: Floats = np.tile(matrix.source_emphases, (size, 1))
    own = {axis.id: values for axis, values in pairs.items() if axis.kind == "source"}
    judgments = matrix.basis.judgments
    for row, item in enumerate(matrix.evidence):
        cited = {citation.source for citation in item.sources}
        if cited.isdisjoint(own):
            continue
        rest = [judgments.source_emphasis(id_) for id_ in cited - own.keys()]
        column = np.full(size, max(rest, default=0.0))
        for id_ in cited & own.keys():
            column = np.maximum(column, own[id_])
        found[:, row] = column
    return found
