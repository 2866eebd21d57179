"""A team's deployment: two processes on one store in PostgreSQL, behind nginx.

The provider, the proxy with the configuration that is shipped, and the database are
real processes; people sign in under a path of their own, over TLS.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from playwright.sync_api import expect

from tests import postgres
from tests.browser.identity_provider import Provider, sign_in
from tests.browser.matrix import PATIENCE, MatrixPage
from tests.browser.nginx import Nginx
from tests.browser.serving import SHIPPED_CASE, Server, Servers, a_free_port
from tests.published.at_first import AT_FIRST
from workbench import cli
from workbench.case import folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.conftest import Pages

CASE = folder.load(AT_FIRST)
CASE_ID = "withdrawal"
SAMPLE = SHIPPED_CASE / "tests" / "exchange" / "samples" / "arkhammirror.json"
ROUTE = "workbench_route"
PEOPLE = ("lea", "ann")
PAGES = int(os.environ.get("WORKBENCH_PAGES", "2"))  # ten say more, and take minutes
OFTEN = 6  # edits of each tab before and after something happens
KEYS = {"CC": "1", "C": "2", "N": "3", "I": "4", "II": "5"}


@dataclass
class Deployed:
    """Everything that a team's server machine runs."""

    database: postgres.Served
    one: Server
    two: Server
    nginx: Nginx

    @property
    def url(self) -> str:
        """The address of the case's first screen."""
        return f"{self.nginx.url}/?case={CASE_ID}"

    def written(self) -> list[tuple[str, str, str, str]]:
        """Give each rating in the store: whose, of which cell, and what."""
        query = (
            "select analyst, evidence, hypothesis, to_ from entries "
            "where kind = 'rating' order by seq"
        )
        with psycopg.connect(self.database.address) as connection:
            rows = connection.execute(query).fetchall()
        return [(*row[:3], json.loads(row[3])) for row in rows]


def with_id(place: Path) -> Path:
    """Copy the case, with an id by which a store tells it from others."""
    where = Path(shutil.copytree(AT_FIRST, place / CASE_ID))
    file = where / folder.QUESTION_FILE
    file.write_text(f"id: {CASE_ID}\n{file.read_text()}")
    return where


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    place: Path = tmp_path_factory.mktemp("deployed")
    provider = Provider(place, PEOPLE, a_free_port())
    servers = Servers(place)
    with postgres.served() as database:
        ledger = ("--ledger", database.address)
        assert cli.main(("case", "import", str(with_id(place)), *ledger)) == 0
        for name in PEOPLE:
            who = ("--person", provider.person(name), "--role", "analyst")
            assert cli.main(("role", "set", CASE_ID, *who, *ledger)) == 0
        ports = a_free_port(), a_free_port()
        proxy = place / "nginx"
        proxy.mkdir()
        nginx = Nginx(proxy, a_free_port(), ports)
        auth = place / "auth.toml"
        provider.write_auth(auth, nginx.url)
        public = ("--auth", str(auth), "--public-url", nginx.url)
        one, two = (servers.behind(port, (*ledger, *public), "/ach") for port in ports)
        provider.start()
        for part in (one, two, nginx):
            part.start()
        yield Deployed(database, one, two, nginx)
        nginx.stop()
        servers.end()
        provider.stop()


@dataclass
class Typist:
    """Somebody at one tab, who rates cells that nobody else of their tabs rates."""

    name: str
    matrix: MatrixPage
    cells: Iterator[tuple[str, str]]
    typed: list[tuple[str, str, str, str]] = field(default_factory=list)

    def rate(self, many: int) -> None:
        """Rate cells as fast as keys come."""
        self.matrix.page.bring_to_front()
        for _ in range(many):
            item, hypothesis = next(self.cells)
            published = CASE.item[item].ratings.get(hypothesis)
            code = "I" if published and published.consistency == "II" else "II"
            self.matrix.press(item, hypothesis, KEYS[code])
            self.typed.append((self.name.capitalize(), item, hypothesis, code))


