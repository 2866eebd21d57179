"""The chart of the work holds each line to its end, and stays small."""

from __future__ import annotations

import json

from tests.builders import make_case
from workbench.charts.course_chart import DRAWN, course_chart, thinned
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.record.history import Step

NOW = assess(build(make_case("E1: I N C", "E2: II C N")))


def step(place: int, *scores: float | None) -> Step:
    found = dict(zip(("h1", "h2", "h3"), scores, strict=True))
    ranked = sorted((s, h) for h, s in found.items() if s is not None)
    ranking = tuple((h,) for _, h in ranked)
    return Step(place, (), NOW.matrix.basis.case, ranking, found)


def rows_of(chart):
    (data,) = chart.to_dict()["datasets"].values()
    return data


def test_each_line_has_a_value_after_each_change_and_its_name_at_the_end() -> None:
    steps = [step(0, 3, 1, 2), step(4, 0, 1, 2), step(9, 0, None, 2)]
    rows = rows_of(course_chart(NOW, steps, {5: "Before the meeting"}))
    values = {(row["x"], row["h"]): row["s"] for row in rows if "x" in row}
    assert values[1, "H1"] == 0
    assert (2, "H2") not in values
    names = [row["n"] for row in rows if "n" in row]
    assert names == ["H1 Title of H1", "H2 Title of H2", "H3 Title of H3"]
    assert [row for row in rows if "m" in row] == [{"m": 1, "w": "Before the meeting"}]


def test_ranks_are_drawn_with_the_first_on_top() -> None:
    steps = [step(0, 3, 1, 2), step(4, 0, 1, 2)]
    chart = course_chart(NOW, steps, {}, "ranks")
    values = {(row["x"], row["h"]): row["s"] for row in rows_of(chart) if "x" in row}
    assert [values[at, "H1"] for at in (0, 1)] == [3, 1]
    assert '"reverse": true' in json.dumps(chart.to_dict())


def test_of_many_changes_a_few_are_drawn_the_last_and_moves_among_them() -> None:
    steps = [step(at, 0 if at > 7001 else 5, 1, 2) for at in range(20_000)]
    kept = thinned(steps)
    assert {0, 7001, 7002, 19_999} <= kept
    assert len(kept) <= DRAWN
    assert len(json.dumps(course_chart(NOW, steps, {}).to_dict())) < 100_000


def test_what_moves_at_every_change_is_thinned_as_well() -> None:
    steps = [step(at, at % 2 * 3, 1, 2) for at in range(5_000)]
    assert len(thinned(steps)) <= 2 * DRAWN
