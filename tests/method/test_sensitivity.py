from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from tests.method import brute_force
from tests.method.brute_force import random_case
from workbench.case.judgments import Judgments
from workbench.case.model import (
    Case,
    Citation,
    Consistency,
    Evidence,
    Hypothesis,
    Question,
    Rating,
    Rule,
    Source,
)
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.method.sensitivity import (
    Reach,
    Sensitivity,
    SmallestChange,
    Tip,
    deceived,
    document,
    draw,
    sensitivity,
    smallest_change,
    smallest_changes,
    tipping_items,
    tipping_sources,
    without_items,
    without_origins,
    without_sources,
)

PUBLISHED = Path(__file__).parents[1] / "published"


def grid(*rows, judgments=None, rule=Rule.INCONSISTENCY, as_of=None, **more):
    """E1 and on from rows as "C I N"; a row may be (codes, {field: value})."""
    fields = [row if isinstance(row, tuple) else (row, {}) for row in rows]
    width = max((len(codes.split()) for codes, _ in fields), default=0)
    cited = [s for _, given in fields for s in given.get("sources", ())]
    case = Case(
        Question("Why?", "Why", as_of=as_of),
        tuple(Hypothesis(f"h{j}", f"H{j}", "...", "...") for j in range(1, width + 1)),
        tuple(Source(s, s) for s in dict.fromkeys(cited)),
        tuple(
            Evidence(
                f"e{i}",
                f"E{i}",
                "...",
                "...",
                ratings={
                    f"h{j}": Rating(Consistency(code))
                    for j, code in enumerate(codes.split(), start=1)
                    if code != "-"
                },
                **{**given, "sources": tuple(map(Citation, given.get("sources", ())))},
            )
            for i, (codes, given) in enumerate(fields, start=1)
        ),
    )
    return build(case, judgments, rule, **more)


def lists(ranking):
    return [list(group) for group in ranking]


# ---------------------------------------------------- against brute force

SEEDS = range(500)


def both(seed):
    case, judgments, rule, count_all = random_case(seed)
    matrix = build(case, judgments, rule, count_all=count_all)
    return matrix, brute_force.read(case, judgments, rule, count_all=count_all)


def test_random_cases_hold_what_may_trip_the_arithmetic():
    matrices = [both(seed)[0] for seed in SEEDS]
    rankings = [assess(matrix).ranking for matrix in matrices]
    assert sum(len(r) > 0 and len(r[0]) > 1 for r in rankings) > 50
    assert sum(len(r) > 0 and len(r[0]) == 1 for r in rankings) > 50
    assert sum(not matrix.ranked.all() for matrix in matrices) > 20
    assert sum(bool((matrix.weights == 0).any()) for matrix in matrices) > 50
    assert {matrix.basis.rule for matrix in matrices} == set(Rule)


@pytest.mark.parametrize("start", range(0, 500, 50))
def test_leaving_out_agrees_with_brute_force(start):
    for seed in range(start, start + 50):
        matrix, plain = both(seed)
        for one in without_items(matrix):
            expected = brute_force.leave_out(plain, lambda item, i=one.id: item.id == i)
            assert (lists(one.ranking), one.leaders_change) == expected, (seed, one)
        for one in without_sources(matrix):
            expected = brute_force.leave_out(
                plain, lambda item, s=one.id: item.sources == [s]
            )
            assert (lists(one.ranking), one.leaders_change) == expected, (seed, one)
        for one in without_origins(matrix):
            expected = brute_force.leave_out(
                plain, lambda item, o=one.id: item.origin == o
            )
            assert (lists(one.ranking), one.leaders_change) == expected, (seed, one)
        for one in deceived(matrix):
            expected = brute_force.deceived(plain, one.source)
            assert lists(one.ranking) == expected, (seed, one)


def agrees(found, expected):
    if found is None or expected is None:
        return found is expected
    emphasis, leaders = expected
    return found.emphasis == pytest.approx(emphasis, abs=1e-7) and (
        list(found.leaders) == leaders
    )


