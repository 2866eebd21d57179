"""Which case is open, of the folder or the store that is served.

The address names it, and is looked up among the cases that are there.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Final

import streamlit as st

from workbench.case import library
from workbench.record import stored_cases
from workbench.record.ledger import VARIABLE, default_url
from workbench.record.rights import require_reading
from workbench.record.shelves import FolderShelf, Shelf, StoreShelf
from workbench.ui.state.books import served_store
from workbench.ui.state.notes import leave_message
from workbench.ui.state.person import identity
from workbench.wording import quoted

CASE_VARIABLE: Final = "WORKBENCH_CASE"
CASE_KEY: Final = "case"  # of the address
_SAME_PLACE: Final = 0.5  # seconds that a folder is taken to lead where it did
# What the session keeps when another case is opened.
_OF_NO_CASE: Final = frozenset(
    (
        *("form", "form_op", "message", "success", "taken"),
        *("served", "several", "analyst", "name_to_keep", "identity"),
    )
)


def serve_folder(path: Path) -> None:
    """Say which folder is served, unless the environment does: a case, or several.

    Where a store is served it is none of them.
    """
    served = Path(os.environ.get(CASE_VARIABLE) or path)
    st.session_state["served"] = served
    st.session_state["several"] = served_store() is None and library.is_library(served)


def library_folder() -> Path | None:
    """Give the folder of several cases that is served; None for one, or a store."""
    served: Path = st.session_state["served"]
    return served if st.session_state["several"] else None


def are_several() -> bool:
    """Tell whether one chooses among cases: of a folder, or of a store."""
    return library_folder() is not None or served_store() is not None


def place_for_cases() -> Path:
    """Give the folder that a new case goes into: that of several, or beside the one."""
    served: Path = st.session_state["served"]
    return library_folder() or served.resolve().parent


def note_begun(name: str) -> None:
    """Have a case that was just begun be found by the address."""
    if not are_several():
        library.note_beside(st.session_state["served"].resolve(), name)


def _found(name: str) -> bool:
    if (store := served_store()) is not None:
        return stored_cases.holds(store, name)
    if (place := library_folder()) is not None:
        return library.find(place, name) is not None
    served: Path = st.session_state["served"].resolve()
    return library.find_beside(served, name) is not None


def case_name() -> str:
    """Name the open case of several, or the one beside that served; "" for none."""
    return str(st.session_state.get("case_name", ""))


def case_address() -> dict[str, str]:
    """Give what an address says of which case it is of; nothing where one is served."""
    return {CASE_KEY: name} if (name := case_name()) else {}


def follow_address() -> None:
    """Open the case that the address names, or have the address name the open one.

    The name is looked up among the cases that are there, and is no path. Raises
    LedgerError where the store is out of reach.
    """
    asked = st.query_params.get(CASE_KEY)
    name = case_name() if asked is None else asked
    if name and not _found(name):
        leave_message(_unknown(name))
        name = ""
    if name != case_name():
        _forget_case()
        st.session_state["case_name"] = name
    if name and asked is None:
        st.query_params[CASE_KEY] = name
    elif asked is not None and not name:
        del st.query_params[CASE_KEY]


def _unknown(name: str) -> str:
    place = library_folder()
    where = "in this folder" if place else "begun from here"
    where = "in this store" if served_store() is not None else where
    said = f"There is no case {quoted(name)} {where}."
    choose = place and library.names(place)
    return f"{said} Choose one of these." if choose else said


def _forget_case() -> None:
    """Forget what the session knows of the case that was open."""
    for key in list(st.session_state):
        if key not in _OF_NO_CASE:
            del st.session_state[key]


def case_folder() -> Path:
    """Give the folder of the case on screen, where it is in one."""
    served: Path = st.session_state["served"]
    if library_folder():
        return served / case_name()
    return served.resolve().parent / case_name() if case_name() else served


def shelf() -> Shelf:
    """Give where the texts of the case on screen are, to whoever may read them.

    Those of a folder may be read by whoever was let at it. Raises NotAllowed for who is
    not on a case of a store, and LedgerError.
    """
    if (store := served_store()) is not None:
        require_reading(store, case_name(), identity())
        return StoreShelf(store, case_name())
    return FolderShelf(case_folder())


def ledger_url() -> str:
    """Give the URL of the ledger of the case on screen."""
    store = served_store()
    return default_url(case_folder()) if store is None else store.url


def case_id() -> str:
    """Give the id of the case on screen, "" for a folder's case without one."""
    if served_store() is not None:
        return case_name()
    return FolderShelf(case_folder()).case_id()


def place_on_screen() -> str:
    """Name where the case on screen is, the same on every server that shares it."""
    if served_store() is not None:
        return f"store\n{case_name()}"
    # Asked for many times in a run, and to resolve a path asks for each of its parts.
    of, now = (case_folder(), os.environ.get(VARIABLE)), time.monotonic()
    kept: tuple[object, float, str] | None = st.session_state.get("place_on_screen")
    if kept is None or kept[0] != of or not 0 <= now - kept[1] < _SAME_PLACE:
        kept = of, now, f"{case_folder().resolve()}\n{ledger_url()}"
        st.session_state["place_on_screen"] = kept
    return kept[2]
