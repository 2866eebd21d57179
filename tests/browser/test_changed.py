"""A case that changes on disk while it is open in a browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.matrix import PATIENCE, MatrixPage
from tests.browser.screen import go_to
from workbench.case import folder

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Lent, Pages

SAID = "The case was changed on disk"
READ_AGAIN = "Read the case again"
WITHIN = 10_000  # ms


def retitle(case: Path, evidence: str, title: str) -> None:
    """Change the title of an item as any editor would."""
    path = case / "evidence" / f"{evidence}.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^title: .*$", f"title: {title}", text, flags=re.MULTILINE))


def read_again(tab: Page) -> None:
    tab.get_by_role("button", name=READ_AGAIN).click()
    expect(tab.get_by_text(SAID)).to_be_hidden(timeout=WITHIN)


def keeps_a_reason_that_is_being_written(matrix: MatrixPage, served: Lent) -> None:
    """A reason that is being written stays, and is saved."""
    tab = matrix.page
    (first, *_), *_ = cells = list(matrix.cells())
    cell = next(one for one in cells if one[0] != first)
    matrix.press(*cell, "5", "Enter")
    tab.keyboard.type("Half of a rea")
    retitle(served.case, cell[0], "One more wording")
    expect(tab.get_by_text(SAID)).to_be_visible(timeout=WITHIN)
    tab.keyboard.type("son that goes on")
    read_again(tab)
    matrix.wait_drawn().wait_saved()
    assert matrix.read(*cell) == "II"
    matrix.reload()
    assert matrix.read(*cell) == "II"
    matrix.press(*cell, "Enter")
    written = tab.locator("textarea:visible").first
    expect(written).to_have_value(re.compile("Half of a reason that goes on$"))


def test_the_open_page_says_so_and_loses_no_judgment(served: Lent, page: Pages) -> None:
    tab = page()
    matrix = MatrixPage(tab, served.url).open()
    (first, second, *_) = matrix.cells()
    expect(tab.get_by_text(SAID)).to_be_hidden()
    matrix.press(*first, "5")
    matrix.wait_saved()

    retitle(served.case, first[0], "Another wording")
    expect(tab.get_by_text(SAID)).to_be_visible(timeout=WITHIN)
    expect(tab.get_by_text("1 of its files changed", exact=False)).to_be_visible()
    # The page goes on with what it read, and everything done on it is kept.
    expect(tab.get_by_text("Another wording")).to_have_count(0)
    matrix.press(*second, "1")
    matrix.wait_saved()
    read_again(tab)
    matrix.wait_drawn().wait_saved()
    expect(tab.get_by_text("Another wording").first).to_be_visible()
    assert (matrix.read(*first), matrix.read(*second)) == ("II", "CC")

    retitle(served.case, first[0], "A third wording")
    expect(tab.get_by_text(SAID)).to_be_visible(timeout=WITHIN)
    read_again(tab)
    expect(tab.get_by_text("A third wording").first).to_be_visible()
    assert (matrix.read(*first), matrix.read(*second)) == ("II", "CC")
    keeps_a_reason_that_is_being_written(matrix, served)


def test_keys_that_wait_for_a_stalled_server_are_saved_after_reading_again(
    served: Lent, page: Pages
) -> None:
    tab = page()
    matrix = MatrixPage(tab, served.url).open()
    cells = list(matrix.cells())[:3]
    retitle(served.case, cells[0][0], "Another wording")
    expect(tab.get_by_text(SAID)).to_be_visible(timeout=WITHIN)
    with served.server.stalled():
        for cell in cells:
            matrix.press(*cell, "5")
        tab.get_by_role("button", name=READ_AGAIN).click()
    expect(tab.get_by_text(SAID)).to_be_hidden()
    matrix.wait_drawn().wait_saved()
    for _ in range(2):
        assert [matrix.read(*cell) for cell in cells] == ["II"] * 3
        matrix.reload()


def test_every_page_says_so_and_a_fault_is_told_when_it_is_read(
    served: Lent, page: Pages
) -> None:
    tab = page()
    tab.goto(served.at("question"))
    extra = served.case / "evidence" / "half-written.yaml"
    for name in ("Question", "Evidence", "Robustness"):
        go_to(tab, name)
        heading = tab.get_by_role("heading", level=3).first
        expect(heading).to_be_visible(timeout=PATIENCE)
        extra.write_text("label: E99\n")
        expect(tab.get_by_text(SAID)).to_be_visible(timeout=WITHIN)
        tab.get_by_role("button", name=READ_AGAIN).click()
        mended = tab.get_by_role("button", name="Read the files again")
        expect(mended).to_be_visible()
        told = tab.get_by_text("half-written.yaml:1:", exact=False).first
        expect(told).to_be_visible()
        extra.unlink()
        mended.click()
        expect(heading).to_be_visible(timeout=PATIENCE)
        expect(mended).to_be_hidden()
        expect(tab.get_by_text(SAID)).to_be_hidden()
    assert folder.load(served.case).evidence
