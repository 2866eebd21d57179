"""Hears of fields that a page has no more what was done to them, and nothing else.

With each message a browser says what all of its fields hold. Until what was drawn last
has reached it, those are fields of what was drawn before. Streamlit 1.67 has forgotten
what they held, and so takes each for one that was just changed: an item that was left
would be chosen again, and what it says stored as somebody's judgment. `delivery` says
why methods are replaced.
"""

from __future__ import annotations

from itertools import islice
from typing import Any, Final

from streamlit.runtime.state.common import is_element_id
from streamlit.runtime.state.session_state import SessionState

_LEFT: Final = "left_fields"  # where a session keeps what they held
_MOST: Final = 500  # fields that are remembered
_changed: Final = SessionState._widget_changed  # noqa: SLF001
_remove: Final = SessionState._remove_stale_widgets  # noqa: SLF001


def remove_stale_widgets(session: SessionState, active: frozenset[str]) -> None:
    """Forget the fields that a run has not drawn, but for what they held last."""
    every = {*session._old_state, *session._new_widget_state}  # noqa: SLF001
    held = {
        id_: _held(session, id_)
        for id_ in every
        if is_element_id(id_) and id_ not in active
    }
    _remove(session, active)
    now = session._old_state  # noqa: SLF001
    gone = {id_: value for id_, value in held.items() if id_ not in now}
    if gone:
        before = now.get(_LEFT, {}).items()
        gone |= {id_: one for id_, one in before if id_ not in gone}
        now[_LEFT] = dict(islice(gone.items(), _MOST))  # the newest stand first


def _held(session: SessionState, id_: str) -> Any:  # noqa: ANN401  as the field has it
    try:
        return session._new_widget_state[id_]  # noqa: SLF001
    except KeyError:  # no field of this id was ever drawn, or it was not touched
        return session._old_state.get(id_)  # noqa: SLF001


def widget_changed(session: SessionState, id_: str) -> bool:
    """Tell whether a field holds something else than it did when it was last heard."""
    left: dict[str, Any] = session._old_state.get(_LEFT, {})  # noqa: SLF001
    if id_ in session._old_state or id_ not in left:  # noqa: SLF001
        return _changed(session, id_)
    found = session._new_widget_state.get(id_)  # noqa: SLF001
    return bool(found != left[id_])
