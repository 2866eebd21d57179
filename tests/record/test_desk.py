"""An analyst at work: acknowledged when stored, refused with a reason, undoable."""

import threading

import pytest
from hypothesis import given, settings, strategies

from tests.builders import faults, make_case
from workbench.case.entry import EntryKind
from workbench.case.judgments import Judgments
from workbench.case.model import Consistency, Rating
from workbench.case.replay import Replay
from workbench.errors import WorkbenchError
from workbench.record.desk import Desk, judgments_of
from workbench.record.ledger import Ledger, LedgerError
from workbench.record.operations import Refused
from workbench.record.pen import Pen

CASE = make_case("E1: CC C N", "E2: N I II", "E3: - C -", sources={"e1": "s"})


def desk_on(ledger, analyst="ann", case=CASE):
    return Desk(ledger, case, analyst)


def rate(number, item, hypothesis, to, because=None):
    return [number, "change", [["rating", item, hypothesis, to, because]]]


def emphasize(number, item, to):
    return [number, "change", [["emphasis", item, None, to]]]


def code(desk, item, hypothesis):
    rating = desk.judgments.rating(CASE.item[item], hypothesis)
    return rating and rating.consistency.value


# ------------------------------------------------------------------ acknowledging


def test_what_is_acknowledged_is_in_the_ledger(ledger):
    desk = desk_on(ledger)
    receipt = desk.receive("page", [rate(1, "e1", "h1", "II"), emphasize(2, "e1", 0.5)])
    assert (receipt.acknowledged, receipt.refused) == (2, {})
    assert desk_on(ledger).judgments == desk.judgments
    assert [entry.op for entry in ledger.entries()] == [1, 2]
    assert ledger.entries()[0].change.from_ == "CC"


def test_an_operation_refused_is_refused_again_though_later_ones_were_stored(ledger):
    desk = desk_on(ledger)
    batch = [
        [1, "undo"],
        rate(2, "e9", "h1", "II"),
        [3, "return", "e1"],
        [4, "change", [["reason", "e3", "h1", None, "Why."]]],
        [5, "preview", ["emphasis", "e1", None, 0.5]],
        emphasize(6, "e1", 1.0),
        rate(7, "e1", "h1", "II"),
    ]
    first = desk.receive("page", batch)
    assert list(first.refused) == [1, 2, 3, 4]
    for again in (desk, desk_on(ledger)):
        receipt = again.receive("page", batch)
        assert receipt.acknowledged == 7
        assert list(receipt.refused) == [1, 2, 3, 4]
        assert receipt.refused[2] == first.refused[2]
        assert receipt.refused[4] == first.refused[4]
    assert [entry.op for entry in ledger.entries()] == [7]


def test_a_reason_may_come_with_the_rating_it_explains_and_not_without(ledger):
    desk = desk_on(ledger)
    both = [["rating", "e3", "h1", "I"], ["reason", "e3", "h1", None, "Because."]]
    none = [["rating", "e1", "h1", "unrated"], ["reason", "e1", "h1", None, "Why."]]
    receipt = desk.receive("page", [[1, "change", both], [2, "change", none]])
    assert list(receipt.refused) == [2]
    own = Rating(Consistency.I, "Because.")
    assert desk.judgments.rating(CASE.item["e3"], "h1") == own


def test_a_batch_sent_again_changes_nothing(ledger):
    desk = desk_on(ledger)
    batch = [rate(1, "e1", "h1", "II"), [2, "undo"], rate(3, "e1", "h1", "C")]
    desk.receive("page", batch)
    before = ledger.entries()
    assert desk.receive("page", batch).acknowledged == 3
    assert ledger.entries() == before


def test_after_a_crash_before_the_acknowledgement_the_same_batch_does_no_harm(ledger):
    batch = [rate(1, "e1", "h1", "II"), rate(2, "e1", "h2", "II"), [3, "undo"]]
    desk_on(ledger).receive("page", batch)  # and the server is gone
    desk = desk_on(ledger)
    receipt = desk.receive("page", [*batch, rate(4, "e2", "h1", "I")])
    assert receipt.acknowledged == 4
    assert [entry.op for entry in ledger.entries()] == [1, 2, 3, 4]
    assert code(desk, "e1", "h2") == "C"


