"""The titles of the report's sections, in the order of the report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from workbench.report.content.blocks import Block, Section

TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bottom-line": "Bottom line",
        "confidence": "Confidence in the judgment",
        "implications": "What follows for the reader",
        "ranking": "Ranking of all hypotheses",
        "matrix": "The matrix",
        "diagnostic": "The evidence that tells most",
        "robustness": "What the ranking hangs on",
        "rules": "The same judgments under six published rules",
        "departures": "Where this analyst departs from the published baseline",
        "earlier-judgments": "How this stands to earlier judgments",
        "probabilities": "Probabilities, apart from ACH",
        "findings": "Questions a reviewer would ask",
        "hypotheses": "The hypotheses",
        "assumptions": "Key assumptions",
        "indicators": "Indicators to watch",
        "sources": "Sources and source summary",
        "evidence": "The evidence in full",
        "standards": "How this report meets ICD 203 and ICD 206",
        "method": "The method and its limits",
        "command": "How to make this report again",
    }
)


def section(id_: str, blocks: Iterable[Block]) -> Section:
    """Make a section under its title."""
    return Section(id_, TITLES[id_], tuple(blocks))
