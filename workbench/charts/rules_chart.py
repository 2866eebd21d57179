"""The rank of each hypothesis under each rule, as a table of discs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import altair as alt

from workbench.case.model import Rule
from workbench.charts.look import LEAST, PAPER, QUIET, name_axis
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import Assessment
from workbench.wording import named, placed, scored
from workbench.wording.ranking import describe_rules

_NAME: Final = 230  # px for names
_TITLE: Final = 72  # characters of one


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
    base = alt.Chart().encode(
        x=alt.X("u:N", sort=None, title=None, axis=rule_axis),
        y=alt.Y("h:N", sort=None, title=None, axis=name_axis(_NAME)),
        tooltip=[
            alt.Tooltip("h:N", title="Hypothesis"),
            alt.Tooltip("u:N", title="Rule"),
            alt.Tooltip("r:N", title="Rank"),
            alt.Tooltip("s:N", title="Score"),
        ],
    )
    discs = base.mark_circle(size=520, opacity=1).encode(
        color=alt.condition("datum.l", alt.value(LEAST), alt.value(QUIET))
    )
    ranks = base.mark_text(color=PAPER, fontWeight="bold").encode(text="r:N")
    chart = alt.LayerChart(layer=[discs, ranks], data=alt.InlineData(values=rows))
    return chart.properties(
        title="Rank under each of the published rules",
        height=alt.Step(30),
        description=describe_rules(assessments),
    )
