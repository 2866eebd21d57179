"""What a single argument may be; each is read, or refused with what is allowed."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import re
from typing import Final

from workbench.case.model import EventDate, Rule

_PORTS: Final = 65_535


def rule(text: str) -> Rule:
    """Read a rule by its id."""
    try:
        return Rule(text)
    except ValueError:
        allowed = ", ".join(Rule)
        raise argparse.ArgumentTypeError(f"{text!r}; use one of {allowed}") from None


def day(text: str) -> dt.date:
    """Read a day as YYYY-MM-DD."""
    with contextlib.suppress(ValueError):
        if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return dt.date.fromisoformat(text)
    raise argparse.ArgumentTypeError(f"{text!r}; use a date: YYYY-MM-DD")


def as_of(text: str) -> dt.date:
    """Read a day, a month or a year by its last day."""
    try:
        return EventDate(text).last_day
    except ValueError:
        return day(text)


def _whole(text: str, least: int, most: int, what: str) -> int:
    value = int(text) if re.fullmatch("[0-9]{1,18}", text) else -1
    if not least <= value <= most:
        raise argparse.ArgumentTypeError(f"{text!r}; use {what}")
    return value


def port(text: str) -> int:
    """Read a port's number."""
    return _whole(text, 1, _PORTS, f"a port from 1 to {_PORTS}")


def count(text: str) -> int:
    """Read how often something is drawn."""
    return _whole(text, 1, 10_000_000, "a whole number from 1 to 10000000")


def seed(text: str) -> int:
    """Read what draws begin from."""
    return _whole(text, 0, 2**53, "a whole number of 0 or more")


def column(text: str) -> tuple[str, str]:
    """Read what a column holds: NAME=ROLE."""
    return _chosen(text, "column")


def word(text: str) -> tuple[str, str]:
    """Read what a word means: WORD=CODE."""
    return _chosen(text, "word")


def _chosen(text: str, kind: str) -> tuple[str, str]:
    from workbench.errors import WorkbenchError
    from workbench.exchange import choices

    try:
        return choices.pair(text, kind)
    except WorkbenchError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
