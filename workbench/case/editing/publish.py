"""Write an analyst's judgments into a case's files, as its new published baseline.

First a plan, to be looked at; then the same plan applied. What has no place in an
item's file, the emphases, is listed and left to the analyst.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from workbench.case import folder
from workbench.case.editing import plan as planning
from workbench.case.editing.plan import FileChange, with_words
from workbench.case.entry import EntryKind
from workbench.case.judgments import Judgments
from workbench.case.model import NEUTRAL_EMPHASIS, Case, Evidence, Level, Rating

DROPPED: Final = "the old reason, which argued for another code, is dropped"
_KEPT: Final = {
    EntryKind.PRIOR: "priors of hypotheses",
    EntryKind.LIKELIHOOD: "likelihoods of the convention",
    EntryKind.PROBABILITY: "estimates of probability",
    EntryKind.NARRATIVE: "parts of the report written by hand",
}


@dataclass(frozen=True)
class Plan:
    """What publishing would do. `kept` lists what no file of a case has a place for."""

    files: tuple[FileChange, ...]
    kept: tuple[str, ...]


def plan(texts: Mapping[str, str], case: Case, judgments: Judgments) -> Plan:
    """Find what has to change in the files of a case for judgments to be its baseline.

    `texts` are those that the case was read from. Raises WorkbenchError where one no
    longer says what the case says.
    """
    intended = tuple(published(case, item, judgments) for item in case.evidence)
    files = planning.plan(texts, case, replace(case, evidence=intended))
    words = {
        f"{folder.EVIDENCE}/{item.id}.yaml": tuple(_words(case, item, now))
        for item, now in zip(case.evidence, intended, strict=True)
    }
    told = tuple(with_words(one, words[one.file]) for one in files)
    return Plan(told, tuple(_kept(case, judgments)))


def published(case: Case, item: Evidence, judgments: Judgments) -> Evidence:
    """Give an item as it is published with the judgments in it."""
    ratings = {}
    for id_ in dict.fromkeys([*case.hypothesis, *item.ratings]):
        if (rating := judgments.rating(item, id_)) is not None:
            ratings[id_] = rating
    active = judgments.active(item)
    return replace(
        item,
        ratings=ratings,
        credibility=judgments.level_of(item, EntryKind.CREDIBILITY),
        relevance=judgments.level_of(item, EntryKind.RELEVANCE),
        origin=judgments.origin(item),
        status="active" if active else "set-aside",
    )


# ------------------------------------------------------------------ words


def _words(case: Case, item: Evidence, intended: Evidence) -> Iterator[str]:
    for id_, hypothesis in case.hypothesis.items():
        was, now = item.ratings.get(id_), intended.ratings.get(id_)
        if was != now:
            yield f"{item.label} against {hypothesis.label}: {_of_rating(was, now)}"
    for key in ("origin", "credibility", "relevance"):
        before, after = getattr(item, key), getattr(intended, key)
        if before != after:
            said = f"{_level(before)} becomes {_level(after)}"
            yield f"{item.label}: {key} {said}"
    if item.status != intended.status:
        active = intended.status == "active"
        yield f"{item.label}: {'counted again' if active else 'set aside'}"


def _of_rating(was: Rating | None, now: Rating | None) -> str:
    if now is None:
        return f"{was.consistency.value if was else ''} is taken out"
    reason = ", with a reason" if now.because else ""
    if was is None:
        return f"rated {now.consistency.value}{reason}"
    if was.consistency == now.consistency:
        if not now.because:
            return f"{now.consistency.value} stays, its reason is dropped"
        return f"{now.consistency.value} stays, with another reason"
    if was.because and not now.because:
        reason = f"; {DROPPED}"
    return f"{was.consistency.value} becomes {now.consistency.value}{reason}"


def _level(value: Level) -> str:
    return (value or "none") if isinstance(value, str) else f"{value:g}"


def _kept(case: Case, judgments: Judgments) -> Iterator[str]:
    for kind, found in judgments.beyond().items():
        if found:
            yield f"{_KEPT[kind]}: {len(found)}"
    for item in case.evidence:
        emphasis = judgments.emphasis(item.id)
        if emphasis != NEUTRAL_EMPHASIS:
            yield f"{item.label}: emphasis {emphasis:g}"
    for source in case.sources:
        emphasis = judgments.source_emphasis(source.id)
        if emphasis != NEUTRAL_EMPHASIS:
            yield f"{source.spoken}: emphasis {emphasis:g}"
