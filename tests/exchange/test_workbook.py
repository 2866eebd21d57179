"""Matrices in workbooks are read sheet by sheet, as values and never as programs."""

from __future__ import annotations

import datetime as dt
import io
import re

import openpyxl
import pytest
from hypothesis import given, settings, strategies
from openpyxl.comments import Comment

from tests.exchange.matrices import (
    LEGEND,
    MATRICES,
    NOTATIONS,
    Rows,
    expected,
    published,
    rules,
    scores,
    table,
    to_xlsx,
    turned,
)
from tests.exchange.packages import CELLS, package, packed, sheet, strings
from tests.exchange.test_delimited import codes
from workbench.case.model import EventDate
from workbench.exchange.formats.workbook import read, recognises
from workbench.exchange.imported import Imported, Unreadable

SIMPLE: Rows = [["Evidence", "Storm", "Trawler"], ["Calm sea", "II", "C"]]


def imported(data: bytes) -> Imported:
    assert recognises(data)
    (found,) = read(data)
    return found


def refused(data: bytes) -> str:
    with pytest.raises(Unreadable) as fault:
        read(data)
    return str(fault.value)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@settings(max_examples=10)
@given(strategies.data())
@pytest.mark.parametrize("name", MATRICES)
def test_a_published_matrix_scores_the_same_in_whatever_shape_it_is_kept(name, data):
    every = {c for e in published(name)["evidence"] for c in e["ratings"].values()}
    known = [one for one in sorted(NOTATIONS) if one != "dashes" or "II" in every]
    notation = data.draw(strategies.sampled_from(known), label="notation")
    rows = table(name, NOTATIONS[notation])
    if data.draw(strategies.booleans(), label="down"):
        rows = turned(rows)
    rows = [[published(name)["title"]], [], *rows]
    if notation == "a legend":
        rows += [[], *([line] for line in LEGEND)]
    found = imported(to_xlsx([[], *[["", *row] for row in rows]]))
    assert found.case.question.question == published(name)["title"]
    for rule in rules(name):
        assert scores(found.case, rule) == pytest.approx(
            expected(name, rule), rel=0, abs=1e-8
        )


def test_numbers_typed_as_numbers_and_dates_as_dates():
    book = openpyxl.Workbook()
    for row in (
        ["Evidence", "Date", "Weight", "A", "B"],
        ["Calm sea", dt.date(2024, 4, 17), 0.8, -2, 1],
        ["Net", dt.date(2024, 4, 18), 1.5, 0, 2],
    ):
        book.active.append(row)
    found = imported(saved(book))
    assert codes(found) == ["II C", "N CC"]
    assert [e.date for e in found.case.evidence] == [
        EventDate("2024-04-17"),
        EventDate("2024-04-18"),
    ]
    assert [e.credibility for e in found.case.evidence] == [0.8, 1.5]


def test_dates_may_be_counted_from_1904():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["Evidence", "Date", "A"])
    book.active.append(["Calm sea", dt.date(2024, 4, 17), "I"])
    found = imported(saved(book))
    assert found.case.evidence[0].date == EventDate("2024-04-17")


def test_a_formula_is_its_last_value_and_never_worked_out():
    book = openpyxl.Workbook()
    page = book.active
    for row in (
        ["Evidence", "Storm", "Trawler"],
        ["Calm sea", "II", '="C"&""'],
        ['=HYPERLINK("http://x","Net")', "N", "C"],
        ["Score", '=COUNTIF(B2:B3,"I*")', 0],
    ):
        page.append(row)
    bare = imported(saved(book))
    assert codes(bare) == ["II .", "N C"]
    assert bare.case.evidence[1].title == '=HYPERLINK("http://x","Net")'
    assert [(c.place, c.content) for c in bare.listed] == [("C2", '="C"&""')]
    assert bare.understood[0].endswith("nothing is worked out: C2, A3 and B4")
    cells = CELLS.replace(
        't="inlineStr"><is><t>II</t></is>', 't="str"><f>"C"</f><v>CC</v>'
    )
    assert codes(imported(package(sheet=sheet(cells)))) == ["CC"]


