"""The cases of a store through the app: begun, edited, published, shared."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import make_case
from tests.ui.test_cases import address, said
from tests.ui.test_thing_acts import chosen, pressed
from tests.ui.visitor import go, opened
from workbench.case import folder
from workbench.record import stored_cases
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger
from workbench.record.rights import Role, role_of
from workbench.record.roles import COMMAND_LINE, give
from workbench.record.shelves import StoreShelf
from workbench.record.store.opening import file_url
from workbench.ui import entrance
from workbench.wording.logged import logged

ID = "buoy-1a2b3c"
ISSUER = "https://id.example.org"
PAGES = ("question", "evidence", "robustness", "probability", "team", "watch")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """Give the empty store that the app will serve."""
    url = file_url(tmp_path / "team.sqlite3")
    monkeypatch.setenv("WORKBENCH_STORE", "1")
    monkeypatch.setenv("WORKBENCH_LEDGER", url)
    monkeypatch.setenv("LOGNAME", "ann")
    ledger = Ledger(url)
    yield ledger
    ledger.close()


def bring(
    store: Ledger, where: Path, id_: str = ID, lead: str | None = None
) -> StoreShelf:
    made = make_case("E1: CC I", "E2: C N")
    question = replace(
        made.question, id=id_, title=f"The {id_.split('-', maxsplit=1)[0]}"
    )
    folder.write(where, replace(made, question=question))
    stored_cases.bring(store, [stored_cases.bundle(where)], lead)
    return StoreShelf(store, id_)


def rate(store: Ledger, id_: str, analyst: str) -> None:
    desk = Desk(store, StoreShelf(store, id_).load(), analyst)
    desk.change("form-x", 1, [["rating", "e1", "h2", "II", "Seen."]])


def test_a_case_is_begun_in_the_store_and_opened(store: Ledger) -> None:
    app = opened()
    assert "There is no case here yet" in "".join(one.title for one in app.info)
    app.get_by_key("new_question").set_value("Why did the ship go down?")
    (begin,) = (one for one in app.button if one.label == "Begin the case")
    begin.click().run()
    assert not app.exception
    (standing,) = stored_cases.listed(store)
    assert address(app) == [standing.case]
    question = StoreShelf(store, standing.case).load().question
    assert question.question == "Why did the ship go down?"
    pressed(opened("cases"), "example")
    assert len(stored_cases.listed(store)) == 2
    assert "2 cases in the store" in said(opened("cases"))


def test_an_item_is_edited_undone_and_published_in_the_store(
    store: Ledger, tmp_path: Path
) -> None:
    shelf = bring(store, tmp_path / "buoy")
    before = shelf.texts()
    app = opened("evidence", case=ID)
    pressed(app, "edit:evidence")
    chosen(app, "more:e1", "Rename its id")
    pressed(chosen(app, "id:e1", "first-sight"), "do:rename:e1")
    assert set(shelf.load().item) == {"e2", "first-sight"}
    other = opened("evidence", case=ID)
    assert "first-sight" in other.session_state["case"].item
    pressed(app, "frame_undo")
    assert shelf.texts() == before
    go(other, "evidence")
    assert set(other.session_state["case"].item) == {"e1", "e2"}
    rate(store, ID, "ann")
    app = opened("report", case=ID)
    app.get_by_key("publish_preview").set_value(True).run()
    app.get_by_key("publish").click().run()
    assert not app.exception
    assert shelf.load().item["e1"].ratings["h2"].because == "Seen."
    assert "1 file written" in "".join(one.value for one in app.success)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_a_case_of_the_store(
    store: Ledger, tmp_path: Path, page: str
) -> None:
    bring(store, tmp_path / "buoy")
    assert "The buoy" in said(opened(page, case=ID))


def test_a_snapshot_keeps_the_texts_of_the_store(store: Ledger, tmp_path: Path) -> None:
    shelf = bring(store, tmp_path / "buoy")
    rate(store, ID, "ann")
    app = opened("history", case=ID)
    name = next(one for one in app.text_input if "snapshot" in str(one.key))
    name.set_value("First look").run()
    (save,) = (one for one in app.button if one.label == "Save snapshot")
    save.click().run()
    assert not app.exception
    (entry,) = store.entries(kinds=["snapshot"])
    listing = str(store.text(str(entry.change.to)))
    assert len(listing.splitlines()) == len(shelf.texts())


def test_cells_that_are_pasted_become_a_case_of_the_store(store: Ledger) -> None:
    app = opened()
    cells = "Evidence\tStorm\tCollision\nCalm sea\tI\tC\nBent hull\tN\tCC"
    app.get_by_key("import_paste").set_value(cells).run()
    assert [one for one in app.text_input if "folder" in one.label] == []
    app.get_by_key("import_make").click().run()
    assert not app.exception
    (standing,) = stored_cases.listed(store)
    assert address(app) == [standing.case]
    case = StoreShelf(store, standing.case).load()
    assert (len(case.hypotheses), len(case.evidence)) == (2, 2)
    (note,) = store.entries(case=standing.case)
    said = logged(note.change, case, case).said
    assert said.startswith("Brought in from \u201cpasted cells\u201d: files: ")
    assert note.change.because.startswith("by ")


def test_a_store_out_of_reach_is_said_and_nothing_else(
    store: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del store
    (tmp_path / "no.sqlite3").write_text("no ledger at all, but a file" * 99)
    monkeypatch.setenv("WORKBENCH_LEDGER", file_url(tmp_path / "no.sqlite3"))
    app = opened()
    assert "cannot be opened" in "".join(one.value for one in app.error)


def test_an_id_that_the_store_has_not_is_named(store: Ledger, tmp_path: Path) -> None:
    bring(store, tmp_path / "buoy")
    for asked in ("lamp", "../buoy", "\0", "%"):
        assert "There is no case" in said(opened(case=asked))


# ------------------------------------------------------------------ signed in


def come(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Be somebody who has signed in."""
    now = time.time()
    claims = {"is_logged_in": True, "iss": ISSUER, "sub": name, "name": name.title()}
    claims |= {"iat": now - 60, "exp": now + 3600}
    monkeypatch.setenv("WORKBENCH_SIGN_IN", "1")
    monkeypatch.setattr(entrance, "claims", lambda: claims)


