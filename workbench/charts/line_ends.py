"""Lines of hypotheses, told apart without a legend: named at their ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt

from workbench.charts.look import DASHES, TEXT, hypothesis_colour, narrow

PLOT: Final = 340  # px of height, more where many names need it
_APART: Final = 15  # px between two names
LINE_NAME: Final = 26  # characters of a hypothesis at the end of its line
LABEL: Final = 10  # of its label, where there is no room for more


def height(lines: int) -> int:
    """Give the height of a plot whose lines are named at their ends, in px."""
    return max(PLOT, _APART * lines)


def ended(
    last: Mapping[str, float], names: Mapping[str, str], domain: tuple[float, float]
) -> list[dict[str, Any]]:
    """Place the name of each line near its last value, none on another.

    last, names: by the label that a line goes by.
    """
    least, most = domain
    step = (most - least) * _APART / height(len(last))
    places: list[list[Any]] = []
    for label in sorted(last, key=lambda one: last[one]):
        low = places[-1][0] + step if places else least
        places.append([max(last[label], low), label])
    top = most
    for place in reversed(places):
        place[0] = min(place[0], top)
        top = place[0] - step
    return [{"h": label, "n": names[label], "y": round(y, 4)} for y, label in places]


def told_apart(
    used: Sequence[str], labels: Sequence[str]
) -> tuple[alt.Color, alt.StrokeDash]:
    """Give each line the colour and the dashes of its hypothesis.

    used: the labels of the lines drawn; labels: of all hypotheses, in their order.
    """
    places = [labels.index(name) for name in used]
    colours = [hypothesis_colour(place) for place in places]
    dashes = [DASHES[place % len(DASHES)] for place in places]
    drawn = list(used)
    return (
        alt.Color("h:N", legend=None, scale=alt.Scale(domain=drawn, range=colours)),
        alt.StrokeDash("h:N", legend=None, scale=alt.Scale(domain=drawn, range=dashes)),
    )


def end_names(scale: alt.Scale) -> alt.Chart:
    """Write the rows of `ended`: the whole name, or the label where it is narrow."""
    found: alt.Chart = (
        alt.Chart()
        .transform_filter("isValid(datum.n)")
        .transform_calculate(t=narrow("datum.h", "datum.n"))
        .mark_text(align="left", dx=8, color=TEXT)
        .encode(
            x=alt.PositionValueDef(alt.ExprRef("width")),
            y=alt.Y("y:Q", scale=scale),
            text=alt.Text("t:N"),
        )
    )
    return found
