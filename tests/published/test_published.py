"""Every published matrix comes out as its publication, or a peer's program, has it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from workbench.case.model import (
    Case,
    Consistency,
    Evidence,
    Hypothesis,
    Question,
    Rating,
    Rule,
)
from workbench.method import scoring
from workbench.method.matrix import build
from workbench.method.scoring import Assessment, assess

HERE = Path(__file__).parent
PRINTED = 1e-8  # the files give ten decimals


@cache
def published(name: str) -> dict[str, Any]:
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


NAMES = sorted(path.stem for path in HERE.glob("*.yaml"))
MATRICES = [name for name in NAMES if "hypotheses" in published(name)]


def each(section: str) -> list[Any]:
    """Give a section's entries with their file; an id is the file and the rule."""
    found = []
    for name in MATRICES:
        for one in published(name).get(section, ()):
            id_ = f"{name}-{one['rule']}"
            if "evidence" in one:
                id_ += f"-without-{one['evidence']}"
            found.append(pytest.param(name, one, id=id_))
    return found


def with_section(section: str) -> list[str]:
    return [name for name in MATRICES if section in published(name)]


@cache
def case(name: str) -> Case:
    file = published(name)
    titles = file.get("hypothesis_titles", {})
    return Case(
        Question(question=file["title"], title=file["title"]),
        tuple(
            Hypothesis(id_, id_.upper(), titles.get(id_, id_), "As published.")
            for id_ in file["hypotheses"]
        ),
        (),
        tuple(
            Evidence(
                id=row["id"],
                label=row["id"].upper(),
                title=row["title"],
                statement=row["title"],
                credibility=row["credibility"],
                relevance=row["relevance"],
                ratings={
                    id_: Rating(Consistency(code))
                    for id_, code in row["ratings"].items()
                },
            )
            for row in file["evidence"]
        ),
    )


def assessed(name: str, rule: str = "weighted-inconsistency") -> Assessment:
    return assess(build(case(name), rule=Rule(rule)))


def groups(ranking: list[list[str]]) -> list[set[str]]:
    return [set(group) for group in ranking]


def ranked(result: Assessment) -> list[set[str]]:
    return [set(group) for group in result.ranking]


def test_no_published_case_is_lost() -> None:
    assert len(MATRICES) == 11
    assert {"bayes_odds", "coherentization", "diagnosticity"} <= set(NAMES)


@pytest.mark.parametrize(("name", "expected"), each("expected"))
def test_the_published_scores_and_ranking(
    name: str, expected: Mapping[str, Any]
) -> None:
    result = assessed(name, expected["rule"])
    scores = {one.id: one.score for one in result.hypotheses}
    assert scores == pytest.approx(expected["scores"], rel=0, abs=PRINTED)
    assert ranked(result) == groups(expected["ranking"])
    unranked = {one.id for one in result.hypotheses if one.rank is None}
    assert unranked == set(expected.get("unranked", ()))


@pytest.mark.parametrize(("name", "left"), each("leave_out"))
def test_the_ranking_without_one_item(name: str, left: Mapping[str, Any]) -> None:
    matrix = build(case(name), rule=Rule(left["rule"]))
    rows = np.array([item.id != left["evidence"] for item in matrix.evidence])
    assert rows.sum() == len(rows) - 1
    assert ranked(assess(matrix.keep(rows))) == groups(left["ranking"])


@pytest.mark.parametrize("name", with_section("diagnosticity"))
def test_the_published_diagnosticity(name: str) -> None:
    found = {one.id: one.diagnosticity for one in assessed(name).evidence}
    expected = published(name)["diagnosticity"]
    assert found == pytest.approx(expected, rel=0, abs=PRINTED)


@pytest.mark.parametrize("name", with_section("non_diagnostic"))
def test_the_items_that_separate_nothing(name: str) -> None:
    found = [one.id for one in assessed(name).evidence if one.diagnosticity == 0]
    assert found == published(name)["non_diagnostic"]


@pytest.mark.parametrize("name", with_section("flags"))
def test_the_flags_of_the_hypotheses_named(name: str) -> None:
    standing = assessed(name).standing
    for id_, flags in published(name)["flags"].items():
        assert set(standing[id_].flags) == set(flags)


def rows_of_measures() -> list[Any]:
    rows = published("diagnosticity")["rows"]
    return [pytest.param(row, id=" ".join(row["ratings"])) for row in rows]


@pytest.mark.parametrize("row", rows_of_measures())
def test_diagnosticity_is_the_spread_and_never_the_row_total(
    row: Mapping[str, Any],
) -> None:
    ids = [f"h{number + 1}" for number in range(len(row["ratings"]))]
    one = Evidence(
        id="e1",
        label="E1",
        title="Row",
        statement="Row.",
        ratings={
            id_: Rating(Consistency(code))
            for id_, code in zip(ids, row["ratings"], strict=True)
        },
    )
    hypotheses = tuple(Hypothesis(id_, id_.upper(), id_, id_) for id_ in ids)
    matrix = build(Case(Question("Which?", "Which"), hypotheses, (), (one,)))
    found = scoring.diagnosticity(matrix)
    assert found.tolist() == pytest.approx([row["sd"]], rel=0, abs=PRINTED)
