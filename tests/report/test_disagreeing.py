"""Where analysts disagree, the report says who, how far, and in whose words."""

from __future__ import annotations

import io
import json

import docx
import openpyxl
import pypdf
import pytest
from python_calamine import CalamineWorkbook

from tests.builders import make_case, make_judgments
from tests.report.hostile import DATE
from workbench.case import folder
from workbench.case.judgments import Judgments
from workbench.case.model import Consistency
from workbench.cli import main
from workbench.method.agreement import agreements
from workbench.method.group import differing, group
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger, default_url
from workbench.record.round_entries import Adjudication, Pass, Phase, Round
from workbench.report import FORMATS, Basis, compose, make
from workbench.report.content.blocks import Paragraph, Points, Table
from workbench.team.round_story import Story
from workbench.wording import shown

CASE = make_case("E1: - -", "E2: - -", "E3: - -")
PLACES = [(f"e{i}", f"h{j}") for i in (1, 2, 3) for j in (1, 2)]


def rated(*codes: str, **other) -> Judgments:
    return make_judgments(dict(zip(PLACES, codes, strict=True)), **other)


ANN = rated("C", "I", "C", "II", "N", "I")
BEN = rated("II", "C", "I", "C", "N", "N", narrative={"bottom-line": "It was the sea."})
EVE = rated("C", "I", "N", "I", "C", "I")
TEAM = {"ann": ANN, "ben": BEN, "eve": EVE}
BEGAN, SHOWN = (f"2026-11-24T{hour}:00:00.000000Z" for hour in ("10", "12"))
HELD = Adjudication("e1", "h1", Consistency.I, "The log is a copy", "ann", SHOWN)
FIRST = Pass(1, BEGAN, ended=SHOWN)
ROUND = Round(1, Phase.CLOSED, tuple(TEAM), "", "", "", (FIRST,), (HELD,))
STORY = Story(ROUND, {name: name for name in TEAM}, (TEAM,))


def section(analyst="ann", others=("ben", "eve")):
    basis = Basis(
        CASE, TEAM[analyst], DATE, analyst, others={n: TEAM[n] for n in others}
    )
    found = [one for one in compose(basis).sections if one.id == "disagreement"]
    return found[0].blocks if found else None


def test_who_judged_nothing_is_not_counted_among_the_analysts():
    others = {"ben": BEN, "eve": EVE}
    basis = Basis(CASE, Judgments(), DATE, "rob", others=others)
    assert list(basis.team.judgments) == ["ben", "eve"]
    assert Basis(CASE, Judgments(), DATE, "rob", others={"ben": BEN}).team is None


def test_one_alone_and_the_published_case_disagree_with_nobody():
    assert section(others=()) is None
    basis = Basis(CASE, ANN, DATE, None, others={"ben": BEN})
    assert "disagreement" not in [one.id for one in compose(basis).sections]


def test_each_has_a_row_and_the_mean_stands_below():
    table = next(block for block in section() if isinstance(block, Table))
    matrices = {name: build(CASE, own) for name, own in TEAM.items()}
    assert [row[0].text for row in table.rows] == ["ann", "ben", "eve"]
    for row in table.rows:
        for cell, one in zip(
            row[1:], assess(matrices[row[0].text]).hypotheses, strict=True
        ):
            assert cell.text == f"{shown(one.score)} ({one.rank})"
    means = group(matrices).scores.values()
    assert [cell.text for cell in table.foot[0]] == ["Mean", *map(shown, means)]


def test_cells_that_differ_come_by_their_effect_with_everybodys_code():
    table = [block for block in section() if isinstance(block, Table)][1]
    matrices = {name: build(CASE, own) for name, own in TEAM.items()}
    found = differing(matrices, ("h1", "h2"))
    assert len(table.rows) == len(found) == 6
    effects = [float(row[3].text) for row in table.rows]
    assert effects == sorted(effects, reverse=True)
    first = table.rows[0]
    assert first[0].text.startswith("E1 ")
    assert first[2].text == "ann C; ben II; eve C"


