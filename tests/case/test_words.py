"""The words for a rating mean the same wherever they are read, and no two things."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given, strategies

from workbench.case import words
from workbench.case.model import Consistency
from workbench.case.words import LANGUAGES


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # codes and English, as written
        ("CC", "CC"),
        ("i i", "II"),
        ("N/A", "NA"),
        ("n.a.", "NA"),
        ("Significantly Inconsistent", "II"),
        ("strongly supports", "CC"),
        ("Contradicts", "I"),
        ("contradicts strongly", "II"),
        ("partly consistent", "C"),
        ("Not Relevant / Not Applicable", "NA"),
        ("does not apply", "NA"),
        ("**Neutral**", "N"),
        ("refutes", "I"),
        ("fits", "C"),
        # others
        ("sehr inkonsistent", "II"),
        ("widerspricht stark", "II"),
        ("äußerst stimmig", "CC"),
        ("Très Incohérent", "II"),
        ("tres coherent", "CC"),
        ("sans objet", "NA"),
        ("muy inconsistente", "II"),
        ("contradice", "I"),
        ("сильно противоречит", "II"),
        ("согласуется", "C"),
        ("дуже узгоджується", "CC"),
        ("суперечить", "I"),
        ("强不一致", "II"),
        ("部分一致", "C"),
        ("非常符合", "CC"),
        ("غير متسق بشدة", "II"),
        ("متّسق جدًا", "CC"),
        ("لا ينطبق", "NA"),
    ],
)
def test_a_word_is_read_as_its_language_means_it(text, code):
    assert words.meaning(text) is Consistency(code)


@pytest.mark.parametrize(
    "text",
    ["likely", "not very consistent", "C?", "C or N", "very", "consistency", "x" * 99],
)
def test_what_is_no_word_of_the_table_has_no_meaning(text):
    assert not words.known(text)
    assert words.meaning(text) is None


def test_unrated_is_known_and_means_no_rating():
    assert words.known("not yet rated")
    assert words.meaning("not yet rated") is None
    assert words.says_nothing("·")
    assert words.says_nothing("?")
    assert not words.says_nothing("")


def test_no_word_stands_for_two_things_in_any_two_languages():
    found = defaultdict(set)
    for language in LANGUAGES:
        for part in ("consistent", "inconsistent", "neutral", "not_applicable"):
            for one in getattr(language, part).split("|"):
                found[words.word(one)].add(part)
        for one in language.unrated.split("|"):
            found[words.word(one)].add("unrated")
    assert {one: parts for one, parts in found.items() if len(parts) > 1} == {}
    adverbs = defaultdict(set)
    for language in LANGUAGES:
        for part in ("strong", "weak"):
            for one in getattr(language, part).split("|"):
                adverbs[words.word(one)].add(part)
    assert {one: parts for one, parts in adverbs.items() if len(parts) > 1} == {}


def by_table(text: str) -> str | None:
    """Read a text as another program would that has nothing but the table."""
    told = words.table()
    bare = words.word(text)
    if bare in told["words"]:
        return told["words"][bare]
    for adverb in sorted([*told["strong"], *told["weak"]], key=len, reverse=True):
        space = "" if adverb in told["joined"] else " "
        for rest in (
            bare.removeprefix(adverb + space),
            bare.removesuffix(space + adverb),
        ):
            code = told["words"].get(rest.strip())
            if rest != bare and code in ("C", "I") and len(rest) > 1:
                return code * 2 if adverb in told["strong"] else code
    return None


@given(strategies.data())
def test_every_adverb_raises_or_keeps_every_word_of_its_language(data):
    language = data.draw(strategies.sampled_from(LANGUAGES))
    part = data.draw(strategies.sampled_from(["consistent", "inconsistent"]))
    one = data.draw(strategies.sampled_from(getattr(language, part).split("|")))
    degree = data.draw(strategies.sampled_from(["strong", "weak"]))
    adverb = data.draw(strategies.sampled_from(getattr(language, degree).split("|")))
    space = "" if language.joined else " "
    plain = Consistency.C if part == "consistent" else Consistency.I
    raised = {"C": Consistency.CC, "I": Consistency.II}[plain]
    texts = [adverb + space + one, one + space + adverb]
    for text in texts:
        written = data.draw(strategies.sampled_from([text, text.upper(), f" {text}. "]))
        assert words.meaning(written) is (raised if degree == "strong" else plain)
        assert by_table(written) == words.meaning(written)
