"""A picture for a slide, through the app itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import make_case
from tests.ui.visitor import go, opened
from workbench.case import folder
from workbench.case.model import Case, Question
from workbench.report.pictures import PICTURES


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder that the app will serve."""
    monkeypatch.setenv("WORKBENCH_CASE", str(tmp_path))
    monkeypatch.delenv("WORKBENCH_LEDGER", raising=False)
    monkeypatch.setenv("LOGNAME", "analyst-1")
    return tmp_path


def report_page(place: Path, case: Case) -> AppTest:
    folder.write(place, case)
    return opened("report")


def dated() -> Case:
    return make_case(
        "E1: CC I N", "E2: C N II", dates={"e1": "2024-04-17", "e2": "2024-04-20"}
    )


def choose(app: AppTest, key: str, value: str) -> None:
    app.get_by_key(key).set_value(value).run()
    assert not app.exception
    assert app.get_by_key(key).value == value


def shown(app: AppTest) -> str:
    (image,) = app.get("image")
    return image.proto.imgs[0].alt


def test_no_picture_is_drawn_until_one_is_chosen(place):
    app = report_page(place, dated())
    assert not app.get("image")
    assert [one.label for one in app.get("download_button")] == ["Download html"]


def test_two_pictures_are_chosen_one_after_the_other(place):
    app = report_page(place, dated())
    choose(app, "slide_picture", "ranking")
    assert shown(app).startswith("By weighted inconsistency, least first: H1")
    choose(app, "slide_picture", "matrix")
    assert shown(app).startswith("The codes of 2 items against 3 hypotheses.")


def test_the_file_is_chosen_twice(place):
    app = report_page(place, dated())
    choose(app, "slide_picture", "rules")
    for to in ("svg", "png"):
        choose(app, "slide_format", to)
        labels = [one.label for one in app.get("download_button")]
        assert labels == ["Download html", f"Download {to.upper()}"]
        assert shown(app)


@pytest.mark.parametrize("name", PICTURES)
def test_each_picture_is_shown_with_its_words(place, name):
    app = report_page(place, dated())
    choose(app, "slide_picture", name)
    assert shown(app).endswith(".")


def test_the_picture_is_of_the_judgments_of_the_report(place):
    app = report_page(place, dated())
    choose(app, "slide_picture", "ranking")
    choose(app, "report_of", "As published")
    assert "H1" in shown(app)
    go(go(app, "guide"), "report")
    assert app.get_by_key("slide_picture").value == "ranking"


def test_an_empty_case_says_that_there_is_nothing_to_draw(place):
    app = report_page(place, Case(Question("Why?", "It")))
    choose(app, "slide_picture", "matrix")
    assert not app.get("image")
    assert "nothing to draw" in app.info[0].value
