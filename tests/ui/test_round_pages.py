"""A round through the app's own pages: what is in view while one rates blind."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import make_case
from tests.ui.prose import unlinked
from tests.ui.visitor import opened
from workbench.case import folder
from workbench.record import callers
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger, default_url
from workbench.record.rights import Role
from workbench.record.roles import COMMAND_LINE, give
from workbench.team import rounds
from workbench.ui import entrance
from workbench.ui.round_stand import SHUT

ISSUER = "https://id.example.org"
LEA, ANN, BEN, ROB = (f"{ISSUER}#{one}" for one in ("lea", "ann", "ben", "rob"))
ROLES = {LEA: Role.LEAD, ANN: Role.ANALYST, BEN: Role.ANALYST, ROB: Role.READER}
NAMES = {LEA: "Lea", ANN: "Ann", BEN: "Ben", ROB: "Rob"}
AGAIN = "What is rated the second time"
SECRET = "A reason that nobody is to read"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case that Ann and Ben have rated, and of which Lea is lead."""
    monkeypatch.setenv("WORKBENCH_CASE", str(tmp_path))
    monkeypatch.setenv("WORKBENCH_SIGN_IN", "1")
    monkeypatch.delenv("WORKBENCH_LEDGER", raising=False)
    folder.write(tmp_path, make_case("E1: CC I N", "E2: C N II"))
    with desks(tmp_path) as at:
        for person, role in ROLES.items():
            give(at(COMMAND_LINE), person, role)
        for number, person in enumerate((ANN, BEN), start=1):
            change = ["rating", "e1", "h1", ("II", "I")[number - 1], SECRET]
            at(NAMES[person], person).change(NAMES[person], 1, [change])
    return tmp_path


def desks(place: Path):
    """Open desks at the case; whoever opens closes."""
    ledger, case = Ledger(default_url(place)), folder.load(place)

    class At(closing):  # what is given opens a desk
        def __enter__(self):
            return lambda name, who=None: Desk(ledger, case, name, who)

    return At(ledger)


@pytest.fixture
def come(monkeypatch: pytest.MonkeyPatch):
    """Be somebody who has signed in."""

    def be(person: str) -> None:
        now = time.time()
        claims = {
            "is_logged_in": True,
            "iss": ISSUER,
            "sub": person.partition("#")[2],
            "name": NAMES[person],
            "iat": now - 60,
            "exp": now + 3540,
        }
        monkeypatch.setattr(entrance, "claims", lambda: claims)

    return be


def prose(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.info, app.warning, app.success)
    texts = [unlinked(one.value) for kind in kinds for one in kind]
    return "\n".join(texts).replace("\\", "")


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=f"round_{key}").click().run()
    assert not app.exception, app.exception
    return app


def given(app: AppTest) -> str:
    """Give all that a page was given, its components' data among it."""

    def walked(block) -> list[str]:
        found = [str(getattr(block, "proto", ""))]
        children = getattr(block, "children", {}).values()
        return [*found, *(text for one in children for text in walked(one))]

    return "\n".join(walked(app._tree))  # its own tree of what it was given


def test_a_round_from_its_beginning_to_its_end(place, come):
    come(LEA)
    lead = opened("team")
    assert SECRET in given(opened("team"))
    lead.multiselect(key="round_people").set_value([ANN, BEN]).run()
    press(lead, "begin")
    assert "The round has begun" in prose(lead)
    assert "Round 1 is blind" in prose(lead)
    assert "Nobody has locked yet. Still rating: Ann and Ben." in prose(lead)
    assert SECRET not in given(lead)
    assert lead.button(key="round_reveal").disabled

    come(ANN)
    for page in ("", *(name.lower() for name in SHUT), "team", "evidence", "question"):
        app = opened(page)
        text = given(app)
        assert "Round 1 is blind" in prose(app) + text, page
        assert "CC" not in prose(app), page
        if page not in ("", "evidence", "question"):
            assert "least inconsistent" not in prose(app), page
    team = opened("team")
    assert [one.key for one in team.button if (one.key or "").startswith("round_")] == [
        "round_lock"
    ]
    press(team, "lock")
    assert "Your ratings are locked." in prose(team)
    press(team, "unlock")
    assert "Your ratings are open again." in prose(team)
    press(team, "lock")

    come(BEN)
    press(opened("team"), "lock")
    come(LEA)
    lead = opened("team")
    assert "Has locked: Ann and Ben." in prose(lead)
    (noted,) = [row for row in lead.markdown if "the page Robustness" in row.value]
    assert "Ann" in noted.value
    press(lead, "reveal")
    assert "UTC: all had locked." in prose(lead)
    assert SECRET in given(opened("team"))
    press(lead, "rerate")
    with desks(place) as at:
        at("Ann", ANN).change("again", 1, [["rating", "e2", "h1", "C", AGAIN]])
    again = given(opened("team"))
    assert SECRET in again  # what was revealed is there to talk about
    assert AGAIN not in again
    for person in (ANN, BEN):
        come(person)
        press(opened("team"), "lock")
    come(LEA)
    lead = opened("team")
    press(lead, "reveal")
    press(lead, "close")
    assert "open work" in prose(lead)
    assert "Begin the round" in [one.label for one in lead.button]


@pytest.mark.parametrize("person", [LEA, ROB])
def test_who_looks_on_sees_own_work_and_nobodys_else(place, come, person):
    with desks(place) as at:
        rounds.begin(at("Lea", LEA), [ANN, BEN])
    come(person)
    for page in ("", "robustness", "team", "history", "report"):
        text = given(opened(page))
        assert SECRET not in text, page
    assert "Round 1 is blind" in prose(opened("team"))


def test_a_file_of_a_page_drawn_before_is_refused_once_the_round_is_blind(place, come):
    come(ANN)
    before = opened("report")
    with desks(place) as at:
        rounds.begin(at("Lea", LEA), [ANN, BEN])
    log = opened("history")
    assert "shows nothing yet" in prose(log)
    before.selectbox(key="slide_picture").select_index(0).run()
    assert "shows nothing yet" in prose(before)
    with desks(place) as at:
        found = callers.refusals(at("Ann", ANN).ledger, folder.load(place).question.id)
    assert {one.what for one in found} >= {"the page History", "the page Report"}
    assert {one.person for one in found} == {ANN}


def test_without_a_sign_in_or_a_round_nothing_on_the_first_screen_is_new(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("WORKBENCH_CASE", str(tmp_path))
    monkeypatch.setenv("LOGNAME", "ann")
    monkeypatch.delenv("WORKBENCH_SIGN_IN", raising=False)
    folder.write(tmp_path, make_case("E1: CC I N", "E2: C N II"))
    app = opened()
    assert "ound" not in prose(app).replace("around", "").replace("found", "")
    assert "is blind" not in given(app)
    assert "Nobody signs in here" not in prose(app)


def test_without_a_sign_in_the_round_says_that_it_rests_on_trust(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_CASE", str(tmp_path))
    monkeypatch.setenv("LOGNAME", "ann")
    monkeypatch.delenv("WORKBENCH_SIGN_IN", raising=False)
    folder.write(tmp_path, make_case("E1: CC I N", "E2: C N II"))
    app = opened("team")
    app.multiselect(key="round_people").set_value(["ann", "ben"]).run()
    press(app, "begin")
    assert "Nobody signs in here, so who is who is a matter of trust" in prose(app)
    assert "Round 1 is blind, so Report shows nothing yet" in prose(opened("report"))
