"""The app as real processes: one that all journeys share, others for one test alone."""

from __future__ import annotations

import http.client
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from tests.published.at_first import AT_FIRST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

SHIPPED_CASE = Path(__file__).parents[2]

START_LIMIT = 60.0
STOP_LIMIT = 10.0
LOG_TAIL = 20_000


@dataclass
class Server:
    """The app on a case of its own, as a process that can be killed and come back."""

    folder: Path
    case: Path
    port: int
    arguments: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    host: str = "127.0.0.1"
    python: str = sys.executable
    program: tuple[str, ...] = ("workbench", "serve")
    of_store: bool = False
    base: str = ""
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """The address of the first screen, without a slash at its end."""
        return f"http://{self.host}:{self.port}"

    def at(self, page: str = "", **named: str) -> str:
        """Give the address of a page: `at("evidence", item="e-1")`."""
        return _address(self.url, page, named)

    @property
    def ledger(self) -> Path:
        """The file that the judgments go to when no other ledger is named."""
        return self.case / ".workbench" / "ledger.sqlite3"

    @property
    def log(self) -> str:
        """All that the server has printed, over its restarts."""
        path = self.folder / "server.log"
        return path.read_text(errors="replace") if path.exists() else ""

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    @property
    def process_id(self) -> int:
        """The number of the process, by which it is measured."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start the process and wait until it answers."""
        assert not self.running
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command(),
                cwd=self.folder,
                env=_clean_environment(self.folder / "home") | dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        give_up = time.monotonic() + START_LIMIT
        while not self._answers():
            if not self.running:
                code = self._process.returncode
                pytest.fail(f"the server ended with {code}:\n{self.log[-LOG_TAIL:]}")
            if time.monotonic() > give_up:
                self.kill()
                pytest.fail(
                    f"no answer after {START_LIMIT:g} s:\n{self.log[-LOG_TAIL:]}"
                )
            time.sleep(0.05)

    def _command(self) -> list[str]:
        start: tuple[str, ...]
        if self.of_store:  # what it serves is in the ledger that its arguments name
            start = ("--port", str(self.port))
        elif self.program[0] == "workbench":
            start = (str(self.case), "--port", str(self.port))
        else:
            start = (str(self.case / "app.py"), "--server.port", str(self.port))
        return [self.python, "-m", *self.program, *start, *self.arguments]

    def send(self, what: signal.Signals) -> None:
        """Send the process a signal: SIGSTOP and SIGCONT stall it for a while."""
        assert self._process is not None
        self._process.send_signal(what)

    def kill(self) -> None:
        """End the process and its children at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End the process as Ctrl+C in a terminal or a service manager would."""
        self._end(signal.SIGTERM)

    @contextmanager
    def stalled(self) -> Iterator[None]:
        """Hold the process and its children still, as a machine that swaps does."""
        assert self._process
        os.killpg(self._process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self._process.pid, signal.SIGCONT)

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        """Let the process write no file beyond a few bytes, as on a full disk."""
        assert self._process
        before = resource.prlimit(
            self._process.pid, resource.RLIMIT_FSIZE, (512, resource.RLIM_INFINITY)
        )
        try:
            yield
        finally:
            resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, before)

    def restart(self) -> None:
        """Start again on the same port and case, stopping first if it still runs."""
        self.stop()
        self.start()

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        for name in (how, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, name)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_LIMIT)
        # The group's children may outlive their leader for a moment, and the port with
        # them; a restart would then meet the old server.
        give_up = time.monotonic() + STOP_LIMIT
        while self._is_listening():
            assert time.monotonic() < give_up, f"port {self.port} is still taken"
            time.sleep(0.02)

    def _is_listening(self) -> bool:
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(f"{self.host}:{self.port}", timeout=5)
        try:
            connection.request("GET", f"{self.base}/_stcore/health")
            response = connection.getresponse()
            return response.status == http.client.OK and response.read() == b"ok"
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def _clean_environment(home: Path) -> dict[str, str]:
    """Return a new user's environment: nobody's ledger, settings or credentials."""
    home.mkdir(exist_ok=True)
    mine = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("WORKBENCH_", "STREAMLIT_", "XDG_"))
    }
    return mine | {"HOME": str(home), "PYTHONUNBUFFERED": "1"}


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# The ports of servers that have ended. A kept tab has Streamlit's own scripts in
# its cache, compiled, by address: to load them from a port that is new to it costs as
# much of a processor as the server's start.
_let_go: list[int] = []


