"""What an analyst does to a case, act by act: each gives another case, writes nothing.

An act keeps whatever it does not name, and leaves no reference to what is gone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from workbench.case.beginning import named
from workbench.case.editing.plan import Renamed
from workbench.case.model import (
    ID_PATTERN,
    Case,
    EventDate,
    Evidence,
    Hypothesis,
    Indicator,
    Rating,
    Source,
    natural,
)
from workbench.errors import WorkbenchError

T = TypeVar("T", Hypothesis, Evidence, Source)


@dataclass(frozen=True)
class Done:
    """The case after an act, the id that it made or changed, ids that it renamed."""

    case: Case
    id: str = ""
    renamed: Renamed = field(default_factory=Renamed)


# ------------------------------------------------------------------ what is added


def add_hypothesis(case: Case, title: str, statement: str = "") -> Done:
    """Add a hypothesis, unrated against every item.

    The statement is the title until there is one. Raises WorkbenchError without a
    title.
    """
    title = _required(title, "a hypothesis needs a title")
    id_ = _new_id(title, "hypothesis", case.hypothesis)
    label = _next_label([one.label for one in case.hypotheses], "H")
    one = Hypothesis(id_, label, title, statement.strip() or title)
    return Done(replace(case, hypotheses=(*case.hypotheses, one)), id_)


def add_evidence(case: Case, title: str, statement: str = "", **fields: Any) -> Done:  # noqa: ANN401
    """Add an item, unrated. The statement is the title until there is one.

    `fields` are others of `Evidence`. Raises WorkbenchError without a title.
    """
    title = _required(title, "an item needs a title")
    id_ = _new_id(title, "item", case.item)
    label = _next_label([one.label for one in case.evidence], "E")
    item = Evidence(id_, label, title, statement.strip() or title, **fields)
    return Done(replace(case, evidence=(*case.evidence, item)), id_)


def add_items(case: Case, titles: Iterable[str], **fields: Any) -> Case:  # noqa: ANN401
    """Add an item for each line that has something in it."""
    for title in titles:
        if title.strip():
            case = add_evidence(case, title, **fields).case
    return case


def add_source(case: Case, name: str, **fields: Any) -> Done:  # noqa: ANN401
    """Add a source. Raises WorkbenchError without a name."""
    name = _required(name, "a source needs a name")
    id_ = _new_id(name, "source", case.source)
    source = Source(id_, name, **fields)
    return Done(replace(case, sources=(*case.sources, source)), id_)


def add_indicator(case: Case, hypothesis: str, indicator: Indicator) -> Case:
    """Add a sign to watch for under a hypothesis."""
    _required(indicator.text, "an indicator needs a text")
    one = case.hypothesis[hypothesis]
    return with_hypothesis(case, hypothesis, predicts=(*one.predicts, indicator))


def take_up(case: Case, hypothesis: str, number: int, on: dt.date | None) -> Done:
    """Make an item, with its ratings, of an indicator that was observed.

    number: its place in `predicts`, from 1. Raises WorkbenchError where it is an item
    already.
    """
    predicts = list(case.hypothesis[hypothesis].predicts)
    one = predicts[number - 1]
    if one.item in case.item:
        label = case.item[one.item].label
        raise WorkbenchError(f"this indicator is item {label} already")
    seen = EventDate(on.isoformat()) if on else one.on
    done = add_evidence(case, one.text, date=seen, ratings=dict(one.ratings))
    predicts[number - 1] = replace(one, state="observed", on=seen, item=done.id)
    return replace(
        done, case=with_hypothesis(done.case, hypothesis, predicts=tuple(predicts))
    )


# ------------------------------------------------------------------ what is changed


def with_question(case: Case, **fields: Any) -> Case:  # noqa: ANN401
    """Change fields of the question."""
    return replace(case, question=replace(case.question, **fields))


def with_hypothesis(case: Case, id_: str, **fields: Any) -> Case:  # noqa: ANN401
    """Change fields of one hypothesis."""
    return replace(case, hypotheses=_changed(case.hypotheses, id_, fields))


def with_evidence(case: Case, id_: str, **fields: Any) -> Case:  # noqa: ANN401
    """Change fields of one item."""
    return replace(case, evidence=_changed(case.evidence, id_, fields))


def with_source(case: Case, id_: str, **fields: Any) -> Case:  # noqa: ANN401
    """Change fields of one source."""
    return replace(case, sources=_changed(case.sources, id_, fields))


def move(case: Case, id_: str, before: str | None) -> Case:
    """Put an item or a hypothesis before another, or last; labels stay in order.

    Order on screen is that of the labels, so those between change hands.
    """
    if id_ in case.hypothesis:
        return replace(case, hypotheses=_moved(case.hypotheses, id_, before))
    return replace(case, evidence=_moved(case.evidence, id_, before))


def rename_hypothesis(case: Case, old: str, new: str) -> Done:
    """Give a hypothesis another id, and every reference to it likewise.

    Raises WorkbenchError for what is no id or taken.
    """
    _require_id(new, case.hypothesis)
    changed = _references(case, lambda id_: new if id_ == old else id_)
    hypotheses = tuple(
        replace(one, id=new) if one.id == old else one for one in changed.hypotheses
    )
    return Done(
        replace(changed, hypotheses=hypotheses), new, Renamed(hypotheses={old: new})
    )


def rename_evidence(case: Case, old: str, new: str) -> Done:
    """Give an item another id; an indicator that became it follows."""
    _require_id(new, case.item)
    evidence = tuple(
        replace(one, id=new) if one.id == old else one for one in case.evidence
    )
    changed = _items(case, lambda id_: new if id_ == old else id_)
    return Done(replace(changed, evidence=evidence), new, Renamed(evidence={old: new}))


def rename_source(case: Case, old: str, new: str) -> Done:
    """Give a source another id; every citation follows."""
    _require_id(new, case.source)
    sources = tuple(
        replace(one, id=new) if one.id == old else one for one in case.sources
    )
    evidence = tuple(
        replace(
            item,
            sources=tuple(
                replace(one, source=new) if one.source == old else one
                for one in item.sources
            ),
        )
        for item in case.evidence
    )
    changed = replace(case, sources=sources, evidence=evidence)
    return Done(changed, new, Renamed(sources={old: new}))


# ------------------------------------------------------------------ items together


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
        given = _new_id(f"as {second.id}", "one", known)
    changed = with_evidence(case, one, origin=given)
    return Done(with_evidence(changed, other, origin=given), one)


def duplicate(case: Case, id_: str) -> Done:
    """Add a copy of an item, its ratings with it, to be changed from there."""
    item = case.item[id_]
    new = _new_id(item.title, "item", case.item)
    label = _next_label([one.label for one in case.evidence], "E")
    copy = replace(item, id=new, label=label)
    return Done(replace(case, evidence=(*case.evidence, copy)), new)


def split(case: Case, id_: str, title: str, statement: str = "") -> Done:
    """Add a second item from the same sources, unrated: half of what one item said.

    Raises WorkbenchError without a title.
    """
    item = case.item[id_]
    return add_evidence(
        case,
        title,
        statement,
        kind=item.kind,
        date=item.date,
        known=item.known,
        sources=item.sources,
        tags=item.tags,
        origin=item.origin,
        grade=item.grade,
        credibility=item.credibility,
        relevance=item.relevance,
    )


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
    case: Case, keep: str, gone: str, chosen: Mapping[str, Rating] | None = None
) -> Done:
    """Make one item of two: sources and tags of both, the ratings that were chosen.

    `chosen` settles the cells of `disagreements`; elsewhere the rating that is there
    is taken, that of `keep` first. Raises WorkbenchError where a cell is not settled.
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
    merged = with_evidence(
        case,
        keep,
        sources=tuple(dict.fromkeys([*first.sources, *second.sources])),
        tags=tuple(dict.fromkeys([*first.tags, *second.tags])),
        ratings=ordered,
        date=first.date or second.date,
        known=first.known or second.known,
        origin=first.origin or second.origin,
        grade=first.grade or second.grade,
        caveat=" ".join(part for part in (first.caveat, second.caveat) if part),
    )
    merged = _items(merged, lambda id_: keep if id_ == gone else id_)
    return Done(_without_item(merged, gone), keep)


