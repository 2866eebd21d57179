"""The post-mortem claims what the numbers bear, on random cases."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies

from tests.builders import make_case
from workbench.case.model import EventDate, Outcome, Rule
from workbench.method.hindsight import hindsight
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.record.history import Step
from workbench.wording.post_mortem import (
    describe_against,
    describe_leaders,
    describe_none,
    describe_sooner,
    describe_stood,
)

CODES = ["CC", "C", "N", "I", "II", "-"]


def at_random(chance):
    rows = [
        f"E{n}: " + " ".join(chance.choice(CODES) for _ in range(3))
        for n in range(1, 7)
    ]
    dates = {f"e{n}": f"2024-0{chance.randint(1, 6)}-1{n}" for n in range(1, 7)}
    cited = {f"e{n}": chance.choice(["wire", "radio"]) for n in range(1, 6)}
    return make_case(*rows, dates=dates, sources=cited, as_of="2024-06-30")


@given(strategies.randoms(use_true_random=False), strategies.sampled_from(Rule))
@settings(max_examples=25)
def test_what_is_said_is_what_recomputation_gives(chance, rule):
    case = at_random(chance)
    now = assess(build(case, rule=rule))
    outcome = Outcome("h1", EventDate("2024-12-31"))
    found = hindsight(now, "h1")
    sign = 1 if now.matrix.least_first else -1
    total = sum(max(0.0, one.value) for one in found.against)
    effects = sign * now.matrix.effects[:, 0]
    assert total == pytest.approx(effects[effects > 0].sum())
    told = describe_against(now, found)
    assert all(case.item[one.evidence].label in " ".join(told) for one in found.against)
    said = " ".join(describe_sooner(now, found, outcome))
    days = sorted({dt.date.fromisoformat(e.date.text) for e in case.evidence})
    led = {
        day: "h1" in assess(build(case, rule=rule, as_of=day)).leaders for day in days
    }
    if since := re.search(
        r"by ([0-9-]+) puts Title of H1 first.*every later day", said
    ):
        day = dt.date.fromisoformat(since[1])
        assert all(led[one] for one in days if one >= day)
        before = [one for one in days if one < day]
        assert not before or not led[before[-1]]
    elif "does not put" in said:
        assert not any(led.values())
    else:
        assert "what came later does not" in said
        assert any(led.values())
        assert not led[days[-1]]
    for item in found.hid:
        left = replace(case, evidence=tuple(e for e in case.evidence if e.id != item))
        assert "h1" in assess(build(left, rule=rule)).leaders
    assert bool(found.hid) == ("from the lead" in said)


def test_where_it_stood_is_named_by_rank_and_by_who_led():
    case = make_case("E1: I N C", "E2: II C N")
    now = assess(build(case))
    step = Step(3, (), case, now.ranking, {one.id: one.score for one in now.hypotheses})
    told = describe_stood([("Now", step, "h1"), ("Then", step, "gone")])
    led = "Title of H2 and Title of H3 led."
    assert told == (
        f"Now: third of 3 hypotheses, with a score of 3.00; {led}",
        "Then: it was no hypothesis of the case yet.",
    )
    parked = make_case("E1: I N C", status={"h1": "parked"})
    step = Step(1, (), parked, (("h2",), ("h3",)), {"h2": 0.0, "h3": 0.0})
    assert describe_stood([("Now", step, "h1")]) == (
        "Now: it was parked, and not scored.",
    )


def test_an_answer_outside_of_the_hypotheses_is_no_fault_of_the_weighing():
    case = make_case("E1: I N", "E2: II C")
    now = assess(build(case))
    (said,) = describe_none(now, case)
    assert said.startswith("None of the hypotheses was the answer")
    assert "First now: Title of H2, with inconsistency 0.00." in said
    step = Step(1, (), case, now.ranking, {})
    assert describe_leaders([("Now", step, "")]) == ("Now: Title of H2 led.",)


def test_a_case_mostly_without_dates_is_not_replayed():
    now = assess(build(make_case("E1: I N", "E2: II C", as_of="2024-01-01")))
    found = hindsight(now, "h1")
    assert found.led_since is None
    said = describe_sooner(now, found, Outcome("h1"))
    assert "none is shown" in said[0]
