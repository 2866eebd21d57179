"""Why a standing is less firm than it looks, against the definition done by hand."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from tests.builders import make_case, make_judgments
from tests.case.drawn import cases
from workbench.case.entry import Doubt
from workbench.case.judgments import Judgments
from workbench.case.model import Kind
from workbench.method.certainty import certainty
from workbench.method.matrix import build
from workbench.method.scoring import assess


def doubts(case, judgments=None):
    found = certainty(assess(build(case, judgments or Judgments())))
    return {h: {one.doubt: one for one in reasons} for h, reasons in found.items()}


def test_all_from_one_source_and_one_origin_is_said_with_the_items():
    case = make_case(
        "E1: I C",
        "E2: II C",
        sources={"e1": "wire", "e2": "wire"},
        origin={"e1": "leak", "e2": "leak"},
    )
    found = doubts(case)["h1"]
    assert found[Doubt.ONE_SOURCE].evidence == ("e1", "e2")
    assert found[Doubt.ONE_ORIGIN].evidence == ("e1", "e2")
    apart = make_case(
        "E1: I C", "E2: II C", sources={"e1": "wire", "e2": ["wire", "b"]}
    )
    assert not {Doubt.ONE_SOURCE, Doubt.ONE_ORIGIN} & set(doubts(apart)["h1"])


def test_half_of_a_score_is_not_over_half():
    case = make_case("E1: I C", "E2: I C", "E3: II C")
    first, second, third = case.evidence
    absent = [replace(one, kind=Kind.ABSENCE) for one in (first, second)]
    half = replace(case, evidence=(*absent, third))
    assert Doubt.ABSENCE not in doubts(half)["h1"]
    over = make_judgments(emphases={"e3": 0.95})
    reason = doubts(half, over)["h1"][Doubt.ABSENCE]
    assert reason.evidence == ("e1", "e2")
    assert reason.share == 2 / (2 + 2 * 0.95)


def test_low_levels_count_also_as_numbers():
    case = make_case("E1: I C", "E2: I C", credibility={"e1": "low"})
    assert Doubt.LOW not in doubts(case)["h1"]
    own = make_judgments(credibility={"e2": 0.5})
    assert doubts(case, own)["h1"][Doubt.LOW].evidence == ("e1", "e2")


def test_a_cell_is_disputed_where_the_published_case_is_on_the_other_side():
    case = make_case("E1: C C", "E2: N I")
    own = make_judgments({("e1", "h1"): "I", ("e2", "h1"): "I"})
    assert doubts(case, own)["h1"][Doubt.DISPUTED].evidence == ("e1",)


def test_unchallenged_or_without_a_refutation_is_untested():
    case = make_case("E1: C I")
    assert Doubt.UNTESTED in doubts(case)["h1"]
    told = replace(
        case,
        hypotheses=tuple(replace(h, refuted_by=("A sign.",)) for h in case.hypotheses),
    )
    assert Doubt.UNTESTED in doubts(told)["h1"]
    assert Doubt.UNTESTED not in doubts(told)["h2"]


def test_what_is_confirmed_or_struck_is_told_and_changes_no_score():
    case = make_case("E1: C I")
    own = Judgments(certainty={("h1", "untested"): "struck"})
    assert doubts(case, own)["h1"][Doubt.UNTESTED].held == "struck"
    before, after = assess(build(case)), assess(build(case, own))
    assert before.ranking == after.ranking


@given(cases())
@settings(max_examples=60, deadline=None)
def test_every_reason_speaks_of_cells_that_speak_against_and_weigh(case):
    now = assess(build(case))
    weights = {one.id: one.weight for one in now.evidence}
    for h, reasons in certainty(now).items():
        assert len({one.doubt for one in reasons}) == len(reasons)
        for one in reasons:
            assert one.hypothesis == h
            assert one.share is None or 0.5 < one.share <= 1
            for id_ in one.evidence:
                rating = case.item[id_].ratings[h]
                assert rating.consistency.value in ("I", "II")
                assert weights[id_] > 0
