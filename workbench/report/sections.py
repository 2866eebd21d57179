"""The report's content, once for all formats: which sections, in which order.

Nothing here knows how a format looks, reads a clock or touches the ledger.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from workbench.case.model import (
    Consistency,
)
from workbench.method.schemes import SCHEMES
from workbench.report.basis import Basis
from workbench.report.blocks import (
    Command,
    Facts,
    Paragraph,
    Section,
)
from workbench.report.cells import known_facts
from workbench.report.claims import (
    assumptions_section,
    evidence_section,
    hypotheses_section,
    indicators_section,
    sources_section,
)
from workbench.report.probabilities import probabilities_section
from workbench.report.result import (
    bottom_line_section,
    departures_section,
    diagnostic_section,
    findings_section,
    matrix_section,
    ranking_section,
    robustness_section,
    rules_section,
)
from workbench.wording import clipped, plain, shown

BASELINE: Final = "Published baseline"


@dataclass(frozen=True)
class Report:
    """The content of one report."""

    basis: Basis
    title: str
    question: str
    handling: str
    facts: Facts
    sections: tuple[Section, ...]


def compose(basis: Basis) -> Report:
    """Compose the whole report."""
    question = basis.case.question
    makers: tuple[Callable[[Basis], Section | None], ...] = (
        bottom_line_section,
        ranking_section,
        matrix_section,
        diagnostic_section,
        robustness_section,
        rules_section,
        departures_section,
        probabilities_section,
        findings_section,
        hypotheses_section,
        assumptions_section,
        indicators_section,
        sources_section,
        evidence_section,
        _method,
        _command,
    )
    return Report(
        basis=basis,
        title=plain(question.title),
        question=plain(question.question),
        handling=plain(question.handling),
        facts=_facts(basis),
        sections=tuple(made for maker in makers if (made := maker(basis))),
    )


def _facts(basis: Basis) -> Facts:
    question = basis.case.question
    as_of = basis.as_of or question.as_of
    return known_facts(
        ("Date", basis.date.isoformat()),
        ("Author", basis.analyst or (BASELINE if not basis.departs else "Not named")),
        ("Evidence up to", as_of.isoformat() if as_of else ""),
        ("Rule", SCHEMES[basis.assessment.rule].title),
        ("Repeated reports", _independence(basis)),
        ("Fingerprint", basis.assessment.fingerprint),
    )


def _independence(basis: Basis) -> str:
    if basis.count_all:
        return "every item counts apart, also where several repeat one origin"
    return "items that repeat one origin count as one"


def _method(basis: Basis) -> Section:
    scheme = SCHEMES[basis.assessment.rule]
    values = ", ".join(
        f"{code.value} {value:g}"
        for code, value in zip(Consistency, scheme.cells, strict=True)
    )
    levels = "Credibility and relevance do not count under it."
    if scheme.levels:
        words = zip(("low", "medium", "high"), scheme.levels, strict=True)
        said = ", ".join(f"{word} {shown(value)}" for word, value in words)
        levels = f"Credibility and relevance each multiply the weight: {said}."
    order = "least" if scheme.least_first else "most"
    return Section(
        "method",
        "The method and its limits",
        (
            Paragraph(
                "Analysis of competing hypotheses (Heuer 1999, chapter 8) sets every "
                "hypothesis against every item and asks of each pair: if the "
                "hypothesis were true, would we expect this? It seeks to refute, so "
                "that the hypotheses stand in the order of what speaks against them. "
                f"The rule here is “{scheme.title.lower()}” ({scheme.publication}): "
                "the score of a hypothesis is the sum over the items of weight times "
                f"the value of the rating ({values}), {order} first. {levels} "
                f"{_sentence(_independence(basis))} Diagnosticity is the population "
                "standard deviation of an item's ratings from CC 2 to II -2."
            ),
            Paragraph(
                "Its limits: it has not been shown to make judgments more accurate. "
                "A score is not a probability, and scores of two matrices cannot be "
                "compared. A vague or untested hypothesis contradicts little and so "
                "fares well. The right hypothesis may not be among those listed. Base "
                "rates do not enter. The ratings are judgments; other people would "
                "make some of them differently."
            ),
        ),
    )


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _command(basis: Basis) -> Section:
    words = ["workbench", "report", "--to", basis.to]
    if basis.analyst is not None:
        words += ["--analyst", basis.analyst]
    words += ["--rule", basis.assessment.rule.value]
    if basis.as_of is not None:
        words += ["--as-of", basis.as_of.isoformat()]
    if basis.count_all:
        words.append("--count-all")
    words += ["--date", basis.date.isoformat(), "--output", f"report.{basis.to}"]
    ledger = "" if basis.analyst is None else " and its ledger"
    return Section(
        "command",
        "How to make this report again",
        (
            Paragraph(
                f"In the folder of the same case{ledger}; the fingerprint above tells "
                "whether they are the same."
            ),
            Command(clipped(shlex.join(words), 1000)),
        ),
    )