def test_numbers_may_leave_gaps_and_pages_count_for_themselves(ledger):
    desk = desk_on(ledger)
    assert desk.receive("one", [rate(7, "e1", "h1", "I")]).acknowledged == 7
    assert desk.receive("two", [rate(1, "e1", "h1", "N")]).acknowledged == 1
    assert desk.receive("one", [rate(7, "e1", "h1", "C")]).acknowledged == 7
    assert code(desk, "e1", "h1") == "N"


def test_an_empty_batch_tells_what_is_acknowledged(ledger):
    desk = desk_on(ledger)
    assert desk.receive("page", []).acknowledged == 0
    desk.receive("page", [rate(3, "e1", "h1", "I")])
    assert desk.receive("page", []).acknowledged == 3


def test_previews_are_shown_and_not_stored(ledger):
    desk = desk_on(ledger)
    drag = [[n, "preview", ["emphasis", "e1", None, n / 10]] for n in range(1, 6)]
    source = [6, "preview", ["source-emphasis", "s", None, 2]]
    receipt = desk.receive("page", [*drag, source])
    assert receipt.previews == {
        (EntryKind.EMPHASIS, "e1"): 0.5,
        (EntryKind.SOURCE_EMPHASIS, "s"): 2.0,
    }
    assert receipt.acknowledged == 6
    assert ledger.entries() == []
    assert desk.judgments == Judgments()
    assert desk.receive("page", [emphasize(7, "e1", 0.5)]).previews == {}


def test_a_value_that_stands_already_is_acknowledged_without_an_entry(ledger):
    desk = desk_on(ledger)
    receipt = desk.receive("page", [emphasize(1, "e1", 1.0)])
    assert (receipt.acknowledged, receipt.refused) == (1, {})
    assert ledger.entries() == []


# ------------------------------------------------------------------ refusing

NAN = float("nan")
REFUSED = [
    (["rating", "e9", "h1", "C"], "no item 'e9'"),
    (["rating", "e1", "h9", "C"], "no hypothesis 'h9'"),
    (["rating", "e1", None, "C"], "no hypothesis None"),
    (["rating", ["e1"], "h1", "C"], "no item"),
    (["rating", "e1", {"h1": 1}, "C"], "no hypothesis"),
    (["rating", "e1", "h1", "X"], "'X' is not a rating; use CC, C, N, I, II, NA or"),
    (["rating", "e1", "h1", "c"], "'c' is not a rating"),
    (["rating", "e1", "h1", True], "True is not a rating"),
    (["rating", "e1", "h1", 1], "is not a rating"),
    (["rating", "e1", "h1", ["C"]], "is not a rating"),
    (["rating", "e1", "h1", "C", 5], "a reason is a text"),
    (["rating", "e1", "h1", "C", False], "a reason is a text"),
    (["rating", "e1", "h1", "C", "x" * 20_001], "at most 20,000 characters"),
    (["rating", "e1", "h1", "C", "\0"], r"U\+0000 is not allowed"),
    (["rating", "e1", "h1", "C", "\ud800"], r"U\+D800 is not allowed"),
    (["rating", "e1", "h1", "C", "\x1b[2J"], r"U\+001B is not allowed"),
    (["reason", "e3", "h1", None, "why"], "rate the cell first"),
    (["emphasis", "e1", None, 2.01], "use a number from 0 to 2"),
    (["emphasis", "e1", None, -0.1], "use a number from 0 to 2"),
    (["emphasis", "e1", None, True], "True is not an emphasis"),
    (["emphasis", "e1", None, "1"], "'1' is not an emphasis"),
    (["emphasis", "e1", None, NAN], "nan is not an emphasis"),
    (["emphasis", "e1", None, float("inf")], "inf is not an emphasis"),
    (["emphasis", "e1", None, 10**400], "is not an emphasis"),
    (["source-emphasis", "e1", None, 1], "no source 'e1'"),
    (["source-emphasis", "s", None, 3], "use a number from 0 to 2"),
    (["credibility", "e1", None, "vast"], "use low, medium, high or a number from 0"),
    (["credibility", "e1", None, -1], "is not a level"),
    (["credibility", "e1", None, NAN], "nan is not a level"),
    (["credibility", "e1", None, True], "True is not a level"),
    (["relevance", "e1", None, 1e7], "from 0 to 1000000"),
    (["relevance", "e1", None, 10**400], "is not a level"),
    (["origin", "e1", None, "Not an id"], "is no origin"),
    (["origin", "e1", None, "x" * 101], "is no origin"),
    (["origin", "e1", None, 5], "is no origin"),
    (["exclusion", "e1", None, 1], "use true or false"),
    (["exclusion", "e1", None, "yes"], "use true or false"),
    (["snapshot", "e1"], "unknown kind 'snapshot'"),
    ([["rating"], "e1", "h1", "C"], "unknown kind"),
    ([], "unknown kind None"),
    ("rating", "a list is needed"),
    (None, "a list is needed"),
]


