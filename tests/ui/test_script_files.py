"""The scripts of the components: each a file that a browser keeps until it changes."""

import asyncio
import json
import re

import pytest
from starlette.applications import Starlette

from workbench.grid import bundle
from workbench.ui import script_files


def answer(path):
    """Ask for an address as a browser does; gives status, headers and text."""
    heard = []

    async def hear(message):
        heard.append(message)

    async def ask():
        scope = {"type": "http", "method": "GET", "path": path, "headers": []}
        await Starlette(routes=script_files.routes("/x"))(scope, None, hear)

    asyncio.run(ask())
    start, *bodies = heard
    text = b"".join(one["body"] for one in bodies).decode()
    return start["status"], dict(start["headers"]), text


@pytest.mark.parametrize("script", script_files.SCRIPTS, ids=lambda one: one.name)
def test_a_component_loads_its_script_from_where_the_app_gives_it_out(script):
    (named,) = re.findall(r'"(script/[^"]+)"', script_files.component(script))
    path, _, told = named.partition("?")
    assert re.fullmatch(r"[0-9a-f]{8}", told)
    status, headers, text = answer(f"/x/{path}")
    assert status == 200
    assert headers[b"content-type"].startswith(b"text/javascript")
    assert b"immutable" in headers[b"cache-control"]
    assert text.startswith(bundle.script(script.modules))
    assert text.count("export default") == 1
    for style in script.styles:
        assert json.dumps(bundle.styles(style))[1:-1] in text


def test_each_bundle_is_given_out_and_nothing_else():
    assert {one.modules for one in script_files.SCRIPTS} == set(bundle.BUNDLES)
    assert answer("/x/script/index.js")[0] == 404
    assert answer("/x/script/../form.css")[0] == 404
