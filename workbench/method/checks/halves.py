"""Ask whether a hypothesis is two: its words join mechanisms, reasons argue from one.

Evidence against one half of "paid or compelled" tells nothing against the other; as a
rating of the whole it counts against both. Texts are compared by stems and by a small
list of kindred words, so that what is asked about is only what they name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workbench.case.model import Consistency, Hypothesis
from workbench.method.checks.finding import Finding, Severity, listed, of_hypothesis
from workbench.method.matrix import Matrix
from workbench.method.scoring import Assessment

_AGAINST: Final = (Consistency.I, Consistency.II)
_WORDS: Final = 6  # of a half: what stands farther off is another thought
_SHORT: Final = 3  # words of a half that no list knows
_SEVERAL: Final = 2  # reasons, where no list knows the halves
_STEM: Final = 5  # letters by which words are compared

# Words for the mechanisms that cases join most, each a kind of its own.
_PAYMENT: Final = (
    r"paid\b|pay(?:s|ing|ment|ments|off)?\b|pric(?:e|es)\b|brib|bought\b|buy|purchas|"
    r"sold\b|exchang|bargain|deals?\b|trad(?:e|ed|es|ing)\b|reward|compensat"
)
_COMPULSION: Final = (
    r"compel|compul|forced\b|forcing\b|coerc|pressur|threat|blackmail|extort|ultimat|"
    r"duress|(?:could|can|cannot) (?:not )?refuse|no choice"
)
_KINDS: Final[tuple[re.Pattern[str], ...]] = tuple(
    re.compile(rf"\b(?:{words})", re.IGNORECASE)
    for words in (
        _PAYMENT,
        _COMPULSION,
        r"accident|mishap|malfunction|defect|technical fault|broke down",
        r"mistake|errors?\b|blunder|neglig|careless|oversight|incompeten",
        r"deliberat|intent|on purpose|purposely|sabotag|malic",
        r"fear|afraid|panic|fright",
        r"reveng|veng|retaliat|reprisal",
        r"greed|profit|enrich|embezzl|theft|stole",
        r"ideolog|convictions?\b|zeal|faith",
        r"decei|decept|disinform|feint|trick|hoax",
        r"natural cause|storm|weather|flood|earthquake|disease|illness",
    )
)
_OR: Final = re.compile(r"(?P<comma>,)?\s+or\s+", re.IGNORECASE)
_BOUNDARY: Final = re.compile(r"[.;:!?()\u2013\u2014]")
_OPENING: Final = re.compile(
    r".*\b(?:because|since|either|through|by|was|were|been|being|be|is|are|had|has|have|"
    r"to|that|who|which|them)\s+",
    re.IGNORECASE | re.DOTALL,
)
_NEGATED: Final = re.compile(
    r"\b(?:not|no|never|neither|nor|nothing|nobody|none|without|whether|if|hardly)\b|"
    r"n[\u2019']t\b",
    re.IGNORECASE,
)
_NO_HALF: Final = re.compile(
    r"(?:not|so|more|less|fewer|later|other|others|else|even|rather|at (?:least|most)|"
    r"elsewhere|any|anybody|anyone|near|about|two|three|four|[0-9]+)\b",
    re.IGNORECASE,
)
_LITTLE: Final = frozenset(
    """
    about after against also another because been before being both could does from
    have having into more most only other over same some something somebody someone
    such than that their them then there these they this those through under very
    were what when where which while whom whose will with would
    """.split()  # noqa: SIM905  a list of words is read as a text
)


@dataclass(frozen=True)
class Halves:
    """Two mechanisms that a text joins, as it has them."""

    said: str
    one: str
    other: str


def halves(text: str) -> Iterator[Halves]:
    """Find what a text joins with "or" as two ways in which it may have come about.

    "Not A or B" joins nothing that is claimed, and "two or three" no mechanisms.
    """
    text = " ".join(text.split())
    for met in _OR.finditer(text):
        before = _BOUNDARY.split(text[: met.start()])[-1]
        after = _BOUNDARY.split(text[met.end() :])[0].split(",")[0]
        clause = before.split(",")[-1]
        if not met["comma"] and _NEGATED.search(clause):
            continue
        if _NO_HALF.match(after) or not after.strip():
            continue
        left = " ".join(_OPENING.sub("", clause, count=1).split()[-_WORDS:])
        right = " ".join(after.split()[:_WORDS])
        if left:
            said = f"{left}{met['comma'] or ''} or {right}"
            yield Halves(said, left, right)


def _kinds(text: str) -> frozenset[int]:
    return frozenset(n for n, kind in enumerate(_KINDS) if kind.search(text))


def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]{4,}", text.casefold())
    return frozenset(w[:_STEM] for w in words if w not in _LITTLE)


def two_in_one(assessment: Assessment) -> list[Finding]:
    """Ask about a hypothesis of two halves against one of which alone reasons argue.

    Where kindred words tell the halves apart one such reason is enough. Halves that no
    list knows must be short, and several reasons name the same one of them alone.
    """
    matrix, found = assessment.matrix, []
    for h in matrix.hypotheses:
        for pair in halves(f"{h.title}. {h.statement}"):
            if labels := _arguing(matrix, h, pair):
                verb = "reason" if len(labels) == 1 else "reasons"
                does = "argues" if len(labels) == 1 else "argue"
                said = (
                    f"{h.label} joins two mechanisms (“{pair.said}”), and the {verb} "
                )
                said += f"of {listed(labels)} {does} against one of them alone. Is "
                said += f"{h.label} two hypotheses?"
                caution = Severity.CAUTION
                found.append(of_hypothesis(caution, "two-in-one", h.id, said))
                break
    return found


def _arguing(matrix: Matrix, hypothesis: Hypothesis, pair: Halves) -> list[str]:
    """Name the items whose reasons against the hypothesis speak of one half alone."""
    kinds = _kinds(pair.one), _kinds(pair.other)
    if kinds[0] & kinds[1]:
        return []  # two words for one mechanism
    known = bool(kinds[0]) and bool(kinds[1])
    long = len(pair.one.split())
    if not known and long > _SHORT:
        return []
    other = pair.other if known else " ".join(pair.other.split()[:long])
    stems = _stems(pair.one), _stems(other)
    shared = stems[0] & stems[1]
    named: list[tuple[str, bool]] = []
    for item in matrix.evidence:
        rating = matrix.basis.judgments.rating(item, hypothesis.id)
        if rating is None or rating.consistency not in _AGAINST:
            continue
        words, of = _stems(rating.because), _kinds(rating.because)
        speaks = [
            bool(words & (stems[side] - shared)) or (known and bool(of & kinds[side]))
            for side in (0, 1)
        ]
        if speaks[0] != speaks[1]:
            named.append((item.label, speaks[0]))
    sides = {side for _, side in named}
    if not known and (len(sides) > 1 or len(named) < _SEVERAL):
        return []
    return [label for label, _ in named]
