"""Cases drawn at random, whose texts are anything that an analyst can type."""

from __future__ import annotations

import string

from hypothesis import strategies

from tests.builders import make_hypothesis
from workbench.case.model import (
    Case,
    Citation,
    Consistency,
    EventDate,
    Evidence,
    Indicator,
    Kind,
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
PIECES = strategies.sampled_from(HARD) | strategies.text(PRINTABLE, max_size=12)
WORDS = strategies.text(string.ascii_letters, min_size=1, max_size=9)
LONG = strategies.lists(WORDS | PIECES, min_size=12, max_size=30).map(" ".join)
TEXTS = (strategies.lists(PIECES, max_size=6).map("".join) | LONG).map(str.strip)
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


INDICATORS = strategies.builds(
    Indicator,
    FILLED,
    DATES,
    strategies.sampled_from(["open", "observed", "not-observed"]),
    DATES,
)
QUESTIONS = strategies.builds(
    Question,
    FILLED,
    FILLED,
    strategies.none() | strategies.dates(),
    TEXTS,
    strategies.sampled_from(Rule),
    TEXTS,
    tuples(FILLED),
)


@strategies.composite
def cases(draw):
    """Draw a case whose texts are anything that an analyst can type."""
    named = strategies.lists(IDS, unique=True, max_size=3)
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
                strategies.sampled_from("ABCDEF"),
                TEXTS,
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
            predicts=draw(tuples(INDICATORS)),
            refuted_by=draw(tuples(FILLED)),
        )
        for number, id_ in enumerate(draw(named))
    ]
    evidence = [
        Evidence(
            id_,
            draw(FILLED) + str(number),
            draw(FILLED),
            draw(FILLED),
            draw(strategies.sampled_from(Kind)),
            draw(DATES),
            tuple(Citation(source.id, draw(TEXTS)) for source in sources),
            draw(tuples(FILLED)),
            draw(strategies.just("") | IDS),
            draw(strategies.sampled_from(["", "A1", "F6"])),
            draw(LEVELS),
            draw(LEVELS),
            draw(strategies.sampled_from(["active", "set-aside"])),
            {
                one.id: Rating(draw(strategies.sampled_from(Consistency)), draw(TEXTS))
                for one in hypotheses
                if draw(strategies.booleans())
            },
            draw(TEXTS),
        )
        for number, id_ in enumerate(draw(named))
    ]
    return Case(draw(QUESTIONS), tuple(hypotheses), tuple(sources), tuple(evidence))
