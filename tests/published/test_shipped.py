"""The worked cases that come with the package say and give what was published."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from workbench.case import folder
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Rule
from workbench.method.leave_out import without_items
from workbench.method.matrix import Matrix, build
from workbench.method.scoring import Ranking, assess

HERE = Path(__file__).parent
CASES = HERE.parents[1] / "workbench" / "cases"
AUM, CAMPAIGN = "aum-shinrikyo", "campaign-compromise-2016"
# The published file, the folder, and the rows that the file leaves out.
SHIPPED = {
    "aum_tradecraft_primer_2009": (AUM, ()),
    "roberts_2016_14_rows": (CAMPAIGN, ()),
    "roberts_2016_12_rows": (CAMPAIGN, ("e7", "e9")),
}
PRINTED = 1e-8


@cache
def published(name: str) -> dict[str, Any]:
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def shipped(name: str) -> Case:
    return folder.load(CASES / SHIPPED[name][0])


def matrix(name: str, rule: str) -> Matrix:
    out = dict.fromkeys(SHIPPED[name][1], True)
    return build(shipped(name), Judgments(exclusions=out), Rule(rule))


def each(section: str) -> list[Any]:
    return [
        pytest.param(name, one, id=f"{name}-{one['rule']}-{one.get('evidence', 'all')}")
        for name in SHIPPED
        for one in published(name)[section]
    ]


def groups(ranking: Ranking | list[list[str]]) -> list[set[str]]:
    return [set(group) for group in ranking]


def test_every_folder_of_worked_cases_is_tested() -> None:
    found = {path.name for path in CASES.iterdir() if path.is_dir()}
    assert found == {place for place, _ in SHIPPED.values()}


@pytest.mark.parametrize("name", SHIPPED)
def test_rows_columns_and_codes_are_those_published(name: str) -> None:
    case, file = shipped(name), published(name)
    assert {h.id: h.title for h in case.hypotheses} == file["hypothesis_titles"]
    rows = {
        item.id: {
            "id": item.id,
            "title": item.title,
            "credibility": item.credibility,
            "relevance": item.relevance,
            "ratings": {h: r.consistency.value for h, r in item.ratings.items()},
        }
        for item in case.evidence
        if item.id not in SHIPPED[name][1]
    }
    assert rows == {row["id"]: row for row in file["evidence"]}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_item_names_the_publication_and_none_has_a_reason(name: str) -> None:
    case = shipped(name)
    (source,) = case.sources
    assert source.name in published(name)["source"]
    for item in case.evidence:
        assert [citation.source for citation in item.sources] == [source.id]
        assert item.sources[0].at in published(name)["source"]
        assert not item.date
        assert not any(rating.because for rating in item.ratings.values())


@pytest.mark.parametrize(("name", "expected"), each("expected"))
def test_scores_and_ranking_come_out(name: str, expected: Mapping[str, Any]) -> None:
    result = assess(matrix(name, expected["rule"]))
    scores = {one.id: one.score for one in result.hypotheses}
    assert scores == pytest.approx(expected["scores"], rel=0, abs=PRINTED)
    assert groups(result.ranking) == groups(expected["ranking"])


@pytest.mark.parametrize(("name", "left"), each("leave_out"))
def test_the_rankings_without_one_item_come_out(
    name: str, left: Mapping[str, Any]
) -> None:
    found = {one.id: one for one in without_items(matrix(name, left["rule"]))}
    assert groups(found[left["evidence"]].ranking) == groups(left["ranking"])


@pytest.mark.parametrize("name", SHIPPED)
def test_diagnosticity_comes_out(name: str) -> None:
    weighed = assess(matrix(name, "weighted-inconsistency")).evidence
    found = {one.id: one.diagnosticity for one in weighed}
    assert found == pytest.approx(published(name)["diagnosticity"], rel=0, abs=PRINTED)
    assert [e for e, d in found.items() if d == 0] == published(name)["non_diagnostic"]


def test_the_rows_that_the_author_removed_say_why() -> None:
    case = shipped("roberts_2016_14_rows")
    assert "uninformative" in case.item["e7"].caveat
    assert "unsafe" in case.item["e9"].caveat
