"""What an analyst does in the grid, in a real browser on a real server."""

from __future__ import annotations

import contextlib
import io
import json
import random
import re
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.matrix import MatrixPage
from workbench.case import folder
from workbench.cli import main
from workbench.record.ledger import Ledger, default_url
from workbench.wording import shown

if TYPE_CHECKING:
    from tests.browser.conftest import Lent, Pages

LEAD, RIVAL = "ukraine-manpower", "face-saving"
ITEM, OTHER = "withdrawal-announced", "agreed-by-two-leaders"
KEYS = {"1": "CC", "2": "C", "3": "N", "4": "I", "5": "II", "6": "NA", "Delete": ""}


@pytest.fixture
def matrix(served: Lent, page: Pages) -> MatrixPage:
    return MatrixPage(page(), served.url).open()


def entries(served: Lent) -> list[tuple[Any, ...]]:
    with sqlite3.connect(served.ledger) as connection:
        query = "select kind, evidence, hypothesis, to_, undoes from entries"
        return connection.execute(f"{query} order by seq").fetchall()


def analyst(served: Lent) -> str:
    (name,) = Ledger(default_url(served.case)).analysts()
    return name


def scored(served: Lent) -> dict[str, str]:
    """Ask the command line for the scores of the same state."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        done = main(["score", str(served.case), "--json", "--analyst", analyst(served)])
    assert done == 0
    found = json.loads(said.getvalue())["hypotheses"]
    return {one["id"]: shown(one["score"]) for one in found}


def items(served: Lent) -> list[str]:
    return [item.id for item in folder.load(served.case).evidence]


def test_after_each_of_20_keys_the_scores_are_those_of_the_command_line(
    served: Lent, matrix: MatrixPage
) -> None:
    chance = random.Random(7)
    hypotheses = [h.id for h in folder.load(served.case).hypotheses]
    for number, evidence in enumerate(items(served)[:20]):
        key = chance.choice([*KEYS, "c", "Shift+C", "i", "Shift+I", "n", "x"])
        matrix.press(evidence, hypotheses[number % 4], key)
        matrix.wait_saved()
        if entries(served):
            assert matrix.scores() == scored(served), f"after {key} on {evidence}"


def test_a_drag_paints_at_least_ten_scores_before_release(
    served: Lent, matrix: MatrixPage
) -> None:
    matrix.press(ITEM, LEAD, "5")
    slider = matrix.emphasis(ITEM)
    box = slider.bounding_box()
    assert box
    seen = set()
    mouse = matrix.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    for step in range(30):
        mouse.move(box["x"] + box["width"] * step / 29, box["y"] + 8)
        seen.add(matrix.scores()[LEAD])
    stored_before_release = [e for e in entries(served) if e[0] == "emphasis"]
    mouse.up()
    matrix.wait_saved()
    assert len(seen) >= 10
    assert stored_before_release == []
    assert [e[3] for e in entries(served) if e[0] == "emphasis"] == ["2.0"]
    assert matrix.scores() == scored(served)


def test_thirty_keys_typed_at_once_are_on_screen_and_in_the_ledger(
    served: Lent, matrix: MatrixPage
) -> None:
    evidence = items(served)
    matrix.cell(evidence[0], LEAD).click()
    wanted = {}
    for number, item in enumerate(evidence[:30]):
        key = ("5", "1")[number % 2]
        wanted[item] = KEYS[key]
        matrix.page.keyboard.press(key)
        matrix.page.keyboard.press("ArrowDown")
    matrix.wait_saved()
    cells = matrix.cells()
    assert {item: cells[item, LEAD] for item in wanted} == wanted
    stored = {e[1]: json.loads(e[3]) for e in entries(served)}
    published = folder.load(served.case).item
    for item, code in wanted.items():
        unchanged = published[item].ratings[LEAD].consistency == code
        assert unchanged or stored[item] == code


def test_nothing_is_lost_by_a_reload_a_page_switch_or_a_killed_server(
    served: Lent, matrix: MatrixPage
) -> None:
    matrix.press(ITEM, LEAD, "5")
    matrix.wait_saved()
    matrix.reload()
    assert matrix.read(ITEM, LEAD) == "II"
    matrix.press(ITEM, RIVAL, "4")
    matrix.wait_saved()
    matrix.page.get_by_role("link", name="Guide").first.click()
    expect(matrix.page.get_by_text("Heuer").first).to_be_visible()
    matrix.page.get_by_role("link", name="Matrix").first.click()
    matrix.wait_drawn()
    assert matrix.read(ITEM, RIVAL) == "I"
    matrix.press(OTHER, LEAD, "5")
    matrix.wait_saved()
    served.server.kill()
    served.server.start()
    matrix.reload()
    assert [matrix.read(OTHER, LEAD), matrix.read(ITEM, RIVAL)] == ["II", "I"]
    assert matrix.scores() == scored(served)


def test_keys_pressed_while_the_server_is_away_are_saved_when_it_is_back(
    served: Lent, page: Pages
) -> None:
    tab = page(expected_errors=(".*",))
    matrix = MatrixPage(tab, served.url).open()
    matrix.press(ITEM, LEAD, "5")
    matrix.wait_saved()
    served.server.kill()
    matrix.press(OTHER, LEAD, "5")
    matrix.keys("ArrowRight", "5")
    expect(tab.locator(".lg-status")).to_have_text(
        re.compile("Not saved"), timeout=15_000
    )
    assert matrix.saved() is False
    served.server.start()
    matrix.wait_saved(60_000)
    assert [e[1] for e in entries(served)] == [ITEM, OTHER, OTHER]
    assert matrix.scores() == scored(served)


def test_undo_and_redo_survive_a_reload(served: Lent, matrix: MatrixPage) -> None:
    before = matrix.read(ITEM, LEAD)
    matrix.press(ITEM, LEAD, "5")
    matrix.keys("ArrowRight", "5")
    matrix.wait_saved()
    matrix.reload()
    matrix.cell(ITEM, LEAD).click()
    matrix.keys("Control+z", "Control+z")
    expect(matrix.cell(ITEM, LEAD)).to_have_text(before)
    matrix.reload()
    matrix.cell(ITEM, LEAD).click()
    matrix.keys("Control+Shift+z")
    expect(matrix.cell(ITEM, LEAD)).to_have_text("II")
    matrix.wait_saved()
    assert matrix.scores() == scored(served)


def test_two_tabs_of_one_analyst_converge(served: Lent, page: Pages) -> None:
    first = MatrixPage(page(), served.url).open()
    second = MatrixPage(first.page.context.new_page(), served.url).open()
    first.press(ITEM, LEAD, "5")
    first.wait_saved()
    expect(second.cell(ITEM, LEAD)).to_have_text("II", timeout=15_000)
    second.press(ITEM, LEAD, "4")
    second.keys("+", "+")
    second.wait_saved()
    expect(first.cell(ITEM, LEAD)).to_have_text("I", timeout=15_000)
    expect(first.emphasis(ITEM)).to_have_value("1.1", timeout=15_000)
    assert first.scores() == second.scores() == scored(served)


def test_a_reason_is_kept_with_its_rating_and_returns_after_a_reload(
    matrix: MatrixPage,
) -> None:
    matrix.press(ITEM, LEAD, "4")
    matrix.keys("Enter")
    matrix.page.keyboard.type("They were needed <b>elsewhere</b>")
    matrix.keys("Enter")
    matrix.wait_saved()
    matrix.reload()
    matrix.press(ITEM, LEAD, "Enter")
    expect(matrix.page.locator("#lg-why")).to_have_value(
        "They were needed <b>elsewhere</b>"
    )
    matrix.page.locator("#lg-why").fill("Half typed")
    matrix.page.evaluate("window.onbeforeunload = null")
    matrix.keys("Escape")
    matrix.keys("b")
    matrix.wait_saved()
    matrix.keys("Enter")
    expect(matrix.page.locator("#lg-why")).not_to_have_value("Half typed")


def test_a_block_is_pasted_and_undone_as_one_and_digits_are_refused(
    served: Lent, page: Pages
) -> None:
    tab = page(permissions=("clipboard-read", "clipboard-write"))
    matrix = MatrixPage(tab, served.url).open()
    before = matrix.scores()

    def paste(text: str) -> None:
        matrix.cell(ITEM, LEAD).click()
        tab.evaluate("text => navigator.clipboard.writeText(text)", text)
        tab.keyboard.press("Control+v")

    paste("1\t2\n3\t4")
    expect(tab.locator(".lg-toast")).to_contain_text("Digits are refused")
    assert entries(served) == []
    paste("II\t--\nvery inconsistent\t\u2212")
    expect(matrix.cell(ITEM, LEAD)).to_have_text("II")
    matrix.wait_saved()
    assert matrix.read(OTHER, LEAD) == "II"
    assert len(entries(served)) == 4
    assert matrix.scores() == scored(served)
    matrix.cell(ITEM, LEAD).click()
    matrix.keys("Control+z")
    expect(matrix.cell(OTHER, LEAD)).not_to_have_text("II")
    matrix.wait_saved()
    assert matrix.scores() == before


def test_a_row_and_everything_go_back_to_the_baseline(
    served: Lent, matrix: MatrixPage
) -> None:
    before = matrix.scores()
    matrix.press(ITEM, LEAD, "5")
    matrix.keys("+", "e")
    matrix.press(OTHER, LEAD, "5")
    matrix.wait_saved()
    matrix.press(ITEM, LEAD, "Shift+B")
    expect(matrix.cell(ITEM, LEAD)).to_have_text("C")
    matrix.page.get_by_role("button", name="Return…").click()
    matrix.page.get_by_role("button", name="everything").click()
    expect(matrix.cell(OTHER, LEAD)).to_have_text("N")
    matrix.wait_saved()
    expect(matrix.page.locator(f"[data-score='{LEAD}']")).to_have_text(before[LEAD])
    assert matrix.scores() == before == scored(served)


def test_the_slider_of_a_source_moves_every_item_that_rests_on_it(
    served: Lent, matrix: MatrixPage
) -> None:
    slider = matrix.source_emphasis("sceeus-2024")
    matrix.drag(slider, 0.0)
    matrix.wait_saved()
    assert matrix.scores() == scored(served)
    matrix.drag(slider, 2.0)
    matrix.wait_saved()
    assert matrix.scores() == scored(served)


def test_filter_sort_and_the_turned_grid_keep_each_cell_its_own(
    served: Lent, matrix: MatrixPage
) -> None:
    tab = matrix.page
    tab.get_by_label("Sort by").select_option("weight")
    first = tab.locator("[role=gridcell][data-evidence]").first
    heaviest = first.get_attribute("data-evidence")
    assert heaviest
    matrix.press(heaviest, RIVAL, "5")
    tab.get_by_label("Filter evidence by text").fill("withdrawal announced")
    expect(tab.locator(".lg-count")).to_contain_text("of 65 items")
    matrix.press(ITEM, LEAD, "5")
    tab.get_by_label("Filter evidence by text").fill("")
    tab.get_by_role("button", name="Turn the grid").click()
    matrix.cell(ITEM, LEAD).click()
    matrix.keys("ArrowDown", "4")
    matrix.wait_saved()
    changed = {(e[1], e[2], json.loads(e[3])) for e in entries(served)}
    assert changed == {
        (heaviest, RIVAL, "II"),
        (ITEM, LEAD, "II"),
        (ITEM, "baku-leverage", "I"),
    }
    assert matrix.scores() == scored(served)


def test_the_lead_changes_at_the_tick_of_a_slider_and_not_before(
    matrix: MatrixPage,
) -> None:
    sliders = matrix.page.locator("input[data-tick-above]:not([data-tick-above=''])")
    expect(sliders.first).to_be_attached()
    slider = matrix.page.locator(
        f"input[data-emphasis='{sliders.first.get_attribute('data-emphasis')}']"
    )
    tick = float(slider.get_attribute("data-tick-above") or "nan")
    leader = min(matrix.ranks().items(), key=lambda item: item[1])[0]
    slider.focus()
    while float(slider.input_value()) + 0.05 < tick:
        matrix.keys("ArrowRight")
        assert matrix.ranks()[leader] == "#1"
    matrix.keys("ArrowRight")
    matrix.keys("ArrowRight")
    assert matrix.ranks()[leader] != "#1"


def test_no_key_of_the_grid_reaches_the_shortcuts_of_the_page(
    matrix: MatrixPage,
) -> None:
    matrix.press(ITEM, LEAD, "c")
    matrix.keys("r", "c", "Shift+C")
    expect(matrix.page.get_by_role("dialog")).to_have_count(0)
    assert matrix.read(ITEM, LEAD) == "CC"
