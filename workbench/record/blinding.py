"""The case as somebody sees it who rates blind: unrated, in an order of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from workbench.case.model import Case, Evidence, Hypothesis

_Thing = TypeVar("_Thing", Evidence, Hypothesis)


@dataclass(frozen=True)
class Blinded(Case):
    """A case whose rows and columns stand in an order drawn by a seed."""

    seed: str = ""

    def __post_init__(self) -> None:
        """Put columns and rows in the order of the seed, whatever their labels."""
        for name in ("hypotheses", "evidence"):
            object.__setattr__(self, name, _drawn(getattr(self, name), self.seed))

    __hash__ = Case.__hash__


def blinded(case: Case, seed: str) -> Case:
    """Give a case without what it publishes: ratings, also of signs, and priors."""
    unrated = [
        replace(one, ratings={}) if one.ratings else one for one in case.evidence
    ]
    open_ = [
        replace(
            one,
            prior=None,
            predicts=tuple(replace(sign, ratings={}) for sign in one.predicts),
        )
        for one in case.hypotheses
    ]
    return Blinded(case.question, tuple(open_), case.sources, tuple(unrated), seed)


def _drawn(things: Sequence[_Thing], seed: str) -> tuple[_Thing, ...]:
    def place(one: _Thing) -> bytes:
        return hashlib.sha256(f"{seed}\n{one.id}".encode()).digest()

    return tuple(sorted(things, key=place))
