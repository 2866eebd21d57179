"""What a report is about, and the results that follow from it, each computed once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from workbench.case.comments import Comment
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Rule
from workbench.method.agreement import Agreements, agreements
from workbench.method.certainty import Reason, certainty
from workbench.method.group import Cell as Differing
from workbench.method.group import Group, differing, group
from workbench.method.matrix import Matrix, build
from workbench.method.rerating import Again
from workbench.method.scoring import Assessment, Weighed, assess, every_rule
from workbench.method.sensitivity import (
    AsOf,
    Cell,
    Contributions,
    Drawn,
    Sensitivity,
    Sign,
    Verdict,
    by_day,
    collection,
    contributions,
    draw,
    is_telling,
    sensitivity,
    slips,
    verdict,
)
from workbench.record.chain import ChainEnd
from workbench.team.round_story import Story
from workbench.wording.departures import departures
from workbench.wording.diagnosticity import can_separate

# Sections for a reviewer, which no reader needs first: left out unless asked for.
_SEVERAL: Final = 2
ANNEX: Final = ("discussion", "findings", "standards", "evidence")


@dataclass(frozen=True)
class Team:
    """Several analysts' judgments and matrices by name, and what they come to."""

    judgments: dict[str, Judgments]
    matrices: dict[str, Matrix]

    @cached_property
    def assessments(self) -> dict[str, Assessment]:
        """Each one's result."""
        return {name: assess(one) for name, one in self.matrices.items()}

    @cached_property
    def verdicts(self) -> dict[str, Verdict]:
        """What each one's numbers bear."""
        return {
            name: verdict(slips(one), draw(one.matrix))
            for name, one in self.assessments.items()
        }

    @cached_property
    def group(self) -> Group:
        """The mean of their scores."""
        return group(self.matrices)

    @cached_property
    def agreements(self) -> Agreements:
        """How far they agree."""
        return agreements(self.matrices)

    @cached_property
    def differing(self) -> tuple[Differing, ...]:
        """The cells in which they differ, those of anybody's contenders first."""
        front = {id_ for one in self.verdicts.values() for id_ in one.contenders}
        return differing(self.matrices, front)


@dataclass(frozen=True)
class Basis:
    """What a report is about: the same basis and date give the same content.

    `analyst` None is the published baseline. `to` is named in the command alone.
    `sections` are the ids of those wanted; where none is named, all but the annex, or
    with it. `chain` is how the analyst's entries end in the ledger, and what there
    does not hold. `brief` is the page for a reader in a hurry, which has no sections.
    `others` are the judgments of everybody else, by name, for an analyst's report;
    `said` is what people said about the case, `again` how far the analyst agrees with
    themselves, and `rounds` those of the case as far as they are revealed.
    """

    case: Case
    judgments: Judgments
    date: dt.date
    analyst: str | None = None
    rule: Rule | None = None
    as_of: dt.date | None = None
    count_all: bool = False
    to: str = "html"
    sections: tuple[str, ...] = ()
    chain: ChainEnd | None = None
    annex: bool = False
    brief: bool = False
    others: Mapping[str, Judgments] = field(default_factory=dict)
    said: tuple[Comment, ...] = ()
    again: Again | None = None
    rounds: tuple[Story, ...] = ()

    def holds(self, section: str) -> bool:
        """Tell whether a section, by its id, is wanted in this report."""
        if self.sections:
            return section in self.sections
        return self.annex or section not in ANNEX

    @cached_property
    def matrix(self) -> Matrix:
        """The judgments as numbers."""
        return self._matrix(self.judgments)

    @cached_property
    def assessment(self) -> Assessment:
        """The result."""
        return assess(self.matrix)

    @cached_property
    def baseline(self) -> Assessment:
        """The published result under the same rule."""
        return assess(self._matrix(Judgments()))

    @cached_property
    def rules(self) -> Mapping[Rule, Assessment]:
        """The result under every rule."""
        return every_rule(self.matrix)

    @cached_property
    def sensitivity(self) -> Sensitivity:
        """What the result hangs on."""
        return sensitivity(self.matrix, self.assessment)

    @cached_property
    def drawn(self) -> Drawn:
        """How steady the result is in draws, by the seed that every report uses."""
        return draw(self.matrix)

    @cached_property
    def verdict(self) -> Verdict:
        """What the numbers bear."""
        return verdict(self.sensitivity, self.drawn)

    @cached_property
    def contributions(self) -> Contributions:
        """What each score, and each gap between contenders, is made of."""
        return contributions(self.assessment, self.verdict)

    @cached_property
    def certainty(self) -> Mapping[str, tuple[Reason, ...]]:
        """Why each standing is less firm than it looks, by hypothesis."""
        raters = (Judgments(), *self.others.values())
        return certainty(self.assessment, raters)

    @cached_property
    def team(self) -> Team | None:
        """Everybody who judged, the analyst among them; None for fewer than two."""
        if self.analyst is None:
            return None
        judgments = dict(self.others)
        if self.judgments.is_judged:
            judgments[self.analyst] = self.judgments
        if len(judgments) < _SEVERAL:
            return None
        return Team(
            dict(sorted(judgments.items())),
            {name: self._matrix(own) for name, own in sorted(judgments.items())},
        )

    @cached_property
    def missing(self) -> tuple[Cell | Sign, ...]:
        """What is not known yet, what could change the leaders first."""
        return collection(self.assessment, self.verdict)

    @cached_property
    def days(self) -> tuple[AsOf, ...]:
        """The result as the evidence came in; nothing where too much is undated."""
        return by_day(self.matrix) if is_telling(self.matrix) else ()

    @cached_property
    def weighed(self) -> Mapping[str, tuple[Weighed, bool]]:
        """What each item that takes part weighs, and whether its spread tells."""
        tells = can_separate(self.matrix)
        found = zip(self.assessment.evidence, tells, strict=True)
        return {one.id: (one, told) for one, told in found}

    @cached_property
    def departs(self) -> bool:
        """Whether anything departs from the published case."""
        return bool(departures(self.case, self.judgments))

    def _matrix(self, judgments: Judgments) -> Matrix:
        return build(
            self.case,
            judgments,
            self.rule,
            as_of=self.as_of,
            count_all=self.count_all,
        )
