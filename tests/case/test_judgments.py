"""Judgments as a replay of entries: what stands, undo and redo."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies

from tests.builders import UNRATED as BLANK
from tests.builders import Log, change, make_case, make_item, make_judgments, rate
from workbench.case.entry import UNRATED, Change, EntryKind
from workbench.case.judgments import Judgments
from workbench.case.model import Consistency, Rating
from workbench.case.replay import Replay

CASE = make_case(
    "E1: C I",
    "E2: N -",
    "E3: II CC",
    sources={"e1": "wire", "e2": ["wire", "pilot"]},
    origin={"e1": "wire-report"},
    set_aside=["e3"],
)
NOTHING = Judgments()


def reason(evidence: str, hypothesis: str, because: str) -> Change:
    return Change(EntryKind.REASON, evidence, hypothesis, because=because)


def of_source(source: str, to: float | None) -> Change:
    return Change(EntryKind.SOURCE_EMPHASIS, source=source, to=to)


# ------------------------------------------------------------------ what stands


def test_empty_judgments_are_the_published_case():
    for item in CASE.evidence:
        for hypothesis in CASE.hypotheses:
            published = item.ratings.get(hypothesis.id)
            assert NOTHING.rating(item, hypothesis.id) == published
            assert not NOTHING.departs(CASE, item, hypothesis.id)
        assert NOTHING.emphasis(item.id) == 1
        assert NOTHING.origin(item) == item.origin
        assert NOTHING.active(item) == (item.status == "active")
        for kind in (EntryKind.CREDIBILITY, EntryKind.RELEVANCE):
            assert NOTHING.level_of(item, kind) == "medium"
    assert NOTHING.source_emphasis("wire") == 1


def test_the_analysts_rating_stands_before_the_published_one():
    judgments = make_judgments({("e1", "h1"): "II"})
    item = CASE.item["e1"]
    assert judgments.rating(item, "h1") == Rating(Consistency.II)
    assert judgments.departs(CASE, item, "h1")
    assert not judgments.departs(CASE, item, "h2")


def test_a_cell_made_unrated_on_purpose_is_not_the_published_one():
    judgments = make_judgments({("e1", "h1"): BLANK})
    assert judgments.rating(CASE.item["e1"], "h1") is None
    assert judgments.departs(CASE, CASE.item["e1"], "h1")


def test_a_cell_unrated_in_both_departs_from_nothing():
    judgments = make_judgments({("e2", "h2"): BLANK})
    assert not judgments.departs(CASE, CASE.item["e2"], "h2")


def published_with_a_reason():
    return make_item("E1", ratings={"h1": Rating(Consistency.C, "As published.")})


def test_an_equal_rating_without_a_reason_keeps_the_published_reason():
    judgments = make_judgments({("e1", "h1"): "C"})
    item = published_with_a_reason()
    assert judgments.rating(item, "h1") == Rating(Consistency.C, "As published.")
    assert not judgments.departs(CASE, item, "h1")


def test_an_equal_rating_with_a_reason_of_its_own_has_that_reason():
    own = Rating(Consistency.C, "My own.")
    judgments = Judgments(ratings={("e1", "h1"): own})
    item = published_with_a_reason()
    assert judgments.rating(item, "h1") == own
    assert not judgments.departs(CASE, item, "h1")


def test_another_rating_never_has_the_published_reason():
    judgments = make_judgments({("e1", "h1"): "I"})
    assert judgments.rating(published_with_a_reason(), "h1") == Rating(Consistency.I)


def test_an_exclusion_holds_whatever_the_folder_says():
    judgments = Judgments(exclusions={"e1": True, "e3": False})
    assert not judgments.active(CASE.item["e1"])
    assert judgments.active(CASE.item["e3"])


def test_an_item_may_be_taken_out_of_its_origin():
    judgments = Judgments(origins={"e1": "", "e2": "wire-report"})
    assert judgments.origin(CASE.item["e1"]) == ""
    assert judgments.origin(CASE.item["e2"]) == "wire-report"


def test_judgments_as_plain_values_do_not_depend_on_the_order_of_making():
    cells = {("e1", "h1"): "I", ("e1", "h2"): BLANK}
    one = make_judgments(cells, emphases={"e1": 0.5, "e2": 2.0})
    other = make_judgments(
        dict(reversed(cells.items())), emphases={"e2": 2.0, "e1": 0.5}
    )
    assert one == other
    assert repr(one.document()) == repr(other.document())
    assert one.document()["ratings"] == {
        "e1/h1": {"rating": "I", "because": ""},
        "e1/h2": "unrated",
    }


# ------------------------------------------------------------------ replay

EACH_KIND = [
    (rate("e1", "h1", "II", "So."), {"ratings": {("e1", "h1"): ("II", "So.")}}),
    (rate("e1", "h1", UNRATED), {"ratings": {("e1", "h1"): None}}),
    (reason("e1", "h1", "Why."), {"ratings": {("e1", "h1"): ("C", "Why.")}}),
    (change(EntryKind.CREDIBILITY, "e1", "low"), {"credibility": {"e1": "low"}}),
    (change(EntryKind.RELEVANCE, "e1", 0.3), {"relevance": {"e1": 0.3}}),
    (change(EntryKind.EMPHASIS, "e1", 0.0), {"emphases": {"e1": 0.0}}),
    (of_source("wire", 2.0), {"source_emphases": {"wire": 2.0}}),
    (change(EntryKind.ORIGIN, "e1", ""), {"origins": {"e1": ""}}),
    (change(EntryKind.EXCLUSION, "e3", to=False), {"exclusions": {"e3": False}}),
]


@pytest.mark.parametrize(
    ("made", "stands"), EACH_KIND, ids=[made.kind.value for made, _ in EACH_KIND]
)
def test_each_kind_of_entry_takes_effect_and_is_undone_and_redone(made, stands):
    log = Log(CASE)
    log.act(made)
    expected = Judgments(
        **{
            field: {
                key: Rating(Consistency(value[0]), value[1])
                if isinstance(value, tuple)
                else value
                for key, value in values.items()
            }
            for field, values in stands.items()
        }
    )
    assert log.judgments == expected
    log.undo()
    assert log.judgments == NOTHING
    log.redo()
    assert log.judgments == expected


def test_an_empty_target_goes_back_to_the_baseline():
    log = Log(CASE)
    log.act(rate("e1", "h1", "II"), change(EntryKind.EMPHASIS, "e1", 0.5))
    log.act(rate("e1", "h1", None), change(EntryKind.EMPHASIS, "e1", None))
    assert log.judgments == NOTHING


def test_a_reason_for_a_cell_that_nobody_rated_says_nothing():
    log = Log(CASE)
    log.act(reason("e2", "h2", "Why?"))
    assert log.judgments == NOTHING
    log.act(rate("e1", "h1", UNRATED))
    log.act(reason("e1", "h1", "Why?"))
    assert log.judgments == make_judgments({("e1", "h1"): BLANK})


def test_a_reason_belongs_to_the_rating_that_stands():
    log = Log(CASE)
    log.act(rate("e1", "h1", "I"))
    log.act(reason("e1", "h1", "Because."))
    own = Rating(Consistency.I, "Because.")
    assert log.judgments.rating(CASE.item["e1"], "h1") == own
    log.act(rate("e1", "h1", "II"))
    assert log.judgments.rating(CASE.item["e1"], "h1") == Rating(Consistency.II)


@pytest.mark.parametrize(
    "made",
    [
        rate("gone", "h1", "I"),
        rate("e1", "gone", "I"),
        reason("e1", "gone", "Why."),
        change(EntryKind.EMPHASIS, "gone", 2.0),
        of_source("gone", 2.0),
    ],
    ids=["item", "hypothesis", "reason", "emphasis", "source"],
)
def test_an_entry_about_what_has_left_the_case_is_kept_and_not_applied(made):
    log = Log(CASE)
    log.act(made)
    assert [id_ for _, id_ in log.replay.unknown] == ["gone"]
    assert log.judgments == NOTHING
    assert not log.replay.undo


# ------------------------------------------------------------------ undo and redo


def test_undo_restores_the_published_rating_itself_not_a_copy_of_it():
    log = Log(CASE)
    log.act(rate("e1", "h1", "II"))
    [entry] = log.undo()
    assert log.judgments == NOTHING
    assert (entry.change.from_, entry.change.to) == ("II", "C")
    assert entry.change.undoes == 1


def test_undo_restores_what_stood_before_reason_and_all():
    log = Log(CASE)
    log.act(rate("e1", "h1", "I", "First."))
    before = log.judgments
    log.act(rate("e1", "h1", "II", "Second."))
    [entry] = log.undo()
    assert log.judgments == before
    assert (entry.change.to, entry.change.because) == ("I", "First.")


def test_undo_goes_back_one_action_at_a_time_and_redo_forward():
    log = Log(CASE)
    states = [log.judgments]
    for code in ("I", "II", "N", "CC"):
        log.act(rate("e1", "h1", code))
        states.append(log.judgments)
    for state in reversed(states[:-1]):
        log.undo()
        assert log.judgments == state
    assert not log.replay.undo
    for state in states[1:]:
        log.redo()
        assert log.judgments == state
    assert not log.replay.redo


def test_an_action_undone_redone_and_undone_again():
    log = Log(CASE)
    log.act(rate("e1", "h1", "I"))
    after = log.judgments
    for _ in range(3):
        log.undo()
        assert log.judgments == NOTHING
        log.redo()
        assert log.judgments == after


def test_what_was_done_together_is_undone_together():
    """A paste of a block is one action."""
    log = Log(CASE)
    log.act(change(EntryKind.EMPHASIS, "e2", 0.5))
    before = log.judgments
    log.act(rate("e1", "h1", "I"), rate("e1", "h2", "C"), rate("e2", "h2", "N"))
    after = log.judgments
    assert len(list(log.replay.undo)) == 2
    assert len(log.undo()) == 3
    assert log.judgments == before
    assert len(list(log.replay.redo)) == 1
    log.redo()
    assert log.judgments == after


def test_a_cell_changed_twice_in_one_action():
    log = Log(CASE)
    log.act(rate("e1", "h1", "I"), rate("e1", "h1", "II"), reason("e1", "h1", "So."))
    after = log.judgments
    log.undo()
    assert log.judgments == NOTHING
    log.redo()
    assert log.judgments == after


def test_a_new_change_clears_what_could_be_redone():
    log = Log(CASE)
    log.act(rate("e1", "h1", "I"))
    log.act(rate("e1", "h2", "N"))
    log.undo()
    assert len(list(log.replay.redo)) == 1
    log.act(change(EntryKind.EMPHASIS, "e1", 0.5))
    assert not log.replay.redo
    assert len(list(log.replay.undo)) == 2


def test_undo_of_a_return_to_the_baseline():
    log = Log(CASE)
    log.act(rate("e1", "h1", "I", "Mine."))
    own = log.judgments
    log.act(rate("e1", "h1", None))
    assert log.judgments == NOTHING
    log.undo()
    assert log.judgments == own


def test_two_pages_of_one_analyst_do_not_mix_their_actions():
    """Each counts its own operations from 1: the page is part of an action's name."""
    log = Log(CASE)
    [first] = log.act(rate("e1", "h1", "I"))
    elsewhere = type(first)(
        2, first.at, first.analyst, rate("e1", "h2", "N"), "other", 1, None, ""
    )
    log.entries.append(elsewhere)
    log.replay.extend([elsewhere])
    assert list(log.replay.undo) == [[1], [0]]


