"""The line between a page and its server, on which either can be held back a while."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

if TYPE_CHECKING:
    from playwright.sync_api import Page, WebSocketRoute

_Held = list[tuple["WebSocketRoute", "str | bytes"]]


class Line:
    """Carries what a page and its server say; to be made before the page is opened."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._of_page: _Held | None = None
        self._of_server: _Held | None = None
        page.route_web_socket("**/_stcore/stream", self._carry)

    def _carry(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()
        page.on_message(_carrying(server, lambda: self._of_page))
        server.on_message(_carrying(page, lambda: self._of_server))

    def hold_page(self) -> None:
        """Keep what the page says from the server."""
        self._of_page = []

    def hold_server(self) -> None:
        """Keep what the server says from the page."""
        self._of_server = []

    def wait_for_runs(self, number: int) -> None:
        """Wait until so many runs have ended of which the page has not heard."""
        for _ in range(600):
            said = [
                data for _, data in self._of_server or () if isinstance(data, bytes)
            ]
            messages = map(ForwardMsg.FromString, said)
            if sum(m.HasField("script_finished") for m in messages) >= number:
                return
            self._page.wait_for_timeout(50)
        raise AssertionError(number)

    def let_go(self) -> None:
        """Carry what was held, in its order, and whatever is said from now on."""
        held = [*(self._of_page or ()), *(self._of_server or ())]
        self._of_page = self._of_server = None
        for to, message in held:
            to.send(message)


def _carrying(
    to: WebSocketRoute, held: Callable[[], _Held | None]
) -> Callable[[str | bytes], None]:
    def carry(message: str | bytes) -> None:
        waiting = held()
        if waiting is None:
            to.send(message)
        else:
            waiting.append((to, message))

    return carry
