"""The verdict, what adds up to scores and gaps, and what to find out next."""

from __future__ import annotations

import itertools
import json
import random
import statistics
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from tests.builders import make_case
from tests.method import brute_force
from tests.method.brute_force import random_case
from tests.method.test_sensitivity import published_case
from tests.published.at_first import AT_FIRST
from workbench.case import folder
from workbench.case.model import Consistency, Indicator, Rating, Rule
from workbench.method.matrix import build
from workbench.method.scoring import TIE, assess
from workbench.method.sensitivity import (
    Cell,
    Sign,
    collection,
    contributions,
    document,
    draw,
    sensitivity,
    single_steps,
    slips,
    verdict,
)

SEEDS = range(300)
CHUNKS = range(0, 300, 50)
CASES = Path(folder.__file__).parents[1] / "cases"
DRAWS = 400


def lopsided(case):
    """Set the case against all but its first hypothesis."""
    first, *_ = case.hypotheses
    against = {h.id: Rating(Consistency.II) for h in case.hypotheses}
    against[first.id] = Rating(Consistency.CC)
    evidence = tuple(replace(item, ratings=against) for item in case.evidence)
    return replace(case, evidence=evidence)


class Both:
    """A random case, by the arrays and in plain Python; every fourth is lopsided."""

    def __init__(self, seed, change=lambda case, _: case):
        few = None if seed % 4 else 4 + seed % 3
        case, judgments, rule, count_all = random_case(seed, items=few)
        case = change(case if seed % 4 else lopsided(case), seed)
        self.matrix = build(case, judgments, rule, count_all=count_all)
        self.plain = brute_force.read(case, judgments, rule, count_all=count_all)
        self.now = assess(self.matrix)
        self.drawn = draw(self.matrix, draws=DRAWS, seed=seed)
        self.leads = self.drawn.leads
        self.slips = slips(self.now)
        self.verdict = verdict(self.slips, self.drawn)


def reached(*rows, rule=None, draws=DRAWS, **more):
    matrix = build(make_case(*rows, **more), rule=rule)
    return verdict(slips(assess(matrix)), draw(matrix, draws=draws))


# ---------------------------------------------------- against brute force


def test_random_cases_hold_every_kind_of_verdict():
    found = [Both(seed).verdict for seed in SEEDS]
    kinds = [one.separated for one in found]
    assert min(kinds.count(kind) for kind in (True, False, None)) > 20
    reasons = {
        why.split(":")[0] for one in found for r in one.reasons.values() for why in r
    }
    assert reasons == {"leads", "item", "origin", "one-step", "draws"}
    assert sum(bool(one.most_against) for one in found) > 50
    assert sum(bool(one.sources) for one in found) > 20
    assert sum(bool(one.rules) for one in found) > 20


@pytest.mark.parametrize("start", CHUNKS)
def test_every_clause_of_the_verdict_agrees_with_brute_force(start):
    for seed in range(start, start + 50):
        one = Both(seed)
        found, plain = one.verdict, one.plain
        who = brute_force.contenders(plain, one.leads)
        assert {h: list(why) for h, why in found.reasons.items()} == who, seed
        order = [h for h in plain.hypotheses if h in who]
        assert list(found.contenders) == list(found.reasons) == order, seed
        ranked, leaders = plain.ranked(), plain.leaders()
        separated = None if len(ranked) < 2 else len(who) == 1
        assert found.separated is separated, seed
        runner = leaders[0] if len(leaders) == 1 else None
        assert found.front_runner == runner, seed
        last = (plain.ranking() or [[]])[-1]
        against = [] if any(h in who for h in last) else last
        assert list(found.most_against) == against, seed
        sources = {}
        for source in plain.sources:
            ranking, change = brute_force.leave_out(
                plain, lambda item, s=source: set(item.sources) == {s}
            )
            if change:
                sources[source] = (ranking or [[]])[0]
        assert {s: list(w) for s, w in found.sources.items()} == sources, seed
        rules = {}
        for rule in Rule:
            other = replace(plain, rule=rule.value).leaders()
            if other != leaders:
                rules[rule] = other
        assert {r: list(w) for r, w in found.rules.items()} == rules, seed


