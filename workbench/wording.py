"""The words for the numbers: how a score is printed, how a ranking is said.

Pure sentences, the same on the screen, at the command line and in a report. Nothing is
computed here that is not in an Assessment, and no score is called a probability.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workbench.case.entry import UNRATED, EntryKind
from workbench.case.judgments import Judgments
from workbench.case.model import (
    NEUTRAL_EMPHASIS,
    Case,
    Evidence,
    Hypothesis,
    Level,
    Rating,
    Rule,
)
from workbench.method.checks import Severity, Subject
from workbench.method.matrix import NA, Matrix
from workbench.method.origins import Origin
from workbench.method.rounding import decimals
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import TIE, Assessment, Ranking, Standing, Weighed
from workbench.method.sensitivity import (
    AsOf,
    CellChange,
    Drawn,
    Reach,
    Sensitivity,
    Tip,
)

NONE: Final = "–"  # noqa: RUF001  what stands where there is no number
_CLIP: Final = 80
_TITLED: Final = 3
_OPENING: Final = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"  # of a direction
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")

FLAGS: Final[Mapping[str, str]] = {
    "unrated": "Unrated: no evidence has been judged against it, so it has no rank.",
    "unchallenged": "Unchallenged: nothing that counts speaks against it. That is "
    "strength or a lack of testing; the informative share tells which.",
    "vague": "Vague: few of its ratings say anything either way. It contradicts little "
    "because it claims little, or because it has not been tested.",
}


def shown(x: float | None) -> str:
    """Print a number as every screen and report does; a dash where there is none."""
    return NONE if x is None else decimals(x)


def share(x: float) -> str:
    """Print a share of the items, as coverage is; never used for a score."""
    return f"{math.floor((x + TIE) * 100 + 0.5)}%"


def plain(text: str) -> str:
    """Make any text fit to print: no control characters, directions closed again.

    A right-to-left override stays in the text and ends with it.
    """
    text = _CONTROL.sub("\ufffd", _SURROGATE.sub("\ufffd", text))
    if not any(mark in text for mark in _OPENING):
        return text
    return "\n".join(_closed(line) for line in text.split("\n"))


def _closed(line: str) -> str:
    opened = []
    for mark in line:
        if mark in _OPENING:
            opened.append("\u2069" if mark >= "\u2066" else "\u202c")
        elif opened and mark == opened[-1]:
            opened.pop()
    return line + "".join(reversed(opened))


def clipped(text: str, limit: int = _CLIP) -> str:
    """Put a text on one line of at most `limit` characters, for use in a sentence."""
    line = " ".join(text.split())
    if len(line) > limit:
        line = line[: limit - 1].rstrip(" .,;:(") + "…"
    return plain(line)


def quoted(text: str, limit: int = 56) -> str:
    """Quote a title in a sentence."""
    return f"“{clipped(text, limit)}”"


def named(thing: Standing | Evidence | Hypothesis, limit: int = _CLIP) -> str:
    """Name a hypothesis or an item: its label and title."""
    return clipped(f"{thing.label} {thing.title}", limit)


def joined(names: Iterable[str]) -> str:
    """Join names as a sentence does: A, B and C."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def counted(n: int, noun: str, plural: str = "") -> str:
    """Give a number with its noun: 1 item, 2 items."""
    return f"{n} {noun if n == 1 else plural or noun + 's'}"


def level(value: Level) -> str:
    """Print a level: its word, or the multiplier that stands in its place."""
    return value if isinstance(value, str) else f"{value:g}"


def code(rating: Rating | None) -> str:
    """Print a cell's code; an unrated cell is empty."""
    return rating.consistency.value if rating else ""


def placed(standing: Standing) -> str:
    """Print a rank: 1, or 1= where it is shared, or a dash where there is none."""
    if standing.rank is None:
        return NONE
    return f"{standing.rank}=" if standing.tied else str(standing.rank)


def scored(standing: Standing) -> str:
    """Print a score; a dash for a hypothesis without a rank."""
    return NONE if standing.rank is None else shown(standing.score)


