"""One sentence never has both a likelihood and a level of confidence (ICD 203)."""

from __future__ import annotations

import pytest

from workbench.method.scales import ICD_203, PHIA
from workbench.wording.mixing import mixed

MIXED = (
    "It is likely, and we have high confidence in it.",
    "We are confident that it is almost certain.",
    "Unlikely as it seems, confidence is low.",
    "Confidence is low: chances are roughly even.",
    "70% chance, and confidence is moderate.",
    "We put it at 70 per cent, with moderate confidence.",
    "There is a better than even chance (confidence: low).",
    "The odds are three to one and our confidence is high.",
    "We assess with high confidence that Moscow will probably stay.",
    "It is very likely, low confidence.",
    "With moderate to high confidence, it is unlikely.",
    "This is a low-confidence judgment that it is likely.",
    "We judge, with only limited confidence, that it is improbable.",
    "I am fairly confident that this is likely.",
    "Our level of confidence is moderate that it is likely.",
    "It can be said confidently that it is likely.",
    "The probability is .7; confidence in this judgment, a probable one, is low.",
    "Confidence is low that there is\na realistic possibility of a return.",
    "Confidence remains moderate: one in three, at most.",
    "It is likely (moderate confidence).",
    "We're quite confident that odds are even.",
    "We attach only little confidence to its being likely.",
    "Analytic confidence is high that it is remote.",
)
APART = (
    "It is likely. Our confidence is low.",
    "It is likely\nConfidence is low",
    "Likelihoods differ; confidence is low.",
    "Baku had likely lost confidence.",
    "Baku had likely lost confidence in Moscow.",
    "Armenians probably had little confidence in Russia.",
    "It is likely that public confidence was low.",
    "Baku's confidence is high, and it is likely to press on.",
    "A confident Baku was likely to press on.",
    "The vote of confidence is likely to pass.",
    "Confidence-building measures are unlikely.",
    "Moscow probably spoke with confidence to its allies.",
    "Moscow likely gained confidence from it.",
    "We assess that Baku had likely lost confidence in Moscow.",
    "We assess that Baku is confident and likely to press on.",
    "Some 70% of Armenians have confidence in the government.",
    "Mutual confidence is unlikely to return.",
    "Confidence between the two was likely at its lowest.",
    "Our confidence is low, since Moscow and Baku were at odds.",
    "Our confidence is low: 70% of the items rest on one source.",
    "Our confidence is moderate, for Moscow had a last chance to stay.",
    "Our confidence is low.",
    "It is likely.",
    "",
)


@pytest.mark.parametrize("text", MIXED)
def test_a_likelihood_and_confidence_in_one_sentence_are_found(text):
    assert mixed(text)


@pytest.mark.parametrize("text", APART)
def test_what_keeps_them_apart_or_tells_of_others_passes(text):
    assert not mixed(text)


@pytest.mark.parametrize("text", APART)
def test_what_passes_passes_among_other_sentences(text):
    assert not mixed(f"The case is short. {text}\n\nMore follows.")


@pytest.mark.parametrize(
    "word", sorted({w for scale in (ICD_203, PHIA) for one in scale for w in one.words})
)
def test_every_word_of_both_scales_is_known(word):
    assert mixed(f"We have moderate confidence that it is {word}.")
    assert mixed(f"The {word.upper()} is our verdict, confidence: low.")
