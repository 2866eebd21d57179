"""Probabilities as bars, and what moved one of them as a waterfall."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt

from workbench.case.model import Case
from workbench.charts.look import (
    ACCENT,
    BELOW,
    QUIET,
    ROW,
    SENTENCE,
    TEXT,
    TICK,
    TITLE,
    ends,
    heading,
    names_above,
    row_place,
)
from workbench.method.probability import Waterfall
from workbench.method.rounding import rounded
from workbench.wording import clipped, counted, named
from workbench.wording.likely import factor, percent

STEPS: Final = 14  # items drawn by themselves
_FAR: Final = 40.0  # log-odds at which an infinite bar ends
_ROOM: Final = 1.45  # of the axis, 1 and what labels take
_NUMBERS: Final = 0.2  # of the axis, for the numbers right of it


@dataclass(frozen=True)
class Drawn:
    """What is drawn of one hypothesis: a bar from `low` to `high`, a mark, a sign.

    `point` is marked on the bar (None: its end says it all), `before` stands under it.
    """

    hypothesis: str
    low: float
    high: float
    point: float | None
    before: float
    label: str


def probability_chart(
    case: Case, found: Sequence[Drawn], title: str, before: str
) -> alt.LayerChart:
    """Draw probabilities as bars with labels at them, and what they were before.

    What was before stands under the bar, so that it never parts a bar from its label.
    """
    rows = [
        {
            "h": named(case.hypothesis[one.hypothesis], TITLE),
            "l": one.low,
            "u": one.high,
            "p": one.point,
            "t": one.label,
            "b": min(one.before, 1.0),
            "q": None if one.point is None else percent(one.point),
            "w": percent(one.before),
        }
        for one in found
    ]
    # Room for the labels of bars that end at 1.
    scale = alt.Scale(domain=[0, _ROOM], nice=False)
    percents = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], title=None)
    told = [
        alt.Tooltip("h:N", title="Hypothesis"),
        alt.Tooltip("t:N", title="Probability"),
        alt.Tooltip("w:N", title=before),
    ]
    if any(one.point is not None for one in found):
        told.insert(2, alt.Tooltip("q:N", title="Point"))
    base = alt.Chart().encode(y=row_place("h"), tooltip=told)
    bars = base.mark_bar(height=14, yOffset=BELOW, color=QUIET).encode(
        x=alt.X("l:Q", scale=scale, axis=percents), x2=alt.X2("u:Q")
    )
    points = base.mark_tick(**TICK).encode(x=alt.X("p:Q", scale=scale))
    signs = base.mark_point(
        shape="triangle-up",
        filled=True,
        color=TEXT,
        size=40,
        yOffset=BELOW + 12,
        opacity=1,
    ).encode(x=alt.X("b:Q", scale=scale))
    numbers = base.mark_text(align="left", dx=6, yOffset=BELOW, color=TEXT).encode(
        x=alt.X("u:Q", scale=scale), text=alt.Text("t:N")
    )
    chart = alt.LayerChart(
        layer=[bars, points, signs, numbers, names_above(base, "h")],
        data=alt.InlineData(values=rows),
    )
    return chart.properties(
        title=heading(title), height=alt.Step(ROW + 8), description=title
    )


def waterfall_chart(
    case: Case, found: Waterfall, about: str, steps: int = STEPS
) -> alt.LayerChart:
    """Draw how each item moves the log-odds of a hypothesis against a rival.

    The items that move them most are drawn in the order of their labels, the others as
    one; an infinite prior is drawn to the edge. `about` is what it comes to in words.
    """
    rows = _steps(case, found, steps)
    for_, against = case.hypothesis[found.hypothesis], case.hypothesis[found.rival]
    title = f"Log-odds (natural) of {for_.label} against {against.label}"
    fills = {"total": TEXT, "for": ACCENT, "against": QUIET}
    base = alt.Chart().encode(
        y=row_place("n"),
        tooltip=[
            alt.Tooltip("n:N", title="Step"),
            alt.Tooltip("d:Q", title="Adds to the log-odds", format="+.2f"),
            alt.Tooltip("f:N", title="Multiplies the odds by"),
            alt.Tooltip("o:Q", title="Log-odds after it", format="+.2f"),
        ],
    )
    colour = alt.Color(
        "k:N",
        scale=alt.Scale(domain=list(fills), range=list(fills.values())),
        legend=None,
    )
    drawn = ends((row[key] for row in rows for key in ("a", "c")), _NUMBERS)
    scale = alt.Scale(domain=list(drawn), nice=False)
    across = alt.X("a:Q", title=title, scale=scale, axis=alt.Axis(tickCount=5))
    bars = base.mark_bar(height=14, yOffset=BELOW).encode(
        x=across, x2=alt.X2("c:Q"), color=colour
    )
    zero = (
        alt.Chart()
        .mark_rule(color=TEXT, strokeDash=[3, 3])
        .encode(x=alt.XDatum(0, type="quantitative"))
    )
    numbers = base.mark_text(align="left", dx=5, yOffset=BELOW, color=TEXT).encode(
        x=alt.X("r:Q"), text=alt.Text("d:Q", format="+.2f")
    )
    chart = alt.LayerChart(
        layer=[bars, zero, numbers, names_above(base, "n")],
        data=alt.InlineData(values=rows),
    )
    told = f"What moves the odds of {for_.label} against {against.label}"
    return chart.properties(
        title=heading(clipped(told, TITLE + 40)),
        height=alt.Step(ROW),
        description=clipped(about, SENTENCE),
    )


def _steps(case: Case, found: Waterfall, steps: int) -> list[dict[str, Any]]:
    moving = [(id_, step) for id_, step in found.items if rounded(step) != 0]
    largest = {id_ for id_, _ in sorted(moving, key=lambda one: -abs(one[1]))[:steps]}
    drawn = [(id_, step) for id_, step in moving if id_ in largest]
    rest = math.fsum(step for id_, step in found.items if id_ not in largest)
    at = max(-_FAR, min(_FAR, 0.0 if math.isnan(found.prior) else found.prior))
    rows = [_row("Prior", 0.0, at, "total")]
    parts = [(named(case.item[id_], TITLE), step) for id_, step in drawn]
    if others := len(found.items) - len(drawn):
        parts.append((f"{counted(others, 'other item')} together", rest))
    for name, step in parts:
        rows.append(_row(name, at, at + step, "for" if step >= 0 else "against"))
        at += step
    rows.append(_row("Posterior", 0.0, at, "total"))
    return rows


def _row(name: str, start: float, end: float, kind: str) -> dict[str, Any]:
    step = end - start
    return {
        "n": name,
        "a": start + 0.0,
        "c": end + 0.0,
        "o": rounded(end),
        "d": rounded(step),
        "r": max(start, end) + 0.0,
        "f": factor(step),
        "k": kind,
    }
