"""Rounds: the lead freezes the case, each rates blind and locks, then all is shown."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_case
from workbench.case.entry import Change, EntryKind
from workbench.case.model import Consistency
from workbench.errors import WorkbenchError
from workbench.record import callers, pen
from workbench.record.analysts import Analysts, judgments_of_others
from workbench.record.blinding import blinded
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger
from workbench.record.offers import rated_by_others
from workbench.record.publication import publish
from workbench.record.raters import raters, stand_in
from workbench.record.rights import NotAllowed, Role
from workbench.record.roles import COMMAND_LINE, give
from workbench.record.round_entries import Phase
from workbench.record.sight import entries_of_others, hidden_from, sight_of
from workbench.team import rounds
from workbench.team.round_story import stories

CASE = make_case("E1: CC C N", "E2: N I II", "E3: C - -")
ISSUER = "https://id.example.org"
LEAD, ANN, BEN, EVE = (f"{ISSUER}#{one}" for one in ("lead", "ann", "ben", "eve"))
NAMES = {LEAD: "Lea", ANN: "Ann", BEN: "Ben", EVE: "Eve"}
ROLES = {LEAD: Role.LEAD, ANN: Role.ANALYST, BEN: Role.ANALYST, EVE: Role.READER}


@pytest.fixture
def ledger():
    found = Ledger("sqlite://")
    yield found
    found.close()


class Team:
    """Four people who have signed in, each at a desk of their own."""

    def __init__(self, ledger, case=CASE):
        self.ledger, self.case = ledger, case
        at_command_line = Desk(ledger, case, COMMAND_LINE)
        for person, role in ROLES.items():
            give(at_command_line, person, role)
        self.desks = {
            person: Desk(ledger, case, name, person) for person, name in NAMES.items()
        }
        self.ops = 0

    def rate(self, person, code, item="e1", hypothesis="h1", because=""):
        self.ops += 1
        change = ["rating", item, hypothesis, code, because]
        self.desks[person].change("page", self.ops, [change])

    def refresh(self):
        for desk in self.desks.values():
            desk.refresh()

    def seen(self, person):
        """Give every name whose work somebody reads by any way there is."""
        name = NAMES[person]
        desk = self.desks[person]
        desk.refresh()
        found = set(Analysts(self.ledger, self.case, person, name).judgments())
        found |= set(raters(self.ledger, self.case, person, name))
        found |= set(rated_by_others(desk, "e1"))
        found |= {
            one.analyst
            for one in entries_of_others(self.ledger, "", person, name)
            if one.change.kind is EntryKind.RATING
        }
        return found - {name}


@pytest.fixture
def team(ledger):
    found = Team(ledger)
    for person, code in ((LEAD, "I"), (ANN, "II"), (BEN, "CC")):
        found.rate(person, code)
    return found


@pytest.fixture
def begun(team):
    rounds.begin(team.desks[LEAD], [ANN, BEN])
    team.refresh()
    return team


def phase(team):
    return rounds.standing(team.ledger, team.case).phase


def test_without_a_round_nothing_is_hidden_from_anybody(team):
    for person, name in NAMES.items():
        assert hidden_from(team.ledger, "", person, name) == frozenset()
        assert not sight_of(team.ledger, "", person, name).is_blind
        assert team.desks[person].shown is CASE
    assert team.seen(EVE) == {"Lea", "Ann", "Ben"}


def test_while_a_round_is_blind_nobody_reads_anybody_whatever_their_role(begun):
    for person, name in NAMES.items():
        assert begun.seen(person) == set()
        hidden = hidden_from(begun.ledger, "", person, name)
        assert hidden >= {"Lea", "Ann", "Ben"} - {name}
    assert raters(begun.ledger, CASE) == {}
    assert stand_in(CASE, {}) is None
    assert judgments_of_others(begun.ledger, CASE, "Ann") == {}


def test_anothers_desk_is_refused_and_the_refusal_is_noted(begun, caplog):
    for _ in range(2):
        with pytest.raises(NotAllowed, match="judgments of Ann cannot be seen before"):
            Desk(begun.ledger, CASE, "Ann", BEN)
    (noted,) = callers.refusals(begun.ledger, "")
    assert (noted.person, noted.what) == (BEN, "the judgments of Ann")
    assert noted.times == 2
    assert "refused to https://id.example.org#ben" in caplog.text


def test_who_rates_blind_sees_nothing_published_in_an_order_of_their_own(begun):
    for person in (ANN, BEN):
        shown = begun.desks[person].shown
        assert not shown.is_rated
        assert set(shown.item) == set(CASE.item)
    assert begun.desks[EVE].shown is CASE
    orders = set()
    for person in (ANN, BEN):
        for number in range(8):
            seed = f"{person}\n{number}"
            orders.add(tuple(one.id for one in blinded(CASE, seed).evidence))
    assert len(orders) > 1


def test_a_reason_of_an_unrated_cell_gives_no_published_rating_away(begun):
    desk = begun.desks[ANN]
    receipt = desk.receive(
        "forged", [[1, "change", [["reason", "e2", "h3", None, "x"]]]]
    )
    assert "rate the cell first" in receipt.refused[1]
    begun.rate(ANN, "C", "e2", "h3")
    assert desk.entries[-1].change.from_ == "unrated"


def test_levels_origins_and_exclusions_are_frozen_for_who_takes_part(begun):
    for change in (
        ["credibility", "e1", None, "high"],
        ["relevance", "e1", None, "low"],
        ["origin", "e1", None, "one"],
        ["exclusion", "e1", None, True],
    ):
        desk = begun.desks[ANN]
        receipt = desk.receive(f"page-{change[0]}", [[1, "change", [change]]])
        assert "frozen until round 1 is closed" in receipt.refused[1]
    begun.rate(ANN, "C", "e2")


def test_what_was_done_before_is_not_undone_past_what_is_frozen(team):
    desk = team.desks[ANN]
    desk.change("levels", 1, [["credibility", "e1", None, "high"]])
    rounds.begin(team.desks[LEAD], [ANN, BEN])
    assert "frozen" in desk.receive("levels", [[2, "undo"]]).refused[2]


def test_nothing_is_published_while_a_round_goes_on(begun):
    with pytest.raises(WorkbenchError, match="nothing is published while round 1"):
        publish(begun.desks[LEAD], None, ())  # neither files nor plan are looked at


def test_who_has_locked_changes_no_rating_and_the_others_do(begun):
    rounds.lock(begun.desks[ANN])
    with pytest.raises(WorkbenchError, match="you have locked your ratings in round 1"):
        begun.rate(ANN, "N")
    begun.rate(BEN, "N")
    with pytest.raises(WorkbenchError, match="locked already"):
        rounds.lock(begun.desks[ANN])


def test_only_a_lead_carries_a_round_on_and_only_who_takes_part_locks(begun):
    for act in (rounds.reveal, rounds.rerate, rounds.close, rounds.postpone):
        with pytest.raises(NotAllowed, match="your role in this case is analyst"):
            act(begun.desks[ANN], *([None] if act is rounds.postpone else []))
    with pytest.raises(WorkbenchError, match="you do not take part in round 1"):
        rounds.lock(begun.desks[LEAD])
    with pytest.raises(NotAllowed, match="your role in this case is reader"):
        rounds.lock(begun.desks[EVE])


def test_a_round_is_revealed_when_all_have_locked_and_not_before(begun):
    rounds.lock(begun.desks[ANN])
    with pytest.raises(WorkbenchError, match="not revealed: Ben has not locked"):
        rounds.reveal(begun.desks[LEAD])
    rounds.lock(begun.desks[BEN])
    rounds.reveal(begun.desks[LEAD])
    begun.refresh()
    assert phase(begun) is Phase.REVEALED
    assert begun.seen(EVE) == {"Lea", "Ann", "Ben"}
    assert begun.seen(ANN) == {"Lea", "Ben"}
    assert begun.desks[ANN].shown is CASE
    with pytest.raises(WorkbenchError, match="are being discussed"):
        begun.rate(ANN, "N")


def test_an_edit_reopens_the_rows_that_it_touches_and_no_other(begun):
    rounds.lock(begun.desks[ANN])
    edited = make_case("E1: CC C N", "E2: N I II", "E3: C - -", origin={"e2": "one"})
    desk = Desk(begun.ledger, edited, "Ann", ANN)
    begun.desks[ANN] = desk
    with pytest.raises(WorkbenchError, match="only what was edited since is open"):
        begun.rate(ANN, "N", "e1")
    begun.rate(ANN, "N", "e2")
    found = rounds.standing(begun.ledger, edited)
    seats = {one.name: one for one in rounds.seats(begun.ledger, edited, found)}
    assert seats["Ann"].fell
    assert not seats["Ann"].locked
    rounds.lock(desk)
    with pytest.raises(WorkbenchError, match="you have locked"):
        begun.rate(ANN, "C", "e2")


def test_a_deadline_reveals_the_round_and_says_who_had_not_locked(team, monkeypatch):
    until = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    rounds.begin(team.desks[LEAD], [ANN, BEN], until)
    rounds.lock(team.desks[ANN])
    assert not rounds.note_deadline(team.ledger, CASE)
    entered = pen.now()
    late = (until + dt.timedelta(seconds=1)).isoformat(timespec="microseconds")
    monkeypatch.setattr(pen, "now", lambda: late.replace("+00:00", "Z"))
    assert team.seen(ANN) == {"Lea", "Ben"}  # by the clock, before it is entered
    with pytest.raises(WorkbenchError, match="are being discussed"):
        team.rate(BEN, "N")
    with monkeypatch.context() as back:  # a clock that is set back in between
        back.setattr(pen, "now", lambda: entered)
        assert team.seen(ANN) == set()
    assert rounds.note_deadline(team.ledger, CASE)
    with monkeypatch.context() as back:  # and after: what was shown stays so
        back.setattr(pen, "now", lambda: entered)
        assert phase(team) is Phase.REVEALED
    assert not rounds.note_deadline(team.ledger, CASE)
    found = rounds.standing(team.ledger, CASE)
    assert found.now.missing == (BEN,)
    assert set(found.now.heads) >= {"Lea", "Ann", "Ben"}
    with pytest.raises(WorkbenchError, match="no round is being rated in private"):
        rounds.postpone(team.desks[LEAD], None)


def revealed(team):
    for person in (ANN, BEN):
        rounds.lock(team.desks[person])
    rounds.reveal(team.desks[LEAD])
    team.refresh()


def test_the_second_rating_is_private_again_and_both_are_kept(begun):
    revealed(begun)
    rounds.rerate(begun.desks[LEAD])
    begun.refresh()
    assert phase(begun) is Phase.RERATING
    begun.rate(ANN, "CC", because="It was read wrongly")
    assert begun.seen(BEN) == set()
    assert begun.desks[BEN].shown is CASE  # published ratings have been seen already
    revealed(begun)
    found = rounds.standing(begun.ledger, CASE)
    assert [one.number for one in found.passes] == [1, 2]
    assert found.passes[0].heads != found.passes[1].heads
    assert begun.seen(BEN) == {"Lea", "Ann"}


def test_the_lead_adjudicates_beside_the_others_and_with_a_reason(begun):
    with pytest.raises(WorkbenchError, match="is not revealed yet"):
        rounds.adjudicate(begun.desks[LEAD], "e1", "h1", Consistency.I, "So")
    revealed(begun)
    with pytest.raises(WorkbenchError, match="say why"):
        rounds.adjudicate(begun.desks[LEAD], "e1", "h1", Consistency.I)
    before = begun.desks[ANN].judgments
    rounds.adjudicate(begun.desks[LEAD], "e1", "h1", Consistency.I, "Two reports agree")
    begun.desks[ANN].refresh()
    assert begun.desks[ANN].judgments == before
    (held,) = rounds.standing(begun.ledger, CASE).adjudications
    assert (held.code, held.because, held.name) == ("I", "Two reports agree", "Lea")
    rounds.close(begun.desks[LEAD])
    assert rounds.standing(begun.ledger, CASE) is None
    (kept,) = rounds.past(begun.ledger, "")
    assert kept.adjudications == (held,)
    begun.rate(ANN, "N")
    rounds.begin(begun.desks[LEAD], [ANN, BEN, LEAD])
    assert rounds.standing(begun.ledger, CASE).number == 2


def test_a_round_is_begun_once_and_with_people_who_rate(begun):
    with pytest.raises(WorkbenchError, match="round 1 goes on"):
        rounds.begin(begun.desks[LEAD], [ANN, BEN])
    rounds_of_others = [[ANN], [ANN, EVE], [ANN, f"{ISSUER}#nobody"]]
    fresh = Team(Ledger("sqlite://"))
    for people in rounds_of_others:
        with pytest.raises(WorkbenchError, match=r"two people or more|no role here"):
            rounds.begin(fresh.desks[LEAD], people)
    gone = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    with pytest.raises(WorkbenchError, match="the deadline is past"):
        rounds.begin(fresh.desks[LEAD], [ANN, BEN], gone)


def test_an_entry_of_a_round_by_who_was_no_lead_counts_for_nothing(begun):
    desk = begun.desks[ANN]
    with begun.ledger.writing("Ann", "", ANN) as writer:
        for number, part in enumerate(("reveal", "close", "rerate"), start=1):
            forged = Change(EntryKind.ROUND, to="{}", part=part)
            writer.write("forged", number, [forged])
    desk.refresh()
    assert phase(begun) is Phase.BLIND


def test_without_a_sign_in_a_round_goes_by_names_and_rests_on_trust(ledger):
    desks = {name: Desk(ledger, CASE, name) for name in ("Ann", "Ben")}
    for number, (name, desk) in enumerate(desks.items(), start=1):
        desk.change(name, number, [["rating", "e1", "h1", "C"]])
    assert rounds.able(ledger, "", None) == ["Ann", "Ben"]
    rounds.begin(desks["Ann"], ["Ann", "Ben"])
    assert hidden_from(ledger, "", None, "Ann") == {"Ben"}
    assert set(Analysts(ledger, CASE, None, "Ann").judgments()) == {"Ann"}
    for desk in desks.values():
        desk.refresh()
        assert not desk.shown.is_rated
        rounds.lock(desk)
    rounds.reveal(desks["Ben"])
    assert hidden_from(ledger, "", None, "Ann") == frozenset()


def test_what_stood_when_each_pass_ended_is_told_whatever_came_later(begun):
    begun.rate(ANN, "II", because="Read in the log")
    revealed(begun)
    rounds.rerate(begun.desks[LEAD])
    begun.refresh()
    begun.rate(ANN, "C")
    assert [len(one.passes) for one in told(begun, BEN)] == [1]
    revealed(begun)
    rounds.adjudicate(begun.desks[LEAD], "e1", "h1", Consistency.I, "Why not")
    rounds.close(begun.desks[LEAD])
    begun.rate(ANN, "N")
    (story,) = told(begun, EVE)
    item = CASE.item["e1"]
    codes = [one["Ann"].rating(item, "h1").consistency for one in story.passes]
    assert codes == ["II", "C"]
    assert set(story.names.values()) == {"Ann", "Ben"}
    rounds.begin(begun.desks[LEAD], [ANN, BEN])
    assert told(begun, ANN) == ()


def told(team, person):
    return stories(team.ledger, CASE, person, NAMES[person])


def role_of_ben(team, role):
    give(team.desks[LEAD], BEN, role)
    return rounds.standing(team.ledger, team.case)


@pytest.mark.parametrize("role", [None, Role.READER, Role.REVIEWER])
def test_nobody_waits_for_who_may_rate_no_more_and_it_is_told(begun, role):
    rounds.lock(begun.desks[ANN])
    found = role_of_ben(begun, role)
    seats = {one.name: one for one in rounds.seats(begun.ledger, CASE, found)}
    assert (seats["Ben"].away, seats["Ann"].away) == (True, False)
    with pytest.raises(WorkbenchError, match="not allowed"):
        rounds.lock(begun.desks[BEN])
    if role is not None:
        assert sight_of(begun.ledger, "", BEN, "Ben").is_blind
        assert begun.seen(BEN) == set()
    rounds.reveal(begun.desks[LEAD])
    # Who comes back later is waited for from the next time on.
    found = role_of_ben(begun, Role.ANALYST)
    assert (found.now.away, found.now.missing) == ((BEN,), ())
    rounds.rerate(begun.desks[LEAD])
    found = rounds.standing(begun.ledger, CASE)
    assert [one.away for one in found.passes] == [(BEN,), ()]


def test_who_gets_the_role_back_while_it_is_private_is_waited_for_again(begun):
    rounds.lock(begun.desks[ANN])
    role_of_ben(begun, Role.READER)
    assert role_of_ben(begun, Role.ANALYST).now.away == ()
    with pytest.raises(WorkbenchError, match="Ben has not locked"):
        rounds.reveal(begun.desks[LEAD])


def test_a_lock_is_taken_back_until_the_reveal_and_not_after(begun):
    with pytest.raises(WorkbenchError, match="your ratings are not locked"):
        rounds.unlock(begun.desks[ANN])
    with pytest.raises(WorkbenchError, match="you do not take part"):
        rounds.unlock(begun.desks[LEAD])
    for person in (ANN, BEN):
        rounds.lock(begun.desks[person])
    rounds.unlock(begun.desks[ANN])
    begun.rate(ANN, "N")
    kinds = [one.change.part for one in begun.desks[ANN].entries if one.change.part]
    assert kinds == ["lock", "unlock"]
    with pytest.raises(WorkbenchError, match="Ann has not locked"):
        rounds.reveal(begun.desks[LEAD])
    rounds.lock(begun.desks[ANN])
    rounds.reveal(begun.desks[LEAD])
    with pytest.raises(WorkbenchError, match="no round is being rated in private"):
        rounds.unlock(begun.desks[ANN])
    assert rounds.standing(begun.ledger, CASE).now.missing == ()


ACTS = (
    *("begin", "lock", "unlock", "reveal", "rerate", "close", "rate", "adjudicate"),
    *("forge", "demote", "restore"),
)


def do(team, act, person, secrets):
    """Have somebody act, as far as they are let."""
    desk = team.desks[person]
    if act == "begin":
        rounds.begin(desk, [ANN, BEN, LEAD])
    elif act == "rate":
        text = f"secret {len(secrets)}"
        team.rate(person, "II", because=text)
        secrets.append(text)
    elif act == "adjudicate":
        rounds.adjudicate(desk, "e1", "h1", Consistency.N, "Why")
    elif act in ("demote", "restore"):
        role = Role.READER if act == "demote" else ROLES[person]
        give(team.desks[LEAD], person, role)
    elif act == "forge":
        for other in NAMES.values():
            Desk(team.ledger, CASE, other, person)
    else:
        getattr(rounds, act)(desk)


def get_on(team):
    """Have the lead end what is rated in private, though others never lock."""
    found = rounds.standing(team.ledger, CASE)
    if found is None or not found.is_private:
        return
    for person in set(found.present) - set(found.now.locks) - {LEAD}:
        give(team.desks[LEAD], person, None)
    if LEAD not in found.now.locks:
        rounds.lock(team.desks[LEAD])
    rounds.reveal(team.desks[LEAD])


@given(st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from([LEAD, ANN, BEN]))))
def test_no_sequence_of_acts_lets_anybody_read_what_is_rated_in_private(sequence):
    ledger = Ledger("sqlite://")
    team, secrets, written = Team(ledger), [], 0
    for act, person in [("begin", LEAD), *sequence]:
        with contextlib.suppress(WorkbenchError):
            do(team, act, person, secrets)
        if (last := ledger.last()) > written:  # most acts are refused
            written = last
            reads_nobody(team)
    reads_nobody(team)
    get_on(team)
    ledger.close()


def reads_nobody(team):
    """Look whether anybody reads anybody as long as it is private."""
    found = rounds.standing(team.ledger, CASE)
    if found is None or not found.is_private:
        return
    for reader, name in NAMES.items():
        assert team.seen(reader) == set()
        read = repr(entries_of_others(team.ledger, "", reader, name))
        assert "secret" not in read
