"""A page that is left while it has something to say, and one that is left alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.line import Line
from tests.socket_client import SocketPage, apart
from workbench.case import folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import WebSocketRoute

    from tests.browser.conftest import Lent, Pages

TURNS = 6


async def leave(served: Lent) -> None:
    """Leave Matrix and come back, each time with a rating on its way."""
    case = folder.load(served.case)
    cell = case.evidence[0].id, case.hypotheses[0].id
    place = "127.0.0.1", served.server.port
    async with SocketPage.open(*place, "ann", f"case={served.case.name}") as page:
        for turn in range(TURNS):
            title = ("Question", "Matrix")[turn % 2]
            begun = len(page.shown)
            rating = ["rating", *cell, ("II", "CC")[turn % 2], None]
            await page.leave(title, ["change", rating])
            after = page.shown[begun:]
            # The page before was given up for its rating, and may have begun once more.
            first = after.index(page.pages[title])
            assert first <= 1, f"turn {turn}: {after}"
            assert set(after[first:]) == {page.pages[title]}, f"turn {turn}: {after}"
        assert not page.faults


def test_a_rating_that_is_on_its_way_takes_nobody_back_to_the_page_that_was_left(
    served: Lent,
) -> None:
    apart(leave(served))


# On a busy machine the dialog is there before what it says.
_DIALOG_BY_AND_BY = """() => {
  const dialog = document.createElement("div");
  dialog.dataset.testid = "stDialog";
  document.body.append(dialog);
  setTimeout(() => {
    dialog.innerHTML = "<h2>Connection error</h2><button aria-label=Close></button>";
    dialog.lastChild.onclick = () => {
      dialog.remove();
      window.isClosed = true;
    };
  }, 50);
}"""


def test_a_page_that_can_hear_no_more_is_loaded_again_and_the_second_time_says_why(
    shared: Callable[[], Lent], page: Pages
) -> None:
    tab = page(alone=True, expected_errors=("encountered fatal error",))
    sockets: list[WebSocketRoute] = []

    def carry(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    tab.route_web_socket("**/_stcore/stream", carry)
    tab.goto(shared().at("question"))
    heading = tab.get_by_role("heading", name="Key assumptions", exact=True)
    expect(heading).to_be_visible()
    tab.evaluate(_DIALOG_BY_AND_BY)
    tab.wait_for_function("window.isClosed")
    tab.evaluate("window.isTheFirst = true")
    sockets[-1].send(b"\xff")
    tab.wait_for_function("!window.isTheFirst")
    expect(heading).to_be_visible()
    sockets[-1].send(b"\xff")
    dialog = tab.get_by_role("dialog", name="Connection error")
    expect(dialog).to_contain_text("Failed to process a Websocket message")
    assert len(sockets) == 2


def test_what_is_pressed_before_the_next_item_is_there_does_not_bring_the_last_back(
    shared: Callable[[], Lent], page: Pages
) -> None:
    tab = page(alone=True)
    line = Line(tab)
    tab.goto(shared().at("evidence"))
    expect(tab.get_by_role("heading", name=re.compile("^E1 "))).to_be_visible()
    following = tab.get_by_role("button", name="Next", exact=True)
    at_rest = tab.locator("[data-test-script-state=notRunning]")
    for key, said, then in (
        ("Control+z", "there is nothing to undo", "^E2 "),
        ("Control+y", "there is nothing to redo", "^E3 "),
    ):
        at_rest.wait_for()
        line.hold_server()
        following.click()
        line.wait_for_runs(1)
        tab.keyboard.press(key)
        line.wait_for_runs(2)
        line.let_go()
        expect(tab.get_by_text(said)).to_be_visible()
        at_rest.wait_for()
        expect(tab.get_by_role("heading", name=re.compile(then))).to_be_visible()
        expect(tab.get_by_role("heading", name=re.compile(r"^E\d+ "))).to_have_count(1)
