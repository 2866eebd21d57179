"""Cases drawn at random, whose texts are anything that an analyst can type."""

from __future__ import annotations

import string

from hypothesis import strategies

from tests.builders import make_hypothesis
from workbench.case.model import (
    CONFIDENCES,
    Assumption,
    Case,
    Citation,
    Consistency,
    EventDate,
    Evidence,
    Indicator,
    Kind,
    Outcome,
    Question,
    Rating,
    Rule,
    Source,
)

# What YAML, JSON and their readers find hard.
HARD = (
    ": ", " #", "#", "'", '"', "\n", "\n\n", "\n ", "\r", "\r\n", "\t", " \t", "\x85",
    "\u2028", "\u2029", "\xa0", "\ufeff", "  ", "- ", "? ", "@", "`", "%", "&a", "*a",
    "!", "|", ">", "[", "]", "{", "}", ",", "---", "...", "<<", "=", "~", "null", "yes",
    "NO", "12:30", "2024-04-17", "0x1F", "\\", "\u202e", "😀", "e\u0301",
)  # fmt: skip
PRINTABLE = strategies.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"
)
# One string is drawn in a fraction of the time that a list of pieces takes; so what is
# hard, and the spaces of a long text, are drawn as characters that stand for them.
STANDS_FOR = dict(enumerate((*HARD, *[" "] * 24), start=0xE000))
MIXED = string.ascii_letters + "".join(map(chr, STANDS_FOR))


def mixed(**size):
    """Draw a text of letters, spaces and what is hard."""
    return strategies.text(MIXED, **size).map(lambda text: text.translate(STANDS_FOR))


ANYTHING = strategies.text(PRINTABLE, max_size=12)
SHORT = strategies.tuples(mixed(max_size=8), ANYTHING).map("".join)
LONG = mixed(min_size=60, max_size=160)
TEXTS = (mixed(max_size=8) | SHORT | LONG).map(str.strip)
FILLED = TEXTS.filter(bool)
IDS = strategies.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,3}){0,2}", fullmatch=True)
DATES = strategies.none() | strategies.dates().flatmap(
    lambda day: strategies.sampled_from([4, 7, 10]).map(
        lambda length: EventDate(day.isoformat()[:length])
    )
)
LEVELS = strategies.sampled_from(["low", "medium", "high"]) | strategies.floats(0, 1e6)


def tuples(one):
    return strategies.lists(one, max_size=3).map(tuple)


RATINGS = strategies.builds(Rating, strategies.sampled_from(Consistency), TEXTS)


def some(ids):
    """Draw some of these ids, in any order."""
    if not ids:
        return strategies.just(())
    listed = strategies.lists(strategies.sampled_from(ids), unique=True)
    return listed.map(tuple)


def rated(ids):
    """Draw ratings by some of these ids."""
    if not ids:
        return strategies.just({})
    return strategies.dictionaries(strategies.sampled_from(ids), RATINGS)


def indicators(hypotheses, items):
    return strategies.builds(
        Indicator,
        FILLED,
        DATES,
        strategies.sampled_from(["open", "observed", "not-observed"]),
        DATES,
        rated(hypotheses),
        strategies.sampled_from(["", *items]),
    )


def questions(hypotheses):
    assumptions = strategies.builds(
        Assumption,
        FILLED,
        TEXTS,
        strategies.sampled_from(["", *CONFIDENCES]),
        TEXTS,
        some(hypotheses),
    )
    outcomes = strategies.builds(
        Outcome, strategies.sampled_from(["", *hypotheses]), DATES, TEXTS
    )
    return strategies.builds(
        Question,
        FILLED,
        FILLED,
        strategies.none() | strategies.dates(),
        TEXTS,
        strategies.sampled_from(Rule),
        TEXTS,
        tuples(assumptions),
        strategies.none() | outcomes,
    )


@strategies.composite
def cases(draw):
    """Draw a case whose texts are anything that an analyst can type."""
    named = strategies.lists(IDS, unique=True, max_size=3)
    hypothesis_ids, item_ids = draw(named), draw(named)
    sources = [
        draw(
            strategies.builds(
                Source,
                strategies.just(id_),
                FILLED,
                *[TEXTS] * 3,
                DATES,
                TEXTS,
                DATES,
                TEXTS,
                TEXTS,
                strategies.sampled_from("ABCDEF"),
                TEXTS,
                some(hypothesis_ids),
                strategies.dictionaries(
                    strategies.sampled_from(["motive", "opportunity", "means", "past"]),
                    FILLED,
                ),
            )
        )
        for id_ in draw(named)
    ]
    hypotheses = [
        make_hypothesis(
            draw(FILLED) + str(number),
            id=id_,
            title=draw(FILLED),
            statement=draw(FILLED),
            status=draw(strategies.sampled_from(["active", "parked", "rejected"])),
            prior=draw(strategies.none() | strategies.floats(0, 1)),
            predicts=draw(tuples(indicators(hypothesis_ids, item_ids))),
            refuted_by=draw(tuples(FILLED)),
        )
        for number, id_ in enumerate(hypothesis_ids)
    ]
    evidence = [
        Evidence(
            id_,
            draw(FILLED) + str(number),
            draw(FILLED),
            draw(FILLED),
            draw(strategies.sampled_from(Kind)),
            draw(DATES),
            draw(DATES),
            tuple(Citation(source.id, draw(TEXTS)) for source in sources),
            draw(tuples(FILLED)),
            draw(strategies.just("") | IDS),
            draw(strategies.sampled_from(["", "A1", "F6"])),
            draw(LEVELS),
            draw(LEVELS),
            draw(strategies.sampled_from(["active", "set-aside"])),
            draw(rated(hypothesis_ids)),
            draw(TEXTS),
        )
        for number, id_ in enumerate(item_ids)
    ]
    return Case(
        draw(questions(hypothesis_ids)),
        tuple(hypotheses),
        tuple(sources),
        tuple(evidence),
    )
