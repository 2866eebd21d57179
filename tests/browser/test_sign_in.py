"""People who sign in: each writes as themself; who has no role sees nothing."""

from __future__ import annotations

import http.client
import json
import sqlite3
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.identity_provider import Provider, come, sign_in
from tests.browser.line import Line
from tests.browser.matrix import MatrixPage
from tests.browser.serving import a_free_port
from workbench import cli

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Pages, Server, Servers

PATIENCE = 30_000
LASTS = 15  # seconds of a short sign-in


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[Provider]:
    """A provider where five people can sign in."""
    made = Provider(tmp_path, ("lea", "ann", "rob", "eve", "zoe"), a_free_port())
    made.start()
    yield made
    made.stop()


@pytest.fixture
def signed(server: Servers, provider: Provider, tmp_path: Path) -> Server:
    """The app, where lea leads the case, and nobody else has a role."""
    made = server(start=False)
    file = tmp_path / "auth.toml"
    provider.write_auth(file, made.url)
    made.arguments = ("--auth", str(file))
    person = provider.person("lea")
    role = ("role", "set", str(made.case), "--person", person, "--role", "lead")
    assert cli.main(role) == 0
    made.start()
    return made


def written(server: Server) -> list[tuple[str, str | None, str, str]]:
    """Give who wrote each rating: name, identity, item and code."""
    with sqlite3.connect(server.ledger) as connection:
        query = (
            "select analyst, identity, evidence, to_ from entries "
            "where kind = 'rating' order by seq"
        )
        return [(*row[:3], json.loads(row[3])) for row in connection.execute(query)]


def give(lead: Page, server: Server, person: str, role: str) -> None:
    """Have the lead give somebody a role on the page Team."""
    lead.goto(server.at("team"))
    box = lead.get_by_role("combobox", name=f"Role of {person}")
    box.wait_for(timeout=PATIENCE)
    lead.locator("[data-test-script-state=notRunning]").wait_for(timeout=PATIENCE)
    given = [person.lower(), role]
    give_up = time.monotonic() + PATIENCE / 1_000
    while given not in roles_given(server):
        assert time.monotonic() < give_up, given
        box.fill(role)  # again, where a list that was just drawn anew forgot it
        box.press("Enter")
        lead.wait_for_timeout(500)


def roles_given(server: Server) -> list[list[str | None]]:
    """Give each change of a role: whose, by the subject, and which."""
    with sqlite3.connect(server.ledger) as connection:
        query = "select part, to_ from entries where kind = 'role' order by seq"
        rows = connection.execute(query).fetchall()
    return [[part.partition("#")[2], json.loads(to)] for part, to in rows]


