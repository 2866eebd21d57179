from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.builders import make_case, make_judgments
from tests.method.brute_force import random_case
from workbench.case.model import Consistency, Indicator, Kind, Rating, Rule, Source
from workbench.method import checks
from workbench.method.checks import Severity, Subject, effective_items, findings
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.method.sensitivity import sensitivity


def asked(check, case, judgments=None, rule=None, **more):
    assessment = assess(build(case, judgments, rule, **more))
    if check in checks.OF_SENSITIVITY:
        return check(sensitivity(assessment.matrix, assessment))
    return check(assessment)


def messages(found):
    return [one.message for one in found]


def changed(case, id_, **fields):
    """The case with one item or hypothesis changed."""
    return replace(
        case,
        evidence=tuple(
            replace(e, **fields) if e.id == id_ else e for e in case.evidence
        ),
        hypotheses=tuple(
            replace(h, **fields) if h.id == id_ else h for h in case.hypotheses
        ),
    )


def with_reasons(case):
    return replace(
        case,
        evidence=tuple(
            replace(
                e,
                ratings={
                    h: Rating(r.consistency, "seen so") for h, r in e.ratings.items()
                },
            )
            for e in case.evidence
        ),
    )


# ------------------------------------------------------- what has been rated


def test_an_unrated_cell_is_asked_for():
    (found,) = asked(checks.unrated_cells, make_case("E1: C I N", "E2: C - -"))
    assert found.subject == Subject("evidence", "e2")
    assert found.severity is Severity.CAUTION
    assert found.message.startswith("E2 is not rated against H2 and H3.")


def test_items_that_nobody_rated_are_asked_for_together():
    (found,) = asked(checks.unrated_cells, make_case("E1: - -", "E2: - -", "E3: C I"))
    assert found.subject == checks.CASE
    assert found.message.startswith("E1 and E2 are not rated against any hypothesis.")


def test_a_case_rated_throughout_has_no_unrated_cell():
    assert asked(checks.unrated_cells, make_case("E1: C NA N")) == []


def test_a_hypothesis_without_a_rating_is_rated_or_parked():
    (found,) = asked(checks.never_rated, make_case("E1: C NA", "E2: I -"))
    assert found.subject == Subject("hypothesis", "h2")
    assert asked(checks.never_rated, make_case("E1: C N")) == []
    parked = make_case("E1: C NA", status={"h2": "parked"})
    assert asked(checks.never_rated, parked) == []


def test_a_rating_without_a_reason_is_asked_about():
    case = with_reasons(make_case("E1: C I", "E2: N I"))
    assert asked(checks.missing_reasons, case) == []
    own = make_judgments({("e1", "h2"): "N"})
    (found,) = asked(checks.missing_reasons, case, own)
    assert found.subject == Subject("evidence", "e1")
    assert found.message.startswith("E1 is rated against H2 without a reason.")


def test_a_case_without_any_reason_is_asked_once():
    (found,) = asked(checks.missing_reasons, make_case("E1: C I", "E2: N I"))
    assert found.subject == checks.CASE


# ------------------------------------------------------- what separates


@pytest.mark.parametrize("row", ["C C C", "N N -", "NA NA NA", "I I NA"])
def test_an_item_rated_alike_everywhere_separates_nothing(row):
    (found,) = asked(checks.separates_nothing, make_case(f"E1: {row}", "E2: C I N"))
    assert found.subject == Subject("evidence", "e1")
    assert found.message.startswith(f"E1 is rated {row.split()[0]} wherever")


@pytest.mark.parametrize("row", ["C C N", "C - -", "NA - NA", "I I I"])
def test_an_item_that_separates_or_cannot_say_is_not_called_useless(row):
    assert asked(checks.separates_nothing, make_case(f"E1: {row}")) == []


def test_a_row_against_every_hypothesis_asks_for_a_missing_one():
    (found,) = asked(checks.against_all, make_case("E1: I II I", "E2: I I NA"))
    assert found.subject == Subject("evidence", "e1")
    assert "(H1, H2 and H3)" in found.message


def test_one_hypothesis_alone_is_not_every_hypothesis():
    assert asked(checks.against_all, make_case("E1: I")) == []


def test_a_tie_asks_for_evidence_that_separates():
    (found,) = asked(checks.tie, make_case("E1: C C I"))
    assert found.message.startswith("H1 and H2 stand level as least inconsistent.")
    assert asked(checks.tie, make_case("E1: C I I")) == []


