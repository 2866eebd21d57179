"""What one rated of an item that is merged into another: take it over, or leave it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.record.offers import Offer, leave, offers
from workbench.ui import state
from workbench.ui.controls import literal
from workbench.wording import code, counted, joined, named, quoted

_TOLD: Final = "offers told"


def tell() -> None:
    """Say once a session, wherever the case is opened, that something is offered."""
    if state.view(_TOLD, default=False):
        return
    state.set_view(_TOLD, value=True)
    if found := offers(state.desk()):
        many = counted(
            len(found), "item that you rated was", "items that you rated were"
        )
        state.leave_message(f"{many} merged into another: see Evidence.")


def draw() -> None:
    """Draw each offer with its two answers."""
    for offer in offers(state.desk()):
        into = offer.into
        own = state.desk().judgments
        told = joined(
            f"{code(rating)} against {state.case().hypothesis[id_].label} (there "
            f"{code(own.rating(into, id_)) or 'unrated'})"
            for id_, rating in offer.ratings.items()
        )
        with st.container(border=True):
            st.markdown(
                literal(
                    f"{quoted(offer.named)}, which you rated, was merged into "
                    f"{named(into)}. You had {told}."
                )
            )
            with st.container(horizontal=True):
                for label, answer in (
                    ("Take over my ratings", _take),
                    ("Leave them", _leave),
                ):
                    st.button(
                        label,
                        key=f"{label}:{offer.mark}",
                        on_click=answer,
                        args=(offer,),
                    )


def _take(offer: Offer) -> None:
    try:
        state.act(offer.taken())
    except WorkbenchError as error:
        state.leave_message(f"Not taken over: {error}")


def _leave(offer: Offer) -> None:
    try:
        leave(state.desk(), "offers", offer)
    except WorkbenchError as error:
        state.leave_message(f"Not noted: {error}")
