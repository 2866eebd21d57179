"""The workbook: whatever is changed in it, its formulas give the method's own numbers.

The formulas are reckoned by the `formulas` package, and by LibreOffice where there is
one; the file is changed with openpyxl as its recipient would change it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import os
import random
import re
import shutil
import subprocess
import sys
import warnings
import zipfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import formulas
import openpyxl
import pytest
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from tests.builders import make_case, make_judgments
from tests.published.at_first import AT_FIRST
from tests.report.hostile import DATE, HOSTILE, case, own
from workbench import wording
from workbench.case.folder import load
from workbench.case.judgments import Judgments
from workbench.case.model import Consistency, Question, Rating, Rule
from workbench.method.matrix import NA, build
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import assess
from workbench.report import FORMATS, Basis, compose, make, to_xlsx
from workbench.report.content.blocks import (
    Facts,
    Item,
    Paragraph,
    Points,
    Section,
    Table,
)
from workbench.report.xlsx.sheet import LONGEST, fit
from workbench.wording.diagnosticity import can_separate

KARABAKH = load(AT_FIRST)
LIVE = ("Matrix", "Rules", "Settings")
CODES = {"CC", "C", "N", "I", "II", "NA", None}
MIXED = make_case(
    "E1: CC I NA -",
    "E2: C II N -",
    "E3: I I - -",
    "E4: II C NA NA",
    "E5: N I CC -",
    "E6: I II C -",
    origin={"e1": "wire", "e2": "wire", "e4": "wire", "e5": "embassy"},
    credibility={"e1": "high", "e2": "low", "e4": 2.5},
    relevance={"e2": "high", "e3": 0.3, "e6": "low"},
    sources={"e1": "s1", "e2": ["s1", "s3"], "e4": ["s1", "s2", "s3"], "e5": "s2"},
    set_aside=["e6"],
)


# ------------------------------------------------------------------ the file in hand


def book(the_case, judgments=None, **other):
    data = make(the_case, judgments, to="xlsx", date=DATE, annex=True, **other)
    return opened(data)


def opened(data):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return openpyxl.load_workbook(io.BytesIO(data))


def results(the_case, judgments=None, **other):
    """Open the file as a reader that does not reckon."""
    data = make(the_case, judgments, to="xlsx", date=DATE, annex=True, **other)
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


@cache
def bytes_of_shipped():
    return make(KARABAKH, to="xlsx", date=DATE, annex=True)


@cache
def shipped():
    """Give the workbook of the shipped case, made once and only read."""
    return opened(bytes_of_shipped())


@cache
def mixed():
    """Give that of a case with a little of everything, likewise."""
    return book(MIXED)


def at(ws, *, row, column):
    """Find a cell by the text that heads its row and the text that heads its column.

    A head is known by its beginning, and the nearest above counts.
    """
    rows = [
        number
        for number, cell in enumerate(next(ws.iter_cols(1, 1)), start=1)
        if isinstance(cell.value, str) and cell.value.startswith(row)
    ]
    heads = [
        (cell.row, cell.column)
        for line in ws.iter_rows()
        for cell in line[1:]
        if isinstance(cell.value, str) and cell.value.startswith(column)
    ]
    return ws.cell(rows[0], heads[0][1])


def change(wb, changes: Judgments, the_case, rule=None, *, count_all=False):
    """Change in the file what the judgments change in the case."""
    ws, settings = wb["Matrix"], wb["Settings"]
    labels = {h.id: f"{h.label} " for h in the_case.hypotheses}
    items = {e.id: f"{e.label} " for e in the_case.evidence}
    for (item, hypothesis), rating in changes.ratings.items():
        code = rating.consistency.value if rating else None
        at(ws, row=items[item], column=labels[hypothesis]).value = code
    for column, values in (
        ("Credibility", changes.credibility),
        ("Relevance", changes.relevance),
        ("Emphasis", changes.emphases),
        ("Origin", {key: value or None for key, value in changes.origins.items()}),
        ("Counted", {k: "no" if v else "yes" for k, v in changes.exclusions.items()}),
    ):
        for item, value in values.items():
            at(ws, row=items[item], column=column).value = value
    for source, value in changes.source_emphases.items():
        name = the_case.source[source].name
        at(settings, row=name, column="Emphasis").value = value
    if rule:
        settings["B4"].value = SCHEMES[rule].title
    settings["B5"].value = "each" if count_all else "once"


@dataclass
class Engine:
    """What another program makes of a workbook."""

    folder: Path
    name: str = "changed.xlsx"

    def save(self, wb) -> Path:
        path = self.folder / self.name
        wb.save(path)
        return path

    def formulas(self, wb):
        """Reckon the sheets that hold formulas; these name no other sheet."""
        for name in set(wb.sheetnames) - set(LIVE):
            del wb[name]
        path = self.save(wb)
        with contextlib.redirect_stderr(io.StringIO()):  # it draws a bar of progress
            model = formulas.ExcelModel().loads(str(path)).finish()
            found = model.calculate()
        for ws in wb:
            for cell in (cell for row in ws.iter_rows() for cell in row):
                if cell.data_type == "f":
                    place = f"'[{self.name}]{ws.title.upper()}'!{cell.coordinate}"
                    cell.value = found[place].value[0, 0]
        return wb

    def libreoffice(self, wb):
        path, out = self.save(wb), self.folder / "out"
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation={(self.folder / 'profile').as_uri()}",
                "--headless",
                "--convert-to",
                "xlsx:Calc MS Excel 2007 XML",
                "--outdir",
                str(out),
                str(path),
            ],
            check=True,
            capture_output=True,
        )
        return openpyxl.load_workbook(out / self.name, data_only=True)


@pytest.fixture
def engine(tmp_path):
    return Engine(tmp_path)


def agrees(ws, assessment, row="Score", rank="Rank"):
    """Compare scores and ranks with the method's."""
    for one in assessment.hypotheses:
        head = f"{one.label} "
        score = at(ws, row=row, column=head).value
        assert float(score) == pytest.approx(one.score, abs=1e-9, rel=0)
        expected = wording.NONE if one.rank is None else one.rank
        assert at(ws, row=rank, column=head).value == expected


