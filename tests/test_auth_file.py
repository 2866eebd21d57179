"""The file of the sign-in: every fault is named before the app starts."""

from __future__ import annotations

import os
import tomllib

import pytest

from workbench import auth_file
from workbench.errors import WorkbenchError
from workbench.guard import Door, read_public
from workbench.serving import prepare

URL = "http://127.0.0.1:8501"
REDIRECTS = {f"{URL}/oauth2callback": URL}
GOOD = {
    "redirect_uri": f'"{URL}/oauth2callback"',
    "cookie_secret": f'"{"s" * 32}"',
    "client_id": '"workbench"',
    "client_secret": '"not-a-secret"',
    "server_metadata_url": '"https://id.example.org/.well-known/openid-configuration"',
}


@pytest.fixture
def checked(tmp_path):
    """Write the file, as changed, and check it; a None leaves a key out."""

    def check(_where="auth.toml", _rest="", **changed):
        file = tmp_path / _where
        file.parent.mkdir(exist_ok=True)
        lines = {**GOOD, **changed}
        rows = [f"{key} = {text}" for key, text in lines.items() if text is not None]
        file.write_text("\n".join(["[auth]", *rows, _rest]), encoding="utf-8")
        return auth_file.check(file, tmp_path / "case", REDIRECTS)

    return check


def test_a_file_without_a_fault_says_where_to_open_the_app(checked):
    assert checked() == URL
    assert checked(client_kwargs='{ scope = "openid", prompt = "login" }') == URL
    loopback = '"http://127.0.0.1:9400/.well-known/openid-configuration"'
    assert checked(server_metadata_url=loopback) == URL


@pytest.mark.parametrize("key", GOOD)
@pytest.mark.parametrize(
    ("text", "said"), [(None, "missing"), ('" "', "not a text"), ("7", "not a text")]
)
def test_each_key_is_needed_and_is_a_text(checked, key, text, said):
    with pytest.raises(WorkbenchError, match=rf"auth\.toml: auth\.{key}: {said}"):
        checked(**{key: text})


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("redirect_uri", '"http://localhost:8501/oauth2callback"', f"use {URL}/oauth"),
        ("redirect_uri", f'"{URL}/"', f"use {URL}/oauth2callback"),
        ("redirect_uri", '"https://127.0.0.1:8501/oauth2callback"', "is not where"),
        ("cookie_secret", '"short"', "5 characters; use 32 random ones or more"),
        ("server_metadata_url", '"http://id.example.org/x"', "use an address of https"),
        ("server_metadata_url", '"https://"', "use an address of https"),
        ("server_metadata_url", '"id.example.org"', "use an address of https"),
        ("client_kwargs", '"openid"', "not a table"),
        ("expose_tokens", '"id"', "unknown key"),
    ],
)
def test_what_would_not_work_or_not_be_safe_is_said(checked, key, text, said):
    with pytest.raises(WorkbenchError, match=rf"auth\.toml: auth\.{key}: ") as caught:
        checked(**{key: text})
    assert said in str(caught.value)


def test_the_file_is_none_of_the_cases_and_holds_nothing_else(checked, tmp_path):
    (tmp_path / "case").mkdir()
    with pytest.raises(WorkbenchError, match="lies in the folder that is served"):
        checked("case/auth.toml")
    with pytest.raises(WorkbenchError, match="WORKBENCH_CASE: unknown"):
        checked(_rest='[WORKBENCH_CASE]\nx = "y"')


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "No such file"),
        (b"[auth", "not TOML"),
        (b"\xff", "not a text in UTF-8"),
        (b"", "the table [auth] is missing"),
        (b"auth = 1", "the table [auth] is missing"),
    ],
)
def test_a_file_that_is_none_is_said(tmp_path, data, said):
    file = tmp_path / "auth.toml"
    if data is not None:
        file.write_bytes(data)
    with pytest.raises(WorkbenchError) as caught:
        auth_file.check(file, tmp_path / "case", REDIRECTS)
    assert said in str(caught.value)
    assert str(file) in str(caught.value)


# ------------------------------------------------------------------ the start


def start(case, file=None, **more):
    given = {"address": "127.0.0.1", "port": 0, "ledger": None, **more}
    return prepare(case, auth=file, **given)


def written(tmp_path, redirect):
    file = tmp_path / "auth.toml"
    rows = {**GOOD, "redirect_uri": f'"{redirect}/oauth2callback"'}
    text = "\n".join(["[auth]", *(f"{key} = {one}" for key, one in rows.items())])
    file.write_text(text, encoding="utf-8")
    assert tomllib.loads(text)
    return file


