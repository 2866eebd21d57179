"""The report for Word: real headings and tables, whole, and nothing but text in it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace
from functools import cache
from itertools import pairwise

import docx
import pytest
from docx.oxml.ns import qn

from tests.builders import make_case, make_judgments
from tests.published.at_first import AT_FIRST
from tests.report.hostile import DATE, HOSTILE, case, own
from tests.report.test_report import everything
from workbench.case.folder import load
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Consistency, Question, Rating
from workbench.report import Basis, compose, make, to_docx
from workbench.report.content.blocks import Cell, Column, Figure, Item, Section, Table
from workbench.wording import plain

KARABAKH = load(AT_FIRST)
OWN = make_judgments({("contingent-strength", "ukraine-manpower"): "II"})
# The order of ECMA-376 part 1 (CT_PPr, CT_RPr, CT_TblPr, CT_TcPr, CT_SectPr, CT_Style),
# as far as these parts are written: Word refuses another.
ORDER = {
    "pPr": "pStyle keepNext keepLines numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens spacing ind contextualSpacing jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs noProof color sz szCs lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook "
    "tblCaption",
    "trPr": "cantSplit tblHeader",
    "tcPr": "tcW gridSpan tcBorders shd vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p",
    "tr": "trPr tc",
    "style": "name basedOn next autoRedefine uiPriority semiHidden qFormat pPr rPr "
    "tblPr tblStylePr",
    "tblStylePr": "pPr rPr tcPr",
}
TAGS = {
    *("p", "pPr", "pStyle", "keepNext", "r", "rPr", "rStyle", "t", "br", "sectPr"),
    *("fldSimple", "fldChar", "instrText", "hyperlink", "bookmarkStart", "bookmarkEnd"),
    *("tbl", "tblPr", "tblStyle", "tblW", "tblLayout", "tblLook", "tblCaption", "tr"),
    *("tblGrid", "gridCol", "trPr", "cantSplit", "tblHeader", "tc", "tcPr", "tcW"),
    *(
        "tab",
        "shd",
        "headerReference",
        "footerReference",
        "type",
        "pgSz",
        "pgMar",
        "drawing",
    ),
}


def opened(data: bytes):
    return docx.Document(io.BytesIO(data))


def document(the_case: Case = KARABAKH, judgments: Judgments | None = None, **other):
    data = make(the_case, judgments, to="docx", date=DATE, annex=True, **other)
    return opened(data)


@cache
def shipped():
    """Give the document of the shipped case, made once and only read."""
    return document()


@cache
def wide(hypotheses: int):
    return document(wide_case(hypotheses))


def content(the_case: Case, judgments: Judgments | None = None):
    basis = Basis(the_case, judgments or Judgments(), DATE, to="docx", annex=True)
    return compose(basis).sections


@cache
def shipped_content():
    return content(KARABAKH)


def said(element) -> str:
    """Give the text below an element, a line for each paragraph and table's name."""
    lines = [one.get(qn("w:val")) for one in element.iter(qn("w:tblCaption"))]
    for paragraph in element.iter(qn("w:p")):
        parts = (
            node.text or "" if node.tag == qn("w:t") else "\n"
            for node in paragraph.iter(qn("w:t"), qn("w:br"))
        )
        lines.append("".join(parts))
    return "\n".join(lines)


def of_style(found, name: str) -> list[str]:
    return [one.text for one in found.paragraphs if one.style.name == name]


def header(table) -> list[str]:
    return [cell.text for cell in table.rows[0].cells]


def children(element) -> list[str]:
    return [child.tag.split("}")[1] for child in element]


def wide_case(hypotheses: int, items: int = 3) -> Case:
    codes = ["CC", "I", "II", "N", "-"]
    rows = [
        f"E{n}: " + " ".join(codes[(n + h) % 5] for h in range(hypotheses))
        for n in range(1, items + 1)
    ]
    return make_case(*rows)


# ------------------------------------------------------------------ structure


def test_the_headings_are_those_of_the_sections_and_their_items():
    expected = []
    for section in shipped_content():
        expected.append(("Heading 1", section.title))
        expected += [
            ("Heading 2", block.heading)
            for block in section.blocks
            if isinstance(block, Item)
        ]
    found = [
        (one.style.name, one.text)
        for one in shipped().paragraphs
        if one.style.name.startswith("Heading")
    ]
    assert found == expected


def test_the_title_is_the_question():
    found = shipped()
    assert of_style(found, "Title") == [KARABAKH.question.question]
    assert of_style(found, "Subtitle") == [KARABAKH.question.title]


@pytest.mark.parametrize("judgments", [Judgments(), OWN], ids=["published", "own"])
def test_all_that_the_report_says_is_in_the_document(judgments):
    text = said(document(KARABAKH, judgments).element.body)
    for section in content(KARABAKH, judgments):
        for block in section.blocks:
            for line in everything(block).splitlines():
                assert line in text


