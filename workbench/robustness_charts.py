"""What a ranking hangs on, as altair charts: pure functions, data inline and short.

Colours and text fit a light and a dark page alike, and nothing is told by colour alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from workbench.case.model import MAX_EMPHASIS
from workbench.charts import LEAST, OTHER
from workbench.method.lead_map import Axis, LeadMap
from workbench.method.scoring import TIE, Assessment
from workbench.method.sensitivity import AsOf, Drawn, Sensitivity, Tipping
from workbench.wording import (
    clipped,
    describe_draws,
    joined,
    measure,
    named,
    rounded,
    share,
    tipped,
)

NEAREST: Final = 25  # tipping points drawn
DAYS: Final = 120  # days drawn
_NAME: Final = 260  # px for names
_TITLE: Final = 56  # characters of one
_SIDE: Final = 34  # characters of one along a side of the map
_TEXT: Final = "#717d87"  # legible on white and on black
_LINES: Final = (
    "#0d7f8c",
    "#c8501e",
    "#7d62c9",
    "#a67c00",
    "#c2417f",
    "#3f8f3f",
    "#4a7fd0",
    "#8c6d5a",
    "#717d87",
    "#8a8f1f",
)
_FILLS: Final = (
    "#8fd0d6",
    "#f0b394",
    "#c6b8ec",
    "#e8d28a",
    "#efacc9",
    "#a9d6a4",
    "#aac7f0",
    "#d3bfb2",
    "#c4ccd2",
    "#d5d98a",
)
_DASHES: Final = ([1, 0], [6, 3], [2, 2], [9, 3, 2, 3], [12, 4])
# rank 1 to the last, from strong to faint, with the colour of the number on it
_RANKS: Final = (
    (LEAST, "#fff"),
    ("#4fa3ad", "#000"),
    ("#9cc9ce", "#000"),
    ("#d3dcdf", "#000"),
)
_LEGIBLE: Final = 0.06  # the narrowest bar that takes a number


def axis_name(assessment: Assessment, axis: Axis) -> str:
    """Name an item or a source whose emphasis is moved."""
    case = assessment.matrix.basis.case
    if axis.kind == "evidence":
        return named(case.item[axis.id], _TITLE)
    source = case.source.get(axis.id)
    return clipped(f"Source {source.name if source else axis.id}", _TITLE)


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
    # room at both ends for who leads there
    scale = alt.Scale(domain=[-0.75, MAX_EMPHASIS + 0.75], nice=False)
    title = "Emphasis: the point is now, a tick is where the first place changes"

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=title, scale=scale, axis=numbers)

    axis = alt.Axis(labelLimit=_NAME, labelOverlap=False, ticks=False, domain=False)
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
        line = there.mark_rule(color=_TEXT, opacity=0.6)
        layers.append(line.encode(x=x("e"), x2=alt.X2(f"{tip}:Q")))
        tick = there.mark_tick(color=OTHER, thickness=3, size=18, opacity=1)
        layers.append(tick.encode(x=x(tip)))
        text = there.mark_text(
            align="left" if way > 0 else "right", dx=way, color=_TEXT, limit=90
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


def apart(names: Sequence[str]) -> list[str]:
    """Tell equal names apart, as an axis would draw them in one place."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found


