"""Make one item of two: what each says side by side, and the choice where they differ.

One's own ratings and the published ones are compared cell by cell. What others judged
stays in the ledger, and is offered to them.
"""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from workbench.case.editing import neighbours, together
from workbench.case.entry import UNRATED, EntryKind
from workbench.case.model import Evidence, Hypothesis, Rating
from workbench.record.offers import rated_by_others
from workbench.record.pen import text_digest
from workbench.ui import act_preview, draft_keeper, state
from workbench.ui.controls import literal
from workbench.wording import clipped, code, joined, named

_BOTH: Final = "both"
_SHOWN: Final = 70
_LONG: Final = {"statement": "Statement", "caveat": "Caveat"}


def draw(item: Evidence) -> None:
    """Ask with which item it is to be one, and for every choice that is open."""
    case = state.case()
    near = [
        *(
            one.item.id
            for one in neighbours.nearly_stated(case, item.statement, item.id)
        ),
        *(one.item.id for one in neighbours.nearly_titled(case, item.title, item.id)),
        *(one.item.id for one in neighbours.of_one_report(case, item)),
    ]
    others = [one.id for one in case.evidence if one.id != item.id]
    other = st.selectbox(
        "Merge with",
        list(dict.fromkeys([*near, *others])),
        index=None,
        format_func=lambda id_: named(case.item[id_], _SHOWN),
        key=f"merge:{item.id}",
        placeholder="The item that says the same; the nearest come first",
    )
    if other is None:
        return
    keep = st.segmented_control(
        "Which stays",
        [item.id, other],
        default=item.id,
        format_func=lambda id_: literal(named(case.item[id_], 40)),
        key=f"keep:{item.id}:{other}",
        required=True,
        help="Its label and id are kept, and what is judged of it stays",
    )
    first, second = item, case.item[other]
    if keep == other:
        first, second = second, first
    texts, written = _texts(first, second)
    chosen, judged, open_ = _ratings(first, second)
    _others(second)
    if open_:
        st.info(f"Choose the rating against {joined(open_)}.")
        return
    request = {
        "act": "merge",
        "id": first.id,
        "gone": second.id,
        "chosen": chosen,
        "judged": judged,
        **texts,
        **written.found(),
    }

    def then() -> None:
        written.take()
        state.choose_item(first.id)

    label = literal(f"Merge {second.label} into {first.label}")
    act_preview.draw(request, label, f"merge:{first.id}", then, written.found)


def _texts(first: Evidence, second: Evidence) -> tuple[dict[str, str], _Written]:
    """Ask which text is to stand where both say something else, and for its words.

    Gives what is chosen, and the fields in which it was written over.
    """
    pair = f"{first.id}:{second.id}"
    texts = {}
    if first.origin and second.origin and first.origin != second.origin:
        texts["origin"] = _one_of("Origin", first, second, "origin", pair)
    title = first.title
    if first.title != second.title:
        title = _one_of("Title", first, second, "title", pair)
    written = _Written(pair)
    written.line("title", "Title of both", title)
    for field, label in _LONG.items():
        both = [getattr(first, field), getattr(second, field)]
        if any(both):
            start = _start(field, label, first, second, both)
            written.text(field, f"{label} of both", start)
    return texts, written


def _start(
    field: str, label: str, first: Evidence, second: Evidence, both: list[str]
) -> str:
    """Ask which text to begin with, where neither has the other in it."""
    if both[0] in both[1] or both[1] in both[0]:
        return together.united(*both)
    texts = {_BOTH: together.united(*both), first.id: both[0], second.id: both[1]}
    names = {
        _BOTH: "Both, one behind the other",
        first.id: f"That of {first.label}",
        second.id: f"That of {second.label}",
    }
    which = st.segmented_control(
        label,
        list(texts),
        default=_BOTH,
        format_func=lambda one: literal(names[one]),
        key=f"{field}:{first.id}:{second.id}",
        required=True,
    )
    return texts[which or _BOTH]


class _Written:
    """The fields in which the merged texts stand, to be written over before the act."""

    def __init__(self, pair: str) -> None:
        self._pair = pair
        self._keys: dict[str, str] = {}
        self._slots: dict[str, str] = {}

    def line(self, field: str, label: str, start: str) -> None:
        """Draw the field of a short text that begins as `start`."""
        key = self._begun(field, start)
        st.text_input(label, value=start, key=key, live=True, persist_state="session")
        draft_keeper.keep(label, self._slots[field], start)

    def text(self, field: str, label: str, start: str) -> None:
        """Draw the field of a long one."""
        key = self._begun(field, start)
        st.text_area(label, value=start, key=key, persist_state="session")
        draft_keeper.keep(label, self._slots[field], start)

    def _begun(self, field: str, start: str) -> str:
        begun = text_digest(start)[-12:]  # another choice is another text to begin with
        slot = f"{state.grid_ident()}:merge:{self._pair}:{field}:{begun}"
        self._slots[field] = slot
        self._keys[field] = f"{field}:text:{self._pair}:{begun}"
        return self._keys[field]

    def found(self) -> dict[str, str]:
        """Give the texts as they stand in the fields."""
        return {field: str(state.widget(key)) for field, key in self._keys.items()}

    def take(self) -> None:
        """Note that the texts are the item's by now, and no draft is left."""
        for field, text in self.found().items():
            state.note_taken(self._slots[field], text)


