"""What an analyst does in the grid, in a real browser on a real server."""

from __future__ import annotations

import contextlib
import io
import json
import random
import sqlite3
from typing import TYPE_CHECKING, Any

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


# ------------------------------------------------------------------ at once and later
PASTED = "II\t--\nvery inconsistent\t\u2212"


def pastes_a_block(matrix: MatrixPage, served: Lent) -> None:
    """A block is pasted and undone as one, and digits are refused."""
    tab = matrix.page
    before = matrix.scores()

    def paste(text: str) -> None:
        matrix.cell(ITEM, LEAD).click()
        tab.evaluate("text => navigator.clipboard.writeText(text)", text)
        tab.keyboard.press("Control+v")

    paste("1\t2\n3\t4")
    expect(tab.locator(".lg-toast")).to_contain_text("Digits are refused")
    assert entries(served) == []
    paste(PASTED)
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


def undoes_after_a_reload(matrix: MatrixPage, served: Lent) -> None:
    """Undo and redo survive a reload."""
    before = matrix.read(ITEM, LEAD)
    matrix.press(ITEM, LEAD, "5")
    matrix.keys("ArrowRight", "5")
    matrix.wait_saved()
    matrix.reload()
    assert matrix.read(ITEM, LEAD) == "II"
    matrix.cell(ITEM, LEAD).click()
    matrix.keys("Control+z", "Control+z")
    expect(matrix.cell(ITEM, LEAD)).to_have_text(before)
    matrix.reload()
    matrix.cell(ITEM, LEAD).click()
    matrix.keys("Control+Shift+z")
    expect(matrix.cell(ITEM, LEAD)).to_have_text("II")
    matrix.wait_saved()
    assert matrix.scores() == scored(served)


def keeps_a_reason_with_its_rating(matrix: MatrixPage) -> None:
    """A reason is kept with its rating and returns after a reload."""
    reason = matrix.page.locator("#lg-why")
    matrix.press(ITEM, LEAD, "4")
    matrix.keys("Enter")
    matrix.page.keyboard.type("They were needed <b>elsewhere</b>")
    matrix.keys("Enter")
    matrix.wait_saved()
    matrix.reload()
    matrix.press(ITEM, LEAD, "Enter")
    expect(reason).to_have_value("They were needed <b>elsewhere</b>")
    reason.fill("Half typed")
    matrix.page.evaluate("window.onbeforeunload = null")
    matrix.keys("Escape")
    matrix.keys("b")
    matrix.wait_saved()
    matrix.keys("Enter")
    expect(reason).not_to_have_value("Half typed")
    matrix.keys("Escape")


def keeps_its_keys_from_the_page(matrix: MatrixPage) -> None:
    """No key of the grid reaches the shortcuts of the page."""
    matrix.press(ITEM, LEAD, "c")
    matrix.keys("r", "c", "Shift+C")
    expect(matrix.page.get_by_role("dialog")).to_have_count(0)
    assert matrix.read(ITEM, LEAD) == "CC"


def goes_along_with_another_tab(first: MatrixPage, served: Lent) -> None:
    """Two tabs of one analyst converge; what was rated is there on coming back."""
    first.page.get_by_role("link", name="Guide").first.click()
    expect(first.page.get_by_text("Heuer").first).to_be_visible()
    first.page.get_by_role("link", name="Matrix").first.click()
    first.wait_drawn()
    assert first.read(ITEM, LEAD) == "CC"
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


def test_what_is_pasted_typed_and_undone_is_there_after_a_reload_and_in_another_tab(
    served: Lent, page: Pages
) -> None:
    tab = page(permissions=("clipboard-read", "clipboard-write"))
    matrix = MatrixPage(tab, served.url).open()
    pastes_a_block(matrix, served)
    undoes_after_a_reload(matrix, served)
    keeps_a_reason_with_its_rating(matrix)
    keeps_its_keys_from_the_page(matrix)
    goes_along_with_another_tab(matrix, served)


# ------------------------------------------------------------------ scores
def scores_as_the_command_line_after_each_key(matrix: MatrixPage, served: Lent) -> None:
    """After each of 20 keys the scores are those of the command line."""
    chance = random.Random(7)
    hypotheses = [h.id for h in folder.load(served.case).hypotheses]
    for number, evidence in enumerate(items(served)[:20]):
        key = chance.choice([*KEYS, "c", "Shift+C", "i", "Shift+I", "n", "x"])
        matrix.press(evidence, hypotheses[number % 4], key)
        matrix.wait_saved()
        assert matrix.scores() == scored(served), f"after {key} on {evidence}"


