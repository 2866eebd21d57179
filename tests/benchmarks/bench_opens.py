"""How long a page takes to open, by its link and by its address, in a real browser.

Run it by hand, `python -m tests.benchmarks.bench_opens [TREE ...]`, on an idle machine,
which browser and server share. Each TREE is a checkout of the program, this one by
itself; they are measured in turn, so that what slows the machine slows all of them.
Medians of ten openings each, every page opened once before:

- `view`: ms from the click, or the beginning of the navigation, to the last change that
  is seen in the window; `done` to the last of the page;
- `main`: ms of the page's main thread; `server`, `browser`: ms of a processor in all;
- `kB`, `parts`, `runs`: received over the socket, elements, script runs;
- `shift`: the greatest cumulative layout shift.

At the end the first page: a server that was just started, a browser profile that was
never used; in ms from the command and from the first answer of the server.
"""

from __future__ import annotations

import argparse
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, Any, Final

from playwright.sync_api import sync_playwright
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.chromium import ARGUMENTS, find
from tests.published.at_first import AT_FIRST

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE: Final = Path(__file__).parents[2]
TIMES: Final = 10
FIRST: Final = 5  # servers started
REST_MS: Final = 400  # without a change, after which a page is done
LONGEST: Final = 60_000  # ms
PAGES: Final = (
    *("Question", "Evidence", "Matrix", "Robustness", "Probability"),
    *("Team", "Watch", "History", "Report", "Guide"),
)
TICK: Final = os.sysconf("SC_CLK_TCK")
WATCH: Final = """(() => {
  const seen = window.__opens = { from: 0, view: 0, last: 0, shift: 0, shifts: [] };
  new PerformanceObserver(list => list.getEntries().forEach(entry => {
    if (entry.hadRecentInput) return;
    seen.shift += entry.value;
    const moved = entry.sources.map(({ node, previousRect, currentRect }) => {
      const one = node?.nodeType === 1 ? node : node?.parentElement;
      const [was, is] = [previousRect, currentRect].map(
        ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(" "));
      return `${one?.className || one?.tagName} ${was} > ${is}`;
    });
    seen.shifts.push([entry.startTime, entry.value, moved.slice(0, 3)]);
  })).observe({ type: "layout-shift", buffered: true });
  const status = "[data-testid=stStatusWidget],[data-testid=stHeader],title,style";
  let waiting = new Set();
  const look = () => {
    const now = performance.now();
    for (const one of waiting) {
      if (!one?.isConnected || one.closest(status)) continue;
      seen.last = now;
      const { top, bottom, left, right, width } = one.getBoundingClientRect();
      // A page may end above a line at the window's foot.
      const page = one.closest(".stMain")?.getBoundingClientRect();
      const foot = page?.bottom ?? innerHeight;
      const isIn = top < foot && bottom > 0 && left < innerWidth && right > 0;
      if (isIn && width) seen.view = now;
    }
    waiting = new Set();
  };
  const note = records => {
    if (!waiting.size) requestAnimationFrame(() => setTimeout(look, 0));
    for (const { target, addedNodes } of records) {
      const added = [...addedNodes].filter(one => one.nodeType === 1);
      for (const one of added.length ? added : [target]) {
        waiting.add(one.nodeType === 1 ? one : one.parentElement ?? one.host);
      }
    }
  };
  const how = { childList: true, subtree: true, characterData: true };
  const observe = root => new MutationObserver(note).observe(root, how);
  observe(document);
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options);
    observe(root);
    return root;
  };
  addEventListener("click", () => {
    Object.assign(seen, { from: performance.now(), shift: 0, shifts: [] });
  }, true);
})()"""
DONE: Final = f"""page => {{
  const app = document.querySelector("[data-testid=stApp]");
  const head = document.querySelector(".stMain :is(h3,h4), [role=gridcell]")
    ?? [...document.querySelectorAll(".stMain *")].find(
      one => one.shadowRoot?.querySelector("[role=gridcell]"));
  return app?.dataset.testScriptState === "notRunning" && head
    && location.pathname.endsWith(page) && __opens.last > __opens.from
    && performance.now() - __opens.last > {REST_MS};
}}"""


