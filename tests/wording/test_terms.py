"""The terms of art: each is explained once, and found in a sentence by its words."""

from tests.ui.prose import unlinked
from workbench.ui.links import explained
from workbench.wording.terms import BY_KEY, IN_TEXT, OF_WORD, TERMS


def test_no_word_and_no_address_is_that_of_two_terms():
    words = [word for one in TERMS for word in one.words]
    assert len(words) == len(set(words))
    assert len(BY_KEY) == len(TERMS)
    assert all(one.meaning.endswith(".") for one in TERMS)


def test_a_term_is_linked_where_it_first_stands_and_nothing_else_is_changed():
    said = "The origin of E1, Emphasis 1: its origins (and the origin) stay."
    made = explained(said)
    assert made.count("](#term-origin)") == 1
    assert "[Emphasis](#term-emphasis)" in made
    assert unlinked(made).replace("\\", "") == said


def test_a_word_within_a_word_is_no_term():
    assert not IN_TEXT.search("original uncovered marginal")
    assert OF_WORD["tipping points"].name == "Tipping point"
