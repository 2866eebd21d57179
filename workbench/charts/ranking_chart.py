"""The ranking as bars, beside the published one."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from workbench.charts.look import (
    ACCENT,
    BELOW,
    QUIET,
    ROW,
    SENTENCE,
    TICK,
    ends,
    names_above,
    row_place,
)
from workbench.method.rounding import rounded
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import Assessment, Standing
from workbench.wording import clipped, named, placed, scored
from workbench.wording.ranking import describe_ranking

_FIRST: Final = r"test(/^\(1\D/,datum.h)"  # its name begins with the rank
_NAMES: Final = 370  # characters of all names that travel
_TITLE: Final = 72  # characters of one that do


def ranking_chart(
    assessment: Assessment,
    baseline: Assessment | None = None,
    *,
    travels: bool = True,
) -> alt.LayerChart:
    """Draw the score of each hypothesis by rank, the published score as a tick.

    Rank, score and name stand over the bar. A new score changes the data, and the
    specification only where it passes a step of the axis: a page redraws the data in
    a fraction of the time. A hypothesis without a rank has no bar. A chart
    that `travels` has shorter names where there are many.
    """
    published = baseline.standing if baseline else {}
    many = len(assessment.hypotheses)
    limit = min(_TITLE, _NAMES // max(many, 1)) if travels else _TITLE
    rows = [_row(one, published.get(one.id), limit) for one in assessment.in_order]
    scheme = SCHEMES[assessment.rule]
    first = "least" if scheme.least_first else "most"
    title = f"{scheme.title}, {first} first"
    if baseline:
        title += " (tick: published)"
    drawn = [row.get(key) or 0.0 for row in rows for key in ("s", "b")]
    scale = alt.Scale(domain=list(ends(drawn)), nice=False)
    number = alt.X("s:Q", title=title, scale=scale, axis=alt.Axis(tickCount=5))
    tooltip = [
        alt.Tooltip("h:N", title="Hypothesis"),
        alt.Tooltip("v:N", title="Score"),
    ]
    if baseline:
        tooltip.append(alt.Tooltip("b:Q", title="Published", format=".2f"))
    base = alt.Chart().encode(y=row_place("h"))
    bars = base.mark_bar(height=14, yOffset=BELOW).encode(
        x=number,
        color=alt.condition(_FIRST, alt.value(ACCENT), alt.value(QUIET)),
        tooltip=tooltip,
    )
    ticks = base.mark_tick(**TICK).encode(x="b:Q")
    chart = alt.LayerChart(
        layer=[bars, ticks, names_above(base, "h")],
        data=alt.InlineData(values=rows),
    )
    return chart.properties(
        title="Score of each hypothesis",
        height=alt.Step(ROW),
        description=_described(assessment),
    )


def _described(assessment: Assessment) -> str:
    return clipped(describe_ranking(assessment), SENTENCE)


def _row(standing: Standing, published: Standing | None, limit: int) -> dict[str, Any]:
    row: dict[str, Any] = {
        "h": clipped(
            f"({placed(standing)}) {scored(standing)} · {named(standing, _TITLE)}",
            limit,
        ),
        # a row without a score would lose its place on the axis
        "s": 0 if standing.rank is None else rounded(standing.score),
        "v": scored(standing),
    }
    if published is not None:
        row["b"] = None if published.rank is None else rounded(published.score)
    return row
