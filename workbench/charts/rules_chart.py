"""The rank of each hypothesis under each rule, as a table: rules down."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping
from typing import Final

import altair as alt

from workbench.case.model import Rule
from workbench.charts.look import (
    ACCENT,
    BELOW,
    EDGE,
    PAPER,
    ROW,
    heading,
    names_above,
    narrow,
    row_place,
)
from workbench.charts.names import apart
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import Assessment
from workbench.wording import clipped, named, placed, scored
from workbench.wording.ranking import describe_rules

_TITLE: Final = 72  # characters of a name
_LABEL: Final = 10  # of a label over its column
_HEAD: Final = 18  # of a line of a name over its column, where there is room
_HEAD_LINE: Final = 14  # px of such a line; further ones are written below the first
_HEAD_LIMIT: Final = 150  # px that such a line takes at most
_FEW: Final = 8  # hypotheses whose names there is room for
_WORD: Final = 56  # px of a column that takes "rank 10="


def rules_chart(assessments: Mapping[Rule, Assessment]) -> alt.LayerChart:
    """Draw the rank of each hypothesis under each rule: "rank 1", or 1 where narrow."""
    order = next(iter(assessments.values())).in_order
    labels = apart([clipped(one.label, _LABEL) for one in order])
    few = len(order) <= _FEW
    names = [
        textwrap.wrap(named(one, _TITLE), _HEAD) if few else [one.label]
        for one in order
    ]
    rows = [
        {
            "h": named(one, _TITLE),
            "c": label,
            "u": SCHEMES[rule].title,
            "r": placed(result.standing[one.id]),
            "s": scored(result.standing[one.id]),
            "l": result.standing[one.id].rank == 1,
        }
        for rule, result in assessments.items()
        for label, one in zip(labels, order, strict=True)
    ]
    full = json.dumps(dict(zip(labels, names, strict=True)))
    below = _HEAD_LINE * (max(map(len, names), default=1) - 1)
    head_axis = alt.Axis(
        orient="top",
        labelAngle=0,
        labelExpr=narrow("datum.label", f"{full}[datum.label]"),
        labelLimit=_HEAD_LIMIT,
        labelPadding=alt.ExprRef(narrow("2", str(2 + below))),
        labelOverlap=False,
        ticks=False,
        domain=False,
    )
    base = alt.Chart().encode(
        y=row_place("u"),
        tooltip=[
            alt.Tooltip("h:N", title="Hypothesis"),
            alt.Tooltip("u:N", title="Rule"),
            alt.Tooltip("r:N", title="Rank"),
            alt.Tooltip("s:N", title="Score"),
        ],
    )
    column = alt.X("c:N", sort=None, title=None, axis=head_axis)
    cells = base.mark_rect(height=18, yOffset=BELOW, stroke=PAPER).encode(
        x=column,
        color=alt.ColorValue(EDGE, condition={"test": "datum.l", "value": ACCENT}),
    )
    said = f"(width / {max(len(order), 1)} < {_WORD} ? '' : 'rank ') + datum.r"
    ranks = (
        base.transform_calculate(t=said)
        .mark_text(yOffset=BELOW, color=PAPER, fontWeight="bold")
        .encode(x=column, text=alt.Text("t:N"))
    )
    one_each = base.transform_filter(f"datum.c === {json.dumps(labels[:1])}[0]")
    chart = alt.LayerChart(
        layer=[cells, ranks, names_above(one_each, "u")],
        data=alt.InlineData(values=rows),
    )
    return chart.properties(
        title=heading("Rank under each of the published rules"),
        height=alt.Step(ROW),
        description=describe_rules(assessments),
    )