# ------------------------------------------------------------------ properties

ITEMS = strategies.sampled_from(["e1", "e2", "e3", "gone"])
COLUMNS = strategies.sampled_from(["h1", "h2", "gone"])
EMPHASES = strategies.sampled_from([None, 0.0, 0.5, 1.0, 2.0])
TEXTS = strategies.sampled_from(["", "So.", "Thus."])


def one_of_kind(kind, to):
    return strategies.builds(Change, strategies.just(kind), ITEMS, to=to)


CHANGES = strategies.one_of(
    strategies.builds(
        rate,
        ITEMS,
        COLUMNS,
        strategies.sampled_from([None, UNRATED, *[code.value for code in Consistency]]),
        TEXTS,
    ),
    strategies.builds(reason, ITEMS, COLUMNS, TEXTS),
    one_of_kind(EntryKind.EMPHASIS, EMPHASES),
    one_of_kind(EntryKind.CREDIBILITY, strategies.sampled_from([None, "low", 3.0])),
    one_of_kind(EntryKind.RELEVANCE, strategies.sampled_from([None, "high", 0.0])),
    one_of_kind(EntryKind.ORIGIN, strategies.sampled_from([None, "", "wire-report"])),
    one_of_kind(EntryKind.EXCLUSION, strategies.sampled_from([None, True, False])),
    strategies.builds(
        of_source, strategies.sampled_from(["wire", "pilot", "gone"]), EMPHASES
    ),
)
ACTIONS = strategies.lists(
    strategies.lists(CHANGES, min_size=1, max_size=4), max_size=12
)
STEPS = strategies.lists(
    strategies.just("undo")
    | strategies.just("redo")
    | strategies.lists(CHANGES, min_size=1, max_size=3),
    max_size=25,
)


