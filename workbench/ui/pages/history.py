"""What was done to the case and its judgments, when, and what came of it."""

import streamlit as st

from workbench.ui import (
    controls,
    history_compare,
    history_log,
    history_parts,
    history_return,
    history_trace,
    round_stand,
    sign_in,
)

controls.heading(
    "History",
    "Every judgment and every change of a text, as it was recorded: what stood at any "
    "moment, and which change moved the ranking.",
)
trace = history_trace.present()
history_parts.snapshot_form()
if not len(trace.timeline):
    history_parts.nothing_yet()
    st.stop()
controls.jump_list(
    *(["The answer is known"] if history_parts.is_known() else []),
    "The ranking over the work",
    "Compare two moments",
    "Log",
    "Go back to a moment",
)
# A long work is replayed last: what was done, and when, is read meanwhile. Below what
# comes later little moves when it comes.
answer, answer_held = history_parts.held("the-answer")
if not history_parts.is_known():
    answer_held.empty()
work, work_held = history_parts.held("over-the-work")
compared, compared_held = history_parts.held("compared")


@sign_in.part
def log() -> None:
    """Read the log; a filter redraws it alone."""
    if not round_stand.is_shut("the log of the page History"):
        history_log.draw(history_trace.present())


log()
history_return.draw(trace)
if not history_parts.is_known():
    history_parts.after_the_answer(trace)
with compared:
    history_compare.draw(trace)
compared_held.empty()
with work:
    history_parts.over_the_work(trace)
work_held.empty()
if history_parts.is_known():
    with answer:
        history_parts.after_the_answer(trace)
    answer_held.empty()
