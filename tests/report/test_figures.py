"""Every figure can be drawn, and says in words what its picture shows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.builders import make_case, make_judgments
from tests.report.hostile import HOSTILE, case
from workbench.case.folder import load
from workbench.case.judgments import Judgments
from workbench.report import compose
from workbench.report.basis import Basis
from workbench.report.blocks import Figure
from workbench.report.figures import png, svg

DATE = dt.date(2024, 5, 1)
SHIPPED = load(Path(__file__).parents[2])


def figures(case=SHIPPED, judgments=None):
    report = compose(Basis(case, judgments or Judgments(), DATE))
    return {
        block.id: block
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Figure)
    }


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
    assert not figures(make_case("E1: - -"))


@pytest.mark.parametrize("text", [*HOSTILE, "\x00", "\ud800", "\U0001f642" * 60])
def test_hostile_titles_are_drawn_as_text(text):
    for figure in figures(case(text)).values():
        ET.fromstring(svg(figure))
