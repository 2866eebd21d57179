from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import given, strategies

from tests.builders import make_case, make_hypothesis, make_judgments
from workbench.case.model import Consistency
from workbench.errors import WorkbenchError
from workbench.method.matrix import build
from workbench.method.probability import (
    CONVENTION,
    ICD_203,
    JEFFREYS,
    KASS_RAFTERY,
    PHIA,
    Coherence,
    band,
    cautions,
    coherentize,
    incoherence,
    normalised,
    posterior,
    priors,
    projected,
    reported_ratio,
    term,
    updated,
    updated_odds,
)

PUBLISHED = Path(__file__).parents[1] / "published"


def published(name):
    return yaml.safe_load((PUBLISHED / f"{name}.yaml").read_text(encoding="utf-8"))


COHERENTIZATION = published("coherentization")
BAYES = published("bayes_odds")
EQUAL = (0.5, 0.5)

# ------------------------------------------------------- coherence


@pytest.mark.parametrize("one", COHERENTIZATION["cases"], ids=lambda c: str(c["raw"]))
def test_published_coherentizations(one):
    raw = one["raw"]
    assert projected(raw) == pytest.approx(one["cap"], abs=1e-8)
    assert normalised(raw) == pytest.approx(one["normalised"], abs=1e-8)
    assert incoherence(raw) == pytest.approx(one["incoherence"], abs=1e-8)
    if "wrong" in one:  # shift, then clamp
        assert projected(raw) != pytest.approx(one["wrong"], abs=1e-3)


SHARES = strategies.lists(
    strategies.floats(0, 1, allow_subnormal=True), min_size=1, max_size=12
)
ANY = strategies.lists(strategies.floats(-1e300, 1e300), min_size=1, max_size=12)


@given(ANY)
def test_a_projection_is_never_negative_sums_to_one_and_stays(raw):
    found = projected(raw)
    assert min(found) >= 0
    assert math.fsum(found) == pytest.approx(1, abs=1e-12)
    assert projected(found) == pytest.approx(found, abs=1e-12)


@given(SHARES.filter(any))
def test_normalised_estimates_are_never_negative_sum_to_one_and_stay(raw):
    found = normalised(raw)
    assert min(found) >= 0
    assert math.fsum(found) == pytest.approx(1, abs=1e-12)
    assert normalised(found) == pytest.approx(found, abs=1e-12)


@given(SHARES, SHARES)
def test_no_coherent_estimate_is_nearer_than_the_projection(raw, other):
    rival = projected((other * len(raw))[: len(raw)])
    assert incoherence(raw) <= math.dist(raw, rival) + 1e-9


@given(SHARES)
def test_the_order_of_estimates_is_kept(raw):
    found = projected(raw)
    pairs = sorted(zip(raw, found, strict=True))
    assert [p for _, p in pairs] == sorted(found)


def test_estimates_that_are_all_nothing_cannot_be_normalised():
    with pytest.raises(WorkbenchError, match="all 0"):
        coherentize([0.0, 0.0])
    projection = coherentize([0.0, 0.0], Coherence.PROJECT)
    assert projection.probabilities == pytest.approx((0.5, 0.5))


@pytest.mark.parametrize("raw", [[-0.1, 0.5], [1.1, 0.2], [math.nan, 0.2]])
def test_an_estimate_is_a_number_from_0_to_1(raw):
    with pytest.raises(WorkbenchError, match="from 0 to 1"):
        coherentize(raw)


def test_the_raw_estimates_and_their_incoherence_are_kept():
    found = coherentize([0.5, 0.4, 0.3])
    assert found.raw == (0.5, 0.4, 0.3)
    assert found.how is Coherence.NORMALISE
    assert found.incoherence == pytest.approx(0.1154700538)


def test_what_is_not_finite_has_no_nearest_point():
    with pytest.raises(WorkbenchError, match="finite"):
        projected([math.inf, 0.0])
    assert projected([]) == ()