@pytest.mark.parametrize("start", CHUNKS)
def test_single_steps_agree_with_brute_force(start):
    for seed in range(start, start + 50):
        one = Both(seed)
        now = one.plain.leaders()
        expected = {
            (*cell, code): other.leaders()
            for cell, code, other in brute_force.single_steps(one.plain)
            if other.leaders() != now
        }
        found = single_steps(one.matrix)
        at = [(s.cell.evidence, s.cell.hypothesis, s.cell.to.value) for s in found]
        assert dict(zip(at, (list(s.leaders) for s in found), strict=True)) == expected
        for step in found:
            before = one.plain.but(lambda _: None).items
            item = next(i for i in before if i.id == step.cell.evidence)
            assert item.cells[step.cell.hypothesis] == step.cell.from_.value


@pytest.mark.parametrize("start", CHUNKS)
def test_contributions_add_up_to_scores_and_gaps(start):
    for seed in range(start, start + 50):
        one = Both(seed)
        found = contributions(one.now, one.verdict)
        assert list(found.hypotheses) == one.plain.hypotheses
        scores = one.plain.scores()
        values = dict(
            zip(brute_force.SCALE, brute_force.RULES[one.plain.rule][0], strict=True)
        )
        weights = {item.id: one.plain.weight(item) for item in one.plain.items}
        cells = {item.id: item.cells for item in one.plain.items}
        for h, parts in found.hypotheses.items():
            assert sum(p.value for p in parts) == pytest.approx(scores[h], abs=1e-9)
            expected = {
                e: w * values.get(cells[e].get(h), 0) for e, w in weights.items()
            }
            expected = {e: value for e, value in expected.items() if value}
            assert {p.evidence: p.value for p in parts} == pytest.approx(expected)
            in_order(parts, weights)
        pairs = brute_force.gaps(one.plain, one.leads)
        assert [(b.a, b.b) for b in found.between] == pairs, seed
        largest = {}
        for between in found.between:
            gap = brute_force.gap(one.plain, between.a, between.b)
            assert between.gap == pytest.approx(gap, abs=1e-9)
            total = sum(p.value for p in between.items)
            assert total == pytest.approx(gap, abs=1e-9)
            in_order(between.items, weights)
            for part in between.items:
                without = brute_force.without(
                    one.plain, lambda item, e=part.evidence: item.id == e
                )
                # an item that shares its origin leaves its weight to the others
                if not next(i for i in one.plain.items if i.id == part.evidence).origin:
                    rest = brute_force.gap(without, between.a, between.b)
                    assert gap - rest == pytest.approx(part.value, abs=1e-9)
                size = max(largest.get(part.evidence, 0), abs(part.value))
                largest[part.evidence] = size
        assert {p.evidence: p.value for p in found.tells} == pytest.approx(largest)
        in_order(found.tells, weights)


def in_order(parts, weights):
    place = list(weights)
    keys = [(-round(abs(p.value), 9), place.index(p.evidence)) for p in parts]
    assert keys == sorted(keys)


@pytest.mark.parametrize("start", CHUNKS)
def test_what_to_find_out_next_agrees_with_brute_force(start):
    seen = 0
    for seed in range(start, start + 50):
        one = Both(seed)
        found = [e for e in collection(one.now, one.verdict) if isinstance(e, Cell)]
        cells = brute_force.unrated(one.plain)
        assert sorted((e.evidence, e.hypothesis) for e in found) == sorted(cells)
        now, pairs = one.plain.leaders(), brute_force.gaps(one.plain, one.leads)
        before = {pair: brute_force.gap(one.plain, *pair) for pair in pairs}
        for cell in found:
            moves = 0
            place = (cell.evidence, cell.hypothesis)
            for code in brute_force.SCALE:
                other = one.plain.but(
                    lambda g, c=code, p=place: brute_force.put_cell(g, p, c)
                )
                assert list(cell.outcomes[Consistency(code)]) == other.leaders(), seed
                for pair, gap in before.items():
                    moves = max(moves, abs(brute_force.gap(other, *pair) - gap))
            assert cell.moves == pytest.approx(moves, abs=1e-9)
            changes = any(list(who) != now for who in cell.outcomes.values())
            assert cell.leaders_change is changes
            seen += 1
        place = {cell: n for n, cell in enumerate(cells)}
        keys = [
            (not e.leaders_change, -round(e.moves, 9), place[e.evidence, e.hypothesis])
            for e in found
        ]
        assert keys == sorted(keys)
    assert seen > 10


def watched(case, seed):
    """Give each hypothesis indicators, some of them rated, some no longer open."""
    rng = random.Random(seed)
    codes = [*Consistency, None]

    def indicator():
        found = {h.id: rng.choice(codes) for h in case.hypotheses}
        return Indicator(
            "A sign",
            state=rng.choice(["open", "open", "observed", "not-observed"]),
            ratings={h: Rating(code) for h, code in found.items() if code},
        )

    return replace(
        case,
        hypotheses=tuple(
            replace(h, predicts=tuple(indicator() for _ in range(rng.randint(0, 2))))
            for h in case.hypotheses
        ),
    )


