"""One content in every format: whole, the same each time, and only ever text."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies

from tests.builders import make_case, make_judgments
from tests.case.drawn import cases
from tests.published.at_first import AT_FIRST
from tests.report.hostile import DATE, HOSTILE, case, own
from workbench import wording
from workbench.case.folder import load
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Question, Rating, Rule
from workbench.errors import WorkbenchError
from workbench.report import FORMATS, Basis, compose, make
from workbench.report.content.blocks import (
    Facts,
    Item,
    Note,
    Paragraph,
    Points,
    Table,
)
from workbench.report.content.sections import SECTIONS, TITLES
from workbench.report.markdown import escaped
from workbench.wording.verdict import describe_verdict

KARABAKH = load(AT_FIRST)
SHIPPED = load(Path(__file__).parents[2])
OWN = make_judgments(
    {("contingent-strength", "ukraine-manpower"): "II"},
    emphases={"summer-offensive": 2.0},
    exclusions={"iranian-drones": True},
)
LONG = 60  # letters of a line that is a sentence or more
each_format = pytest.mark.parametrize("to", FORMATS)


def everything(block) -> str:
    """Give all the text of a block."""
    match block:
        case Table():
            rows = (*block.rows, *block.foot)
            cells = [cell.text for row in rows for cell in row]
            return "\n".join([block.caption, *(c.name for c in block.columns), *cells])
        case Facts():
            return "\n".join(f"{name}: {text}" for name, text in block.facts)
        case Points():
            return "\n".join([block.intro, *block.texts])
        case Item():
            return "\n".join([block.heading, *map(everything, block.blocks)])
        case Paragraph():
            return block.text
    return getattr(block, "text", getattr(block, "line", ""))


def sections(judgments=None, the_case=KARABAKH, **other):
    basis = Basis(the_case, judgments or Judgments(), DATE, **other)
    report = compose(basis)
    return {
        section.id: "\n".join(map(everything, section.blocks))
        for section in report.sections
    }


def words(text: str) -> str:
    return " ".join(text.split())


# ------------------------------------------------------------------ content


def test_every_hypothesis_is_in_the_report_with_what_it_predicts():
    found = sections()
    for h in KARABAKH.hypotheses:
        assert h.statement in found["hypotheses"]
        assert f"{h.label} {h.title}" in found["ranking"]
        assert not [text for text in h.refuted_by if text not in found["hypotheses"]]
        for indicator in h.predicts:
            assert {indicator.text, indicator.by.text} <= set(
                found["indicators"].split("\n")
            )


def test_every_item_is_in_the_annex_with_all_that_is_said_of_it():
    found = sections(annex=True)
    for item in KARABAKH.evidence:
        assert f"{item.label} {item.title}" in found["matrix"]
        reasons = [rating.because for rating in item.ratings.values()]
        places = [citation.at for citation in item.sources]
        texts = [item.statement, item.caveat, *item.tags]
        for text in (*texts, *reasons, *places):
            assert text in found["evidence"]


def test_every_source_and_assumption_is_in_the_report():
    found = sections()
    for source in KARABAKH.sources:
        for text in (source.name, source.interest, *source.deception.values()):
            assert text in found["sources"]
    for assumption in KARABAKH.question.assumptions:
        assert assumption.text in found["assumptions"]


def test_the_sections_stand_in_the_order_of_the_design():
    whole = [
        "bottom-line",
        "ranking",
        "hypotheses",
        "certainty",
        "matrix",
        "diagnostic",
        "robustness",
        "rules",
        "collection",
        "departures",
        "assumptions",
        "indicators",
        "sources",
        "method",
        "command",
    ]
    assert list(sections(the_case=SHIPPED)) == whole
    annexed = [*whole, "findings", "standards", "evidence"]
    assert list(sections(the_case=SHIPPED, annex=True)) == annexed


def test_no_slug_and_no_file_name_stands_in_prose():
    said = sections(OWN, annex=True, analyst="a")
    del said["command"]
    text = "\n".join(said.values())
    ids = {*KARABAKH.item, *KARABAKH.source, *(e.origin for e in KARABAKH.evidence)}
    slugs = {id_ for id_ in ids if "-" in id_}
    assert slugs
    assert not [one for one in slugs if re.search(rf"(?<![\w-]){one}(?![\w-])", text)]
    assert ".yaml" not in text


def test_nothing_is_said_twice():
    found = sections(the_case=SHIPPED)
    lines = [
        line
        for text in found.values()
        for line in text.splitlines()
        if len(line) > LONG and not re.match(r"E\d+ ", line)  # the name of a row
    ]
    assert len(lines) == len(set(lines))


def test_a_report_of_chosen_sections_has_them_alone_and_says_so():
    wanted = ("matrix", "bottom-line")
    report = compose(Basis(KARABAKH, Judgments(), DATE, sections=wanted))
    assert [one.id for one in report.sections] == ["bottom-line", "matrix"]
    left_out = dict(report.facts.facts)["Left out"].split("; ")
    assert left_out == [t for id_, t in TITLES.items() if id_ not in wanted]
    assert list(sections(sections=("command",))) == ["command"]
    assert "--sections command" in sections(sections=("command",))["command"]


def test_a_section_left_out_is_lacking():
    part = sections(sections=("bottom-line", "ranking", "standards"))
    whole = sections(annex=True)
    assert "left out of this report: “The evidence in full”" in part["standards"]
    assert "left out of this report" not in whole["standards"]


def test_a_cell_made_unrated_holds_nothing_before_the_published_code():
    own = make_judgments({("contingent-strength", "ukraine-manpower"): "-"})
    said = make(KARABAKH, own, to="md", date=DATE).decode()
    assert "| (was C) |" in said


@each_format
@pytest.mark.parametrize("id_", ["matrix", "evidence", "confidence"])
def test_a_report_of_one_section_can_be_made_in_every_format(to, id_):
    assert make(KARABAKH, OWN, to=to, date=DATE, sections=[id_])


def test_an_unknown_section_is_refused_with_those_there_are():
    with pytest.raises(WorkbenchError, match=r"preface: no section.*bottom-line"):
        make(KARABAKH, to="md", date=DATE, sections=["preface"])


def test_no_two_sections_share_an_id():
    assert len(TITLES) == len(SECTIONS)


def test_the_bottom_line_is_the_sentence_of_the_screen():
    report = compose(Basis(KARABAKH, OWN, DATE, "analyst-1"))
    lead = report.sections[0].blocks[0]
    said = describe_verdict(report.basis.assessment, report.basis.verdict)
    assert lead == Paragraph(said, lead=True)


def test_departures_are_listed_with_the_published_reason_kept():
    reason = Rating(
        OWN.ratings["contingent-strength", "ukraine-manpower"].consistency, "Mine."
    )
    judgments = replace(
        OWN, ratings={("contingent-strength", "ukraine-manpower"): reason}
    )
    found = sections(judgments, analyst="analyst-1", annex=True)
    assert "E6 against H1\nrating\nC\nII\nMine." in found["departures"]
    published = KARABAKH.item["contingent-strength"].ratings["ukraine-manpower"].because
    assert f"Mine.\nPublished reason: {published}" in found["evidence"]
    assert "Not counted: set aside" in found["evidence"]


def test_the_baseline_departs_nowhere():
    assert sections()["departures"].startswith("Nowhere")


def test_the_command_names_no_path_and_all_that_the_report_follows_from():
    line = sections(
        OWN,
        analyst="Ann O'Hara",
        rule=Rule.NET_SUPPORT,
        as_of=dt.date(2024, 4, 20),
        count_all=True,
        to="md",
    )["command"].splitlines()[-1]
    assert line == (
        "workbench report --to md --analyst 'Ann O'\"'\"'Hara' --rule net-support "
        "--as-of 2024-04-20 --count-all --date 2026-11-24 --output report.md"
    )


def test_an_open_indicator_past_its_date_is_said_to_be():
    assert "open, past its date" in sections()["indicators"]
    basis = Basis(KARABAKH, Judgments(), dt.date(2024, 5, 1))
    assert "past its date" not in str(compose(basis).sections)


def test_items_later_than_the_day_are_kept_and_not_counted():
    found = sections(as_of=dt.date(2024, 4, 1), annex=True)
    assert "Not counted: later than the day of this report" in found["evidence"]
    assert "E1 " not in found["matrix"].split("Not counted")[0]


def test_a_non_diagnostic_item_is_said_to_be():
    found = sections(the_case=make_case("E1: C C", "E2: C I", "E3: C -"))
    said = found["diagnostic"]
    assert "Not diagnostic, rated alike wherever they are rated: E1." in said
    assert "Cannot say, rated for fewer than two hypotheses: E3." in said


def test_flags_are_explained():
    found = sections(the_case=make_case("E1: C I -", "E2: - I -"))
    assert "H3. Unrated: " in found["ranking"]
    assert "Title of H1 is unchallenged: " in found["bottom-line"]


def test_parked_hypotheses_are_kept_and_not_scored():
    found = sections(the_case=make_case("E1: C I", status={"h2": "parked"}))
    assert "Kept and not scored: H2 (parked)." in found["ranking"]
    assert "kept and not scored" in found["hypotheses"]


@pytest.mark.parametrize("rule", Rule)
def test_no_report_names_a_winner_or_calls_a_score_likely(rule):
    found = sections(OWN, analyst="a", rule=rule)
    composed = " ".join(
        found[id_]
        for id_ in ("bottom-line", "ranking", "robustness", "rules", "method")
    )
    assert not re.search(r"winner|wins|most likely|confidence", composed.lower())


@given(cases())
@settings(max_examples=25)
def test_any_case_makes_a_report_in_every_format(the_case):
    for to in FORMATS:
        assert make(the_case, to=to, date=DATE)


def test_an_empty_case_makes_a_report():
    assert make(Case(Question("Why?", "It")), to="html", date=DATE)


# ------------------------------------------------------------------ bytes


@each_format
def test_the_same_arguments_give_the_same_bytes(to):
    one = make(KARABAKH, OWN, to=to, date=DATE, analyst="a")
    again = load(AT_FIRST)
    assert one == make(again, OWN, to=to, date=DATE, analyst="a")


@each_format
def test_another_rule_gives_another_report(to):
    if to == "csv":
        pytest.skip("the matrix does not depend on the values of the codes")
    one = make(KARABAKH, to=to, date=DATE)
    assert one != make(KARABAKH, to=to, date=DATE, rule=Rule.NET_SUPPORT)


def test_an_unknown_format_is_refused_with_those_that_are_known():
    with pytest.raises(WorkbenchError, match="'doc' is not a format; use html, "):
        make(KARABAKH, to="doc", date=DATE)


@pytest.mark.parametrize("text", ["\u202ex", "a\x1bb"])
def test_whatever_a_sentence_names_it_is_fit_to_print(text):
    basis = Basis(case(text), own(text), DATE, "a", annex=True)
    said = [
        block.text
        for section in compose(basis).sections
        for block in section.blocks
        if isinstance(block, Paragraph | Note)
    ]
    assert said == [wording.plain(one) for one in said]


# ------------------------------------------------------------------ markdown


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_hostile_text_as_text(text):
    md = make(case(text), own(text), to="md", date=DATE, analyst="a").decode()
    bare = re.sub(r"^```.*?^```$", "", md, flags=re.MULTILINE | re.DOTALL)
    assert not re.search(r"(?<!\\)(?:\\\\)*[<>\[\]`{}$&@~]", bare)
    assert not re.search(r"[A-Za-z]://|(?i:www)\.", bare)
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", md)
    assert words(wording.plain(text)) in shown
    columns = [line.count(" | ") for line in bare.splitlines() if line.startswith("| ")]
    assert columns


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("- not a list", r"\- not a list"),
        ("1. not a list", r"1\. not a list"),
        ("4.21", "4.21"),
        ("+ x", r"\+ x"),
        ("# x", r"\# x"),
        ("]#panic()", r"\]\#panic()"),
        ("http://x.org", r"http\://x.org"),
        ("a | b", r"a \| b"),
        ("plain, with (brackets) and: colons", "plain, with (brackets) and: colons"),
        ("two\nlines", "two lines"),
    ],
)
def test_markdown_escapes_markup_and_nothing_else(text, shown):
    assert escaped(text) == shown


# ------------------------------------------------------------------ csv


def rows(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_csv_is_the_matrix_with_reasons():
    the_case = make_case("E1: C NA", "E2: - II", sources={"e1": "wire"})
    head, first, second = rows(make(the_case, to="csv", date=DATE))
    assert head[:2] == ["label", "title"]
    assert head[9:] == [
        "H1 Title of H1",
        "H1 Title of H1: because",
        "H2 Title of H2",
        "H2 Title of H2: because",
    ]
    assert first[9::2] == ["C", "NA"]
    assert second[9::2] == ["", "II"]
    assert first[4] == "Name of wire"
    assert second[7:9] == ["1.00", ""]


def test_every_reason_and_item_is_in_the_csv():
    text = make(KARABAKH, to="csv", date=DATE).decode("utf-8-sig")
    cells = {cell for row in rows(make(KARABAKH, to="csv", date=DATE)) for cell in row}
    for item in KARABAKH.evidence:
        assert item.title in text
        assert {r.because for r in item.ratings.values()} <= cells


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_the_csv_is_a_formula(text):
    data = make(case(text), own(text), to="csv", date=DATE)
    cells = [cell for row in rows(data) for cell in row]
    assert not [
        cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    ]
    shown = wording.plain(text)
    assert {shown, f"'{shown}"} & set(cells)


def test_codes_never_get_an_apostrophe():
    cells = [
        cell
        for row in rows(make(KARABAKH, to="csv", date=DATE))[1:]
        for cell in row[9::2]
    ]
    assert set(cells) <= {"CC", "C", "N", "I", "II", "NA", ""}


# ------------------------------------------------------------------ json


@pytest.mark.parametrize("text", HOSTILE)
def test_json_holds_hostile_text_as_it_is(text):
    content = json.loads(make(case(text), own(text), to="json", date=DATE))
    assert content["case"]["evidence"]["e1"]["statement"] == text
    assert content["judgments"]["ratings"]["e1/h1"]["because"] == f"own {text}"


@given(strategies.sampled_from(Rule))
def test_the_scores_in_json_have_full_precision(rule):
    content = json.loads(make(KARABAKH, to="json", date=DATE, rule=rule))
    basis = Basis(KARABAKH, Judgments(), DATE, rule=rule)
    assert content["assessment"] == json.loads(
        json.dumps(basis.assessment.document(None))
    )
