"""The report's content, once for all formats: which sections, in which order.

Nothing here knows how a format looks, reads a clock or touches the ledger.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from workbench.case.model import Consistency
from workbench.errors import WorkbenchError
from workbench.method.schemes import SCHEMES
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import Command, Facts, Paragraph, Section
from workbench.report.content.cells import known_facts
from workbench.report.content.claims import (
    assumptions_section,
    evidence_section,
    hypotheses_section,
    indicators_section,
    sources_section,
)
from workbench.report.content.codes import diagnostic_section, matrix_section
from workbench.report.content.contents import TITLES, section
from workbench.report.content.departing import departures_section
from workbench.report.content.hangs_on import robustness_section
from workbench.report.content.probabilities import probabilities_section
from workbench.report.content.questions import findings_section
from workbench.report.content.standards import standards_section
from workbench.report.content.standings import (
    bottom_line_section,
    ranking_section,
    rules_section,
)
from workbench.report.content.written import (
    confidence_section,
    earlier_section,
    implications_section,
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
    """Compose the report, or the sections of it that are wanted.

    Raises WorkbenchError for a section that there is not.
    """
    question = basis.case.question
    wanted = basis.sections or tuple(CONTENTS)
    if unknown := sorted(set(wanted) - set(CONTENTS)):
        raise WorkbenchError(
            f"{', '.join(unknown)}: no section of a report; use {', '.join(CONTENTS)}"
        )
    made = (CONTENTS[id_](basis) for id_ in CONTENTS if id_ in wanted)
    return Report(
        basis=basis,
        title=plain(question.title),
        question=plain(question.question),
        handling=plain(question.handling),
        facts=_facts(basis),
        sections=tuple(section for section in made if section),
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
        ("Left out", _left_out(basis)),
        ("Fingerprint", basis.assessment.fingerprint),
    )


def _left_out(basis: Basis) -> str:
    wanted = basis.sections or TITLES
    return "; ".join(title for id_, title in TITLES.items() if id_ not in wanted)


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
    return section(
        "method",
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
    if basis.sections:
        words += ["--sections", ",".join(basis.sections)]
    words += ["--date", basis.date.isoformat(), "--output", f"report.{basis.to}"]
    ledger = "" if basis.analyst is None else " and its ledger"
    return section(
        "command",
        (
            Paragraph(
                f"In the folder of the same case{ledger}; the fingerprint above tells "
                "whether they are the same."
            ),
            Command(clipped(shlex.join(words), 1000)),
        ),
    )


CONTENTS: Final[Mapping[str, Callable[[Basis], Section | None]]] = MappingProxyType(
    {
        "bottom-line": bottom_line_section,
        "confidence": confidence_section,
        "implications": implications_section,
        "ranking": ranking_section,
        "matrix": matrix_section,
        "diagnostic": diagnostic_section,
        "robustness": robustness_section,
        "rules": rules_section,
        "departures": departures_section,
        "earlier-judgments": earlier_section,
        "probabilities": probabilities_section,
        "findings": findings_section,
        "hypotheses": hypotheses_section,
        "assumptions": assumptions_section,
        "indicators": indicators_section,
        "sources": sources_section,
        "evidence": evidence_section,
        "standards": standards_section,
        "method": _method,
        "command": _command,
    }
)