@pytest.mark.parametrize("start", CHUNKS)
def test_what_to_watch_for_agrees_with_brute_force(start):
    seen = 0
    for seed in range(start, start + 50):
        one = Both(seed, watched)
        every = collection(one.now, one.verdict)
        found = [e for e in every if isinstance(e, Sign)]
        now, pairs = one.plain.leaders(), brute_force.gaps(one.plain, one.leads)
        expected = {
            (h.id, number): indicator.ratings
            for h in one.matrix.hypotheses
            for number, indicator in enumerate(h.predicts, start=1)
            if indicator.state == "open" and indicator.ratings
        }
        at = {(e.hypothesis, e.indicator): e for e in found}
        assert at.keys() == expected.keys()
        for place, ratings in expected.items():
            codes = {h: r.consistency.value for h, r in ratings.items()}
            outcomes = [
                brute_force.observed(one.plain, codes, seen=was)
                for was in (True, False)
            ]
            told = at[place]
            assert [list(told.seen), list(told.not_seen)] == [
                other.leaders() for other in outcomes
            ], seed
            changes = any(other.leaders() != now for other in outcomes)
            assert told.leaders_change is changes
            moves = [
                abs(brute_force.gap(o, *pair) - brute_force.gap(one.plain, *pair))
                for o in outcomes
                for pair in pairs
            ]
            assert told.moves == pytest.approx(max(moves, default=0), abs=1e-9)
            marks = [
                2 - brute_force.SCALE.index(codes[h])
                for h in one.plain.hypotheses
                if codes.get(h) in brute_force.SCALE
            ]
            spread = statistics.pstdev(marks) if len(marks) > 1 else 0
            assert told.diagnosticity == pytest.approx(spread)
            seen += 1
        kinds = [(not e.leaders_change, -round(e.moves, 9)) for e in every]
        assert kinds == sorted(kinds)
        alike = zip(kinds, every, strict=True)
        for _, group in itertools.groupby(alike, key=lambda one: one[0]):
            signs = [isinstance(e, Sign) for _, e in group]
            assert signs == sorted(signs), "cells come before indicators"
    assert seen > 20


def test_an_indicator_not_seen_weighs_half_of_what_it_would_seen():
    case = make_case("E1: N C", "E2: N I")
    first, second = case.hypotheses
    first = replace(first, predicts=(sign(h1="CC", h2="II"),))
    now = assess(build(replace(case, hypotheses=(first, second))))
    (found,) = collection(now, verdict(slips(now), draw(now.matrix, draws=DRAWS)))
    # h1 is ahead by 1; not seen, the opposite adds 2 to it at half the weight
    assert (found.seen, found.not_seen) == (("h1",), ("h1", "h2"))
    assert (found.moves, found.diagnosticity) == (2.0, 2.0)
    assert found.leaders_change


def sign(**codes):
    ratings = {h: Rating(Consistency(code)) for h, code in codes.items()}
    return Indicator("A sign", ratings=ratings)


# ---------------------------------------------------- published cases


def test_the_case_as_it_was_at_first_separates_nobody():
    matrix = build(folder.load(AT_FIRST))
    found = document(sensitivity(matrix), draw(matrix))
    assert found["verdict"] == {
        "separated": False,
        "contenders": ["ukraine-manpower", "face-saving"],
        "front_runner": "ukraine-manpower",
        "most_against": ["message-to-armenia"],
        "reasons": {
            "ukraine-manpower": ["leads"],
            "face-saving": [
                "item:seven-months-of-staying",
                "item:still-a-pressure-tool",
                "item:early-election",
                "item:no-success-story",
                "origin:sceeus-tool-given-up",
                "one-step",
                f"draws:{found['drawn']['leads']['face-saving']}",
            ],
        },
        "sources": {
            "sceeus-2024": ["face-saving"],
            "why-peacekeepers-left": ["baku-leverage"],
        },
        "rules": {"net-support": ["face-saving"], "compensatory": ["face-saving"]},
    }
    (between,) = found["contributions"]["between"]
    assert (between["a"], between["b"]) == ("ukraine-manpower", "face-saving")
    assert between["gap"] == pytest.approx(found["margin"])
    step = found["smallest_change"]["one_step"]
    assert (step["size"], step["rival"]) == (1, "face-saving")
    assert step["leaders"] == ["face-saving"]


