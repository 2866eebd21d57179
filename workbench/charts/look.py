"""What charts look like where several look alike: colours, sizes, the axis of names."""

from __future__ import annotations

from typing import Final

import altair as alt

LEAST: Final = "#0d7f8c"
OTHER: Final = "#c8501e"
QUIET: Final = "#68747c"  # takes white text
TEXT: Final = "#717d87"  # legible on white and on black
EDGE: Final = "#5b6770"
INK: Final = "#111"
PAPER: Final = "#fff"
NAME: Final = 260  # px for names
TITLE: Final = 56  # characters of one
SENTENCE: Final = 160  # characters of a description that travel


def name_axis(limit: int = NAME) -> alt.Axis:
    """Give the axis of names: each is drawn, cut at `limit` px."""
    return alt.Axis(labelLimit=limit, labelOverlap=False, ticks=False, domain=False)
