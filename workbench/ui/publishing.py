"""Publish an analyst's judgments as the case's new baseline: first shown, then done."""

from __future__ import annotations

import streamlit as st

from workbench.case.editing import plan as editing
from workbench.case.editing import publish
from workbench.case.entry import EntryKind
from workbench.case.judgments import Judgments
from workbench.errors import ContentErrors, WorkbenchError
from workbench.record import publication
from workbench.ui import entrance, state
from workbench.ui.controls import literal
from workbench.wording import counted, plain

_SHOWN = 2_000  # lines of the difference
_HIGH = 22  # lines that fit without scrolling


def draw() -> None:
    """Draw the preview and the button, if there is anything to publish."""
    state.set_preview(None)
    if entrance.is_demonstration():
        st.info("In this demonstration nobody can publish: the case is for everybody.")
        return
    judgments = state.desk().judgments
    try:
        plan = publish.plan(state.shelf().texts(), state.case(), judgments)
    except WorkbenchError as error:
        st.warning(literal(str(error)), title="This cannot be published now")
        return
    if plan.kept:
        listed = "\n".join(f"- {literal(text)}" for text in plan.kept)
        st.markdown(
            "Emphases have no place in a case's files. These stay yours, in the "
            f"ledger:\n\n{listed}"
        )
    if not plan.files:
        st.info(
            "There is nothing to publish: no rating, reason, level, origin or "
            "exclusion of yours departs from the published case."
        )
        return
    files = counted(len(plan.files), "file")
    changes = "\n".join(
        f"- {literal(text)}" for change in plan.files for text in change.changes
    )
    st.markdown(f"{files} would change:\n\n{changes}")
    lines = plain(editing.difference(plan.files)).split("\n")
    if len(lines) > _SHOWN:
        lines = [*lines[:_SHOWN], f"... and {len(lines) - _SHOWN} more lines"]
    with st.container(height=420 if len(lines) > _HIGH else "content", border=False):
        st.code("\n".join(lines), language="diff", wrap_lines=True)
    state.set_preview(state.Preview(plan, judgments))
    st.button(
        f"Publish: write {files}",
        type="primary",
        icon=":material/publish:",
        key="publish",
        on_click=_publish,
    )
    st.caption(
        "What is published goes back to the baseline in your ledger, which then says "
        "the same. Other analysts are measured against the new baseline from then on."
    )


def _publish() -> None:
    """Write exactly what was shown, or nothing."""
    shown = state.preview()
    state.set_preview(None)
    try:
        state.desk().refresh()
        if shown is None or state.desk().judgments != shown.judgments:
            said = "Your judgments changed since the preview; look at it again."
            state.leave_message(f"{said} Nothing was written.")
            return
        with state.shelf().alone():
            publication.publish(state.desk(), state.shelf(), shown.plan.files)
    except (WorkbenchError, OSError) as error:
        state.leave_message(f"Not published. {error}")
        return
    files = counted(len(shown.plan.files), "file")
    try:
        state.load_case()
        state.act(returning(shown.judgments))
    except ContentErrors:
        return  # the frame lists them
    except WorkbenchError as error:
        said = "Your entries still say the same as the new baseline, which does no harm"
        state.leave_message(f"{files} published. {said}: {error}")
        return
    state.leave_success(f"Published: {files} written. Your judgments are the baseline.")


def returning(judgments: Judgments) -> list[list[str | None]]:
    """List the changes that return what was published to the baseline.

    Emphases are not published, and stay.
    """
    changes: list[list[str | None]] = [
        [EntryKind.RATING.value, item, hypothesis, None]
        for item, hypothesis in judgments.ratings
    ]
    emphases = (EntryKind.EMPHASIS, EntryKind.SOURCE_EMPHASIS)
    for kind, departing in judgments.by_kind().items():
        if kind not in emphases:
            changes += [[kind.value, item, None, None] for item in departing]
    return changes
