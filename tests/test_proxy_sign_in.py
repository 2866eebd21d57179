"""A proxy that signs people in: believed with its proof, on this machine, and once."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from tests.builders import make_case
from tests.test_auth_file import flag
from workbench import proxy_sign_in
from workbench.case import folder
from workbench.errors import WorkbenchError
from workbench.proxy_sign_in import PROOF, Proxy, ProxyAlone, read, told
from workbench.serving import prepare
from workbench.team.identity import LONGEST, signed_in

ISSUER = "https://id.example.org"
SECRET = "known-to-the-proxy-alone-" * 2
PROXY = Proxy("X-Remote-User", SECRET, ISSUER)
PUBLIC = "https://wb.example.org"


def written(place: Path, **other: str | None) -> Path:
    """Write the file of the sign-in, as changed; a None leaves a key out."""
    keys = {"header": PROXY.header, "secret": SECRET, "issuer": ISSUER} | other
    rows = [f'{key} = "{one}"' for key, one in keys.items() if one is not None]
    file = place / "auth.toml"
    file.write_text("\n".join(["[proxy]", *rows]), encoding="utf-8")
    return file


# ------------------------------------------------------------------ asked for by name


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("header", None, "missing"),
        ("header", "X Remote", "use one such as X-Remote-User"),
        ("header", PROOF, "use one such as X-Remote-User"),
        ("header", "Host", "use one such as X-Remote-User"),
        ("secret", None, "missing"),
        ("secret", "short", "32 random characters"),
        ("issuer", None, "missing"),
        ("issuer", "id.example.org", "the address of who signs in"),
        ("issuer", "https://a#b", "the address of who signs in"),
        ("heder", "x", "unknown key; use header, issuer, secret"),
    ],
)
def test_each_fault_of_the_file_is_named_with_its_key(tmp_path, key, text, said):
    with pytest.raises(WorkbenchError, match=rf"auth\.toml: proxy\.{key}: .*{said}"):
        read(written(tmp_path, **{key: text}))


def test_one_who_signs_in_with_a_provider_is_not_named_by_a_proxy(tmp_path):
    file = written(tmp_path)
    assert read(file) == PROXY
    both = file.read_text() + '\n[auth]\nclient_id = "x"\n'
    file.write_text(both)
    assert read(file) is None  # and the table [auth] is refused with another beside it


def test_it_is_for_an_app_that_nobody_reaches_but_the_proxy(tmp_path):
    case = tmp_path / "case"
    folder.write(case, make_case("E1: C I"))
    file = written(tmp_path)

    def start(**other):
        given = {"address": "127.0.0.1", "port": 0, "ledger": None, "auth": file}
        return prepare(case, **given | other)

    with pytest.raises(WorkbenchError, match="say where with --public-url"):
        start()
    with pytest.raises(WorkbenchError, match=r"leave --address 0\.0\.0\.0 out"):
        start(public_url=PUBLIC, address="0.0.0.0")
    with pytest.raises(WorkbenchError, match="lies in the folder that is served"):
        start(public_url=PUBLIC, auth=written(case))
    app = start(public_url=PUBLIC)
    assert app.url == PUBLIC
    assert flag(app, "server.trustedUserHeaders") == '{"X-Remote-User": "sub"}'
    assert "secrets.files" not in " ".join(app.command)
    assert SECRET not in " ".join(app.command)


# ------------------------------------------------------------------ requests


def headers(*given: tuple[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode(), one.encode()) for name, one in given]


PROVED, NAMED = (PROOF, SECRET), (PROXY.header, "alice")


def passed_on(given, kind="http", path="/"):
    """Give the headers that reach the app, None where the request does not."""
    reached = []

    async def app(scope, _receive, _send):
        reached.append(scope["headers"])

    async def send(message):
        assert message.get("status", 403) == 403

    scope = {"type": kind, "path": path, "headers": headers(*given)}
    asyncio.run(ProxyAlone(app, PROXY)(scope, None, send))
    return reached[0] if reached else None


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "given",
    [
        (),
        (NAMED,),
        (PROVED,),
        (NAMED, (PROOF, SECRET[:-1])),
        (NAMED, (PROOF, "")),
        (PROVED, (PROXY.header, " ")),
        (PROVED, NAMED, (PROXY.header, "mallory")),
        (NAMED, PROVED, PROVED),
        (NAMED, PROVED, (PROOF, "x")),
        (PROVED, ("X_Remote_User", "alice")),
    ],
)
def test_who_is_not_named_once_with_the_proof_is_kept_out(kind, given):
    assert passed_on(given, kind) is None


def test_whoever_is_let_in_is_who_the_proxy_says_from_then_on_for_a_while():
    forged = ("X-Workbench-Since", str(time.time() + 9e9))
    found = passed_on((NAMED, forged, PROVED), "websocket")
    assert SECRET.encode() not in b"".join(one for _, one in found)
    now = time.time()
    who = signed_in(told(PROXY, found), now)
    assert (who.identity, who.name) == (f"{ISSUER}#alice", "alice")
    assert signed_in(told(PROXY, found), now + LONGEST - 9) == who
    assert signed_in(told(PROXY, found), now + LONGEST + 9) is None
    assert signed_in(told(PROXY, []), now) is None
    assert passed_on((), path="/_stcore/health") is not None
    assert passed_on((("x-remote-user", "Zoë"), PROVED)) is not None
    name = proxy_sign_in.claims(
        PROXY, {"x-remote-user": "Zo\xc3\xab", "x-workbench-since": "1"}
    )["sub"]
    assert name == "Zoë"
