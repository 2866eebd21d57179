"""Everybody's judgments are followed as entries come; each stays their own."""

from tests.builders import make_case
from workbench.record.analysts import Analysts, judgments_of_others
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger

CASE = make_case("E1: I C", "E2: C I")


def rate(ledger, name, *cells, op=1):
    changes = [["rating", e, h, code, ""] for e, h, code in cells]
    Desk(ledger, CASE, name).change(f"page-{name}", op, changes)


def test_everybody_who_judged_is_there_and_what_they_do_next_is_seen(tmp_path):
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite3'}")
    analysts = Analysts(ledger, CASE)
    assert analysts.judgments() == {}
    rate(ledger, "eve", ("e1", "h1", "II"))
    rate(ledger, "ann", ("e2", "h2", "N"), ("e1", "h1", "C"))
    found = analysts.judgments()
    assert list(found) == ["ann", "eve"]
    before = analysts.follows_from("eve"), analysts.follows_from("ann")
    rate(ledger, "eve", ("e1", "h2", "II"), op=2)
    again = analysts.judgments()
    assert again["ann"] == found["ann"]
    assert again["eve"] == Desk(ledger, CASE, "eve").judgments != found["eve"]
    assert analysts.follows_from("eve") != before[0]
    assert analysts.follows_from("ann") == before[1]
    assert list(judgments_of_others(ledger, CASE, "eve")) == ["ann"]


def test_who_only_gave_a_probability_or_took_everything_back_judged_nothing(tmp_path):
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.sqlite3'}")
    desk = Desk(ledger, CASE, "ann")
    desk.change("page", 1, [["probability", "h1", None, 0.3, ""]])
    assert Analysts(ledger, CASE).judgments() == {}
    desk.change("page", 2, [["rating", "e1", "h1", "II", ""]])
    desk.receive("page", [[3, "return", "e1"]])
    assert Analysts(ledger, CASE).judgments() == {}