# ------------------------------------------------------- updating


@pytest.mark.parametrize("one", BAYES["updates"], ids=lambda c: c["posterior"])
def test_published_updates(one):
    expected = float(Fraction(one["posterior"]))
    assert updated_odds(one["prior"], one["ratios"]) == pytest.approx(expected)


@pytest.mark.parametrize("one", BAYES["several"], ids=lambda c: str(c["posteriors"]))
def test_published_updates_of_several_hypotheses(one):
    expected = [float(Fraction(p)) for p in one["posteriors"]]
    assert updated(one["priors"], one["likelihoods"]) == pytest.approx(expected)


@pytest.mark.parametrize("one", BAYES["reliability"], ids=lambda c: c["ratio"])
def test_a_sources_own_habits_discount_the_ratio(one):
    found = reported_ratio(
        one["p_e_h"],
        one["p_e_not_h"],
        hit=one["hit"],
        false_alarm=one["false_alarm"],
    )
    assert found == pytest.approx(float(Fraction(one["ratio"])))


def test_a_false_alarm_hurts_more_than_a_miss():
    missed = reported_ratio(0.8, 0.1, hit=0.9, false_alarm=0.0)
    false = reported_ratio(0.8, 0.1, hit=1.0, false_alarm=0.1)
    assert missed == pytest.approx(8)
    assert false == pytest.approx(0.82 / 0.19)


def test_a_report_that_could_not_be_made_has_no_ratio():
    with pytest.raises(WorkbenchError, match="impossible"):
        reported_ratio(0.8, 0.0, hit=1.0, false_alarm=0.0)


def test_strong_evidence_for_a_rare_thing_leaves_it_rare():
    assert updated_odds(0.01, [20]) < 0.2


def test_thousands_of_items_do_not_underflow():
    found = updated([0.5, 0.5], [[1e-200, 1e-201]] * 3000)
    assert found == pytest.approx((1, 0))


def test_where_everything_is_impossible_there_is_no_probability():
    with pytest.raises(WorkbenchError, match="impossible"):
        updated([0.5, 0.5], [[1.0, 0.0], [0.0, 1.0]])


# ------------------------------------------------------- priors


def test_priors_are_equal_unless_stated():
    hypotheses = [make_hypothesis("H1"), make_hypothesis("H2")]
    assert priors(hypotheses) == (0.5, 0.5)
    assert priors([]) == ()


def test_stated_priors_are_normalised():
    hypotheses = [make_hypothesis("H1", prior=0.6), make_hypothesis("H2", prior=0.2)]
    assert priors(hypotheses) == pytest.approx((0.75, 0.25))


def test_the_analysts_own_prior_goes_before_the_cases():
    hypotheses = [make_hypothesis("H1", prior=0.5), make_hypothesis("H2", prior=0.5)]
    assert priors(hypotheses, {"h1": 0.9, "h2": 0.1}) == pytest.approx((0.9, 0.1))


def test_priors_not_stated_share_what_is_left():
    hypotheses = [make_hypothesis("H1", prior=0.5), *map(make_hypothesis, ("H2", "H3"))]
    assert priors(hypotheses) == pytest.approx((0.5, 0.25, 0.25))


def test_priors_that_leave_nothing_to_others_are_refused():
    hypotheses = [make_hypothesis("H1", prior=1.0), make_hypothesis("H2")]
    with pytest.raises(WorkbenchError, match="leave nothing for H2"):
        priors(hypotheses)


def test_priors_that_are_all_nothing_are_refused():
    with pytest.raises(WorkbenchError, match="priors are all 0"):
        priors([make_hypothesis("H1", prior=0.0)])


def test_a_prior_is_a_number_from_0_to_1():
    with pytest.raises(WorkbenchError, match="H1: prior 2"):
        priors([make_hypothesis("H1")], {"h1": 2.0})


