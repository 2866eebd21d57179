"""Run JavaScript where it is: in node, or in the Chromium that the journeys need."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.grid.golden import common
from workbench.grid import bundle

LIMIT = 60
Run = Callable[[str], Any]
_FRAME = """
const told = [];
const test = (sentence, body) => told.push([sentence, body]);
const judged = async () => {
  const found = {};
  for (const [sentence, body] of told) {
    found[sentence] = "";
    try { await body(); } catch (error) { found[sentence] = String(error.stack); }
  }
  return found;
};
const same = (found, wanted, about = "") => {
  const [one, other] = [found, wanted].map(value => JSON.stringify(value));
  if (one !== other) throw new Error(`${about} found ${one}, wanted ${other}`);
};
const close = (found, wanted, about = "") => {
  same(found.length, wanted.length, about);
  found.forEach((value, at) => {
    if (!(Math.abs(value - wanted[at]) < 1e-9)) same(found, wanted, about);
  });
};
const given = (light, more = {}) => ({ ...GOLDEN.common, ...light, ...more });
"""


def _in_node(node: str) -> Run:
    def run(body: str) -> Any:
        wrapped = f"(async () => {{{body}}})().then(found => "
        wrapped += "process.stdout.write(JSON.stringify(found ?? null)))"
        done = subprocess.run(
            [node, "--input-type=module", "-"],
            input=wrapped,
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-4000:]
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="session")
def run() -> Iterator[Run]:
    """Run the body of an async function; gives what it returns."""
    if node := shutil.which("node"):
        yield _in_node(node)
        return
    # Most machines have a node, and to load these takes a third of a second.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from tests.browser import chromium  # noqa: PLC0415

    path = chromium.find()
    if path is None:
        pytest.fail(f"There is no Chromium that starts. Run: {chromium.COMMAND}")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=path, args=list(chromium.ARGUMENTS)
        )
        page = started.new_page()
        yield lambda body: page.evaluate(f"async () => {{{body}}}")
        started.close()


@pytest.fixture(scope="session")
def sentences(run: Run) -> Callable[[Path], dict[str, str]]:
    """Run a file of tests after the grid's modules; give each sentence's error."""
    found: dict[Path, dict[str, str]] = {}

    def judge(path: Path) -> dict[str, str]:
        if path not in found:
            golden = (path.parent / "golden.json").read_text(encoding="utf-8")
            modules = [m for m in bundle.GRID if m not in ("index", "browser")]
            modules.append("drafts")
            found[path] = run(
                f"{bundle.script(tuple(modules))}\nconst GOLDEN = {golden};\n"
                f"GOLDEN.common = {json.dumps(common())};\n{_FRAME}"
                f"{path.read_text(encoding='utf-8')}\nreturn await judged();"
            )
        return found[path]

    return judge
