"""The sections on what is claimed: hypotheses, assumptions, sources, evidence."""

from __future__ import annotations

import datetime as dt
from typing import Final

from workbench import wording
from workbench.case.entry import EntryKind, Part
from workbench.case.model import (
    NEUTRAL_EMPHASIS,
    Assumption,
    Evidence,
    Hypothesis,
    Indicator,
    Source,
)
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import Weighed
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import (
    Block,
    Blocks,
    Cell,
    Column,
    Facts,
    Item,
    Note,
    Paragraph,
    Points,
    Table,
)
from workbench.report.content.by_hand import COMPOSED, written
from workbench.report.content.cells import (
    code_cell,
    heads,
    known_facts,
    name_cell,
    text_cell,
    titled,
)
from workbench.wording import counted, listed, plain, shown
from workbench.wording.assumed import (
    describe_conditions,
    describe_outcome,
    parts,
)
from workbench.wording.indicators import describe_sign
from workbench.wording.sources import RELIABILITY, describe_sources, grade

_AGAINST: Final = 6  # items named of a score


def hypotheses_section(basis: Basis) -> Blocks:
    """State the hypotheses, what speaks against each, and what would refute it."""
    question = basis.case.question
    blocks: list[Block] = []
    if question.background:
        blocks.append(Paragraph(plain(question.background)))
    if question.outcome:
        said = describe_outcome(basis.case, question.outcome)
        blocks.append(Paragraph(plain(said)))
    for h in basis.case.hypotheses:
        parts: list[Paragraph | Note | Points | Facts | Table] = [
            Paragraph(plain(h.statement))
        ]
        if h.status != "active":
            parts.append(Note(f"This hypothesis is {h.status}: kept and not scored."))
        elif parts_ := _made_of(basis, h):
            parts.append(parts_)
        if h.refuted_by:
            texts = tuple(map(plain, h.refuted_by))
            parts.append(Points("It would be refuted if:", texts))
        heading = plain(f"{h.label} {h.title}")
        blocks.append(Item(f"hypothesis-{h.id}", heading, tuple(parts)))
    return tuple(blocks)


def _made_of(basis: Basis, hypothesis: Hypothesis) -> Points | Note | None:
    """List the items that a score is made of, those that add most first."""
    now = basis.assessment
    if now.standing[hypothesis.id].rank is None:
        return None
    found = basis.contributions.hypotheses[hypothesis.id]
    both = not SCHEMES[now.rule].least_first or min(SCHEMES[now.rule].cells) < 0
    if not found:
        return Note("No item adds to its score.")
    intro = "For and against it, by size:" if both else "What speaks against it:"
    items = basis.case.item
    texts = [
        plain(f"{titled(items[one.evidence])}: {shown(one.value)}")
        for one in found[:_AGAINST]
    ]
    if (more := len(found) - _AGAINST) > 0:
        texts.append(f"and {counted(more, 'item')} that add less")
    return Points(intro, tuple(texts))


def assumptions_section(basis: Basis) -> Blocks:
    """List what is taken for granted."""
    key = tuple(_assumption(basis, one) for one in basis.case.question.assumptions)
    blocks: list[Block] = []
    if key:
        blocks.append(Points("The answer takes for granted:", key))
    else:
        blocks.append(Paragraph("No key assumption has been written down."))
    if said := describe_conditions(basis.assessment):
        blocks.append(Paragraph(plain(said)))
    return tuple(blocks)


def _assumption(basis: Basis, assumption: Assumption) -> str:
    told = [f"{name}: {text}" for name, text in parts(basis.case, assumption)]
    return plain(" ".join(map(wording.stopped, [assumption.text, *told])))


def indicators_section(basis: Basis) -> Blocks:
    """List what each hypothesis leads us to expect, by date."""
    found = [(h, one) for h in basis.case.hypotheses for one in h.predicts]
    if not found:
        said = "No hypothesis says yet what it leads us to expect."
        return (Paragraph(said),)
    last = dt.date.max
    rated = any(one.ratings for _, one in found)
    found.sort(key=lambda one: one[1].by.last_day if one[1].by else last)
    rows = tuple(
        (
            name_cell(f"{h.label} {h.title}"),
            text_cell(one.text),
            *([text_cell(describe_sign(basis.matrix, one))] if rated else []),
            Cell(one.by.text if one.by else wording.NONE, "number"),
            text_cell(_state(one, basis.date)),
        )
        for h, one in found
    )
    columns = heads(
        "Hypothesis",
        "What it leads us to expect",
        *(["Were it seen"] if rated else []),
        "By",
        "State",
        numbers=("By",),
    )
    return (Table("By the date each is due", columns, rows),)


def _state(indicator: Indicator, date: dt.date) -> str:
    text = indicator.state.replace("-", " ")
    if indicator.on:
        return f"{text} on {indicator.on}"
    overdue = indicator.by is not None and indicator.by.last_day < date
    return f"{text}, past its date" if indicator.state == "open" and overdue else text


