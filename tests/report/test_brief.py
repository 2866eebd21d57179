"""The brief: one page whatever the case; no number in it, or the whole, is its own."""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pypdf
import pytest

from tests.builders import make_case, make_judgments
from tests.report.hostile import DATE, HOSTILE, case, own
from workbench.case.folder import load
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Rule
from workbench.cli import main
from workbench.errors import WorkbenchError
from workbench.method.sensitivity import document
from workbench.report import BRIEFS, Basis, compose, make
from workbench.report.content.blocks import Paragraph, Table
from workbench.report.content.brief import cut
from workbench.wording import shown
from workbench.wording.verdict import describe_verdict

ROOT = Path(__file__).parents[2]
SHIPPED = load(ROOT)
NUMBER = re.compile(r"(?<![\w.:])-?\d+\.\d\d(?![\w.])")
SHARE = re.compile(r"(?<=in )\d+(?=,| of 100| and|\.|;)")


@cache
def large(items: int = 200, hypotheses: int = 8) -> Case:
    """Make a large case whose every text is long."""
    drawn = random.Random(7)
    codes = ("CC", "C", "N", "I", "II")
    rows = [
        f"E{n}: {' '.join(drawn.choices(codes, k=hypotheses))}"
        for n in range(1, items + 1)
    ]
    sources = {f"e{n}": f"s{n % 7}" for n in range(1, items + 1)}
    made = make_case(*rows, sources=sources)
    long = "a title of many words that does not end where one would wish it to"
    return replace(
        made,
        question=replace(made.question, question=f"Why {long}, {long}, {long}?"),
        hypotheses=tuple(
            replace(h, title=f"{h.label} {long}", refuted_by=(long * 4,))
            for h in made.hypotheses
        ),
        evidence=tuple(replace(e, title=f"{e.title} {long}") for e in made.evidence),
    )


CASES = {
    "shipped": lambda: SHIPPED,
    "200 x 8": large,
    "tie": lambda: make_case("E1: I C", "E2: C I"),
    "nothing": lambda: make_case("E1: - -"),
}
each_case = pytest.mark.parametrize("name", CASES)


def brief(the_case: Case, to: str, judgments: Judgments | None = None, **other: Any):
    return make(the_case, judgments, to=to, date=DATE, brief=True, **other)


@each_case
def test_a_brief_is_one_page(name):
    found = pypdf.PdfReader(io.BytesIO(brief(CASES[name](), "pdf")))
    assert len(found.pages) == 1
    page = found.pages[0].mediabox
    assert (round(page.width), round(page.height)) == (595, 842)


@each_case
def test_a_brief_in_markdown_has_at_most_500_words(name):
    assert len(brief(CASES[name](), "md").split()) <= 500


@each_case
@pytest.mark.parametrize("to", BRIEFS)
def test_a_brief_says_the_same_each_time(name, to):
    assert brief(CASES[name](), to) == brief(CASES[name](), to)


def test_a_brief_has_its_parts_in_order_with_date_handling_and_fingerprint_last():
    judgments = Judgments(
        narrative={"confidence": "low", "confidence-basis": "Two short texts."}
    )
    report = compose(Basis(SHIPPED, judgments, DATE, "ana", brief=True))
    assert [one.title for one in report.sections] == [
        "Verdict",
        "What speaks most against each",
        "What it hangs on",
        "What would change it, and what to look for",
        "Confidence",
        "Sources",
    ]
    said = describe_verdict(report.basis.assessment, report.basis.verdict)
    assert report.sections[0].blocks[0] == Paragraph(said, lead=True)
    foot = [name for name, _ in report.foot.facts]
    assert foot == ["Date", "Author", "Evidence up to", "Handling", "Fingerprint"]
    for to in ("md", "html"):
        text = brief(SHIPPED, to, judgments, analyst="ana").decode()
        assert text.index("Confidence in this judgment is low.") < text.rindex(
            "Fingerprint"
        )
        assert SHIPPED.question.question in text


def test_of_many_hypotheses_those_that_matter_have_a_row_and_the_others_a_line():
    report = compose(Basis(large(), Judgments(), DATE, brief=True))
    (against,) = (one for one in report.sections if one.id == "against")
    table, others = against.blocks
    assert isinstance(table, Table)
    reached = report.basis.verdict
    assert 0 < len(table.rows) <= 6
    assert len(table.rows) <= len({*reached.contenders, *reached.most_against})
    assert others.text.startswith("The others: ")