@pytest.mark.parametrize(("change", "reason"), REFUSED)
def test_what_cannot_be_is_refused_with_a_reason_and_the_rest_is_done(
    ledger, change, reason
):
    desk = desk_on(ledger)
    batch = [[1, "change", [change]], rate(2, "e1", "h1", "II")]
    receipt = desk.receive("page", batch)
    assert receipt.acknowledged == 2
    assert list(receipt.refused) == [1]
    with pytest.raises(Refused, match=reason):
        desk.change("form", 1, [change])
    assert code(desk, "e1", "h1") == "II"
    assert len(ledger.entries()) == 1


def test_an_action_with_one_fault_is_refused_whole(ledger):
    desk = desk_on(ledger)
    paste = [["rating", "e1", "h1", "II"], ["rating", "e1", "h2", "?"]]
    assert list(desk.receive("page", [[1, "change", paste]]).refused) == [1]
    assert desk.judgments == Judgments()


@pytest.mark.parametrize(
    ("operation", "reason"),
    [
        ([1, "undo"], "there is nothing to undo"),
        ([1, "redo"], "there is nothing to redo"),
        ([1, "return"], "everything stands at the baseline already"),
        ([1, "return", "e1"], "everything stands at the baseline already"),
        ([1, "delete"], "unknown operation 'delete'"),
        ([1, ["undo"]], "unknown operation"),
        ([1, "change"], "a list is needed"),
        ([1, "change", None], "a list is needed"),
        ([1, "preview"], "a list is needed"),
        ([1, "preview", ["rating", "e1", "h1", "C"]], "only an emphasis can be"),
        ([1, "preview", ["credibility", "e1", None, 0.5]], "only an emphasis can be"),
        ([1, "preview", ["emphasis", "e1", None, None]], "only an emphasis can be"),
        ([1, "preview", ["emphasis", "e1", None, 5]], "use a number from 0 to 2"),
    ],
)
def test_an_operation_that_cannot_be_is_refused(ledger, operation, reason):
    receipt = desk_on(ledger).receive("page", [operation])
    assert receipt.acknowledged == 1
    assert reason in receipt.refused[1]


@pytest.mark.parametrize(
    ("client", "batch"),
    [
        ("", []),
        ("x" * 65, []),
        ("a\n", []),
        (None, []),
        ("page", [["1", "undo"]]),
        ("page", [[0, "undo"]]),
        ("page", [[True, "undo"]]),
        ("page", [[2**53, "undo"]]),
        ("page", [[1]]),
        ("page", ["undo"]),
        ("page", [[1, "undo"]] * 20_001),
    ],
)
def test_what_is_no_batch_is_an_error_and_stores_nothing(ledger, client, batch):
    desk = desk_on(ledger)
    with pytest.raises(WorkbenchError, match="not a"):
        desk.receive(client, [rate(1, "e1", "h1", "I"), *batch] if batch else batch)
    assert ledger.entries() == []
    assert desk.judgments == Judgments()


def test_a_reason_is_kept_without_the_space_around_it(ledger):
    desk = desk_on(ledger)
    desk.receive("page", [rate(1, "e1", "h1", "II", "  Weil es so ist: ü\n")])
    expected = Rating(Consistency.II, "Weil es so ist: ü")
    assert desk.judgments.rating(CASE.item["e1"], "h1") == expected


# ------------------------------------------------------------------ the store