def test_a_lead_of_less_than_a_tenth_of_the_weight_is_close():
    rows = [f"E{i}: C C" for i in range(1, 11)]
    (found,) = asked(checks.close_race, make_case(*rows, "E11: N I"))
    assert found.subject == Subject("hypothesis", "h1")
    assert "H1 is ahead of H2 by 1.00 only" in found.message
    assert "weigh 11.00 together" in found.message
    assert asked(checks.close_race, make_case(*rows[:9], "E11: N I")) == []
    assert asked(checks.close_race, make_case(*rows)) == []  # a tie is no race


# ------------------------------------------------------- what has been tested


def test_a_hypothesis_nothing_speaks_against_is_asked_about():
    (found,) = asked(checks.never_challenged, make_case("E1: C I"))
    assert (found.code, found.subject.id) == ("never-challenged", "h1")
    assert asked(checks.never_challenged, make_case("E1: C I", "E2: I C")) == []


def test_a_leader_whose_only_challenge_weighs_nothing_is_untested():
    case = make_case("E1: I C", "E2: C I", credibility={"e1": 0.0})
    (found,) = asked(checks.never_challenged, case)
    assert (found.severity, found.code) == (Severity.SERIOUS, "untested")
    assert "inconsistent with H1 (E1) weighs nothing" in found.message


def test_an_untested_rival_matters_less_than_an_untested_leader():
    case = make_case("E1: I C", "E2: C N", credibility={"e1": 0.0})
    found = {one.subject.id: one for one in asked(checks.never_challenged, case)}
    assert found["h1"].severity is Severity.SERIOUS  # level with h2
    support = asked(checks.never_challenged, case, rule=Rule.INCONSISTENCY)
    assert [one.subject.id for one in support] == ["h2"]


def test_a_hypothesis_that_few_items_speak_about_is_vague():
    case = make_case("E1: C N", "E2: I N", "E3: C C", "E4: I N")
    (found,) = asked(checks.vague, case)
    assert found.subject == Subject("hypothesis", "h2")
    assert "Only 1 of 4 items speak" in found.message
    assert asked(checks.vague, make_case("E1: C I", "E2: I C")) == []


def test_a_leader_mildly_consistent_with_everything_may_be_vague():
    case = make_case("E1: CC C", "E2: CC C", "E3: I C")
    (found,) = asked(checks.mild_leader, case)
    assert found.subject == Subject("hypothesis", "h2")
    assert "H1 is very consistent with 2 items" in found.message
    assert asked(checks.mild_leader, make_case("E1: C C", "E2: I C")) == []
    assert asked(checks.mild_leader, make_case("E1: CC CC", "E2: I C")) == []


def test_a_refutation_that_no_item_tests_is_asked_about():
    case = changed(make_case("E1: C I"), "h1", refuted_by=("A denial",))
    (found,) = asked(checks.refutation_untested, case)
    assert found.subject == Subject("hypothesis", "h1")
    assert asked(checks.refutation_untested, make_case("E1: C I")) == []
    tested = changed(make_case("E1: C I", "E2: I I"), "h1", refuted_by=("A denial",))
    assert asked(checks.refutation_untested, tested) == []


# ------------------------------------------------------- what the ranking rests on


def test_a_lead_that_one_source_carries_is_serious():
    case = make_case("E1: N II", "E2: I N", sources={"e1": "ministry", "e2": "press"})
    (found,) = asked(checks.one_source, case)
    assert found.subject == Subject("source", "ministry")
    assert found.severity is Severity.SERIOUS
    assert "(E1), H2 would be least inconsistent rather than H1" in found.message


def test_a_lead_that_a_second_source_confirms_rests_on_neither():
    case = make_case("E1: N II", "E2: I N", sources={"e1": ["ministry", "press"]})
    assert asked(checks.one_source, case) == []


def interested(case, *ids):
    return replace(
        case,
        sources=tuple(
            replace(s, interest="its own success") if s.id in ids else s
            for s in case.sources
        ),
    )


def test_a_lead_that_interested_sources_carry_together_is_serious():
    case = make_case(
        "E1: N I",
        "E2: N I",
        "E3: I N",
        sources={"e1": "army", "e2": "navy", "e3": "press"},
    )
    (found,) = asked(checks.interested_sources, interested(case, "army", "navy"))
    assert found.subject == checks.CASE
    assert "(E1 and E2), H2 would be least inconsistent rather than H1" in found.message
    assert asked(checks.interested_sources, case) == []


def test_a_disinterested_second_source_takes_the_interest_out_of_it():
    case = make_case("E1: N II", "E2: I N", sources={"e1": ["army", "press"]})
    assert asked(checks.interested_sources, interested(case, "army")) == []


