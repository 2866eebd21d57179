"""No one in: who the app answers to, and what a case folder may not configure."""

from __future__ import annotations

import http.client
import json
import sqlite3
import threading
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.matrix import MatrixPage
from tests.browser.screen import go_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Lent, Pages, Server, Servers

SOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}
ENDS = (
    ("GET", "/", {}),
    ("GET", "/robustness", {}),
    ("GET", "/_stcore/health", {}),
    ("GET", "/_stcore/host-config", {}),
    ("GET", "/media/0.csv", {}),
    ("PUT", "/_stcore/upload_file/session/file", {}),
    ("OPTIONS", "/_stcore/upload_file/session/file", {}),
    ("GET", "/_stcore/stream", SOCKET),
)
# What Streamlit tells of itself, and no page of ours asks for.
SHUT = (
    "/_stcore/metrics",
    "/_stcore/script-health-check",
    "/_stcore/agent/openapi.json",
    "/_stcore/agent/interact",
    "/_stcore/",
    "/x/_stcore/metrics",
    "/auth/login",
    "/oauth2callback",
)
KEPT_OUT = 403
NOT_THERE = 404


def ask(server: Server, how: tuple[str, str, dict[str, str]], **headers: str) -> int:
    """Send one request as a program can, and give the status of the answer."""
    method, path, own = how
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        own_host = f"127.0.0.1:{server.port}"
        connection.request(method, path, headers={"Host": own_host, **own, **named})
        return connection.getresponse().status
    finally:
        connection.close()


def test_foreign_names_and_foreign_pages_are_kept_out(lone: Server) -> None:
    port = lone.port
    foreign = (
        {"Host": f"evil.example:{port}"},
        {"Host": f"evil.example:{port}", "Origin": f"http://evil.example:{port}"},
        {"Host": f"127.0.0.1.evil.example:{port}"},
        {"Host": "192.0.2.7"},
        {"Origin": "http://evil.example"},
        {"Origin": f"http://127.0.0.1:{port + 1}"},
        {"Origin": f"http://localhost:{port + 1}"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": f"https://127.0.0.1:{port}"},
        {"Origin": f"http://localhost:{port}"},  # asked at 127.0.0.1
        {"Origin": "null"},
    )
    for how in ENDS:
        for headers in foreign:
            assert ask(lone, how, **headers) == KEPT_OUT, (how, headers)
    for path in SHUT:
        assert ask(lone, ("GET", path, {})) == NOT_THERE, path
    drawn_in = {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "no-cors"}
    assert ask(lone, ("GET", "/media/0.csv", {}), **drawn_in) == KEPT_OUT


def test_the_app_answers_to_this_machines_own_names(lone: Server) -> None:
    for host in ("127.0.0.1", "localhost", "LOCALHOST", "[::1]"):
        own = {
            "Host": f"{host}:{lone.port}",
            "Origin": f"http://{host}:{lone.port}",
        }
        assert ask(lone, ("GET", "/", {}), **own) == http.client.OK
        status = ask(lone, ("GET", "/_stcore/stream", SOCKET), **own)
        assert status == http.client.SWITCHING_PROTOCOLS, host
    visit = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}
    assert ask(lone, ("GET", "/", {}), **visit) == http.client.OK


def saves_at(tab: Page, url: str, ledger: Path, *, key: str, code: str) -> None:
    """Open the matrix at an address, rate a cell, and find it in the ledger."""
    grid = MatrixPage(tab, url).open()
    (evidence, hypothesis), was = next(iter(grid.cells().items()))
    assert was != code
    grid.press(evidence, hypothesis, key)
    grid.wait_saved()
    with closing(sqlite3.connect(ledger)) as connection:
        query = "select evidence, hypothesis, to_ from entries order by seq desc"
        (*cell, to) = connection.execute(query).fetchone()
    assert (*cell, json.loads(to)) == (evidence, hypothesis, code)


def test_a_browser_opens_and_saves_at_each_own_name(
    server: Servers, served: Lent, page: Pages
) -> None:
    tab = page()
    for host, key, code in (("127.0.0.1", "5", "II"), ("localhost", "3", "N")):
        url = served.url.replace("127.0.0.1", host)
        saves_at(tab, url, served.ledger, key=key, code=code)
    other = server(start=False)
    other.host = "[::1]"
    other.arguments = ("--address", "::1")
    other.start()
    for host, key, code in (("[::1]", "5", "II"), ("localhost", "3", "N")):
        url = f"http://{host}:{other.port}"
        saves_at(tab, url, other.ledger, key=key, code=code)


# ------------------------------------------------------------------ a hostile folder


