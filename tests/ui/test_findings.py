"""Findings stand beside what they speak of, on each page that shows it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import make_case
from tests.ui.prose import unlinked
from tests.ui.visitor import opened
from workbench.case import folder
from workbench.case.model import Case
from workbench.method.checks import Finding, findings
from workbench.method.matrix import Matrix, build
from workbench.method.scoring import assess
from workbench.ui import robustness_found
from workbench.ui.controls import literal
from workbench.ui.findings_list import TITLE


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBENCH_CASE", str(tmp_path))
    monkeypatch.delenv("WORKBENCH_LEDGER", raising=False)
    monkeypatch.setenv("LOGNAME", "analyst-1")
    return tmp_path


def asked_of_many() -> Case:
    """Give a case that is asked something about each kind of thing."""
    case = make_case(
        "E1: II C N",
        "E2: I C -",
        "E3: C C C",
        sources={"e1": "a", "e2": "a", "e3": "b"},
    )
    first, *rest = case.evidence
    graded = replace(first, grade="E5", credibility="high")
    return replace(case, evidence=(graded, *rest))


def showing(place: Path, case: Case, page: str) -> AppTest:
    folder.write(place, case)
    return opened(page)


def asked(case: Case, kind: str, id_: str | None = None) -> list[Finding]:
    found = [one for one in findings(assess(build(case))) if one.subject.kind == kind]
    return [one for one in found if id_ in (None, one.subject.id)]


def said(app: AppTest) -> str:
    return unlinked("\n".join(one.value for one in app.main.markdown))


def test_a_hypothesis_has_its_findings_beside_it(place: Path) -> None:
    case = asked_of_many()
    app = showing(place, case, "question")
    about = asked(case, "hypothesis")
    assert {one.subject.id for one in about} == {"h1", "h2", "h3"}
    for one in about:
        line = f"*{one.severity.value.capitalize()}.* {literal(one.message)}"
        assert line in said(app)


def test_a_parked_hypothesis_is_asked_nothing(place: Path) -> None:
    parked = dict.fromkeys(["h1", "h2", "h3"], "parked")
    case = make_case("E1: I C N", "E2: C I N", status=parked)
    assert TITLE not in said(showing(place, case, "question"))


def test_an_item_has_its_own_findings_beside_it_and_no_others(place: Path) -> None:
    case = asked_of_many()
    app = showing(place, case, "evidence")
    texts = {case.evidence[0].id: said(app)}
    for item in case.evidence[1:]:
        texts[item.id] = said(app.get_by_key("step_Next").click().run())
    every = asked(case, "evidence")
    assert {"unrated", "separates-nothing", "grade-disagrees"} <= {
        one.code for one in every
    }
    for item in case.evidence:
        for one in every:
            own = one.subject.id == item.id
            assert (literal(one.message) in texts[item.id]) == own


def test_a_source_has_its_findings_where_it_is_named(place: Path) -> None:
    case = asked_of_many()
    (one,) = asked(case, "source", "a")
    app = showing(place, case, "evidence")
    assert literal(one.message) in said(app)
    app.get_by_key("step_Next").click().run()
    app.get_by_key("step_Next").click().run()  # E3 cites another source
    assert literal(one.message) not in said(app)


def test_the_matrix_page_looks_for_nothing_that_takes_long_until_it_is_asked(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_long(_revision: str, _matrix: Matrix) -> None:
        raise AssertionError("the grid would wait for this")

    monkeypatch.setattr(robustness_found, "exact", too_long)
    app = showing(place, asked_of_many(), "matrix")
    app.get_by_key("every_rule_choice").set_value(True).run()
    assert not app.exception


def test_what_is_asked_of_the_case_is_folded_away_beside_the_grid(place: Path) -> None:
    case = asked_of_many()
    about = [*asked(case, "case"), *asked(case, "source")]
    assert about
    text = said(showing(place, case, "matrix"))
    assert not any(literal(one.message) in text for one in about)