def test_a_store_out_of_reach_acknowledges_nothing_and_keeps_what_was_known(
    ledger, monkeypatch
):
    desk = desk_on(ledger)
    desk.receive("page", [rate(1, "e1", "h1", "II")])
    known = desk.judgments
    batch = [rate(2, "e1", "h2", "II"), [3, "undo"]]

    def fail(*_args):
        raise LedgerError("not saved: gone")

    with monkeypatch.context() as patch:
        patch.setattr("workbench.record.ledger.Pen.write", fail)
        patch.setattr(Ledger, "entries", fail)
        with pytest.raises(LedgerError):
            desk.receive("page", batch)
    assert desk.judgments == known
    assert len(ledger.entries()) == 1
    assert desk.receive("page", batch).acknowledged == 3
    assert desk.judgments == known


def test_what_fails_half_way_is_stored_not_at_all(ledger, monkeypatch):
    desk = desk_on(ledger)
    write, calls = Pen.write, []

    def second_fails(*args):
        calls.append(args)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return write(*args)

    monkeypatch.setattr("workbench.record.ledger.Pen.write", second_fails)
    with pytest.raises(KeyboardInterrupt):
        desk.receive("page", [rate(1, "e1", "h1", "II"), rate(2, "e1", "h2", "II")])
    assert ledger.entries() == []
    assert desk.judgments == Judgments()


# ------------------------------------------------------------------ undoing


def test_undo_and_redo_go_through_an_action_as_a_whole(ledger):
    desk = desk_on(ledger)
    paste = [["rating", "e1", h, "II"] for h in ("h1", "h2", "h3")]
    desk.receive("page", [[1, "change", paste], emphasize(2, "e1", 0)])
    both = desk.judgments
    desk.receive("page", [[3, "undo"], [4, "undo"]])
    assert desk.judgments == Judgments()
    assert (desk.can_undo, desk.can_redo) == (False, True)
    desk.receive("page", [[5, "redo"], [6, "redo"]])
    assert desk.judgments == both
    assert (desk.can_undo, desk.can_redo) == (True, False)


def test_a_new_action_forgets_what_could_be_redone(ledger):
    desk = desk_on(ledger)
    batch = [rate(1, "e1", "h1", "II"), [2, "undo"], rate(3, "e1", "h2", "II")]
    assert "nothing to redo" in desk.receive("page", [*batch, [4, "redo"]]).refused[4]


def test_one_desk_undoes_what_the_other_did(ledger):
    one, two = desk_on(ledger), desk_on(ledger)
    one.receive("one", [rate(1, "e1", "h1", "II", "no"), rate(2, "e1", "h1", "I")])
    two.receive("two", [[1, "undo"]])
    assert code(two, "e1", "h1") == "II"
    one.receive("one", [[3, "undo"], [4, "redo"], [5, "redo"]])
    two.refresh()
    assert one.judgments == two.judgments == desk_on(ledger).judgments
    assert code(one, "e1", "h1") == "I"


def test_a_rating_and_its_reason_given_in_one_action_are_undone_together(ledger):
    desk = desk_on(ledger)
    both = [["rating", "e1", "h1", "II"], ["reason", "e1", "h1", None, "Because."]]
    desk.receive("page", [[1, "change", both]])
    own = desk.judgments
    assert own.ratings["e1", "h1"] == Rating(Consistency.II, "Because.")
    desk.receive("page", [[2, "undo"]])
    assert (desk.judgments, desk.can_undo) == (Judgments(), False)
    desk.receive("page", [[3, "redo"]])
    assert (desk.judgments, desk.can_redo) == (own, False)


def test_everything_or_one_item_returns_to_the_baseline_and_can_be_undone(ledger):
    desk = desk_on(ledger)
    changes = [
        ["rating", "e1", "h1", "II"],
        ["rating", "e2", "h1", "II"],
        ["credibility", "e1", None, "low"],
        ["exclusion", "e2", None, True],
        ["source-emphasis", "s", None, 0],
    ]
    desk.receive("page", [[1, "change", changes]])
    everything = desk.judgments
    desk.receive("page", [[2, "return", "e1"]])
    assert set(desk.judgments.ratings) == {("e2", "h1")}
    assert desk.judgments.source_emphases == {"s": 0.0}
    desk.receive("page", [[3, "return", None]])
    assert desk.judgments == Judgments()
    desk.receive("page", [[4, "undo"], [5, "undo"]])
    assert desk.judgments == everything


