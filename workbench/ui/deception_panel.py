"""The deception checklist of a source, beside what would follow if it had deceived us.

Motive, opportunity and means; past practices; what others confirm; what the other side
gains (Heuer's questions in ch. 8, step 6, with Pherson's checklists).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import streamlit as st

from workbench.case.document import DECEPTION_KEYS, source_document
from workbench.case.model import Source
from workbench.grid.payload import Values
from workbench.method.deceived import Deceived
from workbench.method.sensitivity import Sensitivity
from workbench.ui import controls, form, state
from workbench.ui.controls import literal
from workbench.ui.links import linked
from workbench.wording import clipped, counted, joined
from workbench.wording.fragility import first

_OF: Final = "deception_of"
ASKED: Final[Mapping[str, str]] = {
    "motive": "Motive: does it have a reason to deceive?",
    "opportunity": "Opportunity: could it reach those who are to be deceived?",
    "means": "Means: could it carry it through?",
    "past": "Past: has it deceived before?",
    "corroboration": "Corroboration: what confirms it that does not depend on it?",
    "gain": "Gain: what would the other side gain if we believed it?",
}


def draw(found: Sensitivity) -> None:
    """Choose a source; go through its checklist, with the what-if beside it."""
    case = state.case()
    if not case.sources:
        st.caption("The case names no source to ask about.")
        return
    ids = [one.id for one in case.sources]
    st.markdown("##### Could a source be deceiving us?")
    id_ = controls.select(
        "Source asked about",
        _OF,
        ids,
        _first(found, ids),
        lambda one: clipped(case.source[one].spoken),
    )
    source = case.source[id_]
    panes = st.grid(2, min_column_width=440, gap="large")
    with panes.cell():
        if form.may_edit():
            form.draw(f"deception/{id_}", [_field(source)], key="deception")
        else:
            _read(source)
    with panes.cell():
        st.markdown("**If it had deceived us**")
        st.markdown(linked(_would(found, source)))
        asked = [one for one in DECEPTION_KEYS if not source.deception.get(one)]
        if asked:
            names = joined(asked)
            st.caption(f"Not answered yet: {names}.")
        if source.interest:
            st.markdown(f"*Whose interest it serves:* {literal(source.interest)}")


def _first(found: Sensitivity, ids: list[str]) -> str:
    """Begin with a source on which the lead hangs."""
    hangs = [one.source for one in found.deceived if one.leaders_change]
    return next((one for one in hangs if one in ids), ids[0])


def _field(source: Source) -> Values:
    return {
        "what": "source",
        "id": source.id,
        "field": "deception",
        "label": "Deception checklist",
        "kind": "mapping",
        "each": True,
        "value": source_document(source).get("deception"),
        "parts": [
            {"field": key, "label": ASKED[key], "kind": "text"}
            for key in DECEPTION_KEYS
        ],
    }


def _read(source: Source) -> None:
    lines = [
        f"- *{ASKED[key]}* {literal(source.deception.get(key) or 'Not answered.')}"
        for key in DECEPTION_KEYS
    ]
    st.markdown("\n".join(lines))


def _would(found: Sensitivity, source: Source) -> str:
    """Say what would follow if the opposite of its own word were true."""
    one = next((one for one in found.deceived if one.source == source.id), None)
    if one is None or not one.evidence:
        return "No evidence rests on it alone, so that no ranking hangs on its word."
    return _said(found, one)


def _said(found: Sensitivity, one: Deceived) -> str:
    case = found.assessment.matrix.basis.case
    labels = joined(case.item[id_].label for id_ in one.evidence[:12])
    more = f" and {len(one.evidence) - 12} more" if len(one.evidence) > 12 else ""  # noqa: PLR2004
    rests = counted(len(one.evidence), "item")
    verb = "rests" if len(one.evidence) == 1 else "rest"
    then = first(found.assessment, one.ranking)
    same = "" if one.leaders_change else ", as now"
    return (
        f"{rests} {verb} on it alone ({labels}{more}). Were the opposite true, {then}"
        f"{same}."
    )
