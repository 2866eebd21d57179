"""A table that was pasted into the grid: looked at first, then brought into the case.

The importer reads it. Its items become items of the case, its ratings those of the
analyst; nothing is written before the button is pressed.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from workbench.case.editing.bringing import request_of, same_hypothesis
from workbench.case.model import Case
from workbench.errors import WorkbenchError
from workbench.exchange import Imported
from workbench.ui import importing, state, table_choices
from workbench.ui.controls import literal
from workbench.wording import counted, joined, named

_TABLE: Final = "table pasted"
_FILE: Final = "pasted cells"


def grid_key() -> str:
    """Name the grid on the page."""
    return f"grid-{state.grid_ident()}"


def asked() -> None:
    """Remember the table that the grid was given."""
    text = state.sent(grid_key(), "table")
    if isinstance(text, str) and text.strip():
        state.set_view(_TABLE, text)


def draw() -> None:
    """Show the table that was pasted last, until it is brought in or left."""
    if state.view(_TABLE, ""):
        _look()


def _forget() -> None:
    state.set_view(_TABLE, "")


@st.dialog("The table that was pasted", width="large", on_dismiss=_forget)
def _look() -> None:
    text: str = state.view(_TABLE, "")
    brought = importing.look_into(text.encode(), _FILE)
    if not brought:
        return
    found = brought.found[0]
    st.markdown(literal(_what_comes(state.case(), found)))
    importing.preview(found, brought.digest, f"pasted:{brought.digest[:12]}")
    if not table_choices.accepted([found]):
        return
    many = counted(len(found.case.evidence), "item")
    if st.button(f"Add {many} to this case", key="bring_table", type="primary"):
        try:
            _bring(found)
        except WorkbenchError as error:
            st.error(literal(str(error)), title="Nothing was added")
            return
        _forget()
        st.rerun()


def _what_comes(case: Case, found: Imported) -> str:
    """Say which hypotheses of a table are the case's, and which are new to it."""
    there = [(one, same_hypothesis(case, one)) for one in found.case.hypotheses]
    new = [one.title for one, known in there if known is None]
    same = [named(known) for _, known in there if known is not None]
    said = [
        f"{counted(len(found.case.evidence), 'item')} of it become items of this case."
    ]
    if same:
        said.append(f"Its ratings against {joined(same)} become yours.")
    if new:
        said.append(f"New to this case, as hypotheses: {joined(new)}.")
    if found.analysts:
        said.append("It has several raters: nobody's ratings are taken from it here.")
    return " ".join(said)


def _bring(found: Imported) -> None:
    """Bring in the items, with their ratings as the analyst's, in one act.

    Raises WorkbenchError where that is refused or cannot be saved.
    """
    state.carry_out(request_of(found.case))
    rated = sum(len(item.ratings) for item in found.case.evidence)
    items = counted(len(found.case.evidence), "item")
    state.leave_success(
        f"{items} and {counted(rated, 'rating')} added. Undo takes all of it back."
    )
