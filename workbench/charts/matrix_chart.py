"""The matrix as a chart, for a slide.

Its squares have the grid's colours; each code is written in its square, and nothing is
told by colour alone.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from typing import Any, Final

import altair as alt

from workbench.case.model import Consistency
from workbench.charts.look import SENTENCE, name_axis
from workbench.charts.names import apart
from workbench.grid.palette import FILLS, INK, PAPER, STRONG
from workbench.method.scoring import Assessment, Standing
from workbench.wording import clipped, code, named, placed, scored
from workbench.wording.ranking import describe_ranking

_ITEM: Final = 64  # characters of an item's name
_LINES: Final = 4  # of a hypothesis's name
_LINE: Final = 13  # px of one
_LETTER: Final = 6.5  # px of one, on average
_ROW: Final = 22  # px
_FEW: Final = 8  # hypotheses that get wide columns
_WIDE, _NARROW = 104, 62  # px of a column
_EDGE: Final = "#8b979e"
_BLANK: Final = "\u00a0"  # a line of spaces would not be drawn
_UNRATED: Final = " "  # a square without a value would not be drawn
_FILLS: Final = {**FILLS, _UNRATED: PAPER}


def column_width(hypotheses: int) -> int:
    """Give the width in px of a hypothesis's column."""
    return _WIDE if hypotheses <= _FEW else _NARROW


def matrix_chart(assessment: Assessment, items: int) -> alt.LayerChart:
    """Draw the codes: items down, hypotheses across with their ranks and scores.

    Of more than `items` items those are drawn that tell the hypotheses apart most, the
    first of them first.
    """
    matrix = assessment.matrix
    judgments = matrix.basis.judgments
    drawn = list(zip(matrix.evidence, assessment.evidence, strict=True))
    if len(drawn) > items:
        drawn.sort(key=lambda pair: -pair[1].weighted_diagnosticity)
    drawn = drawn[:items]
    letters = int(column_width(len(matrix.hypotheses)) / _LETTER)
    heads = apart(_heads(assessment.hypotheses, letters))
    names = apart([named(item, _ITEM) for item, _ in drawn])
    rows = [
        {
            "e": name,
            "h": head,
            "c": code(judgments.rating(item, hypothesis.id)) or _UNRATED,
        }
        for name, (item, _) in zip(names, drawn, strict=True)
        for head, hypothesis in zip(heads, matrix.hypotheses, strict=True)
    ]
    base = alt.Chart().encode(
        x=alt.X("h:N", sort=None, title=None, axis=_head_axis(heads)),
        y=alt.Y(
            "e:N",
            sort=None,
            title=None,
            axis=name_axis(420),
        ),
    )
    squares = base.mark_rect(stroke=_EDGE, strokeWidth=0.6).encode(fill=_fill(rows))
    codes = base.mark_text(fontSize=12, fontWeight="bold").encode(
        text=alt.Text("c:N"),
        color=alt.ColorValue(
            INK,
            condition={
                "test": alt.FieldOneOfPredicate(field="c", oneOf=sorted(STRONG)),
                "value": PAPER,
            },
        ),
    )
    chart = alt.LayerChart(layer=[squares, codes], data=alt.InlineData(values=rows))
    return chart.properties(
        title="How each item stands to each hypothesis, were the hypothesis true",
        height=alt.Step(_ROW),
        description=clipped(describe_ranking(assessment), SENTENCE),
    )


def _heads(standings: Sequence[Standing], letters: int) -> list[str]:
    """Name columns in lines: the hypothesis, then its rank and score, all level."""
    names = [
        textwrap.wrap(
            named(one),
            letters,
            max_lines=_LINES,
            placeholder="…",
            break_on_hyphens=False,
        )
        for one in standings
    ]
    most = max(map(len, names), default=0)
    return [
        "\n".join(
            [*[_BLANK] * (most - len(name)), *name, f"({placed(one)}) {scored(one)}"]
        )
        for one, name in zip(standings, names, strict=True)
    ]


def _head_axis(heads: Sequence[str]) -> alt.Axis:
    more = max((head.count("\n") for head in heads), default=0)
    return alt.Axis(
        orient="top",
        labelAngle=0,
        labelExpr=r"split(datum.label, '\n')",
        labelOverlap=False,
        labelPadding=more * _LINE + 6,  # Vega leaves room for one line
        labelLineHeight=_LINE,
        labelLimit=_WIDE + 16,
        ticks=False,
        domain=False,
    )


def _fill(rows: list[dict[str, Any]]) -> alt.Fill:
    """Fill the squares by code, with what each code that is drawn means."""
    there = {row["c"] for row in rows}
    meanings = {one.value: f"{one.value} {one.meaning}" for one in Consistency}
    return alt.Fill(
        "c:N",
        title=None,
        scale=alt.Scale(domain=list(_FILLS), range=list(_FILLS.values())),
        legend=alt.Legend(
            orient="bottom",
            columns=3,
            values=[name for name in meanings if name in there],
            symbolType="square",
            symbolStrokeColor=_EDGE,
            labelExpr=f"{json.dumps(meanings)}[datum.label]",
        ),
    )