def best(rule: Rule) -> str:
    """Say what the first of a ranking is under a rule."""
    return "least inconsistent" if SCHEMES[rule].least_first else "best supported"


def measure(rule: Rule) -> str:
    """Name what a rule's score measures."""
    return "inconsistency" if SCHEMES[rule].least_first else "support"


def describe_ranking(assessment: Assessment) -> str:
    """Say in a sentence who is first, by how much, and over whom; a tie as a tie."""
    groups = [
        [assessment.standing[id_] for id_ in group] for group in assessment.ranking
    ]
    if not groups:
        if not assessment.hypotheses:
            return "There is no active hypothesis to rank."
        return "Nothing is rated yet, so no hypothesis has a rank."
    first, *rest = groups
    names = _names(first)
    score = shown(first[0].score)
    word = best(assessment.rule)
    if not rest:
        if len(first) == 1:
            return (
                f"{names} is the only hypothesis with a rank, at {score}: there is "
                "nothing to compare it with."
            )
        return (
            f"{names} tie at {score}: the evidence does not tell them apart, and none "
            f"is {word} alone."
        )
    second = _names(rest[0])
    after = shown(rest[0][0].score)
    if len(first) > 1:
        verb = "is" if len(rest[0]) == 1 else "are"
        return f"{names} tie as {word} at {score}; next {verb} {second} at {after}."
    ahead = "ahead of" if SCHEMES[assessment.rule].least_first else "above"
    by = shown(assessment.margin)
    by = "less than 0.01" if by == "0.00" else by
    return f"{names} is {word} at {score}, {by} {ahead} {second} at {after}."


def _names(group: Sequence[Standing]) -> str:
    """Name those of one rank: with titles a few, by their labels many."""
    if len(group) > _TITLED:
        return joined(one.label for one in group)
    return joined(named(one) for one in group)


def describe_rules(assessments: Mapping[Rule, Assessment]) -> str:
    """Say whether the published rules put the same hypotheses first."""
    leads: dict[tuple[str, ...], list[Rule]] = {}
    for rule, one in assessments.items():
        leads.setdefault(one.leaders, []).append(rule)
    if list(leads) == [()]:
        return "Nothing is rated yet under any rule."
    if len(leads) == 1:
        one = next(iter(assessments.values()))
        return (
            f"All {len(assessments)} published rules put {_leaders(one)} first: the "
            "answer does not hang on the choice of rule."
        )
    parts = []
    for rules in sorted(leads.values(), key=len, reverse=True):
        titles = joined(SCHEMES[rule].title.lower() for rule in rules)
        parts.append(f"{_leaders(assessments[rules[0]])} under {titles}")
    return (
        "The published rules do not agree on who comes first: "
        + "; ".join(parts)
        + ". The answer hangs on the choice of rule."
    )


def _leaders(assessment: Assessment) -> str:
    if not assessment.leaders:
        return "nobody"
    standing = assessment.standing
    names = joined(standing[id_].label for id_ in assessment.leaders)
    return f"{names} (a tie)" if len(assessment.leaders) > 1 else names


def describe_flags(assessment: Assessment) -> tuple[str, ...]:
    """Explain each flag that some hypothesis carries, naming those that do."""
    return tuple(
        f"{joined(carriers)}. {meaning}"
        for flag, meaning in FLAGS.items()
        if (carriers := [h.label for h in assessment.hypotheses if flag in h.flags])
    )


def can_separate(matrix: Matrix) -> tuple[bool, ...]:
    """Tell of each item whether its diagnosticity says anything: two cells rated.

    With fewer the number is 0, and the honest word for it is "cannot say".
    """
    return tuple(((matrix.codes < NA).sum(axis=1) > 1).tolist())


@dataclass(frozen=True)
class Departure:
    """One thing that the analyst holds otherwise than the published case."""

    kind: EntryKind
    label: str  # of the item; the name of the source
    title: str
    against: str  # the hypothesis's label, for a rating or a reason
    published: str
    own: str
    because: str = ""

    @property
    def place(self) -> str:
        """Name what departs: E4 against H1, E4 credibility, a source."""
        if self.against:
            return f"{self.label} against {self.against}"
        return clipped(f"{self.label} {WHAT[self.kind]}")


