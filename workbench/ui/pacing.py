"""In which pieces a page leaves for the browser: what is in view first, then the rest.

Streamlit sends what there is every 5 ms. A browser that gets a page so draws all that
frames it anew for each piece, which takes it longer than the page does; and what is in
view waits for what is below. So which page it is leaves at once, for a browser to make
ready meanwhile; what the page draws is held until the page says that what is in view is
there, and then until it ends; nothing is held for long. The rest leaves when a browser
has begun to draw what is in view: what comes meanwhile waits in the browser, and a
longer pause is lost to the whole page. Only where what follows takes a browser longer
than what is in view does it leave once that is painted; a page of little more than a
window says nothing, and leaves in one piece.
Parts of a page that run by themselves are held by nothing: an answer leaves at once.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import Final
from weakref import WeakKeyDictionary

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.scriptrunner import get_script_run_ctx

_LONGEST: Final = 0.06  # seconds that something waits for what is drawn next
# Seconds in which the server's own thread sends a piece: where this one goes on at
# once, that one waits for its turn between two messages, and a browser begins at half.
_SENT: Final = 0.004
_LOOK: Final = 0.001
APART: Final = 0.03  # seconds in which a browser begins to draw what is in view
_enqueue: Final = AppSession._enqueue_forward_msg  # noqa: SLF001  `delivery` says why
_flush: Final = ForwardMsgQueue.flush


@dataclass
class _Pace:
    """Of what waits in a session: how much may leave, and until when no more.

    `first` counts the messages of what is in view: by the time that the server sends
    them a page has gone on drawing. It rests while a browser draws these.
    """

    is_drawing: bool = False
    is_resting: bool = False
    first: int = 0
    until: float = 0.0


_paces: Final[WeakKeyDictionary[ForwardMsgQueue, _Pace]] = WeakKeyDictionary()


def send(apart: float = APART) -> None:
    """Have what was drawn so far leave now: all that is in view is there.

    What is drawn next leaves no sooner than so many seconds later.
    """
    context = get_script_run_ctx()
    if context is None or not Runtime.exists():
        return
    session = Runtime.instance().get_app_session(context.session_id)
    if session is not None:  # behind all that was drawn, on the server's own thread
        session._call_soon_on_event_loop(partial(_send, session, apart))  # noqa: SLF001
        time.sleep(_SENT)


def leave() -> None:
    """Wait until all that was drawn so far has left: a few ms, and never for long.

    What waits when the next run begins comes with what that one draws.
    """
    context = get_script_run_ctx()
    if context is None or not Runtime.exists():
        return
    session = Runtime.instance().get_app_session(context.session_id)
    if session is not None:
        _leave(session)


def _leave(session: AppSession) -> None:
    is_put, until = Event(), time.monotonic() + _LONGEST
    session._call_soon_on_event_loop(is_put.set)  # noqa: SLF001  behind what was drawn
    is_put.wait(_LONGEST)
    while session._browser_queue._queue and time.monotonic() < until:  # noqa: SLF001
        time.sleep(_LOOK)


def enqueue(session: AppSession, message: ForwardMsg) -> None:
    """Put a message behind those that wait; it leaves when it is time."""
    pace, now = _of(session), time.monotonic()
    wake = session._message_enqueued_callback  # noqa: SLF001
    session._message_enqueued_callback = None  # noqa: SLF001
    try:
        _enqueue(session, message)
    finally:
        session._message_enqueued_callback = wake  # noqa: SLF001
    kind = message.WhichOneof("type")
    if kind == "new_session":
        pace.is_drawing = not message.metadata.run.fragment_ids
        pace.first, pace.until, pace.is_resting = 0, now, False
    elif kind == "navigation" and pace.is_drawing and not pace.is_resting:
        # What a browser does about it, it does while the page is drawn here.
        pace.first = len(session._browser_queue._queue)  # noqa: SLF001
        _wake(session)
    elif kind == "script_finished":
        # Given up for the next run: that one's page follows at once.
        given_up = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
        pace.is_drawing = pace.is_drawing and given_up
        if not pace.is_drawing and not pace.is_resting:
            pace.until = now
    if pace.is_drawing and pace.until <= now:
        _hold(session, pace, now + _LONGEST)
    elif pace.until <= now:
        _wake(session)


def flush(queue: ForwardMsgQueue) -> list[ForwardMsg]:
    """Give what is to leave now: all that waits, or what is in view of it alone."""
    pace = _paces.get(queue)
    if pace is None or pace.until <= time.monotonic():
        return _flush(queue)
    first, queue._queue = queue._queue[: pace.first], queue._queue[pace.first :]  # noqa: SLF001
    if first:
        queue._delta_index_map = {}  # noqa: SLF001  nothing takes another's place
    pace.first = 0
    return first


def _send(session: AppSession, apart: float) -> None:
    pace = _of(session)
    pace.first, pace.is_resting = len(session._browser_queue._queue), True  # noqa: SLF001
    _hold(session, pace, time.monotonic() + apart)
    _wake(session)


def _hold(session: AppSession, pace: _Pace, until: float) -> None:
    """Let nothing more leave until a time, and then all that waits."""
    pace.until = until
    left = until - time.monotonic()
    session._event_loop.call_later(left, _due, session, pace, until)  # noqa: SLF001


def _due(session: AppSession, pace: _Pace, until: float) -> None:
    if pace.until <= until:  # else it is held for longer by now
        pace.is_resting, pace.until = False, 0.0
        _wake(session)


def _of(session: AppSession) -> _Pace:
    return _paces.setdefault(session._browser_queue, _Pace())  # noqa: SLF001


def _wake(session: AppSession) -> None:
    """Have the server send all that waits in a session."""
    if (wake := session._message_enqueued_callback) is not None:  # noqa: SLF001
        wake()