def test_who_has_another_first_is_heard_in_their_own_words():
    points = next(block for block in section() if isinstance(block, Points))
    assert len(points.texts) == 1
    assert points.texts[0].startswith("ben: ")
    assert "Title of H2" in points.texts[0]
    [own] = [b for b in section() if isinstance(b, Paragraph) and b.by == "ben"]
    assert own.text == "It was the sea."
    assert not [b for b in section("ann", ("eve",)) if isinstance(b, Points)]


def test_a_standing_that_another_rater_disputes_is_said_to_be_disputed():
    basis = Basis(CASE, ANN, DATE, "ann", others={"ben": BEN})
    doubts = {one.doubt.value: one.evidence for one in basis.certainty["h2"]}
    assert doubts["disputed"] == ("e1", "e2")
    alone = Basis(CASE, ANN, DATE, "ann")
    assert "disputed" not in {one.doubt.value for one in alone.certainty["h2"]}


def test_json_has_everybodys_numbers_at_full_precision():
    data = make(
        CASE, ANN, to="json", date=DATE, analyst="ann",
        others={"ben": BEN, "eve": EVE},
    )  # fmt: skip
    team = json.loads(data)["team"]
    matrices = {name: build(CASE, own) for name, own in TEAM.items()}
    assert team["agreement"]["whole"]["alpha"] == agreements(matrices).whole.alpha
    assert team["group"]["scores"] == group(matrices).scores
    assert list(team["analysts"]) == ["ann", "ben", "eve"]
    assert team["differing"][0]["codes"] == {"ann": "C", "ben": "II", "eve": "C"}


def text_of(to: str, data: bytes) -> str:
    """Read all that stands in a report, as a program of others' reads it."""
    match to:
        case "pdf":
            pages = pypdf.PdfReader(io.BytesIO(data)).pages
            return " ".join(page.extract_text() for page in pages)
        case "docx":
            return " ".join(docx.Document(io.BytesIO(data)).element.body.itertext())
        case "xlsx":
            book = CalamineWorkbook.from_filelike(io.BytesIO(data))
            rows = [
                row
                for name in book.sheet_names
                for row in book.get_sheet_by_name(name).to_python()
            ]
            cells = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
            told = [cell for sheet in cells for row in sheet.values for cell in row]
            return " ".join(map(str, [*told, *(cell for row in rows for cell in row)]))
        case _:
            return data.decode().replace("\\", "")


@pytest.mark.parametrize("to", sorted(set(FORMATS) - {"csv"}))
def test_every_format_says_it_the_same_each_time(to):
    first, second = (
        make(
            CASE, ANN, to=to, date=DATE, analyst="ann",
            others={"ben": BEN, "eve": EVE}, rounds=(STORY,),
        )
        for _ in range(2)
    )  # fmt: skip
    if FORMATS[to].text:
        assert first == second
    told = " ".join(text_of(to, first).split())
    for said in (
        "Where analysts disagree",
        "By their own ratings, those who have another first:",
        "ben: Title of H2 is least inconsistent",  # who is alone in it
        "It was the sea.",  # in their own words
        "In round 1 ann, ben and eve rated blind from 24 November 2026, 10:00 UTC",
        "The log is a copy",  # the lead's, beside
    ):
        assert said in told, said


def test_the_command_takes_the_others_from_the_ledger(tmp_path, capsys):
    folder.write(tmp_path, CASE)
    ledger = Ledger(default_url(tmp_path))
    for name, own in TEAM.items():
        changes = [
            ["rating", e, h, one.consistency.value, ""]
            for (e, h), one in own.ratings.items()
        ]
        Desk(ledger, folder.load(tmp_path), name).change(f"page-{name}", 1, changes)
    arguments = ["report", str(tmp_path), "--to", "md", "--date", "2026-01-02"]
    assert main([*arguments, "--analyst", "eve", "-o", "-"]) == 0
    said = capsys.readouterr().out
    assert "## Where analysts disagree" in said
    assert "| ben |" in said
