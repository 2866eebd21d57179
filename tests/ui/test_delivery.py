"""All of what a page draws reaches the browser, in order, however soon runs follow."""

from __future__ import annotations

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.scriptrunner import script_runner
from streamlit.runtime.scriptrunner_utils import script_run_context
from streamlit.runtime.state.session_state import SessionState

from workbench.ui import delivery


@pytest.fixture(autouse=True)
def kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, name in (
        (ForwardMsgQueue, "clear"),
        (ForwardMsgQueue, "flush"),
        (AppSession, "request_rerun"),
        (AppSession, "_enqueue_forward_msg"),
        (script_runner, "ScriptRequests"),
        (MemoryFragmentStorage, "lookup"),
        (MediaFileManager, "remove_orphaned_files"),
        (script_run_context, "create_reference_msg"),
        (Runtime, "_send_message"),
        (SessionState, "_remove_stale_widgets"),
        (SessionState, "_widget_changed"),
    ):
        monkeypatch.setattr(kind, name, getattr(kind, name))  # put back afterwards
    delivery.keep_in_order()


def block(part: str, *path: int) -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path.extend(path)
    message.delta.fragment_id = part
    message.delta.add_block.vertical.SetInParent()
    return message


def text(part: str, said: str, *path: int) -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path.extend(path)
    message.delta.fragment_id = part
    message.delta.new_element.markdown.body = said
    return message


def finished() -> ForwardMsg:
    message = ForwardMsg()
    message.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    return message


def reached(messages: list[ForwardMsg]) -> dict[tuple[int, ...], str]:
    """Put messages on a page as a browser does, which refuses what has no place."""
    places: dict[tuple[int, ...], str] = {(): "", (0,): ""}
    for message in messages:
        path = tuple(message.metadata.delta_path)
        if not path:
            continue
        assert path[:-1] in places, f"no place for {path}"
        before = (*path[:-1], path[-1] - 1)
        assert not path[-1] or before in places, f"nothing before {path}"
        places[path] = message.delta.new_element.markdown.body
    return places


def test_what_stands_within_or_after_a_part_that_runs_again_has_its_place() -> None:
    queue = ForwardMsgQueue()
    for message in (
        block("", 0, 0),
        block("outer", 0, 0, 0),
        text("outer", "old", 0, 0, 0, 0),
        block("inner", 0, 0, 0, 1),
        text("inner", "words", 0, 0, 0, 1, 0),
        text("", "after", 0, 0, 1),
        finished(),
    ):
        queue.enqueue(message)
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=["outer"])
    queue.enqueue(block("outer", 0, 0, 0))
    queue.enqueue(text("outer", "new", 0, 0, 0, 0))
    sent = queue.flush()
    found = reached(sent)
    assert found[0, 0, 0, 0] == "new"
    assert found[0, 0, 0, 1, 0] == "words"
    assert found[0, 0, 1] == "after"
    (end,) = [one for one in sent if one.WhichOneof("type") == "script_finished"]
    assert end.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


def test_a_whole_run_still_takes_the_place_of_what_was_not_sent() -> None:
    queue = ForwardMsgQueue()
    queue.enqueue(text("", "old", 0, 0))
    queue.enqueue(finished())
    queue.clear(retain_lifecycle_msgs=True)
    (kept,) = queue.flush()
    assert kept.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
