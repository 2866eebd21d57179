"""An act on the case before it is done: what it comes to, in words and lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import streamlit as st

from workbench.case.editing import plan as planning
from workbench.case.editing.plan import FileChange
from workbench.case.judgments import Judgments
from workbench.errors import WorkbenchError
from workbench.method.differences import differences
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.record.editing import Draft
from workbench.ui import state
from workbench.ui.controls import literal
from workbench.wording import counted
from workbench.wording.compared import describe_differences

Request = Mapping[str, Any]
_LINES: Final = 8  # of one kind; the files' own lines have them all


def draw(
    request: Request,
    label: str,
    key: str,
    then: Callable[[], None] | None = None,
    last: Callable[[], Request] = dict,
) -> None:
    """Show what an act would change, with the button that does it; `then` comes after.

    One that cannot be done says why, and has no button. `last` gives what of the
    request was typed since it was drawn: a field that is left by pressing the button.
    """
    with st.container(border=True):
        if not words(request):
            return
        st.button(
            label,
            key=f"do:{key}",
            type="primary",
            on_click=_do,
            args=(request, then, last),
            help="One act: Undo takes all of it back",
        )


def words(request: Request) -> bool:
    """Show what an act would change; tells whether it can be done, and else why not."""
    draft = Draft(state.shelf(), state.case())
    try:
        drafted = draft.act(request)
    except WorkbenchError as error:
        st.warning(literal(str(error)))
        return False
    st.markdown(f"**{extent(draft.changes)}**")
    _differences(draft)
    for one in draft.changes:
        if planning.REWRITTEN in one.changes:
            st.caption(literal(f"{one.file}: {planning.REWRITTEN}"))
    with st.expander("The lines of the files"):
        st.code(planning.difference(draft.changes), "diff", wrap_lines=True)
    if drafted.judged:
        said = counted(len(drafted.judged), "rating")
        st.caption(f"In the ledger, under your name: {said} of the item it makes.")
    return True


def extent(changes: tuple[FileChange, ...]) -> str:
    """Say how many files and lines change."""
    lines = planning.difference(changes).splitlines()
    parts = [
        counted(sum(_is(line, mark) for line in lines), f"line {verb}", f"lines {verb}")
        for mark, verb in (("+", "added"), ("-", "taken out"))
    ]
    return f"This changes {counted(len(changes), 'file')}: {', '.join(parts)}."


def _is(line: str, mark: str) -> bool:
    return line.startswith(mark) and not line.startswith(mark * 3)


def _differences(draft: Draft) -> None:
    """Say what differs as published; what is one's own is chosen above."""
    before, after = (
        assess(build(case, Judgments(), state.rule()))
        for case in (state.case(), draft.case)
    )
    for heading in describe_differences(draft.case, differences(before, after)):
        told = [f"- {literal(line)}" for line in heading.lines[:_LINES]]
        if (more := len(heading.lines) - _LINES) > 0:
            told.append(f"- and {more} more")
        st.markdown("\n".join([f"*{heading.title}*", "", *told]))


def _do(
    request: Request, then: Callable[[], None] | None, last: Callable[[], Request]
) -> None:
    try:
        state.carry_out({**request, **last()})
    except WorkbenchError as error:
        state.leave_message(f"Not done: {error}")
        return
    if then:
        then()
    state.leave_success("Done. Undo takes it back.")
