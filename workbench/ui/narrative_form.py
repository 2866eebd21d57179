"""The parts of a report that an analyst writes by hand, and what the report lacks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from workbench.case.entry import MAX_TEXT, EntryKind, Part
from workbench.errors import WorkbenchError
from workbench.report.content.by_hand import CONFIDENCES
from workbench.report.content.standards import Lack, describe_lacking
from workbench.ui import state
from workbench.ui.controls import literal

_UNSTATED: Final = "not stated"
_PARTS: Final = {
    Part.BOTTOM_LINE: (
        "Bottom line",
        (
            "Your own words. They stand above the sentences that are composed from the "
            "numbers, and are marked as yours."
        ),
    ),
    Part.CONFIDENCE_BASIS: (
        "Why this confidence",
        (
            "What it rests on: the sources, the gaps, the assumptions. Leave words of "
            "likelihood out of it: ICD 203 keeps the two apart."
        ),
    ),
    Part.SOURCE_SUMMARY: (
        "Source summary",
        (
            "Strengths and weaknesses of the sources, which of them carry the "
            "judgment, which agree and which conflict."
        ),
    ),
    Part.IMPLICATIONS: (
        "What follows for the reader",
        "Why it matters, and what they may want to do or to watch.",
    ),
    Part.EARLIER: (
        "Earlier judgments",
        "Whether this agrees with what was said before, and what has changed.",
    ),
}


def editor() -> None:
    """Let the analyst write each part; each is saved when it is left."""
    own = state.desk().judgments.narrative
    st.caption(
        "Saved in the ledger when you leave a field, under your name. An empty field "
        "leaves the part out."
    )
    for part, (title, about) in _PARTS.items():
        if part is Part.CONFIDENCE_BASIS:
            _confidence(own.get(Part.CONFIDENCE.value, _UNSTATED))
        key = state.seed(f"narrative_{part}", own.get(part.value, ""))
        st.text_area(
            title,
            key=key,
            help=about,
            max_chars=MAX_TEXT,
            height=100,
            on_change=_written,
            args=(part, key),
        )


def _confidence(level: str) -> None:
    key = state.seed("narrative_confidence", level)
    st.segmented_control(
        "Confidence in the judgment",
        [_UNSTATED, *CONFIDENCES],
        key=key,
        required=True,
        on_change=_written,
        args=(Part.CONFIDENCE, key),
        help="\n\n".join(f"**{word}**: {text}" for word, text in CONFIDENCES.items()),
    )


def _written(part: Part, key: str) -> None:
    text = state.widget(key)
    to = None if text in (_UNSTATED, None) else text
    try:
        state.act([[EntryKind.NARRATIVE, part.value, None, to]])
    except WorkbenchError as error:
        state.leave_message(str(error))


def lacks(found: Sequence[Lack]) -> None:
    """List what the report still lacks, by the standard that asks for it."""
    st.caption(literal(describe_lacking(found)))
    lines = [f"- {literal(one.said)} *({literal(one.standard.id)})*" for one in found]
    if lines:
        st.markdown("\n".join(lines))
    st.caption(
        "The checks find what is missing, not whether what is there is sound. The "
        "report's last part has the whole list."
    )
