"""The cases of a folder that holds several: the list, a new one, and the way into one.

The list is read with every run, so that whoever adds a folder has nothing to refresh: a
page that made a case calls `enter` with its name, or only runs again.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final, NoReturn

import streamlit as st

from workbench.case import library
from workbench.case.beginning import begin_example_in, begin_in
from workbench.case.library import Listed
from workbench.errors import WorkbenchError
from workbench.record.shelves import FolderShelf
from workbench.ui import draft_keeper, entrance, state
from workbench.ui.controls import literal
from workbench.wording import clipped, counted

_PAGES: Final = Path(__file__).parent / "pages"
CASES_PAGE: Final = str(_PAGES / "cases.py")
MATRIX_PAGE: Final = str(_PAGES / "matrix.py")
_DRAFT: Final = "new case"
_FAULT: Final = 240  # characters of the first fault
_BILLION: Final = 1_000_000_000


def listed(place: Path) -> list[Listed]:
    """List the cases of a folder that one is on, each read anew where it changed."""
    return [
        _at_a_glance(str(place / name), state.stamp(FolderShelf(place / name)))
        for name in library.names(place)
        if state.is_on(place / name)
    ]


@st.cache_resource(max_entries=1_000, show_spinner=False)
def _at_a_glance(path: str, fingerprint: str) -> Listed:
    del fingerprint  # only the key
    return library.at_a_glance(Path(path))


def enter(name: str) -> NoReturn:
    """Go to the Matrix of a case of the folder."""
    st.switch_page(MATRIX_PAGE, query_params={state.CASE_KEY: name})


def card(one: Listed) -> None:
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
    st.caption(literal(_facts(one)))
    label, icon = ("Show the faults", "error") if one.faults else ("Open", "grid_on")
    if st.button(label, key=f"open:{one.name}", icon=f":material/{icon}:"):
        enter(one.name)


def _facts(one: Listed) -> str:
    sizes = [
        counted(one.hypotheses, "hypothesis", "hypotheses"),
        counted(one.evidence, "item"),
    ]
    facts = ["Folder " + clipped(one.name), *([] if one.faults else sizes)]
    if one.changed:
        when = dt.datetime.fromtimestamp(one.changed // _BILLION).astimezone()
        facts.append(f"files changed {when:%Y-%m-%d %H:%M}")
    return ", ".join(facts)


def _enter_new(name: str) -> NoReturn:
    state.note_begun(name)
    enter(name)


def begin_controls() -> None:
    """Offer a new case and a copy of the worked one, wherever a case is open."""
    if not entrance.has_cases_begun():
        return
    place = state.place_for_cases()
    new_control(place)
    example_control(place)
    if state.case_name() and state.library_folder() is None:
        label = "Back to the case that is served"
        if st.button(label, key="back", icon=":material/arrow_back:"):
            enter("")


def example_control(place: Path) -> None:
    """Offer a copy of the shipped case, and go there."""
    if st.button(
        "Open a copy of the example",
        icon=":material/school:",
        key="example",
        help="The case that the workbench comes with, in a new folder of its own: "
        "try everything on it.",
    ):
        try:
            name = begin_example_in(place)
        except WorkbenchError as error:
            st.warning(literal(str(error)))
        except OSError as error:
            st.warning(literal(f"The case could not be written: {error.strerror}"))
        else:
            _enter_new(name)


def new_control(place: Path) -> None:
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
        st.caption(f"It gets a folder of its own in {literal(str(place))}")
        if st.form_submit_button("Begin the case", type="primary"):
            try:
                name = begin_in(place, question or "")
            except WorkbenchError as error:
                st.warning(literal(str(error)))
            except OSError as error:
                said = f"The case could not be written: {error.strerror}"
                st.warning(literal(said))
            else:
                state.note_taken(_DRAFT, question or "")
                _enter_new(name)
