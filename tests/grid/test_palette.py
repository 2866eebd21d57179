"""The codes have one colour everywhere: the grid's."""

from __future__ import annotations

import re
from importlib import resources

from workbench.case.model import Consistency
from workbench.grid.palette import FILLS, INK, PAPER, STRONG

CSS = (resources.files("workbench.grid") / "grid.css").read_text(encoding="utf-8")
NAMED = {"--teal": "#0d7f8c", "--fg": INK, "--bg": PAPER}


def mixed(rule: str) -> str:
    """Work out a colour of the grid on white paper."""
    found = re.match(r"color-mix\(in srgb,(.*?) (\d+)%,(.*)\)$", rule)
    if not found:
        return rule
    part = int(found[2]) / 100
    one, other = (
        [int(c[i : i + 2], 16) for i in (1, 3, 5)]
        for c in (named(found[1]), named(found[3]))
    )
    parts = [a * part + b * (1 - part) for a, b in zip(one, other, strict=True)]
    return "#" + "".join(f"{int(x + 0.5):02x}" for x in parts)


def named(text: str) -> str:
    return NAMED[text[4:-1]] if text.startswith("var(") else text


def test_each_code_has_the_grid_s_colour_on_paper():
    codes = [code.value for code in Consistency]
    for number, code in enumerate(codes[:5]):
        rule = re.search(rf"\.r{number}\{{background:([^;}}]+)[;}}]", CSS)
        shown = mixed(rule[1])
        assert shown == FILLS[code], code
    assert {"CC", "II"} == STRONG


def test_the_report_s_page_has_the_same_colours():
    css = (resources.files("workbench.report") / "report.css.jinja").read_text()
    light = css.split("@media")[0]
    for name, code in (("cc", "CC"), ("c", "C"), ("n", "N"), ("i", "I"), ("ii", "II")):
        assert f"--{name}: {FILLS[code]}" in light
