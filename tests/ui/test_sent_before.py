"""A browser is named what it has, and sent whole what it may have let go."""

from __future__ import annotations

from typing import Any, Final, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_cache import populate_hash_if_needed
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.scriptrunner_utils import script_run_context
from streamlit.runtime.scriptrunner_utils.script_run_context import (
    ScriptRunContext,
    ThreadState,
)

from workbench.ui import sent_before

OLDEST: Final = 2  # runs that have ended since
ENDS: Final = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
    ForwardMsg.FINISHED_EARLY_FOR_RERUN,
)


class Browser:
    """What a browser keeps, and when it lets it go: as Streamlit's own JavaScript."""

    def __init__(self) -> None:
        self.ended = 0
        self.kept: dict[str, tuple[int, str]] = {}  # when it was met last, and the text
        self.drawn: list[str] = []
        self.names = 0

    def write_forward_msg(self, message: ForwardMsg) -> None:
        if message.WhichOneof("type") == "script_finished":
            if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                self.ended += 1
                self.kept = {
                    name: (met, text)
                    for name, (met, text) in self.kept.items()
                    if self.ended - met <= OLDEST
                }
            return
        name = message.ref_hash or message.hash
        if message.ref_hash:
            self.names += 1
            assert name in self.kept, "a page that hears nothing more"
            text = self.kept[name][1]
        else:
            text = message.delta.new_element.markdown.body
        if message.ref_hash or message.metadata.cacheable:
            self.kept[name] = self.ended, text
        self.drawn.append(text)


class To:
    """Where a message goes."""

    def __init__(self, client: Browser) -> None:
        self.client = client
        self.script_run_count = 0


def element(text: str) -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path.extend((0, 0))
    message.delta.new_element.markdown.body = text
    populate_hash_if_needed(message)
    message.metadata.cacheable = not text.startswith("short")
    return message


def end(how: int) -> ForwardMsg:
    message = ForwardMsg()
    message.script_finished = cast("Any", how)
    return message


def send(browser: Browser, *messages: ForwardMsg) -> None:
    for message in messages:
        sent_before.send(cast("Runtime", None), cast("Any", To(browser)), message)


@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(("short", "one", "two", "three")), max_size=3),
            st.sampled_from(ENDS),
        ),
        max_size=12,
    )
)
def test_no_sequence_of_runs_names_what_a_browser_has_let_go(
    runs: list[tuple[list[str], int]],
) -> None:
    browser = Browser()
    for texts, how in runs:
        send(browser, *map(element, texts), end(how))
    assert browser.drawn == [text for texts, _ in runs for text in texts]


def test_what_the_run_before_drew_is_named_and_nothing_that_is_short() -> None:
    browser = Browser()
    for _ in range(3):
        drawn = (element("one"), element("short one"))
        send(browser, *drawn, end(ForwardMsg.FINISHED_SUCCESSFULLY))
    assert browser.names == 2
    assert browser.drawn == ["one", "short one"] * 3


def test_a_browser_that_connects_anew_is_sent_all_of_it() -> None:
    for _ in range(2):
        browser = Browser()
        send(browser, element("one"), end(ForwardMsg.FINISHED_SUCCESSFULLY))
        assert browser.drawn == ["one"]


def test_what_a_browser_had_when_it_asked_is_not_taken_for_what_it_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        script_run_context, "create_reference_msg", sent_before.whole, raising=True
    )
    sent: list[ForwardMsg] = []
    absent = cast("Any", None)
    run = ScriptRunContext("", sent.append, "", *[absent] * 6)
    ThreadState.initialize(active_script_hash="page")
    message = element("long " * 5_000)
    run.cached_message_hashes = frozenset([message.hash])
    run.enqueue(message)
    (one,) = sent
    assert not one.HasField("ref_hash")
