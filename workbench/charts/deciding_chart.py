"""What decides between two hypotheses, and what one score is made of, item by item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import altair as alt

from workbench.charts.look import QUIET, SENTENCE, TEXT, TITLE, name_axis
from workbench.charts.names import apart
from workbench.method.rounding import rounded
from workbench.method.scoring import Assessment
from workbench.method.sensitivity import Between, Part
from workbench.wording import clipped, named, shown
from workbench.wording.deciding import describe_between
from workbench.wording.verdict import spoken

ACCENT: Final = "#3b6ea8"
PARTS: Final = 20  # bars drawn
_BAR: Final = 24
_SIDE: Final = 24  # characters of a hypothesis below its side of the plot
_ITEM, _LABEL = 44, 190  # characters and px of an item: a phone has 340 px in all


def between_chart(now: Assessment, between: Between) -> alt.LayerChart:
    """Draw what each item adds to the gap of two: to the right for the one ahead."""
    names = spoken(now)
    a, b = (clipped(names[id_], _SIDE) for id_ in (between.a, between.b))
    chart = _bars(now, between.items, f"← {b} | {a} →", both=True)
    return chart.properties(
        title=f"What decides between {a} and {b}",
        height=alt.Step(_BAR),
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
        title=said, height=alt.Step(_BAR), description=clipped(said, SENTENCE)
    )


def _bars(
    now: Assessment, parts: Sequence[Part], title: str, *, both: bool
) -> alt.LayerChart:
    case = now.matrix.basis.case
    drawn = parts[:PARTS]
    labels = apart([named(case.item[one.evidence], _ITEM) for one in drawn])
    rows = [
        {
            "n": label,
            "v": rounded(one.value),
            "t": shown(one.value),
            "c": ACCENT if one.value > 0 else QUIET,
        }
        for label, one in zip(labels, drawn, strict=True)
    ]
    most = max((abs(one.value) for one in drawn), default=1.0) * 1.25  # for numbers
    scale = alt.Scale(domain=[-most if both else 0.0, most], nice=False)
    axis = name_axis(_LABEL)
    base = alt.Chart().encode(
        y=alt.Y("n:N", sort=None, title=None, axis=axis),
        x=alt.X("v:Q", title=title, scale=scale, axis=alt.Axis(tickCount=5)),
        tooltip=[
            alt.Tooltip("n:N", title="Item"),
            alt.Tooltip("v:Q", title="Adds", format=".2f"),
        ],
    )
    bars = base.mark_bar(height=15).encode(color=alt.Color("c:N", scale=None))
    more, less = (base.transform_filter(f"datum.v {test} 0") for test in (">", "<="))
    right = more.mark_text(align="left", dx=4, color=TEXT).encode(text="t:N")
    left = less.mark_text(align="right", dx=-4, color=TEXT).encode(text="t:N")
    return alt.LayerChart(layer=[bars, right, left], data=alt.InlineData(values=rows))
