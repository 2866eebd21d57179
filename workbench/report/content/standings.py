"""The sections on who comes first: in a word, in full, under each rule.

Every figure is taken from the assessment, every sentence on it from `wording`.
"""

from __future__ import annotations

from typing import Final

from workbench import wording
from workbench.case.entry import Part
from workbench.case.model import Rule
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import Assessment, Standing
from workbench.report.content import figures
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import (
    Block,
    Blocks,
    Cell,
    CellKind,
    Column,
    Note,
    Paragraph,
    Points,
    Table,
)
from workbench.report.content.by_hand import COMPOSED, written
from workbench.report.content.cells import heads, name_cell, number_cell, text_cell
from workbench.wording import clipped, counted, plain
from workbench.wording.ranking import describe_flags, describe_rules
from workbench.wording.verdict import (
    about_draws,
    describe_hanging,
    describe_verdict,
    verdict_lines,
)

_LABEL: Final = 12  # letters of one above a column
_ACROSS: Final = 6  # more columns of numbers than this fit no page upright


def bottom_line_section(basis: Basis) -> Blocks:
    """Say what the numbers bear, what that hangs on, and what would change it."""
    assessment, reached = basis.assessment, basis.verdict
    scheme = SCHEMES[assessment.rule]
    items = counted(len(basis.matrix.evidence), "item")
    hypotheses = counted(len(assessment.hypotheses), "hypothesis", "hypotheses")
    speaks = "speaks against" if scheme.least_first else "supports"
    by_hand = written(basis, Part.BOTTOM_LINE)
    blocks: list[Block] = [
        *by_hand,
        *([COMPOSED] if by_hand else []),
        Paragraph(plain(describe_verdict(assessment, reached)), lead=True),
        *(Paragraph(plain(text)) for text in verdict_lines(assessment, reached)[1:]),
    ]
    if hanging := hanging_points(basis):
        blocks.append(hanging)
    blocks.append(
        Note(
            f"This is the standing of {hypotheses} against {items} under the rule "
            f"“{scheme.title.lower()}”. A score says how much {speaks} a hypothesis; "
            "it is not a probability."
        )
    )
    return tuple(blocks)


def hanging_points(basis: Basis) -> Points | None:
    """List what the verdict hangs on; None where there is nothing to compare."""
    said = describe_hanging(basis.sensitivity, basis.verdict, basis.drawn)
    return Points("What it hangs on:", tuple(map(plain, said))) if said else None


def ranking_section(basis: Basis) -> Blocks:
    """Rank all hypotheses, with coverage and flags."""
    assessment = basis.assessment
    support = basis.rules[Rule.NET_SUPPORT].standing
    bars = _bars(assessment)
    flagged = any(one.flags for one in assessment.hypotheses)
    rows = []
    for one in assessment.in_order:
        ranked = one.rank is not None
        published = basis.baseline.standing[one.id]
        row = [
            name_cell(f"{one.label} {one.title}"),
            Cell(wording.placed(one), "number"),
            number_cell(one.score if ranked else None, bars.get(one.id)),
            number_cell(basis.drawn.means[one.id] if ranked else None),
            number_cell(support[one.id].score if ranked else None),
            Cell(wording.share(one.coverage), "number"),
            Cell(wording.share(one.informative), "number"),
        ]
        if flagged:
            row.append(text_cell(", ".join(one.flags)))
        if basis.departs:
            row.insert(3, Cell(wording.scored(published), "number"))
        rows.append(tuple(row))
    names = [
        "Hypothesis",
        "Rank",
        "Score",
        "Mean in draws",
        "Net support",
        "Coverage",
        "Informative",
    ]
    if basis.departs:
        names.insert(3, "Published")
    last = ["Flags"] if flagged else []
    columns = heads(*names, *last, numbers=names[1:])
    scheme = SCHEMES[assessment.rule]
    order = "least first" if scheme.least_first else "most first"
    blocks: list[Block] = [
        Table(
            f"All hypotheses by {scheme.title.lower()}, {order}", columns, tuple(rows)
        ),
        *figures.where_drawn(figures.ranking_figure(basis)),
        *(Note(text) for text in describe_flags(assessment)),
    ]
    left_out = [
        f"{h.label} ({h.status})"
        for h in basis.case.hypotheses
        if h.id not in assessment.standing
    ]
    if left_out:
        blocks.append(Note(plain(f"Kept and not scored: {', '.join(left_out)}.")))
    blocks.append(
        Note(
            "Equal ranks are ties. Coverage is the "
            "share of items judged for a hypothesis; informative is the share of items "
            "whose rating says something either way and counts. Scores compare the "
            "hypotheses of this matrix with each other and with nothing else. "
            + about_draws(basis.drawn)
        )
    )
    return tuple(blocks)


def _bars(assessment: Assessment) -> dict[str, float]:
    """Give the length of each score's bar; none where scores can be negative."""
    ranked = [one for one in assessment.hypotheses if one.rank is not None]
    top = max((one.score for one in ranked), default=0.0)
    if top <= 0 or any(one.score < 0 for one in ranked):
        return {}
    return {one.id: one.score / top for one in ranked}


def rules_section(basis: Basis) -> Blocks:
    """Set the six rules side by side."""
    order = basis.assessment.in_order
    kind: CellKind = "number" if len(order) <= _ACROSS else "code"  # which can be cut
    table = Table(
        "Rank, and score in brackets, under each rule",
        (
            Column("Rule"),
            *(
                Column(plain(clipped(one.label, _LABEL)), kind, plain(one.title))
                for one in order
            ),
        ),
        tuple(
            (
                name_cell(SCHEMES[rule].title),
                *(Cell(_place(result.standing[one.id]), kind) for one in order),
            )
            for rule, result in basis.rules.items()
        ),
    )
    cautions = tuple(
        f"{scheme.title}: {scheme.publication}. {scheme.caution}".strip()
        for scheme in (SCHEMES[rule] for rule in basis.rules)
    )
    blocks: list[Block] = [table]
    if not basis.verdict.rules or not basis.holds("bottom-line"):
        blocks.insert(0, Paragraph(describe_rules(basis.rules)))
    if basis.annex or basis.sections:
        intro = "Where the rules come from, and what to mind:"
        blocks.append(Points(intro, cautions))
    return tuple(blocks)


def _place(standing: Standing) -> str:
    if standing.rank is None:
        return wording.NONE
    return f"{wording.placed(standing)} ({wording.scored(standing)})"
