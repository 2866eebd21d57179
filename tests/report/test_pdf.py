"""The pdf: tagged, whole, in reading order, nothing cut, and text only ever as text."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import re
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path

import pymupdf
import pypdf
import pytest

from tests.builders import make_case, make_judgments
from tests.report.hostile import HOSTILE, case, own
from workbench import wording
from workbench.case.folder import load
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Question, Source
from workbench.report import Basis, compose, make
from workbench.report.content.blocks import Figure, Item
from workbench.report.pdf import typeset
from workbench.wording.verdict import describe_verdict

DATE = dt.date(2024, 5, 1)
SHIPPED = load(Path(__file__).parents[2])
WORD = "Unbreakable" * 455  # 5,005 letters
MARGIN = 56.0  # pt; 20 mm
HEAD, FOOT = 60.0, 785.0  # pt from the top: what is between is the page's own text


@cache
def shipped() -> bytes:
    return make(SHIPPED, to="pdf", date=DATE, annex=True)


def reader(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data), strict=True)


def bare(text: str) -> str:
    """Leave out what a line's end and a ligature change in a copied text."""
    return "".join(unicodedata.normalize("NFC", text).split())


def body(data: bytes) -> str:
    """Copy all text between the pages' heads and feet, without spaces."""
    found = []
    for page in pymupdf.open(stream=data):
        bottom = page.rect.height - (842 - FOOT)
        clip = pymupdf.Rect(0, HEAD, page.rect.width, bottom)
        found.append(page.get_text(clip=clip))
    return bare("".join(found))


def pages(data: bytes) -> list[str]:
    """Copy the text of each page, with one space between words."""
    found = pymupdf.open(stream=data)
    return [" ".join(page.get_text().split()) for page in found]


def elements(data: bytes) -> list[pypdf.generic.DictionaryObject]:
    """List the elements of the document's structure, in reading order."""
    found = []

    def walk(node):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(reader(data).trailer["/Root"]["/StructTreeRoot"])
    return found


def faults(data: bytes) -> list[str]:
    """Name the words that leave the page's margins or lie upon one another."""
    found = []
    for number, page in enumerate(pymupdf.open(stream=data), 1):
        words = page.get_text("words")
        for x0, y0, x1, y1, word, *_ in words:
            inside = x0 > MARGIN and x1 < page.rect.width - MARGIN
            if not inside or y0 < 14 or y1 > page.rect.height - 14:
                found.append(f"page {number}: outside: {word[:40]}")
        # the middle of each line: descenders may touch what is below
        boxes = [
            (y0 + 0.3 * (y1 - y0), y1 - 0.3 * (y1 - y0), x0 + 0.3, x1 - 0.3, word)
            for x0, y0, x1, y1, word, *_ in words
            if x1 - x0 > 1
        ]
        boxes.sort()
        for n, (_, bottom, left, right, word) in enumerate(boxes):
            for top, _, other_left, other_right, other in boxes[n + 1 :]:
                if top > bottom:
                    break
                if left < other_right and other_left < right:
                    found.append(f"page {number}: {word[:40]} upon {other[:40]}")
    return found


def wide(hypotheses: int, items: int = 3, label: str = "H") -> Case:
    codes = itertools.cycle(("CC", "I", "N", "II", "C", "NA"))
    rows = [
        f"E{n}: {' '.join(itertools.islice(codes, hypotheses))}"
        for n in range(1, items + 1)
    ]
    return make_case(*rows, hypotheses=[f"{label}{n + 1}" for n in range(hypotheses)])


# ------------------------------------------------------------------ the file


def test_the_file_is_tagged_titled_and_dated():
    found = reader(shipped())
    root = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"].startswith("en")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert found.metadata.title == SHIPPED.question.title
    assert found.metadata.creation_date.date() == DATE
    assert found.metadata.author is None


def test_the_author_is_the_analyst():
    data = make(SHIPPED, to="pdf", date=DATE, annex=True, analyst="analyst-1")
    assert reader(data).metadata.author == "analyst-1"


def test_every_section_and_item_is_a_bookmark_in_its_place():
    report = compose(Basis(SHIPPED, Judgments(), DATE, annex=True))
    want = []
    for section in report.sections:
        want.append(section.title)
        items = [one.heading for one in section.blocks if isinstance(one, Item)]
        want += [items] if items else []

    def titles(outline):
        return [titles(x) if isinstance(x, list) else x.title for x in outline]

    assert titles(reader(shipped()).outline) == want


