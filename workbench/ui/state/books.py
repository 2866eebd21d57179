"""The ledgers that this process has open, one a URL, and the store that it serves."""

from __future__ import annotations

import os

import streamlit as st

from workbench.record.ledger import VARIABLE, Ledger
from workbench.ui import entrance


@st.cache_resource(show_spinner=False)
def book(url: str) -> Ledger:
    """Give the ledger behind a URL. Raises LedgerError."""
    return Ledger(url)


def served_store() -> Ledger | None:
    """Give the store whose cases are served; None where those of folders are.

    Raises LedgerError where it is out of reach.
    """
    url = os.environ.get(VARIABLE, "")
    return book(url) if url and entrance.has_store() else None
