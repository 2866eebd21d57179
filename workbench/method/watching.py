"""Indicators in the order in which they are to be looked at; what day it is, is given.

Heuer 1999, ch. 8, step 8: milestones that show events taking another course.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from workbench.case.model import Case, Hypothesis, Indicator


class Due(StrEnum):
    """How an open indicator stands to a day, in the order of the list."""

    OVERDUE = "overdue"
    DUE = "due"
    UNDATED = "undated"


@dataclass(frozen=True)
class Watched:
    """An indicator, by its place in `predicts` from 1, under its hypothesis.

    days: from the given day to the last on which it can come about, below 0 once that
    is past; None without a date.
    """

    hypothesis: Hypothesis
    number: int
    indicator: Indicator
    days: int | None

    @property
    def due(self) -> Due:
        """Whether it is overdue, still to come, or without a date."""
        if self.days is None:
            return Due.UNDATED
        return Due.OVERDUE if self.days < 0 else Due.DUE


@dataclass(frozen=True)
class Watchlist:
    """The indicators of active hypotheses: open, seen to emerge, seen not to.

    waiting: overdue ones first, then by date, those without one last.
    """

    waiting: tuple[Watched, ...]
    emerging: tuple[Watched, ...]
    not_emerging: tuple[Watched, ...]

    @property
    def overdue(self) -> int:
        """How many are open though their day is past."""
        return sum(one.due is Due.OVERDUE for one in self.waiting)


def watchlist(case: Case, today: dt.date) -> Watchlist:
    """List the indicators of the active hypotheses as of a day."""
    found = [
        Watched(h, number, one, (one.by.last_day - today).days if one.by else None)
        for h in case.hypotheses
        if h.status == "active"
        for number, one in enumerate(h.predicts, start=1)
    ]
    far = 10**9
    waiting = [one for one in found if one.indicator.state == "open"]
    noted = sorted(
        found,
        key=lambda one: one.indicator.on.last_day if one.indicator.on else dt.date.min,
        reverse=True,
    )
    return Watchlist(
        tuple(sorted(waiting, key=lambda o: far if o.days is None else o.days)),
        tuple(one for one in noted if one.indicator.state == "observed"),
        tuple(one for one in noted if one.indicator.state == "not-observed"),
    )
