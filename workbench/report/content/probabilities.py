"""The section on probabilities, where the analyst stated any; apart from the ranking.

Every number is the method's, every sentence of `wording.probability`.
"""

from __future__ import annotations

from typing import Final

from workbench.errors import WorkbenchError
from workbench.method import coherence, probability
from workbench.method.coherence import Coherence
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import (
    Block,
    Blocks,
    Cell,
    Column,
    Note,
    Paragraph,
    Points,
    Table,
)
from workbench.report.content.cells import name_cell, number_cell, text_cell
from workbench.wording import named, plain
from workbench.wording.likely import (
    APART,
    EIGHT_WAYS,
    NO_GAIN,
    Scale,
    boundaries,
    describe_coherence,
    describe_difference,
    describe_evidence,
    describe_likelihoods,
    describe_priors,
    describe_probabilities,
    describe_spread,
    percent,
    percent_range,
    ranges,
    words,
    words_between,
)

_MOVED: Final = 12  # items listed
_WORDS: Final = tuple(Column(f"In words, {scale}") for scale in Scale)


def probabilities_section(basis: Basis) -> Blocks | None:
    """Give what was stated, what it comes to, and the scales; None where nothing was.

    An analyst states priors, likelihoods or estimates; what the case alone states is
    not a judgment to report. With every hypothesis parked it comes to nothing.
    """
    own = basis.judgments
    stated = own.priors or own.likelihoods or own.probabilities
    if not stated or not basis.matrix.hypotheses:
        return None
    blocks: list[Block] = [Note(APART)]
    if own.probabilities:
        blocks += [Note("Estimated directly:"), *_estimated(basis)]
    if own.priors or own.likelihoods:
        blocks += [Note("From the evidence, by odds:"), *_updated(basis)]
    blocks.append(
        Points(
            "The words, and which of them a value on a boundary has:",
            tuple(
                f"{boundaries(scale)} "
                + "; ".join(f"{t}, {r}" for t, r in ranges(scale))
                + "."
                for scale in Scale
            ),
        )
    )
    return tuple(blocks)


def _estimated(basis: Basis) -> list[Block]:
    matrix = basis.matrix
    try:
        found = {how: coherence.estimated(matrix, how) for how in Coherence}
    except WorkbenchError as error:
        return [Paragraph(plain(f"Estimated directly: {error}."))]
    normalised = found[Coherence.NORMALISE]
    nearest = found[Coherence.PROJECT]
    if normalised is None or nearest is None:
        own = basis.judgments.probabilities
        missing = ", ".join(h.label for h in matrix.hypotheses if h.id not in own)
        return [
            Paragraph(plain(f"Estimated directly, and not yet complete: {missing}."))
        ]
    ids = [h.id for h in matrix.hypotheses]
    said = describe_probabilities(
        basis.case, ids, normalised.probabilities, Scale.ICD_203
    )
    rows = tuple(
        (
            name_cell(named(h)),
            _percent(raw),
            _percent(p),
            _percent(near),
            *(text_cell(words(scale, p)) for scale in Scale),
        )
        for h, raw, p, near in zip(
            matrix.hypotheses,
            normalised.raw,
            normalised.probabilities,
            nearest.probabilities,
            strict=True,
        )
    )
    columns = (
        Column("Hypothesis"),
        Column("As estimated", "number"),
        Column("Divided by the sum", "number"),
        Column("Nearest that add up", "number"),
        *_WORDS,
    )
    return [
        Paragraph(plain(said)),
        Paragraph(describe_coherence(normalised)),
        Table("Probabilities as estimated, and made coherent", columns, rows),
    ]


def _updated(basis: Basis) -> list[Block]:
    matrix, case = basis.matrix, basis.case
    try:
        found = probability.judged(matrix)
    except WorkbenchError as error:
        return [Paragraph(plain(f"From the evidence: {error}."))]
    point = found.point
    stated = ", ".join(
        f"{code.value} {value:g}"
        for code, value in probability.likelihoods(matrix).items()
    )
    rows = tuple(
        (
            name_cell(named(case.hypothesis[h])),
            Cell(percent_range(low, high), "number"),
            _percent(p),
            _percent(was),
            *(text_cell(words_between(scale, low, high)) for scale in Scale),
        )
        for h, was, p, (low, high) in zip(
            point.hypotheses,
            point.priors,
            point.probabilities,
            found.ranges,
            strict=True,
        )
    )
    columns = (
        Column("Hypothesis"),
        Column("Eight ways", "number"),
        Column("Point", "number"),
        Column("Prior", "number"),
        *_WORDS,
    )
    differs = describe_difference(basis.assessment, point)
    cautions = (NO_GAIN, differs, *probability.cautions(matrix))
    blocks: list[Block] = [
        Paragraph(plain(describe_spread(case, found, Scale.ICD_203))),
        Paragraph(EIGHT_WAYS),
        Paragraph(plain(describe_priors(matrix, point))),
        Paragraph(f"Likelihoods: {stated}. {describe_likelihoods(matrix)}"),
        Table("Probabilities after the evidence", columns, rows),
        Points(
            "What this leaves out:", tuple(plain(text) for text in cautions if text)
        ),
    ]
    if len(point.hypotheses) > 1:
        blocks += _moved(basis, found)
    return blocks


def _moved(basis: Basis, found: probability.Spread) -> list[Block]:
    case, point = basis.case, found.point
    order = sorted(range(len(point.hypotheses)), key=lambda i: -point.probabilities[i])
    for_, against = (point.hypotheses[i] for i in order[:2])
    steps = point.waterfall(for_, against)
    moving = sorted(
        (one for one in steps.items if one[1] != 0), key=lambda one: -abs(one[1])
    )
    rows = tuple(
        (name_cell(named(case.item[id_])), number_cell(step))
        for id_, step in moving[:_MOVED]
    )
    labels = f"{case.hypothesis[for_].label} against {case.hypothesis[against].label}"
    blocks: list[Block] = [
        Paragraph(plain(describe_evidence(case, found, for_, against)))
    ]
    if rows:
        columns = (Column("Item"), Column("Adds to the log-odds", "number"))
        caption = plain(
            f"What moves the natural log-odds of {labels} most, at the point"
        )
        blocks.append(Table(caption, columns, rows))
    return blocks


def _percent(p: float) -> Cell:
    return Cell(percent(p), "number")
