"""Reads of others' ratings in a blind round that are forged: over the socket itself.

Nothing of a browser is needed, so that nothing of it can stand in the way: who asks has
signed in, and sends what no page of ours would. The cases are in PostgreSQL.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests import postgres
from tests.browser.serving import a_free_port
from tests.builders import make_case
from tests.socket_client import Signed, SocketPage, Unanswered, apart
from workbench import cli
from workbench.case import folder
from workbench.record import callers
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger
from workbench.record.shelves import StoreShelf
from workbench.team import rounds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser.serving import Server, Servers

ISSUER = "https://id.example.org"
SECRET = "kept-for-these-requests-" * 2
REASON = "Because Ann alone has read the log book"
OPEN, OTHER = "ship", "lamp"
ROLES = {"lea": "lead", "ann": "analyst", "ben": "analyst", "rob": "reader"}
SHUT = ("robustness", "probability", "watch", "history", "report")
REPORT = "Download html"


def who(name: str) -> Signed:
    """Somebody who has signed in."""
    return Signed(ISSUER, name, SECRET)


@dataclass
class Office:
    """The app on two cases of a store: Ann is on both, Ben and Rob on one."""

    server: Server
    ledger: Ledger

    def desk(self, name: str, case: str = OPEN) -> Desk:
        """Sit down at somebody's desk."""
        found = StoreShelf(self.ledger, case).load()
        return Desk(self.ledger, found, name.capitalize(), who(name).person)

    def refused(self, name: str, case: str = OPEN) -> list[str]:
        """Give what was refused to somebody, as a lead of the case finds it listed."""
        found = callers.refusals(self.ledger, case)
        return [one.what for one in found if one.person == who(name).person]

    async def look(
        self,
        name: str,
        page: str = "",
        query: str = f"case={OPEN}",
        goes_by: str = "",
        session: str = "",
    ) -> str:
        """Open a page as somebody, and give all that it was told."""
        async with SocketPage.open_signed(
            self.server.port, who(name), page, query, goes_by=goes_by, session=session
        ) as opened:
            assert opened.heard is not None
            return opened.heard.decode("utf-8", "replace")

    def status(self, path: str, asker: Signed) -> int:
        """Ask for a file as somebody who has signed in."""
        cookies = asker.cookies(self.server.url)
        told = "; ".join(f"{name}={one}" for name, one in cookies.items())
        asked = urllib.request.Request(self.server.url + path, headers={"Cookie": told})
        try:
            with urllib.request.urlopen(asked, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code


def brought_in(where: Path, ledger: tuple[str, str], people: dict[str, str]) -> None:
    """Bring a case that publishes no rating into the store, with people on it."""
    where.mkdir()
    folder.write(where, make_case("E1: - -", "E2: - -", "E3: - -"))
    file = where / folder.QUESTION_FILE
    file.write_text(f"id: {where.name}\n{file.read_text()}")
    assert cli.main(("case", "import", str(where), *ledger)) == 0
    for name, role in people.items():
        given = ("--person", who(name).person, "--role", role)
        assert cli.main(("role", "set", where.name, *given, *ledger)) == 0


@pytest.fixture
def office(server: Servers, tmp_path: Path) -> Iterator[Office]:
    """The app, and what Ann has rated in both cases."""
    auth = tmp_path / "auth.toml"
    with postgres.server() as address:
        to = ("--ledger", address)
        brought_in(tmp_path / OPEN, to, ROLES)
        brought_in(tmp_path / OTHER, to, {"lea": "lead", "ann": "analyst"})
        made = server.behind(a_free_port(), (*to, "--auth", str(auth)), "")
        made.host = "127.0.0.1"
        auth.write_text(
            f'[auth]\nredirect_uri = "{made.url}/oauth2callback"\n'
            f'cookie_secret = "{SECRET}"\nclient_id = "x"\nclient_secret = "x"\n'
            f'server_metadata_url = "{ISSUER}/.well-known/openid-configuration"\n'
        )
        made.start()
        with closing(Ledger(address)) as ledger:
            found = Office(made, ledger)
            for case in (OPEN, OTHER):
                change = ["rating", "e1", "h1", "II", REASON]
                found.desk("ann", case).change("page", 1, [change])
            yield found
        made.kill()


async def by_page_and_address(office: Office) -> None:
    """Ask for pages, whoever's name the address has."""
    of_ann = f"case={OPEN}&analyst=Ann&report_of=Ann"
    for page in SHUT:
        told = await office.look("ben", page, of_ann)
        assert "shows nothing yet" in told
        assert REASON not in told
    for page in ("team", "evidence"):
        assert REASON not in await office.look("ben", page, of_ann)
    for page in ("robustness", "history", "report", "team"):
        assert REASON not in await office.look("rob", page, of_ann)
    told = await office.look("ben", query=f"case={OTHER}")
    assert "You have signed in, and have no role" in told
    assert REASON not in told


async def by_name_and_session(office: Office, session: str) -> None:
    """Ask as if one were Ann: by the name that a browser keeps, and by her session."""
    assert REASON not in await office.look("ben", goes_by="Ann")
    assert REASON not in await office.look("ben", "team", goes_by="Ann")
    told = await office.look("ben", "report", session=session)
    assert "shows nothing yet" in told
    assert REASON not in told


async def by_message(office: Office) -> None:
    """Send what no page of ours would."""
    async with SocketPage.open_signed(
        office.server.port, who("ben"), query=f"case={OPEN}"
    ) as tab:
        for verb, what in (
            ("read", "Ann"),
            ("change", [["reason", "e1", "h1", None, "x"]]),
        ):
            with pytest.raises(Unanswered, match="refused"):
                await tab.send(verb, what)
        assert tab.heard is not None
        assert REASON.encode() not in tab.heard


async def ask_in_every_way(office: Office) -> None:
    """Open pages while all is open work, begin a round, and ask for what it hides."""
    port, query = office.server.port, f"case={OPEN}"
    async with (
        SocketPage.open_signed(port, who("ann"), "report", query) as of_ann,
        SocketPage.open_signed(port, who("rob"), "report", query) as of_rob,
    ):
        made = await of_ann.ask_for_file(of_ann.files[REPORT])
        assert office.status(made, who("ann")) == 200
        before = of_rob.files[REPORT]
        rounds.begin(office.desk("lea"), [who("ann").person, who("ben").person])
        await by_page_and_address(office)
        await by_name_and_session(office, of_ann.session)
        await by_message(office)
        # A file that was made for her, and one of a page that was drawn before.
        assert office.status(made, who("ben")) == 404
        assert not (await of_rob.ask_for_file(before)).startswith("/media")


def test_however_somebody_asks_for_anothers_ratings_it_is_refused_and_listed(
    office: Office,
) -> None:
    apart(ask_in_every_way(office))
    found = office.refused("ben")
    for what in (
        *(f"the page {page.capitalize()}" for page in SHUT),
        "a message: unknown operation",
        "a message: rate the cell first",
        "the name Ann",
    ):
        assert any(one.startswith(what) for one in found), (what, found)
    assert office.refused("rob") == ["the report in html"]
    assert office.refused("ben", OTHER) == ["the case"]
    # Of which case they are does not show in a file's address or a session's number.
    assert (
        f"refused to {who('ben').person}: a file made for others" in office.server.log
    )
    assert "user identity mismatch" in office.server.log
    listed = apart(office.look("lea", "team"))
    assert "Not shown: " in listed
    assert "the page History" in listed
