"""Who the app answers to, told from the headers alone; the real server is elsewhere."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as some

from workbench.guard import Door, Guard, door_at
from workbench.ui.entrance import is_shut

PORT = 8501
LOCAL = door_at("127.0.0.1")
WIDE = Door(frozenset({"localhost", "desk", "desk.local"}), lambda _: True)
names = some.from_regex(r"[a-z0-9-]{1,12}(\.[a-z0-9-]{1,12}){0,3}", fullmatch=True)


def asked(kind="http", scheme=None, method="GET", path="/", **headers):
    """A request as ASGI gives it; a list of values is a header sent several times."""
    pairs = []
    for name, values in headers.items():
        sent = values if isinstance(values, list) else [values]
        key = name.replace("_", "-").lower().encode()
        pairs += [(key, value.encode()) for value in sent]
    secure = scheme or ("ws" if kind == "websocket" else "http")
    return {
        "type": kind,
        "scheme": secure,
        "method": method,
        "path": path,
        "headers": pairs,
    }


@pytest.mark.parametrize(
    "host", ["localhost", "LocalHost.", "127.0.0.1", "127.3.2.1", "[::1]"]
)
def test_on_this_machine_alone_it_answers_to_names_for_it(host):
    for port in (f":{PORT}", ""):
        own = host + port
        assert not LOCAL.fault(asked(host=own))
        assert not LOCAL.fault(asked("websocket", host=own, origin=f"http://{own}"))


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "localhost.evil.example", "127.0.0.1.evil.example"),
        *("192.0.2.1", "[2001:db8::1]", "0.0.0.0", "", "localhost:port"),
        *("user@localhost", "localhost/x", "localhost:8501:1", "[::1", "2130706433"),
        ["localhost", "evil.example"],
        ["localhost", "localhost"],
        [],
    ],
)
def test_it_answers_to_no_other_name(host):
    assert "does not answer" in LOCAL.fault(asked(host=host))
    assert "does not answer" in LOCAL.fault(asked("websocket", host=host))


def test_where_others_may_come_a_name_that_can_be_rebound_is_refused():
    for host in ("192.0.2.1", "[2001:db8::1]", "127.0.0.1", "desk", "desk.local"):
        assert not WIDE.fault(asked(host=f"{host}:{PORT}"))
    assert WIDE.fault(asked(host=f"evil.example:{PORT}"))


@given(names)
def test_a_foreign_name_never_gets_in_with_an_origin_of_its_own(name):
    host = f"{name}:{PORT}"
    known = name in LOCAL.names or name.startswith("127.")
    if not known:
        assert LOCAL.fault(asked("websocket", host=host, origin=f"http://{host}"))


@given(names, some.integers(1, 65_535), some.sampled_from(["http", "https"]))
def test_an_origin_is_the_apps_own_to_the_very_port(name, port, scheme):
    origin = f"{scheme}://{name}:{port}"
    own = (scheme, name, port) == ("http", "localhost", PORT)
    found = LOCAL.fault(asked("websocket", host=f"localhost:{PORT}", origin=origin))
    assert (not found) == own


def test_the_port_that_a_scheme_implies_need_not_be_said():
    assert not LOCAL.fault(asked(host="localhost:80", origin="http://localhost"))
    assert not LOCAL.fault(asked(host="localhost", origin="http://localhost:80"))
    over_tls = asked(scheme="https", host="localhost", origin="https://localhost:443")
    assert not LOCAL.fault(over_tls)
    assert LOCAL.fault(asked(host="localhost:443", origin="https://localhost"))


def test_a_page_of_another_site_may_link_to_the_app_and_take_nothing_from_it():
    own = {"host": f"localhost:{PORT}"}
    for site in ("cross-site", "same-site"):
        come = asked(**own, sec_fetch_site=site, sec_fetch_mode="navigate")
        assert not LOCAL.fault(come)
        for mode, shown_as in (("no-cors", "image"), ("navigate", "iframe")):
            taken = {"sec_fetch_mode": mode, "sec_fetch_dest": shown_as}
            assert LOCAL.fault(asked(**own, sec_fetch_site=site, **taken))
        sent = asked(
            method="POST", **own, sec_fetch_site=site, sec_fetch_mode="navigate"
        )
        assert LOCAL.fault(sent)
    assert not LOCAL.fault(asked(**own, sec_fetch_site="same-origin"))


def test_a_public_demonstration_has_any_name_and_still_pages_of_its_own_alone():
    public = Door(anyone=True)
    own = {"host": "demo.example"}
    assert not public.fault(asked("websocket", **own, origin="https://demo.example"))
    assert public.fault(asked("websocket", **own, origin="https://evil.example"))


@pytest.mark.parametrize(
    ("kind", "answer"),
    [("http", "http.response.start"), ("websocket", "websocket.close")],
)
def test_what_is_refused_never_reaches_the_app(kind, answer):
    sent = []

    async def app(*_):
        pytest.fail("the app was asked")

    async def send(message):
        sent.append(message)

    scope = asked(kind, host="evil.example")
    asyncio.run(Guard(app, LOCAL)(scope, None, send))
    assert sent[0]["type"] == answer


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "host",
    [
        [],
        "",
        "user@localhost",
        "localhost:port",
        "localhost/x",
        "localhost, localhost",
        ["localhost", "localhost"],
        ["localhost", "evil.example"],
        ["evil.example", "localhost"],
    ],
)
def test_a_request_that_does_not_say_one_host_is_none(kind, host):
    status, said = LOCAL.answer(asked(kind, host=host))
    assert (status, said) == (400, "A request names one host that it is for.")
    assert Door(anyone=True).answer(asked(kind, host=host))[0] == 400


def test_an_origin_that_is_none_or_two_and_a_forwarded_name_are_no_way_in():
    own = f"localhost:{PORT}"
    assert LOCAL.answer(asked(host="evil.example", x_forwarded_host=own))[0] == 403
    for origin in ("null", "", [f"http://{own}"] * 2, f"http://me@{own}"):
        assert LOCAL.answer(asked(host=own, origin=origin))[0] == 403
    assert LOCAL.answer(asked(host=own, x_forwarded_host="evil.example")) is None


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", None),
        ("/evidence", None),
        ("/_stcore/stream", None),
        ("/_stcore/health", None),
        ("/_stcore/host-config", None),
        ("/_stcore/upload_file/one/two", None),
        ("/_stcore/bidi-components/grid/x.js", None),
        ("/_stcore/metrics", 404),
        ("/_stcore/metrics/", 404),
        ("/_stcore", 404),
        ("/x/_stcore/metrics", 404),
        ("//_stcore/metrics", 404),
        ("/_STCORE/metrics", 404),
        ("/_stcore/health/../metrics", 404),
        ("/_stcore/script-health-check", 404),
        ("/_stcore/agent/openapi.json", 404),
        ("/auth/login", 404),
        ("/oauth2callback", 404),
    ],
)
def test_what_the_server_tells_of_itself_is_shut(path, status):
    door = door_at("127.0.0.1", is_shut)
    found = door.answer(asked(host="localhost", path=path))
    assert (found and found[0]) == status
    if status is None:
        assert door.answer(asked(host="evil.example", path=path))[0] == 403


@pytest.mark.parametrize("base", ["", "/ach"])
def test_where_people_sign_in_the_ways_of_that_are_open_and_no_others(base):
    def shut(path):
        return is_shut(f"{base}{path}", base, sign_in=True)

    for path in ("/auth/login", "/auth/logout", "/oauth2callback", "/_stcore/stream"):
        assert not shut(path)
        assert is_shut(f"{base}{path}", base) == ("_stcore" not in path)
    for path in (
        "/auth",
        "/auth/x",
        "/x/auth/login",
        "/AUTH/login",
        "/_stcore/metrics",
    ):
        assert shut(path)


def test_behind_a_proxy_that_ends_tls_cookies_never_travel_in_the_clear():
    sent = []

    async def app(_scope, _receive, send):
        cookies = [(b"set-cookie", b"a=1; Path=/"), (b"Set-Cookie", b"b=2; Secure")]
        start = {"type": "http.response.start", "status": 200, "headers": cookies}
        await send(start)

    async def send(message):
        sent.append(message)

    door = Door(frozenset({"wb.example.org"}), origin="https://wb.example.org")
    asyncio.run(Guard(app, door)(asked(host="wb.example.org"), None, send))
    found = [value for key, value in sent[0]["headers"] if key.lower() == b"set-cookie"]
    assert found == [b"a=1; Path=/; Secure", b"b=2; Secure"]
