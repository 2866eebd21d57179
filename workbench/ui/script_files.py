"""The scripts of the components as the app gives them out: each a file with an address.

Told with each message they would travel and be compiled with every page; by an address
that changes with what they say a browser keeps them, compiled, until the program does.
Their styles are in them: one for all components of a kind.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workbench.grid import bundle

_KEPT: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Script:
    """What a kind of component is made of: modules, and the names of its styles."""

    name: str
    modules: tuple[str, ...]
    styles: tuple[str, ...] = ()


GRID: Final = Script("grid", bundle.GRID, ("grid", "talk"))
WAITING: Final = Script("waiting", bundle.WAITING)
FORM: Final = Script("form", bundle.FORM, ("form",))
THREADS: Final = Script("threads", bundle.THREADS, ("talk",))
KEEPER: Final = Script("keeper", bundle.KEEPER)
CHOSEN: Final = Script("chosen", bundle.CHOSEN)
DAY: Final = Script("day", bundle.DAY, ("form",))
SCRIPTS: Final = (GRID, WAITING, FORM, THREADS, KEEPER, CHOSEN, DAY)
_NAMED: Final = {one.name: one for one in SCRIPTS}


def routes(base: str = "") -> list[Route]:
    """Give the route of the files, under the path that the app is served at."""
    return [Route(f"{base}/script/{{name}}.js", _file)]


@cache
def address(script: Script) -> str:
    """Give where a script is, relative to a page: every page is at the top.

    Another version of it has another address.
    """
    told = hashlib.sha256(_text(script).encode()).hexdigest()[:8]
    return f"script/{script.name}.js?{told}"


@cache
def component(script: Script) -> str:
    """Give what Streamlit is to run for a component: it loads the script, once a page.

    Streamlit runs it from an address of its own, which nothing is relative to.
    """
    return (
        f'const at = new URL("{address(script)}", document.baseURI);\n'
        "const { default: mount } = await import(at.href);\nexport default mount;\n"
    )


@cache
def _text(script: Script) -> str:
    """Write the file: its default export is called with a component's data."""
    text = bundle.script(script.modules)
    if not script.styles:
        return f"{text}export default mount;\n"
    styles = "".join(bundle.styles(one) for one in script.styles)
    return (
        f"{text}const sheet = new CSSStyleSheet();\n"
        f"sheet.replaceSync({json.dumps(styles)});\n"
        "export default given => {\n"
        "given.parentElement.adoptedStyleSheets = [sheet];\n"
        "return mount(given);\n};\n"
    )


def _file(request: Request) -> Response:
    script = _NAMED.get(request.path_params["name"])
    if script is None:
        return Response("There is no such script.", status_code=404)
    return Response(
        _text(script),
        media_type="text/javascript",
        headers={"cache-control": _KEPT},
    )
