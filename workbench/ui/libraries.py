"""Several cases that are served together: those of a folder, or those of a store."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Final, Protocol

import streamlit as st

from workbench import exchange
from workbench.case import library
from workbench.case.beginning import (
    begin,
    begin_example,
    begin_example_in,
    begin_in,
    free_name,
    unique_id,
)
from workbench.case.library import Listed
from workbench.exchange import Imported
from workbench.record import stored_cases
from workbench.record.ledger import Ledger
from workbench.record.shelves import FolderShelf, Shelf, StoreShelf
from workbench.ui import state
from workbench.wording import clipped

_BILLION: Final = 1_000_000_000


class Library(Protocol):
    """Cases by their names in the address, and where a new one goes.

    `spoken` says where they are, `goes` where a new one goes, and `about` what there is
    to know of them. In a folder a case is `named` by hand, else after its question.
    """

    spoken: str
    goes: str
    about: str
    named: bool
    kind: str

    def listed(self) -> list[Listed]:
        """List the cases that one is on. Raises WorkbenchError."""

    def begin(self, question: str) -> str:
        """Begin a case, and give its name. Raises WorkbenchError and OSError."""

    def begin_example(self) -> str:
        """Begin with a copy of the shipped case. Raises WorkbenchError and OSError."""

    def free_name(self, text: str, taken: Collection[str] = ()) -> str:
        """Name a new case after a text, so that no other has the name."""

    def is_taken(self, name: str) -> bool:
        """Tell whether there is something of that name."""

    def write(self, found: Mapping[str, Imported], origin: str) -> list[str]:
        """Write what was imported, all or none; gives the names in the address.

        `origin` is the name of the file. Raises WorkbenchError and OSError.
        """


def here() -> Library:
    """Give the library that is served; of one case the folder around it.

    Raises LedgerError where a store is out of reach.
    """
    store = state.served_store()
    if store is None:
        return FolderLibrary(state.place_for_cases())
    return StoreLibrary(store, state.identity())


class FolderLibrary(Library):
    """Case folders in a folder, or beside the one that is served."""

    named = True
    kind = "Folder"
    about = (
        "Each case is a folder of its own, with a ledger of its own. Choose one to "
        "work on; the address then names it, so that a reload or another tab shows the "
        "same."
    )

    def __init__(self, where: Path) -> None:
        self.where = where
        self.spoken = f"in the folder {clipped(where.name)}"
        self.goes = f"It gets a folder of its own in {where}"

    def listed(self) -> list[Listed]:
        """List those that one is on, each read anew where it changed."""
        shelves = {name: FolderShelf(self.where / name) for name in self._names()}
        return [
            _at_a_glance(one.name, state.stamp(one), _of_folder(one))
            for one in shelves.values()
        ]

    def _names(self) -> list[str]:
        found = library.names(self.where)
        return [name for name in found if state.is_on(self.where / name)]

    def begin(self, question: str) -> str:
        """Begin a case in a folder of its own."""
        return begin_in(self.where, question)

    def begin_example(self) -> str:
        """Copy the shipped case into a folder of its own."""
        return begin_example_in(self.where)

    def free_name(self, text: str, taken: Collection[str] = ()) -> str:
        """Name a folder that is not there."""
        return free_name(self.where, text, taken)

    def is_taken(self, name: str) -> bool:
        """Tell whether anything has the name."""
        return (self.where / name).exists()

    def write(self, found: Mapping[str, Imported], origin: str) -> list[str]:
        """Write each into the folder of its name."""
        exchange.save_named(found, self.where, origin, accept=True)
        return list(found)


class StoreLibrary(Library):
    """Cases whose documents are in a store; who makes one becomes its lead."""

    named = False
    kind = "Case"
    about = (
        "The cases of the store, which all servers of the team share. Choose one to "
        "work on; the address then names it, so that a reload or another tab shows the "
        "same."
    )
    spoken = "in the store"
    goes = "It goes into the store, under an id of its own"

    def __init__(self, store: Ledger, identity: str | None) -> None:
        self._store, self._identity = store, identity

    def listed(self) -> list[Listed]:
        """List those that one is on, each read anew where it changed."""
        found = []
        for one in stored_cases.listed(self._store, self._identity):
            shelf = StoreShelf(self._store, one.case)
            when = dt.datetime.fromisoformat(one.changed).timestamp()
            found.append(
                _at_a_glance(
                    *(shelf.name, repr(one)),
                    _of_store(shelf, one.case, int(when) * _BILLION),
                )
            )
        return found

    def begin(self, question: str) -> str:
        """Begin a case in the store."""
        return self._brought(lambda where: begin(where, question))

    def begin_example(self) -> str:
        """Put a copy of the shipped case into the store."""
        return self._brought(begin_example)

    def _brought(self, make: Callable[[Path], object]) -> str:
        """Have a case made in a folder, and bring it into the store."""
        with tempfile.TemporaryDirectory() as made:
            where = Path(made) / "case"
            make(where)
            bundle = stored_cases.bundle(where)
        stored_cases.bring(self._store, [bundle], self._identity)
        return bundle.case

    def free_name(self, text: str, taken: Collection[str] = ()) -> str:
        """Draw an id after a text."""
        del taken
        return unique_id(text)

    def is_taken(self, name: str) -> bool:
        """Tell whether the store has a case of that id."""
        return stored_cases.holds(self._store, name)

    def write(self, found: Mapping[str, Imported], origin: str) -> list[str]:
        """Put each into the store, with the judgments of its analysts."""
        with tempfile.TemporaryDirectory() as made:
            places = exchange.save_named(found, Path(made), origin, accept=True)
            bundles = [stored_cases.bundle(one) for one in places]
        by = state.analyst()
        stored_cases.bring(self._store, bundles, self._identity, clipped(origin), by)
        return [one.case for one in bundles]


def _of_folder(shelf: FolderShelf) -> Callable[[], Listed]:
    return lambda: library.at_a_glance(shelf.where)


def _of_store(shelf: Shelf, name: str, changed: int) -> Callable[[], Listed]:
    return lambda: library.glance(name, shelf.load, changed)


@st.cache_resource(max_entries=1_000, show_spinner=False)
def _at_a_glance(name: str, fingerprint: str, _look: Callable[[], Listed]) -> Listed:
    del name, fingerprint  # only the key
    return _look()