WHAT: Final[Mapping[EntryKind, str]] = {
    EntryKind.RATING: "rating",
    EntryKind.REASON: "reason",
    EntryKind.CREDIBILITY: "credibility",
    EntryKind.RELEVANCE: "relevance",
    EntryKind.EMPHASIS: "emphasis",
    EntryKind.SOURCE_EMPHASIS: "emphasis",
    EntryKind.ORIGIN: "origin",
    EntryKind.EXCLUSION: "part in the analysis",
}


def departures(case: Case, judgments: Judgments) -> tuple[Departure, ...]:
    """List where an analyst departs from the published case, item by item."""
    found = [one for item in case.evidence for one in _of_item(case, judgments, item)]
    for source in case.sources:
        emphasis = judgments.source_emphasis(source.id)
        if emphasis != NEUTRAL_EMPHASIS:
            kind = EntryKind.SOURCE_EMPHASIS
            neutral = shown(NEUTRAL_EMPHASIS)
            own = shown(emphasis)
            found.append(Departure(kind, source.name, "", "", neutral, own))
    return tuple(found)


def _of_item(case: Case, judgments: Judgments, item: Evidence) -> Iterator[Departure]:
    label, title = item.label, item.title
    for hypothesis in case.hypotheses:
        own = judgments.rating(item, hypothesis.id)
        published = item.ratings.get(hypothesis.id)
        because = own.because if own else ""
        said = published.because if published else ""
        if judgments.departs(item, hypothesis.id):
            was, now = code(published) or UNRATED, code(own) or UNRATED
            kind = EntryKind.RATING
            yield Departure(kind, label, title, hypothesis.label, was, now, because)
        elif because != said:
            kind = EntryKind.REASON
            yield Departure(kind, label, title, hypothesis.label, said, because)
    plain_values = (
        (
            EntryKind.CREDIBILITY,
            level(item.credibility),
            level(judgments.level_of(item, EntryKind.CREDIBILITY)),
        ),
        (
            EntryKind.RELEVANCE,
            level(item.relevance),
            level(judgments.level_of(item, EntryKind.RELEVANCE)),
        ),
        (
            EntryKind.EMPHASIS,
            shown(NEUTRAL_EMPHASIS),
            shown(judgments.emphasis(item.id)),
        ),
        (EntryKind.ORIGIN, item.origin or "none", judgments.origin(item) or "none"),
        (
            EntryKind.EXCLUSION,
            _part(active=item.status == "active"),
            _part(active=judgments.active(item)),
        ),
    )
    for kind, was, now in plain_values:
        if was != now:
            yield Departure(kind, label, title, "", was, now)


def _part(*, active: bool) -> str:
    return "counted" if active else "set aside"


RELIABILITY: Final[Mapping[str, str]] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
CREDIBILITY: Final[Mapping[str, str]] = {
    "1": "confirmed by independent sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "cannot be judged",
}
_LISTED: Final = 8


def grade(text: str) -> str:
    """Spell an Admiralty grade out; F and 6 mean unjudged, not worst."""
    if not text:
        return ""
    return f"{text}: {RELIABILITY[text[0]]}, {CREDIBILITY[text[1]]}"


def listed(names: Sequence[str], limit: int = _LISTED) -> str:
    """Join names, the first few of many."""
    if len(names) <= limit:
        return joined(names)
    return f"{', '.join(names[:limit])} and {len(names) - limit} more"


def describe_fragility(found: Sensitivity) -> tuple[str, ...]:
    """Say what the first place hangs on, a sentence a kind of test."""
    if not found.assessment.ranking:
        return ("Nothing is ranked yet, so that nothing can change.",)
    return (
        _of_items(found),
        *_of_origins(found),
        *_of_sources(found),
        _of_ratings(found),
    )


