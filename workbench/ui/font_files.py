"""The font as the app gives it out: its files by address, and who may keep them.

They say nothing of a case, and are the same for everybody until the program changes.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workbench import fonts

_KEPT: Final = "public, max-age=31536000, immutable"
_FACES: Final = {face.name: face for face in fonts.FACES}


def routes(base: str = "") -> list[Route]:
    """Give the route of the files, under the path that the app is served at."""
    return [Route(f"{base}/font/{{name}}.woff2", _file)]


@cache
def style() -> str:
    """Name the faces on a page, by addresses relative to it: every page is at the top.

    Each address tells the file apart from that of another version.
    """
    return fonts.css(fonts.FACES, address)


@cache
def address(face: fonts.Face) -> str:
    """Give where a face is, relative to a page."""
    told = hashlib.sha256(fonts.woff2(face)).hexdigest()[:8]
    return f"font/{face.name}.woff2?{told}"


def _file(request: Request) -> Response:
    face = _FACES.get(request.path_params["name"])
    if face is None:
        return Response("There is no such font.", status_code=404)
    return Response(
        fonts.woff2(face), media_type="font/woff2", headers={"cache-control": _KEPT}
    )
