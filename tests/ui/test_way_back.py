"""Signing in leads back to the page that was asked for, and never to another site."""

from __future__ import annotations

import asyncio
from http.cookies import SimpleCookie

import pytest
from hypothesis import given
from hypothesis import strategies as some

from workbench.guard import Door
from workbench.ui.way_back import COOKIE, WayBack

HOST = "wb.example.org"
DOOR = Door(frozenset({HOST}), origin=f"https://{HOST}")


def asked(path, location, base="", **headers):
    """Ask for a path of an app that leads on to a place; gives the answer's headers."""
    sent = []

    async def app(_scope, _receive, send):
        found = [(b"Location", location.encode())]
        await send({"type": "http.response.start", "status": 302, "headers": found})

    async def send(message):
        sent.append(message)

    pairs = [(b"host", HOST.encode())]
    pairs += [
        (name.encode(), value.encode("latin-1")) for name, value in headers.items()
    ]
    scope = {"type": "http", "scheme": "http", "path": path, "headers": pairs}
    asyncio.run(WayBack(app, DOOR, base)(scope, None, send))
    return sent[0]["headers"]


def kept(headers):
    """Give what the browser then keeps: name and value of the cookie, "" for none."""
    jar = SimpleCookie()
    for key, value in headers:
        if key == b"set-cookie":
            jar.load(value.decode())
    return jar[COOKIE]


def led(cookie, base=""):
    """Give where a browser with a cookie is led to after it has signed in."""
    headers = asked(
        f"{base}/oauth2callback", f"{base}/", base, cookie=f"a=b; {COOKIE}={cookie}"
    )
    return next(value.decode() for key, value in headers if key.lower() == b"location")


@pytest.mark.parametrize("base", ["", "/ach", "/a/b"])
@pytest.mark.parametrize(
    "page", ["/evidence?item=net-liability&case=a%20b", "/team", "/", "/?case=x;y"]
)
def test_whoever_signs_in_comes_back_to_the_page_and_what_it_asked(base, page):
    referer = f"https://{HOST}{base}{page}"
    begun = asked(f"{base}/auth/login", "https://id", base, referer=referer)
    cookie = kept(begun)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert cookie["path"] == (base or "/")
    assert led(cookie.value, base) == base + page
    ended = asked(
        f"{base}/oauth2callback", f"{base}/", base, cookie=f"{COOKIE}={cookie.value}"
    )
    assert kept(ended)["max-age"] == "0"


@pytest.mark.parametrize(
    "referer",
    [
        "https://evil.example/evidence",
        f"http://{HOST}/evidence",
        f"https://{HOST}:8443/evidence",
        f"https://{HOST}.evil.example/evidence",
        f"https://{HOST}@evil.example/evidence",
        "https://[/evidence",
        "no address",
        f"https://{HOST}/{'x' * 3000}",
    ],
)
def test_a_sign_in_that_another_site_begins_leads_to_the_first_page(referer):
    cookie = kept(asked("/auth/login", "https://id", referer=referer))
    assert (cookie.value, cookie["max-age"]) == ("", "0")
    assert led("") == "/"


@pytest.mark.parametrize(
    "cookie",
    [
        *("//evil.example", "/%5Cevil.example", "https://evil.example", "%2F%2Fevil"),
        *(
            "/ach/../x",
            "/a/b",
            "/auth/logout",
            "/.%2e/x",
            "/%2500",
            "/x%0d%0aSet-Cookie:",
        ),
        *("javascript:alert(1)", "@evil.example", "/evil.example", "/%C3%A9", "%"),
    ],
)
def test_a_cookie_that_somebody_planted_leads_nowhere_else(cookie):
    assert led(cookie) == "/"
    assert led(cookie, "/ach") == "/ach/"


@given(some.text(some.characters(codec="latin-1"), max_size=12))
def test_no_text_leads_out_of_the_app(text):
    from urllib.parse import quote, urljoin, urlsplit  # noqa: PLC0415

    found = urlsplit(
        urljoin(f"https://{HOST}/ach/oauth2callback", led(quote(text), "/ach"))
    )
    assert (found.scheme, found.netloc) == ("https", HOST)
    assert found.path.startswith("/ach/")
    found = urlsplit(urljoin(f"https://{HOST}/oauth2callback", led(quote(f"/{text}"))))
    assert (found.scheme, found.netloc) == ("https", HOST)


def test_where_the_sign_in_leads_elsewhere_it_is_not_held_back():
    headers = asked("/auth/login", "https://id.example.org/authorize")
    assert (b"Location", b"https://id.example.org/authorize") in headers
    assert asked("/evidence", "/x", cookie=f"{COOKIE}=/team") == [(b"Location", b"/x")]
