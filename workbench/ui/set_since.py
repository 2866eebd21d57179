"""Keeps what a field was set to from a browser that has not heard of it yet.

With each message a browser says what all of its fields hold. Where one was set here,
as the row of a list by a button for the next, and that is still on its way, it says
what the field held before. Streamlit 1.67 takes that for a change: the row that was
left would be chosen again. What a browser says anew, it says otherwise than in the
message before, or in one that nothing else explains: neither a button or a component,
nor another field, nor another page. `delivery` says why methods are
replaced.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from weakref import WeakKeyDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils import script_requests
from streamlit.runtime.state.session_state import SessionState

SET_HERE: Final = "set_here"  # where a session keeps the keys of what it ever set
_PRESSED: Final = script_requests._TRIGGER_PROTO_FIELDS  # noqa: SLF001
_heed: Final = SessionState.set_widgets_from_proto


@dataclass
class Said:
    """What a browser said last of each field, and what of it is new, by their ids.

    What is new stays so until a run has heard it.
    """

    last: dict[str, bytes] = field(default_factory=dict)
    new: dict[str, bytes] = field(default_factory=dict)
    page: str = ""

    def hear(self, asked: ClientState, *, pressed: bool) -> None:
        """Take in a message; `pressed` if a button or a component explains it."""
        said = {
            one.id: one.SerializeToString(deterministic=True)
            for one in asked.widget_states.widgets
            if one.WhichOneof("value") not in _PRESSED
        }
        other = {id_ for id_, one in said.items() if self.last.get(id_, one) != one}
        goes = asked.page_script_hash != self.page
        if other or pressed or goes:  # fields that have just come explain nothing
            other |= said.keys() - self.last.keys()
            self.new |= {id_: said[id_] for id_ in other}
        else:
            self.new |= said
        self.last, self.page = said, asked.page_script_hash

    def take_new(self, states: WidgetStates) -> set[str]:
        """Give the fields of which a run hears something new, which is so no more."""
        found = set()
        for one in states.widgets:
            if self.new.get(one.id) == one.SerializeToString(deterministic=True):
                del self.new[one.id]
                found.add(one.id)
        return found


_said: Final[WeakKeyDictionary[AppSession, Said]] = WeakKeyDictionary()


def hear(session: AppSession, asked: ClientState, *, pressed: bool) -> None:
    """Take in what a browser says, in the order of its messages."""
    _said.setdefault(session, Said()).hear(asked, pressed=pressed)


def set_widgets_from_proto(session: SessionState, states: WidgetStates) -> None:
    """Take over what fields hold, but for what was said before they were set here."""
    _heed(session, states)
    said = _of_run()
    if said is not None:
        keep_set(session, states, said.take_new(states))


def keep_set(session: SessionState, states: WidgetStates, new: set[str]) -> None:
    """Have fields that were set here hold that still, unless they are among the new.

    The browser is told of it again: what was to tell it may have been overtaken.
    """
    here: set[str] = session._old_state.get(SET_HERE, set())  # noqa: SLF001
    for one in states.widgets:
        id_, key = one.id, session._key_id_mapper.id_key_mapping.get(one.id)  # noqa: SLF001
        if id_ in new or key not in here or id_ not in session._old_state:  # noqa: SLF001
            continue
        kept = session._old_state[id_]  # noqa: SLF001
        if session._new_widget_state.get(id_) != kept:  # noqa: SLF001
            del session._new_widget_state[id_]  # noqa: SLF001
            session._new_session_state[key] = kept  # noqa: SLF001


def _of_run() -> Said | None:
    context = get_script_run_ctx()
    if context is None or not Runtime.exists():
        return None
    session = Runtime.instance().get_app_session(context.session_id)
    return _said.get(session) if session is not None else None
