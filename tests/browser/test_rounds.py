"""A round of rating by people who sign in: blind, revealed, rated again, told."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.identity_provider import Provider, come
from tests.browser.matrix import MatrixPage
from tests.browser.screen import go_to, in_either_theme
from tests.browser.serving import a_free_port
from tests.browser.test_accessibility import STILL, faults
from tests.builders import make_case
from workbench import cli
from workbench.case import folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page, WebSocket

    from tests.browser.conftest import Pages, Server, Servers

PATIENCE = 30_000
SECRET = "Because Ann alone has read the log book"
ROLES = {"lea": "lead", "ann": "analyst", "ben": "analyst", "rob": "reader"}
# Of one item, by who rates it: keys that put one hypothesis first, or the other.
FIRST = {"lea": ("2", "5"), "ann": ("5", "2"), "ben": ("1", "5")}


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[Provider]:
    """A provider where five people can sign in."""
    made = Provider(tmp_path, (*ROLES, "zoe"), a_free_port())
    made.start()
    yield made
    made.stop()


@pytest.fixture
def signed(server: Servers, provider: Provider, tmp_path: Path) -> Server:
    """The app on a case that publishes no rating, and people with roles in it."""
    written = tmp_path / "written"
    written.mkdir()
    folder.write(written, make_case("E1: - -", "E2: - -", "E3: - -"))
    made = server(written, start=False)
    file = tmp_path / "auth.toml"
    provider.write_auth(file, made.url)
    made.arguments = ("--auth", str(file))
    for name, role in ROLES.items():
        given = ("--person", provider.person(name), "--role", role)
        assert cli.main(("role", "set", str(made.case), *given)) == 0
    made.start()
    return made


class Heard:
    """All that a page was sent over its connection, to look for what is not its own."""

    def __init__(self, page: Page) -> None:
        self.frames: list[bytes] = []
        self._page = page
        page.on("websocket", self._listen)

    def end(self) -> None:
        self._page.remove_listener("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._take)

    def _take(self, frame: bytes | str) -> None:
        self.frames.append(frame if isinstance(frame, bytes) else frame.encode())

    def holds(self, text: str) -> bool:
        return any(text.encode() in one for one in self.frames)


def team(page: Page) -> Page:
    """Go to the page Team from another page of the case."""
    go_to(page, "Team")
    return page


def still(page: Page) -> None:
    page.locator("[data-test-script-state=notRunning]").wait_for(timeout=PATIENCE)


def drawn(page: Page, server: Server) -> MatrixPage:
    """Give the grid once it is there; no chart follows it while a round is blind."""
    page.locator("[role=gridcell][data-hypothesis]").first.wait_for(timeout=PATIENCE)
    still(page)
    return MatrixPage(page, server.at())


def press(page: Page, label: str, then: str) -> None:
    """Press a button of the round, and wait for what it says."""
    page.get_by_role("button", name=label, exact=True).click()
    expect(page.get_by_text(then).first).to_be_visible(timeout=PATIENCE)


def refusals(server: Server) -> list[tuple[str, str]]:
    """Give who was refused what, by the subject."""
    with sqlite3.connect(server.ledger) as connection:
        query = "select name from facts where name like 'refused:%'"
        notes = [name.split(":", 2)[2] for (name,) in connection.execute(query)]
    return [(who.partition("#")[2], what) for who, what in map(json.loads, notes)]


def rate(page: Page, server: Server, name: str) -> MatrixPage:
    """Rate one item blind: no score is in view, and what is left counts down."""
    page.goto(server.url)
    grid = drawn(page, server)
    expect(page.get_by_text("6 of 6 cells unrated")).to_be_visible(timeout=PATIENCE)
    for hypothesis, key in zip(("h1", "h2"), FIRST[name], strict=True):
        grid.press("e1", hypothesis, key)
    grid.wait_saved()
    assert set(grid.scores().values()) == {"\u2013"}
    expect(page.get_by_text("4 of 6 cells unrated")).to_be_visible()
    assert len([one for one in grid.cells().values() if one]) == len(FIRST[name])
    return grid


def ask_in_six_ways(ben: Page, rob: Page, server: Server) -> None:
    """Ask as Ben for Ann's ratings, and as Rob for a report with them."""
    expect(team(ben).get_by_text("Round 1 is blind").first).to_be_visible()
    for page in ("history", "report"):
        ben.goto(server.at(page, analyst="Ann"))
        expect(ben.get_by_text("shows nothing yet")).to_be_visible(timeout=PATIENCE)
    assert ben.get_by_role("button", name="Download").count() == 0
    ben.goto(server.url)
    drawn(ben, server)
    ben.evaluate(FORGED)
    ben.wait_for_function(ANSWERED, timeout=PATIENCE)
    assert SECRET not in report(rob, server)


