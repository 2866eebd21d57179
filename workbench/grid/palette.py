"""The colours of the codes, one set for the grid and for everything made of it.

They are those of `grid.css` on white paper: teal for consistent, orange for not, CC and
II the strongest. Each code is written in its cell, so that colour only helps.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PAPER: Final = "#ffffff"
INK: Final = "#17232b"
FILLS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "CC": "#0b6573",
        "C": "#add3d8",
        "N": "#eff0f0",
        "I": "#f5ceb4",
        "II": "#a93912",
        "NA": PAPER,
    }
)
STRONG: Final = frozenset({"CC", "II"})  # dark enough for white letters


def ink(code: str) -> str:
    """Give the colour of a code's letters on its fill."""
    return PAPER if code in STRONG else INK
