"""Cases drawn at random, whose texts are anything that an analyst can type."""

from __future__ import annotations

import string
from random import Random

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


class Dealt:
    """What a case is made of, dealt out at random from the little that is drawn.

    A case has some hundred values. To draw each would take longer than any test of the
    case; so each field gets one of a few that are drawn, or some with what is hard.
    """

    def __init__(self, draw):
        self.random = Random(draw(strategies.integers(0, 2**32 - 1)))
        self.texts = draw(strategies.lists(FILLED, min_size=1, max_size=12))
        self.dates = [None, *draw(strategies.lists(DATES, max_size=4))]
        self.days = draw(strategies.lists(strategies.dates(), max_size=2))
        self.levels = draw(strategies.lists(LEVELS, min_size=1, max_size=5))
        self.priors = draw(strategies.lists(strategies.floats(0, 1), max_size=3))
        self.ids = draw(strategies.lists(IDS, unique=True, max_size=9))

    def one(self, *values):
        return self.random.choice(values)

    def some(self, values, most=None):
        """Deal some of these, in any order."""
        most = len(values) if most is None else min(most, len(values))
        return tuple(self.random.sample(values, self.random.randint(0, most)))

    def up_to_three(self, make):
        return tuple(make() for _ in range(self.random.randint(0, 3)))

    def filled(self):
        many = self.one(1, 1, 2, 3, 12)
        parts = (self.one(*self.texts, self.one(*HARD)) for _ in range(many))
        return "".join(parts).strip() or self.texts[0]

    def text(self):
        return self.one("", self.filled(), self.filled())

    def date(self):
        return self.one(*self.dates)

    def rated(self, hypotheses):
        return {
            id_: Rating(self.one(*Consistency), self.text())
            for id_ in self.some(hypotheses)
        }

    def indicator(self, hypotheses, items):
        return Indicator(
            self.filled(),
            self.date(),
            self.one("open", "observed", "not-observed"),
            self.date(),
            self.rated(hypotheses),
            self.one("", *items),
        )

    def assumption(self, hypotheses):
        return Assumption(
            self.filled(),
            self.text(),
            self.one("", *CONFIDENCES),
            self.text(),
            self.some(hypotheses),
        )

    def question(self, hypotheses):
        outcome = Outcome(self.one("", *hypotheses), self.date(), self.text())
        return Question(
            self.filled(),
            self.filled(),
            self.one(None, *self.days),
            self.text(),
            self.one(*Rule),
            self.text(),
            self.up_to_three(lambda: self.assumption(hypotheses)),
            self.one(None, outcome),
        )

    def source(self, id_, hypotheses):
        told = self.some(("motive", "opportunity", "means", "past"))
        return Source(
            id_,
            self.filled(),
            *(self.text() for _ in range(3)),
            self.date(),
            self.text(),
            self.date(),
            self.text(),
            self.text(),
            self.one(*"ABCDEF"),
            self.text(),
            self.some(hypotheses),
            {key: self.filled() for key in told},
        )

    def hypothesis(self, number, id_, hypotheses, items):
        return make_hypothesis(
            f"{self.filled()}{number}",
            id=id_,
            title=self.filled(),
            statement=self.filled(),
            status=self.one("active", "parked", "rejected"),
            prior=self.one(None, *self.priors),
            predicts=self.up_to_three(lambda: self.indicator(hypotheses, items)),
            refuted_by=self.up_to_three(self.filled),
        )

    def item(self, number, id_, hypotheses, sources):
        return Evidence(
            id_,
            f"{self.filled()}{number}",
            self.filled(),
            self.filled(),
            self.one(*Kind),
            self.date(),
            self.date(),
            tuple(Citation(source, self.text()) for source in sources),
            self.up_to_three(self.filled),
            self.one("", *self.ids),
            self.one("", "A1", "F6"),
            self.one(*self.levels),
            self.one(*self.levels),
            self.one("active", "set-aside"),
            self.rated(hypotheses),
            self.text(),
        )


@strategies.composite
def cases(draw):
    """Draw a case whose texts are anything that an analyst can type."""
    dealt = Dealt(draw)
    hypotheses, items, sources = (dealt.some(dealt.ids, 3) for _ in range(3))
    return Case(
        dealt.question(hypotheses),
        tuple(
            dealt.hypothesis(number, id_, hypotheses, items)
            for number, id_ in enumerate(hypotheses)
        ),
        tuple(dealt.source(id_, hypotheses) for id_ in sources),
        tuple(
            dealt.item(number, id_, hypotheses, sources)
            for number, id_ in enumerate(items)
        ),
    )
