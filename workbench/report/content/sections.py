"""The report's content, once for all formats: which sections, in which order.

Nothing here knows how a format looks, reads a clock or touches the ledger.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple

from workbench.case.model import Consistency
from workbench.errors import WorkbenchError
from workbench.method.schemes import SCHEMES
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import Blocks, Command, Facts, Paragraph, Section
from workbench.report.content.brief import brief_sections
from workbench.report.content.by_hand import (
    confidence_section,
    earlier_section,
    implications_section,
)
from workbench.report.content.cells import known_facts
from workbench.report.content.claims import (
    assumptions_section,
    evidence_section,
    hypotheses_section,
    indicators_section,
    sources_section,
)
from workbench.report.content.codes import diagnostic_section, matrix_section
from workbench.report.content.departing import departures_section
from workbench.report.content.disagreeing import disagreement_section
from workbench.report.content.discussed import discussion_section
from workbench.report.content.firm import certainty_section
from workbench.report.content.hangs_on import collection_section, robustness_section
from workbench.report.content.probabilities import probabilities_section
from workbench.report.content.questions import findings_section
from workbench.report.content.standards import standards_section
from workbench.report.content.standings import (
    bottom_line_section,
    ranking_section,
    rules_section,
)
from workbench.wording import clipped, counted, plain, shown

BASELINE: Final = "Published baseline"
_QUESTION: Final = 240  # characters of it in a brief
_HANDLING: Final = 200

NO_FACTS: Final = Facts(())


class Listed(NamedTuple):
    """A section: its id, its title, what is said in it, and its sheet in a workbook.

    `compose` gives None where there is nothing to say. Without a sheet it has its own.
    """

    id: str
    title: str
    compose: Callable[[Basis], Blocks | None]
    sheet: str = ""


@dataclass(frozen=True)
class Report:
    """The content of one report."""

    basis: Basis
    title: str
    question: str
    handling: str
    facts: Facts
    sections: tuple[Section, ...]
    foot: Facts = NO_FACTS

    @property
    def opening(self) -> tuple[Section, ...]:
        """What stands before contents and facts: the verdict, where it is wanted."""
        if self.basis.brief:
            return self.sections
        return tuple(one for one in self.sections if one.id == SECTIONS[0].id)

    @property
    def rest(self) -> tuple[Section, ...]:
        """The sections that the contents list."""
        return self.sections[len(self.opening) :]


def compose(basis: Basis) -> Report:
    """Compose the report, or the sections of it that are wanted.

    Raises WorkbenchError for a section that there is not.
    """
    question = basis.case.question
    if unknown := sorted(set(basis.sections) - set(TITLES)):
        raise WorkbenchError(
            f"{', '.join(unknown)}: no section of a report; use {', '.join(TITLES)}"
        )
    if basis.brief:
        return Report(
            basis=basis,
            title=plain(question.title),
            question=clipped(question.question, _QUESTION),
            handling=clipped(question.handling, _HANDLING),
            facts=Facts(()),
            sections=brief_sections(basis),
            foot=_foot(basis),
        )
    made = (
        Section(one.id, one.title, blocks)
        for one in SECTIONS
        if basis.holds(one.id) and (blocks := one.compose(basis))
    )
    return Report(
        basis=basis,
        title=plain(question.title),
        question=plain(question.question),
        handling=plain(question.handling),
        facts=_facts(basis),
        sections=tuple(made),
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
        ("Ledger at fault", "; ".join(basis.chain.breaks) if basis.chain else ""),
    )


def _ledger(basis: Basis) -> str:
    """Say where the analyst's entries end, so that a ledger cut later shows."""
    if basis.chain is None or not basis.chain.entries:
        return ""
    many = counted(basis.chain.entries, "entry", "entries")
    return f"{many}, last {', '.join(basis.chain.heads)}"


