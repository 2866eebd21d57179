"""Ids for what a file calls an origin, one for each of its texts."""

from __future__ import annotations

import re
from typing import Final

from workbench.exchange.places import Places
from workbench.wording import quoted

_LONGEST: Final = 48


class Origins:
    """Names the origins of one case: what differs in the file differs here, too."""

    def __init__(self, noted: Places) -> None:
        self._noted = noted
        self._ids: dict[str, str] = {}
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def id(self, text: str) -> str:
        """Give the id of an origin, "" for an empty text."""
        text = " ".join(text.split())
        if text and text not in self._ids:
            self._ids[text] = id_ = self._new(text)
            if id_ != text:
                self._noted.add("Origins are named by ids", f"{quoted(text)} is {id_}")
        return self._ids.get(text, "")

    def _new(self, text: str) -> str:
        stem = "-".join(re.findall("[a-z0-9]+", text.lower()))[:_LONGEST]
        stem = id_ = stem.strip("-") or "origin"
        while id_ in self._taken:  # goes on where it stopped
            self._next[stem] = self._next.get(stem, 1) + 1
            id_ = f"{stem}-{self._next[stem]}"
        self._taken.add(id_)
        return id_
