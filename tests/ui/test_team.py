"""The Team page through the app: everybody side by side, and whose each table is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import make_case
from tests.ui.prose import unlinked
from tests.ui.visitor import opened
from workbench.case import folder
from workbench.case.model import Case, Rule
from workbench.method.agreement import agreements, weighted_kappa
from workbench.method.group import differing, group, stacked
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.record.analysts import Analysts
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger, default_url
from workbench.wording import shown
from workbench.wording.agreeing import describe_agreement, describe_mean
from workbench.wording.verdict import spoken

UNRATED = make_case("E1: - - -", "E2: - - -", "E3: - - -")
RATED = {
    "ann": ["II I C", "N I C", "C I N"],
    "ben": ["I II C", "N I C", "CC I N"],
    "eve": ["C II I", "N C II", "C I -"],
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBENCH_CASE", str(tmp_path))
    monkeypatch.delenv("WORKBENCH_LEDGER", raising=False)
    monkeypatch.setenv("LOGNAME", "ann")
    return tmp_path


def judged(place: Path, case: Case, *names: str, odd: bool = False) -> Analysts:
    """Write a case with the judgments of analysts; gives what they come to."""
    if not folder.is_case(place):
        folder.write(place, case)
    case = folder.load(place)
    ledger = Ledger(default_url(place))
    for name in names:
        cells = [
            ["rating", f"e{i + 1}", f"h{j + 1}", code, f"{name} says so"]
            for i, row in enumerate(RATED[name])
            for j, code in enumerate(row.split())
            if code != "-"
        ]
        shares = [
            ["probability", f"h{j + 1}", None, p]
            for j, p in enumerate((0.5, 0.3, 0.2 if not odd else 0.7))
        ]
        Desk(ledger, case, name).change(f"page-{name}", 1, cells + shares)
    return Analysts(ledger, case)


def prose(app: AppTest) -> str:
    texts = [unlinked(one.value) for one in (*app.markdown, *app.caption, *app.info)]
    return "\n".join(texts).replace("\\", "")


@pytest.mark.parametrize(
    ("columns", "label"),
    [
        ((), "Name hypotheses in the Matrix"),
        (UNRATED.hypotheses, "Add evidence in the Matrix"),
    ],
)
def test_a_case_with_nothing_to_rate_is_offered_what_it_lacks(place, columns, label):
    folder.write(place, replace(UNRATED, hypotheses=columns, evidence=()))
    assert label in {one.label for one in opened("team").button}


def test_nobody_and_one_alone_are_told_what_to_do_next(place: Path):
    judged(place, UNRATED)
    app = opened("team")
    assert "Nobody has judged this case yet" in prose(app)
    assert "Rate in the Matrix" in {one.label for one in app.button}
    judged(place, UNRATED, "ann")
    app = opened("team")
    assert "One analyst alone has judged this case" in prose(app)
    assert "#### Agreement" not in prose(app)


def test_everybodys_ranking_the_mean_and_the_agreement_are_those_of_the_core(
    place: Path,
):
    given = judged(place, UNRATED, "ann", "ben", "eve").judgments()
    case = folder.load(place)
    each = {name: build(case, own) for name, own in given.items()}
    found, names = group(each), spoken(assess(each["ann"]))
    said = prose(opened("team"))
    assert describe_mean(names, found, Rule.WEIGHTED_INCONSISTENCY) in said
    assert describe_agreement(agreements(each).whole) in said
    lines = said.splitlines()
    rows = {
        row.strip("| ").split(" | ")[0]: row.strip("| ").split(" | ")[1:]
        for row in lines[lines.index("#### Rankings") :][:8]
        if row.startswith("| ")
    }
    for column, (id_, mean) in enumerate(found.scores.items()):
        for name, one in each.items():
            score = assess(one).standing[id_].score
            assert rows[name][column].startswith(f"{shown(score)} (")
        assert rows["Mean"][column].startswith(f"{shown(mean)} (")
        first = float(rows["First for"][column])
        assert first == pytest.approx(found.leads[id_] * len(each), abs=0.005)


def test_who_has_another_first_than_most_is_told_where_their_view_is_kept(
    place: Path, monkeypatch: pytest.MonkeyPatch
):
    given = judged(place, UNRATED, "ann", "ben", "eve").judgments()
    case = folder.load(place)
    first = {
        name: frozenset(assess(build(case, own)).ranking[0])
        for name, own in given.items()
    }
    told = {}
    for name in first:
        monkeypatch.setenv("LOGNAME", name)
        told[name] = "Most have another first than you." in prose(opened("team"))
    most = max(first.values(), key=list(first.values()).count)
    many = list(first.values()).count
    assert told == {name: many(one) < many(most) for name, one in first.items()}
    assert any(told.values())


def test_the_grid_says_whose_ratings_it_shows(place: Path):
    judged(place, UNRATED, "ann", "ben")
    app = opened("team")
    whose = app.selectbox(key="team_whose")
    assert whose.options == ["Everybody, side by side", "ann", "ben"]
    assert [one for one in app.get("html") if "Ratings of 2 analysts" in one.proto.body]
    for name in ("ben", "ann"):
        app.selectbox(key="team_whose").set_value(name).run()
        shown_ = [
            one.proto.body for one in app.get("html") if "<caption>" in one.proto.body
        ]
        assert [f"Ratings of {name}" in one for one in shown_] == [True]


def test_two_are_compared_cell_by_cell_with_their_reasons(place: Path):
    given = judged(place, UNRATED, "ann", "ben", "eve").judgments()
    case = folder.load(place)
    each = {name: build(case, own) for name, own in given.items()}
    app = opened("team")
    for one, other in (("ann", "eve"), ("ben", "eve")):
        app.selectbox(key="team_one").set_value(one).run()
        app.selectbox(key="team_other").set_value(other).run()
        assert not app.exception
        both = {name: each[name] for name in (one, other)}
        kappa = weighted_kappa(*stacked(both)[1].reshape(2, -1))
        many = len(differing(both))
        said = prose(app)
        assert f"differ in {many} cells; weighted kappa: {shown(kappa)}." in said
        [table] = [one.value for one in app.dataframe]
        assert set(table[f"{other}: reason"]) == {f"{other} says so"}
        assert table["Effect"].max() > 0
        for _, row in table.iterrows():
            assert row[one] != row[other]


def test_ratings_left_as_published_are_said_to_be_no_second_opinion(place: Path):
    published = make_case("E1: I C II", "E2: C I C", "E3: N N I")
    judged(place, published, "ann", "eve")
    ledger = Ledger(default_url(place))
    case = folder.load(place)
    for op, name in enumerate(("cid", "dan"), start=1):
        change = [["rating", "e1", "h1", "CC", ""]]
        Desk(ledger, case, name).change("page", op, change)
    app = opened("team")
    assert any("no second opinion" in one.value for one in app.warning)
    assert "as published" in prose(app)


def test_probabilities_are_made_coherent_and_then_averaged_alike(place: Path):
    judged(place, UNRATED, "ann")
    judged(place, UNRATED, "ben", odd=True)
    app = opened("team")
    said = prose(app)
    # .5 .3 .2 as they are; .5 .3 .7 over 1.5 are .333 .2 .467: a mean of .417 .25 .333
    rows = [row for row in said.splitlines() if row.startswith("| Mean ")]
    assert rows[-1] == "| Mean | 41.7% | 25.0% | 33.3% |"
    # odds 1 and .5 give sqrt .5, and so on: .414, .247 and .319 over their sum
    app.segmented_control(key="team_pool").set_value("geometric").run()
    assert not app.exception
    assert "| Geometric mean of odds | 42.3% | 25.2% | 32.5% |" in prose(app)


def test_many_hypotheses_stand_in_a_table_that_scrolls(place: Path):
    wide = make_case("E1: - - - - - -", "E2: - - - - - -", "E3: - - - - - -")
    judged(place, wide, "ann", "ben")
    tables = [one.value for one in opened("team").dataframe]
    assert list(tables[0]["Analyst"]) == ["ann", "ben", "Mean", "First for"]
    assert len(tables[0].columns) == 7