def _foot(basis: Basis) -> Facts:
    """Say by what a brief is known: at its foot, on few lines."""
    as_of = basis.as_of or basis.case.question.as_of
    return known_facts(
        ("Date", basis.date.isoformat()),
        ("Author", basis.analyst or (BASELINE if not basis.departs else "Not named")),
        ("Evidence up to", as_of.isoformat() if as_of else ""),
        ("Handling", clipped(basis.case.question.handling, _HANDLING)),
        ("Fingerprint", basis.assessment.fingerprint),
    )


def _left_out(basis: Basis) -> str:
    if not basis.sections:
        return ""
    return "; ".join(title for id_, title in TITLES.items() if not basis.holds(id_))


def _independence(basis: Basis) -> str:
    if basis.count_all:
        return "every item counts apart, also where several repeat one origin"
    return "items that repeat one origin count as one"


def _method(basis: Basis) -> Blocks:
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
    return (
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
    )


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _command(basis: Basis) -> Blocks:
    words = ["workbench", "report", "--to", basis.to]
    if basis.analyst is not None:
        words += ["--analyst", basis.analyst]
    words += ["--rule", basis.assessment.rule.value]
    if basis.as_of is not None:
        words += ["--as-of", basis.as_of.isoformat()]
    if basis.count_all:
        words.append("--count-all")
    if basis.annex:
        words.append("--annex")
    if basis.sections:
        words += ["--sections", ",".join(basis.sections)]
    words += ["--date", basis.date.isoformat(), "--output", f"report.{basis.to}"]
    ledger = "" if basis.analyst is None else " and its ledger"
    return (
        known_facts(
            ("Ledger", _ledger(basis)), ("Fingerprint", basis.assessment.fingerprint)
        ),
        Paragraph(
            f"In the folder of the same case{ledger}; the fingerprint tells whether "
            "they are the same."
        ),
        Command(clipped(shlex.join(words), 1000)),
    )


def _standards(basis: Basis) -> Blocks:
    return standards_section(basis, TITLES)


SECTIONS: Final = (
    Listed("bottom-line", "Bottom line", bottom_line_section, "Summary"),
    Listed("confidence", "Confidence in the judgment", confidence_section, "Summary"),
    Listed(
        "implications", "What follows for the reader", implications_section, "Summary"
    ),
    Listed("ranking", "Ranking of all hypotheses", ranking_section, "Summary"),
    Listed(
        "hypotheses",
        "The hypotheses, and what speaks against each",
        hypotheses_section,
        "Hypotheses",
    ),
    Listed("certainty", "How firm each standing is", certainty_section, "Sensitivity"),
    Listed("matrix", "The matrix", matrix_section, "Matrix"),
    Listed(
        "diagnostic", "The evidence that tells most", diagnostic_section, "Sensitivity"
    ),
    Listed(
        "robustness", "What the ranking hangs on", robustness_section, "Sensitivity"
    ),
    Listed(
        "rules",
        "The same judgments under six published rules",
        rules_section,
        "Sensitivity",
    ),
    Listed("collection", "What to find out next", collection_section, "Sensitivity"),
    Listed(
        "departures",
        "Where this analyst departs from the published baseline",
        departures_section,
        "Summary",
    ),
    Listed("disagreement", "Where analysts disagree", disagreement_section, "Summary"),
    Listed(
        "earlier-judgments",
        "How this stands to earlier judgments",
        earlier_section,
        "Summary",
    ),
    Listed(
        "probabilities",
        "Probabilities, apart from ACH",
        probabilities_section,
        "Probability",
    ),
    Listed("assumptions", "Key assumptions", assumptions_section, "Hypotheses"),
    Listed("indicators", "Indicators to watch", indicators_section, "Hypotheses"),
    Listed("sources", "Sources and source summary", sources_section, "Sources"),
    Listed("method", "The method and its limits", _method, "Method"),
    Listed("command", "How to make this report again", _command, "Method"),
    Listed("discussion", "Discussion", discussion_section, "Questions"),
    Listed("findings", "Questions a reviewer would ask", findings_section, "Questions"),
    Listed(
        "standards", "How this report meets ICD 203 and ICD 206", _standards, "Method"
    ),
    Listed("evidence", "The evidence in full", evidence_section, "Evidence"),
)
TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {one.id: one.title for one in SECTIONS}
)
