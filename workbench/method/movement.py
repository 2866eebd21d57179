"""What changed between two times of rating: towards the others or not, and why.

Estimates that others' estimates pull together lose what made their mean worth having
(Lorenz and others 2011), so a change towards the majority without a reason of its own
is told apart from one that a reason came with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

from workbench.case.judgments import Judgments
from workbench.case.model import Case, Consistency, Rating

_STEP: Final = {code: place for place, code in enumerate(Consistency)}


@dataclass(frozen=True)
class Moved:
    """One cell that an analyst rated otherwise the second time.

    towards: whether it is nearer than before to the middle of what the others had rated
    at first. because: the reason that came with it, "" where it has none or the one of
    before.
    """

    analyst: str
    evidence: str
    hypothesis: str
    before: Consistency | None
    after: Consistency | None
    towards: bool
    because: str

    @property
    def is_bare(self) -> bool:
        """Whether it went to the others without a new reason."""
        return self.towards and not self.because


def movement(
    case: Case, first: Mapping[str, Judgments], second: Mapping[str, Judgments]
) -> tuple[Moved, ...]:
    """Find every cell that somebody rated otherwise the second time.

    first, second: by analyst. By analyst, item and hypothesis as they stand. The
    middle is the median of the others' codes CC to II at first; where nobody else rated
    so, nothing is towards it.
    """
    found = []
    for name, after in second.items():
        before = first.get(name)
        if before is None:
            continue
        for item in case.evidence:
            for one in case.hypotheses:
                was, now = before.rating(item, one.id), after.rating(item, one.id)
                if _code(was) is _code(now):
                    continue
                others = [
                    own.rating(item, one.id)
                    for other, own in first.items()
                    if other != name
                ]
                found.append(
                    Moved(
                        name,
                        item.id,
                        one.id,
                        _code(was),
                        _code(now),
                        _is_towards(was, now, others),
                        _new_reason(was, now),
                    )
                )
    return tuple(found)


def _code(rating: Rating | None) -> Consistency | None:
    return None if rating is None else rating.consistency


def _place(rating: Rating | None) -> int | None:
    """Give the place of a code from CC to II, None for NA and unrated."""
    if rating is None or rating.consistency is Consistency.NA:
        return None
    return _STEP[rating.consistency]


def _is_towards(
    was: Rating | None, now: Rating | None, others: list[Rating | None]
) -> bool:
    before, after = _place(was), _place(now)
    rated = [place for one in others if (place := _place(one)) is not None]
    if before is None or after is None or not rated:
        return False
    middle = median(rated)
    return abs(after - middle) < abs(before - middle)


def _new_reason(was: Rating | None, now: Rating | None) -> str:
    told = now.because.strip() if now else ""
    stood = was.because.strip() if was else ""
    return "" if " ".join(told.split()) == " ".join(stood.split()) else told
