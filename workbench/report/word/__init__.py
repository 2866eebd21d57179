"""The report for Word: headings, captions and tables that can be edited.

Nothing is worked out or worded here, and nothing is formatted: the look stands in
styles.xml. The file holds no macro and no reference to anything outside it, and
the same report gives the same bytes.
"""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Final, NamedTuple

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu

from workbench.report.content.blocks import (
    Block,
    Command,
    Facts,
    Figure,
    Item,
    Note,
    Paragraph,
    Points,
    Section,
    Table,
)
from workbench.report.content.figures import png
from workbench.report.content.sections import Report
from workbench.report.word.package import opened, packed
from workbench.report.word.pages import likely_pages
from workbench.report.word.tables import add_table, cut_to
from workbench.report.word.xml import (
    add,
    add_bookmarked,
    add_contents,
    add_field,
    add_paragraph,
    add_text,
)
from workbench.wording import clipped, plain

_SCALE: Final = 2.0  # dots of a picture for each of the screen's
_DOT: Final = 9525  # English metric units of one of the screen's, 96 an inch
_TWIP: Final = 635  # English metric units of one
_HANDLING: Final = 200  # letters of the handling line that stand on each page
_BRIEF: Final = 60  # letters of a fact that shares its line with others
_BETWEEN: Final = "  ·  "


class _Paper(NamedTuple):
    """A page, its sides in twips; the margin is the same on all four."""

    width: int
    height: int
    margin: int = 1020

    @property
    def text(self) -> int:
        """The width of the text."""
        return self.width - 2 * self.margin


_UPRIGHT: Final = _Paper(11906, 16838)  # A4
_ASIDE: Final = _Paper(16838, 11906)


@dataclass
class _Writing:
    """Where the next block goes, and what has been counted so far."""

    document: Document
    body: BaseOxmlElement
    margins: tuple[tuple[str, str], ...]
    paper: _Paper = _UPRIGHT
    counted: Counter[str] = field(default_factory=Counter)

    def next(self, name: str) -> int:
        """Count one more of a kind: 1, 2, 3."""
        self.counted[name] += 1
        return self.counted[name]


def to_docx(report: Report) -> bytes:
    """Write the report for Word."""
    document = opened(report)
    body = document.element.body
    body.clear_content()
    final = body[-1]
    body.remove(final)
    line = clipped(report.handling, _HANDLING)
    out = _Writing(document, body, _margins(document, line))
    if line != report.handling:
        add_paragraph(body, "Note", report.handling)
    add_paragraph(body, "Title", report.question)
    add_paragraph(body, "Subtitle", report.title)
    for number, section in enumerate(report.opening):
        _section(out, section, number)
    _facts(out, report.facts, together=False)
    if report.rest:
        add_paragraph(body, "TOCHeading", "Contents")
        first = len(report.opening)
        entries = [
            (section.title, _bookmark(first + n), page)
            for n, (section, page) in enumerate(
                zip(report.rest, likely_pages(report), strict=True)
            )
        ]
        add_contents(body, "TOC1", entries)
        for number, section in enumerate(report.rest, start=first):
            _turn(out, _paper(section))
            _section(out, section, number)
    _facts(out, report.foot, together=True)
    if body[-1].tag == qn("w:tbl"):  # a page ends with a paragraph
        add_paragraph(body, "SectionEnd")
    _page(out, body)
    return packed(document, report.basis.date)


def _section(out: _Writing, section: Section, number: int) -> None:
    heading = add_paragraph(out.body, "Heading1")
    add_bookmarked(heading, section.title, _bookmark(number), number)
    for block in section.blocks:
        _block(out, block)


def _bookmark(number: int) -> str:
    return f"_Section{number + 1}"


# ------------------------------------------------------------------ pages


def _margins(document: Document, handling: str) -> tuple[tuple[str, str], ...]:
    """Make the head and the foot of every page; give what each page names them by."""
    footer, foot = document.part.add_footer_part()  # type: ignore[no-untyped-call]
    line = footer.element[0]
    found = [("footerReference", foot)]
    if handling:
        header, head = document.part.add_header_part()  # type: ignore[no-untyped-call]
        add_text(header.element[0], handling)
        add_text(line, handling)
        line = add_paragraph(footer.element, "Footer")
        found.insert(0, ("headerReference", head))
    add_field(line, "PAGE", 1)
    add_text(line, " / ")
    add_field(line, "NUMPAGES", 1)
    return tuple(found)


