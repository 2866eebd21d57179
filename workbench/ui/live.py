"""What tells open pages that somebody stored something: one look a process, for all.

A thread looks twice a second at each store that a page is open on, and has the page's
channel run where that concerns it: nothing asks by itself, so that an open page costs
nothing. Streamlit has no public way to have a part of a page run from outside; what is
used of its insides stands in `_run`, and nowhere else.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState

from workbench.record import news, pen
from workbench.record.faults import LedgerError
from workbench.record.ledger import Ledger
from workbench.record.news import Newest, News
from workbench.ui import asked_runs

_EVERY: Final = 0.5  # seconds
_FILES_EVERY: Final = 6  # looks; the times of a thousand files take some ms
_RARELY: Final = 1.0  # seconds between two runs of a page because of others' ratings
_LOG: Final = logging.getLogger(__name__)


class New(Enum):
    """What of a case is new for a page."""

    OWN = "own judgments, from another page"
    OTHERS = "judgments of others"
    TEXTS = "the case's texts"
    SAID = "comments"
    TEAM = "roles, rounds and the like"
    FILES = "the files, as somebody else left them"


@dataclass(frozen=True)
class Page:
    """What an open page shows, as far as news may concern it.

    `revision` is the number of the last entry of its analyst that it knows, `others`
    whether it shows judgments of others, `look` gives what stands in the files, and
    `until` is when a round is revealed by itself, in the form of entries, "" for never.
    `begun` is the number of the last entry of anybody when the page began to read, and
    `texts` that of the last of its analyst when the case was read or changed here:
    what they judged elsewhere since is taken in without a look at the texts.
    """

    ledger: Ledger
    case: str
    analyst: str
    revision: int
    others: bool
    look: Callable[[], object]
    until: str = ""
    begun: int | None = None
    texts: int = 0


@dataclass
class Listener:
    """An open page, and what it was not yet told.

    `shown` is what stood in the files when the page last said so, `called` the parts
    that are to run, `fragments` their ids. A new one has to be told, once, of what came
    while it was drawn.
    """

    page: Page
    shown: object = None
    fragments: dict[str, str] = field(default_factory=dict)
    news: set[New] = field(default_factory=set)
    called: set[str] = field(default_factory=set)
    told_at: float = 0.0
    is_new: bool = True
    ended: str = ""  # the deadline that it was told of


CHANNEL: Final = "channel"
WORDS: Final = "words"
FILES: Final = "files"
TALK: Final = "talk"
_listeners: Final[dict[str, Listener]] = {}
_lock: Final = threading.Lock()
_awake: Final = threading.Event()


def listen(page: Page, part: str) -> None:
    """Have the part of the page that runs now be run when there is news for it.

    It has to be a fragment; where there is no server, as in a test of a page, nothing
    is done.
    """
    context = get_script_run_ctx()
    if context is None or not Runtime.exists():
        return
    fragment = ThreadState.get().fragment_id
    if fragment is None:
        return
    with _lock:
        found = _listeners.setdefault(context.session_id, Listener(page))
        if (found.page.ledger, found.page.case) != (page.ledger, page.case):
            found.news.clear()
            found.is_new = True
        found.page = page
        found.fragments[part] = fragment
    _awake.set()
    _begin()


def listen_too(part: str) -> None:
    """Have another part of a page that listens be run when there is news for it.

    What the page shows is as the first of its parts said.
    """
    context, fragment = get_script_run_ctx(), ThreadState.get().fragment_id
    with _lock:
        found = _listeners.get(context.session_id) if context else None
        if found is None or fragment is None:
            return
        found.fragments[part] = fragment
        if part == FILES:
            found.shown = found.page.look()


def forget_parts() -> None:
    """Forget the parts that the page had before it is drawn anew.

    One that stops early, as where somebody is taken off a case, has none of them: run
    all the same, they would write where there is nothing, and break the page.
    """
    context = get_script_run_ctx()
    with _lock:
        found = _listeners.get(context.session_id) if context else None
        if found is not None:
            found.fragments.clear()


def is_listening() -> bool:
    """Tell whether the page that runs now is told of news already."""
    context = get_script_run_ctx()
    return context is not None and context.session_id in _listeners


def take() -> frozenset[New]:
    """Give what is new for the page that runs now, once."""
    context = get_script_run_ctx()
    with _lock:
        found = _listeners.get(context.session_id) if context else None
        if found is None:
            return frozenset()
        taken = frozenset(found.news)
        found.news.clear()
        return taken


def look_again(what: New) -> None:
    """Have the page that runs now be told of something once more."""
    context = get_script_run_ctx()
    with _lock:
        found = _listeners.get(context.session_id) if context else None
        if found is not None:
            found.news.add(what)
            found.called.add(CHANNEL)


def caller(part: str) -> Callable[[], None]:
    """Give what has a part of the page that runs now be run, from another thread."""
    context = get_script_run_ctx()
    session = context.session_id if context else ""

    def call() -> None:
        with _lock:
            found = _listeners.get(session)
            if found is None:
                return
            found.called.add(part)
        _call(session, found, time.monotonic())

    return call


def concerns(found: News, one: Page) -> set[New]:
    """Give what of the news a page has to be told."""
    if found.anew:
        return set(New) - {New.FILES}
    entries = found.of(one.case)
    own = one.analyst, one.revision
    told = {
        New.OWN: news.judged_after(entries, *own),
        New.OTHERS: one.others and news.judged_by_others(entries, one.analyst),
        New.TEXTS: news.changes_texts(entries, one.analyst, one.texts),
        New.SAID: news.is_said(entries),
        New.TEAM: news.concerns_the_team(entries, *own),
    }
    return {what for what, is_new in told.items() if is_new}


class Watch:
    """Looks at every store that a page is open on, and calls the pages."""

    def __init__(self) -> None:
        self._newest: dict[str, Newest] = {}
        self._away: set[str] = set()
        self._looks = 0

    def look(self, now: float) -> None:
        """Look once, note what is new for whom, and have their pages run."""
        with _lock:
            for session in list(_listeners):
                if _session(session) is None:
                    del _listeners[session]
            open_ = dict(_listeners)
        pages = [one.page for one in open_.values()]
        ledgers = {one.ledger.url: one.ledger for one in pages}
        for url in self._newest.keys() - ledgers.keys():
            del self._newest[url]
        for url, ledger in ledgers.items():
            if found := self._news(url, ledger, now):
                _note(open_.values(), url, found)
        note_missed(open_.values())
        if self._looks % _FILES_EVERY == 0:
            _note_files(open_)
        self._looks += 1
        note_deadlines(open_.values(), pen.now())
        for session, one in open_.items():
            _call(session, one, now)

    def _news(self, url: str, ledger: Ledger, now: float) -> News:
        """Look at one store; one that was out of reach may have anything new."""
        newest = self._newest.setdefault(url, Newest(ledger))
        try:
            found = newest.look(now)
        except LedgerError:
            self._away.add(url)
            return News()
        if url in self._away:
            self._away.discard(url)
            return News(anew=True)
        return found


def note_missed(listeners: Iterable[Listener]) -> None:
    """Note once for a new page what was stored since it began to read.

    No look before was for it, and the first look at a store finds nothing new.
    """
    for one in listeners:
        begun = one.page.begun
        if not one.is_new:
            continue
        with contextlib.suppress(LedgerError):  # told of all once it is in reach again
            stored = one.page.ledger.stored_from(begun) if begun is not None else []
            one.is_new = False
            came = tuple(entry for entry in stored if entry.seq != begun)
            _note([one], one.page.ledger.url, News(came))


def _note(listeners: Iterable[Listener], url: str, found: News) -> None:
    for one in listeners:
        page = one.page
        if page.ledger.url == url and (what := concerns(found, page)):
            with _lock:
                if New.SAID in what:
                    one.called.add(TALK)
                if others := what - {New.SAID}:
                    one.news |= others
                    one.called.add(CHANNEL)


def note_deadlines(listeners: Iterable[Listener], now: str) -> None:
    """Have pages told once that a deadline is past, of which no entry tells."""
    for one in listeners:
        until = one.page.until
        if until and now >= until and one.ended != until:
            one.ended = until
            with _lock:
                one.news.add(New.TEAM)
                one.called.add(CHANNEL)


def _note_files(listeners: dict[str, Listener]) -> None:
    seen: dict[str, object] = {}
    for one in listeners.values():
        page = one.page
        key = f"{page.ledger.url} {page.case}"
        if key not in seen:
            seen[key] = page.look()
        if one.shown is not None and one.shown != seen[key]:
            one.shown = seen[key]
            with _lock:
                one.called.add(FILES)


def _call(session: str, one: Listener, now: float) -> None:
    with _lock:
        only_others = one.news == {New.OTHERS} and one.called == {CHANNEL}
        if only_others and now - one.told_at < _RARELY:
            return
        is_called = bool(one.called & one.fragments.keys())
    found = _session(session)
    if found is not None and is_called:
        _on_loop(found, lambda: _run(found, one, now))


def _session(session: str) -> AppSession | None:
    return Runtime.instance().get_app_session(session) if Runtime.exists() else None


def _on_loop(session: AppSession, act: Callable[[], None]) -> None:
    """Have something done on the server's own thread, which alone may touch it."""
    session._event_loop.call_soon_threadsafe(act)  # noqa: SLF001  as told above


def _run(session: AppSession, one: Listener, now: float) -> None:
    """Have parts of a page run as if their time had come, unless the page runs now.

    It is called again then: what a run of its own would find may be known already.
    """
    if asked_runs.is_busy(session):
        return
    one.told_at = now
    with _lock:
        parts = [one.fragments[part] for part in one.called if part in one.fragments]
        one.called.clear()
    for part in parts:
        asked = ClientState()
        asked.CopyFrom(session._client_state)  # noqa: SLF001  as told above
        asked.fragment_id, asked.is_auto_rerun = part, True
        session.request_rerun(asked)


def _begin() -> None:
    """Start the thread, unless it runs."""
    with _lock:
        if any(one.name == __name__ for one in threading.enumerate()):
            return
        threading.Thread(target=_watch, name=__name__, daemon=True).start()


def _watch() -> None:
    watch = Watch()
    while True:
        if not _listeners:
            _awake.clear()
            _awake.wait()
        try:
            watch.look(time.monotonic())
        except (OSError, RuntimeError):  # a server that ends, a folder out of reach
            _LOG.exception("cannot look at what is new")
        time.sleep(_EVERY)
