"""A folder of several cases, and how a case is begun."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.builders import make_case
from workbench.case import beginning, folder, library
from workbench.case.model import ID_PATTERN
from workbench.errors import WorkbenchError

CASE = make_case("E1: CC I", "E2: N II")


def put(place: Path, *names: str) -> Path:
    for name in names:
        folder.write(place / name, CASE)
    return place


def test_the_cases_are_those_that_lie_directly_in_the_folder(tmp_path: Path) -> None:
    put(tmp_path, "b", "A", ".hidden", "deeper/c", "bidi\u202e")
    (tmp_path / "notes").mkdir()
    (tmp_path / "readme.txt").touch()
    assert library.names(tmp_path) == ("A", "b")


def test_a_case_is_found_by_its_name_alone(tmp_path: Path) -> None:
    put(tmp_path / "here", "a")
    put(tmp_path, "outside")
    here = tmp_path / "here"
    assert library.find(here, "a") == here / "a"
    for name in ("", ".", "..", "../outside", "a/", "./a", str(tmp_path / "outside")):
        assert library.find(here, name) is None


def test_a_case_is_no_library_and_what_holds_anything_else_is_neither(
    tmp_path: Path,
) -> None:
    put(tmp_path / "cases", "a")
    put(tmp_path, "case/inner")
    put(tmp_path, "case")
    (tmp_path / "empty" / ".workbench").mkdir(parents=True)
    (tmp_path / "other" / "pictures").mkdir(parents=True)
    file = tmp_path / "file"
    file.touch()
    found = {
        name: library.is_library(tmp_path / name)
        for name in ("cases", "case", "empty", "other", "file", "nowhere")
    }
    assert [name for name, is_one in found.items() if is_one] == ["cases", "empty"]


def test_a_case_that_has_lost_its_question_is_still_meant_as_a_case(
    tmp_path: Path,
) -> None:
    put(tmp_path, "a")
    (tmp_path / "a" / folder.QUESTION_FILE).unlink()
    assert not library.is_library(tmp_path / "a")
    assert library.names(tmp_path) == ("a",)
    (fault,) = library.at_a_glance(tmp_path / "a").faults
    assert fault.startswith(f"{folder.QUESTION_FILE}: missing")


def test_at_a_glance_a_case_says_what_it_asks_and_how_large_it_is(
    tmp_path: Path,
) -> None:
    put(tmp_path, "a")
    file = tmp_path / "a" / "evidence" / "e2.yaml"
    later = file.stat().st_mtime_ns + 5_000_000_000
    os.utime(file, ns=(later, later))
    assert library.at_a_glance(tmp_path / "a") == library.Listed(
        "a", "It", "Why did it happen?", 2, 2, later
    )


def test_a_case_at_fault_has_its_faults_and_the_others_none(tmp_path: Path) -> None:
    put(tmp_path, "a", "b")
    (tmp_path / "a" / "evidence" / "e1.yaml").write_text("label: E1\ncolour: red\n")
    found = [library.at_a_glance(tmp_path / name) for name in library.names(tmp_path)]
    assert found[0].title == ""
    assert any("colour" in fault for fault in found[0].faults)
    assert found[1].faults == ()


def test_a_folder_that_is_gone_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError, match="cannot be read"):
        library.names(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Why did the ship go down?", "why-did-the-ship-go-down"),
        ("Älter, 2016/17", "alter-2016-17"),
        ("../../etc", "etc"),
        ("なぜ", "case"),
        ("", "case"),
        ("a " * 100, "a-" * 29 + "a"),
    ],
)
def test_a_name_is_made_of_the_letters_of_an_id(text: str, name: str) -> None:
    assert beginning.named(text, "case").startswith(name)
    assert ID_PATTERN.fullmatch(beginning.named(text, "case"))
    assert len(beginning.named(text, "case")) <= 60


def test_a_second_case_of_the_same_question_has_a_folder_of_its_own(
    tmp_path: Path,
) -> None:
    made = [beginning.begin_in(tmp_path, " Why\nso? ") for _ in range(3)]
    assert made == ["why-so", "why-so-2", "why-so-3"]
    assert library.names(tmp_path) == tuple(made)
    assert folder.load(tmp_path / "why-so-3").question.question == "Why so?"
    with pytest.raises(WorkbenchError, match="question: empty"):
        beginning.begin_in(tmp_path, "  ")


@pytest.mark.parametrize("existing", ["", ".hidden"])
@pytest.mark.parametrize("written", [0, 1])
def test_a_case_that_cannot_be_begun_leaves_nothing_and_is_begun_there_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, existing: str, written: int
) -> None:
    case = tmp_path / "case"
    if existing:
        case.mkdir()
        (case / existing).touch()
    write, done = folder.write_text, []

    def until_full(path: Path, text: str) -> None:
        if len(done) == written:
            path.parent.mkdir(parents=True, exist_ok=True)
            raise OSError(28, "No space left on device")
        done.append(path)
        write(path, text)

    for begin in (
        lambda: beginning.begin(case, "Why?"),
        lambda: beginning.begin_example(case),
    ):
        done.clear()
        with monkeypatch.context() as patched:
            patched.setattr(folder, "write_text", until_full)
            with pytest.raises(OSError, match="No space"):
                begin()
        assert [one.name for one in tmp_path.rglob("*")] == (
            ["case", existing] if existing else []
        )
    beginning.begin(case, "Why?")
    assert folder.load(case).question.question == "Why?"
