"""Items near one that is written: by words where it is said twice, by place else."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings, strategies

from tests.builders import make_case
from workbench.case import folder
from workbench.case.editing import acts, together
from workbench.case.editing.neighbours import (
    CUT,
    nearly_stated,
    nearly_titled,
    of_one_report,
)
from workbench.case.model import Citation

SHIPPED = folder.load(Path(__file__).parents[3])
NAMES = {one.id: set(one.title.casefold().split()) for one in SHIPPED.evidence}
LONG = [one for one in SHIPPED.evidence if len(NAMES[one.id]) > 3]
ITEMS = strategies.sampled_from(LONG)


def test_no_shipped_item_is_nearly_said_by_another():
    for item in SHIPPED.evidence:
        assert nearly_titled(SHIPPED, item.title, item.id) == ()
        assert nearly_stated(SHIPPED, item.statement, item.id) == ()


@settings(max_examples=30, deadline=None)
@given(ITEMS, strategies.randoms(use_true_random=False), strategies.booleans())
def test_order_of_words_case_and_marks_do_not_hide_what_is_said_twice(
    item, chance, louder
):
    words = item.title.split()
    chance.shuffle(words)
    typed = ", ".join(words)
    near = nearly_titled(SHIPPED, typed.upper() if louder else typed)
    assert near[0].item == item
    assert near[0].score >= 99
    scores = [one.score for one in near]
    assert scores == sorted(scores, reverse=True)
    assert all(CUT <= one <= 100 for one in scores)
    assert item not in [one.item for one in nearly_titled(SHIPPED, typed, item.id)]


@given(strategies.text(max_size=12))
def test_a_word_or_two_are_near_nothing(text):
    assert nearly_titled(SHIPPED, " ".join(text.split()[:2])) == ()


def test_items_of_one_place_are_offered_by_tags_in_common():
    case = make_case(
        *(f"E{number}: C I" for number in range(1, 6)),
        sources={f"e{number}": "wire" for number in range(1, 6)},
    )
    for number, (at, tags) in enumerate(
        [("par. 2", "ab"), ("Par. 2.", "b"), ("par. 2", "ab"), ("par. 3", "ab")], 1
    ):
        cited = (Citation("wire", at),)
        case = acts.with_evidence(case, f"e{number}", sources=cited, tags=tuple(tags))
    near = of_one_report(case, case.item["e1"])
    assert [(one.item.id, one.tags) for one in near] == [
        ("e3", ("a", "b")),
        ("e2", ("b",)),
    ]
    joined = together.share_origin(case, "e1", "e3").case
    assert {joined.item[one].origin for one in ("e1", "e3")} == {"as-e3"}
    assert [one.item.id for one in of_one_report(joined, joined.item["e1"])] == ["e2"]
    again = together.share_origin(joined, "e2", "e1").case
    assert again.item["e2"].origin == "as-e3"
    assert of_one_report(again, again.item["e1"]) == ()
    assert of_one_report(case, case.item["e5"]) == ()  # it names no place


def test_half_of_the_shipped_pairs_of_one_origin_are_of_one_place():
    pairs = [
        (one, other)
        for one in SHIPPED.evidence
        for other in SHIPPED.evidence
        if one.id < other.id and one.origin and one.origin == other.origin
    ]
    free = replace(
        SHIPPED, evidence=tuple(replace(one, origin="") for one in SHIPPED.evidence)
    )
    by_words = [
        pair
        for pair in pairs
        if pair[1].id
        in [near.item.id for near in nearly_stated(free, pair[0].statement)]
    ]
    assert by_words == []
    places = [
        {(c.source, c.at) for c in one.sources}
        & {(c.source, c.at) for c in two.sources}
        for one, two in pairs
    ]
    assert sum(map(bool, places)) * 2 > len(pairs)
