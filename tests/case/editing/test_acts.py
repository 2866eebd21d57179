"""Each act of an analyst gives a case that holds together, and changes its files."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings, strategies

from tests.builders import make_case, make_item
from tests.case.drawn import FILLED, cases
from workbench.case import folder
from workbench.case.document import case_document
from workbench.case.editing import acts, together
from workbench.case.editing import plan as editing
from workbench.case.model import (
    Assumption,
    Citation,
    Consistency,
    EventDate,
    Indicator,
    Outcome,
    Rating,
)
from workbench.case.reading import read_case
from workbench.errors import WorkbenchError

CASE = make_case("E1: C I", "E2: N II", sources={"e1": "wire", "e2": "wire"})
SEEN = Indicator("Ships turn back", ratings={"h1": Rating(Consistency.CC)})


def test_a_title_alone_makes_an_item_whose_id_and_label_follow():
    done = acts.add_evidence(CASE, "  The harbour log,\nre-read ")
    item = done.case.item["the-harbour-log-re-read"]
    assert (item.label, item.title) == ("E3", "The harbour log, re-read")
    assert (item.statement, dict(item.ratings)) == (item.title, {})
    again = acts.add_evidence(done.case, "The harbour log, re-read")
    assert (again.id, again.case.item[again.id].label) == (f"{done.id}-2", "E4")


@pytest.mark.parametrize(
    ("labels", "following"),
    [([], "E1"), (["E9", "E10"], "E11"), (["A-7"], "A-8"), (["first"], "E1")],
)
def test_a_label_follows_the_last_one(labels, following):
    case = replace(make_case("E1: C I"), evidence=tuple(map(make_item, labels)))
    done = acts.add_evidence(case, "New")
    assert done.case.item[done.id].label == following


@pytest.mark.parametrize("title", ["", "  \n "])
@pytest.mark.parametrize(
    ("add", "what"),
    [
        (acts.add_hypothesis, "a hypothesis needs a title"),
        (acts.add_evidence, "an item needs a title"),
        (acts.add_source, "a source needs a name"),
    ],
)
def test_what_has_no_name_is_refused(add, what, title):
    with pytest.raises(WorkbenchError, match=what):
        add(CASE, title)


def test_each_line_of_a_list_becomes_an_item():
    case = acts.add_items(CASE, ["One", "", "  ", "Two"])
    assert [item.title for item in case.evidence[2:]] == ["One", "Two"]


def test_a_hypothesis_of_a_script_without_latin_letters_gets_an_id():
    assert acts.add_hypothesis(CASE, "Шторм").id == "hypothesis"


def test_an_observed_indicator_becomes_an_item_with_its_ratings_once():
    case = acts.add_indicator(CASE, "h1", SEEN)
    done = acts.take_up(case, "h1", 1, dt.date(2026, 5, 4))
    item = done.case.item[done.id]
    assert (item.title, item.date) == (SEEN.text, EventDate("2026-05-04"))
    assert item.ratings == SEEN.ratings
    (sign,) = done.case.hypothesis["h1"].predicts
    assert (sign.state, sign.on, sign.item) == ("observed", item.date, done.id)
    with pytest.raises(WorkbenchError, match="is item E3 already"):
        acts.take_up(done.case, "h1", 1, None)
    gone = acts.delete_evidence(done.case, done.id)
    assert gone.hypothesis["h1"].predicts[0].item == ""


def test_moving_an_item_hands_the_labels_on():
    case = make_case("E1: C I", "E2: N N", "E3: I I", "E10: II C")
    moved = acts.move(case, "e10", "e2")
    assert [(one.id, one.label) for one in moved.evidence] == [
        ("e1", "E1"),
        ("e10", "E2"),
        ("e2", "E3"),
        ("e3", "E10"),
    ]
    assert acts.move(moved, "e10", None) == case
    assert [h.id for h in acts.move(case, "h1", None).hypotheses] == ["h2", "h1"]


def test_two_items_become_one_when_their_differences_are_settled():
    assert together.disagreements(CASE, "e1", "e2") == ("h1", "h2")
    with pytest.raises(WorkbenchError, match="differently against H1, H2: choose"):
        together.merge(CASE, "e1", "e2")
    chosen = {"h1": Rating(Consistency.C), "h2": Rating(Consistency.II, "So it is.")}
    done = together.merge(CASE, "e1", "e2", chosen)
    (item,) = done.case.evidence
    assert (item.id, item.ratings) == ("e1", chosen)
    assert item.sources == (Citation("wire"),)


def test_a_merged_item_takes_what_only_the_other_has():
    first = make_item("E1", {"h1": "C"}, caveat="Seen at night.")
    second = make_item("E2", {"h1": "C", "h2": "I"}, date="2026-01-02", caveat="Late.")
    case = replace(CASE, evidence=(first, second))
    (item,) = together.merge(case, "e1", "e2").case.evidence
    assert item.ratings["h2"].consistency == Consistency.I
    assert (item.date, item.caveat) == (EventDate("2026-01-02"), "Seen at night. Late.")


def test_a_deleted_hypothesis_is_mentioned_nowhere():
    case = acts.with_question(
        acts.add_indicator(CASE, "h2", SEEN),
        outcome=Outcome("h1"),
        assumptions=(Assumption("It was kept.", carries=("h1", "h2")),),
    )
    case = acts.with_source(case, "wire", serves=("h1",))
    left = acts.delete_hypothesis(case, "h1")
    assert "h1" not in repr(left)
    assert left.question.outcome is None
    assert left.question.assumptions[0].carries == ("h2",)


def test_a_renamed_hypothesis_is_followed_everywhere():
    case = acts.with_question(
        acts.add_indicator(CASE, "h2", SEEN),
        outcome=Outcome("h1"),
        assumptions=(Assumption("It was kept.", carries=("h1", "h2")),),
    )
    case = acts.with_source(case, "wire", serves=("h1",))
    done = acts.rename_hypothesis(case, "h1", "storm")
    assert "'h1'" not in repr(done.case)
    assert acts.rename_hypothesis(done.case, "storm", "h1").case == case


@pytest.mark.parametrize("new", ["Storm", "a b", "", "h2"])
def test_an_id_that_is_none_or_taken_is_refused(new):
    with pytest.raises(WorkbenchError, match="id"):
        acts.rename_hypothesis(CASE, "h1", new)


def test_an_id_that_no_entry_could_name_is_refused_with_what_is_allowed():
    for rename, old in (
        (acts.rename_hypothesis, "h1"),
        (acts.rename_evidence, "e1"),
        (acts.rename_source, "wire"),
    ):
        assert rename(CASE, old, "a" * 100).id == "a" * 100
        with pytest.raises(WorkbenchError, match="longer than 100 characters"):
            rename(CASE, old, "a" * 101)


def test_a_deleted_source_is_cited_no_more():
    left = acts.delete_source(CASE, "wire")
    assert (left.sources, {item.sources for item in left.evidence}) == ((), {()})


def test_a_split_item_has_its_part_of_text_and_sources_and_the_ratings():
    item = make_item(
        "E1", {"h1": "C", "h2": "I"}, statement="The log was kept. It is torn (p. 3)."
    )
    cited = (
        Citation("wire", "p. 1"),
        Citation("wire", "p. 2"),
        Citation("wire", "p. 3"),
    )
    case = replace(CASE, evidence=(replace(item, sources=cited),))
    share = together.Share(sentences={1}, sources={1, 2}, both={2})
    done = together.split(case, "e1", "A torn page", share)
    first, second = done.case.item["e1"], done.case.item[done.id]
    assert (first.statement, second.statement) == (
        "The log was kept.",
        "It is torn (p. 3).",
    )
    assert [one.at for one in first.sources] == ["p. 1", "p. 3"]
    assert [one.at for one in second.sources] == ["p. 2", "p. 3"]
    assert first.ratings == second.ratings == item.ratings
    whole = together.split(case, "e1", "A torn page", together.Share())
    assert whole.case.item["e1"] == case.item["e1"]
    assert whole.case.item[whole.id].sources == cited
    with pytest.raises(WorkbenchError, match="leave a sentence"):
        together.split(case, "e1", "All of it", together.Share(sentences={0, 1}))


@given(strategies.text(alphabet="aB.?! \u201d\n", max_size=40))
def test_sentences_add_up_to_what_was_stated(statement):
    found = together.sentences(statement)
    assert "".join("".join(found).split()) == "".join(statement.split())


# ------------------------------------------------------------------ properties


@strategies.composite
def done_to(draw, case):
    """Draw one act on a case."""
    items, hypotheses = list(case.item), list(case.hypothesis)
    sources, text = list(case.source), draw(FILLED)
    assume(text.strip())
    able = [
        lambda: acts.add_hypothesis(case, text),
        lambda: acts.add_evidence(case, text),
        lambda: acts.add_source(case, text),
    ]
    if items:
        one, other = (draw(strategies.sampled_from(items)) for _ in range(2))
        able += [
            lambda: acts.Done(acts.delete_evidence(case, one)),
            lambda: together.duplicate(case, one),
            lambda: together.split(case, one, text, together.Share()),
            lambda: acts.rename_evidence(case, one, "quite-new"),
            lambda: acts.Done(acts.move(case, one, None)),
            lambda: acts.Done(acts.with_evidence(case, one, status="set-aside")),
        ]
        if one != other:
            chosen = {h: case.item[one].ratings.get(h) for h in hypotheses}
            settled = {h: r for h, r in chosen.items() if r}
            able.append(lambda: together.merge(case, one, other, settled))
    if hypotheses:
        one_h = draw(strategies.sampled_from(hypotheses))
        able += [
            lambda: acts.Done(acts.delete_hypothesis(case, one_h)),
            lambda: acts.rename_hypothesis(case, one_h, "quite-new"),
            lambda: acts.Done(acts.move(case, one_h, None)),
            lambda: acts.Done(acts.add_indicator(case, one_h, Indicator(text))),
        ]
    if sources:
        one_s = draw(strategies.sampled_from(sources))
        able += [
            lambda: acts.Done(acts.delete_source(case, one_s)),
            lambda: acts.rename_source(case, one_s, "quite-new"),
        ]
    return draw(strategies.sampled_from(able))()


LARGE = [HealthCheck.data_too_large, HealthCheck.too_slow]


@settings(max_examples=40, deadline=None, suppress_health_check=LARGE)
@given(strategies.data(), cases())
def test_whatever_is_done_the_case_holds_together_and_can_be_taken_back(
    tmp_path_factory, data, case
):
    where = tmp_path_factory.mktemp("case")
    folder.write(where, case)
    case, texts = folder.load(where), editing.read_texts(where)
    done = data.draw(done_to(case))
    assert read_case(case_document(done.case), "case.json") == done.case
    for part in ("hypothesis", "source", "item"):
        was, now = getattr(case, part), getattr(done.case, part)
        for id_ in was.keys() & now.keys():  # what is kept of it is found by that
            assert (was[id_] is now[id_]) == (was[id_] == now[id_])
    changes = editing.plan(texts, case, done.case, done.renamed)
    editing.apply(where, changes)
    assert folder.load(where) == done.case
    editing.apply(where, editing.backwards(changes))
    assert editing.read_texts(where) == texts