# ------------------------------------------------------- from a matrix


def test_one_item_moves_the_odds_by_the_ratio_of_the_convention():
    found = posterior(build(make_case("E1: CC II")), EQUAL)
    odds = found.probabilities[0] / found.probabilities[1]
    assert odds == pytest.approx(CONVENTION["CC"] / CONVENTION["II"])


@pytest.mark.parametrize("row", ["N N", "NA NA", "- -", "I I", "NA N", "- N"])
def test_an_item_that_does_not_separate_moves_nothing(row):
    found = posterior(build(make_case(f"E1: {row}")), (0.3, 0.7))
    assert found.probabilities == pytest.approx((0.3, 0.7))


def test_a_weight_tempers_the_likelihood():
    case = make_case("E1: CC II", credibility={"e1": 0.5})
    found = posterior(build(case), EQUAL).probabilities
    assert found[0] / found[1] == pytest.approx(9**0.5)


def test_an_emphasis_of_nothing_leaves_the_priors():
    matrix = build(make_case("E1: CC II"), make_judgments(emphases={"e1": 0.0}))
    assert posterior(matrix, EQUAL).probabilities == pytest.approx(EQUAL)


def test_items_of_one_origin_count_once():
    once = posterior(build(make_case("E1: C I")), EQUAL)
    twice = make_case("E1: C I", "E2: C I", origin={"e1": "wire", "e2": "wire"})
    found = posterior(build(twice), EQUAL)
    assert found.probabilities == pytest.approx(once.probabilities)


def test_a_waterfall_adds_up_to_the_posterior_odds():
    matrix = build(make_case("E1: CC II N", "E2: I C N", "E3: NA I CC"))
    found = posterior(matrix, (0.2, 0.3, 0.5))
    falls = found.waterfall("h1", "h2")
    assert falls.prior == pytest.approx(math.log(2 / 3))
    assert [id_ for id_, _ in falls.items] == ["e1", "e2", "e3"]
    odds = found.probabilities[0] / found.probabilities[1]
    assert falls.posterior == pytest.approx(math.log(odds))
    total = falls.prior + sum(step for _, step in falls.items)
    assert total == pytest.approx(falls.posterior)


def test_a_prior_of_nothing_stays_nothing():
    found = posterior(build(make_case("E1: CC II")), (0.0, 1.0))
    assert found.probabilities == (0, 1)
    assert found.waterfall("h1", "h2").posterior == -math.inf


def test_only_ratios_of_the_convention_matter():
    halved = {code: value / 2 for code, value in CONVENTION.items()}
    matrix = build(make_case("E1: CC II", "E2: I NA"))
    assert posterior(matrix, EQUAL, halved).probabilities == pytest.approx(
        posterior(matrix, EQUAL).probabilities
    )


@pytest.mark.parametrize("value", [0.0, 1.5, -0.1, math.nan])
def test_a_likelihood_is_above_0_and_at_most_1(value):
    matrix = build(make_case("E1: CC II"))
    with pytest.raises(WorkbenchError, match="likelihood of II"):
        posterior(matrix, EQUAL, {**CONVENTION, Consistency.II: value})


def test_the_convention_reads_as_the_codes_do():
    values = [CONVENTION[code] for code in list(Consistency)[:5]]
    assert values == sorted(values, reverse=True)


