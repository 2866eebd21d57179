"""Indicators on the watch list in words: when each is due, and when it was noted."""

from __future__ import annotations

from workbench.method.watching import Due, Watched, Watchlist
from workbench.wording import counted, listed


def describe_due(one: Watched) -> str:
    """Say when an open indicator is due, or when another was noted."""
    by, on = one.indicator.by, one.indicator.on
    if one.indicator.state != "open":
        noted = f"noted {on}" if on else "noted without a date"
        return f"{noted}, expected by {by}" if by else noted
    if one.days is None:
        return "without a date"
    if one.due is Due.OVERDUE:
        return f"overdue: expected by {by}, {counted(-one.days, 'day')} ago"
    if one.days == 0:
        return f"due today, {by}"
    return f"due by {by}, in {counted(one.days, 'day')}"


def describe_watchlist(found: Watchlist) -> str:
    """Say how many indicators there are of each kind, and which are overdue."""
    if not (found.waiting or found.emerging or found.not_emerging):
        return "No indicator is named yet."
    waiting = len(found.waiting)
    parts = [
        f"{counted(waiting, 'indicator')} to look for",
        f"{len(found.emerging)} observed",
        f"{len(found.not_emerging)} not observed",
    ]
    said = f"{parts[0]}, {parts[1]}, {parts[2]}."
    if found.overdue:
        verb = "is" if found.overdue == 1 else "are"
        said += f" {found.overdue} {verb} overdue."
    elif waiting:
        dated = [str(one.indicator.by) for one in found.waiting if one.indicator.by]
        if dated:
            said += f" Next: {listed(dated[:1])}."
    return said
