"""What may be seen of others' work, on both kinds of store."""

import json

import pytest

from tests.builders import make_case
from workbench.case.entry import Change, EntryKind
from workbench.record import callers
from workbench.record.desk import Desk
from workbench.record.rights import NotAllowed
from workbench.record.round_entries import Phase, rounds
from workbench.record.sight import hidden_from, require_open_book, sight_of

CASE = make_case("E1: CC C", "E2: N I")


def begun(ledger, *people):
    """Have people rate blind, by an entry as a lead writes it."""
    said = json.dumps({"people": people, "deadline": ""})
    with ledger.writing("lea") as pen:
        pen.write("round", 1, [Change(EntryKind.ROUND, to=said, part="begin")])


def test_what_is_refused_is_counted_for_each_and_the_last_comes_first(ledger):
    desk = Desk(ledger, CASE, "ann")
    desk.change("page", 1, [["rating", "e1", "h1", "II"]])
    begun(ledger, "ann", "ben")
    for reader, names in (("ben", ["ann"]), ("ben", ["ann"]), ("ann", [])):
        with pytest.raises(NotAllowed, match="before the round is revealed"):
            require_open_book(ledger, "", (None, reader), names, "the report")
    found = [(one.person, one.times) for one in callers.refusals(ledger, "")]
    assert found == [("ann", 1), ("ben", 2)]
    assert callers.refusals(ledger, "another") == []


def test_a_message_refused_in_a_round_is_noted_with_the_reason(ledger):
    begun(ledger, "ann", "ben")
    desk = Desk(ledger, CASE, "ann")
    receipt = desk.receive("forged", [[1, "read", "ben"]])
    assert receipt.refused
    (noted,) = callers.refusals(ledger, "")
    assert noted.what == f"a message: {receipt.refused[1]}"


def test_the_ends_of_all_chains_are_those_that_the_desks_tell(ledger):
    for number, name in enumerate(("ann", "ben"), start=1):
        Desk(ledger, CASE, name).change(name, number, [["emphasis", "e1", None, 0.5]])
    with ledger.writing("lea") as pen:
        heads = pen.heads()
    assert heads == {
        name: list(Desk(ledger, CASE, name).chain_end().heads) for name in heads
    }
    assert set(heads) == {"ann", "ben"}


def test_a_round_hides_everybody_else_until_it_is_revealed(ledger):
    Desk(ledger, CASE, "ann").change("page", 1, [["rating", "e1", "h1", "II"]])
    begun(ledger, "ann", "ben")
    assert hidden_from(ledger, "", None, "ben") == {"ann", "lea"}
    assert hidden_from(ledger, "", None, None) == {"ann", "lea"}
    assert sight_of(ledger, "", None, "ben").is_blind
    assert not sight_of(ledger, "", None, "rob").is_blind
    with ledger.writing("lea") as pen:
        said = json.dumps({"heads": pen.heads(), "missing": ["ben"]})
        pen.write("round", 2, [Change(EntryKind.ROUND, to=said, part="reveal")])
    assert hidden_from(ledger, "", None, "ben") == frozenset()


@pytest.mark.parametrize(
    "to", ["", "[", "[]", '"x"', '{"people": 3}', '{"people": []}', "null"]
)
def test_an_entry_of_a_round_that_says_nothing_begins_none(ledger, to):
    with ledger.writing("lea") as pen:
        pen.write("round", 1, [Change(EntryKind.ROUND, to=to, part="begin")])
        pen.write("round", 2, [Change(EntryKind.ROUND, to="{}", part="no such act")])
    assert rounds(ledger.entries()) == ()
    assert sight_of(ledger, "", None, "ann").round is None


def test_acts_out_of_their_order_change_nothing(ledger):
    begun(ledger, "ann", "ben")
    with ledger.writing("lea") as pen:
        for number, part in enumerate(("close", "rerate", "adjudicate"), start=2):
            pen.write("round", number, [Change(EntryKind.ROUND, to="{}", part=part)])
    (found,) = rounds(ledger.entries())
    assert found.phase is Phase.BLIND
    assert len(found.passes) == 1