def _of_items(found: Sensitivity) -> str:
    labels = [e.label for e in found.assessment.matrix.evidence]
    n = len(labels)
    changing = [
        label
        for label, one in zip(labels, found.without_items, strict=True)
        if one.leaders_change
    ]
    if not changing:
        return (
            f"Leaving out any one of the {counted(n, 'item')} does not change who "
            "comes first."
        )
    of = f"{len(changing)} of the {counted(n, 'item')}"
    if len(changing) > 1:
        of += ", each alone,"
    return f"Leaving out {of} changes who comes first: {listed(changing)}."


def _of_origins(found: Sensitivity) -> tuple[str, ...]:
    several = [one for one in found.without_origins if len(one.evidence) > 1]
    if not several:
        return ()
    changing = [one.id for one in several if one.leaders_change]
    if not changing:
        said = "Leaving out all the items of any one origin does not change it."
        return (said,)
    said = "Leaving out all the items of one origin changes it"
    return (f"{said}: {listed(changing)}.",)


def _of_sources(found: Sensitivity) -> tuple[str, ...]:
    said = []
    assessment = found.assessment
    names = {s.id: quoted(s.name) for s in assessment.matrix.basis.case.sources}
    for without, against in zip(found.without_sources, found.deceived, strict=True):
        if not without.evidence:
            continue
        name = names.get(without.id, quoted(without.id))
        rests = f"{counted(len(without.evidence), 'item')} that rest on {name} alone"
        if len(without.evidence) == 1:
            rests = f"item that rests on {name} alone"
        gone = f"Without the {rests}, {first(assessment, without.ranking)}"
        then = first(assessment, against.ranking)
        if without.leaders_change and against.leaders_change:
            said.append(f"{gone}; with the opposite meaning, {then}.")
        elif without.leaders_change:
            said.append(f"{gone}.")
        elif against.leaders_change:
            said.append(f"Were the opposite meant by the {rests}, {then}.")
    return tuple(said)


def first(assessment: Assessment, ranking: Ranking) -> str:
    """Say who would come first in another ranking of the same hypotheses."""
    if not ranking:
        return "nothing would be ranked"
    labels = [assessment.standing[id_].label for id_ in ranking[0]]
    if len(labels) > 1:
        return f"{joined(labels)} would share the first place"
    return f"{labels[0]} would come first"


def _of_ratings(found: Sensitivity) -> str:
    change = found.any_change
    if change.size == 0:
        return "The first place is shared, so that there is no lead to lose."
    if change.size is None or change.rival is None:
        return "No change of ratings alone would put another hypothesis first."
    assessment = found.assessment
    rival = assessment.standing[change.rival].label
    cells = listed([cell_change(assessment, cell) for cell in change.cells])
    different = (
        "A different rating in one cell"
        if change.size == 1
        else f"Different ratings in {change.size} cells"
    )
    text = f"{different} would be enough to put {rival} first: {cells}."
    one_step = found.one_step_change
    if one_step.size is None:
        return f"{text} Moves of one step alone would not be enough."
    if one_step.size == change.size:
        return text
    return f"{text} In moves of one step it takes {one_step.size} cells."


def cell_change(assessment: Assessment, cell: CellChange) -> str:
    """Name a cell with what it is and what it would have to be."""
    item = assessment.matrix.basis.case.item[cell.evidence].label
    column = assessment.standing[cell.hypothesis].label
    return f"{item} against {column}, {cell.from_.value} to {cell.to.value}"


