"""What charts share: colours told apart on either page, axes that stay, short heads."""

from __future__ import annotations

import ast
import colorsys
import itertools
import json
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_case
from tests.contrast import contrast
from workbench.charts import look
from workbench.charts.deciding_chart import between_chart, parts_chart
from workbench.charts.probability_charts import waterfall_chart
from workbench.charts.ranking_chart import ranking_chart
from workbench.charts.rules_chart import rules_chart
from workbench.method.contributions import Between, Part
from workbench.method.matrix import build
from workbench.method.probability import Waterfall
from workbench.method.scoring import assess, every_rule

ROOT = Path(__file__).parents[2]
THEMES = tomllib.loads((ROOT / "workbench/ui/config.toml").read_text())["theme"]
PAGES = [THEMES["light"]["backgroundColor"], THEMES["dark"]["backgroundColor"]]
CODES = {"consistent": "#0d7f8c", "inconsistent": "#c8501e"}


def test_each_channel_is_named_by_its_class():
    """For one written in short, Altair goes through its 569 schemas: 2 ms each time."""
    found = [
        f"{path.name}:{node.lineno}"
        for path in (ROOT / "workbench/charts").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if is_short(node)
    ]
    assert found == []
    assert is_short(ast.parse("base.encode(x='a:Q')").body[0].value)


def is_short(node: ast.AST) -> bool:
    match node:
        case ast.Call(ast.Attribute(attr="encode"), keywords=given_):
            short = (ast.Constant, ast.JoinedStr, ast.Dict)
            return any(isinstance(one.value, short) for one in given_)
        case ast.Attribute(ast.Name("alt"), "value" | "datum" | "condition"):
            return True
    return False


def hue(colour: str) -> float:
    """Give a colour's hue in degrees."""
    red, green, blue = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    return colorsys.rgb_to_hls(red, green, blue)[0] * 360


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "colour", [*look.HYPOTHESES, look.ACCENT, look.QUIET, look.RULE]
)
def test_a_mark_is_told_from_either_page(colour, page):
    assert contrast(colour, page) >= 3


@pytest.mark.parametrize("colour", look.HYPOTHESES)
def test_a_name_is_read_on_the_colour_of_its_hypothesis(colour):
    assert contrast("#111111", colour) >= 4.5


def test_the_colours_of_ten_hypotheses_differ():
    assert len(set(look.HYPOTHESES)) == 10
    for one, other in itertools.combinations(look.HYPOTHESES, 2):
        apart = [
            abs(int(one[n : n + 2], 16) - int(other[n : n + 2], 16)) for n in (1, 3, 5)
        ]
        assert max(apart) >= 24


@pytest.mark.parametrize("colour", [*look.HYPOTHESES, look.ACCENT])
def test_no_hypothesis_and_no_bar_has_the_hue_of_a_code(colour):
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    if max(red, green, blue) - min(red, green, blue) < 80:
        return  # too grey to be taken for either
    for code in CODES.values():
        assert abs(hue(colour) - hue(code)) > 15


@given(st.lists(st.floats(-1e6, 1e6), max_size=8))
def test_an_axis_holds_what_is_drawn_and_the_nought(values):
    least, most = look.ends(values)
    assert least <= 0 <= most
    assert least < most
    assert "-0.0" not in map(str, (least, most))
    assert all(least <= one * (1 - 1e-9) or one >= 0 for one in values)
    assert all(one * (1 - 1e-9) <= most for one in values)


@pytest.mark.parametrize(("before", "after"), [(2.11, 2.86), (31.0, 39.9), (0.4, 0.32)])
def test_an_axis_stays_while_the_hand_moves_a_value(before, after):
    assert look.ends([before]) == look.ends([after])


def test_an_axis_is_not_left_half_empty_by_much():
    for value in (0.11, 1.01, 2.2, 7.0, 16.0, 99.0):
        assert look.ends([value])[1] <= value * 1.5


def test_a_short_heading_is_one_text_and_a_long_one_breaks_where_it_is_narrow():
    assert look.heading("Short").to_dict() == {"text": "Short"}
    said = look.heading(("word " * 20).strip()).to_dict()["text"]["expr"]
    assert "containerSize" in said
    assert said.endswith(json.dumps([("word " * 20).strip()]))


def charts():
    matrix = build(make_case("E1: CC I II", "E2: C N I"))
    now = assess(matrix)
    yield ranking_chart(now)
    yield rules_chart(every_rule(matrix))
    yield parts_chart(now, (), now.hypotheses[0].id)


def test_no_text_of_a_chart_is_small_and_each_has_the_page_s_colour_or_a_ground():
    def texts(value):
        if isinstance(value, list):
            return [one for part in value for one in texts(part)]
        if not isinstance(value, dict):
            return []
        own = [value] if value.get("type") == "text" else []
        return own + [one for part in value.values() for one in texts(part)]

    for chart in charts():
        marks = texts(chart.to_dict())
        assert marks
        for mark in marks:
            assert mark.get("fontSize", look.SMALL) >= 11
            assert mark.get("color") in (look.TEXT, look.PAPER)
    assert contrast("#ffffff", look.ACCENT) >= 4.5
    assert contrast("#ffffff", look.EDGE) >= 4.5


def test_a_minus_on_a_chart_is_the_one_that_its_axis_has():
    now = assess(build(make_case("E1: CC II", "E2: I CC", "E3: C II")))
    parts = (Part("e1", 2.0), Part("e2", -1.0))
    between = Between("h1", "h2", 1.0, parts)
    rows = between_chart(now, between).data.values
    told = [row["t"] for row in rows]
    assert {one[0] for one in told} > {"\u2212"}
    assert "-" not in "".join(told)


def test_no_chart_holds_a_minus_zero():
    steps = [("e1", 1e-9), ("e2", -1e-9), ("e3", -2.0), ("e1", 2.0)]
    case = make_case("E1: CC I", "E2: C N", "E3: C N")
    found = Waterfall("h1", "h2", -0.0, tuple(steps), -0.0)
    for chart in (*charts(), waterfall_chart(case, found, "Nothing moves.")):
        assert re.findall(r"-0(?:\.0*)?(?![.\d])", chart.to_json()) == []
