"""A chain of hashes: its order, its forks, its breaks, and what no program knows."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given, strategies

from tests.builders import faults, make_case, rate
from workbench.case.entry import Entry, EntryKind, digest
from workbench.record import pen
from workbench.record.chain import Chain, in_order
from workbench.record.desk import Desk
from workbench.record.hashes import Hashes
from workbench.record.ledger import LedgerError
from workbench.record.rights import Act
from workbench.record.verifying import verify

CASE = make_case("E1: CC C N", "E2: N I II", "E3: C C C")
CODES = ("I", "II", "N", "C", "CC")


def work(ledger, *codes, analyst="ann", client="page", start=1, item="e1"):
    desk = Desk(ledger, CASE, analyst)
    for number, code in enumerate(codes, start):
        change = ["rating", item, "h1", code, f"reason {number}"]
        desk.receive(client, [[number, "change", [change]]])
    return desk


def code(desk, item="e1", hypothesis="h1"):
    return desk.judgments.rating(CASE.item[item], hypothesis).consistency.value


def made(seq, at, previous, client="p"):
    change = rate("e1", "h1", CODES[seq % 5])
    bare = Entry(seq, at, "ann", change, client, seq, previous, "")
    return replace(bare, hash=digest(bare, None))


# ------------------------------------------------------------------ order


@given(strategies.randoms(use_true_random=False), strategies.integers(1, 30))
def test_the_same_entries_come_in_one_order_however_they_are_stored(chance, many):
    entries: list[Entry] = []
    for seq in range(1, many + 1):
        previous = chance.choice([None, *(entry.hash for entry in entries)])
        entries.append(made(seq, f"2026-01-{chance.randint(1, 28):02}T00", previous))
    order = in_order(entries)
    chance.shuffle(entries)
    assert in_order(entries) == order
    places = {entry.hash: place for place, entry in enumerate(order)}
    assert all(places[one.previous] < places[one.hash] for one in order if one.previous)


def test_entries_that_were_altered_into_a_ring_are_all_kept():
    one, two = made(1, "2026-01-01T00", None), made(2, "2026-01-02T00", None)
    ring = [replace(one, previous=two.hash), replace(two, previous=one.hash)]
    assert in_order(ring) == ring


def test_what_is_read_bit_by_bit_is_as_if_read_at_once(ledger):
    work(ledger, "I", "II", "N")
    found = ledger.follow("ann", "", None)
    whole, parts = Chain("", "ann"), Chain("", "ann")
    whole.take(found)
    for one in found:
        assert parts.take([one])
    assert parts.last == whole.last == whole.in_force(found)[-1]
    assert parts.heads == whole.heads == [found[-1].hash]


@given(strategies.lists(strategies.sampled_from(range(12)), max_size=30))
def test_hashes_are_kept_as_they_are_whatever_they_were_altered_into(which):
    plain = [made(seq, "2026-01-01T00", None).hash for seq in range(1, 10)]
    known = [*plain, "", plain[0].upper(), f"{plain[0]} "]
    texts, found = [known[one] for one in which], Hashes()
    for text in texts:
        found.append(text)
    assert (len(found), list(found), found[1:3]) == (len(texts), texts, texts[1:3])
    found.cut(len(texts) // 2)
    assert list(found) == texts[: len(texts) // 2]


# ------------------------------------------------------------------ clocks


@pytest.fixture
def clock(monkeypatch):
    """Set this machine's clock ahead by so many days, or behind."""

    def turn(**by):
        shown = dt.datetime.now(dt.UTC) + dt.timedelta(**by)
        text = shown.isoformat(timespec="microseconds").replace("+00:00", "Z")
        monkeypatch.setattr(pen, "now", lambda: text)

    yield turn
    monkeypatch.undo()