def agrees_throughout(wb, the_case, judgments, rule=None, *, count_all=False):
    """Compare the whole matrix with the method's results under the same judgments."""
    matrix = build(the_case, judgments, rule, count_all=count_all)
    assessment, ws = assess(matrix), wb["Matrix"]
    agrees(ws, assessment)
    for j, one in enumerate(assessment.hypotheses):
        head = f"{one.label} "
        coverage = at(ws, row="Coverage", column=head).value
        assert float(coverage) == pytest.approx(one.coverage, abs=1e-9)
        rated = int((matrix.codes[:, j] < NA).sum())
        assert at(ws, row="Items rated", column=head).value == rated
    weighed = {one.id: one for one in assessment.evidence}
    tells = dict(zip(weighed, can_separate(matrix), strict=True))
    for item in the_case.evidence:
        one, head = weighed.get(item.id), f"{item.label} "
        weight = at(ws, row=head, column="Weight").value
        expected = one.weight if one else 0.0
        assert float(weight) == pytest.approx(expected, abs=1e-9, rel=0)
        for column in ("Diagnosticity", "Weighted"):
            name = column.lower().replace("weighted", "weighted_diagnosticity")
            found = at(ws, row=head, column=column).value
            if one and tells[item.id]:
                expected = getattr(one, name)
                assert float(found) == pytest.approx(expected, abs=1e-9, rel=0)
            else:
                assert found == wording.NONE


# ------------------------------------------------------------------ reckoned anew

EDITS = {
    "a rating": make_judgments({("e1", "h1"): "II", ("e3", "h3"): "I"}),
    "NA and unrated": make_judgments({("e2", "h2"): "NA", ("e5", "h2"): "-"}),
    "levels": make_judgments(
        credibility={"e1": "low", "e3": 4.0}, relevance={"e1": "high", "e4": 0.0}
    ),
    "emphases": make_judgments(
        emphases={"e2": 0.5, "e4": 0.0}, source_emphases={"s1": 0.25, "s2": 1.75}
    ),
    "origins": make_judgments(origins={"e1": "", "e3": "wire", "e2": "embassy"}),
    "exclusions": make_judgments(exclusions={"e2": True, "e6": False}),
}