def test_one_sees_and_opens_the_cases_that_one_is_on(
    store: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(store, tmp_path / "buoy", lead=f"{ISSUER}#ann")
    bring(store, tmp_path / "lamp", "lamp-4d5e6f", lead=f"{ISSUER}#bob")
    come(monkeypatch, "ann")
    app = opened("cases")
    assert ("The buoy" in said(app), "The lamp" in said(app)) == (True, False)
    shut = opened(case="lamp-4d5e6f")
    assert "The lamp" not in said(shut)
    assert "grid_data" not in shut.session_state
    mine = opened("team", case=ID)
    assert "The buoy" in said(mine)
    desk = Desk(store, StoreShelf(store, ID).load(), COMMAND_LINE)
    give(desk, f"{ISSUER}#bob", Role.LEAD)
    give(desk, f"{ISSUER}#ann", None)
    go_on: AppTest = mine.run()
    assert "The buoy" not in said(go_on)


def test_whoever_begins_a_case_leads_it(
    store: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    come(monkeypatch, "zoe")
    app = opened("cases")
    assert "is yours to lead" in said(app)
    pressed(app, "example")
    (standing,) = stored_cases.listed(store)
    assert role_of(store, standing.case, f"{ISSUER}#zoe") is Role.LEAD
    assert address(app) == [standing.case]
    assert "grid_data" in app.session_state
    come(monkeypatch, "yan")
    assert "The buoy" not in said(opened("cases"))
    assert "Withdrawal" not in said(opened(case=standing.case))
