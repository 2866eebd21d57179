"""The sections on what the case comes to: ranking, matrix, what it hangs on.

Every figure is taken from the assessment, every sentence on it from `wording`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from workbench import wording
from workbench.case.entry import Part
from workbench.case.model import Case, Consistency, Evidence, Rule
from workbench.method import checks
from workbench.method.matrix import NA
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import Assessment, Ranking, Standing, Weighed
from workbench.method.sensitivity import LeaveOut, Tipping
from workbench.report import figures
from workbench.report.basis import Basis
from workbench.report.blocks import (
    Block,
    Cell,
    Column,
    Figure,
    Note,
    Paragraph,
    Points,
    Section,
    Table,
)
from workbench.report.cells import (
    code_cell,
    heads,
    name_cell,
    number_cell,
    text_cell,
    titled,
)
from workbench.report.contents import section
from workbench.report.narrative import COMPOSED, written
from workbench.wording import counted, listed, plain, shown
from workbench.wording.departures import WHAT, departures
from workbench.wording.diagnosticity import can_separate, most_diagnostic
from workbench.wording.ranking import (
    FLAGS,
    describe_flags,
    describe_ranking,
    describe_rules,
)
from workbench.wording.robustness import cell_change, describe_fragility, first

_WIDE: Final = 8  # more hypotheses than this want a page on its side
_DIAGNOSTIC: Final = 12
_STEPS: Final = 20  # of tipping points shown


def bottom_line_section(basis: Basis) -> Section:
    """Say who is least inconsistent, by how much, how firmly, what would change it."""
    assessment, found = basis.assessment, basis.sensitivity
    scheme = SCHEMES[assessment.rule]
    items = counted(len(basis.matrix.evidence), "item")
    hypotheses = counted(len(assessment.hypotheses), "hypothesis", "hypotheses")
    speaks = "speaks against" if scheme.least_first else "supports"
    by_hand = written(basis, Part.BOTTOM_LINE)
    blocks: list[Block] = [
        *by_hand,
        *([COMPOSED] if by_hand else []),
        Paragraph(describe_ranking(assessment), lead=True),
        Paragraph(
            f"This is the standing of {hypotheses} against {items} under the rule "
            f"“{scheme.title.lower()}”. A score says how much {speaks} a hypothesis; "
            "it is not a probability."
        ),
    ]
    cautions = _cautions(assessment)
    if cautions:
        blocks.append(Points("Read the first place with care:", cautions))
    blocks += [
        Points("How firm it is:", describe_fragility(found)),
        Paragraph(describe_rules(basis.rules)),
    ]
    if changes := _would_change(basis):
        blocks.append(Points("What would change it:", changes))
    return section("bottom-line", blocks)


def _cautions(assessment: Assessment) -> tuple[str, ...]:
    leaders = [assessment.standing[id_] for id_ in assessment.leaders]
    return tuple(f"{one.label}: {FLAGS[flag]}" for one in leaders for flag in one.flags)


def _would_change(basis: Basis) -> tuple[str, ...]:
    case, assessment = basis.case, basis.assessment
    said = []
    for id_ in assessment.leaders:
        hypothesis = case.hypothesis[id_]
        said += [
            plain(f"Against {hypothesis.label}: {text}")
            for text in hypothesis.refuted_by
        ]
    open_ = [
        one
        for hypothesis in case.hypotheses
        for one in hypothesis.predicts
        if one.state == "open" and hypothesis.id not in assessment.leaders
    ]
    if open_:
        said.append(
            f"For the others: {counted(len(open_), 'sign')} to watch for, listed "
            "under “Indicators to watch”."
        )
    return tuple(said)


def ranking_section(basis: Basis) -> Section:
    """Rank all hypotheses, with coverage and flags."""
    assessment = basis.assessment
    support = basis.rules[Rule.NET_SUPPORT].standing
    rated = (basis.matrix.codes < NA).sum(axis=0).tolist()
    per_hypothesis = {
        h.id: n for h, n in zip(basis.matrix.hypotheses, rated, strict=True)
    }
    bars = _bars(assessment)
    flagged = any(one.flags for one in assessment.hypotheses)
    rows = []
    for one in assessment.in_order:
        ranked = one.rank is not None
        n = per_hypothesis[one.id]
        published = basis.baseline.standing[one.id]
        row = [
            name_cell(f"{one.label} {one.title}"),
            Cell(wording.placed(one), "number"),
            number_cell(one.score if ranked else None, bars.get(one.id)),
            number_cell(one.score / n if ranked and n else None),
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
        "Per rated item",
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
        *_shown(figures.ranking_figure(basis)),
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
            "Equal ranks are ties, and no tie is broken in silence. Coverage is the "
            "share of items judged for a hypothesis; informative is the share of items "
            "whose rating says something either way and counts. Scores compare the "
            "hypotheses of this matrix with each other and with nothing else."
        )
    )
    return section("ranking", blocks)


def _shown(figure: Figure | None) -> tuple[Figure, ...]:
    return () if figure is None else (figure,)


def _bars(assessment: Assessment) -> dict[str, float]:
    """Give the length of each score's bar; none where scores can be negative."""
    ranked = [one for one in assessment.hypotheses if one.rank is not None]
    top = max((one.score for one in ranked), default=0.0)
    if top <= 0 or any(one.score < 0 for one in ranked):
        return {}
    return {one.id: one.score / top for one in ranked}


