"""The report for Word: headings, captions and tables that can be edited.

Nothing is worked out or worded here, and nothing is formatted: the look stands in
styles.xml. The file holds no macro and no reference to anything outside it, and
the same report gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from importlib import resources
from itertools import zip_longest
from typing import Final, NamedTuple

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
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

_LOOK: Final = resources.files("workbench.report.word")
_FONTS: Final = (_LOOK / "fonts.xml").read_bytes()  # what stands in for a missing one
_SCALE: Final = 2.0  # dots of a picture for each of the screen's
_DOT: Final = 9525  # English metric units of one of the screen's, 96 an inch
_TWIP: Final = 635  # English metric units of one
_LONGEST: Final = 255  # letters of a property of the file, by python-docx
_HANDLING: Final = 200  # letters of the handling line that stand on each page
_BRIEF: Final = 60  # letters of a fact that shares its line with others
_SMALLER: Final = 0.86  # type of a brief
_CLOSER: Final = 0.4  # and what is between its paragraphs
_BETWEEN: Final = "  ·  "
_YEARS: Final = (1980, 2107)  # that a zip file can tell
# Parts of the template that say something of another program or another page.
_STRANGE: Final = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    RELATIONSHIP_TYPE.WEB_SETTINGS,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_COMPAT: Final = "http://schemas.microsoft.com/office/word"
# Mode 15 is Word 2013 and later: without it Word opens the file in an older one's ways.
_SETTINGS: Final = f"""
<w:settings {_W}>
  <w:zoom w:percent="100"/>
  <w:defaultTabStop w:val="720"/>
  <w:characterSpacingControl w:val="doNotCompress"/>
  <w:compat>
    <w:compatSetting w:name="compatibilityMode" w:uri="{_COMPAT}" w:val="15"/>
  </w:compat>
  <w:themeFontLang w:val="en-GB"/>
  <w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2"
    w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4"
    w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink"
    w:followedHyperlink="followedHyperlink"/>
  <w:decimalSymbol w:val="."/>
  <w:listSeparator w:val=","/>
</w:settings>
"""
_NUMBERING: Final = f"""
<w:numbering {_W}>
  <w:abstractNum w:abstractNumId="0">
    <w:multiLevelType w:val="singleLevel"/>
    <w:lvl w:ilvl="0">
      <w:start w:val="1"/>
      <w:numFmt w:val="bullet"/>
      <w:pStyle w:val="ListBullet"/>
      <w:lvlText w:val="•"/>
      <w:lvlJc w:val="left"/>
      <w:pPr><w:ind w:left="320" w:hanging="220"/></w:pPr>
    </w:lvl>
  </w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
</w:numbering>
"""


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
    document = _opened(report)
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
    return _packed(document, report.basis.date)


def _section(out: _Writing, section: Section, number: int) -> None:
    heading = add_paragraph(out.body, "Heading1")
    add_bookmarked(heading, section.title, _bookmark(number), number)
    for block in section.blocks:
        _block(out, block)


def _bookmark(number: int) -> str:
    return f"_Section{number + 1}"


# ------------------------------------------------------------------ the file


def _opened(report: Report) -> Document:
    """Open an empty document in the report's styles, with its properties."""
    document = docx.Document()
    package = document.part.package
    for holder in (package, document.part):
        for id_, relation in list(holder.rels.items()):
            if relation.reltype in _STRANGE:
                del holder.rels[id_]
    for element, xml in (
        (document.styles.element, (_LOOK / "styles.xml").read_bytes()),
        (document.settings.element, _SETTINGS.encode()),
        (document.part.numbering_part.element, _NUMBERING.encode()),
    ):
        element[:] = parse_xml(xml)[:]
    basis = report.basis
    if basis.brief:
        _tighten(document.styles.element)
    day = dt.datetime.combine(basis.date, dt.time(), dt.UTC)
    properties = document.core_properties
    properties.title = clipped(report.title, _LONGEST)
    properties.subject = clipped(report.question, _LONGEST)
    properties.author = clipped(basis.analyst or "", _LONGEST)
    properties.last_modified_by = properties.author
    properties.comments = ""
    properties.keywords = ""
    properties.language = "en-GB"
    properties.created = properties.modified = day
    properties.revision = 1
    return document


def _tighten(styles: BaseOxmlElement) -> None:
    """Set everything smaller and closer, so that a brief is one page."""
    for tag, keys, by in (
        ("w:sz", ("w:val",), _SMALLER),
        ("w:szCs", ("w:val",), _SMALLER),
        ("w:spacing", ("w:before", "w:after"), _CLOSER),
    ):
        for element in styles.iter(qn(tag)):
            for key in map(qn, keys):
                if value := element.get(key):
                    element.set(key, str(round(int(value) * by)))


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


def _packed(document: Document, date: dt.date) -> bytes:
    """Save the document with the report's date on every part of the file."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    first, last = _YEARS
    day = (min(max(date.year, first), last), date.month, date.day, 0, 0, 0)
    with (
        zipfile.ZipFile(saved) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, day)
            entry.create_system = 0
            part = _FONTS if name == "word/fontTable.xml" else old.read(name)
            new.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


# ------------------------------------------------------------------ pages


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
