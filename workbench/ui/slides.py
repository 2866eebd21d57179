"""A picture for a slide: chosen, looked at and downloaded on the Report page."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from workbench.report.content.basis import Basis
from workbench.report.content.blocks import Figure
from workbench.report.pictures import MEDIA, PICTURES, draw_picture, source_lines
from workbench.ui import preview, round_stand, sign_in, state
from workbench.ui.controls import literal

_WIDEST: Final = 900  # px that a picture is given


@sign_in.part
def draw(basis: Basis) -> None:
    """Offer the pictures of a report; one is drawn when it is chosen, not before."""
    whose = [*basis.others, *([] if basis.analyst is None else [basis.analyst])]
    if round_stand.is_shut("a picture of the report", whose):
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        chosen = st.selectbox(
            "Picture",
            list(PICTURES),
            index=None,
            key="slide_picture",
            format_func=lambda id_: PICTURES[id_].name,
            placeholder="Choose a picture",
            persist_state="session",
            width=280,
        )
        to = st.segmented_control(
            "File",
            list(MEDIA),
            key="slide_format",
            default="png",
            required=True,
            format_func=str.upper,
            persist_state="session",
        )
    if chosen is None:
        return
    to = to or "png"
    figure = PICTURES[chosen].figure(basis)
    if figure is None:
        st.info("This case has nothing to draw there yet.")
        return
    source = source_lines(basis)
    named = f"{PICTURES[chosen].name} {basis.case.question.title}"
    st.download_button(
        f"Download {to.upper()}",
        round_stand.guarded(
            partial(draw_picture, figure, to, source), "a picture of the report", whose
        ),
        file_name=preview.file_name(named, basis.date, to),
        mime=MEDIA[to],
        key="slide_download",
        icon=":material/download:",
        on_click="ignore",
    )
    shown = _shown(state.revision(), figure, to, source)
    with st.container(border=True, width=_WIDEST):
        # A browser shows an SVG in a picture without running anything in it.
        st.image(shown.decode() if to == "svg" else shown, alt=figure.alt)
    st.caption(literal(figure.alt))


@st.cache_data(
    max_entries=16, show_spinner=False, hash_funcs={Figure: lambda figure: figure.id}
)
def _shown(revision: str, figure: Figure, to: str, source: tuple[str, ...]) -> bytes:
    """Draw a picture for the screen, once for one revision."""
    del revision  # only part of the key
    return draw_picture(figure, to, source)
