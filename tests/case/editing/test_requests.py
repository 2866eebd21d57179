"""What a page asks for is done, or refused with what was found and what is allowed."""

import json

import pytest
from hypothesis import given, settings, strategies

from tests.builders import make_case
from workbench.case.document import case_document
from workbench.case.editing.requests import Differs, carry_out, field_of
from workbench.case.model import Citation, EventDate, Indicator, Outcome
from workbench.case.reading import read_case
from workbench.errors import WorkbenchError

CASE = make_case("E1: C I", "E2: N II", sources={"e1": "wire"})


def field(what, id_, key, value, **other):
    asked = {"act": "field", "what": what, "id": id_, "field": key, "value": value}
    return carry_out(CASE, asked | other).case


def test_a_field_takes_the_form_that_it_has_in_the_files():
    item = field("evidence", "e1", "date", "2026-03").item["e1"]
    assert item.date == EventDate("2026-03")
    cited = [{"source": "wire", "at": "p. 2"}]
    item = field("evidence", "e1", "sources", cited).item["e1"]
    assert item.sources == (Citation("wire", "p. 2"),)
    assert field("evidence", "e1", "credibility", 0.5).item["e1"].credibility == 0.5
    one = field("hypothesis", "h1", "predicts", ["Ships turn back"])
    assert one.hypothesis["h1"].predicts == (Indicator("Ships turn back"),)
    assert field("question", "", "title", "Short").question.title == "Short"
    assert field("source", "wire", "reliability", "B").source["wire"].reliability == "B"


def test_an_answer_that_is_none_of_these_has_a_word_of_its_own():
    none = {"hypothesis": "-", "known": "2026-05"}
    done = field("question", "", "outcome", none)
    assert done.question.outcome == Outcome("", EventDate("2026-05"))
    assert field_of(done, "question", "", "outcome") == none
    asked = {"act": "field", "what": "question", "field": "outcome"}
    one = {"hypothesis": "h1"}
    again = carry_out(done, asked | {"value": one, "was": none}).case
    assert again.question.outcome == Outcome("h1")
    with pytest.raises(Differs):
        carry_out(again, asked | {"value": {}, "was": none})
    assert carry_out(again, asked | {"value": {}, "was": one}).case == CASE


def test_a_source_is_made_and_cited_in_one_act():
    asked = {"act": "add-source", "name": "The log"}
    assert carry_out(CASE, asked).case.item == CASE.item
    made = carry_out(CASE, asked | {"cite": "e1"})
    assert made.case.source["the-log"].name == "The log"
    assert made.case.item["e1"].sources == (Citation("wire"), Citation("the-log"))
    assert made.case.item["e2"] == CASE.item["e2"]
    with pytest.raises(WorkbenchError, match="no evidence 'e9'"):
        carry_out(CASE, asked | {"cite": "e9"})


@pytest.mark.parametrize("empty", [None, "", [], {}])
def test_an_emptied_field_says_nothing(empty):
    assert field("evidence", "e1", "sources", empty).item["e1"].sources == ()


@pytest.mark.parametrize(
    ("what", "id_", "key", "value", "said"),
    [
        ("evidence", "e1", "date", "soon", r"date: 'soon'; use a date"),
        ("evidence", "e1", "title", "", "title: missing"),
        ("evidence", "e1", "label", "E2", "'E2' is the label of e2 already"),
        ("evidence", "e1", "sources", ["nobody"], "no source has the id 'nobody'"),
        ("evidence", "e1", "ratings", {"h9": "C"}, "no hypothesis has the id 'h9'"),
        ("evidence", "e1", "ratings", {"h1": "X"}, "'X' is not a rating"),
        ("evidence", "e1", "colour", "red", "colour: unknown key; use one of"),
        ("evidence", "e1", "statement", "bell\a", r"U\+0007 is not allowed"),
        ("evidence", "e9", "title", "T", "the case has no evidence 'e9'"),
        ("hypothesis", "h1", "status", "won", "status: 'won'; use one of active"),
        ("question", "", "format", "2", "format: not changed by hand"),
        ("source", "wire", "name", "", "name: missing"),
    ],
)
def test_a_value_that_no_file_may_hold_is_refused(what, id_, key, value, said):
    with pytest.raises(WorkbenchError, match=said):
        field(what, id_, key, value)