@pytest.mark.parametrize("start", range(0, 500, 50))
def test_tipping_emphases_agree_with_brute_force(start):
    for seed in range(start, start + 50):
        matrix, plain = both(seed)
        by_id = {item.id: item for item in plain.items}
        for one in tipping_items(matrix):
            below, above = brute_force.item_tips(plain, by_id[one.id])
            assert agrees(one.below, below), (seed, one, below)
            assert agrees(one.above, above), (seed, one, above)
        for one in tipping_sources(matrix):
            below, above = brute_force.source_tips(plain, one.id)
            assert agrees(one.below, below), (seed, one, below)
            assert agrees(one.above, above), (seed, one, above)


@pytest.mark.parametrize("reach", Reach)
@pytest.mark.parametrize("start", range(0, 500, 50))
def test_the_smallest_change_agrees_with_brute_force(start, reach):
    for seed in range(start, start + 50):
        matrix, plain = both(seed)
        found = smallest_change(matrix, reach)
        size, rivals = brute_force.smallest_change(
            plain, one_step=reach is Reach.ONE_STEP
        )
        assert found.size == size, (seed, found)
        assert found.rival == (rivals[0] if rivals else None), (seed, found)
        assert len(found.cells) == (size or 0)
        for cell in found.cells:
            place = (cell.evidence, cell.hypothesis)
            brute_force.put_cell(plain, place, cell.to.value)
        assert list(found.leaders) == plain.leaders(), (seed, found)


@pytest.mark.parametrize("reach", Reach)
def test_making_the_smallest_change_puts_the_rival_ahead_and_less_does_not(reach):
    made = 0
    for seed in SEEDS:
        matrix, plain = both(seed)
        for one in smallest_changes(matrix, reach):
            if one.size is None:
                continue
            leader = plain.leaders()[0]
            for cell in one.cells:
                assert brute_force.lead_of(plain, one.rival, leader) <= brute_force.TIE
                place = (cell.evidence, cell.hypothesis)
                brute_force.put_cell(plain, place, cell.to.value)
                if reach is Reach.ONE_STEP:
                    order = list(Consistency)
                    assert abs(order.index(cell.from_) - order.index(cell.to)) == 1
            assert brute_force.lead_of(plain, one.rival, leader) > brute_force.TIE
            matrix, plain = both(seed)
            made += 1
    assert made > 50


# ---------------------------------------------------- published cases


