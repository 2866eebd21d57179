"""The first screen where there is nothing to rate yet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import make_case
from workbench.case import folder
from workbench.case.model import Case, Hypothesis, Question

ROOT = Path(__file__).parents[2]


def first_screen(case: Case, place: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    folder.write(place, case)
    monkeypatch.setenv("WORKBENCH_CASE", str(place))
    monkeypatch.delenv("WORKBENCH_LEDGER", raising=False)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    assert not app.exception
    return app


@pytest.mark.parametrize(
    ("case", "lacks"),
    [
        (Case(Question("Who moved it?", "Buoy")), "two or more answers"),
        (
            Case(
                Question("Who moved it?", "Buoy"),
                (Hypothesis("storm", "H1", "Storm", "It broke loose."),),
            ),
            "a second hypothesis",
        ),
    ],
)
def test_a_case_without_rows_or_columns_says_what_to_add(
    case: Case, lacks: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = first_screen(case, tmp_path, monkeypatch)
    assert lacks in app.info[0].value


def test_a_case_with_both_tells_the_grid_the_verdict_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = first_screen(make_case("E1: C I"), tmp_path, monkeypatch)
    assert not app.info
    (told,) = [
        json.loads(one.proto.json)
        for one in app.get("bidi_component")
        if one.proto.component_name == "rating_words"
    ]
    assert told["lines"][:2] == [
        "The evidence does not separate Title of H1 from Title of H2.",
        "Title of H1 is ahead now, by 1.00.",
    ]
    assert told["contenders"] == ["h1", "h2"]
