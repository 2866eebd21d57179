"""Every run that a page asks for is carried out, on the page that is under way."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.app_session import AppSessionState
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.scriptrunner_utils.script_requests import (
    RerunData,
)

from tests.builders import make_case
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.ui import asked_runs, robustness_found
from workbench.ui.asked_runs import Requests
from workbench.ui.state.on_screen import reached_at

HERE, THERE = "page-here", "page-there"
PATIENCE = 20.0


class Session:
    """What of a session is asked about when a run is wanted."""

    def __init__(
        self,
        requests: Requests | None = None,
        state: AppSessionState = AppSessionState.APP_IS_RUNNING,
        page: str = HERE,
        parts: tuple[str, ...] = ("words", "another"),
    ) -> None:
        self._state = state
        self._scriptrunner = requests and SimpleNamespace(_requests=requests)
        self._event_loop = asyncio.get_running_loop()
        self._client_state = ClientState(page_script_hash=page, query_string="case=a")
        self.parts = parts

    def has_fragment(self, name: str) -> bool:
        return name in self.parts

    def get_pages(self) -> tuple[str, ...]:
        return HERE, THERE

    def end(self) -> None:
        self._scriptrunner = None

    def ask(self, state: ClientState | None) -> None:
        asked_runs.request_rerun(self, state)  # type: ignore[arg-type]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[ClientState]:
    heard: list[ClientState] = []
    monkeypatch.setattr(
        asked_runs, "_request_rerun", lambda _session, state: heard.append(state)
    )
    return heard


def running(*, page: str = HERE, widgets: WidgetStates | None = None) -> Requests:
    requests = Requests()
    requests.request_rerun(RerunData(page_script_hash=page, widget_states=widgets))
    requests.on_scriptrunner_ready()
    return requests


def over(**what: str) -> Requests:
    requests = running(**what)  # type: ignore[arg-type]
    requests.request_stop()
    return requests


def pressed(name: str) -> WidgetStates:
    states = WidgetStates()
    states.widgets.add(id=name, trigger_value=True)
    return states


def said(name: str) -> WidgetStates:
    states = WidgetStates()
    states.widgets.add(id=name, json_trigger_value='["ops"]')
    return states


def of_part(name: str, page: str = HERE) -> ClientState:
    return ClientState(fragment_id=name, page_script_hash=page)


def of_page(page: str, widgets: WidgetStates | None = None) -> ClientState:
    return ClientState(page_script_hash=page, widget_states=widgets)


def in_loop(work: Callable[[], object]) -> None:
    async def run() -> None:
        result = work()
        if asyncio.iscoroutine(result):
            await result

    asyncio.run(run())


def parts(asked: list[ClientState]) -> list[str]:
    return [one.fragment_id or one.page_script_hash for one in asked]


def test_parts_wait_in_order_until_a_run_that_is_over_has_been_taken_in(
    asked: list[ClientState],
) -> None:
    async def work() -> None:
        session = Session(over())
        state = of_part("words")
        session.ask(state)
        state.fragment_id = "another"  # the caller may use it again
        await asyncio.sleep(0.003)
        session.ask(state)
        await asyncio.sleep(0.01)
        assert asked == []
        session.end()
        await asyncio.sleep(0.02)
        assert parts(asked) == ["words", "another"]

    in_loop(work)


def test_going_to_a_page_waits_for_nothing_and_takes_along_what_was_clicked(
    asked: list[ClientState],
) -> None:
    def work() -> None:
        session = Session(over())
        part = of_part("words")
        part.widget_states.CopyFrom(pressed("save"))
        session.ask(part)
        session.ask(of_page(THERE))
        assert parts(asked) == [THERE]
        assert [one.id for one in asked[0].widget_states.widgets] == ["save"]

    in_loop(work)


def test_whole_pages_and_parts_of_a_run_under_way_wait_for_nothing(
    asked: list[ClientState],
) -> None:
    def work() -> None:
        ending = AppSessionState.SHUTDOWN_REQUESTED
        for requests, state, of in (
            (over(), of_page(HERE), AppSessionState.APP_IS_RUNNING),
            (
                running(),
                of_part("words"),
                AppSessionState.APP_IS_RUNNING,
            ),
            (running(), of_page(HERE), AppSessionState.APP_IS_RUNNING),
            (None, of_part("words"), AppSessionState.APP_NOT_RUNNING),
            (over(), of_part("words"), ending),
        ):
            Session(requests, of).ask(state)
        assert parts(asked) == [HERE, "words", HERE, "words", "words"]
        Session(over()).ask(None)
        assert asked[-1] is None

    in_loop(work)


def test_what_is_drawn_because_of_news_does_not_end_the_run_of_a_button(
    asked: list[ClientState],
) -> None:
    async def work() -> None:
        requests = running(widgets=pressed("make"))
        session = Session(requests)
        session.ask(of_page(HERE, said("waiting")))
        await asyncio.sleep(0.01)
        assert asked == []
        requests.request_stop()  # it is over
        await asyncio.sleep(0.01)
        assert parts(asked) == [HERE]
        session.ask(of_page(THERE))  # but somebody who leaves leaves
        assert parts(asked) == [HERE, THERE]

    in_loop(work)


def test_nothing_that_is_said_on_the_page_that_is_left_goes_back_to_it(
    asked: list[ClientState],
) -> None:
    def work() -> None:
        requests = running(page=THERE)
        session = Session(requests)
        session.ask(of_page(HERE, said("waiting")))
        session.ask(of_part("words", HERE))
        session.ask(of_page(HERE))  # only who goes there does
        assert [one.page_script_hash for one in asked] == [THERE, THERE, HERE]
        # The run itself may be told of another page in the very moment.
        for newer in (
            RerunData(fragment_id="words", page_script_hash=HERE),
            RerunData(page_script_hash=HERE, widget_states=said("waiting")),
        ):
            requests.request_rerun(RerunData(page_script_hash=THERE, query_string="x"))
            requests.request_rerun(newer)
            found = requests.on_scriptrunner_ready().rerun_data
            assert (found.page_script_hash, found.query_string) == (THERE, "x")

    in_loop(work)


def test_a_part_of_the_page_before_runs_on_the_page_that_is_there(
    asked: list[ClientState],
) -> None:
    def work() -> None:
        for requests in (None, running(page=THERE)):
            Session(requests, page=THERE).ask(of_part("words", HERE))
        assert [one.page_script_hash for one in asked] == [THERE, THERE]
        assert asked[0].query_string == "case=a"
        # Another page is shown than was asked for, where that was none.
        for requests in (Requests(), running(page="gone")):
            Session(requests, page="gone").ask(of_part("words", HERE))
        assert [one.page_script_hash for one in asked[2:]] == [HERE, HERE]

    in_loop(work)


def test_a_click_in_a_part_that_was_drawn_elsewhere_has_the_whole_page_run(
    asked: list[ClientState],
) -> None:
    def work() -> None:
        session = Session(None)
        clicked = of_part("gone")
        clicked.widget_states.CopyFrom(pressed("save"))
        session.ask(clicked)
        (whole,) = asked
        assert whole.fragment_id == ""
        assert [one.id for one in whole.widget_states.widgets] == ["save"]
        by_itself = of_part("gone")
        by_itself.is_auto_rerun = True
        session.ask(by_itself)
        assert asked == [whole]

    in_loop(work)


def test_a_click_that_a_run_has_not_heard_goes_to_the_run_in_its_place(
    asked: list[ClientState],
) -> None:
    def work() -> None:
        requests = running()
        unheard = WidgetStates()
        unheard.widgets.add(id="save", trigger_value=True)
        unheard.widgets.add(id="title", string_value="old")
        requests.request_rerun(RerunData(fragment_id="words", widget_states=unheard))
        newer = WidgetStates()
        newer.widgets.add(id="title", string_value="new")
        Session(requests).ask(of_page(HERE, newer))
        (whole,) = asked
        values = {one.id: one.string_value for one in whole.widget_states.widgets}
        assert values == {"title": "new", "save": ""}

    in_loop(work)


def test_the_browsers_way_back_stays_one_for_the_run_in_its_place(
    asked: list[ClientState],
) -> None:
    def work() -> None:
        back = RerunData(
            page_script_hash=HERE, query_string="item=a", is_history_navigation=True
        )
        for query in ("item=a", "item=b"):
            requests = Requests()
            requests.request_rerun(back)
            requests.on_scriptrunner_ready()
            newer = of_page(HERE, said("waiting"))
            newer.query_string = query
            Session(requests).ask(newer)
        assert [one.is_history_navigation for one in asked] == [True, False]

    in_loop(work)


def test_a_part_that_a_run_no_longer_drew_is_answered_by_the_whole_page() -> None:
    storage = MemoryFragmentStorage()
    storage.register("words", lambda: "drawn")
    assert asked_runs.lookup(storage, "words")() == "drawn"
    assert asked_runs.lookup(storage, "gone") is asked_runs.st.rerun


def resting(requests: Requests, awaited: Future[None]) -> threading.Thread:
    """Have a run wait for something that is found elsewhere, until it does."""
    run = threading.Thread(target=requests.rest, args=(awaited, PATIENCE))
    run.start()
    while not requests.is_at_rest:
        run.join(0.001)
    return run


def find(_: Requests, awaited: Future[None]) -> None:
    awaited.set_result(None)


def ask(requests: Requests, _: Future[None]) -> None:
    requests.request_rerun(RerunData(fragment_id="words"))


def stop(requests: Requests, _: Future[None]) -> None:
    requests.request_stop()


@pytest.mark.parametrize("come", [find, ask, stop])
def test_a_run_waits_until_something_is_found_or_asked(
    come: Callable[[Requests, Future[None]], None],
) -> None:
    requests, awaited = running(), Future[None]()
    run = resting(requests, awaited)
    come(requests, awaited)
    run.join(PATIENCE)
    assert not run.is_alive()
    assert not requests.is_at_rest


def test_a_run_that_was_asked_for_more_before_waits_for_nothing() -> None:
    requests = running()
    requests.request_rerun(RerunData(fragment_id="words"))
    requests.rest(Future(), PATIENCE)
    assert requests.unheard is None
    assert requests.on_scriptrunner_ready().rerun_data.fragment_id_queue == ["words"]


def test_a_page_whose_run_only_waits_may_be_told_of_news() -> None:
    requests, awaited = running(), Future[None]()
    session: Any = SimpleNamespace(_scriptrunner=SimpleNamespace(_requests=requests))
    assert asked_runs.is_busy(session)
    run = resting(requests, awaited)
    assert not asked_runs.is_busy(session)
    awaited.set_result(None)
    run.join(PATIENCE)
    assert asked_runs.is_busy(session)
    session._scriptrunner = None
    assert not asked_runs.is_busy(session)


def of_channel(widgets: WidgetStates | None) -> RerunData:
    return RerunData(
        fragment_id="channel", page_script_hash=HERE, widget_states=widgets
    )


@pytest.fixture
def within(monkeypatch: pytest.MonkeyPatch) -> Callable[[Requests], None]:
    """Have the channel be the part that runs, in a run of some requests."""

    def run(requests: Requests) -> None:
        context = SimpleNamespace(script_requests=requests)
        part = SimpleNamespace(fragment_id="channel")
        monkeypatch.setattr(asked_runs, "get_script_run_ctx", lambda: context)
        monkeypatch.setattr(asked_runs.ThreadState, "get", lambda: part)

    return run


def test_a_page_that_is_drawn_is_given_up_for_what_the_channel_hears_and_then_drawn(
    within: Callable[[Requests], None],
) -> None:
    requests = running()
    within(requests)
    requests.request_rerun(of_channel(said("ops")))
    assert requests.on_scriptrunner_yield() is None  # nothing was answered here yet
    asked_runs.come_first(before_page=True)
    for _ in range(2):  # and again, while nothing of the page is drawn between
        found = requests.on_scriptrunner_yield()
        assert found is not None
        assert found.rerun_data.fragment_id_queue == ["channel"]
        assert asked_runs.is_page_owed()
        requests.request_rerun(of_channel(said("ops")))
        assert requests.on_scriptrunner_yield() is None  # before this is answered
        asked_runs.come_first(before_page=False)
    requests.on_scriptrunner_yield()
    requests.request_rerun(RerunData(page_script_hash=HERE))
    assert requests.on_scriptrunner_yield() is not None
    assert not asked_runs.is_page_owed()


@pytest.mark.parametrize(
    ("before_page", "drawn_by", "then"),
    [
        (False, None, of_channel(said("ops"))),
        (True, pressed("make"), of_channel(said("ops"))),
        (True, None, of_channel(None)),
        (True, None, RerunData(fragment_id="words", widget_states=said("reading"))),
    ],
    ids=["a page that has it last", "a button's page", "nothing said", "another part"],
)
def test_a_page_is_given_up_for_nothing_else(
    within: Callable[[Requests], None],
    before_page: bool,  # noqa: FBT001
    drawn_by: WidgetStates | None,
    then: RerunData,
) -> None:
    requests = running(widgets=drawn_by)
    within(requests)
    asked_runs.come_first(before_page=before_page)
    requests.request_rerun(then)
    assert requests.on_scriptrunner_yield() is None
    assert not asked_runs.is_page_owed()


def test_what_takes_long_gives_way_between_its_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class GivenUp(Exception):
        pass

    def given_up() -> None:
        raise GivenUp

    now = assess(build(make_case("E1: CC II", "E2: I C")))
    for find_ in (reached_at, robustness_found.exact):
        with monkeypatch.context() as drawing:
            drawing.setattr(asked_runs, "get_run_yield_check", lambda: given_up)
            with pytest.raises(GivenUp):
                find_("given way", now)
        assert find_("given way", now)  # it is found when it is asked again
