"""What words count for under each published rule."""

from __future__ import annotations

import math
from dataclasses import FrozenInstanceError

import pytest

from workbench.case.model import Consistency, Rule
from workbench.method.schemes import ORDER, SCHEMES

ROOT = (1 / math.sqrt(2), 1, math.sqrt(2))
TABLE = {  # CC C N I II, levels, least first
    "weighted-inconsistency": ((0, 0, 0, 1, 2), ROOT, True),
    "inconsistency": ((0, 0, 0, 1, 2), None, True),
    "inconsistency-count": ((0, 0, 0, 1, 1), None, True),
    "squared-inconsistency": ((0, 0, 0, 1, 4), None, True),
    "net-support": ((2, 1, 0, -1, -2), ROOT, False),
    "compensatory": ((-1, -1, 0, 2, 2), (0.5, 1, 1.5), True),
}
INCONSISTENCY = [rule for rule in Rule if "inconsistency" in rule]


@pytest.mark.parametrize("rule", Rule)
def test_each_rule_counts_as_its_publication_has_it(rule):
    cells, levels, least_first = TABLE[rule]
    scheme = SCHEMES[rule]
    assert scheme.rule is rule
    assert [scheme.value(code) for code in Consistency] == [*cells, 0]
    assert scheme.least_first is least_first
    words = [scheme.multiplier(word) for word in ("low", "medium", "high")]
    assert words == pytest.approx(levels or (1, 1, 1), rel=1e-15)


def test_the_default_rule_stands_first():
    assert next(iter(SCHEMES)) is Rule.WEIGHTED_INCONSISTENCY
    assert list(SCHEMES) == list(Rule)


@pytest.mark.parametrize("rule", Rule)
def test_each_rule_names_its_publication(rule):
    assert SCHEMES[rule].publication
    assert SCHEMES[rule].title


@pytest.mark.parametrize(
    "rule", [rule for rule in Rule if rule is not Rule.WEIGHTED_INCONSISTENCY]
)
def test_every_rule_but_the_default_says_what_to_beware_of(rule):
    assert SCHEMES[rule].caution


@pytest.mark.parametrize("rule", Rule)
def test_a_number_is_the_multiplier_itself_where_levels_count_at_all(rule):
    scheme = SCHEMES[rule]
    for number in (0.0, 0.3, 7.0):
        assert scheme.multiplier(number) == (1 if scheme.levels is None else number)


@pytest.mark.parametrize("rule", Rule)
def test_medium_counts_once_and_not_applicable_never(rule):
    assert SCHEMES[rule].multiplier("medium") == 1
    assert SCHEMES[rule].value(Consistency.NA) == 0


@pytest.mark.parametrize("rule", INCONSISTENCY)
def test_consistent_evidence_never_counts_in_an_inconsistency_rule(rule):
    scheme = SCHEMES[rule]
    assert scheme.value(Consistency.CC) == scheme.value(Consistency.C) == 0


@pytest.mark.parametrize("rule", INCONSISTENCY)
def test_worse_never_counts_less(rule):
    cells = SCHEMES[rule].cells[:5]
    assert list(cells) == sorted(cells)


def test_an_item_high_twice_counts_four_times_an_item_low_twice():
    multiplier = SCHEMES[Rule.WEIGHTED_INCONSISTENCY].multiplier
    ratio = multiplier("high") ** 2 / multiplier("low") ** 2
    assert ratio == pytest.approx(4)


def test_codes_are_counted_in_the_order_of_the_scale():
    assert [ORDER[code] for code in Consistency] == list(range(6))


def test_schemes_are_frozen():
    with pytest.raises(FrozenInstanceError):
        SCHEMES[Rule.INCONSISTENCY].least_first = False
    with pytest.raises(TypeError):
        SCHEMES[Rule.INCONSISTENCY] = SCHEMES[Rule.NET_SUPPORT]