# ------------------------------------------------------------------ what goes


def delete_hypothesis(case: Case, id_: str) -> Case:
    """Take a hypothesis out, with every rating against it and every mention."""
    changed = _references(case, lambda one: None if one == id_ else one)
    left = tuple(one for one in changed.hypotheses if one.id != id_)
    return replace(changed, hypotheses=left)


def delete_evidence(case: Case, id_: str) -> Case:
    """Take an item out; an indicator that became it is one again."""
    return _without_item(_items(case, lambda one: "" if one == id_ else one), id_)


def delete_source(case: Case, id_: str) -> Case:
    """Take a source out, and every citation of it."""
    evidence = tuple(
        replace(item, sources=tuple(c for c in item.sources if c.source != id_))
        for item in case.evidence
    )
    left = tuple(one for one in case.sources if one.id != id_)
    return replace(case, sources=left, evidence=evidence)


# ------------------------------------------------------------------ by themselves


def _without_item(case: Case, id_: str) -> Case:
    left = tuple(one for one in case.evidence if one.id != id_)
    return replace(case, evidence=left)


def _required(text: str, said: str) -> str:
    found = " ".join(text.split())
    if not found:
        raise WorkbenchError(said)
    return found


def _new_id(title: str, otherwise: str, taken: Collection[str]) -> str:
    stem = named(title, otherwise)
    id_, number = stem, 1
    while id_ in taken:
        number += 1
        id_ = f"{stem}-{number}"
    return id_


