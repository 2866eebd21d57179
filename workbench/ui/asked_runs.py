"""Carries out every run that a page asks for: where Streamlit 1.67 forgets some.

A click says which page and which part of it the browser shows. By the time it is heard
another page may be on its way, the part may have been drawn in another place, or a run
may have been given up for the next. Streamlit then goes back to the page that was left,
or does nothing. `delivery` says why methods are replaced.
"""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future, wait
from dataclasses import replace
from functools import partial
from typing import Any, Final
from weakref import WeakKeyDictionary

import streamlit as st
from streamlit.errors import FragmentStorageKeyError
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.fragment import Fragment, MemoryFragmentStorage
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils import script_requests
from streamlit.runtime.scriptrunner_utils.script_requests import (
    RerunData,
    ScriptRequest,
    ScriptRequests,
    ScriptRequestType,
)
from streamlit.runtime.scriptrunner_utils.script_run_context import (
    ThreadState,
    get_run_yield_check,
)

from workbench.ui import set_since

_SOON: Final = 0.002  # seconds
_request_rerun: Final = AppSession.request_rerun
_lookup: Final = MemoryFragmentStorage.lookup
_is_active: Final = script_requests._has_active_trigger_value  # noqa: SLF001
_joined: Final = script_requests._coalesce_widget_states  # noqa: SLF001
_Asked = tuple[ClientState, bool]  # and whether it goes to a page
_waiting: Final[WeakKeyDictionary[AppSession, deque[_Asked]]] = WeakKeyDictionary()


class Requests(ScriptRequests):
    """What is asked of a run.

    `under_way` is what the run that goes on was asked, `is_at_rest` whether it waits
    for what is found on another thread, and gives that up for whatever is asked.
    `first` is the part for which the run is given up where that has something to say,
    "" for none, and `is_owed` whether a page was given up so, and is still to be drawn.
    """

    def __init__(self) -> None:
        super().__init__()
        self.under_way = RerunData()
        self.is_at_rest = False
        self.first = ""
        self.is_owed = False
        self._goes_on = threading.Event()

    def rest(self, awaited: Future[Any], longest: float) -> None:
        """Wait until something is found, or asked; seconds at the longest."""
        self._goes_on.clear()
        awaited.add_done_callback(lambda _: self._goes_on.set())
        self.is_at_rest = True
        if self._state is ScriptRequestType.CONTINUE:  # else it was asked before
            self._goes_on.wait(longest)
        self.is_at_rest = False

    def request_stop(self) -> None:
        """Have the run end."""
        super().request_stop()
        self._goes_on.set()

    @property
    def last(self) -> RerunData:
        """What was asked last, which the run goes on with if it does not already."""
        return self._rerun_data

    @property
    def is_over(self) -> bool:
        """Whether the run hears nothing more."""
        return self._state is ScriptRequestType.STOP

    @property
    def unheard(self) -> WidgetStates | None:
        """What was touched of which the run has not heard yet."""
        if self._state is ScriptRequestType.RERUN:
            return self._rerun_data.widget_states
        return None

    def on_scriptrunner_ready(self) -> ScriptRequest:
        """Say what to run first, or next."""
        return self._noted(super().on_scriptrunner_ready())

    def on_scriptrunner_yield(self) -> ScriptRequest | None:
        """Say what to give up a run for, if for anything.

        Streamlit gives up none for a part of a page: what was typed while a page was
        drawn anew, half a second in a case of a thousand items, waited for all of it.
        """
        is_owed = self.is_owed or not self.under_way.fragment_id_queue
        found = super().on_scriptrunner_yield()
        if found is None and self._is_first_asked():
            found = super().on_scriptrunner_ready()
            self.is_owed = is_owed
        return found and self._noted(found)

    def _is_first_asked(self) -> bool:
        """Tell whether the part that comes first is asked, and has something to say."""
        asked = self._rerun_data
        return (
            self._state is ScriptRequestType.RERUN
            and self.first != ""
            and asked.fragment_id_queue == [self.first]
            and _is_touched(asked.widget_states)
        )

    def _noted(self, found: ScriptRequest) -> ScriptRequest:
        if found.type is ScriptRequestType.RERUN:
            self.begin(found.rerun_data)
        return found

    def begin(self, asked: RerunData) -> None:
        """Note what the run that begins was asked; all of a page owes no page."""
        self.under_way, self.first = asked, ""
        if not asked.fragment_id_queue:
            self.is_owed = False

    def _request_rerun_locked(self, new_data: RerunData) -> bool:
        """Take one more in; what goes to a page and waits still does, with it."""
        waits, page = self._rerun_data, self._rerun_data.page_script_hash
        part = new_data.fragment_id or new_data.fragment_id_queue
        stays = part or new_data.is_auto_rerun or _is_touched(new_data.widget_states)
        if self._state is ScriptRequestType.RERUN and stays and page:
            new_data = replace(
                new_data,
                page_script_hash=page,
                page_name=waits.page_name,
                query_string=waits.query_string,
            )
        is_taken = super()._request_rerun_locked(new_data)
        self._goes_on.set()
        return is_taken


def rest(awaited: Future[Any], longest: float) -> None:
    """Have the run that goes on wait for something, unless more is asked of it.

    What the run has drawn reaches the browser meanwhile. It waits for seconds at the
    longest.
    """
    requests = _of_run()
    if requests is not None:
        requests.rest(awaited, longest)
    else:  # a run that began before the method was replaced
        wait({awaited}, longest)