def report(page: Page, server: Server) -> str:
    """Download the report as Markdown."""
    page.goto(server.at("report"))
    page.get_by_role("radio", name="md", exact=True).wait_for(timeout=PATIENCE)
    still(page)
    page.get_by_text("md", exact=True).first.click()
    button = page.get_by_role("button", name="Download md")
    button.wait_for(timeout=PATIENCE)
    still(page)
    with page.expect_download(timeout=PATIENCE) as coming:
        button.click()
    return coming.value.path().read_text(encoding="utf-8").replace("\\", "")


def reveal(pages: dict[str, Page]) -> None:
    """Have all who rate lock, and the lead show everybody's ratings."""
    for name in FIRST:
        page = team(pages[name])
        press(page, "Lock my ratings", "Your ratings are locked.")
    press(team(pages["lea"]), "Reveal", "Everybody's ratings are shown now.")


def adjudicate(lead: Page, code: str, because: str) -> None:
    """Put a code beside everybody's own in the first of the cells that differ."""
    lead.get_by_text("Adjudicate a cell").click()
    lead.get_by_role("radio", name=code, exact=True).click()
    still(lead)
    lead.get_by_label("Why").fill(because)
    lead.get_by_label("Why").press("Tab")
    still(lead)
    press(lead, "Put it beside the others'", "It stands beside everybody's own.")


def is_legible(page: Page) -> None:
    """Find nothing serious with what the page Team shows, in either theme."""
    page.add_style_tag(content=STILL)
    found = {}
    for theme in in_either_theme(page):
        still(page)
        if said := faults(page, structure=theme == "light", colours=False):
            found[theme] = said
    assert found == {}


TOLD = (
    "rated blind from",
    "rated again in private from",
    "all had locked",
    "1 towards the others without a new reason",
    "The log book is a copy",
    SECRET,
    "who have another first",
)
FORGED = """() => {
  const bus = window.__workbenchBus;
  const [matrix] = Object.keys(bus.last);
  bus.send("ops", { matrix, client: "forged", batch: 1, batches: [["forged", [
    [1, "change", [["reason", "e3", "h1", null, "x"]]],
    [2, "change", [["credibility", "e1", null, "high"]]],
    [3, "read", "Ann"],
  ]]] });
}"""
ANSWERED = """() => Object.values(window.__workbenchBus.last).some(
  ({ reasons }) => ["rate the cell first", "frozen", "unknown operation"].every(
    said => JSON.stringify(reasons ?? "").includes(said)))"""


def test_a_round_of_four_people(
    signed: Server, provider: Provider, page: Pages
) -> None:
    pages = {name: page() for name in (*ROLES, "zoe")}
    lea, ann, ben, rob, zoe = pages.values()
    heard = Heard(ben)
    for name, one in pages.items():
        come(one, signed, name)
    expect(zoe.get_by_text("You have signed in, and have no role")).to_be_visible(
        timeout=PATIENCE
    )

    # The lead freezes the case, and everybody rates alone.
    team(lea)
    lea.get_by_text("Begin a round").click()
    press(lea, "Begin the round", "The round has begun")
    expect(lea.get_by_text("Nobody has locked yet")).to_be_visible()
    assert lea.get_by_role("button", name="Reveal", exact=True).is_disabled()
    is_legible(lea)
    grids = {name: rate(pages[name], signed, name) for name in FIRST}
    grids["ann"].press("e1", "h1", "Enter")
    ann.keyboard.type(SECRET)
    ann.keyboard.press("Tab")
    grids["ann"].wait_saved()

    # Nobody is shown another's ratings, however they ask, and it is noted.
    ask_in_six_ways(ben, rob, signed)
    other = ben.context.new_page()
    also = Heard(other)
    other.goto(signed.at(case="another"))
    expect(other.get_by_text("There is no case").first).to_be_visible(timeout=PATIENCE)
    assert not heard.holds(SECRET)
    assert not also.holds(SECRET)
    other.close()  # a tab behind another is painted once a second
    asked = {("ben", "the page History"), ("ben", "the page Report")}
    assert asked <= set(refusals(signed))
    assert f"refused to {provider.person('ben')}" in signed.log

    # Then all is shown, reasons before names.
    reveal(pages)
    team(ben)
    expect(ben.get_by_text("To talk about")).to_be_visible(timeout=PATIENCE)
    expect(ben.get_by_text(SECRET).first).to_be_visible()
    assert heard.holds(SECRET)
    is_legible(ben)

    # Rated again in private: Ben goes to the others without a reason.
    press(team(lea), "Rate again", "Everybody rates again, in private.")
    ben.goto(signed.url)
    grid = MatrixPage(ben, signed.at()).wait_drawn()
    grid.press("e1", "h1", "3")
    grid.wait_saved()
    reveal(pages)

    # The lead's code stands beside the others', and the report tells all of it.
    adjudicate(lea, "N", "The log book is a copy")
    press(lea, "Close the round", "The round is closed")
    is_legible(lea)
    told = report(lea, signed)
    assert [part for part in TOLD if part not in told] == []
    zoe.goto(signed.at("team"))
    still(zoe)
    assert SECRET not in zoe.content()
    heard.end()
