"""One analyst a sheet: the same hypotheses and items, rated apart, as one case.

Analysts are told by the sheets' names. Nothing is read here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from workbench.case.judgments import Judgments
from workbench.case.model import Case, Evidence, Level
from workbench.exchange.draft import MAX_ANALYSTS, UNASKED, analyst_name
from workbench.exchange.imported import Imported, Unreadable
from workbench.wording import joined

# What stands before the name of an analyst, where a sheet or a title is called by it.
_CALLED: Final = re.compile(
    r"(?:ratings? |scores? |matrix )?(?:by|of|from|analyst|rater|reviewer)\s*[:=]\s*|"
    r"(?:rated|scored|assessed) by:?\s+|ratings? (?:of|by)\s+",
    re.IGNORECASE,
)
_Named = Sequence[tuple[str, Imported]]


def joined_up(found: _Named) -> tuple[Imported, ...]:
    """Put matrices that differ in their ratings alone into one with analysts."""
    groups: dict[object, list[tuple[str, Imported]]] = {}
    for name, one in found:
        apart = object() if one.analysts or not name else _matter(one.case)
        groups.setdefault(apart, []).append((name, one))
    whole: list[Imported] = []
    for every in groups.values():
        names = {name for name, _ in every}
        if len(every) > 1 and len(names) == len(every):
            whole.append(_with_analysts(every))
        else:
            whole += [one for _, one in every]
    return tuple(whole)


def _matter(case: Case) -> object:
    """Give what sheets about the same matter have in common; apart where titles repeat.

    The order of items and hypotheses is each analyst's own.
    """
    hypotheses = frozenset(h.title.casefold() for h in case.hypotheses)
    items = frozenset(e.title.casefold() for e in case.evidence)
    unique = len(hypotheses) == len(case.hypotheses) and len(items) == len(
        case.evidence
    )
    return (hypotheses, items) if unique else object()


def _with_analysts(every: _Named) -> Imported:
    if len(every) > MAX_ANALYSTS:
        raise Unreadable(f"more than {MAX_ANALYSTS} analysts; split the file")
    first = every[0][1]
    case = _unasked(first.case, every)
    given: dict[str, Judgments] = {}
    for number, (name, one) in enumerate(every, start=1):
        bare_name = _CALLED.sub("", name)
        given[analyst_name(bare_name, number, given)] = _judgments(case, one.case)
    bare = replace(
        case, evidence=tuple(replace(item, ratings={}) for item in case.evidence)
    )
    cells = [(name, cell) for name, one in every for cell in one.listed]
    left = [(name, cell) for name, one in every for cell in one.left]
    return replace(
        first,
        case=bare,
        analysts=given,
        understood=(
            f"The sheets hold one matrix, rated by {joined(given)}: each is an analyst",
            *(one for one in first.understood if not one.startswith("The question is")),
        ),
        dropped=tuple(dict.fromkeys(text for _, one in every for text in one.dropped)),
        read=sum(one.read for _, one in every),
        listed=tuple(replace(c, place=f"{name}!{c.place}") for name, c in cells),
        left=tuple(replace(c, place=f"{name}!{c.place}") for name, c in left),
        advice=tuple(dict.fromkeys(text for _, one in every for text in one.advice)),
        words=tuple(dict.fromkeys(text for _, one in every for text in one.words)),
    )


def _unasked(case: Case, every: _Named) -> Case:
    """Leave out a question that is only the name of the first analyst."""
    if len({one.case.question.title for _, one in every}) == 1:
        return case
    return replace(
        case, question=replace(case.question, question=UNASKED, title=UNASKED)
    )


def _judgments(case: Case, other: Case) -> Judgments:
    """Give what one analyst's sheet says of the items of the first."""
    items = {one.title.casefold(): one for one in other.evidence}
    pairs = [(one, items[one.title.casefold()]) for one in case.evidence]
    known = {h.title.casefold(): h.id for h in case.hypotheses}
    ids = {h.id: known[h.title.casefold()] for h in other.hypotheses}

    def differing(name: str) -> dict[str, Level]:
        def of(item: Evidence) -> Level:
            found: Level = getattr(item, name)
            return found

        return {one.id: of(own) for one, own in pairs if of(one) != of(own)}

    return Judgments(
        ratings={
            (one.id, ids[h]): rating
            for one, own in pairs
            for h, rating in own.ratings.items()
        },
        credibility=differing("credibility"),
        relevance=differing("relevance"),
    )
