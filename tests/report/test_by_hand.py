"""What is written by hand is told apart, and what a report lacks is named."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO

import docx
import pytest

from tests.builders import make_case
from tests.published.at_first import AT_FIRST
from tests.report.hostile import DATE
from workbench.case.folder import load
from workbench.case.judgments import Judgments
from workbench.case.model import Citation, Consistency, Kind, Rating, Source
from workbench.report import Basis, compose, make
from workbench.report.content.blocks import Note, Paragraph
from workbench.report.content.by_hand import COMPOSED
from workbench.report.content.sections import TITLES
from workbench.report.content.standards import MET, STANDARDS, lacking
from workbench.wording.mixing import mixed

KARABAKH = load(AT_FIRST)
OWN = Judgments(
    narrative={
        "bottom-line": "It was the war.\n\n1. Nothing else\n2. fits.",
        "confidence": "low",
        "confidence-basis": "Two commentaries.",
        "source-summary": "Both are short.",
        "implications": "Watch the border.",
        "earlier-judgments": "As before.",
    }
)


def blocks(
    judgments: Judgments, id_: str, analyst: str | None = "ana", *, annex: bool = False
):
    report = compose(Basis(KARABAKH, judgments, DATE, analyst, annex=annex))
    return next((one.blocks for one in report.sections if one.id == id_), ())


@pytest.mark.parametrize(
    ("id_", "first"),
    [
        ("bottom-line", "It was the war."),
        ("sources", "Both are short."),
        ("implications", "Watch the border."),
        ("earlier-judgments", "As before."),
    ],
)
def test_a_part_stands_first_under_the_name_of_who_wrote_it(id_, first):
    found = blocks(OWN, id_)
    assert found[0] == Note("Written by ana:")
    assert found[1] == Paragraph(first, by="ana")


def test_each_line_is_kept_as_it_was_typed_before_what_is_composed():
    found = blocks(OWN, "bottom-line")
    assert found[2] == Paragraph("1. Nothing else", by="ana")
    assert found[3] == Paragraph("2. fits.", by="ana")
    assert found[4] == COMPOSED
    assert not found[5].by


def test_without_a_text_no_section_is_made_and_nothing_is_marked():
    none = Judgments()
    for id_ in ("confidence", "implications", "earlier-judgments"):
        assert not blocks(none, id_)
    assert COMPOSED not in blocks(none, "bottom-line")


def test_confidence_has_a_section_without_a_likelihood():
    said = " ".join(one.text for one in blocks(OWN, "confidence"))
    assert "Confidence in this judgment is low." in said
    assert "Two commentaries." in said
    assert not mixed(said)


def test_what_is_by_hand_is_told_apart_in_each_format():
    def report(to):
        return make(KARABAKH, OWN, to=to, date=DATE, analyst="ana").decode("utf-8-sig")

    assert '<p class="written" dir="auto">It was the war.</p>' in report("html")
    assert "\n> It was the war.\n" in report("md")
    found = json.loads(report("json"))["sections"][0]["blocks"][1]
    assert found["by"] == "ana"


def test_what_is_by_hand_has_a_style_of_its_own_in_word():
    data = make(KARABAKH, OWN, to="docx", date=DATE, analyst="ana")
    styles = {p.text: p.style.name for p in docx.Document(BytesIO(data)).paragraphs}
    assert styles["It was the war."] == "Written"
    assert styles["Watch the border."] == "Written"


def lacks(case, judgments=None, **other) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {one.id: [] for one in STANDARDS}
    basis = Basis(case, judgments or Judgments(), DATE, annex=True, **other)
    for lack in lacking(basis, TITLES):
        found[lack.standard.id].append(lack.said)
    return found


def test_a_bare_case_lacks_what_it_lacks():
    found = lacks(make_case("E1: C I"))
    assert found["ICD 203, 1"] == ["no source is described"]
    assert "no level of confidence is stated" in found["ICD 203, 2"]
    assert found["ICD 203, 3"] == ["no assumption is stated"]
    assert found["ICD 203, 5"] == ["nothing is said of what follows for the reader"]
    assert found["ICD 203, 6"] == ["2 ratings of 2 without a reason"]
    assert found["ICD 203, 7"] == ["nothing is said of earlier judgments"]
    assert found["ICD 203, 8"] == ["no indicator has a date by which it can be checked"]
    assert found["ICD 206, citations"] == ["no source is cited for E1"]
    assert found["ICD 206, source summary"] == ["there is no source to summarise"]


def test_what_an_analyst_writes_fills_the_gaps():
    found = lacks(KARABAKH, OWN)
    for id_ in ("ICD 203, 2", "ICD 203, 5", "ICD 203, 7"):
        assert found[id_] == []


def test_one_hypothesis_has_no_alternative():
    assert "fewer than two" in lacks(make_case("E1: C"))["ICD 203, 4"][0]


def test_a_source_that_may_vanish_wants_a_lasting_copy():
    case = make_case("E1: C I")
    source = Source("a", "A page", url="https://example.org/a")
    case = replace(case, sources=(source,))
    assert lacks(case)["ICD 206, lasting copies"] == [
        "no lasting copy is named of “A page”"
    ]
    nowhere = replace(source, url="")
    assert lacks(replace(case, sources=(nowhere,)))["ICD 206, lasting copies"] == [
        "neither an address nor a lasting copy is named of “A page”"
    ]
    kept = replace(source, archived="https://example.org/copy")
    assert not lacks(replace(case, sources=(kept,)))["ICD 206, lasting copies"]


def test_an_author_and_a_date_of_publication_are_asked_for():
    case = replace(make_case("E1: C I"), sources=(Source("a", "A page", short="Page"),))
    asked = lacks(case)["ICD 206, descriptors"]
    assert "no author is given for “Page”" in asked
    assert "no date of publication is given for “Page”" in asked


@pytest.mark.parametrize(("code", "weighs"), [("I", True), ("C", False)])
def test_an_assumption_that_weighs_is_not_kept_apart_from_what_is_known(code, weighs):
    case = make_case(f"E1: {code} C", "E2: C I")
    first, second = case.evidence
    assumed = replace(case, evidence=(replace(first, kind=Kind.ASSUMPTION), second))
    said = "what is assumed in E1 counts in the scores as if known"
    assert (said in lacks(assumed)["ICD 203, 3"]) == weighs
    assert said not in lacks(case)["ICD 203, 3"]


def test_a_citation_without_a_place_is_named():
    case = make_case("E1: C I", sources={"e1": "a"})
    assert lacks(case)["ICD 206, citations"] == ["no place in a source is given for E1"]
    item = replace(case.evidence[0], sources=(Citation("a", "p. 3"),))
    assert not lacks(replace(case, evidence=(item,)))["ICD 206, citations"]


def test_a_departure_is_a_change_from_an_earlier_judgment():
    case = make_case("E1: C I")
    own = Judgments(ratings={("e1", "h1"): Rating(Consistency.II)})
    assert not lacks(case, own)["ICD 203, 7"]


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("It is likely, and we have high confidence in it.", True),
        ("We are confident that it is almost certain.", True),
        ("It is likely. Our confidence is low.", False),
        ("It is likely\nConfidence is low", False),
        ("Likelihoods differ; confidence is low.", False),
        ("Unlikely as it seems, confidence is low.", True),
    ],
)
def test_a_likelihood_and_confidence_in_one_sentence_are_found(text, both):
    assert mixed(text) == both
    found = lacks(KARABAKH, Judgments(narrative={"bottom-line": text}))
    assert bool(found["ICD 203, D.6.e.(2)(b)"]) == both


def test_the_appendix_lists_every_standard_with_its_lacks():
    (_, table, _) = blocks(OWN, "standards", annex=True)
    found = lacks(KARABAKH, OWN)
    assert [row[0].text for row in table.rows] == [one.id for one in STANDARDS]
    for row in table.rows:
        assert row[3].text == ("; ".join(found[row[0].text]) or MET)