def keeps_up_with_thirty_keys(matrix: MatrixPage, served: Lent) -> None:
    """Thirty keys typed at once are on screen and in the ledger."""
    evidence, before = items(served), matrix.cells()
    begun = len(entries(served))
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
    stored = {e[1]: json.loads(e[3]) for e in entries(served)[begun:]}
    for item, code in wanted.items():
        assert before[item, LEAD] == code or stored[item] == code


# Of each cell on screen: its item, its row's label, and whether it is told by that.
_TOLD = r"""grid => [...grid.querySelectorAll("[role=row]")].flatMap(row => {
  const [label] = row.textContent.match(/E\d+/) ?? [""];
  return [...row.querySelectorAll("[role=gridcell][data-evidence]")].map(cell => [
    cell.dataset.evidence, label,
    cell.getAttribute("aria-label").split(", ").includes(label)]);
})"""


def tells_each_cell_apart(matrix: MatrixPage, served: Lent) -> None:
    """Whatever the order, a cell is told by the item of the row that it stands in."""
    labels = {one.id: one.label for one in folder.load(served.case).evidence}
    told = matrix.grid.evaluate(_TOLD)
    assert len(told) > len(labels) / 4
    assert {(item, label) for item, label, _ in told} <= labels.items()
    assert all(named for *_, named in told)


def keeps_each_cell_its_own(matrix: MatrixPage, served: Lent) -> None:
    """Filter, sort and the turned grid keep each cell its own."""
    tab = matrix.page
    tab.get_by_label("Sort by").select_option("diagnosticity")
    tells_each_cell_apart(matrix, served)
    tab.get_by_label("Sort by").select_option("weight")
    first = tab.locator("[role=gridcell][data-evidence]").first
    heaviest = first.get_attribute("data-evidence")
    assert heaviest
    matrix.press(heaviest, RIVAL, "5")
    tab.get_by_label("Filter evidence by text").fill("withdrawal announced")
    expect(tab.locator(".lg-count")).to_contain_text("of 65 items")
    matrix.press(ITEM, LEAD, "5")
    tab.get_by_label("Filter evidence by text").fill("")
    tells_each_cell_apart(matrix, served)
    turn = tab.get_by_role("button", name="Turn the grid")
    turn.click()
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
    tab.get_by_label("Sort by").select_option("label")
    turn.click()


def test_after_each_key_the_scores_are_those_of_the_command_line(
    served: Lent, page: Pages
) -> None:
    matrix = MatrixPage(page(), served.url).open()
    keeps_each_cell_its_own(matrix, served)
    scores_as_the_command_line_after_each_key(matrix, served)
    keeps_up_with_thirty_keys(matrix, served)


# ------------------------------------------------------------------ emphasis
def changes_the_lead_at_a_tick(matrix: MatrixPage) -> None:
    """The lead changes at the tick of a slider and not before."""
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


def goes_back_to_the_baseline(
    matrix: MatrixPage, served: Lent, before: dict[str, str]
) -> None:
    """A row and everything go back to the baseline."""
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


def moves_every_item_of_a_source(matrix: MatrixPage, served: Lent) -> None:
    """The slider of a source moves every item that rests on it."""
    slider = matrix.source_emphasis("sceeus-2024")
    matrix.drag(slider, 0.0)
    matrix.wait_saved()
    assert matrix.scores() == scored(served)
    matrix.drag(slider, 2.0)
    matrix.wait_saved()
    assert matrix.scores() == scored(served)


def paints_while_it_is_dragged(matrix: MatrixPage, served: Lent) -> None:
    """A drag paints at least ten scores before release, and is stored at release."""
    begun = len(entries(served))
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
    before_release = [e for e in entries(served)[begun:] if e[0] == "emphasis"]
    mouse.up()
    matrix.wait_saved()
    assert len(seen) >= 10
    assert before_release == []
    stored = [e[3] for e in entries(served)[begun:] if e[0] == "emphasis"]
    assert stored == ["2.0"]
    assert matrix.scores() == scored(served)


def test_what_a_hand_emphasises_moves_lead_and_scores_and_goes_back(
    served: Lent, page: Pages
) -> None:
    matrix = MatrixPage(page(), served.url).open()
    before = matrix.scores()
    paints_while_it_is_dragged(matrix, served)
    goes_back_to_the_baseline(matrix, served, before)
    changes_the_lead_at_a_tick(matrix)
    moves_every_item_of_a_source(matrix, served)
