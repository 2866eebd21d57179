"""What a ranking hangs on: tipping points, shares of draws, scores as evidence came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from workbench.case.model import MAX_EMPHASIS
from workbench.charts.line_ends import (
    LABEL,
    LINE_NAME,
    end_names,
    ended,
    height,
    told_apart,
)
from workbench.charts.look import (
    ACCENT,
    BELOW,
    EDGE,
    INK,
    PAPER,
    ROW,
    RULE,
    SENTENCE,
    TEXT,
    TITLE,
    ends,
    heading,
    names_above,
    row_place,
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
# rank 1, 2 and beyond: the accent, then greys, each with the colour of its text
_RANKS: Final = (
    (ACCENT, PAPER),
    ("#aab4bb", INK),
    ("#c9d0d5", INK),
    ("#e4e8ea", INK),
)
# Beside the emphases there is room for who leads at 0 and at 2: in units of emphasis,
# that of a letter where the plot is narrowest, and the least and the most of it.
_LETTER: Final = 0.07
_LEAST_ROOM, _MOST_ROOM = 0.45, 1.6
_WORDS: Final = 135  # px for who leads
_LEGIBLE: Final = 0.06  # the narrowest bar that takes a number
_SAID: Final = 0.2  # that takes "rank 1"


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
            row |= {"bw": clipped(tipped(assessment, one.below), SENTENCE)}
        if one.above:
            row |= {"a": rounded(one.above.emphasis)}
            row |= {"aw": clipped(tipped(assessment, one.above), SENTENCE)}
        rows.append(row)
    numbers = alt.Axis(values=[0, 0.5, 1, 1.5, 2], format=".1f")
    longest = max(
        (len(row.get(who, "")) for row in rows for who in ("bw", "aw")), default=0
    )
    side = min(max(_LEAST_ROOM, _LETTER * longest), _MOST_ROOM)
    scale = alt.Scale(domain=[-side, MAX_EMPHASIS + side], nice=False)
    # What leads at 0 or 2 has this share of the width, and would else move the title.
    room = alt.ExprRef(f"min({_WORDS}, {side / (MAX_EMPHASIS + 2 * side):.3f}*width-9)")
    title = "Emphasis"

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=title, scale=scale, axis=numbers)

    tooltip = [
        alt.Tooltip("n:N", title="Item or source"),
        alt.Tooltip("e:Q", title="Emphasis now", format=".2f"),
        alt.Tooltip("b:Q", title="Tips below at", format=".2f"),
        alt.Tooltip("bw:N", title="Then"),
        alt.Tooltip("a:Q", title="Tips above at", format=".2f"),
        alt.Tooltip("aw:N", title="Then"),
    ]
    base = alt.Chart().encode(y=row_place("n"), tooltip=tooltip)
    layers = []
    for tip, who, way in (("b", "bw", -7), ("a", "aw", 7)):
        there = base.transform_filter(f"isValid(datum.{tip})")
        line = there.mark_rule(color=RULE, yOffset=BELOW)
        layers.append(line.encode(x=x("e"), x2=alt.X2(f"{tip}:Q")))
        tick = there.mark_tick(
            color=ACCENT, thickness=3, size=16, opacity=1, yOffset=BELOW
        )
        layers.append(tick.encode(x=x(tip)))
        text = there.mark_text(
            align="left" if way > 0 else "right",
            dx=way,
            yOffset=BELOW,
            color=TEXT,
            limit=room,
        )
        layers.append(text.encode(x=x(tip), text=alt.Text(f"{who}:N")))
    point = base.mark_point(filled=True, size=70, color=TEXT, opacity=1, yOffset=BELOW)
    layers += [point.encode(x=x("e")), names_above(base, "n")]
    chart = alt.LayerChart(layer=layers, data=alt.InlineData(values=rows))
    return chart.properties(
        title=heading(
            "The point is the emphasis now; at a tick the first place changes"
        ),
        height=alt.Step(ROW),
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
                    "t": _told(place, part),
                    "f": fill,
                    "i": ink,
                }
            )
            start += part
    title = "Share of draws"
    shares = alt.Axis(format=".0%", tickCount=5)
    scale = alt.Scale(domain=[0, 1], nice=False)
    base = alt.Chart().encode(
        y=row_place("h"),
        tooltip=[
            alt.Tooltip("h:N", title="Hypothesis"),
            alt.Tooltip("r:Q", title="Rank"),
            alt.Tooltip("p:N", title="Share of draws"),
        ],
    )
    bars = base.mark_bar(height=18, yOffset=BELOW, stroke=EDGE, strokeWidth=0.5).encode(
        x=alt.X("s:Q", title=title, axis=shares, scale=scale),
        x2=alt.X2("e:Q"),
        color=alt.Color("f:N", scale=None),
    )
    text = base.mark_text(fontWeight="bold", yOffset=BELOW).encode(
        x=alt.X("m:Q", title=title, axis=shares, scale=scale),
        text=alt.Text("t:N"),
        color=alt.Color("i:N", scale=None),
    )
    chart = alt.LayerChart(
        layer=[bars, text, names_above(base.transform_filter("datum.s === 0"), "h")],
        data=alt.InlineData(values=rows),
    )
    return chart.properties(
        title=heading(f"How often each has rank 1, 2, … in {drawn.draws:,} draws"),
        height=alt.Step(ROW),
        description=clipped(describe_draws(assessment, drawn), SENTENCE),
    )


def _told(place: int, part: float) -> str:
    """Say a rank within its bar, as far as there is room."""
    if part < _LEGIBLE:
        return ""
    return f"rank {place}" if part >= _SAID else f"#{place}"


def days_chart(
    assessment: Assessment, days: Sequence[AsOf], chosen: dt.date
) -> alt.LayerChart:
    """Draw the scores as the evidence came in, with the chosen day marked.

    Each line is named at its end.
    """
    drawn = thinned(days, chosen)
    labels = apart([clipped(one.label, LABEL) for one in assessment.hypotheses])
    rows: list[dict[str, Any]] = [
        {"d": day.day.isoformat(), "h": name, "s": rounded(score)}
        for day in drawn
        for name, score in zip(labels, day.scores, strict=True)
        if score is not None
    ]
    domain = ends(row["s"] for row in rows)
    used = [name for name in labels if any(row["h"] == name for row in rows)]
    line_names = {
        label: clipped(named(one), LINE_NAME)
        for label, one in zip(labels, assessment.hypotheses, strict=True)
    }
    rows += ended({row["h"]: row["s"] for row in rows}, line_names, domain)
    rows.append({"m": chosen.isoformat()})
    scale = alt.Scale(domain=list(domain), nice=False)
    day = alt.X(
        "d:O",
        title="Days with evidence, in order",
        axis=alt.Axis(labelAngle=-40, labelOverlap=True),
        scale=alt.Scale(padding=0.5),
    )
    colour, dash = told_apart(used, labels)
    lines = (
        alt.Chart()
        .transform_filter("isValid(datum.d)")
        .mark_line(interpolate="step-after", point=alt.OverlayMarkDef(size=22))
        .encode(
            x=day,
            y=alt.Y("s:Q", title=measure(assessment.rule).capitalize(), scale=scale),
            color=colour,
            strokeDash=dash,
            tooltip=[
                alt.Tooltip("h:N", title="Hypothesis"),
                alt.Tooltip("d:O", title="Up to"),
                alt.Tooltip("s:Q", title="Score", format=".2f"),
            ],
        )
    )
    mark = (
        alt.Chart()
        .transform_filter("isValid(datum.m)")
        .mark_rule(color=RULE, strokeWidth=2)
        .encode(x=alt.X("m:O"))
    )
    title = f"The scores as evidence came in; the line marks {chosen.isoformat()}"
    chart = alt.LayerChart(
        layer=[lines, end_names(scale), mark], data=alt.InlineData(values=rows)
    )
    return chart.properties(
        title=heading(title),
        height=height(len(used)),
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