def describe_sources(assessment: Assessment) -> tuple[str, ...]:
    """Summarise the sources: how reliable, who carries what, what is counted once."""
    matrix = assessment.matrix
    case, judgments = matrix.basis.case, matrix.basis.judgments
    if not case.sources:
        return ("The case names no source.",)
    letters = Counter(source.reliability for source in case.sources)
    said = [
        f"The case rests on {counted(len(case.sources), 'source')}: "
        + joined(
            f"{letters[letter]} of reliability {letter} ({RELIABILITY[letter]})"
            for letter in sorted(letters)
        )
        + "."
    ]
    cited = [{c.source for c in item.sources} for item in matrix.evidence]
    total = len(cited)
    shares = []
    for source in case.sources:
        alone = sum(one == {source.id} for one in cited)
        every = sum(source.id in one for one in cited)
        if every:
            name = quoted(source.name)
            shares.append(f"{name} is cited for {every}, and alone for {alone}")
    if shares:
        several = sum(len(one) > 1 for one in cited)
        said.append(
            f"Of the {counted(total, 'item')} that take part, "
            + "; ".join(shares)
            + f". More than one source vouches for {several}."
        )
    without = [
        item.label for item, one in zip(matrix.evidence, cited, strict=True) if not one
    ]
    if without:
        said.append(f"No source is named for {listed(without)}.")
    said += _key_sources(assessment)
    groups = Counter(o for item in matrix.evidence if (o := judgments.origin(item)))
    repeated = [n for n in groups.values() if n > 1]
    if repeated:
        each = "item counts apart" if matrix.basis.count_all else "group counts as one"
        groups_ = counted(len(repeated), "group")
        said.append(
            f"Items repeat one origin in {groups_}, {sum(repeated)} items in all; each "
            f"{each}."
        )
    return tuple(said)


def _key_sources(assessment: Assessment) -> list[str]:
    case = assessment.matrix.basis.case
    key = most_diagnostic(assessment)[:5]
    names = dict.fromkeys(
        quoted(case.source[c.source].name)
        for one in key
        for c in case.item[one.id].sources
    )
    if not names:
        return []
    items = joined(one.label for one in key)
    verb = "item ({}) rests" if len(key) == 1 else "items ({}) rest"
    return [f"The most diagnostic {verb.format(items)} on {listed(list(names))}."]


def most_diagnostic(assessment: Assessment) -> list[Weighed]:
    """Give the items that separate the hypotheses, those that do most first."""
    telling = [e for e in assessment.evidence if e.weighted_diagnosticity > TIE]
    return sorted(telling, key=lambda e: -e.weighted_diagnosticity)


# ---------------------------------------------------------------- robustness

SEVERITIES: Final[Mapping[Severity, str]] = {
    Severity.SERIOUS: "Serious: the conclusion may not stand",
    Severity.CAUTION: "Caution: a reader should know",
    Severity.NOTE: "Note: worth a look",
}
REACHES: Final[Mapping[Reach, str]] = {
    Reach.ANY: "Any rating",
    Reach.ONE_STEP: "One step each",
}


def describe_hold(found: Sensitivity) -> str:
    """Say who holds the first place, and how many wrong ratings would take it."""
    assessment, change = found.assessment, found.any_change
    if change.size == 0 or len(assessment.ranking) <= 1:
        return describe_ranking(assessment)
    leader = named(assessment.standing[assessment.leaders[0]])
    word = best(assessment.rule)
    if change.size is None or change.rival is None:
        return (
            f"{leader} stays {word}, alone or tied, whatever the rated cells say: no "
            "change of ratings alone puts another ahead."
        )
    rival = named(assessment.standing[change.rival])
    if change.size == 1:
        return (
            f"{leader} stays {word}, alone or tied, unless a rating is wrong; the "
            f"one change listed puts {rival} ahead."
        )
    return (
        f"{leader} stays {word}, alone or tied, unless {change.size} ratings or more "
        f"are wrong; the {change.size} changes listed, together, put {rival} ahead."
    )


def describe_change(found: Sensitivity, reach: Reach) -> str:
    """Say how many cells it takes within a reach, and who would then be ahead."""
    one_step = reach is Reach.ONE_STEP
    change = found.one_step_change if one_step else found.any_change
    moves = " in moves of one step" if one_step else ""
    if change.size == 0:
        return "The first place is shared: there is no lead to lose."
    if change.size is None or change.rival is None:
        return f"No change of ratings{moves} puts another hypothesis ahead."
    rival = found.assessment.standing[change.rival].label
    cells = counted(change.size, "cell")
    verb = "takes" if change.size == 1 else "take"
    return f"{cells}{moves} {verb} the lead, and {rival} has it:"


def describe_independence(items: int, effective: float) -> str:
    """Set the number of items beside the number of independent ones."""
    if not items:
        return "No item takes part."
    return (
        f"{counted(items, 'item')}, whose weight is spread as that of {effective:.1f} "
        "independent items of equal weight would be."
    )


