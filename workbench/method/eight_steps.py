"""The eight steps of the method, as far as a case shows that they were taken.

Heuer 1999, ch. 8. What an analyst thought is not in a case: a step counts as done by
what it leaves behind, and what is asked is a question, never an order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from workbench.case.entry import Part
from workbench.case.model import Case, Kind
from workbench.method.checks import (
    Finding,
    Severity,
    close_race,
    mild_leader,
    never_challenged,
    separates_nothing,
    tie,
    two_in_one,
    vague,
)
from workbench.method.matrix import UNRATED
from workbench.method.scoring import Assessment

_COMPETING: Final = 2  # hypotheses
# What is asked at a step; all of it quick, so that a guide may ask it on any page.
_CHECKS: Final = (
    two_in_one,
    separates_nothing,
    vague,
    never_challenged,
    tie,
    close_race,
    mild_leader,
)
_REFINED: Final = frozenset({"two-in-one", "separates-nothing", "vague"})


class Taken(StrEnum):
    """Whether a step was taken."""

    DONE = "done"
    BEGUN = "begun"
    OPEN = "open"
    SKIPPED = "skipped"  # open, though a later one was begun


@dataclass(frozen=True)
class MethodStep:
    """One step: its number and name, whether it was taken, what there is, what to ask.

    page: the title of the page on which it is taken.
    """

    number: int
    name: str
    page: str
    taken: Taken
    there: str
    ask: str


def ask(now: Assessment) -> tuple[Finding, ...]:
    """Give the findings that the steps ask about."""
    return tuple(one for check in _CHECKS for one in check(now))


def eight_steps(now: Assessment, asked: Sequence[Finding]) -> tuple[MethodStep, ...]:
    """Tell how far a case is; `asked` are the findings on the same assessment."""
    found = [
        _hypotheses(now),
        _evidence(now),
        _matrix(now),
        _refined(now, asked),
        _conclusions(now, asked),
        _sensitivity(now, asked),
        _report(now),
        _milestones(now),
    ]
    reached = max(
        (one.number for one in found if one.taken is not Taken.OPEN), default=0
    )
    return tuple(
        MethodStep(one.number, one.name, one.page, Taken.SKIPPED, one.there, one.ask)
        if one.taken is Taken.OPEN and one.number < reached
        else one
        for one in found
    )


def _step(number: int, taken: Taken, there: str, ask: str = "") -> MethodStep:
    name, page = _NAMES[number - 1]
    return MethodStep(
        number, name, page, taken, there, "" if taken is Taken.DONE else ask
    )


_NAMES: Final = (
    ("Name the hypotheses", "Question"),
    ("List what is known", "Evidence"),
    ("Rate each item", "Matrix"),
    ("Drop what tells nothing", "Matrix"),
    ("Draw a conclusion", "Robustness"),
    ("Ask what it hangs on", "Robustness"),
    ("Write it up", "Report"),
    ("Name the signs to come", "Watch"),
)


def _state(*, done: bool, begun: bool) -> Taken:
    return Taken.DONE if done else Taken.BEGUN if begun else Taken.OPEN


def _case(now: Assessment) -> Case:
    return now.matrix.basis.case


def _many(n: int, noun: str, plural: str = "") -> str:
    return f"{n} {noun if n == 1 else plural or noun + 's'}"


def _these(cells: int) -> str:
    return "this cell" if cells == 1 else f"these {cells} cells"


def _hypotheses(now: Assessment) -> MethodStep:
    n = len(now.hypotheses)
    return _step(
        1,
        _state(done=n >= _COMPETING, begun=n > 0),
        _many(n, "active hypothesis", "active hypotheses"),
        "What else could explain it? Which explanation would nobody like?",
    )


def _evidence(now: Assessment) -> MethodStep:
    items = now.matrix.evidence
    kinds = {one.kind for one in items}
    assumed = Kind.ASSUMPTION in kinds or bool(_case(now).question.assumptions)
    if not items:
        ask = "What is known that bears on the question?"
    elif Kind.ABSENCE not in kinds:
        ask = "What should be seen if a hypothesis were true, and is not?"
    else:
        ask = "What is taken for granted?"
    done = bool(items) and Kind.ABSENCE in kinds and assumed
    return _step(
        2, _state(done=done, begun=bool(items)), _many(len(items), "item"), ask
    )


def _matrix(now: Assessment) -> MethodStep:
    codes = now.matrix.codes
    rated = int((codes != UNRATED).sum())
    left = codes.size - rated
    return _step(
        3,
        _state(done=codes.size > 0 and left == 0, begun=rated > 0),
        f"{rated} of {_many(codes.size, 'cell')} rated",
        f"If each hypothesis were true, how would {_these(left)} stand?"
        if left
        else "Which hypotheses and items make up the matrix?",
    )


def _refined(now: Assessment, asked: Sequence[Finding]) -> MethodStep:
    found = [one for one in asked if one.code in _REFINED]
    begun = bool(now.ranking)
    return _step(
        4,
        _state(done=begun and not found, begun=begun),
        f"{_many(len(found), 'question')} about hypotheses or items that tell little"
        if begun
        else "Nothing is rated yet",
        found[0].message if found else "Which items tell nothing apart?",
    )


def _conclusions(now: Assessment, asked: Sequence[Finding]) -> MethodStep:
    unranked = [one for one in now.hypotheses if one.rank is None]
    unchallenged = [one for one in now.hypotheses if "unchallenged" in one.flags]
    never = [one.message for one in asked if one.code == "never-challenged"]
    if unranked:
        ask = f"What has been rated for {unranked[0].label}?"
    elif unchallenged:
        ask = never[0] if never else "What would speak against it?"
    else:
        ask = ""
    ranked = len(now.hypotheses) - len(unranked)
    done = bool(now.ranking) and not unranked and not unchallenged
    return _step(
        5,
        _state(done=done, begun=bool(now.ranking)),
        f"{ranked} of {_many(len(now.hypotheses), 'hypothesis', 'hypotheses')} ranked",
        ask or "Which hypothesis has least against it?",
    )


def _sensitivity(now: Assessment, asked: Sequence[Finding]) -> MethodStep:
    serious = [one for one in asked if one.severity is Severity.SERIOUS]
    return _step(
        6,
        _state(done=bool(now.ranking) and not serious, begun=bool(now.ranking)),
        f"{_many(len(serious), 'serious question')} about what it hangs on"
        if now.ranking
        else "There is no ranking yet",
        serious[0].message if serious else "Which few judgments carry the ranking?",
    )


def _report(now: Assessment) -> MethodStep:
    written = now.matrix.basis.judgments.narrative
    has = [part for part in (Part.BOTTOM_LINE, Part.CONFIDENCE) if written.get(part)]
    words = {Part.BOTTOM_LINE: "bottom line", Part.CONFIDENCE: "confidence"}
    told = " and ".join(words[one] for one in has)
    return _step(
        7,
        _state(done=len(has) == len(words), begun=bool(has)),
        f"The {told} written" if has else "No bottom line is written",
        "What do you conclude, what of the others, and how sure are you?",
    )


def _milestones(now: Assessment) -> MethodStep:
    hypotheses = now.matrix.hypotheses
    watched = [h for h in hypotheses if h.predicts]
    without = [h for h in hypotheses if not h.predicts]
    refutable = all(h.refuted_by for h in hypotheses)
    signs = sum(len(h.predicts) for h in hypotheses)
    if without:
        ask = f"What would we see if {without[0].label} were true?"
    else:
        ask = "What would show each hypothesis to be wrong?"
    done = bool(hypotheses) and not without and refutable
    return _step(
        8, _state(done=done, begun=bool(watched)), _many(signs, "indicator"), ask
    )
