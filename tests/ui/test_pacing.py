"""What is in view of a page leaves first, then the rest; an answer waits for none."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from workbench.ui import pacing


class Clock:
    """Time that goes on by hand, and what is to happen in it."""

    def __init__(self) -> None:
        self.now = 100.0
        self._later: list[tuple[float, Callable[..., None], tuple[Any, ...]]] = []

    def monotonic(self) -> float:
        return self.now

    def call_later(self, delay: float, act: Callable[..., None], *of: object) -> None:
        self._later.append((self.now + delay, act, of))

    def call_soon_threadsafe(self, act: Callable[..., None], *of: object) -> None:
        act(*of)

    def sleep(self, seconds: float) -> None:
        self.go_on(seconds)

    def go_on(self, seconds: float) -> None:
        until = self.now + seconds
        while due := sorted((one for one in self._later if one[0] <= until), key=_at):
            self._later.remove(due[0])
            self.now = due[0][0]
            due[0][1](*due[0][2])
        self.now = until


def _at(one: tuple[float, Callable[..., None], tuple[Any, ...]]) -> float:
    return one[0]


class Session:
    """As much of a session as sends."""

    def __init__(self, clock: Clock) -> None:
        self._browser_queue = ForwardMsgQueue()
        self._event_loop = cast("asyncio.AbstractEventLoop", clock)
        self._message_enqueued_callback: Callable[[], None] | None = self._flush
        self.sent: list[str] = []
        self.is_slow = False

    def _flush(self) -> None:
        if self.is_slow:
            return
        found = pacing.flush(self._browser_queue)
        self.sent += [one.delta.new_element.markdown.body or "." for one in found]

    def _call_soon_on_event_loop(self, act: Callable[[], None]) -> None:
        act()

    def wake_up(self) -> None:
        self.is_slow = False
        self._flush()

    def tell(self, *messages: ForwardMsg) -> None:
        for one in messages:
            pacing.enqueue(cast("AppSession", self), one)

    def seen(self, apart: float = pacing.APART) -> None:
        pacing._send(cast("AppSession", self), apart)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    found = Clock()
    monkeypatch.setattr(pacing, "time", found)
    return found


def begun(*parts: str) -> ForwardMsg:
    message = ForwardMsg()
    message.new_session.name = "page"
    message.metadata.run.fragment_ids.extend(parts)
    return message


def navigated() -> ForwardMsg:
    message = ForwardMsg()
    message.navigation.page_script_hash = "page"
    return message


def text(said: str) -> ForwardMsg:
    message = ForwardMsg()
    message.delta.new_element.markdown.body = said
    message.metadata.delta_path.extend([0, ord(said)])
    return message


def ended(how: int = ForwardMsg.FINISHED_SUCCESSFULLY) -> ForwardMsg:
    message = ForwardMsg()
    message.script_finished = cast("Any", how)
    return message


def test_a_run_that_gives_way_waits_for_its_answer_to_leave_and_not_for_long(
    clock: Clock,
) -> None:
    one = Session(clock)
    one.is_slow = True
    one.tell(begun("part"), text("a"))
    clock.call_later(0.003, one.wake_up)
    pacing._leave(cast("AppSession", one))
    assert one.sent == [".", "a"]
    one.is_slow, began = True, clock.now
    one.tell(text("b"))
    pacing._leave(cast("AppSession", one))
    assert one.sent == [".", "a"]
    assert clock.now - began < 0.1


def test_a_page_leaves_in_two_pieces_the_second_soon_after_the_first(
    clock: Clock,
) -> None:
    one = Session(clock)
    one.tell(begun(), text("a"), text("b"))
    assert one.sent == []
    one.seen()
    assert one.sent == [".", "a", "b"]
    one.tell(text("c"), ended(), ForwardMsg())  # the last says that nothing runs
    assert one.sent == [".", "a", "b"]
    clock.go_on(pacing.APART)
    assert one.sent == [".", "a", "b", "c", ".", "."]


def test_which_page_it_is_leaves_while_the_page_is_drawn(clock: Clock) -> None:
    one = Session(clock)
    one.tell(begun(), navigated())
    assert one.sent == [".", "."]
    one.tell(text("a"))
    assert one.sent == [".", "."]
    one.tell(ended())
    assert one.sent == [".", ".", "a", "."]


def test_an_answer_leaves_at_once_though_the_rest_of_a_page_waits(clock: Clock) -> None:
    one = Session(clock)
    one.tell(begun(), text("a"))
    one.seen()
    one.tell(text("b"), ended(), begun("part"), text("c"))
    assert one.sent == [".", "a", "b", ".", ".", "c"]


def test_a_server_that_sends_late_sends_what_is_in_view_alone(clock: Clock) -> None:
    one = Session(clock)
    one.is_slow = True
    one.tell(begun(), text("a"))
    one.seen()
    one.tell(text("b"), ended())
    one.wake_up()
    assert one.sent == [".", "a"]
    clock.go_on(pacing.APART)
    assert one.sent == [".", "a", "b", "."]
    one.is_slow = True
    one.tell(begun(), text("c"))
    one.seen()
    one.tell(text("d"), ended())
    clock.go_on(1)  # so late that nothing more is to come
    one.wake_up()
    assert one.sent[4:] == [".", "c", "d", "."]


def test_a_page_that_says_nothing_leaves_when_it_ends_and_one_that_is_long_before(
    clock: Clock,
) -> None:
    one = Session(clock)
    one.tell(begun(), text("a"), ended())
    assert one.sent == [".", "a", "."]
    one.tell(begun(), text("b"))
    clock.go_on(10)
    assert one.sent[3:] == [".", "b"]
    one.tell(text("c"))
    clock.go_on(10)
    assert one.sent[5:] == ["c"]


def test_what_a_part_of_a_page_says_by_itself_waits_for_nothing(clock: Clock) -> None:
    one = Session(clock)
    one.tell(begun("part"), text("a"))
    assert one.sent == [".", "a"]
    one.tell(text("b"), ended(), text("c"))
    assert one.sent == [".", "a", "b", ".", "c"]


def test_a_page_given_up_for_the_next_leaves_with_it(clock: Clock) -> None:
    one = Session(clock)
    one.tell(begun(), text("a"), ended(ForwardMsg.FINISHED_EARLY_FOR_RERUN))
    assert one.sent == []
    one.tell(begun(), text("b"), ended())
    assert one.sent[-2:] == ["b", "."]


def test_a_session_that_nobody_listens_to_takes_what_is_said(clock: Clock) -> None:
    one = Session(clock)
    one._message_enqueued_callback = None
    one.tell(begun(), text("a"), ended())
    one.seen()
    assert one.sent == []