@pytest.mark.parametrize(
    ("name", "rule", "count_all"),
    [
        (name, rule, name == "exclusions")
        for name, rule in zip(EDITS, Rule, strict=True)
    ],
)
def test_what_is_changed_in_the_file_gives_the_methods_numbers(
    engine, name, rule, count_all
):
    changes = EDITS[name]
    wb = book(MIXED)
    del wb["Rules"]  # nothing hangs on it, and it takes long
    change(wb, changes, MIXED, rule, count_all=count_all)
    found = engine.formulas(wb)
    agrees_throughout(found, MIXED, changes, rule, count_all=count_all)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_any_matrix_gives_the_methods_numbers_under_all_rules(engine, seed):
    rng = random.Random(seed)
    codes = ["CC", "C", "N", "I", "II", "NA", "-"]
    levels = ["low", "medium", "high", 0.0, 0.37, 3.0]
    ids = [f"e{n}" for n in range(1, 8)]
    the_case = make_case(
        *(f"{id_.upper()}: {' '.join(rng.choices(codes, k=3))}" for id_ in ids),
        credibility={id_: rng.choice(levels) for id_ in ids},
        relevance={id_: rng.choice(levels) for id_ in ids},
        origin={id_: rng.choice(["", "a", "b"]) for id_ in ids},
        sources={id_: rng.sample(["s1", "s2", "s3"], rng.randint(0, 3)) for id_ in ids},
        set_aside=rng.sample(ids, 1),
    )
    changes = make_judgments(
        {(rng.choice(ids), "h2"): rng.choice(codes) for _ in range(3)},
        emphases={id_: rng.uniform(0, 2) for id_ in rng.sample(ids, 3)},
        exclusions={rng.choice(ids): rng.choice([True, False])},
    )
    wb = book(the_case)
    change(wb, changes, the_case)
    found = engine.formulas(wb)
    agrees_throughout(found, the_case, changes)
    for number, rule in enumerate(SCHEMES):
        ws = found["Rules"]
        assessment = assess(build(the_case, changes, rule))
        for one in assessment.hypotheses:
            column = at(ws, row="Rule", column=f"{one.label} ").column
            score, rank = ws.cell(6 + number, column), ws.cell(15 + number, column)
            assert ws.cell(score.row, 1).value == SCHEMES[rule].title
            assert ws.cell(rank.row, 1).value == SCHEMES[rule].title
            assert float(score.value) == pytest.approx(one.score, abs=1e-9, rel=0)
            assert rank.value == (wording.NONE if one.rank is None else one.rank)


def test_ties_share_a_rank_and_the_next_one_is_left_out(engine):
    the_case = make_case("E1: I I C -", "E2: N N II NA")
    wb = book(the_case)
    del wb["Rules"]
    found = engine.formulas(wb)["Matrix"]
    ranks = [at(found, row="Rank", column=f"H{n} ").value for n in (1, 2, 3, 4)]
    assert ranks == [1, 1, 3, wording.NONE]
    agrees(found, assess(build(the_case)))


CHANGES = make_judgments(
    {("contingent-strength", "ukraine-manpower"): "II"},
    credibility={"summer-offensive": "low"},
    emphases={"withdrawal-announced": 1.65},
    source_emphases={"sceeus-2024": 0.35},
    exclusions={"iranian-drones": True},
)


def test_the_case_changed_in_the_file_gives_the_methods_numbers(engine):
    wb = opened(bytes_of_shipped())
    del wb["Rules"]
    change(wb, CHANGES, KARABAKH)
    found = engine.formulas(wb)
    agrees_throughout(found, KARABAKH, CHANGES)
    before, after = assess(build(KARABAKH)), assess(build(KARABAKH, CHANGES))
    assert [h.score for h in before.hypotheses] != [h.score for h in after.hypotheses]


@pytest.mark.skipif(not shutil.which("localc"), reason="there is no LibreOffice here")
def test_libreoffice_reckons_the_same_numbers(engine):
    wb = opened(bytes_of_shipped())
    change(wb, CHANGES, KARABAKH, Rule.COMPENSATORY)
    found = engine.libreoffice(wb)
    agrees_throughout(found, KARABAKH, CHANGES, Rule.COMPENSATORY)


