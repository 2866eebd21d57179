"""Delivers all of what a page draws: two places where Streamlit 1.67 lets some fall.

Both are about parts of a page that run by themselves soon after another run, as where
keys follow each other or the machine is busy. What is lost leaves a page half drawn,
and what comes after it ends in "Bad delta path index" and a page that stands still.
There is no public way round either, so the two methods are replaced, and nothing else.
"""

from __future__ import annotations

from functools import partial
from typing import Final

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType

_ENDING: Final = AppSessionState.SHUTDOWN_REQUESTED
_SOON: Final = 0.002  # seconds
_clear: Final = ForwardMsgQueue.clear
_request_rerun: Final = AppSession.request_rerun


def keep_in_order() -> None:
    """Have every session deliver all of what it draws, in order, from now on."""
    ForwardMsgQueue.clear = clear  # type: ignore[method-assign, assignment]
    AppSession.request_rerun = request_rerun  # type: ignore[method-assign, assignment]


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


def request_rerun(session: AppSession, client_state: ClientState | None) -> None:
    """Ask for a run, of a part only once all of the run before has been taken in.

    A run that is over has its last messages wait for the server's own thread. A part
    that is asked for in that moment is given a runner of its own by Streamlit, which
    then takes those messages for ones of a run that was given up.
    """
    runner = session._scriptrunner  # noqa: SLF001
    if client_state is not None and client_state.fragment_id and runner is not None:
        is_over = runner._requests._state is ScriptRequestType.STOP  # noqa: SLF001
        if is_over and session._state is not _ENDING:  # noqa: SLF001
            asked = ClientState()
            asked.CopyFrom(client_state)
            again = partial(request_rerun, session, asked)
            session._event_loop.call_later(_SOON, again)  # noqa: SLF001
            return
    _request_rerun(session, client_state)
