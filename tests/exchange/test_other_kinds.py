"""A file that holds no cells is named as what it is, with what would help."""

from __future__ import annotations

import pytest

from tests.builders import make_case
from tests.exchange.packages import packed
from tests.report.hostile import DATE
from workbench import exchange
from workbench.case.judgments import Judgments
from workbench.exchange import Unreadable, other_kinds
from workbench.report import make

CASE = make_case("E1: CC C I", "E2: N I II")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MIME = "application/vnd.oasis.opendocument."
OTHERS = {
    "a PDF document": b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj",
    "a PNG image": b"\x89PNG\r\n\x1a\n" + bytes(60),
    "a JPEG image": b"\xff\xd8\xff\xe0" + bytes(60),
    "a GIF image": b"GIF89a" + bytes(60),
    "a bitmap image": b"BM" + bytes(60),
    "a WebP image": b"RIFF\0\0\0\0WEBPVP8 " + bytes(60),
    "an RTF document": b"{\\rtf1\\ansi Evidence}",
    "a Word document": packed({"_rels/.rels": "x", "word/document.xml": "x"}),
    "a Word document, older": OLE + "WordDocument".encode("utf-16-le"),
    "a presentation": packed({"_rels/.rels": "x", "ppt/presentation.xml": "x"}),
    "an OpenDocument text": packed({"mimetype": f"{MIME}text", "content.xml": "x"}),
    "a file of Apple's Numbers": packed({"Index/Document.iwa": "x"}),
    "a zip archive without a workbook": packed({"matrix.csv": "Evidence,H1\nA,I\n"}),
    "a SQLite database": b"SQLite format 3\0" + bytes(60),
    "a web page without a table": b"<!DOCTYPE html><html><p>Evidence</html>",
}


@pytest.mark.parametrize("kind", OTHERS)
def test_a_file_without_cells_is_named_and_refused_with_advice(kind):
    with pytest.raises(Unreadable) as fault:
        exchange.read(OTHERS[kind], "matrix.xlsx")
    said = str(fault.value)
    assert said.startswith(f"matrix.xlsx: {kind.split(',')[0]}")
    assert "import" in said


def test_what_a_report_is_written_as_is_read_or_named():
    for to in ("pdf", "docx"):
        with pytest.raises(Unreadable, match="which is no table"):
            exchange.read(make(CASE, to=to, date=DATE), f"report.{to}")


@pytest.mark.parametrize("to", exchange.TARGETS)
def test_what_is_written_for_another_tool_is_none_of_them(to):
    if to != "stix":
        data = exchange.write(CASE, Judgments(), to, date=DATE).data
        assert other_kinds.told(data) == ""


def test_a_table_that_begins_as_a_bitmap_does_is_a_table():
    (found,) = exchange.read(b"BM no.,Evidence,H1 A,H2 B\n1,Calm sea,II,C\n", "f")
    assert [h.title for h in found.case.hypotheses] == ["A", "B"]
