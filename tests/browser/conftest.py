"""Fixtures for the journeys: a browser, the app as a real process, pages in any theme.

Nothing here may reach into the workbench: a journey sees what an analyst sees. Nothing
here skips, either: a machine without Chromium fails the journeys and says what to do.
"""

from __future__ import annotations

import http.client
import os
import re
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
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.published.at_first import AT_FIRST

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence

    from playwright.sync_api import Browser, BrowserContext, Page, WebError

HERE = Path(__file__).parent
SHIPPED_CASE = HERE.parents[1]

START_LIMIT = 60.0
STOP_LIMIT = 10.0
LOG_TAIL = 20_000


# ------------------------------------------------------------------ the server
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
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """The address of the first screen, without a slash at its end."""
        return f"http://{self.host}:{self.port}"

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
        if self.program[0] == "workbench":
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
            connection.request("GET", "/_stcore/health")
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


def _a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Servers:
    """Starts servers for one test; the `server` fixture."""

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
        folder = self.folder / f"server-{len(self.started) + 1}"
        folder.mkdir()
        copy = folder / "case"
        # The two folders alone: the shipped case lies among the project's own files,
        # and beside the judgments of whoever works there.
        for part in ("hypotheses", "evidence"):
            shutil.copytree(case / part, copy / part)
        server = Server(
            folder, copy, _a_free_port(), tuple(arguments), environment or {}
        )
        self.started.append(server)
        if start:
            server.start()
        return server


@pytest.fixture
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Servers]:
    """Start the app on a copy of a case: `server()`, `server(folder)`."""
    servers = Servers(tmp_path)
    request.node.stash[SERVERS] = servers
    yield servers
    for each in servers.started:
        each.kill()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Server]]:
    """Start one server a case for all that only look: `shared(folder)`.

    A journey that judges, kills or restarts takes a `server` of its own.
    """
    servers = Servers(tmp_path_factory.mktemp("shared"))
    by_case: dict[bytes, Server] = {}

    def of(case: Path = AT_FIRST) -> Server:
        files = sorted(case.glob("*/*.yaml"))
        content = b"".join(path.name.encode() + path.read_bytes() for path in files)
        if content not in by_case:
            by_case[content] = servers(case)
        return by_case[content]

    yield of
    for each in servers.started:
        each.kill()


# ------------------------------------------------------------------ the pages
@dataclass(frozen=True)
class Pages:
    """Opens pages for one test, each in a browser profile of its own; `page`."""

    browser: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __call__(
        self,
        *,
        color_scheme: Literal["light", "dark"] = "light",
        reduced_motion: Literal["no-preference", "reduce"] = "no-preference",
        size: tuple[int, int] = (1440, 900),
        permissions: Sequence[str] = (),
        has_touch: bool = False,
        expected_errors: Sequence[str] = (),
    ) -> Page:
        """Open an empty page in a new profile.

        An uncaught error in the page, or in a tab opened from it, fails the test at its
        end, unless one of the `expected_errors` (regular expressions) is found in it.
        """
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=color_scheme,
            reduced_motion=reduced_motion,
            permissions=list(permissions),
            has_touch=has_touch,
        )

        def note(caught: WebError) -> None:
            text = caught.error.stack or caught.error.message
            if not any(re.search(each, text) for each in expected_errors):
                self.errors.append(text)

        context.on("weberror", note)
        self.contexts.append(context)
        return context.new_page()

    def screenshots(self, folder: Path) -> list[Path]:
        """Save what each open page shows."""
        saved: list[Path] = []
        for page in [page for context in self.contexts for page in context.pages]:
            path = folder / f"page-{len(saved) + 1}.png"
            # A crashed page has no picture, and must not hide why the test failed.
            with suppress(PlaywrightError):
                page.screenshot(path=path, timeout=5_000)
                saved.append(path)
        return saved


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the Chromium that `python -m tests.browser.chromium` found or got."""
    path = chromium.find()
    if path is None:
        pytest.fail(
            f"There is no Chromium that starts. Run: {chromium.COMMAND}", pytrace=False
        )
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=path, args=list(chromium.ARGUMENTS)
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Pages]:
    """Open pages: `page()`, `page(color_scheme="dark")`."""
    # Asked for so that pages close before their server goes, whatever order the test
    # names them in: a page that loses its server has errors of its own.
    request.getfixturevalue("server")
    pages = Pages(browser)
    request.node.stash[PAGES] = pages
    yield pages
    for context in pages.contexts:
        context.close()
    if pages.errors:
        listed = "\n\n".join(pages.errors)
        pytest.fail(f"uncaught errors in the page:\n{listed}", pytrace=False)


# ------------------------------------------------------------------ pytest
SERVERS = pytest.StashKey[Servers]()
PAGES = pytest.StashKey[Pages]()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of this folder last.

    Last because the quick tests should speak first, and because Playwright's
    synchronous API keeps an event loop running in the thread, under which `asyncio.run`
    refuses.
    """
    items.sort(key=lambda item: item.path.is_relative_to(HERE))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Attach the servers' logs and the pages' pictures to a failure."""
    report = yield
    if not report.failed:
        return report
    if servers := item.stash.get(SERVERS, None):
        for each in servers.started:
            report.sections.append((f"log of {each.folder}", each.log[-LOG_TAIL:]))
    pages = item.stash.get(PAGES, None)
    # Only the test's own phase has pages to show: after it they are closed.
    if pages and servers and call.when == "call":
        pictures = "\n".join(str(path) for path in pages.screenshots(servers.folder))
        report.sections.append(("pictures of the pages", pictures))
    return report