def test_texts_of_the_case_are_cut():
    report = compose(Basis(large(), Judgments(), DATE, brief=True))
    (against,) = (one for one in report.sections if one.id == "against")
    assert all(len(row[2].text) <= 120 for row in against.blocks[0].rows)


def test_a_sentence_is_cut_where_a_part_of_it_ends():
    said = "A leads in 41 of 100, B in 33 and C in 26."
    assert cut(said, 100) == said
    assert cut(said, 30) == "A leads in 41 of 100 …"


@pytest.mark.parametrize("to", ["xlsx", "csv", "json"])
def test_a_brief_in_another_format_is_wrong_usage(to, tmp_path, capsys):
    out = tmp_path / f"brief.{to}"
    words = ["report", str(ROOT), "--to", to, "-o", str(out), "--brief"]
    assert main(words) == 2
    assert "--brief is for html, pdf, docx, md" in capsys.readouterr().err
    assert not out.exists()
    with pytest.raises(WorkbenchError, match="use html, pdf, docx, md"):
        brief(make_case("E1: C I"), to)


@pytest.mark.parametrize("other", [["--annex"], ["--sections", "matrix"]])
def test_a_brief_has_neither_annex_nor_sections(other, tmp_path, capsys):
    words = ["report", str(ROOT), "--to", "md", "-o", str(tmp_path / "b.md")]
    assert main([*words, "--brief", *other]) == 2
    assert "neither" in capsys.readouterr().err


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_makes_a_brief_of_text(text):
    said = brief(case(text), "html", own(text), analyst="a").decode()
    assert "<script>alert" not in said
    assert "<img src=x" not in said


# ------------------------------------------------------------------ numbers


def numbers(value: Any) -> Iterator[float]:
    """Give every number of a JSON document, and those of a reason's share of draws."""
    match value:
        case bool() | None:
            return
        case int() | float():
            yield float(value)
        case str():
            yield from map(float, re.findall(r"draws:([\d.]+)", value))
        case dict():
            for one in value.values():
                yield from numbers(one)
        case list() | tuple():
            for one in value:
                yield from numbers(one)


def known(basis: Basis) -> tuple[set[str], set[str]]:
    """Give all that `score` and `sensitivity` print, as printed: numbers and shares."""
    documents = [document(basis.sensitivity, basis.drawn)]
    documents += [one.document() for one in (basis.assessment, basis.baseline)]
    documents += [one.document() for one in basis.rules.values()]
    found = [*numbers(json.loads(json.dumps(documents)))]
    shares = {str(int(x * 100 + 0.5 + 1e-7)) for x in found if 0 <= x <= 1}
    return {shown(sign * x) for x in found for sign in (1, -1)}, shares


OWN = make_judgments({("contingent-strength", "ukraine-manpower"): "II"})


@pytest.mark.parametrize("short", [True, False], ids=["brief", "whole"])
@pytest.mark.parametrize("rule", [Rule.WEIGHTED_INCONSISTENCY, Rule.NET_SUPPORT])
@pytest.mark.parametrize("judgments", [Judgments(), OWN], ids=["published", "own"])
def test_each_score_margin_weight_and_share_of_draws_is_in_the_json(
    short, rule, judgments
):
    basis = Basis(SHIPPED, judgments, DATE, "ana", rule, brief=short, to="md")
    text = make(
        SHIPPED, judgments, to="md", date=DATE, analyst="ana", rule=rule, brief=short
    ).decode()
    printed, shares = known(basis)
    of_case = NUMBER.findall(json.dumps(basis.case.question.background))
    found = set(NUMBER.findall(text.replace("\\", ""))) - set(of_case)
    assert found
    assert found <= printed | LEVELS
    assert set(SHARE.findall(sentences_on_draws(text))) <= shares


LEVELS = {"0.71", "1.00", "1.41"}  # what low, medium and high multiply by


def sentences_on_draws(text: str) -> str:
    return " ".join(line for line in text.splitlines() if "draws, in which" in line)
