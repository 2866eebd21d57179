"""What a search found: marked, with the words around it."""

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_case
from workbench.case.judgments import Judgments
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.ui import hits, items
from workbench.ui.controls import literal

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=200)


@given(TEXT, TEXT)
def test_marking_adds_marks_and_takes_nothing_away(before, after):
    said = hits.marked(f"{before} signal {after}", ["signal"])
    assert ":yellow-background[signal]" in said
    assert said.count(":yellow-background[") >= 1


@given(TEXT, TEXT)
def test_the_words_around_a_hit_hold_it_and_are_few(before, after):
    found = hits.around(f"{before} signal {after}", ["signal"])
    assert "signal" in found.casefold()
    assert len(found) <= 2 * 50 + len("signal") + 2


def test_without_a_search_a_text_is_only_made_safe():
    assert hits.marked("a *b* [c]", []) == literal("a *b* [c]")
    assert hits.around("nothing of it", ["signal"]) == ""


def test_a_search_finds_what_it_says_it_finds():
    case = make_case("E1: CC I", "E2: N II")
    words = hits.words_of("statement E2")
    found = items.matching(case, Judgments(), items.Wanted("statement E2"))
    assert [item.label for item in found] == ["E2"]
    where, said = hits.found_in(case, Judgments(), found[0], words)
    assert (where, said) == ("Statement", "Statement of E2.")
    assert hits.found_in(case, Judgments(), found[0], ["title"]) is None  # is in view


def test_items_are_sorted_by_what_is_asked_and_none_is_lost():
    case = make_case("E1: C C", "E2: CC II", "E3: I C")
    now = assess(build(case))
    by = items.in_order(case.evidence, "diagnosticity", now)
    assert [one.label for one in by] == ["E2", "E3", "E1"]
    for sort in items.SORTS:
        found = items.in_order(case.evidence, sort, now)
        assert sorted(one.id for one in found) == ["e1", "e2", "e3"]
