"""What is done to an item, a hypothesis or a source as a whole, looked at before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import streamlit as st

from workbench.case.model import Evidence, Hypothesis, Source
from workbench.ui import act_preview, draft_keeper, merge_panel, split_panel, state
from workbench.wording import named

_LAST: Final = ""
_MOVE, _RENAME = "Move", "Rename its id"
_MERGE, _SPLIT = "Merge with another", "Split in two"


def of_item(item: Evidence) -> None:
    """Offer to merge, split, move or rename an item."""
    _offer(
        item.id,
        {
            _MERGE: partial(merge_panel.draw, item),
            _SPLIT: partial(split_panel.draw, item),
            _MOVE: partial(_move, "evidence", item, state.case().evidence),
            _RENAME: partial(_rename, "evidence", item.id, state.choose_item),
        },
    )


def of_hypothesis(one: Hypothesis) -> None:
    """Offer to move or rename a hypothesis."""
    _offer(
        one.id,
        {
            _MOVE: partial(_move, "hypothesis", one, state.case().hypotheses),
            _RENAME: partial(_rename, "hypothesis", one.id, _edit_on),
        },
    )


def of_source(one: Source, place: str) -> None:
    """Offer to rename a source; it may be edited in several places of a page."""
    rename = partial(_rename, "source", one.id, None, f"{place}:")
    _offer(f"{place}:{one.id}", {_RENAME: rename})


def _edit_on(id_: str) -> None:
    state.set_view(f"edit hypothesis {id_}", value=True)


def _offer(id_: str, acts: dict[str, Callable[[], None]]) -> None:
    chosen = st.segmented_control(
        "More", list(acts), key=f"more:{id_}", persist_state="session"
    )
    if chosen in acts:
        acts[chosen]()


def _move(
    what: str,
    one: Evidence | Hypothesis,
    things: Sequence[Evidence] | Sequence[Hypothesis],
) -> None:
    """Ask where it is to stand: the labels change hands, so that they stay in order."""
    names = {other.id: named(other, 60) for other in things if other.id != one.id}
    before = st.selectbox(
        "Put it before",
        [*names, _LAST],
        index=None,
        format_func=lambda id_: names.get(id_, "nothing: at the end"),
        key=f"before:{one.id}",
        placeholder="Choose where it is to stand",
        help="Things stand in the order of their labels, so that the labels between "
        "the two places change hands. Judgments stay with what they are about.",
    )
    if before is not None:
        request = {"act": "move", "what": what, "id": one.id, "before": before or None}
        act_preview.draw(request, "Move it", f"move:{one.id}")


def _rename(
    what: str, id_: str, then: Callable[[str], None] | None, place: str = ""
) -> None:
    """Ask for another id: references follow, and so does what was judged."""
    slot = f"{state.grid_ident()}:id:{what}:{id_}"
    draft_keeper.keep("New id", slot, id_)
    new = st.text_input(
        "New id",
        value=id_,
        key=f"id:{place}{id_}",
        live=True,
        help="The name of its file, by which links and the ledger know it: lower-case "
        "letters and digits, with single hyphens between. Titles change without it.",
    )
    if not new or new == id_:
        st.caption("Whatever mentions it follows, and so does what was judged of it.")
        return
    request = {"act": "rename", "what": what, "id": id_, "to": new}

    def follow() -> None:
        state.note_taken(slot, new)
        if then is not None:
            then(new)

    act_preview.draw(request, "Rename it", f"rename:{place}{id_}", follow)
