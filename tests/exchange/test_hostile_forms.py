"""Hostile texts, pages, spreadsheets and JSON are refused or read in little time."""

from __future__ import annotations

import io
import json

import pytest
import xlwt

from tests.exchange.guarded import ANY, guarded
from tests.exchange.packages import CELLS, MAIN, package, related, sheet
from tests.exchange.sheets import ODS_FOOT, ODS_HEAD, ods_package
from workbench import exchange
from workbench.exchange import Unreadable

ROW = "<table:table-row{0}><table:table-cell{1} office:value-type='string'>"
ROW += "<text:p>{2}</text:p></table:table-cell></table:table-row>"
NAMES = "<table:table-row>" + "".join(
    f"<table:table-cell office:value-type='string'><text:p>{name}</text:p>"
    "</table:table-cell>"
    for name in ("Evidence", "H1", "H2")
)
NAMES += "</table:table-row>"


def ods(rows: str, before: str = "") -> bytes:
    table = f'<table:table table:name="S">{NAMES}{rows}</table:table>'
    return ods_package(before + ODS_HEAD + table + ODS_FOOT)


def far_xls() -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("S")
    page.write(0, 0, "Evidence")
    page.write(65_535, 255, "II")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def coloured_book() -> bytes:
    """Pack a million cells that say nothing but their colour."""
    styles = (
        f"<styleSheet {MAIN}><fills><fill><patternFill patternType='solid'>"
        "<fgColor rgb='FFFF0000'/></patternFill></fill></fills><cellXfs>"
        "<xf fillId='0'/></cellXfs></styleSheet>"
    )
    row = "<row>" + "<c s='0'/>" * 1_000 + "</row>"
    return package(
        **{
            "xl/_rels/workbook.xml.rels": related(
                worksheet="worksheets/sheet1.xml",
                sharedStrings="/xl/strings.xml",
                styles="styles.xml",
            ),
            "xl/styles.xml": styles,
            "sheet": sheet(CELLS + row * 1_200),
        }
    )