@contextmanager
def trap() -> Iterator[tuple[int, list[str]]]:
    """Listen on a port that nobody has any business with, and note who comes."""
    asked: list[str] = []

    class Note(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    listening = HTTPServer(("127.0.0.1", 0), Note)
    thread = threading.Thread(target=listening.serve_forever)
    thread.start()
    try:
        yield listening.server_port, asked
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()


CONFIG = """\
[server]
address = "0.0.0.0"
enableCORS = false
enableXsrfProtection = false
corsAllowedOrigins = ["http://127.0.0.1:TRAP"]
enableStaticServing = true
enableAgentApi = true
baseUrlPath = "elsewhere"
trustedUserHeaders = {X-Name = "name"}
[browser]
gatherUsageStats = true
[client]
showErrorDetails = "full"
[theme]
font = "X:http://127.0.0.1:TRAP/font.css"
headingFont = "X:http://127.0.0.1:TRAP/heading.css"
codeFont = "X:http://127.0.0.1:TRAP/code.css"
[theme.light]
font = "X:http://127.0.0.1:TRAP/light.css"
[[theme.fontFaces]]
family = "X"
url = "http://127.0.0.1:TRAP/face.woff2"
"""
SECRETS = """\
[auth]
redirect_uri = "http://127.0.0.1:TRAP/oauth2callback"
cookie_secret = "x"
client_id = "x"
client_secret = "x"
server_metadata_url = "http://127.0.0.1:TRAP/openid"
"""
RUN_ME = "import urllib.request as r; r.urlopen('http://127.0.0.1:TRAP/ran')\n"


def test_a_case_folder_configures_nothing(server: Servers, page: Pages) -> None:
    served = server(start=False)
    with trap() as (port, asked):
        for place in (served.case, served.folder):  # it is also started in one of them
            for name, text in {
                ".streamlit/config.toml": CONFIG,
                ".streamlit/secrets.toml": SECRETS,
                ".env": "WORKBENCH_LEDGER=sqlite://\nSTREAMLIT_SERVER_PORT=1\n",
                "static/page.html": "<h1>Served from the case</h1>",
                "pages/extra.py": RUN_ME,
                "streamlit.py": RUN_ME,
                "sitecustomize.py": RUN_ME,
                "workbench_app.py": RUN_ME,
                "app.py": RUN_ME,
            }.items():
                path = place / name
                path.parent.mkdir(exist_ok=True)
                path.write_text(text.replace("TRAP", str(port)))
        served.environment = {
            "STREAMLIT_SERVER_ENABLE_CORS": "false",
            "STREAMLIT_SERVER_ENABLE_XSRF_PROTECTION": "false",
            "STREAMLIT_SERVER_ENABLE_STATIC_SERVING": "true",
            "STREAMLIT_SERVER_BASE_URL_PATH": "elsewhere",
            "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "true",
            "STREAMLIT_THEME_FONT": f"X:http://127.0.0.1:{port}/variable.css",
            "STREAMLIT_THEME_BASE": f"http://127.0.0.1:{port}/theme.toml",
        }
        served.start()
        tab = page(alone=True)
        left: list[str] = []
        tab.context.on(
            "request",
            lambda request: (
                left.append(request.url)
                if urlsplit(request.url).netloc not in ("", urlsplit(served.url).netloc)
                else None
            ),
        )
        grid = MatrixPage(tab, served.url).open()
        grid.press(*next(iter(grid.cells())), "1")
        grid.wait_saved()
        for name in ("Question", "Evidence", "Robustness", "Probability", "Report"):
            go_to(tab, name)
            expect(tab.get_by_role("heading", level=3).first).to_be_visible()
        assert served.ledger.exists()
        own = f"http://127.0.0.1:{port}"
        assert ask(served, ("GET", "/_stcore/health", {}), Origin=own) == KEPT_OUT
        stream = ("GET", "/_stcore/stream", SOCKET)
        assert ask(served, stream, Origin=own) == KEPT_OUT
        # Each of these is answered with the app's own first page, or not at all.
        tab.goto(f"{served.url}/app/static/page.html")
        assert "Served from the case" not in tab.content()
    assert left == []
    assert asked == []


def test_a_page_on_another_port_can_neither_ask_nor_show(
    lone: Server, page: Pages
) -> None:
    with trap() as (port, _):
        tab = page()
        tab.goto(f"http://127.0.0.1:{port}/")
        tried = tab.evaluate(
            """async (url) => {
              const socket = () => new Promise(done => {
                const one = new WebSocket(url.replace('http', 'ws') + '/_stcore/stream',
                                          ['streamlit']);
                one.onopen = () => done('open');
                one.onerror = () => done('refused');
              });
              const text = () => fetch(url + '/').then(() => 'read', () => 'refused');
              const frame = new Promise(done => {
                const one = document.createElement('iframe');
                one.onload = done;
                one.src = url;
                document.body.append(one);
              });
              await frame;
              return [await socket(), await text()];
            }""",
            lone.url,
        )
        assert tried == ["refused"] * 2
        (framed,) = [one for one in tab.frames if one != tab.main_frame]
        expect(framed.locator("body")).to_contain_text("A page of another site")