def test_entries_more_than_a_day_ahead_are_refused_with_the_reason(
    ledger, new_store, clock
):
    clock(days=400)
    ahead = new_store("sqlite").open()
    work(ahead, "I")
    clock()
    with pytest.raises(LedgerError, match=r"^f:1: at 20\d\d.*more than a day ahead"):
        ledger.merge(ahead.export(), "f")
    assert ledger.entries() == []


def test_entries_an_hour_ahead_are_taken(ledger, new_store, clock):
    clock(hours=1)
    ahead = new_store("sqlite").open()
    work(ahead, "I")
    clock()
    assert ledger.merge(ahead.export()).added == 1


def test_a_clock_that_was_ahead_moves_no_later_entry(ledger, clock):
    clock(days=3650)
    work(ledger, "I")
    clock()
    desk = work(ledger, "II", "N", client="later")
    first, *rest = ledger.entries()
    now = dt.datetime.now(dt.UTC)
    for entry in rest:
        assert abs(dt.datetime.fromisoformat(entry.at) - now) < dt.timedelta(hours=1)
    assert first.at > rest[-1].at
    assert code(desk) == code(Desk(ledger, CASE, "ann")) == "N"
    assert faults(ledger) == []


def test_a_wrong_clock_of_one_machine_does_not_win_over_work_done_after_the_merge(
    ledger, new_store, clock
):
    clock(hours=20)
    ahead = new_store("sqlite").open()
    work(ahead, "I", client="ahead")
    clock()
    work(ledger, "II")
    ledger.merge(ahead.export())
    desk = work(ledger, "N", client="after")
    assert code(desk) == code(Desk(ledger, CASE, "ann")) == "N"
    desk.receive("after", [[2, "undo"]])
    assert code(desk) == code(Desk(ledger, CASE, "ann")) == "I"


@pytest.mark.parametrize("years", [30, 50, 500])
def test_a_clock_before_2000_writes_what_another_copy_takes(
    ledger, new_store, clock, years
):
    clock(days=-365 * years)
    desk = work(ledger, "I", "II")
    clock()
    other = new_store("sqlite").open()
    assert other.merge(ledger.export()).added == 2
    assert Desk(other, CASE, "ann").judgments == desk.judgments
    assert faults(other) == []


# ------------------------------------------------------------------ unknown kinds


def newer(ledger, store, **columns):
    """Turn the second entry into one of a newer program, its hash included."""
    entry = ledger.entries()[1]
    change = replace(entry.change, kind="weather", **columns)
    other = replace(entry, change=change)
    store.alter(
        "update entries set kind = 'weather', hash = :new where seq = 2",
        new=digest(other, None),
    )
    return digest(other, None)


def test_an_entry_of_an_unknown_kind_is_set_aside_and_the_rest_applies(ledger, store):
    work(ledger, "I", "II")
    newer(ledger, store)
    desk = Desk(ledger, CASE, "ann")
    assert code(desk) == "I"
    (aside,) = desk.set_aside
    assert str(aside) == (
        "entry 2 by ann: set aside, since this program does not know its kind, "
        "'weather'"
    )
    assert desk.breaks == []
    desk.receive("more", [[1, "change", [["rating", "e1", "h1", "N"]]]])
    assert code(desk) == code(Desk(ledger, CASE, "ann")) == "N"
    assert faults(ledger) == []


def test_an_entry_of_an_unknown_kind_goes_to_another_copy_and_back(
    ledger, store, new_store
):
    work(ledger, "I", "II")
    newer(ledger, store)
    other = new_store("sqlite").open()
    assert other.merge(ledger.export()).added == 2
    assert list(other.export()) == list(ledger.export())
    assert faults(other) == []
    assert len(Desk(other, CASE, "ann").set_aside) == 1


# ------------------------------------------------------------------ seen


