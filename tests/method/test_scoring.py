"""Scores, ranking, coverage and flags; and the faults of other tools, made impossible.

The tests under the last heading name arithmetic that was found in other programs.
"""

from __future__ import annotations

import json

import numpy as np
import pytest

from tests.builders import UNRATED as BLANK
from tests.builders import make_case, make_judgments
from workbench.case.judgments import Judgments
from workbench.case.model import Rule
from workbench.method import scoring
from workbench.method.matrix import build
from workbench.method.scoring import TIE, assess, every_rule


def assessed(*rows, judgments=None, rule=None, count_all=False, **case):
    return assess(build(make_case(*rows, **case), judgments, rule, count_all=count_all))


def scores(result):
    return [h.score for h in result.hypotheses]


def ranks(result):
    return [h.rank for h in result.hypotheses]


# ------------------------------------------------------------------ ranking


def test_the_least_inconsistent_stands_first():
    result = assessed("E1: CC I II", "E2: N N I")
    assert scores(result) == [0, 1, 3]
    assert result.ranking == (("h1",), ("h2",), ("h3",))
    assert result.leaders == ("h1",)
    assert result.margin == 1


def test_the_best_supported_stands_first_under_net_support():
    result = assessed("E1: CC C II", rule=Rule.NET_SUPPORT)
    assert scores(result) == [2, 1, -2]
    assert result.ranking == (("h1",), ("h2",), ("h3",))
    assert result.margin == 1


def test_ranks_after_a_tie_skip():
    result = assessed("E1: N N I II II")
    assert ranks(result) == [1, 1, 3, 4, 4]
    assert [h.tied for h in result.hypotheses] == [True, True, False, True, True]
    assert result.ranking == (("h1", "h2"), ("h3",), ("h4", "h5"))


def test_a_tie_at_the_top_has_no_margin():
    assert assessed("E1: N N I").margin == 0


def test_one_group_alone_has_no_margin_to_speak_of():
    assert assessed("E1: N -").margin is None
    assert assessed("E1: N N").margin == 0  # several lead


def test_without_a_ranking_there_is_no_margin():
    result = assessed("E1: - NA")
    assert result.margin is None
    assert result.leaders == ()
    assert result.ranking == ()


def test_the_margin_is_to_the_second_group_not_within_the_first():
    assert assessed("E1: N II I I").margin == 1


@pytest.mark.parametrize(
    ("apart", "tied"), [(0.0, True), (0.9e-9, True), (1.1e-9, False), (1e-6, False)]
)
def test_values_within_a_billionth_are_a_tie(apart, tied):
    """Between nought and a weight, so that no rounding blurs the edge."""
    result = assessed("E1: N I", credibility={"e1": apart})
    assert (len(result.ranking) == 1) is tied
    assert all(h.tied is tied for h in result.hypotheses)


def test_a_tie_is_with_the_first_of_its_group_and_so_never_a_chain():
    found = np.array([0.0, 0.8 * TIE, 1.6 * TIE, 2.4 * TIE])
    assert scoring.rank(found, [True] * 4, least_first=True) == [[0, 1], [2, 3]]
    assert scoring.rank(found, [True] * 4, least_first=False) == [[2, 3], [0, 1]]


def test_sums_that_ought_to_be_equal_are():
    """.1 ten times over is not 1 in plain floating-point addition."""
    rows = [f"E{number}: I N" for number in range(1, 11)]
    levels = {f"e{number}": 0.1 for number in range(1, 11)}
    result = assessed(*rows, "E11: N I", credibility=levels)
    assert result.ranking == (("h1", "h2"),)
    assert result.standing["h1"].score == 1


def test_standings_are_given_in_label_order_and_in_order_of_rank():
    result = assessed("E1: II - N I")
    assert [h.id for h in result.hypotheses] == ["h1", "h2", "h3", "h4"]
    assert [h.id for h in result.in_order] == ["h3", "h4", "h1", "h2"]


def test_no_score_is_minus_nothing():
    result = assessed("E1: N N", rule=Rule.NET_SUPPORT, credibility={"e1": 0.0})
    assert all(str(score) == "0.0" for score in scores(result))
    result = assessed("E1: I I", rule=Rule.NET_SUPPORT, credibility={"e1": 0.0})
    assert all(str(score) == "0.0" for score in scores(result))


# ------------------------------------------------------------------ coverage


def test_coverage_counts_not_applicable_and_neutral_as_done():
    result = assessed("E1: NA -", "E2: N -", "E3: C -", "E4: - C")
    assert [h.coverage for h in result.hypotheses] == [0.75, 0.25]


def test_informative_counts_what_says_something_and_has_weight():
    result = assessed(
        "E1: CC C",
        "E2: N I",
        "E3: NA II",
        "E4: - CC",
        judgments=Judgments(emphases={"e4": 0}),
    )
    assert [h.informative for h in result.hypotheses] == [0.25, 0.75]
    assert [h.coverage for h in result.hypotheses] == [0.75, 1]


