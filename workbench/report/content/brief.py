"""The brief: one page that a reader in a hurry reads standing.

Nothing is in it that the whole report does not bear out. Texts are cut, and lists are
short, so that it stays one page for any case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from workbench.case.entry import Part
from workbench.method.contributions import Part as Added
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import Standing
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import (
    Block,
    Column,
    Note,
    Paragraph,
    Points,
    Section,
    Table,
)
from workbench.report.content.cells import name_cell, number_cell, text_cell
from workbench.wording import clipped, counted, listed, plain, scored, titled
from workbench.wording.deciding import describe_missing, describe_rival
from workbench.wording.sources import describe_sources
from workbench.wording.verdict import (
    describe_hanging,
    describe_verdict,
    shares_of_draws,
    spoken,
    verdict_lines,
)

_TEXT: Final = 120  # characters of a text of the case
_SENTENCE: Final = 250  # of a sentence on what the verdict hangs on
_HAND: Final = 240  # of what is written by hand
_ROWS: Final = 6  # hypotheses in the table; of more, those that matter
_LINES: Final = 3  # on what the verdict hangs on
_REFUTED: Final = 2  # contenders of which is said what would refute them
_SIGNS: Final = 2  # things to look for
_NAME: Final = 48  # characters of a hypothesis's name in the table
_WORDS: Final = 360  # of its parts; with headings, question and foot at most 500
_LISTS: Final = ("robustness", "collection")  # that can be shorter
_NAMED: Final = 3  # items against a hypothesis


def brief_sections(basis: Basis) -> tuple[Section, ...]:
    """Compose the brief: its parts in their order, without those that say nothing."""
    parts = (
        Section("bottom-line", "Verdict", tuple(_verdict(basis))),
        Section("against", "What speaks most against each", tuple(_against(basis))),
        _points("robustness", "What it hangs on", _hangs_on(basis)),
        _points(
            "collection", "What would change it, and what to look for", _ahead(basis)
        ),
        Section("confidence", "Confidence", tuple(_confidence(basis))),
        Section("sources", "Sources", tuple(_sources(basis))),
    )
    return _shortened([part for part in parts if part.blocks])


def _shortened(parts: list[Section]) -> tuple[Section, ...]:
    """Leave out the last of the longer lists until the words are few enough."""
    while sum(map(_words, parts)) > _WORDS:
        lists = [
            n for n, part in enumerate(parts) if part.id in _LISTS and _many(part) > 1
        ]
        if not lists:
            break
        longest = max(lists, key=lambda n: (_many(parts[n]), n))
        [points] = parts[longest].blocks
        assert isinstance(points, Points)
        kept = (replace(points, texts=points.texts[:-1]),)
        parts[longest] = replace(parts[longest], blocks=kept)
    return tuple(parts)


def _many(part: Section) -> int:
    [points] = part.blocks
    return len(points.texts) if isinstance(points, Points) else 0


def _words(part: Section) -> int:
    return sum(len(text.split()) for block in part.blocks for text in _texts(block))


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Points(_, texts):
            yield from texts
        case Table():
            for row in block.rows:
                yield from (f"| {cell.text}" for cell in row)
        case Paragraph(text) | Note(text):
            yield text


def _points(id_: str, title: str, texts: Iterator[str]) -> Section:
    said = tuple(map(plain, texts))
    return Section(id_, title, (Points("", said),) if said else ())


def cut(text: str, limit: int) -> str:
    """Cut a sentence where a part of it ends, so that no number of it is halved."""
    if len(text) <= limit:
        return text
    kept = text[:limit]
    for mark in ("; ", ", "):
        if kept.rfind(mark) > limit // 2:
            return f"{kept[: kept.rfind(mark)]} …"
    return f"{kept.rsplit(' ', 1)[0]} …"


def _verdict(basis: Basis) -> Iterator[Block]:
    now, reached = basis.assessment, basis.verdict
    yield Paragraph(plain(describe_verdict(now, reached)), lead=True)
    lines = verdict_lines(now, reached)[1:]
    if lines:
        yield Paragraph(plain(cut(" ".join(lines), 2 * _SENTENCE)))
    if by_hand := basis.judgments.narrative.get(Part.BOTTOM_LINE.value):
        said = clipped(by_hand, _HAND)
        yield Paragraph(plain(said), by=plain(basis.analyst or "hand"))
    if basis.chain and basis.chain.breaks:
        many = counted(len(basis.chain.breaks), "place", "places")
        first = clipped(basis.chain.breaks[0], _TEXT)
        yield Paragraph(
            plain(f"The ledger does not hold in {many}, which the whole lists: {first}")
        )


def _against(basis: Basis) -> Iterator[Block]:
    now, reached = basis.assessment, basis.verdict
    order = [one for one in now.in_order if one.rank is not None]
    first = order
    if len(order) > _ROWS:
        matter = {*reached.contenders, *reached.most_against}
        first = [one for one in order if one.id in matter][:_ROWS]
    names = spoken(now)
    least = SCHEMES[now.rule].least_first
    rows = tuple(
        (
            name_cell(clipped(names[one.id], _NAME)),
            number_cell(one.score),
            text_cell(_most_against(basis, one)),
        )
        for one in first
    )
    if rows:
        columns = (
            Column("Hypothesis"),
            Column("Against it" if least else "For it", "number"),
            Column("What speaks most against it"),
        )
        title = SCHEMES[now.rule].title.lower()
        yield Table(
            f"Scores by {title}, {'least' if least else 'most'} first", columns, rows
        )
    if others := [one for one in order if one not in first]:
        said = listed(
            [f"{clipped(names[one.id], _NAME)} {scored(one)}" for one in others], _NAMED
        )
        yield Note(plain(cut(f"The others: {said}.", 2 * _SENTENCE)))


def _most_against(basis: Basis, one: Standing) -> str:
    sign = 1 if SCHEMES[basis.assessment.rule].least_first else -1
    parts: list[Added] = [
        part for part in basis.contributions.hypotheses[one.id] if part.value * sign > 0
    ]
    if not parts:
        return "Nothing that counts."
    said = ""
    for part in parts[:_NAMED]:
        title = titled(basis.case, part.evidence, _TEXT)
        longer = f"{said}; {title}" if said else title
        if len(longer) > _TEXT:
            break
        said = longer
    return said


def _hangs_on(basis: Basis) -> Iterator[str]:
    now = basis.assessment
    said = describe_hanging(basis.sensitivity, basis.verdict, basis.drawn)
    if not said:
        return
    draws = shares_of_draws(now, basis.drawn)
    others = [text for text in said if text != draws]
    for text in (*others[: _LINES - 1], draws):
        yield cut(text, _SENTENCE)


def _ahead(basis: Basis) -> Iterator[str]:
    now, case = basis.assessment, basis.case
    nearest = basis.sensitivity.one_step_change
    if nearest.rival and nearest.cells:
        yield cut(describe_rival(now, nearest), _SENTENCE)
    names = spoken(now)
    for id_ in basis.verdict.contenders[:_REFUTED]:
        for text in case.hypothesis[id_].refuted_by[:1]:
            yield f"Against {names[id_]}: {clipped(text, _TEXT)}"
    telling = [one for one in basis.missing if one.leaders_change]
    for one in telling[:_SIGNS]:
        yield describe_missing(now, one)


def _confidence(basis: Basis) -> Iterator[Block]:
    own, by = basis.judgments.narrative, plain(basis.analyst or "hand")
    if level := own.get(Part.CONFIDENCE.value):
        yield Paragraph(f"Confidence in this judgment is {level}.", by=by)
    if why := own.get(Part.CONFIDENCE_BASIS.value):
        yield Paragraph(plain(clipped(why, _HAND)), by=by)


def _sources(basis: Basis) -> Iterator[Block]:
    said = describe_sources(basis.assessment)[:2]
    if said:
        yield Paragraph(plain(" ".join(cut(text, _SENTENCE) for text in said)))
