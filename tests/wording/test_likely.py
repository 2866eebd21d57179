"""Sentences on probabilities are true of the numbers, and claim no certainty."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest
from hypothesis import given, strategies

from tests.builders import make_case
from workbench.case.judgments import Judgments
from workbench.charts.probability_charts import waterfall_chart
from workbench.method.coherence import Coherence, coherentize
from workbench.method.matrix import build
from workbench.method.probability import WAYS, judged
from workbench.method.scoring import assess
from workbench.wording.likely import (
    APART,
    EIGHT_WAYS,
    NO_GAIN,
    NO_TERM,
    Scale,
    boundaries,
    describe_coherence,
    describe_difference,
    describe_evidence,
    describe_likelihoods,
    describe_priors,
    describe_probabilities,
    describe_spread,
    factor,
    percent,
    percent_range,
    percent_sum,
    ranges,
    words,
    words_between,
)

PARTS = strategies.floats(0, 1)
CODES = strategies.sampled_from(["CC", "C", "N", "I", "II", "NA", "-"])
THREE = make_case("E1: C N I", "E2: CC C C")


@strategies.composite
def matrices(draw):
    width = draw(strategies.integers(1, 4))
    rows = draw(
        strategies.lists(
            strategies.lists(CODES, min_size=width, max_size=width), max_size=6
        )
    )
    case = make_case(
        *(f"E{n}: {' '.join(row)}" for n, row in enumerate(rows, start=1)),
        hypotheses=[f"H{n}" for n in range(1, width + 1)],
    )
    return build(case)


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0, "0.0%"),
        (1e-9, "under 0.1%"),
        (0.0005, "0.1%"),
        (0.25, "25.0%"),
        (0.12345, "12.3%"),
        (0.9994, "99.9%"),
        (0.99999, "over 99.9%"),
        (1, "100.0%"),
    ],
)
def test_a_probability_is_printed_to_a_tenth_and_never_as_certain(p, text):
    assert percent(p) == text


@given(PARTS)
def test_what_is_neither_sure_nor_impossible_is_never_printed_so(p):
    assert (percent(p) == "100.0%") == (p == 1)
    assert (percent(p) == "0.0%") == (p == 0)


@given(matrices(), strategies.sampled_from(Scale))
def test_a_hypothesis_is_named_with_the_ways_in_which_it_is_highest(matrix, scale):
    found, case = judged(matrix), matrix.basis.case
    said = describe_spread(case, found, scale)
    if len(found.point.hypotheses) == 1:
        assert "is the only hypothesis" in said
        assert "that says nothing" in said
        return
    if said.startswith("All "):
        for one in found.ways:
            assert max(one.probabilities) - min(one.probabilities) <= 1e-9
        assert "nothing tells them apart" in said
        return
    everywhere = set(found.point.hypotheses)
    for place, id_ in enumerate(found.point.hypotheses):
        column = [one.probabilities[place] for one in found.ways]
        tops = [max(one.probabilities) for one in found.ways]
        times = sum(top - p <= 1e-9 for top, p in zip(tops, column, strict=True))
        if times < len(WAYS):
            everywhere.discard(id_)
        named = re.search(
            rf"{case.hypothesis[id_].label} [^;]*?(?= in|;|\.| has)", said
        )
        assert bool(named) == bool(times)
        if times and "No hypothesis" in said:
            counted = re.search(rf"{named[0]}[^;]*? in (\d),", said)[1]
            assert int(counted) == times
        if times:
            assert percent_range(min(column), max(column)) in said
            assert words_between(scale, min(column), max(column)) in said
    sole = "have each" in said or " has the highest" in said.split(":")[0]
    assert ("No hypothesis" not in said) == (
        sole and all(set(ways) == everywhere for ways in found.highest)
    )


@given(PARTS, PARTS, strategies.sampled_from(Scale))
def test_a_word_is_given_only_where_the_whole_range_falls_under_it(one, other, scale):
    low, high = sorted((one, other))
    said = words_between(scale, low, high)
    ends = [words(scale, p) for p in (low, high)]
    between = [words(scale, low + (high - low) * k / 50) for k in range(51)]
    if " to " not in said:
        assert set(between) == {said} or said == percent(low) == percent(high)
    else:
        for end, p, told in zip(ends, (low, high), said.split(" to "), strict=True):
            assert told == (percent(p) if end == NO_TERM else end)


@pytest.mark.parametrize(
    ("scale", "low", "high", "said"),
    [
        (Scale.ICD_203, 0.56, 0.79, "likely"),
        (Scale.ICD_203, 0.23, 0.908, "unlikely to very likely"),
        (Scale.ICD_203, 0.96, 0.999, "almost certain to 99.9%"),
        (Scale.ICD_203, 0.0, 0.005, "0.0% to 0.5%"),
        (Scale.PHIA, 0.06, 0.08, "6.0% to 8.0%"),
        (Scale.PHIA, 0.06, 0.06, NO_TERM),
        (Scale.PHIA, 0.56, 0.78, "likely to 78.0%"),
    ],
)
def test_a_range_in_words(scale, low, high, said):
    assert words_between(scale, low, high) == said


@given(strategies.lists(PARTS, min_size=1, max_size=4), strategies.sampled_from(Scale))
def test_the_hypothesis_estimated_highest_is_named(found, scale):
    case = make_case("E1: C C C C")
    ids = [h.id for h in case.hypotheses][: len(found)]
    said = describe_probabilities(case, ids, found, scale)
    if found == [1]:
        assert "is the only hypothesis" in said
        return
    top = max(found)
    for id_, p in zip(ids, found, strict=True):
        named = f"{case.hypothesis[id_].label} " in said.split(" the highest")[0]
        assert named == math.isclose(p, top, rel_tol=0, abs_tol=1e-9)
    assert f"{percent(top)} ({words(scale, top)})" in said


@given(matrices())
def test_a_difference_from_the_matrix_is_said_where_there_is_one(matrix):
    found, now = judged(matrix).point, assess(matrix)
    said = describe_difference(now, found)
    top = max(found.probabilities)
    first = {
        h
        for h, p in zip(found.hypotheses, found.probabilities, strict=True)
        if math.isclose(p, top, rel_tol=0, abs_tol=1e-9)
    }
    assert bool(said) == bool(now.leaders and not first & set(now.leaders))
    if said:
        for one in now.hypotheses:
            assert (one.id in now.leaders) == (
                re.search(rf"\b{one.label}\b", said) is not None
            )


@given(matrices())
def test_the_evidence_is_said_to_favour_the_one_that_it_favours(matrix):
    found = judged(matrix)
    if len(found.point.hypotheses) < 2:
        return
    one, other = found.point.hypotheses[:2]
    said = describe_evidence(matrix.basis.case, found, one, other)
    moved = [way.waterfall(one, other).moved for way in found.ways]
    if "where they were" in said:
        assert max(map(abs, moved)) < 0.005 + 1e-9
        return
    favoured, against, times, point = re.search(
        r"odds of (H\d) against (H\d) by (.+), by (.+) at the point", said
    ).groups()
    sign = 1 if (favoured, against) == ("H1", "H2") else -1
    moved = [sign * one for one in moved]
    assert ("speak for the same one" in said) == (min(moved) < 0)
    assert ("Kass" in said) == (min(moved) >= 0)
    assert max(moved) >= -min(moved)
    ends = [factor(min(moved)), factor(max(moved))]
    assert times == " to ".join(dict.fromkeys(ends))
    assert point == factor(moved[0])
    for end in (min(moved), max(moved)):
        if math.exp(end) <= 1e6:
            shown = float(factor(end).replace(",", ""))
            assert shown == pytest.approx(
                math.exp(end), abs=0.0051 if shown < 100 else 0.51
            )


@given(strategies.lists(PARTS, min_size=1, max_size=5).filter(any))
@pytest.mark.parametrize("how", Coherence)
def test_a_sum_other_than_100_is_said_with_its_incoherence(how, raw):
    found = coherentize(raw, how)
    said = describe_coherence(found)
    total = math.fsum(raw)
    if "stand as they are" in said:
        assert total == pytest.approx(1, abs=5e-4)
    else:
        assert f"add up to {percent_sum(total)}" in said
        assert ("divided" in said) == (how is Coherence.NORMALISE)


def test_where_priors_come_from_is_said():
    def said(case, **own):
        matrix = build(case, Judgments(priors=own))
        return describe_priors(matrix, judged(matrix).point)

    assert "same prior" in said(THREE)
    assert said(THREE, h1=0.5).startswith(
        "The prior of H1 is the analyst's; the others share equally"
    )
    h1, *rest = THREE.hypotheses
    case = replace(THREE, hypotheses=(replace(h1, prior=0.2), *rest))
    assert said(case).startswith("The prior of H1 is the case's; the others share")
    assert said(case, h2=0.5).startswith(
        "The prior of H2 is the analyst's; that of H1 is the case's; the others share"
    )


@pytest.mark.parametrize("scale", Scale)
def test_no_word_of_confidence_stands_beside_a_likelihood(scale):
    texts = [boundaries(scale), APART]
    texts += [f"{a} {b}" for a, b in ranges(scale)]
    matrix = build(THREE)
    texts += [EIGHT_WAYS, NO_GAIN, describe_likelihoods(matrix)]
    texts.append(describe_spread(THREE, judged(matrix), scale))
    assert not [text for text in texts if "confiden" in text.lower()]


@given(matrices())
def test_a_waterfall_starts_at_the_prior_and_ends_at_the_posterior(matrix):
    found = judged(matrix).point
    if len(found.hypotheses) < 2:
        return
    steps = found.waterfall(*found.hypotheses[:2])
    chart = waterfall_chart(matrix.basis.case, steps, "It moves.", 2).to_dict()
    (rows,) = chart["datasets"].values()
    assert rows[0]["n"] == "Prior"
    assert rows[-1]["n"] == "Posterior"
    assert rows[-1]["c"] == pytest.approx(steps.posterior, abs=1e-9)
    ends = [row["c"] for row in rows[:-1]]
    starts = [row["a"] for row in rows[1:-1]]
    assert starts == ends[:-1]
    assert len(rows) <= 2 + 2 + 1


def test_a_prior_of_nothing_is_drawn_to_the_edge():
    matrix = build(THREE, Judgments(priors={"h1": 0.0, "h2": 0.5, "h3": 0.5}))
    steps = judged(matrix).point.waterfall("h1", "h2")
    chart = waterfall_chart(THREE, steps, "It moves.").to_dict()
    (rows,) = chart["datasets"].values()
    assert all(math.isfinite(row["c"]) for row in rows)