def published():
    for path in sorted(PUBLISHED.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for one in content.get("leave_out", ()) if "hypotheses" in content else ():
            yield pytest.param(
                content, one, id=f"{path.stem}-{one['rule']}-{one['evidence']}"
            )


def published_case(name_or_content):
    content = name_or_content
    if isinstance(content, str):
        text = (PUBLISHED / f"{content}.yaml").read_text(encoding="utf-8")
        content = yaml.safe_load(text)
    return Case(
        Question(content["title"], content["title"]),
        tuple(Hypothesis(h, h, h, h) for h in content["hypotheses"]),
        (),
        tuple(
            Evidence(
                e["id"],
                e["id"],
                e["title"],
                e["title"],
                credibility=e["credibility"],
                relevance=e["relevance"],
                ratings={h: Rating(Consistency(c)) for h, c in e["ratings"].items()},
            )
            for e in content["evidence"]
        ),
    )


@pytest.mark.parametrize(("content", "expected"), list(published()))
def test_published_leave_outs(content, expected):
    matrix = build(published_case(content), rule=Rule(expected["rule"]))
    found = {one.id: one for one in without_items(matrix)}[expected["evidence"]]
    assert lists(found.ranking) == expected["ranking"]
    assert found.leaders_change == (
        expected["ranking"][0] != list(assess(matrix).leaders)
    )


def test_dropping_either_linchpin_of_the_aum_matrix_breaks_the_tie():
    matrix = build(published_case("aum_tradecraft_primer_2009"))
    changes = {one.id: one.leaders_change for one in without_items(matrix)}
    assert changes == {"e1": False, "e2": True, "e3": True, "e4": False}
    found = smallest_change(matrix, Reach.ANY)
    assert found == SmallestChange(0, leaders=("h1", "h4"))


def test_example_a_without_its_second_item_is_a_lead_that_becomes_shared():
    matrix = build(published_case("worked_example"), rule=Rule.INCONSISTENCY)
    without = {one.id: one for one in without_items(matrix)}["e2"]
    assert without.ranking == (("h1", "h2"), ("h3",))
    assert without.leaders_change


def test_a_full_tie_hangs_on_nothing():
    found = sensitivity(build(published_case("parc_unit_tie")))
    assert not any(one.leaders_change for one in found.without_items)
    assert all(one.below is one.above is None for one in found.tipping_items)
    assert found.any_change.size == found.one_step_change.size == 0


def test_the_lead_of_the_vague_hypothesis_hangs_on_one_item():
    found = sensitivity(build(published_case("parc_unit_vague")))
    changed = [one.id for one in found.without_items if one.leaders_change]
    assert changed == ["e4"]
    tips = {one.id: one.below for one in found.tipping_items}
    assert tips == {
        "e1": None,
        "e2": None,
        "e3": None,
        "e4": Tip(0.0, ("h1", "h2")),
    }
    assert found.any_change.size == 1


def test_the_rule_decides_how_many_judgments_unseat_the_leader():
    case = published_case("roberts_2016_12_rows")
    by_rule = {
        rule: smallest_change(build(case, rule=rule), Reach.ONE_STEP)
        for rule in (Rule.NET_SUPPORT, Rule.INCONSISTENCY)
    }
    assert by_rule[Rule.NET_SUPPORT].rival == "h2"
    assert by_rule[Rule.INCONSISTENCY].rival == "h1"
    assert [one.size for one in by_rule.values()] == [2, 2]


# ---------------------------------------------------- leaving out


def test_leaving_out_an_item_gives_its_share_back_to_the_origin():
    same = {"origin": "one-report"}
    matrix = grid(("I N", same), ("I N", same), "N I")
    assert assess(matrix).ranking == (("h1", "h2"),)
    assert without_items(matrix)[0].ranking == (("h1", "h2"),)
    assert not without_items(matrix)[0].leaders_change
    assert without_origins(matrix)[0].ranking == (("h1",), ("h2",))
    assert without_origins(matrix)[0].evidence == ("e1", "e2")


def test_count_all_leaves_an_origins_other_items_as_they_were():
    same = {"origin": "one-report"}
    matrix = grid(("I N", same), ("I N", same), "N I", count_all=True)
    assert assess(matrix).ranking == (("h2",), ("h1",))
    assert without_items(matrix)[0].ranking == (("h1", "h2"),)


def test_a_source_takes_only_the_items_that_cite_nobody_else():
    matrix = grid(("I N", {"sources": ["a"]}), ("I N", {"sources": ["a", "b"]}), "N II")
    a, b = without_sources(matrix)
    assert (a.evidence, a.ranking) == (("e1",), (("h1",), ("h2",)))
    assert (b.evidence, b.leaders_change) == ((), False)


def test_a_source_cited_at_two_places_is_still_the_only_one():
    matrix = grid(("I N", {"sources": ["a", "a"]}), "N II")
    assert without_sources(matrix)[0].evidence == ("e1",)


def test_a_hypothesis_that_loses_its_only_rating_loses_its_rank():
    matrix = grid("N -", "I I")
    without = without_items(matrix)[1]
    assert without.ranking == (("h1",),)
    assert without.leaders_change


def test_leaving_out_the_only_item_leaves_nobody_in_the_lead():
    (without,) = without_items(grid("N I"))
    assert without.ranking == ()
    assert without.leaders_change


def test_items_set_aside_are_not_left_out_again():
    matrix = grid("N I", ("I N", {"status": "set-aside"}))
    assert [one.id for one in without_items(matrix)] == ["e1"]


def test_rounding_neither_makes_nor_breaks_a_tie_when_an_item_goes():
    levels = [0.1, 0.2, 0.3, 0.7, 1e3, 1e9]
    forward = [("I N", {"credibility": x}) for x in levels]
    backward = [("N I", {"credibility": x}) for x in reversed(levels)]
    matrix = grid(*forward, *backward, "I II", rule=Rule.WEIGHTED_INCONSISTENCY)
    assert without_items(matrix)[-1].ranking == (("h1", "h2"),)


# ---------------------------------------------------- tipping


def test_more_emphasis_on_what_speaks_against_the_leader_tips_it():
    matrix = grid("II N", "N II", "N I")  # 2 against 3
    first, second, third = tipping_items(matrix)
    assert (first.below, first.above) == (None, Tip(1.5, ("h2",)))
    assert (second.below, second.above) == (Tip(0.5, ("h2",)), None)
    # only at nothing is the lead shared
    assert (third.below, third.above) == (Tip(0.0, ("h1", "h2")), None)


def test_any_move_breaks_a_present_tie():
    (one, _) = tipping_items(grid("I N", "N I"))
    assert (one.below, one.above) == (Tip(1.0, ("h1",)), Tip(1.0, ("h2",)))


def test_a_tie_that_both_share_alike_does_not_tip():
    (one, *_) = tipping_items(grid("I I II", "N N I"))
    assert one.below is one.above is None


def test_at_the_end_of_the_range_there_is_nothing_beyond():
    judgments = Judgments(emphases={"e1": 2.0, "e2": 0.0})
    one, two, _ = tipping_items(grid("I N", "N I", "N II", judgments=judgments))
    assert (one.below, one.above) == (Tip(2.0, ("h1",)), None)
    assert (two.below, two.above) == (None, Tip(0.0, ("h1",)))


def test_where_most_support_comes_first_less_emphasis_on_it_tips():
    matrix = grid("CC N", "N C", rule=Rule.NET_SUPPORT)
    assert tipping_items(matrix)[0].below == Tip(0.5, ("h2",))


def test_a_weight_of_nothing_never_tips():
    matrix = grid(("II N", {"credibility": 0}), "N I", rule=Rule.WEIGHTED_INCONSISTENCY)
    assert tipping_items(matrix)[0].above is None


def test_a_source_tips_only_above_the_other_sources_of_its_items():
    rows = (("II N", {"sources": ["a", "b"]}), "N II", "N I")
    a, b = tipping_sources(grid(*rows))
    assert (a.above, b.above) == (Tip(1.5, ("h2",)), Tip(1.5, ("h2",)))
    judgments = Judgments(source_emphases={"b": 1.25, "a": 0.5})
    a, b = tipping_sources(grid(*rows, judgments=judgments))
    assert a.above == Tip(1.5, ("h2",))
    judgments = Judgments(source_emphases={"b": 1.75, "a": 0.5})
    a, b = tipping_sources(grid(*rows, judgments=judgments))
    assert (a.below, a.above) == (None, None)
    assert b.below == Tip(1.5, ("h1",))


def test_a_source_of_several_items_moves_them_together():
    said = {"sources": ["a"]}
    matrix = grid(("N I", said), ("N I", said), "I N")
    assert tipping_sources(matrix)[0].below == Tip(0.5, ("h2",))


def test_a_tie_that_comes_and_goes_is_given_with_those_who_share_it():
    # h1 stands at 1 + a, h2 at 2 max(a, 1): level at 1 only
    matrix = grid(
        ("I N", {"sources": ["a"]}),
        ("N II", {"sources": ["a", "b"]}),
        "I N",
        judgments=Judgments(source_emphases={"a": 0.0}),
    )
    (a, _) = tipping_sources(matrix)
    assert a.above == Tip(1.0, ("h1", "h2"))


# ---------------------------------------------------- the smallest change


def test_the_largest_gain_is_taken_first_then_by_label():
    matrix = grid("N II", "N I", "N I")
    found = smallest_change(matrix, Reach.ANY)
    assert (found.size, found.rival) == (3, "h2")
    assert [(c.evidence, c.hypothesis, c.from_, c.to) for c in found.cells] == [
        ("e1", "h1", "N", "II"),
        ("e1", "h2", "II", "N"),
        ("e2", "h1", "N", "II"),
    ]


def test_a_cell_goes_to_the_nearest_code_that_gives_its_full_gain():
    matrix = grid("C I", rule=Rule.INCONSISTENCY_COUNT)
    found = smallest_change(matrix, Reach.ANY)
    assert [(c.from_, c.to) for c in found.cells] == [("C", "I"), ("I", "N")]


def test_one_step_needs_more_than_any():
    matrix = grid("C II", "C N")
    assert smallest_change(matrix, Reach.ANY).size == 2
    assert smallest_change(matrix, Reach.ONE_STEP).size is None


def test_drawing_level_is_not_standing_ahead():
    assert smallest_change(grid("N I"), Reach.ONE_STEP).size == 2


def test_unrated_and_inapplicable_cells_are_not_wrong_judgments():
    matrix = grid("NA II", "- N", "N NA")
    cells = smallest_change(matrix, Reach.ANY).cells
    assert {(c.evidence, c.hypothesis) for c in cells} <= {("e1", "h2"), ("e3", "h1")}


def test_nothing_is_enough_where_the_leader_cannot_be_reached():
    found = smallest_change(
        grid(("N II", {"credibility": 0}), rule=Rule.WEIGHTED_INCONSISTENCY), Reach.ANY
    )
    assert found.size == 0  # weightless: both lead
    assert smallest_change(grid("N -"), Reach.ANY) == SmallestChange(
        None, leaders=("h1",)
    )
    assert smallest_change(grid("- -"), Reach.ANY) == SmallestChange(None)


def test_an_unranked_hypothesis_is_no_rival():
    found = smallest_changes(grid("N I NA"), Reach.ANY)
    assert [one.rival for one in found] == ["h2"]


# ---------------------------------------------------- deception


def test_a_source_that_lied_said_the_opposite():
    said = {"sources": ["a"]}
    (one,) = deceived(grid(("CC II NA", said), "N I N"))
    assert one.ranking == (("h3",), ("h2",), ("h1",))
    assert one.leaders_change
    assert one.evidence == ("e1",)


def test_a_second_source_vouches_for_an_item():
    (one, _) = deceived(grid(("CC II", {"sources": ["a", "b"]})))
    assert not one.leaders_change


# ---------------------------------------------------- the document


def test_the_document_has_the_published_form():
    said = {"sources": ["a"], "origin": "one"}
    matrix = grid(("N I", said), ("I N", said), ("N I", {}))
    found = document(sensitivity(matrix), draw(matrix, draws=10, seed=3))
    assert json.loads(json.dumps(found)) == found
    assert list(found) == [
        "ranking",
        "margin",
        "leave_out",
        "tipping",
        "smallest_change",
        "deceived",
        "drawn",
        "verdict",
        "contributions",
        "collection",
    ]
    assert found["leave_out"]["origins"] == [
        {"id": "one", "ranking": [["h1"], ["h2"]], "leaders_change": False}
    ]
    assert found["tipping"]["evidence"][2] == {
        "id": "e3",
        "below": {"emphasis": 0.0, "leaders": ["h1", "h2"]},
        "above": None,
    }
    assert set(found["smallest_change"]) == {"any", "one_step"}
    assert set(found["smallest_change"]["any"]) == {
        "size",
        "rival",
        "cells",
        "leaders",
    }
    assert set(found["smallest_change"]["any"]["cells"][0]) == {
        "evidence",
        "hypothesis",
        "from",
        "to",
    }
    assert set(found["deceived"][0]) == {"source", "ranking", "leaders_change"}
    assert {k: found["drawn"][k] for k in ("draws", "seed", "q")} == {
        "draws": 10,
        "seed": 3,
        "q": 0.2,
    }


@pytest.mark.parametrize("rows", [(), ("",), ("- -",), ("NA NA",), ("N",)])
def test_an_empty_case_has_an_empty_answer(rows):
    found = sensitivity(grid(*rows))
    assert isinstance(found, Sensitivity)
    assert json.dumps(document(found, draw(found.assessment.matrix, draws=10)))
    assert found.any_change.size is None