def _paper(section: Section) -> _Paper:
    """Lay a page on its side for a table that does not fit upright."""
    wide = any(
        isinstance(block, Table)
        and (block.wide or len(cut_to(block, _UPRIGHT.text)) > 1)
        for block in section.blocks
    )
    return _ASIDE if wide else _UPRIGHT


def _turn(out: _Writing, paper: _Paper) -> None:
    """Go on with pages of another shape."""
    if paper == out.paper:
        return
    end = add_paragraph(out.body, "SectionEnd")
    _page(out, end[0])
    out.paper = paper


def _page(out: _Writing, parent: BaseOxmlElement) -> None:
    """Say on which pages all stands that came before."""
    paper = out.paper
    section = add(parent, "sectPr")
    for tag, id_ in out.margins:
        add(section, tag, type="default").set(qn("r:id"), id_)
    add(section, "type", val="nextPage")
    size = add(section, "pgSz", w=str(paper.width), h=str(paper.height))
    if paper.width > paper.height:
        size.set(qn("w:orient"), "landscape")
    sides = dict.fromkeys(("top", "right", "bottom", "left"), str(paper.margin))
    add(section, "pgMar", **sides, header="510", footer="510", gutter="0")


# ------------------------------------------------------------------ blocks


def _block(out: _Writing, block: Block) -> None:
    match block:
        case Points():
            _points(out, block)
        case Facts():
            _facts(out, block, together=True)
        case Table():
            _table(out, block)
        case Figure():
            _figure(out, block)
        case Item():
            _item(out, block)
        case Paragraph(text, lead, by):
            style = "Written" if by else "Lead" if lead else "Normal"
            add_paragraph(out.body, style, text)
        case Note(text):
            add_paragraph(out.body, "Note", text)
        case Command(line):
            add_paragraph(out.body, "Command", line)


def _item(out: _Writing, item: Item) -> None:
    """Write an item; its heading stands for the captions of its tables."""
    add_paragraph(out.body, "Heading2", item.heading)
    for block, after in zip_longest(item.blocks, item.blocks[1:]):
        if isinstance(block, Table):
            for one in cut_to(block, out.paper.text):
                add_table(out.body, one, out.paper.text)
        elif isinstance(block, Facts):
            keep = isinstance(after, Table)
            _facts(out, block, together=True, keep_next=keep)
        else:
            _block(out, block)


def _points(out: _Writing, points: Points) -> None:
    if points.intro:
        add_paragraph(out.body, "Intro", points.intro)
    for text in points.texts:
        add_paragraph(out.body, "ListBullet", text)


def _facts(
    out: _Writing, facts: Facts, *, together: bool, keep_next: bool = False
) -> None:
    """Write names with what they stand for, several short ones on a line."""
    line: BaseOxmlElement | None = None
    for name, text in facts.facts:
        brief = together and len(name) + len(text) <= _BRIEF
        if line is None or not brief:
            line = add_paragraph(out.body, "Facts", keep_next=keep_next)
        else:
            add_text(line, _BETWEEN)
        add_text(line, f"{name}: ", "Strong")
        add_text(line, text)
        if not brief:
            line = None


def _table(out: _Writing, table: Table) -> None:
    for one in cut_to(table, out.paper.text):
        _caption(out, "Table", one.caption)
        add_table(out.body, one, out.paper.text)


def _caption(out: _Writing, name: str, text: str) -> None:
    above = name == "Table"  # and below a figure
    line = add_paragraph(out.body, "Caption", keep_next=above)
    add_text(line, f"{name} ")
    add_field(line, "SEQ Table" if above else "SEQ Figure", out.next(name))
    add_text(line, f". {text}")


def _figure(out: _Writing, figure: Figure) -> None:
    """Write a picture with its words; a large one is made to fit the page."""
    part = out.document.part
    id_, image = part.get_or_add_image(io.BytesIO(png(figure, _SCALE)))
    dots = _DOT / _SCALE
    room = out.paper.text * _TWIP
    fit = min(1.0, room / (image.px_width * dots))
    across, down = (Emu(int(n * dots * fit)) for n in (image.px_width, image.px_height))
    number = out.next("picture")
    name = f"picture{number}.png"
    inline = CT_Inline.new_pic_inline(number, id_, name, across, down)
    inline.docPr.set("descr", plain(figure.alt))
    inline.docPr.set("title", plain(figure.caption))
    paragraph = add_paragraph(out.body, "Figure")
    add(add(paragraph, "r"), "drawing").append(inline)
    _caption(out, "Figure", figure.caption)