def test_each_contents_entry_leads_to_a_heading():
    found = shipped()
    body = found.element.body
    links = [one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))]
    marks = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    assert links == marks[1:]  # the verdict stands above the contents
    assert len(set(marks)) == len(shipped_content())
    entries = [one.text.rpartition("\t") for one in found.paragraphs if is_entry(one)]
    assert [title for title, _, _ in entries] == [
        s.title for s in shipped_content()[1:]
    ]
    pages = [int(page) for _, _, page in entries]
    assert pages == sorted(pages)
    assert pages[0] in (1, 2)
    asked = [one.text for one in body.iter(qn("w:instrText")) if "PAGEREF" in one.text]
    assert asked == [f" PAGEREF {mark} \\h " for mark in marks[1:]]


def is_entry(paragraph) -> bool:
    return paragraph.style.name == "toc 1"


def test_the_verdict_stands_before_contents_and_facts():
    texts = [one.text for one in shipped().paragraphs]
    verdict = texts.index("Bottom line")
    assert verdict < texts.index("Contents")
    assert verdict < next(n for n, text in enumerate(texts) if "Date: " in text)


@pytest.mark.parametrize("hypotheses", [2, 4, 8])
def test_no_head_breaks_a_word_where_a_broader_font_stands_in(hypotheses):
    for table in wide(hypotheses).tables:
        widths = [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid]
        for text, width_ in zip(header(table), widths, strict=True):
            # DejaVu Sans Bold, the broadest to be expected: .7 em a letter on average
            longest = max(map(len, text.split()), default=0)
            assert longest * 0.7 * 8.5 * 20 + 140 <= width_, text


def test_no_table_is_parted_from_its_heading_or_its_head_from_its_rows():
    body = shipped().element.body
    for before, table in pairwise(body):
        if table.tag == qn("w:tbl"):
            style = before.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val"))
            kept = before.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
            assert kept or style.startswith("Heading")
            head = table.find(qn("w:tr"))
            assert all(
                one.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None
                for one in head.iter(qn("w:p"))
            )


def test_every_table_repeats_its_first_row_and_only_that():
    tables = shipped().tables
    assert len(tables) > len(KARABAKH.evidence)
    for table in tables:
        repeated = [
            row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
            for row in table.rows
        ]
        assert repeated == [True] + [False] * (len(repeated) - 1)
        assert table.style.name == "Report Table"
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert look.get(qn("w:firstColumn")) == "1"


def test_a_row_stays_on_one_page_unless_it_is_too_long_for_one():
    (item,) = make_case("E1: CC I").evidence
    ratings = {
        id_: replace(rating, because="word " * 1000 if id_ == "h1" else "Short.")
        for id_, rating in item.ratings.items()
    }
    one = replace(make_case("E1: CC I"), evidence=(replace(item, ratings=ratings),))
    (table,) = (
        table
        for table in document(one).tables
        if table.rows[0].cells[-1].text == "Reason"
    )
    whole = [
        row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None
        for row in table.rows
    ]
    assert whole == [True, False, True]


def test_captions_are_numbered_in_order():
    captions = of_style(shipped(), "Caption")
    tables = [
        block
        for section in shipped_content()
        for block in section.blocks
        if isinstance(block, Table)
    ]
    for name, blocks in (
        ("Table", tables),
        ("Figure", figures()),
    ):
        found = [text for text in captions if text.startswith(name)]
        # the number stands in a field, which python-docx passes over
        assert found == [f"{name} . {block.caption}" for block in blocks]
        numbers = [
            field
            for field in shipped().element.body.iter(qn("w:fldSimple"))
            if f"SEQ {name} " in field.get(qn("w:instr"))
        ]
        assert [said_in(one) for one in numbers] == [
            str(n) for n in range(1, len(blocks) + 1)
        ]


def said_in(field) -> str:
    return "".join(node.text for node in field.iter(qn("w:t")))


def figures() -> list[Figure]:
    return [
        block
        for section in shipped_content()
        for block in section.blocks
        if isinstance(block, Figure)
    ]


def test_every_picture_is_said_in_words_and_fits_the_page():
    found = shipped()
    pictures = [shape._inline for shape in found.inline_shapes]
    assert len(pictures) == 1
    assert [one.docPr.get("descr") for one in pictures] == [f.alt for f in figures()]
    assert len({one.docPr.get("id") for one in pictures}) == len(pictures)
    section = found.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert all(shape.width <= room + 635 for shape in found.inline_shapes)


