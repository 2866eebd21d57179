"""Make two items of one: which sentences and sources go, and a title for the second."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from workbench.case.editing import together
from workbench.case.entry import UNRATED, EntryKind
from workbench.case.model import Evidence
from workbench.ui import act_preview, form, state
from workbench.ui.controls import literal
from workbench.wording import clipped

_STAYS, _GOES, _BOTH = "stays", "goes", "both have it"
_SHOWN: Final = 70
_SENTENCE: Final = 240


def draw(item: Evidence) -> None:
    """Ask what goes; the title is typed last, and makes the second item."""
    parts = together.sentences(item.statement)
    gone = _sentences(item, parts) if len(parts) > 1 else []
    where = {
        at: st.segmented_control(
            literal(_cited(item, at)),
            [_STAYS, _GOES, _BOTH],
            default=_BOTH,
            key=f"source:{item.id}:{at}",
            required=True,
        )
        for at in range(len(item.sources))
    }
    request = {
        "act": "split",
        "id": item.id,
        "sentences": gone,
        "sources": [at for at, said in where.items() if said != _STAYS],
        "both": [at for at, said in where.items() if said == _BOTH],
        "judged": own_ratings(item),
    }
    act_preview.words({**request, "title": "The new item"})
    form.draw(
        f"split/{item.id}",
        adders=[
            {
                "label": "Split",
                "placeholder": "Title of the new item; Enter makes it",
                "request": request,
                "key": "title",
            }
        ],
        key="split",
    )


def _sentences(item: Evidence, parts: Sequence[str]) -> list[int]:
    """Ask which sentences go; the statement is whole in both until one does."""
    st.markdown("Sentences that go to the new item")
    with st.container(gap="xxsmall"):
        gone = [
            at
            for at, sentence in enumerate(parts)
            if st.checkbox(literal(clipped(sentence, _SENTENCE)), key=f"{item.id}:{at}")
        ]
    if not gone:
        st.caption("Both have the whole statement until you choose one.")
    return gone


def _cited(item: Evidence, at: int) -> str:
    citation = item.sources[at]
    spoken = clipped(state.case().source[citation.source].spoken, _SHOWN)
    return f"{spoken}, {citation.at}" if citation.at else spoken


def own_ratings(item: Evidence) -> list[list[Any]]:
    """Give the changes by which an item made of this one is rated as it is, too."""
    own = state.desk().judgments.ratings
    return [
        [
            EntryKind.RATING.value,
            item.id,
            hypothesis,
            rating.consistency.value if rating else UNRATED,
            rating.because if rating else None,
        ]
        for (evidence, hypothesis), rating in own.items()
        if evidence == item.id
    ]
