"""The map of two emphases on screen: its sides, and the point that is tried on it.

A point that is tried changes nothing until the analyst takes its emphases over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from workbench.case.entry import EntryKind, Value
from workbench.case.model import MAX_EMPHASIS, NEUTRAL_EMPHASIS
from workbench.charts.lead_map_chart import PICK, lead_map_chart, picked
from workbench.charts.names import apart, axis_name
from workbench.charts.robustness_charts import tippings
from workbench.errors import WorkbenchError
from workbench.method.lead_map import Axis, LeadMap, lead_map, moved
from workbench.method.matrix import Matrix
from workbench.method.scoring import Assessment, assess
from workbench.method.sensitivity import Sensitivity, source_ids
from workbench.ui import controls, state
from workbench.ui.controls import literal
from workbench.wording.fragility import describe_pair

_STEP = 0.05
_KINDS = {"evidence": EntryKind.EMPHASIS, "source": EntryKind.SOURCE_EMPHASIS}


@dataclass(frozen=True)
class Tried:
    """The pair of emphases that is tried; `turn` counts moves made off the chart."""

    x: Axis
    y: Axis
    at: tuple[float, float]
    turn: int = 0


def draw(found: Sensitivity) -> None:
    """Draw the map, the point with its sliders, and what follows there."""
    now = found.assessment
    offered = axes(found)
    if len(offered) < 2:  # noqa: PLR2004  a map has two sides
        st.caption("A map needs two items or sources.")
        return
    panes = st.grid(2, min_column_width=470, gap="large")
    with panes.cell():
        place = st.container()
    with panes.cell():
        x = axis_control("Across", "map_x", offered, offered[0], now)
        across = st.container()
        rest = [axis for axis in offered if axis != x]
        y = axis_control("Up", "map_y", rest, rest[0], now)
        upward = st.container()
        mapped = lead_map_of(now.matrix, x, y)
        point = _tried(mapped)
        with across:
            _slider("Emphasis across", "map_at_x", mapped, 0)
        with upward:
            _slider("Emphasis up", "map_at_y", mapped, 1)
        _there(now, mapped, point)
    with place:
        controls.draw_chart(
            lead_map_chart(now, mapped, point.at, point.turn),
            "map",
            picks=PICK,
            on_pick=lambda: _picked(mapped),
        )
        st.caption(
            "Drag on the map, or use the sliders. Each square is ranked at its middle; "
            "every other emphasis stays as it is. A white square is a tie."
        )


def _there(now: Assessment, mapped: LeadMap, point: Tried) -> None:
    """Say who leads at the point, and offer to take its emphases over."""
    still = point.at == mapped.at
    if still:
        there = now
    else:
        pair = dict(zip((point.x, point.y), point.at, strict=True))
        there = assess(moved(now.matrix, pair))
    st.markdown(literal(describe_pair(there, point.at, now=still)))
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


def lead_map_of(matrix: Matrix, x: Axis, y: Axis) -> LeadMap:
    """Map two emphases, once for one fingerprint."""
    return _mapped(matrix.basis.fingerprint, x, y, matrix)


@st.cache_resource(
    max_entries=32,
    show_spinner=False,
    hash_funcs={Axis: lambda axis: (axis.kind, axis.id)},
)
def _mapped(fingerprint: str, x: Axis, y: Axis, _matrix: Matrix) -> LeadMap:
    del fingerprint  # only the key
    return lead_map(_matrix, x, y)


# ---------------------------------------------------------------- its sides


def axes(found: Sensitivity) -> list[Axis]:
    """Offer every item and cited source, those with the nearest tips first."""
    matrix = found.assessment.matrix
    near = [axis for axis, _ in tippings(found)]
    cited = {c.source for item in matrix.evidence for c in item.sources}
    every = [Axis("source", id_) for id_ in source_ids(matrix) if id_ in cited]
    every += [Axis("evidence", item.id) for item in matrix.evidence]
    return list(dict.fromkeys(near + every))


def axis_control(
    label: str, name: str, offered: Sequence[Axis], default: Axis, now: Assessment
) -> Axis:
    """Choose an item or a source whose emphasis is moved on the map."""
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
    )


def _move(mapped: LeadMap, at: tuple[float, float]) -> None:
    """Put the point elsewhere by other means than the chart."""
    before = _tried(mapped)
    _keep(replace(before, at=at, turn=before.turn + 1))


def _picked(mapped: LeadMap) -> None:
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