def _one_of(label: str, first: Evidence, second: Evidence, key: str, pair: str) -> str:
    texts = [getattr(first, key), getattr(second, key)]
    chosen = st.segmented_control(
        label,
        texts,
        default=texts[0],
        format_func=lambda text: literal(clipped(text, _SHOWN)),
        key=f"{key}:{pair}",
        required=True,
    )
    return str(chosen or texts[0])


def _ratings(
    first: Evidence, second: Evidence
) -> tuple[dict[str, Any], list[list[Any]], list[str]]:
    """Compare cell by cell: the published ratings, the own ones, what is not chosen."""
    chosen, alike, open_ = _published(first, second)
    judged: list[list[Any]] = []
    for one in state.case().hypotheses:
        stands = chosen.get(one.id) or first.ratings.get(one.id)
        _own(one, first, second, stands or second.ratings.get(one.id), judged, open_)
    if alike:
        st.caption(f"Rated alike, or by one alone, as published: {', '.join(alike)}.")
    plain = {
        id_: {"rating": one.consistency.value, "because": one.because}
        for id_, one in chosen.items()
    }
    return plain, judged, open_


def _published(
    first: Evidence, second: Evidence
) -> tuple[dict[str, Rating], list[str], list[str]]:
    """Ask for each cell that is published otherwise; gives also what is alike, open."""
    case = state.case()
    differing = together.disagreements(case, first.id, second.id)
    chosen, alike, open_ = {}, [], []
    for one in case.hypotheses:
        both = [item.ratings.get(one.id) for item in (first, second)]
        if one.id in differing:
            rating = _choice(one, "as published", first, second, both)
            if rating:
                chosen[one.id] = rating
            else:
                open_.append(f"{one.label} as published")
        elif rating := both[0] or both[1]:
            alike.append(f"{one.label} {code(rating)}")
    return chosen, alike, open_


def _own(  # noqa: PLR0913  a cell, and what it adds to
    one: Hypothesis,
    first: Evidence,
    second: Evidence,
    stands: Rating | None,
    judged: list[list[Any]],
    open_: list[str],
) -> None:
    """Ask for a cell that the analyst rated otherwise; note what is to be judged."""
    own = state.desk().judgments
    cells = [(item.id, one.id) for item in (first, second)]
    if not any(cell in own.ratings for cell in cells):
        return
    mine = [own.rating(item, one.id) for item in (first, second)]
    wanted = mine[0] or mine[1]
    if code(mine[0]) != code(mine[1]) and all(mine):
        wanted = _choice(one, "as you rate it", first, second, mine)
        if wanted is None:
            open_.append(f"{one.label} as you rate it")
            return
    if wanted == (mine[0] if cells[0] in own.ratings else stands):
        return
    if wanted == stands:
        judged.append([EntryKind.RATING.value, first.id, one.id, None, None])
    else:
        judged.append(_change(first.id, one.id, wanted))


def _choice(
    one: Hypothesis,
    whose: str,
    first: Evidence,
    second: Evidence,
    ratings: list[Rating | None],
) -> Rating | None:
    """Ask which of two ratings is to stand; None until one is chosen."""
    items = (first, second)
    names = [
        f"{code(rating)} of {item.label}"
        for item, rating in zip(items, ratings, strict=True)
    ]
    at = st.segmented_control(
        literal(f"{one.label} {one.title}, {whose}"),
        [0, 1],
        format_func=lambda place: literal(names[place]),
        key=f"cell:{whose}:{first.id}:{second.id}:{one.id}",
        help="; ".join(
            literal(f"{item.label}: {rating.because if rating else ''}")
            for item, rating in zip(items, ratings, strict=True)
        ),
    )
    return None if at is None else ratings[at]


def _change(evidence: str, hypothesis: str, rating: Rating | None) -> list[Any]:
    to = rating.consistency.value if rating else UNRATED
    because = rating.because if rating else None
    return [EntryKind.RATING.value, evidence, hypothesis, to, because]


def _others(gone: Evidence) -> None:
    """List whose judgments of the item stay behind."""
    names = rated_by_others(state.desk(), gone.id)
    if names:
        st.caption(
            f"Also rated by {literal(joined(names))}: those stay in the ledger, "
            "and are offered to them when they next open the case."
        )
