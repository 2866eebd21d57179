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
from workbench.case.entry import MAX_ID
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
from workbench.case.nodes import shown
from workbench.errors import WorkbenchError

T = TypeVar("T", Hypothesis, Evidence, Source)


@dataclass(frozen=True)
class Done:
    """The case after an act, the id that it made or changed, ids that it renamed.

    `merged` is the item that is gone, where one was made of two. `rated` are ratings
    that came along and are no part of the case: those of whoever does the act, by the
    ids of item and hypothesis.
    """

    case: Case
    id: str = ""
    renamed: Renamed = field(default_factory=Renamed)
    merged: Evidence | None = None
    rated: Mapping[tuple[str, str], Rating] = field(default_factory=dict)


# ------------------------------------------------------------------ what is added


def add_hypothesis(case: Case, title: str, statement: str = "") -> Done:
    """Add a hypothesis, unrated against every item.

    The statement is the title until there is one. Raises WorkbenchError without a
    title.
    """
    title = required(title, "a hypothesis needs a title")
    id_ = new_id(title, "hypothesis", case.hypothesis)
    label = next_label([one.label for one in case.hypotheses], "H")
    one = Hypothesis(id_, label, title, statement.strip() or title)
    return Done(replace(case, hypotheses=(*case.hypotheses, one)), id_)


def add_evidence(case: Case, title: str, statement: str = "", **fields: Any) -> Done:  # noqa: ANN401
    """Add an item, unrated. The statement is the title until there is one.

    `fields` are others of `Evidence`. Raises WorkbenchError without a title.
    """
    title = required(title, "an item needs a title")
    id_ = new_id(title, "item", case.item)
    label = next_label([one.label for one in case.evidence], "E")
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
    name = required(name, "a source needs a name")
    id_ = new_id(name, "source", case.source)
    source = Source(id_, name, **fields)
    return Done(replace(case, sources=(*case.sources, source)), id_)


def add_indicator(case: Case, hypothesis: str, indicator: Indicator) -> Case:
    """Add a sign to watch for under a hypothesis."""
    required(indicator.text, "an indicator needs a text")
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
    changed = with_items_named(case, lambda id_: new if id_ == old else id_)
    return Done(replace(changed, evidence=evidence), new, Renamed(evidence={old: new}))


def rename_source(case: Case, old: str, new: str) -> Done:
    """Give a source another id; every citation follows."""
    _require_id(new, case.source)
    sources = tuple(
        replace(one, id=new) if one.id == old else one for one in case.sources
    )
    evidence = tuple(
        _with(
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


# ------------------------------------------------------------------ what goes


def delete_hypothesis(case: Case, id_: str) -> Case:
    """Take a hypothesis out, with every rating against it and every mention."""
    changed = _references(case, lambda one: None if one == id_ else one)
    left = tuple(one for one in changed.hypotheses if one.id != id_)
    return replace(changed, hypotheses=left)


def delete_evidence(case: Case, id_: str) -> Case:
    """Take an item out; an indicator that became it is one again."""
    return without_item(
        with_items_named(case, lambda one: "" if one == id_ else one), id_
    )


def delete_source(case: Case, id_: str) -> Case:
    """Take a source out, and every citation of it."""
    evidence = tuple(
        _with(item, sources=tuple(c for c in item.sources if c.source != id_))
        for item in case.evidence
    )
    left = tuple(one for one in case.sources if one.id != id_)
    return replace(case, sources=left, evidence=evidence)


# ------------------------------------------------------------------ by themselves


def without_item(case: Case, id_: str) -> Case:
    """Leave an item out; what mentions it still does."""
    left = tuple(one for one in case.evidence if one.id != id_)
    return replace(case, evidence=left)


def required(text: str, said: str) -> str:
    """Put a text on one line; raises WorkbenchError where there is none."""
    found = " ".join(text.split())
    if not found:
        raise WorkbenchError(said)
    return found


def new_id(title: str, otherwise: str, taken: Collection[str]) -> str:
    """Make an id of a title that is not taken yet."""
    stem = named(title, otherwise)
    id_, number = stem, 1
    while id_ in taken:
        number += 1
        id_ = f"{stem}-{number}"
    return id_


def _require_id(id_: str, taken: Collection[str]) -> None:
    if len(id_) > MAX_ID:
        said = f"is longer than {MAX_ID} characters; make it shorter"
        raise WorkbenchError(f"{shown(id_)} {said}")
    if not ID_PATTERN.fullmatch(id_):
        said = "use lower-case letters and digits, with single hyphens between"
        raise WorkbenchError(f"{shown(id_)} is no id; {said}")
    if id_ in taken:
        raise WorkbenchError(f"{id_} is the id of another; give each its own")


def next_label(labels: Collection[str], letter: str) -> str:
    """Give the label after the last one: E13 after E12, the letter's own where none."""
    last = re.fullmatch(r"(.*?)([0-9]{1,9})", max(labels, key=natural, default=""))
    stem, number = (last[1], int(last[2]) + 1) if last else (letter, 1)
    while f"{stem}{number}" in labels:
        number += 1
    return f"{stem}{number}"


def _changed(things: tuple[T, ...], id_: str, fields: Mapping[str, Any]) -> Any:  # noqa: ANN401
    return tuple(_with(one, **fields) if one.id == id_ else one for one in things)


def _with(thing: T, **fields: Any) -> T:  # noqa: ANN401
    """Change fields of a thing; where they say the same already it is the same thing.

    What is kept of a thing, a thousand times over, is found again by that.
    """
    same = all(getattr(thing, name) == one for name, one in fields.items())
    return thing if same else replace(thing, **fields)


def _moved(things: tuple[Any, ...], id_: str, before: str | None) -> tuple[Any, ...]:
    labels = [one.label for one in things]
    moving = next(one for one in things if one.id == id_)
    rest = [one for one in things if one.id != id_]
    ids = [one.id for one in rest]
    rest.insert(len(rest) if before is None else ids.index(before), moving)
    return tuple(
        _with(one, label=label) for one, label in zip(rest, labels, strict=True)
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
            _with(
                one,
                predicts=tuple(
                    replace(sign, ratings=ratings(sign.ratings))
                    for sign in one.predicts
                ),
            )
            for one in case.hypotheses
        ),
        sources=tuple(_with(one, serves=ids(one.serves)) for one in case.sources),
        evidence=tuple(
            _with(item, ratings=ratings(item.ratings)) for item in case.evidence
        ),
    )


def with_items_named(case: Case, turned: Callable[[str], str]) -> Case:
    """Turn every reference of an indicator to an item into another."""
    return replace(
        case,
        hypotheses=tuple(
            _with(
                one,
                predicts=tuple(
                    replace(sign, item=turned(sign.item)) if sign.item else sign
                    for sign in one.predicts
                ),
            )
            for one in case.hypotheses
        ),
    )
