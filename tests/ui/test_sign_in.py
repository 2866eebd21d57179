"""Where people sign in, through the app's own pages; a browser is elsewhere."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import make_case
from tests.ui.visitor import opened
from workbench.case import folder
from workbench.case.model import Case, Question
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger, default_url
from workbench.record.rights import Role, roles
from workbench.record.roles import COMMAND_LINE, give
from workbench.ui import entrance

ISSUER = "https://id.example.org"
ROWS = ("E1: CC I N", "E2: C N II")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBENCH_CASE", str(tmp_path))
    monkeypatch.setenv("WORKBENCH_SIGN_IN", "1")
    monkeypatch.delenv("WORKBENCH_LEDGER", raising=False)
    return tmp_path


@pytest.fixture
def come(monkeypatch: pytest.MonkeyPatch):
    """Be somebody, whose token was issued some seconds ago, or nobody."""

    def be(name: str | None, age: float = 60) -> None:
        now = time.time()
        claims = {
            "is_logged_in": True,
            "iss": ISSUER,
            "sub": name,
            "name": "Anna",
            "iat": now - age,
            "exp": now - age + 3600,
        }
        told = claims if name else {"is_logged_in": False}
        monkeypatch.setattr(entrance, "claims", lambda: told)

    return be


def person(name: str) -> str:
    return f"{ISSUER}#{name}"


def on(place: Path, **given: Role) -> None:
    """Give people roles in the case in a folder, which is made if it is not there."""
    if not folder.is_case(place):
        made = make_case(*ROWS)
        question = Question("What became of it?", f"The {place.name}")
        folder.write(
            place, Case(question, made.hypotheses, made.sources, made.evidence)
        )
    with closing(Ledger(default_url(place))) as ledger:
        for name, role in given.items():
            give(Desk(ledger, folder.load(place), COMMAND_LINE), person(name), role)


def said(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.warning, app.info, app.success, app.code)
    texts = [one.value for kind in kinds for one in kind]
    return "\n".join(texts).replace("\\", "")


def entries(place: Path) -> list[Any]:
    with closing(Ledger(default_url(place))) as ledger:
        return ledger.entries()


@pytest.mark.parametrize("page", ["", "evidence", "team", "report", "history"])
def test_who_has_not_signed_in_or_is_over_sees_nothing_on_any_page(place, come, page):
    on(place, ann=Role.ANALYST)
    for name, age in ((None, 0), ("ann", 3600)):
        come(name, age)
        app = opened(page)
        assert [one.label for one in app.button] == ["Sign in"]
        assert "became" not in said(app)


@pytest.mark.parametrize("page", ["", "question", "history"])
@pytest.mark.parametrize("asked", [1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 21])
def test_a_sign_in_that_ends_while_a_page_is_drawn_has_the_page_ask_for_it(
    place, monkeypatch, page, asked
):
    on(place, ann=Role.ANALYST)
    now, times = time.time(), iter(range(asked))

    def claims() -> dict[str, Any]:
        lasts = 3600 if next(times, None) is not None else -1
        return {
            "is_logged_in": True,
            "iss": ISSUER,
            "sub": "ann",
            "name": "Anna",
            "iat": now - 60,
            "exp": now + lasts,
        }

    monkeypatch.setattr(entrance, "claims", claims)
    app = opened(page)
    assert not app.exception
    if next(times, None) is None:  # else it was asked for less often
        assert [one.label for one in app.button] == ["Sign in"]
        assert not app.error


def test_the_faults_of_a_case_are_for_who_is_on_it(place, come):
    on(place, ann=Role.READER)
    (place / "evidence/e1.yaml").write_text("label: [", encoding="utf-8")
    come("zoe")
    assert "e1" not in said(opened())
    come("ann")
    assert "e1" in said(opened())


def test_the_list_of_cases_has_those_that_one_is_on(place, come):
    on(place / "buoy", ann=Role.READER)
    on(place / "lamp", bob=Role.LEAD)
    come("ann")
    app = opened("cases")
    assert "The buoy" in said(app)
    assert "lamp" not in said(app)
    assert [one.label for one in app.button if one.label == "Begin the case"] == []
    come("zoe")
    assert person("zoe") in said(opened("cases"))
    assert "The lamp" not in said(opened(case="lamp"))


def test_work_bears_who_did_it_and_the_name_is_theirs_alone(place, come):
    on(place, ann=Role.ANALYST, bob=Role.ANALYST)
    come("ann")
    app = opened("evidence")
    app.get_by_key("credibility:e1").set_value("high").run()
    come("bob")  # whose sign-in tells the same name
    other = opened("evidence")
    other.get_by_key("analyst_name").set_value("Anna").run()
    assert "The name Anna is another's in this case." in said(other)
    other.get_by_key("analyst_name").set_value("Bob").run()
    other.get_by_key("credibility:e1").set_value("low").run()
    other.get_by_key("analyst_name").set_value("Robert").run()
    assert "kept under the name Bob, which stays" in said(other)
    found = [(one.analyst, one.identity) for one in entries(place)[2:]]
    assert found == [("Anna", person("ann")), ("Bob", person("bob"))]


def test_a_sign_in_that_ends_between_two_clicks_lets_nothing_through(place, come):
    on(place, ann=Role.ANALYST)
    come("ann")
    app = opened("evidence")
    before = entries(place)
    come("ann", age=3600)
    app.get_by_key("credibility:e1").set_value("high").run()
    assert "Your sign-in is over" in said(app)
    assert entries(place) == before


def test_a_reader_is_refused_by_name(place, come):
    on(place, ann=Role.READER)
    come("ann")
    app = opened("evidence")
    app.get_by_key("credibility:e1").set_value("high").run()
    assert "not allowed: your role in this case is reader; ask a lead" in said(app)


def test_a_lead_gives_roles_and_nobody_else_is_offered_to(place, come):
    on(place, lea=Role.LEAD, bob=Role.ANALYST)
    come("bob")
    assert not [one for one in opened("team").selectbox if "Role of" in one.label]
    come("zoe")
    assert person("zoe") in said(opened())
    come("lea")
    app = opened("team")
    key = f"role:{person('zoe')}"
    app.get_by_key(key).set_value("analyst").run()
    assert "Anna is analyst now." in said(app)
    app.get_by_key(f"role:{person('bob')}").set_value("no role").run()
    assert "has no role now." in said(app)
    app.get_by_key(key).set_value("reader").run()
    app.get_by_key(f"role:{person('lea')}").set_value("no role").run()
    assert "is the only lead of this case" in said(app)
    assert roles(entries(place)) == {
        person("lea"): Role.LEAD,
        person("zoe"): Role.READER,
    }
