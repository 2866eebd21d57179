from __future__ import annotations

import math

import pytest
from hypothesis import given, strategies

from workbench.method.scales import (
    ICD_203,
    PHIA,
    band,
    term,
)


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (0, None),
        (0.99, None),
        (1, "almost no chance"),
        (4.99, "almost no chance"),
        (5, "very unlikely"),
        (19.9, "very unlikely"),
        (20, "unlikely"),
        (45, "roughly even chance"),
        (55, "roughly even chance"),
        (55.1, "likely"),
        (80, "likely"),
        (95, "very likely"),
        (95.1, "almost certain"),
        (99, "almost certain"),
        (99.01, None),
        (100, None),
    ],
)
def test_icd_203_gives_an_end_to_the_term_nearer_to_even(percent, words):
    found = term(ICD_203, percent / 100)
    assert (found and found.words[0]) == words


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (0, "remote chance"),
        (5, "remote chance"),
        (7, None),
        (10, "highly unlikely"),
        (20, "highly unlikely"),
        (22, None),
        (25, "unlikely"),
        (35, "unlikely"),
        (37.5, None),
        (40, "realistic possibility"),
        (49.9, "realistic possibility"),
        (50, None),
        (55, "likely"),
        (75, "likely"),
        (78, None),
        (80, "highly likely"),
        (90, "highly likely"),
        (94, None),
        (95, "almost certain"),
        (100, "almost certain"),
    ],
)
def test_phia_has_no_term_for_its_gaps(percent, words):
    found = term(PHIA, percent / 100)
    assert (found and found.words[0]) == words


@given(strategies.floats(0.01, 0.99))
def test_icd_203_has_one_term_for_each_value_from_1_to_99(p):
    percent = round(p * 100, 9)
    assert sum(one.holds(percent) for one in ICD_203) == 1


def test_icd_203_is_symmetric_about_even():
    for percent in (1, 5, 12, 20, 30, 45, 50):
        low, high = term(ICD_203, percent / 100), term(ICD_203, 1 - percent / 100)
        assert ICD_203.index(low) == len(ICD_203) - 1 - ICD_203.index(high)


@pytest.mark.parametrize("p", [-0.1, 1.1, math.nan])
def test_what_is_no_probability_has_no_term(p):
    with pytest.raises(ValueError, match=str(p)):
        term(ICD_203, p)


@pytest.mark.parametrize(
    ("factor", "words"),
    [
        (1, "bare mention"),
        (3, "bare mention"),
        (3.2, "positive"),
        (20, "positive"),
        (21, "strong"),
        (150, "strong"),
        (151, "very strong"),
    ],
)
def test_a_factor_on_the_line_belongs_to_the_weaker_band(factor, words):
    assert band(factor) == band(1 / factor) == words


def test_a_factor_of_nothing_is_as_strong_as_can_be_for_the_rival():
    assert band(0.0) == "very strong"
    with pytest.raises(ValueError, match="-1"):
        band(-1)