def test_touched_names_what_others_changed_and_what_was_undone(ledger):
    one, two = desk_on(ledger), desk_on(ledger)
    one.receive("one", [rate(1, "e1", "h1", "II"), emphasize(2, "e2", 0.5)])
    two.receive("two", [rate(1, "e1", "h2", "I")])
    one.refresh()
    assert one.touched(0, "one") == [("rating", "e1", "h2", None)]
    one.receive("one", [[3, "undo"], [4, "undo"]])
    found = set(one.touched(3, "one"))
    assert found == {("rating", "e1", "h2", None), ("emphasis", "e2", None, None)}


# ------------------------------------------------------------------ who


def test_analysts_do_not_see_one_anothers_judgments(ledger):
    desk_on(ledger, "ann").receive("page", [rate(1, "e1", "h1", "II")])
    assert desk_on(ledger, "bob").judgments == Judgments()


def test_an_analyst_without_any_entry_is_an_error_that_names_the_known(ledger):
    with pytest.raises(WorkbenchError, match="nobody has judged anything yet"):
        judgments_of(ledger, CASE, "ann")
    for name in ("bob", "ann"):
        desk_on(ledger, name).receive(name, [rate(1, "e1", "h1", "II")])
    with pytest.raises(WorkbenchError, match=r"by 'eve'; known analysts: ann, bob"):
        judgments_of(ledger, CASE, "eve")
    assert judgments_of(ledger, CASE, "ann") == desk_on(ledger, "ann").judgments


def test_entries_about_what_has_left_the_case_are_kept_and_not_applied(ledger):
    batch = [
        rate(1, "e1", "h3", "II"),
        rate(2, "e3", "h1", "II"),
        emphasize(3, "e1", 0),
    ]
    desk_on(ledger).receive("page", batch)
    smaller = desk_on(ledger, case=make_case("E1: CC C", "E2: N I"))
    assert smaller.judgments == Judgments(emphases={"e1": 0.0})
    assert len(ledger.entries()) == 3


def test_two_threads_of_one_analyst_lose_nothing(ledger):
    def work(name, hypothesis):
        desk = desk_on(ledger)
        for n in range(1, 16):
            desk.receive(name, [rate(n, "e1", hypothesis, "II" if n % 2 else "I")])

    threads = [
        threading.Thread(target=work, args=(f"page-{h}", h)) for h in ("h1", "h2", "h3")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ledger.entries()) == 45
    assert faults(ledger) == []
    desk = desk_on(ledger)
    assert [code(desk, "e1", h) for h in ("h1", "h2", "h3")] == ["II"] * 3


# ------------------------------------------------------------------ properties

ITEMS = strategies.sampled_from(["e1", "e2", "e3"])
CELLS = strategies.tuples(ITEMS, strategies.sampled_from(["h1", "h2", "h3"]))
CODES = strategies.sampled_from(["CC", "C", "N", "I", "II", "NA", "unrated", None])
REASONS = strategies.sampled_from([None, "", "so", "because ü"])
CHANGES = strategies.one_of(
    strategies.builds(
        lambda cell, to, because: ["rating", *cell, to, because], CELLS, CODES, REASONS
    ),
    strategies.builds(lambda c, why: ["reason", *c, None, why], CELLS, REASONS),
    strategies.builds(
        lambda kind, item, to: [kind, item, None, to],
        strategies.sampled_from(["credibility", "relevance"]),
        ITEMS,
        strategies.sampled_from(["low", "medium", "high", 0, 0.5, None, "X"]),
    ),
    strategies.builds(
        lambda item, to: ["emphasis", item, None, to],
        ITEMS,
        strategies.sampled_from([0, 0.5, 1, 2, None, 3]),
    ),
    strategies.builds(
        lambda item, to: ["origin", item, None, to],
        ITEMS,
        strategies.sampled_from(["", "a", "b", None]),
    ),
    strategies.builds(
        lambda item, to: ["exclusion", item, None, to],
        ITEMS,
        strategies.sampled_from([True, False, None]),
    ),
)  # fmt: skip
OPERATIONS = strategies.one_of(
    strategies.builds(
        lambda changes: ["change", changes],
        strategies.lists(CHANGES, min_size=1, max_size=4),
    ),
    strategies.sampled_from([["undo"], ["undo"], ["redo"], ["return", None]]),
    strategies.builds(lambda item: ["return", item], ITEMS),
)


