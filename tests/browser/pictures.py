"""Make the pictures of the README anew, from the shipped case: run it as a module.

It needs what the journeys need, and writes into `.github/pictures`.
"""

from __future__ import annotations

import base64
import datetime as dt
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pymupdf
from playwright.sync_api import expect, sync_playwright

from tests.browser import chromium
from tests.browser.serving import Servers
from workbench.case.folder import load
from workbench.report import make

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / ".github" / "pictures"
SIZE: Final = (1200, 760)
PATIENCE: Final = 30_000
MOST: Final = 150_000  # bytes of a picture
DAY: Final = dt.date(2024, 11, 26)


def take(page: Page, url: str, folder: Path) -> None:
    """Take the Matrix with an item open beside it, and Robustness."""
    page.goto(url)
    title = page.get_by_text("A small force beside the one in Ukraine").first
    title.click(timeout=PATIENCE)
    expect(page.locator(".lg-drawer")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("strong.lg-headline")).not_to_be_empty(timeout=PATIENCE)
    page.mouse.move(0, 0)
    save(page, folder / "matrix.webp")
    page.goto(f"{url}/robustness")
    charts = page.locator("svg.marks")
    expect(charts.nth(5)).to_be_attached(timeout=PATIENCE)
    page.locator("h4", has_text="What it hangs on").evaluate("h => h.scrollIntoView()")
    save(page, folder / "robustness.webp")


def save(page: Page, path: Path) -> None:
    """Save what a page shows; Playwright itself writes no WebP."""
    asked = {"format": "webp", "quality": 88}
    found = page.context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    path.write_bytes(base64.b64decode(found["data"]))


def first_page(folder: Path) -> None:
    """Draw the first page of the report."""
    with pymupdf.open(stream=make(load(ROOT), to="pdf", date=DAY)) as pdf:
        pdf[0].get_pixmap(dpi=100).save(folder / "report.png")


def main(folder: Path = FOLDER) -> int:
    """Make all three; 1 where one is too large to be read along with a text."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        servers = Servers(Path(place))
        browser = playwright.chromium.launch(
            executable_path=chromium.find(), args=list(chromium.ARGUMENTS)
        )
        try:
            size = {"width": SIZE[0], "height": SIZE[1]}
            served = servers(ROOT, environment={"LOGNAME": "analyst"})
            take(browser.new_page(viewport=size), served.url, folder)
        finally:
            browser.close()
            servers.end()
    first_page(folder)
    large = [one.name for one in folder.iterdir() if one.stat().st_size > MOST]
    if large:
        sys.stderr.write(f"larger than {MOST:,} bytes: {', '.join(large)}\n")
    return bool(large)


if __name__ == "__main__":
    sys.exit(main())
