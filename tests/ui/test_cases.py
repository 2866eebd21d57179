"""Several cases in one folder, through the app itself."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import make_case
from tests.ui.visitor import go, opened
from workbench.case import folder, library
from workbench.case.entry import Change, EntryKind
from workbench.case.model import Case, Question, Rule
from workbench.record.ledger import Ledger, default_url
from workbench.ui import live, state

ROOT = Path(__file__).parents[2]
FIRST = "The buoy"
SECOND = "The lamp"


def asking(title: str, rule: Rule = Rule.WEIGHTED_INCONSISTENCY) -> Case:
    case = make_case("E1: CC I N", "E2: C N II")
    question = Question(f"What became of it: {title}?", title, rule=rule)
    return Case(question, case.hypotheses, case.sources, case.evidence)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder that the app will serve, with two cases in it."""
    monkeypatch.setenv("WORKBENCH_CASE", str(tmp_path))
    monkeypatch.delenv("WORKBENCH_LEDGER", raising=False)
    monkeypatch.setenv("LOGNAME", "analyst-1")
    folder.write(tmp_path / "buoy", asking(FIRST))
    folder.write(tmp_path / "lamp", asking(SECOND, Rule.NET_SUPPORT))
    return tmp_path


def choose(app: AppTest, name: str) -> AppTest:
    app.get_by_key(f"open:{name}").click().run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return "\n".join(
        one.value
        for kind in (app.markdown, app.caption, app.warning, app.info, app.code)
        for one in kind
    )


def asked(app: AppTest) -> str:
    """Give the question that the grid on screen is given."""
    return str(app.session_state["grid_data"]["question"])


def address(app: AppTest) -> list[str]:
    found = app.query_params.get("case", [])
    return [found] if isinstance(found, str) else list(found)


def judge(app: AppTest, level: str) -> None:
    go(app, "evidence")
    app.get_by_key("credibility:e1").set_value(level).run()
    assert not app.exception


def test_without_a_case_in_the_address_the_cases_are_listed(place: Path) -> None:
    app = opened()
    for name in library.names(place):
        assert app.get_by_key(f"open:{name}").label == "Open"
    for title in (FIRST, SECOND):
        assert f"What became of it\\: {title}?" in said(app)
    assert "3 hypotheses, 2 items" in said(app)
    assert address(app) == []


def test_a_case_is_chosen_left_and_another_chosen(place: Path) -> None:
    app = opened()
    for name, title in (("buoy", FIRST), ("lamp", SECOND), ("buoy", FIRST)):
        choose(app, name)
        assert address(app) == [name]
        assert asked(app) == f"What became of it: {title}?"
        go(app, "evidence")
        assert address(app) == [name]
        assert f"**{title}**" in said(app)
        go(app, "cases")
        assert "open now" in "\n".join(one.value for one in app.markdown)
    assert place.is_dir()


@pytest.mark.usefixtures("place")
def test_a_session_begun_with_the_address_of_a_case_shows_it() -> None:
    app = opened(case="lamp")
    assert SECOND in asked(app)
    assert address(app) == ["lamp"]


@pytest.mark.parametrize("name", ["", "nowhere", "..", "../x", "buoy/", ".", "/etc"])
@pytest.mark.usefixtures("place")
def test_a_name_that_is_no_case_gives_the_list_and_says_so(name: str) -> None:
    app = opened(case=name)
    assert app.get_by_key("open:buoy")
    assert address(app) == []
    if name:
        assert "There is no case" in app.warning[0].value


