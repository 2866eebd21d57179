"""What share of a score nobody reported, against shares reckoned the plain way."""

from __future__ import annotations

import pytest

from tests.method import brute_force
from tests.method.enriched import enriched_case
from workbench.case.model import Kind
from workbench.method.grounds import grounds
from workbench.method.matrix import build
from workbench.method.scoring import assess


@pytest.mark.parametrize("start", range(0, 300, 60))
def test_shares_are_those_of_the_parts_of_each_score(start):
    some = 0
    for seed in range(start, start + 60):
        case, judgments, rule, count_all = enriched_case(seed)
        found = grounds(assess(build(case, judgments, rule, count_all=count_all)))
        plain = brute_force.read(case, judgments, rule, count_all=count_all)
        cells, _, _ = brute_force.RULES[rule.value]
        values = dict(zip(brute_force.SCALE, cells, strict=True))
        kinds = {item.id: item.kind for item in case.evidence}
        for one in found:
            sizes = dict.fromkeys(Kind, 0.0)
            for item in plain.items:
                value = values.get(item.cells.get(one.hypothesis), 0)
                sizes[kinds[item.id]] += abs(plain.weight(item) * value)
            total = sum(sizes.values())
            assumed = sizes[Kind.ASSUMPTION] / total if total else 0.0
            absent = sizes[Kind.ABSENCE] / total if total else 0.0
            assert (one.assumed, one.absent) == pytest.approx((assumed, absent)), seed
            assert 0 <= one.assumed + one.absent <= 1 + 1e-12
            some += assumed > 0 and absent > 0
    assert some