def follow(steps, log: Log | None = None) -> Log:
    """Do, undo and redo as far as there is anything to."""
    log = log or Log(CASE)
    for step in steps:
        if step == "undo":
            if log.replay.undo:
                log.undo()
        elif step == "redo":
            if log.replay.redo:
                log.redo()
        else:
            log.act(*step)
    return log


@given(ACTIONS)
def test_undoing_everything_leaves_nothing_and_redoing_brings_it_back(actions):
    log = Log(CASE)
    for changes in actions:
        log.act(*changes)
    after = log.judgments
    while log.replay.undo:
        log.undo()
    assert log.judgments == NOTHING
    while log.replay.redo:
        log.redo()
    assert log.judgments == after


def is_there(one: Change) -> bool:
    return "gone" not in (one.evidence, one.hypothesis, one.source)


@given(STEPS)
def test_undo_and_redo_go_back_and_forth_over_the_same_states(steps):
    """A model of three lists says what each step must come to."""
    log, back, forth = Log(CASE), [], []
    for step in steps:
        before = log.judgments
        if step == "undo":
            if not log.replay.undo:
                continue
            log.undo()
            assert log.judgments == back.pop()
            forth.append(before)
        elif step == "redo":
            if not log.replay.redo:
                continue
            log.redo()
            assert log.judgments == forth.pop()
            back.append(before)
        else:
            log.act(*step)
            if not any(map(is_there, step)):
                continue  # all of it about what is not there: nothing was done
            back.append(before)
            forth.clear()
        assert len(list(log.replay.undo)) == len(back)
        assert len(list(log.replay.redo)) == len(forth)


