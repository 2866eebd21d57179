"""Sentences are true of the numbers, and numbers are printed one way."""

from __future__ import annotations

import re

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
from workbench.method.sensitivity import draw, sensitivity, verdict
from workbench.wording import departures as departing
from workbench.wording.deciding import describe_rivals
from workbench.wording.departures import departures
from workbench.wording.ranking import describe_flags, describe_ranking, describe_rules
from workbench.wording.sources import describe_sources, grade
from workbench.wording.verdict import describe_hanging, describe_verdict

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


def test_the_order_is_said_with_its_scores_and_ties_as_ties():
    said = describe_ranking(assess(build(make_case("E1: C N II"))))
    assert said == (
        "By weighted inconsistency, least first: H1 Title of H1 and H2 Title of H2 (a "
        "tie) at 0.00; H3 Title of H3 at 2.00."
    )


def test_nothing_rated_is_said_as_such():
    said = describe_ranking(assess(build(make_case("E1: - NA"))))
    assert said == "Nothing is rated yet, so no hypothesis has a rank."


def test_net_support_speaks_of_support():
    said = describe_ranking(assess(build(make_case("E1: C I"), None, Rule.NET_SUPPORT)))
    assert said.startswith("By net support, most first: H1 Title of H1 at 1.00; ")


@given(matrices())
def test_the_ranking_sentence_names_everybody_with_a_rank_and_nobody_else(matrix):
    assessment = assess(matrix)
    said = describe_ranking(assessment)
    named = set(re.findall(r"\bH\d\b", said))
    assert named == {id_.upper() for group in assessment.ranking for id_ in group}
    assert ("(a tie)" in said) == any(len(group) > 1 for group in assessment.ranking)


@given(matrices())
def test_no_sentence_names_a_winner_a_likelihood_or_a_percentage(matrix):
    assessment = assess(matrix)
    found, drawn = sensitivity(matrix, assessment), draw(matrix, draws=50)
    reached = verdict(found, drawn)
    said = " ".join(
        [
            describe_ranking(assessment),
            describe_rules(every_rule(matrix)),
            describe_verdict(assessment, reached),
            *describe_hanging(found, reached, drawn),
            *describe_rivals(found),
            *describe_sources(assessment),
            *describe_flags(assessment),
        ]
    )
    assert not re.search(
        r"winner|wins|likely|probab|%|best fit|correct", said, re.IGNORECASE
    )


def test_of_what_is_unrated_nothing_is_said_but_that():
    said = describe_flags(assess(build(make_case("E1: C - NA", "E2: I - -"))))
    (alone,) = said
    assert alone.startswith("H2 and H3. Unrated: no item that counts is judged against")


def test_one_item_is_told_in_the_singular():
    case = make_case("E1: C I", sources={"e1": "wire"})
    said = " ".join(describe_sources(assess(build(case))))
    assert "Of the 1 item that takes part," in said


@given(matrices())
def test_the_rules_said_to_agree_agree(matrix):
    results = every_rule(matrix)
    said = describe_rules(results)
    leaders = {one.leaders for one in results.values()}
    ranked = max(len(sum(one.ranking, ())) for one in results.values())
    if ranked == 1:
        assert said.startswith("One hypothesis alone has a rank")
    elif ranked:
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


def test_a_first_rating_departs_from_nothing_where_none_is_published():
    given = {("e1", "h1"): Rating(Consistency.II, "Seen.")}
    unpublished = make_case("E1: - -")
    assert not any(item.ratings for item in unpublished.evidence)
    assert departures(unpublished, Judgments(ratings=given)) == ()
    (emphasis,) = departures(unpublished, Judgments(given, emphases={"e1": 0.5}))
    assert emphasis.kind is EntryKind.EMPHASIS
    published = make_case("E1: - -", "E2: C -")
    assert len(departures(published, Judgments(ratings=given))) == 1


def test_the_published_case_departs_nowhere():
    assert departures(make_case("E1: C I"), Judgments()) == ()


def test_departures_are_looked_for_where_something_was_decided(monkeypatch):
    case = make_case(*(f"E{n}: CC II" for n in range(1, 9)))
    judgments = make_judgments(
        {("e1", "h1"): "II"},
        credibility={"e2": "low"},
        relevance={"e3": "low"},
        emphases={"e4": 2.0},
        origins={"e5": "one-report"},
        exclusions={"e6": True},
    )
    looked = []
    of_item = departing._of_item
    monkeypatch.setattr(
        departing,
        "_of_item",
        lambda *of: looked.append(of[2].label) or of_item(*of),
    )
    told = [one.label for one in departures(case, judgments)]
    assert told == looked == [f"E{n}" for n in range(1, 7)]


def test_a_direction_that_a_text_opens_ends_with_it():
    assert wording.plain("a\u202eb") == "a\u202eb\u202c"
    assert wording.plain("\u2067x\u202ey") == "\u2067x\u202ey\u202c\u2069"
    assert wording.plain("a\u202eb\u202cc") == "a\u202eb\u202cc"


def test_control_characters_and_lone_surrogates_are_not_printed():
    assert wording.plain("a\x1b[31m\x00\ud800b") == "a\ufffd[31m\ufffd\ufffdb"
    others = [*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xFFFE, 0xFFFF]
    for one in (*others, *range(0xD800, 0xE000)):
        assert wording.plain(f"a{chr(one)}") == "a\ufffd"
    for one in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068":
        assert len(wording.plain(one)) == 2


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
