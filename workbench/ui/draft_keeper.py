"""Keeps what is typed into a field of Streamlit's own, and says there that it does.

Such a field is sent when it is left, or with its form; until then a reload, a closed
tab or a killed server would lose it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from typing import Final

import streamlit as st

from workbench.ui import script_files, state

_KEY: Final = "keeper"
STYLE: Final = f"[class*=st-key-{_KEY}-]{{display:none}}"
_ODD: Final = re.compile(r"[^a-zA-Z0-9_-]")


@dataclass(frozen=True)
class _Kept:
    """A draft as the script knows it: of which input, and what that says by itself."""

    label: str
    slot: str
    taken: str
    stands: str
    within: str


_together: Final[ContextVar[list[_Kept] | None]] = ContextVar("kept", default=None)


@contextmanager
def together(name: str) -> Iterator[None]:
    """Keep the drafts of several inputs by one component, which stands behind them.

    Each by itself takes a browser as long.
    """
    kept: list[_Kept] = []
    before = _together.set(kept)
    try:
        yield
    finally:
        _together.reset(before)
    _draw(name, kept)


def keep(label: str, slot: str, stands: str = "", *, of: str = "") -> None:
    """Keep a draft of the input of this label, under a name of its own.

    `stands` is what the input says by itself, `of` the key of one whose label another
    may have. It takes no room, and the input may come and go; a long text is sent as
    one types, a number when Enter is pressed or the field is left.
    """
    # As Streamlit makes a class of a key.
    within = f"st-key-{_ODD.sub('-', of)}" if of else ""
    one = _Kept(label, slot, state.taken(slot), stands, within)
    if (kept := _together.get()) is not None:
        kept.append(one)
    else:
        _draw(slot, [one])


def _draw(name: str, kept: Sequence[_Kept]) -> None:
    component = st.components.v2.component(
        "draft_keeper", js=script_files.component(script_files.KEEPER)
    )
    data = {"kept": [asdict(one) for one in kept]}
    component(key=f"{_KEY}-{_ODD.sub('-', name)}", data=data)