# ------------------------------------------------------------------ as exported


@pytest.mark.parametrize("rule", Rule)
def test_a_reader_that_does_not_reckon_sees_the_numbers_as_exported(rule):
    agrees_throughout(results(MIXED, rule=rule), MIXED, Judgments(), rule)


def test_a_reader_that_does_not_reckon_sees_those_of_the_shipped_case():
    found = openpyxl.load_workbook(io.BytesIO(bytes_of_shipped()), data_only=True)
    agrees_throughout(found, KARABAKH, Judgments())


def test_every_formula_has_a_result():
    values = results(MIXED)
    for ws in mixed():
        for cell in (cell for row in ws.iter_rows() for cell in row):
            if cell.data_type == "f":
                assert values[ws.title][cell.coordinate].value is not None


def test_the_analysts_judgments_are_what_can_be_changed():
    changes = make_judgments(
        {("e1", "h1"): "II", ("e5", "h2"): "-"},
        credibility={"e3": 4.0},
        emphases={"e2": 0.5},
        source_emphases={"s2": 1.75},
        origins={"e1": "", "e3": "wire"},
        exclusions={"e2": True, "e6": False},
    )
    as_published = book(MIXED)
    change(as_published, changes, MIXED, Rule.NET_SUPPORT, count_all=True)
    exported = book(MIXED, changes, analyst="a", rule=Rule.NET_SUPPORT, count_all=True)
    for name in LIVE:
        for row in exported[name].iter_rows(min_row=4):
            for cell in row:
                found = as_published[name][cell.coordinate].value
                assert (cell.value or None) == (found or None), cell


def test_a_rating_that_departs_is_underlined():
    ws = book(MIXED, make_judgments({("e1", "h1"): "II"}), analyst="a")["Matrix"]
    assert at(ws, row="E1 ", column="H1 ").font.underline == "single"
    assert at(ws, row="E1 ", column="H2 ").font.underline is None


def test_the_published_rating_stands_beside_the_analysts():
    reasons = book(MIXED, make_judgments({("e1", "h1"): "II"}), analyst="a")["Reasons"]
    head = at(reasons, row="Item", column="Published")
    rating = at(reasons, row="Item", column="Rating")
    first = head.row + 1
    assert reasons.cell(first, rating.column).value == "II"
    assert reasons.cell(first, head.column).value == "CC"


def test_items_later_than_the_day_are_not_counted():
    the_case = make_case(
        "E1: I C", "E2: C I", dates={"e1": "2024-01-01", "e2": "2024-03-01"}
    )
    day = dt.date(2024, 2, 1)
    ws = results(the_case, as_of=day)["Matrix"]
    assert at(ws, row="E2 ", column="Counted").value == "no"
    agrees(ws, assess(build(the_case, as_of=day)))


def test_a_parked_hypothesis_is_described_and_not_scored():
    wb = book(make_case("E1: C I", status={"h2": "parked"}))
    assert "H2 Title of H2" not in [
        c.value for r in wb["Matrix"].iter_rows() for c in r
    ]
    assert at(wb["Hypotheses"], row="H2 ", column="Note").value


# ------------------------------------------------------------------ formulas

FUNCTIONS = {
    *("IF", "INDEX", "ISNUMBER", "MATCH", "MAX", "NA", "OR", "SQRT", "SUMPRODUCT")
}


def all_formulas(wb):
    for ws in wb:
        for cell in (cell for row in ws.iter_rows() for cell in row):
            if cell.data_type == "f":
                yield ws, cell


def test_only_functions_that_every_spreadsheet_has_are_used():
    for _, cell in all_formulas(shipped()):
        named = set(re.findall(r"([A-Z.]+)\(", cell.value))
        assert named <= FUNCTIONS
        assert len(cell.value) < 8192


def test_a_row_can_be_sorted_and_copied():
    ws = mixed()["Matrix"]
    names = ("Weight", "Diagnosticity", "Weighted", "Levels", "Origin factor")
    for name in names:
        first = at(ws, row="E1 ", column=name)
        other = at(ws, row="E4 ", column=name)
        moved = Translator(first.value, first.coordinate)
        assert moved.translate_formula(other.coordinate) == other.value
        assert "Matrix!" not in first.value


