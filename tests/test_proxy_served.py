"""A proxy that signs people in, before the app itself."""

from __future__ import annotations

import http.client

import pytest

from tests.browser.serving import Server, a_free_port
from tests.builders import make_case
from tests.socket_client import SocketPage, apart
from tests.test_proxy_sign_in import ISSUER, PROXY, SECRET, written
from workbench import cli
from workbench.case import folder
from workbench.proxy_sign_in import PROOF
from workbench.record.ledger import Ledger, default_url


@pytest.fixture
def served(tmp_path):
    """The app behind a proxy that is played here; lea leads the case."""
    made = Server(tmp_path, tmp_path / "case", a_free_port())
    folder.write(made.case, make_case("E1: C I", "E2: N II"))
    made.arguments = ("--auth", str(written(tmp_path)), "--public-url", made.url)
    role = ("--person", f"{ISSUER}#lea", "--role", "lead")
    assert cli.main(("role", "set", str(made.case), *role)) == 0
    made.start()
    yield made
    made.kill()


def named(name: str) -> dict[str, str]:
    return {PROOF: SECRET, PROXY.header: name}


def status(server: Server, given: dict[str, str]) -> int:
    asked = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    asked.request("GET", "/", headers=given)
    return asked.getresponse().status


async def as_two(server: Server) -> None:
    """Judge as who leads the case, then come as who has no role, to her session too."""
    title = b"Why did it happen?"
    async with SocketPage.open_with(server.port, named("lea")) as of_lea:
        await of_lea.send("change", [["rating", "e1", "h1", "II", None]])
        assert title in of_lea.heard
        session = of_lea.session
    for parts in ((), ("2|x", session)):
        async with SocketPage.open_with(server.port, named("zoe"), parts) as of_zoe:
            assert b"have no role in this case" in of_zoe.heard
            assert f"{ISSUER}#zoe".encode() in of_zoe.heard
            assert title not in of_zoe.heard


def test_each_writes_as_whom_the_proxy_names_and_a_stranger_sees_nothing(served):
    assert status(served, {}) == 403
    assert status(served, {PROXY.header: "lea"}) == 403
    assert status(served, named("lea")) == 200
    apart(as_two(served))
    ledger = Ledger(default_url(served.case))
    (rated,) = [one for one in ledger.entries() if one.change.kind == "rating"]
    ledger.close()
    assert (rated.analyst, rated.identity) == ("lea", f"{ISSUER}#lea")
