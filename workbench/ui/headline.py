"""A verdict with what it was reached from: what the headlines of the pages say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.method.scoring import Assessment
from workbench.method.sensitivity import Drawn, Slips, Verdict, draw, slips, verdict
from workbench.ui.asked_runs import give_way
from workbench.wording.verdict import spoken, verdict_lines


@dataclass(frozen=True)
class Reached:
    """A verdict, and the slips and draws that it was reached from."""

    slips: Slips
    drawn: Drawn
    verdict: Verdict

    @classmethod
    def on(cls, now: Assessment) -> Reached:
        """Reach the verdict on an assessment."""
        found = slips(now)
        give_way()
        drawn = draw(now.matrix)
        give_way()
        return cls(found, drawn, verdict(found, drawn))

    @property
    def assessment(self) -> Assessment:
        """What it is the verdict on."""
        return self.slips.assessment

    @property
    def names(self) -> Mapping[str, str]:
        """How sentences name each hypothesis, by id."""
        return spoken(self.assessment)

    @property
    def lines(self) -> tuple[str, ...]:
        """The verdict in words, its headline first."""
        return verdict_lines(self.assessment, self.verdict)
