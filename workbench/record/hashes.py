"""The hashes of a chain, of which there are as many as entries, in little room."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Final, overload

_PREFIX: Final = "sha256:"
_PLAIN: Final = re.compile(rf"{_PREFIX}[0-9a-f]{{64}}")
_SIZE: Final = hashlib.sha256().digest_size


class Hashes(Sequence[str]):
    """Hashes as entries have them, by place: 32 bytes each, where a text takes 120.

    What was altered into another text is kept as it is.
    """

    def __init__(self) -> None:
        self._packed = bytearray()
        self._strange: dict[int, str] = {}

    def append(self, text: str) -> None:
        """Add one at the end."""
        if _PLAIN.fullmatch(text):
            self._packed += bytes.fromhex(text[len(_PREFIX) :])
        else:
            self._strange[len(self)] = text
            self._packed += bytes(_SIZE)

    def cut(self, kept: int) -> None:
        """Leave out all but the first."""
        del self._packed[kept * _SIZE :]
        self._strange = {at: one for at, one in self._strange.items() if at < kept}

    def __len__(self) -> int:
        return len(self._packed) // _SIZE

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        """Give the one at a place, or those at several."""
        places = range(len(self))[place]
        return self._at(places) if isinstance(places, int) else [*map(self._at, places)]

    def _at(self, place: int) -> str:
        if (strange := self._strange.get(place)) is not None:
            return strange
        found = self._packed[place * _SIZE : (place + 1) * _SIZE]
        return f"{_PREFIX}{found.hex()}"
