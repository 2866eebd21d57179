"""What an analyst does on the Robustness page, in a real browser on a real server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.matrix import MatrixPage
from workbench.case import folder
from workbench.method.matrix import build
from workbench.method.sensitivity import sensitivity

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Pages, Server, Servers

PATIENCE = 30_000


@pytest.fixture
def served(server: Servers) -> Server:
    return server()


@pytest.fixture
def robustness(served: Server, page: Pages) -> Page:
    shown = page()
    shown.goto(f"{served.url}/robustness")
    last = shown.get_by_text(re.compile("draws, ties shared out"))
    expect(last).to_be_visible(timeout=PATIENCE)
    return shown


def test_a_cell_of_the_smallest_change_is_one_click_from_the_grid(
    served: Server, robustness: Page
) -> None:
    change = sensitivity(build(folder.load(served.case))).any_change
    cell = change.cells[0]
    robustness.get_by_role(
        "button", name=re.compile(f"{cell.from_.value} to {cell.to.value}")
    ).first.click()
    grid = MatrixPage(robustness, served.url).wait_drawn()
    expect(grid.cell(cell.evidence, cell.hypothesis)).to_be_visible(timeout=PATIENCE)
    assert grid.read(cell.evidence, cell.hypothesis) == cell.from_.value


def test_the_date_is_dragged_and_the_ranking_follows(robustness: Page) -> None:
    slider = robustness.get_by_role("slider", name="Evidence up to")
    before = robustness.get_by_text(re.compile("^Up to .* there are 65 items"))
    expect(before).to_be_visible()
    slider.focus()
    robustness.keyboard.press("Home")
    expect(before).to_have_count(0, timeout=PATIENCE)
    expect(
        robustness.get_by_text(re.compile("^Up to .* there (is|are)"))
    ).to_be_visible()
    robustness.keyboard.press("End")
    expect(before).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize("width", [1440, 800])
def test_nothing_runs_out_of_the_window(
    served: Server, page: Pages, width: int
) -> None:
    shown = page(size=(width, 900), color_scheme="dark")
    shown.goto(f"{served.url}/robustness")
    last = shown.get_by_text(re.compile("draws, ties shared out"))
    expect(last).to_be_visible(timeout=PATIENCE)
    main = shown.get_by_test_id("stMain")
    assert main.evaluate("e => e.scrollWidth - e.clientWidth") <= 1
