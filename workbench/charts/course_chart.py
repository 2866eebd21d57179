"""How the ranking went over the work: scores or ranks, change by change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, TypeAlias

import altair as alt

from workbench.case.editing.plan import Renamed
from workbench.charts.line_ends import (
    LABEL,
    LINE_NAME,
    end_names,
    ended,
    height,
    told_apart,
)
from workbench.charts.look import (
    RULE,
    SENTENCE,
    TEXT,
    ends,
    heading,
)
from workbench.charts.names import apart
from workbench.method.rounding import rounded
from workbench.method.scoring import Assessment
from workbench.record.history import Step, renamed_by
from workbench.wording import clipped, measure, named

DRAWN: Final = 240  # steps
_MARKS: Final = 24  # snapshots whose names there is room for
_MARK: Final = 18  # characters of one
Shown: TypeAlias = Literal["scores", "ranks"]


def course_chart(
    now: Assessment,
    steps: Sequence[Step],
    snapshots: Mapping[int, str],
    shown: Shown = "scores",
) -> alt.LayerChart:
    """Draw the active hypotheses' scores or ranks after each change of the work.

    Lines are named at their ends; `snapshots` are names by place, marked by a rule.
    Where there are many changes some are drawn, and all that moved the ranking as far
    as there is room.
    """
    labels = apart([clipped(one.label, LABEL) for one in now.hypotheses])
    ids = {one.id: name for one, name in zip(now.hypotheses, labels, strict=True)}
    rows = _rows(steps, ids, shown)
    values = [row["s"] for row in rows]
    domain = ends(values) if shown == "scores" else (1.0, max([2.0, *values]))
    used = [name for name in labels if any(row["h"] == name for row in rows)]
    names = {ids[one.id]: clipped(named(one), LINE_NAME) for one in now.hypotheses}
    last = {row["h"]: row["s"] for row in rows}
    rows += ended(last, names, domain)
    number = {one.place: at for at, one in enumerate(steps)}
    marked = [
        {"m": _before(number, place), "w": clipped(name, _MARK)}
        for place, name in list(snapshots.items())[-_MARKS:]
    ]
    rows += marked
    turned = shown == "ranks"
    scale = alt.Scale(domain=list(domain), nice=False, reverse=turned)
    title = "Rank" if turned else measure(now.rule).capitalize()
    whole = alt.Axis(tickMinStep=1, format="d")
    change = alt.X(
        "x:Q",
        title="Changes, in their order",
        axis=whole,
        scale=alt.Scale(domain=[0, max(len(steps) - 1, 1)], nice=False),
    )
    colour, dash = told_apart(used, labels)
    lines = (
        alt.Chart()
        .transform_filter("isValid(datum.x)")
        .mark_line(interpolate="step-after")
        .encode(
            x=change,
            y=alt.Y(
                "s:Q", title=title, scale=scale, axis=whole if turned else alt.Axis()
            ),
            color=colour,
            strokeDash=dash,
            tooltip=[
                alt.Tooltip("h:N", title="Hypothesis"),
                alt.Tooltip("x:Q", title="After change"),
                alt.Tooltip("s:Q", title=title, format="d" if turned else ".2f"),
                alt.Tooltip("d:N", title="On"),
            ],
        )
    )
    layers = [lines, end_names(scale)]
    if marked:
        layers += _snapshots()
    chart = alt.LayerChart(layer=layers, data=alt.InlineData(values=rows))
    what = "Ranks" if turned else "Scores"
    return chart.properties(
        title=heading(f"{what} over the work, after each change"),
        height=height(len(used)),
        description=clipped(
            f"{what} of {len(used)} hypotheses over {len(steps) - 1} changes", SENTENCE
        ),
    )


def _snapshots() -> list[alt.Chart]:
    marks = alt.Chart().transform_filter("isValid(datum.m)")
    rule = marks.mark_rule(color=RULE, strokeDash=[3, 3]).encode(
        x=alt.X("m:Q"), tooltip=[alt.Tooltip("w:N", title="Snapshot")]
    )
    text = marks.mark_text(
        align="right", baseline="bottom", angle=270, dx=-4, dy=-3, color=TEXT
    ).encode(x=alt.X("m:Q"), y=alt.PositionValueDef(0), text=alt.Text("w:N"))
    return [rule, text]


def _before(number: Mapping[int, int], place: int) -> int:
    """Give the number of the last step at or before a place."""
    return max((at for found, at in number.items() if found <= place), default=0)


def _rows(
    steps: Sequence[Step], labels: Mapping[str, str], shown: Shown
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    ids = dict(labels)  # ids as they were at the step, by turning renames back
    chosen = thinned(steps)
    for at in range(len(steps) - 1, -1, -1):
        step = steps[at]
        if at in chosen:
            ranks = step.ranks
            for id_, label in ids.items():
                score = step.scores.get(id_)
                if score is None:
                    continue
                told = rounded(score) if shown == "scores" else ranks[id_][0]
                day = step.entries[0].at[:10] if step.entries else "the start"
                rows.append({"x": at, "h": label, "s": told, "d": day})
        ids = _earlier(ids, renamed_by(step.entries))
    rows.reverse()
    return rows


def _earlier(ids: dict[str, str], renamed: Renamed) -> dict[str, str]:
    """Turn ids of after an action into those of before it."""
    old = {new: was for was, new in renamed.hypotheses.items()}
    return {old.get(id_, id_): label for id_, label in ids.items()} if old else ids


def thinned(steps: Sequence[Step], limit: int = DRAWN) -> set[int]:
    """Take at most about `limit` steps: evenly, the last, and what moved the ranking.

    A move is drawn with the step before it.
    """
    last = len(steps) - 1
    if last < limit:
        return set(range(len(steps)))
    moved = [
        at for at in range(1, last + 1) if steps[at].ranking != steps[at - 1].ranking
    ]
    every = -(-len(moved) * 4 // limit) or 1
    kept = set(moved[::every])
    kept |= {at - 1 for at in kept}
    stride = -(-2 * last // limit)
    return kept | set(range(0, last, stride)) | {0, last}
