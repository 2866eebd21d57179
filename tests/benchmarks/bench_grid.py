"""How long a key takes to be painted, saved and redrawn, in a real browser.

Run it by hand, `python -m tests.benchmarks.bench_grid`, on an idle machine, which
browser and server share. Times in ms, median and 95th percentile, from the key event
to the DOM change (handler), to the frame after it (painted), to `data-saved` (saved)
and to the changed picture of the ranking (redrawn; an edit that changes no score
redraws nothing); and the bytes received until the page is at rest, verdict included.
Each edit waits until the one before is saved and the page at rest, however long that
takes, so that slow ones are not left out.
Then from a letter in the filter, and from a click on a title, to the frame after it,
and from Enter behind a new title to the row that is stored, one right after the other.
At the end all of it again while another tab loads the Robustness page over and over.
"""

from __future__ import annotations

import itertools
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.chromium import ARGUMENTS, find
from workbench.case import folder
from workbench.case.model import (
    Case,
    Citation,
    Consistency,
    Evidence,
    Hypothesis,
    Question,
    Rating,
    Source,
)

EDITS = 60
WARMING = 2  # edits before those that count
APART = 0.35  # seconds between edits, at least
REST = (
    0.5  # seconds without a byte, after which a page is at rest: longer than a verdict
)
LONGEST = 60_000  # ms for one edit
ADDED = 8
AGAIN = 1_500  # ms between loads of the page beside
WATCH = """
() => {
  const lg = document.querySelector(".lg") ?? [...document.querySelectorAll("*")]
    .map(e => e.shadowRoot?.querySelector(".lg")).find(Boolean);
  window.lg = lg; window.marks = {};
  const root = lg.getRootNode();
  root.addEventListener("keydown", e => { if (e.key < "1" || e.key > "5") return;
    const t = e.timeStamp; marks = { t, began: performance.now() };
    const after = () => { marks.painted ??= performance.now(); };
    requestAnimationFrame(() => setTimeout(after, 0));
  }, true);
  lg.addEventListener("keydown", () => { marks.handled = performance.now(); });
  new MutationObserver(() => {
    if (lg.dataset.saved === "true") marks.saved ??= performance.now();
  }).observe(lg, { attributes: true });
  // The picture may be drawn anew as a whole: watch the page, not the element. Buttons
  // have pictures too.
  const drawn = m => m.target.closest?.("[data-testid=stVegaLiteChart]");
  new MutationObserver(list => {
    if (list.some(drawn)) marks.redrawn = performance.now();
  }).observe(document.body, { childList: true, subtree: true, attributes: true });
}
"""

_TIMED = """async act => {
  const from = performance.now();
  act();
  await new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
  return performance.now() - from;
}"""
FILTERED = f"""async () => {{
  const timed = {_TIMED};
  const field = lg.querySelector(".lg-find");
  const times = [];
  for (const text of ["9", "99", "item number 5", "made", "no such", "7", ""]) {{
    times.push(await timed(() => {{
      field.value = text;
      field.dispatchEvent(new Event("input", {{ bubbles: true }}));
    }}));
  }}
  return times;
}}"""
OPENED = f"""async () => {{
  const timed = {_TIMED};
  const times = [];
  for (let number = 0; number < 8; number++) {{
    const title = lg.querySelectorAll(".lg-ev")[number];
    times.push(await timed(() => title.click()));
    [...lg.querySelectorAll(".lg-drawer-head .lg-btn")].at(-1).click();
  }}
  return times;
}}"""


def made(items: int, hypotheses: int) -> Case:
    """Make a case of random ratings, each with a reason."""
    chance = random.Random(1)
    codes = list(Consistency)
    columns = [f"h-{j}" for j in range(1, hypotheses + 1)]
    return Case(
        Question("Which of these?", "Made for timing"),
        tuple(
            Hypothesis(h, h.upper(), f"Hypothesis {h}", "It is so.") for h in columns
        ),
        (Source("s-1", "First source"), Source("s-2", "Second source")),
        tuple(
            Evidence(
                f"e-{i}",
                f"E{i}",
                f"Item number {i} of the made case",
                "What was seen, in a sentence of the usual length for such an item.",
                sources=(Citation(f"s-{1 + i % 2}", "par. 1"),),
                ratings={
                    h: Rating(chance.choice(codes), "A reason of the usual length.")
                    for h in columns
                },
            )
            for i in range(1, items + 1)
        ),
    )