def come_first(*, before_page: bool) -> None:
    """Have the run that goes on be given up for more of what the part that runs hears.

    It is called where that has heard, and answered, what was said before. All of a page
    is given up only `before_page`; whoever calls this has it drawn all the same, where
    `is_page_owed`. One that a button has drawn is not: it may be where that is heard.
    """
    requests, fragment = _of_run(), ThreadState.get().fragment_id
    if requests is None or _is_pressed(requests.under_way.widget_states):
        return
    if before_page or requests.under_way.fragment_id_queue:
        requests.first = fragment or ""


def give_way() -> None:
    """Give up the run for what comes first, if that is asked.

    What takes long calls it now and then; a run gives way by itself where it draws.
    """
    check = get_run_yield_check()
    if check is not None:
        check()


def is_page_owed() -> bool:
    """Tell whether a page was given up for a part, and is still to be drawn."""
    requests = _of_run()
    return requests is not None and requests.is_owed


def _of_run() -> Requests | None:
    """Give what is asked of the run that goes on, None for one that hears nothing."""
    context = get_script_run_ctx()
    requests = context.script_requests if context else None
    return requests if isinstance(requests, Requests) else None


def is_busy(session: AppSession) -> bool:
    """Tell whether a run of a page goes on that does more than wait."""
    requests = _requests(session)
    at_rest = requests is not None and requests.is_at_rest
    return session._scriptrunner is not None and not at_rest  # noqa: SLF001


def request_rerun(session: AppSession, client_state: ClientState | None) -> None:
    """Ask for a run, once what it would do harm to is done.

    A run that is over has its last messages wait for the server's own thread. A part
    that is asked for in that moment is given a runner of its own by Streamlit, which
    then takes those messages for ones of a run that was given up. And a page that is
    asked for while a button's own run goes on would end that before the button was
    seen, unless it is another page.
    """
    if client_state is None or session._state is AppSessionState.SHUTDOWN_REQUESTED:  # noqa: SLF001
        _request_rerun(session, client_state)
        return
    asked = ClientState()
    asked.CopyFrom(client_state)  # the caller may use it again
    set_since.hear(session, asked, pressed=_is_touched(asked.widget_states))
    waiting = _waiting.setdefault(session, deque())
    goes = _goes(asked)
    if goes:  # what waits would only be drawn to be left
        for one, _ in waiting:
            _join(asked, one.widget_states)
        waiting.clear()
    waiting.append((asked, goes))
    if len(waiting) == 1:
        _go_on(session)


def _go_on(session: AppSession) -> None:
    """Ask for what waits, in the order of coming."""
    waiting = _waiting[session]
    while waiting:
        asked, goes = waiting[0]
        if _has_to_wait(session, asked, goes=goes):
            session._event_loop.call_later(_SOON, partial(_go_on, session))  # noqa: SLF001
            return
        waiting.popleft()
        _ask(session, asked, goes=goes)


def _has_to_wait(session: AppSession, asked: ClientState, *, goes: bool) -> bool:
    requests = _requests(session)
    if requests is None or session._state is AppSessionState.SHUTDOWN_REQUESTED:  # noqa: SLF001
        return False
    if asked.fragment_id:
        return requests.is_over
    pressed = _is_pressed(requests.under_way.widget_states)
    return pressed and not requests.is_over and not goes


def _ask(session: AppSession, asked: ClientState, *, goes: bool) -> None:
    """Ask for a run of the page that is under way, of all of it if the part is gone."""
    if asked.fragment_id and not session.has_fragment(asked.fragment_id):
        if asked.is_auto_rerun:
            return
        asked.fragment_id = ""
    if not goes:
        _stay(session, asked)
    requests = _requests(session)
    if requests is not None and not asked.fragment_id:
        _join(asked, requests.unheard)
        last = requests.last
        if asked.query_string == last.query_string and not requests.is_over:
            # What takes the place of the run that the browser's way back asked for.
            asked.is_history_navigation |= last.is_history_navigation
    _request_rerun(session, asked)


def _stay(session: AppSession, asked: ClientState) -> None:
    """Have a run be one of the page that was asked for last, if that is a page."""
    requests, state = _requests(session), session._client_state  # noqa: SLF001
    page, query = state.page_script_hash, state.query_string
    if requests is not None:
        page, query = requests.last.page_script_hash, requests.last.query_string
    if page != asked.page_script_hash and page in session.get_pages():
        asked.page_script_hash, asked.page_name = page, ""
        asked.query_string = query


def _join(asked: ClientState, earlier: WidgetStates | None) -> None:
    """Add the clicks that a run asked for earlier has not heard of."""
    if joined := _joined(earlier, asked.widget_states):
        asked.widget_states.CopyFrom(joined)


def _requests(session: AppSession) -> Requests | None:
    found = getattr(session._scriptrunner, "_requests", None)  # noqa: SLF001
    return found if isinstance(found, Requests) else None


def _goes(asked: ClientState) -> bool:
    """Tell whether somebody goes to a page: no part of one, and nothing is clicked."""
    stays = asked.fragment_id or asked.is_auto_rerun
    return not stays and not _is_touched(asked.widget_states)


def _is_touched(states: WidgetStates | None) -> bool:
    """Tell whether something was clicked, or a component has something to say."""
    return states is not None and any(_is_active(one) for one in states.widgets)


def _is_pressed(states: WidgetStates | None) -> bool:
    return states is not None and any(one.trigger_value for one in states.widgets)


def lookup(storage: MemoryFragmentStorage, key: str) -> Fragment:
    """Give a part to run; the whole page where a run that has ended drew it no more."""
    try:
        return _lookup(storage, key)
    except FragmentStorageKeyError:
        return st.rerun