@given(strategies.integers(0, 10_000))
def test_posteriors_of_any_matrix_sum_to_one(seed):
    codes = ["CC", "C", "N", "I", "II", "NA", "-"]
    row = [codes[(seed // 7**k) % 7] for k in range(4)]
    matrix = build(make_case(f"E1: {' '.join(row)}", f"E2: {' '.join(row[::-1])}"))
    found = posterior(matrix, priors(matrix.hypotheses)).probabilities
    assert min(found) >= 0
    assert math.fsum(found) == pytest.approx(1)


def test_what_the_probabilities_leave_out_is_said():
    case = make_case("E1: C I", "E2: C -", "E3: C I", origin={"e1": "a", "e3": "a"})
    said = cautions(build(case, count_all=True))
    assert [text.split()[0] for text in said] == ["No", "2", "1"]
    told = make_case("E1: C I")
    matrix = build(told)
    assert cautions(matrix, {"h1": 0.5, "h2": 0.5}) == []
    assert "base rates" in cautions(matrix)[0]
    assert (
        "independent of each other" in cautions(build(make_case("E1: C", "E2: C")))[1]
    )


# ------------------------------------------------------- words


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (0, None),
        (0.99, None),
        (1, "almost no chance"),
        (4.99, "almost no chance"),
        (5, "very unlikely"),
        (19.9, "very unlikely"),
        (20, "unlikely"),
        (45, "roughly even chance"),
        (55, "roughly even chance"),
        (55.1, "likely"),
        (80, "likely"),
        (95, "very likely"),
        (95.1, "almost certain"),
        (99, "almost certain"),
        (99.01, None),
        (100, None),
    ],
)
def test_icd_203_gives_an_end_to_the_term_nearer_to_even(percent, words):
    found = term(ICD_203, percent / 100)
    assert (found and found.words[0]) == words


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (0, "remote chance"),
        (5, "remote chance"),
        (7, None),
        (10, "highly unlikely"),
        (20, "highly unlikely"),
        (22, None),
        (25, "unlikely"),
        (35, "unlikely"),
        (37.5, None),
        (40, "realistic possibility"),
        (49.9, "realistic possibility"),
        (50, None),
        (55, "likely"),
        (75, "likely"),
        (78, None),
        (80, "highly likely"),
        (90, "highly likely"),
        (94, None),
        (95, "almost certain"),
        (100, "almost certain"),
    ],
)
def test_phia_has_no_term_for_its_gaps(percent, words):
    found = term(PHIA, percent / 100)
    assert (found and found.words[0]) == words


@given(strategies.floats(0.01, 0.99))
def test_icd_203_has_one_term_for_each_value_from_1_to_99(p):
    percent = round(p * 100, 9)
    assert sum(one.holds(percent) for one in ICD_203) == 1


def test_icd_203_is_symmetric_about_even():
    for percent in (1, 5, 12, 20, 30, 45, 50):
        low, high = term(ICD_203, percent / 100), term(ICD_203, 1 - percent / 100)
        assert ICD_203.index(low) == len(ICD_203) - 1 - ICD_203.index(high)


@pytest.mark.parametrize("p", [-0.1, 1.1, math.nan])
def test_what_is_no_probability_has_no_term(p):
    with pytest.raises(ValueError, match=str(p)):
        term(ICD_203, p)


@pytest.mark.parametrize(
    ("factor", "jeffreys", "kass_raftery"),
    [
        (1, "bare mention", "bare mention"),
        (3, "bare mention", "bare mention"),
        (3.2, "bare mention", "positive"),
        (3.3, "substantial", "positive"),
        (10, "substantial", "positive"),
        (20, "strong", "positive"),
        (100, "strong", "strong"),
        (150, "decisive", "strong"),
        (151, "decisive", "very strong"),
    ],
)
def test_a_factor_on_the_line_belongs_to_the_weaker_band(
    factor, jeffreys, kass_raftery
):
    for bands, words in ((JEFFREYS, jeffreys), (KASS_RAFTERY, kass_raftery)):
        assert band(factor, bands).words == words
        inverse = band(1 / factor, bands)
        assert inverse.words == words
        assert inverse.for_rival == (factor > 1)


def test_a_factor_of_nothing_is_as_strong_as_can_be_for_the_rival():
    assert band(0.0) == band(0.0)
    assert (band(0.0).words, band(0.0).factor) == ("very strong", math.inf)
    with pytest.raises(ValueError, match="-1"):
        band(-1)
