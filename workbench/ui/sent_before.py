"""Sends what a browser still has by its name alone: where Streamlit 1.67 may be wrong.

A browser keeps what it is sent, and lets it go once three runs have ended without it.
Streamlit goes by what was kept when a run was asked for. One that ends before that is
heard, as where somebody goes from page to page on a slow line, has the browser let go
what the next is to draw: a name that it does not know ends in "Cached ForwardMsg MISS"
and a page that hears nothing more. So names take the place of what they stand for as it
leaves, by what has left on the same connection before. `delivery` says why methods are
replaced.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from weakref import WeakKeyDictionary

from streamlit import config
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_cache import create_reference_msg
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.session_manager import ActiveSessionInfo, SessionClient

_send_message: Final = Runtime._send_message  # noqa: SLF001  `delivery` says why


@dataclass
class _Sent:
    """What was sent over a connection: how many runs had ended then, by the name."""

    ended: int = 0
    at: dict[str, int] = field(default_factory=dict)


_sent: Final[WeakKeyDictionary[SessionClient, _Sent]] = WeakKeyDictionary()


def whole(message: ForwardMsg) -> ForwardMsg:
    """Give a message as it is, for which Streamlit would send a name."""
    return message


def send(runtime: Runtime, to: ActiveSessionInfo, message: ForwardMsg) -> None:
    """Send a message, or its name where the browser has it for certain."""
    sent = _sent.setdefault(to.client, _Sent())
    if message.WhichOneof("type") == "script_finished":
        # A run that was given up for the next does not count: a browser waits for that.
        if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            _end(sent)
    elif message.metadata.cacheable:
        is_kept = message.hash in sent.at
        sent.at[message.hash] = sent.ended
        if is_kept:
            message = create_reference_msg(message)
    _send_message(runtime, to, message)


def _end(sent: _Sent) -> None:
    """Note that a run has ended, and forget what a browser may let go by it."""
    sent.ended += 1
    oldest = sent.ended - int(config.get_option("global.maxCachedMessageAge"))
    sent.at = {name: ended for name, ended in sent.at.items() if ended >= oldest}