class Served:
    """A tree's server, and a tab on it."""

    def __init__(self, tree: Path, browser: Any, case: Path, width: int) -> None:
        self.tree, self._browser = tree, browser
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.begun = time.monotonic()
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "workbench",
                "serve",
                str(case),
                "--port",
                str(port),
            ],
            stdout=subprocess.DEVNULL,
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(tree)},
        )
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=5).close()
            except OSError:
                time.sleep(0.01)
            else:
                break
        self.answered = time.monotonic()
        context = browser.new_context(viewport={"width": width, "height": 900})
        self.page = context.new_page()
        self.page.add_init_script(WATCH)
        self.messages: list[bytes] = []
        self.page.on("websocket", lambda ws: ws.on("framereceived", self._note))
        self._metrics = context.new_cdp_session(self.page)
        self._metrics.send("Performance.enable")
        self._all = browser.new_browser_cdp_session()

    def _note(self, payload: str | bytes) -> None:
        self.messages.append(payload if isinstance(payload, bytes) else b"")

    def end(self) -> None:
        """Close the tab, stop the server."""
        self.page.context.close()
        self._process.kill()
        self._process.wait()

    def _spent(self) -> dict[str, float]:
        told = self._metrics.send("Performance.getMetrics")["metrics"]
        values = {one["name"]: one["value"] for one in told}
        every = self._all.send("SystemInfo.getProcessInfo")["processInfo"]
        stat = Path(f"/proc/{self._process.pid}/stat").read_text().rsplit(")", 1)[1]
        ticks = sum(int(one) for one in stat.split()[11:13])
        return {
            "main": 1000 * values["TaskDuration"],
            "browser": 1000 * sum(one["cpuTime"] for one in every),
            "server": 1000 * ticks / TICK,
        }

    @cached_property
    def pages(self) -> list[str]:
        """The pages by name, as they are linked."""
        self.opened("Guide", by="address")
        return self.page.get_by_test_id("stTopNavLink").all_inner_texts()

    def opened(self, name: str, *, by: str) -> dict[str, Any]:
        """Open a page; gives what it took."""
        path = "/" if name == "Matrix" else f"/{name.lower()}"
        self.messages.clear()
        before = self._spent()
        if by == "address":
            before["main"] = 0  # counted anew for each document
        if by == "link":
            # Of Streamlit's own line of pages, as wide as the window is.
            self.page.get_by_test_id("stTopNavLink").filter(has_text=name).click()
        else:
            self.page.goto(self.url + path)
        self.page.wait_for_function(DONE, arg=path, timeout=LONGEST, polling=50)
        after = self._spent()
        seen = self.page.evaluate("__opens")
        told = [ForwardMsg.FromString(one) for one in self.messages if one]
        kinds = [one.WhichOneof("type") for one in told]
        return {
            "view": seen["view"] - seen["from"],
            "done": seen["last"] - seen["from"],
            **{kind: after[kind] - before[kind] for kind in before},
            "kB": sum(map(len, self.messages)) / 1000,
            "parts": kinds.count("delta") + kinds.count("ref_hash"),
            "runs": kinds.count("script_finished"),
            "shift": seen["shift"],
            "shifts": seen["shifts"],
        }


@contextmanager
def _served(
    trees: list[Path], browser: Any, asked: argparse.Namespace
) -> Iterator[list[Served]]:
    found: list[Served] = []
    with tempfile.TemporaryDirectory() as name:
        try:
            for number, tree in enumerate(trees):
                copy = Path(name) / str(number)
                copytree(asked.case, copy)
                found.append(Served(tree, browser, copy, asked.width))
            yield found
        finally:
            for one in found:
                one.end()


def _having(name: str, served: list[Served]) -> Iterator[Served]:
    """Give those that have a page: an older tree may lack it."""
    return (one for one in served if name in one.pages)


def _all(browser: Any, asked: argparse.Namespace) -> None:
    said: dict[tuple[str, str, Path], list[dict[str, Any]]] = defaultdict(list)
    with _served(asked.trees, browser, asked) as served:
        for by in asked.by:
            for time_ in range(asked.times + 1):
                for name in asked.pages:
                    for one in _having(name, served):
                        if by == "link" and time_ == 0 and name == asked.pages[0]:
                            other = "Guide" if name != "Guide" else "Report"
                            one.opened(other, by="address")
                        found = one.opened(name, by=by)
                        if time_:
                            said[by, name, one.tree].append(found)
    for (by, name, tree), found in said.items():
        numbers = {
            key: max(one[key] for one in found)
            if key == "shift"
            else statistics.median(one[key] for one in found)
            for key in found[0]
            if key != "shifts"
        }
        told = "  ".join(
            f"{key} {value:{'5.3f' if key == 'shift' else '6.0f'}}"
            for key, value in numbers.items()
        )
        print(f"{by:8}{name:12}{tree.name:8} {told}")
        if asked.shifts:
            for at, value, moved in max(found, key=lambda one: one["shift"])["shifts"]:
                print(f"    at {at:.0f} ms {value:.3f}: {'; '.join(moved)}")


def _first(browser: Any, asked: argparse.Namespace) -> None:
    said: dict[Path, list[list[float]]] = defaultdict(list)
    for _ in range(asked.first):
        for tree in asked.trees:
            with _served([tree], browser, asked) as (one,):
                clock = time.monotonic()
                found = one.opened("Matrix", by="address")
                at = 1000 * (clock - one.answered)
                started = 1000 * (one.answered - one.begun)
                said[tree].append(
                    [started, found["view"] + at, found["done"] + at, found["main"]]
                )
    for tree, found in said.items():
        columns = zip(*found, strict=True)
        start, view, done, main = (statistics.median(one) for one in columns)
        print(
            f"first page {tree.name}: answers {start:.0f} after the command; in view "
            f"{view:.0f}, done {done:.0f} after that; main thread {main:.0f}"
        )


def main() -> None:
    """Print what was measured where, a line for each page and tree."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("trees", nargs="*", type=Path, default=[HERE])
    options.add_argument("--case", type=Path, default=AT_FIRST)
    options.add_argument("--times", type=int, default=TIMES)
    options.add_argument("--first", type=int, default=FIRST)
    options.add_argument("--by", nargs="*", default=["link", "address"])
    options.add_argument("--width", type=int, default=1440)
    options.add_argument("--pages", nargs="*", default=list(PAGES))
    options.add_argument("--shifts", action="store_true", help="say what moved")
    asked = options.parse_args()
    asked.trees = [one.absolute() for one in asked.trees]
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{platform.platform()}, {os.cpu_count()} cores, load before it {load}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find()), args=list(ARGUMENTS)
        )
        if asked.times:
            _all(browser, asked)
        if asked.first:
            _first(browser, asked)
        browser.close()


if __name__ == "__main__":
    main()
