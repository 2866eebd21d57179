"""What a ranking hangs on: tipping points, shares of draws, scores as evidence came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from workbench.case.model import MAX_EMPHASIS
from workbench.charts.look import (
    EDGE,
    LEAST,
    NAME,
    OTHER,
    PAPER,
    SENTENCE,
    TEXT,
    TITLE,
    name_axis,
)
from workbench.charts.names import apart, axis_name
from workbench.method.lead_map import Axis
from workbench.method.rounding import rounded
from workbench.method.scoring import TIE, Assessment
from workbench.method.sensitivity import AsOf, Drawn, Sensitivity, Tipping
from workbench.wording import clipped, measure, named, share
from workbench.wording.fragility import tipped
from workbench.wording.verdict import describe_draws

NEAREST: Final = 25  # tipping points drawn
DAYS: Final = 120  # days drawn
_PLOT, _ENTRY = 340, 26  # px of a plot with its axis, of a line of its legend
_LINES: Final = (
    LEAST,
    OTHER,
    "#7d62c9",
    "#a67c00",
    "#c2417f",
    "#3f8f3f",
    "#4a7fd0",
    "#8c6d5a",
    TEXT,
    "#8a8f1f",
)
_DASHES: Final = ([1, 0], [6, 3], [2, 2], [9, 3, 2, 3], [12, 4])
# rank 1 to the last, from strong to faint, with the colour of the number on it
_RANKS: Final = (
    (LEAST, PAPER),
    ("#4fa3ad", "#000"),
    ("#9cc9ce", "#000"),
    ("#d3dcdf", "#000"),
)
# Beside the emphases there is room for who leads at 0 and at 2: in units of emphasis,
# that of a letter where the plot is narrowest, and the least and the most of it.
_LETTER: Final = 0.048
_LEAST_ROOM, _MOST_ROOM = 0.45, 1.6
_WORDS: Final = 135  # px for who leads
_LEGIBLE: Final = 0.06  # the narrowest bar that takes a number


def tippings(found: Sensitivity) -> list[tuple[Axis, Tipping]]:
    """List the items and sources that have a tipping point, the nearest first."""
    every = [(Axis("evidence", one.id), one) for one in found.tipping_items]
    every += [(Axis("source", one.id), one) for one in found.tipping_sources]
    return sorted(
        (pair for pair in every if pair[1].below or pair[1].above),
        key=lambda pair: _way(pair[1]),
    )


def _way(one: Tipping) -> float:
    tips = [tip for tip in (one.below, one.above) if tip]
    return min(abs(tip.emphasis - one.emphasis) for tip in tips)


def tipping_chart(
    assessment: Assessment, shown: Sequence[tuple[Axis, Tipping]]
) -> alt.LayerChart:
    """Draw emphases as points, and where the first place changes as ticks."""
    names = apart([axis_name(assessment, axis) for axis, _ in shown])
    rows = []
    for name, (_, one) in zip(names, shown, strict=True):
        row: dict[str, Any] = {"n": name, "e": rounded(one.emphasis)}
        if one.below:
            row |= {"b": rounded(one.below.emphasis)}
            row |= {"bw": tipped(assessment, one.below)}
        if one.above:
            row |= {"a": rounded(one.above.emphasis)}
            row |= {"aw": tipped(assessment, one.above)}
        rows.append(row)
    numbers = alt.Axis(values=[0, 0.5, 1, 1.5, 2], format=".1f")
    longest = max(
        (len(row.get(who, "")) for row in rows for who in ("bw", "aw")), default=0
    )
    side = min(max(_LEAST_ROOM, _LETTER * longest), _MOST_ROOM)
    scale = alt.Scale(domain=[-side, MAX_EMPHASIS + side], nice=False)
    title = "Emphasis: the point is now, a tick is where the first place changes"

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=title, scale=scale, axis=numbers)

    axis = alt.Axis(
        labelLimit=NAME,
        labelOverlap=False,
        labelFlush=False,
        ticks=False,
        domain=False,
    )
    tooltip = [
        alt.Tooltip("n:N", title="Item or source"),
        alt.Tooltip("e:Q", title="Emphasis now", format=".2f"),
        alt.Tooltip("b:Q", title="Tips below at", format=".2f"),
        alt.Tooltip("bw:N", title="Then"),
        alt.Tooltip("a:Q", title="Tips above at", format=".2f"),
        alt.Tooltip("aw:N", title="Then"),
    ]
    base = alt.Chart().encode(
        y=alt.Y("n:N", sort=None, title=None, axis=axis), tooltip=tooltip
    )
    layers = []
    for tip, who, way in (("b", "bw", -7), ("a", "aw", 7)):
        there = base.transform_filter(f"isValid(datum.{tip})")
        line = there.mark_rule(color=TEXT, opacity=0.6)
        layers.append(line.encode(x=x("e"), x2=alt.X2(f"{tip}:Q")))
        tick = there.mark_tick(color=OTHER, thickness=3, size=18, opacity=1)
        layers.append(tick.encode(x=x(tip)))
        text = there.mark_text(
            align="left" if way > 0 else "right", dx=way, color=TEXT, limit=_WORDS
        )
        layers.append(text.encode(x=x(tip), text=f"{who}:N"))
    point = base.mark_point(filled=True, size=70, color=LEAST, opacity=1)
    layers.append(point.encode(x=x("e")))
    chart = alt.LayerChart(layer=layers, data=alt.InlineData(values=rows))
    return chart.properties(
        title="Where the first place changes, the nearest first",
        height=alt.Step(26),
        description="Emphasis now and tipping points of items and sources",
    )


def draws_chart(assessment: Assessment, drawn: Drawn) -> alt.LayerChart:
    """Stack the shares of draws in which each hypothesis has each rank."""
    rows = []
    for one in assessment.in_order:
        if one.rank is None:
            continue
        start = 0.0
        for place, part in enumerate(drawn.ranks[one.id], start=1):
            if part <= TIE:
                continue
            fill, ink = _RANKS[min(place, len(_RANKS)) - 1]
            rows.append(
                {
                    "h": named(one, TITLE),
                    "r": place,
                    "s": round(start, 5),
                    "e": round(start + part, 5),
                    "m": round(start + part / 2, 5),
                    "p": share(part),
                    "t": str(place) if part >= _LEGIBLE else "",
                    "f": fill,
                    "i": ink,
                }
            )
            start += part
    axis = name_axis()
    title = "Share of draws, by rank"
    shares = alt.Axis(format=".0%", tickCount=5)
    scale = alt.Scale(domain=[0, 1], nice=False)
    base = alt.Chart().encode(
        y=alt.Y("h:N", sort=None, title=None, axis=axis),
        tooltip=[
            alt.Tooltip("h:N", title="Hypothesis"),
            alt.Tooltip("r:Q", title="Rank"),
            alt.Tooltip("p:N", title="Share of draws"),
        ],
    )
    bars = base.mark_bar(height=20, stroke=EDGE, strokeWidth=0.5).encode(
        x=alt.X("s:Q", title=title, axis=shares, scale=scale),
        x2="e:Q",
        color=alt.Color("f:N", scale=None),
    )
    text = base.mark_text(fontWeight="bold").encode(
        x=alt.X("m:Q", title=title, axis=shares, scale=scale),
        text="t:N",
        color=alt.Color("i:N", scale=None),
    )
    chart = alt.LayerChart(layer=[bars, text], data=alt.InlineData(values=rows))
    return chart.properties(
        title=f"How often each has rank 1, 2, … in {drawn.draws:,} draws",
        height=alt.Step(30),
        description=clipped(describe_draws(assessment, drawn), SENTENCE),
    )


def days_chart(
    assessment: Assessment, days: Sequence[AsOf], chosen: dt.date
) -> alt.LayerChart:
    """Draw the scores as the evidence came in, with the chosen day marked."""
    drawn = thinned(days, chosen)
    names = apart([named(one, TITLE) for one in assessment.hypotheses])
    rows = [
        {"d": day.day.isoformat(), "h": name, "s": rounded(score)}
        for day in drawn
        for name, score in zip(names, day.scores, strict=True)
        if score is not None
    ]
    used = [name for name in names if any(row["h"] == name for row in rows)]
    place = {name: number for number, name in enumerate(names)}
    legend = alt.Legend(
        orient="bottom", columns=2, labelLimit=330, symbolType="stroke", symbolSize=500
    )
    lines = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_line(interpolate="step-after", point=alt.OverlayMarkDef(size=22))
        .encode(
            x=alt.X(
                "d:O",
                title="Days with evidence, in order",
                axis=alt.Axis(labelAngle=-40, labelOverlap=True),
                scale=alt.Scale(padding=0.5),
            ),
            y=alt.Y("s:Q", title=measure(assessment.rule).capitalize()),
            color=alt.Color(
                "h:N",
                title=None,
                legend=legend,
                scale=alt.Scale(
                    domain=used,
                    range=[_LINES[place[name] % len(_LINES)] for name in used],
                ),
            ),
            strokeDash=alt.StrokeDash(
                "h:N",
                title=None,
                legend=legend,
                scale=alt.Scale(
                    domain=used,
                    range=[_DASHES[place[name] % len(_DASHES)] for name in used],
                ),
            ),
            tooltip=[
                alt.Tooltip("h:N", title="Hypothesis"),
                alt.Tooltip("d:O", title="Up to"),
                alt.Tooltip("s:Q", title="Score", format=".2f"),
            ],
        )
    )
    mark = alt.Chart(alt.InlineData(values=[{"d": chosen.isoformat()}])).mark_rule(
        color=TEXT, strokeWidth=2
    )
    marked = mark.encode(x=alt.X("d:O"))
    return alt.LayerChart(layer=[lines, marked]).properties(
        title=f"The scores as evidence came in; the line marks {chosen.isoformat()}",
        height=_PLOT + _ENTRY * -(-len(used) // 2),  # the legend has two columns
        description="Scores of the hypotheses by the dates of the events",
    )


def thinned(days: Sequence[AsOf], chosen: dt.date, limit: int = DAYS) -> list[AsOf]:
    """Take evenly at most `limit` days, with the last and the chosen among them."""
    step = -(-len(days) // limit)
    last = len(days) - 1
    return [
        day
        for number, day in enumerate(days)
        if number % step == 0 or number == last or day.day == chosen
    ]