def _require_id(id_: str, taken: Collection[str]) -> None:
    if not ID_PATTERN.fullmatch(id_):
        said = "use lower-case letters and digits, with single hyphens between"
        raise WorkbenchError(f"{id_!r} is no id; {said}")
    if id_ in taken:
        raise WorkbenchError(f"{id_} is the id of another; give each its own")


def _next_label(labels: Collection[str], letter: str) -> str:
    """Give the label after the last one: E13 after E12, the letter's own where none."""
    last = re.fullmatch(r"(.*?)([0-9]{1,9})", max(labels, key=natural, default=""))
    stem, number = (last[1], int(last[2]) + 1) if last else (letter, 1)
    while f"{stem}{number}" in labels:
        number += 1
    return f"{stem}{number}"


def _changed(things: tuple[T, ...], id_: str, fields: Mapping[str, Any]) -> Any:  # noqa: ANN401
    return tuple(replace(one, **fields) if one.id == id_ else one for one in things)


def _moved(things: tuple[Any, ...], id_: str, before: str | None) -> tuple[Any, ...]:
    labels = [one.label for one in things]
    moving = next(one for one in things if one.id == id_)
    rest = [one for one in things if one.id != id_]
    ids = [one.id for one in rest]
    rest.insert(len(rest) if before is None else ids.index(before), moving)
    return tuple(
        replace(one, label=label) for one, label in zip(rest, labels, strict=True)
    )


def _references(case: Case, turned: Callable[[str], str | None]) -> Case:
    """Turn every reference to a hypothesis into another, or drop it for None."""

    def ids(found: Iterable[str]) -> tuple[str, ...]:
        return tuple(now for one in found if (now := turned(one)) is not None)

    def ratings(found: Mapping[str, Rating]) -> dict[str, Rating]:
        return {
            now: rating
            for one, rating in found.items()
            if (now := turned(one)) is not None
        }

    outcome = case.question.outcome
    if outcome is not None and outcome.hypothesis:
        meant = turned(outcome.hypothesis)
        outcome = None if meant is None else replace(outcome, hypothesis=meant)
    question = replace(
        case.question,
        outcome=outcome,
        assumptions=tuple(
            replace(one, carries=ids(one.carries)) for one in case.question.assumptions
        ),
    )
    return replace(
        case,
        question=question,
        hypotheses=tuple(
            replace(
                one,
                predicts=tuple(
                    replace(sign, ratings=ratings(sign.ratings))
                    for sign in one.predicts
                ),
            )
            for one in case.hypotheses
        ),
        sources=tuple(replace(one, serves=ids(one.serves)) for one in case.sources),
        evidence=tuple(
            replace(item, ratings=ratings(item.ratings)) for item in case.evidence
        ),
    )


def _items(case: Case, turned: Callable[[str], str]) -> Case:
    """Turn every reference of an indicator to an item into another."""
    return replace(
        case,
        hypotheses=tuple(
            replace(
                one,
                predicts=tuple(
                    replace(sign, item=turned(sign.item)) if sign.item else sign
                    for sign in one.predicts
                ),
            )
            for one in case.hypotheses
        ),
    )
