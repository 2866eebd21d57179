"""A case as STIX 2.1 is what the standard's own library takes; nothing is invented."""

from __future__ import annotations

import json
from datetime import date

import pytest
import stix2
from hypothesis import HealthCheck, Phase, assume, given, settings

from tests.builders import make_case, make_judgments
from tests.case.drawn import cases
from workbench import exchange
from workbench.case.judgments import Judgments
from workbench.exchange.formats.stix import OPINIONS
from workbench.exchange.outgoing import settled

DAY = date(2026, 11, 25)


def bundle(case, judgments=None, analyst=None):
    written = exchange.write(
        case, judgments or Judgments(), "stix", date=DAY, analyst=analyst
    )
    return stix2.parse(written.data.decode(), allow_custom=False), written


def of(made, type_):
    return [one for one in made.objects if one.type == type_]


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(case=cases())
def test_any_case_is_a_bundle_that_the_library_takes(case):
    kept = settled(case, Judgments())
    assume(kept.hypotheses)
    assume(kept.evidence)
    made, _ = bundle(case)
    ids = {one.id for one in made.objects}
    for one in made.objects:
        named = [
            *getattr(one, "object_refs", ()),
            *filter(None, [one.get("created_by_ref")]),
        ]
        assert set(named) <= ids
    known = {one.id for one in kept.hypotheses}
    codes = [
        rating.consistency
        for item in kept.evidence
        for id_, rating in item.ratings.items()
        if id_ in known
    ]
    assert sorted(one.opinion for one in of(made, "opinion")) == sorted(
        OPINIONS[code] for code in codes if code in OPINIONS
    )


def test_each_code_is_an_opinion_and_neither_na_nor_unrated_has_one():
    made, written = bundle(make_case("E1: CC C N", "E2: I II NA", "E3: - - C"))
    said = [one.opinion for one in of(made, "opinion")]
    assert said == [
        *("strongly-agree", "agree", "neutral"),
        *("disagree", "strongly-disagree", "agree"),
    ]
    assert "ratings of NA, which have no opinion (1 place)" in written.lost
    assert next(one.name for one in of(made, "grouping")).startswith("H1 ")
    assert len(of(made, "note")) == 3


def test_an_opinion_names_its_author_and_gives_the_reason():
    case = make_case("E1: C I")
    made, _ = bundle(case, make_judgments({("e1", "h1"): "II"}), "ann")
    first, second = of(made, "opinion")
    assert (first.opinion, first.authors) == ("strongly-disagree", ["ann"])
    assert second.authors == ["ann"]
    published, _ = bundle(case)
    assert of(published, "opinion")[0].authors == ["as published"]


def test_sources_are_identities_and_the_same_case_gives_the_same_bytes():
    case = make_case("E1: C I", sources={"e1": "tide-office"})
    made, written = bundle(case)
    (source,) = of(made, "identity")
    (note,) = of(made, "note")
    assert note.created_by_ref == source.id
    assert note.external_references[0].source_name == source.name
    again = exchange.write(case, Judgments(), "stix", date=DAY)
    assert again.data == written.data
    assert json.loads(again.data)["type"] == "bundle"


@pytest.mark.parametrize("rows", [("E1: - -",), ("E1: NA NA",)])
def test_a_case_without_opinions_is_a_bundle_too(rows):
    made, _ = bundle(make_case(*rows))
    assert of(made, "opinion") == []
