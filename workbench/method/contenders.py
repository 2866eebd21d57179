"""What the numbers bear: who may lead, and whether the evidence separates anybody.

A contender leads now, or would after one slip: one item or origin that should not
count, one cell a step off, or a fifth of the draws. One alone is separated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from workbench.case.model import Rule
from workbench.method.draws import Drawn
from workbench.method.leave_out import (
    LeaveOut,
    without_items,
    without_origins,
    without_sources,
)
from workbench.method.scoring import TIE, Assessment, every_rule
from workbench.method.single_steps import SingleStep, single_steps

FIFTH: Final = 0.2
LEADS: Final = "leads"
ONE_STEP: Final = "one-step"
_COMPARABLE: Final = 2  # hypotheses with a rank


@dataclass(frozen=True)
class Slips:
    """An assessment, and all that may go wrong with it one thing at a time; exact.

    single_steps: those that change who leads. rules: who leads under every rule.
    """

    assessment: Assessment
    without_items: tuple[LeaveOut, ...]
    without_sources: tuple[LeaveOut, ...]
    without_origins: tuple[LeaveOut, ...]
    single_steps: tuple[SingleStep, ...]
    rules: Mapping[Rule, tuple[str, ...]]


@dataclass(frozen=True)
class Verdict:
    """Contenders and how each came to be one, all in the order of labels.

    separated: whether one contender stands alone before another hypothesis with a rank;
    None where fewer than two have a rank. front_runner: who leads now, None where
    several do. most_against: the last group of the ranking, if no contender is in it.
    reasons: "leads" alone, or "item:ID", "origin:ID", "one-step", "draws:SHARE".
    sources, rules: who would lead without a source, or under another rule, only where
    it is not who leads now. bearing: "item:ID" or "origin:ID" of what everything hangs
    on, since without it fewer than two have a rank.
    """

    separated: bool | None
    contenders: tuple[str, ...]
    front_runner: str | None
    most_against: tuple[str, ...]
    reasons: dict[str, tuple[str, ...]]
    sources: dict[str, tuple[str, ...]]
    rules: dict[Rule, tuple[str, ...]]
    bearing: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        """Give the verdict as plain values."""
        return {
            "separated": self.separated,
            "contenders": list(self.contenders),
            "front_runner": self.front_runner,
            "most_against": list(self.most_against),
            "reasons": {h: list(why) for h, why in self.reasons.items()},
            "sources": {id_: list(who) for id_, who in self.sources.items()},
            "rules": {rule.value: list(who) for rule, who in self.rules.items()},
        }


def slips(now: Assessment) -> Slips:
    """Find all that a verdict takes besides draws."""
    matrix = now.matrix
    return Slips(
        assessment=now,
        without_items=without_items(matrix),
        without_sources=without_sources(matrix),
        without_origins=without_origins(matrix),
        single_steps=single_steps(matrix),
        rules={rule: one.leaders for rule, one in every_rule(matrix).items()},
    )


def verdict(found: Slips, drawn: Drawn) -> Verdict:
    """Reach the verdict on an assessment."""
    now = found.assessment
    reasons: dict[str, list[str]] = {h.id: [] for h in now.hypotheses}

    def note(why: str, who: Iterable[str]) -> None:
        for id_ in who:
            if id_ not in now.leaders:
                reasons[id_].append(why)

    for one in found.without_items:
        note(f"item:{one.id}", _leaders(one))
    for one in found.without_origins:
        note(f"origin:{one.id}", _leaders(one))
    stepped = {id_ for one in found.single_steps for id_ in one.leaders}
    note(ONE_STEP, stepped)
    for id_, share in drawn.leads.items():
        if share >= FIFTH - TIE:
            note(f"draws:{share}", (id_,))
    for id_ in now.leaders:
        reasons[id_] = [LEADS]
    contenders = {h: tuple(why) for h, why in reasons.items() if why}
    ranked = sum(one.rank is not None for one in now.hypotheses)
    last = now.ranking[-1] if now.ranking else ()
    return Verdict(
        separated=None if ranked < _COMPARABLE else len(contenders) == 1,
        contenders=tuple(contenders),
        front_runner=now.leaders[0] if len(now.leaders) == 1 else None,
        most_against=() if set(last) & contenders.keys() else last,
        reasons=contenders,
        sources={
            one.id: _leaders(one) for one in found.without_sources if one.leaders_change
        },
        rules={
            rule: leaders
            for rule, leaders in found.rules.items()
            if leaders != now.leaders
        },
        bearing=tuple(
            f"{kind}:{one.id}"
            for kind, ones in (
                ("item", found.without_items),
                ("origin", found.without_origins),
            )
            for one in ones
            if sum(map(len, one.ranking)) < _COMPARABLE <= ranked
        ),
    )


def _leaders(one: LeaveOut) -> tuple[str, ...]:
    return one.ranking[0] if one.ranking else ()
