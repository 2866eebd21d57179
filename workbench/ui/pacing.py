"""In which pieces a page leaves for the browser: what is in view first, then the rest.

Streamlit sends what there is every 5 ms. A browser that gets a page so draws all that
frames it anew for each piece, which takes it longer than the page does; and what is in
view waits for what is below. So what a page draws is held until the page says that what
is in view is there, and then until it ends; nothing is held for long. Parts of a page
that run by themselves are held by nothing: an answer leaves at once.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner import get_script_run_ctx

_LONGEST: Final = 0.06  # seconds that something waits for what is drawn next
APART: Final = 0.04  # seconds in which a browser draws and paints what is in view
_enqueue: Final = AppSession._enqueue_forward_msg  # noqa: SLF001  `delivery` says why
_flush: Final = ForwardMsgQueue.flush


@dataclass
class _Pace:
    """Of a session: whether a page is drawn, until when nothing more leaves."""

    is_drawing: bool = False
    rests_until: float = 0.0
    leaves_at: float = 0.0  # what waits, by the timer set last


_paces: Final[WeakKeyDictionary[AppSession, _Pace]] = WeakKeyDictionary()
# How many of the messages that wait are of what is in view, and until when only these
# leave: by the time the server sends, a page has gone on drawing.
_firsts: Final[WeakKeyDictionary[ForwardMsgQueue, tuple[int, float]]] = (
    WeakKeyDictionary()
)


def send(apart: float = APART) -> None:
    """Have what was drawn so far leave now: all that is in view is there.

    What is drawn next leaves no sooner than so many seconds later.
    """
    context = get_script_run_ctx()
    if context is None or not Runtime.exists():
        return
    session = Runtime.instance().get_app_session(context.session_id)
    if session is not None:  # behind all that was drawn, on the server's own thread
        session._event_loop.call_soon_threadsafe(_send, session, apart)  # noqa: SLF001


def enqueue(session: AppSession, message: ForwardMsg) -> None:
    """Put a message behind those that wait; it leaves when it is time."""
    pace = _paces.setdefault(session, _Pace())
    wake, now = session._message_enqueued_callback, time.monotonic()  # noqa: SLF001
    session._message_enqueued_callback = None  # noqa: SLF001
    try:
        _enqueue(session, message)
    finally:
        session._message_enqueued_callback = wake  # noqa: SLF001
    kind = message.WhichOneof("type")
    if kind == "new_session":
        pace.is_drawing = not message.metadata.run.fragment_ids
        pace.rests_until = 0.0
        _firsts.pop(session._browser_queue, None)  # noqa: SLF001
    if not pace.is_drawing:
        _leave(session, pace, pace.rests_until)
    elif kind == "script_finished":
        # Given up for the next run: that one's page follows at once.
        if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            pace.is_drawing = False
            _leave(session, pace, max(now, pace.rests_until))
    elif pace.leaves_at <= now:
        _leave(session, pace, now + _LONGEST)


def flush(queue: ForwardMsgQueue) -> list[ForwardMsg]:
    """Give what is to leave now: all that waits, or what is in view of it alone."""
    many, until = _firsts.pop(queue, (0, 0.0))
    if until <= time.monotonic():
        return _flush(queue)
    first, queue._queue = queue._queue[:many], queue._queue[many:]  # noqa: SLF001
    queue._delta_index_map = {}  # noqa: SLF001  nothing is put in the place of another
    return first


def _send(session: AppSession, apart: float) -> None:
    pace, queue = _paces.setdefault(session, _Pace()), session._browser_queue  # noqa: SLF001
    pace.rests_until = time.monotonic() + apart
    _firsts[queue] = len(queue._queue), pace.rests_until  # noqa: SLF001
    _wake(session)


def _leave(session: AppSession, pace: _Pace, at: float) -> None:
    """Have what waits leave at a time, which may be past."""
    now = time.monotonic()
    if at > now and pace.leaves_at == at:
        return
    pace.leaves_at = at
    if (left := at - now) > 0:
        session._event_loop.call_later(left, _due, session, pace)  # noqa: SLF001
    else:
        _wake(session)


def _due(session: AppSession, pace: _Pace) -> None:
    if pace.rests_until > time.monotonic():
        _leave(session, pace, pace.rests_until)
    else:
        _wake(session)


def _wake(session: AppSession) -> None:
    """Have the server send all that waits in a session."""
    if (wake := session._message_enqueued_callback) is not None:  # noqa: SLF001
        wake()
