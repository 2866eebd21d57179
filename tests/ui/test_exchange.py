"""Other tools' files in and out, through the app itself."""

from __future__ import annotations

import datetime as dt
import io
import tomllib
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.builders import make_case, make_judgments
from tests.exchange.sampled import imported, one, raw
from tests.exchange.test_store import without_id
from tests.ui.test_cases import address, asking, said
from tests.ui.test_pages import HOSTILE
from tests.ui.visitor import go, opened
from workbench import exchange
from workbench.case import folder, library
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Evidence, Hypothesis, Question
from workbench.case.nodes import unfit
from workbench.exchange import save, store
from workbench.record.desk import judgments_of
from workbench.record.ledger import Ledger, own_url
from workbench.ui import still_matrix
from workbench.ui.controls import literal
from workbench.wording import clipped

ROOT = Path(__file__).parents[2]
DAY = dt.date(2024, 5, 1)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of cases that the app will serve, with one case in it."""
    where = tmp_path / "library"
    monkeypatch.setenv("WORKBENCH_CASE", str(where))
    monkeypatch.delenv("WORKBENCH_LEDGER", raising=False)
    monkeypatch.setenv("LOGNAME", "analyst-1")
    folder.write(where / "lamp", asking("The lamp"))
    return where


@pytest.fixture
def alone(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the single case that the app will serve."""
    monkeypatch.setenv("WORKBENCH_CASE", str(place / "lamp"))
    return place / "lamp"


def bring(app: AppTest, name: str, data: bytes | None = None) -> AppTest:
    (upload,) = app.file_uploader
    content = raw(name) if data is None else data
    upload.set_value((name, content, "application/octet-stream")).run()
    assert not app.exception
    return app


def make(app: AppTest) -> AppTest:
    app.get_by_key("import_make").click().run()
    assert not app.exception
    return app


def html(app: AppTest) -> str:
    return "".join(one.proto.body for one in app.get("html"))


def files(place: Path) -> list[Path]:
    return sorted(path for path in place.rglob("*") if ".workbench" not in path.parts)


def offers(app: AppTest) -> bool:
    return any(button.key == "import_make" for button in app.button)


# ------------------------------------------------------------------ import


def test_an_uploaded_file_is_shown_and_nothing_is_written(place: Path) -> None:
    found, before = one("arkhammirror.json"), files(place)
    app = bring(opened(), "arkhammirror.json")
    shown = said(app)
    assert f"##### {literal(found.case.question.title)}" in shown
    assert "4 hypotheses, 5 items, 8 published ratings" in shown
    assert "Read as ArkhamMirror" in shown
    for note in (*found.understood, *found.dropped):
        assert f"- {literal(note)}" in shown
    assert html(app).count('class="code') == 20
    assert files(place) == before


def test_blank_n_and_na_are_three_things_in_the_preview() -> None:
    case = make_case("E1: N NA - II")
    table = still_matrix.codes(case, Judgments(), caption="The ratings", most=30)
    for cell in (">N</td>", ">NA</td>", '<td class="code unrated"></td>', ">II</td>"):
        assert table.count(cell) == 1


def test_a_long_matrix_is_shown_by_its_first_items() -> None:
    case = make_case("E1: C I", "E2: I C", "E3: N N")
    table = still_matrix.codes(case, Judgments(), caption="", most=2)
    assert table.count('class="code') == 4
    assert "and 1 more item<" in table
    every = still_matrix.codes(case, Judgments(), caption="", most=3)
    assert "more item" not in every


def test_the_case_is_made_and_opened_and_the_list_has_it(place: Path) -> None:
    app = make(bring(opened(), "arkhammirror.json"))
    assert address(app) == ["who-moved-the-buoy"]
    made = place / "who-moved-the-buoy"
    assert without_id(made) == one("arkhammirror.json").case
    note = (made / store.NOTE).read_text(encoding="utf-8")
    assert note.startswith("Imported from arkhammirror.json\n")
    assert library.names(place) == ("lamp", "who-moved-the-buoy")
    assert not go(app, "cases").file_uploader[0].value
    assert "##### Who moved the buoy?" in said(app)


