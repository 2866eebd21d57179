"""What holds for the numbers, whatever the case.

Levels and emphases are drawn from few values, whose sums either agree or differ by far
more than the billionth that makes a tie.
"""

from __future__ import annotations

import dataclasses
import math
import random

import numpy as np
import pytest
from hypothesis import assume, given, strategies

from tests.builders import make_hypothesis, make_item
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Consistency, Question, Rating, Rule, Source
from workbench.method.matrix import build
from workbench.method.scoring import TIE, Assessment, assess

INCONSISTENCY = [rule for rule in Rule if "inconsistency" in rule]
SCALE = ["CC", "C", "N", "I", "II"]
CODES = [*SCALE, "NA", "-"]
WORDS = strategies.sampled_from(["low", "medium", "high"])
NUMBERS = strategies.sampled_from([0.0, 0.25, 0.5, 1.0, 1.5, 3.0])
EMPHASES = strategies.sampled_from([0.0, 0.05, 0.5, 0.95, 1.0, 1.35, 2.0])
ORIGINS = strategies.sampled_from(["", "", "one", "two"])
SOURCES = strategies.lists(
    strategies.sampled_from(["wire", "pilot", "cook"]), unique=True, max_size=2
)
RULES = strategies.sampled_from(Rule)


@strategies.composite
def cases(draw, levels=WORDS | NUMBERS, codes=CODES, origins=ORIGINS):
    """Draw a case of up to four hypotheses and six items."""
    width = draw(strategies.integers(1, 4))
    ids = [f"h{number}" for number in range(1, width + 1)]
    rows = draw(
        strategies.lists(
            strategies.lists(
                strategies.sampled_from(codes), min_size=width, max_size=width
            ),
            min_size=1,
            max_size=6,
        )
    )
    return Case(
        Question("Why?", "It"),
        tuple(make_hypothesis(id_.upper()) for id_ in ids),
        tuple(Source(id_, id_) for id_ in ("wire", "pilot", "cook")),
        tuple(
            make_item(
                f"E{number}",
                dict(zip(ids, row, strict=True)),
                draw(SOURCES),
                credibility=draw(levels),
                relevance=draw(levels),
                origin=draw(origins),
            )
            for number, row in enumerate(rows, start=1)
        ),
    )


@strategies.composite
def cases_and_judgments(draw, **options):
    """Draw a case and the emphases of some of its items and sources."""
    case = draw(cases(**options))
    ids = strategies.sampled_from([item.id for item in case.evidence])
    named = strategies.sampled_from(["wire", "pilot", "cook"])
    return case, Judgments(
        emphases=draw(strategies.dictionaries(ids, EMPHASES, max_size=3)),
        source_emphases=draw(strategies.dictionaries(named, EMPHASES, max_size=2)),
    )


BOTH = cases_and_judgments()


def scores(result: Assessment) -> dict[str, float]:
    return {one.id: one.score for one in result.hypotheses}


def order(result: Assessment) -> list[set[str]]:
    return [set(group) for group in result.ranking]


def near(expected: dict[str, float]) -> object:
    return pytest.approx(expected, rel=1e-12, abs=1e-12)


def relabelled(things, labels):
    return tuple(
        dataclasses.replace(thing, label=label)
        for thing, label in zip(things, labels, strict=True)
    )


