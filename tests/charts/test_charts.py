"""Charts are small, whole and fit for any theme."""

from __future__ import annotations

import json

import pytest

from tests.builders import make_case
from workbench.case.model import Case, Question, Rule
from workbench.charts.ranking_chart import ranking_chart, ranking_drawn
from workbench.charts.rules_chart import rules_chart
from workbench.method.matrix import build
from workbench.method.scoring import assess, every_rule


def wide(n, title=None):
    codes = ["II", "I", "N", "C", "CC"]
    rows = [
        f"E{row}: "
        + " ".join(codes[(row * column + column) % 5] for column in range(n))
        for row in range(1, 9)
    ]
    case = make_case(*rows)
    if title:
        hypotheses = tuple(
            type(h)(**{**vars(h), "title": title}) for h in case.hypotheses
        )
        case = type(case)(case.question, hypotheses, case.sources, case.evidence)
    return assess(build(case))


def rows_of(chart):
    (data,) = chart.to_dict()["datasets"].values()
    return data


def test_bars_stand_by_rank_with_two_decimals_and_the_baseline():
    assessment = assess(build(make_case("E1: I C II", credibility={"e1": "high"})))
    chart = ranking_chart(assessment, assessment)
    rows = rows_of(chart)
    assert [row["h"] for row in rows] == [
        "(1) 0.00 · H2 Title of H2",
        "(2) 1.41 · H1 Title of H1",
        "(3) 2.83 · H3 Title of H3",
    ]
    assert [row["v"] for row in rows] == ["0.00", "1.41", "2.83"]
    assert [row["b"] for row in rows] == [0.0, 1.41, 2.83]


def test_ties_are_adjacent_and_marked():
    rows = rows_of(ranking_chart(assess(build(make_case("E1: C II C")))))
    assert [row["h"].split(" Title")[0] for row in rows] == [
        "(1=) 0.00 · H1",
        "(1=) 0.00 · H3",
        "(3) 2.00 · H2",
    ]


def test_a_hypothesis_without_a_rank_has_a_dash_and_no_bar():
    rows = rows_of(ranking_chart(assess(build(make_case("E1: I -")))))
    assert (rows[-1]["s"], rows[-1]["v"]) == (0, "–")  # noqa: RUF001


@pytest.mark.parametrize("n", [2, 9])
def test_a_page_draws_the_chart_of_the_report_while_its_look_is_made_once(n):
    for one in (wide(n), wide(n, "Another title")):
        paper = ranking_chart(one, one).to_dict()
        page = ranking_drawn(one, one)
        (rows,) = paper.pop("datasets").values()
        paper.pop("data")
        assert (page.spec | {"description": page.description}) == paper
        assert page.rows == rows
    assert ranking_drawn(wide(n), wide(n)).spec is page.spec


@pytest.mark.parametrize("title", [None, "A title that goes on " * 40])
def test_ten_hypotheses_weigh_less_than_two_and_a_half_kilobytes(title):
    assessment = wide(10, title)
    text = ranking_chart(assessment, assessment).to_json(indent=None)
    assert len(text.encode()) < 2560


@pytest.mark.parametrize("n", [2, 20])
def test_two_to_twenty_hypotheses_have_a_bar_each(n):
    assert len(rows_of(ranking_chart(wide(n)))) == n


def test_the_page_decides_on_background_and_text():
    for chart in (ranking_chart(wide(3)), rules_chart(_rules())):
        spec = chart.to_dict()
        assert "background" not in spec
        assert "background" not in json.dumps(spec["config"])


def test_the_chart_is_described_in_a_sentence():
    spec = ranking_chart(wide(3)).to_dict()
    assert "least first: H2 Title of H2 at 3.00" in spec["description"]


def test_the_axis_names_the_rule_and_its_direction():
    assessment = assess(build(make_case("E1: C I"), None, Rule.NET_SUPPORT))
    text = ranking_chart(assessment, assessment).to_json()
    assert "Net support, most first (tick: published)" in text


def test_the_ranks_under_all_rules_are_drawn():
    rows = rows_of(rules_chart(_rules()))
    assert len(rows) == 12
    assert {row["u"] for row in rows} >= {"Net support", "Compensatory"}
    assert rules_chart(_rules()).to_dict()["title"]


def test_an_empty_case_is_drawn_without_complaint():
    empty = build(Case(Question("Why?", "It")))
    assert rows_of(ranking_chart(assess(empty))) == []
    assert rows_of(rules_chart(every_rule(empty))) == []


def _rules():
    return every_rule(build(make_case("E1: C I")))
