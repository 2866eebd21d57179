"""What others stored since the page was drawn, as far as it concerns the page."""

from __future__ import annotations

import uuid
from typing import Final

import streamlit as st

from workbench.record.ledger import is_missing
from workbench.ui import live
from workbench.ui.live import New
from workbench.ui.state.at_desk import desk
from workbench.ui.state.books import book, served_store
from workbench.ui.state.person import analyst
from workbench.ui.state.read_case import case, ledger, load_case
from workbench.ui.state.which_case import ledger_url, shelf

_SHOW_OTHERS: Final = ("Team", "History", "Report")


def listen(here: str) -> None:
    """Have the channel, which runs now, be run when there is news for the page.

    While a round is in private nothing of others' ratings is: only its end.
    """
    sight = desk().sight
    shows = here in _SHOW_OTHERS or not (case().is_rated or desk().judgments.ratings)
    private = sight.round if sight.hides_others else None
    page = live.Page(
        ledger(),
        case().question.id,
        analyst(),
        desk().revision,
        others=shows and private is None,
        look=shelf().fingerprint if served_store() is None else _nothing,
        until=private.deadline if private is not None else "",
        begun=st.session_state.get("begun"),
        texts=st.session_state.get("texts_read", 0),
    )
    live.listen(page, live.CHANNEL)


def _nothing() -> None:
    """Look at nothing: in a store every change of a text is an entry, which tells."""


def remember_begin() -> None:
    """Remember how far the store is before a page reads a case that it is new to.

    What is stored from then on it may have read, or not. Raises LedgerError.
    """
    if live.is_listening() and "begun" in st.session_state:  # which is of this case
        return
    url = ledger_url()
    st.session_state["begun"] = 0 if is_missing(url) else book(url).last()


def forget_news() -> None:
    """Pass over what is new: all of it is about to be read, but for texts perhaps.

    They may not be written yet.
    """
    if New.TEXTS in live.take():
        live.look_again(New.TEXTS)
    st.session_state.pop("to_draw", None)


def take_news() -> frozenset[New]:
    """Read what is new, and tell what of it that is.

    Raises WorkbenchError where it cannot be read any more, or not by this person.
    """
    told = live.take()
    if not told:
        return told
    st.session_state["to_draw"] = uuid.uuid4().hex[:8]
    if New.TEXTS in told:
        # Texts are entered first, and then written: the files may still be as before.
        # Asked after they are read, it would miss what was written in between.
        waits = bool(ledger().unwritten(case().question.id))
        load_case()
        if waits:
            live.look_again(New.TEXTS)
    if told - {New.FILES}:
        desk().refresh()
    return told


def note_own() -> None:
    """Note that the run carries out what its own page asked for."""
    st.session_state["carries_own"] = True


def take_own() -> bool:
    """Tell, once, whether the run carries out what its own page asked for."""
    return bool(st.session_state.pop("carries_own", False))


def to_draw() -> str:
    """Name the news for which the page is to be drawn anew, "" for none."""
    return str(st.session_state.get("to_draw", ""))
