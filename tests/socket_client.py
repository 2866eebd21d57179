"""An open page without a browser: what Streamlit's own page says over its socket.

It runs the page, finds the grid and the channel among what is drawn, sends batches of
operations as the page's own script does, and hears what became of them. It keeps what
may be named and not sent again, as the page does, and draws nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
import time
import uuid
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final, Self, TypeVar

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.state.session_state import STREAMLIT_INTERNAL_KEY_PREFIX
from streamlit.web.server.starlette import starlette_app_utils as signing
from streamlit.web.server.starlette.starlette_server_config import (
    USER_COOKIE_NAME,
    XSRF_COOKIE_NAME,
)
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

GRID: Final = "rating_grid"
CHANNEL: Final = "rating_channel"
PATIENCE: Final = 60.0  # seconds to wait for an answer
RESEND: Final = (2.0, 4.0, 6.0)  # seconds, as the page's own script waits
_KEPT: Final = 2_000  # messages that may be named and not sent again
_NAMED: Final = 32  # of which it tells, the newest: a browser soon forgets the others
_LARGEST: Final = 64 * 2**20
T = TypeVar("T")


class Unanswered(AssertionError):
    """The app did not answer as a page expects it to."""


def apart(work: Coroutine[Any, Any, T]) -> T:
    """Do what awaits in a loop of its own, beside the one that a browser keeps."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@dataclass(frozen=True)
class Signed:
    """Somebody who has signed in, and the secret that the app signs cookies with."""

    issuer: str
    subject: str
    secret: str

    @property
    def person(self) -> str:
        """The ISSUER#SUBJECT."""
        return f"{self.issuer}#{self.subject}"

    def cookies(self, origin: str, goes_by: str = "") -> dict[str, str]:
        """Give what the browser of somebody sends, under a name that they go by."""
        now = time.time()
        claims = {"iss": self.issuer, "sub": self.subject, "iat": now - 60}
        told = json.dumps(
            claims
            | {"exp": now + 3600, "name": self.subject.capitalize()}
            | {"is_logged_in": True, "origin": origin}
        )
        made = signing.create_signed_value(self.secret, USER_COOKIE_NAME, told)
        whose = hashlib.sha256(self.person.encode()).hexdigest()[:12]
        kept = f"workbench_analyst_{origin.rpartition(':')[2]}_{whose}"
        return {
            USER_COOKIE_NAME: made.decode("ascii"),
            XSRF_COOKIE_NAME: signing.generate_xsrf_token_string(),
            **({kept: goes_by} if goes_by else {}),
        }


@dataclass
class Component:
    """A component as it was last drawn: its id, its fragment, and what it was given."""

    id: str
    fragment: str
    data: dict[str, Any]


