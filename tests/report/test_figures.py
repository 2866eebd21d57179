"""Every figure can be drawn, and says in words what its picture shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from tests.builders import make_case, make_judgments
from tests.published.at_first import AT_FIRST
from tests.report.hostile import HOSTILE, own
from tests.report.hostile import case as hostile
from workbench.case.folder import load
from workbench.case.judgments import Judgments
from workbench.report import compose
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import Figure
from workbench.report.content.figures import png, svg
from workbench.report.pictures import PICTURES

DATE = dt.date(2024, 5, 1)
KARABAKH = load(AT_FIRST)
DRAWN = {"svg", "g", "path", "text", "rect", "line", "defs", "clipPath", "tspan"}


def figures(case=KARABAKH, judgments=None):
    basis = Basis(case, judgments or Judgments(), DATE)
    drawn = {id_: one.figure(basis) for id_, one in PICTURES.items()}
    return {id_: figure for id_, figure in drawn.items() if figure}


NAMED = {"ranking": "H1 Ukraine", "rules": "H1 Ukraine", "tipping": "E1"}


@pytest.mark.parametrize("name", NAMED)
def test_a_figure_is_drawn_with_its_names_and_says_what_it_shows(name):
    figure = figures()[name]
    drawn = svg(figure)
    assert drawn.startswith("<svg")
    assert NAMED[name] in drawn
    assert png(figure).startswith(b"\x89PNG")
    assert figure.alt.endswith(".")


def test_the_ranking_s_figure_follows_the_judgments():
    own = make_judgments({("contingent-strength", "ukraine-manpower"): "II"})
    assert svg(figures()["ranking"]) != svg(figures(judgments=own)["ranking"])


def test_a_case_without_a_ranking_has_no_figures():
    assert set(figures(make_case("E1: - -"))) == {"matrix"}


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_drawn_as_text(text):
    report = compose(Basis(hostile(text), own(text), DATE, "a"))
    drawn = [
        svg(block)
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Figure)
    ]
    assert drawn
    for one in drawn:
        for element in ET.fromstring(one).iter():
            assert element.tag.split("}")[1] in DRAWN
            assert not [name for name in element.attrib if name.startswith("on")]


@pytest.mark.parametrize("text", ["\U0001f642" * 60, "x\x1b\x00\ufffe" * 20])
def test_a_figure_is_drawn_whatever_its_names_hold(text):
    case = make_case("E1: C I", "E2: CC II", hypotheses=["H1", "H2"])
    named = replace(
        case, hypotheses=tuple(replace(h, title=text) for h in case.hypotheses)
    )
    for figure in figures(named).values():
        assert png(figure).startswith(b"\x89PNG")


def test_of_many_tipping_points_the_caption_says_how_many_are_drawn():
    rows = ["E1: I C", *(f"E{n}: C I" for n in range(2, 15)), "E15: II C"]
    found = figures(make_case(*rows, credibility={"e1": 10.9}))["tipping"]
    assert found.caption == "Where the first place changes, the 12 nearest of 15"