def matrix_section(basis: Basis) -> Section:
    """Show every code, and what each item weighs."""
    matrix, assessment = basis.matrix, basis.assessment
    tells = can_separate(matrix)
    rows = tuple(
        (
            name_cell(titled(item)),
            number_cell(weighed.weight),
            number_cell(weighed.diagnosticity if told else None),
            *_codes(basis, item),
        )
        for item, weighed, told in zip(
            matrix.evidence, assessment.evidence, tells, strict=True
        )
    )
    standings = [assessment.standing[h.id] for h in matrix.hypotheses]
    empty = Cell("", "number")
    foot = (
        (
            name_cell("Score"),
            empty,
            empty,
            *(Cell(wording.scored(s), "number") for s in standings),
        ),
        (
            name_cell("Rank"),
            empty,
            empty,
            *(Cell(wording.placed(s), "number") for s in standings),
        ),
    )
    columns = (
        Column("Item"),
        Column("Weight", "number"),
        Column("Diagnosticity", "number"),
        *(Column(plain(h.label), "code", plain(h.title)) for h in matrix.hypotheses),
    )
    table = Table(
        "How each item stands to each hypothesis, were the hypothesis true",
        columns,
        rows,
        foot,
        wide=len(matrix.hypotheses) > _WIDE,
    )
    blocks: list[Block] = [
        Note(
            f"{scale()}; an empty cell is not rated yet. The question in each cell "
            "is: if the hypothesis were true, would we expect this item?"
        )
    ]
    heads = tuple(plain(f"{h.label}: {h.title}") for h in matrix.hypotheses)
    if heads:
        blocks.append(Points("Across:", heads))
    if basis.departs:
        blocks.append(
            Note("“was” gives the published rating where this analyst departs from it.")
        )
    blocks.append(table)
    aside = [e.label for e in basis.case.evidence if e.id not in _taking_part(basis)]
    if aside:
        blocks.append(Note(plain(f"Not counted, and kept: {', '.join(aside)}.")))
    return section("matrix", blocks)


def scale() -> str:
    """Say what each code means."""
    return ", ".join(f"{code.value} {code.meaning}" for code in Consistency)


def _codes(basis: Basis, item: Evidence) -> tuple[Cell, ...]:
    return tuple(code_cell(basis, item, h) for h in basis.matrix.hypotheses)


def _taking_part(basis: Basis) -> frozenset[str]:
    return frozenset(item.id for item in basis.matrix.evidence)


