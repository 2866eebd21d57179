"""The first screen: with nothing to rate yet, and what follows a change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import make_case
from tests.ui.visitor import opened
from workbench.case import folder
from workbench.case.entry import EntryKind
from workbench.case.model import Case, Hypothesis, Question
from workbench.ui.headline import Reached


def first_screen(case: Case, place: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    folder.write(place, case)
    monkeypatch.setenv("WORKBENCH_CASE", str(place))
    monkeypatch.delenv("WORKBENCH_LEDGER", raising=False)
    return opened()


def told_in_words(app: AppTest) -> dict[str, object]:
    (told,) = [
        json.loads(one.proto.json)
        for one in app.get("bidi_component")
        if one.proto.component_name == "rating_words"
    ]
    return told


@pytest.mark.parametrize(
    "case",
    [
        Case(Question("Who moved it?", "Buoy")),
        Case(
            Question("Who moved it?", "Buoy"),
            (Hypothesis("storm", "H1", "Storm", "It broke loose."),),
        ),
    ],
)
def test_a_case_without_rows_or_columns_has_its_grid_at_once(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = first_screen(case, tmp_path, monkeypatch)
    assert not app.info
    grid = app.session_state["grid_data"]
    assert [h[0] for h in grid["hypotheses"]] == [h.id for h in case.hypotheses]
    assert grid["adds"]["request"]["act"] == "add-hypothesis"


def test_a_case_with_both_tells_the_grid_the_verdict_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = first_screen(make_case("E1: C I"), tmp_path, monkeypatch)
    assert not app.info
    told = told_in_words(app)
    assert told["lines"][:2] == [
        "The evidence does not separate Title of H1 from Title of H2.",
        "Title of H1 is ahead now, by 1.00.",
    ]
    assert told["contenders"] == ["h1", "h2"]


def test_a_slider_in_mid_drag_moves_the_numbers_and_leaves_the_verdict_until_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = first_screen(make_case("E1: C I", "E2: I C"), tmp_path, monkeypatch)
    before = told_in_words(app)
    reached = []
    on = Reached.on
    monkeypatch.setattr(Reached, "on", lambda now: reached.append(now) or on(now))

    line = app.session_state["line"]
    for value in (1.5, 2.0):
        line.previews = {(EntryKind.EMPHASIS, "e1"): value}
        app.run()
        _, now = app.session_state["assessment"]
        assert sorted(one.score for one in now.hypotheses) == pytest.approx([1, value])
    assert told_in_words(app) == before
    assert not reached

    line.previews = {}
    app.session_state["desk"].change("hand", 1, [["emphasis", "e1", None, 2.0]])
    app.run()
    assert told_in_words(app) != before
    assert len(reached) == 1
