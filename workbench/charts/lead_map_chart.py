"""The map of two emphases as a chart, on which a point can be dragged.

The drag happens in the browser; what leads at the point it ends on is said elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

import altair as alt

from workbench.case.model import MAX_EMPHASIS
from workbench.charts.look import EDGE, INK, PAPER, heading, hypothesis_colour
from workbench.charts.names import axis_name
from workbench.method.lead_map import LeadMap
from workbench.method.rounding import rounded
from workbench.method.scoring import Assessment
from workbench.wording import clipped, joined

PICK: Final = "pick"  # the selection: the square under the pointer
_SIDE: Final = 34  # characters of a name along a side
_CLEAR: Final = 0.25  # of emphasis between a name and a mark
_GROUP: Final = 24  # characters of those that lead a square
Pair: TypeAlias = tuple[float, float]
_DRAGGED: Final = "pointerdown, [pointerdown, window:pointerup] > pointermove"
_LETTER: Final = 0.075  # of emphasis, that of a name where the map is narrowest


def lead_map_chart(
    assessment: Assessment, found: LeadMap, chosen: Pair, turn: int
) -> alt.LayerChart:
    """Colour each pair of emphases by who leads there; mark the present and the chosen.

    `turn` goes with each pick, so that the same square can be picked again after the
    point was moved by other means. The point and it change the data and never the
    specification, which keeps the chart on screen.
    """
    names, fills = _named(assessment, found)
    rows: list[dict[str, Any]] = [
        {"t": "square", "x": rounded(x), "y": rounded(y), "w": name, "k": turn}
        for name, places in names.items()
        for x, y in places
    ]
    marks = (found.at, chosen)
    named = {
        name: place
        for name, places in names.items()
        if (place := _room(places, marks, len(name) * _LETTER, found.values[1]))
    }
    rows += [
        {"t": "name", "x": x, "y": y, "w": name, "k": turn}
        for name, (x, y) in named.items()
    ]
    for kind, word, (x, y) in (
        ("now", "the present pair", found.at),
        ("chosen", "the pair tried", chosen),
    ):
        rows.append({"t": kind, "x": x, "y": y, "w": word, "k": turn})
    layers = _layers(
        tuple(
            f"Emphasis of {clipped(axis_name(assessment, axis), _SIDE)}"
            for axis in (found.x, found.y)
        ),
        MAX_EMPHASIS / (len(found.values) - 1) / 2,
        fills,
        [name for name in fills if name not in named],
    )
    chart = alt.LayerChart(layer=layers, data=alt.InlineData(values=rows))
    return chart.properties(
        title=heading(
            "Who leads at each pair of emphases: the diamond is now, the ring is what "
            "you try"
        ),
        height=480,
        description=f"Who leads by two emphases: {joined(fills)}",
    )


def _layers(
    titles: tuple[str, ...],
    half: float,
    fills: dict[str, str],
    unnamed: Sequence[str],
) -> list[alt.Chart]:
    """Lay squares, names and marks over one another; `half` is that of a side.

    Those that no square has room to name stand in a legend.
    """
    numbers = alt.Axis(values=[0, 0.5, 1, 1.5, 2], format=".1f", grid=False)
    scale = alt.Scale(domain=[-half, MAX_EMPHASIS + half], nice=False)

    def across(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title=titles[0], scale=scale, axis=numbers)

    def upward(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", title=titles[1], scale=scale, axis=numbers)

    def only(kind: str) -> alt.Chart:
        return alt.Chart().transform_filter(f"datum.t === '{kind}'")

    tooltip = [
        alt.Tooltip("w:N", title="Here"),
        alt.Tooltip("x:Q", title="Across", format=".2f"),
        alt.Tooltip("y:Q", title="Up", format=".2f"),
    ]
    pick = alt.selection_point(
        name=PICK,
        fields=["x", "y", "k"],
        on=_DRAGGED,
        toggle=False,
        clear=False,
        empty=False,
    )
    legend = (
        alt.Legend(orient="bottom", columns=3, symbolType="square", values=[*unnamed])
        if unnamed
        else None
    )
    colours = alt.Scale(domain=list(fills), range=list(fills.values()))
    squares = only("square").transform_calculate(
        l=f"datum.x-{half}",
        r=f"datum.x+{half}",
        d=f"datum.y-{half}",
        u=f"datum.y+{half}",
    )
    ends = {"x2": alt.X2("r:Q"), "y2": alt.Y2("u:Q")}
    places = {"x": across("l"), "y": upward("d"), **ends}
    point = {"x": across("x"), "y": upward("y")}
    return [
        squares.mark_rect(stroke=EDGE, strokeWidth=0.4, cursor="pointer")
        .encode(
            **places,
            fill=alt.Fill("w:N", title="Leads", scale=colours, legend=legend),
            tooltip=tooltip,
        )
        .add_params(pick),
        squares.transform_filter(pick)
        .mark_rect(fillOpacity=0, stroke=INK, strokeWidth=3)
        .encode(**places),
        only("name")
        .mark_text(color=INK, fontWeight="bold", fontSize=13)
        .encode(**point, text=alt.Text("w:N")),
        only("now")
        .mark_point(
            shape="diamond",
            filled=True,
            size=150,
            opacity=1,
            fill=INK,
            stroke=PAPER,
        )
        .encode(**point, tooltip=tooltip),
        only("chosen")
        .mark_point(size=420, opacity=1, stroke=PAPER, strokeWidth=6, filled=False)
        .encode(**point),
        only("chosen")
        .mark_point(size=420, opacity=1, stroke=INK, strokeWidth=3, filled=False)
        .encode(**point, tooltip=tooltip),
    ]


def _named(
    assessment: Assessment, found: LeadMap
) -> tuple[dict[str, list[Pair]], dict[str, str]]:
    """Give the places and the fill of each group that leads somewhere, largest first.

    One leader has the same fill on every map; ties are white.
    """
    places: dict[tuple[str, ...], list[Pair]] = {}
    for y, row in zip(found.values, found.leaders, strict=True):
        for x, leaders in zip(found.values, row, strict=True):
            places.setdefault(leaders, []).append((x, y))
    order = {one.id: number for number, one in enumerate(assessment.hypotheses)}
    names: dict[str, list[Pair]] = {}
    fills = {}
    for group in sorted(places, key=lambda group: -len(places[group])):
        name = _group(assessment, group)
        names.setdefault(name, []).extend(places[group])
        alone = len(group) == 1
        fills[name] = hypothesis_colour(order[group[0]]) if alone else "#ffffff"
    return names, fills


def _group(assessment: Assessment, group: Sequence[str]) -> str:
    labels = [assessment.standing[id_].label for id_ in group]
    return "nobody" if not labels else clipped("=".join(labels), _GROUP)


def _room(
    places: Sequence[Pair], marks: Sequence[Pair], width: float, step: float
) -> Pair | None:
    """Find where a name of `width`, in emphasis, stands whole on the squares of one.

    The widest run of squares in a row, and of those alike the one nearest the middle
    of all, so that no name lies over an axis, another's squares or a mark.
    """
    x, y = (sum(one[side] for one in places) / len(places) for side in (0, 1))
    best: tuple[tuple[float, float], Pair] | None = None
    for height in {one[1] for one in places}:
        for left, right in _runs(sorted(p for p, q in places if q == height), step):
            middle = (left + right) / 2
            if right - left + step < width or any(
                abs(middle - mx) < width / 2 + _CLEAR / 2 and abs(height - my) < _CLEAR
                for mx, my in marks
            ):
                continue
            away = (middle - x) ** 2 + (height - y) ** 2
            rank = (-(right - left), away)
            if best is None or rank < best[0]:
                best = rank, (rounded(middle), rounded(height))
    return best[1] if best else None


def _runs(across: Sequence[float], step: float) -> list[Pair]:
    """Give the runs of neighbouring squares of a row: the first and last of each."""
    runs: list[Pair] = []
    for one in across:
        if runs and one - runs[-1][1] < step * 1.5:
            runs[-1] = (runs[-1][0], one)
        else:
            runs.append((one, one))
    return runs


def picked(selection: Sequence[Mapping[str, Any]]) -> Pair | None:
    """Read the pair that was picked on the chart, if any."""
    if not selection:
        return None
    x, y = selection[0].get("x"), selection[0].get("y")
    for value in (x, y):
        if not isinstance(value, int | float) or not 0 <= value <= MAX_EMPHASIS:
            return None
    return float(x), float(y)  # type: ignore[arg-type]  # they are numbers, as seen
