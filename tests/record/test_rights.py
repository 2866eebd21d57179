"""Who may do what in a case, by their role; without a sign-in everybody is lead."""

from pathlib import Path

import pytest

from tests.builders import make_case
from workbench.case.entry import Change, EntryKind
from workbench.errors import WorkbenchError
from workbench.record import callers
from workbench.record.analysts import Analysts
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger
from workbench.record.publication import publish
from workbench.record.raters import raters
from workbench.record.rights import (
    ALLOWED,
    Act,
    NotAllowed,
    Role,
    read_person,
    role_of,
    roles,
)
from workbench.record.roles import COMMAND_LINE, give, members
from workbench.record.shelves import FolderShelf
from workbench.record.snapshots import save

CASE = make_case("E1: CC C N", "E2: N I II")
ISSUER = "https://id.example.org"
LEAD, OTHER = f"{ISSUER}#lead", f"{ISSUER}#other"
NOWHERE = Path("no folder of this name")
RATED = [1, "change", [["rating", "e1", "h1", "II"]]]


def at_command_line(ledger):
    return Desk(ledger, CASE, COMMAND_LINE)


def member(ledger, role, person=OTHER, name="ann"):
    """Give the desk of somebody with a role."""
    give(at_command_line(ledger), person, role)
    return Desk(ledger, CASE, name, person)


def judged(desk):
    return lambda: desk.change("page", 1, RATED[2])


def said(desk):
    receipt = desk.receive("page", [[1, "comment", {"evidence": "e1", "text": "Hm."}]])
    if 1 in receipt.refused:
        raise WorkbenchError(receipt.refused[1])


