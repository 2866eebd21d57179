"""Hostile files are refused, or read as data, in little time and memory.

Each bomb goes off in a fork of its own, which the system stops after some seconds
of a processor, and at 300 MB more than it has when everything is imported.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import random
import zipfile

import pytest
import xlwt
from hypothesis import HealthCheck, example, given, settings, strategies

from tests.exchange.guarded import guarded
from tests.exchange.matrices import to_xlsx
from tests.exchange.packages import (
    BOOK,
    CELLS,
    package,
    packed,
    sheet,
    strings,
)
from tests.exchange.sheets import Rows, to_html, to_markdown, to_ods
from tests.exchange.test_burton import BYTES as DUMP
from tests.exchange.test_parc import PROJECT
from workbench.case.document import case_document
from workbench.case.reading import read_case
from workbench.exchange.formats import (
    burton,
    delimited,
    markdown,
    parc,
    spreadsheet,
    web_page,
    workbook,
)
from workbench.exchange.imported import Imported, Unreadable

IMPORTERS = {
    "markdown": markdown,
    "web_page": web_page,
    "spreadsheet": spreadsheet,
    "parc": parc,
    "burton": burton,
    "delimited": delimited,
    "workbook": workbook,
}


def bomb(name: str, size: int, fill: bytes = b" ") -> bytes:
    """Pack a workbook of which one part unpacks to very much."""
    out = io.BytesIO()
    there = zipfile.ZipFile(io.BytesIO(package()))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for info in there.infolist():
            if info.filename != name:
                made.writestr(info.filename, there.read(info))
        with made.open(name, "w") as part:
            for _ in range(size // 1_000_000):
                part.write(fill * (1_000_000 // len(fill)))
    return out.getvalue()


def lying(data: bytes, name: bytes) -> bytes:
    """Let the directory of a zip file say that a part is small."""
    at = data.rindex(name) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    return data[: at + 24] + (100).to_bytes(4, "little") + data[at + 28 :]


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>'
HEAD = "Evidence,H1,H2\n"


def many_rows(cells: str, number: int) -> str:
    return "".join(f"<row>{cells}</row>" for _ in range(number))


BOMBS = {
    "gzip bomb": (
        "parc",
        lambda: gzip.compress(bytes(100_000_000)),
        "more than 32,000,",
    ),
    "gzip bomb in members": (
        "parc",
        lambda: gzip.compress(b" " * 1_000_000) * 400,
        "more than 32,000,000 bytes",
    ),
    "gzip members without end": (
        "parc",
        lambda: gzip.compress(b"") * 200_000,
        "more than 5,000 gzip members",
    ),
    "entities in a project": (
        "parc",
        lambda: gzip.compress(f"{ENTITIES}<A><MATRIX>&a9;</MATRIX></A>".encode()),
        "line 1: a DOCTYPE",
    ),
    "an outside entity in a project": (
        "parc",
        lambda: f"{OUTSIDE}<A><MATRIX>&a9;</MATRIX></A>".encode("utf-16"),
        "line 1: a DOCTYPE",
    ),
    "elements without end": (
        "parc",
        lambda: gzip.compress(b"<A>" + b"<EVIDENCE/>" * 2_500_000 + b"</A>"),
        "more than 500,000 elements",
    ),
    "elements without ground": (
        "parc",
        lambda: gzip.compress(b"<MATRIX>" * 2_000_000),
        "elements more than 64 deep",
    ),
    "tags without number": (
        "parc",
        lambda: (
            b"<A><EVIDENCE/>"
            + b"".join(b"<T%d/>" % n for n in range(400_000))
            + b"</A>"
        ),
        "read: 1 items",
    ),
    "values without end": (
        "parc",
        lambda: (
            b"<A><HYPOTHESIS/><EVIDENCE><VALUES>"
            + b",".join(b"v%d" % n for n in range(3_000_000))
            + b"</VALUES></EVIDENCE></A>"
        ),
        "read: 1 items",
    ),
    "a part that unpacks to 300 MB": (
        "workbook",
        lambda: bomb("xl/worksheets/sheet1.xml", 300_000_000),
        "xl/worksheets/sheet1.xml: 300,000,000 bytes",
    ),
    "a part that lies about its size": (
        "workbook",
        lambda: lying(
            bomb("xl/worksheets/sheet1.xml", 200_000_000), b"xl/worksheets/sheet1.xml"
        ),
        "xl/worksheets/sheet1.xml: ",
    ),
    "a part packed too well": (
        "workbook",
        lambda: bomb("xl/strings.xml", 50_000_000),
        "600 to 1, are read",
    ),
    "parts without number": (
        "workbook",
        lambda: packed({f"p{n}": "" for n in range(20_000)}),
        "more than 5,000 parts",
    ),
    "entities in a sheet": (
        "workbook",
        lambda: package(sheet=ENTITIES + sheet().replace("Evidence", "&a9;")),
        "sheet “Sheet1”, line 1: a DOCTYPE",
    ),
    "entities in the texts": (
        "workbook",
        lambda: package(strings=ENTITIES + strings("<t>&a9;</t>")),
        "xl/strings.xml, line 1: a DOCTYPE",
    ),
    "entities in the book": (
        "workbook",
        lambda: package(workbook=OUTSIDE + BOOK),
        "xl/workbook.xml, line 1: a DOCTYPE",
    ),
    "a million columns claimed": (
        "workbook",
        lambda: package(sheet=sheet(before='<dimension ref="A1:ZZZZZ9999999"/>')),
        "read: 1 items",
    ),
    "a cell far to the right": (
        "workbook",
        lambda: package(
            sheet=sheet(CELLS + '<row r="3"><c r="XFD3"><v>1</v></c></row>')
        ),
        "sheet “Sheet1”, XFD3: beyond column ALL",
    ),
    "a million rows": (
        "workbook",
        lambda: package(sheet=sheet(many_rows('<c t="b"><v>1</v></c>', 400_000))),
        "sheet “Sheet1”, A25001: more than 25,000 rows",
    ),
    "a million empty rows": (
        "workbook",
        lambda: package(sheet=sheet(CELLS + many_rows('<c s="1"/>', 1_000_000))),
        "sheet “Sheet1”: more than 1,",
    ),
    "one long text in every cell": (
        "workbook",
        lambda: package(
            strings=strings(f"<t>{'long ' * 6000}</t>"),
            sheet=sheet(many_rows('<c t="s"><v>0</v></c>' * 20, 1000)),
        ),
        "the texts up to here come to more than 16,000,000 characters",
    ),
    "texts without end": (
        "workbook",
        lambda: package(
            strings=strings(*(f"<t>{n} {'x' * 400}</t>" for n in range(60_000)))
        ),
        "the workbook's texts come to more than 16,000,000 characters",
    ),
    "a wide table": (
        "workbook",
        lambda: package(
            sheet=sheet(
                CELLS
                + many_rows('<c r="A3"><v>1</v></c>', 1)
                + "".join(
                    f'<row r="{n}"><c r="ALL{n}"><v>1</v></c></row>'
                    for n in range(4, 20_004)
                )
            )
        ),
        "at most 1,000,000 cells are read",
    ),
    "merged cells over everything": (
        "workbook",
        lambda: package(
            sheet=sheet(
                CELLS + many_rows('<c t="inlineStr"><is><t>I</t></is></c>', 2000),
                after="<mergeCells>"
                + '<mergeCell ref="A3:XFD1048576"/>' * 9_000
                + "</mergeCells>",
            )
        ),
        "its merged cells cover more than 1,000,000 cells",
    ),
    "a million rows of text": (
        "delimited",
        lambda: HEAD + "a,I,C\n" * 1_000_000,
        "row 25001: more than 25,000 rows",
    ),
    "a hundred thousand columns": (
        "delimited",
        lambda: HEAD + ",".join("I" * 100_000) + "\n",
        "row 2, line 2: more than 20,000 columns",
    ),
    "a line without end": (
        "delimited",
        lambda: HEAD + "," * 15_000_000,
        "line 2: more than 1,000,000 characters long",
    ),
    "a quotation mark that is never closed": (
        "delimited",
        lambda: HEAD + '"' + "a,I\n" * 3_000_000,
        "is a quotation mark never closed?",
    ),
    "one row on a million lines": (
        "delimited",
        lambda: HEAD + '"\na",' * 2_500_000,
        "is a quotation mark never closed?",
    ),
    "a large file": ("delimited", lambda: b"a,b\n" * 10_000_000, "40,000,000 bytes"),
    "a matrix of twenty thousand rows": (
        "delimited",
        lambda: HEAD + "".join(f"Report {n} of many,I,C\n" for n in range(19_999)),
        "read: 19999 items",
    ),
    "strange texts in every cell": (
        "delimited",
        lambda: (
            "Evidence,Date,Credibility,H1,H2\n"
            + "".join(f"i{n},d{n},c{n},I,x{n}\nj{n},,,C,I\n" for n in range(9_000))
        ),
        "read: 18000 items",
    ),
    "spaces without end": (
        "delimited",
        lambda: HEAD + f"a{' ' * 90_000}b,I{' ' * 90_000}.,C\n" * 80,
        "re",
    ),
    "a large dump": (
        "burton",
        lambda: (
            DUMP
            + b"INSERT INTO `chat_log` VALUES "
            + b",".join(b"(%d,'it''s \\'so\\'')" % n for n in range(400_000))
            + b";\n"
        ),
        "read: 2 items 1 items",
    ),
    "values without number": (
        "burton",
        lambda: b"INSERT INTO ratings VALUES (" + b"1," * 7_000_000,
        "line 1: more than 1,500,000 values",
    ),
    "a text without end": (
        "burton",
        lambda: b"INSERT INTO ratings VALUES ('" + b"\\'" * 7_000_000,
        "line 1: a value that cannot be read, or never ends",
    ),
    "comments without end": (
        "burton",
        lambda: b"INSERT INTO ratings VALUES (1);" + b"/*/*" * 3_000_000,
        "line 1: a row of ratings has 1 value",
    ),
    "statements without end": (
        "burton",
        lambda: (
            b"/* ratings */" + b"x'`\"-/#;\n" * 1_500_000 + b"INSERT INTO ratings ("
        ),
        "no project",
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_hostile_file_is_refused_or_read_in_little_time_and_300_mb(name):
    kind, make, says = BOMBS[name]
    assert says in guarded(kind, make())


def test_a_file_of_another_kind_is_refused_by_every_importer():
    for reader in IMPORTERS.values():
        with pytest.raises(Unreadable):
            reader.read(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)


# ------------------------------------------------------------------ any bytes

TABLE = b"Evidence,Source,Credibility,H1,H2\nA,s,low,I,C\nB,,high,CC,\nC,t; u,,N,NA\n"
ROWS = [line.split(",") for line in TABLE.decode().splitlines()]
PLAIN = random.Random(0)


def old_workbook(rows: Rows) -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("S")
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            page.write(r, c, text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


VALID = {
    "markdown": [to_markdown(PLAIN, ROWS), to_markdown(PLAIN, [["Why?"], [], *ROWS])],
    "web_page": [to_html(PLAIN, ROWS)],
    "spreadsheet": [to_ods(PLAIN, ROWS), old_workbook(ROWS)],
    "parc": [gzip.compress(PROJECT.encode("utf-16"), mtime=0), PROJECT.encode()],
    "burton": [DUMP],
    "delimited": [TABLE, TABLE.decode().encode("utf-16"), TABLE.replace(b",", b";")],
    "workbook": [package(), to_xlsx([["Evidence", "H1"], ["A", "I"], ["B", "C"]])],
}


def survives(kind: str, data: bytes) -> None:
    reader = IMPORTERS[kind]
    assert reader.recognises(data) in (True, False)
    found: tuple[Imported, ...] = ()
    with contextlib.suppress(Unreadable):
        found = reader.read(data)
        assert found
    for one in found:
        assert isinstance(one, Imported)
        document = case_document(one.case)
        assert read_case(document, "x").evidence == one.case.evidence


SLOW = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
KINDS = pytest.mark.parametrize("kind", sorted(IMPORTERS))


@KINDS
@SLOW
@given(strategies.binary(max_size=300))
@example(b"")
@example(b"PK\x03\x04")
@example(b"\x1f\x8b")
@example(b"\x1f\x8b\x08\x00")
@example(b"\xff\xfe")
@example(b"\xff\xfe\x00\xd8")
def test_any_bytes_are_read_or_refused(kind, data):
    survives(kind, data)


@KINDS
@SLOW
@given(strategies.data())
def test_a_valid_file_with_bytes_changed_is_read_or_refused(kind, data):
    whole = bytearray(data.draw(strategies.sampled_from(VALID[kind])))
    for _ in range(data.draw(strategies.integers(1, 6))):
        at = data.draw(strategies.integers(0, len(whole) - 1))
        cut = data.draw(strategies.integers(0, 3))
        whole[at : at + cut] = data.draw(strategies.binary(max_size=4))
        if not whole:
            break
    survives(kind, bytes(whole))


@KINDS
@given(strategies.data())
def test_a_valid_file_cut_short_is_read_or_refused(kind, data):
    whole = data.draw(strategies.sampled_from(VALID[kind]))
    survives(kind, whole[: data.draw(strategies.integers(0, len(whole)))])


WORDS = (
    *("Evidence", "Item", "Hypotheses", "Storm", "H1", "H2", "E1", "I", "C", "CC"),
    *(
        "N/A",
        "++",
        "-",
        "--",
        "\u2013",
        "0",
        "1",
        "5",
        "-2",
        "Score",
        "Weight",
        "Total",
    ),
    *("Credibility", "Source", "Date", "because", "Type", "low", "B2", "2024", "?"),
    *("'", '"', "1 = consistent", "Rating", "Notes", "Relevance", "Origin"),
)
PIECES = strategies.sampled_from(WORDS) | strategies.text(max_size=3)


@SLOW
@given(
    strategies.lists(
        strategies.lists(strategies.just("") | PIECES, max_size=6), max_size=7
    ),
    strategies.sampled_from(",;\t"),
)
def test_any_table_is_read_or_refused(rows, separator):
    text = "\n".join(separator.join(row) for row in rows)
    survives("delimited", text.encode("utf-8", "replace"))


@SLOW
@given(strategies.data())
def test_any_part_of_a_workbook_may_be_changed(data):
    name = data.draw(strategies.sampled_from(["sheet", "strings", "workbook"]))
    text = {"sheet": sheet(), "strings": strings(), "workbook": BOOK}[name]
    for _ in range(data.draw(strategies.integers(1, 5))):
        at = data.draw(strategies.integers(0, len(text)))
        cut = data.draw(strategies.integers(0, 5))
        text = text[:at] + data.draw(strategies.text("<>/\"'&;=rstv0A1 \0", max_size=4))
        text += {"sheet": sheet(), "strings": strings(), "workbook": BOOK}[name][
            at + cut :
        ]
    survives("workbook", package(**{name: text.encode("utf-8", "replace")}))


@SLOW
@given(strategies.data())
def test_any_attribute_of_a_cell_may_be_anything(data):
    def odd(values: str) -> str:
        return data.draw(strategies.sampled_from(values.split("|")))

    cell = odd("A1|XFD1|a1|1|ZZZ9999999|A0|") or "A1"
    row, style = odd("1|0|-1|x|99999999999|²"), odd("0|1|x|99")
    kind, value = (
        odd("s|n|b|e|d|str|inlineStr|zz"),
        odd("0|1e999|nan|-1|x|²|99999999999"),
    )
    xml = (
        f'<row r="{row}"><c r="{cell}" t="{kind}" s="{style}"><v>{value}</v></c></row>'
    )
    merge = (
        f'<mergeCells><mergeCell ref="{odd("A1:B2|B2:A1|A1|:|A0:A0")}"/></mergeCells>'
    )
    column = f'<cols><col min="{odd("1|0|x|²|99999999999")}" hidden="1"/></cols>'
    survives("workbook", package(sheet=sheet(CELLS + xml, column, merge)))
