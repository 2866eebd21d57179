"""Priors, likelihoods, estimates and written parts are judgments like any other."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.builders import faults, make_case
from workbench.case.entry import EntryKind, Part
from workbench.case.judgments import Judgments
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger
from workbench.record.operations import Refused
from workbench.report import make, read_judgments

CASE = make_case("E1: C I", "E2: N II")
DECISIONS = [
    (["prior", "h1", None, 0.25], ("priors", "h1"), 0.25),
    (["likelihood", "II", None, 0.05], ("likelihoods", "II"), 0.05),
    (["probability", "h2", None, 1], ("probabilities", "h2"), 1.0),
    (["narrative", "confidence", None, "low"], ("narrative", "confidence"), "low"),
    (
        ["narrative", "bottom-line", None, " It holds.\n\nFor now. "],
        ("narrative", "bottom-line"),
        "It holds.\n\nFor now.",
    ),
]
REFUSED = [
    (["prior", "h1", None, 1.5], "use a number from 0 to 1"),
    (["prior", "h9", None, 0.5], "no hypothesis 'h9'"),
    (["probability", "h1", None, "likely"], "use a number from 0 to 1"),
    (["likelihood", "II", None, 0], "above 0, up to 1"),
    (["likelihood", "NA", None, 0.5], "use CC or C or N or I or II"),
    (["narrative", "confidence", None, "certain"], "use low or moderate or high"),
    (["narrative", "preface", None, "So."], "use bottom-line or confidence"),
    (["narrative", "bottom-line", None, "a\x00b"], "U\\+0000 is not allowed"),
    (["narrative", "bottom-line", None, "x" * 20_001], "at most 20,000"),
]


@pytest.fixture
def desk(ledger):
    return Desk(ledger, CASE, "ana")


def found(judgments: Judgments, place: tuple[str, str]):
    return getattr(judgments, place[0]).get(place[1])


@pytest.mark.parametrize(("change", "place", "value"), DECISIONS)
def test_what_is_decided_stands_is_undone_and_done_again(desk, change, place, value):
    desk.change("page", 1, [change])
    assert found(desk.judgments, place) == value
    undone = desk.receive("page", [[2, "undo", None]])
    assert undone.stepped == [("undo", change[0])]
    assert found(desk.judgments, place) is None
    desk.receive("page", [[3, "redo", None]])
    assert found(desk.judgments, place) == value
    assert found(Desk(desk.ledger, CASE, "ana").judgments, place) == value


@pytest.mark.parametrize(("change", "said"), REFUSED)
def test_what_cannot_be_is_refused_and_says_what_may_be(desk, change, said):
    with pytest.raises(Refused, match=said):
        desk.change("page", 1, [change])
    assert desk.judgments == Judgments()


def test_null_goes_back_to_nothing_stated(desk):
    desk.change("page", 1, [["prior", "h1", None, 0.5]])
    desk.change("page", 2, [["prior", "h1", None, None]])
    assert desk.judgments == Judgments()


def test_an_empty_text_takes_a_written_part_out(desk):
    desk.change("page", 1, [["narrative", "implications", None, "Watch the border."]])
    desk.change("page", 2, [["narrative", "implications", None, "  \n"]])
    assert desk.judgments == Judgments()


def test_returning_the_matrix_to_the_baseline_keeps_what_was_written(desk):
    desk.change("page", 1, [["emphasis", "e1", None, 0.5]])
    desk.change("page", 2, [["narrative", "bottom-line", None, "It holds."]])
    desk.receive("page", [[3, "return", None]])
    assert desk.judgments == Judgments(narrative={"bottom-line": "It holds."})


def test_the_entries_go_to_another_copy_and_are_verified(desk, tmp_path):
    desk.change("page", 1, [change for change, _, _ in DECISIONS])
    desk.receive("page", [[2, "undo", None], [3, "redo", None]])
    other = Ledger(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    lines = list(desk.ledger.export())
    assert other.merge(lines).added == len(lines)
    assert faults(other) == []
    assert Desk(other, CASE, "ana").judgments == desk.judgments
    assert list(other.export()) == lines


def test_an_altered_part_shows(desk, store):
    desk.change("page", 1, [["likelihood", "I", None, 0.2]])
    store.alter("update entries set part = 'II'")
    assert "does not fit its hash" in faults(desk.ledger)[0]


def test_the_json_report_gives_them_back(desk):
    desk.change("page", 1, [change for change, _, _ in DECISIONS])
    report = make(
        CASE, desk.judgments, to="json", date=dt.date(2026, 1, 2), analyst="ana"
    )
    assert read_judgments(report) == desk.judgments


def test_each_part_and_kind_is_covered_here():
    kinds = {change[0] for change, _, _ in DECISIONS}
    assert kinds == {kind.value for kind in Judgments().beyond()}
    assert {EntryKind(kind) for kind in kinds} == set(Judgments().beyond())
    assert Part.CONFIDENCE in [change[1] for change, _, _ in DECISIONS]
