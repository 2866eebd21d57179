"""Where an analyst departs from the published case, each departure with its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from workbench.case.entry import UNRATED, EntryKind
from workbench.case.judgments import Judgments
from workbench.case.model import NEUTRAL_EMPHASIS, Case, Evidence
from workbench.wording import clipped, code, level, shown

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


def departures(case: Case, judgments: Judgments) -> tuple[Departure, ...]:
    """List where an analyst departs from the published case, item by item."""
    judged = judgments.items
    items = [item for item in case.evidence if item.id in judged]
    found = [one for item in items for one in _of_item(case, judgments, item)]
    if not case.is_rated:
        found = [one for one in found if not one.against]
    for source in case.sources:
        emphasis = judgments.source_emphasis(source.id)
        if emphasis != NEUTRAL_EMPHASIS:
            kind = EntryKind.SOURCE_EMPHASIS
            neutral = shown(NEUTRAL_EMPHASIS)
            own = shown(emphasis)
            found.append(Departure(kind, source.spoken, "", "", neutral, own))
    return tuple(found)


def _of_item(case: Case, judgments: Judgments, item: Evidence) -> Iterator[Departure]:
    label, title = item.label, item.title
    for hypothesis in case.hypotheses:
        own = judgments.rating(item, hypothesis.id)
        published = item.ratings.get(hypothesis.id)
        because = own.because if own else ""
        said = published.because if published else ""
        if judgments.departs(case, item, hypothesis.id):
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