def test_an_altered_entry_is_in_force_and_named_until_somebody_has_seen_it(
    ledger, store
):
    work(ledger, "I", "II")
    store.alter("""update entries set to_ = '"CC"' where seq = 2""")
    desk = Desk(ledger, CASE, "ann")
    assert code(desk) == "CC"
    said = "entry 2 by ann: its content does not fit its hash; it is in force as it"
    assert [str(one) for one in desk.unseen()] == [f"{said} stands"]
    Desk(ledger, CASE, "bob").mark_seen("nothing to see")
    assert desk.unseen()
    desk.mark_seen("page")
    assert desk.unseen() == Desk(ledger, CASE, "ann").unseen() == []
    assert [str(one) for one in desk.breaks] == [f"{said} stands"]
    assert desk.chain_end().breaks == (f"{said} stands",)
    assert not desk.can_undo or code(desk) == "CC"  # no judgment, so nothing to undo
    store.alter("""update entries set to_ = '"C"' where seq = 2""")  # and once more
    assert len(Desk(ledger, CASE, "ann").unseen()) == 1


@pytest.mark.parametrize("read", ["all", "some"])
def test_an_entry_altered_after_it_was_read_is_told_once_it_is_read_again(
    ledger, store, read
):
    desk = work(ledger, "I", "II")
    assert desk.breaks == []
    for name in ("bob", "cleo"):  # whose entries are at hand instead
        Desk(ledger, CASE, name)
    store.alter("""update entries set to_ = '"CC"' where seq = 2""")
    found = desk.entries if read == "all" else desk.entries_on(evidence=["e1"])
    assert [one.change.to for one in found] == ["I", "CC"]
    assert [one.seq for one in desk.breaks] == [2]
    assert code(desk) == "CC"


def test_what_is_marked_in_one_case_is_not_seen_in_another(ledger, store):
    first = replace(CASE, question=replace(CASE.question, id="first"))
    second = replace(CASE, question=replace(CASE.question, id="second"))
    for case in (first, second):
        desk = Desk(ledger, case, "ann")
        desk.change("page", 1, [["rating", "e1", "h1", "I"]])
    store.alter("""update entries set because = 'altered'""")
    Desk(ledger, first, "ann").mark_seen("page")
    assert Desk(ledger, first, "ann").unseen() == []
    assert len(Desk(ledger, second, "ann").unseen()) == 1


def test_an_entry_moved_to_another_case_is_told(ledger, store):
    first = replace(CASE, question=replace(CASE.question, id="first"))
    Desk(ledger, first, "ann").change("page", 1, [["rating", "e1", "h1", "I"]])
    store.alter("update entries set filed = 'second'")
    (fault,) = faults(ledger)
    assert "it is about the case first, and filed under this one" in fault


# ------------------------------------------------------------------ heads


def test_a_merged_chain_has_a_head_for_each_branch(ledger, new_store):
    other = new_store("sqlite").open()
    work(ledger, "I")
    other.merge(ledger.export())
    work(ledger, "II", client="here")
    work(other, "N", client="there")
    ledger.merge(other.export())
    (chain,) = verify(ledger).document()["chains"]
    assert (chain["count"], len(chain["heads"])) == (3, 2)
    work(ledger, "CC", client="after")
    (chain,) = verify(ledger).document()["chains"]
    assert (chain["count"], len(chain["heads"])) == (4, 2)
    assert json.dumps(chain)


def test_what_is_recorded_beside_the_judgments_is_kept_and_not_undone(ledger):
    desk = Desk(ledger, CASE, "ann")
    kinds = [EntryKind.COMMENT, EntryKind.SNAPSHOT, EntryKind.ROLE, EntryKind.ROUND]
    changes = [replace(rate("e1", "h1", "C"), kind=kind, part="x") for kind in kinds]
    desk.record("page", Act.COMMENT, lambda _pen: changes)
    assert [entry.change.kind for entry in ledger.entries()] == kinds
    assert not desk.can_undo
    assert desk.judgments == Desk(ledger, CASE, "ann").judgments
    assert faults(ledger) == []
