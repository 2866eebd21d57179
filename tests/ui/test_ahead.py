"""What is loaded before the first visitor comes, and the font that pages ask for."""

import asyncio
import inspect
import sys

import pytest
from starlette.applications import Starlette
from streamlit import App

from tests.published.at_first import AT_FIRST
from workbench import fonts
from workbench.case import folder
from workbench.record.shelves import FolderShelf
from workbench.ui import ahead, font_files, state
from workbench.ui.state import read_case


def started(where):
    async def begin():
        async with ahead.loaded(App(where / "app.py")):
            pass

    asyncio.run(begin())


def test_the_first_visitor_meets_a_case_that_is_loaded(monkeypatch):
    monkeypatch.delenv(state.CASE_VARIABLE, raising=False)
    read_case._case.clear()
    started(AT_FIRST)
    read = []
    monkeypatch.setattr(folder, "load", read.append)
    shelf = FolderShelf(AT_FIRST)
    assert read_case._case(shelf.name, state.stamp(shelf), shelf).evidence
    assert read == []
    assert "workbench.ui.robustness_parts" in sys.modules
    # where Python keeps what Streamlit's first element makes it look for
    assert state.__file__ in inspect.modulesbyfile


def test_a_case_with_a_fault_and_a_folder_without_one_start_all_the_same(
    tmp_path, monkeypatch
):
    monkeypatch.setenv(state.CASE_VARIABLE, str(tmp_path))
    started(tmp_path)
    (tmp_path / "hypotheses").mkdir()
    (tmp_path / "hypotheses" / "_question.yaml").write_text("question: [")
    started(tmp_path)


def answer(path):
    """Ask for an address as a browser does; gives status, headers and body."""
    heard = []

    async def hear(message):
        heard.append(message)

    async def ask():
        scope = {"type": "http", "method": "GET", "path": path, "headers": []}
        await Starlette(routes=font_files.routes())(scope, None, hear)

    asyncio.run(ask())
    start, *bodies = heard
    body = b"".join(one["body"] for one in bodies)
    return start["status"], dict(start["headers"]), body


@pytest.mark.parametrize("face", fonts.FACES)
def test_a_page_finds_each_face_of_the_font_where_it_is_named(face):
    _, named, rest = font_files.style().partition(f"font/{face.name}.woff2")
    assert named
    assert rest.startswith("?")
    status, headers, body = answer(f"/{named}")
    assert (status, body) == (200, fonts.woff2(face))
    assert body.startswith(b"wOF2")
    assert b"immutable" in headers[b"cache-control"]


def test_no_other_file_is_given_out_as_a_font():
    assert answer("/font/OFL.woff2")[0] == 404
    assert answer("/font/../../errors.woff2")[0] == 404
