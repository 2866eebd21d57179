"""The open case as it was last read from its folder or its store.

Its texts may be changed by others while it is on screen.
"""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import streamlit as st

from workbench.case import folder, library
from workbench.case.model import Case
from workbench.record import callers, sharing
from workbench.record import editing as editing_in_ledger
from workbench.record.desk import Desk
from workbench.record.ledger import VARIABLE, Ledger, default_url, is_missing
from workbench.record.rights import NotAllowed, require_reading, role_of
from workbench.record.shelves import Fingerprint, FolderShelf, Shelf
from workbench.record.sight import log_refused
from workbench.ui.state.books import book, served_store
from workbench.ui.state.notes import leave_message
from workbench.ui.state.person import analyst, identity, told_name
from workbench.ui.state.which_case import (
    case_folder,
    case_id,
    case_name,
    ledger_url,
    library_folder,
    shelf,
)

T = TypeVar("T")


@st.cache_resource(max_entries=4, show_spinner=False)
def _case(
    name: str, fingerprint: str, _shelf: Shelf, _known: Case | None = None
) -> Case:
    del name, fingerprint  # only the key: a name that begins with _ is no part of it
    case = _known or _shelf.load()
    _freeze()
    return case


# Objects. With Python's own 700, 25 pages that rate once a second had everything
# collected every 7 s, each time for .1 s and longer the more they had rated.
_YOUNG: Final = 20_000


@st.cache_resource(show_spinner=False)
def _freeze() -> None:
    """Free what is loaded at the start from every later collection, once a process.

    Done again it would keep each case that a later version replaced. A collection of
    everything holds every page up; what a run of a page leaves is found before that
    where the youngest generation is large enough for the run to have ended.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG)


def stamp(where: Shelf) -> str:
    """Name what a case's texts say, as far as their fingerprint tells, in short."""
    return _named(where.fingerprint())


def _named(found: Fingerprint) -> str:
    return hashlib.sha256(repr(found).encode()).hexdigest()


def read_ahead(path: Path) -> tuple[Case, str]:
    """Read a case before anybody opens it, with its name as `case_read` gives it.

    Raises WorkbenchError where it cannot be read.
    """
    where = FolderShelf(path)
    read = stamp(where)
    return _case(where.name, read, where), f"{where.name} {read}"


@st.cache_resource(show_spinner=False)
def _finished(url: str, path: str) -> tuple[str, ...]:
    """Write what a program that was stopped had entered and not yet written, once.

    Gives the files that somebody changed meanwhile.
    """
    where = FolderShelf(Path(path))
    if is_missing(url):
        return ()
    id_ = where.case_id()
    return tuple(editing_in_ledger.finish(book(url), id_, where, analyst()))


def load_case() -> Case:
    """Load the case anew where its texts changed.

    Raises WorkbenchError, ContentErrors among them.
    """
    where = shelf()
    st.session_state.pop("asked_to_read", None)
    # What is written to a store is written with its entries, or not at all.
    if isinstance(where, FolderShelf) and (left := _finished(ledger_url(), where.name)):
        files = ", ".join(left)
        leave_message(f"Not written, since changed meanwhile by somebody: {files}.")
        _finished.clear()
    return _loaded(where, where.fingerprint())


def _loaded(where: Shelf, found: Fingerprint, known: Case | None = None) -> Case:
    """Take up the case as its texts are, unless what they hold is known."""
    read = _named(found)
    case = _case(where.name, read, where, known)
    st.session_state["case"] = case
    st.session_state["case_read"] = f"{where.name} {read}"
    st.session_state["case_files"] = found
    return case


def keep_up() -> None:
    """Read the case again where the desk has changed its texts."""
    desk = _desk()
    if desk is not None and desk.case is not whole_case():
        where = shelf()
        found = where.after(st.session_state["case_files"], desk.wrote.keys())
        known = desk.case if _wrote_alone(desk, where, found) else None
        _loaded(where, found, known)
        st.session_state["texts_read"] = desk.revision


def _wrote_alone(desk: Desk, where: Shelf, found: Fingerprint) -> bool:
    """Tell whether nobody but the desk has changed the texts since they were read.

    A large case is read in seconds, and an item is typed in one.
    """
    wrote = desk.wrote
    before = set(st.session_state["case_files"])
    changed = {name for name, *_ in before.symmetric_difference(found)}
    return changed <= set(wrote) and all(
        where.text(name) == text for name, text in wrote.items()
    )


