"""The ranking as bars, beside the published one."""

from __future__ import annotations

from typing import Any, Final

import altair as alt

from workbench.charts.look import INK, LEAST, OTHER, PAPER, SENTENCE, name_axis
from workbench.method.rounding import rounded
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import Assessment, Standing
from workbench.wording import clipped, named, placed, scored
from workbench.wording.ranking import describe_ranking

_FIRST: Final = r"test(/^\(1\D/,datum.h)"  # its name begins with the rank
_BAR: Final = 26  # px a hypothesis
_NAME: Final = 230  # px for names; longer ones are cut, and whole in the tooltip
_NAMES: Final = 400  # characters of all names that travel
_TITLE: Final = 72  # characters of one that do


def ranking_chart(
    assessment: Assessment,
    baseline: Assessment | None = None,
    *,
    travels: bool = True,
) -> alt.LayerChart:
    """Draw the score of each hypothesis by rank, the published score as a tick.

    Rank, score and name are the label of the bar: the axis has a legible colour under
    any theme, and a new score changes the data and not the specification, which a page
    redraws in a fraction of the time. A hypothesis without a rank has no bar. A chart
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
    place = alt.Y("h:N", sort=None, title=None)
    number = alt.X("s:Q", title=title, axis=alt.Axis(tickCount=6))
    tooltip = [
        alt.Tooltip("h:N", title="Hypothesis"),
        alt.Tooltip("v:N", title="Score"),
    ]
    if baseline:
        tooltip.append(alt.Tooltip("b:Q", title="Published", format=".2f"))
    names = name_axis(_NAME)
    bars = (
        alt.Chart()
        .mark_bar(height=16)
        .encode(
            y=place.axis(names),
            x=number,
            color=alt.condition(_FIRST, alt.value(LEAST), alt.value(OTHER)),
            tooltip=tooltip,
        )
    )
    ticks = (
        alt.Chart()
        .mark_tick(
            fill=INK, stroke=PAPER, strokeWidth=1, thickness=4, size=22, opacity=1
        )
        .encode(y=place.axis(names), x="b:Q")
    )
    layered = alt.layer(bars, ticks, data=alt.InlineData(values=rows))
    assert isinstance(layered, alt.LayerChart)  # nothing in it is a facet
    layered.height = alt.Step(_BAR)
    layered.description = _described(assessment)
    return layered


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
