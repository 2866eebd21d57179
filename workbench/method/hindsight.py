"""What an assessment looks like once the answer is known: what spoke against it.

Nothing here says that a judgment was wrong: an item may speak against what was true.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from workbench.method.as_of import AsOf, by_day, is_telling
from workbench.method.contributions import Part
from workbench.method.leave_out import without_items
from workbench.method.scoring import TIE, Assessment


@dataclass(frozen=True)
class OfSource:
    """What the items that cite a source added against the answer, together."""

    source: str
    evidence: tuple[str, ...]
    value: float


@dataclass(frozen=True)
class Hindsight:
    """How the answer stood, and what would have put it first sooner.

    against: the items that spoke against it, largest first; sizes. sources: the same by
    source, an item with several under each. led_since: the day from which on it leads,
    alone or with others, with all the evidence known by then; None where it does not
    lead now, or where no replay is telling. first_led: the first day on which it led.
    hid: the items without any one of which it would lead, where it does not.
    """

    hypothesis: str
    against: tuple[Part, ...]
    sources: tuple[OfSource, ...]
    led_since: AsOf | None
    first_led: AsOf | None
    hid: tuple[str, ...]


def hindsight(now: Assessment, hypothesis: str) -> Hindsight:
    """Look back on an assessment from its answer, an active hypothesis."""
    against = _against(now, hypothesis)
    days = by_day(now.matrix) if is_telling(now.matrix) else ()
    led = [bool(day.ranking) and hypothesis in day.ranking[0] for day in days]
    since = None
    for day, leads in zip(reversed(days), reversed(led), strict=True):
        if not leads:
            break
        since = day
    leads_now = hypothesis in now.leaders
    return Hindsight(
        hypothesis,
        against,
        _by_source(now, against),
        since,
        next((day for day, leads in zip(days, led, strict=True) if leads), None),
        ()
        if leads_now
        else tuple(
            one.id
            for one in without_items(now.matrix)
            if one.ranking and hypothesis in one.ranking[0]
        ),
    )


def _against(now: Assessment, hypothesis: str) -> tuple[Part, ...]:
    matrix = now.matrix
    column = [h.id for h in matrix.hypotheses].index(hypothesis)
    sign = 1.0 if matrix.least_first else -1.0
    sizes = sign * matrix.effects[:, column]
    order = np.argsort(-np.round(sizes, 9), kind="stable").tolist()
    return tuple(
        Part(matrix.evidence[row].id, float(sizes[row]))
        for row in order
        if sizes[row] > TIE
    )


def _by_source(now: Assessment, against: tuple[Part, ...]) -> tuple[OfSource, ...]:
    item = now.matrix.basis.case.item
    found: dict[str, list[Part]] = {}
    for part in against:
        for source in dict.fromkeys(one.source for one in item[part.evidence].sources):
            found.setdefault(source, []).append(part)
    summed = [
        OfSource(id_, tuple(p.evidence for p in parts), sum(p.value for p in parts))
        for id_, parts in found.items()
    ]
    return tuple(sorted(summed, key=lambda one: (-round(one.value, 9), one.source)))


def days_before(known: dt.date | None, day: AsOf | None) -> int | None:
    """Count the days from one on which it led to the one on which it was known."""
    if known is None or day is None or day.day > known:
        return None
    return (known - day.day).days
