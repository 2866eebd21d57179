"""Sentences are true of the numbers, and numbers are printed one way."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, strategies

from tests.builders import UNRATED, make_case, make_judgments
from workbench import wording
from workbench.case.entry import EntryKind
from workbench.case.judgments import Judgments
from workbench.case.model import Consistency, Rating, Rule
from workbench.method.matrix import build
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import assess, every_rule
from workbench.method.sensitivity import sensitivity
from workbench.wording.departures import departures
from workbench.wording.fragility import describe_fragility
from workbench.wording.ranking import describe_flags, describe_ranking, describe_rules
from workbench.wording.sources import describe_sources, grade

CODES = strategies.sampled_from([*(code.value for code in Consistency), UNRATED])


@strategies.composite
def matrices(draw):
    """Draw a small matrix under some rule, many of its hypotheses close or tied."""
    width = draw(strategies.integers(1, 4))
    rows = draw(
        strategies.lists(
            strategies.lists(CODES, min_size=width, max_size=width), max_size=5
        )
    )
    ids = [f"e{number}" for number in range(1, len(rows) + 1)]
    some = strategies.sampled_from(["", "wire", "radio"])
    origin = {id_: draw(strategies.sampled_from(["", "o1"])) for id_ in ids}
    source = {id_: name for id_ in ids if (name := draw(some))}
    levels = strategies.sampled_from(["low", "medium", "high"])
    case = make_case(
        *(
            f"{id_.upper()}: {' '.join(row)}"
            for id_, row in zip(ids, rows, strict=True)
        ),
        hypotheses=[f"H{number}" for number in range(1, width + 1)],
        credibility={id_: draw(levels) for id_ in ids},
        origin=origin,
        sources=source,
        rule=draw(strategies.sampled_from(Rule)),
    )
    return build(case)


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.125, "0.13"),
        (0.125 - 5e-10, "0.13"),
        (0.125 - 5e-9, "0.12"),
        (1.005, "1.01"),
        (2.675, "2.68"),
        (-0.125, "-0.12"),
        (-0.001, "0.00"),
        (-0.0, "0.00"),
        (0, "0.00"),
        (1234.5, "1234.50"),
        (None, "–"),  # noqa: RUF001
    ],
)
def test_numbers_have_two_decimals_half_up(x, text):
    assert wording.shown(x) == text


def test_a_sole_leader_is_named_with_its_lead_and_its_rival():
    said = describe_ranking(assess(build(make_case("E1: C I II"))))
    assert said == (
        "H1 Title of H1 is least inconsistent at 0.00, 1.00 ahead of H2 Title of H2 at "
        "1.00."
    )


def test_a_tie_is_said_as_a_tie():
    said = describe_ranking(assess(build(make_case("E1: C N II"))))
    assert said == (
        "H1 Title of H1 and H2 Title of H2 tie as least inconsistent at 0.00; next is "
        "H3 Title of H3 at 2.00."
    )


def test_a_tie_of_all_says_that_nothing_tells_them_apart():
    said = describe_ranking(assess(build(make_case("E1: I I"))))
    assert "tie at 1.00: the evidence does not tell them apart" in said


def test_nothing_rated_is_said_as_such():
    said = describe_ranking(assess(build(make_case("E1: - NA"))))
    assert said == "Nothing is rated yet, so no hypothesis has a rank."


def test_one_rated_hypothesis_has_nothing_to_be_compared_with():
    said = describe_ranking(assess(build(make_case("E1: C -"))))
    assert said.startswith("H1 Title of H1 is the only hypothesis with a rank, at 0.00")


def test_net_support_speaks_of_support():
    said = describe_ranking(assess(build(make_case("E1: C I"), None, Rule.NET_SUPPORT)))
    assert "H1 Title of H1 is best supported at 1.00, 2.00 above H2" in said
    assert "inconsistent" not in said


def test_a_lead_too_small_to_print_is_not_printed_as_nothing():
    case = make_case("E1: I -", "E2: - I", credibility={"e1": 1.0, "e2": 1.001})
    said = describe_ranking(assess(build(case)))
    assert ", less than 0.01 ahead of " in said


@given(matrices())
def test_the_ranking_sentence_names_the_leaders_and_the_next_and_nobody_else(matrix):
    assessment = assess(matrix)
    said = describe_ranking(assessment)
    named = set(re.findall(r"\bH\d\b", said))
    assert named == {id_.upper() for group in assessment.ranking[:2] for id_ in group}
    if len(assessment.ranking) > 1:
        for group in assessment.ranking[:2]:
            assert wording.shown(assessment.standing[group[0]].score) in said
    assert ("tie" in said) == (len(assessment.leaders) > 1)
    if len(assessment.leaders) == 1 and len(assessment.ranking) > 1:
        assert wording.best(assessment.rule) in said


@given(matrices())
def test_no_sentence_names_a_winner_a_likelihood_or_a_percentage(matrix):
    assessment = assess(matrix)
    found = sensitivity(matrix, assessment)
    said = " ".join(
        [
            describe_ranking(assessment),
            describe_rules(every_rule(matrix)),
            *describe_fragility(found),
            *describe_sources(assessment),
            *describe_flags(assessment),
        ]
    )
    assert not re.search(
        r"winner|wins|likely|probab|%|best fit|correct", said, re.IGNORECASE
    )


@given(matrices())
def test_the_items_said_to_change_the_first_place_do(matrix):
    assessment = assess(matrix)
    said = describe_fragility(sensitivity(matrix, assessment))
    if not assessment.ranking:
        return
    named = set(re.findall(r"\bE\d\b", said[0]))
    for row, item in enumerate(matrix.evidence):
        kept = [k != row for k in range(len(matrix.evidence))]
        left = assess(matrix.keep(np.array(kept)))
        assert (item.label in named) == (left.leaders != assessment.leaders)


@given(matrices())
def test_the_ratings_said_to_be_enough_are_enough(matrix):
    assessment = assess(matrix)
    found = sensitivity(matrix, assessment)
    said = describe_fragility(found)[-1]
    change = found.any_change
    if change.rival is None:
        assert "would be enough" not in said
        return
    cells = re.findall(r"(E\d) against (H\d), (\w+) to (\w+)", said.split(". ")[0])
    assert len(cells) == change.size
    ratings = {(e.lower(), h.lower()): to for e, h, _, to in cells}
    basis = matrix.basis
    case, own = basis.case, make_judgments(ratings)
    for e, h, from_, _ in cells:
        published = case.item[e.lower()].ratings[h.lower()]
        assert published.consistency.value == from_
    then = assess(build(case, own, basis.rule))
    rival, leader = re.search(r"put (H\d) ahead of (H\d):", said).groups()
    assert leader.lower() == assessment.leaders[0]
    order = [id_ for group in then.ranking for id_ in group]
    assert order.index(rival.lower()) < order.index(leader.lower())


def test_one_item_is_told_in_the_singular():
    case = make_case("E1: C I", sources={"e1": "wire"})
    found = sensitivity(build(case, make_judgments(), case.question.rule))
    said = "Leaving out the one item, E1, changes who comes first."
    assert describe_fragility(found)[0] == said
    assert "Of the 1 item that takes part," in " ".join(
        describe_sources(found.assessment)
    )


def test_a_rival_that_passes_the_leader_is_not_said_to_be_first():
    # H2 passes H1 by the one cell, and H3 is before both of them
    case = make_case("E1: C N N", "E2: N I N", "E3: N I I", credibility={"e1": 9.0})
    found = sensitivity(build(case, make_judgments(), case.question.rule))
    said = "A different rating in one cell would be enough to put H2 ahead of H1"
    assert describe_fragility(found)[-1].startswith(f"{said}: E1 against H1, C to II.")


@given(matrices())
def test_the_rules_said_to_agree_agree(matrix):
    results = every_rule(matrix)
    said = describe_rules(results)
    leaders = {one.leaders for one in results.values()}
    if leaders != {()}:
        assert said.startswith("All 6 published rules") == (len(leaders) == 1)
    if len(leaders) > 1:
        for rule in results:
            assert SCHEMES[rule].title.lower() in said


def test_departures_name_the_place_the_published_and_the_own():
    case = make_case("E1: C I", "E2: N N", sources={"e1": "wire"})
    own = Judgments(
        ratings={("e1", "h1"): Rating(Consistency.II, "Own."), ("e2", "h2"): None},
        credibility={"e1": "high"},
        emphases={"e2": 1.5},
        source_emphases={"wire": 0.0},
        origins={"e2": "one"},
        exclusions={"e1": True},
    )
    found = departures(case, own)
    assert [
        (one.kind, one.label, one.against, one.published, one.own) for one in found
    ] == [
        (EntryKind.RATING, "E1", "H1", "C", "II"),
        (EntryKind.CREDIBILITY, "E1", "", "medium", "high"),
        (EntryKind.EXCLUSION, "E1", "", "counted", "set aside"),
        (EntryKind.RATING, "E2", "H2", "N", "unrated"),
        (EntryKind.EMPHASIS, "E2", "", "1.00", "1.50"),
        (EntryKind.ORIGIN, "E2", "", "none", "one"),
        (EntryKind.SOURCE_EMPHASIS, "Name of wire", "", "1.00", "0.00"),
    ]
    assert found[0].because == "Own."
    assert found[0].place == "E1 against H1"


def test_the_published_case_departs_nowhere():
    assert departures(make_case("E1: C I"), Judgments()) == ()


def test_a_direction_that_a_text_opens_ends_with_it():
    assert wording.plain("a\u202eb") == "a\u202eb\u202c"
    assert wording.plain("\u2067x\u202ey") == "\u2067x\u202ey\u202c\u2069"
    assert wording.plain("a\u202eb\u202cc") == "a\u202eb\u202cc"


def test_control_characters_and_lone_surrogates_are_not_printed():
    assert wording.plain("a\x1b[31m\x00\ud800b") == "a\ufffd[31m\ufffd\ufffdb"


def test_a_long_title_is_cut_in_a_sentence():
    assert len(wording.clipped("word " * 1000)) <= 80
    assert wording.clipped("short") == "short"


def test_grades_are_spelt_out_and_unjudged_is_not_low():
    assert grade("F6") == "F6: cannot be judged, cannot be judged"
    assert grade("") == ""


@pytest.mark.parametrize(
    ("names", "text"),
    [(["A"], "A"), (["A", "B"], "A and B"), (list("ABC"), "A, B and C")],
)
def test_names_are_joined_as_in_a_sentence(names, text):
    assert wording.joined(names) == text