def lead_map_chart(assessment: Assessment, found: LeadMap) -> alt.LayerChart:
    """Colour each pair of emphases by who leads there, and mark the present pair."""
    half = MAX_EMPHASIS / (len(found.values) - 1) / 2
    places: dict[tuple[str, ...], list[tuple[float, float]]] = {}
    for y, row in zip(found.values, found.leaders, strict=True):
        for x, leaders in zip(found.values, row, strict=True):
            places.setdefault(leaders, []).append((x, y))
    groups = sorted(places, key=lambda group: -len(places[group]))
    names = {group: _group(assessment, group) for group in groups}
    order = {one.id: number for number, one in enumerate(assessment.hypotheses)}
    # one leader has the same colour on every map; ties come after
    fills = {
        group: _FILLS[order[group[0]] % len(_FILLS)] if len(group) == 1 else "#ffffff"
        for group in groups
    }
    squares = [
        {
            "x": rounded(x),
            "y": rounded(y),
            "l": rounded(x - half),
            "r": rounded(x + half),
            "d": rounded(y - half),
            "u": rounded(y + half),
            "w": names[group],
        }
        for group in groups
        for x, y in places[group]
    ]
    labels = [
        {"x": x, "y": y, "w": names[group]}
        for group in groups
        for x, y in [_middle(places[group])]
    ]
    numbers = alt.Axis(values=[0, 0.5, 1, 1.5, 2], format=".1f", grid=False)
    scale = alt.Scale(domain=[-half, MAX_EMPHASIS + half], nice=False)
    across = f"Emphasis of {clipped(axis_name(assessment, found.x), _SIDE)}"
    upward = f"Emphasis of {clipped(axis_name(assessment, found.y), _SIDE)}"

    def x_of(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=across, scale=scale, axis=numbers)

    def y_of(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", title=upward, scale=scale, axis=numbers)

    rects = (
        alt.Chart(alt.InlineData(values=squares))
        .mark_rect(stroke="#5b6770", strokeWidth=0.4)
        .encode(
            x=x_of("l"),
            x2="r:Q",
            y=y_of("d"),
            y2="u:Q",
            fill=alt.Fill(
                "w:N",
                title="Leads",
                scale=alt.Scale(
                    domain=[names[group] for group in groups],
                    range=[fills[group] for group in groups],
                ),
                legend=alt.Legend(orient="bottom", columns=4, symbolType="square"),
            ),
            tooltip=[
                alt.Tooltip("w:N", title="Leads"),
                alt.Tooltip("x:Q", title="Across", format=".2f"),
                alt.Tooltip("y:Q", title="Up", format=".2f"),
            ],
        )
    )
    words = (
        alt.Chart(alt.InlineData(values=labels))
        .mark_text(color="#111", fontWeight="bold", fontSize=13)
        .encode(x=x_of("x"), y=y_of("y"), text="w:N")
    )
    here = alt.Chart(
        alt.InlineData(values=[{"x": found.at[0], "y": found.at[1], "w": "now"}])
    )
    point = here.mark_point(
        shape="diamond", filled=True, size=190, opacity=1, fill="#111", stroke="#fff"
    ).encode(
        x=x_of("x"),
        y=y_of("y"),
        tooltip=[
            alt.Tooltip("w:N", title="The present pair"),
            alt.Tooltip("x:Q", title="Across", format=".2f"),
            alt.Tooltip("y:Q", title="Up", format=".2f"),
        ],
    )
    return alt.LayerChart(layer=[rects, words, point]).properties(
        title="Who leads at each pair of emphases; the diamond is now",
        height=480,
        description=f"Who leads by two emphases: {joined(names.values())}",
    )


def _group(assessment: Assessment, group: Sequence[str]) -> str:
    labels = [assessment.standing[id_].label for id_ in group]
    return "nobody" if not labels else clipped("=".join(labels), 24)


def _middle(places: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Give the place nearest to the middle of all."""
    x = sum(one[0] for one in places) / len(places)
    y = sum(one[1] for one in places) / len(places)
    return min(places, key=lambda one: (one[0] - x) ** 2 + (one[1] - y) ** 2)


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
                    "h": named(one, _TITLE),
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
    axis = alt.Axis(labelLimit=_NAME, labelOverlap=False, ticks=False, domain=False)
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
    bars = base.mark_bar(height=20, stroke="#5b6770", strokeWidth=0.5).encode(
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
        description=clipped(describe_draws(assessment, drawn), 160),
    )


def replay_chart(
    assessment: Assessment, days: Sequence[AsOf], chosen: dt.date
) -> alt.LayerChart:
    """Draw the scores as the evidence came in, with the chosen day marked."""
    drawn = thinned(days, chosen)
    names = apart([named(one, _TITLE) for one in assessment.hypotheses])
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
        color=_TEXT, strokeWidth=2
    )
    marked = mark.encode(x=alt.X("d:O"))
    return alt.LayerChart(layer=[lines, marked]).properties(
        title=f"The scores as evidence came in; the line marks {chosen.isoformat()}",
        height=380,
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