def sources_section(basis: Basis) -> Blocks:
    """Describe the sources, each and together."""
    said = describe_sources(basis.assessment)
    by_hand = written(basis, Part.SOURCE_SUMMARY)
    blocks: list[Block] = [*by_hand, *([COMPOSED] if by_hand else [])]
    blocks.append(Paragraph(" ".join(said)))
    blocks += [_source(basis, source) for source in basis.case.sources]
    return tuple(blocks)


def _source(basis: Basis, source: Source) -> Item:
    items = [
        item.label
        for item in basis.case.evidence
        if any(c.source == source.id for c in item.sources)
    ]
    emphasis = basis.judgments.source_emphasis(source.id)
    letter = source.reliability
    facts = known_facts(
        ("Reliability", f"{letter}: {RELIABILITY[letter]}"),
        ("Publisher", source.publisher),
        ("Author", source.author),
        ("Kind", source.kind),
        ("Published", source.published.text if source.published else ""),
        ("Address", source.url),
        ("Accessed", source.accessed.text if source.accessed else ""),
        ("Lasting copy", source.archived),
        ("Interest", source.interest),
        *((f"Deception, {key}", text) for key, text in source.deception.items()),
        ("Emphasis", shown(emphasis) if emphasis != NEUTRAL_EMPHASIS else ""),
        ("Cited for", ", ".join(items) or "nothing"),
    )
    return Item(f"source-{source.id}", plain(source.name), (facts,))


def evidence_section(basis: Basis) -> Blocks:
    """Give every item in full, with every reason."""
    weighed = {one.id: one for one in basis.assessment.evidence}
    cards = tuple(
        _item(basis, item, weighed.get(item.id)) for item in basis.case.evidence
    )
    if not cards:
        cards = (Paragraph("There is no evidence yet."),)  # type: ignore[assignment]
    return tuple(cards)


def _item(basis: Basis, item: Evidence, weighed: Weighed | None) -> Item:
    judgments, case = basis.judgments, basis.case
    emphasis = judgments.emphasis(item.id)
    sources = "; ".join(
        case.source[c.source].spoken + (f", {c.at}" if c.at else "")
        for c in item.sources
    )
    status = ""
    if weighed is None:
        later = judgments.active(item)
        status = "later than the day of this report" if later else "set aside"
    facts = known_facts(
        ("Kind", item.kind.value),
        ("Date", item.date.text if item.date else ""),
        ("Sources", sources or "none named"),
        ("One origin with", _repeats(basis, item)),
        ("Grade", grade(item.grade)),
        ("Credibility", _level(basis, item, EntryKind.CREDIBILITY)),
        ("Relevance", _level(basis, item, EntryKind.RELEVANCE)),
        ("Emphasis", shown(emphasis) if emphasis != NEUTRAL_EMPHASIS else ""),
        ("Weight", shown(weighed.weight) if weighed else ""),
        ("Tags", ", ".join(item.tags)),
        ("Not counted", status),
        ("Caveat", item.caveat),
    )
    rows = tuple(row for h in case.hypotheses if (row := _reason(basis, item, h)))
    table = Table(
        plain(f"Ratings of {item.label}"),
        (Column("Hypothesis"), Column("Rating", "code"), Column("Reason")),
        rows,
    )
    parts: tuple[Paragraph | Facts | Table, ...] = (
        Paragraph(plain(item.statement)),
        facts,
        *((table,) if rows else ()),
    )
    return Item(f"evidence-{item.id}", plain(f"{item.label} {item.title}"), parts)


def _repeats(basis: Basis, item: Evidence) -> str:
    """Name the items that share an item's origin; an origin's own name is a slug."""
    origin = basis.judgments.origin(item)
    others = [
        one.label
        for one in basis.case.evidence
        if one.id != item.id and basis.judgments.origin(one) == origin
    ]
    return listed(others) if origin and others else ""


def _level(basis: Basis, item: Evidence, kind: EntryKind) -> str:
    own = wording.level(basis.judgments.level_of(item, kind))
    credibility = kind is EntryKind.CREDIBILITY
    published = wording.level(item.credibility if credibility else item.relevance)
    return own if own == published else f"{own} (published: {published})"


def _reason(
    basis: Basis, item: Evidence, hypothesis: Hypothesis
) -> tuple[Cell, ...] | None:
    own = basis.judgments.rating(item, hypothesis.id)
    published = item.ratings.get(hypothesis.id)
    if own is None and published is None:
        return None
    because = own.because if own else ""
    if published and published.because and published.because != because:
        because = f"{because}\nPublished reason: {published.because}".strip()
    return (
        name_cell(f"{hypothesis.label} {hypothesis.title}"),
        code_cell(basis, item, hypothesis),
        text_cell(because),
    )
