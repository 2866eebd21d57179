"""What is done to items by twos: one of two, two of one, a copy, a common origin."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from workbench.case.editing.acts import (
    Done,
    new_id,
    next_label,
    required,
    with_evidence,
    with_items_named,
    without_item,
)
from workbench.case.model import Case, Citation, Evidence, Rating
from workbench.errors import WorkbenchError

_SENTENCE: Final = re.compile(
    '(?:(?<=[.!?])|(?<=[.!?][\u201d\u2019")]))\\s+(?=[\u201c\u2018"(]?[^\\W\\d_a-z])'
)


def share_origin(case: Case, one: str, other: str) -> Done:
    """Give two items one origin: the one that is named, else a new one.

    Raises WorkbenchError where each names another.
    """
    first, second = case.item[one], case.item[other]
    if first.origin and second.origin and first.origin != second.origin:
        said = f"{first.label} and {second.label} each name another origin"
        raise WorkbenchError(f"{said}; change one of them first")
    known = {item.origin for item in case.evidence}
    given = first.origin or second.origin
    if not given:
        given = new_id(f"as {second.id}", "one", known)
    changed = with_evidence(case, one, origin=given)
    return Done(with_evidence(changed, other, origin=given), one)


def duplicate(case: Case, id_: str) -> Done:
    """Add a copy of an item, its ratings with it, to be changed from there."""
    item = case.item[id_]
    return _added(case, item, item.title)


def _added(case: Case, item: Evidence, title: str) -> Done:
    new = new_id(title, "item", case.item)
    label = next_label([one.label for one in case.evidence], "E")
    copy = replace(item, id=new, label=label, title=title)
    return Done(replace(case, evidence=(*case.evidence, copy)), new)


# ------------------------------------------------------------------ two of one


@dataclass(frozen=True)
class Share:
    """What of an item becomes a second one: its sentences and sources by their places.

    `both` are the places of sources that stay as well.
    """

    sentences: Collection[int] = ()
    sources: Collection[int] = ()
    both: Collection[int] = ()


def sentences(statement: str) -> list[str]:
    """Part a statement into its sentences."""
    return [one for one in _SENTENCE.split(" ".join(statement.split())) if one]


def split(case: Case, id_: str, title: str, share: Share) -> Done:
    """Make two items of one: each has its part of the text and the sources.

    The second is rated as the first is. It has the whole statement where no sentence,
    and all the sources where none is named. Raises WorkbenchError without a title, and
    where nothing would be left of the first.
    """
    item = case.item[id_]
    title = required(title, "an item needs a title")
    parts = sentences(item.statement)
    gone = [one for at, one in enumerate(parts) if at in share.sentences]
    left = [one for at, one in enumerate(parts) if at not in share.sentences]
    if gone and not left:
        raise WorkbenchError("leave a sentence with the first, or take none")
    goes = [one for at, one in enumerate(item.sources) if at in share.sources]
    half = replace(
        item,
        statement=" ".join(gone) or item.statement,
        sources=tuple(goes) or item.sources,
    )
    stays = tuple(
        one
        for at, one in enumerate(item.sources)
        if at not in share.sources or at in share.both
    )
    rest = " ".join(left) if gone else item.statement
    first = with_evidence(case, id_, statement=rest, sources=stays)
    return _added(first, half, title)


# ------------------------------------------------------------------ one of two


def disagreements(case: Case, one: str, other: str) -> tuple[str, ...]:
    """Name the hypotheses that two items are rated differently against."""
    first, second = case.item[one].ratings, case.item[other].ratings
    return tuple(
        id_
        for id_ in case.hypothesis
        if id_ in first
        and id_ in second
        and first[id_].consistency != second[id_].consistency
    )


def merge(
    case: Case,
    keep: str,
    gone: str,
    chosen: Mapping[str, Rating] | None = None,
    texts: Mapping[str, str] | None = None,
) -> Done:
    """Make one item of two: texts, sources and tags of both, ratings as chosen.

    `chosen` settles the cells of `disagreements`; elsewhere the rating that is there
    is taken, that of `keep` first. `texts` gives title, statement, caveat or origin
    where neither is to be united. Raises WorkbenchError where a cell is not settled.
    """
    first, second = case.item[keep], case.item[gone]
    settled = dict(chosen or {})
    if missing := [
        one for one in disagreements(case, keep, gone) if one not in settled
    ]:
        labels = ", ".join(case.hypothesis[one].label for one in missing)
        raise WorkbenchError(f"the two are rated differently against {labels}: choose")
    ratings = {**second.ratings, **first.ratings, **settled}
    ordered = {id_: ratings[id_] for id_ in case.hypothesis if id_ in ratings}
    texts_of_both = {
        "title": first.title,
        "statement": united(first.statement, second.statement),
        "caveat": united(first.caveat, second.caveat),
        "origin": first.origin or second.origin,
    }
    merged = with_evidence(
        case,
        keep,
        **{**texts_of_both, **(texts or {})},
        sources=_cited((*first.sources, *second.sources)),
        tags=tuple(dict.fromkeys([*first.tags, *second.tags])),
        ratings=ordered,
        date=first.date or second.date,
        known=first.known or second.known,
        grade=first.grade or second.grade,
    )
    merged = with_items_named(merged, lambda id_: keep if id_ == gone else id_)
    return Done(without_item(merged, gone), keep, merged=second)


def united(first: str, second: str) -> str:
    """Set one text behind the other, unless one has the other in it."""
    if second in first:
        return first
    return second if first in second else f"{first} {second}"


def _cited(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """Take each place once, and a source without a place only where it has none."""
    placed = {one.source for one in citations if one.at}
    kept = [one for one in citations if one.at or one.source not in placed]
    return tuple(dict.fromkeys(kept))
