"""Keeps what a field was set to from a browser that has not heard of it yet.

With each message a browser says what all of its fields hold. Where one was set here,
as the row of a list by a button for the next, and that is still on its way, it says
what the field held before, or what it was set to before that. Streamlit 1.67 takes
either for a change: the row that was left would be chosen again. What a browser says
anew, it says otherwise than in the message before, or in one that nothing else
explains: neither a button or a component, nor another field, nor another page.
`delivery` says why methods are replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils import script_requests
from streamlit.runtime.state.session_state import SessionState

SET_HERE: Final = "set_here"  # where a session keeps what fields were set to, by key
_MOST: Final = 20  # of one field, that a browser may not have heard of
_PRESSED: Final = script_requests._TRIGGER_PROTO_FIELDS  # noqa: SLF001
_heed: Final = SessionState.set_widgets_from_proto


@dataclass
class Said:
    """What a browser said last of each field, and what of it is new, by their ids.

    What is new stays so until a run has heard it. `certain` is of it what was surely
    done to a field: else the browser may only have heard what the field was set to.
    """

    last: dict[str, bytes] = field(default_factory=dict)
    new: dict[str, bytes] = field(default_factory=dict)
    certain: set[str] = field(default_factory=set)
    page: str = ""
    _turn: Lock = field(default_factory=Lock)  # of the server's thread, or of a run's

    def hear(self, asked: ClientState, *, pressed: bool) -> None:
        """Take in a message; `pressed` if a button or a component explains it."""
        said = {
            one.id: one.SerializeToString(deterministic=True)
            for one in asked.widget_states.widgets
            if one.WhichOneof("value") not in _PRESSED
        }
        other = {id_ for id_, one in said.items() if self.last.get(id_, one) != one}
        certain = set(other) if len(other) == 1 else set[str]()
        if pressed or asked.page_script_hash != self.page:
            certain = set()
        elif not other:  # fields that have just come explain nothing
            other, certain = set(said), set(said)
        other |= said.keys() - self.last.keys()
        with self._turn:
            self.new |= {id_: said[id_] for id_ in other}
            self.certain = self.certain - other | certain
        self.last, self.page = said, asked.page_script_hash

    def take_new(self, states: WidgetStates) -> dict[str, bool]:
        """Give the fields of which a run hears something new, which is so no more.

        And of each whether that is certain.
        """
        found = {}
        with self._turn:
            for one in states.widgets:
                if self.new.get(one.id) == one.SerializeToString(deterministic=True):
                    del self.new[one.id]
                    found[one.id] = one.id in self.certain
            self.certain.difference_update(found)
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


def keep_set(
    session: SessionState, states: WidgetStates, new: Mapping[str, bool]
) -> None:
    """Have fields that were set here hold that still, unless they are among the new.

    The browser is told of it again: what was to tell it may have been overtaken.
    """
    every: dict[str, list[object]] = session._old_state.get(SET_HERE, {})  # noqa: SLF001
    for one in states.widgets:
        id_, key = one.id, session._key_id_mapper.id_key_mapping.get(one.id)  # noqa: SLF001
        if key not in every or id_ not in session._old_state:  # noqa: SLF001
            continue
        said, kept = session._new_widget_state.get(id_), session._old_state[id_]  # noqa: SLF001
        if said == kept:  # it has heard of all that came before
            del every[key][:-1]
        elif id_ not in new or not (new[id_] or said not in every[key]):
            del session._new_widget_state[id_]  # noqa: SLF001
            session._new_session_state[key] = kept  # noqa: SLF001


def note(every: dict[str, list[object]], key: str, value: object) -> None:
    """Note what a field is set to, the last behind those before."""
    values = every.setdefault(key, [])
    if not values or values[-1] != value:
        values.append(value)
        del values[:-_MOST]


def _of_run() -> Said | None:
    context = get_script_run_ctx()
    if context is None or not Runtime.exists():
        return None
    session = Runtime.instance().get_app_session(context.session_id)
    return _said.get(session) if session is not None else None