def test_a_case_outside_the_folder_is_not_reached(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = place / "inner"
    folder.write(inner / "a", asking(FIRST))
    monkeypatch.setenv("WORKBENCH_CASE", str(inner))
    app = opened(case="../lamp")
    assert "There is no case" in app.warning[0].value
    assert app.get_by_key("open:a")


def test_a_broken_case_is_listed_with_its_first_fault_beside_the_others(
    place: Path,
) -> None:
    (place / "buoy" / "evidence" / "e1.yaml").write_text("label: E1\ncolour: red\n")
    first, *others = library.at_a_glance(place / "buoy").faults
    assert others
    app = opened()
    assert app.warning[0].value.replace("\\", "").startswith(first[:20])
    choose(app, "buoy")
    assert first in said(app)
    go(app, "cases")
    choose(app, "lamp")
    assert SECOND in asked(app)


def test_the_list_follows_the_files(place: Path) -> None:
    app = opened()
    file = place / "lamp" / folder.QUESTION_FILE
    before = file.read_text()
    for text, fault in ((f"{before}colour: red\n", True), (before, False)):
        file.write_text(text)
        go(app, "cases")
        assert bool(app.warning) == fault
    folder.write(place / "tower", asking("The tower"))
    assert go(app, "cases").get_by_key("open:tower")


def test_each_case_keeps_its_judgments_to_itself(place: Path) -> None:
    app = choose(opened(), "buoy")
    judge(app, "high")
    choose(go(app, "cases"), "lamp")
    judge(app, "low")
    kept = {}
    for name in ("buoy", "lamp"):
        with closing(Ledger(default_url(place / name))) as ledger:
            kept[name] = [entry.change.to for entry in ledger.entries()]
    assert kept == {"buoy": ["high"], "lamp": ["low"]}
    choose(go(app, "cases"), "buoy")
    assert go(app, "evidence").get_by_key("credibility:e1").value == "high"


def test_a_copy_of_the_example_is_opened_and_then_another(place: Path) -> None:
    for name in ("example", "example-2"):
        app = opened("cases")
        app.get_by_key("example").click().run()
        assert not app.exception
        assert app.query_params["case"] == name
        assert folder.load(place / name).evidence == folder.load(ROOT).evidence
    assert library.names(place) == ("buoy", "example", "example-2", "lamp")


@pytest.mark.usefixtures("place")
def test_what_was_chosen_for_one_case_is_not_chosen_for_another() -> None:
    app = choose(opened(), "buoy")
    go(app, "matrix").get_by_key("rule_choice").set_value(Rule.COMPENSATORY).run()
    go(app, "evidence").get_by_key("search").set_value("E2").run()
    app.get_by_key("analyst_name").set_value("Ann").run()
    choose(go(app, "cases"), "lamp")
    assert app.get_by_key("rule_choice").value is Rule.NET_SUPPORT
    assert not go(app, "evidence").get_by_key("search").value
    assert app.get_by_key("analyst_name").value == "Ann"


def test_a_name_that_was_set_in_one_session_is_not_taken_over_by_another(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "analyst-1")
    app = opened(case="buoy")
    app.get_by_key("analyst_name").set_value("Ann").run()
    app.get_by_key("analyst_name").set_value("Bea").run()
    assert app.get_by_key("analyst_name").value == "Bea"
    assert opened(case="lamp").get_by_key("analyst_name").value == "analyst-1"
    assert library.names(place) == ("buoy", "lamp")
    assert not (place / ".workbench").exists()


def test_a_case_that_was_taken_away_gives_the_list_and_says_so(place: Path) -> None:
    app = choose(opened(), "buoy")
    (place / "buoy").rename(place / "tower")
    go(app, "evidence")
    assert "buoy" in app.warning[0].value
    assert app.get_by_key("open:tower")


def test_a_new_case_is_begun_and_opened(place: Path) -> None:
    app = opened()
    submit = next(b for b in app.button if b.label == "Begin the case")
    submit.click().run()
    assert "question" in app.warning[0].value
    for name in ("why-red", "why-red-2"):
        go(app, "cases").get_by_key("new_question").set_value("Why red?")
        next(b for b in app.button if b.label == "Begin the case").click().run()
        assert not app.exception
        assert address(app) == [name]
        grid = app.session_state["grid_data"]
        assert grid["hypotheses"] == grid["evidence"] == []
        assert grid["adds"]["none"] == "None of these"
        assert folder.load(place / name).question.question == "Why red?"


def test_an_empty_folder_says_how_to_begin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_CASE", str(tmp_path))
    app = opened()
    assert "workbench new" in app.info[0].value
    assert app.get_by_key("new_question")


@pytest.mark.usefixtures("place")
def test_the_guide_can_be_read_before_a_case_is_chosen() -> None:
    app = opened("guide")
    assert any("Heuer" in one.value for one in app.caption)


def name(place: Path, case: str, id_: str) -> None:
    file = place / case / folder.QUESTION_FILE
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    rest = "".join(line for line in lines if not line.startswith("id:"))
    file.write_text(f"id: {id_}\n{rest}", encoding="utf-8")


def test_several_cases_are_opened_with_one_ledger_each_by_its_id(
    place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WORKBENCH_LEDGER", f"sqlite:///{tmp_path}/one.sqlite3")
    app = opened(case="buoy")
    assert "each is told by its id, and this one has none" in app.error[0].value
    name(place, "buoy", "buoy-1")
    app = opened(case="buoy")
    assert not app.error
    assert (tmp_path / "one.sqlite3").exists()


def test_two_cases_of_a_folder_with_one_id_are_not_opened(place: Path) -> None:
    other = next(one for one in library.names(place) if one != "buoy")
    for case in ("buoy", other):
        name(place, case, "same")
    app = opened(case="buoy")
    assert f"has the id same, and so has {other}" in app.error[0].value


def test_one_case_has_no_page_of_cases_and_no_name_in_its_address(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_CASE", str(place / "buoy"))
    app = opened()
    assert FIRST in asked(app)
    assert address(app) == []
    assert FIRST not in said(go(app, "robustness"))


def test_what_is_stored_while_a_case_is_opened_came_after_it_was_begun(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the session is told of the news of another case already."""
    monkeypatch.setattr(live, "is_listening", lambda: True)
    load = state.load_case

    def loaded() -> Case:
        found = load()
        with (
            closing(Ledger(default_url(place / state.case_name()))) as other,
            other.writing("ben") as pen,
        ):
            pen.write("p", 1, [Change(EntryKind.CREDIBILITY, "e1", to="high")])
        return found

    app = opened()
    for name in ("buoy", "lamp"):
        with monkeypatch.context() as patch:
            patch.setattr(state, "load_case", loaded)
            choose(app, name)
        with closing(Ledger(default_url(place / name))) as ledger:
            (first, *_) = ledger.entries("ben")
        assert app.session_state["begun"] < first.seq
        go(app, "cases")
