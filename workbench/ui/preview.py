"""A report before it is downloaded: what its file is called, and how it looks."""

from __future__ import annotations

import base64
import datetime as dt
import re
import unicodedata
from typing import Final

import streamlit as st

READABLE: Final = ("html", "md", "csv", "json")  # what can be shown on the page
_LONGEST_NAME: Final = 60
# Chromium opens no data address of 2 MiB or more.
_LONGEST_ADDRESS: Final = 2_000_000
_SHOWN: Final = 60_000
_HEIGHT: Final = 700
_LANGUAGES: Final = {"md": "markdown", "json": "json"}


def file_name(title: str, date: dt.date, extension: str) -> str:
    """Name a report's file after the case, in letters that every system takes."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    stem = "-".join(words)[:_LONGEST_NAME].strip("-") or "report"
    return f"{stem}-{date.isoformat()}.{extension}"


def draw(report: bytes, to: str) -> None:
    """Show a report: html as a page, the others as text."""
    if to == "html":
        _page(report)
        return
    text = report.decode("utf-8-sig")
    with st.container(height=_HEIGHT):
        st.code(text[:_SHOWN], language=_LANGUAGES.get(to), wrap_lines=True)
    if len(text) > _SHOWN:
        st.caption("The preview ends here; the file goes on.")


def _page(report: bytes) -> None:
    # A data address has an origin of its own: the page cannot reach into the app.
    address = f"data:text/html;base64,{base64.b64encode(report).decode()}"
    if len(address) > _LONGEST_ADDRESS:
        st.info("This report is too large to be shown here. Download it and open it.")
        return
    with st.container(border=True):
        st.iframe(address, height=_HEIGHT, alt="Preview of the report")
