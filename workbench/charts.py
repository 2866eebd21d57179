"""Results as altair charts: pure functions, small specifications.

A chart travels on every edit, so that its data are inline and short; colours and text
fit a light and a dark page alike, and nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import altair as alt

from workbench.case.model import Rule
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import Assessment, Standing
from workbench.wording import (
    clipped,
    describe_ranking,
    describe_rules,
    named,
    placed,
    rounded,
    scored,
)

LEAST: Final = "#0d7f8c"
OTHER: Final = "#c8501e"
_FIRST: Final = r"test(/^\(1\D/,datum.h)"  # its name begins with the rank
_BAR: Final = 26  # px a hypothesis
_NAME: Final = 230  # px for names; longer ones are cut, and whole in the tooltip
_SENTENCE: Final = 160  # characters of the description that travel
_NAMES: Final = 400  # characters of all names that travel
_TITLE: Final = 72  # characters of one that do


def ranking_chart(
    assessment: Assessment, baseline: Assessment | None = None
) -> alt.LayerChart:
    """Draw the score of each hypothesis by rank, the published score as a tick.

    Rank, score and name are the label of the bar: the axis has a legible colour under
    any theme, and a new score changes the data and not the specification, which a page
    redraws in a fraction of the time. A hypothesis without a rank has no bar.
    """
    published = baseline.standing if baseline else {}
    limit = min(_TITLE, _NAMES // max(len(assessment.hypotheses), 1))
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
    names = alt.Axis(labelLimit=_NAME, labelOverlap=False, ticks=False, domain=False)
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
            fill="#111", stroke="#fff", strokeWidth=1, thickness=4, size=22, opacity=1
        )
        .encode(y=place.axis(names), x="b:Q")
    )
    layered = alt.layer(bars, ticks, data=alt.InlineData(values=rows))
    assert isinstance(layered, alt.LayerChart)  # nothing in it is a facet
    layered.height = alt.Step(_BAR)
    layered.description = _described(assessment)
    return layered


def _described(assessment: Assessment) -> str:
    return clipped(describe_ranking(assessment), _SENTENCE)


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


def rules_chart(assessments: Mapping[Rule, Assessment]) -> alt.LayerChart:
    """Draw the rank of each hypothesis under each rule, as a table of discs."""
    order = next(iter(assessments.values())).in_order
    rows = [
        {
            "h": named(one, _TITLE),
            "u": SCHEMES[rule].title,
            "r": placed(result.standing[one.id]),
            "s": scored(result.standing[one.id]),
            "l": result.standing[one.id].rank == 1,
        }
        for one in order
        for rule, result in assessments.items()
    ]
    rule_axis = alt.Axis(
        orient="top",
        labelAngle=0,
        labelExpr="split(datum.label,' ')",
        labelOverlap=False,
        labelPadding=16,  # Vega leaves room for one line, and these have two
        labelLimit=120,
        ticks=False,
        domain=False,
    )
    name_axis = alt.Axis(
        labelLimit=_NAME, labelOverlap=False, ticks=False, domain=False
    )
    base = alt.Chart().encode(
        x=alt.X("u:N", sort=None, title=None, axis=rule_axis),
        y=alt.Y("h:N", sort=None, title=None, axis=name_axis),
        tooltip=[
            alt.Tooltip("h:N", title="Hypothesis"),
            alt.Tooltip("u:N", title="Rule"),
            alt.Tooltip("r:N", title="Rank"),
            alt.Tooltip("s:N", title="Score"),
        ],
    )
    discs = base.mark_circle(size=520, opacity=1).encode(
        color=alt.condition("datum.l", alt.value(LEAST), alt.value("#68747c"))
    )
    ranks = base.mark_text(color="#fff", fontWeight="bold").encode(text="r:N")
    chart = alt.LayerChart(layer=[discs, ranks], data=alt.InlineData(values=rows))
    return chart.properties(
        title="Rank under each of the published rules",
        height=alt.Step(30),
        description=describe_rules(assessments),
    )