def diagnostic_section(basis: Basis) -> Section:
    """Show the items that tell most, and those that tell nothing."""
    assessment, case = basis.assessment, basis.case
    tells = can_separate(basis.matrix)
    telling = most_diagnostic(assessment)
    columns = (
        Column("Item"),
        *heads("Diagnosticity", "Weight", numbers=("Diagnosticity", "Weight")),
        Column("Weighted", "number", "Diagnosticity times weight"),
        *(
            Column(plain(h.label), "code", plain(h.title))
            for h in basis.matrix.hypotheses
        ),
    )
    rows = tuple(
        (
            name_cell(titled(case.item[one.id])),
            number_cell(one.diagnosticity),
            number_cell(one.weight),
            number_cell(one.weighted_diagnosticity),
            *_codes(basis, case.item[one.id]),
        )
        for one in telling[:_DIAGNOSTIC]
    )
    blocks: list[Block] = [
        Paragraph(
            "An item that fits every hypothesis alike says nothing about which is "
            "right, however weighty it is. Diagnosticity is the spread of an item's "
            "ratings; 0 separates nothing, 2 is the most there can be."
        )
    ]
    if rows:
        caption = (
            f"The {counted(len(rows), 'item')} that tell the hypotheses apart most"
        )
        if len(rows) == 1:
            caption = "The item that tells the hypotheses apart"
        blocks.append(
            Table(caption, columns, rows, wide=len(basis.matrix.hypotheses) > _WIDE)
        )
    idle = [
        (one, told)
        for one, told in zip(assessment.evidence, tells, strict=True)
        if one.diagnosticity == 0 or not told
    ]
    weightless = [
        e for e in assessment.evidence if e.diagnosticity > 0 and e.weight == 0
    ]
    alike = "Not diagnostic: rated alike wherever they are rated."
    for intro, found in (
        (alike, [one for one, told in idle if told]),
        (
            "Cannot say: rated for fewer than two hypotheses.",
            [one for one, told in idle if not told],
        ),
        ("Would tell, and weigh nothing as weighted here.", weightless),
    ):
        if found:
            blocks.append(Points(intro, _titles(case, found)))
    return section("diagnostic", blocks)


def _titles(case: Case, found: Iterable[Weighed]) -> tuple[str, ...]:
    return tuple(plain(titled(case.item[one.id])) for one in found)


def robustness_section(basis: Basis) -> Section:
    """Show what the ranking hangs on."""
    found, assessment = basis.sensitivity, basis.assessment
    blocks: list[Block] = [
        Paragraph(
            "One thing is changed at a time, and everything is computed again. A tie "
            "at the top that appears or breaks counts as a change."
        ),
    ]
    left_out = tuple(
        (name_cell(name), text_cell(_instead(assessment, one.ranking)))
        for name, one in _left_out(basis)
        if one.leaders_change
    )
    if left_out:
        columns = heads("Left out", "Then")
        blocks.append(
            Table("What changes the first place when left out", columns, left_out)
        )
    else:
        said = "No item, origin or source, left out alone, changes the first place."
        blocks.append(Paragraph(said))
    if rows := _tips(basis):
        columns = (
            *heads("Weighed by", "Now", numbers=("Now",)),
            Column("Below", "text", "The nearest smaller emphasis that changes it"),
            Column("Above", "text", "The nearest larger emphasis that changes it"),
        )
        caption = "Emphasis, from 0 to 2, at which the first place would change"
        blocks.append(Table(caption, columns, rows))
        blocks += _shown(figures.tipping_figure(basis))
    if rows := _deceived(basis):
        columns = heads(
            "If all that this source alone vouches for were the opposite", "Then"
        )
        blocks.append(Table("Were a source to deceive us", columns, rows))
    for title, change in (
        (
            "Cells that would be enough, each free to be anything from CC to II:",
            found.any_change,
        ),
        ("Cells that would be enough in moves of one step:", found.one_step_change),
    ):
        if change.cells:
            cells = tuple(plain(cell_change(assessment, cell)) for cell in change.cells)
            blocks.append(Points(title, cells))
    return section("robustness", blocks)


def _deceived(basis: Basis) -> tuple[tuple[Cell, ...], ...]:
    names = basis.case.source
    return tuple(
        (
            name_cell(
                f"{names[one.source].name} ({counted(len(one.evidence), 'item')})"
            ),
            text_cell(_instead(basis.assessment, one.ranking)),
        )
        for one in basis.sensitivity.deceived
        if one.evidence
    )


def _left_out(basis: Basis) -> Iterable[tuple[str, LeaveOut]]:
    found, case = basis.sensitivity, basis.case
    for one in found.without_items:
        yield titled(case.item[one.id]), one
    for one in found.without_origins:
        if len(one.evidence) > 1:
            labels = [case.item[id_].label for id_ in one.evidence]
            yield f"Origin {one.id}: {listed(labels)}", one
    for one in found.without_sources:
        if one.evidence:
            alone = counted(len(one.evidence), "item")
            yield (
                f"Source {case.source[one.id].name}: {alone} it alone vouches for",
                one,
            )


