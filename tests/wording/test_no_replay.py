"""Where a replay would show which items are dated, it is said that none is shown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies

from tests.builders import make_case
from tests.report.hostile import DATE
from workbench.method.as_of import is_telling
from workbench.method.matrix import build
from workbench.report import make
from workbench.wording.fragility import describe_no_replay

SHARES = strategies.integers(0, 12).flatmap(
    lambda n: strategies.tuples(strategies.just(n), strategies.integers(0, n))
)


def case_of(items: int, dated: int, as_of: str | None = None):
    """Make a case of so many items, the first of them dated on days of their own."""
    rows = [f"E{n}: C I" for n in range(1, items + 1)]
    dates = {f"e{n}": f"2024-03-{n:02}" for n in range(1, dated + 1)}
    return make_case(*rows, dates=dates, as_of=as_of)


@given(SHARES, strategies.sampled_from([None, "2024-06-01"]))
def test_the_reason_gives_the_numbers_that_it_rests_on(shares, as_of):
    items, dated = shares
    matrix = build(case_of(items, dated, as_of))
    said = describe_no_replay(matrix)
    assert bool(said) == (3 * (items - dated) > items) == (not is_telling(matrix))
    if said:
        numbers = [int(one) for one in re.findall(r"[0-9]+", said)]
        assert numbers == [items, items - dated]
        assert ("the question's own day" in said) == (as_of is not None)


@pytest.mark.parametrize(("dated", "replayed"), [(4, True), (2, False)])
def test_a_report_replays_or_says_why_it_does_not(dated, replayed):
    text = make(case_of(4, dated), to="md", date=DATE).decode()
    assert ("How the scores formed as the evidence came in" in text) == replayed
    assert ("none is shown" in text) != replayed