def measure(items: int, hypotheses: int, beside: str = "") -> dict[str, list[float]]:
    """Time edits one by one, then a burst; `beside` is a page in another tab."""
    with tempfile.TemporaryDirectory() as name:
        case = Path(name) / "case"
        folder.write(case, made(items, hypotheses))
        port = 8700 + items % 97
        command = [sys.executable, "-m", "workbench", "serve", str(case)]
        server = subprocess.Popen(
            [*command, "--port", str(port)], stdout=subprocess.DEVNULL
        )
        url = f"http://127.0.0.1:{port}"
        try:
            _wait(f"{url}/_stcore/health")
            return _edits(url, hypotheses, beside)
        finally:
            server.kill()
            server.wait()


def _wait(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


def _edits(url: str, hypotheses: int, beside: str) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {
        k: [] for k in ("handler", "painted", "saved", "redrawn", "bytes")
    }
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(find()), args=list(ARGUMENTS)
        )
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        received = Received(page)
        page.goto(url)
        page.wait_for_selector("[data-saved='true']")
        page.wait_for_selector("svg.marks, [data-testid=stVegaLiteChart] svg")
        time.sleep(2)
        if beside:
            other = chromium.new_page()
            other.add_init_script(f"setInterval(() => location.reload(), {AGAIN})")
            other.goto(url + beside)
            page.bring_to_front()
        page.evaluate(WATCH)
        page.locator("[role=gridcell][data-hypothesis]").first.focus()
        for number in range(WARMING + EDITS):
            received.count = 0
            until = time.monotonic() + APART
            page.keyboard.press(_another_code(page, "51"[number % 2]))
            page.wait_for_function("marks.saved", timeout=LONGEST)
            received.wait_rest(until)
            marks = page.evaluate("marks")
            page.keyboard.press("ArrowRight" if number % hypotheses else "ArrowDown")
            if number < WARMING:
                continue
            found["handler"].append(marks["handled"] - marks["began"])
            for name in ("painted", "saved", "redrawn"):
                if name in marks:
                    found[name].append(marks[name] - marks["t"])
            found["bytes"].append(received.count)
        found["frame in a burst"] = _burst(page)
        found["filter"] = page.evaluate(FILTERED)
        found["drawer"] = page.evaluate(OPENED)
        found["item added"] = _added(page)
        chromium.close()
    return found


class Received:
    """Counts the bytes that a page receives, and knows when it is at rest."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self.count, self._last = 0, time.monotonic()
        page.on("websocket", lambda socket: socket.on("framereceived", self._note))

    def _note(self, payload: Any) -> None:
        self.count += len(payload)
        self._last = time.monotonic()

    def wait_rest(self, until: float) -> None:
        """Wait until nothing comes any more, and for a moment at least."""
        while time.monotonic() < max(until, self._last + REST):
            self._page.wait_for_timeout(20)


def _another_code(page: Any, key: str) -> str:
    """Give a key that changes the selected cell, the one wanted if that does."""
    stands = page.evaluate("lg.getRootNode().activeElement.textContent")
    return {"CC": "5", "II": "1"}.get(stands, key)


def _added(page: Any) -> list[float]:
    page.keyboard.press("a")
    times = []
    for number in range(ADDED + 1):
        page.keyboard.type(f"One more item, number {number}")
        page.evaluate("marks = { t: performance.now() }")
        page.keyboard.press("Enter")
        page.wait_for_function("marks.saved", timeout=30_000)
        times.append(page.evaluate("marks.saved - marks.t"))
    return times[1:]  # the first one reads and warms what is needed for texts


def _burst(page: Any) -> list[float]:
    page.evaluate(
        "() => { window.frames_ = []; let last; const f = t => { if (last) "
        "frames_.push(t - last); last = t; if (frames_.length < 120) "
        "requestAnimationFrame(f); }; requestAnimationFrame(f); }"
    )
    for number in range(60):
        page.keyboard.press("51"[number % 2])
    time.sleep(2.5)
    frames: list[float] = page.evaluate("frames_")
    return frames


def main() -> None:
    """Print what was measured where, and the table."""
    said = " ".join((__doc__ or "").split("\n\n")[0].split())
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{said} {EDITS} edits, each saved before the next; {ADDED} items added.")
    print(f"{platform.platform()}, {os.cpu_count()} cores, load before it {load}")
    sizes = ((200, 8), (1000, 10))
    for beside, (items, hypotheses) in itertools.product(("", "/robustness"), sizes):
        print(f"{items} x {hypotheses}{beside and f' with {beside} in another tab'}")
        for name, values in measure(items, hypotheses, beside).items():
            ordered = sorted(values)
            if not ordered:
                print(f"  {name:16} no value")
                continue
            last = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
            middle = statistics.median(ordered)
            print(f"  {name:16} {middle:9.1f} {last:9.1f}   n {len(ordered)}")


if __name__ == "__main__":
    main()
