"""Several analysts in one file become one case, with each apart, however they stand."""

from __future__ import annotations

import json

import pytest

from tests.exchange.test_layouts import read
from workbench import exchange
from workbench.exchange import refusal
from workbench.method.matrix import build
from workbench.method.scoring import assess

ANN, BEN = [3, 0], [0, 2]
APART = {
    "analysts over hypotheses": "Evidence,Analyst A,,Analyst B,\n"
    ",Storm,Sabotage,Storm,Sabotage\nCalm sea,II,C,C,I\nHull was cut,I,CC,N,I\n",
    "hypotheses over analysts": "Evidence,H1 Storm,,H2 Sabotage,\n"
    ",Ann,Ben,Ann,Ben\nCalm sea,II,C,C,I\nHull was cut,I,N,CC,I\n",
    "a name in brackets": "Evidence,H1 Storm (Ann),H2 Sabotage (Ann),H1 Storm (Ben),"
    "H2 Sabotage (Ben)\nCalm sea,II,C,C,I\nHull was cut,I,CC,N,I\n",
    "a name before a colon": "Evidence,Ann: H1 Storm,Ann: H2 Sabotage,Ben: H1 Storm,"
    "Ben: H2 Sabotage\nCalm sea,II,C,C,I\nHull was cut,I,CC,N,I\n",
    "a row for each": "Analyst,Evidence,H1 Storm,H2 Sabotage\nAnn,Calm sea,II,C\n"
    "Ben,Calm sea,C,I\nAnn,Hull was cut,I,CC\nBen,Hull was cut,N,I\n",
    "one below the other": "Analyst: Ann\nEvidence,H1 Storm,H2 Sabotage\n"
    "Calm sea,II,C\nHull was cut,I,CC\n\nAnalyst: Ben\n"
    "Evidence,H1 Storm,H2 Sabotage\nCalm sea,C,I\nHull was cut,N,I\n",
    "a table for each": "# Ann\n\n|Evidence|Storm|Sabotage|\n|-|-|-|\n|Calm sea|II|C|\n"
    "|Hull was cut|I|CC|\n\n# Ben\n\n|Evidence|Storm|Sabotage|\n|-|-|-|\n"
    "|Calm sea|C|I|\n|Hull was cut|N|I|\n",
    "names in each cell": "Evidence,Ann,Ann,Ben,Ben\n"
    ",H1 Storm,H2 Sabotage,H1 Storm,H2 Sabotage\n"
    "Calm sea,II,C,C,I\nHull was cut,I,CC,N,I\n",
}


@pytest.mark.parametrize("name", APART)
def test_a_block_of_columns_for_each_analyst_is_one_case_with_all_apart(name):
    (found,) = exchange.read(APART[name].encode(), "f")
    assert refusal(found) == ""
    assert [h.title for h in found.case.hypotheses] == ["Storm", "Sabotage"]
    assert [
        [h.score for h in assess(build(found.case, own)).hypotheses]
        for own in found.analysts.values()
    ] == [ANN, BEN]
    assert found.case.question.question == "What explains the evidence?"


def test_two_rows_of_names_that_may_each_be_analysts_are_refused_with_advice():
    text = "Evidence,Ann,,Ben,\n,Kim,Lee,Kim,Lee\nCalm sea,II,C,C,I\n"
    said, _ = read(text.encode())
    assert "write “Analyst” before each of their names" in said


def test_ratings_in_json_that_name_their_analyst_are_kept_apart():
    ratings = [
        {"analyst": who, "evidence": e, "hypothesis": h, "rating": code}
        for who, e, h, code in (("Ann", 0, 0, "II"), ("Ben", 0, 0, "C"))
    ]
    document = {"hypotheses": ["Storm"], "evidence": ["Calm sea"], "ratings": ratings}
    (found,) = exchange.read(json.dumps(document).encode(), "f")
    assert list(found.analysts) == ["Ann", "Ben"]


def test_names_in_brackets_that_are_no_analysts_stay_part_of_a_hypothesis():
    text = "Evidence,Storm (night),Storm (day),Crew (night),Crew (day)\nSea,II,C,C,I\n"
    (found,) = exchange.read(text.encode(), "f")
    assert len(found.case.hypotheses) == 4
    assert not found.analysts
