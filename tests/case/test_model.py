"""The words of the field as values."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random

import pytest

from tests.builders import make_case, make_hypothesis, make_item
from workbench.case.model import (
    Case,
    Consistency,
    EventDate,
    Evidence,
    Hypothesis,
    Kind,
    Question,
    Rule,
    Source,
    natural,
)
from workbench.errors import ContentError, ContentErrors

QUESTION = Question("Why?", "It")


def test_the_six_codes_stand_in_the_order_of_the_scale():
    assert [code.value for code in Consistency] == ["CC", "C", "N", "I", "II", "NA"]


def test_every_code_has_a_meaning_of_its_own():
    meanings = [code.meaning for code in Consistency]
    assert len(set(meanings)) == len(meanings) == 6
    assert Consistency.I.meaning == "inconsistent"
    assert Consistency.NA.meaning == "not applicable"


def test_there_are_six_rules_and_three_kinds():
    assert len(Rule) == 6
    assert [kind.value for kind in Kind] == ["evidence", "assumption", "absence"]


@pytest.mark.parametrize(
    "value",
    [
        QUESTION,
        make_hypothesis("H1"),
        make_item("E1"),
        Source("wire", "A wire"),
        EventDate("2024"),
        make_case("E1: C I"),
    ],
)
def test_values_are_frozen(value):
    field = dataclasses.fields(value)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, field, "other")


@pytest.mark.parametrize(
    ("text", "last_day"),
    [
        ("2024", dt.date(2024, 12, 31)),
        ("2024-02", dt.date(2024, 2, 29)),
        ("2023-02", dt.date(2023, 2, 28)),
        ("2024-04-17", dt.date(2024, 4, 17)),
        ("0001", dt.date(1, 12, 31)),
        ("9999-12-31", dt.date(9999, 12, 31)),
    ],
)
def test_a_year_or_a_month_is_past_on_its_last_day(text, last_day):
    assert EventDate(text).last_day == last_day
    assert str(EventDate(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "0000",
        "2024-4",
        "2024-13",
        "2024-00",
        "2023-02-29",
        "2024-04-31",
        "2024-04-17T00:00",
        "2024-04-17\n",
        " 2024",
        "17.04.2024",
        "20240417",
        "-2024",
        "２０２４",  # noqa: RUF001  digits, yet not those of a date
    ],
)
def test_what_is_no_date_of_the_calendar_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  an empty text has no message
        EventDate(text)


def test_labels_count_as_people_do():
    labels = ["H10", "H2", "H1", "H", "A9", "H2b", "H2a", "10", "9"]
    expected = ["9", "10", "A9", "H", "H1", "H2", "H2a", "H2b", "H10"]
    assert sorted(labels, key=natural) == expected


def test_a_label_may_hold_any_digits():
    """`int` fails on the first and on the length of the second."""
    labels = ["²", "9" * 5000, "H٣", "H1"]
    assert len(sorted(labels, key=natural)) == 4
    assert min(["H" + "9" * 5000, "H8"], key=natural) == "H8"


def test_labels_that_count_alike_have_one_order_all_the_same():
    assert sorted(["H1", "H01"], key=natural) == sorted(["H01", "H1"], key=natural)


def test_a_case_stands_in_the_order_of_its_labels():
    labels = [f"E{number}" for number in range(1, 13)]
    shuffled = random.Random(1).sample(labels, len(labels))
    case = Case(
        QUESTION,
        (make_hypothesis("H2"), make_hypothesis("H10"), make_hypothesis("H1")),
        (),
        tuple(make_item(label) for label in shuffled),
    )
    assert [item.label for item in case.evidence] == labels
    assert [h.label for h in case.hypotheses] == ["H1", "H2", "H10"]


def test_the_order_in_which_a_case_is_given_does_not_matter():
    items = [make_item("E1"), make_item("E2")]
    one = Case(QUESTION, (), (), tuple(items))
    other = Case(QUESTION, (), (), tuple(reversed(items)))
    assert one == other
    assert hash(one) == hash(other)


def test_things_are_found_by_id():
    case = make_case("E1: C I", sources={"e1": "wire"})
    assert case.item["e1"].label == "E1"
    assert case.hypothesis["h2"].label == "H2"
    assert case.source["wire"].name == "Name of wire"
    assert "e9" not in case.item


def test_what_is_left_out_is_medium_active_and_unjudged():
    item = Evidence("e1", "E1", "t", "s")
    assert (item.credibility, item.relevance, item.status) == (
        "medium",
        "medium",
        "active",
    )
    assert item.kind is Kind.EVIDENCE
    assert Hypothesis("h1", "H1", "t", "s").status == "active"
    assert Source("s", "n").reliability == "F"
    assert QUESTION.rule is Rule.WEIGHTED_INCONSISTENCY


def test_an_error_names_file_line_field_and_fault():
    error = ContentError("evidence/a.yaml", 17, "ratings.storm", "'X' is no rating")
    assert str(error) == "evidence/a.yaml:17: ratings.storm: 'X' is no rating"


def test_an_error_of_a_whole_file_has_no_line():
    assert str(ContentError("a.yaml", 0, "", "missing")) == "a.yaml: missing"


def test_an_error_can_do_nothing_to_a_terminal():
    """A file's name or a key may hold an escape sequence."""
    error = ContentError("a\x1b[31m.yaml", 1, "k\u202ey\n", "wrong \udc80")
    assert str(error) == "a\\x1b[31m.yaml:1: k\\u202ey\\n: wrong \\udc80"


def test_errors_stand_in_the_order_of_files_and_lines():
    errors = ContentErrors(
        [
            ContentError("b.yaml", 2, "", "third"),
            ContentError("a.yaml", 10, "", "second"),
            ContentError("a.yaml", 9, "", "first"),
        ]
    )
    assert str(errors) == "a.yaml:9: first\na.yaml:10: second\nb.yaml:2: third"
    assert [error.message for error in errors.errors] == ["first", "second", "third"]
