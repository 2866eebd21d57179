"""The app as somebody opens it, by its pages' own scripts and without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from streamlit.testing.v1 import AppTest

APP: Final = Path(__file__).parents[2] / "app.py"


def opened(page: str = "", **address: str) -> AppTest:
    """Open the app at once at a page, or where it opens by itself, at an address."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    for key, value in address.items():
        app.query_params[key] = value
    if page:
        go(app, page)
        # Of a page that is not there Streamlit shows another instead.
        assert app._page_hash in app._registered_pages
    else:
        app.run()
    assert not app.exception, app.exception
    return app


def choose(app: AppTest, name: str, chosen: object) -> AppTest:
    """Choose a day or a number for the case on screen, as its field has it done."""
    app.session_state[f"view:{app.session_state['line'].matrix}:{name}"] = chosen
    return app.run()


def go(app: AppTest, page: str) -> AppTest:
    """Go to a page of the app."""
    app.switch_page(f"workbench/ui/pages/{page}.py").run()
    assert not app.exception, app.exception
    return app
