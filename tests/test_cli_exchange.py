"""Import and export from the command line: what is printed, written and refused."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import make_case
from tests.exchange.sampled import SAMPLES, imported, one, raw
from tests.exchange.test_store import without_id
from tests.test_readme import README, rows, section
from workbench import cli, exchange
from workbench.case import folder
from workbench.case.judgments import Judgments
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger, default_url

CASE = make_case("E1: CC C I", "E2: N I II", "E3: I C C")
ROOT = Path(__file__).parents[1]


@pytest.fixture
def case(tmp_path):
    where = tmp_path / "case"
    folder.write(where, CASE)
    return where


def test_import_says_what_it_understood_and_lost_and_writes_the_case(run, tmp_path):
    found = one("arkhammirror.json")
    code, out, err = run("import", SAMPLES / "arkhammirror.json", tmp_path / "new")
    assert (code, err) == (0, "")
    for note in (*found.understood, *found.dropped):
        assert f"  {note}\n" in out
    assert out.startswith("Who moved the buoy? (4 hypotheses, 5 items, 8 published")
    assert out.endswith(f"Written to {tmp_path / 'new'}\n")
    assert without_id(tmp_path / "new") == found.case


def test_a_dry_run_writes_nothing(run, tmp_path):
    code, out, _ = run(
        "import", SAMPLES / "arkhammirror.json", tmp_path / "n", "--dry-run"
    )
    assert code == 0
    assert out.endswith("Nothing was written.\n")
    assert list(tmp_path.iterdir()) == []


def test_several_matrices_are_listed_and_none_is_guessed(run, tmp_path):
    code, out, err = run("import", SAMPLES / "intel_workbench.json", tmp_path / "new")
    assert (code, out) == (1, "")
    assert "2 matrices in it; choose one with --matrix, or --all" in err
    assert "  2. Who took the bell? (2 hypotheses, 1 item, 2 published ratings)" in err
    assert list(tmp_path.iterdir()) == []


def test_one_of_several_matrices_is_chosen_by_its_number(run, tmp_path):
    file = SAMPLES / "intel_workbench.json"
    assert run("import", file, tmp_path / "new", "--matrix", "2")[0] == 0
    assert without_id(tmp_path / "new") == imported(file.name)[1].case
    code, _, err = run("import", file, tmp_path / "other", "--matrix", "3")
    assert code == 1
    assert "no matrix 3 in it; it holds" in err


def test_every_matrix_goes_into_a_folder_of_its_own(run, tmp_path):
    code, out, _ = run("import", SAMPLES / "open_synthesis.json", tmp_path, "--all")
    assert code == 0
    assert "Analyst: ana (3 ratings)" in out
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "who-moved-the-buoy",
        "who-took-the-bell",
    ]
    code, out, _ = run("score", tmp_path / "who-took-the-bell")
    assert code == 0
    assert "1.00" in out


def test_a_dry_run_of_several_matrices_tells_of_all(run, tmp_path):
    code, out, _ = run(
        "import", SAMPLES / "intel_workbench.json", tmp_path / "n", "--dry-run"
    )
    assert code == 0
    assert out.count("Format: intel-workbench") == 2


def test_a_file_comes_from_standard_input_too(run, tmp_path, monkeypatch):
    stdin = io.TextIOWrapper(io.BytesIO(raw("arkhammirror.csv")))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert run("import", "-", tmp_path / "new")[0] == 0
    assert folder.load(tmp_path / "new").hypotheses


def test_a_ledger_elsewhere_is_not_written_to_and_that_is_said(
    run, tmp_path, monkeypatch
):
    monkeypatch.setenv("WORKBENCH_LEDGER", f"sqlite:///{tmp_path}/team.sqlite3")
    file = SAMPLES / "open_synthesis.json"
    code, out, _ = run("import", file, tmp_path / "new", "--matrix", "1")
    assert code == 0
    assert "WORKBENCH_LEDGER names another" in out
    assert not (tmp_path / "team.sqlite3").exists()


# Each mistake, and what its message must say.
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"hello", "f.json: not a file of a kind that is read. These are:"),
        (b'{"achMatrices": [', "f.json: line 1, column 18: not JSON"),
        (b'{"metadata": {"x": "\xff"}}', "f.json: line 1: JSON, but not in UTF-8"),
        (b'{"\x1b[31m": 1, "\x1b[31m": 1}', "f.json: "),
    ],
)
def test_a_file_at_fault_is_told_and_touches_nothing(run, case, tmp_path, data, said):
    before = sorted(case.rglob("*"))
    (tmp_path / "f.json").write_bytes(data)
    for target in (tmp_path / "new", case):
        code, out, err = run("import", tmp_path / "f.json", target)
        assert (code, out) == (1, "")
        assert said in err
        assert "\x1b" not in err
    assert sorted(case.rglob("*")) == before
    assert not (tmp_path / "new").exists()


def test_a_case_that_is_there_is_never_imported_into(run, case):
    code, out, err = run("import", SAMPLES / "arkhammirror.json", case)
    assert (code, out) == (1, "")
    assert "holds a case already; name another folder" in err
    assert folder.load(case) == CASE


def test_a_missing_file_is_told(run, tmp_path):
    code, _, err = run("import", tmp_path / "no.json", tmp_path / "new")
    assert code == 1
    assert "No such file" in err


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a file without an end")
def test_a_file_without_an_end_is_refused(run, tmp_path):
    code, _, err = run("import", "/dev/zero", tmp_path / "new")
    assert code == 1
    assert "a pipe or a device, not a file" in err


def test_export_writes_the_file_and_says_what_it_could_not_carry(run, case, tmp_path):
    out_file = tmp_path / "out.json"
    code, out, err = run("export", case, "--to", "arkhammirror", "-o", out_file)
    assert (code, out) == (0, "")
    assert "not carried: labels (6 places)\n" in err
    (found,) = exchange.read(out_file.read_bytes(), "out.json")
    assert len(found.case.evidence) == 3


def test_export_puts_an_analysts_judgments_into_the_matrix(run, case, tmp_path):
    ledger = Ledger(default_url(case))
    Desk(ledger, CASE, "ann").change("form", 1, [["rating", "e1", "h1", "II", "No."]])
    ledger.close()
    options = ("--analyst", "ann", "--date", "2026-11-25", "-o", tmp_path / "out.json")
    for to in ("arkhammirror", "intel-workbench", "json", "csv", "ods", "md"):
        assert run("export", case, "--to", to, *options)[0] == 0
        (found,) = exchange.read((tmp_path / "out.json").read_bytes(), "out.json")
        if to == "json":
            assert list(found.analysts) == ["ann"]
        else:
            code = found.case.evidence[0].ratings["title-of-h1"].consistency.value
            assert code == {"intel-workbench": "I"}.get(to, "II")


def test_export_goes_to_standard_output(case):
    done = subprocess.run(
        [
            *(sys.executable, "-m", "workbench", "export", str(case)),
            *("--to", "intel-workbench", "-o", "-", "--date", "2026-11-25"),
        ],
        capture_output=True,
        check=True,
        cwd=ROOT,
    )
    expected = exchange.write(
        CASE,
        Judgments(),
        "intel-workbench",
        date=dt.date(2026, 11, 25),
    )
    assert done.stdout == expected.data
    assert json.loads(done.stdout)["achMatrices"]


def test_the_command_line_offers_every_target():
    assert tuple(exchange.TARGETS) == cli.TARGETS


def test_the_readme_names_every_file_that_is_read_and_written():
    text = section("Other tools' files")
    table = [line for line in text.splitlines() if line.startswith("| ")][1:]
    targets = re.findall(r"`--to ([a-z-]+)`", text)
    assert sorted(targets) == sorted(exchange.TARGETS)
    read = [line for line in table if "| yes |" in line]
    assert all("--to" in line for line in table if line not in read)
    assert len(read) == len(exchange.FORMATS) - 1  # the two older ones share a line
    assert README.count("## Other tools' files") == 1
    assert rows(section("Command line"))


# ------------------------------------------------------------------ what is not read

SENT = Path(__file__).parent / "exchange" / "sent"


def test_a_file_of_which_too_much_is_unread_is_refused_and_nothing_is_written(
    run, tmp_path
):
    file = SENT / "labelled_column_of_words.csv"
    code, out, err = run("import", file, tmp_path / "new")
    assert (code, out) == (1, "")
    assert "3 of 9 cells cannot be read" in err
    for told in ("“likely”, whose meaning is not known: D2", "D3", "D4", "--accept"):
        assert told in err
    assert list(tmp_path.iterdir()) == []


def test_what_is_accepted_is_written_without_the_cells_that_were_not_read(
    run, tmp_path
):
    file = SENT / "labelled_column_of_words.csv"
    code, out, _ = run("import", file, tmp_path / "new", "--accept")
    assert code == 0
    assert "  “ask the smith”, whose meaning is not known: D4\n" in out
    assert "D4: ask the smith" in (tmp_path / "new" / "imported.txt").read_text()
    code, out, _ = run("score", tmp_path / "new", "--json")
    scored = {h["title"]: h["score"] for h in json.loads(out)["hypotheses"]}
    assert (scored["Lightning"], scored["Arson"]) == (3, 1)


def test_a_program_is_told_what_was_read_and_what_was_not(run, tmp_path):
    file = SENT / "labelled_column_of_words.csv"
    code, out, err = run("import", file, tmp_path / "new", "--json")
    told = json.loads(out)
    assert code == 1
    assert "3 of 9 cells" in told["refused"]
    assert told["refused"] in err
    (one,) = told["matrices"]
    assert (one["filled"], one["read"]) == (9, 6)
    assert one["listed"][0] == {"place": "D2", "content": "likely"}
    code, out, _ = run("import", file, tmp_path / "new", "--json", "--accept")
    told = json.loads(out)
    assert (code, told["refused"]) == (0, None)
    assert told["matrices"][0]["scores"]["lightning"] == 3
    assert folder.load(tmp_path / "new")


def test_a_file_that_is_not_read_at_all_is_told_to_a_program_too(run, tmp_path):
    (tmp_path / "f.csv").write_text("a,b\n")
    code, out, _ = run("import", tmp_path / "f.csv", tmp_path / "new", "--json")
    told = json.loads(out)
    assert (code, told["matrices"]) == (1, [])
    assert "f.csv: no ratings are found" in told["refused"]


def test_words_and_columns_are_said_on_the_command_line_or_in_a_file(run, tmp_path):
    file = SENT / "labelled_column_of_words.csv"
    words = (
        "--word",
        "likely=C",
        "--word",
        "unlikely=I",
        "--word",
        "ask the smith=unrated",
    )
    code, out, _ = run("import", file, tmp_path / "a", "--json", *words)
    assert code == 0
    assert json.loads(out)["matrices"][0]["scores"]["dry-straw"] == 1
    kept = tmp_path / "choices.yaml"
    kept.write_text("columns:\n  H3 Dry straw: leave-out\nwords:\n  likely: CC\n")
    code, out, _ = run("import", file, tmp_path / "b", "--json", "--choices", kept)
    assert code == 0
    one = json.loads(out)["matrices"][0]
    assert (one["filled"], one["read"], list(one["scores"])) == (
        6,
        6,
        ["lightning", "arson"],
    )


@pytest.mark.parametrize(
    "flags",
    [
        ("--column", "Weight"),
        ("--column", "Weight=heavy"),
        ("--word", "fits=D"),
        ("--word", "=C"),
    ],
)
def test_a_choice_that_says_nothing_is_wrong_usage(run, tmp_path, flags):
    code, _, err = run("import", SENT / "ticks.csv", tmp_path / "new", *flags)
    assert code == 2
    assert "use one of" in err or "write a name" in err
