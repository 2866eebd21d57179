"""A page that opens: drawn once, and of no more than it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import WebSocket

    from tests.browser.conftest import Lent, Pages

HEADED = {  # what stands on a page that was not on the one before
    "Question": "Background",
    "Evidence": "Evidence",
    "Robustness": "What it hangs on",
    "Guide": "The scale",
}


def test_a_page_is_drawn_once_and_loads_no_script_again(
    shared: Callable[[], Lent], page: Pages
) -> None:
    tab = page(alone=True)
    messages: list[bytes] = []

    def hear(socket: WebSocket) -> None:
        socket.on("framereceived", lambda sent: messages.append(bytes(sent)))

    tab.on("websocket", hear)
    tab.goto(shared().at("report"))
    expect(tab.get_by_role("heading", name="For a slide")).to_be_visible()
    asked: list[str] = []
    for twice in range(2):
        for name, heading in HEADED.items():
            if twice:
                messages.clear()
            tab.get_by_test_id("stTopNavLink").filter(has_text=name).click()
            expect(tab.get_by_role("heading", name=heading, exact=True)).to_be_visible()
            expect(tab.locator("[data-test-script-state=notRunning]")).to_be_attached()
            told = [ForwardMsg.FromString(one) for one in messages]
            ends = [one for one in told if one.WhichOneof("type") == "script_finished"]
            if twice:
                assert len(ends) == 1, f"{name} is drawn {len(ends)} times"
                assert not [one for one in messages if b"function mount(" in one]
        tab.on("request", lambda one: asked.append(one.url))
    assert not [one for one in asked if "/script/" in one]
