"""What an analyst does on the Robustness page, in a real browser on a real server."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.matrix import MatrixPage
from tests.browser.test_charts import CHARTS
from tests.published.at_first import AT_FIRST
from workbench.case import folder
from workbench.case.model import EventDate
from workbench.charts.robustness_charts import tippings
from workbench.method.checks import findings
from workbench.method.lead_map import moved
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.method.sensitivity import sensitivity
from workbench.ui.lead_map_controls import axes
from workbench.wording.fragility import describe_pair

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Lent, Pages

PATIENCE = 30_000


@pytest.fixture
def served(shared: Callable[[], Lent]) -> Lent:
    return shared()


@pytest.fixture
def replayed(lend: Callable[..., Lent], page: Pages, tmp_path: Path) -> Page:
    """Open the page of a case whose every item has a date."""
    case = folder.load(AT_FIRST)
    dated = tuple(
        item if item.date else replace(item, date=EventDate("2024-04-30"))
        for item in case.evidence
    )
    folder.write(tmp_path / "dated", replace(case, evidence=dated))
    return opened(lend(tmp_path / "dated"), page)


def opened(served: Lent, page: Pages) -> Page:
    shown = page()
    shown.goto(served.at("robustness"))
    last = shown.get_by_text(re.compile("ties are shared out"))
    expect(last).to_be_visible(timeout=PATIENCE)
    return shown


def test_a_cell_of_the_smallest_change_is_one_click_from_the_grid(
    served: Lent, page: Pages
) -> None:
    robustness = opened(served, page)
    stays_in_its_window(robustness)
    change = sensitivity(build(folder.load(served.case))).any_change
    cell = change.cells[0]
    robustness.get_by_role(
        "button", name=re.compile(f"{cell.from_.value} to {cell.to.value}")
    ).first.click()
    grid = MatrixPage(robustness, served.url).wait_drawn()
    expect(grid.cell(cell.evidence, cell.hypothesis)).to_be_visible(timeout=PATIENCE)
    assert grid.read(cell.evidence, cell.hypothesis) == cell.from_.value
    expect(grid.cell(cell.evidence, cell.hypothesis)).to_be_focused()
    unfolds_the_questions_to_the_case(grid, served)


def stays_in_its_window(robustness: Page) -> None:
    """Nothing runs out of the window, a narrower one either."""
    main = robustness.get_by_test_id("stMain")
    for width in (800, 1440):
        robustness.set_viewport_size({"width": width, "height": 900})
        expect(robustness.locator("svg.marks")).to_have_count(CHARTS["Robustness"])
        robustness.wait_for_function(
            "e => e.scrollWidth - e.clientWidth <= 1", arg=main.element_handle()
        )


def unfolds_the_questions_to_the_case(grid: MatrixPage, served: Lent) -> None:
    """The questions to the case unfold over the grid, and fold with a click."""
    now = findings(assess(build(folder.load(served.case))))
    asked = next(o for o in now if o.subject.kind in ("case", "source")).message
    grid.page.get_by_role("button", name="What a reviewer would ask").click()
    expect(grid.page.get_by_text(asked)).to_be_visible(timeout=PATIENCE)
    grid.page.locator("[role=gridcell][data-hypothesis]").last.click()
    expect(grid.page.get_by_text(asked)).to_be_hidden(timeout=PATIENCE)


def test_the_date_is_dragged_and_ranking_and_chart_follow(replayed: Page) -> None:
    slider = replayed.get_by_role("slider", name="Evidence up to")
    before = replayed.get_by_text(re.compile("^Up to .* there are 65 items"))
    expect(before).to_be_visible()
    slider.focus()
    replayed.keyboard.press("Home")
    expect(before).to_have_count(0, timeout=PATIENCE)
    expect(replayed.get_by_text(re.compile("^Up to .* there (is|are)"))).to_be_visible()
    replayed.keyboard.press("End")
    expect(before).to_be_visible(timeout=PATIENCE)
    slider.scroll_into_view_if_needed()
    marks = re.compile("the line marks ([0-9-]+)")
    title = replayed.locator("svg.marks text").filter(has_text=marks)
    seen = [title.text_content()]
    for far in (-700, 300):
        place = slider.bounding_box()
        assert place
        x, y = place["x"], place["y"] + place["height"] / 2  # it starts at the thumb
        replayed.mouse.move(x, y)
        replayed.mouse.down()
        replayed.mouse.move(x + far, y, steps=12)
        replayed.mouse.up()
        expect(title).not_to_have_text(seen[-1] or "", timeout=PATIENCE)
        (day,) = marks.findall(title.text_content() or "")
        said = replayed.get_by_text(re.compile(f"^Up to {day} there (is|are)"))
        expect(said).to_be_visible(timeout=PATIENCE)
        seen.append(title.text_content())
    assert len(set(seen)) == 3


def drag_on_map(page: Page, to: tuple[float, float]) -> None:
    """Drag from the middle of the map to a pair of emphases."""
    chart = page.locator(".st-key-map svg.marks")
    chart.scroll_into_view_if_needed()
    x, y, width, height = chart.evaluate(
        """svg => [...svg.querySelectorAll("path.background")]
             .map(e => e.getBoundingClientRect())
             .sort((a, b) => b.width * b.height - a.width * a.height)
             .map(r => [r.x, r.y, r.width, r.height])[0]"""
    )

    def place(pair: tuple[float, float]) -> tuple[float, float]:
        right, up = ((value + 0.05) / 2.1 for value in pair)
        return x + right * width, y + (1 - up) * height

    page.mouse.move(*place((1.0, 1.0)))
    page.mouse.down()
    page.mouse.move(*place(to), steps=12)
    page.mouse.up()


def test_the_point_of_the_map_is_dragged_twice_then_taken_over(
    lend: Callable[..., Lent], page: Pages
) -> None:
    served = lend()
    robustness = opened(served, page)
    matrix = build(folder.load(served.case))
    near, *_ = tippings(sensitivity(matrix))
    across, upward = near[0], axes(sensitivity(matrix))[1]
    point = robustness.get_by_text(re.compile("^At .* across and .* up"))
    for pair in ((0.2, 1.8), (1.9, 0.4)):
        drag_on_map(robustness, pair)
        there = assess(moved(matrix, {across: pair[0], upward: pair[1]}))
        said = describe_pair(there, pair, now=False)
        expect(point).to_have_text(said, timeout=PATIENCE)
        for name, value in zip(("across", "up"), pair, strict=True):
            slider = robustness.get_by_role("slider", name=f"Emphasis {name}")
            expect(slider).to_have_value(f"{value:g}")
    robustness.get_by_role("button", name="Use these emphases").click()
    expect(point).to_contain_text("1.90 across and 0.40 up (now)", timeout=PATIENCE)
    robustness.get_by_role("link", name="Matrix").click()
    grid = MatrixPage(robustness, served.url).wait_drawn()
    shown = {
        axis.id: robustness.locator(
            f'[data-{"source-" * (axis.kind == "source")}emphasis="{axis.id}"]'
        )
        for axis in (across, upward)
    }
    for axis, value in ((across, "1.9"), (upward, "0.4")):
        expect(shown[axis.id]).to_have_value(value)
    robustness.get_by_role("button", name="Undo").click()
    grid.wait_saved()
    for axis in (across, upward):
        expect(shown[axis.id]).to_have_value("1")
