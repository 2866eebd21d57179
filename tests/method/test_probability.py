from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given, strategies

from tests.builders import make_case, make_hypothesis, make_judgments
from tests.method.enriched import enriched_case
from workbench.case.judgments import Judgments
from workbench.case.model import Consistency, Kind, Rule
from workbench.errors import WorkbenchError
from workbench.method.coherence import (
    Coherence,
    coherentize,
    estimated,
    incoherence,
    normalised,
    projected,
)
from workbench.method.matrix import build
from workbench.method.probability import (
    CONVENTION,
    POINT,
    WAYS,
    Way,
    cautions,
    judged,
    likelihoods,
    posterior,
    priors,
    tempered,
    updated,
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
    rows = [[ratio, 1.0] for ratio in one["ratios"]]
    found, _ = updated([one["prior"], 1 - one["prior"]], np.log(rows))
    assert found == pytest.approx(expected)


@pytest.mark.parametrize("one", BAYES["several"], ids=lambda c: str(c["posteriors"]))
def test_published_updates_of_several_hypotheses(one):
    expected = [float(Fraction(p)) for p in one["posteriors"]]
    assert updated(one["priors"], np.log(one["likelihoods"])) == pytest.approx(expected)


def test_strong_evidence_for_a_rare_thing_leaves_it_rare():
    found, _ = updated([0.01, 0.99], np.log([[20.0, 1.0]]))
    assert found < 0.2


def test_thousands_of_items_do_not_underflow():
    found = updated([0.5, 0.5], np.log([[1e-200, 1e-201]] * 3000))
    assert found == pytest.approx((1, 0))


def test_where_everything_is_impossible_there_is_no_probability():
    with pytest.raises(WorkbenchError, match="impossible"):
        updated([0.5, 0.5], np.array([[0.0, -np.inf], [-np.inf, 0.0]]))


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


def test_low_credibility_tempers_the_likelihood():
    case = make_case("E1: CC II", credibility={"e1": 0.5})
    found = posterior(build(case), EQUAL).probabilities
    assert found[0] / found[1] == pytest.approx(9**0.5)


@pytest.mark.parametrize("level", ["low", "high", 0.0, 3.0])
def test_relevance_is_in_the_likelihood_already(level):
    case = make_case("E1: CC II", relevance={"e1": level})
    assert tempered(build(case)).tolist() == [1.0]


def test_nothing_makes_an_item_more_than_one_voice():
    case = make_case("E1: CC II", credibility={"e1": 7.0}, sources={"e1": "wire"})
    own = Judgments(emphases={"e1": 2.0}, source_emphases={"wire": 2.0})
    assert tempered(build(case, own)).tolist() == [1.0]


def test_an_emphasis_below_1_and_one_above_it_make_up_for_each_other():
    case = make_case("E1: CC II", sources={"e1": "wire"})
    own = Judgments(emphases={"e1": 0.5}, source_emphases={"wire": 1.5})
    assert tempered(build(case, own)).tolist() == [0.75]


@pytest.mark.parametrize("rule", Rule)
def test_levels_are_those_of_weighted_inconsistency_whatever_the_rule(rule):
    case = make_case("E1: CC II", credibility={"e1": "low"})
    [t] = tempered(build(case, rule=rule))
    assert t == pytest.approx(math.sqrt(0.5))


def test_an_origin_is_one_voice_however_credible_its_items_are():
    case = make_case(
        "E1: C I",
        "E2: C I",
        credibility={"e1": "high", "e2": "low"},
        relevance={"e2": "high"},
        origin={"e1": "wire", "e2": "wire"},
    )
    low = math.sqrt(0.5)
    assert tempered(build(case)) == pytest.approx([1 / (1 + low), low / (1 + low)])


def test_an_assumption_conditions_and_does_not_update():
    """It is not there, nor in its origin."""
    case = make_case("E1: C I", "E2: II CC", origin={"e1": "wire", "e2": "wire"})
    first, second = case.evidence
    assumed = replace(case, evidence=(first, replace(second, kind=Kind.ASSUMPTION)))
    alone = replace(case, evidence=(first,))
    found = posterior(build(assumed), EQUAL)
    assert found.probabilities == posterior(build(alone), EQUAL).probabilities
    assert found.evidence == ("e1",)
    assert tempered(build(assumed)).tolist() == [1.0, 0.0]


def test_absences_update_in_half_of_the_ways():
    case = make_case("E1: C I", "E2: II CC")
    first, second = case.evidence
    case = replace(case, evidence=(first, replace(second, kind=Kind.ABSENCE)))
    found = judged(build(case))
    for way, one in zip(WAYS, found.ways, strict=True):
        assert one.evidence == (("e1", "e2") if way.absences else ("e1",))


def test_one_voice_a_source_joins_what_cites_the_same_set_of_sources():
    case = make_case(
        *(f"E{n}: C I" for n in range(1, 7)),
        sources={"e1": "a", "e2": ["a", "a"], "e3": ["b", "a"], "e4": ["a", "b"]},
        origin={"e1": "x", "e5": "x", "e6": "x"},
    )
    matrix = build(case)
    third = 1 / 3
    assert tempered(matrix) == pytest.approx([third, 1, 1, 1, third, third])
    assert tempered(matrix, Way(one_voice=True)) == pytest.approx([0.5] * 6)
    assert tempered(matrix, Way(halved=True, one_voice=True)) == pytest.approx(
        [0.25] * 6
    )


def test_the_eight_ways_are_all_there_are_and_the_point_is_the_first():
    assert len(set(WAYS)) == 8
    assert WAYS[0] == POINT == Way(halved=False, absences=True, one_voice=False)


def by_hand(case, judgments, count_all, way):
    """Work probabilities out from the definition, an item at a time."""
    level = {"low": math.sqrt(0.5), "medium": 1.0, "high": math.sqrt(2)}
    columns = [h for h in case.hypotheses if h.status == "active"]
    items = [
        e
        for e in case.evidence
        if judgments.active(e)
        and e.kind is not Kind.ASSUMPTION
        and (way.absences or e.kind is not Kind.ABSENCE)
    ]

    def voice(item):
        cited = {c.source for c in item.sources}
        if way.one_voice and cited:
            return "sources", frozenset(cited)
        origin = "" if count_all else judgments.origin(item)
        return ("origin", origin) if origin else ("item", item.id)

    def heard(item):
        own = judgments.credibility.get(item.id, item.credibility)
        return min(1.0, level.get(own, own))

    groups = {}
    for item in items:
        groups.setdefault(voice(item), []).append(heard(item))
    chances = {**{k.value: v for k, v in CONVENTION.items()}, **judgments.likelihoods}
    logs = []
    for h, prior in zip(columns, priors(columns, judgments.priors), strict=True):
        if not prior:
            logs.append(-math.inf)
            continue
        found = [math.log(prior)]
        for item in items:
            group = groups[voice(item)]
            origin = max(group) / sum(group) if any(group) else 1.0
            sources = [judgments.source_emphasis(c.source) for c in item.sources]
            emphasis = judgments.emphasis(item.id) * max(sources, default=1.0)
            t = heard(item) * origin * min(1.0, emphasis)
            t = t / 2 if way.halved else t
            rating = judgments.rating(item, h.id)
            code = rating.consistency.value if rating else "N"
            found.append(t * math.log(chances["N" if code == "NA" else code]))
        logs.append(math.fsum(found))
    top = max(logs, default=0.0)
    shares = [math.exp(x - top) for x in logs]
    return [x / math.fsum(shares) for x in shares]


@pytest.mark.parametrize("part", range(10))
def test_each_way_agrees_with_the_formula_worked_out_by_hand(part):
    """Three hundred random cases."""
    for seed in range(part * 30, part * 30 + 30):
        case, judgments, rule, count_all = enriched_case(seed)
        matrix = build(case, judgments, rule, count_all=count_all)
        try:
            found = judged(matrix)
        except WorkbenchError:
            continue  # priors that cannot be
        for way, one in zip(WAYS, found.ways, strict=True):
            expected = by_hand(case, judgments, count_all, way)
            assert one.probabilities == pytest.approx(expected, abs=1e-9), seed
        for place, (low, high) in enumerate(found.ranges):
            column = [one.probabilities[place] for one in found.ways]
            assert (low, high) == (min(column), max(column))
            assert low <= found.point.probabilities[place] <= high


@pytest.mark.parametrize("part", range(10))
def test_no_item_and_no_origin_is_ever_more_than_one_voice(part):
    for seed in range(part * 30, part * 30 + 30):
        case, judgments, rule, _ = enriched_case(seed)
        matrix = build(case, judgments, rule)
        for way in WAYS:
            found = tempered(matrix, way)
            assert found.max(initial=0.0) <= 1 + 1e-12
            groups = {}
            for item, t in zip(matrix.evidence, found, strict=True):
                cited = frozenset(c.source for c in item.sources)
                by_source = way.one_voice and cited
                group = cited if by_source else judgments.origin(item) or item.id
                groups[group] = groups.get(group, 0.0) + t
            assert max(groups.values(), default=0.0) <= 1 + 1e-12


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
    assert "base rates" in cautions(build(told))[0]
    own = Judgments(priors={"h1": 0.5, "h2": 0.5})
    assert cautions(build(told, own)) == []
    assert (
        "independent of each other" in cautions(build(make_case("E1: C", "E2: C")))[1]
    )


def test_the_analysts_priors_and_likelihoods_make_the_posterior():
    matrix = build(
        make_case("E1: C I"),
        Judgments(priors={"h1": 0.2, "h2": 0.8}, likelihoods={"C": 0.8, "I": 0.1}),
    )
    assert likelihoods(matrix) == {**CONVENTION, "C": 0.8, "I": 0.1}
    assert judged(matrix).point.probabilities[0] == pytest.approx(
        0.2 * 8 / (0.2 * 8 + 0.8)
    )


def test_direct_estimates_are_coherent_once_all_are_given():
    case = make_case("E1: C I N")
    own = {"h1": 0.5, "h2": 0.4}
    assert estimated(build(case, Judgments(probabilities=own))) is None
    matrix = build(case, Judgments(probabilities={**own, "h3": 0.3}))
    assert estimated(matrix).probabilities == pytest.approx((5 / 12, 4 / 12, 3 / 12))
    nearest = estimated(matrix, Coherence.PROJECT).probabilities
    assert nearest == pytest.approx((13 / 30, 10 / 30, 7 / 30))


def test_an_estimate_of_a_parked_hypothesis_takes_no_part():
    case = make_case("E1: C I N")
    parked = [
        replace(h, status="parked") if h.id == "h3" else h for h in case.hypotheses
    ]
    own = Judgments(probabilities={"h1": 0.5, "h2": 0.5, "h3": 0.5})
    matrix = build(replace(case, hypotheses=tuple(parked)), own)
    assert estimated(matrix).raw == (0.5, 0.5)
