"""What is taken for granted is said as the case and the numbers have it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.builders import make_case
from tests.method.enriched import enriched_case
from workbench.case.model import (
    Assumption,
    Case,
    Consistency,
    EventDate,
    Indicator,
    Kind,
    Outcome,
    Rating,
)
from workbench.method.grounds import grounds
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.wording import share
from workbench.wording.assumed import (
    describe_conditions,
    describe_grounds,
    describe_outcome,
    parts,
)
from workbench.wording.indicators import describe_sign
from workbench.wording.verdict import spoken

CASE = make_case("E1: I C II", "E2: I C N", "E3: II N C")


def of_kinds(*kinds: Kind) -> Case:
    return replace(
        CASE,
        evidence=tuple(
            replace(item, kind=kind)
            for item, kind in zip(CASE.evidence, kinds, strict=True)
        ),
    )


def test_an_assumption_says_what_it_says_of_itself_and_no_more():
    assert list(parts(CASE, Assumption("It is so."))) == []
    whole = Assumption("It is so.", "A log.", "low", "A page is new.", ("h3", "h1"))
    assert list(parts(CASE, whole)) == [
        ("Held because", "A log."),
        ("Confidence in it", "low"),
        ("Breaks if", "A page is new."),
        ("With it fall", "H1 Title of H1 and H3 Title of H3"),
    ]
    every = replace(whole, carries=("h1", "h2", "h3"))
    assert dict(parts(CASE, every))["With it fall"] == "all hypotheses"


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome(""), "The answer turned out to be none of these."),
        (
            Outcome("h2", EventDate("2025"), "He said so"),
            "The answer turned out to be H2 Title of H2, known since 2025. He said so.",
        ),
    ],
)
def test_the_outcome_is_said_once_it_is_known(outcome, said):
    assert describe_outcome(CASE, outcome) == said


def test_items_that_assume_make_the_answer_conditional():
    assert describe_conditions(assess(build(CASE))) == ""
    assumed = of_kinds(Kind.ASSUMPTION, Kind.EVIDENCE, Kind.EVIDENCE)
    assert describe_conditions(assess(build(assumed))) == (
        "The answer is conditional, too, on what an item of the matrix assumes: "
        "E1 Title of E1."
    )


def test_what_nobody_reported_is_said_for_the_hypotheses_asked_about():
    case = of_kinds(Kind.ASSUMPTION, Kind.ABSENCE, Kind.EVIDENCE)
    now = assess(build(case))
    assert describe_grounds(now, spoken(now)) == (
        "Of the inconsistency of Title of H1 25% rests on assumptions and 25% rests "
        "on absences; of that of Title of H3 100% rests on assumptions."
    )
    assert describe_grounds(now, {"h2": "It"}) == ""
    assert describe_grounds(assess(build(CASE)), spoken(now)) == ""


@pytest.mark.parametrize("start", range(0, 200, 50))
def test_every_share_that_is_said_is_a_share_of_that_score(start):
    for seed in range(start, start + 50):
        case, judgments, rule, _ = enriched_case(seed)
        now = assess(build(case, judgments, rule))
        names = spoken(now)
        said = describe_grounds(now, names)
        for one in grounds(now):
            title = re.escape(names[one.hypothesis])
            told = re.search(rf" of {title} (.+?)(?:;|\.$)", said)
            rests = told[1] if told else ""
            for part, kind in ((one.assumed, "assumptions"), (one.absent, "absences")):
                assert (f"{share(part)} rests on {kind}" in rests) == (part > 0)


def test_a_sign_is_said_with_how_it_would_stand_and_separate():
    rated = {"h1": "CC", "h2": "I", "h3": "I"}
    ratings = {h: Rating(Consistency(code)) for h, code in rated.items()}
    matrix = build(CASE)
    assert describe_sign(matrix, Indicator("A swell")) == ""
    assert describe_sign(matrix, Indicator("A swell", ratings=ratings)) == (
        "CC for H1; I for H2 and H3 (diagnosticity 1.41)"
    )
    parked = make_case("E1: I C II", status={"h1": "parked"})
    assert describe_sign(build(parked), Indicator("A swell", ratings=ratings)) == (
        "I for H2 and H3 (diagnosticity 0.00)"
    )
    alone = Indicator("A swell", ratings={"h1": Rating(Consistency("I"))})
    assert describe_sign(matrix, alone) == "I for H1"
