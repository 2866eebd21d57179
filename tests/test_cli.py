"""The command line: what it prints where, and how it ends."""

import datetime as dt
import io
import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.builders import make_case, write_files
from tests.published.at_first import AT_FIRST
from workbench import __version__, cli, report, serving
from workbench.case import folder
from workbench.case.document import case_document
from workbench.case.model import Rule
from workbench.cli import assessing
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.method.sensitivity import document, draw, sensitivity, slips, verdict
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger, default_url
from workbench.wording.verdict import verdict_lines

ROOT = Path(__file__).parents[1]
CASE = make_case(
    "E1: CC C I",
    "E2: N I II",
    "E3: I C C",
    sources={"e1": "s", "e3": "s"},
    origin={"e1": "one", "e2": "one"},
    dates={"e1": "2024-04", "e2": "2024-05-02"},
)


@pytest.fixture
def case(tmp_path):
    where = tmp_path / "case"
    folder.write(where, CASE)
    return where


def judge(case, analyst="ann", to="II"):
    ledger = Ledger(default_url(case))
    desk = Desk(ledger, folder.load(case), analyst)
    desk.change(f"form-{analyst}", 1, [["rating", "e1", "h1", to, "No."]])
    ledger.close()
    return desk.judgments


def subcommand(*arguments, **more):
    return subprocess.run(
        [sys.executable, "-m", "workbench", *map(str, arguments)],
        capture_output=True,
        check=False,
        cwd=ROOT,
        timeout=60,
        **more,
    )


# ------------------------------------------------------------------ usage