def test_a_field_that_somebody_else_changed_is_not_written_over():
    with pytest.raises(Differs) as caught:
        field("evidence", "e1", "title", "Mine", was="What I read")
    assert caught.value.theirs == "Title of E1"
    mine = field("evidence", "e1", "title", "Mine", was="Title of E1")
    assert mine.item["e1"].title == "Mine"
    same = field("evidence", "e1", "title", "Title of E1", was="What I read")
    assert same == CASE


def test_a_field_is_read_as_the_files_have_it():
    assert field_of(CASE, "evidence", "e1", "sources") == [{"source": "wire"}]
    assert field_of(CASE, "evidence", "e1", "caveat") is None


def test_things_are_added_with_the_fields_that_were_filled_in():
    asked = {
        "act": "add-evidence",
        "title": "Log",
        "fields": {"kind": "absence", "sources": [{"source": "wire"}], "date": ""},
    }
    done = carry_out(CASE, asked)
    item = done.case.item[done.id]
    assert (item.kind.value, item.sources) == ("absence", (Citation("wire"),))
    asked = {"act": "add-indicator", "hypothesis": "h1", "text": "It rains"}
    case = carry_out(CASE, asked | {"fields": {"by": "2026-09"}}).case
    assert case.hypothesis["h1"].predicts[0].by == EventDate("2026-09")
    taken = carry_out(
        case,
        {"act": "take-up", "hypothesis": "h1", "indicator": 1, "on": "2026-08-01"},
    )
    assert taken.case.item[taken.id].title == "It rains"


ASKED = [
    {"act": "add-items", "titles": ["One", "Two"]},
    {"act": "add-source", "name": "Harbour log", "fields": {"reliability": "A"}},
    {"act": "add-hypothesis", "title": "Sabotage"},
    {"act": "move", "what": "evidence", "id": "e2", "before": "e1"},
    {"act": "rename", "what": "hypothesis", "id": "h1", "to": "storm"},
    {"act": "duplicate", "id": "e1"},
    {"act": "split", "id": "e1", "title": "Half", "sources": [0], "both": [0]},
    {"act": "share-origin", "id": "e1", "with": "e2"},
    {"act": "merge", "id": "e1", "gone": "e2", "chosen": {"h1": "C", "h2": "II"}},
    {"act": "delete", "what": "source", "id": "wire"},
]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked["act"])
def test_an_act_gives_a_case_that_reads_back(asked):
    done = carry_out(CASE, asked)
    assert done.case != CASE
    assert read_case(case_document(done.case), "case.json") == done.case


JUNK = strategies.recursive(
    strategies.none()
    | strategies.booleans()
    | strategies.integers()
    | strategies.floats(allow_nan=False, allow_infinity=False)
    | strategies.text(max_size=8)
    | strategies.sampled_from(["e1", "h1", "wire", "evidence", "title", "ratings"]),
    lambda below: (
        strategies.lists(below, max_size=3)
        | strategies.dictionaries(strategies.text(max_size=6), below, max_size=3)
    ),
    max_leaves=6,
)
ACTS = [one["act"] for one in ASKED] + ["field", "add-evidence", "add-indicator"]
KEYS = [
    "what", "id", "field", "value", "was", "title", "titles", "name", "fields", "to",
    "hypothesis", "indicator", "on", "before", "gone", "chosen", "text", "statement",
    "sentences", "sources", "both", "with", "origin",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    strategies.sampled_from(ACTS),
    strategies.dictionaries(strategies.sampled_from(KEYS), JUNK, max_size=6),
)
def test_rubbish_is_refused_by_name_or_does_what_it_says(act, asked):
    try:
        done = carry_out(CASE, {"act": act, **asked})
    except WorkbenchError:
        return
    read_case(json.loads(json.dumps(case_document(done.case))), "case.json")


@pytest.mark.parametrize("asked", [None, [], "act", {"act": "explode"}, {"act": []}])
def test_what_is_no_act_is_refused(asked):
    with pytest.raises(WorkbenchError, match="act"):
        carry_out(CASE, asked)
