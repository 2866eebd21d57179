"""Roles from the command line, where the first lead of a case is set."""

import pytest

from tests.builders import make_case
from workbench.case import folder
from workbench.record.ledger import Ledger, default_url

LEAD, OTHER = "https://id.example.org#lea", "https://id.example.org#ann"


@pytest.fixture
def case(tmp_path):
    where = tmp_path / "case"
    folder.write(where, make_case("E1: CC C I"))
    return where


def test_the_first_lead_is_set_here_and_every_change_is_an_entry(run, case):
    code, out, err = run("role", "list", case)
    assert (code, out) == (0, "")
    assert "nobody has a role in this case" in err
    said = run("role", "set", case, "--person", LEAD, "--role", "lead")
    assert said == (0, f"{LEAD} is lead now.\n", "")
    assert run("role", "set", case, "--person", OTHER, "--role", "reader")[0] == 0
    assert run("role", "set", case, "--person", OTHER, "--role", "analyst")[0] == 0
    lines = run("role", "list", case)[1].splitlines()
    assert [line.split() for line in lines] == [
        ["Role", "Name", "Person"],
        ["lead", LEAD],
        ["analyst", OTHER],
    ]
    assert run("role", "remove", case, "--person", OTHER)[1].endswith("no role now.\n")
    assert OTHER not in run("role", "list", case)[1]
    ledger = Ledger(default_url(case))
    assert [one.change.to for one in ledger.entries()] == [
        *("lead", "reader", "analyst"),
        None,
    ]
    ledger.close()


def test_an_import_that_gives_roles_says_so(run, case, tmp_path):
    copy = tmp_path / "copy"
    folder.write(copy, folder.load(case))
    file = tmp_path / "theirs.jsonl"
    run("role", "set", copy, "--person", OTHER, "--role", "lead")
    run("ledger", "export", copy, "-o", file)
    said = "Who may do what in this case changed"
    assert said in run("ledger", "import", file, case)[1]
    assert said not in run("ledger", "import", file, case)[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["set", "--person", "ann", "--role", "lead"], "'ann' is no person; use"),
        (["set", "--person", OTHER, "--role", "boss"], "use one of reader, analyst"),
        (["remove", "--person", OTHER], "has no role here"),
        (["remove", "--person", LEAD], "the only lead of this case"),
    ],
)
def test_what_cannot_be_given_is_said(run, case, arguments, said):
    run("role", "set", case, "--person", LEAD, "--role", "lead")
    action, *more = arguments
    code, out, err = run("role", action, case, *more)
    assert (code, out) == (1, "")
    assert said in err
