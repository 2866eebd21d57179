"""Tables hold every hypothesis and item, and a gap where there is no number."""

from __future__ import annotations

import pandas as pd

from tests.builders import make_case, make_judgments
from workbench import tables
from workbench.case.model import Case, Question
from workbench.method.matrix import build
from workbench.method.scoring import assess, every_rule

CASE = make_case(
    "E1: C I NA",
    "E2: N II -",
    "E3: C - -",
    sources={"e1": "wire"},
    dates={"e1": "2024-04"},
    credibility={"e1": 0.5},
)


def test_the_ranking_stands_by_rank_with_the_published_scores_beside():
    own = build(CASE, make_judgments({("e1", "h1"): "II"}))
    table = tables.ranking_table(assess(own), assess(build(CASE)))
    assert list(table.index) == ["h1", "h2", "h3"]
    assert list(table["Rank"]) == ["1", "2", "–"]  # noqa: RUF001
    assert list(table["Score"])[:2] == [1.0, 2.5]
    assert list(table["Baseline"])[:2] == [0.0, 2.5]
    assert pd.isna(table.loc["h3", "Score"])
    assert table.loc["h3", "Flags"] == "unrated, unchallenged, vague"


def test_without_a_baseline_there_is_no_column_for_it():
    assert "Baseline" not in tables.ranking_table(assess(build(CASE)))


def test_a_tie_is_marked_in_the_rank():
    table = tables.ranking_table(assess(build(make_case("E1: I I N"))))
    assert list(table["Rank"]) == ["1", "2=", "2="]
    assert list(table["Tied"]) == [False, True, True]


def test_the_matrix_tells_unrated_from_not_applicable():
    table = tables.matrix_table(build(CASE))
    assert list(table.loc["e1", ["H1", "H2", "H3"]]) == ["C", "I", "NA"]
    assert list(table.loc["e2", ["H1", "H2", "H3"]]) == ["N", "II", ""]


def test_the_evidence_has_weights_and_no_diagnosticity_where_it_cannot_be_said():
    table = tables.evidence_table(assess(build(CASE)))
    assert list(table["Item"]) == ["E1", "E2", "E3"]
    assert table.loc["e1", "Weight"] == 0.5
    assert table.loc["e1", "Credibility"] == "0.5"
    assert table.loc["e1", "Date"] == "2024-04"
    assert table.loc["e1", "Sources"] == "Name of wire"
    assert table.loc["e1", "Diagnosticity"] == 1.0
    assert pd.isna(table.loc["e3", "Diagnosticity"])


def test_the_rules_stand_side_by_side():
    table = tables.rules_table(every_rule(build(CASE)))
    assert table.loc["h1", "Weighted inconsistency"] == "1 (0.00)"
    assert table.loc["h2", "Squared inconsistency"] == "2 (5.00)"
    assert table.loc["h3", "Net support"] == "–"  # noqa: RUF001
    assert table.shape == (3, 8)


def test_departures_are_listed_with_what_was_published():
    matrix = build(CASE, make_judgments({("e1", "h1"): "II"}, emphases={"e2": 0.5}))
    table = tables.departures_table(matrix)
    assert list(table["Published"]) == ["C", "1.00"]
    assert list(table["Own"]) == ["II", "0.50"]


def test_an_empty_case_gives_empty_tables():
    matrix = build(Case(Question("Why?", "It")))
    result = assess(matrix)
    for table in (
        tables.ranking_table(result, result),
        tables.matrix_table(matrix),
        tables.evidence_table(result),
        tables.rules_table(every_rule(matrix)),
        tables.departures_table(matrix),
    ):
        assert table.empty
