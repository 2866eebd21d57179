"""ICD 203 and ICD 206: which section meets each requirement, and what a case lacks.

Requirements are paraphrased after published digests of the two directives. A check
asks whether something is there, never whether it is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from workbench.case.entry import Part
from workbench.case.model import Kind
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import Blocks, Note, Paragraph, Table
from workbench.report.content.cells import heads, name_cell, text_cell
from workbench.wording import counted, joined, listed
from workbench.wording.mixing import mixed

MET: Final = "Nothing found lacking"


@dataclass(frozen=True)
class Standard:
    """One requirement: what it asks, where it is met, and how a lack is found."""

    id: str
    asks: str
    sections: tuple[str, ...]
    lacks: Callable[[Basis], Iterator[str]]


@dataclass(frozen=True)
class Lack:
    """What a report still lacks to meet a standard."""

    standard: Standard
    said: str


def _sources(basis: Basis) -> Iterator[str]:
    if not basis.case.sources:
        yield "no source is described"
    unjudged = [s.spoken for s in basis.case.sources if s.reliability == "F"]
    if unjudged:
        yield f"the reliability of {_some(unjudged)} cannot be judged"


def _uncertainty(basis: Basis) -> Iterator[str]:
    own = basis.judgments.narrative
    if Part.CONFIDENCE.value not in own:
        yield "no level of confidence is stated"
    if Part.CONFIDENCE_BASIS.value not in own:
        yield "no reason for a level of confidence is given"
    if not any(h.predicts for h in basis.case.hypotheses):
        yield "no indicator is named that would change the judgment"


def _told_apart(basis: Basis) -> Iterator[str]:
    rated = any(e.kind is Kind.ASSUMPTION for e in basis.case.evidence)
    if not basis.case.question.assumptions and not rated:
        yield "no assumption is stated"
    weighed = [
        item.label
        for item, parts in zip(basis.matrix.evidence, basis.matrix.effects, strict=True)
        if item.kind is Kind.ASSUMPTION and parts.any()
    ]
    if weighed:
        count = "counts" if len(weighed) == 1 else "count"
        yield f"what is assumed in {listed(weighed)} {count} in the scores as if known"


def _alternatives(basis: Basis) -> Iterator[str]:
    ranked = sum(one.rank is not None for one in basis.assessment.hypotheses)
    if ranked < 2:  # noqa: PLR2004  an alternative is a second
        yield "no alternative is weighed: fewer than two hypotheses are ranked"
    untested = [h.label for h in basis.matrix.hypotheses if not h.refuted_by]
    if untested:
        yield f"nothing is named that would refute {joined(untested)}"


def _relevance(basis: Basis) -> Iterator[str]:
    if Part.IMPLICATIONS.value not in basis.judgments.narrative:
        yield "nothing is said of what follows for the reader"


def _argument(basis: Basis) -> Iterator[str]:
    own = basis.judgments
    rated = [
        rating
        for item in basis.matrix.evidence
        for h in basis.matrix.hypotheses
        if (rating := own.rating(item, h.id))
    ]
    if not rated:
        yield "no cell is rated"
    if bare := sum(not rating.because for rating in rated):
        yield f"{counted(bare, 'rating')} of {len(rated)} without a reason"


def _change(basis: Basis) -> Iterator[str]:
    if not basis.departs and Part.EARLIER.value not in basis.judgments.narrative:
        yield "nothing is said of earlier judgments"


def _accuracy(basis: Basis) -> Iterator[str]:
    dated = any(one.by for h in basis.case.hypotheses for one in h.predicts)
    if not dated:
        yield "no indicator has a date by which it can be checked"


def _nothing(_basis: Basis) -> Iterator[str]:
    yield from ()


def _likelihood_apart(basis: Basis) -> Iterator[str]:
    for part in Part:
        text = basis.judgments.narrative.get(part.value, "")
        if part is not Part.CONFIDENCE and mixed(text):
            yield (
                f"a sentence of the {part.value.replace('-', ' ')} has both a "
                "likelihood and a level of confidence"
            )


def _cited(basis: Basis) -> Iterator[str]:
    without = [e.label for e in basis.case.evidence if not e.sources]
    if without:
        yield f"no source is cited for {listed(without)}"
    loose = [e.label for e in basis.case.evidence if any(not c.at for c in e.sources)]
    if loose:
        yield f"no place in a source is given for {listed(loose)}"


def _described(basis: Basis) -> Iterator[str]:
    for field, name in (
        ("author", "author"),
        ("publisher", "publisher"),
        ("published", "date of publication"),
        ("kind", "kind"),
    ):
        without = [s.spoken for s in basis.case.sources if not getattr(s, field)]
        if without:
            yield f"no {name} is given for {_some(without)}"


def _summary(basis: Basis) -> Iterator[str]:
    if not basis.case.sources:
        yield "there is no source to summarise"


def _archived(basis: Basis) -> Iterator[str]:
    kept = [s for s in basis.case.sources if not s.archived]
    if fleeting := [s.spoken for s in kept if s.url]:
        yield f"no lasting copy is named of {_some(fleeting)}"
    if lost := [s.spoken for s in kept if not s.url]:
        yield f"neither an address nor a lasting copy is named of {_some(lost)}"


STANDARDS: Final = (
    Standard(
        "ICD 203, 1",
        "Describes the quality and credibility of its sources",
        ("sources", "evidence"),
        _sources,
    ),
    Standard(
        "ICD 203, 2",
        "Expresses and explains uncertainty, and what would change the judgment",
        ("confidence", "robustness", "indicators"),
        _uncertainty,
    ),
    Standard(
        "ICD 203, 3",
        "Keeps information, assumptions and judgments apart",
        ("assumptions", "evidence", "matrix"),
        _told_apart,
    ),
    Standard(
        "ICD 203, 4",
        "Weighs alternatives",
        ("ranking", "hypotheses", "rules"),
        _alternatives,
    ),
    Standard(
        "ICD 203, 5",
        "Is relevant to its reader and says what follows",
        ("implications",),
        _relevance,
    ),
    Standard(
        "ICD 203, 6",
        "Argues clearly and logically",
        ("bottom-line", "matrix", "evidence"),
        _argument,
    ),
    Standard(
        "ICD 203, 7",
        "Explains change from, or consistency with, earlier judgments",
        ("departures", "earlier-judgments"),
        _change,
    ),
    Standard(
        "ICD 203, 8",
        "Makes judgments that can prove accurate or not",
        ("bottom-line", "indicators"),
        _accuracy,
    ),
    Standard(
        "ICD 203, 9",
        "Uses visuals where they help",
        ("matrix", "ranking"),
        _nothing,
    ),
    Standard(
        "ICD 203, D.6.e.(2)(b)",
        "Never puts a likelihood and a level of confidence in one sentence",
        ("confidence", "probabilities"),
        _likelihood_apart,
    ),
    Standard(
        "ICD 206, citations",
        "Cites a source, and the place in it, for each item",
        ("evidence",),
        _cited,
    ),
    Standard(
        "ICD 206, descriptors",
        "Describes each source: who, what and when",
        ("sources",),
        _described,
    ),
    Standard(
        "ICD 206, source summary",
        "Says how strong the sources are together, and which carry the judgment",
        ("sources",),
        _summary,
    ),
    Standard(
        "ICD 206, lasting copies",
        "Keeps a copy of sources that may vanish",
        ("sources",),
        _archived,
    ),
)


def lacking(basis: Basis, titles: Mapping[str, str]) -> tuple[Lack, ...]:
    """Name what the report still lacks, in the order of the standards.

    `titles` are those of all sections, by id.
    """
    return tuple(
        Lack(one, said)
        for one in STANDARDS
        for said in (*one.lacks(basis), *_left_out(one, basis, titles))
    )


def _left_out(
    standard: Standard, basis: Basis, titles: Mapping[str, str]
) -> Iterator[str]:
    if standard.lacks is _likelihood_apart:  # a section that is not there mixes nothing
        return
    if not any(map(basis.holds, standard.sections)):
        out = (f"“{titles[id_]}”" for id_ in standard.sections)
        yield f"left out of this report: {joined(out)}"


def standards_section(basis: Basis, titles: Mapping[str, str]) -> Blocks:
    """Map each requirement to the section that meets it, with what is lacking."""
    found = lacking(basis, titles)
    rows = tuple(
        (
            name_cell(one.id),
            text_cell(one.asks),
            text_cell("; ".join(titles[id_] for id_ in one.sections)),
            text_cell(
                "; ".join(lack.said for lack in found if lack.standard is one) or MET
            ),
        )
        for one in STANDARDS
    )
    columns = heads("Standard", "Asks that the report", "Sections", "Lacking here")
    return (
        Paragraph(describe_lacking(found)),
        Table("Analytic and sourcing standards", columns, rows),
        Note(
            "The checks find what is missing. Whether what is there is sound is "
            "for a reviewer to say. Requirements in short, after published "
            "digests of the directives."
        ),
    )


def describe_lacking(found: Iterable[Lack]) -> str:
    """Say for how many of the standards something is lacking."""
    short = {lack.standard.id for lack in found}
    if not short:
        return "The checks of ICD 203 and ICD 206 find nothing lacking."
    return (
        f"Of {len(STANDARDS)} requirements of ICD 203 and ICD 206, the checks find "
        f"something lacking for {len(short)}."
    )


def _some(names: list[str]) -> str:
    if len(names) > 2:  # noqa: PLR2004  two can be named
        return counted(len(names), "source")
    return joined(f"“{name}”" for name in names)
