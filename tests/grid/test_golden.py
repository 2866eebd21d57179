"""The golden vectors are those of the method as it is: JavaScript is held to them."""

from __future__ import annotations

import json
import math

from tests.grid.golden import FILE, golden


def near(one: object, other: object) -> bool:
    """Tell whether two values are alike, numbers to the ninth place."""
    if isinstance(one, float) or isinstance(other, float):
        return math.isclose(one, other, rel_tol=0, abs_tol=1e-9)
    if isinstance(one, list):
        alike = isinstance(other, list) and len(one) == len(other)
        return alike and all(map(near, one, other))
    if isinstance(one, dict):
        alike = isinstance(other, dict) and one.keys() == other.keys()
        return alike and all(near(one[key], other[key]) for key in one)
    return one == other


def test_the_file_holds_what_the_python_method_comes_to():
    fresh = json.loads(json.dumps(golden()))
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    for name in kept.keys() | fresh.keys():
        assert near(kept[name], fresh[name]), f"{name}: python -m tests.grid.golden"


def test_the_vectors_hold_ties_gaps_and_tips_of_every_rule():
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    matrices = kept["matrices"]
    assert any(one["ranks"].count(1) > 1 for one in matrices)
    assert any(0 in one["ranks"] for one in matrices)
    assert any(tip for one in matrices for pair in one["tipping"] for tip in pair)
    assert any(None in one["payload"]["frame"]["weights"] for one in matrices)
    assert len({one["payload"]["frame"]["title"] for one in matrices}) == 6
