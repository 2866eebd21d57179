"""What repeats one report, against weights reckoned the plain way."""

from __future__ import annotations

import pytest

from tests.builders import make_case, make_judgments
from tests.method.brute_force import random_case
from workbench.case.model import Rule
from workbench.method.matrix import build
from workbench.method.origins import effective_items, origins


def test_an_origin_weighs_as_much_as_its_heaviest_item():
    case = make_case(
        "E1: I C",
        "E2: C I",
        "E3: N I",
        credibility={"e1": "high", "e2": "low"},
        origin={"e1": "wire", "e2": "wire"},
    )
    (found,) = origins(build(case))
    assert (found.id, [item.id for item in found.items]) == ("wire", ["e1", "e2"])
    assert found.weight == pytest.approx(2**0.5)
    assert found.apart == pytest.approx(2**0.5 + 0.5**0.5)
    assert found.factor == pytest.approx(found.weight / found.apart)
    (found,) = origins(build(case, count_all=True))
    assert found.factor == 1
    assert found.weight == found.apart == pytest.approx(2**0.5 + 0.5**0.5)


def test_origins_are_those_of_the_judgments_and_of_active_items():
    case = make_case("E1: I C", "E2: C I", "E3: N I", origin={"e1": "a", "e2": "b"})
    own = make_judgments(
        origins={"e1": "b", "e2": "", "e3": "b"}, exclusions={"e3": True}
    )
    (found,) = origins(build(case, own))
    assert (found.id, [item.id for item in found.items]) == ("b", ["e1"])


def test_no_item_and_no_origin_give_no_group():
    assert origins(build(make_case())) == ()
    assert origins(build(make_case("E1: I C"))) == ()


@pytest.mark.parametrize("seed", range(60))
def test_the_groups_hold_every_item_that_names_an_origin_once(seed):
    case, judgments, *_ = random_case(seed)
    for count_all in (False, True):
        matrix = build(case, judgments, Rule.COMPENSATORY, count_all=count_all)
        found = origins(matrix)
        members = [item.id for one in found for item in one.items]
        naming = [e.id for e in matrix.evidence if judgments.origin(e)]
        assert sorted(members) == sorted(naming)
        weight = dict(zip([e.id for e in matrix.evidence], matrix.weights, strict=True))
        for one in found:
            assert {judgments.origin(item) for item in one.items} == {one.id}
            assert one.weight == pytest.approx(sum(weight[e.id] for e in one.items))
            assert one.weight == pytest.approx(one.factor * one.apart)
        # one origin is one unit: the measure is the plain effective sample size
        units = [one.weight for one in found]
        units += [w for e, w in weight.items() if e not in members]
        square = sum(w * w for w in units)
        wanted = sum(units) ** 2 / square if square else 0.0
        assert effective_items(matrix) == pytest.approx(wanted)
