"""Every square of the map is the ranking at its emphases, scored the plain way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import make_case, make_judgments
from workbench.case.judgments import Judgments
from workbench.case.model import Rule
from workbench.method.lead_map import Axis, lead_map, moved
from workbench.method.matrix import build
from workbench.method.scoring import assess

CASE = make_case(
    "E1: I C N",
    "E2: C II N",
    "E3: N I II",
    "E4: II C I",
    sources={"e1": "a", "e2": ["a", "b"], "e3": ["b", "c"]},
    origin={"e1": "one", "e4": "one"},
    credibility={"e4": "high"},
)
AXES = (
    Axis("evidence", "e1"),
    Axis("evidence", "e4"),
    *(Axis("source", s) for s in "abc"),
)


def judged(judgments: Judgments, axis: Axis, to: float) -> Judgments:
    name = "emphases" if axis.kind == "evidence" else "source_emphases"
    return replace(judgments, **{name: {**getattr(judgments, name), axis.id: to}})


@pytest.mark.parametrize("x", AXES, ids=str)
@pytest.mark.parametrize("y", AXES, ids=str)
def test_every_square_is_the_ranking_there(x, y):
    start = make_judgments(source_emphases={"c": 1.5}, emphases={"e2": 0.5})
    matrix = build(CASE, start)
    if x == y:
        with pytest.raises(ValueError, match="different"):
            lead_map(matrix, x, y)
        return
    found = lead_map(matrix, x, y, steps=5)
    assert found.values == (0.0, 0.5, 1.0, 1.5, 2.0)
    for up, row in zip(found.values, found.leaders, strict=True):
        for across, leaders in zip(found.values, row, strict=True):
            there = judged(judged(start, x, across), y, up)
            assert leaders == assess(build(CASE, there)).leaders


@pytest.mark.parametrize("x", AXES, ids=str)
@pytest.mark.parametrize("y", AXES, ids=str)
def test_a_moved_matrix_is_the_one_of_judgments_that_say_so(x, y):
    start = make_judgments(source_emphases={"c": 1.5}, emphases={"e2": 0.5})
    matrix = build(CASE, start, Rule.COMPENSATORY, count_all=True)
    there = judged(judged(start, x, 0.35), y, 1.85)
    wanted = build(CASE, there, Rule.COMPENSATORY, count_all=True)
    found = moved(matrix, {x: 0.35, y: 1.85})
    assert found.basis == wanted.basis
    assert assess(found).ranking == assess(wanted).ranking
    assert found.weights.tolist() == wanted.weights.tolist()
