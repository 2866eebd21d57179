"""Fixtures for the journeys: a browser, the app as a real process, pages in any theme.

Nothing here may reach into the workbench: a journey sees what an analyst sees. Nothing
here skips, either: a machine without Chromium fails the journeys and says what to do.

How to write a journey, so that all of them stay within minutes. What costs is a page
load (0.9 s of a processor, 2.3 s in a new browser profile) and a server that starts
(1.5 s); a key or a click costs 0.1 s.

- `served` is a case of the test's own, the shipped one as it was at first, on a server
  that all journeys share: judge in it, write to its files. `served.at("evidence")` is
  the address of a page of it; never put one together by hand. `lend(folder)` does the
  same with another case.
- `shared()`, `shared(folder)` is a case that nobody changes: for all that only look.
- `lone` is a server on one case, which nobody judges or changes; for what it keeps
  out and what it puts beside the case.
- `worked` is a server on the worked cases as one folder, for what the list of cases
  does; one journey judges them.
- `server()` starts a process of the test's own. For journeys about flags and the
  environment. A journey that kills, stalls or restarts does it to `served.server`,
  which comes back by itself.
- `page()` is a tab that is kept from test to test, emptied; a second one has a browser
  profile of its own and is kept too. `page(alone=True)` has one that was never used.
- Let one journey look at all that stands on the page it has opened; a size, a theme or
  a page more is a loop or `set_viewport_size`, not another opening.
- No fixed waits: `expect(...)`, `wait_for_url`, `wait_saved()`.
"""

from __future__ import annotations

import shutil
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser import chromium
from tests.browser.serving import (
    LOG_TAIL,
    SHIPPED_CASE,
    Lent,
    Server,
    Servers,
    Shelf,
)
from tests.browser.tabs import KeptTabs, Pages
from tests.published.at_first import AT_FIRST

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

__all__ = ["SHIPPED_CASE", "WORKED", "Lent", "Pages", "Server", "Servers"]

# The worked cases that are shipped.
WORKED = sorted((SHIPPED_CASE / "workbench" / "cases").iterdir())

HERE = SHIPPED_CASE / "tests" / "browser"

# What is expected comes late on a machine that does other things too: Playwright's own
# five seconds are no more than a page takes there.
expect.set_options(timeout=30_000)


# ------------------------------------------------------------------ the servers
@pytest.fixture
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Servers]:
    """Start the app on a copy of a case: `server()`, `server(folder)`."""
    servers = Servers(tmp_path)
    request.node.stash[SERVERS] = servers
    yield servers
    servers.end()


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Keep the server that all journeys share."""
    servers = Servers(tmp_path_factory.mktemp("shared"))
    yield Shelf(servers)
    servers.end()


@pytest.fixture
def lend(shelf: Shelf, request: pytest.FixtureRequest) -> Iterator[Callable[..., Lent]]:
    """Give copies of cases, to be changed, on the shared server: `lend(folder)`."""
    request.node.stash[SHELF] = shelf
    lent: list[Lent] = []

    def of(case: Path = AT_FIRST) -> Lent:
        lent.append(shelf.put(case))
        return lent[-1]

    yield of
    for each in lent:
        shelf.take(each)


@pytest.fixture
def served(lend: Callable[..., Lent]) -> Lent:
    """Give a case of the test's own, the shipped one as it was at first."""
    return lend()


@pytest.fixture
def shared(shelf: Shelf, request: pytest.FixtureRequest) -> Callable[..., Lent]:
    """Give the copy of a case that nobody changes: `shared()`, `shared(folder)`."""
    request.node.stash[SHELF] = shelf

    def of(case: Path = AT_FIRST) -> Lent:
        return shelf.look(case)

    return of


@pytest.fixture(scope="session")
def lone_case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Keep a server on one case."""
    servers = Servers(tmp_path_factory.mktemp("lone"))
    yield servers()
    servers.end()


@pytest.fixture
def lone(lone_case: Server) -> Iterator[Server]:
    """Give a server on one case; what a test puts beside the case is gone after it."""
    before = set(lone_case.folder.iterdir())
    yield lone_case
    for made in set(lone_case.folder.iterdir()) - before:
        shutil.rmtree(made)


@pytest.fixture(scope="session")
def worked_cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Keep a server on the worked cases, copied, as one folder."""
    servers = Servers(tmp_path_factory.mktemp("worked"))
    yield servers.library(*WORKED)
    servers.end()


@pytest.fixture
def worked(worked_cases: Server) -> Iterator[Server]:
    """Give the worked cases as one folder; what a test adds is gone after it."""
    before = set(worked_cases.case.iterdir())
    yield worked_cases
    for made in set(worked_cases.case.iterdir()) - before:
        shutil.rmtree(made)


# ------------------------------------------------------------------ the pages
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
            executable_path=path, args=list(chromium.FOR_SHORT_VISITS)
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def kept_tabs(browser: Browser) -> KeptTabs:
    """Keep the tabs that each test is given."""
    return KeptTabs(browser)


@pytest.fixture
def page(
    browser: Browser, kept_tabs: KeptTabs, request: pytest.FixtureRequest
) -> Iterator[Pages]:
    """Open pages: `page()`, `page(color_scheme="dark")`."""
    # Asked for so that pages close before their server or case goes, whatever order the
    # test names them in: a page that loses its server has errors of its own.
    request.getfixturevalue("server")
    for name in {"lend", "lone", "worked"}.intersection(request.fixturenames):
        request.getfixturevalue(name)
    pages = Pages(browser, kept_tabs)
    request.node.stash[PAGES] = pages
    yield pages
    pages.close(intact=not request.node.stash.get(FAILED, False))
    if pages.errors:
        listed = "\n\n".join(pages.errors)
        pytest.fail(f"uncaught errors in the page:\n{listed}", pytrace=False)


# ------------------------------------------------------------------ pytest
SERVERS = pytest.StashKey[Servers]()
SHELF = pytest.StashKey[Shelf]()
PAGES = pytest.StashKey[Pages]()
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of this folder last, and among them the long journeys first.

    Last because the quick tests should speak first, and because Playwright's
    synchronous API keeps an event loop running in the thread, under which `asyncio.run`
    refuses. A file of one or two tests holds a journey that takes half a minute: begun
    at the very end it would have one worker wait for the other.
    """
    held = Counter(item.path for item in items)
    others = [item for item in items if not item.path.is_relative_to(HERE)]
    ours = [item for item in items if item.path.is_relative_to(HERE)]
    ours.sort(key=lambda item: held[item.path])
    # A worker is given neighbours: the longest of all are not to be one worker's.
    items[:] = [*others, *ours[::2], *ours[1::2]]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Attach the servers' logs and the pages' pictures to a failure."""
    report = yield
    if not report.failed:
        return report
    item.stash[FAILED] = True
    own, shelf = item.stash.get(SERVERS, None), item.stash.get(SHELF, None)
    started = [
        *(own.started if own else []),
        *(shelf.servers.started if shelf else []),
    ]
    for each in started:
        report.sections.append((f"log of {each.folder}", each.log[-LOG_TAIL:]))
    pages = item.stash.get(PAGES, None)
    # Only the test's own phase has pages to show: after it they are closed.
    if pages and own and call.when == "call":
        pictures = "\n".join(str(path) for path in pages.screenshots(own.folder))
        report.sections.append(("pictures of the pages", pictures))
    return report
