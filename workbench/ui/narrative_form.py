"""The parts of a report that an analyst writes by hand, and what the report lacks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from workbench.case.entry import EntryKind, Part
from workbench.errors import WorkbenchError
from workbench.grid.payload import Values
from workbench.report.content.by_hand import CONFIDENCES
from workbench.report.content.standards import Lack, describe_lacking
from workbench.ui import form, state
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
    """Let the analyst write each part; each is saved while it is written."""
    own = state.desk().judgments.narrative
    st.caption(
        "Saved in the ledger a second after the last key, under your name. An empty "
        "field leaves the part out."
    )
    first, *others = _PARTS
    form.draw("narrative", [_field(first, own)], key="narrative-first")
    _confidence(own.get(Part.CONFIDENCE.value, _UNSTATED))
    form.draw("narrative", [_field(part, own) for part in others], key="narrative")


def _field(part: Part, own: Mapping[str, str]) -> Values:
    title, about = _PARTS[part]
    return {
        "what": "narrative",
        "id": "",
        "field": part.value,
        "label": title,
        "kind": "text",
        "value": own.get(part.value),
        "placeholder": about,
        "help": about,
    }


def _confidence(level: str) -> None:
    key = state.seed("narrative_confidence", level)
    st.segmented_control(
        "Confidence in the judgment",
        [_UNSTATED, *CONFIDENCES],
        key=key,
        required=True,
        on_change=_stated,
        args=(key,),
        help="\n\n".join(f"**{word}**: {text}" for word, text in CONFIDENCES.items()),
    )


def _stated(key: str) -> None:
    level = state.widget(key)
    to = None if level in (_UNSTATED, None) else level
    try:
        state.act([[EntryKind.NARRATIVE, Part.CONFIDENCE.value, None, to]])
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