PIPES = "| Evidence | H1 | H2 |\n|---|---|---|\n"
BOMBS = {
    "a table of bars without end": (
        "markdown",
        lambda: PIPES + "| Calm | I | C |\n" * 300_000,
        "more than 25,000 rows",
    ),
    "a line of bars without end": (
        "markdown",
        lambda: PIPES + "|" * 4_000_000,
        "more than 100,000 characters long",
    ),
    "marks of markdown without end": (
        "markdown",
        lambda: PIPES + f"| {'**[' * 30_000} | I | C |\n",
        "read: 1 items",
    ),
    "rules without end": ("markdown", lambda: PIPES + "|---\n" * 900_000, "no rati"),
    "tables within tables": (
        "web_page",
        lambda: "<html><table>" + "<table><tr><td>" * 200_000,
        "tables more than 200 deep",
    ),
    "a cell that claims a million columns": (
        "web_page",
        lambda: (
            "<table><tr><td>Evidence<td colspan=1000000>H1</table>"
            + "<table><tr><td rowspan=99999999>x</table>" * 90
        ),
        "a row of more than 1,000 columns",
    ),
    "rows of a page without end": (
        "web_page",
        lambda: "<table><tr><td>E<td>H1" + "<tr><td>Calm<td>I" * 400_000,
        "more than 25,000 rows",
    ),
    "tags that never close": (
        "web_page",
        lambda: "<table " * 1_000_000,
        "without the end of a tag",
    ),
    "a cell said a billion times": (
        "spreadsheet",
        lambda: ods(
            ROW.format(
                ' table:number-rows-repeated="1000000"',
                ' table:number-columns-repeated="16000"',
                "II",
            )
        ),
        "refused: ",
    ),
    "a cell behind a million empty rows": (
        "spreadsheet",
        lambda: ods(
            '<table:table-row table:number-rows-repeated="1040000">'
            '<table:table-cell table:number-columns-repeated="16000"/>'
            "</table:table-row>" + ROW.format("", "", "II")
        ),
        "",
    ),
    "entities in a spreadsheet": (
        "spreadsheet",
        lambda: ods(ROW.format("", "", "&a9;")).replace(b"<?xml", b"<?xml"),
        "",
    ),
    "a spreadsheet that unpacks to 300 MB": (
        "spreadsheet",
        lambda: ods("<table:table-row/>" * 16_000_000),
        "refused: content.xml",
    ),
    "a cell at the far end of an old workbook": ("spreadsheet", far_xls, "refused: "),
    "a million coloured cells": ("workbook", coloured_book, "read: 1 items"),
    "a page of colours without end": (
        "web_page",
        lambda: (
            "<style>" + ".a{background:red}" * 200_000 + "</style><table><tr><td>"
            "Evidence<td>H1" + "<tr>" + "<td bgcolor=red>" * 900 + "</table>"
            "<table>" + ("<tr><td>x" + "<td bgcolor=red>" * 900) * 900
        ),
        "re",
    ),
    "coloured cells said a billion times": (
        "spreadsheet",
        lambda: ods(
            "<table:table-row table:number-rows-repeated='1000000'>"
            "<table:table-cell table:number-columns-repeated='16000' "
            "table:style-name='r'/></table:table-row>" * 400
        ),
        "re",
    ),
    "a report of a million lines": (
        ANY,
        lambda: (
            "# Q\n## The hypotheses, and what speaks against each\n### H1 A\n"
            "## The matrix\n## The evidence in full\n" + "### E1 x\n" * 1_000_000
        ),
        "refused: ",
    ),
    "rows of ratings without end": (
        ANY,
        lambda: (
            "# Q\n## The hypotheses, and what speaks against each\n### H1 A\n"
            "## The matrix\n## The evidence in full\n### E1 x\n"
            + "| H1 A | I | |\n"
            * 800_000
        ),
        "re",
    ),
    "rows in json without end": (
        ANY,
        lambda: "[" + '{"Evidence":"x","H1":"I"},' * 140_000 + '{"a":1,"b":2}]',
        "more than 25,000 rows",
    ),
    "names in json without end": (
        ANY,
        lambda: "[" + ",".join(f'{{"a{n}":1,"b{n}":2}}' for n in range(100_000)) + "]",
        "rows or 1,000 names",
    ),
    "an analyst for every two rows": (
        "delimited",
        lambda: (
            "Analyst,Evidence,H1,H2\n"
            + "".join(f"a{n // 2},item {n % 2},I,C\n" for n in range(24_000))
        ),
        "refused: ",
    ),
    "an old workbook cut short": ("spreadsheet", lambda: far_xls()[:900], "refused"),
    "an old workbook of noise": (
        "spreadsheet",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 4_000,
        "refused: ",
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_hostile_form_is_refused_or_read_in_little_time_and_300_mb(name):
    kind, make, says = BOMBS[name]
    assert says in guarded(kind, make())


def deep(levels: int) -> str:
    return '{"name":"q","H1":"+","children":[' * levels + "]}" * levels


HOSTILE_JSON = {
    "a tree without ground": deep(100_000),
    "a tree as deep as json may be": deep(40),
    "a matrix of another size": json.dumps(
        {"hypotheses": ["a", "b"], "evidence": ["x"], "matrix": [["I"] * 9]}
    ),
    "a matrix that is a number": '{"hypotheses":["a"],"evidence":["x"],"matrix":7}',
    "ratings of what is not there": (
        '{"hypotheses":["a"],"evidence":["x"],"matrix":{"zz":{"a":"I"}}}'
    ),
    "hypotheses of every kind": (
        '{"hypotheses":[1,null,{},[],true],"evidence":[{"text":["x"]}],"matrix":[]}'
    ),
    "a text without end": json.dumps(
        {"hypotheses": ["h" * 500_000], "evidence": ["e"], "matrix": [["I"]]}
    ),
}


@pytest.mark.parametrize("name", HOSTILE_JSON)
def test_hostile_json_is_refused_with_its_place_or_read_as_data(name):
    found, said = (), ""
    try:
        found = exchange.read(HOSTILE_JSON[name].encode(), "f")
    except Unreadable as fault:
        said = str(fault)
    assert found or said.startswith("f: ")
    assert all(one.filled == one.read + len(one.listed) for one in found)