def test_merged_cells_are_filled_and_a_merged_row_is_a_heading():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["Evidence", "Source", "Hypotheses"],
        [None, None, "Storm", "Trawler"],
        ["Weather"],
        ["Calm sea", "Tide office", "N"],
        ["No wind", None, "II", "C"],
        ["Not yet looked at"],
    ):
        sheet.append(row)
    for area in ("A1:A2", "B1:B2", "C1:D1", "A3:D3", "B4:B5", "C4:D4"):
        sheet.merge_cells(area)
    found = imported(saved(book))
    assert codes(found) == ["N N", "II C", ". ."]
    assert [len(e.sources) for e in found.case.evidence] == [1, 1, 0]
    assert found.dropped == ("a heading or a note: “Weather” in row 3",)
    assert "Merged cells are read as if each held what they show" in found.understood


def test_hidden_sheets_rows_and_columns_are_read_and_said():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Buoy"
    for row in SIMPLE:
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.create_sheet("Other").append(["nothing"])
    sheet.sheet_state = "hidden"
    found = imported(saved(book))
    assert codes(found) == ["II C"]
    assert found.understood[:2] == (
        "The sheet “Buoy” is hidden, and read all the same",
        "Hidden, and read all the same: column C and row 2",
    )
    assert "sheets without a matrix: “Other”" in found.dropped


def test_each_sheet_that_is_a_matrix_is_a_case_of_its_own():
    other: Rows = [["Hypotheses", "Calm sea"], ["A", "I"], ["B", "CC"]]
    data = to_xlsx(SIMPLE, [["Notes"], ["on all this"]], other, names=["X", "Y", "Z"])
    first, second = read(data)
    assert (codes(first), codes(second)) == (["II C"], ["I CC"])
    assert [one.case.question.question for one in (first, second)] == ["X", "Z"]
    assert first.dropped == ("sheets without a matrix: “Y”",)


def test_comments_on_cells_are_left_and_said():
    book = openpyxl.Workbook()
    for row in SIMPLE:
        book.active.append(row)
    book.active["B2"].comment = Comment("Are you sure?", "someone")
    assert "the comments on cells" in imported(saved(book)).dropped


def test_a_text_in_pieces_is_whole_and_how_it_is_spoken_is_not_in_it():
    rich = "<r><t>Calm </t></r><r><t>sea</t></r><rPh><t>no</t></rPh>"
    found = imported(package(strings=strings(rich)))
    assert found.case.evidence[0].title == "Calm sea"


def test_a_text_that_the_workbook_lacks_is_refused_with_its_place():
    said = refused(package(strings=strings("<t>a</t>").replace("si", "no")))
    assert said == "sheet “Sheet1”, A2: it names a text that the workbook lacks"


def test_cells_without_a_place_of_their_own_follow_one_another():
    cells = re.sub(r' r="[A-Z]?[0-9]"', "", CELLS)
    assert codes(imported(package(sheet=sheet(cells)))) == ["II"]


def test_a_size_that_a_sheet_claims_is_not_believed():
    claimed = '<dimension ref="A1:XFD1048576"/>'
    assert codes(imported(package(sheet=sheet(before=claimed)))) == ["II"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"Evidence,H1\nX,I\n", "it is no zip file"),
        (to_xlsx(SIMPLE)[:-200], "damaged or cut short"),
        (to_xlsx([["Only words"], ["and more"]]), "no ratings are found"),
        (to_xlsx([]), "no sheet with cells"),
    ],
)
def test_what_is_no_workbook_is_told_for_what_it_is(data, says):
    assert says in refused(data)


def test_other_zip_files_are_told_for_what_they_are():
    assert "OpenDocument" in refused(packed({"mimetype": "x", "content.xml": "x"}))
    assert "no workbook in it" in refused(packed({"a.txt": "x"}))