def test_a_code_is_a_text_and_a_shade():
    found = document(make_case("E1: CC II NA -", "E2: C I N N"))
    (matrix,) = [t for t in found.tables if header(t)[:2] == ["Item", "Weight"]]
    cells = [
        (cell.text, shade(cell)) for row in matrix.rows[1:3] for cell in row.cells[3:]
    ]
    assert cells == [
        ("CC", "0b6573"),
        ("II", "a93912"),
        ("NA", "ffffff"),
        ("", ""),
        ("C", "add3d8"),
        ("I", "f5ceb4"),
        ("N", "eff0f0"),
        ("N", "eff0f0"),
    ]


def shade(cell) -> str:
    found = cell._tc.tcPr.find(qn("w:shd"))
    return "" if found is None else found.get(qn("w:fill"))


def test_the_published_code_stands_below_the_analyst_s():
    cells = [
        cell.text
        for table in document(KARABAKH, OWN).tables
        if header(table)[0] == "Item"
        for row in table.rows
        for cell in row.cells
    ]
    assert "II\nwas C" in cells


# ------------------------------------------------------------------ pages


def width(section) -> int:
    return section.page_width - section.left_margin - section.right_margin


def test_few_hypotheses_stand_on_upright_a4_pages():
    (section,) = shipped().sections
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx(
        (210, 297), abs=0.1
    )


@pytest.mark.parametrize("hypotheses", [9, 12, 20, 45])
def test_many_hypotheses_stand_on_pages_on_their_side(hypotheses):
    found = wide(hypotheses)
    upright, *others = found.sections
    assert upright.page_width < upright.page_height
    assert any(one.page_width > one.page_height for one in others)
    assert others[-1].page_width == upright.page_width


@pytest.mark.parametrize("hypotheses", [4, 8, 12, 20, 45])
def test_no_table_is_wider_than_its_page_and_no_hypothesis_is_left_out(hypotheses):
    found = wide(hypotheses)
    room = max(width(section) for section in found.sections)
    for table in found.tables:
        columns = [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid]
        assert sum(columns) * 635 <= room
        assert min(columns) > 400
    matrices = [t for t in found.tables if header(t)[:2] == ["Item", "Weight"]]
    shown = [name for table in matrices for name in header(table)[3:]]
    assert shown == [f"H{n}" for n in range(1, hypotheses + 1)]
    assert {len(table.rows) for table in matrices} == {1 + 3 + 2}
    captions = [text for text in of_style(found, "Caption") if "How each" in text]
    assert len(captions) == len(matrices)
    if len(matrices) > 1:
        assert captions[0].endswith(f"(1 of {len(matrices)})")


def test_no_usual_word_is_parted_where_the_neighbours_are_long():
    item, long = KARABAKH.evidence[1].id, "A long reason of the analyst's own. " * 9
    hypothesis, code = next(iter(KARABAKH.evidence[1].ratings.items()))
    own = Judgments(
        ratings={(item, hypothesis): replace(code, because=long)},
        credibility={item: "low"},
        source_emphases={KARABAKH.sources[0].id: 0.5},
        exclusions={KARABAKH.evidence[2].id: True},
    )
    own = replace(
        own,
        ratings=own.ratings
        | {(KARABAKH.evidence[0].id, hypothesis): Rating(Consistency.II, long)},
    )
    (departures,) = (
        t for t in document(judgments=own).tables if header(t)[1] == "What"
    )
    widths = [int(one.get(qn("w:w"))) for one in departures._tbl.tblGrid]
    whats = [word for row in departures.rows for word in row.cells[1].text.split()]
    assert "credibility" in whats
    assert widths[1] >= 92 * max(map(len, whats)) + 150
    assert min(widths) > 900


def test_the_handling_line_and_the_page_stand_on_every_page():
    marked = replace(
        wide_case(12), question=replace(KARABAKH.question, handling="TLP:AMBER")
    )
    found = document(marked)
    assert len(found.sections) > 2
    for section in found.sections:
        assert section.header.paragraphs[0].text == "TLP:AMBER"
        assert section.footer.paragraphs[0].text == "TLP:AMBER"
        fields = list(section.footer._element.iter(qn("w:fldSimple")))
        assert [one.get(qn("w:instr")).split()[0] for one in fields] == [
            "PAGE",
            "NUMPAGES",
        ]
        assert section.footer.paragraphs[1].text == " / "


def test_a_long_handling_line_is_cut_on_each_page_and_whole_on_the_first():
    text = "word " * 200 + "end"
    marked = replace(KARABAKH, question=replace(KARABAKH.question, handling=text))
    found = document(marked)
    line = found.sections[0].header.paragraphs[0].text
    assert len(line) <= 200
    assert line.endswith("…")
    assert found.paragraphs[0].text == text