def come(page: Page, deployed: Deployed, name: str) -> None:
    """Sign in, and be led back to the case; at the first process, to begin with."""
    where = {"domain": "localhost", "path": "/ach", "secure": True}
    page.context.add_cookies([{"name": ROUTE, "value": "one", **where}])
    page.goto(deployed.url)
    sign_in(page, name)
    page.wait_for_url(f"{deployed.url}*", timeout=PATIENCE)


def route(page: Page) -> str:
    """Tell which process the browser of a page is kept with."""
    cookies = page.context.cookies()
    (found,) = (one["value"] for one in cookies if one["name"] == ROUTE)
    return found


def typists(deployed: Deployed, page: Pages) -> list[Typist]:
    """Have everybody sign in, and open their tabs."""
    found = []
    for number, name in enumerate(PEOPLE):
        many = len(range(number, PAGES, len(PEOPLE)))
        first = page(trusting=True, expected_errors=(".*",))
        come(first, deployed, name)
        tabs = [first, *(first.context.new_page() for _ in range(many - 1))]
        for place, tab in enumerate(tabs):
            matrix = MatrixPage(tab, deployed.url).open()
            rows = CASE.evidence[place::many]
            cells = [(row.id, one.id) for row in rows for one in CASE.hypotheses]
            found.append(Typist(name, matrix, iter(cells)))
    return found


def expect_all_stored(
    deployed: Deployed, saving: list[Typist], of: list[Typist] | None = None
) -> None:
    """Wait until tabs say that all is saved, and find what all have typed, once."""
    for one in saving:
        one.matrix.wait_saved(2 * PATIENCE)
    typed = sorted(cell for one in of or saving for cell in one.typed)
    assert sorted(deployed.written()) == typed


def test_a_process_is_killed_and_the_database_goes_away_while_pages_type(
    deployed: Deployed, page: Pages
) -> None:
    at_work = typists(deployed, page)
    for one in at_work:
        one.rate(OFTEN)
        assert route(one.matrix.page) == "one"
    expect_all_stored(deployed, at_work)

    # What was acknowledged is in the store; what was not waits in the browser.
    for one in at_work[::2]:
        one.rate(OFTEN)
    deployed.one.kill()
    for one in at_work:
        one.rate(OFTEN)
    expect_all_stored(deployed, at_work)
    assert {route(one.matrix.page) for one in at_work} == {"two"}
    for one in at_work:
        expect(one.matrix.page.get_by_role("button", name="Sign in")).to_have_count(0)

    # The first one is back, and the pages stay where their files are.
    deployed.one.start()
    first = at_work[0].matrix.page
    first.bring_to_front()
    first.get_by_role("link", name="Report").first.click()
    download = first.get_by_role("button", name="Download").first
    for _ in range(2):
        with first.expect_download(timeout=2 * PATIENCE) as caught:
            download.click(timeout=PATIENCE)
        assert caught.value.path().stat().st_size > 1_000
        assert "/ach/media/" in caught.value.url
    assert route(first) == "two"

    # A file of another tool goes in; none does by an address that nobody was told.
    first.get_by_role("link", name="Cases").first.click()
    first.get_by_text("Import a file of another tool").click(timeout=PATIENCE)
    first.locator("input[type=file]").set_input_files(SAMPLE)
    understood = first.get_by_role("heading", name="Who moved the buoy?")
    expect(understood).to_be_visible(timeout=2 * PATIENCE)
    put = """async path => (await fetch(path, {method: "PUT", body: "x"})).status"""
    other = "/11111111-2222-3333-4444-555555555555"
    assert first.evaluate(put, f"/ach/_stcore/upload_file{other}{other}") == 404

    # The database goes away, hangs, and comes back; nobody presses anything for that.
    typing = at_work[1:4]  # not the tab that has gone to other pages
    with deployed.database.stopped():
        for one in typing:
            one.rate(OFTEN)
            expect(one.matrix.page.locator(".lg-status")).to_have_text(
                re.compile("^Not saved: "), timeout=PATIENCE
            )
            assert not one.matrix.saved()
    expect_all_stored(deployed, typing, of=at_work)
    with deployed.database.stalled():
        for one in typing:
            one.rate(OFTEN)
            assert not one.matrix.saved()
    expect_all_stored(deployed, typing, of=at_work)