def test_formulas_stand_on_the_live_sheets_alone():
    assert {ws.title for ws, _ in all_formulas(shipped())} == set(LIVE)


def test_neighbouring_sources_are_named_as_one_range():
    ws = mixed()["Matrix"]
    cell = at(ws, row="E4 ", column="Sources'")
    assert cell.value == "=MAX(Settings!$B$19:$B$21)"
    assert at(ws, row="E3 ", column="Sources'").value == 1


# ------------------------------------------------------------------ all is there


def texts(wb):
    return [
        cell.value
        for ws in wb
        for row in ws.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]


def pieces(block):
    match block:
        case Table():
            rows = [cell.text for row in (*block.rows, *block.foot) for cell in row]
            return [block.caption, *(column.name for column in block.columns), *rows]
        case Facts():
            return [text for fact in block.facts for text in fact]
        case Points():
            return [block.intro.rstrip(":"), *block.texts]
        case Item():
            inside = [block.heading]
            for part in block.blocks:
                found = pieces(part)
                inside += found[1:] if isinstance(part, Table) else found
            return inside
    return [getattr(block, "text", getattr(block, "line", ""))]


def test_every_text_of_every_section_is_in_the_file():
    report = compose(Basis(KARABAKH, CHANGES, DATE, "analyst-1", to="xlsx"))
    wb = openpyxl.load_workbook(io.BytesIO(to_xlsx(report)))
    everything = "\n".join(texts(wb))
    numbers = {
        f"{cell.value:.2f}"
        for ws in wb
        for row in ws.iter_rows()
        for cell in row
        if isinstance(cell.value, float | int)
    }
    for section in report.sections:
        if section.id == "matrix":
            continue  # the live sheet
        for text in (one for block in section.blocks for one in pieces(block)):
            number = text.rstrip("%")
            if re.fullmatch(r"-?[0-9.]+", number):
                x = float(number) / (100 if text.endswith("%") else 1)
                assert f"{x:.2f}" in numbers or text in everything
            else:
                assert text in everything, section.id


def test_every_item_rating_reason_hypothesis_and_source_is_in_the_file():
    wb = shipped()
    found = set(texts(wb))
    for item in KARABAKH.evidence:
        row = at(wb["Evidence"], row=f"{item.label} ", column="Kind").row
        assert wb["Evidence"].cell(row, 2).value == item.statement
        for hypothesis in KARABAKH.hypotheses:
            rating = item.ratings[hypothesis.id]
            place = {"row": f"{item.label} ", "column": f"{hypothesis.label} "}
            assert at(wb["Matrix"], **place).value == rating.consistency.value
            assert rating.because in found
        for citation in item.sources:
            assert citation.at in "\n".join(found)
        assert not item.caveat or item.caveat in found
    for source in KARABAKH.sources:
        assert source.name in found
    for hypothesis in KARABAKH.hypotheses:
        assert hypothesis.statement in found


def test_a_section_that_has_no_place_yet_gets_a_sheet_of_its_own():
    report = compose(Basis(KARABAKH, Judgments(), DATE, to="xlsx"))
    new = Section("new", "Either/or: [what] the matrix?", (Paragraph("Said here."),))
    twice = replace(new, id="newer")
    report = replace(report, sections=(*report.sections, new, twice))
    wb = openpyxl.load_workbook(io.BytesIO(to_xlsx(report)))
    *_, first, second, last = wb.sheetnames
    assert last == "Method"
    assert first != second
    for name in (first, second):
        assert "Said here." in [c.value for row in wb[name].iter_rows() for c in row]


def test_a_report_of_no_sections_is_its_facts_and_the_live_sheets():
    report = compose(Basis(KARABAKH, Judgments(), DATE, to="xlsx"))
    report = replace(report, sections=())
    wb = openpyxl.load_workbook(io.BytesIO(to_xlsx(report)))
    assert wb.sheetnames == ["Summary", *LIVE]
    assert KARABAKH.question.question in texts([wb["Summary"]])


