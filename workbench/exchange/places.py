"""Notes of one kind told together, with the first places that they speak of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from workbench.wording import counted, listed

_SHOWN: Final = 8
_KINDS: Final = 200


class Places:
    """Collects places by what is to be said of them; a file may bring any number."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._places: dict[str, list[str]] = {}
        self._more: dict[str, int] = {}
        self._further = 0

    def add(self, what: str, place: str) -> None:
        """Note a place of a kind."""
        if what not in self._places and len(self._places) >= _KINDS:
            self._further += 1
            return
        places = self._places.setdefault(what, [])
        if len(places) < _SHOWN:
            places.append(place)
        else:
            self._more[what] = self._more.get(what, 0) + 1

    def tell(self) -> None:
        """Hand the notes over, a line a kind."""
        for what, places in self._places.items():
            more = self._more.get(what, 0)
            said = f"{', '.join(places)} and {more} more" if more else listed(places)
            self._tell(f"{what}: {said}")
        if self._further:
            self._tell(f"{counted(self._further, 'further note')} of such kinds")
