"""What is said of several analysts is what their numbers are, whoever they are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies

from tests.builders import make_case, make_judgments
from workbench.case.model import Rule
from workbench.method.agreement import Agreement, agreements
from workbench.method.group import group
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.method.sensitivity import draw, slips, verdict
from workbench.wording.agreeing import (
    describe_agreement,
    describe_mean,
    describe_taken_over,
    describe_team,
    describe_without,
)
from workbench.wording.verdict import spoken

CODES = ("CC", "C", "N", "I", "II", "-")
CASE = make_case("E1: - - -", "E2: - - -")
GRID = strategies.lists(strategies.sampled_from(CODES), min_size=6, max_size=6)
TEAM = strategies.lists(GRID, min_size=1, max_size=4)


def matrices(team, rule=Rule.WEIGHTED_INCONSISTENCY, case=CASE):
    """Give the matrices of analysts, each by the codes of three columns an item."""
    places = [(f"e{i + 1}", f"h{j + 1}") for i in range(2) for j in range(3)]
    found = {}
    for n, codes in enumerate(team):
        rated = dict(zip(places, codes, strict=True))
        own = make_judgments({p: c for p, c in rated.items() if c != "-"})
        found[f"analyst-{n}"] = build(case, own, rule)
    return found


def names_of(each):
    return spoken(assess(next(iter(each.values()))))


def verdicts_of(each):
    found = {}
    for name, one in each.items():
        found[name] = verdict(slips(assess(one)), draw(one, draws=50))
    return found


def first_of(words, names):
    """Read whom a clause has first: the ids of the hypotheses that it names."""
    return {id_ for id_, name in names.items() if name in words}


@given(TEAM)
def test_the_headline_counts_who_has_whom_first_and_for_whom_it_is_separated(team):
    each = matrices(team)
    found, names, verdicts = group(each), names_of(each), verdicts_of(each)
    said = describe_team(names, found, verdicts)
    who, _, apart = said.removesuffix(".").partition("; ")
    counted = {}
    for name, ranking in found.rankings.items():
        counted.setdefault(frozenset(ranking[0] if ranking else ()), set()).add(name)
    if len(counted) == 1:
        [leaders] = counted
        assert who.startswith(("All", "The analyst"))
        assert first_of(who, names) == leaders
    else:
        clauses = re.split(r", (?=\d)", who)
        told = {
            frozenset(first_of(clause, names)): int(clause.split()[0])
            for clause in clauses
        }
        assert told == {leaders: len(ones) for leaders, ones in counted.items()}
    told = [one.separated for one in verdicts.values() if one.separated is not None]
    assert bool(apart) == bool(told)
    if told and not any(told):
        assert "nobody's" in apart or "do not let" in apart
    elif told and all(told):
        assert apart.startswith(("everybody's ratings", "the ratings let"))
    elif told:
        assert apart.startswith(f"the ratings of {sum(told)} of {len(told)} ")


@pytest.mark.parametrize("rule", list(Rule))
@given(team=TEAM)
def test_the_mean_and_who_moves_it_are_those_of_the_group(rule, team):
    each = matrices(team, rule)
    found, names = group(each), names_of(each)
    said = describe_mean(names, found, rule)
    if not found.ranking:
        assert said == ""
        return
    first, *others = found.ranking
    assert first_of(said.partition(", ")[2].split(" by ")[0], names) == set(first)
    assert (("level" in said) == (len(first) > 1)) or not others
    if len(first) == 1 and others:
        gap = abs(found.scores[first[0]] - found.scores[others[0][0]])
        number = re.search(r"by (less than )?(\d+\.\d\d) of", said)
        assert abs(float(number[2]) - gap) <= 0.0051 or number[1]
    moved = {
        name
        for name, ranking in found.without.items()
        if set(ranking[0] if ranking else ()) != set(found.leaders)
    }
    told = describe_without(names, found)
    assert {re.match(r"Without (\S+),", one)[1] for one in told} == moved
    for one in told:
        name = re.match(r"Without (\S+),", one)[1]
        ranking = found.without[name]
        leaders = set(ranking[0] if ranking else ())
        assert first_of(one.partition(", ")[2], names) == leaders


def test_agreement_is_said_with_its_cells_or_why_it_cannot_be_told():
    assert describe_agreement(Agreement(0.4337, 41, 0.2, 0.649)) == (
        "Ordinal alpha 0.43 (0.20 to 0.65 in 95 of 100 resamples), over 41 cells that "
        "two or more rated."
    )
    for why in ("one-rater", "no-overlap", "one-level"):
        said = describe_agreement(Agreement(None, 3, why=why))
        assert said.startswith("Cannot be told: ")
        assert not re.search(r"\d", said)


def test_ratings_taken_over_from_the_case_are_no_second_opinion():
    published = make_case("E1: I C II", "E2: C I C")
    own = make_judgments({("e1", "h1"): "N", ("e1", "h2"): "I", ("e2", "h3"): "II"})
    one = build(published, own)
    other = build(published, make_judgments({}))
    told = agreements({"ana": one, "ben": other})
    assert told.taken_over == pytest.approx(9 / 12)
    assert "75% of the ratings compared are the published ones" in (
        describe_taken_over(told)
    )
    alone = matrices([["C"] * 6, ["I"] * 6])
    assert describe_taken_over(agreements(alone)) == ""


def test_who_alone_has_a_rank_is_first_of_nobody_and_one_cell_tells_little():
    each = matrices([["II", *"-----"], ["CC", *"-----"]])
    found, names = group(each), names_of(each)
    assert describe_team(names, found, verdicts_of(each)) == (
        "All 2 analysts have Title of H1 alone with a rank."
    )
    assert describe_agreement(agreements(each).whole) == (
        "Ordinal alpha 0.00, over one cell that two or more rated: too few to tell."
    )
