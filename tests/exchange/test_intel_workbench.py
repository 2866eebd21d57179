"""intel-workbench's projects: several matrices, and what is said of the rest."""

from __future__ import annotations

import pytest

from tests.exchange.sampled import codes, imported, of, parsed
from workbench.case.model import Rule
from workbench.exchange import Unreadable


def test_each_filled_matrix_is_a_case_of_its_own():
    found = imported("intel_workbench.json")
    assert [one.case.question.title for one in found] == [
        "Who moved the buoy?",
        "Who took the bell?",
    ]
    assert {one.case.question.rule for one in found} == {Rule.COMPENSATORY}
    said = "a matrix without hypotheses and items, which stands in the same file"
    assert all(said in one.dropped for one in found)


def test_neutral_not_applicable_and_no_entry_stay_three_things():
    found = codes(imported("intel_workbench.json")[0])
    assert found == {
        "calm-sea": {"storm": "I", "trawler": "N"},
        "blue-paint": {"storm": "NA", "trawler": "C"},
        "a-torn-net": {"trawler": "I"},
    }


@pytest.mark.parametrize(
    "said",
    [
        "a credibility that is missing: medium was put in its place, as there",
        "a rating of a hypothesis that the file does not have",
        "a rating of an item that the file does not have",
        "probabilityBand of a hypothesis",
        "confidenceJustification of a hypothesis",
        "biasChecklists of the project",
    ],
)
def test_what_is_not_carried_is_said(said):
    assert said in imported("intel_workbench.json")[0].dropped


def test_a_missing_level_is_medium_and_that_is_said():
    project = parsed("intel_workbench.json")
    project["achMatrices"] = project["achMatrices"][2:]
    del project["achMatrices"][0]["evidence"][0]["relevance"]
    found = of(project)
    assert found.case.evidence[0].relevance == "medium"
    assert (
        "a relevance that is missing: medium was put in its place, as there"
        in found.dropped
    )


def test_a_project_without_a_filled_matrix_is_refused():
    with pytest.raises(Unreadable, match="no matrix with hypotheses or items"):
        of({"achMatrices": [{"id": "x", "hypotheses": [], "evidence": []}]})
