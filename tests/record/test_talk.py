"""What people say about a case: kept in order, withdrawn by its author alone."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies

from tests.builders import faults, make_case
from workbench.case.comments import by_place, comments
from workbench.case.entry import Change, EntryKind
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger
from workbench.record.rights import ALLOWED, Act, NotAllowed, Role
from workbench.record.roles import COMMAND_LINE, give
from workbench.record.talk import comments_in
from workbench.team import rounds

CASE = make_case("E1: CC C N", "E2: N I II")
PERSON = "https://id.example.org#other"
LEAD = "https://id.example.org#lead"
_ops = itertools.count(1)


def say(desk, text, evidence="e1", hypothesis="h1", **more):
    """Send one comment; gives why it was refused, "" where it was not."""
    said = {"evidence": evidence, "hypothesis": hypothesis, "text": text, **more}
    return send(desk, "comment", said)


def send(desk, verb, argument):
    number = next(_ops)
    return desk.receive("page", [[number, verb, argument]]).refused.get(number, "")


def told(ledger, case=CASE):
    return comments_in(ledger, case, None, "ann")


def test_a_thread_holds_what_was_said_of_its_place_by_whom_and_in_answer_to_what(
    ledger,
):
    ann, ben = Desk(ledger, CASE, "ann"), Desk(ledger, CASE, "ben")
    assert say(ann, "  Would they have said so?  ") == ""
    (first,) = told(ledger)
    assert say(ben, "<b>Yes</b>", answers=first.id) == ""
    assert say(ben, "On the item", hypothesis=None) == ""
    assert say(ben, "On the hypothesis", evidence=None) == ""
    threads = by_place(told(ledger))
    assert [*threads] == [("e1", "h1"), ("e1", None), (None, "h1")]
    first, second = threads["e1", "h1"]
    assert (first.analyst, first.text) == ("ann", "Would they have said so?")
    assert (second.analyst, second.text) == ("ben", "<b>Yes</b>")
    assert (first.answers, second.answers) == (None, first.id)
    assert first.at < second.at
    assert faults(ledger) == []


def test_a_comment_decides_nothing_and_is_not_undone(ledger):
    desk = Desk(ledger, CASE, "ann")
    before = desk.judgments
    say(desk, "Hm.")
    assert desk.judgments == before
    assert not desk.can_undo


def test_who_wrote_a_comment_withdraws_it_and_nobody_else(ledger):
    ann, ben = Desk(ledger, CASE, "ann"), Desk(ledger, CASE, "ben")
    say(ann, "One")
    say(ann, "Two")
    one, two = told(ledger)
    say(ben, "An answer", answers=one.id)
    assert "by who wrote it" in send(ben, "withdraw", {"withdraw": one.id})
    assert send(ann, "withdraw", {"withdraw": one.id}) == ""
    assert send(ann, "withdraw", {"withdraw": two.id}) == ""
    # What was answered leaves its place in the thread, without its words.
    assert [one.text for one in told(ledger)] == ["", "An answer"]
    assert told(ledger)[0].is_withdrawn
    assert "withdrawn already" in send(ann, "withdraw", {"withdraw": one.id})
    assert "no such comment" in send(ann, "withdraw", {"withdraw": "sha256:0"})
    assert len(ledger.entries(kinds=[EntryKind.COMMENT])) == 5
    assert faults(ledger) == []


def test_a_name_taken_by_another_takes_nothing_back(ledger):
    say(Desk(ledger, CASE, "ann"), "Mine")
    (entry,) = ledger.entries(kinds=[EntryKind.COMMENT])
    with ledger.writing("ben", CASE.question.id) as pen:
        pen.write("p", 1, [Change(EntryKind.COMMENT, "e1", "h1", undoes=entry.seq)])
    assert [one.text for one in told(ledger)] == ["Mine"]


@pytest.mark.parametrize(
    ("verb", "argument", "why"),
    [
        ("comment", None, "is an object"),
        ("comment", {"text": "x"}, "about an item, a hypothesis or a cell"),
        ("comment", {"evidence": "e9", "text": "x"}, "there is no 'e9'"),
        ("comment", {"evidence": ["e1"], "text": "x"}, "no item and no hypothesis"),
        ("comment", {"evidence": "e1", "text": " "}, "needs a text"),
        ("comment", {"evidence": "e1", "text": 7}, "is a text of at most"),
        ("comment", {"evidence": "e1", "text": "x" * 20_001}, "is a text of at most"),
        ("comment", {"evidence": "e1", "text": "a\0b"}, "is not allowed"),
        ("comment", {"evidence": "e1", "text": "x", "answers": 7}, "is not here"),
        ("withdraw", {"evidence": "e1"}, "about an item|needs a text"),
        ("withdraw", {"withdraw": ["a"]}, "no such comment"),
    ],
)
def test_what_is_no_comment_is_refused_by_name(ledger, verb, argument, why):
    desk = Desk(ledger, CASE, "ann")
    refused = send(desk, verb, argument)
    assert any(part in refused for part in why.split("|")), refused
    assert ledger.entries() == []


@pytest.mark.parametrize("role", Role)
def test_who_may_comment_does_and_a_reader_reads(ledger, role):
    lead = Desk(ledger, CASE, COMMAND_LINE)
    give(lead, LEAD, Role.LEAD)
    give(lead, PERSON, role)
    desk = Desk(ledger, CASE, "ann", PERSON)
    if Act.COMMENT in ALLOWED[role]:
        assert say(desk, "Hm.") == ""
    else:
        assert "not allowed: your role" in say(desk, "Hm.")
    assert len(comments_in(ledger, CASE, PERSON, "ann")) == (
        Act.COMMENT in ALLOWED[role]
    )
    with pytest.raises(NotAllowed):
        comments_in(ledger, CASE, f"{PERSON}-of-nobody", "eve")


def test_a_comment_follows_its_item_to_another_id_and_not_out_of_the_case(ledger):
    desk = Desk(ledger, CASE, "ann")
    say(desk, "Of the first")
    with ledger.writing("ann", CASE.question.id) as pen:
        renamed = Change(EntryKind.RENAME, from_="e1", to="e2", part="evidence")
        pen.write("p", 1, [renamed])
    assert [one.place for one in told(ledger)] == [("e2", "h1")]
    only = replace(CASE, evidence=CASE.evidence[:1])
    assert told(ledger, only) == ()


def test_while_a_round_is_blind_each_reads_their_own_alone_and_all_after(ledger):
    ann, ben = Desk(ledger, CASE, "ann"), Desk(ledger, CASE, "ben")
    say(ben, "Before")
    (before,) = told(ledger)
    lead = Desk(ledger, CASE, "lea")
    rounds.begin(lead, ["ann", "ben"])
    say(ann, "Mine, blind")
    assert [one.text for one in told(ledger)] == ["Mine, blind"]
    assert "is not here" in say(ann, "An answer", answers=before.id)
    theirs = comments_in(ledger, CASE, None, "ben")
    assert [one.text for one in theirs] == ["Before"]
    rounds.lock(ann)
    rounds.lock(ben)
    rounds.reveal(lead)
    assert len(told(ledger)) == 2


acts = strategies.lists(
    strategies.tuples(
        strategies.sampled_from(["ann", "ben"]),
        strategies.sampled_from([("e1", "h1"), ("e1", None), (None, "h2")]),
        strategies.integers(-1, 5),  # -1: say; else withdraw that one
    ),
    max_size=12,
)


@given(acts)
@settings(max_examples=25)
def test_a_thread_is_what_was_said_and_not_withdrawn(steps):
    """Against the plainest model: a list of who said what where, and a mark."""
    ledger = Ledger("sqlite://")
    desks = {name: Desk(ledger, CASE, name) for name in ("ann", "ben")}
    model = []
    for number, (name, place, which) in enumerate(steps):
        if which < 0:
            assert say(desks[name], f"text {number}", *place) == ""
            newest = ledger.entries(kinds=[EntryKind.COMMENT])[-1]
            model.append([newest.hash, name, place, f"text {number}", True])
        elif which < len(model):
            refused = send(desks[name], "withdraw", {"withdraw": model[which][0]})
            may = model[which][1] == name and model[which][4]
            assert bool(refused) is not may
            if may:
                model[which][4] = False
    found = comments(CASE, ledger.entries())
    assert [(one.id, one.analyst, one.place, one.text) for one in found] == [
        (id_, name, place, text) for id_, name, place, text, stands in model if stands
    ]
    ledger.close()
