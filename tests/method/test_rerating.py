"""Cells rated again: a sample that says nothing of them, a share with its bounds."""

import pytest
from hypothesis import given, strategies

from workbench.case.model import Consistency
from workbench.method.rerating import FEWEST, SCALE, SIZE, compared, sampled

CC, C, N, _, II = SCALE
ratings = strategies.dictionaries(
    strategies.tuples(strategies.integers(1, 40), strategies.integers(1, 5)).map(
        lambda pair: (f"e{pair[0]}", f"h{pair[1]}")
    ),
    strategies.sampled_from(Consistency),
    max_size=60,
)


@given(ratings, strategies.integers(0, 1000))
def test_a_sample_has_each_rated_cell_once_and_codes_in_turn(rated, seed):
    able = {cell: code for cell, code in rated.items() if code in SCALE}
    found = sampled(rated, seed)
    assert len(found) == len(set(found)) == min(SIZE, len(able))
    assert set(found) <= set(able)
    assert found == sampled(dict(reversed([*rated.items()])), seed)
    counts = {code: sum(able[cell] is code for cell in found) for code in SCALE}
    left = {code: sum(one is code for one in able.values()) for code in SCALE}
    most = max(counts.values(), default=0)
    for code in SCALE:  # a code is there less often only where it has no more cells
        assert counts[code] >= min(left[code], most - 1)


def test_another_seed_gives_another_sample():
    rated = {(f"e{n}", "h1"): SCALE[n % 5] for n in range(60)}
    assert sampled(rated, 0) != sampled(rated, 1)


def test_three_of_twenty_four_is_an_eighth_with_its_interval():
    """The interval of 3 in 24 by Wilson 1927, as statistical packages give it."""
    pairs = [(C, N), (C, CC), (II, N)] + [(N, N)] * 21
    found = compared(pairs)
    assert (found.given, found.differ, found.far) == (24, 3, 1)
    assert found.share == 0.125
    assert (found.low, found.high) == pytest.approx((0.0434, 0.3100), abs=5e-5)


def test_too_few_cells_tell_nothing():
    assert compared([(C, C)] * (FEWEST - 1)) is None
    assert compared([(C, C)] * FEWEST).share == 0


@given(
    strategies.integers(FEWEST, 300).flatmap(
        lambda n: strategies.tuples(strategies.just(n), strategies.integers(0, n))
    )
)
def test_the_interval_holds_the_share_and_narrows_with_more_cells(both):
    n, k = both
    found = compared([(C, N)] * k + [(C, C)] * (n - k))
    assert 0 <= found.low <= found.share <= found.high <= 1
    more = compared([(C, N)] * k * 4 + [(C, C)] * (n - k) * 4)
    assert more.high - more.low < found.high - found.low