def test_what_is_set_aside_or_excluded_counts_in_no_share():
    result = assessed(
        "E1: C -",
        "E2: - C",
        "E3: - C",
        set_aside=["e2"],
        judgments=Judgments(exclusions={"e3": True}),
    )
    assert [h.coverage for h in result.hypotheses] == [1, 0]


def test_an_item_of_emphasis_nothing_counts_in_coverage():
    result = assessed("E1: C -", judgments=Judgments(emphases={"e1": 0}))
    assert [h.coverage for h in result.hypotheses] == [1, 0]
    assert [h.rank for h in result.hypotheses] == [1, None]


# ------------------------------------------------------------------ flags


def test_unrated_is_said_of_what_nobody_judged():
    result = assessed("E1: I - NA")
    assert "unrated" not in result.standing["h1"].flags
    assert "unrated" in result.standing["h2"].flags
    assert "unrated" in result.standing["h3"].flags


def test_unchallenged_is_said_where_nothing_that_counts_speaks_against():
    result = assessed("E1: CC I II N", "E2: I C C C", credibility={"e2": 0.0})
    flagged = [h.id for h in result.hypotheses if "unchallenged" in h.flags]
    assert flagged == ["h1", "h4"]


def test_vague_is_said_below_a_third():
    rows = ["E1: I C", "E2: N N", "E3: N N"]
    assert all("vague" not in h.flags for h in assessed(*rows).hypotheses)  # a third
    result = assessed(*rows, "E4: N N")
    assert all("vague" in h.flags for h in result.hypotheses)


def test_vague_is_said_below_half_of_the_most_telling():
    rows = ["E1: C C", "E2: C C", "E3: C N", "E4: C N"]
    assert "vague" not in assessed(*rows).standing["h2"].flags  # half
    result = assessed(*rows, "E5: C N", "E6: N C", "E7: C N", "E8: C N")
    assert result.standing["h2"].informative > 1 / 3
    assert "vague" in result.standing["h2"].flags
    assert "vague" not in result.standing["h1"].flags


# ------------------------------------------------------------------ diagnosticity


def diagnosticity(*rows, **case):
    return [one.diagnosticity for one in assessed(*rows, **case).evidence]


def test_what_fits_every_hypothesis_alike_separates_nothing():
    rows = [f"E{n}: {code} {code} {code}" for n, code in enumerate(("CC", "N", "II"))]
    assert diagnosticity(*rows) == [0, 0, 0]


def test_the_most_diagnostic_item_divides_the_hypotheses_in_halves():
    assert diagnosticity("E1: CC CC II II") == [2]


def test_not_applicable_and_unrated_are_skipped_and_neutral_is_not():
    found = diagnosticity("E1: C II NA", "E2: C II -", "E3: C II N")
    assert found[0] == found[1] == 1.5
    assert found[2] == pytest.approx(1.2472191289)


def test_one_rating_alone_cannot_separate():
    assert diagnosticity("E1: II NA -", "E2: - - -") == [0, 0]


def test_a_parked_hypothesis_is_not_separated_from_any():
    assert diagnosticity("E1: C II C", status={"h2": "parked"}) == [0]


def test_weighted_diagnosticity_is_that_times_the_weight():
    result = assessed(
        "E1: CC II", "E2: CC II", credibility={"e1": 0.5}, judgments=Judgments()
    )
    assert [one.weighted_diagnosticity for one in result.evidence] == [1, 2]
    assert [one.weight for one in result.evidence] == [0.5, 1]


# ------------------------------------------------------------------ the result


def test_every_rule_is_computed_side_by_side_from_the_same_judgments():
    case = make_case("E1: CC I", "E2: II N", rule=Rule.NET_SUPPORT)
    judgments = make_judgments({("e2", "h1"): "I"})
    found = every_rule(build(case, judgments, count_all=True))
    assert list(found) == list(Rule)
    assert all(result.matrix.basis.judgments == judgments for result in found.values())
    assert all(result.matrix.basis.count_all for result in found.values())
    assert scores(found[Rule.SQUARED_INCONSISTENCY]) == [1, 1]
    assert scores(found[Rule.NET_SUPPORT]) == [1, -1]
    assert scores(found[Rule.COMPENSATORY]) == [1, 2]


def test_the_result_as_plain_values():
    result = assessed("E1: I - N", "E2: I N N", rule=Rule.INCONSISTENCY)
    document = json.loads(json.dumps(result.document("ann"), allow_nan=False))
    assert list(document) == [
        "question",
        "rule",
        "analyst",
        "as_of",
        "independence",
        "fingerprint",
        "hypotheses",
        "ranking",
        "evidence",
    ]
    assert document["analyst"] == "ann"
    assert document["rule"] == "inconsistency"
    assert document["as_of"] is None
    assert document["independence"] == "count-once"
    assert document["fingerprint"] == result.fingerprint
    assert document["ranking"] == [["h2", "h3"], ["h1"]]
    assert document["hypotheses"][1] == {
        "id": "h2",
        "label": "H2",
        "title": "Title of H2",
        "score": 0.0,
        "rank": 1,
        "tied": True,
        "coverage": 0.5,
        "informative": 0.0,
        "flags": ["unchallenged", "vague"],
    }
    assert document["evidence"][1] == {
        "id": "e2",
        "label": "E2",
        "weight": 1.0,
        "diagnosticity": pytest.approx(0.4714045208),
        "weighted_diagnosticity": pytest.approx(0.4714045208),
    }


