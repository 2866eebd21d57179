"""The document that a browser is given before Streamlit says anything of a page.

Streamlit's own has none of the app's looks: they would come with the first elements and
move what stands there already. So the document holds the style, names the theme and the
font, and what every page loads next.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

from streamlit import file_util
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime.app_session import _populate_theme_msg

from workbench import fonts
from workbench.guard import ASGI, Message, Receive, Send, texts
from workbench.ui import entrance, font_files, script_files
from workbench.ui.frame import looks

_STATIC: Final = Path(file_util.get_static_dir())
_SEEN_FIRST: Final = (fonts.REGULAR, fonts.SEMIBOLD)
_OK: Final = 200
# What each page is made of, of Streamlit's kinds of elements and of our own.
_EVERYWHERE: Final = ("BidiComponent", "Html", "Button")
_CHARTS: Final = ("ArrowVegaLiteChart", "embed")
_FIELDS: Final = ("Selectbox", "ButtonGroup")
_ELEMENTS: Final = {
    "": ("Checkbox",),
    "evidence": ("PageLink", *_FIELDS, "TextInput", "Checkbox", "DataFrame"),
    "guide": ("PageLink", "ButtonGroup"),
    "history": ("PageLink", "TextInput"),
    "probability": ("PageLink", *_FIELDS, "NumberInput", *_CHARTS),
    "question": ("PageLink",),
    "report": ("PageLink", *_FIELDS, "DateInput", "DownloadButton", "Checkbox"),
    "robustness": ("PageLink", *_FIELDS, *_CHARTS),
    "team": ("PageLink", "Multiselect", "DateTimeInput"),
    "watch": ("PageLink", "Selectbox", "DateInput", "DownloadButton"),
}
_SCRIPTS: Final = {
    "": (script_files.GRID,),
    "evidence": (script_files.FORM, script_files.THREADS),
    "question": (script_files.FORM, script_files.THREADS),
}
# What stands of a page of no theme yet is on the ground of the browser's own.
_GROUND: Final = (
    ":where(html){color-scheme:light dark}:where(body){background:light-dark(%s,%s)}"
)
# Streamlit asks three addresses before it opens the socket, unless it is told what they
# say. Where people sign in one of them gives the cookie that the socket is opened with.
_AT_ONCE: Final = """
  BACKEND_BASE_URL: location.origin + "%s/",
  HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },"""


class FirstPaint:
    """ASGI middleware: gives the app's document wherever Streamlit gives its own."""

    def __init__(self, app: ASGI, base: str = "") -> None:
        self._app = app
        self._base = base

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer unless that is Streamlit's document."""
        if scope["type"] != "http" or not _is_visit(scope):
            await self._app(scope, receive, send)
            return
        known = (b"if-none-match", b"if-modified-since")  # of the document it was
        asked = [one for one in scope["headers"] if one[0].lower() not in known]
        document = b""

        async def send_own(message: Message) -> None:
            nonlocal document
            if message["type"] == "http.response.start" and _is_document(message):
                document = _document(self._base, self._page(scope)).encode()
                message = {**message, "headers": _headers(len(document))}
            elif document:
                if message.get("more_body"):
                    return
                body = b"" if scope["method"] == "HEAD" else document
                message = {"type": "http.response.body", "body": body}
            await send(message)

        await self._app({**scope, "headers": asked}, receive, send_own)

    def _page(self, scope: Message) -> str:
        """Name the page that is asked for, "" for the first and for any unknown."""
        path = scope["path"].removeprefix(self._base).strip("/")
        return path if path in _ELEMENTS else ""


def _is_visit(scope: Message) -> bool:
    accepts = texts(scope["headers"], b"accept")
    return scope["method"] in ("GET", "HEAD") and "text/html" in ",".join(accepts)


def _is_document(start: Message) -> bool:
    kinds = texts(start["headers"], b"content-type")
    return start["status"] == _OK and any(one.startswith("text/html") for one in kinds)


def _headers(length: int) -> list[tuple[bytes, bytes]]:
    return [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(length).encode()),
        (b"cache-control", b"no-cache"),
    ]


@cache
def _document(base: str, page: str) -> str:
    """Write Streamlit's document with all that is known before a page is asked for.

    The style stands at the end, behind what Streamlit adds to the head: of two rules
    that weigh the same the last one holds.
    """
    text = (_STATIC / "index.html").read_text("utf-8")
    light, dark = _theme("light"), _theme("dark")
    grounds = light.get("backgroundColor", "#fff"), dark.get("backgroundColor", "#000")
    head = [
        f"<style>{_GROUND % grounds}</style>",
        *(_font(face) for face in _SEEN_FIRST),
        *(_module(one) for one in _modules(page, text)),
        f"<script>window.__streamlit = {{{_told(base)}",
        f"  LIGHT_THEME: {_json(light)},",
        f"  DARK_THEME: {_json(dark)},",
        "};</script>",
    ]
    text = text.replace("</head>", "\n".join((*head, "</head>")), 1)
    return text.replace("</body>", f"<style>{looks.style()}</style>\n</body>", 1)


def _modules(page: str, known: str) -> Iterator[str]:
    """Give where the modules are that a page loads beside those of every app."""
    for script in (script_files.WAITING, *_SCRIPTS.get(page, ())):
        yield script_files.address(script)
    for file in _chunks((*_EVERYWHERE, *_ELEMENTS[page])):
        if file not in known:
            yield f"./{file}"


def _chunks(elements: Iterable[str]) -> Iterator[str]:
    """Give the files of Streamlit's that kinds of elements are made of, each once."""
    built = json.loads((_STATIC / "manifest.json").read_text("utf-8"))
    files = {_kind(one["file"]): key for key, one in built.items()}
    waiting = [files[kind] for kind in elements if kind in files]
    found: set[str] = set()
    while waiting:
        key = waiting.pop(0)
        if key not in found:
            found.add(key)
            waiting += built[key].get("imports", ())
            yield built[key]["file"]


def _kind(file: str) -> str:
    """Name what a file holds: `static/js/Button.CZAouSUd.js` a Button."""
    return file.rpartition("/")[2].partition(".")[0] if file.endswith(".js") else ""


def _told(base: str) -> str:
    return "" if entrance.has_sign_in() else _AT_ONCE % base


def _font(face: fonts.Face) -> str:
    return (
        f'<link rel="preload" href="{escape(font_files.address(face))}" as="font" '
        'type="font/woff2" crossorigin>'
    )


def _module(address: str) -> str:
    return f'<link rel="modulepreload" href="{escape(address)}">'


def _theme(name: str) -> dict[str, Any]:
    """Give a theme as Streamlit's page reads it."""
    told = CustomThemeConfig()
    for section in ("theme", f"theme.{name}"):
        _populate_theme_msg(told, section)
    found = {field.json_name: value for field, value in told.ListFields()}
    return {**found, "base": ("light", "dark").index(name)}


def _json(value: dict[str, Any]) -> str:
    """Write what a script element can hold."""
    return json.dumps(value).replace("<", "\\u003c")
