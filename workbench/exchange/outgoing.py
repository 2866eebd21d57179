"""What another tool is given of a case, and what it has no place for.

A target has one matrix with one rating a cell: an analyst's judgments are put into the
case first, and what takes no part is left out, for it would be scored there.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from workbench.case.editing.publish import published
from workbench.case.judgments import Judgments
from workbench.case.model import (
    NEUTRAL_EMPHASIS,
    Case,
    Consistency,
    Evidence,
    Kind,
    Rule,
)
from workbench.wording import counted

STRONG: Final = "CC and II, which become C and I"


@dataclass(frozen=True)
class Written:
    """A file for another tool, and what that tool cannot carry."""

    data: bytes
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class Target:
    """One kind of file that is written: its id, the tool, what the file is called.

    `write` takes the case, an analyst's judgments, the file's date and who they are.
    """

    id: str
    title: str
    extension: str
    mime: str
    write: Callable[[Case, Judgments, dt.date, str | None], Written]


def settled(case: Case, judgments: Judgments) -> Case:
    """Give the active part of a case, with an analyst's judgments in it."""
    items = (published(case, item, judgments) for item in case.evidence)
    return replace(
        case,
        hypotheses=tuple(h for h in case.hypotheses if h.status == "active"),
        evidence=tuple(item for item in items if item.status == "active"),
    )


def lost(
    case: Case, judgments: Judgments, rule: Rule, carried: Collection[str]
) -> tuple[str, ...]:
    """Name what a target cannot hold of a case, apart from what it `carried`.

    `rule` is the one that the target scores by.
    """
    kept = settled(case, judgments)
    found = []
    if n := len(case.hypotheses) - len(kept.hypotheses):
        many = counted(n, "hypothesis", "hypotheses")
        found.append(f"{many} left out: parked or rejected")
    if n := len(case.evidence) - len(kept.evidence):
        found.append(f"{counted(n, 'item')} left out: set aside or excluded")
    if case.question.rule is not rule:
        found.append(f"the rule {case.question.rule}; {rule} is in force there")
    if moved := _emphases(judgments):
        found.append(f"the emphasis ({counted(moved, 'place')})")
    for name, count in _FEATURES.items():
        if name not in carried and (n := count(kept)):
            found.append(f"{name} ({counted(n, 'place')})")
    return tuple(found)


def to_json(value: object) -> bytes:
    """Write a file that others read: two spaces deep, in UTF-8."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def one_line(title: str) -> str:
    """Put a title on one line."""
    return " ".join(title.split())


def headed(title: str, statement: str) -> str:
    """Put a title and a statement into one text: a line that stands apart."""
    line = one_line(title)
    return line if line == statement else f"{line}\n\n{statement}"


def described(title: str, statement: str) -> str:
    """Give what a statement says beyond the title that stands beside it."""
    return "" if statement == one_line(title) else statement


def cited(case: Case, item: Evidence) -> str:
    """Put all sources of an item into one text."""
    names = (
        f"{case.source[one.source].name}, {one.at}"
        if one.at
        else case.source[one.source].name
        for one in item.sources
        if one.source in case.source
    )
    return "; ".join(names)


def _emphases(judgments: Judgments) -> int:
    found = (*judgments.emphases.values(), *judgments.source_emphases.values())
    return sum(value != NEUTRAL_EMPHASIS for value in found)


def _strong(case: Case) -> int:
    ratings = (r for item in case.evidence for r in item.ratings.values())
    return sum(r.consistency in (Consistency.CC, Consistency.II) for r in ratings)


def _reasons(case: Case) -> int:
    return sum(bool(r.because) for e in case.evidence for r in e.ratings.values())


def _filled(name: str, part: str = "evidence") -> Callable[[Case], int]:
    def count(case: Case) -> int:
        things: Iterable[Any] = getattr(case, part)
        return sum(getattr(thing, name) not in (None, "", (), {}) for thing in things)

    return count


_FEATURES: Final[Mapping[str, Callable[[Case], int]]] = {
    "the day the evidence runs to": lambda case: int(case.question.as_of is not None),
    "the background": lambda case: int(bool(case.question.background)),
    "the handling line": lambda case: int(bool(case.question.handling)),
    "key assumptions": lambda case: len(case.question.assumptions),
    "the outcome": lambda case: int(case.question.outcome is not None),
    STRONG: _strong,
    "reasons of ratings": _reasons,
    "labels": lambda case: len(case.hypotheses) + len(case.evidence),
    "what hypotheses predict": _filled("predicts", "hypotheses"),
    "what would refute hypotheses": _filled("refuted_by", "hypotheses"),
    "prior probabilities": _filled("prior", "hypotheses"),
    "assumptions and absences, which become evidence": lambda case: sum(
        item.kind is not Kind.EVIDENCE for item in case.evidence
    ),
    "dates of items": _filled("date"),
    "days on which items became known": _filled("known"),
    "tags of items": _filled("tags"),
    "origins of items": _filled("origin"),
    "grades of items": _filled("grade"),
    "caveats of items": _filled("caveat"),
    "several sources of an item, which become one text": lambda case: sum(
        len(item.sources) > 1 for item in case.evidence
    ),
    "facts of sources other than their names": lambda case: sum(
        source != type(source)(source.id, source.name) for source in case.sources
    ),
}
