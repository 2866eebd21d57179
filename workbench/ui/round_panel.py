"""The round at the head of the page Team: what it is at, who has locked, what to do.

Names of who has locked may be seen; what anybody rated is not, until it is revealed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.record import callers
from workbench.record.rights import Role
from workbench.record.round_entries import Phase, Round
from workbench.record.sight import Sight
from workbench.team import rounds
from workbench.team.rounds import FEWEST, Seat
from workbench.ui import day_field, entrance, round_stand, state
from workbench.ui.cases_parts import MATRIX_PAGE
from workbench.ui.controls import literal
from workbench.ui.prose_table import table
from workbench.wording import counted, joined
from workbench.wording.round_told import (
    describe_end,
    describe_round,
    describe_trust,
    spoken_time,
)

_ABOUT: Final = (
    "Each rates alone, in an order of their own, without scores, published ratings or "
    "anybody else in view, and locks; then all is shown, discussed, and perhaps rated "
    "again. Independence first is what has been shown to help; groups that talk first "
    "do worst (Convertino and others 2008)."
)
_PEOPLE: Final = "round_people"
_UNTIL: Final = "round_until"
_LATER: Final = "round_deadline"


def draw() -> None:
    """Draw the round that goes on, or the way to begin one for who may."""
    found = round_stand.sight()
    if found.round is None:
        if found.role is Role.LEAD and not entrance.is_demonstration():
            _begin()
        return
    with st.container(border=True, key="round"):
        _standing(found, found.round)


def _standing(found: Sight, one: Round) -> None:
    st.markdown(f"#### Round {one.number}: {_TITLES[one.phase]}")
    stand = round_stand.stand()
    st.markdown(literal(" ".join(describe_round(one, stand))))
    desk = state.desk()
    seats = rounds.seats(desk.ledger, desk.case, one)
    st.caption(literal(_who(one, seats)))
    if desk.identity is None:
        st.caption(describe_trust())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if one.is_private and stand.takes_part:
            if stand.locked:
                _button("Take my lock back", "unlock", rounds.unlock)
            else:
                _button("Lock my ratings", "lock", rounds.lock, primary=not stand.left)
            if st.button("Rate in the Matrix", icon=":material/grid_on:"):
                st.switch_page(MATRIX_PAGE)
        if found.role is Role.LEAD:
            _of_lead(one, seats)


def _of_lead(one: Round, seats: list[Seat]) -> None:
    if one.is_private:
        left = [seat.name for seat in seats if not (seat.locked or seat.away)]
        _button(
            "Reveal",
            "reveal",
            rounds.reveal,
            primary=not left,
            help_=f"Once {joined(left)} locked" if left else "Show everybody's ratings",
            disabled=bool(left),
        )
        with st.popover("Deadline", icon=":material/schedule:"):
            until = _deadline(_LATER)
            _button(
                "Set the deadline",
                "postpone",
                lambda desk: rounds.postpone(desk, until),
            )
        return
    _button("Rate again", "rerate", rounds.rerate)
    _button("Close the round", "close", rounds.close)


_TITLES: Final = {
    Phase.BLIND: "blind",
    Phase.REVEALED: "revealed",
    Phase.RERATING: "rated again in private",
    Phase.CLOSED: "closed",
}


def _who(one: Round, seats: list[Seat]) -> str:
    """Say who has locked and who has not, or who had not when it was revealed."""
    if not one.is_private:
        named = {seat.person: seat.name for seat in seats}
        end = describe_end(one.now, named, len(seats))
        return f"Revealed on {spoken_time(one.now.ended)}: {end}."
    locked = [seat.name for seat in seats if seat.locked]
    waiting = [
        f"{seat.name} (edited since)" if seat.fell else seat.name
        for seat in seats
        if not (seat.locked or seat.away)
    ]
    said = [f"Has locked: {joined(locked)}." if locked else "Nobody has locked yet."]
    if waiting:
        said.append(f"Still rating: {joined(waiting)}.")
    if away := [seat.name for seat in seats if seat.away]:
        said.append(
            f"Not waited for, since their role lets them rate no more: {joined(away)}."
        )
    return " ".join(said)


def _begin() -> None:
    """Offer to begin a round, with who takes part and by when."""
    desk = state.desk()
    id_ = desk.case.question.id
    able = rounds.able(desk.ledger, id_, desk.identity)
    if desk.identity is None:
        able = list(dict.fromkeys([*able, desk.analyst]))
    named = rounds.names(desk.ledger, id_, able)
    with st.expander("Begin a round", icon=":material/visibility_off:", key="begin"):
        st.caption(_ABOUT)
        if desk.identity is None:
            st.caption(describe_trust())
        people = st.multiselect(
            "Who takes part",
            able,
            default=able,
            key=_PEOPLE,
            format_func=lambda one: literal(named.get(str(one), str(one))),
            accept_new_options=desk.identity is None,
            help="All who are to rate, yourself too if you rate",
        )
        until = _deadline(_UNTIL)
        st.caption(
            "The case is frozen while a round goes on: items, hypotheses, levels and "
            "origins. An edit by a lead reopens the rows that it touches."
        )
        chosen = list(map(str, people))
        _button(
            "Begin the round",
            "begin",
            lambda desk: rounds.begin(desk, chosen, until),
            primary=True,
            disabled=len(chosen) < FEWEST,
            help_=f"For {FEWEST} people or more",
        )


def _deadline(key: str) -> dt.datetime | None:
    """Ask for the time at which it is revealed, None for when all have locked."""
    label = "Revealed at the latest, in UTC"
    waits = "Empty: it waits for everybody"
    found = day_field.minute(label, key, None, help_=waits)
    return None if found is None else found.replace(tzinfo=dt.UTC)


def _button(  # noqa: PLR0913  what a button has
    label: str,
    key: str,
    act: Callable[..., None],
    *,
    primary: bool = False,
    disabled: bool = False,
    help_: str | None = None,
) -> None:
    st.button(
        label,
        key=f"round_{key}",
        type="primary" if primary else "secondary",
        disabled=disabled,
        help=help_,
        on_click=_act,
        args=(label, act),
    )


def _act(label: str, act: Callable[..., None]) -> None:
    try:
        state.load_case()
        act(state.desk())
    except WorkbenchError as error:
        state.leave_message(str(error))
        return
    if label in _DATED:
        day_field.forget(_DATED[label])
    state.leave_success(_DONE.get(label, "Done."))


_DATED: Final = {"Begin the round": _UNTIL, "Set the deadline": _LATER}
_DONE: Final = {
    "Begin the round": "The round has begun: everybody who takes part rates blind now.",
    "Lock my ratings": "Your ratings are locked.",
    "Take my lock back": "Your ratings are open again.",
    "Reveal": "Everybody's ratings are shown now.",
    "Rate again": "Everybody rates again, in private.",
    "Close the round": "The round is closed; what follows is open work.",
    "Set the deadline": "The deadline is set.",
}


def refusals() -> None:
    """Tell a lead what was asked for and not shown, if anything was."""
    desk = state.desk()
    if desk.sight.role is not Role.LEAD or desk.identity is None:
        return
    found = callers.refusals(desk.ledger, desk.case.question.id)
    if not found:
        return
    named = rounds.names(
        desk.ledger, desk.case.question.id, [one.person for one in found]
    )
    with st.expander(f"Not shown: {counted(len(found), 'refusal')}", key="refusals"):
        rows = [
            (named[one.person], one.what, str(one.times), spoken_time(one.at))
            for one in found
        ]
        table(["Who", "What", "Times", "Last"], rows, ["Times"])
