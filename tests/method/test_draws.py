"""Draws in which judgments slip by a step and do not drift."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, strategies

from tests.builders import make_case, make_judgments
from tests.method import brute_force
from tests.method.brute_force import random_case
from tests.published.at_first import AT_FIRST
from workbench.case.folder import load
from workbench.case.model import Rule
from workbench.method.draws import draw, steps
from workbench.method.matrix import build

FEW = 1_500
Q = 0.2


def matrix(*rows, rule=Rule.INCONSISTENCY, **more):
    return build(make_case(*rows, **more), rule=rule)


@pytest.mark.parametrize("seed", range(40))
def test_draws_agree_with_a_plain_simulation(seed):
    case, judgments, rule, count_all = random_case(
        seed, items=2 + seed % 4, hypotheses=2 + seed % 3
    )
    found = draw(
        build(case, judgments, rule, count_all=count_all), draws=20_000, seed=seed
    )
    plain = brute_force.read(case, judgments, rule, count_all=count_all)
    expected = brute_force.draw(plain, FEW, random.Random(seed), Q)
    errors = 5 / FEW**0.5  # five standard errors of what has a deviation of one
    for h in plain.hypotheses:
        share, ranked = expected.leads[h], h in plain.ranked()
        assert found.leads[h] == pytest.approx(share, abs=errors / 2)
        mean, off = expected.means[h], errors * expected.spread[h] + 1e-9
        assert found.means[h] == pytest.approx(mean if ranked else 0, abs=off)
    assert found.moved == pytest.approx(expected.moved, abs=errors * 0.3)


def test_the_case_as_it_was_at_first_gives_the_figures_stated_of_it():
    found = draw(build(load(AT_FIRST)))
    means = [4.50, 6.41, 7.91, 4.84]
    leads = [0.58, 0.05, 0.01, 0.37]
    assert list(found.means.values()) == pytest.approx(means, abs=0.03)
    assert list(found.leads.values()) == pytest.approx(leads, abs=0.015)
    assert found.moved == pytest.approx(0.089, abs=0.001)


def test_the_columns_stay_about_as_high_together_as_they_were():
    found = draw(build(load(AT_FIRST)))
    assert sum(found.means.values()) == pytest.approx(23.2, abs=0.6)


@given(
    strategies.lists(strategies.integers(0, 400), min_size=5, max_size=5).filter(
        lambda counts: sum(counts) >= 10
    ),
    strategies.floats(0, 1),
)
def test_the_mix_of_codes_stays_what_it_was(counts, q):
    now = np.array(counts)
    down, up = steps(now, q)
    after = now * (1 - down - up)
    after[:-1] += (now * down)[1:]
    after[1:] += (now * up)[:-1]
    assert after.sum() == pytest.approx(now.sum())
    # half a cell is what the 1/2 added to each count can make, for each neighbour
    assert abs(after - now).max() <= q / 2 * 0.5 * 2 + 1e-9
    if q <= Q and sum(counts) >= 10:
        assert abs(after - now).max() / now.sum() <= 0.02


@pytest.mark.parametrize("seed", range(20))
def test_the_mix_over_all_draws_is_that_of_the_case(seed):
    case, judgments, rule, _ = random_case(seed, items=8, hypotheses=4)
    plain = brute_force.read(case, judgments, rule)
    codes = brute_force.rated(plain)
    if len(codes) < 10:
        pytest.skip("too few cells for a mix")
    mix = brute_force.draw(plain, 400, random.Random(seed), Q).mix
    for code, share in mix.items():
        assert share == pytest.approx(codes.count(code) / len(codes), abs=0.02)


def test_a_step_past_an_end_is_none():
    down, up = steps(np.array([3, 0, 0, 0, 3]), 1.0)
    assert down[0] == up[4] == 0
    # a rare code is entered seldom, and left whenever that is proposed
    assert up[0] == pytest.approx(0.5 * 0.5 / 3.5)
    assert down[1] == 0.5


def test_a_code_that_nobody_uses_is_seldom_drawn_and_the_share_says_so():
    few = draw(matrix(*(f"E{n}: CC II" for n in range(1, 41))))
    assert few.moved < 0.05
    many = draw(matrix(*(f"E{n}: N I" for n in range(1, 41))))
    assert many.moved == pytest.approx(0.1, abs=0.01)


def test_the_same_seed_gives_the_same_draws():
    one = matrix("E1: C I", "E2: I C", "E3: N I")
    assert draw(one, draws=500, seed=7) == draw(one, draws=500, seed=7)
    assert draw(one, draws=500, seed=7) != draw(one, draws=500, seed=8)


def test_nothing_moves_without_a_chance():
    found = draw(matrix("E1: C I", "E2: I C", "E3: I I"), draws=100, q=0)
    assert found.leads == {"h1": 0.5, "h2": 0.5}
    assert found.moved == 0
    assert found.means == {"h1": 2, "h2": 2}


@pytest.mark.parametrize("draws", [1, 4_999, 5_000, 5_001, 25_000])
def test_the_shares_add_up_and_the_unranked_never_lead(draws):
    found = draw(matrix("E1: C I -", "E2: I C NA", "E3: N I -"), draws=draws)
    assert sum(found.leads.values()) == pytest.approx(1)
    assert found.leads["h3"] == found.means["h3"] == 0
    assert all(sum(found.ranks[h]) == pytest.approx(1) for h in ("h1", "h2"))


def test_levels_in_words_slip_and_numbers_stay():
    rule = Rule.WEIGHTED_INCONSISTENCY

    def mean(level):
        case = make_case("E1: II", credibility={"e1": level}, relevance={"e1": 1.0})
        return draw(build(case, rule=rule), draws=40_000, q=1.0).means["h1"]

    # the only code and the only word have 3/2 against 1/2 of the next: a sixth moves
    cell, high = 2 - 1 / 6, 2**0.5
    assert mean(2.0) == pytest.approx(2 * cell, abs=0.02)
    word = high - (high - 1) / 6
    assert mean("high") == pytest.approx(word * cell, abs=0.02)


def test_an_emphasis_of_nothing_still_slips_and_moves_no_score():
    case = make_case("E1: N I", "E2: I N")
    silent = make_judgments(emphases={"e1": 0.0, "e2": 0.0})
    found = draw(build(case, silent))
    assert found.leads == {"h1": 0.5, "h2": 0.5}
    assert found.moved > 0.05


def test_a_case_without_ratings_draws_nothing():
    found = draw(matrix("E1: - -"), draws=10)
    assert found.leads == found.means == {"h1": 0.0, "h2": 0.0}
    assert found.moved == 0
