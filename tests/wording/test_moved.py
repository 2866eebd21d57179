"""What is said of moves and entries, against what happened on random histories."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies

from tests.builders import make_case
from tests.record.test_history import Work, worked
from workbench.case.editing import together
from workbench.case.entry import Change, EntryKind
from workbench.method.differences import differences
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.record.history import moves, renamed_by
from workbench.wording import code as code_of
from workbench.wording.compared import describe_differences
from workbench.wording.logged import logged
from workbench.wording.moved import (
    called,
    describe_move,
    describe_moves,
    ordinal,
    value,
)


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(tmp_path)


def test_the_one_rating_that_moved_the_ranking_is_named(work: Work) -> None:
    title = {"act": "field", "what": "hypothesis", "id": "h2", "field": "title"}
    work.do("act", title | {"value": "Face saving"})
    work.do("change", [["rating", "e4", "h2", "C", "Nothing new."]])
    work.do("change", [["rating", "e4", "h2", "II", "It was said twice."]])
    work.do("change", [["emphasis", "e1", None, 0.9]])
    line = work.timeline()
    steps = list(line.steps())
    found = moves(steps, 0, len(line))
    (only,) = found
    assert describe_move(only) == (
        "E4 from C to II for Face saving took it from second to third and Title of H1 "
        "from third to second."
    )
    said = describe_moves(steps[0], steps[-1], found, renamed_by(line.events))
    assert said[0] == "The ranking moved once."
    assert said[1] == f"It stands since this change: {describe_move(only)}"


@pytest.mark.parametrize(
    ("place", "said"), [(1, "first"), (10, "tenth"), (11, "11th"), (22, "22nd")]
)
def test_a_place_is_named(place: int, said: str) -> None:
    assert ordinal(place) == said


@given(strategies.randoms(use_true_random=False))
@settings(max_examples=10)
def test_each_sentence_of_a_move_is_what_the_two_rankings_say(
    chance: random.Random,
) -> None:
    with worked(chance, 14) as work:
        line = work.timeline()
        stood = dict(work.stood)
        steps = list(line.steps())
        found = moves(steps, 0, len(line))
        for move in found:
            said = describe_move(move)
            ids = renamed_by(move.after.entries).hypotheses
            views = stood[move.before.place], stood[move.after.place]
            was, now = (assess(build(v.case, v.judgments)) for v in views)
            ranks = {
                ids.get(h.id, h.id): (h.rank, h.tied) for h in was.hypotheses if h.rank
            }
            after = {h.id: (h.rank, h.tied) for h in now.hypotheses if h.rank}
            names = {ids.get(k, k): v for k, v in called(views[0].case).items()}
            names |= called(views[1].case)
            for id_ in {*ranks, *after}:
                places = [
                    None
                    if one is None
                    else f"{'shared ' * one[1]}{ordinal(one[0] or 0)}"
                    for one in (ranks.get(id_), after.get(id_))
                ]
                if places[0] == places[1]:
                    assert f"{names[id_]} from" not in said
                elif None not in places:
                    assert f"from {places[0]} to {places[1]}" in said
            pattern = r"^(E\d+) from (\w+) to (\w+) for (Title of \w+) took"
            for label, code, to, name in re.findall(pattern, said):
                case, judgments = views[1].case, views[1].judgments
                stands = {
                    code_of(judgments.rating(item, hypothesis.id)) or "unrated"
                    for item in case.evidence
                    for hypothesis in case.hypotheses
                    if (item.label, names[hypothesis.id]) == (label, name)
                }
                assert to in stands
                assert code != to
        told = describe_moves(steps[0], steps[-1], found, renamed_by(line.events))
        if found:
            first, last = work.stood[0][1], work.stood[-1][1]
            ids = renamed_by(line.events).hypotheses
            rankings = [
                assess(build(one.case, one.judgments)).ranking for one in (first, last)
            ]
            same = [{ids.get(h, h) for h in one} for one in rankings[0]] == [
                set(one) for one in rankings[1]
            ]
            assert ("as it was" in told[0]) == same
        else:
            assert told == ("No change in between moved the ranking.",)


@given(strategies.randoms(use_true_random=False))
@settings(max_examples=10)
def test_differences_are_all_there_is_and_every_entry_is_worded(
    chance: random.Random,
) -> None:
    with worked(chance, 12) as work:
        line = work.timeline()
        (_, first), (_, last) = work.stood[0], work.stood[-1]
        one, other = (assess(build(v.case, v.judgments)) for v in (first, last))
        ids = renamed_by(line.events)
        found = differences(one, other, ids)
        headings = describe_differences(last.case, found)
        assert bool(headings) == bool(found)
        assert not differences(other, other)
        items = {ids.evidence.get(e.id, e.id): e for e in first.case.evidence}
        columns = {ids.hypotheses.get(h.id, h.id): h for h in first.case.hypotheses}
        differing = {
            (item.id, hypothesis.id)
            for item in last.case.evidence
            for hypothesis in last.case.hypotheses
            if item.id in items and hypothesis.id in columns
            if first.judgments.rating(items[item.id], columns[hypothesis.id].id)
            != last.judgments.rating(item, hypothesis.id)
        }
        assert {(c.evidence, c.hypothesis) for c in found.cells} == differing
        for at, entry in enumerate(line.events):
            told = logged(entry.change, line.case_at(at), line.case_at(at + 1))
            assert told.said
            assert all(mention.name in told.said for mention in told.mentions)
            if entry.change.kind is EntryKind.RATING and entry.change.to is not None:
                assert told.said.endswith(f" to {entry.change.to}")


def test_an_entry_names_things_as_they_were_called_then(work: Work) -> None:
    title = {"act": "field", "what": "evidence", "id": "e1", "field": "title"}
    work.do("change", [["rating", "e1", "h1", "II", "Late."]])
    work.do("act", title | {"value": "Another"})
    work.do("change", [["rating", "e1", "h1", None, ""]])
    line = work.timeline()
    lines = [
        logged(one.change, line.case_at(at), line.case_at(at + 1))
        for at, one in enumerate(line.events)
    ]
    assert [one.said for one in lines] == [
        "E1 Title of E1 against H1 Title of H1: CC to II",
        "Text of E1 Another changed",
        "E1 Another against H1 Title of H1: II to CC, as published",
    ]
    assert lines[0].because == "Late."


def test_an_item_that_was_merged_is_named_as_it_was_called(work: Work) -> None:
    case = work.timeline().case_at(0)
    differing = together.disagreements(case, "e1", "e2")
    chosen = dict.fromkeys(differing, "C")
    work.do("act", {"act": "merge", "id": "e1", "gone": "e2", "chosen": chosen})
    line = work.timeline()
    (told,) = (
        logged(one.change, line.case_at(at), line.case_at(at + 1))
        for at, one in enumerate(line.events)
        if one.change.kind is EntryKind.MERGE
    )
    assert told.said == "E2 Title of E2 merged into E1 Title of E1"
    assert told.because == ""


@pytest.mark.parametrize("kind", EntryKind)
def test_an_entry_of_any_kind_is_put_into_words(kind: EntryKind, work: Work) -> None:
    case = work.timeline().case_at(0)
    for to in ("1", None):
        assert logged(Change(kind, "e1", "h1", part="C", to=to), case, case).said


def test_a_probability_is_printed_in_per_cent_and_a_level_as_it_is() -> None:
    assert value(EntryKind.PROBABILITY, 0.682152) == "68.2%"
    assert value(EntryKind.PRIOR, 0.25) == "25.0%"
    assert value(EntryKind.PRIOR, None) == "none"
    assert value(EntryKind.LIKELIHOOD, 0.7) == "0.7"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ((None, "analyst"), "Role of https://id.example.org#7: none to analyst"),
        (("analyst", "lead"), "Role of https://id.example.org#7: analyst to lead"),
        (("lead", None), "Role of https://id.example.org#7: lead to none"),
    ],
)
def test_a_role_says_whose_it_is(
    change: tuple[str | None, str | None], said: str
) -> None:
    case = make_case("E1: CC C N")
    from_, to = change
    person = "https://id.example.org#7"
    line = logged(Change(EntryKind.ROLE, from_=from_, to=to, part=person), case, case)
    assert line.said == said
