"""The controls of the map of two emphases: its sides, and the point that is tried.

A point that is tried changes nothing until the analyst takes its emphases over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.case.entry import EntryKind, Value
from workbench.case.model import MAX_EMPHASIS, NEUTRAL_EMPHASIS
from workbench.charts.lead_map_chart import PICK, picked
from workbench.charts.names import apart, axis_name
from workbench.charts.robustness_charts import tippings
from workbench.errors import WorkbenchError
from workbench.method.lead_map import Axis, LeadMap
from workbench.method.scoring import Assessment
from workbench.method.sensitivity import Sensitivity, source_ids
from workbench.ui import state
from workbench.wording.terms import BY_KEY

_STEP = 0.05
_KINDS = {"evidence": EntryKind.EMPHASIS, "source": EntryKind.SOURCE_EMPHASIS}


@dataclass(frozen=True)
class Tried:
    """The pair of emphases that is tried; `turn` counts moves made off the chart."""

    x: Axis
    y: Axis
    at: tuple[float, float]
    turn: int = 0


@dataclass(frozen=True)
class Sides:
    """The two emphases of the map, and the places of their sliders."""

    x: Axis
    y: Axis
    across: DeltaGenerator
    upward: DeltaGenerator


def choose_sides(offered: Sequence[Axis], now: Assessment) -> Sides:
    """Choose the two emphases, of two or more."""
    x = _side("Across", "map_x", offered, now)
    across = st.container()
    y = _side("Up", "map_y", [axis for axis in offered if axis != x], now)
    return Sides(x, y, across, st.container())


def try_point(mapped: LeadMap, sides: Sides) -> Tried:
    """Give the point that is tried, with a slider under each side."""
    with sides.across:
        _slider("Emphasis across", "map_at_x", mapped, 0)
    with sides.upward:
        _slider("Emphasis up", "map_at_y", mapped, 1)
    return _tried(mapped)


def take_over(mapped: LeadMap, point: Tried) -> None:
    """Offer to take the point's emphases over, and to go back to the present."""
    still = point.at == mapped.at
    with st.container(horizontal=True):
        used = st.button(
            "Use these emphases",
            key="map_use",
            icon=":material/check:",
            disabled=still,
            on_click=_use,
            args=(point,),
            help="Writes both to your judgments, as one action to undo",
        )
        st.button(
            "Back to the present",
            key="map_back",
            icon=":material/undo:",
            disabled=still,
            on_click=_move,
            args=(mapped, mapped.at),
        )
    if used:
        st.rerun()  # all of the page hangs on the emphases, not this part alone


# ---------------------------------------------------------------- its sides


def axes(found: Sensitivity) -> list[Axis]:
    """Offer every item and cited source, those with the nearest tips first."""
    matrix = found.assessment.matrix
    near = [axis for axis, _ in tippings(found)]
    cited = {c.source for item in matrix.evidence for c in item.sources}
    every = [Axis("source", id_) for id_ in source_ids(matrix) if id_ in cited]
    every += [Axis("evidence", item.id) for item in matrix.evidence]
    return list(dict.fromkeys(near + every))


def _side(label: str, name: str, offered: Sequence[Axis], now: Assessment) -> Axis:
    default = offered[0]
    kept = state.view(name, default)
    # Streamlit tells options apart by what is shown.
    shown = [axis_name(now, axis) for axis in offered]
    names = dict(zip(offered, apart(shown), strict=True))
    key = state.seed(name, kept if kept in offered else default)
    st.selectbox(
        label,
        offered,
        key=key,
        format_func=lambda axis: names[axis],
        on_change=lambda: state.set_view(name, state.widget(name)),
    )
    return kept if kept in offered else default


# ---------------------------------------------------------------- the point


def _tried(mapped: LeadMap) -> Tried:
    """Give the point: where it was put on this very map, else the present pair."""
    kept: Tried | None = state.view("map_point", None)
    if kept and (kept.x, kept.y) == (mapped.x, mapped.y):
        return kept
    return Tried(mapped.x, mapped.y, mapped.at)


def _slider(label: str, name: str, mapped: LeadMap, side: int) -> None:
    def slid() -> None:
        at = list(_tried(mapped).at)
        at[side] = float(state.widget(name))
        _move(mapped, (at[0], at[1]))

    st.slider(
        label,
        0.0,
        MAX_EMPHASIS,
        step=_STEP,
        key=state.seed(name, _tried(mapped).at[side]),
        on_change=slid,
        help=BY_KEY["emphasis"].meaning,
    )


def _move(mapped: LeadMap, at: tuple[float, float]) -> None:
    """Put the point elsewhere by other means than the chart."""
    before = _tried(mapped)
    _keep(replace(before, at=at, turn=before.turn + 1))


def pick(mapped: LeadMap) -> None:
    """Put the point where the chart was picked."""
    selection = state.widget("map")["selection"].get(PICK, [])
    if (at := picked(selection)) is not None:
        _keep(replace(_tried(mapped), at=at))


def _keep(point: Tried) -> None:
    """Remember the point and its sides: what is offered first depends on the scores."""
    state.set_view("map_x", point.x)
    state.set_view("map_y", point.y)
    state.set_view("map_point", point)


def _use(point: Tried) -> None:
    changes: list[list[Value]] = [
        [_KINDS[axis.kind].value, axis.id, None, None if x == NEUTRAL_EMPHASIS else x]
        for axis, x in zip((point.x, point.y), point.at, strict=True)
    ]
    try:
        state.act(changes)
    except WorkbenchError as error:
        state.leave_message(f"Not changed: {error}")