def _a_port() -> int:
    """Give a port that was let go if nobody has taken it, else a free one."""
    while _let_go:
        with socket.socket() as probe, suppress(OSError):
            port = _let_go.pop()
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port
    return a_free_port()


@dataclass(frozen=True)
class Servers:
    """Starts servers: `servers()`, `servers(folder)`."""

    folder: Path
    started: list[Server] = field(default_factory=list)

    def __call__(
        self,
        case: Path = AT_FIRST,
        *,
        arguments: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        start: bool = True,
    ) -> Server:
        """Start the app on a copy of a case folder, the shipped one as it was at first.

        With `start=False` the copy can be prepared before `start()`.
        """
        made = self._make("case", arguments, environment)
        _copy(case, made.case)
        if start:
            made.start()
        return made

    def library(self, *cases: Path, start: bool = True) -> Server:
        """Start the app on a folder of copies of cases, each by its folder's name."""
        made = self._make("library", (), None)
        made.case.mkdir()
        for case in cases:
            _copy(case, made.case / case.name)
        if start:
            made.start()
        return made

    def store(self, url: str) -> Server:
        """Start the app on the cases of a store, in a folder without any."""
        made = self._make("store", ("--ledger", url), None)
        made.of_store = True
        made.start()
        return made

    def behind(self, port: int, arguments: Sequence[str], base: str) -> Server:
        """Make the app on a store, under the path that a proxy hands on."""
        made = self._make("store", arguments, None)
        made.port, made.host, made.base, made.of_store = port, "localhost", base, True
        return made

    def _make(
        self,
        name: str,
        arguments: Sequence[str],
        environment: Mapping[str, str] | None,
    ) -> Server:
        folder = self.folder / f"server-{len(self.started) + 1}"
        folder.mkdir()
        server = Server(
            folder, folder / name, _a_port(), tuple(arguments), environment or {}
        )
        self.started.append(server)
        return server

    def end(self) -> None:
        """End all that were started."""
        for each in self.started:
            each.kill()
            _let_go.append(each.port)


def _copy(case: Path, to: Path) -> None:
    # The two folders alone: the shipped case lies among the project's own files, and
    # beside the judgments of whoever works there.
    for part in ("hypotheses", "evidence"):
        shutil.copytree(case / part, to / part)


def _address(url: str, page: str, named: Mapping[str, str]) -> str:
    return f"{url}/{page}" + (f"?{urlencode(named)}" if named else "")


# ------------------------------------------------------------------ the shared one
@dataclass(frozen=True)
class Lent:
    """A case on the server that all journeys share; `server` is that server."""

    server: Server
    case: Path

    @property
    def url(self) -> str:
        """The address of the case's first screen."""
        return self.at()

    def at(self, page: str = "", **named: str) -> str:
        """Give the address of a page of the case: `at("evidence", item="e-1")`."""
        return _address(self.server.url, page, {**named, "case": self.case.name})

    @property
    def ledger(self) -> Path:
        """The file that the judgments of the case go to."""
        return self.case / ".workbench" / "ledger.sqlite3"


@dataclass
class Shelf:
    """One server on a folder of cases: a test takes one, and nobody waits for a start.

    A case that is new to a server that runs is drawn in a tenth of the time that a new
    server takes.
    """

    servers: Servers
    looked_at: dict[bytes, Lent] = field(default_factory=dict)
    count: int = 0
    _server: Server | None = None

    @property
    def server(self) -> Server:
        """The server, started anew where a journey has ended it."""
        if self._server is None:
            self._server = self.servers.library(start=False)
        if not self._server.running:
            self._server.start()
        return self._server

    def put(self, case: Path) -> Lent:
        """Put a copy of a case on the shelf."""
        self.count += 1
        lent = Lent(self.server, self.server.case / f"case-{self.count}")
        _copy(case, lent.case)
        return lent

    def take(self, lent: Lent) -> None:
        """Take a case off the shelf; what the server still writes there, with it.

        Its ledger is synced after the page that wrote it was closed, and while a folder
        is emptied a file may come: the folder is moved out of reach first.
        """
        self.count += 1
        away = self.servers.folder / f"taken-{self.count}"
        lent.case.rename(away)
        shutil.rmtree(away, ignore_errors=True)

    def look(self, case: Path) -> Lent:
        """Give the one copy of a case that all look at who change nothing."""
        files = sorted(case.glob("*/*.yaml"))
        content = b"".join(path.name.encode() + path.read_bytes() for path in files)
        if content not in self.looked_at:
            self.looked_at[content] = self.put(case)
        assert self.server.running
        return self.looked_at[content]