def test_without_a_handling_line_only_the_page_is_counted():
    found = document(make_case("E1: C I"))
    assert found.sections[0].header.is_linked_to_previous
    assert [p.text for p in found.sections[0].footer.paragraphs] == [" / "]


def test_an_empty_case_makes_a_document():
    found = document(Case(Question("Why?", "It")))
    assert of_style(found, "Title") == ["Why?"]
    assert len(found.inline_shapes) == 0


def test_a_document_ends_with_a_paragraph_whatever_comes_last():
    report = compose(Basis(KARABAKH, Judgments(), DATE))
    table = Table("Last", (Column("Name"),), ((Cell("x", "name"),),))
    last = replace(report, sections=(Section("last", "Last", (table,)),))
    body = opened(to_docx(last)).element.body
    assert children(body)[-3:] == ["tbl", "p", "sectPr"]


# ------------------------------------------------------------------ the file


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_the_file_says_whose_it_is_and_of_which_day():
    found = document(KARABAKH, OWN, analyst="analyst-1").core_properties
    assert found.title == KARABAKH.question.title
    assert found.author == "analyst-1"
    assert found.language == "en-GB"
    day = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    assert found.created == found.modified == day
    assert found.comments == ""
    assert shipped().core_properties.author == ""


@pytest.mark.parametrize("date", [dt.date(1979, 5, 1), dt.date(2200, 5, 1)])
def test_a_day_that_no_zip_file_can_tell_is_no_obstacle(date):
    data = make(make_case("E1: C I"), to="docx", date=date)
    assert opened(data).core_properties.created.date() == date


def test_the_file_refers_to_nothing_outside_and_holds_no_macro():
    found = parts(make(KARABAKH, to="docx", date=DATE))
    for name, text in found.items():
        if name.endswith(".rels"):
            assert b"TargetMode" not in text
    assert not [name for name in found if "vba" in name.lower() or "thumb" in name]
    assert b"updateFields" not in found["word/settings.xml"]


@pytest.mark.parametrize("hypotheses", [4, 20])
def test_elements_stand_in_the_order_of_the_schema(hypotheses):
    found = document(wide_case(hypotheses), make_judgments({("e1", "h1"): "II"}))
    roots = [found.element, found.styles.element, found.sections[0].footer._element]
    checked = set()
    for root in roots:
        for element in root.iter():
            name = str(element.tag).split("}")[-1]
            if name in ORDER and "wordprocessingml" in element.tag:
                order = [ORDER[name].split().index(one) for one in children(element)]
                assert all(a <= b for a, b in pairwise(order)), name
                checked.add(name)
    assert checked == ORDER.keys()


def test_every_style_that_is_named_is_there():
    found = document(wide_case(20), make_judgments({("e1", "h1"): "II"}))
    there = {one.style_id for one in found.styles}
    named = {
        element.get(qn("w:val"))
        for tag in ("w:pStyle", "w:rStyle", "w:tblStyle")
        for element in found.element.iter(qn(tag))
    }
    assert named <= there
    assert {"Title", "Heading1", "Heading2", "Caption", "ListBullet"} <= named


# ------------------------------------------------------------------ hostile text


def instructions(body) -> list[str]:
    simple = [one.get(qn("w:instr")) for one in body.iter(qn("w:fldSimple"))]
    return simple + [one.text for one in body.iter(qn("w:instrText"))]


@cache
def harmless():
    return document(case("x"), own("x"), analyst="a").element.body


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_and_nothing_else(text):
    found = document(case(text), own(text), analyst="a")
    body = found.element.body
    shown = "\n".join(plain(text).splitlines())
    assert shown in said(body)
    assert {
        str(one.tag).split("}")[1]
        for one in body.iter()
        if "wordprocessingml/" in one.tag
    } - {"body"} <= TAGS
    assert set(instructions(body)) <= set(instructions(harmless())) | {
        " SEQ Table \\* ARABIC "
    }
    assert [f.docPr.get("descr") for f in (s._inline for s in found.inline_shapes)] == [
        plain(one.alt) for one in own_figures(text)
    ]


def own_figures(text: str) -> list[Figure]:
    report = compose(Basis(case(text), own(text), DATE, "a", annex=True))
    return [
        block
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Figure)
    ]


def test_the_font_is_named_with_what_stands_in_for_it():
    with zipfile.ZipFile(io.BytesIO(make(KARABAKH, to="docx", date=DATE))) as file:
        named = docx.oxml.parse_xml(file.read("word/fontTable.xml"))
    stands_in = {
        font.get(qn("w:name")): font[0].get(qn("w:val"))
        for font in named
        if font[0].tag == qn("w:altName")
    }
    assert stands_in["Inter"] == "Calibri"
    fonts = shipped().styles.element.iter(qn("w:rFonts"))
    assert "Inter" in {one.get(qn("w:ascii")) for one in fonts}