def test_where_every_source_has_an_interest_none_is_told_from_another():
    case = interested(make_case("E1: N II", sources={"e1": "army"}), "army")
    assert asked(checks.interested_sources, case) == []
    case = interested(make_case("E1: N II", "E2: I N", sources={"e1": "army"}), "army")
    assert asked(checks.interested_sources, case) == []


def test_an_assumption_that_carries_the_ranking_is_serious():
    case = changed(make_case("E1: N II", "E2: I N"), "e1", kind=Kind.ASSUMPTION)
    (found,) = asked(checks.assumptions_carry, case)
    assert found.subject == Subject("evidence", "e1")
    assert found.message.startswith("Without the assumption E1, H2 would be")
    idle = changed(make_case("E1: N II", "E2: I N"), "e2", kind=Kind.ASSUMPTION)
    assert asked(checks.assumptions_carry, idle) == []


def test_assumptions_may_carry_it_together():
    case = make_case("E1: N I", "E2: N I", "E3: N I", "E4: I N")
    for id_ in ("e1", "e2", "e3"):
        case = changed(case, id_, kind=Kind.ASSUMPTION)
    (found,) = asked(checks.assumptions_carry, case)
    assert found.subject == checks.CASE
    assert "(E1, E2 and E3), H2 would be" in found.message


def test_a_lead_that_one_judgment_carries_names_the_cell():
    case = make_case("E1: C N", "E2: N I", "E3: N N")
    (found,) = asked(checks.one_judgment, case)
    assert found.subject == Subject("evidence", "e1")
    assert found.message.startswith(
        "Were E1 rated II rather than C against H1, H2 would pass H1."
    )
    wide = make_case("E1: C II", "E2: N II", "E3: N II")
    assert asked(checks.one_judgment, wide) == []


# ------------------------------------------------------- what counts how much


@pytest.mark.parametrize(
    ("grade", "credibility"),
    [("B1", "low"), ("A2", 0.5), ("C4", "high"), ("D5", 2.0), ("F6", "high")],
)
def test_a_grade_that_the_credibility_contradicts_is_asked_about(grade, credibility):
    case = make_case("E1: C I", credibility={"e1": credibility})
    (found,) = asked(checks.grade_and_credibility, changed(case, "e1", grade=grade))
    assert found.subject == Subject("evidence", "e1")
    assert grade in found.message


@pytest.mark.parametrize(
    ("grade", "credibility"),
    [("B1", "high"), ("A2", "medium"), ("C3", "low"), ("F6", "medium"), ("", "high")],
)
def test_a_grade_may_differ_without_contradiction(grade, credibility):
    case = make_case("E1: C I", credibility={"e1": credibility})
    assert asked(checks.grade_and_credibility, changed(case, "e1", grade=grade)) == []


def test_rows_alike_from_one_source_may_repeat_one_report():
    case = make_case("E1: C I N", "E2: C I N", "E3: C I N", sources={"e3": "press"})
    (found,) = asked(checks.maybe_one_origin, case)
    assert found.message.startswith("E1 and E2 cite no source, are rated alike")


@pytest.mark.parametrize(
    "case",
    [
        make_case("E1: C I N", "E2: C I C"),
        make_case("E1: C C C", "E2: C C C"),
        make_case("E1: C I N", "E2: C I -"),
        make_case("E1: C I", "E2: C I", origin={"e1": "wire", "e2": "wire"}),
        make_case("E1: C I", "E2: C I", origin={"e1": "wire", "e2": "radio"}),
        make_case("E1: C I", "E2: C I", dates={"e1": "2024-01-01"}),
    ],
)
def test_rows_that_differ_or_say_where_they_come_from_are_left_alone(case):
    assert asked(checks.maybe_one_origin, case) == []


def test_among_five_hypotheses_one_step_apart_is_near_enough():
    case = make_case("E1: C I N N C", "E2: C I N N CC")
    (found,) = asked(checks.maybe_one_origin, case)
    assert "are rated nearly alike" in found.message


def test_items_of_one_origin_weigh_as_one():
    rows = ["E1: C I", "E2: C I", "E3: N I"]
    assert effective_items(build(make_case(*rows))) == pytest.approx(3)
    one = make_case(*rows, origin={"e1": "wire", "e2": "wire"})
    assert effective_items(build(one)) == pytest.approx(2)
    assert effective_items(build(make_case("E1: C I", credibility={"e1": 0}))) == 0
    assert effective_items(build(make_case())) == 0


def test_heavy_items_make_the_others_count_for_little():
    case = make_case("E1: C I", "E2: C I", credibility={"e1": 3.0, "e2": 1.0})
    assert effective_items(build(case)) == pytest.approx(16 / 10)