def test_a_name_that_is_taken_gives_way_and_one_by_hand_is_kept(place: Path) -> None:
    for name in ("who-moved-the-buoy", "who-moved-the-buoy-2"):
        app = make(bring(opened(), "arkhammirror.json"))
        assert address(app) == [name]
    app = bring(opened(), "arkhammirror.json")
    (text,) = (one for one in app.text_input if one.label == "Name of the new folder")
    text.set_value("the-buoy").run()
    assert address(make(app)) == ["the-buoy"]
    assert len(library.names(place)) == 4


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "lower-case"),
        ("../out", "lower-case"),
        ("/tmp/out", "lower-case"),
        ("Buoy", "lower-case"),
        (".hidden", "lower-case"),
        ("lamp", "already"),
    ],
)
def test_a_name_that_will_not_do_is_refused(place: Path, name: str, why: str) -> None:
    before = files(place.parent)
    app = bring(opened(), "arkhammirror.json")
    (text,) = (one for one in app.text_input if one.label == "Name of the new folder")
    text.set_value(name).run()
    assert why in app.warning[0].value
    assert not offers(app)
    assert files(place.parent) == before


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"hello", "not a file of a kind that is read"),
        (b"", "the file is empty"),
        (b'{"achMatrices": [', "not JSON"),
        (b"PK\x03\x04 cut short", "f.json"),
        (b"<script>alert(1)</script>", "not a file of a kind that is read"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_touches_nothing(
    place: Path, data: bytes, why: str
) -> None:
    before = files(place.parent)
    app = bring(opened(), "f.json", data)
    (error,) = app.error
    assert error.proto.title == "This file cannot be imported"
    assert literal(why) in error.value
    assert not offers(app)
    assert app.get_by_key("open:lamp")
    assert files(place.parent) == before
    assert offers(bring(app, "arkhammirror.json"))
    assert not app.error


def test_every_kind_that_is_read_is_named(place: Path) -> None:
    assert place.is_dir()
    shown = said(opened())
    for format_ in exchange.FORMATS:
        assert literal(format_.title) in shown


def test_a_file_is_read_once_and_another_anew(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert place.is_dir()
    read, asked = exchange.read, []

    def reading(
        data: bytes, name: str, choices: exchange.Choices
    ) -> tuple[exchange.Imported, ...]:
        asked.append(name)
        return read(data, name, choices)

    monkeypatch.setattr(exchange, "read", reading)
    app = bring(opened(), "intel_workbench.json")
    app.multiselect[0].set_value([0]).run()
    app.multiselect[0].set_value([0, 1]).run()
    assert asked == ["intel_workbench.json"]
    bring(app, "arkhammirror.json").run()
    assert asked == ["intel_workbench.json", "arkhammirror.json"]
    app.file_uploader[0].set_value(None).run()
    assert "brought" not in app.session_state
    assert "Read as" not in said(app)


def test_leaving_the_page_forgets_the_file(place: Path) -> None:
    assert place.is_dir()
    app = bring(opened(), "arkhammirror.json")
    assert "brought" in app.session_state
    assert "brought" not in go(app, "guide").session_state


def test_of_several_matrices_none_is_taken_unless_chosen(place: Path) -> None:
    app = bring(opened(), "intel_workbench.json")
    assert not offers(app)
    app.multiselect[0].set_value([1]).run()
    assert address(make(app)) == ["who-took-the-bell"]
    expected = imported("intel_workbench.json")[1].case
    assert without_id(place / "who-took-the-bell") == expected


def test_all_of_several_matrices_become_cases_and_the_first_is_opened(
    place: Path,
) -> None:
    folder.write(place / "who-took-the-bell", asking("The bell"))
    app = bring(opened(), "intel_workbench.json")
    app.multiselect[0].set_value([0, 1]).run()
    (looked_at,) = (one for one in app.selectbox if one.label == "Look at")
    looked_at.set_value(1).run()
    assert "##### Who took the bell?" in said(app)
    assert address(make(app)) == ["who-moved-the-buoy"]
    first, second = imported("intel_workbench.json")
    assert without_id(place / "who-moved-the-buoy") == first.case
    assert without_id(place / "who-took-the-bell-2") == second.case


def test_analysts_kept_apart_are_named_and_shown_one_by_one(place: Path) -> None:
    found = imported("open_synthesis.json")[0]
    app = bring(opened(), "open_synthesis.json")
    app.multiselect[0].set_value([0]).run()
    assert "ana \\(3 ratings\\)" in said(app)
    (whose,) = (one for one in app.selectbox if one.label == "Ratings of")
    assert list(whose.options) == list(found.analysts)
    for number, judgments in enumerate(found.analysts.values()):
        app.selectbox(whose.key).set_value(number).run()
        assert html(app).count('"code unrated"') == 4 - len(judgments.ratings)
    make(app)
    made = folder.load(place / "who-moved-the-buoy")
    ledger = Ledger(own_url(place / "who-moved-the-buoy"))
    for name, judgments in found.analysts.items():
        assert judgments_of(ledger, made, name) == judgments
    ledger.close()


def test_a_case_that_cannot_be_written_leaves_nothing_behind(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(place.parent)
    app = bring(opened(), "arkhammirror.json")

    def failing(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "_write", failing)
    make(app)
    assert app.error[0].proto.title == "Nothing was written"
    assert "No space left on device" in app.error[0].value
    assert files(place.parent) == before
    monkeypatch.undo()
    monkeypatch.setenv("WORKBENCH_CASE", str(place))
    assert address(make(app)) == ["who-moved-the-buoy"]


@pytest.mark.parametrize("text", [text for text in HOSTILE if not unfit(text)])
def test_a_hostile_text_in_a_file_is_only_text(place: Path, text: str) -> None:
    case = Case(
        Question(text, text),
        (Hypothesis("h1", "H1", text, text), Hypothesis("h2", "H2", text, text)),
        evidence=(Evidence("e1", "E1", text, text),),
    )
    own = make_judgments({("e1", "h1"): "C"})
    data = exchange.write(case, own, "json", date=DAY, analyst="ann").data
    app = bring(opened(), f"{text[:40].replace('/', ' ')}.json", data)
    assert "<script" not in html(app)
    assert f"##### {literal(clipped(text))}" in [one.value for one in app.markdown]
    before = files(place)
    make(app)
    assert len(files(place)) > len(before)


def test_the_server_takes_what_an_importer_takes_and_little_more() -> None:
    for name in ("workbench/ui/config.toml", ".streamlit/config.toml"):
        config = tomllib.loads((ROOT / name).read_text(encoding="utf-8"))
        limit = config["server"]["maxUploadSize"] * 2**20
        assert exchange.MAX_BYTES < limit < exchange.MAX_BYTES + 2**20 * 1.5


# ------------------------------------------------------------------ with one case


def test_with_one_case_a_file_is_brought_on_the_report_page(alone: Path) -> None:
    before = files(alone.parent)
    app = bring(opened("report"), "arkhammirror.json")
    assert "Read as ArkhamMirror" in said(app)
    assert not offers(app)
    assert files(alone.parent) == before
    app.get_by_key("import_beside").set_value(True).run()
    assert files(alone.parent) == before
    make(app)
    where = alone.parent / "who-moved-the-buoy"
    assert literal(str(where)) in app.success[0].value
    assert without_id(where) == one("arkhammirror.json").case
    assert folder.load(alone) == asking("The lamp")


def test_in_a_folder_of_cases_the_report_page_brings_none(place: Path) -> None:
    assert place.is_dir()
    app = opened("report", case="lamp")
    assert not app.file_uploader
    assert "imported on the page Cases" in said(app)


def test_a_zip_holds_the_case_folder_whole(tmp_path: Path) -> None:
    found = imported("open_synthesis.json")
    data = exchange.zipped({"buoy": found[0], "bell": found[1]}, "dump.json")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert {name.split("/")[0] for name in packed.namelist()} == {"buoy", "bell"}
        packed.extractall(tmp_path)
    for name, one_ in zip(("buoy", "bell"), found, strict=True):
        assert without_id(tmp_path / name) == one_.case
        assert (tmp_path / name / store.NOTE).is_file()
        ledger = Ledger(own_url(tmp_path / name))
        assert ledger.analysts() == sorted(one_.analysts)
        ledger.close()


# ------------------------------------------------------------------ export


def export(app: AppTest, to: str) -> AppTest:
    app.get_by_key("export_to").set_value(to).run()
    assert not app.exception
    return app


def test_what_a_target_cannot_carry_is_listed(alone: Path) -> None:
    app = opened("report")
    for to in exchange.TARGETS:
        export(app, to)
        case = folder.load(alone)
        written = exchange.write(case, Judgments(), to, date=DAY)
        listed = "".join(f"\n- {literal(text)}" for text in written.lost)
        assert listed in said(app)
        assert ("cannot carry" in said(app)) == bool(written.lost)


def test_a_file_is_written_once_for_the_same_judgments(
    alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert alone.is_dir()
    write, asked = exchange.write, []

    def writing(
        case: Case,
        judgments: Judgments,
        to: str,
        *,
        date: dt.date,
        analyst: str | None,
    ) -> exchange.Written:
        asked.append((to, analyst, len(judgments.credibility)))
        return write(case, judgments, to, date=date, analyst=analyst)

    monkeypatch.setattr(exchange, "write", writing)
    app = opened("report")
    assert asked == []
    export(app, "arkhammirror").run()
    app.get_by_key("report_format").set_value("md").run()
    assert asked == [("arkhammirror", "analyst-1", 0)]
    go(app, "evidence").get_by_key("credibility:e1").set_value("high").run()
    go(app, "report")
    assert asked[1:] == [("arkhammirror", "analyst-1", 1)]
    app.get_by_key("report_of").set_value("As published").run()
    assert asked[2:] == [("arkhammirror", None, 0)]


# ------------------------------------------------------------------ several analysts


def test_a_case_of_several_analysts_opens_on_the_ratings_of_one_to_look_at(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = imported("open_synthesis.json")[0]
    save(board, place / "board", "f")
    monkeypatch.setenv("WORKBENCH_CASE", str(place / "board"))
    app = opened()
    first, second, *_ = board.analysts
    assert f"These are the ratings of **{literal(first)}**, to look at" in said(app)
    choice = app.get_by_key("ratings_of")
    assert list(choice.options) == [literal(name) for name in board.analysts]
    for name in (second, first):
        app.get_by_key("ratings_of").set_value(name).run()
        assert f"These are the ratings of **{literal(name)}**" in said(app)
    made = folder.load(place / "board")
    with closing(Ledger(own_url(place / "board"))) as ledger:
        assert ledger.analysts(made.question.id) == sorted(board.analysts)


def test_a_report_where_nothing_is_published_says_whose_ratings_it_has(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = imported("open_synthesis.json")[0]
    first, second, *_ = board.analysts
    few = replace(board, analysts={first: board.analysts[first]})
    save(few, place / "board", "f")
    monkeypatch.setenv("WORKBENCH_CASE", str(place / "board"))
    app = opened("report")
    choice = app.get_by_key("report_of")
    assert list(choice.options) == ["Mine", literal(first)]
    assert choice.value == first
    assert f"By {literal(first)}, " in said(app)
    app.get_by_key("report_of").set_value("Mine").run()
    assert f"By {literal('analyst-1')}, " in said(app)
    monkeypatch.setenv("LOGNAME", first)  # whose own they are: nothing to choose
    app = opened("report")
    assert not [one for one in app.button_group if one.key == "report_of"]
    assert f"By {literal(first)}, " in said(app)
    assert "from the published case" not in said(app)
    assert second not in said(app)