def status(server: Server, path: str) -> int:
    """Ask for a path as a program without a cookie does."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


def test_four_people_and_a_stranger(
    signed: Server, provider: Provider, page: Pages
) -> None:
    lead, analyst, reader, stranger = (page() for _ in range(4))
    line = Line(lead)
    come(lead, signed, "lea", "evidence?item=net-liability")
    expect(lead.get_by_role("textbox", name="Search")).to_be_visible(timeout=PATIENCE)
    assert lead.url == signed.at("evidence", item="net-liability")
    lead.goto(signed.url)
    MatrixPage(lead, signed.at()).wait_drawn()

    # Nothing is there for a stranger, on whatever page; and a lead learns of them.
    for name, who, place in (
        *(("ann", analyst, "evidence"), ("rob", reader, "")),
        ("zoe", stranger, "team"),
    ):
        come(who, signed, name, place)
        expect(who.get_by_text("You have signed in, and have no role")).to_be_visible(
            timeout=PATIENCE
        )
        expect(who.get_by_text(provider.person(name))).to_be_visible(timeout=PATIENCE)
    for place in ("evidence", "team", "report"):
        stranger.goto(signed.at(place))
        expect(stranger.get_by_text("Not allowed")).to_be_visible(timeout=PATIENCE)
        assert "Karabakh" not in stranger.content()
    give(lead, signed, "Ann", "analyst")
    give(lead, signed, "Rob", "reader")
    signs_out(lead, signed)
    over, unsaved = rates_before_the_sign_in_is_over(lead, line, signed, provider)

    # The analyst writes under an own identity.
    analyst.goto(signed.url)
    grid = MatrixPage(analyst, signed.at()).wait_drawn()
    cells = grid.cells()
    item, hypothesis = next(one for one, code in cells.items() if code != "II")
    grid.press(item, hypothesis, "5")
    grid.wait_saved()
    assert written(signed) == [("Ann", provider.person("ann"), item, "II")]

    # A reader's key is a message like any forged one: refused by name, and taken back.
    reader.goto(signed.url)
    looked = MatrixPage(reader, signed.at()).wait_drawn()
    before = looked.read(item, hypothesis)
    assert before == cells[item, hypothesis]
    looked.press(item, hypothesis, "5")
    expect(
        reader.get_by_text("not allowed: your role in this case is reader").first
    ).to_be_visible(timeout=PATIENCE)
    looked.wait_saved()
    assert looked.read(item, hypothesis) == before
    assert len(written(signed)) == 1

    # A file that was made for somebody is for nobody else, signed in or not.
    analyst.goto(signed.at("report"))
    with analyst.expect_download(timeout=2 * PATIENCE) as caught:
        analyst.get_by_role("button", name="Download").first.click(timeout=PATIENCE)
    found = urlsplit(caught.value.url)
    assert found.path.startswith("/media/")
    assert status(signed, found.path) == 403
    fetched = "path => fetch(path).then(answer => answer.status)"
    assert analyst.evaluate(fetched, found.path) == 200
    assert reader.evaluate(fetched, found.path) == 404

    # A role taken away holds for the page that is open.
    person = provider.person("ann")
    assert cli.main(("role", "remove", str(signed.case), "--person", person)) == 0
    analyst.get_by_role("link", name="Question").first.click()
    expect(analyst.get_by_text("Not allowed")).to_be_visible(timeout=PATIENCE)

    outlives_the_sign_in(lead, line, signed, provider, over, unsaved)


def signs_out(lead: Page, server: Server) -> None:
    """Signed out, nothing is left to see."""
    lead.goto(server.url)
    MatrixPage(lead, server.at()).wait_drawn()
    lead.get_by_test_id("stPopoverButton").filter(has_text="Lea").first.click()
    lead.get_by_role("button", name="Sign out").click()
    expect(lead.locator("[data-score]")).to_have_count(0, timeout=PATIENCE)
    lead.goto(server.url)
    expect(lead.get_by_role("button", name="Sign in")).to_be_visible(timeout=PATIENCE)


def rates_before_the_sign_in_is_over(
    lead: Page, line: Line, server: Server, provider: Provider
) -> tuple[float, str]:
    """Sign in for some seconds, and rate where the server does not hear of it.

    Gives when they are over, in milliseconds of the clock, and the item.
    """
    provider.start(lasts=LASTS)
    come(lead, server, "lea")
    over = (time.time() + LASTS) * 1_000
    grid = MatrixPage(lead, server.at()).wait_drawn()
    line.hold_page()
    item, hypothesis = next(one for one, code in grid.cells().items() if code != "II")
    grid.press(item, hypothesis, "5")
    provider.start()
    return over, item


def outlives_the_sign_in(
    lead: Page, line: Line, server: Server, provider: Provider, over: float, item: str
) -> None:
    """What was not saved when the sign-in ended is saved after the next."""
    before = written(server)
    lead.bring_to_front()
    lead.wait_for_function("end => Date.now() > end", arg=over, timeout=2 * PATIENCE)
    line.let_go()
    expect(lead.get_by_text("Your sign-in is over")).to_be_visible(timeout=PATIENCE)
    assert written(server) == before
    sign_in(lead, "lea")
    again = MatrixPage(lead, server.at()).wait_drawn()
    again.wait_saved()
    mine = ("Lea", provider.person("lea"), item, "II")
    assert written(server) == [*before, mine]
