"""What a round freezes of a case, and what an edit reopens."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_case
from workbench.record.blinding import blinded
from workbench.record.frozen import fingerprint, freeze, touched

CASE = make_case("E1: CC C", "E2: N I", "E3: II C", sources={"e1": "s", "e2": "s"})
FROZEN = freeze(CASE)


def edited(**changes):
    """Give the case with one item, the second, that says something else."""
    items = [
        replace(one, **changes) if one.id == "e2" else one for one in CASE.evidence
    ]
    return replace(CASE, evidence=tuple(items))


def test_what_an_item_says_and_weighs_reopens_its_row_and_no_other():
    for changes in (
        {"statement": "Another."},
        {"title": "Another"},
        {"origin": "one"},
        {"credibility": "high"},
        {"relevance": "low"},
        {"status": "set-aside"},
        {"caveat": "Doubtful"},
    ):
        found = touched(FROZEN, edited(**changes))
        assert found.items == {"e2"}, changes
        assert not found.hypotheses
        assert found.holds("e2", "h1")
        assert not found.holds("e1", "h1")


def test_ratings_and_what_is_only_a_name_reopen_nothing():
    for changes in ({"ratings": {}}, {"label": "E9"}, {"tags": ("new",)}):
        assert not touched(FROZEN, edited(**changes)), changes
    assert fingerprint(freeze(edited(ratings={}))) == fingerprint(FROZEN)


def test_a_source_reopens_what_cites_it_and_a_hypothesis_its_column():
    source = replace(CASE.sources[0], reliability="A")
    found = touched(FROZEN, replace(CASE, sources=(source,)))
    assert found.items == {"e1", "e2"}
    first, *rest = CASE.hypotheses
    told = replace(CASE, hypotheses=(replace(first, statement="Other."), *rest))
    found = touched(FROZEN, told)
    assert (found.items, found.hypotheses) == (frozenset(), {"h1"})
    assert found.holds("e3", "h1")
    assert not found.holds("e3", "h2")


def test_what_is_new_is_open_and_another_question_opens_everything():
    more = make_case("E1: CC C", "E2: N I", "E3: II C", "E4: - -", sources={"e1": "s"})
    assert "e4" in touched(FROZEN, more).items
    question = replace(CASE.question, question="When did it happen?")
    found = touched(FROZEN, replace(CASE, question=question))
    assert found.items == set(CASE.item)
    assert found.hypotheses == set(CASE.hypothesis)


@given(st.text())
def test_who_rates_blind_has_all_things_and_no_rating_in_an_order_of_a_seed(seed):
    shown = blinded(CASE, seed)
    assert shown == blinded(CASE, seed)
    assert set(shown.item) == set(CASE.item)
    assert set(shown.hypothesis) == set(CASE.hypothesis)
    assert not shown.is_rated
    assert freeze(shown) == {key: FROZEN[key] for key in freeze(shown)} == FROZEN
    moved = replace(shown, sources=CASE.sources)
    assert [one.id for one in moved.evidence] == [one.id for one in shown.evidence]