def test_every_item_that_tips_the_race_is_among_those_that_tell():
    matrix = build(folder.load(AT_FIRST))
    found = sensitivity(matrix)
    told = contributions(found.assessment, verdict(found, draw(matrix))).tells
    tips = {one.id for one in found.tipping_items if one.below or one.above}
    assert tips <= {part.evidence for part in told}
    assert all(part.value > 0 for part in told)


def test_a_tie_is_not_separated_and_has_no_front_runner():
    matrix = build(folder.load(CASES / "aum-shinrikyo"))
    found = verdict(slips(assess(matrix)), draw(matrix))
    assert found.separated is False
    assert found.front_runner is None
    assert {"h1", "h4"} <= set(found.contenders)
    assert found.reasons["h1"] == found.reasons["h4"] == ("leads",)


@pytest.mark.parametrize(
    "path",
    sorted(Path(__file__).parents[1].glob("published/*.yaml")),
    ids=lambda path: path.stem,
)
def test_published_leave_outs_make_contenders(path):
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    if "leave_out" not in content or "hypotheses" not in content:
        pytest.skip("nothing was left out there")
    for left in content["leave_out"]:
        matrix = build(published_case(content), rule=Rule(left["rule"]))
        found = verdict(slips(assess(matrix)), draw(matrix, draws=DRAWS))
        assert set(left["ranking"][0]) <= set(found.contenders)


# ---------------------------------------------------- clause by clause


FIRM = [f"E{n}: N II C" for n in range(1, 7)] + [f"E{n}: C N II" for n in range(7, 13)]


def test_one_that_nothing_puts_behind_is_separated():
    found = reached(*FIRM)
    assert (found.separated, found.contenders) == (True, ("h1",))
    assert found.front_runner == "h1"
    assert found.most_against == ("h2", "h3")
    assert found.reasons == {"h1": ("leads",)}


def test_nothing_is_compared_with_nobody():
    for rows in ((), ("E1: - -",), ("E1: I -",), ("E1: NA N",)):
        found = reached(*rows)
        assert found.separated is None
        assert found.most_against == ()
        assert len(found.contenders) <= 1


def test_the_parked_take_no_part():
    found = reached("E1: CC I II", "E2: CC I II", status={"h1": "parked"})
    assert "h1" not in found.contenders
    assert set(found.reasons) | set(found.most_against) == {"h2", "h3"}


def test_those_without_a_rank_are_neither_contenders_nor_most_against():
    found = reached(*(f"{row} -" for row in FIRM))
    assert (found.separated, found.contenders) == (True, ("h1",))
    assert found.most_against == ("h2", "h3")


def test_one_origin_left_out_makes_a_contender():
    rows = [f"E{n}: N N I" for n in range(1, 5)] + [f"E{n}: N II N" for n in (5, 6)]
    origin = {"e5": "wire", "e6": "wire"}
    found = reached(*rows, origin=origin)
    assert "origin:wire" in found.reasons["h2"]
    assert not any(why.startswith("item:e5") for why in found.reasons["h2"])


def test_a_last_group_with_a_contender_in_it_has_not_most_against():
    assert reached("E1: N I").most_against == ()


def test_the_share_of_draws_is_given_in_full():
    matrix = build(
        make_case(*[f"E{n}: N I" if n % 2 else f"E{n}: I N" for n in range(1, 10)])
    )
    drawn = draw(matrix, draws=DRAWS)
    found = verdict(slips(assess(matrix)), drawn)
    said = [why for r in found.reasons.values() for why in r if why.startswith("draws")]
    for why in said:
        assert float(why.removeprefix("draws:")) in drawn.leads.values()
    assert all(float(why.removeprefix("draws:")) >= 0.2 - TIE for why in said)


def test_the_document_is_plain_and_whole():
    for seed in range(60):
        one = Both(seed)
        found = document(sensitivity(one.matrix, one.now), one.drawn)
        assert json.loads(json.dumps(found, allow_nan=False)) == found


# ---------------------------------------------------- smallest change


def test_the_rival_of_the_smallest_gap_is_named():
    rows = ["E1: N II I", "E2: N II I", "E3: N N C"]
    found = sensitivity(build(make_case(*rows))).any_change
    assert (found.rival, found.size) == ("h3", 2)


def test_a_third_may_lead_once_the_change_is_made():
    matrix = build(folder.load(AT_FIRST))
    rivals = {one.rival: one for one in sensitivity(matrix).rivals}
    assert set(rivals) == {"baku-leverage", "message-to-armenia", "face-saving"}
    assert rivals["baku-leverage"].leaders == ("face-saving",)
