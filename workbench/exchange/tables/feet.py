"""Rows that are worked out from the others: totals, sums, scores, ranks.

A row with a title is one of them only if its title says so and its numbers fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from workbench.case.model import Consistency
from workbench.exchange.tables import answers

_NEAR: Final = 0.0501  # sums are shown with a decimal or more
_VALUES: Final[Mapping[Consistency, float]] = {
    Consistency.CC: 2,
    Consistency.C: 1,
    Consistency.N: 0,
    Consistency.I: -1,
    Consistency.II: -2,
}
Cells = Sequence[tuple[str, Consistency | None]]


def fits(values: Sequence[float | None], columns: Sequence[Cells]) -> bool:
    """Tell whether numbers are what the cells above or below them come to.

    `columns` has the texts and codes of each column. A sum of the numbers written, a
    count or a sum of the inconsistent or consistent cells, and a rank are known.
    """
    given = [(n, value) for n, value in enumerate(values) if value is not None]
    if not given:
        return False
    for sums in zip(*(tuple(_sums(cells)) for cells in columns), strict=True):
        if all(abs(abs(sums[n]) - abs(value)) <= _NEAR for n, value in given):
            return True
    return _is_rank([value for _, value in given], len(columns))


def _sums(cells: Cells) -> Iterator[float]:
    codes = [code for _, code in cells if code and code is not Consistency.NA]
    values = [_VALUES[code] for code in codes]
    numbers = [answers.number(text) or 0.0 for text, _ in cells]
    yield sum(numbers)
    yield sum(numbers) / max(len(numbers), 1)
    yield sum(values)
    yield sum(value for value in values if value < 0)
    yield sum(value for value in values if value > 0)
    yield sum(value < 0 for value in values)
    yield sum(value > 0 for value in values)


def _is_rank(values: Sequence[float], many: int) -> bool:
    """Tell whether numbers are places from 1 on, shared ones among them."""
    order = sorted(values)
    places = [1 + sum(one < value for one in order) for value in order]
    dense = [1 + sorted(set(order)).index(value) for value in order]
    return len(values) == many > 1 and order in (places, dense)
