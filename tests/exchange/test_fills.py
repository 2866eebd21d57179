"""A matrix in colours is read by a legend, in every form that has colours."""

from __future__ import annotations

import html
import io
import random

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color

from tests.exchange.sheets import ODS_FOOT, ODS_HEAD, ORDER, drawn, ods_package
from tests.exchange.test_layouts import expected, scores
from workbench import exchange
from workbench.case.model import Consistency
from workbench.exchange import Imported, refusal

FILLS = dict(
    zip(ORDER, ("00b050", "92d050", "ffff00", "ff9999", "c00000"), strict=True)
)
WORDS = {code: Consistency(code).meaning.capitalize() for code in ORDER}
# A cell is a text and a colour, "" where it has none.
Cells = list[list[tuple[str, str]]]
NAMED = "Legend: dark green = CC, light green = C, yellow = N, light red = I, red = II"


def below(used: list[str]) -> Cells:
    return [[], *([("", FILLS[code]), (WORDS[code], "")] for code in used)]


def in_one_row(used: list[str]) -> Cells:
    return [[], [("Key", ""), *((WORDS[code], FILLS[code]) for code in used)]]


def said(used: list[str]) -> Cells:
    told = ", ".join(f"#{FILLS[code]} = {WORDS[code]}" for code in used)
    return [[], [(f"Legend: {told}", "")]]


LEGENDS = {"below": below, "in one row": in_one_row, "said in a line": said}


def to_xlsx(rows: Cells) -> bytes:
    book = openpyxl.Workbook()
    for r, row in enumerate(rows, 1):
        for c, (text, fill) in enumerate(row, 1):
            cell = book.active.cell(r, c, text or None)
            if fill:
                cell.fill = PatternFill("solid", fgColor=f"FF{fill}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def to_html(rows: Cells) -> bytes:
    lines = [
        "".join(
            f"<td class='x c{fill}'>{html.escape(text)}</td>" if fill else f"<td>{text}"
            for text, fill in row
        )
        for row in rows
    ]
    looks = "".join(f".c{fill} {{background: #{fill}}}" for fill in FILLS.values())
    return f"<style>{looks}</style><table><tr>{'<tr>'.join(lines)}</table>".encode()


def to_ods(rows: Cells) -> bytes:
    styles = "".join(
        f"<style:style style:name='c{fill}' style:family='table-cell'>"
        f"<style:table-cell-properties fo:background-color='#{fill}'/></style:style>"
        for fill in FILLS.values()
    )
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f"<table:table-cell table:style-name='c{fill}'"
            + (
                f" office:value-type='string'><text:p>{html.escape(text)}</text:p>"
                "</table:table-cell>"
                if text
                else "/>"
            )
            for text, fill in row or [("", "")]
        )
        + "</table:table-row>"
        for row in rows
    )
    more = (
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
        'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    )
    head = ODS_HEAD.replace("office:version", f"{more}office:version").replace(
        "<office:body>",
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>",
    )
    return ods_package(
        f'{head}<table:table table:name="S">{lines}</table:table>{ODS_FOOT}'
    )


FORMS = {"xlsx": to_xlsx, "ods": to_ods, "html": to_html}


def read(rows: Cells, form: str) -> Imported:
    (found,) = exchange.read(FORMS[form](rows), f"f.{form}")
    assert found.filled == found.read + len(found.listed)
    return found


@pytest.mark.parametrize("legend", LEGENDS)
@pytest.mark.parametrize("form", FORMS)
def test_a_matrix_of_colours_scores_as_its_legend_says(form, legend):
    one = drawn(random.Random(f"{form} {legend}"))
    one.codes = [[c if c in FILLS else "" for c in row] for row in one.codes]
    used = [code for code in ORDER if any(code in row for row in one.codes)]
    rows: Cells = [[("Evidence", ""), *((h, "") for h in one.hypotheses)]]
    for item, codes in zip(one.items, one.codes, strict=True):
        rows.append([(item, ""), *(("", FILLS.get(code, "")) for code in codes)])
    found = read(rows + LEGENDS[legend](used), form)
    assert refusal(found) == ""
    assert [item.title for item in found.case.evidence] == one.items
    assert scores(found) == expected(one)


PLAIN: Cells = [
    [("Evidence", ""), ("Storm", ""), ("Sabotage", "")],
    [("Calm sea", ""), ("", FILLS["II"]), ("", FILLS["C"])],
    [("Hull cut", ""), ("", FILLS["I"]), ("", FILLS["CC"])],
]


@pytest.mark.parametrize("form", FORMS)
def test_colours_without_a_legend_are_refused_with_one_that_works(form):
    found = read(PLAIN, form)
    refused = refusal(found)
    assert [c.place for c in found.listed] == ["B2", "C2", "B3", "C3"]
    line = refused.partition("such as “")[2].partition("”")[0]
    again = read([*PLAIN, [], [(line, "")]], form)
    assert refusal(again) == ""
    assert again.read == 4


def test_colours_may_be_named_by_hue_and_shade():
    found = read([*PLAIN, [], [(NAMED.replace("yellow = N, ", ""), "")]], "xlsx")
    assert scores(found) == [3, 0]


def test_a_colour_that_the_legend_leaves_open_is_listed():
    rows = [*PLAIN, [("Paint", ""), ("", "0000ff"), ("", FILLS["C"])]]
    found = read(rows + below(["CC", "C", "I", "II"]), "xlsx")
    assert [(c.place, c.content) for c in found.listed] == [("B4", "#0000ff")]


def test_colours_that_only_adorn_a_table_are_left_alone():
    rows: Cells = [
        [("Evidence", "c0c0c0"), ("Storm", "c0c0c0"), ("Sabotage", "c0c0c0")],
        [("Calm sea", "eeeeee"), ("II", FILLS["II"]), ("", "eeeeee")],
        [("Hull cut", ""), ("I", FILLS["I"]), ("CC", FILLS["CC"])],
    ]
    found = read(rows, "xlsx")
    assert (scores(found), found.listed) == ([3, 0], ())


def test_colours_of_a_theme_are_told_apart_by_their_tint():
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx([PLAIN[0]])))
    page = book.active
    strong, weak = (
        PatternFill("solid", fgColor=Color(theme=5, tint=tint)) for tint in (0.0, 0.6)
    )
    for row, (title, first, second) in enumerate(
        [("Calm sea", strong, weak), ("Hull", weak, weak), ("", None, None)], 2
    ):
        page.cell(row, 1, title or None)
        for column, fill in ((2, first), (3, second)):
            if fill:
                page.cell(row, column).fill = fill
    for row, (fill, word) in enumerate([(strong, "II"), (weak, "C")], 6):
        page.cell(row, 1).fill = fill
        page.cell(row, 2, word)
    out = io.BytesIO()
    book.save(out)
    (found,) = exchange.read(out.getvalue(), "f")
    assert scores(found) == [2, 0]