@pytest.mark.parametrize(
    "arguments",
    [
        ["scroe"],
        ["score", "--rule", "best"],
        ["score", "--as-of", "yesterday"],
        ["score", "--as-of", "2024-02-30"],
        ["score", ".", "."],
        ["sensitivity", "--draws", "0"],
        ["sensitivity", "--draws", "many"],
        ["sensitivity", "--seed", "-1"],
        ["report", "--to", "html"],
        ["report", "--to", "pdff", "-o", "x"],
        ["report", "-o", "x"],
        ["report", "--to", "md", "-o", "-", "--date", "2024-4-1"],
        ["new", "x"],
        ["ledger"],
        ["ledger", "forge"],
        ["ledger", "import"],
        ["serve", "--port", "0"],
        ["serve", "--port", "70000"],
        # What a shell makes of a variable without a value is not the default.
        ["score", ""],
        ["score", "--ledger", ""],
        ["serve", "--auth", ""],
        ["ledger", "list", "--analyst="],
        ["ledger", "verify", "--against", ""],
    ],
)
def test_wrong_usage_is_2_and_says_what_is_right(run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith("usage: workbench")


COMMANDS = [
    [],
    *[[name] for name in ("serve", "check", "score", "sensitivity", "report", "new")],
    ["ledger"],
    *[["ledger", name] for name in ("list", "verify", "export", "import")],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(run, command):
    code, out, err = run(*command, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"usage: {' '.join(['workbench', *command])}")


def test_the_version_is_printed(run):
    assert run("--version") == (0, f"workbench {__version__}\n", "")


def test_it_runs_as_a_module_in_the_present_folder(case):
    done = subprocess.run(
        [sys.executable, "-m", "workbench", "check"],
        capture_output=True,
        check=False,
        cwd=case,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("No errors in 3 hypotheses, 3 items, 1 source; ")


# ------------------------------------------------------------------ check


def test_a_sound_case_has_no_errors(run, case):
    code, out, err = run("check", case)
    assert (code, err) == (0, "")
    assert "No errors" in out.splitlines()[0]
    found = json.loads(run("check", case, "--json")[1])
    assert found["errors"] == []
    assert len(found["findings"]) == len(out.splitlines()) - 1
    assert set(found["findings"][0]) == {"severity", "code", "subject", "message"}


def test_strict_makes_a_grave_finding_a_fault_and_a_note_none(run, tmp_path, case):
    assert run("check", case, "--strict")[0] == 1
    quiet = tmp_path / "quiet"
    folder.write(quiet, make_case())
    grave = {"serious", "caution"}
    found = json.loads(run("check", quiet, "--json")[1])["findings"]
    expected = 1 if grave & {one["severity"] for one in found} else 0
    assert run("check", quiet, "--strict")[0] == expected


ITEM = "label: E4\ntitle: T\nstatement: S\nkind: evidence\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{ITEM}ratings: {{h1: NO}}\n", "evidence/e4.yaml:5: ratings.h1: 'NO' is not"),
        (f"{ITEM}ratings:\n  h1:\n    rating: NO\n", ":7: ratings.h1.rating: 'NO' is"),
        (f"{ITEM}ratings: {{h1: C, h1: I}}\n", ":5: ratings.h1: the key 'h1' stands"),
        (f"{ITEM}ratings: {{h9: C}}\n", ":5: ratings.h9: no hypothesis has the id"),
        (f"{ITEM}credibilty: low\n", ":5: credibilty: unknown key; use one of"),
        (f"{ITEM}sources: [x]\n", ":5: sources[1].source: no source has the id 'x'"),
        (ITEM.replace("title: T\n", ""), ": title: missing"),
        (f"{ITEM}a: &a [1]\ntags: [*a, *a]\n", "evidence/e4.yaml:"),
        (f"{ITEM}tags:\n\t- x\n", "evidence/e4.yaml:6: not YAML: a tab"),
        (b"\xff\xfe\x00\x01", "evidence/e4.yaml:1: not a text in UTF-8"),
        ("", "evidence/e4.yaml:1: the file is empty"),
        (f'{ITEM}"\\e[2J": 1\n', "evidence/e4.yaml:5: \\x1b[2J: unknown key"),
        (f"{ITEM}\u202egnp: 1\n", "evidence/e4.yaml:5: \\u202egnp: unknown key"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(run, case, text, message):
    write_files(case, {"evidence/e4.yaml": text})
    for command in ("check", "score", "sensitivity"):
        code, out, err = run(command, case)
        assert (code, out) == (1, "")
        assert message in err
        assert err.replace("\n", "").isprintable()


def test_all_faults_are_told_at_once_and_counted(run, case):
    write_files(
        case,
        {
            "evidence/e4.yaml": f"{ITEM}ratings: {{h1: X, h2: Y}}\n",
            "hypotheses/h1.yaml": "label: H1\n",
        },
    )
    code, _, err = run("check", case)
    lines = err.splitlines()
    assert (code, lines[-1]) == (1, "workbench: 4 errors in 2 files")
    assert len(lines) == 5
    found = json.loads(run("check", case, "--json")[1])
    assert [len(found["errors"]), found["findings"]] == [4, []]
    assert found["errors"][0] == {
        "file": "evidence/e4.yaml",
        "line": 5,
        "field": "ratings.h1",
        "message": "'X' is not a rating; use one of CC, C, N, I, II, NA",
    }


@pytest.mark.parametrize("command", ["check", "score", "sensitivity", "serve"])
def test_a_folder_that_is_not_there_is_said_so(run, tmp_path, command):
    code, out, err = run(command, tmp_path / "nowhere")
    assert (code, out) == (1, "")
    assert "nowhere: no such folder; name a case folder" in err


# ------------------------------------------------------------------ score


def test_score_json_is_the_assessment(run, case):
    code, out, err = run("score", case, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == assess(build(folder.load(case))).document()


@pytest.mark.parametrize("rule", Rule)
def test_score_takes_rule_day_and_independence(run, case, rule):
    arguments = ["--rule", rule, "--as-of", "2024-04", "--count-all", "--json"]
    expected = build(
        folder.load(case), rule=rule, as_of=dt.date(2024, 4, 30), count_all=True
    )
    found = json.loads(run("score", case, *arguments)[1])
    assert found == assess(expected).document()
    assert (found["as_of"], found["independence"]) == ("2024-04-30", "count-all")


def test_score_prints_a_table_and_the_margin(run, case):
    code, out, err = run("score", case)
    assert (code, err) == (0, "")
    head, table, *_ = (part.splitlines() for part in out.split("\n\n"))
    now = assess(build(folder.load(case)))
    reached = verdict(slips(now), draw(now.matrix))
    assert head == [
        "Why did it happen?",
        *verdict_lines(now, reached),
        "Weighted inconsistency (weighted-inconsistency), 3 items, published baseline",
    ]
    assert table[0].split() == ["Rank", "Hypothesis", "Score", "Coverage", "Flags"]
    assert [line.split()[:2] for line in table[1:4]] == [
        ["1", "H2"],
        ["2", "H1"],
        ["3", "H3"],
    ]
    assert table[1].split()[-2:] == ["0.50", "100%"]
    assert "Title of H2 is ahead now, by 0.50." in out
    assert "Margin: 0.50." in out


def test_score_shows_ties_and_hypotheses_without_a_rank(run, tmp_path):
    folder.write(tmp_path / "tie", make_case("E1: C N NA", "E2: I I -"))
    out = run("score", tmp_path / "tie")[1]
    ranks = [line.split()[0] for line in out.split("\n\n")[1].splitlines()[1:4]]
    assert ranks == ["1=", "1=", "–"]  # noqa: RUF001  the dash for no number
    assert "Margin: 0.00." in out
    assert "unrated, unchallenged, vague" in out


def test_score_counts_the_judgments_of_an_analyst(run, case):
    judgments = judge(case)
    out = run("score", case, "--analyst", "ann", "--json")[1]
    expected = assess(build(folder.load(case), judgments)).document("ann")
    assert json.loads(out) == expected
    assert "judgments of ann" in run("score", case, "--analyst", "ann")[1]
    baseline = json.loads(run("score", case, "--json")[1])
    assert baseline["fingerprint"] != expected["fingerprint"]


def test_an_unknown_analyst_is_told_the_known(run, case):
    judge(case, "bob")
    judge(case, "ann")
    code, out, err = run("score", case, "--analyst", "eve")
    assert (code, out) == (1, "")
    assert err == "workbench: no entry by 'eve'; known analysts: ann, bob\n"


@pytest.mark.parametrize(
    "command",
    [
        ["score", "--analyst", "ann"],
        ["sensitivity", "--analyst", "ann"],
        ["report", "--to", "md", "-o", "-", "--analyst", "ann"],
        ["ledger", "list"],
        ["ledger", "verify"],
        ["ledger", "export"],
        ["check"],
        ["score"],
    ],
    ids=" ".join,
)
def test_reading_makes_no_ledger_where_there_is_none(run, case, command):
    code, _, err = run(*command, "--", case)
    assert code == (1 if "--analyst" in command else 0)
    if code:
        assert "nobody has judged anything yet" in err
    assert not (case / ".workbench").exists()


def test_a_ledger_can_be_named_by_its_url(run, case, tmp_path, monkeypatch):
    judge(case)
    moved = tmp_path / "elsewhere.sqlite3"
    (case / ".workbench" / "ledger.sqlite3").rename(moved)
    assert run("score", case, "--analyst", "ann")[0] == 1
    named = run("score", case, "--analyst", "ann", "--ledger", f"sqlite:///{moved}")
    monkeypatch.setenv("WORKBENCH_LEDGER", f"sqlite:///{moved}")
    assert run("score", case, "--analyst", "ann") == named
    assert named[0] == 0


@pytest.mark.parametrize("url", ["nonsense", "nodb://x", "postgresql://127.0.0.1:9/x"])
@pytest.mark.parametrize("command", [["list"], ["verify"], ["export"], ["import", "-"]])
def test_a_ledger_out_of_reach_is_said_so(run, case, monkeypatch, url, command):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    code, out, err = run("ledger", *command, case, "--ledger", url)
    assert (code, out) == (1, "")
    assert err.startswith("workbench: the ledger cannot be opened: ")


def test_hostile_text_is_harmless_on_a_terminal(run, tmp_path):
    hostile = "<script>\u202egnirts\u2066 =HYPERLINK(1) \u200b😀"
    where = write_files(
        tmp_path / "case",
        {
            folder.QUESTION_FILE: f"question: '{hostile}'\ntitle: T\nformat: 1\n",
            "hypotheses/h1.yaml": "label: H1\ntitle: 'a\u202eb'\nstatement: S\n",
            "evidence/_sources.yaml": "{}\n",
        },
    )
    for command in (["score"], ["score", "--json"], ["sensitivity"], ["check"]):
        code, out, _ = run(*command, where)
        assert code == 0
        assert not set("\u202e\u2066\u200b") & set(out)
    found = json.loads(run("score", where, "--json")[1])
    assert found["question"] == folder.load(where).question.question


# ------------------------------------------------------------------ sensitivity


def test_sensitivity_json_is_the_analysis(run, case):
    arguments = ["--draws", "500", "--seed", "7", "--json"]
    code, out, err = run("sensitivity", case, *arguments)
    matrix = build(folder.load(case))
    drawn = draw(matrix, draws=500, seed=7)
    assert (code, err) == (0, "")
    assert json.loads(out) == document(sensitivity(matrix), drawn)


def test_the_verdict_stands_under_the_question_of_both_and_follows_the_draws(run):
    said = ["The evidence does not separate Ukraine manpower from Face saving; "]
    said += ["Ukraine manpower is ahead now, by 0.48."]
    for command in (["score"], ["sensitivity"], ["sensitivity", "--seed", "3"]):
        lines = run(*command, AT_FIRST)[1].splitlines()
        assert lines[1].startswith(said[0])
        assert lines[2] == said[1]
    found = json.loads(run("sensitivity", AT_FIRST, "--seed", "3", "--json")[1])
    share = found["drawn"]["leads"]["face-saving"]
    assert f"draws:{share}" in found["verdict"]["reasons"]["face-saving"]
    assert "verdict" not in json.loads(run("score", AT_FIRST, "--json")[1])


def test_sensitivity_says_what_the_ranking_hangs_on(run, case):
    code, out, err = run("sensitivity", case, "--draws", "100")
    assert (code, err) == (0, "")
    for said in (
        "Leaving out one item changes who leads in",
        "Leaving out one source changes who leads in",
        "Leaving out one origin changes who leads in",
        "Moving the emphasis of one item changes who leads in",
        "Turning round what one source alone says changes who leads in",
        "What it hangs on:",
        "What decides:",
        "If ratings could be anything, 1 cell puts H1 ahead of H2:",
        "The strongest case for each rival:",
        "In 100 draws",
        "(seed 0)",
    ):
        assert said in out


@pytest.mark.parametrize("rows", [[], ["E1: - -"], ["E1: C C"], ["E1: C I"]])
def test_sensitivity_of_a_case_with_little_in_it_is_no_fault(run, tmp_path, rows):
    folder.write(tmp_path / "case", make_case(*rows))
    assert run("sensitivity", tmp_path / "case", "--draws", "10")[0] == 0
    assert run("score", tmp_path / "case")[0] == 0


def test_an_item_a_source_and_a_hypothesis_may_share_an_id(run, tmp_path):
    case = make_case("E1: CC I", sources={"e1": "e1"}, hypotheses=["E1", "H2"])
    folder.write(tmp_path / "case", case)
    out = run("sensitivity", tmp_path / "case", "--draws", "10")[1]
    assert "without E1: nobody" in out
    assert "without e1: nobody" in out


# ------------------------------------------------------------------ report


def test_the_formats_offered_are_those_that_can_be_made():
    assert tuple(report.FORMATS) == cli.REPORTS


@pytest.mark.parametrize("to", cli.REPORTS)
def test_a_report_is_written_to_a_file_or_to_the_output(
    case, tmp_path, capfdbinary, to
):
    file = tmp_path / f"report.{to}"
    arguments = ["report", case, "--to", to, "--date", "2026-11-24", "-o"]
    assert cli.main([*map(str, arguments), str(file)]) == 0
    expected = report.make(
        folder.load(case), to=to, date=dt.date(2026, 11, 24), analyst=None, rule=None
    )
    assert file.read_bytes() == expected
    capfdbinary.readouterr()
    assert cli.main([*map(str, arguments), "-"]) == 0
    assert capfdbinary.readouterr().out == expected
    if to == "xlsx":  # a process of its own, for the bytes of one that is no text
        assert subcommand(*arguments, "-").stdout == expected


def test_a_reports_date_is_today_unless_told(run, case, tmp_path):
    file = tmp_path / "report.md"
    assert run("report", case, "--to", "md", "-o", file) == (0, "", "")
    assert str(dt.datetime.now().astimezone().date()) in file.read_text()


def test_a_report_that_cannot_be_written_leaves_the_old_one(run, case, tmp_path):
    old = tmp_path / "report.md"
    old.write_text("old")
    write_files(case, {"evidence/e4.yaml": "label: E4\n"})
    assert run("report", case, "--to", "md", "-o", old)[0] == 1
    assert old.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_a_report_into_a_folder_that_is_not_there_is_said_so(run, case, tmp_path):
    for file in (tmp_path / "no" / "report.md", tmp_path):
        code, _, err = run("report", case, "--to", "md", "-o", file)
        assert code == 1
        assert err.startswith("workbench: ")


# ------------------------------------------------------------------ new


@pytest.mark.parametrize(
    "question",
    ["Why?", "Why: 'did' it #happen", "yes", "- [x] {y}", "  Ä\n😀 " + "long " * 90],
)
def test_a_new_case_opens_and_has_no_errors(run, tmp_path, question):
    where = tmp_path / "deep" / "case"
    code, out, err = run("new", where, "--question", question)
    assert (code, out) == (0, "")
    assert "an empty case" in err
    assert folder.load(where).question.question == " ".join(question.split())
    assert run("check", where)[0] == 0
    assert run("score", where)[0] == 0
    files = [str(path.relative_to(where)) for path in where.rglob("*.yaml")]
    assert sorted(files) == ["evidence/_sources.yaml", "hypotheses/_question.yaml"]


def test_the_example_is_copied_into_a_new_folder(run, tmp_path):
    where = tmp_path / "case"
    code, out, err = run("new", where, "--example")
    assert (code, out) == (0, "")
    assert f"workbench serve {where}" in err
    copy, shipped = folder.load(where), folder.load(ROOT)
    assert (copy.evidence, copy.hypotheses) == (shipped.evidence, shipped.hypotheses)
    assert {path.name for path in where.iterdir()} == {"hypotheses", "evidence"}
    code, out, err = run("new", where, "--example")
    assert (code, out) == (1, "")
    assert "holds a case already" in err


@pytest.mark.parametrize("how", [["--example"], ["--question", "Why: 'now'?\nÀ"]])
def test_each_new_case_has_an_id_of_its_own(run, tmp_path, how):
    for name in ("a", "b"):
        assert run("new", tmp_path / name, *how)[0] == 0
    ids = {folder.load(tmp_path / name).question.id for name in ("a", "b")}
    assert len(ids) == 2
    stem = "example" if how == ["--example"] else "why-now-a"
    assert all(re.fullmatch(f"{stem}-[0-9a-f]{{6}}", one) for one in ids)


@pytest.mark.parametrize("how", [[], ["--example", "--question", "Why?"]])
def test_a_new_case_is_empty_or_the_example(run, tmp_path, how):
    assert run("new", tmp_path / "case", *how)[0] == 2
    assert not (tmp_path / "case").exists()


def test_alone_it_says_what_to_type(run, tmp_path, monkeypatch, case):
    (tmp_path / "empty").mkdir()
    for where, told in (
        (tmp_path / "empty", None),
        (case, "opens the case in this folder"),
        (case.parent, "opens the cases in this folder"),
    ):
        monkeypatch.chdir(where)
        code, out, err = run()
        assert (code, err) == (0, "")
        typed = re.findall(r"^  (workbench.*?)  +(\S.*)$", out, re.MULTILINE)
        assert "workbench new FOLDER --example" in dict(typed)
        assert dict(typed).get("workbench serve") == told


def test_what_it_says_to_type_can_be_typed(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for line in run()[1].splitlines():
        if match := re.match(r"  workbench (.*?)  +", line):
            words = shlex.split(match[1].replace("FOLDER", str(tmp_path)))
            if words != ["--help"]:
                assert cli.parser().parse_args(words).run


def test_the_examples_in_a_new_case_are_a_case(run, tmp_path):
    where = tmp_path / "case"
    run("new", where, "--question", "Why did the ship go down?")
    asked = (where / folder.QUESTION_FILE).read_text()
    stated = (where / folder.SOURCES_FILE).read_text()

    def example(text, start, end=None):
        found = text[text.index(start) :]
        found = found[: found.index(end)] if end else found
        return found.replace("\n# ", "\n").replace("# ", "", 1).replace("\n#\n", "\n")

    wanted = example(asked, "# as_of", "\n\n# Each")
    hypothesis = example(asked, "# label: H1", "\n#\n# Make")
    source = example(stated, "# harbour-log", "\n{}")
    item = example(stated, "# label: E1")
    write_files(
        where,
        {
            folder.QUESTION_FILE: asked + wanted + "\n",
            folder.SOURCES_FILE: source + "\n",
            "hypotheses/bad-weather.yaml": hypothesis + "\n",
            "hypotheses/collision.yaml": hypothesis.replace("H1", "H2") + "\n",
            "evidence/calm-sea.yaml": item,
        },
    )
    code, _, err = run("check", where)
    assert (code, err) == (0, "")
    case = folder.load(where)
    assert {h: r.consistency.value for h, r in case.evidence[0].ratings.items()} == {
        "bad-weather": "II",
        "collision": "N",
    }
    assert case.question.assumptions
    assert case.hypotheses[0].refuted_by


def test_a_new_case_overwrites_nothing(run, tmp_path, case):
    before = case_document(folder.load(case))
    (tmp_path / "notes.txt").touch()
    for where in (case, tmp_path, tmp_path / "notes.txt"):
        code, _, err = run("new", where, "--question", "Why?")
        assert code == 1
        assert "name another folder" in err or "name a folder" in err
    assert case_document(folder.load(case)) == before
    assert run("new", tmp_path / "empty", "--question", "  ")[0] == 1
    assert not (tmp_path / "empty").exists()


# ------------------------------------------------------------------ ledger


def test_the_entries_are_listed_verified_exported_and_merged(run, case, tmp_path):
    judge(case)
    code, out, _ = run("ledger", "list", case)
    assert code == 0
    assert out.splitlines()[0].split() == [
        *("No.", "At", "Analyst", "What", "Where", "From", "To", "Because")
    ]
    assert out.splitlines()[1].split()[3:] == [
        *("ann", "rating", "e1", "/", "h1", "CC", "II", "No.")
    ]
    listed = json.loads(run("ledger", "list", case, "--json")[1])
    assert listed["to"] == "II"
    code, out, err = run("ledger", "verify", case)
    assert (code, err) == (0, "")
    assert f"ann: 1 entry, last {listed['hash']}\n" in out
    assert "newest entries were cut off does not show in the ledger itself" in out

    file = tmp_path / "entries.jsonl"
    assert run("ledger", "export", case, "-o", file) == (0, "", "")
    assert json.loads(file.read_text()) == listed
    other = tmp_path / "other"
    folder.write(other, CASE)
    assert run("ledger", "import", file, other)[:2] == (
        *(0, "1 entry added, 0 present already.\n"),
    )
    assert run("ledger", "import", file, other)[1] == (
        "0 entries added, 1 present already.\n"
    )
    noted = run("ledger", "list", other, "--json")[1].splitlines()
    (note,) = [one for one in map(json.loads, noted) if one["kind"] == "import"]
    assert (note["analyst"], note["part"], note["to"]) == (
        *("command line", "entries.jsonl", "entries: 1"),
    )
    assert run("ledger", "verify", other)[0] == 0
    # Its own note says nothing that would be noted in turn.
    assert run("ledger", "export", other, "-o", file)[0] == 0
    assert run("ledger", "import", file, case)[1].startswith("1 entry added, 1 present")
    assert len(run("ledger", "list", case, "--json")[1].splitlines()) == 2
    scores = [run("score", one, "--analyst", "ann", "--json") for one in (case, other)]
    assert scores[0] == scores[1]


def test_entries_pass_through_a_pipe(case, tmp_path):
    judge(case)
    other = tmp_path / "other"
    folder.write(other, CASE)
    lines = subcommand("ledger", "export", case).stdout
    done = subcommand("ledger", "import", "-", other, input=lines)
    assert done.stdout == b"1 entry added, 0 present already.\n"


def test_an_altered_ledger_is_a_fault(run, case):
    judge(case)
    ledger = Ledger(default_url(case))
    with ledger._store.writing([]) as connection:
        connection.exec_driver_sql("update entries set because = 'Yes.'")
    ledger.close()
    code, out, err = run("ledger", "verify", case)
    assert code == 1
    assert "each fits its hash" not in out
    assert "entry 1 by ann: its content does not fit its hash" in err
    for command in (
        ["score", case, "--analyst", "ann"],
        ["sensitivity", case, "--analyst", "ann", "--draws", 10],
        ["report", case, "--analyst", "ann", "--to", "md", "-o", "-"],
        ["export", case, "--analyst", "ann", "--to", "json", "-o", "-"],
    ):
        code, out, err = run(*command)
        assert code == 0
        assert out
        assert "in the ledger, entry 1 by ann: its content does not fit" in err


def test_a_note_of_the_heads_tells_a_ledger_whose_end_was_cut(run, case, tmp_path):
    judge(case)
    judge(case, "bob")
    note, lines = tmp_path / "heads.json", tmp_path / "entries.jsonl"
    note.write_text(run("ledger", "verify", case, "--json")[1])
    run("ledger", "export", case, "-o", lines)
    found = json.loads(note.read_text())
    assert found["faults"] == []
    assert [(one["analyst"], one["count"]) for one in found["chains"]] == [
        *(("ann", 1), ("bob", 1))
    ]
    (head,) = found["chains"][1]["heads"]
    ways = [note, lines, head]
    for way in ways:
        code, out, _ = run("ledger", "verify", case, "--against", way)
        assert (code, out.splitlines()[-1]) == (
            0,
            f"Everything that {way} names is here.",
        )
    ledger = Ledger(default_url(case))
    with ledger._store.writing([]) as connection:
        connection.exec_driver_sql("delete from entries where analyst = 'bob'")
    ledger.close()
    assert run("ledger", "verify", case)[0] == 0  # by itself it cannot know
    for way in ways:
        code, _, err = run("ledger", "verify", case, "--against", way)
        assert code == 1
        assert f"the entry {head}" in err
        told = json.loads(run("ledger", "verify", case, "--against", way, "--json")[1])
        assert len(told["faults"]) == 1


@pytest.mark.parametrize(
    "text", ["", "{}", '{"chains": []}', '{"chains": 3}', "[", "x"]
)
def test_what_names_no_entry_is_nothing_to_compare_with(run, case, tmp_path, text):
    note = tmp_path / "note"
    note.write_text(text)
    code, out, err = run("ledger", "verify", case, "--against", note)
    assert (code, out) == (1, "")
    assert err.startswith(f"workbench: {note}: ")


@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_has_no_end_is_not_waited_for(run, case, tmp_path, kind):
    file = {"pipe": tmp_path / "pipe", "device": Path("/dev/zero"), "folder": case}[
        kind
    ]
    if kind == "pipe":
        os.mkfifo(file)
    for command in (
        ["import", file, tmp_path / "new"],
        ["import", file, tmp_path / "new", "--dry-run"],
        ["ledger", "import", file, case],
        ["ledger", "verify", case, "--against", file],
        ["restore", file, "--ledger", f"sqlite:///{tmp_path / 'store.sqlite3'}"],
    ):
        code, out, err = run(*command)
        assert (code, out) == (1, "")
        assert err.startswith(f"workbench: {file}: a ")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("data", [b"{}\n", b"[1]", b"\xff\xfe", b'{"format": 1}'])
def test_a_file_that_is_no_export_is_said_so_with_its_line(run, case, tmp_path, data):
    file = tmp_path / "entries.jsonl"
    file.write_bytes(data)
    code, out, err = run("ledger", "import", file, case)
    assert (code, out) == (1, "")
    assert f"{file}:1: " in err
    assert "use what workbench ledger export wrote" in err or "UTF-8" in err


def test_of_a_file_without_lines_no_more_is_read_than_a_line_may_have(
    run, case, tmp_path
):
    file = tmp_path / "huge"
    with file.open("wb") as made:
        made.truncate(1 << 40)  # more than any machine could hold
    code, out, err = run("ledger", "import", file, case)
    assert (code, out) == (1, "")
    assert f"{file}:1: longer than 4 MB" in err
    code, out, err = run("ledger", "verify", case, "--against", file)
    assert (code, out) == (1, "")
    assert f"{file}: more than " in err
    code, out, err = run("restore", file, "--ledger", f"sqlite:///{tmp_path / 's'}")
    assert (code, out) == (1, "")
    assert f"{file}: no backup of a store" in err


def test_entries_are_not_imported_where_there_is_no_case(run, tmp_path):
    file = tmp_path / "entries.jsonl"
    file.touch()
    for where in (tmp_path, tmp_path / "nowhere"):
        assert run("ledger", "import", file, where)[0] == 1
    assert run("ledger", "import", tmp_path / "none.jsonl", tmp_path)[0] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["entries.jsonl"]


# ------------------------------------------------------------------ processes


def test_scoring_the_baseline_imports_nothing_heavy():
    heavy = "streamlit pandas altair sqlalchemy jinja2 pyarrow importlib.metadata"
    script = (
        "import sys; from workbench.cli import main; code = main(['score']);"
        f"print([name for name in {heavy.split()!r} if name in sys.modules], code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, cwd=ROOT
    )
    assert done.stdout.splitlines()[-1] == b"[] 0"


def test_a_reader_that_has_seen_enough_is_no_fault():
    command = f"{sys.executable} -m workbench report --to html -o - | head -c 5"
    done = subprocess.run(
        command, shell=True, capture_output=True, check=False, cwd=ROOT, timeout=60
    )
    assert (done.stdout, done.stderr) == (b"<!doc", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_an_output_that_is_full_is_said_so():
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "workbench", "score"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            cwd=ROOT,
            timeout=60,
        )
    assert done.returncode == 1
    assert done.stderr == b"workbench: No space left on device\n"


def test_an_interruption_is_quiet(monkeypatch, run):
    def interrupt(_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(assessing, "score", interrupt)
    assert run("score") == (130, "", "")


def test_nothing_to_write_to_is_no_fault(monkeypatch, case):
    monkeypatch.setattr(sys, "stdout", None)
    assert cli.main(["score", str(case)]) == 0


# ------------------------------------------------------------------ serve


def test_the_app_and_a_bare_start_have_one_configuration():
    shipped = tomllib.loads((ROOT / "workbench/ui/config.toml").read_text())
    bare = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())
    assert shipped == bare


def test_every_setting_is_passed_as_a_flag():
    settings = serving._settings("::1", 8600, None, None, None)
    flags = serving._flags(ROOT / "workbench/ui/config.toml", settings)
    found = dict(zip(flags[::2], flags[1::2], strict=True))
    expected = {
        "--server.address": "::1",
        "--server.port": "8600",
        "--server.headless": "true",
        "--server.fileWatcherType": "none",
        "--server.maxUploadSize": "62",
        "--server.enableCORS": "true",
        "--server.enableXsrfProtection": "true",
        "--server.enableStaticServing": "false",
        "--theme.font": "Inter, sans-serif",
        "--server.showEmailPrompt": "false",
        "--browser.gatherUsageStats": "false",
        "--client.toolbarMode": "minimal",
        "--client.showErrorDetails": "none",
        "--runner.postScriptGC": "false",
    }
    assert expected.items() <= found.items()
    config = tomllib.loads((ROOT / "workbench/ui/config.toml").read_text())
    for mode in ("light", "dark"):
        for key, value in config["theme"][mode].items():
            assert found[f"--theme.{mode}.{key}"] == value


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.1"])
@pytest.mark.parametrize("table", ["", "[auth]\nclient_id = 'x'\n"])
def test_others_are_not_let_in_whatever_sign_in_is_configured_and_not_enforced(
    run, case, address, tmp_path, monkeypatch, table
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    write_files(tmp_path, {".streamlit/secrets.toml": table})
    code, out, err = run("serve", case, "--address", address)
    assert (code, out) == (1, "")
    assert "--allow-anonymous" in err
    assert "no sign-in is configured" in err


def test_an_address_that_is_none_is_said_so(run, case):
    code, _, err = run("serve", case, "--address", "no such host.invalid")
    assert code == 1
    assert "no such address; use 127.0.0.1 for this machine" in err


def test_a_port_in_use_is_said_before_anything_starts(run, case):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, out, err = run("serve", case, "--port", port)
    assert (code, out) == (1, "")
    assert f"port {port} is in use on 127.0.0.1" in err
    assert "--port " in err


class Started(Exception):
    """In the place of turning into another process."""


@pytest.fixture
def started(monkeypatch):
    """What `serve` would turn into: the program, its arguments, its environment."""
    found = []

    def execve(*arguments):
        found.extend(arguments)
        raise Started

    monkeypatch.setattr(os, "execve", execve)
    monkeypatch.setattr(os, "name", "posix")
    return found


def a_free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_others_are_let_in_when_told(case, started, capsys):
    arguments = ["serve", str(case), "--address", "0.0.0.0", "--port", a_free_port()]
    with pytest.raises(Started):
        cli.main([*map(str, arguments), "--allow-anonymous"])
    assert started[1][started[1].index("--server.address") + 1] == "0.0.0.0"
    assert capsys.readouterr().out.startswith(f"http://{socket.gethostname()}:")


def test_the_app_is_told_its_case_and_ledger(case, started, monkeypatch):
    monkeypatch.chdir(case.parent)
    port = str(a_free_port())
    arguments = ["serve", "case", "--port", port, "--ledger", "sqlite:///x"]
    with pytest.raises(Started):
        cli.main(arguments)
    program, command, environment = started
    assert [program, *command[:5]] == [
        *(sys.executable, sys.executable, "-P", "-m", "streamlit", "run")
    ]
    assert Path(command[5]).is_file()
    assert environment["WORKBENCH_CASE"] == str(case)
    assert environment["WORKBENCH_LEDGER"] == f"sqlite:///{case.parent / 'x'}"


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("sqlite:///a/b?mode=rwc", "sqlite:///{here}/a/b?mode=rwc"),
        ("sqlite+pysqlite:///x", "sqlite+pysqlite:///{here}/x"),
        ("sqlite:////x", "sqlite:////x"),
        ("sqlite://", "sqlite://"),
        ("sqlite:///:memory:", "sqlite:///:memory:"),
        ("postgresql://host/x", "postgresql://host/x"),
    ],
)
def test_a_ledger_is_the_one_named_from_where_the_command_is_given(
    case, started, monkeypatch, named, found
):
    monkeypatch.chdir(case.parent)
    monkeypatch.setenv("WORKBENCH_LEDGER", named)
    with pytest.raises(Started):
        cli.main(["serve", "case", "--port", str(a_free_port())])
    assert started[2]["WORKBENCH_LEDGER"] == found.format(here=case.parent)
    assert Path.cwd() == case.parent


@pytest.mark.parametrize("asked", [None, "4"])
def test_the_threads_of_a_server_share_one_heap_unless_it_is_asked_otherwise(
    case, started, monkeypatch, asked
):
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    if asked:
        monkeypatch.setenv("MALLOC_ARENA_MAX", asked)
    with pytest.raises(Started):
        cli.main(["serve", str(case), "--port", str(a_free_port())])
    assert started[2]["MALLOC_ARENA_MAX"] == (asked or "1")


def test_no_variable_configures_the_server(case, started, monkeypatch):
    monkeypatch.chdir(case.parent)
    monkeypatch.setenv("STREAMLIT_SERVER_ENABLE_CORS", "false")
    monkeypatch.setenv("WORKBENCH_ALLOW_ANONYMOUS", "1")
    monkeypatch.setenv("PYTHONPATH", f"{os.pathsep}lib{os.pathsep}/lib")
    with pytest.raises(Started):
        cli.main(["serve", "case", "--port", str(a_free_port())])
    environment = started[2]
    assert not [name for name in environment if name.startswith("STREAMLIT_")]
    assert "WORKBENCH_ALLOW_ANONYMOUS" not in environment
    parts = environment["PYTHONPATH"].split(os.pathsep)
    assert parts[-2:] == [str(case.parent / "lib"), "/lib"]
    assert "" not in parts


@pytest.mark.usefixtures("case")
def test_a_folder_of_cases_is_served_as_one(tmp_path, started):
    with pytest.raises(Started):
        cli.main(["serve", str(tmp_path), "--port", str(a_free_port())])
    assert started[2]["WORKBENCH_CASE"] == str(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(Started):
        cli.main(["serve", str(tmp_path / "empty"), "--port", str(a_free_port())])


def with_id(where, id_):
    file = where / folder.QUESTION_FILE
    file.write_text(f"id: {id_}\n{file.read_text()}")


def test_several_cases_share_a_ledger_and_each_has_its_own_judgments(run, tmp_path):
    one, two, url = tmp_path / "one", tmp_path / "two", f"sqlite:///{tmp_path}/team.db"
    for where in (one, two):
        folder.write(where, CASE)
        judge(where, "ann", "II" if where == one else "I")
        with_id(where, where.name)
        lines = tmp_path / f"{where.name}.jsonl"
        run("ledger", "export", where, "-o", lines)
        assert run("ledger", "import", lines, where, "--ledger", url)[0] == 0
    named = ["--analyst", "ann", "--json"]
    for where in (one, two):
        alone = run("score", where, *named)
        assert run("score", where, *named, "--ledger", url) == alone
    assert run("score", one, *named)[1] != run("score", two, *named)[1]
    chains = json.loads(run("ledger", "verify", one, "--ledger", url, "--json")[1])
    of_ann = [one["case"] for one in chains["chains"] if one["analyst"] == "ann"]
    assert of_ann == ["one", "two"]
    assert chains["faults"] == []


def test_two_folders_with_one_id_do_not_share_a_ledger(run, tmp_path):
    one, two, url = tmp_path / "one", tmp_path / "two", f"sqlite:///{tmp_path}/team.db"
    for where in (one, two):
        folder.write(where, CASE)
        with_id(where, "the-same")
    judge(one)
    lines = tmp_path / "lines.jsonl"
    run("ledger", "export", one, "-o", lines)
    assert run("ledger", "import", lines, one, "--ledger", url)[0] == 0
    for command in (["list"], ["import", lines]):
        code, out, err = run("ledger", *command, two, "--ledger", url)
        assert (code, out) == (1, "")
        assert f"the case the-same of this ledger is the one in {one}" in err
    one.rename(tmp_path / "moved")  # the other is no longer there
    assert run("ledger", "import", lines, two, "--ledger", url)[0] == 0


def test_a_case_without_an_id_shares_no_ledger_with_cases_that_have_one(run, tmp_path):
    one, two, url = tmp_path / "one", tmp_path / "two", f"sqlite:///{tmp_path}/team.db"
    for where in (one, two):
        folder.write(where, CASE)
        judge(where)
    with_id(one, "one")
    lines = tmp_path / "lines.jsonl"
    run("ledger", "export", one, "-o", lines)
    assert run("ledger", "import", lines, one, "--ledger", url)[0] == 0
    code, _, err = run("ledger", "import", lines, two, "--ledger", url)
    assert code == 1
    assert "each is told by its id, and this one has none" in err


def test_a_case_that_is_given_an_id_keeps_its_judgments(run, case):
    judge(case)
    before = json.loads(run("score", case, "--analyst", "ann", "--json")[1])
    with_id(case, "named-later")
    after = json.loads(run("score", case, "--analyst", "ann", "--json")[1])
    assert after["hypotheses"] == before["hypotheses"]
    judge(case, "bob")
    assert run("score", case, "--analyst", "ann")[0] == 0
    assert run("ledger", "verify", case)[0] == 0


def test_a_folder_that_is_neither_a_case_nor_of_cases_is_not_served(run, tmp_path):
    (tmp_path / "pictures").mkdir()
    for where in (tmp_path, tmp_path / "nowhere", Path(__file__)):
        code, out, err = run("serve", where, "--port", a_free_port())
        assert (code, out) == (1, "")
        assert "neither a case" in err or "no such folder" in err


def test_the_app_starts_in_an_empty_home_and_stops_when_told(case, tmp_path):
    (tmp_path / "home").mkdir()
    port = a_free_port()
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("STREAMLIT_", "XDG_"))
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "workbench", "serve", str(case), "--port", str(port)],
        cwd=tmp_path,
        env=environment | {"HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        give_up = time.monotonic() + 30
        answer = None
        while answer is None and process.poll() is None and time.monotonic() < give_up:
            try:
                url = f"http://127.0.0.1:{port}/_stcore/health"
                with urllib.request.urlopen(url, timeout=5) as response:
                    answer = response.read()
            except OSError:  # not there yet, or still starting
                time.sleep(0.05)
        assert answer == b"ok"
        process.send_signal(signal.SIGTERM)
        out = process.communicate(timeout=20)[0]
    finally:
        process.kill()
        process.wait()
    assert out.splitlines()[0] == f"http://127.0.0.1:{port} (Ctrl+C stops it)"
    assert "Traceback" not in out
    assert list((tmp_path / "home").iterdir()) == []


def test_output_that_a_terminal_cannot_show_is_escaped(case, monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", stream)
    write_files(case, {"hypotheses/h1.yaml": "label: H1\ntitle: é\nstatement: S\n"})
    assert cli.main(["score", str(case)]) == 0
    assert b"H1  \\xe9" in stream.buffer.getvalue()


def test_sections_may_stand_with_spaces_between(run, case):
    wanted = (case, "--to", "md", "--date", "2026-11-25", "-o", "-", "--sections")
    spaced = run("report", *wanted, "ranking, method")
    assert spaced[0] == 0
    assert spaced == run("report", *wanted, "ranking,method")


@pytest.mark.parametrize("action", ["list", "verify", "export"])
def test_a_ledger_that_was_named_and_is_not_there_is_a_fault(
    run, case, tmp_path, action
):
    url = f"sqlite:///{tmp_path / 'mistyped.sqlite3'}"
    code, out, err = run("ledger", action, case, "--ledger", url)
    assert (code, out) == (1, "")
    assert "no such file" in err
    assert not (tmp_path / "mistyped.sqlite3").exists()


def test_a_case_that_publishes_no_rating_shows_those_of_its_one_rater(run, tmp_path):
    where = tmp_path / "new"
    run("new", where, "--question", "Why red?")
    write_files(
        where,
        {
            "hypotheses/h1.yaml": "label: H1\ntitle: One\nstatement: One.\n",
            "hypotheses/h2.yaml": "label: H2\ntitle: Two\nstatement: Two.\n",
            "evidence/e1.yaml": (
                "label: E1\ntitle: Seen\nstatement: It was seen.\nkind: evidence\n"
            ),
        },
    )
    assert run("score", where)[2] == ""
    unrated = run("check", where)
    judge(where, "ann")
    checked = run("check", where)
    assert "these are the ones of ann, who alone rated it" in checked[2]
    assert [unrated[0], checked[0]] == [0, 0]
    asked = [set(one[1].splitlines()[1:]) for one in (unrated, checked)]
    assert asked[0] != asked[1]
    document = json.loads(run("check", where, "--json")[1])
    said = {
        f"{one['severity']}: {one['message']} [{one['code']}]"
        for one in document["findings"]
    }
    assert said == asked[1]
    code, _, err = run("score", where)
    assert code == 0
    assert "these are the ones of ann, who alone rated it" in err
    assert run("score", where, "--analyst", "ann")[2] == ""
    plain = [
        [run(*command, *named)[1] for named in ((), ("--analyst", "ann"))]
        for command in (
            ("score", where),
            ("score", where, "--json"),
            ("sensitivity", where, "--draws", 10),
            ("report", where, "--to", "md", "-o", "-"),
            ("report", where, "--to", "csv", "-o", "-"),
            ("report", where, "--to", "json", "-o", "-"),
            ("export", where, "--to", "json", "-o", "-"),
        )
    ]
    assert all(one == named for one, named in plain)
    assert "judgments of ann" in plain[0][0]
    report = plain[3][0]
    assert re.search(r"Author\W+ann\b", report)
    assert not re.search(r"departs|\bwas\b unrated|\(was ", report)
    judge(where, "bob", "C")
    both = run("check", where)
    assert "ann, bob rated it: name one with --analyst" in both[2]
    assert both[1] == unrated[1]
    assert run("check", where, "--analyst", "ann")[1:] == (checked[1], "")
    code, out, err = run("score", where)
    assert (code, "published baseline" in out) == (0, True)
    assert "ann, bob rated it: name one with --analyst" in err
