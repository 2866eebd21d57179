"""The form of a case's documents: their keys, their order, and one value for JSON."""
# ruff: noqa: E501  a message stands on one line, as it is printed

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, strategies

from tests.builders import make_case, make_hypothesis, make_item
from tests.case.drawn import cases
from workbench.case import document, reading
from workbench.case.document import case_document
from workbench.case.model import (
    Assumption,
    Case,
    Citation,
    Consistency,
    EventDate,
    Indicator,
    Outcome,
    Question,
    Rating,
    Source,
)
from workbench.case.reading import read_case
from workbench.errors import ContentErrors, WorkbenchError


def whole() -> dict:
    """Give the document of a small case without a fault."""
    return case_document(make_case("E1: C I", "E2: N -", sources={"e1": "wire"}))


def told(changed: object) -> list[str]:
    """Read a document at fault: the messages."""
    with pytest.raises(ContentErrors) as caught:
        read_case(changed, "case.json")
    return [str(error) for error in caught.value.errors]


def test_what_says_nothing_is_left_out():
    assert document.evidence_document(make_item("E1", {"h1": "N", "h2": "-"})) == {
        "label": "E1",
        "title": "Title of E1",
        "statement": "Statement of E1.",
        "kind": "evidence",
        "credibility": "medium",
        "relevance": "medium",
        "status": "active",
        "ratings": {"h1": {"rating": "N"}},
    }


def test_a_weight_or_a_chance_of_nothing_is_not_nothing():
    item = document.evidence_document(make_item("E1", credibility=0.0))
    assert item["credibility"] == 0.0
    assert document.hypothesis_document(make_hypothesis("H1", prior=0.0))["prior"] == 0


def test_keys_stand_in_the_order_of_the_format():
    item = make_item(
        "E1",
        {"h1": "C"},
        ["wire"],
        "2024",
        known=EventDate("2024"),
        tags=("a",),
        origin="o",
        grade="B2",
        caveat="c",
    )
    hypothesis = make_hypothesis(
        "H1",
        prior=0.5,
        predicts=(
            Indicator(
                "t",
                EventDate("2024"),
                "observed",
                EventDate("2024"),
                {"h1": Rating(Consistency.C)},
                "e1",
            ),
        ),
        refuted_by=("r",),
    )
    source = Source(
        "wire",
        *["x"] * 4,
        published=EventDate("2024"),
        url="x",
        accessed=EventDate("2024"),
        archived="x",
        short="x",
        reliability="A",
        interest="x",
        serves=("h1",),
        deception={"motive": "x"},
    )
    question = Question(
        *["x"] * 2,
        as_of=dt.date(2024, 1, 1),
        background="x",
        handling="x",
        assumptions=(Assumption("x", "x", "low", "x", ("h1",)),),
        outcome=Outcome("h1", EventDate("2024"), "x"),
        id="x",
    )
    asked = document.question_document(question)
    [assumption] = asked["assumptions"]
    assert tuple(asked) == document.QUESTION_KEYS
    assert tuple(assumption) == document.ASSUMPTION_KEYS
    assert tuple(asked["outcome"]) == document.OUTCOME_KEYS
    assert tuple(document.evidence_document(item)) == document.EVIDENCE_KEYS
    assert tuple(document.hypothesis_document(hypothesis)) == document.HYPOTHESIS_KEYS
    [indicator] = document.hypothesis_document(hypothesis)["predicts"]
    assert tuple(indicator) == document.INDICATOR_KEYS
    assert tuple(document.source_document(source)) == document.SOURCE_KEYS


def test_the_whole_case_has_four_parts_by_id():
    assert list(whole()) == ["question", "hypotheses", "sources", "evidence"]
    assert list(whole()["hypotheses"]) == ["h1", "h2"]
    assert list(whole()["evidence"]) == ["e1", "e2"]
    assert whole()["question"]["format"] == 1


def test_a_document_holds_nothing_but_what_json_has():
    assert json.loads(json.dumps(whole())) == whole()


def test_sources_keep_their_order():
    """It is the author's, not that of the alphabet."""
    case = make_case("E1: C I", sources={"e1": ["zebra", "ant"]})
    again = read_case(json.loads(json.dumps(case_document(case))), "case.json")
    assert [source.id for source in again.sources] == ["zebra", "ant"]
    assert again == case


@given(cases())
def test_a_case_through_json_is_the_same_case(case):
    text = json.dumps(case_document(case), allow_nan=False)
    again = read_case(json.loads(text), "case.json")
    assert again == case
    assert case_document(again) == case_document(case)


