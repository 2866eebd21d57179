"""Case, judgments and rule as arrays: what takes part, and what it weighs."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import math

import numpy as np
import pytest

from tests.builders import UNRATED as BLANK
from tests.builders import make_case, make_judgments
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Consistency, Question, Rating, Rule
from workbench.method.matrix import NA, UNRATED, Premises, build
from workbench.method.scoring import assess

ROOT = math.sqrt(2)


def weights(case, judgments=None, **options):
    """Build, and give the weights by item."""
    matrix = build(case, judgments, **options)
    found = zip(matrix.evidence, matrix.weights.tolist(), strict=True)
    return {item.id: pytest.approx(weight, rel=1e-12) for item, weight in found}


def rows(matrix):
    return [item.id for item in matrix.evidence]


# ------------------------------------------------------------------ what takes part


def test_codes_stand_in_label_order():
    matrix = build(make_case("E10: CC C N", "E2: I II NA", "E3: - - -"))
    assert rows(matrix) == ["e2", "e3", "e10"]
    assert matrix.codes.tolist() == [[3, 4, NA], [UNRATED] * 3, [0, 1, 2]]


def test_a_judgment_replaces_a_cell_and_leaves_the_case_alone():
    case = make_case("E1: CC C", "E2: N N")
    changed = build(case, make_judgments({("e1", "h1"): "II", ("e2", "h2"): BLANK}))
    assert changed.codes.tolist() == [[4, 1], [2, UNRATED]]
    assert build(case).codes.tolist() == [[0, 1], [2, 2]]


def test_empty_judgments_are_the_baseline():
    case = make_case("E1: CC I", "E2: - N", credibility={"e1": "high"})
    bare, empty = build(case), build(case, Judgments())
    assert bare.codes.tolist() == empty.codes.tolist()
    assert bare.weights.tolist() == empty.weights.tolist()
    assert bare.basis == empty.basis


@pytest.mark.parametrize("status", ["parked", "rejected"])
def test_a_hypothesis_that_is_parked_or_rejected_is_kept_and_not_scored(status):
    case = make_case("E1: CC I N", status={"h2": status})
    matrix = build(case, make_judgments({("e1", "h2"): "II", ("e1", "h3"): "I"}))
    assert [h.id for h in matrix.hypotheses] == ["h1", "h3"]
    assert matrix.codes.tolist() == [[0, 3]]
    assert case.hypothesis["h2"].status == status


def test_what_is_set_aside_or_excluded_is_not_there_at_all():
    case = make_case("E1: I N", "E2: I N", "E3: I N", set_aside=["e2"])
    assert rows(build(case)) == ["e1", "e3"]
    excluded = Judgments(exclusions={"e1": True, "e2": False})
    assert rows(build(case, excluded)) == ["e2", "e3"]


def test_an_emphasis_of_nothing_is_there_all_the_same():
    matrix = build(make_case("E1: I N"), Judgments(emphases={"e1": 0}))
    assert rows(matrix) == ["e1"]
    assert matrix.weights.tolist() == [0]


def test_judgments_about_what_is_not_there_change_nothing():
    case = make_case("E1: I N")
    stray = Judgments(
        ratings={("e9", "h1"): None, ("e1", "h9"): None},
        emphases={"e9": 0.0},
        exclusions={"e9": True},
        origins={"e9": "o"},
    )
    assert build(case, stray).codes.tolist() == build(case).codes.tolist()
    assert weights(case, stray) == {"e1": 1}


# ------------------------------------------------------------------ as of a day


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2023-12-31", []),
        ("2024-04-16", []),
        ("2024-04-17", ["e1"]),
        ("2024-04-29", ["e1"]),
        ("2024-04-30", ["e1", "e2"]),  # a month counts from its last day
        ("2024-12-30", ["e1", "e2", "e4"]),
        ("2024-12-31", ["e1", "e2", "e3", "e4"]),  # a year likewise
    ],
)
def test_only_what_had_happened_by_a_day_counts(day, expected):
    case = make_case(
        *[f"E{number}: I N" for number in range(1, 5)],
        dates={"e1": "2024-04-17", "e2": "2024-04", "e3": "2024"},
        as_of="2024-06-01",
    )
    matrix = build(case, as_of=dt.date.fromisoformat(day))
    assert rows(matrix) == expected


def test_an_undated_item_counts_from_the_day_of_the_question():
    case = make_case("E1: I N", as_of="2024-06-01")
    assert rows(build(case, as_of=dt.date(2024, 5, 31))) == []
    assert rows(build(case, as_of=dt.date(2024, 6, 1))) == ["e1"]
    assert rows(build(case)) == ["e1"]


def test_an_undated_item_of_an_undated_question_counts_always():
    case = make_case("E1: I N")
    assert rows(build(case, as_of=dt.date(1, 1, 1))) == ["e1"]


def test_without_a_day_everything_counts_even_what_is_dated_later_than_the_question():
    case = make_case("E1: I N", dates={"e1": "2030"}, as_of="2024-01-01")
    assert rows(build(case)) == ["e1"]


# ------------------------------------------------------------------ weights


def test_weight_is_the_product_of_all_its_factors():
    case = make_case(
        "E1: I N",
        credibility={"e1": "high"},
        relevance={"e1": "low"},
        sources={"e1": "wire"},
    )
    assert weights(case) == {"e1": 1}
    judgments = Judgments(
        credibility={"e1": 3.0},
        relevance={"e1": "high"},
        emphases={"e1": 0.5},
        source_emphases={"wire": 0.2},
    )
    assert weights(case, judgments) == {"e1": 3 * ROOT * 0.5 * 0.2}


def test_levels_do_not_count_where_the_rule_has_none():
    case = make_case("E1: I N", credibility={"e1": 0.0}, relevance={"e1": "high"})
    judgments = Judgments(emphases={"e1": 0.5})
    assert weights(case, judgments, rule=Rule.INCONSISTENCY) == {"e1": 0.5}
    assert weights(case, judgments, rule=Rule.WEIGHTED_INCONSISTENCY) == {"e1": 0}


def test_an_item_of_several_sources_has_the_emphasis_of_the_best():
    case = make_case("E1: I N", sources={"e1": ["wire", "pilot"]})
    both = Judgments(source_emphases={"wire": 0.2, "pilot": 0.6})
    assert weights(case, both) == {"e1": 0.6}
    assert weights(case, Judgments(source_emphases={"wire": 0.2})) == {"e1": 1}


def test_an_item_without_sources_is_moved_by_none():
    case = make_case("E1: I N", "E2: I N", sources={"e2": "wire"})
    judgments = Judgments(source_emphases={"wire": 0})
    assert weights(case, judgments) == {"e1": 1, "e2": 0}


# ------------------------------------------------------------------ origins


def test_items_of_one_origin_weigh_together_as_much_as_the_heaviest():
    case = make_case(
        "E1: I N",
        "E2: I N",
        "E3: I N",
        "E4: I N",
        credibility={"e1": 4.0, "e2": 2.0, "e3": 2.0},
        origin={"e1": "o", "e2": "o", "e3": "o"},
    )
    assert weights(case) == {"e1": 2, "e2": 1, "e3": 1, "e4": 1}
    matrix = build(case)
    assert matrix.origin_factors.tolist() == [0.5, 0.5, 0.5, 1]


def test_one_report_repeated_three_times_is_one_report():
    one = assess(build(make_case("E1: II N")))
    group = {"e1": "o", "e2": "o", "e3": "o"}
    three = assess(build(make_case("E1: II N", "E2: II N", "E3: II N", origin=group)))
    assert [h.score for h in three.hypotheses] == pytest.approx(
        [h.score for h in one.hypotheses]
    )


def test_an_origin_of_one_item_is_no_group():
    assert weights(make_case("E1: I N", origin={"e1": "o"})) == {"e1": 1}


def test_groups_are_counted_apart():
    case = make_case(
        *[f"E{number}: I N" for number in range(1, 6)],
        origin={"e1": "a", "e2": "b", "e3": "a", "e4": "b", "e5": "b"},
    )
    third = pytest.approx(1 / 3)
    assert weights(case) == {
        "e1": 0.5,
        "e2": third,
        "e3": 0.5,
        "e4": third,
        "e5": third,
    }


def test_a_group_whose_items_all_weigh_nothing_has_the_factor_one():
    case = make_case(
        "E1: I N",
        "E2: I N",
        credibility={"e1": 0.0, "e2": 0.0},
        origin={"e1": "o", "e2": "o"},
    )
    assert build(case).origin_factors.tolist() == [1, 1]
    assert weights(case) == {"e1": 0, "e2": 0}


def test_a_group_is_counted_anew_when_an_item_leaves_it():
    group = dict.fromkeys(["e1", "e2", "e3"], "o")
    case = make_case("E1: I N", "E2: I N", "E3: I N", origin=group)
    assert weights(case) == dict.fromkeys(group, 1 / 3)
    half = {"e2": 0.5, "e3": 0.5}
    assert weights(case, Judgments(exclusions={"e1": True})) == half
    assert weights(case, Judgments(origins={"e1": ""})) == {"e1": 1, **half}
    kept = build(case).keep(np.array([False, True, True]))
    assert kept.weights.tolist() == [0.5, 0.5]


def test_a_set_aside_item_is_in_no_group():
    group = dict.fromkeys(["e1", "e2"], "o")
    case = make_case("E1: I N", "E2: I N", origin=group, set_aside=["e2"])
    assert weights(case) == {"e1": 1}


def test_an_item_may_join_a_group_by_judgment():
    case = make_case("E1: I N", "E2: I N", origin={"e1": "o"})
    assert weights(case, Judgments(origins={"e2": "o"})) == {"e1": 0.5, "e2": 0.5}


def test_emphasis_does_not_change_what_a_group_shares_out():
    """Turning one item down is not evidence that another is worth more."""
    case = make_case("E1: I N", "E2: I N", origin={"e1": "o", "e2": "o"})
    judgments = Judgments(emphases={"e1": 0})
    assert weights(case, judgments) == {"e1": 0, "e2": 0.5}


def test_a_group_counts_heads_where_the_rule_has_no_levels():
    case = make_case(
        "E1: I N",
        "E2: I N",
        credibility={"e1": 9.0},
        origin={"e1": "o", "e2": "o"},
    )
    assert weights(case, rule=Rule.INCONSISTENCY) == {"e1": 0.5, "e2": 0.5}


def test_counting_all_counts_each_item_of_an_origin():
    case = make_case("E1: I N", "E2: I N", origin={"e1": "o", "e2": "o"})
    assert weights(case, count_all=True) == {"e1": 1, "e2": 1}


# ------------------------------------------------------------------ edges


def test_a_case_with_nothing_in_it_has_a_matrix():
    matrix = build(Case(Question("Why?", "It")))
    assert matrix.codes.shape == (0, 0)
    assert assess(matrix).ranking == ()


def test_a_case_without_evidence_has_columns():
    matrix = build(make_case())
    assert matrix.codes.shape == (0, 2)
    assert not matrix.ranked.any()


def test_rows_can_all_be_taken_away():
    matrix = build(make_case("E1: I N", origin={"e1": "o"}))
    assert assess(matrix.keep(np.array([False]))).ranking == ()


# ------------------------------------------------------------------ the fingerprint

CASE = make_case(
    "E1: I N",
    "E2: C I",
    sources={"e1": ["wire", "pilot"]},
    origin={"e1": "o", "e2": "o"},
)


def fingerprint(case=CASE, judgments=None, rule=Rule.NET_SUPPORT, **options):
    return Premises(case, judgments or Judgments(), rule, **options).fingerprint


def test_the_fingerprint_names_every_part_of_its_basis():
    item = CASE.evidence[0]
    question = CASE.question
    wording = dataclasses.replace(question, question="Why not?")
    reworded = dataclasses.replace(item, caveat="Hm.")
    reason = dataclasses.replace(item, ratings={"h1": Rating(Consistency.I, "So.")})
    because = Rating(Consistency.C, "So.")
    found = [
        fingerprint(),
        fingerprint(dataclasses.replace(CASE, question=wording)),
        fingerprint(dataclasses.replace(CASE, evidence=(reworded, CASE.evidence[1]))),
        fingerprint(dataclasses.replace(CASE, evidence=(reason, CASE.evidence[1]))),
        fingerprint(dataclasses.replace(CASE, evidence=CASE.evidence[:1])),
        fingerprint(dataclasses.replace(CASE, hypotheses=CASE.hypotheses[:1])),
        fingerprint(dataclasses.replace(CASE, sources=CASE.sources[:1])),
        fingerprint(judgments=make_judgments({("e1", "h1"): "C"})),
        fingerprint(judgments=make_judgments({("e1", "h1"): BLANK})),
        fingerprint(judgments=Judgments(ratings={("e1", "h1"): because})),
        fingerprint(judgments=Judgments(credibility={"e1": "low"})),
        fingerprint(judgments=Judgments(relevance={"e1": "low"})),
        fingerprint(judgments=Judgments(emphases={"e1": 0.5})),
        fingerprint(judgments=Judgments(source_emphases={"wire": 0.5})),
        fingerprint(judgments=Judgments(origins={"e1": ""})),
        fingerprint(judgments=Judgments(exclusions={"e1": True})),
        fingerprint(rule=Rule.COMPENSATORY),
        fingerprint(as_of=dt.date(2024, 1, 1)),
        fingerprint(count_all=True),
    ]
    assert len(set(found)) == len(found)
    assert all(one.startswith("sha256:") and len(one) == 71 for one in found)


def test_the_fingerprint_does_not_depend_on_the_order_of_making():
    emphases = {"e1": 0.5, "e2": 2.0}
    ratings = dict(reversed(CASE.evidence[0].ratings.items()))
    item = dataclasses.replace(CASE.evidence[0], ratings=ratings)
    turned = Case(
        CASE.question,
        CASE.hypotheses[::-1],
        CASE.sources[::-1],
        (CASE.evidence[1], item),
    )
    one = fingerprint(judgments=Judgments(emphases=emphases))
    other = fingerprint(turned, Judgments(emphases=dict(reversed(emphases.items()))))
    assert one == other


def test_the_fingerprint_can_be_computed_by_anybody():
    """SHA-256 of JSON with sorted keys and no spaces, in UTF-8."""
    named = {"statement": "Statement of H1.", "title": "Title of H1"}
    content = {
        "case": {
            "question": {
                "question": "Why did it happen?",
                "title": "It",
                "format": 1,
                "rule": "weighted-inconsistency",
            },
            "hypotheses": {"h1": {"label": "H1", **named, "status": "active"}},
            "sources": {},
            "evidence": {},
        },
        "judgments": Judgments().document(),
        "rule": "net-support",
        "independence": "count-once",
        "as_of": "2024-01-01",
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    expected = f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"
    case = make_case(hypotheses=["H1"])
    assert fingerprint(case, as_of=dt.date(2024, 1, 1)) == expected
