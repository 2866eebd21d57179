"""The ranking as bars, beside the published one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import altair as alt

from workbench.charts.look import (
    ACCENT,
    BELOW,
    QUIET,
    ROW,
    SENTENCE,
    TICK,
    Drawn,
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


@dataclass(frozen=True)
class _Look:
    """All that the specification hangs on."""

    title: str
    along: tuple[float, float]  # the ends of the axis
    has_tick: bool


def ranking_chart(
    assessment: Assessment,
    baseline: Assessment | None = None,
    *,
    travels: bool = True,
) -> alt.LayerChart:
    """Draw the score of each hypothesis by rank, the published score as a tick.

    Rank, score and name stand over the bar. A hypothesis without a rank has no bar. A
    chart that `travels` has shorter names where there are many.
    """
    rows = _rows(assessment, baseline, travels=travels)
    chart = _without_data(_look(assessment, baseline, rows)).copy(deep=False)
    chart.data = alt.InlineData(values=rows)
    return chart.properties(description=_described(assessment))


def ranking_drawn(assessment: Assessment, baseline: Assessment | None = None) -> Drawn:
    """Draw the same for a page, which does so after every rating.

    A new score changes the rows, and the specification only where it passes a step of
    the axis: it is made once, since that takes a hundred times as long as the rows.
    """
    rows = _rows(assessment, baseline, travels=True)
    spec = _specified(_look(assessment, baseline, rows))
    return Drawn(spec, rows, _described(assessment))


def _rows(
    assessment: Assessment, baseline: Assessment | None, *, travels: bool
) -> list[dict[str, Any]]:
    published = baseline.standing if baseline else {}
    many = len(assessment.hypotheses)
    limit = min(_TITLE, _NAMES // max(many, 1)) if travels else _TITLE
    return [_row(one, published.get(one.id), limit) for one in assessment.in_order]


def _look(
    assessment: Assessment, baseline: Assessment | None, rows: list[dict[str, Any]]
) -> _Look:
    scheme = SCHEMES[assessment.rule]
    first = "least" if scheme.least_first else "most"
    title = f"{scheme.title}, {first} first"
    if baseline:
        title += " (tick: published)"
    drawn = [row.get(key) or 0.0 for row in rows for key in ("s", "b")]
    return _Look(title, ends(drawn), baseline is not None)


@lru_cache(maxsize=64)
def _specified(look: _Look) -> Mapping[str, Any]:
    chart = _without_data(look).copy(deep=False)
    chart.data = alt.InlineData(values=[])
    made: dict[str, Any] = chart.to_dict(validate=False)
    return {key: one for key, one in made.items() if key not in ("data", "datasets")}


@lru_cache(maxsize=64)
def _without_data(look: _Look) -> alt.LayerChart:
    scale = alt.Scale(domain=list(look.along), nice=False)
    number = alt.X("s:Q", title=look.title, scale=scale, axis=alt.Axis(tickCount=5))
    tooltip = [
        alt.Tooltip("h:N", title="Hypothesis"),
        alt.Tooltip("v:N", title="Score"),
    ]
    if look.has_tick:
        tooltip.append(alt.Tooltip("b:Q", title="Published", format=".2f"))
    base = alt.Chart()
    bars = base.mark_bar(height=14, yOffset=BELOW).encode(
        x=number,
        color=alt.ColorValue(QUIET, condition={"test": _FIRST, "value": ACCENT}),
        tooltip=tooltip,
    )
    ticks = base.mark_tick(**TICK).encode(x=alt.X("b:Q"))
    # The place of a row is said once for all layers: it travels with every rating.
    chart = alt.layer(bars, ticks, names_above(base, "h")).encode(y=row_place("h"))
    return chart.properties(title="Score of each hypothesis", height=alt.Step(ROW))


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