# ------------------------------------------------------------------ others' faults


@pytest.mark.parametrize("rule", Rule)
def test_an_unrated_hypothesis_never_leads_and_has_no_rank(rule):
    """Others give it a score of 0, the best there is, and name it preferred."""
    result = assessed("E1: II - NA", "E2: I - -", rule=rule)
    assert result.ranking == (("h1",),)
    assert ranks(result) == [1, None, None]
    assert result.in_order[0].id == "h1"
    assert not result.standing["h2"].tied


def test_nothing_rated_means_nothing_preferred():
    result = assessed("E1: - -", "E2: - -")
    assert result.leaders == ()
    assert ranks(result) == [None, None]


def test_unrated_is_not_neutral():
    """Both add nothing to a score; they differ in everything else."""
    neutral, unrated = assessed("E1: N I"), assessed("E1: - I")
    assert scores(neutral) == scores(unrated)
    assert neutral.standing["h1"].rank == 1
    assert unrated.standing["h1"].rank is None
    assert neutral.standing["h1"].coverage > unrated.standing["h1"].coverage
    assert neutral.evidence[0].diagnosticity == 0.5
    assert unrated.evidence[0].diagnosticity == 0


def test_a_count_never_outranks_a_weight():
    """One II on credible evidence against two II on evidence worth next to nothing."""
    rows = ["E1: II N", "E2: N II", "E3: N II"]
    result = assessed(*rows, credibility={"e1": 1.0, "e2": 0.05, "e3": 0.05})
    assert result.ranking == (("h2",), ("h1",))


def test_a_tie_that_breaks_or_appears_is_another_set_of_leaders():
    """Others call it no change, since the first of the list stays first."""
    rows = ["E1: CC C I", "E2: C II I", "E3: N N N", "E4: NA C II"]
    matrix = build(make_case(*rows), rule=Rule.INCONSISTENCY)
    without = matrix.keep(np.array([True, False, True, True]))
    assert assess(matrix).leaders == ("h1",)
    assert assess(without).leaders == ("h1", "h2")


def test_equal_scores_have_equal_ranks():
    """Others let the first column win."""
    result = assessed("E1: I I I")
    assert ranks(result) == [1, 1, 1]
    assert all(h.tied for h in result.hypotheses)


def test_an_item_against_every_hypothesis_separates_none():
    """Others take the row's total, and put it on top of their list."""
    found = {
        one.id: one.diagnosticity for one in assessed("E1: II II", "E2: C N").evidence
    }
    assert found["e1"] == 0
    assert found["e2"] > 0


@pytest.mark.parametrize("rule", Rule)
def test_the_first_place_is_the_best_under_every_rule(rule):
    """Others list the most inconsistent first in some of their views."""
    result = assessed("E1: CC II", rule=rule)
    assert result.leaders == ("h1",)


def test_an_item_of_several_ratings_is_not_diluted_by_what_does_not_apply():
    """Others add 4 for {II} and 1 for {II, NA}."""
    assert diagnosticity("E1: CC II NA NA NA NA") == [2]
    assert scores(assessed("E1: II NA")) == [2, 0]


@pytest.mark.parametrize(
    "rule", [rule for rule in Rule if rule is not Rule.NET_SUPPORT][:4]
)
def test_consistency_buys_nothing_back(rule):
    """Others put a hypothesis once contradicted before one that is not."""
    result = assessed("E1: I N", "E2: CC N", "E3: CC N", rule=rule)
    assert result.leaders == ("h2",)


def test_no_score_is_scaled_to_a_hundred():
    assert scores(assessed("E1: CC II I", "E2: C I II")) == [0, 3, 3]


def test_diagnosticity_does_not_saturate():
    """Others call 13 against 3, both in support, fully diagnostic."""
    support = [f"E{number}: CC C" for number in range(1, 11)]
    assert set(diagnosticity(*support)) == {0.5}


def test_what_nobody_weighed_weighs_as_medium():
    """Others give the unknown a weight of its own between best and worst."""
    assert [one.weight for one in assessed("E1: I N").evidence] == [1]


def test_the_same_weights_go_into_every_figure():
    """Others weigh the matrix and not the charts, or the numerator alone."""
    result = assessed("E1: II N", "E2: N I", credibility={"e1": "low", "e2": 3.0})
    weight = {one.id: one.weight for one in result.evidence}
    assert result.standing["h1"].score == pytest.approx(2 * weight["e1"])
    assert result.standing["h2"].score == pytest.approx(weight["e2"])


def test_a_cell_unrated_on_purpose_takes_a_rank_away():
    result = assessed("E1: I N", judgments=make_judgments({("e1", "h2"): BLANK}))
    assert ranks(result) == [1, None]