@given(strategies.integers(0, 1_000_000) | strategies.floats(0, 1e6))
def test_a_number_written_by_another_program_is_the_same_number(number):
    """JavaScript writes 2 for 2.0."""
    changed = whole()
    changed["evidence"]["e1"]["credibility"] = number
    item = read_case(changed, "case.json").item["e1"]
    assert item.credibility == number
    assert isinstance(item.credibility, float)


@given(
    strategies.recursive(
        strategies.none()
        | strategies.booleans()
        | strategies.integers()
        | strategies.floats()
        | strategies.text(),
        lambda inner: (
            strategies.lists(inner, max_size=3)
            | strategies.dictionaries(strategies.text(), inner, max_size=3)
            | strategies.fixed_dictionaries(
                {},
                optional=dict.fromkeys(
                    ("question", "hypotheses", "sources", "evidence", "a"), inner
                ),
            )
        ),
        max_leaves=12,
    )
)
def test_any_other_document_is_told_its_faults_and_no_more(other):
    with pytest.raises(ContentErrors) as caught:
        read_case(other, "case.json")
    assert all(error.file.startswith("case.json") for error in caught.value.errors)


def test_a_fault_names_the_part_the_id_and_the_field():
    changed = whole()
    changed["evidence"]["e1"]["ratings"]["h1"] = {"rating": "X"}
    assert told(changed) == [
        "case.json: evidence.e1: ratings.h1.rating: 'X' is not a rating; use one of CC, C, N, I, II, NA"
    ]


def test_a_part_under_another_name():
    changed = whole()
    changed["facts"] = changed.pop("evidence")
    assert told(changed) == [
        "case.json: facts: unknown key; use one of question, hypotheses, sources, evidence"
    ]


def test_an_id_that_is_none():
    """An id becomes the name of a file."""
    changed = whole()
    changed["evidence"]["../e1"] = changed["evidence"].pop("e2")
    assert told(changed) == [
        "case.json: evidence.../e1: '../e1' is no id; use lower-case letters and digits, with single hyphens between"
    ]


def test_truth_where_a_code_is_needed():
    """What a YAML library makes of NO."""
    changed = whole()
    changed["evidence"]["e1"]["ratings"]["h1"] = False
    assert told(changed) == [
        "case.json: evidence.e1: ratings.h1: 'false' is not a rating; use one of CC, C, N, I, II, NA"
    ]


@pytest.mark.parametrize("level", [float("nan"), float("inf"), -1, True, 1e7, "1e9"])
def test_a_level_that_is_none(level):
    changed = whole()
    changed["evidence"]["e1"]["credibility"] = level
    [message] = told(changed)
    assert message.startswith("case.json: evidence.e1: credibility: ")
    assert message.endswith("use low, medium, high, or a number from 0 to 1000000")


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\ud800", "\ufffe"])
def test_a_text_that_no_file_could_hold(character):
    changed = whole()
    changed["question"]["title"] = f"a{character}"
    assert told(changed) == [
        f"case.json: question: title: the character U+{ord(character):04X} is not allowed; take it out"
    ]


def test_references_that_name_nothing():
    changed = whole()
    del changed["hypotheses"]["h2"]
    changed["sources"] = {}
    assert told(changed) == [
        "case.json: evidence.e1: ratings.h2: no hypothesis has the id 'h2'; use one of h1",
        "case.json: evidence.e1: sources[1].source: no source has the id 'wire'; use one of (none)",
    ]


def test_nesting_without_an_end():
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(WorkbenchError) as caught:
        read_case({"question": deep}, "case.json")
    assert str(caught.value) == "nested too deeply"


@pytest.mark.parametrize(
    ("text", "level"),
    [("low", "low"), ("high", "high"), ("0", 0.0), ("1.5", 1.5), (".5", 0.5)],
)
def test_a_level_is_a_word_or_a_number(text, level):
    assert reading.level(text) == level


@pytest.mark.parametrize(
    "text", ["", "Low", "+1", "-0", "1,5", "1 000", "\u0661", "1e999"]
)
def test_what_is_no_level_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  its text is the value
        reading.level(text)


def test_a_citation_may_be_short():
    changed = whole()
    changed["evidence"]["e1"]["sources"] = ["wire", {"source": "wire", "at": "p. 2"}]
    cited = read_case(changed, "case.json").item["e1"].sources
    assert cited == (Citation("wire"), Citation("wire", "p. 2"))


def test_a_rating_may_be_short():
    changed = whole()
    changed["evidence"]["e1"]["ratings"] = {"h1": "II", "h2": None}
    item = read_case(changed, "case.json").item["e1"]
    assert item.ratings == {"h1": Rating(Consistency.II)}


def test_the_smallest_case_is_a_question():
    read = read_case(
        {"question": {"question": "Why?", "title": "It", "format": 1}}, "f"
    )
    assert read == Case(Question("Why?", "It"))