@pytest.fixture
def case(tmp_path):
    where = tmp_path / "case"
    where.mkdir()
    return where


def flag(app, name):
    return app.command[app.command.index(f"--{name}") + 1]


def test_with_a_sign_in_other_addresses_are_served_and_no_header_names_anybody(
    case, tmp_path
):
    file = written(tmp_path, "http://192.0.2.7:0")
    with pytest.raises(WorkbenchError, match="cannot listen"):  # none of this machine
        start(case, file, address="192.0.2.7")
    app = start(case, written(tmp_path, "http://localhost:0"), address="0.0.0.0")
    assert app.url == "http://localhost:0"
    assert app.environment["WORKBENCH_SIGN_IN"] == "1"
    assert flag(app, "secrets.files") == str(file)
    assert flag(app, "server.trustedUserHeaders") == "{}"
    assert flag(app, "server.enableXsrfProtection") == "true"


def test_behind_a_proxy_the_public_address_is_the_one_that_counts(case, tmp_path):
    url = "https://wb.example.org/ach"
    app = start(case, written(tmp_path, url), public_url=url)
    assert app.url == url
    assert app.environment["WORKBENCH_PUBLIC_URL"] == url
    assert flag(app, "server.baseUrlPath") == "ach"
    assert flag(app, "browser.serverAddress") == "wb.example.org"
    assert flag(app, "browser.serverPort") == "443"
    assert flag(app, "server.address") == "127.0.0.1"


def test_without_a_sign_in_nobody_else_is_let_in(case, tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_SIGN_IN", "1")
    monkeypatch.setenv("WORKBENCH_PUBLIC_URL", "https://wb.example.org")
    for more in ({"address": "0.0.0.0"}, {"public_url": "https://wb.example.org"}):
        with pytest.raises(WorkbenchError, match="--auth FILE"):
            start(case, **more)
    with pytest.raises(WorkbenchError, match="choose one"):
        start(case, written(tmp_path, URL), anonymous=True)
    environment = start(case).environment
    assert not {"WORKBENCH_SIGN_IN", "WORKBENCH_PUBLIC_URL"} & set(environment)


@pytest.mark.parametrize(
    ("url", "origin", "base"),
    [
        ("https://wb.example.org", "https://wb.example.org", ""),
        ("https://WB.example.org:443/", "https://wb.example.org", ""),
        ("https://wb.example.org:8443/a/b/", "https://wb.example.org:8443", "/a/b"),
        ("http://127.0.0.1:9000", "http://127.0.0.1:9000", ""),
    ],
)
def test_a_public_address_has_an_origin_and_a_path(url, origin, base):
    found = read_public(url)
    assert (found.origin, found.base) == (origin, base)
    door = Door(frozenset({found.host}), origin=found.origin)
    headers = [(b"host", found.host.encode()), (b"origin", origin.encode())]
    scope = {"type": "http", "scheme": "http", "method": "GET", "path": "/"}
    assert not door.fault({**scope, "headers": headers})
    foreign = [headers[0], (b"origin", b"http://wb.example.org")]
    assert door.fault({**scope, "headers": foreign})


@pytest.mark.parametrize(
    "url",
    [
        *("wb.example.org", "ftp://wb.example.org", "https://", "https://a b"),
        *("https://me@wb.example.org", "https://wb.example.org?x", "https://a:99999"),
        "https://wb.example.org//x",
    ],
)
def test_what_is_no_public_address_is_refused(url):
    with pytest.raises(WorkbenchError, match="no address"):
        read_public(url)
    with pytest.raises(WorkbenchError, match="sign-ins need https"):
        read_public("http://wb.example.org")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (os.mkfifo, "a pipe or a device"),
        (lambda file: file.symlink_to("/dev/zero"), "a pipe or a device"),
        (lambda file: file.write_bytes(b"#" * 200_000), "more than"),
        (lambda file: file.write_bytes(b"[auth]\nx = '\xff'"), ":2: not a text"),
        (lambda file: file.write_text("x = " + "[" * 9_999), "nested too deeply"),
    ],
)
def test_what_is_no_such_file_is_neither_waited_for_nor_read_whole(
    tmp_path, made, said
):
    file = tmp_path / "auth.toml"
    made(file)
    with pytest.raises(WorkbenchError, match=said):
        auth_file.check(file, None, REDIRECTS)