def test_sheets_that_stand_still_say_so():
    for ws in shipped():
        said = "as exported" in "\n".join(texts([ws]))
        assert said is (ws.title not in LIVE)


# ------------------------------------------------------------------ text is text

ODD = (
    *HOSTILE,
    "#REF!",
    "=1+1",
    "12",
    "TRUE",
    "2024-04-17",
    "_x0041_",
    "a\r\nb",
    "<r><b/></r>",
)


@cache
def places_of_formulas():
    plain = book(case("x"), own("x"), analyst="a")
    return [(ws.title, cell.coordinate) for ws, cell in all_formulas(plain)]


@pytest.mark.parametrize("text", ODD)
def test_hostile_text_is_shown_and_never_a_formula(text):
    wb = book(case(text), own(text), analyst="a")
    places = [(ws.title, cell.coordinate) for ws, cell in all_formulas(wb)]
    assert places == places_of_formulas()
    assert fit(text) in texts(wb)
    for ws in wb:
        for cell in (cell for row in ws.iter_rows() for cell in row):
            assert cell.data_type in ("s", "n", "f")
            assert cell.hyperlink is None
            if isinstance(cell.value, str) and cell.data_type == "s":
                risky = cell.value.startswith(("=", "+", "-", "@", "\t"))
                assert cell.quotePrefix is risky


def test_a_text_keeps_every_character_that_can_be_shown():
    for text in HOSTILE:
        if "\x1b" not in text and "\u202e" not in text:
            assert fit(text) == text


def test_what_looks_like_an_escape_is_escaped():
    # Spreadsheets show _x0041_ in a string as the letter A (ECMA-376, 22.9.2.19).
    text = "_x0041_ _x_ x0041_"
    data = make(case(text), own(text), to="xlsx", date=DATE)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = archive.read("xl/sharedStrings.xml").decode()
    assert "<t>_x005F_x0041_ _x_ x0041_</t>" in found
    assert f"<t>{text}</t>" not in found


