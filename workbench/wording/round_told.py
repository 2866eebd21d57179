"""What a round of rating is at, in sentences: for who takes part, and who looks on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workbench.case.model import Case, Consistency
from workbench.method.movement import Moved
from workbench.record.round_entries import Pass, Phase, Round
from workbench.wording import clipped, counted, joined, named, quoted

_REASON: Final = 160  # characters
_MOST: Final = 6  # items named before the rest is counted


@dataclass(frozen=True)
class Stand:
    """How somebody stands in a round.

    left: how many cells they have not rated, None where that is counted beside.
    edited: what was edited since they locked, as sentences name it, which they have to
    look at again.
    """

    takes_part: bool
    locked: bool = False
    left: int | None = 0
    edited: Sequence[str] = ()


def describe_round(found: Round, stand: Stand) -> tuple[str, ...]:
    """Say what a round is at, and what somebody does next, as one sentence each."""
    number = found.number
    until = f", or on {spoken_time(found.deadline)}" if found.deadline else ""
    if found.phase is Phase.REVEALED:
        told = (
            f"Round {number} is revealed: talk about the cells in which you differ, "
            "reasons first. No rating changes until the lead asks to rate again, or "
            "closes the round."
        )
        return (told,)
    again = found.phase is Phase.RERATING
    head = (
        f"Round {number} is rated again, in private: what each rates now is seen by "
        f"nobody else until all have locked{until}."
        if again
        else f"Round {number} is blind: nobody sees another's ratings, or a score, "
        f"until all have locked{until}."
    )
    if not stand.takes_part:
        return (head, "You do not take part in it.")
    if stand.edited:
        shown = list(stand.edited[:_MOST])
        if more := len(stand.edited) - len(shown):
            shown.append(counted(more, "more thing"))
        verb = "was" if len(stand.edited) == 1 else "were"
        told = (
            f"{joined(shown)} {verb} edited since you locked, so that your lock has "
            "fallen there: look again, and lock again."
        )
        return (head, told)
    if stand.locked:
        told = "Your ratings are locked; until the reveal you can take that back."
        return (head, told)
    if stand.left is None:
        return (head, "Rate in the Matrix, then lock on the page Team.")
    if stand.left:
        told = counted(stand.left, "cell is", "cells are")
        return (
            head,
            f"{told} unrated: rate in the Matrix, then lock on the page Team.",
        )
    return (head, "Every cell is rated: lock your ratings on the page Team.")


def describe_closed_page(found: Round, page: str, *, takes_part: bool = True) -> str:
    """Say why a page shows nothing while one rates blind, and what to do."""
    head = f"Round {found.number} is blind, so {page} shows nothing yet"
    if not takes_part:
        return (
            f"{head}: you took part in it, and a score or somebody else's view would "
            "move what you rate if you are asked again. It is all here once the round "
            "is revealed."
        )
    return (
        f"{head}: a score or somebody else's view would move what you rate. Rate in "
        "the Matrix, and lock your ratings on the page Team; it is all here once the "
        "round is revealed."
    )


def describe_trust() -> str:
    """Say what blindness rests on where nobody signs in."""
    return (
        "Nobody signs in here, so who is who is a matter of trust: a round hides "
        "ratings by name, and whoever takes another's name, or opens the ledger's "
        "file, can see them. With `workbench serve --auth` the workbench keeps them "
        "apart."
    )


def spoken_time(at: str) -> str:
    """Print a time of an entry: 24 November 2026, 18:00 UTC."""
    try:
        found = dt.datetime.fromisoformat(at)
    except ValueError:  # altered
        return at
    return f"{found.day} {found:%B} {found.year}, {found:%H:%M} UTC"


def describe_pass(found: Round, one: Pass, names: Mapping[str, str]) -> str:
    """Say who rated in a pass that has ended, when, and who had not locked."""
    people = joined([names.get(person, person) for person in found.people])
    how = "rated blind" if one.number == 1 else "rated again in private"
    when = f"from {spoken_time(one.began)} to {spoken_time(one.ended)}"
    end = describe_end(one, names, len(found.people))
    return f"In round {found.number} {people} {how} {when}; {end}."


def describe_unrevealed(found: Round) -> str:
    """Say that a round is being rated again, "" where it is not."""
    if found.phase is not Phase.RERATING:
        return ""
    return (
        f"Round {found.number} is being rated again in private: what anybody else "
        "rates now is not told here before that is revealed."
    )


def describe_end(one: Pass, names: Mapping[str, str], many: int) -> str:
    """Say who had locked when a pass ended, and for whom nobody waited any more.

    `many` is how many took part.
    """
    missing = [names.get(person, person) for person in one.missing]
    away = [names.get(person, person) for person in one.away]
    all_ = "all others" if away else "all"
    end = f"{joined(missing)} had not locked" if missing else f"{all_} had locked"
    if not away:
        return end
    gone = f"{joined(away)} had no role to rate with any more"
    return f"{gone}, and {end}" if len(away) < many else gone


def describe_movement(moved: Sequence[Moved]) -> str:
    """Count what changed from the first rating to the last, by why it did."""
    if not moved:
        return "Nobody changed a rating between the first time and the last."
    bare = sum(one.is_bare for one in moved)
    reasoned = sum(one.towards for one in moved) - bare
    other = len(moved) - bare - reasoned
    parts = [
        (bare, "towards the others without a new reason"),
        (reasoned, "towards the others with a reason"),
        (other, "not towards the others"),
    ]
    said = joined([f"{count} {what}" for count, what in parts if count])
    many = counted(len(moved), "rating")
    return f"Between the first time and the last {many} changed: {said}."


def describe_moved(case: Case, one: Moved) -> str:
    """Say how somebody rates a cell now, how before, and the reason if one came."""
    item, hypothesis = case.item[one.evidence], case.hypothesis[one.hypothesis]
    cell = f"{named(item)} against {clipped(hypothesis.title)}"
    said = f"{one.analyst}, {cell}: {_code(one.before)} to {_code(one.after)}"
    if one.because:
        return f"{said}, since {quoted(one.because, _REASON)}"
    return f"{said}, towards the others without a new reason" if one.towards else said


def _code(code: Consistency | None) -> str:
    return "unrated" if code is None else code.value
