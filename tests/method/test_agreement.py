"""Agreement as the published figures have it; where it cannot be told, that is said."""

import math
from pathlib import Path

import krippendorff
import numpy as np
import pytest
import yaml
from hypothesis import given, strategies

from tests.builders import make_case, make_judgments
from workbench.case.model import Consistency
from workbench.method.agreement import (
    agreement,
    agreements,
    kappa_of,
    weighted_kappa,
)
from workbench.method.matrix import NA, UNRATED, build
from workbench.method.schemes import ORDER

PUBLISHED = Path(__file__).parents[1] / "published" / "agreement.yaml"
CASES = {
    one["name"]: one
    for one in yaml.safe_load(PUBLISHED.read_text(encoding="utf-8"))["cases"]
}
CODES = strategies.integers(0, UNRATED)
ROWS = strategies.integers(2, 4).flatmap(
    lambda raters: strategies.lists(
        strategies.lists(CODES, min_size=raters, max_size=raters), min_size=1
    )
)


def codes(rows):
    """Turn rows of words into codes: a rater a row, None where unrated."""
    found = [
        [UNRATED if one is None else ORDER[Consistency(one)] for one in row]
        for row in rows
    ]
    return np.array(found, dtype=np.int8)


def test_two_and_three_analysts_agree_as_far_as_the_published_cases_say():
    three = CASES["three analysts, eight cells, NA and unrated missing"]
    found = agreement(codes(three["raters_by_units"]))
    assert found.alpha == pytest.approx(three["alpha"]["ordinal"], abs=1e-6)
    assert found.cells == 7
    two = CASES["two analysts, twelve cells, no N used"]
    both = codes([two["rater_1"], two["rater_2"]])
    assert agreement(both).alpha == pytest.approx(two["alpha"]["ordinal"], abs=1e-6)
    for cost, kappa in two["kappa"].items():
        assert weighted_kappa(*both, cost) == pytest.approx(kappa, abs=1e-6)


@pytest.mark.parametrize("name", [name for name in CASES if "table" in CASES[name]])
def test_kappa_of_a_table_is_the_published_one(name):
    one = CASES[name]
    for cost, kappa in one["kappa"].items():
        found = kappa_of(np.array(one["table"], dtype=float), cost)
        assert found == pytest.approx(kappa, abs=one["tolerance"])


def test_levels_that_nobody_used_stay_on_the_scale():
    two = CASES["two analysts, twelve cells, no N used"]
    both = codes([two["rater_1"], two["rater_2"]])
    dropped = two["kappa_if_unused_level_dropped"]["linear"]
    assert weighted_kappa(*both) != pytest.approx(dropped, abs=1e-3)


@pytest.mark.parametrize(
    ("rows", "why", "cells"),
    [
        ([["C", "I", "N"]], "one-rater", 0),
        ([["C", "I"], [None, None]], "one-rater", 0),
        ([["C", None], [None, "I"]], "no-overlap", 0),
        ([["C", "NA"], ["NA", "I"]], "no-overlap", 0),
        ([["C", "C"], ["C", "C"]], "one-level", 2),
    ],
)
def test_where_agreement_cannot_be_told_it_is_none_and_why(rows, why, cells):
    found = agreement(codes(rows))
    assert (found.alpha, found.low, found.high) == (None, None, None)
    assert (found.why, found.cells) == (why, cells)


def test_na_and_unrated_are_missing_alike():
    one = agreement(codes([["C", "I", "NA"], ["C", "II", "I"], ["N", "I", "C"]]))
    other = agreement(codes([["C", "I", None], ["C", "II", "I"], ["N", "I", "C"]]))
    assert one == other


@given(ROWS)
def test_copies_of_one_analyst_agree_fully(rows):
    one = np.array([row[0] for row in rows], dtype=np.int8)
    found = agreement(np.array([one, one, one]), draws=20)
    used = {code for code in one.tolist() if code < NA}
    if len(used) > 1:
        assert found.alpha == pytest.approx(1)
        assert (found.low, found.high) == pytest.approx((1, 1))
    else:
        assert found.alpha is None