@dataclass
class SocketPage:
    """One open page: `async with SocketPage.open("127.0.0.1", 8501, "ann") as page`."""

    socket: ClientConnection
    query: str
    script: str = ""
    client: str = field(default_factory=lambda: uuid.uuid4().hex[:12])
    components: dict[str, Component] = field(default_factory=dict)
    received: int = 0  # bytes
    runs: int = 0  # of the script, or a part of it, that ended
    acknowledged: int = 0
    number: int = 0
    sent_again: int = 0
    faults: list[str] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)  # title -> hash
    shown: list[str] = field(default_factory=list)  # the page of each run
    page: str = ""  # the one asked for, as its address has it
    session: str = ""
    heard: bytearray | None = None  # all that was said, where that is kept
    files: dict[str, str] = field(default_factory=dict)  # buttons of files, to be made
    told: str = ""  # what came of the file that was asked for last
    _batches: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _known: OrderedDict[str, ForwardMsg] = field(default_factory=OrderedDict)
    _heard: asyncio.Event = field(default_factory=asyncio.Event)
    _reader: asyncio.Task[None] | None = None

    @classmethod
    @asynccontextmanager
    async def open(
        cls, host: str, port: int, analyst: str, query: str = "", base: str = ""
    ) -> AsyncIterator[Self]:
        """Open the first screen under a name, and wait until all of it is drawn."""
        authority = f"{host}:{port}"
        async with (
            connect(
                f"ws://{authority}{base}/_stcore/stream",
                origin=Origin(f"http://{authority}"),
                subprotocols=[Subprotocol("streamlit")],
                additional_headers={"Cookie": f"workbench_analyst_{port}={analyst}"},
                max_size=_LARGEST,
                compression=None,
            ) as socket,
            cls(socket, query)._running() as page,
        ):
            yield page

    @classmethod
    @asynccontextmanager
    async def open_signed(
        cls,
        port: int,
        who: Signed,
        page: str = "",
        query: str = "",
        *,
        goes_by: str = "",
        session: str = "",
    ) -> AsyncIterator[Self]:
        """Open a page as somebody who has signed in, and keep all that it hears.

        `goes_by` is the name that their browser keeps, `session` one to go on with.
        """
        cookies = who.cookies(f"http://127.0.0.1:{port}", goes_by)
        told = "; ".join(f"{name}={one}" for name, one in cookies.items())
        parts = [cookies[XSRF_COOKIE_NAME], *filter(None, [session])]
        async with cls.open_with(port, {"Cookie": told}, parts, page, query) as opened:
            yield opened

    @classmethod
    @asynccontextmanager
    async def open_with(
        cls,
        port: int,
        headers: Mapping[str, str],
        parts: Sequence[str] = (),
        page: str = "",
        query: str = "",
    ) -> AsyncIterator[Self]:
        """Open a page with headers, and keep all that it hears.

        `parts` are the token against forged requests, and the session to go on with.
        """
        async with connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            origin=Origin(f"http://127.0.0.1:{port}"),
            subprotocols=[Subprotocol(one) for one in ("streamlit", *parts)],
            additional_headers=dict(headers),
            max_size=_LARGEST,
            compression=None,
        ) as socket:
            made = cls(socket, query, page=page, heard=bytearray())
            async with made._running() as opened:
                yield opened

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[Self]:
        self._reader = asyncio.create_task(self._read())
        try:
            await self.run()
            yield self
        finally:
            self._reader.cancel()

    # ---- asking
    async def run(self) -> None:
        """Have the whole page run, and wait for its end."""
        before = self.runs
        await self._ask(BackMsg())
        await self._wait(lambda: self.runs > before)

    async def leave(self, title: str, operation: list[Any]) -> None:
        """Go to a page, and send an operation before anything of it is here."""
        here, self.script = self.script, self.pages[title]
        await self._ask(BackMsg())
        self.script = here
        self.number += 1
        await self._send_batch([[self.number, *operation]])
        number = self.number
        await self._wait(lambda: self.acknowledged >= number)

    async def ask_for_file(self, file_id: str) -> str:
        """Ask for a file to be made; gives its address, or why there is none."""
        self.told = ""
        asked = BackMsg()
        asked.backend_operation_request.request_id = uuid.uuid4().hex
        asked.backend_operation_request.session_id = self.session
        asked.backend_operation_request.deferred_file.file_id = file_id
        await self.socket.send(asked.SerializeToString())
        await self._wait(lambda: bool(self.told))
        return self.told

    async def rate(self, evidence: str, hypothesis: str, code: str) -> None:
        """Rate a cell, and wait until that is acknowledged."""
        await self.send("change", [["rating", evidence, hypothesis, code, None]])

    async def send(self, verb: str, what: Any) -> None:
        """Send one operation, again where that is not answered, until it is settled."""
        self.number += 1
        number = self.number
        for patience in itertools.chain(RESEND, itertools.repeat(RESEND[-1])):
            await self._send_batch([[number, verb, what]])
            with suppress(Unanswered):
                await self._wait(lambda: self.acknowledged >= number, patience)
                break
            self.sent_again += 1
        if refused := self.components[CHANNEL].data.get("refused"):
            raise Unanswered(f"refused: {refused}")

    async def until(self, come: Callable[[], bool]) -> None:
        """Wait until something has come."""
        await self._wait(come)

    async def _send_batch(self, operations: list[Any]) -> None:
        grid, channel = self.components[GRID].data, self.components[CHANNEL]
        batch = {
            "matrix": grid["matrix"],
            "client": self.client,
            "batch": next(self._batches),
            "batches": [[self.client, operations]],
            "revision": grid["revision"],
            "frame": grid["frame"]["key"],
            "base": grid["base"],
        }
        asked = BackMsg()
        state = asked.rerun_script.widget_states.widgets.add()
        state.id = f"{STREAMLIT_INTERNAL_KEY_PREFIX}_{channel.id}__events"
        state.json_trigger_value = json.dumps([{"event": "ops", "value": batch}])
        asked.rerun_script.fragment_id = channel.fragment
        await self._ask(asked)

    async def _ask(self, asked: BackMsg) -> None:
        asked.rerun_script.query_string = self.query
        asked.rerun_script.page_name = "" if self.script else self.page
        asked.rerun_script.page_script_hash = self.script
        asked.rerun_script.cached_message_hashes.extend([*self._known][-_NAMED:])
        await self.socket.send(asked.SerializeToString())

    async def _wait(self, come: Callable[[], bool], patience: float = PATIENCE) -> None:
        assert self._reader is not None
        give_up = asyncio.get_running_loop().time() + patience
        while not come():
            self._heard.clear()
            left = give_up - asyncio.get_running_loop().time()
            if self._reader.done() or left <= 0:
                said = "the socket was closed" if left > 0 else "no answer"
                raise Unanswered(said)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._heard.wait(), left)

    # ---- hearing
    async def _read(self) -> None:
        try:
            async for data in self.socket:
                assert isinstance(data, bytes)
                self._receive(data)
                self._heard.set()
        finally:
            self._heard.set()

    def _receive(self, data: bytes) -> None:
        self.received += len(data)
        if self.heard is not None:
            self.heard += data
        message = ForwardMsg.FromString(data)
        if message.WhichOneof("type") == "ref_hash":
            message.CopyFrom(self._known[message.ref_hash])
        elif message.metadata.cacheable and message.hash:
            self._known[message.hash] = message
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        self._hear(message)

    def _hear(self, message: ForwardMsg) -> None:
        match message.WhichOneof("type"):
            case "new_session":
                self.script = message.new_session.page_script_hash
                self.session = message.new_session.initialize.session_id
                self.shown.append(self.script)
            case "navigation":
                self.script = message.navigation.page_script_hash
                listed = message.navigation.app_pages
                self.pages = {one.page_name: one.page_script_hash for one in listed}
            case "script_finished":
                self.runs += 1
            case "delta" if message.delta.new_element.HasField("bidi_component"):
                drawn = message.delta.new_element.bidi_component
                data = _data(drawn)
                found = Component(drawn.id, message.delta.fragment_id, data)
                self.components[drawn.component_name.split(".")[-1]] = found
                if drawn.component_name.endswith(CHANNEL):
                    self._take(data)
            case "delta" if message.delta.new_element.HasField("download_button"):
                button = message.delta.new_element.download_button
                self.files[button.label] = button.deferred_file_id
            case "backend_operation_response":
                answer = message.backend_operation_response
                self.told = answer.deferred_file.url or answer.error_msg
            case _:
                pass

    def _take(self, answer: Mapping[str, Any]) -> None:
        """Take an answer in as the grid does, for what it knows goes with a batch."""
        last = answer.get("acks", {}).get(self.client, 0)
        self.acknowledged = max(self.acknowledged, last)
        if answer.get("error"):
            self.faults.append(str(answer["error"]))
        grid = self.components.get(GRID)
        if grid is None or "revision" not in answer:
            return
        grid.data = {**grid.data, "revision": answer["revision"]}
        if frame := answer.get("frame"):
            grid.data["frame"] = {"key": frame["key"]}
        grid.data["base"] = answer["base"]


def _data(drawn: BidiComponent) -> dict[str, Any]:
    kind = drawn.WhichOneof("data")
    text = drawn.mixed.json if kind == "mixed" else drawn.json
    found: dict[str, Any] = json.loads(text) if text else {}
    return found
