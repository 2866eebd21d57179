"""Delivers all of what a page draws: where Streamlit 1.67 lets some of it fall.

It happens where parts of a page run by themselves soon after another run, as where
keys follow each other or the machine is busy. What is lost leaves a page half drawn,
and what comes after it ends in "Bad delta path index" and a page that stands still.
There is no public way round, so single methods are replaced: here what is sent, in
`asked_runs` what is asked for, in `kept_files` what a link leads to, in `left_fields`
what fields hold that are gone, in `pacing` when what is drawn leaves, in `sent_before`
what is not sent again, in `set_since` what fields were set to, in `theme_told` what is
said of the theme.
"""

from __future__ import annotations

from typing import Final

from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.scriptrunner import script_runner
from streamlit.runtime.scriptrunner_utils import script_run_context
from streamlit.runtime.state.session_state import SessionState

from workbench.ui import (
    asked_runs,
    kept_files,
    left_fields,
    pacing,
    sent_before,
    set_since,
    theme_told,
)

_clear: Final = ForwardMsgQueue.clear


def keep_in_order() -> None:
    """Have every session deliver all of what it draws, in order, from now on."""
    for of, name, instead in (
        (ForwardMsgQueue, "clear", clear),
        (ForwardMsgQueue, "flush", pacing.flush),
        (AppSession, "request_rerun", asked_runs.request_rerun),
        (AppSession, "_enqueue_forward_msg", pacing.enqueue),
        (script_runner, "ScriptRequests", asked_runs.Requests),
        (MemoryFragmentStorage, "lookup", asked_runs.lookup),
        (MediaFileManager, "remove_orphaned_files", kept_files.remove_orphaned_files),
        (script_run_context, "create_reference_msg", sent_before.whole),
        (Runtime, "_send_message", sent_before.send),
        (app_session, "_populate_theme_msg", theme_told.populate),
        (SessionState, "set_widgets_from_proto", set_since.set_widgets_from_proto),
        (SessionState, "_remove_stale_widgets", left_fields.remove_stale_widgets),
        (SessionState, "_widget_changed", left_fields.widget_changed),
    ):
        setattr(of, name, instead)


def clear(
    queue: ForwardMsgQueue,
    retain_lifecycle_msgs: bool = False,  # noqa: FBT001, FBT002  Streamlit calls it so
    fragment_ids_this_run: list[str] | None = None,
) -> None:
    """Clear what was not sent yet, but for what a part that runs now drew before.

    Streamlit drops that, and keeps what parts within it drew and what stands after it:
    those then reach a browser that has no place for them. What is drawn now is put
    behind all of it, so that keeping it costs bytes and nothing else.
    """
    if fragment_ids_this_run is None:
        _clear(queue, retain_lifecycle_msgs)
    else:  # of no part: only what may be composed with what follows is forgotten
        _clear(queue, retain_lifecycle_msgs, [])