def test_headings_tables_lists_and_figures_are_what_they_are_called():
    kinds = [one["/S"] for one in elements(shipped())]
    report = compose(Basis(SHIPPED, Judgments(), DATE, annex=True))
    sections = len(report.sections)
    items = sum(isinstance(b, Item) for s in report.sections for b in s.blocks)
    assert kinds.count("/H1") == sections
    assert kinds.count("/H2") == items
    assert {"/Table", "/THead", "/TH", "/TD", "/L", "/LI", "/Caption"} <= set(kinds)


def test_each_picture_is_described_in_words():
    report = compose(Basis(SHIPPED, Judgments(), DATE, annex=True))
    said = [b.alt for s in report.sections for b in s.blocks if isinstance(b, Figure)]
    assert len(said) == 1
    found = [one["/Alt"] for one in elements(shipped()) if "/Alt" in one]
    assert found == said


def test_nothing_in_the_file_acts():
    for data in (shipped(), make(case(HOSTILE[10]), to="pdf", date=DATE, annex=True)):
        found = reader(data)
        assert "/OpenAction" not in found.trailer["/Root"]
        assert "/Names" not in found.trailer["/Root"]
        for page in found.pages:
            for note in page.get("/Annots", ()):
                action = note.get_object().get("/A")  # the contents lead within
                assert action is None or action["/S"] == "/GoTo"


# ------------------------------------------------------------------ the pages


def test_each_page_has_the_handling_line_above_and_below_and_its_number():
    texts = pages(shipped())
    for number, text in enumerate(texts, 1):
        assert text.count(SHIPPED.question.handling) >= 2
        assert f"{number} / {len(texts)}" in text


def test_a_long_handling_line_is_clipped_above_and_whole_on_the_first_page():
    line = "Not for onward sharing beyond those named on the list of recipients. " * 6
    asked = replace(SHIPPED.question, handling=line)
    data = make(replace(SHIPPED, question=asked), to="pdf", date=DATE, annex=True)
    assert bare(line) in body(data)
    assert faults(data) == []
    assert all("Not for onward sharing" in text for text in pages(data))


def test_the_text_is_copied_in_reading_order():
    text = body(shipped())
    basis = Basis(SHIPPED, Judgments(), DATE)
    lead = describe_verdict(basis.assessment, basis.verdict)
    in_order = [
        SHIPPED.question.question,
        lead,
        "All hypotheses by weighted inconsistency",
        SHIPPED.question.background,
        SHIPPED.hypotheses[0].statement,
        "How each item stands to each hypothesis",
        "E1 Full withdrawal announced",
        SHIPPED.question.assumptions[0].text,
        SHIPPED.sources[0].interest,
        "Its limits: it has not been shown",
        "workbench report --to pdf",
        SHIPPED.evidence[0].statement,
        SHIPPED.evidence[0].caveat,
        SHIPPED.evidence[-1].caveat,
    ]
    places = [text.index(bare(one)) for one in in_order]
    assert places == sorted(places)


def test_every_hypothesis_item_reason_and_source_is_in_the_text():
    text = body(shipped())
    for h in SHIPPED.hypotheses:
        texts = (h.title, h.statement, *h.refuted_by, *(p.text for p in h.predicts))
        assert not [one for one in texts if bare(one) not in text]
    for item in SHIPPED.evidence:
        reasons = [rating.because for rating in item.ratings.values()]
        texts = (item.title, item.statement, item.caveat, *reasons)
        assert not [one for one in texts if bare(one) not in text]
    for source in SHIPPED.sources:
        for one in (source.name, source.interest, *source.deception.values()):
            assert bare(one) in text


def test_no_word_of_the_shipped_case_is_cut_or_covered():
    assert faults(shipped()) == []


def test_the_head_of_the_matrix_stands_on_every_page_that_it_covers():
    data = make(wide(8, 160), to="pdf", date=DATE, annex=True)
    row = re.compile(r"\bE\d+ Title of E\d+ \d\.\d\d")
    head = "Item Weight Diagnosticity H1 H2 H3 H4 H5 H6 H7 H8"
    covered = [text for text in pages(data) if len(row.findall(text)) > 13]
    assert len(covered) >= 3
    assert all(head in text for text in covered)


def test_the_whole_of_the_shipped_case_is_at_most_ten_pages():
    assert len(reader(make(SHIPPED, to="pdf", date=DATE)).pages) <= 10


# ------------------------------------------------------------------ wide, long, none


def test_eight_hypotheses_stand_upright():
    for page in reader(make(wide(8), to="pdf", date=DATE, annex=True)).pages:
        assert page.mediabox.width < page.mediabox.height