ATTEMPTS = {
    Act.READ: lambda desk: desk.refresh,
    Act.JUDGE: judged,
    Act.COMMENT: lambda desk: lambda: said(desk),
    Act.SNAPSHOT: lambda desk: lambda: save(desk, "Before", {}),
    Act.SEE: lambda desk: lambda: desk.mark_seen("page"),
    Act.PUBLISH: lambda desk: lambda: publish(desk, FolderShelf(NOWHERE), ()),
    Act.GIVE_ROLES: lambda desk: lambda: give(desk, f"{ISSUER}#new", Role.READER),
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", ATTEMPTS)
def test_each_role_may_do_what_its_row_says_and_nothing_else(ledger, role, act):
    desk = member(ledger, role)
    before = len(ledger.entries())
    attempt = ATTEMPTS[act](desk)
    if act in ALLOWED[role]:
        attempt()
        return
    with pytest.raises(WorkbenchError, match="not allowed: your role in this case is"):
        attempt()
    assert len(ledger.entries()) == before


@pytest.mark.parametrize("role", [Role.READER, Role.REVIEWER])
@pytest.mark.parametrize(
    "message",
    [
        RATED,
        [1, "preview", ["emphasis", "e1", None, 0.5]],
        [1, "undo"],
        [1, "redo"],
        [1, "return", "e1"],
        [1, "act", {"act": "anything"}],
        [1, "no such verb"],
        [1, ["a", "list"]],
    ],
)
def test_who_only_reads_is_refused_by_name_whatever_the_message(ledger, role, message):
    desk = member(ledger, role)
    before = ledger.entries()
    receipt = desk.receive("page", [message])
    said = f"not allowed: your role in this case is {role}; ask a lead"
    assert receipt.refused == {1: said}
    assert receipt.previews == {}
    assert ledger.entries() == before


def test_a_reader_opens_no_text_of_the_case(ledger):
    give(at_command_line(ledger), OTHER, Role.READER)
    desk = Desk(
        ledger, CASE, "ann", OTHER, draft=lambda _: pytest.fail("its files were opened")
    )
    assert "reader" in desk.receive("page", [[1, "act", {}]]).refused[1]


def test_who_has_no_role_reads_nothing_and_keeps_what_was_not_saved(ledger):
    desk = member(ledger, Role.ANALYST)
    desk.receive("page", [RATED])
    give(at_command_line(ledger), OTHER, None)
    for attempt in (
        desk.refresh,
        lambda: desk.receive("page", [[2, "undo"]]),
        lambda: Desk(ledger, CASE, "ann", OTHER),
        Analysts(ledger, CASE, OTHER).judgments,
        lambda: raters(ledger, CASE, OTHER),
        lambda: members(ledger, "", OTHER),
    ):
        with pytest.raises(NotAllowed, match="you have no role in this case"):
            attempt()
    assert len(ledger.entries(kinds=[EntryKind.RATING])) == 1


def test_a_role_is_taken_back_from_a_page_that_is_open(ledger):
    desk = member(ledger, Role.ANALYST)
    give(at_command_line(ledger), OTHER, Role.READER)
    assert "reader" in desk.receive("page", [RATED]).refused[1]


def test_without_a_sign_in_everybody_is_lead_and_no_role_is_looked_up(
    ledger, monkeypatch
):
    desk = Desk(ledger, CASE, "ann")

    def asked(*_, kinds=(), **__):
        assert EntryKind.ROLE not in kinds, "the ledger was asked for roles"
        return []

    monkeypatch.setattr(Ledger, "entries", asked)
    assert role_of(ledger, "", None) is Role.LEAD
    desk.refresh()
    assert desk.receive("page", [RATED]).refused == {}


def test_what_is_written_bears_who_signed_in(ledger):
    member(ledger, Role.ANALYST).receive("page", [RATED])
    (entry,) = ledger.entries("ann")
    assert (entry.analyst, entry.identity) == ("ann", OTHER)


# ------------------------------------------------------------------ names


def test_a_name_belongs_to_who_first_wrote_under_it(ledger):
    member(ledger, Role.ANALYST).receive("page", [RATED])
    for thief in (
        member(ledger, Role.LEAD, LEAD),
        Desk(ledger, CASE, "ann"),  # without a sign-in
    ):
        with pytest.raises(NotAllowed, match="the name ann is another's here"):
            thief.receive("page", [[2, "undo"]])
    Desk(ledger, CASE, "bob").receive("page", [RATED])
    with pytest.raises(NotAllowed, match="the name bob is another's here"):
        Desk(ledger, CASE, "bob", LEAD).receive("page", [RATED])


def test_nobody_speaks_with_two_voices(ledger):
    member(ledger, Role.ANALYST).receive("page", [RATED])
    with pytest.raises(NotAllowed, match="your name in this case is ann"):
        Desk(ledger, CASE, "ann 2", OTHER).receive("other page", [RATED])
    assert ledger.owners("") == {COMMAND_LINE: None, "ann": OTHER}


# ------------------------------------------------------------------ giving roles


def test_each_change_of_a_role_is_an_entry(ledger):
    lead = member(ledger, Role.LEAD, LEAD, "lea")
    give(lead, OTHER, Role.READER)
    give(lead, OTHER, Role.ANALYST)
    give(lead, OTHER, None)
    found = [
        (one.identity, one.change.from_, one.change.to, one.change.part)
        for one in ledger.entries(kinds=[EntryKind.ROLE])
    ]
    assert found == [
        (None, None, "lead", LEAD),
        (LEAD, None, "reader", OTHER),
        (LEAD, "reader", "analyst", OTHER),
        (LEAD, "analyst", None, OTHER),
    ]


def test_the_last_lead_stays(ledger):
    lead = member(ledger, Role.LEAD, LEAD, "lea")
    for role in (Role.ANALYST, None):
        with pytest.raises(WorkbenchError, match="the only lead"):
            give(lead, LEAD, role)
    give(lead, OTHER, Role.LEAD)
    give(lead, LEAD, Role.READER)
    assert role_of(ledger, "", LEAD) is Role.READER


def test_what_stands_already_is_no_entry(ledger):
    give(at_command_line(ledger), LEAD, Role.LEAD)
    with pytest.raises(WorkbenchError, match="is lead already"):
        give(at_command_line(ledger), LEAD, Role.LEAD)
    with pytest.raises(WorkbenchError, match="has no role here"):
        give(at_command_line(ledger), OTHER, None)


def test_a_role_given_by_one_who_was_no_lead_does_not_count(ledger):
    member(ledger, Role.ANALYST)
    with ledger.writing("ann", "", OTHER) as pen:  # past the desk
        pen.write("page", 1, [Change(EntryKind.ROLE, to="lead", part=OTHER)])
    assert roles(ledger.entries(kinds=[EntryKind.ROLE])) == {OTHER: Role.ANALYST}


def test_a_role_that_is_not_known_lets_nobody_in(ledger):
    give(at_command_line(ledger), OTHER, Role.LEAD)
    with ledger.writing(COMMAND_LINE) as pen:
        pen.write("page", 9, [Change(EntryKind.ROLE, to="owner", part=OTHER)])
    assert role_of(ledger, "", OTHER) is None


def test_who_signed_in_is_listed_beside_who_has_a_role(ledger):
    callers.note_visitor(ledger, "", OTHER, "Anna")
    callers.note_visitor(ledger, "", OTHER, "Anna B.")
    callers.note_visitor(ledger, "another", LEAD, "Lea")
    give(at_command_line(ledger), LEAD, Role.LEAD)
    found = [(one.person, one.role, one.name) for one in members(ledger, "")]
    assert found == [(LEAD, Role.LEAD, ""), (OTHER, None, "Anna B.")]


@pytest.mark.parametrize(
    "text", ["", "ann", "#ann", "https://id.example.org", "https://id.example.org#"]
)
def test_a_person_is_an_issuer_and_a_subject(text):
    with pytest.raises(WorkbenchError, match="ISSUER#SUBJECT"):
        read_person(text)
    assert read_person(f" {ISSUER}#a#b ") == f"{ISSUER}#a#b"
