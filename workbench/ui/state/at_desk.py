"""The desk of the analyst on screen, at which forms ask for changes."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import Any, Literal

import streamlit as st

from workbench.case.entry import analyst_name
from workbench.errors import WorkbenchError
from workbench.record import editing as editing_in_ledger
from workbench.record.analysts import Analysts
from workbench.record.desk import Desk
from workbench.record.going_back import GoBack
from workbench.record.ledger import Ledger
from workbench.record.old_ids import Behind
from workbench.record.raters import raters as raters_of
from workbench.record.sight import log_refused, sight_of
from workbench.record.whose_name import own_name, require_free
from workbench.ui import entrance
from workbench.ui.state.notes import leave_success
from workbench.ui.state.person import (
    analyst,
    identity,
    keep_name,
    kept_name,
    use_name,
)
from workbench.ui.state.read_case import keep_up, ledger, load_case, whole_case
from workbench.ui.state.which_case import shelf


def desk() -> Desk:
    """Give the analyst's desk, made anew when the case or the analyst changed.

    Raises SignInNeeded where a sign-in is over, and NotAllowed for who is not on the
    case.
    """
    who = identity()
    found: Desk | None = st.session_state.get("desk")
    if found is not None and found.identity != who:
        found = None
    case = whole_case()
    if found is not None and found.case is not case and found.case == case:
        found.case = case  # what it wrote itself, as read again
    if found is None or found.case is not case or found.analyst != analyst():
        edits = not entrance.is_demonstration()
        draft = partial(editing_in_ledger.Draft, shelf()) if edits else None
        book = ledger()
        if who is not None:
            _take_own_name(book, case.question.id, who)
        found = Desk(book, case, analyst(), who, draft)
        st.session_state["desk"] = found
        st.session_state["texts_read"] = found.revision
    return found


def _take_own_name(book: Ledger, case: str, who: str) -> None:
    """Go by the name that who has signed in has in a case, or may have.

    That a browser brings another's is noted while nobody is to read another.
    """
    owners, wanted = book.owners(case), analyst()
    use_name(own_name(owners, who, wanted))
    if wanted == kept_name() and owners.get(wanted, who) != who:
        sight = sight_of(book, case, who, None)
        if sight.hides_others:
            log_refused(book, case, sight.person, f"the name {wanted}")


def analysts() -> Analysts:
    """Give everybody who judges the case, anew where the case changed."""
    found: Analysts | None = st.session_state.get("analysts")
    if found is None or found.case is not whole_case() or found.reader != analyst():
        found = Analysts(ledger(), whole_case(), identity(), analyst())
        st.session_state["analysts"] = found
    return found


def raters() -> dict[str, Desk]:
    """Give the desks of those who rated the case, of those who may be seen now."""
    return raters_of(ledger(), whole_case(), identity(), analyst())


def set_analyst(text: str) -> None:
    """Change the analyst's name, here and in this browser's later sessions.

    Raises WorkbenchError for what is no name, for another's where people sign in, and
    in a public demonstration.
    """
    if entrance.is_demonstration():
        raise WorkbenchError("In this demonstration nobody can take a name.")
    name = analyst_name(text)
    who = identity()
    if who is not None and "case" in st.session_state:
        require_free(ledger().owners(whole_case().question.id), who, name)
    keep_name(name)


def show_judgments() -> None:
    """Note that a page is drawn of the judgments as they are now."""
    st.session_state["judgments_shown"] = desk().revision


def are_judgments_new() -> bool:
    """Tell whether anything was judged since the page was drawn."""
    return bool(st.session_state.get("judgments_shown") != desk().revision)


def act(changes: Sequence[Sequence[Any]]) -> None:
    """Store changes that a form asked for.

    Raises WorkbenchError where one is refused or nothing could be saved.
    """
    client, op = _next_op()
    try:
        desk().change(client, op, changes)
    except Behind:  # of a thing that has another id by now
        with editing():
            desk().change(client, op, changes)


@contextmanager
def editing() -> Iterator[None]:
    """Change the case's texts as they are by now, while nobody else does.

    What an editor changed meanwhile is what the change is held against. Raises
    WorkbenchError, ContentErrors among them.
    """
    with shelf().alone():
        load_case()
        yield


def carry_out(request: Mapping[str, Any]) -> None:
    """Change the case's texts as a page asks, and read the case again.

    Raises WorkbenchError where it is refused or nothing could be saved.
    """
    with editing():
        client, op = _next_op()
        receipt = desk().receive(client, [[op, "act", dict(request)]])
        if op in receipt.refused:
            raise WorkbenchError(receipt.refused[op])
        keep_up()


def go_back(to: GoBack) -> None:
    """Make everything what it was at a moment, and say so.

    Raises WorkbenchError where that is refused or nothing could be saved.
    """
    with editing():
        client, op = _next_op()
        desk().go_back(client, op, to)
        keep_up()
    leave_success("Everything is as it was then. Undo brings back what was later.")


def step(verb: Literal["undo", "redo"]) -> None:
    """Undo what was done last, or do again what was undone, and say so.

    Raises WorkbenchError where there is nothing to, or nothing could be saved.
    """
    client, op = _next_op()
    with editing() if desk().steps_texts(verb) else nullcontext():
        receipt = desk().receive(client, [[op, verb]])
    if op in receipt.refused:
        raise WorkbenchError(receipt.refused[op])
    leave_success("The last change is undone." if verb == "undo" else "Done again.")


def _next_op() -> tuple[str, int]:
    """Name the forms of this session as a client, and count what they asked for."""
    client = st.session_state.setdefault("form", f"form-{uuid.uuid4().hex[:12]}")
    op = st.session_state.get("form_op", 0) + 1
    st.session_state["form_op"] = op
    return client, op