def in_memory():
    return Ledger("sqlite://")


@given(strategies.lists(OPERATIONS, max_size=25))
def test_a_replay_of_the_ledger_is_the_state_at_the_desk(operations):
    ledger = in_memory()
    desk = desk_on(ledger)
    for number, operation in enumerate(operations, start=1):
        desk.receive("page", [[number, *operation]])
        assert desk.judgments == desk_on(ledger).judgments
    replay = Replay(CASE)
    replay.extend(ledger.entries("ann"))
    assert replay.judgments == desk.judgments
    assert faults(ledger) == []


@given(strategies.lists(OPERATIONS, max_size=20), strategies.data())
def test_however_often_and_in_whatever_batches_it_is_sent_it_comes_to_the_same(
    operations, data
):
    batch = [[number, *one] for number, one in enumerate(operations, start=1)]
    whole, parts = in_memory(), in_memory()
    first = desk_on(whole)
    first.receive("page", batch)
    start = 0
    while start < len(batch):
        end = data.draw(strategies.integers(start + 1, len(batch)))
        desk = desk_on(parts)
        desk.receive("page", batch[start:end])
        start = data.draw(strategies.integers(start + 1, end))  # some is sent again
    judged = desk_on(parts).judgments
    stored = [entry for entry in whole.entries() if entry.op <= len(batch)]
    if not first.receive("page", batch).refused:
        assert judged == first.judgments
        assert len(parts.entries()) == len(stored)


@given(strategies.lists(OPERATIONS, max_size=20))
def test_undoing_everything_is_the_baseline_and_redoing_it_brings_it_back(operations):
    ledger = in_memory()
    desk = desk_on(ledger)
    changes = [one for one in operations if one[0] in ("change", "return")]
    desk.receive("page", [[n, *one] for n, one in enumerate(changes, start=1)])
    judged, number = desk.judgments, len(changes)
    steps = 0
    while desk.can_undo:
        steps += 1
        desk.receive("page", [[number + steps, "undo"]])
    assert desk.judgments == Judgments()
    for step in range(1, steps + 1):
        desk.receive("page", [[number + steps + step, "redo"]])
    assert desk.judgments == judged
    assert not desk.can_redo


@settings(max_examples=30)
@given(
    strategies.lists(OPERATIONS, max_size=8),
    strategies.lists(OPERATIONS, max_size=8),
    strategies.lists(OPERATIONS, max_size=8),
)
def test_two_copies_worked_on_apart_and_merged_both_ways_come_to_the_same(
    before, here, there
):
    one, two = in_memory(), in_memory()
    desk = desk_on(one)
    desk.receive("before", [[n, *op] for n, op in enumerate(before, start=1)])
    two.merge(one.export())
    other = desk_on(two)
    desk.receive("here", [[n, *op] for n, op in enumerate(here, start=1)])
    other.receive("there", [[n, *op] for n, op in enumerate(there, start=1)])
    lines = list(one.export())
    one.merge(two.export())
    two.merge(lines)
    desk.refresh()
    other.refresh()
    assert desk.judgments == other.judgments == desk_on(one).judgments
    assert faults(one) == faults(two) == []
    for merged in (desk, other):  # and go on from there, each by itself
        merged.receive("after", [rate(1, "e1", "h1", "II", "after"), [2, "undo"]])
    assert desk.judgments == other.judgments
    assert desk_on(one).judgments == desk.judgments
    assert faults(one) == faults(two) == []


def test_a_machine_whose_clock_is_ahead_does_not_win_over_later_work(ledger):
    ahead = in_memory()
    desk_on(ahead).receive("ahead", [rate(1, "e1", "h1", "II")])
    entry = ahead.entries()[0]
    future = entry.at.replace(entry.at[:4], str(int(entry.at[:4]) + 5))
    forged = in_memory()
    with forged.writing("ann") as pen:
        pen._at = future
        pen.write("ahead", 1, [entry.change])
    desk = desk_on(ledger)
    desk.receive("page", [rate(1, "e1", "h1", "N")])
    ledger.merge(forged.export())
    desk.receive("page", [rate(2, "e1", "h1", "C")])
    assert code(desk, "e1", "h1") == "C"
    assert code(desk_on(ledger), "e1", "h1") == "C"