@pytest.mark.parametrize("letter", ["a", "\U0001f642"])
def test_a_text_longer_than_a_cell_is_cut_and_says_so(letter):
    longest = letter * (LONGEST // len(letter.encode("utf-16-le")) * 2)
    assert fit(longest) == longest
    cut = fit(longest + letter * 10)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST
    kept = cut.count(letter) if letter != "a" else len(cut.split("…")[0])
    left_out = len(longest) + 10 - kept
    assert cut.endswith(f"{left_out} characters left out]")
    the_case = make_case("E1: C I")
    item = replace(the_case.evidence[0], statement=longest + letter * 10)
    assert cut in texts(book(replace(the_case, evidence=(item,))))


def test_nothing_in_the_file_runs_or_reaches_outside():
    with zipfile.ZipFile(io.BytesIO(bytes_of_shipped())) as archive:
        names = archive.namelist()
        everything = b"".join(map(archive.read, names))
    assert not [n for n in names if re.search("vba|external|media|macro|drawing", n)]
    assert b"TargetMode" not in everything
    assert b"<hyperlink" not in everything


# ------------------------------------------------------------------ form


def test_the_same_content_has_the_dates_of_the_report_and_no_others():
    data = make(KARABAKH, CHANGES, to="xlsx", date=DATE, analyst="Ann\x1b")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        core = archive.read("docProps/core.xml").decode()
    assert re.findall(r"\d{4}-\d{2}-\d{2}T[\d:]+Z", core) == [f"{DATE}T00:00:00Z"] * 2
    properties = openpyxl.load_workbook(io.BytesIO(data)).properties
    assert properties.title == KARABAKH.question.title
    assert properties.creator == "Ann\ufffd"


def test_a_baseline_names_no_author():
    assert not shipped().properties.creator


def test_every_sheet_prints_on_its_side_with_the_handling_line():
    question = replace(MIXED.question, handling="R&D\nonly")
    wb = book(replace(MIXED, question=question))
    assert set(wb.sheetnames) == set(shipped().sheetnames)
    for ws in wb:
        assert ws.page_setup.orientation == "landscape"
        assert (ws.page_setup.fitToWidth or 1, ws.page_setup.fitToHeight) == (1, 0)
        assert ws.sheet_properties.pageSetUpPr.fitToPage
        assert ws.oddHeader.center.text == "R&&D only"
        assert ws.oddFooter.center.text == "R&&D only"


@pytest.mark.parametrize("text", ["R&G", "R&[Picture]", "1 & 2", "&&G"])
def test_a_header_keeps_what_looks_like_a_command_of_pictures(text):
    question = replace(MIXED.question, handling=text)
    for ws in book(replace(MIXED, question=question)):
        shown = ws.oddHeader.center.text.replace('&&&"-,Regular"', "&&")
        assert shown.replace("&&", "&") == text


def test_two_processes_write_the_same_bytes():
    """Another's hashes fall otherwise: this one's seed is its own, or stated."""
    made = (
        "import datetime as dt, hashlib, sys; from pathlib import Path; "
        "from workbench.case import folder; from workbench.report import make; "
        "case = folder.load(Path(sys.argv[1])); "
        "data = make(case, to='xlsx', date=dt.date(2024, 5, 1)); "
        "print(hashlib.sha256(data).hexdigest())"
    )
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    found = subprocess.run(
        [sys.executable, "-c", made, str(AT_FIRST)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    ).stdout.strip()
    here = make(KARABAKH, to="xlsx", date=dt.date(2024, 5, 1))
    assert found == hashlib.sha256(here).hexdigest()


def test_a_header_is_never_longer_than_a_header_can_be():
    question = Question("&" * 400, "&" * 400, handling="&" * 400)
    for ws in book(replace(make_case("E1: C I"), question=question)):
        for line in (ws.oddHeader, ws.oddFooter):
            assert len(str(line)) <= 255


def test_the_heads_of_the_matrix_stay_in_sight_and_head_every_page():
    wb = shipped()
    head = at(wb["Matrix"], row="E1 ", column="H1 ").row - 1
    assert wb["Matrix"].freeze_panes == f"B{head + 1}"
    assert wb["Matrix"].print_title_rows == f"$4:${head}"
    for name in ("Evidence", "Reasons"):
        head = at(
            wb[name], row="Item", column="Statement" if name == "Evidence" else "R"
        ).row
        assert wb[name].freeze_panes == f"B{head + 1}"
        assert wb[name].print_title_rows == f"${head}:${head}"


def test_cells_offer_what_they_take():
    ws = mixed()["Matrix"]
    offered = {
        str(one.sqref): (one.type, one.formula1, one.formula2, one.errorStyle or "stop")
        for one in ws.data_validations.dataValidation
    }

    def column(first, last):
        left, right = (
            get_column_letter(at(ws, row="E1 ", column=name).column)
            for name in (first, last)
        )
        rows = [at(ws, row=f"E{n} ", column="H1 ").row for n in (1, 6)]
        return f"{left}{rows[0]}:{right}{rows[1]}"

    levels = column("Credibility", "Relevance")
    assert offered == {
        column("H1 ", "H4 "): ("list", '"CC,C,N,I,II,NA"', None, "stop"),
        levels: ("list", '"low,medium,high"', None, "warning"),
        column("Counted", "Counted"): ("list", '"yes,no"', None, "stop"),
        column("Emphasis", "Emphasis"): ("decimal", "0", "2", "stop"),
    }


def test_colour_follows_the_code():
    ws = mixed()["Matrix"]
    found = {
        rule.formula[0].strip('"'): rule.dxf.fill.bgColor.rgb
        for ranges, rules in ws.conditional_formatting._cf_rules.items()
        for rule in rules
        if rule.type == "cellIs"
        and at(ws, row="E6 ", column="H4 ").coordinate in ranges.sqref
    }
    assert found.keys() == CODES - {None}
    assert len({found["CC"], found["C"], found["I"], found["II"]}) == 4


def test_the_format_is_not_text():
    assert not FORMATS["xlsx"].text
    assert all(FORMATS[to].text for to in ("html", "md", "csv", "json"))


def test_a_reason_of_the_analysts_own_is_in_the_file():
    mine = Judgments(ratings={("e1", "h1"): Rating(Consistency.CC, "Mine alone.")})
    assert "Mine alone." in texts(book(MIXED, mine, analyst="a"))
