"""How whoever looks stands in the round that goes on, as the ledger has it now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final, TypeVar

import streamlit as st

from workbench.record.rights import NotAllowed, Role
from workbench.record.round_rules import reopened
from workbench.record.sight import Sight, refusal, require_open_book
from workbench.team import rounds
from workbench.ui import state
from workbench.ui.controls import literal
from workbench.wording import named
from workbench.wording.round_told import Stand, describe_round

T = TypeVar("T")
# Pages on which there are scores, rankings or others: shut to who rates blind.
SHUT: Final = ("Robustness", "Probability", "Watch", "History", "Report")


def sight() -> Sight:
    """Give what may be seen, as last asked."""
    return state.desk().sight


def is_frozen() -> bool:
    """Tell whether a round lets whoever looks not change the case's texts."""
    found = sight()
    return found.round is not None and found.role is not Role.LEAD


def keep_deadline() -> None:
    """Enter that a deadline has revealed the round, where nobody has yet.

    Raises LedgerError.
    """
    found = sight().round
    if found is not None and not found.is_private and not found.now.heads:
        desk = state.desk()
        if rounds.note_deadline(desk.ledger, desk.case):
            desk.refresh()


def is_shut(what: str, names: Iterable[str] = ()) -> bool:
    """Tell whether a part of a page drawn before is not to be drawn again, and say so.

    `names` are those whose judgments it shows. A part runs without the frame, which
    would have asked.
    """
    desk = state.desk()
    desk.refresh()
    reader = desk.identity, desk.analyst
    try:
        require_open_book(desk.ledger, desk.case.question.id, reader, names, what)
    except NotAllowed as error:
        st.warning(literal(str(error)))
        return True
    return False


def guarded(make: Callable[[], T], what: str, names: Iterable[str]) -> Callable[[], T]:
    """Give what makes a file once it is asked for, if it may be seen by then.

    `names` are those whose judgments it shows. What is given raises NotAllowed.
    """
    desk, shown = state.desk(), tuple(names)
    ledger, id_ = desk.ledger, desk.case.question.id
    reader = desk.identity, desk.analyst

    def made() -> T:
        require_open_book(ledger, id_, reader, shown, what)
        return make()

    return made


def note_refused(what: str) -> None:
    """Log, once for each time it is asked for, that something is not shown now."""
    if state.view("refused", "") != what:
        desk = state.desk()
        refusal(desk.ledger, desk.case.question.id, sight().person, what)
    state.set_view("refused", what)


def forget_refused() -> None:
    """Log it anew when it is asked for again."""
    if state.view("refused", ""):
        state.set_view("refused", "")


def stand() -> Stand:
    """Give how whoever looks stands in the round; nothing of it without one."""
    desk = state.desk()
    seen, case = desk.sight, desk.shown
    if seen.round is None or not seen.takes_part:
        return Stand(takes_part=False)
    lock = seen.round.now.locks.get(seen.person)
    edited = []
    if lock is not None:
        found = reopened(lock, desk.case, desk.ledger.text)
        edited = [
            *(named(one) for one in case.evidence if one.id in found.items),
            *(named(one) for one in case.hypotheses if one.id in found.hypotheses),
        ]
    return Stand(
        takes_part=True,
        locked=lock is not None and not edited,
        left=unrated(),
        edited=edited,
    )


def lines(*, counted: bool = True) -> tuple[str, ...]:
    """Say what the round is at to who takes part in it, nothing to anybody else.

    `counted` tells whether the cells that are left are counted in it.
    """
    found = sight()
    if found.round is None or not found.takes_part:
        return ()
    at = stand()
    return describe_round(found.round, at if counted else replace(at, left=None))


def unrated() -> int:
    """Count the cells that whoever looks has left unrated."""
    desk = state.desk()
    case, own = desk.shown, desk.judgments
    columns = [one.id for one in case.hypotheses if one.status == "active"]
    return sum(
        own.rating(item, column) is None
        for item in case.evidence
        if own.active(item)
        for column in columns
    )
