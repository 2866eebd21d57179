"""What takes long, found on a thread of its own while the page goes on.

A page is drawn with it. What is judged on the page since waits for no draws: the next
operation is heard meanwhile, and the part of the page that shows it runs once more when
it is there.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, TypeVar

import streamlit as st

from workbench.ui import live
from workbench.ui.state.at_desk import are_judgments_new
from workbench.ui.state.grid_line import line

T = TypeVar("T")
_WAIT: Final = 0.06  # seconds; a usual case takes less, and needs no second run
# One at a time: two would only take the processor from the one who edits.
_FINDER: Final = ThreadPoolExecutor(1, "workbench-behind")


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
    elif (future := _under_way(key, find, part)) is None:
        return last[1]
    else:
        found = future.result()
    st.session_state["found_last"] = key, found
    return found


def _under_way(key: str, find: Callable[[], T], part: str) -> Future[T] | None:
    """Begin what is not begun, and give it if it is there in a moment."""
    asked: tuple[str, Future[Any]] | None = st.session_state.get("found_next")
    if asked is None or asked[0] != key:
        if asked is not None:
            asked[1].cancel()
        asked = key, _FINDER.submit(find)
        st.session_state["found_next"] = asked
    future = asked[1]
    # What was not there in time once will not be the next time: that is not waited for.
    wait = 0.0 if st.session_state.get("found_slowly") else _WAIT
    try:
        future.result(timeout=wait)
    except TimeoutError:
        st.session_state["found_slowly"] = True
        call = live.caller(part)
        future.add_done_callback(lambda done: None if done.cancelled() else call())
        return None
    return future
