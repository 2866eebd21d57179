"""The colours of the pages: every text is read in either theme."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.contrast import contrast
from workbench.ui.frame import theme

ROOT = Path(__file__).parents[2]
THEMES = tomllib.loads((ROOT / "workbench/ui/config.toml").read_text())["theme"]
LIGHT, DARK = THEMES["light"], THEMES["dark"]
each_theme = pytest.mark.parametrize("one", [LIGHT, DARK], ids=["light", "dark"])


def faded(text: str, ground: str, by: float) -> str:
    """Give the colour of a text that is drawn with an opacity on a ground."""
    pairs = [(int(text[n : n + 2], 16), int(ground[n : n + 2], 16)) for n in (1, 3, 5)]
    return "#" + "".join(f"{round(a * by + b * (1 - by)):02x}" for a, b in pairs)


@each_theme
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_text_links_and_captions_are_read_on_both_grounds(one, ground):
    (opacity,) = re.findall(r"stCaptionContainer\]\{opacity:([.\d]+)\}", theme.STYLE)
    caption = faded(one["textColor"], one[ground], float(opacity))
    for text in (one["textColor"], one["linkColor"], one["primaryColor"], caption):
        assert contrast(text, one[ground]) >= 4.5


def test_the_text_of_a_primary_button_is_read_in_either_theme():
    button = theme.STYLE.split("stBaseButton-primary")[1].split("}")[0]
    ((light, dark),) = re.findall(r"light-dark\(#(\w+),#(\w+)\)", button)
    assert contrast(f"#{light * 2}", LIGHT["primaryColor"]) >= 4.5
    assert contrast(f"#{dark}", DARK["primaryColor"]) >= 4.5