def describe_origins(matrix: Matrix, found: Sequence[Origin]) -> str:
    """Say how many items name an origin, and how those of one are counted."""
    items, naming = len(matrix.evidence), sum(len(one.items) for one in found)
    if not found:
        return f"None of the {counted(items, 'item')} names an origin."
    verb = "names" if naming == 1 else "name"
    stand = "stands" if items - naming == 1 else "stand"
    origins_ = counted(len(found), "origin")
    said = f"{naming} of the {counted(items, 'item')} {verb} an origin ({origins_}); "
    said += f"{items - naming} {stand} alone. "
    if matrix.basis.count_all:
        return said + "Every item of an origin is counted in full."
    return said + (
        "Items of one origin weigh together as much as the heaviest of them, before "
        "emphasis."
    )


def about(assessment: Assessment, subject: Subject) -> str:
    """Name what a finding speaks of."""
    case = assessment.matrix.basis.case
    if subject.kind == "evidence":
        return named(case.item[subject.id])
    if subject.kind == "hypothesis":
        return named(assessment.standing[subject.id])
    if subject.kind == "source":
        return clipped(case.source[subject.id].name)
    return "The case"


def tipped(assessment: Assessment, tip: Tip) -> str:
    """Say who leads just beyond a tipping point."""
    labels = joined(assessment.standing[id_].label for id_ in tip.leaders)
    return f"{labels} tie" if len(tip.leaders) > 1 else f"{labels} leads"


def describe_day(assessment: Assessment, day: AsOf) -> str:
    """Say how the hypotheses stood with the evidence up to a day."""
    there = counted(day.items, "item")
    verb = "is" if day.items == 1 else "are"
    opening = f"Up to {day.day.isoformat()} there {verb} {there}"
    if not day.ranking:
        return f"{opening}, and nothing is ranked yet."
    ids = [one.id for one in assessment.matrix.hypotheses]
    scores = dict(zip(ids, day.scores, strict=True))
    return f"{opening}. {_standings(assessment, day.ranking, scores)}"


def describe_pair(there: Assessment, at: tuple[float, float], *, now: bool) -> str:
    """Say who leads at a pair of emphases, and with what scores."""
    pair = "now" if now else "tried, all else as it is"
    opening = f"At {shown(at[0])} across and {shown(at[1])} up ({pair}):"
    if not there.ranking:
        return f"{opening} nothing is ranked yet."
    scores = {one.id: one.score for one in there.hypotheses}
    order = _standings(there, there.ranking, scores)
    return f"{opening} {describe_ranking(there)} {order}"


def _standings(
    assessment: Assessment, ranking: Ranking, scores: Mapping[str, float | None]
) -> str:
    """Say the whole order with its scores; `assessment` gives names and rule."""
    parts = []
    for group in ranking:
        labels = joined(assessment.standing[id_].label for id_ in group)
        tie = " (a tie)" if len(group) > 1 else ""
        parts.append(f"{labels}{tie} at {shown(scores[group[0]])}")
    order = "least" if SCHEMES[assessment.rule].least_first else "most"
    scale = measure(assessment.rule)
    return f"By {scale}, {order} first: {'; '.join(parts)}."


def describe_draws(assessment: Assessment, drawn: Drawn) -> str:
    """Say how often each comes first, and how that was drawn."""
    if not assessment.ranking:
        return "Nothing is rated yet, so there is nothing to draw."
    order = sorted(drawn.leads.items(), key=lambda one: -one[1])
    shares = [
        f"{assessment.standing[id_].label} in {share(x)}"
        for id_, x in order
        if assessment.standing[id_].rank is not None
    ]
    return (
        f"First in so many of {drawn.draws:,} draws, ties shared out: "
        f"{listed(shares)}. In each draw every rating and every worded level moves one "
        f"step with probability {drawn.q:g} (seed {drawn.seed}). A share of draws says "
        "how steady the ranking is; it is no probability of a hypothesis."
    )
