"""Colours as files write them, put in one form: #rrggbb, or "" where there is none."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Sequence
from typing import Final

_HEX: Final = re.compile("#?(?:[0-9a-fA-F]{2})?([0-9a-fA-F]{6})")
_SHORT: Final = re.compile("#([0-9a-fA-F]{3})")
_RGB: Final = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3}).*")
# The names of CSS that people type, and those of the first palette of spreadsheets.
_NAMES: Final = {
    "red": "#ff0000",
    "green": "#008000",
    "lime": "#00ff00",
    "yellow": "#ffff00",
    "orange": "#ffa500",
    "blue": "#0000ff",
    "grey": "#808080",
    "gray": "#808080",
    "lightgreen": "#90ee90",
    "darkgreen": "#006400",
    "darkred": "#8b0000",
    "pink": "#ffc0cb",
    "salmon": "#fa8072",
    "lightgrey": "#d3d3d3",
    "lightgray": "#d3d3d3",
    "purple": "#800080",
    "gold": "#ffd700",
    "tomato": "#ff6347",
    "crimson": "#dc143c",
    "lightyellow": "#ffffe0",
    "lightblue": "#add8e6",
    "white": "#ffffff",
}
_INDEXED: Final = (
    *("000000", "ffffff", "ff0000", "00ff00", "0000ff", "ffff00", "ff00ff", "00ffff"),
    *("800000", "008000", "000080", "808000", "800080", "008080", "c0c0c0", "808080"),
    *("9999ff", "993366", "ffffcc", "ccffff", "660066", "ff8080", "0066cc", "ccccff"),
    *("000080", "ff00ff", "ffff00", "00ffff", "800080", "800000", "008080", "0000ff"),
    *("00ccff", "ccffff", "ccffcc", "ffff99", "99ccff", "ff99cc", "cc99ff", "ffcc99"),
    *("3366ff", "33cccc", "99cc00", "ffcc00", "ff9900", "ff6600", "666699", "969696"),
    *("003366", "339966", "003300", "333300", "993300", "993366", "333399", "333333"),
)
_PALETTE: Final = 8  # the number of its first colour, given twice


def plain(text: str) -> str:
    """Read a colour of CSS, or of six or eight digits with the opacity first."""
    text = text.strip().lower()
    if found := _SHORT.fullmatch(text):
        return "#" + "".join(2 * digit for digit in found[1])
    if found := _HEX.fullmatch(text):
        return f"#{found[1]}"
    if found := _RGB.fullmatch(text):
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in found.groups())
    return _NAMES.get(text, "")


def indexed(number: int) -> str:
    """Give a colour of the palette that old workbooks name by number."""
    place = number - _PALETTE if number >= _PALETTE else number
    return f"#{_INDEXED[place]}" if 0 <= place < len(_INDEXED) else ""


def themed(theme: Sequence[str], number: int, tint: float) -> str:
    """Give a colour of a workbook's theme, with a tint of -1 to 1."""
    if not 0 <= number < len(theme) or not (colour := plain(theme[number])):
        return ""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    hue, light, saturation = colorsys.rgb_to_hls(*parts)
    tint = min(max(tint, -1.0), 1.0)
    light = light * (1 + tint) if tint < 0 else light + (1 - light) * tint
    made = colorsys.hls_to_rgb(hue, light, saturation)
    return "#" + "".join(f"{round(part * 255):02x}" for part in made)
