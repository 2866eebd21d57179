"""Any chart and the matrix as a picture that stands alone, its texts only ever text."""

from __future__ import annotations

import datetime as dt
import struct
from functools import cache
from xml.etree import ElementTree as ET

import pytest

from tests.builders import make_case
from tests.published.at_first import AT_FIRST
from tests.report.hostile import HOSTILE, case, own
from workbench.case.folder import load
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Question
from workbench.errors import WorkbenchError
from workbench.report import Basis
from workbench.report.pictures import PICTURES, draw_picture, source_lines
from workbench.wording import clipped

DATE = dt.date(2024, 5, 1)
KARABAKH = load(AT_FIRST)
DATED = make_case("E1: I C", "E2: C I", dates={"e1": "2026-01-02", "e2": "2026-02-03"})
DRAWN = {"svg", "g", "path", "text", "rect", "line", "defs", "clipPath", "tspan"}
each_picture = pytest.mark.parametrize("name", PICTURES)
WHOLE = Basis(KARABAKH, Judgments(), DATE, "ana")
REPLAYED = Basis(DATED, Judgments(), DATE, "ana")


def basis_of(name):
    """Give what a picture shows; the replay is of a case whose items are dated."""
    return REPLAYED if name == "replay" else WHOLE


def figure(name, the_case=None):
    basis = Basis(the_case, Judgments(), DATE) if the_case else basis_of(name)
    return PICTURES[name].figure(basis)


@cache
def svg(name):
    """Draw a picture as it stands on a slide, with its source below."""
    return draw_picture(figure(name), "svg", source_lines(basis_of(name)))


def texts(svg: bytes) -> list[str]:
    return [
        " ".join(one.itertext())
        for one in ET.fromstring(svg).iter()
        if one.tag.endswith("}text")
    ]


@each_picture
def test_a_picture_has_its_caption_as_its_title(name):
    one = figure(name)
    assert one.caption in texts(svg(name))
    assert one.alt.endswith(".")


@each_picture
def test_a_picture_comes_as_png_sharp_enough_for_a_slide(name):
    data = draw_picture(figure(name), "png")
    assert data.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", data[16:24])
    assert width >= 1400
    assert height >= 400


@each_picture
def test_the_same_picture_is_drawn_twice(name):
    again = draw_picture(figure(name), "svg", source_lines(basis_of(name)))
    assert again == svg(name)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_a_picture_is_text(text):
    basis = Basis(case(text), own(text), DATE)
    for name, picture in PICTURES.items():
        found = picture.figure(basis)
        if found is None:  # nothing in it has a date
            assert name == "replay"
            continue
        for element in ET.fromstring(draw_picture(found, "svg")).iter():
            assert element.tag.split("}")[1] in DRAWN
            assert not [key for key in element.attrib if key.startswith("on")]
            assert not [key for key in element.attrib if "href" in key]


def test_no_row_of_a_picture_carries_more_of_a_text_than_anybody_would_read():
    text = "long " * 1000
    basis = Basis(case(text), own(text), DATE)
    for name, picture in PICTURES.items():
        found = picture.figure(basis)
        rows = found.specify()["datasets"] if found else {}
        assert text[:200] not in str(rows), name


@pytest.mark.parametrize("name", ["ranking", "rules", "draws", "matrix"])
def test_a_name_is_not_cut(name):
    title = "A title of a length that is often found in use"
    (first, *rest) = KARABAKH.hypotheses
    renamed = [type(first)(first.id, first.label, title, first.statement), *rest]
    long = Case(KARABAKH.question, tuple(renamed), KARABAKH.sources, KARABAKH.evidence)
    shown = " ".join(texts(draw_picture(figure(name, long), "svg")))
    assert set(title.split()) <= set(shown.replace("\n", " ").split())


def test_of_a_large_matrix_the_caption_says_how_much_is_drawn():
    assert figure("matrix").caption == "The matrix: the 20 most diagnostic of 65 items"
    small = figure("matrix", make_case("E1: C I", "E2: C II"))
    assert small.caption == "The matrix: 2 items"


def test_the_matrix_is_read_without_colour():
    shown = texts(
        draw_picture(figure("matrix", make_case("E1: CC I", "E2: N II")), "svg")
    )
    assert {"CC", "I", "N", "II"} <= set(shown)
    assert {"CC very consistent", "II very inconsistent"} <= set(shown)


@each_picture
def test_an_empty_case_has_no_picture(name):
    assert figure(name, Case(Question("Why?", "It"))) is None


def test_another_format_is_refused_with_those_that_are_known():
    with pytest.raises(WorkbenchError, match="'gif' is no picture; use png or svg"):
        draw_picture(figure("ranking"), "gif")


@each_picture
def test_a_picture_for_a_slide_says_its_source_and_its_day(name):
    shown = basis_of(name).case
    said = " ".join(texts(svg(name)))
    assert "ana, 2024-05-01, by weighted inconsistency." in said
    assert shown.question.title in said
    for source in shown.sources:
        assert clipped(source.spoken, 30).rstrip("…") in said
    assert ("CC very consistent" in said) == (name == "matrix")