def test_many_hypotheses_lie_on_their_side_and_only_their_sections():
    data = make(wide(12), to="pdf", date=DATE, annex=True)
    lying = [page.rect.width > page.rect.height for page in pymupdf.open(stream=data)]
    assert any(lying)
    text = "".join(itertools.compress(pages(data), lying))
    assert "The matrix" in text
    assert "The evidence in full" not in text
    assert "(1 of" not in text


def test_a_matrix_too_wide_for_a_page_is_cut_by_hypotheses_and_repeats_its_items():
    the_case = wide(40)
    data = make(the_case, to="pdf", date=DATE, annex=True)
    text = body(data)
    parts = re.findall(r"werethehypothesistrue\((\d)of(\d)\)", text)
    assert len(parts) > 1
    many = str(len(parts))
    assert parts == [(str(part), many) for part in range(1, len(parts) + 1)]
    heads = re.findall(r"ItemWeightDiagnosticity((?:H\d\d?)+)", text)
    labels = re.findall(r"H(?:[123]\d|40|[1-9])", "".join(heads[: len(parts)]))
    assert labels == [h.label for h in the_case.hypotheses]
    assert faults(data) == []


def test_codes_can_be_told_apart_without_colour():
    text = body(
        make(make_case("E1: CC C N I II NA -"), to="pdf", date=DATE, annex=True)
    )
    assert "E1TitleofE11.001.41CCCNIIINA" in text


def test_a_published_code_stands_beside_the_one_that_departs_from_it():
    judgments = make_judgments({("e1", "h1"): "II"})
    data = make(
        make_case("E1: C N"), judgments, to="pdf", date=DATE, annex=True, analyst="a"
    )
    assert "IIwasC" in body(data)
    assert faults(data) == []


def test_a_statement_of_5000_characters_is_whole():
    long = " ".join(f"sentence{n:04}" for n in range(385))
    the_case = make_case("E1: C I")
    item = replace(the_case.evidence[0], statement=long, title=long, caveat=long)
    the_case = replace(the_case, evidence=(item,))
    data = make(the_case, to="pdf", date=DATE, annex=True)
    assert len(long) >= 5000
    assert faults(data) == []
    words = set(re.findall(r"sentence\d{4}", body(data)))
    assert len(words) == 385


def test_a_word_without_a_break_is_broken_and_copied_whole():
    the_case = make_case("E1: C I")
    item = replace(the_case.evidence[0], statement=WORD, title=f"{WORD}.")
    the_case = replace(the_case, evidence=(item,))
    data = make(the_case, to="pdf", date=DATE, annex=True)
    assert WORD in body(data)
    assert faults(data) == []


def test_long_labels_and_titles_everywhere_cover_nothing():
    assert faults(make(case("Unbreakable" * 30), to="pdf", date=DATE, annex=True)) == []
    assert (
        faults(make(wide(9, label="Wolfram-Wolfram-"), to="pdf", date=DATE, annex=True))
        == []
    )


@pytest.mark.parametrize(
    "the_case",
    [
        Case(Question("Why?", "It")),
        make_case("E1: - -"),
        make_case("E1: C C", "E2: I I"),
        make_case("E1: C I", status={"h2": "parked"}),
    ],
    ids=["empty", "unrated", "tie", "one"],
)
def test_a_case_that_says_little_makes_a_report_too(the_case):
    data = make(the_case, to="pdf", date=DATE, annex=True)
    basis = Basis(the_case, Judgments(), DATE)
    lead = describe_verdict(basis.assessment, basis.verdict)
    assert bare(lead) in body(data)
    assert faults(data) == []


# ------------------------------------------------------------------ texts


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_set_as_text(text):
    the_case = make_case("E1: C I")
    item = replace(
        the_case.evidence[0], statement=f"before {text} after", title=text, caveat=text
    )
    question = replace(the_case.question, title=text, handling=text, background=text)
    the_case = replace(the_case, evidence=(item,), question=question)
    found = body(
        make(the_case, own(text), to="pdf", date=DATE, annex=True, analyst="a")
    )
    said = bare(wording.plain(text))
    if "\u202e" in text:  # set, and so copied, from right to left
        assert bare("thgir") in found
    elif "\U0001f642" in text:  # which fonts a machine has is its own affair
        assert "[U+4F60]" in found or "\u4f60" in found
    else:
        known = said.split("\ufffd")  # which this reader takes for no character
        pattern = ".".join(map(re.escape, known))
        assert re.search(f"before{pattern}after", found)
        assert len(re.findall(pattern, found)) >= 4


