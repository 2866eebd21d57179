"""What is imported becomes a new case whole, or nothing is left behind."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import faults, make_case, make_judgments
from tests.exchange.sampled import imported, one
from tests.report.hostile import HOSTILE
from tests.report.hostile import case as hostile_case
from workbench.case import folder
from workbench.case.model import Consistency as Code
from workbench.case.model import Evidence, Rating
from workbench.case.nodes import unfit
from workbench.errors import WorkbenchError
from workbench.exchange import Imported, save, save_all, save_named, store
from workbench.exchange.draft import slug
from workbench.record.desk import judgments_of
from workbench.record.ledger import Ledger, own_url


def names(where):
    return sorted(path.name for path in where.iterdir())


@pytest.fixture
def judged():
    """Give a way to read an analyst's judgments from a case's own ledger."""
    ledgers = []

    def judged(where, analyst):
        ledgers.append(Ledger(own_url(where)))
        return judgments_of(ledgers[-1], folder.load(where), analyst)

    yield judged
    for ledger in ledgers:
        ledger.close()


def without_id(where):
    """Read a case, which was given an id like no other."""
    case = folder.load(where)
    assert re.fullmatch("[a-z0-9-]+-[0-9a-f]{6}", case.question.id)
    return replace(case, question=replace(case.question, id=""))


def test_a_matrix_becomes_a_case_that_reads_back_the_same(tmp_path):
    found = one("arkhammirror.json")
    where = tmp_path / "far" / "away" / "case"
    assert save(found, where, "export.json") == where
    assert without_id(where) == found.case
    assert names(tmp_path / "far" / "away") == ["case"]
    assert names(tmp_path) == ["far"]


def test_analysts_have_their_ratings_in_the_ledger_of_the_new_case(tmp_path, judged):
    found = imported("open_synthesis.json")[0]
    save(found, tmp_path / "case", "dump.json")
    for name, judgments in found.analysts.items():
        assert judged(tmp_path / "case", name) == judgments
    ledger = Ledger(own_url(tmp_path / "case"))
    assert faults(ledger) == []
    assert ledger.analysts() == sorted(found.analysts)
    ledger.close()


def test_every_kind_of_judgment_is_entered(tmp_path, judged):
    case = make_case("E1: C I", "E2: N -", sources={"e1": "s"})
    own = make_judgments(
        {("e1", "h1"): "II", ("e1", "h2"): "-"},
        credibility={"e1": "high"},
        relevance={"e2": 0.5},
        emphases={"e2": 1.5},
        source_emphases={"s": 0.0},
        origins={"e1": "one"},
        exclusions={"e2": True},
    )
    save(Imported("A format", case, {"ana": own}), tmp_path / "case", "f")
    assert judged(tmp_path / "case", "ana") == own


def test_more_changes_than_one_batch_are_entered_in_several(
    tmp_path, judged, monkeypatch
):
    monkeypatch.setattr(store, "MAX_OPERATIONS", 2)
    case = make_case("E1: - - -", "E2: - - -")
    own = make_judgments(
        {(item, h): "C" for item in ("e1", "e2") for h in ("h1", "h2", "h3")}
    )
    save(Imported("A format", case, {"ana": own}), tmp_path / "case", "f")
    assert judged(tmp_path / "case", "ana") == own


def test_the_environment_never_sends_judgments_to_another_ledger(
    tmp_path, judged, monkeypatch
):
    monkeypatch.setenv("WORKBENCH_LEDGER", f"sqlite:///{tmp_path}/team.sqlite3")
    save(imported("open_synthesis.json")[0], tmp_path / "case", "f")
    assert names(tmp_path) == ["case"]
    assert judged(tmp_path / "case", "ana").ratings


@pytest.mark.parametrize("text", [text for text in HOSTILE if not unfit(text)])
def test_hostile_text_is_written_and_read_as_text(text, tmp_path):
    case = folder_form(hostile_case(text), tmp_path)
    save(Imported("A format", case, {}, (text,), (text,)), tmp_path / "case", text)
    assert without_id(tmp_path / "case") == case


def test_a_note_holds_nothing_that_acts_on_a_terminal():
    text = store.note(Imported("A format", make_case("E1: C I")), "a\x1b[31mb\x07.json")
    assert "\x1b" not in text
    assert "\x07" not in text


def folder_form(case, tmp_path):
    """Give a case as a folder holds it, without spaces around its texts."""
    folder.write(tmp_path / "first", case)
    return folder.load(tmp_path / "first")


def test_the_note_says_what_was_understood_lost_and_called_what(tmp_path):
    found = one("arkhammirror.json")
    save(found, tmp_path / "case", "export.json")
    text = (tmp_path / "case" / store.NOTE).read_text(encoding="utf-8")
    assert text.startswith("Imported from export.json\nFormat: ArkhamMirror\n")
    for note in (*found.understood, *found.dropped):
        assert f"- {note}\n" in text
    assert "- hypotheses/script-alert-1-script: ../../etc/passwd\n" in text


# Each place where nothing may be written, and what its message must say.
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda where: folder.write(where, make_case("E1: C I")), "holds a case"),
        (lambda where: where.write_text("mine"), "a file; name a folder"),
        (lambda where: (where / "sub").mkdir(parents=True), "holds files already"),
    ],
)
def test_what_is_there_already_is_refused_and_left_alone(tmp_path, make, said):
    found = one("arkhammirror.json")
    where = tmp_path / slug(found.case.question.title)
    make(where)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(WorkbenchError, match=said):
        save(found, where, "f")
    with pytest.raises(WorkbenchError, match=said):
        save_all([found], tmp_path, "f")
    assert sorted(tmp_path.rglob("*")) == before


def test_a_case_too_large_for_its_files_leaves_nothing_behind(tmp_path):
    case = make_case("E1: C I")
    item = Evidence("e1", "E1", "t", "s", caveat="x" * 2_100_000)
    case = type(case)(case.question, case.hypotheses, (), (item,))
    with pytest.raises(WorkbenchError, match="a file of a case has at most"):
        save(Imported("A format", case), tmp_path / "case", "f")
    assert names(tmp_path) == []


def test_a_judgment_that_the_ledger_refuses_leaves_nothing_behind(tmp_path):
    case = make_case("E1: C I")
    own = make_judgments({("e9", "h1"): "C"})
    with pytest.raises(WorkbenchError, match="the case has no item 'e9'"):
        save(Imported("A format", case, {"ana": own}), tmp_path / "case", "f")
    assert names(tmp_path) == []


def test_a_disk_that_fails_at_the_end_leaves_nothing_behind(tmp_path, monkeypatch):
    found = imported("intel_workbench.json")
    real = store.Path.rename
    calls = []

    def failing(self, target):
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(store.Path, "rename", failing)
    with pytest.raises(WorkbenchError, match="No space left on device; nothing was"):
        save_all(found, tmp_path / "far" / "library", "f")
    monkeypatch.undo()
    assert names(tmp_path) == []


def test_all_matrices_become_cases_side_by_side(tmp_path):
    found = imported("intel_workbench.json")
    made = save_all(found, tmp_path / "library", "project.json")
    assert names(tmp_path / "library") == ["who-moved-the-buoy", "who-took-the-bell"]
    assert [without_id(where) for where in made] == [one_.case for one_ in found]
    assert names(tmp_path) == ["library"]


def test_matrices_of_one_title_get_folders_of_their_own(tmp_path):
    found = imported("intel_workbench.json")[:1]
    save_all([*found, *found, *found], tmp_path, "f")
    assert names(tmp_path) == [
        "who-moved-the-buoy",
        "who-moved-the-buoy-2",
        "who-moved-the-buoy-3",
    ]


def test_a_vacant_folder_that_is_there_is_filled_and_stays_the_same(
    tmp_path, monkeypatch
):
    (tmp_path / "case" / ".git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "case")
    save(one("arkhammirror.json"), Path(), "f")
    assert names(Path()) == [".git", "evidence", "hypotheses", "imported.txt"]


def test_an_empty_folder_that_is_there_is_filled(tmp_path):
    (tmp_path / "case").mkdir()
    save(one("arkhammirror.json"), tmp_path / "case", "f")
    assert folder.load(tmp_path / "case").item["calm-sea-all-week"].ratings[
        "storm"
    ] == Rating(Code.II, "No wind")


def test_matrices_go_into_folders_of_given_names_all_or_none(tmp_path):
    first, second = imported("intel_workbench.json")
    made = save_named({"a": first, "b": second}, tmp_path, "f")
    assert made == (tmp_path / "a", tmp_path / "b")
    assert [without_id(where) for where in made] == [first.case, second.case]
    with pytest.raises(WorkbenchError, match="holds a case already"):
        save_named({"c": first, "b": second}, tmp_path, "f")
    assert names(tmp_path) == ["a", "b"]


def test_nothing_is_made_outside_a_folder_of_cases_that_is_there(tmp_path, monkeypatch):
    library = tmp_path / "library"
    library.mkdir()
    write, made = store._write, []

    def writing(found, where, origin):
        made.append(where)
        write(found, where, origin)

    monkeypatch.setattr(store, "_write", writing)
    save_all(imported("intel_workbench.json"), library, "f")
    assert len(made) == 2
    assert all(where.is_relative_to(library) for where in made)


def test_two_imports_of_one_name_at_once_do_not_meet(tmp_path, monkeypatch):
    found = one("arkhammirror.json")
    write, refused = store._write, []

    def writing(one_, where, origin):
        monkeypatch.setattr(store, "_write", write)
        save(found, tmp_path / "case", "g")  # the other is quicker
        refused.append(names(tmp_path))
        write(one_, where, origin)

    monkeypatch.setattr(store, "_write", writing)
    with pytest.raises(WorkbenchError, match="holds a case already"):
        save(found, tmp_path / "case", "f")
    assert len(refused) == 1
    assert names(tmp_path) == ["case"]
    note = (tmp_path / "case" / store.NOTE).read_text(encoding="utf-8")
    assert note.startswith("Imported from g\n")
