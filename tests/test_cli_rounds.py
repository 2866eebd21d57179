"""At the command line, where the store itself is read: a round is told and kept."""

import shutil
from contextlib import closing

import pytest

from tests.builders import make_case
from workbench.case import folder
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger, default_url
from workbench.record.round_entries import Phase
from workbench.team import rounds


@pytest.fixture
def place(tmp_path):
    """A case that publishes no rating, which ann and ben rate blind."""
    folder.write(tmp_path, make_case("E1: - -", "E2: - -"))
    case = folder.load(tmp_path)
    with closing(Ledger(default_url(tmp_path))) as ledger:
        desks = [Desk(ledger, case, name) for name in ("ann", "ben")]
        for desk, code in zip(desks, ("II", "CC"), strict=True):
            change = ["rating", "e1", "h1", code, f"What {desk.analyst} thinks"]
            desk.change(desk.analyst, 1, [change])
        rounds.begin(desks[0], ["ann", "ben"])
    return tmp_path


def test_an_analysts_report_has_nothing_of_the_others_and_says_that_it_is_private(
    place, run
):
    made = place / "report.md"
    code, _, said = run("report", place, "--to", "md", "--analyst", "ann", "-o", made)
    assert code == 0
    told = made.read_text(encoding="utf-8")
    assert "--analyst ann" in told
    assert "What ben thinks" not in told
    assert "round 1 is blind: keep this from those who rate in it" in said


def test_nobodys_ratings_stand_in_for_published_ones_while_a_round_is_blind(place, run):
    _, out, said = run("score", place)
    assert "ann" not in out + said
    for command in ("list", "export"):
        _, out, said = run("ledger", command, place)
        assert "What ben thinks" in out  # the store is the operator's own
        assert "round 1 is blind" in said


def test_entries_that_carry_a_round_on_are_told_where_they_are_brought_in(
    place, run, tmp_path_factory
):
    copy = tmp_path_factory.mktemp("copy") / "case"
    shutil.copytree(place, copy)
    case = folder.load(place)
    with closing(Ledger(default_url(place))) as ledger:
        desks = [Desk(ledger, case, name) for name in ("ann", "ben")]
        for desk in desks:
            rounds.lock(desk)
        rounds.reveal(desks[0])
    lines = copy.parent / "lines.jsonl"
    assert run("ledger", "export", place, "-o", lines)[0] == 0
    told = run("ledger", "import", lines, copy)[1]
    assert "3 entries added" in told
    assert "Its rounds changed: see the page Team." in told
    with closing(Ledger(default_url(copy))) as ledger:
        assert rounds.standing(ledger, case).phase is Phase.REVEALED
    assert "Its rounds" not in run("ledger", "import", lines, copy)[1]