@given(BOTH, RULES, strategies.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_nothing(both, rule, rng):
    case, judgments = both
    rows = rng.sample(range(len(case.evidence)), len(case.evidence))
    columns = rng.sample(range(len(case.hypotheses)), len(case.hypotheses))
    turned = dataclasses.replace(
        case,
        hypotheses=relabelled(case.hypotheses, [f"H{n}" for n in columns]),
        evidence=relabelled(case.evidence, [f"E{n}" for n in rows]),
    )
    before = assess(build(case, judgments, rule))
    after = assess(build(turned, judgments, rule))
    assert scores(after) == near(scores(before))
    assert order(after) == order(before)
    assert {h.id: (h.rank, h.flags) for h in after.hypotheses} == {
        h.id: (h.rank, h.flags) for h in before.hypotheses
    }
    weighed = {one.id: one.diagnosticity for one in before.evidence}
    assert {one.id: one.diagnosticity for one in after.evidence} == near(weighed)


@given(cases(origins=strategies.just("")), RULES)
def test_without_origins_the_order_of_rows_changes_not_the_last_bit(case, rule):
    labels = [f"E{n}" for n in range(len(case.evidence), 0, -1)]
    turned = dataclasses.replace(case, evidence=relabelled(case.evidence, labels))
    assert scores(assess(build(turned, rule=rule))) == scores(
        assess(build(case, rule=rule))
    )


@given(BOTH, RULES, strategies.data())
def test_an_emphasis_of_nothing_scores_as_exclusion_does(both, rule, data):
    """Only for an item that shares no origin: there it still takes its part."""
    case, judgments = both
    alone = [
        item.id
        for item in case.evidence
        if not item.origin
        or sum(other.origin == item.origin for other in case.evidence) == 1
    ]
    assume(alone)
    id_ = data.draw(strategies.sampled_from(alone))
    nothing = dataclasses.replace(judgments, emphases={**judgments.emphases, id_: 0.0})
    excluded = dataclasses.replace(judgments, exclusions={id_: True})
    silent = assess(build(case, nothing, rule))
    gone = assess(build(case, excluded, rule))
    assert scores(silent) == near(scores(gone))


@given(cases_and_judgments(levels=NUMBERS), RULES)
def test_doubling_all_weights_doubles_all_scores_and_keeps_the_ranking(both, rule):
    case, judgments = both
    heavier = dataclasses.replace(
        case,
        evidence=tuple(
            dataclasses.replace(item, credibility=2 * item.credibility)
            for item in case.evidence
        ),
    )
    before = assess(build(case, judgments, rule))
    after = assess(build(heavier, judgments, rule))
    assert order(after) == order(before)
    assert [h.flags for h in after.hypotheses] == [h.flags for h in before.hypotheses]
    factor = 1 if before.matrix.basis.scheme.levels is None else 2
    assert scores(after) == {
        id_: factor * score for id_, score in scores(before).items()
    }


@given(
    cases_and_judgments(codes=SCALE),
    strategies.sampled_from(INCONSISTENCY),
    strategies.data(),
)
def test_a_cell_moved_towards_inconsistent_never_lowers_its_column(both, rule, data):
    case, judgments = both
    item = data.draw(strategies.sampled_from(case.evidence))
    hypothesis = data.draw(strategies.sampled_from(case.hypotheses)).id
    place = SCALE.index(item.ratings[hypothesis].consistency)
    worse = data.draw(strategies.sampled_from(SCALE[place:]))
    moved = dataclasses.replace(
        judgments, ratings={(item.id, hypothesis): Rating(Consistency(worse))}
    )
    before = assess(build(case, judgments, rule))
    after = assess(build(case, moved, rule))
    assert after.standing[hypothesis].score >= before.standing[hypothesis].score
    for other in case.hypotheses:
        if other.id != hypothesis:
            assert after.standing[other.id].score == before.standing[other.id].score


@given(BOTH, strategies.sampled_from(INCONSISTENCY))
def test_very_consistent_counts_no_more_than_consistent(both, rule):
    case, judgments = both
    milder = {
        (item.id, id_): Rating(Consistency.C)
        for item in case.evidence
        for id_, rating in item.ratings.items()
        if rating.consistency == Consistency.CC
    }
    changed = dataclasses.replace(judgments, ratings=milder)
    before = assess(build(case, judgments, rule))
    after = assess(build(case, changed, rule))
    assert scores(after) == scores(before)
    assert order(after) == order(before)


@given(BOTH, RULES, strategies.sampled_from(CODES), WORDS | NUMBERS)
def test_an_item_rated_alike_everywhere_moves_no_ranking(both, rule, code, level):
    """It adds the same to every score.

    What it can do is to give a hypothesis a rank that had none, since it has been
    rated now: the order among those that had one is the same, ties and all.
    """
    case, judgments = both
    ids = [h.id for h in case.hypotheses]
    alike = make_item("E99", dict.fromkeys(ids, code), credibility=level)
    larger = dataclasses.replace(case, evidence=(*case.evidence, alike))
    before = assess(build(case, judgments, rule))
    after = assess(build(larger, judgments, rule))
    had = {h.id for h in before.hypotheses if h.rank is not None}
    kept = [group & had for group in order(after)]
    assert [group for group in kept if group] == order(before)
    added = {id_: after.standing[id_].score - before.standing[id_].score for id_ in ids}
    assert max(added.values()) - min(added.values()) < TIE
    assert after.evidence[-1].diagnosticity == 0


@given(BOTH, RULES)
def test_a_score_is_the_sum_over_the_items(both, rule):
    """The definition, written out once more without arrays."""
    case, judgments = both
    result = assess(build(case, judgments, rule))
    scheme = result.matrix.basis.scheme
    m = {
        item.id: scheme.multiplier(item.credibility) * scheme.multiplier(item.relevance)
        for item in case.evidence
    }
    for hypothesis in case.hypotheses:
        total = 0.0
        for item in case.evidence:
            group = [
                m[other.id]
                for other in case.evidence
                if other is item or (item.origin and other.origin == item.origin)
            ]
            weight = m[item.id] * (max(group) / sum(group) if sum(group) else 1)
            weight *= judgments.emphases.get(item.id, 1)
            cited = [judgments.source_emphases.get(c.source, 1) for c in item.sources]
            weight *= max(cited, default=1)
            rating = item.ratings.get(hypothesis.id)
            total += weight * (scheme.value(rating.consistency) if rating else 0)
        score = result.standing[hypothesis.id].score
        assert score == pytest.approx(total, rel=1e-12, abs=1e-12)


@given(cases())
def test_the_items_of_an_origin_weigh_together_as_their_heaviest(case):
    matrix = build(case)
    for origin in {item.origin for item in case.evidence} - {""}:
        rows = np.array([item.origin == origin for item in matrix.evidence])
        together = matrix.base_weights[rows].sum()
        assert together == pytest.approx(matrix.levels[rows].max())
    for number in np.flatnonzero(matrix.origins < 0):
        assert matrix.base_weights[number] == matrix.levels[number]


@given(cases(), RULES, strategies.data())
def test_leaving_rows_out_is_a_case_without_them(case, rule, data):
    """Origins are counted anew in both."""
    some = data.draw(strategies.sets(strategies.sampled_from(case.evidence)
                                     .map(lambda item: item.id)))  # fmt: skip
    matrix = build(case, rule=rule)
    kept = assess(matrix.keep(np.array([e.id not in some for e in matrix.evidence])))
    smaller = assess(build(case, Judgments(exclusions=dict.fromkeys(some, True)), rule))
    assert scores(kept) == scores(smaller)
    assert order(kept) == order(smaller)
    assert kept.hypotheses == smaller.hypotheses


@given(BOTH, RULES)
def test_ranking_and_standings_agree(both, rule):
    case, judgments = both
    result = assess(build(case, judgments, rule))
    listed = [id_ for group in result.ranking for id_ in group]
    assert sorted(listed) == sorted(h.id for h in result.hypotheses if h.rank)
    assert len(set(listed)) == len(listed)
    before = 0
    for group in result.ranking:
        for id_ in group:
            standing = result.standing[id_]
            assert standing.rank == before + 1
            assert standing.tied == (len(group) > 1)
            first = result.standing[group[0]].score
            assert abs(standing.score - first) <= 2 * TIE
        before += len(group)
    sign = 1 if result.matrix.least_first else -1
    firsts = [sign * result.standing[group[0]].score for group in result.ranking]
    assert firsts == sorted(firsts)
    assert {h.id for h in result.hypotheses} - set(listed) == {
        h.id for h in result.hypotheses if "unrated" in h.flags
    }


@given(BOTH)
def test_shares_lie_between_nothing_and_all(both):
    result = assess(build(*both))
    for standing in result.hypotheses:
        assert 0 <= standing.informative <= standing.coverage <= 1
    for one in result.evidence:
        assert 0 <= one.diagnosticity <= 2
        assert math.isclose(one.weighted_diagnosticity, one.weight * one.diagnosticity)


@given(cases(), RULES)
def test_empty_judgments_change_nothing(case, rule):
    bare, empty = build(case, rule=rule), build(case, Judgments(), rule)
    assert assess(bare).hypotheses == assess(empty).hypotheses
    assert bare.basis.fingerprint == empty.basis.fingerprint


@given(cases(origins=strategies.just("")), RULES)
def test_counting_all_is_the_same_where_nothing_shares_an_origin(case, rule):
    once = assess(build(case, rule=rule))
    every = assess(build(case, rule=rule, count_all=True))
    assert once.hypotheses == every.hypotheses
    assert once.fingerprint != every.fingerprint


@given(BOTH, RULES)
def test_judgments_that_repeat_the_case_change_no_number(both, rule):
    case, judgments = both
    repeated = dataclasses.replace(
        judgments,
        ratings={
            (item.id, hypothesis.id): item.ratings.get(hypothesis.id)
            for item in case.evidence
            for hypothesis in case.hypotheses
        },
        credibility={item.id: item.credibility for item in case.evidence},
        relevance={item.id: item.relevance for item in case.evidence},
        origins={item.id: item.origin for item in case.evidence},
        exclusions={item.id: False for item in case.evidence},
    )
    before = assess(build(case, judgments, rule))
    after = assess(build(case, repeated, rule))
    assert after.hypotheses == before.hypotheses
    assert after.evidence == before.evidence


def test_a_thousand_items_in_any_order_give_one_ranking():
    """Ten thousandths and their like do not add up alike in every order."""
    rng = random.Random(4)
    levels = [rng.choice([0.1, 0.2, 0.3, 0.7]) for _ in range(1000)]
    cells = [rng.choice(SCALE) for _ in levels]
    ids = ["h1", "h2"]
    found = set()
    for _ in range(3):
        numbers = rng.sample(range(1000), 1000)
        items = tuple(
            make_item(f"E{n}", dict.fromkeys(ids, cell), id=f"e{i}", credibility=level)
            for i, (n, cell, level) in enumerate(
                zip(numbers, cells, levels, strict=True)
            )
        )
        hypotheses = tuple(make_hypothesis(id_.upper()) for id_ in ids)
        result = assess(build(Case(Question("Why?", "It"), hypotheses, (), items)))
        assert result.ranking == (("h1", "h2"),)
        found.add(result.standing["h1"].score)
    assert len(found) == 1
