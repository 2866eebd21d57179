"""The map of two emphases and what follows at a point of it; neither is found here."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from workbench.charts.lead_map_chart import PICK, lead_map_chart
from workbench.method.lead_map import LeadMap
from workbench.method.scoring import Assessment
from workbench.ui import controls
from workbench.ui.controls import literal
from workbench.ui.lead_map_controls import Tried
from workbench.wording.fragility import describe_pair


def draw(
    now: Assessment, mapped: LeadMap, point: Tried, on_pick: Callable[[], None]
) -> None:
    """Draw who leads over the map, and the point that is tried."""
    chart = controls.chart_of(
        "map",
        mapped,
        lambda: lead_map_chart(now, mapped, point.at, point.turn),
        point.at,
        point.turn,
    )
    controls.draw_chart(chart, "map", picks=PICK, on_pick=on_pick)
    st.caption(
        "Drag on the map, or use the sliders. Each square is ranked at its middle; "
        "every other emphasis stays as it is. A white square is a tie."
    )


def tell(there: Assessment, mapped: LeadMap, point: Tried) -> None:
    """Say who leads at the point."""
    st.markdown(literal(describe_pair(there, point.at, now=point.at == mapped.at)))
