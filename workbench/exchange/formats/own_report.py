"""Our own report in json, read as another's file: the case, and an analyst's judgments.

What it means is known to `report`; here its faults become those of an import.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Final

from workbench.case.entry import MAX_ID, MAX_TEXT
from workbench.case.judgments import Judgments
from workbench.case.model import Case
from workbench.case.nodes import unfit
from workbench.errors import ContentErrors
from workbench.exchange.content import Content, Format
from workbench.exchange.draft import (
    MAX_CELLS,
    MAX_HYPOTHESES,
    MAX_ITEMS,
    MAX_SOURCES,
    analyst_name,
)
from workbench.exchange.imported import Cell, Imported, Unreadable
from workbench.exchange.outgoing import Target, Written
from workbench.report import json_, make

TITLE: Final = "Hypothesis workbench, report in json"
_TOLD: Final = 20
_UNKNOWN: Final = "what the case does not have"
# Of the case in it: each becomes a node that remembers its place.
MAX_VALUES: Final = 100_000
_MOST: Final = {
    "hypotheses": MAX_HYPOTHESES,
    "evidence": MAX_ITEMS,
    "sources": MAX_SOURCES,
}


def recognises(content: Content) -> bool:
    """Tell whether a content is a report."""
    found = content.json
    return isinstance(found, dict) and "case" in found and "format" in found


def read(content: Content) -> tuple[Imported, ...]:
    """Read the case with its published ratings, and the judgments beside them.

    Raises Unreadable.
    """
    _check_size(content.json["case"])
    try:
        case = json_.read(content.data, "report")
        judgments = json_.read_judgments(content.data, "report")
    except ContentErrors as error:
        told = [str(one) for one in error.errors[:_TOLD]]
        if more := len(error.errors) - _TOLD:
            told += [f"and {more:,} more faults"] if more > 0 else []
        raise Unreadable("\n".join(told)) from error
    _check(case, judgments)
    own, dropped = _known(case, judgments)
    left = tuple(
        Cell(f"judgments.ratings.{item}.{id_}", rating.consistency.value, _UNKNOWN)
        for (item, id_), rating in judgments.ratings.items()
        if rating and (item, id_) not in own.ratings
    )
    read = len(own.ratings) + sum(len(item.ratings) for item in case.evidence)
    if own == Judgments():
        return (Imported(TITLE, case, dropped=dropped, read=read, left=left),)
    told_name = content.json.get("analyst")
    name = analyst_name(told_name if isinstance(told_name, str) else "", 1, ())
    understood = (f"The judgments in it are those of {name}",)
    known = {name: own}
    return (Imported(TITLE, case, known, understood, dropped, read=read, left=left),)


def _check_size(case: object) -> None:
    for part, most in _MOST.items():
        found = case.get(part) if isinstance(case, dict) else None
        if isinstance(found, dict) and len(found) > most:
            said = f"{len(found):,} entries; at most {most:,} are read"
            raise Unreadable(f"case.{part}: {said}")
    todo, seen = [case], 0
    while todo and seen <= MAX_VALUES:
        one = todo.pop()
        seen += 1
        if isinstance(one, dict):
            todo += one.values()
        elif isinstance(one, list):
            todo += one
    if seen > MAX_VALUES:
        raise Unreadable(f"case: more than {MAX_VALUES:,} values; split it")


def _check(case: Case, judgments: Judgments) -> None:
    if len(judgments.ratings) > MAX_CELLS:
        raise Unreadable(f"judgments.ratings: more than {MAX_CELLS:,} entries")
    for id_ in (*case.hypothesis, *case.item, *case.source):
        if len(id_) > MAX_ID:
            raise Unreadable(f"the id {id_[:MAX_ID]}… is longer than {MAX_ID}")
    for (item, hypothesis), rating in judgments.ratings.items():
        because = rating.because if rating else ""
        if len(because) > MAX_TEXT or unfit(because):
            said = f"use at most {MAX_TEXT:,} characters, and none of control"
            raise Unreadable(f"judgments.ratings.{item}/{hypothesis}: reason; {said}")
    for part, text in judgments.narrative.items():
        if unfit(text):
            said = "use a text without characters of control"
            raise Unreadable(f"judgments.narrative.{part}: {said}")


def _known(case: Case, judgments: Judgments) -> tuple[Judgments, tuple[str, ...]]:
    """Leave out judgments of what the case does not have."""
    kept = Judgments(
        ratings={
            (item, hypothesis): rating
            for (item, hypothesis), rating in judgments.ratings.items()
            if item in case.item and hypothesis in case.hypothesis
        },
        source_emphases={
            id_: value
            for id_, value in judgments.source_emphases.items()
            if id_ in case.source
        },
        likelihoods=judgments.likelihoods,
        narrative=judgments.narrative,
    )
    for known, names in (
        (case.item, ("credibility", "relevance", "emphases", "origins", "exclusions")),
        (case.hypothesis, ("priors", "probabilities")),
    ):
        for name in names:
            found = getattr(judgments, name)
            there = {id_: value for id_, value in found.items() if id_ in known}
            kept = replace(kept, **{name: there})
    left = _size(judgments) - _size(kept)
    note = f"{left:,} judgments of {_UNKNOWN}"
    return kept, (note,) if left else ()


def _size(judgments: Judgments) -> int:
    return sum(map(len, vars(judgments).values()))


FORMATS: Final = (Format(TITLE, recognises, read),)


def write(
    case: Case, judgments: Judgments, date: dt.date, analyst: str | None
) -> Written:
    """Write the report, which holds all but the case's folder."""
    return Written(make(case, judgments, to="json", date=date, analyst=analyst))


TARGET: Final = Target(
    "json", "Another hypothesis workbench", "json", "application/json", write
)