@given(ROWS)
def test_agreement_does_not_hang_on_the_order_of_analysts_or_cells(rows):
    grid = np.array(rows, dtype=np.int8).T
    found, turned = (agreement(each, draws=0) for each in (grid, grid[::-1, ::-1]))
    assert found.cells == turned.cells
    if found.alpha is not None:
        assert turned.alpha == pytest.approx(found.alpha)


@given(ROWS)
def test_alpha_is_what_its_definition_says(rows):
    """1 - Do / De over pairs within and between cells, written out."""
    grid = np.array(rows, dtype=np.int8).T
    found = agreement(grid, draws=0)
    units = [[int(c) for c in column if c < NA] for column in grid.T]
    units = [one for one in units if len(one) > 1]
    values = [code for one in units for code in one]
    count = {level: values.count(level) for level in range(5)}

    def square(one, other):
        low, high = sorted((one, other))
        between = sum(count[level] for level in range(low, high + 1))
        return (between - (count[low] + count[high]) / 2) ** 2

    observed = math.fsum(
        square(a, b) / (len(one) - 1)
        for one in units
        for i, a in enumerate(one)
        for j, b in enumerate(one)
        if i != j
    )
    expected = math.fsum(
        square(a, b)
        for i, a in enumerate(values)
        for j, b in enumerate(values)
        if i != j
    )
    if expected == 0:
        assert found.alpha is None
        return
    alpha = 1 - observed / len(values) / (expected / len(values) / (len(values) - 1))
    assert found.alpha == pytest.approx(alpha)


def test_the_interval_is_the_same_for_the_same_seed_and_holds_alpha():
    grid = np.random.default_rng(3).integers(0, 5, (4, 60)).astype(np.int8)
    grid[1:] = np.clip(
        grid[0] + np.random.default_rng(4).integers(-1, 2, (3, 60)), 0, 4
    )
    one, other = agreement(grid, seed=5), agreement(grid, seed=5)
    assert one == other
    assert one.low < one.alpha < one.high
    assert agreement(grid, seed=6).low != one.low


def test_the_interval_is_that_of_the_librarys_alpha_over_the_same_resamples():
    rng = np.random.default_rng(8)
    grid = rng.integers(0, NA + 1, (3, 25)).astype(np.int8)
    found = agreement(grid, seed=11, draws=60)
    values = np.where(grid < NA, 2.0 - grid, np.nan)
    kept = values[:, (~np.isnan(values)).sum(axis=0) >= 2]
    cells = kept.shape[1]
    times = np.random.default_rng(11).multinomial(cells, [1 / cells] * cells, size=60)
    drawn = [
        krippendorff.alpha(
            reliability_data=np.repeat(kept, row, axis=1),
            value_domain=[-2, -1, 0, 1, 2],
            level_of_measurement="ordinal",
        )
        for row in times
    ]
    assert (found.low, found.high) == pytest.approx(np.percentile(drawn, [2.5, 97.5]))


def test_agreements_of_a_case_are_those_of_its_parts():
    case = make_case("E1: - -", "E2: - -", "E3: - -")
    places = [(f"e{i}", f"h{j}") for i in (1, 2, 3) for j in (1, 2)]
    rated = {
        "ana": ["CC", "I", "N", "N", "II", "C"],
        "ben": ["C", "I", "N", "N", "I", "CC"],
        "eve": ["CC", "II", "N", "N", "", "C"],
    }
    found = agreements(
        {
            name: build(
                case,
                make_judgments(
                    {at: one for at, one in zip(places, row, strict=True) if one}
                ),
            )
            for name, row in rated.items()
        }
    )
    grid = codes([[one or None for one in row] for row in rated.values()])
    assert found.whole == agreement(grid)
    assert found.hypotheses["h2"] == agreement(grid[:, 1::2])
    assert found.items["e3"] == agreement(grid[:, 4:])
    assert found.telling == agreement(grid[:, [0, 1, 4, 5]])
    assert found.items["e2"].why == "one-level"
    assert found.pairs["ana", "eve"] == weighted_kappa(grid[0], grid[2])
    assert list(found.pairs) == [("ana", "ben"), ("ana", "eve"), ("ben", "eve")]