def test_many_items_of_few_origins_promise_too_much():
    rows = [f"E{i}: C I" for i in range(1, 6)]
    wire = {f"e{i}": "wire" for i in range(1, 6)}
    (found,) = asked(checks.few_carry_weight, make_case(*rows, origin=wire))
    assert "as uneven as if 1.0 of equal weight carried all" in found.message
    assert asked(checks.few_carry_weight, make_case(*rows)) == []


# ------------------------------------------------------- steps of the method


def test_the_steps_that_left_no_trace_are_named():
    found = messages(asked(checks.skipped_steps, make_case("E1: C")))
    assert found == [
        "Fewer than two hypotheses are in the matrix. What else could explain it?",
        found[1],
        "No assumption is named. What is taken for granted?",
    ]
    assert found[1].startswith("No item is an absence.")
    empty = messages(asked(checks.skipped_steps, make_case()))
    assert any(text.startswith("No evidence is in the matrix.") for text in empty)


def test_a_case_that_took_the_steps_is_not_asked():
    case = make_case("E1: C I", "E2: I C")
    case = changed(case, "e1", kind=Kind.ASSUMPTION)
    case = changed(case, "e2", kind=Kind.ABSENCE)
    assert asked(checks.skipped_steps, case) == []


def test_hypotheses_and_items_are_asked_for_what_they_leave_unsaid():
    case = make_case("E1: C I")
    assert [one.subject for one in asked(checks.left_unsaid, case)] == [
        Subject("hypothesis", "h1"),
        Subject("hypothesis", "h1"),
        Subject("hypothesis", "h2"),
        Subject("hypothesis", "h2"),
        Subject("evidence", "e1"),
    ]
    case = make_case("E1: C I", sources={"e1": "press"})
    for id_ in ("h1", "h2"):
        told = {"refuted_by": ("A denial",), "predicts": (Indicator("A parade"),)}
        case = changed(case, id_, **told)
    assert asked(checks.left_unsaid, case) == []


# ------------------------------------------------------- all together


def test_findings_stand_gravest_first():
    case = make_case("E1: N II", "E2: I C", "E3: N -", sources={"e1": "ministry"})
    order = [
        list(Severity).index(one.severity) for one in findings(assess(build(case)))
    ]
    assert order == sorted(order)
    assert {0, 1, 2} == set(order)


def test_a_finding_is_a_question_that_never_names_a_winner():
    forbidden = re.compile(r"winner|likely|probab|%|\bproven?\b|most", re.IGNORECASE)
    for seed in range(150):
        case, judgments, rule, count_all = random_case(seed)
        sources = (*case.sources, Source("idle", "Idle", interest="pay"))
        case = replace(case, sources=sources)
        matrix = build(case, judgments, rule, count_all=count_all)
        for one in findings(assess(matrix)):
            assert one.message.endswith("?"), one
            assert not forbidden.search(one.message), one
            assert one.document()["severity"] in {"serious", "caution", "note"}


def test_every_named_label_is_in_the_case():
    for seed in range(150):
        case, judgments, rule, count_all = random_case(seed)
        labels = {x.label for x in (*case.hypotheses, *case.evidence)}
        matrix = build(case, judgments, rule, count_all=count_all)
        for one in findings(assess(matrix)):
            assert set(re.findall(r"\b[EH]\d+\b", one.message)) <= labels


def test_who_would_lead_is_who_leads_when_it_is_left_out():
    said = re.compile(r"alone supports \(.*\), (.*) would be (?:least|best)")
    seen = 0
    for seed in range(300):
        case, judgments, rule, count_all = random_case(seed)
        matrix = build(case, judgments, rule, count_all=count_all)
        assessment = assess(matrix)
        for one in checks.one_source(sensitivity(matrix, assessment)):
            kept = [
                {c.source for c in item.sources} != {one.subject.id}
                for item in matrix.evidence
            ]
            then = assess(matrix.keep(kept)).leaders
            labels = [case.hypothesis[id_].label for id_ in then]
            match = said.search(one.message)
            assert (re.findall(r"H\d+", match[1]) if match else []) == labels
            seen += bool(match)
    assert seen > 10


def test_consistency_codes_in_a_message_are_those_of_the_cell():
    for seed in range(200):
        case, judgments, rule, _ = random_case(seed)
        matrix = build(case, judgments, rule)
        for one in checks.one_judgment(sensitivity(matrix)):
            to, from_, h = re.search(
                r"rated (\w+) rather than (\w+) against (H\d+)", one.message
            ).groups()
            column = [x.label for x in matrix.hypotheses].index(h)
            row = [x.id for x in matrix.evidence].index(one.subject.id)
            assert list(Consistency)[matrix.codes[row, column]] == from_
            assert to in {"CC", "C", "N", "I", "II"}