def show_case() -> None:
    """Note that a page is drawn of the case as it is now."""
    st.session_state["case_shown"] = case()


def is_case_new() -> bool:
    """Tell whether the case was read anew since the page was drawn."""
    return st.session_state.get("case_shown", case()) is not case()


def is_page_older() -> bool:
    """Tell whether what Matrix draws around the grid has changed with the case."""

    def around(one: Case) -> object:
        active = any(h.status == "active" for h in one.hypotheses)
        return one.question, active, bool(one.evidence)

    return around(st.session_state.get("case_shown", case())) != around(case())


def ask_to_read() -> None:
    """Have the case read anew by the next run of a page."""
    st.session_state["asked_to_read"] = True


def is_asked_to_read() -> bool:
    """Tell whether no run has read the case since that was asked for."""
    return "asked_to_read" in st.session_state


def changed_files() -> int:
    """Count the texts of the case that are not as they were when it was read.

    Raises LedgerError where the store is out of reach.
    """
    read = set(st.session_state["case_files"])
    differ = read.symmetric_difference(shelf().fingerprint())
    return len({name for name, *_ in differ})


def whole_case() -> Case:
    """Give the case of this run as it was read, whatever may be seen of it."""
    found: Case = st.session_state["case"]
    return found


def case() -> Case:
    """Give the case of this run as whoever looks may see it now."""
    whole, desk = whole_case(), _desk()
    if desk is None or not desk.sight.is_blind:
        return whole
    key = desk.sight.seed
    kept = st.session_state.get("case_seen")
    if kept is None or kept[0] is not whole or kept[1] != key:
        kept = whole, key, desk.sight.shown(whole)
        st.session_state["case_seen"] = kept
    seen: Case = kept[2]
    return seen


def once_a_case(name: str, compute: Callable[[], T]) -> T:
    """Give what follows from the case as it is seen, computed once while it is that."""
    seen, opened = case(), case_name()
    kept: tuple[Case, str, T] | None = st.session_state.get(f"of_case:{name}")
    if kept is None or kept[0] is not seen or kept[1] != opened:
        kept = seen, opened, compute()
        st.session_state[f"of_case:{name}"] = kept
    return kept[2]


def _desk() -> Desk | None:
    found: Desk | None = st.session_state.get("desk")
    return found


def case_read() -> str:
    """Name the case as it is seen: another text where its files were changed."""
    desk = _desk()
    return f"{st.session_state['case_read']}{desk.sight.seed if desk else ''}"


def ledger() -> Ledger:
    """Give the ledger of the case, to whoever may read it.

    Raises NotAllowed for who has no role in the case, and WorkbenchError where another
    folder's case has the same id.
    """
    found = _ledger_of_case()
    require_reading(found, whole_case().question.id, identity())
    return found


def require_admission() -> None:
    """Let nobody at the case, its faults included, who has signed in and is not on it.

    That they came is noted once a session, so that a lead can give them a role. Raises
    NotAllowed, and LedgerError.
    """
    who = identity()
    if who is None:
        return
    found, id_ = book(ledger_url()), case_id()
    came = "visited" not in st.session_state
    if came:
        callers.note_visitor(found, id_, who, told_name())
        st.session_state["visited"] = True
    try:
        require_reading(found, id_, who)
    except NotAllowed:
        if came:
            log_refused(found, id_, who, "the case")
        raise


def is_on(path: Path) -> bool:
    """Tell whether whoever looks has a role in the case in a folder."""
    who = identity()
    if who is None:
        return True
    url = default_url(path)
    if is_missing(url):
        return False
    return role_of(book(url), folder.case_id(path), who) is not None


def _ledger_of_case() -> Ledger:
    if (store := served_store()) is not None:
        return store
    place, id_ = case_folder(), whole_case().question.id
    if (several := library_folder()) is not None:
        library.require_single(several, case_name(), id_)
    found = book(default_url(place))
    if os.environ.get(VARIABLE):
        sharing.require_own(found, id_, place, note=True, alone=several is None)
    return found
