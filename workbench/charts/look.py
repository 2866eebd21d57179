"""What charts look like where several look alike: colours, sizes, names, axes.

Text takes the colour of the page it stands on, so that it is as legible as the page's
own. Every other colour is told from a white page and from the dark one at 3:1 at least,
and no hypothesis is teal or orange: those say consistent and inconsistent.
"""

from __future__ import annotations

import json
import math
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
from altair.utils.schemapi import disable_debug_mode

# Held against the schema at each step, a chart takes twice as long, and a page of them
# half as long again. The tests hold each of them against it.
disable_debug_mode()

ACCENT: Final = "#3b6ea8"
QUIET: Final = "#75828b"
TEXT: Final = "currentColor"
RULE: Final = "#75828b"  # lines that carry no text
INK: Final = "#111"  # on a hypothesis's colour, and on light squares
PAPER: Final = "#fff"
EDGE: Final = "#5b6770"
NAME: Final = 260  # px for names
TITLE: Final = 56  # characters of one
SENTENCE: Final = 160  # characters of a description that travel
SMALL: Final = 12  # px of text; nothing on a chart is smaller
ROW: Final = 38  # px of a row with its name above its mark
# One for each hypothesis in the order of the case, the same in every chart. All take
# INK as text.
HYPOTHESES: Final = (
    "#5f8fdc",
    "#d0699f",
    "#a08a20",
    "#9d7fd9",
    "#5f9c4c",
    "#de6a70",
    "#8a93a0",
    "#c06fd0",
    "#a98568",
    "#8f9440",
)
DASHES: Final = ([1, 0], [6, 3], [2, 2], [9, 3, 2, 3], [12, 4])
MINUS: Final = "\u2212"  # as Vega writes it at the axes
_NARROW: Final = 600  # px of the place, below which there is no room beside the plot
_LINE: Final = 44  # characters of a heading on a narrow page
_ABOVE: Final = 11  # px of a name over the middle of its row, of a mark below it
_ENDS: Final = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
# What a chart on a page overrides of the look that Streamlit gives it, whose grey
# texts have less than 4.5:1.
ON_PAGE: Final[Mapping[str, Any]] = {
    # A chart is one picture with a sentence, not a hundred marks without names.
    "mark": {"aria": False},
    "axis": {"labelColor": TEXT, "titleColor": TEXT, "labelFontSize": SMALL},
    "legend": {"labelColor": TEXT, "titleColor": TEXT, "labelFontSize": SMALL},
    "text": {"fontSize": SMALL},
    "title": {"offset": 12, "fontSize": 14},
}


@dataclass(frozen=True)
class Drawn:
    """A chart as a page takes it: what it looks like, its data, a sentence on it."""

    spec: Mapping[str, Any]
    rows: list[dict[str, Any]]
    description: str


def name_axis(limit: int = NAME) -> alt.Axis:
    """Give the axis of names: each is drawn, cut at `limit` px."""
    return alt.Axis(labelLimit=limit, labelOverlap=False, ticks=False, domain=False)


_ASIDE: Final = 3  # px from the plot's edge, where an axis may stand


def names_above(rows: alt.Chart, field: str) -> alt.Chart:
    """Write the name of each row over its mark, from the plot's left edge.

    Beside the plot, names leave it no width on a phone.
    """
    names: alt.Chart = rows.mark_text(
        align="left",
        yOffset=-_ABOVE,
        color=TEXT,
        limit=alt.ExprRef(f"width - {_ASIDE}"),
    ).encode(x=alt.PositionValueDef(_ASIDE), text=alt.Text(f"{field}:N"))
    return names


def row_place(field: str) -> alt.Y:
    """Place rows in the order they come, without an axis: `names_above` names them."""
    return alt.Y(f"{field}:N", sort=None, title=None, axis=None)


BELOW: Final = _ABOVE - 2  # px of a row's mark below the middle, under its name
# A short line across a bar, to be seen on every colour.
TICK: Final[Mapping[str, Any]] = {
    "fill": INK,
    "stroke": PAPER,
    "strokeWidth": 1,
    "thickness": 4,
    "size": 18,
    "opacity": 1,
    "yOffset": BELOW,
}


def hypothesis_colour(number: int) -> str:
    """Give the colour of the hypothesis that is `number` in the case, from 0."""
    return HYPOTHESES[number % len(HYPOTHESES)]


def narrow(then: str, otherwise: str) -> str:
    """Say in Vega's language what holds on a narrow page, and elsewhere on paper."""
    # What names no signal is not looked at again when the page gets narrower.
    place = "containerSize()[0] + 0 * width"
    return f"{place} < {_NARROW} ? {then} : {otherwise}"


def heading(text: str) -> alt.TitleParams:
    """Head a chart, in lines where the page is narrow."""
    lines = textwrap.wrap(text, _LINE, break_on_hyphens=False)
    if len(lines) < 2:  # noqa: PLR2004  one line fits anywhere
        return alt.TitleParams(text=text)
    said = narrow(json.dumps(lines), json.dumps([text]))
    return alt.TitleParams(text=alt.ExprRef(said))


def ends(values: Iterable[float], room: float = 0.0) -> tuple[float, float]:
    """Give the ends of an axis that holds 0 and `values`, in coarse steps.

    While a value is moved the axis stays as it is until a step is passed. `room` is
    added at the right, as a part of the axis, for numbers beside the bars.
    """
    every = list(values)
    least = 0.0 - _step(max((-one for one in every), default=0.0))
    most = _step(max(every, default=0.0))
    if most == least:
        most = 1.0
    return least, most + room * (most - least)


def _step(most: float) -> float:
    """Give the least of the steps 1, 1.5, 2, 3 ... times a power of ten that holds."""
    if most <= 0 or not math.isfinite(most):
        return 0.0
    scale = 10.0 ** math.floor(math.log10(most))
    return next(end * scale for end in _ENDS if end * scale >= most * (1 - 1e-12))
