"""A journey by mouse, by keyboard alone and by touch ends with the same judgments."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.matrix import MatrixPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.browser.conftest import Lent, Pages

ITEM, OTHER = "withdrawal-announced", "agreed-by-two-leaders"
LEAD, RIVAL = "ukraine-manpower", "face-saving"
SAID = "The men were needed"


def judgments(served: Lent) -> set[tuple[str, ...]]:
    """Give what is in force in the ledger: the last entry of each kind and place."""
    with sqlite3.connect(served.ledger) as connection:
        query = "select kind, evidence, hypothesis, to_, because from entries"
        rows = connection.execute(f"{query} order by seq").fetchall()
    connection.close()
    last = {row[:3]: (json.loads(row[3] or "null"), row[4]) for row in rows}
    return {(*map(str, place), *map(str, value)) for place, value in last.items()}


def by_mouse(matrix: MatrixPage) -> None:
    tab = matrix.page
    codes = tab.get_by_role("group", name="Rate the selected cell")
    for item, column, code in ((ITEM, LEAD, "II"), (OTHER, RIVAL, "CC")):
        matrix.cell(item, column).click()
        codes.get_by_role("button", name=f"{code} ").click()
    matrix.cell(ITEM, LEAD).dblclick()
    reason = tab.get_by_role("textbox", name="Ukraine manpower")
    reason.fill(SAID)
    tab.get_by_role("button", name="Close").click()
    matrix.drag(matrix.emphasis(OTHER), 1.5)
    slider = matrix.emphasis(OTHER)
    slider.focus()
    while float(slider.input_value()) != 1.5:
        matrix.keys("ArrowRight" if float(slider.input_value()) < 1.5 else "ArrowLeft")
    matrix.wait_saved()
    matrix.cell(OTHER, LEAD).click()
    codes.get_by_role("button", name="I ", exact=False).first.click()
    tab.get_by_role("button", name="Undo").click()


def by_keyboard(matrix: MatrixPage) -> None:
    tab = matrix.page
    matrix.keys("Tab", "Enter", "/")
    tab.keyboard.type("withdrawal announced")
    matrix.keys("Enter", "5", "Enter")
    tab.keyboard.press("Control+a")
    tab.keyboard.type(SAID)
    matrix.keys("Enter", "Escape", "/")
    tab.keyboard.press("Control+a")
    matrix.keys("Delete", "Enter", "Control+Home", "ArrowDown", "End", "1")
    matrix.keys(*["+"] * 10)
    matrix.keys("Control+ArrowLeft", "ArrowLeft", "ArrowLeft", "4", "Control+z")


def card_of(matrix: MatrixPage, evidence: str) -> Locator:
    slider = matrix.page.locator(f'[data-emphasis="{evidence}"]')
    return matrix.page.get_by_role("row").filter(has=slider)


def by_touch(matrix: MatrixPage) -> None:
    tab = matrix.page

    card = card_of(matrix, ITEM)
    card.get_by_role("button", name="II very inconsistent, H1").tap()
    card.get_by_role("button", name="Text and reasons").tap()
    tab.get_by_role("textbox", name="Ukraine manpower").fill(SAID)
    tab.get_by_role("button", name="Close").tap()
    card = card_of(matrix, OTHER)
    card.get_by_role("button", name="CC very consistent, H4").tap()
    slider = matrix.emphasis(OTHER)
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    tab.touchscreen.tap(box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 2)
    while float(slider.input_value()) != 1.5:
        slider.press("ArrowRight" if float(slider.input_value()) < 1.5 else "ArrowLeft")
    card.get_by_role("button", name="I inconsistent, H1").tap()
    tab.get_by_role("button", name="Undo").tap()


@pytest.mark.parametrize("hand", [by_mouse, by_keyboard, by_touch])
def test_every_hand_comes_to_the_same_judgments(
    hand: Callable[[MatrixPage], None], served: Lent, page: Pages
) -> None:
    size = (390, 844) if hand is by_touch else (1440, 900)
    tab = page(size=size, has_touch=hand is by_touch)
    matrix = MatrixPage(tab, served.url).open()
    before = matrix.read(OTHER, LEAD)
    hand(matrix)
    expect(matrix.cell(OTHER, LEAD)).to_have_text(before)
    matrix.wait_saved()
    found = {one for one in judgments(served) if one[0] != "reason"}
    assert ("emphasis", OTHER, "None", "1.5", "") in found
    assert ("rating", OTHER, RIVAL, "CC", "") in found
    assert any(one[1:3] == (ITEM, LEAD) and one[4] == SAID for one in judgments(served))
    assert matrix.read(ITEM, LEAD) == "II"
    if hand is by_keyboard:
        assert SAID in export_by_keyboard(matrix)
    if hand is by_touch:
        swipes_to_the_next_unrated_item(matrix)


def export_by_keyboard(matrix: MatrixPage) -> str:
    """Go to the report and write it as Markdown, all by keys; gives what it says."""
    tab = matrix.page
    matrix.keys("g", "r")
    expect(tab.get_by_role("button", name="Download html")).to_be_visible()
    expect(tab.locator("[data-test-script-state=notRunning]")).to_be_visible()

    def reach(name: str) -> None:
        for _ in range(60):
            tab.keyboard.press("Tab")
            if name in tab.evaluate("document.activeElement.textContent"):
                return
        pytest.fail(f"Tab does not come to {name}")

    reach("html")
    matrix.keys(*["ArrowRight"] * 4, "Enter")
    expect(tab.get_by_role("button", name="Download md")).to_be_visible()
    reach("Download md")
    with tab.expect_download() as caught:
        matrix.keys("Enter")
    return caught.value.path().read_text()


def swipes_to_the_next_unrated_item(matrix: MatrixPage) -> None:
    """A swipe goes to the next item that is not rated whole."""
    matrix.press("small-beside-the-front", LEAD, "Delete")
    matrix.press(ITEM, LEAD, "ArrowRight")
    matrix.page.locator("[role=grid]").evaluate(
        """grid => {
          const touch = x => new Touch(
            { identifier: 1, target: grid, clientX: x, clientY: 400 });
          const fire = (type, x, left) => grid.dispatchEvent(new TouchEvent(type, {
            bubbles: true, composed: true, touches: left ? [touch(x)] : [],
            changedTouches: [touch(x)] }));
          fire("touchstart", 300, true);
          fire("touchend", 100, false);
        }"""
    )
    assert matrix.focused() == ("small-beside-the-front", LEAD)
    expect(matrix.cell("small-beside-the-front", LEAD)).to_be_in_viewport()
