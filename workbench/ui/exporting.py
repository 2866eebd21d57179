"""The case written for another tool, on the Report page: what is lost is said first."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from workbench import exchange
from workbench.case.judgments import Judgments
from workbench.case.model import Case
from workbench.exchange import Written
from workbench.ui import preview, round_stand, sign_in, state
from workbench.ui.controls import literal


@sign_in.part
def draw(case: Case, judgments: Judgments, date: dt.date, analyst: str | None) -> None:
    """Offer the case for another tool; it is written once a tool is chosen."""
    whose, what = ([] if analyst is None else [analyst]), "the case for another tool"
    if round_stand.is_shut(what, whose):
        return
    to = st.selectbox(
        "Write the case for",
        list(exchange.TARGETS),
        index=None,
        key="export_to",
        format_func=lambda to: exchange.TARGETS[to].title,
        placeholder="Choose a tool",
        persist_state="session",
        width=280,
    )
    if to is None:
        return
    target = exchange.TARGETS[to]
    written = _written(case, judgments, to, date, analyst)
    if written.lost:
        listed = "\n".join(f"- {literal(text)}" for text in written.lost)
        st.markdown(f"**What {literal(target.title)} cannot carry**\n\n{listed}")
    else:
        st.markdown("The whole case is carried, with an analyst's judgments apart.")
    st.download_button(
        f"Download for {target.title}",
        round_stand.guarded(lambda: written.data, what, whose),
        file_name=preview.file_name(case.question.title, date, target.extension),
        mime=target.mime,
        key="export_download",
        icon=":material/download:",
        on_click="ignore",
    )


def _written(
    case: Case, judgments: Judgments, to: str, date: dt.date, analyst: str | None
) -> Written:
    """Write the case, once for the same judgments; a thousand items take a second."""
    asked = (case, judgments, to, date, analyst)
    kept: tuple[object, Written] | None = state.view("export", None)
    if kept and kept[0] == asked:
        return kept[1]
    with st.spinner("Writing the file"):
        written = exchange.write(case, judgments, to, date=date, analyst=analyst)
    state.set_view("export", (asked, written))
    return written
