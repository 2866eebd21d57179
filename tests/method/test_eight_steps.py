"""The guide says of each step what the case shows, and asks what comes next."""

from dataclasses import replace

from hypothesis import given, settings

from tests.builders import make_case, make_judgments
from tests.case.drawn import cases
from workbench.case.model import Assumption, Indicator, Kind
from workbench.method.eight_steps import Taken, ask, eight_steps
from workbench.method.matrix import build
from workbench.method.scoring import assess


def steps(case, judgments=None):
    now = assess(build(case, judgments))
    return eight_steps(now, ask(now))


def taken(case, judgments=None):
    return [one.taken for one in steps(case, judgments)]


def finished():
    case = make_case("E1: I N", "E2: C II", "E3: N C", relevance={"e1": "low"})
    evidence = [*case.evidence]
    evidence[2] = replace(evidence[2], kind=Kind.ABSENCE)
    return replace(
        case,
        question=replace(case.question, assumptions=(Assumption("It is so."),)),
        hypotheses=tuple(
            replace(one, predicts=(Indicator("Lights"),), refuted_by=("Dark",))
            for one in case.hypotheses
        ),
        evidence=tuple(evidence),
    )


def test_a_new_case_asks_for_its_hypotheses_first():
    found = steps(replace(make_case(), hypotheses=()))
    assert {one.taken for one in found} == {Taken.OPEN}
    assert [one.number for one in found] == [*range(1, 9)]
    assert found[0].ask == (
        "What else could explain it? Which explanation would nobody like?"
    )


def test_a_case_that_went_through_all_of_them_has_nothing_left_to_ask():
    told = {"bottom-line": "It was the second.", "confidence": "low"}
    found = steps(finished(), make_judgments(narrative=told))
    assert [one.taken for one in found] == [Taken.DONE] * 8
    assert not any(one.ask for one in found)


def test_a_step_that_was_passed_over_is_skipped_and_not_only_open():
    case = make_case("E1: - -", hypotheses=["H1", "H2"])
    first, second = case.hypotheses
    watched = replace(first, predicts=(Indicator("Lights"),))
    found = taken(replace(case, hypotheses=(watched, second)))
    assert found[:3] == [Taken.DONE, Taken.BEGUN, Taken.SKIPPED]
    assert found[6:] == [Taken.SKIPPED, Taken.BEGUN]


def test_the_cells_that_are_left_are_counted_in_the_question():
    found = steps(make_case("E1: I -", "E2: C II"))
    assert found[2].there == "3 of 4 cells rated"
    assert "how would this cell stand?" in found[2].ask


@given(cases())
@settings(max_examples=25)
def test_of_any_case_each_step_says_what_the_matrix_holds(case):
    now = assess(build(case))
    found = eight_steps(now, ask(now))
    begun = [one.number for one in found if one.taken in (Taken.DONE, Taken.BEGUN)]
    for one in found:
        assert one.there
        assert (one.ask == "") == (one.taken is Taken.DONE)
        if one.taken is Taken.SKIPPED:
            assert one.number < max(begun)
        if one.taken is Taken.OPEN:
            assert one.number > max(begun, default=0)
    assert (found[0].taken is Taken.DONE) == (len(now.hypotheses) > 1)
    assert f"{len(now.matrix.evidence)} item" in found[1].there
    if found[4].taken is Taken.DONE:
        assert all(
            one.rank and "unchallenged" not in one.flags for one in now.hypotheses
        )
