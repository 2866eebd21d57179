"""The cases that are served together: the list, a new one, and the way into one.

The list is read with every run, so that whoever adds a case has nothing to refresh: a
page that made one calls `enter` with its name, or only runs again.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final, NoReturn

import streamlit as st

from workbench.case.library import Listed
from workbench.errors import WorkbenchError
from workbench.ui import draft_keeper, entrance, libraries, state
from workbench.ui.controls import literal
from workbench.ui.libraries import Library
from workbench.wording import clipped, counted

_PAGES: Final = Path(__file__).parent / "pages"
CASES_PAGE: Final = str(_PAGES / "cases.py")
MATRIX_PAGE: Final = str(_PAGES / "matrix.py")
_DRAFT: Final = "new case"
_FAULT: Final = 240  # characters of the first fault
_BILLION: Final = 1_000_000_000


def enter(name: str) -> NoReturn:
    """Go to the Matrix of a case by its name in the address."""
    st.switch_page(MATRIX_PAGE, query_params={state.CASE_KEY: name})


def card(one: Listed, kind: str) -> None:
    """Show a case at a glance, and the way into it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"##### {literal(clipped(one.title or one.name))}")
        if one.name == state.case_name():
            st.badge("open now", icon=":material/check:", color="gray")
    if one.question:
        st.markdown(literal(clipped(one.question, _FAULT)))
    if one.faults:
        st.warning(
            literal(clipped(one.faults[0], _FAULT)),
            title=f"{counted(len(one.faults), 'fault')} to mend, the first of which:"
            if len(one.faults) > 1
            else "A fault to mend",
        )
    st.caption(literal(_facts(one, kind)))
    label, icon = ("Show the faults", "error") if one.faults else ("Open", "grid_on")
    if st.button(label, key=f"open:{one.name}", icon=f":material/{icon}:"):
        enter(one.name)


def _facts(one: Listed, kind: str) -> str:
    sizes = [
        counted(one.hypotheses, "hypothesis", "hypotheses"),
        counted(one.evidence, "item"),
    ]
    facts = [f"{kind} {clipped(one.name)}", *([] if one.faults else sizes)]
    if one.changed:
        when = dt.datetime.fromtimestamp(one.changed // _BILLION).astimezone()
        facts.append(f"changed {when:%Y-%m-%d %H:%M}")
    return ", ".join(facts)


def _enter_new(name: str) -> NoReturn:
    state.note_begun(name)
    enter(name)


def begin_controls() -> None:
    """Offer a new case and a copy of the worked one, wherever a case is open."""
    if not entrance.has_cases_begun():
        return
    library = libraries.here()
    new_control(library)
    example_control(library)
    if state.case_name() and not state.are_several():
        label = "Back to the case that is served"
        if st.button(label, key="back", icon=":material/arrow_back:"):
            enter("")


def example_control(library: Library) -> None:
    """Offer a copy of the shipped case, and go there."""
    if st.button(
        "Open a copy of the example",
        icon=":material/school:",
        key="example",
        help="The case that the workbench comes with, as a case of its own: try "
        "everything on it.",
    ):
        try:
            name = library.begin_example()
        except WorkbenchError as error:
            st.warning(literal(str(error)))
        except OSError as error:
            st.warning(literal(f"The case could not be written: {error.strerror}"))
        else:
            _enter_new(name)


def new_control(library: Library) -> None:
    """Ask for the question of a new case, begin it, and go there."""
    # Outside the popover: what was made of a draft is noted also while it is closed.
    draft_keeper.keep("Question", _DRAFT)
    with (
        st.popover("New case", icon=":material/add:"),
        st.form("new_case", border=False),
    ):
        question = st.text_input(
            "Question",
            key="new_question",
            placeholder="Why did it happen?",
            help="What the hypotheses are to answer. You can change it later.",
        )
        st.caption(literal(library.goes))
        if st.form_submit_button("Begin the case", type="primary"):
            try:
                name = library.begin(question or "")
            except WorkbenchError as error:
                st.warning(literal(str(error)))
            except OSError as error:
                said = f"The case could not be written: {error.strerror}"
                st.warning(literal(said))
            else:
                state.note_taken(_DRAFT, question or "")
                _enter_new(name)
