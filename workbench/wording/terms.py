"""The terms of art, each with what it means: what the Guide lists and pages explain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class Term:
    """A term, what it means, and the words by which sentences name it.

    One without such words is explained in the Guide alone: its word is everybody's.
    """

    name: str
    meaning: str
    words: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What an address names it by."""
        return self.name.lower().replace(" ", "-")


def _of(text: str) -> tuple[Term, ...]:
    """Read terms parted by empty lines: name, words ("-" for none) and meaning."""
    folded = (" ".join(part.split()) for part in text.strip().split("\n\n"))
    found = []
    for entry in folded:
        name, words, meaning = entry.split(" :: ")
        found.append(
            Term(name, meaning, () if words == "-" else tuple(words.split(", ")))
        )
    return tuple(found)


TERMS: Final = _of("""
Score :: - :: How much the evidence speaks against a hypothesis, as a sum over the
items. It compares the hypotheses of this matrix with one another, and nothing else:
more items give larger sums.

Verdict :: - :: Whether the evidence separates the hypotheses. Those that may lead are
all that lead now, or would without one item or one origin, with one rating a step off,
or in a fifth of the draws. Where there is one alone, and another behind it, it is
named.

Contender :: contender, contenders :: A hypothesis that leads, or would without one item
or one origin, with one rating a step off, or in a fifth of the draws.

Draws :: draws :: Ten thousand times, ratings and worded levels slip by a step, so that
the mix of codes stays what it was. A share of the draws says how steady the ranking is,
and is no probability.

Moves :: - :: How far an item, or what is not known yet, shifts the gap between two that
may lead, under the rule in force. Diagnosticity stands beside it; no rule counts it.

Least inconsistent :: least inconsistent :: The first of the ranking. It has the least
against it so far, which is not the same as being true, or even as being supported.

Tie :: - :: Equal scores share a rank, written 1=, and no tie is broken in silence. If
all tie, evidence that separates them is missing.

Margin :: margin :: How far the first is ahead of the next. A small one can turn on a
single rating; the report says which.

Weight :: - :: What multiplies an item: credibility and relevance, its share of its
origin, your emphasis on the item, and the largest emphasis among its sources.

Emphasis :: emphasis, emphases :: A what-if from 0 to 2, 1 being neutral. It is yours
and is never published with the case.

Tipping point :: tipping point, tipping points, tipping emphasis :: The value of an
emphasis, from 0 to 2, at which another hypothesis comes first or a tie begins or ends.

Origin :: origin, origins :: Items that repeat one report or one author's judgment count
together as much as the heaviest of them. “Count every item” shows what that does.

Diagnosticity :: diagnosticity :: How far an item's ratings differ between the
hypotheses: 0 separates nothing, 2 is the most. A weighty item that fits all alike
decides nothing.

Coverage :: coverage :: The share of the items that have been judged for a hypothesis,
NA included. An empty cell is a gap: it is not N, and not NA.

Informative share :: informative share :: The share of the items whose rating speaks for
or against a hypothesis, with any weight. N, NA and empty cells say nothing either way.

Net support :: net support :: A rule that adds what fits a hypothesis and takes off what
does not; the most comes first.

Prior :: priors :: The probability of a hypothesis before any of this evidence.

Eight ways :: - :: The least and the most that a probability comes to when the evidence
is counted in eight ways: items at full or half weight, absences in or out, items of one
origin or of one source as one voice.

Point :: - :: The probability when every item counts as stated, with absences.

Coherent :: - :: Estimates made to add up to 100%, which single estimates seldom do.

Odds :: - :: The probability of one hypothesis divided by that of another: 75% against
25% are odds of 3 to 1.

Alpha :: - :: Krippendorff's alpha, how far analysts agree: 1 is full agreement, 0 is
what chance gives, and below 0 they differ more than by chance.

Weighted kappa :: - :: Cohen's kappa of two analysts: 1 is full agreement, 0 is what
chance gives. Codes that are further apart count as a greater difference.

Round :: - :: One pass of several analysts over the same frozen case: blind, revealed,
perhaps rated again, closed.

Blind :: - :: Rating without a published rating, a score, a ranking or anybody else in
view, so that each judgment is one's own.

Adjudicated :: - :: A code that a lead puts beside everybody's own, with a reason. It
replaces nobody's.

Baseline :: baseline :: The ratings, reasons and levels as the case was published. What
you change is yours, beside it.
""")
BY_KEY: Final[Mapping[str, Term]] = MappingProxyType({one.key: one for one in TERMS})
OF_WORD: Final[Mapping[str, Term]] = MappingProxyType(
    {word: one for one in TERMS for word in one.words}
)
IN_TEXT: Final = re.compile(
    rf"\b(?:{'|'.join(sorted(OF_WORD, key=len, reverse=True))})\b", re.IGNORECASE
)
