"""The document that a browser is given first: how all looks, what is loaded next."""

import asyncio
import json
import re
import tomllib
from pathlib import Path

import pytest
from streamlit import file_util

from workbench.serving import SIGN_IN
from workbench.ui import entrance, first_paint, font_files, script_files
from workbench.ui.frame import looks

STATIC = Path(file_util.get_static_dir())
THEMES = tomllib.loads(entrance.CONFIG.read_text())["theme"]
HTML = (b"content-type", b"text/html; charset=utf-8")


@pytest.fixture(autouse=True)
def documents_anew():
    first_paint._document.cache_clear()
    yield
    first_paint._document.cache_clear()


def answer(path, *, base="", start=(200, HTML), accept="text/html,*/*", method="GET"):
    """Ask for an address as a browser does; gives status, headers and text."""
    heard = []
    asked = []

    async def streamlit(scope, _receive, send):
        asked.append(dict(scope["headers"]))
        headers = [start[1], (b"etag", b"old")]
        await send(
            {"type": "http.response.start", "status": start[0], "headers": headers}
        )
        for body in (b"Stream", b"lit's"):
            more = body == b"Stream"
            await send({"type": "http.response.body", "body": body, "more_body": more})

    async def hear(message):
        heard.append(message)

    headers = [(b"accept", accept.encode()), (b"if-none-match", b"old")]
    scope = {"type": "http", "method": method, "path": path, "headers": headers}
    asyncio.run(first_paint.FirstPaint(streamlit, base)(scope, None, hear))
    begin, *bodies = heard
    text = b"".join(one["body"] for one in bodies).decode()
    return begin["status"], dict(begin["headers"]), text


@pytest.mark.parametrize("path", ["/", "/evidence", "/no-such-page", "/x/evidence"])
def test_every_page_is_given_the_app_s_looks_behind_those_of_streamlit(path):
    base = "/x" if path.startswith("/x") else ""
    status, headers, text = answer(path, base=base)
    assert status == 200
    assert int(headers[b"content-length"]) == len(text.encode())
    assert headers[b"cache-control"] == b"no-cache"
    assert b"etag" not in headers
    _, after = text.split('<div id="root"></div>')
    assert looks.style() in after
    assert font_files.style() in after


@pytest.mark.parametrize(
    "other",
    [
        {"start": (404, HTML)},
        {"start": (200, (b"content-type", b"application/json"))},
        {"accept": "*/*"},
        {"method": "POST"},
    ],
)
def test_any_other_answer_is_passed_on_as_it_is(other):
    assert answer("/", **other)[2] == "Streamlit's"


def test_whoever_asks_for_the_head_alone_is_told_the_length():
    _, headers, text = answer("/", method="HEAD")
    assert text == ""
    assert int(headers[b"content-length"]) > 10_000


@pytest.mark.parametrize("page", first_paint._ELEMENTS)
def test_what_is_loaded_ahead_is_there(page):
    text = first_paint._document("", page)
    loaded = re.findall(
        r'<link rel="modulepreload" (?:crossorigin )?href="([^"]+)"', text
    )
    assert len(loaded) == len(set(loaded))
    ours = {script_files.address(one) for one in script_files.SCRIPTS}
    for file in loaded:
        assert file in ours or (STATIC / file).is_file(), file
    for kind in ("BidiComponent", *first_paint._ELEMENTS[page]):
        assert sum(f"/{kind}." in file for file in loaded) == 1, kind


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_first_theme_is_that_of_the_configuration(name):
    (told,) = re.findall(
        rf"{name.upper()}_THEME: (.*),\n", first_paint._document("", "")
    )
    found = json.loads(told)
    assert found["base"] == ["light", "dark"].index(name)
    assert found["baseFontSize"] == THEMES["baseFontSize"]
    assert THEMES[name].items() <= found.items()


def test_the_socket_is_opened_at_once_but_where_people_sign_in(monkeypatch):
    assert 'location.origin + "/x/"' in first_paint._document("/x", "")
    first_paint._document.cache_clear()
    monkeypatch.setenv(SIGN_IN, "1")
    assert "BACKEND_BASE_URL" not in first_paint._document("/x", "")
