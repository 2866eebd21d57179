"""Items merged, moved and renamed on their page: looked at before, done in one act."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import make_case
from tests.ui.test_cases import said
from tests.ui.test_pages import judgments
from tests.ui.visitor import go, opened
from workbench.case import folder
from workbench.case.editing import plan as editing
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger, default_url
from workbench.ui.controls import literal


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder that the app will serve."""
    monkeypatch.setenv("WORKBENCH_CASE", str(tmp_path))
    monkeypatch.delenv("WORKBENCH_LEDGER", raising=False)
    monkeypatch.setenv("LOGNAME", "analyst-1")
    folder.write(tmp_path, make_case("E1: C I", "E2: N I", "E3: I C", "E4: N N"))
    return tmp_path


def judge(place: Path, analyst: str, *changes: list[str]) -> None:
    with closing(Ledger(default_url(place))) as ledger:
        desk = Desk(ledger, folder.load(place), analyst)
        desk.change(f"form-{analyst}", desk.revision + 1, changes)


def evidence(act: str, item: str = "e1") -> AppTest:
    """Open an item to be edited, and choose what is to be done with it."""
    app = opened("evidence")
    app.get_by_key("edit:evidence").click().run()
    return chosen(app, f"more:{item}", act)


def chosen(app: AppTest, key: str, value: object) -> AppTest:
    app.get_by_key(key).set_value(value).run()
    assert not app.exception
    return app


def pressed(app: AppTest, key: str) -> AppTest:
    app.get_by_key(key).click().run()
    assert not app.exception
    return app


def offers(app: AppTest, key: str) -> bool:
    return any(one.key == key for one in app.button)


def test_two_items_are_one_once_every_difference_is_chosen(place: Path) -> None:
    judge(place, "analyst-1", ["rating", "e1", "h2", "CC", "Mine."])
    judge(place, "analyst-2", ["rating", "e2", "h1", "II", "Theirs."])
    before = editing.read_texts(place)
    app = chosen(evidence("Merge with another"), "merge:e1", "e2")
    assert not offers(app, "do:merge:e1")
    assert "Also rated by " + literal("analyst-2") in said(app)
    published = "cell:as published:e1:e2:h1"
    for at in (0, 1):  # the second choice is the one that counts
        chosen(app, published, at)
    chosen(app, "cell:as you rate it:e1:e2:h2", 0)
    assert "This changes 2 files" in said(app)
    pressed(app, "do:merge:e1")
    case = folder.load(place)
    assert list(case.item) == ["e1", "e3", "e4"]
    assert case.item["e1"].ratings["h1"].consistency.value == "N"
    assert case.item["e1"].statement == "Statement of E1. Statement of E2."
    assert judgments(place).ratings["e1", "h2"].because == "Mine."
    pressed(app, "frame_undo")
    assert editing.read_texts(place) == before
    assert folder.load(place).item["e2"]


def test_the_merged_texts_are_written_over_before_the_act(place: Path) -> None:
    app = chosen(evidence("Merge with another"), "merge:e1", "e3")
    for at in (0, 1):
        chosen(app, "statement:e1:e3", ("e3", "both")[at])
    (area,) = app.text_area
    assert area.value == "Statement of E1. Statement of E3."
    for text in ("Half of it.", "It was seen twice."):
        area.set_value(text).run()
        (area,) = app.text_area
    title = next(one for one in app.text_input if one.label == "Title of both")
    title.set_value("Seen twice").run()
    for key in ("h1", "h2"):
        chosen(app, f"cell:as published:e1:e3:{key}", 0)
    pressed(app, "do:merge:e1")
    merged = folder.load(place).item["e1"]
    assert (merged.title, merged.statement) == ("Seen twice", "It was seen twice.")
    assert list(folder.load(place).item) == ["e1", "e2", "e4"]


def test_who_rated_the_item_that_is_gone_is_offered_it_once(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge(place, "analyst-2", ["rating", "e2", "h1", "II", "Theirs."])
    app = chosen(evidence("Merge with another"), "merge:e1", "e2")
    pressed(chosen(app, "cell:as published:e1:e2:h1", 1), "do:merge:e1")
    monkeypatch.setenv("LOGNAME", "analyst-2")
    app = opened("evidence")
    assert "which you rated" in said(app)
    assert literal("II against H1 (there N)") in said(app)
    (take,) = (one for one in app.button if one.label == "Take over my ratings")
    take.click().run()
    assert not app.exception
    assert "which you rated" not in said(app)
    with closing(Ledger(default_url(place))) as ledger:
        desk = Desk(ledger, folder.load(place), "analyst-2")
    assert desk.judgments.ratings["e1", "h1"].because == "Theirs."


def test_an_item_is_moved_and_what_mentions_it_stays_true(place: Path) -> None:
    judge(place, "analyst-1", ["rating", "e4", "h1", "CC", "Mine."])
    app = evidence("Move")
    chosen(app, "before:e1", "e3")
    chosen(app, "before:e1", "e4")
    assert "This changes 3 files" in said(app)
    pressed(app, "do:move:e1")
    order = [(one.id, one.label) for one in folder.load(place).evidence]
    assert order == [("e2", "E1"), ("e3", "E2"), ("e1", "E3"), ("e4", "E4")]
    assert list(judgments(place).ratings) == [("e4", "h1")]


def test_an_id_is_renamed_on_purpose_and_judgments_follow(place: Path) -> None:
    judge(place, "analyst-1", ["rating", "e1", "h1", "CC", "Mine."])
    app = evidence("Rename its id")
    for wrong, why in (("Not An Id", "is no id"), ("e2", "is the id of another")):
        chosen(app, "id:e1", wrong)
        assert why in said(app) + "".join(one.value for one in app.warning)
        assert not offers(app, "do:rename:e1")
    pressed(chosen(app, "id:e1", "first-sight"), "do:rename:e1")
    assert next(iter(folder.load(place).item)) == "first-sight"
    assert list(judgments(place).ratings) == [("first-sight", "h1")]
    assert literal("E1 Title of E1") in said(app)  # the same item is still open
    app = go(app, "question")
    pressed(app, "edit:hypothesis h1")
    chosen(app, "more:h1", "Rename its id")
    pressed(chosen(app, "id:h1", "storm"), "do:rename:h1")
    assert list(folder.load(place).hypothesis) == ["storm", "h2"]
    assert list(judgments(place).ratings) == [("first-sight", "storm")]


def test_a_half_is_shown_before_it_is_made(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = folder.load(place)
    longer = replace(case.item["e1"], statement="It was seen. It was heard.")
    changes = editing.plan(
        editing.read_texts(place),
        case,
        replace(case, evidence=(longer, *case.evidence[1:])),
    )
    editing.apply(place, changes)
    app = evidence("Split in two")
    assert "This changes 1 file" in said(app)
    chosen(app, "e1:1", value=True)
    assert "This changes 2 files" in said(app)
    chosen(app, "e1:0", value=True)
    assert "leave a sentence" in "".join(one.value for one in app.warning)
    assert editing.REWRITTEN not in said(chosen(app, "e1:0", value=False))
    # as for a form of YAML in which nothing can be changed by its place
    monkeypatch.setattr(editing, "respelled", lambda _text: iter(()))
    assert editing.REWRITTEN in said(app.run())