@pytest.mark.parametrize("text", [*HOSTILE, "\x00", "\ud800"])
def test_hostile_text_in_every_field_makes_a_report(text):
    data = make(
        case(text[:400]), own(text[:400]), to="pdf", date=DATE, annex=True, analyst=text
    )
    assert reader(data).pages


def test_a_byte_order_mark_is_left_out():
    data = make(case("a\ufeffb"), to="pdf", date=DATE, annex=True)
    assert "H1ab" in body(data)


@pytest.mark.parametrize("text", ["", " ", "\n", "\ufeff", "\u2028"])
def test_a_title_without_a_letter_is_a_dash(text):
    the_case = replace(
        make_case("E1: C I", sources={"e1": "wire"}),
        question=Question(text, text),
        sources=(Source("wire", text),),
    )
    data = make(the_case, to="pdf", date=DATE, annex=True)
    assert reader(data).metadata.title == wording.NONE
    items = [
        x.title for one in reader(data).outline if isinstance(one, list) for x in one
    ]
    assert wording.NONE in items


@pytest.mark.parametrize(
    "text",
    [
        "Qarabağ, Əliyev, şərh, ölkə",
        "Հայաստան և Արցախ",
        "Путин и Лавров, ёлка",
        "საქართველო",
        "Ελλάδα",
        "e\u0301 and x\u0302",
        "Łódź, Škoda, Đorđe, Þór",
        "\u2265 \u2212 \u2192 \u00d7 \u20ac \u2030",
    ],
)
def test_the_scripts_of_the_region_need_no_font_of_the_machine(text):
    the_case = make_case("E1: C I")
    item = replace(the_case.evidence[0], statement=text)
    found = body(
        make(replace(the_case, evidence=(item,)), to="pdf", date=DATE, annex=True)
    )
    assert bare(text) in found
    assert "[U+" not in found


def test_right_to_left_text_begins_at_the_right():
    the_case = make_case("E1: C I")
    item = replace(the_case.evidence[0], statement="שלום עולם")
    data = make(replace(the_case, evidence=(item,)), to="pdf", date=DATE, annex=True)
    ends = [
        word[2]
        for page in pymupdf.open(stream=data)
        for word in page.get_text("words")
        if set(word[4]) & set("שלוםע")
    ]
    assert max(ends) > 595 - MARGIN - 2


def test_a_character_that_no_font_has_is_given_by_its_number():
    lacking = "\U000f1234"
    the_case = make_case("E1: C I", "E2: II C")
    item = replace(the_case.evidence[0], statement=f"a{lacking}b", title=lacking)
    data = make(replace(the_case, evidence=(item,)), to="pdf", date=DATE, annex=True)
    found = body(data)
    assert "a[U+F1234]b" in found
    assert "Nofontonthemachinethatmadethisfilehassomeofthecharactersinit.They" in found
    assert faults(data) == []
    assert "Nofontonthemachine" not in body(shipped())


def test_a_character_without_a_glyph_is_given_by_its_number_in_pictures_too():
    two = make_case("E1: C I", "E2: C I")
    one, *rest = two.hypotheses
    odd = replace(two, hypotheses=(replace(one, title="\u1b00(a"), *rest))
    assert "[U+1B00](a" in body(make(odd, to="pdf", date=DATE, annex=True))


@pytest.mark.parametrize(
    "text", ["q\u1cf9", "я\U0001e8d0", "1\u20e3", "\U0001f468\u200dq"]
)
def test_a_letter_is_not_lacking_for_the_mark_that_it_carries(text):
    the_case = make_case("E1: C I")
    item = replace(the_case.evidence[0], statement=f"quorum {text} язык 1991")
    found = body(
        make(replace(the_case, evidence=(item,)), to="pdf", date=DATE, annex=True)
    )
    assert "quorum" in found
    assert "язык1991" in found
    assert not {"[U+0071]", "[U+044F]", "[U+0031]"} & set(
        re.findall(r"\[U.*?\]", found)
    )


def test_a_text_that_the_standard_refuses_leaves_the_file_tagged(monkeypatch):
    monkeypatch.setattr(typeset, "_MARK", "\x00")  # so that U+FEFF gets through
    root = reader(make(case("a\ufeffb"), to="pdf", date=DATE, annex=True)).trailer[
        "/Root"
    ]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert b"pdfuaid:part" not in root["/Metadata"].get_data()
