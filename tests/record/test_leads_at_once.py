"""Two leads who act at the same moment, and a rating that meets what they do."""

from __future__ import annotations

import threading

import pytest

from tests.builders import make_case, rate
from workbench.errors import WorkbenchError
from workbench.record.desk import Desk
from workbench.record.rights import Role
from workbench.record.roles import COMMAND_LINE, give, members
from workbench.record.round_entries import Phase
from workbench.team import rounds

CASE = make_case("E1: CC C N", "E2: N I II")
ANN, BEN = ("https://id.example.org#ann", "https://id.example.org#ben")
NAMES = {ANN: "Ann", BEN: "Ben"}


@pytest.fixture
def leads(store):
    """Two leads, each at a desk over a ledger of their own, as in two processes."""
    first = store.open()
    for person in NAMES:
        give(Desk(first, CASE, COMMAND_LINE), person, Role.LEAD)
    return {
        person: Desk(store.open(), CASE, name, person) for person, name in NAMES.items()
    }


def at_once(*acts):
    """Do several things at the same moment; gives what each was refused with."""
    barrier = threading.Barrier(len(acts))
    said = [None] * len(acts)

    def run(at, act):
        barrier.wait()
        try:
            act()
        except WorkbenchError as error:
            said[at] = str(error)

    threads = [
        threading.Thread(target=run, args=(at, act)) for at, act in enumerate(acts)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return said


def leads_of(desk):
    found = members(desk.ledger, "", None)
    return [one.person for one in found if one.role is Role.LEAD]


def test_two_leads_who_remove_each_other_leave_one(leads):
    for _ in range(5):
        said = at_once(
            lambda: give(leads[ANN], BEN, None), lambda: give(leads[BEN], ANN, None)
        )
        (left,) = leads_of(leads[ANN])
        (gone,) = set(NAMES) - {left}
        (refused,) = filter(None, said)
        assert refused.startswith("not allowed: you have no role in this case")
        give(leads[left], gone, Role.LEAD)


def test_two_leads_who_both_go_leave_one(leads):
    for _ in range(5):
        said = at_once(*(lambda who=who: give(leads[who], who, None) for who in NAMES))
        (left,) = leads_of(leads[ANN])
        assert [one is None for one in said].count(True) == 1
        assert f"{left} is the only lead of this case" in str(said)
        (gone,) = set(NAMES) - {left}
        give(leads[left], gone, Role.LEAD)


def test_each_step_of_a_round_is_taken_once_by_two_leads_at_once(leads):
    for number in (1, 2):
        said = at_once(
            *(lambda who=who: rounds.begin(leads[who], list(NAMES)) for who in NAMES)
        )
        assert [one for one in said if one] == [
            f"round {number} goes on; close it first"
        ]
        said = at_once(*(lambda who=who: rounds.lock(leads[who]) for who in NAMES))
        assert said == [None, None]
        for step, phase in (
            (rounds.reveal, Phase.REVEALED),
            (rounds.rerate, Phase.RERATING),
        ):
            said = at_once(*(lambda who=who, do=step: do(leads[who]) for who in NAMES))
            assert [one is None for one in said].count(True) == 1, said
            assert rounds.standing(leads[ANN].ledger, CASE).phase is phase
        for who in NAMES:
            leads[who].refresh()
            rounds.lock(leads[who])
        rounds.reveal(leads[ANN])
        said = at_once(*(lambda who=who: rounds.close(leads[who]) for who in NAMES))
        assert [one for one in said if one] == ["no round goes on; begin one first"]
        assert len(rounds.past(leads[ANN].ledger, "")) == number


def test_whoever_carries_a_round_on_waits_for_a_rating_that_is_on_its_way(leads):
    rounds.begin(leads[ANN], list(NAMES))
    ledger = leads[BEN].ledger
    lead = threading.Thread(target=rounds.postpone, args=(leads[ANN], None))
    with ledger.writing("Ben", "", BEN) as pen:  # has seen that he may rate
        lead.start()
        lead.join(0.3)  # who does not wait is done by now
        pen.write("page", 1, [rate("e1", "h1", "I")])
    lead.join()
    last = sorted(ledger.entries(), key=lambda one: one.seq)[-2:]
    assert [one.analyst for one in last] == ["Ben", "Ann"]
