"""The discussion on Team: each cell in which people differ, with its thread.

The cells that move the contenders most come first; then what else is spoken of.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from workbench.case.comments import Place, by_place
from workbench.ui import comment_threads, state, team_parts
from workbench.ui.comment_threads import Thread
from workbench.ui.team_parts import Team
from workbench.wording import clipped, counted, named, plain

_MOST: Final = 12  # cells in which they differ that have a thread at once
_ROW: Final = 64  # characters of a name


def draw(found: Team) -> None:
    """Draw the threads, and ask for what speaks against one's own rating."""
    st.caption(
        "A thread for each cell in which you differ, those first that move the scores "
        "of hypotheses that may lead. Say the strongest reason against your own "
        "rating: what you would have to see to rate as the other does."
    )
    differ = [(one.evidence, one.hypothesis) for one in found.differing]
    of_cells: list[Place] = [*differ[:_MOST]]
    spoken = by_place(state.comments())
    others = [one for one in spoken if one not in of_cells]
    comment_threads.draw(
        [_thread(found, one) for one in of_cells], "differing", asks=True
    )
    if more := len(differ) - len(of_cells):
        st.caption(
            f"{counted(more, 'more cell')} in which you differ: their threads stand "
            "with the item on Evidence and in the Matrix."
        )
    if others:
        st.markdown("##### Also spoken of")
        comment_threads.draw(
            [_thread(found, one) for one in others], "others", asks=True
        )


def _thread(found: Team, place: Place) -> Thread:
    case = found.case
    item, hypothesis = (
        case.item.get(place[0] or ""),
        case.hypothesis.get(place[1] or ""),
    )
    parts = [
        named(item, _ROW) if item else "",
        clipped(hypothesis.title, _ROW) if hypothesis else "",
    ]
    title = plain(" against ".join(filter(None, parts)))
    cell = next(
        (one for one in found.differing if (one.evidence, one.hypothesis) == place),
        None,
    )
    return Thread(place, title, team_parts.said_of(found, cell) if cell else "")
