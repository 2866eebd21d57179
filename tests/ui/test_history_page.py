"""The pages History and Watch through the app, on a small case with the real core."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import make_case
from tests.ui.prose import unlinked
from tests.ui.visitor import choose, opened
from workbench.case import folder
from workbench.case.editing.plan import read_text
from workbench.case.entry import EntryKind
from workbench.case.model import Consistency as Code
from workbench.case.model import EventDate, Indicator, Outcome, Rating
from workbench.record import pen
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger, default_url
from workbench.ui import controls, state
from workbench.ui.state import notes

SIGN = Indicator(
    "Lights at night",
    EventDate("2024-09-30"),
    ratings={"h1": Rating(Code.CC), "h2": Rating(Code.I, "Nobody would be there.")},
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBENCH_CASE", str(tmp_path))
    monkeypatch.delenv("WORKBENCH_LEDGER", raising=False)
    monkeypatch.setenv("LOGNAME", "analyst-1")
    case = make_case("E1: CC I N", "E2: I N C", "E3: N C I")
    first, second, third = case.hypotheses
    second = replace(second, title="Face saving")
    signs = (SIGN, Indicator("Some day"))
    case = replace(case, hypotheses=(replace(first, predicts=signs), second, third))
    folder.write(tmp_path, case)
    return tmp_path


def said(app: AppTest) -> str:
    texts = [one.value for one in (*app.markdown, *app.caption, *app.info)]
    return unlinked("\n".join(texts)).replace("\\", "")


def press(app: AppTest, label: str) -> AppTest:
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception
    return app


def rate(place: Path, *codes: str) -> None:
    with closing(Ledger(default_url(place))) as ledger:
        desk = Desk(ledger, folder.load(place), "analyst-1")
        for number, code in enumerate(codes, start=desk.revision + 1):
            desk.change("page", number, [["rating", "e3", "h2", code, "Late."]])


@pytest.mark.usefixtures("place")
def test_an_empty_history_says_what_to_do() -> None:
    app = opened("history")
    assert "Nothing is recorded yet" in said(app)
    assert [one.label for one in app.button if one.label == "Compare"] == []


def test_two_moments_are_compared_and_gone_back_to(place: Path) -> None:
    rate(place, "II", "N", "I")
    app = opened("history")
    app.get_by_key("snapshot_name").set_value("Before the meeting").run()
    press(app, "Save snapshot")
    rate(place, "CC")
    app.run()
    assert "Snapshot “Before the meeting” saved." in said(app)
    assert "E3 Title of E3 against H2 Face saving: C to II. “Late.”" in said(app)
    press(app, "Compare")
    assert "##### Ratings (1)" in said(app)
    assert "E3 Title of E3 against H2 Face saving: C to CC. Late." in said(app)
    app.get_by_key("compare_from").select("snapshot:Before the meeting").run()
    press(app, "Compare")
    assert "E3 Title of E3 against H2 Face saving: I to CC. Late." in said(app)
    assert "E3 from I to CC for Face saving took it from" in said(app)
    # back to the snapshot, and forward again
    app.get_by_key("go_back_to").select("snapshot:Before the meeting").run()
    assert "This will change 1 thing:" in said(app)
    press(app, "Go back")
    with closing(Ledger(default_url(place))) as ledger:
        desk = Desk(ledger, folder.load(place), "analyst-1")
        assert desk.judgments.ratings["e3", "h2"].consistency is Code.I
        assert len(desk.entries) == 6
    assert "Everything stands as it did then." in said(app)
    press(app, "Undo")
    with closing(Ledger(default_url(place))) as ledger:
        desk = Desk(ledger, folder.load(place), "analyst-1")
        assert desk.judgments.ratings["e3", "h2"].consistency is Code.CC


def test_a_moment_is_chosen_by_day_and_time(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for time, code in (("10:00:59", "II"), ("12:30:01", "N"), ("12:30:59", "I")):
        monkeypatch.setattr(pen, "now", lambda at=time: f"2026-11-24T{at}.000001Z")
        rate(place, code)
    app = opened("history")
    app.get_by_key("go_back_to").select("time").run()
    assert "Everything stands as it did then." in said(app)
    for hour, minute, changes in ((12, 29, 1), (13, 0, 0), (10, 0, 1)):
        chosen = dt.datetime(2026, 11, 24, hour, minute)  # noqa: DTZ001
        choose(app, "go_back_to:time", chosen)
        assert not app.exception
        assert ("This will change 1 thing:" in said(app)) == bool(changes)
    assert "E3 Title of E3 against H2 Face saving: I to II" in said(app)
    choose(app, "go_back_to:time", dt.datetime(900, 1, 1))  # noqa: DTZ001
    assert "This will change 1 thing:" in said(app)
    assert "E3 Title of E3 against H2 Face saving: I to II" not in said(app)


def test_the_log_is_filtered_and_all_of_it_shown_again(place: Path) -> None:
    rate(place, "II", "N")
    app = opened("history")
    held = [one for one in app.get("html") if 'div class="to-come' in one.proto.body]
    assert held == []  # no room is held for what is there
    for item, count in (("e3", 2), ("", 2)):
        app.get_by_key("log_item").select(item).run()
        assert f"{count} entries, the newest first" in said(app)
    assert "1 · " in said(app)


def test_after_the_answer_it_is_said_where_it_stood(place: Path) -> None:
    rate(place, "II", "N")
    question = read_text(place, folder.QUESTION_FILE)
    assert question
    stated = "outcome: {hypothesis: h2, known: 2025-11-01}\n"
    (place / folder.QUESTION_FILE).write_text(question + stated)
    assert folder.load(place).question.outcome == Outcome("h2", EventDate("2025-11-01"))
    app = opened("history")
    assert "The answer turned out to be H2 Face saving" in said(app)
    assert "Before the first entry: " in said(app)
    assert "against Face saving now" in said(app)
    (place / folder.QUESTION_FILE).write_text(question + "outcome: {hypothesis: }\n")
    app = opened("history")
    assert "None of the hypotheses was the answer" in said(app)


def test_an_indicator_is_noted_taken_up_and_undone(place: Path) -> None:
    app = opened("watch")
    assert "2 indicators to look for, 0 observed, 0 not observed." in said(app)
    app.get_by_key("observed:h1:1").click().run()
    assert "1 indicator to look for, 1 observed" in said(app)
    press(app, "Make it an item")
    assert not app.warning
    case = folder.load(place)
    item = case.item["lights-at-night"]
    assert item.ratings == SIGN.ratings
    assert case.hypothesis["h1"].predicts[0].item == "lights-at-night"
    assert "Taken up as* E4 Lights at night" in said(app)
    press(app, "Undo")
    assert list(folder.load(place).item) == ["e1", "e2", "e3"]
    app.get_by_key("not-observed:h1:2").click().run()
    assert "0 indicators to look for, 1 observed, 1 not observed." in said(app)
    press(app, "Undo")
    press(app, "Undo")
    assert folder.load(place).hypothesis["h1"].predicts == (
        SIGN,
        Indicator("Some day"),
    )
    with closing(Ledger(default_url(place))) as ledger:
        kinds = {one.change.kind for one in ledger.entries()}
    assert kinds == {EntryKind.DOCUMENT}


def test_a_case_without_dates_or_ratings_says_so_on_watch(place: Path) -> None:
    for name in ("h1", "h2", "h3"):
        file = place / f"hypotheses/{name}.yaml"
        text = file.read_text()
        file.write_text(text.split("predicts:")[0])
    app = opened("watch")
    assert "nothing to put in a calendar" in said(app)
    assert "No indicator is open" in said(app)


def test_what_is_said_of_an_act_outlasts_a_page_drawn_anew_by_news(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    monkeypatch.setattr(notes.time, "monotonic", lambda: clock[0])
    rate(place, "II")

    def redrawn(app: AppTest) -> list[str]:
        with monkeypatch.context() as patch:
            patch.setattr(controls, "show_message", shown_by_news)
            app.run()
        return [one.value for one in app.success]

    def shown_by_news() -> None:
        state.say_again()
        shown()

    shown = controls.show_message
    app = opened("history")
    app.get_by_key("snapshot_name").set_value("One").run()
    press(app, "Save snapshot")
    (saved,) = [one.value for one in app.success]
    for clock[0] in (105.0, 110.0):
        assert redrawn(app) == [saved]
    clock[0] = 121.0
    assert redrawn(app) == []
    press(app, "Save snapshot")  # of no name, which is refused
    assert not app.success
    (refused,) = [one.value for one in app.warning]
    assert redrawn(app) == []
    assert [one.value for one in app.warning] == [refused]
    app.run()  # by whoever looks
    assert not app.warning
    assert redrawn(app) == []