def _instead(assessment: Assessment, ranking: Ranking) -> str:
    text = first(assessment, ranking)
    return f"{text[0].upper()}{text[1:]}"


def _tips(basis: Basis) -> tuple[tuple[Cell, ...], ...]:
    found, case = basis.sensitivity, basis.case
    named = [
        *((titled(case.item[t.id]), t) for t in found.tipping_items),
        *((case.source[t.id].name, t) for t in found.tipping_sources),
    ]
    near = sorted(
        (one for one in named if one[1].below or one[1].above),
        key=lambda one: _distance(one[1]),
    )
    return tuple(
        (
            name_cell(name),
            number_cell(tip.emphasis),
            *(_tip(basis, tip, s) for s in (0, 1)),
        )
        for name, tip in near[:_STEPS]
    )


def _distance(tipping: Tipping) -> float:
    tips = [tip for tip in (tipping.below, tipping.above) if tip]
    return min(abs(tip.emphasis - tipping.emphasis) for tip in tips)


def _tip(basis: Basis, tipping: Tipping, side: int) -> Cell:
    tip = tipping.above if side else tipping.below
    if tip is None:
        return Cell(wording.NONE)
    labels = [basis.assessment.standing[id_].label for id_ in tip.leaders]
    return text_cell(f"{shown(tip.emphasis)}: {wording.joined(labels or ['nobody'])}")


def rules_section(basis: Basis) -> Section:
    """Set the six rules side by side."""
    columns = (
        Column("Hypothesis"),
        *(Column(SCHEMES[rule].title, "number") for rule in basis.rules),
    )
    rows = tuple(
        (
            name_cell(f"{one.label} {one.title}"),
            *(_place(result.standing[one.id]) for result in basis.rules.values()),
        )
        for one in basis.assessment.in_order
    )
    cautions = tuple(
        f"{scheme.title}: {scheme.publication}. {scheme.caution}".strip()
        for scheme in (SCHEMES[rule] for rule in basis.rules)
    )
    return section(
        "rules",
        (
            Paragraph(describe_rules(basis.rules)),
            Table("Rank, and score in brackets, under each rule", columns, rows),
            *_shown(figures.rules_figure(basis)),
            Points("Where the rules come from, and what to mind:", cautions),
        ),
    )


def _place(standing: Standing) -> Cell:
    if standing.rank is None:
        return Cell(wording.NONE, "number")
    return Cell(f"{wording.placed(standing)} ({wording.scored(standing)})", "number")


def departures_section(basis: Basis) -> Section:
    """List where the analyst departs from the published case."""
    found = departures(basis.case, basis.judgments)
    if not found:
        said = "Nowhere: every rating, level, emphasis and origin is as published."
        return section("departures", (Paragraph(said),))
    columns = heads("Where", "What", "Published", "Here", "Reason")
    rows = tuple(
        (
            name_cell(
                f"{one.label} against {one.against}" if one.against else one.label
            ),
            text_cell(WHAT[one.kind]),
            text_cell(one.published),
            text_cell(one.own),
            text_cell(one.because),
        )
        for one in found
    )
    blocks: list[Block] = [
        Paragraph(f"Published: {describe_ranking(basis.baseline)}"),
        Table(f"{counted(len(found), 'departure')} in all", columns, rows),
    ]
    return section("departures", blocks)


def findings_section(basis: Basis) -> Section:
    """List what a reviewer would ask."""
    asked = checks.findings(basis.assessment, basis.sensitivity)
    if not asked:
        said = "The checks have none to ask of this case."
        return section("findings", (Paragraph(said),))
    intro = {
        checks.Severity.SERIOUS: "Serious: the conclusion may not stand.",
        checks.Severity.CAUTION: "To be kept in mind:",
        checks.Severity.NOTE: "Worth a look:",
    }
    found = {
        severity: tuple(plain(one.message) for one in asked if one.severity is severity)
        for severity in checks.Severity
    }
    points = (
        Points(intro[severity], texts) for severity, texts in found.items() if texts
    )
    return section("findings", points)
