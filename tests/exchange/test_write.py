"""What is written for another tool reads back the same, as far as its format holds."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, assume, given, settings

from tests.builders import make_case, make_judgments
from tests.case.drawn import cases
from tests.exchange.sampled import codes, imported, one
from tests.report.hostile import HOSTILE
from tests.report.hostile import case as hostile_case
from workbench import exchange, report
from workbench.case import folder
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Consistency, Rating, Rule
from workbench.errors import WorkbenchError
from workbench.exchange import TARGETS, Imported, Written
from workbench.exchange.outgoing import settled
from workbench.method.schemes import SCHEMES
from workbench.record.desk import judgments_of
from workbench.record.ledger import Ledger, own_url
from workbench.wording import clipped

DAY = date(2026, 11, 25)
SLOW = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
BOTH = ("arkhammirror", "intel-workbench")


def written(case: Case, to: str, judgments: Judgments | None = None) -> Written:
    return exchange.write(case, judgments or Judgments(), to, date=DAY)


def back(case: Case, to: str, judgments: Judgments | None = None) -> Imported:
    (found,) = exchange.read(written(case, to, judgments).data, "file")
    return found


def held(case: Case, *, weak: bool) -> list[list[str]]:
    """Give the codes of a case by rows, strong forms made weak where asked."""
    softer = {"CC": "C", "II": "I"} if weak else {}
    rows = []
    for item in case.evidence:
        row = [item.ratings.get(one.id) for one in case.hypotheses]
        found = [rating.consistency.value if rating else "" for rating in row]
        rows.append([softer.get(code, code) for code in found])
    return rows


def same_title(found: str, was: str) -> bool:
    line = " ".join(was.split())
    return found == clipped(line, 90) if len(line) <= 90 else found[:80] == line[:80]


@SLOW
@pytest.mark.parametrize("to", BOTH)
@given(case=cases())
def test_hypotheses_items_and_codes_come_back(to, case):
    kept = settled(case, Judgments())
    assume(kept.hypotheses or kept.evidence)
    found = back(case, to).case
    assert held(found, weak=False) == held(kept, weak=to == "intel-workbench")
    for part in ("hypotheses", "evidence"):
        for one_, was in zip(getattr(found, part), getattr(kept, part), strict=True):
            assert same_title(one_.title, was.title)
            assert was.statement.replace("\r\n", "\n").strip() in one_.statement


@SLOW
@given(case=cases())
def test_arkhammirror_gets_reasons_and_levels_in_their_proportion(case):
    kept = settled(case, Judgments())
    assume(kept.evidence)
    found = back(case, "arkhammirror").case
    multiplier = SCHEMES[Rule.WEIGHTED_INCONSISTENCY].multiplier
    for name in ("credibility", "relevance"):
        was = [multiplier(getattr(item, name)) for item in kept.evidence]
        now = [multiplier(getattr(item, name)) for item in found.evidence]
        assert now == pytest.approx([one / max(1.0, *was) for one in was])
    reasons = [
        item.ratings[one_.id].because.replace("\r\n", "\n").strip()
        for item in kept.evidence
        for one_ in kept.hypotheses
        if one_.id in item.ratings
    ]
    assert [
        item.ratings[one_.id].because
        for item in found.evidence
        for one_ in found.hypotheses
        if one_.id in item.ratings
    ] == reasons


@SLOW
@given(case=cases())
def test_our_json_comes_back_whole(case):
    many = sum(len(item.ratings) for item in case.evidence)
    title = "Hypothesis workbench, report in json"
    assert back(case, "json") == Imported(title, case, read=many)


def test_our_json_keeps_an_analysts_judgments_apart():
    case = make_case("E1: C I", "E2: N -")
    own = make_judgments(
        {("e1", "h1"): "II", ("e2", "h1"): "-"},
        credibility={"e1": "high"},
        emphases={"e2": 0.5},
    )
    data = exchange.write(case, own, "json", date=DAY, analyst="ana").data
    (found,) = exchange.read(data, "file")
    assert found.case == case
    assert found.analysts == {"ana": own}
    assert data == report.make(case, own, to="json", date=DAY, analyst="ana")


def test_our_json_keeps_what_is_judged_beyond_the_matrix(tmp_path):
    case = make_case("E1: C I")
    own = make_judgments(
        priors={"h1": 0.3, "h2": 0.7},
        likelihoods={"II": 0.01},
        probabilities={"h1": 0.6},
        narrative={"bottom-line": "One.\n\nTwo.", "confidence": "low"},
    )
    data = exchange.write(case, own, "json", date=DAY, analyst="ana").data
    (found,) = exchange.read(data, "file")
    assert found.dropped == ()
    exchange.save(found, tmp_path / "case", "report.json")
    ledger = Ledger(own_url(tmp_path / "case"))
    assert judgments_of(ledger, folder.load(tmp_path / "case"), "ana") == own
    ledger.close()


def test_a_control_character_in_a_part_written_by_hand_is_refused():
    case = make_case("E1: C I")
    content = json.loads(written(case, "json").data)
    content["judgments"]["narrative"] = {"implications": "a\u0007b"}
    with pytest.raises(
        WorkbenchError, match=r"judgments\.narrative\.implications: use"
    ):
        exchange.read(json.dumps(content).encode(), "file")


def test_judgments_of_what_the_case_lacks_are_left_out_and_said():
    case = make_case("E1: C I")
    content = json.loads(written(case, "json").data)
    content["judgments"]["ratings"] = {"e1/h1": "unrated", "e9/h1": "unrated"}
    content["judgments"]["emphasis"] = {"e9": 2.0}
    (found,) = exchange.read(json.dumps(content).encode(), "file")
    assert found.analysts == {"analyst 1": make_judgments({("e1", "h1"): "-"})}
    assert found.dropped == ("2 judgments of what the case does not have",)


def test_a_second_journey_changes_nothing_more():
    for to in BOTH:
        first = back(hostile_case("x"), to)
        again = back(first.case, to)
        assert codes(again) == codes(first)
        assert [e.title for e in again.case.evidence] == [
            e.title for e in first.case.evidence
        ]


def test_a_sample_that_was_read_is_written_as_the_same_matrix():
    found = one("arkhammirror.json")
    assert codes(back(found.case, "arkhammirror")) == codes(found)
    for matrix in imported("intel_workbench.json"):
        again = back(matrix.case, "intel-workbench")
        assert codes(again) == codes(matrix)
        assert [(e.credibility, e.relevance) for e in again.case.evidence] == [
            (e.credibility, e.relevance) for e in matrix.case.evidence
        ]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("to", BOTH)
def test_hostile_text_goes_out_and_comes_back_as_text(text, to):
    found = back(hostile_case(text), to).case
    shown = (
        text.strip() if to == "json" else clipped(text.replace("\x1b", "\ufffd"), 90)
    )
    titles = [h.title for h in found.hypotheses]
    assert shown in titles


def test_an_analysts_judgments_are_put_into_what_others_get():
    case = make_case("E1: C I", "E2: N -")
    own = make_judgments(
        {("e1", "h1"): "II", ("e1", "h2"): "-"},
        exclusions={"e2": True},
        credibility={"e1": 0.25},
    )
    found = back(case, "arkhammirror", own)
    assert codes(found) == {"title-of-e1": {"title-of-h1": "II"}}
    assert found.case.evidence[0].credibility == 0.25


def test_what_takes_no_part_is_left_out_and_said():
    case = make_case(
        "E1: C I N", "E2: N - I", set_aside=["e2"], status={"h3": "parked"}
    )
    for to in BOTH:
        assert codes(back(case, to)) == {
            "title-of-e1": {"title-of-h1": "C", "title-of-h2": "I"}
        }
        lost = written(case, to).lost
        assert "1 hypothesis left out: parked or rejected" in lost
        assert "1 item left out: set aside or excluded" in lost


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("arkhammirror", "the rule weighted-inconsistency; inconsistency-count is in"),
        ("arkhammirror", "labels (4 places)"),
        (
            "arkhammirror",
            "the type of items: without one of theirs it is fact",
        ),
        (
            "arkhammirror",
            "the scale of levels: they become shares of the largest",
        ),
        ("arkhammirror", "the emphasis (1 place)"),
        ("arkhammirror", "dates of items (1 place)"),
        ("arkhammirror", "the day the evidence runs to (1 place)"),
        ("arkhammirror", "origins of items (2 places)"),
        ("intel-workbench", "CC and II, which become C and I (1 place)"),
        ("intel-workbench", "levels that are numbers, which become the nearest word"),
        ("intel-workbench", "reasons of ratings (1 place)"),
        (
            "intel-workbench",
            "several sources of an item, which become one text (1 place)",
        ),
    ],
)
def test_what_a_target_cannot_carry_is_said(to, said):
    case = make_case(
        "E1: CC I",
        "E2: N -",
        origin={"e1": "o", "e2": "o"},
        sources={"e1": ["a", "b"]},
        dates={"e1": "2024"},
        credibility={"e2": 0.4},
        as_of="2024-04-30",
    )
    own = Judgments(
        ratings={("e2", "h1"): Rating(Consistency.N, "Why not")}, emphases={"e1": 0.0}
    )
    assert any(note.startswith(said) for note in written(case, to, own).lost)


def test_our_json_loses_nothing():
    assert written(hostile_case("x"), "json").lost == ()


def test_the_same_case_and_day_give_the_same_bytes():
    for to in TARGETS:
        assert written(hostile_case("x"), to) == written(hostile_case("x"), to)


def test_an_unknown_target_is_refused_with_those_that_are_known():
    with pytest.raises(WorkbenchError, match="use arkhammirror, intel-workbench, json"):
        written(hostile_case("x"), "parc")
