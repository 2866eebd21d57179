"""A report in json is read back to the same case and judgments, or to its faults."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings, strategies

from tests.case.drawn import FILLED, IDS, LEVELS, TEXTS, cases
from tests.report.hostile import DATE, case
from workbench.case.judgments import Judgments
from workbench.case.model import Consistency, Rating
from workbench.errors import ContentErrors
from workbench.report import make, read, read_judgments

EMPHASES = strategies.floats(0, 2)
RATINGS = strategies.none() | strategies.builds(
    Rating, strategies.sampled_from(Consistency), TEXTS
)
JUDGMENTS = strategies.builds(
    Judgments,
    strategies.dictionaries(strategies.tuples(IDS, IDS), RATINGS, max_size=4),
    strategies.dictionaries(IDS, LEVELS, max_size=3),
    strategies.dictionaries(IDS, LEVELS, max_size=3),
    strategies.dictionaries(IDS, EMPHASES, max_size=3),
    strategies.dictionaries(IDS, EMPHASES, max_size=3),
    strategies.dictionaries(IDS, IDS | strategies.just(""), max_size=3),
    strategies.dictionaries(IDS, strategies.booleans(), max_size=3),
)


@given(cases())
@settings(max_examples=100)
def test_a_case_is_read_back_as_it_was(the_case):
    assert read(make(the_case, to="json", date=DATE)) == the_case


@given(JUDGMENTS)
def test_judgments_are_read_back_as_they_were(judgments):
    data = make(case("x"), judgments, to="json", date=DATE)
    assert read_judgments(data) == judgments


@given(FILLED)
def test_any_text_in_any_field_is_read_back(text):
    assert read(make(case(text), to="json", date=DATE)) == case(text)


def altered(**parts) -> bytes:
    content = json.loads(make(case("x"), to="json", date=DATE))
    for name, value in parts.items():
        content[name] = value
    return json.dumps(content).encode()


# Each mistake, and what its message must say.
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[]", "missing"),
        (b'{"format": 1}', "missing"),
        (b'{"format": 2, "case": {}}', "this program reads format 1"),
        (b'{"format": 1, "case": {}, "case": {}}', "'case' stands twice"),
        (b'{"format": 1, "case": {"x": NaN}}', "NaN is not a number"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_report_is_refused_with_its_reason(data, said):
    with pytest.raises(ContentErrors, match=said):
        read(data)


def test_all_faults_of_judgments_are_told_at_once():
    data = altered(
        judgments={
            "ratings": {"e1/h1": {"rating": "X"}, "e1": "unrated", "e1/h2": 3},
            "credibility": {"e1": "huge"},
            "emphasis": {"e1": 2.5, "E 1": 1.0},
            "exclusion": {"e1": 1},
            "origin": [],
        }
    )
    with pytest.raises(ContentErrors) as caught:
        read_judgments(data)
    fields = [error.field for error in caught.value.errors]
    assert sorted(fields) == [
        "judgments.credibility.e1",
        "judgments.emphasis.E 1",
        "judgments.emphasis.e1",
        "judgments.exclusion.e1",
        "judgments.origin",
        "judgments.ratings.e1",
        "judgments.ratings.e1/h1",
        "judgments.ratings.e1/h2",
    ]
