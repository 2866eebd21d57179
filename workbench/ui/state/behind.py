"""What takes long, found on a thread of its own while the page goes on.

A page is drawn with it. What is judged on the page since waits for no draws: the run
has drawn its other parts before, and gives up waiting for whatever is asked next. The
part of the page that shows it then runs once more when it is there.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event
from typing import Final, Generic, TypeVar

import streamlit as st

from workbench.ui import asked_runs, live
from workbench.ui.state.at_desk import are_judgments_new
from workbench.ui.state.grid_line import line

T = TypeVar("T")
_SLOW: Final = 0.06  # seconds, within which it is there in a usual case
_LONGEST: Final = 0.6  # seconds that a run waits: every run more costs a browser 20 ms
_REST: Final = 0.15  # seconds without another change, before what takes longer begins
# One at a time: two would only take the processor from the one who edits.
_FINDER: Final = ThreadPoolExecutor(1, "workbench-behind")


class _Overtaken(Exception):
    """Something newer is asked for, and nobody waits for this any more."""


@dataclass(frozen=True)
class _Asked(Generic[T]):
    """What was asked for last, whether it is known to take long, what becomes of it."""

    key: str
    find: Callable[[], T]
    is_slow: bool
    overtaken: Event = field(default_factory=Event)
    future: Future[T] = field(default_factory=Future)

    def begin(self) -> None:
        """Find it, once nothing newer has come for a moment where it takes long."""
        if self.overtaken.wait(_REST if self.is_slow else 0):
            self.future.set_exception(_Overtaken())
            return
        try:
            self.future.set_result(self.find())
        except Exception as error:  # noqa: BLE001  raised to the page that asks
            self.future.set_exception(error)


def by_now(key: str, find: Callable[[], T], part: str) -> T:
    """Give what is found for a key, or what was found last while that is under way.

    `find` runs on another thread: it knows no session, and gives the same for the same
    key. `part` names the fragment that runs now, for it to run again. A slider in
    mid-drag leaves what was found last: that is seen for a moment.
    """
    last: tuple[str, T] | None = st.session_state.get("found_last")
    if last is not None and (last[0] == key or line().previews):
        return last[1]
    if last is None or not are_judgments_new():
        found = find()
        st.session_state["found_slowly"] = False
    elif (asked := _under_way(key, find, part)) is None:
        return last[1]
    else:
        found = asked.future.result()
    st.session_state["found_last"] = key, found
    return found


def _under_way(key: str, find: Callable[[], T], part: str) -> _Asked[T] | None:
    """Begin what is not begun, and give it if it is there in a moment."""
    is_slow = bool(st.session_state.get("found_slowly"))
    before: _Asked[T] | None = st.session_state.get("found_next")
    if before is not None and before.key == key:
        asked = before
    else:
        if before is not None:
            before.overtaken.set()
        asked = _Asked(key, find, is_slow)
        st.session_state["found_next"] = asked
        _FINDER.submit(asked.begin)
    began = time.monotonic()
    asked_runs.rest(asked.future, _LONGEST)
    if time.monotonic() - began > _SLOW:
        st.session_state["found_slowly"] = True
    if not asked.future.done():
        call = live.caller(part)
        asked.future.add_done_callback(
            lambda _: None if asked.overtaken.is_set() else call()
        )
        return None
    return asked