def same(one: Replay, other: Replay) -> bool:
    """Tell whether two come to the same and go on alike."""
    pairs = [(one.undo, other.undo), (one.redo, other.redo)]
    return (
        one.judgments == other.judgments
        and one.judgments == one.live
        and one.unknown == other.unknown
        and one.touched(0, None) == other.touched(0, None)
        and all(list(a) == list(b) for a, b in pairs)
        and all(one.inverse(a.last()) == other.inverse(b.last()) for a, b in pairs)
    )


@given(STEPS)
def test_replay_bit_by_bit_is_replay_at_once(steps):
    log = follow(steps)
    at_once = Replay(CASE)
    at_once.extend(log.entries)
    assert same(at_once, log.replay)


@given(STEPS, strategies.sampled_from(["e2", "e3", "h2", "pilot"]))
def test_a_replay_goes_on_with_a_case_that_lacks_only_what_no_entry_is_about(
    steps, gone
):
    def left(things):
        return tuple(one for one in things if one.id != gone)

    case = replace(
        CASE,
        evidence=left(CASE.evidence),
        hypotheses=left(CASE.hypotheses),
        sources=left(CASE.sources),
    )
    log, anew = follow(steps), Replay(case)
    anew.extend(log.entries)
    about = {
        id_
        for one in log.entries
        for id_ in (one.change.evidence, one.change.hypothesis, one.change.source)
    }
    goes_on = log.replay.take(case)
    assert goes_on or gone in about
    if goes_on:
        assert same(log.replay, anew)
    assert log.replay.case is (case if goes_on else CASE)


@given(STEPS, STEPS)
def test_what_is_taken_back_leaves_nothing_behind(steps, more):
    log, kept = follow(steps), follow(steps)
    back, many = log.replay.checkpoint(), len(log.entries)
    for _ in range(2):
        follow(more, log)
        back()
        del log.entries[many:]
        assert same(log.replay, kept.replay)
        back = log.replay.checkpoint()
    follow(more, log)
    follow(more, kept)
    assert same(log.replay, kept.replay)


@given(STEPS, strategies.randoms(use_true_random=False))
def test_what_a_replay_comes_to_hangs_on_no_number(steps, chance):
    """Where copies were merged, the numbers of entries are not in their order."""
    log = follow(steps)
    numbers = [one.seq for one in log.entries]
    chance.shuffle(numbers)
    other = Replay(CASE)
    by_then = dict(zip([one.seq for one in log.entries], numbers, strict=True))
    for one in log.entries:
        undoes = one.change.undoes
        change = replace(one.change, undoes=undoes and by_then[undoes])
        other.extend([replace(one, seq=by_then[one.seq], change=change)])
    assert other.judgments == log.judgments
    assert list(other.undo) == list(log.replay.undo)
    assert list(other.redo) == list(log.replay.redo)
    assert set(other.touched(0, None)) == set(log.replay.touched(0, None))
