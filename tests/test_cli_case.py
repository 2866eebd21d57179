"""Cases brought into a store and out of it from the command line."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from tests.browser.serving import a_free_port
from tests.builders import make_case
from workbench import cli
from workbench.case import folder
from workbench.case.beginning import begin_example
from workbench.case.entry import EntryKind
from workbench.cli import starting
from workbench.record.ledger import Ledger
from workbench.record.store.opening import file_url
from workbench.serving import STORE, prepare


@pytest.fixture
def store(tmp_path):
    return file_url(tmp_path / "team.sqlite3")


def texts(where):
    return {
        path.relative_to(where): path.read_bytes()
        for path in where.rglob("*")
        if path.is_file()
    }


def test_a_case_goes_into_the_store_and_comes_out_with_the_same_bytes(
    run, tmp_path, store
):
    where = tmp_path / "case"
    begin_example(where)
    (where / "notes.bin").write_bytes(b"\0\xff\r\n")
    id_ = folder.case_id(where)
    code, out, err = run("case", "import", where, "--ledger", store)
    assert (code, out.splitlines()[0].split(":")[0]) == (0, id_)
    assert "workbench role set" in err
    code, out, _ = run("case", "list", "--ledger", store)
    assert (code, id_ in out) == (0, True)
    (one,) = json.loads(run("case", "list", "--json", "--ledger", store)[1])
    assert (one["id"], one["evidence"]) == (id_, len(folder.load(where).evidence))
    assert run("case", "export", id_, tmp_path / "out", "--ledger", store)[0] == 0
    assert texts(tmp_path / "out") == texts(where)
    with closing(Ledger(store)) as ledger:
        (note,) = ledger.entries(case=id_)
    many = len(texts(where))
    assert (note.change.kind, note.change.part) == (EntryKind.IMPORT, "case")
    assert note.change.to == f"files: {many}, entries: 0"
    assert note.change.because == "by command line"
    said = run("case", "import", tmp_path / "out", "--ledger", store)
    assert "in the store already, with the same" in said[1]


def test_what_reads_a_case_takes_its_id_in_the_store(run, tmp_path, store, monkeypatch):
    where = tmp_path / "case"
    begin_example(where)
    id_ = folder.case_id(where)
    run("case", "import", where, "--ledger", store)
    expected = run("score", where, "--json")[1]
    assert run("score", id_, "--json", "--ledger", store)[1] == expected
    code, _, err = run("score", where, "--ledger", store, "--analyst", "ann")
    assert (code, "no entry by 'ann'" in err) == (1, True)  # the same texts
    (where / folder.SOURCES_FILE).open("a").write("# mine\n")
    code, _, err = run("score", where, "--ledger", store, "--analyst", "ann")
    assert (code, "are in this store" in err) == (1, True)
    person = "https://id.example.org#lea"
    set_ = ("role", "set", id_, "--person", person, "--role", "lead")
    assert run(*set_, "--ledger", store)[0] == 0
    monkeypatch.setenv("WORKBENCH_LEDGER", store)
    assert person in run("role", "list", id_)[1]
    assert run("check", id_)[0] == 0
    assert run("ledger", "verify", id_)[0] == 0
    assert run("report", id_, "--to", "md", "-o", tmp_path / "r.md")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("list",), "name the store"),
        (("import", "case"), "name the store"),
        (("export", "no-such", "out", "--ledger", "URL"), "the store has no case"),
        (("list", "--ledger", "sqlite:///nowhere.sqlite3"), "no such file"),
        (("import", "nowhere", "--ledger", "URL"), "no such folder"),
        (("import", "nameless", "--ledger", "URL"), "has no id"),
    ],
)
def test_what_is_wrong_is_said_without_a_traceback(
    run, tmp_path, store, monkeypatch, arguments, said
):
    monkeypatch.chdir(tmp_path)
    folder.write(tmp_path / "nameless", make_case("E1: C I"))
    begin_example(tmp_path / "case")
    run("case", "import", tmp_path / "case", "--ledger", store)
    typed = [store if one == "URL" else one for one in arguments]
    code, out, err = run("case", *typed)
    assert (code, out) == (1, "")
    assert said in err


def test_an_export_over_something_is_refused(run, tmp_path, store):
    where = tmp_path / "case"
    begin_example(where)
    run("case", "import", where, "--ledger", store)
    before = texts(where)
    id_ = folder.case_id(where)
    code, _, err = run("case", "export", id_, where, "--ledger", store)
    assert (code, "holds a case already" in err) == (1, True)
    assert texts(where) == before


def test_without_a_folder_the_cases_of_the_store_are_served(
    run, tmp_path, store, monkeypatch
):
    elsewhere, case = tmp_path / "elsewhere", tmp_path / "case"
    elsewhere.mkdir()
    begin_example(case)

    def served(*typed):
        arguments = cli.parser().parse_args(["serve", *map(str, typed)])
        return starting.served(arguments)

    monkeypatch.chdir(elsewhere)
    assert served() == Path()
    assert served("--ledger", store) is None  # an empty one, to begin in
    monkeypatch.chdir(case)
    assert served("--ledger", store) == Path()  # as ever: the case in this folder
    run("case", "import", case, "--ledger", store)
    assert served("--ledger", store) is None
    assert served(".", "--ledger", store) == Path()
    app = prepare(None, address="127.0.0.1", port=a_free_port(), ledger=store)
    assert app.environment[STORE] == "1"
    monkeypatch.setenv(STORE, "1")  # left over: a folder is served all the same
    app = prepare(case, address="127.0.0.1", port=a_free_port(), ledger=store)
    assert STORE not in app.environment
