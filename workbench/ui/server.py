"""The app as a server: whom it lets in, what it loads, what files it gives out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import TypedDict

from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit import App

from workbench.ui import (
    ahead,
    delivery,
    entrance,
    first_paint,
    font_files,
    script_files,
)


class Parts(TypedDict):
    """What Streamlit's app is made of beside its script."""

    middleware: list[Middleware]
    routes: list[Route]
    lifespan: Callable[[App], AbstractAsyncContextManager[None]]


def parts() -> Parts:
    """Give what the app is made of. It delivers in order from its first page on."""
    delivery.keep_in_order()
    base = entrance.base()
    return {
        "middleware": [
            *entrance.guarded(),
            Middleware(first_paint.FirstPaint, base=base),
        ],
        "routes": [*font_files.routes(base), *script_files.routes(base)],
        "lifespan": ahead.loaded,
    }
