"""Another table brought into a case: items, what they cite, hypotheses by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import make_case
from workbench import exchange
from workbench.case.editing import requests
from workbench.case.editing.bringing import request_of, same_hypothesis
from workbench.case.model import Source
from workbench.errors import WorkbenchError

TABLE = (
    "Item\tTitle of H1\tH2\tIt was the cat\n"
    "A gauge was read\tC\tI\tN\nA log says so\tII\tCC\tI\n"
)


def test_items_of_a_table_come_in_and_hypotheses_are_known_by_title_or_label():
    case = make_case("E1: C I")
    (found,) = exchange.read(TABLE.encode(), "pasted")
    known = [same_hypothesis(case, one) for one in found.case.hypotheses]
    assert [one and one.id for one in known] == ["h1", "h2", None]
    done = requests.carry_out(case, request_of(found.case))
    made = done.case
    assert [h.title for h in made.hypotheses] == [
        "Title of H1",
        "Title of H2",
        "It was the cat",
    ]
    assert [item.title for item in made.evidence[1:]] == [
        "A gauge was read",
        "A log says so",
    ]
    assert [item.label for item in made.evidence] == ["E1", "E2", "E3"]
    # ratings are judged, and none is published; and what was there stays as it was
    assert [dict(item.ratings) for item in made.evidence[1:]] == [{}, {}]
    codes = {cell: one.consistency.value for cell, one in done.rated.items()}
    assert codes == {
        ("a-gauge-was-read", "h1"): "C",
        ("a-gauge-was-read", "h2"): "I",
        ("a-gauge-was-read", "it-was-the-cat"): "N",
        ("a-log-says-so", "h1"): "II",
        ("a-log-says-so", "h2"): "CC",
        ("a-log-says-so", "it-was-the-cat"): "I",
    }
    assert made.evidence[0] == case.evidence[0]


def test_sources_are_known_by_name_and_citations_follow():
    case = make_case("E1: C I", sources={"e1": ["s"]})
    other = make_case("E1: C I", sources={"e1": ["s", "t"]})
    other = replace(
        other,
        sources=tuple(
            replace(one, name=case.source["s"].name) if one.id == "s" else one
            for one in other.sources
        ),
    )
    made = requests.carry_out(case, request_of(other)).case
    assert len(made.sources) == 2
    assert [c.source for c in made.evidence[1].sources] == [
        "s",
        next(one.id for one in made.sources if one.id != "s"),
    ]
    assert isinstance(made.sources[1], Source)


@pytest.mark.parametrize(
    "odd",
    [
        {"evidence": []},
        {"evidence": {"e": {"label": "E1"}}},
        {"evidence": {"e": 5}},
        {"sources": {"s": {"name": "N", "odd": 3}}},
        {"hypotheses": {"h": {"title": "T", "odd": 1}}},
    ],
)
def test_what_is_no_case_is_refused_by_name(odd):
    with pytest.raises(WorkbenchError):
        requests.carry_out(make_case("E1: C I"), {"act": "bring", **odd})
