"""A public demonstration: everybody may look and judge, and nobody changes the case."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import make_case
from tests.ui.visitor import go, opened
from workbench.case import folder

FORBIDDEN = {
    "publish",
    "publish_preview",
    "read_again",
    "new_question",
    "example",
    "import_file",
    "import_make",
    "import_zip",
    "import_beside",
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBENCH_CASE", str(tmp_path))
    monkeypatch.setenv("WORKBENCH_ALLOW_ANONYMOUS", "1")
    monkeypatch.delenv("WORKBENCH_LEDGER", raising=False)
    return tmp_path


def keys(app: AppTest) -> set[str]:
    """Name all that can be pressed, ticked, typed or chosen on a page."""
    kinds = (app.button, app.checkbox, app.toggle, app.text_input, app.text_area)
    return {str(one.key) for kind in kinds for one in kind if not one.disabled}


def test_nobody_can_publish(place: Path) -> None:
    folder.write(place, make_case("E1: C I", "E2: I C"))
    app = opened()
    app.session_state["desk"].change("hand", 1, [["rating", "e1", "h1", "II"]])
    go(app, "report")
    app.get_by_key("publish_preview").set_value(True).run()
    assert not app.exception
    assert any("nobody can publish" in one.value for one in app.info)
    assert "publish" not in keys(app)


def test_nobody_can_begin_or_bring_in_a_case(place: Path) -> None:
    folder.write(place / "buoy", make_case("E1: C I"))
    app = opened()
    assert "open:buoy" in keys(app)
    assert not keys(app) & FORBIDDEN
    assert not app.get("file_uploader")
    assert not app.expander


def test_nobody_can_write_a_file_beside_the_one_case(place: Path) -> None:
    folder.write(place, make_case("E1: C I"))
    app = opened("report")
    assert not app.exception
    assert not app.get("file_uploader")
    assert any("nobody can import" in one.value for one in app.caption)


@pytest.mark.parametrize("page", ["question", "evidence"])
def test_nobody_is_offered_to_edit(place: Path, page: str) -> None:
    folder.write(place, make_case("E1: C I"))
    app = opened(page)
    assert not app.exception
    assert not [key for key in keys(app) if key.startswith("edit")]
    drawn = [one.proto.component_name for one in app.get("bidi_component")]
    assert "case_form" not in drawn


def test_no_message_changes_a_text_of_the_case(place: Path) -> None:
    folder.write(place, make_case("E1: C I"))
    before = folder.texts(place)
    desk = opened().session_state["desk"]
    title = {
        "act": "field",
        "what": "evidence",
        "id": "e1",
        "field": "title",
        "old": "Title of E1",
        "new": "Another",
    }
    receipt = desk.receive("hand", [[1, "act", title]])
    assert set(receipt.refused) == {1}
    assert "cannot be changed" in receipt.refused[1]
    assert folder.texts(place) == before


def test_nobody_can_take_a_name(place: Path) -> None:
    folder.write(place, make_case("E1: C I"))
    app = opened()
    assert app.session_state["analyst"].startswith("visitor-")
    named = [one for one in app.text_input if "name" in one.label.casefold()]
    assert all(one.disabled for one in named)
