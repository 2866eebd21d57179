"""What decides between two hypotheses, and what one score is made of, item by item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import altair as alt

from workbench.charts.look import (
    ACCENT,
    BELOW,
    MINUS,
    QUIET,
    ROW,
    SENTENCE,
    TEXT,
    TITLE,
    ends,
    heading,
    names_above,
    row_place,
)
from workbench.charts.names import apart
from workbench.method.rounding import rounded
from workbench.method.scoring import Assessment
from workbench.method.sensitivity import Between, Part
from workbench.wording import clipped, named, shown
from workbench.wording.deciding import describe_between
from workbench.wording.verdict import spoken

PARTS: Final = 20  # bars drawn
_SIDE: Final = 24  # characters of a hypothesis below its side of the plot


def between_chart(now: Assessment, between: Between) -> alt.LayerChart:
    """Draw what each item adds to the gap of two: to the right for the one ahead."""
    names = spoken(now)
    a, b = (clipped(names[id_], _SIDE) for id_ in (between.a, between.b))
    chart = _bars(now, between.items, f"← {b} | {a} →", both=True)
    return chart.properties(
        title=heading(f"What decides between {a} and {b}"),
        height=alt.Step(ROW),
        description=clipped(describe_between(now, between), SENTENCE),
    )


def parts_chart(
    now: Assessment, parts: Sequence[Part], hypothesis: str
) -> alt.LayerChart:
    """Draw what each item adds to one score."""
    name = clipped(spoken(now)[hypothesis], TITLE)
    score = shown(now.standing[hypothesis].score)
    said = f"What the score of {name}, {score}, is made of"
    both = any(one.value < 0 for one in parts)
    chart = _bars(now, parts, "Adds to the score", both=both)
    return chart.properties(
        title=heading(said), height=alt.Step(ROW), description=clipped(said, SENTENCE)
    )


def _bars(
    now: Assessment, parts: Sequence[Part], title: str, *, both: bool
) -> alt.LayerChart:
    case = now.matrix.basis.case
    drawn = parts[:PARTS]
    labels = apart([named(case.item[one.evidence], TITLE) for one in drawn])
    rows = [
        {
            "n": label,
            "v": rounded(one.value),
            "t": shown(one.value).replace("-", MINUS),
            "c": ACCENT if one.value > 0 else QUIET,
        }
        for label, one in zip(labels, drawn, strict=True)
    ]
    most = ends(abs(one.value) for one in drawn)[1] * 1.25  # for numbers
    scale = alt.Scale(domain=[-most if both else 0.0, most], nice=False)
    base = alt.Chart().encode(
        y=row_place("n"),
        x=alt.X("v:Q", title=title, scale=scale, axis=alt.Axis(tickCount=5)),
        tooltip=[
            alt.Tooltip("n:N", title="Item"),
            alt.Tooltip("v:Q", title="Adds", format=".2f"),
        ],
    )
    bars = base.mark_bar(height=14, yOffset=BELOW).encode(
        color=alt.Color("c:N", scale=None)
    )
    more, less = (base.transform_filter(f"datum.v {test} 0") for test in (">", "<="))
    right = more.mark_text(align="left", dx=4, yOffset=BELOW, color=TEXT).encode(
        text=alt.Text("t:N")
    )
    left = less.mark_text(align="right", dx=-4, yOffset=BELOW, color=TEXT).encode(
        text=alt.Text("t:N")
    )
    return alt.LayerChart(
        layer=[bars, right, left, names_above(base, "n")],
        data=alt.InlineData(values=rows),
    )
