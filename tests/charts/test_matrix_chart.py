"""The matrix as a chart: every code in its square, and which of many are drawn."""

from __future__ import annotations

import pytest

from tests.builders import make_case, make_judgments
from workbench.case.judgments import Judgments
from workbench.charts.matrix_chart import FILLS, matrix_chart
from workbench.method.matrix import build
from workbench.method.scoring import assess


def drawn(case, items=20, judgments=None):
    chart = matrix_chart(assess(build(case, judgments or Judgments())), items)
    (values,) = chart.to_dict()["datasets"].values()
    return values


def codes(values) -> list[tuple[str, str, str]]:
    return [
        (one["e"].split()[0], one["h"].split()[0], one["c"].strip()) for one in values
    ]


def test_every_code_stands_in_its_square_and_an_unrated_one_is_empty():
    assert codes(drawn(make_case("E1: CC I", "E2: NA -"))) == [
        ("E1", "H1", "CC"),
        ("E1", "H2", "I"),
        ("E2", "H1", "NA"),
        ("E2", "H2", ""),
    ]


def test_the_codes_are_the_analyst_s():
    own = make_judgments({("e1", "h1"): "II"})
    assert codes(drawn(make_case("E1: CC I"), judgments=own))[0] == ("E1", "H1", "II")


def test_a_column_says_the_hypothesis_with_its_rank_and_score_below():
    heads = {one["h"] for one in drawn(make_case("E1: CC II", "E2: I I"))}
    assert heads == {"H1 Title of H1\n(1) 1.00", "H2 Title of H2\n(2) 3.00"}


def test_hypotheses_that_tie_have_the_same_rank():
    heads = [one["h"].split("\n")[-1] for one in drawn(make_case("E1: I I"))]
    assert heads == ["(1=) 1.00", "(1=) 1.00"]


def test_of_few_items_all_are_drawn_in_their_order():
    case = make_case("E1: N N", "E2: CC II", "E3: C I")
    assert [e for e, h, _ in codes(drawn(case, 3)) if h == "H1"] == ["E1", "E2", "E3"]


def test_of_many_items_those_are_drawn_that_tell_most():
    case = make_case("E1: N N", "E2: C I", "E3: CC II")
    assert [e for e, h, _ in codes(drawn(case, 2)) if h == "H1"] == ["E3", "E2"]


@pytest.mark.parametrize("hypotheses", [2, 9])
def test_a_long_name_is_broken_into_lines_and_the_scores_stand_level(hypotheses):
    titles = [f"H{n}" for n in range(1, hypotheses)] + ["Long and much longer name"]
    case = make_case("E1: " + "I " * hypotheses, hypotheses=titles)
    heads = {one["h"] for one in drawn(case)}
    lines = {head.count("\n") for head in heads}
    assert len(lines) == 1
    assert lines.pop() >= 2
    assert all(head.split("\n")[-1] == "(1=) 1.00" for head in heads)


def test_names_that_are_alike_are_told_apart():
    case = make_case("E1: C I", "E2: C I")
    alike = "x" * 200
    named = case.evidence[0].__class__
    evidence = tuple(
        named(one.id, alike, one.title, one.statement, ratings=one.ratings)
        for one in case.evidence
    )
    names = [
        one["e"]
        for one in drawn(case.__class__(case.question, case.hypotheses, (), evidence))
    ]
    assert len(set(names)) == 2


def grey(colour: str) -> float:
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_in_grey_a_code_is_the_darker_the_more_it_says_and_its_letters_tell_which():
    shades = {code: grey(FILLS[code]) for code in ("CC", "II", "C", "I", "N")}
    assert max(shades["CC"], shades["II"]) < min(shades["C"], shades["I"])
    assert max(shades["C"], shades["I"]) < shades["N"]
