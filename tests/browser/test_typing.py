"""A case made by typing at the end of the grid, and what a hand needs for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.matrix import MatrixPage
from workbench.case import folder

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import Lent, Pages, Server

WITHIN = 20_000  # ms
MOST = 40  # clicks and keys beyond the texts typed
HYPOTHESES = ("The oil ran out", "Somebody put it out", "The wick was drowned")
ITEMS = tuple(f"What was seen at hour {number}" for number in range(1, 11))
_PASTE = """(field, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  field.dispatchEvent(new ClipboardEvent("paste",
    { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@dataclass
class Hand:
    """Types, and counts every click and key that is no text."""

    tab: Page
    count: int = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.tab.keyboard.press(key)
            self.count += 1

    def write(self, text: str) -> None:
        self.tab.keyboard.type(text)

    def paste(self, text: str) -> None:
        """Ctrl+V with a text on the clipboard: one key."""
        field(self.tab, "evidence").evaluate(_PASTE, text)
        self.count += 1


def field(tab: Page, what: str) -> Locator:
    return tab.get_by_label(f"Add {what}: title")


def titles(case: Path) -> list[str]:
    return [item.title for item in folder.load(case).evidence]


def new_case(worked: Server, tab: Page, hand: Hand) -> Path:
    """Begin a case beside others; its grid is there at once, to type in."""
    tab.goto(worked.url)
    tab.get_by_role("button", name="New case").click(timeout=WITHIN)
    hand.count += 1
    tab.get_by_role("textbox", name="Question", exact=True).fill("Why did it go out?")
    hand.press("Enter")
    expect(field(tab, "hypothesis")).to_be_focused(timeout=WITHIN)
    return worked.case / "why-did-it-go-out"


def test_question_hypotheses_items_and_ratings_take_forty_clicks_and_keys(
    worked: Server, page: Pages
) -> None:
    tab = page()
    hand = Hand(tab)
    case = new_case(worked, tab, hand)
    for title in HYPOTHESES:
        hand.write(title)
        hand.press("Enter")
        expect(field(tab, "hypothesis")).to_be_focused()
    expect(tab.locator("[data-score]")).to_have_count(3, timeout=WITHIN)
    hand.press("Enter")  # nothing typed: on to the items
    expect(field(tab, "evidence")).to_be_focused()
    hand.paste("\n".join(f"- {title}" for title in ITEMS))
    expect(tab.get_by_role("button", name="Add 10 items")).to_be_focused()
    hand.press("Enter")
    cells = tab.locator("[role=gridcell][data-evidence][data-hypothesis]")
    expect(cells).to_have_count(30, timeout=WITHIN)
    near = tab.locator(".lg-note.near")  # the hours differ by a number
    expect(near).to_have_count(3, timeout=WITHIN)
    expect(field(tab, "evidence")).to_be_focused()
    hand.press("Enter")  # nothing typed: on to the ratings
    asked = tab.get_by_role("dialog", name="Rate this item")
    expect(asked.get_by_role("heading", level=2)).to_contain_text("E1")
    orders = []
    for number in range(30):
        at = number % 3
        said = asked.get_by_role("heading", level=3).inner_text()
        orders.append(said[:2])
        expect(asked.get_by_role("heading", level=2)).to_contain_text(
            f"E{number // 3 + 1} "
        )
        hand.press("154"[at])
    assert {tuple(sorted(orders[i : i + 3])) for i in range(0, 30, 3)} == {
        ("H1", "H2", "H3")
    }
    assert len({tuple(orders[i : i + 3]) for i in range(0, 30, 3)}) > 1  # shuffled
    expect(asked).to_be_hidden()
    MatrixPage(tab, tab.url).wait_saved()
    assert hand.count <= MOST, hand.count
    made = folder.load(case)
    assert tuple(one.title for one in made.hypotheses) == HYPOTHESES
    assert tuple(item.title for item in made.evidence) == ITEMS
    assert made.question.question == "Why did it go out?"
    near.first.get_by_role("button", name="Look at E1").click()
    drawer = tab.get_by_role("region", name="Item in full")
    expect(drawer.get_by_role("heading", level=2)).to_contain_text(f"E1 {ITEMS[0]}")
    near.first.get_by_role("button", name="Both stay").click()
    expect(near).to_have_count(2)
    tab.keyboard.press("Escape")
    # a first rating departs from nothing, and a list is undone as one
    expect(tab.locator(".own")).to_have_count(0)
    for _ in range(30):
        tab.keyboard.press("Control+z")
    expect(tab.get_by_text("10 to rate")).to_have_count(3, timeout=WITHIN)
    tab.keyboard.press("Control+z")
    expect(cells).to_have_count(0, timeout=WITHIN)
    expect(near).to_have_count(0)
    assert folder.load(case).evidence == ()


def test_a_title_is_added_beside_filter_and_sort_and_survives_what_may_come(
    served: Lent, page: Pages
) -> None:
    tab = page()
    matrix = MatrixPage(tab, served.url).open()
    before = titles(served.case)
    tab.get_by_label("Filter evidence by text").fill("peacekeepers")
    tab.get_by_label("Sort by").select_option("weight")
    expect(tab).to_have_url(re.compile(r"filter=peacekeepers&sort=-weight"))
    tab.keyboard.press("Escape")
    new = add_one(tab, "A gauge was read")
    expect(new.first).to_have_attribute("tabindex", "0")  # the new row is selected
    tab.keyboard.press("Escape")
    expect(new.first).to_be_focused()
    tab.keyboard.press("5")
    expect(new.first).to_have_text(re.compile("II"))
    tab.keyboard.press("ArrowUp")
    expect(new).to_have_count(0)  # filter and sort hold again
    # a link opens the same view
    address = tab.url
    other = tab.context.new_page()
    other.goto(address)
    MatrixPage(other, served.url).wait_drawn()
    expect(other.get_by_label("Filter evidence by text")).to_have_value("peacekeepers")
    assert MatrixPage(other, served.url).grid.get_attribute("aria-rowcount") == (
        matrix.grid.get_attribute("aria-rowcount")
    )
    expect(other.get_by_role("columnheader", name="Weight")).to_have_attribute(
        "aria-sort", "descending"
    )
    other.close()
    # a hypothesis opens its column, and says how much awaits it
    there = tab.locator(".lg-line [data-hypothesis]").first.element_handle()
    tab.keyboard.press("Shift+A")
    tab.keyboard.type("A fifth explanation")
    tab.keyboard.press("Enter")
    awaits = f"H5 A fifth explanation added: {len(before) + 1} cells await a rating."
    expect(tab.get_by_text(awaits).first).to_be_visible(timeout=WITHIN)
    expect(tab.locator("[data-score]")).to_have_count(5)
    assert there.evaluate("cell => cell.isConnected")  # no line was built anew
    expect(tab.locator(".lg-line").first.locator("[data-hypothesis]")).to_have_count(5)
    levels_are_changed_and_undone(tab)
    a_table_is_looked_at_and_comes_in(tab, served)
    refused_and_killed(tab, served, before)


def levels_are_changed_and_undone(tab: Page) -> None:
    """Change beside the grid what an item weighs; undo is the grid's."""
    tab.keyboard.press("Escape")
    tab.get_by_label("Filter evidence by text").fill("")
    tab.keyboard.press("Enter")
    tab.keyboard.press(" ")
    weighs = tab.get_by_label("Credibility", exact=True)
    now = tab.locator("dt:text-is('Weight') + dd")
    before = now.inner_text()
    was = weighs.input_value()
    for word in ("low", "medium"):
        weighs.select_option(word)
        expect(now).not_to_have_text(before, timeout=WITHIN)
    weighs.select_option(label="as published")
    expect(now).to_have_text(before, timeout=WITHIN)
    expect(weighs).to_have_value(was)
    tab.get_by_label("Origin", exact=True).fill("one more origin")
    tab.get_by_label("Origin", exact=True).press("Enter")
    expect(tab.get_by_role("button", name="Undo").first).to_be_enabled()
    tab.locator("[role=gridcell][data-hypothesis][tabindex='0']").focus()
    tab.keyboard.press("Control+z")
    expect(tab.get_by_label("Origin", exact=True)).not_to_have_value(
        "one more origin", timeout=WITHIN
    )
    tab.keyboard.press("Escape")


def a_table_is_looked_at_and_comes_in(tab: Page, served: Lent) -> None:
    """Paste a table: shown first, then its items are the case's, its ratings mine."""
    case = folder.load(served.case)
    first = case.hypotheses[0]
    table = f"Item\t{first.title}\tH2\nA table was read\tII\tCC\nOf two rows\tC\t\n"
    field(tab, "evidence").evaluate(_PASTE, table)
    tab.get_by_role("button", name="Look at the table").click()
    dialog = tab.get_by_role("dialog")
    expect(dialog.get_by_text("2 items of it become items")).to_be_visible(
        timeout=WITHIN
    )
    assert folder.load(served.case) == case
    tab.get_by_role("button", name="Add 2 items to this case").click()
    expect(dialog).to_be_hidden(timeout=WITHIN)
    cell = f"[data-evidence=a-table-was-read][data-hypothesis={first.id}]"
    tab.keyboard.press("Escape")
    tab.get_by_label("Filter evidence by text").fill("table was read")
    expect(tab.locator(cell)).to_contain_text("II", timeout=WITHIN)
    made = folder.load(served.case)
    assert [dict(item.ratings) for item in made.evidence[-2:]] == [{}, {}]


def add_one(tab: Page, title: str) -> Locator:
    """Add an item by its title; gives its cells."""
    tab.keyboard.press("a")
    expect(field(tab, "evidence")).to_be_focused()
    tab.keyboard.type(title)
    tab.keyboard.press("Enter")
    expect(field(tab, "evidence")).to_have_value("")
    id_ = re.sub(r"[^a-z0-9]+", "-", title.lower())
    cells = tab.locator(f"[role=gridcell][data-evidence={id_}]")
    expect(cells.first).to_be_visible(timeout=WITHIN)
    expect(field(tab, "evidence")).to_be_focused()
    return cells


def refused_and_killed(tab: Page, served: Lent, before: list[str]) -> None:
    """Refuse a title, then type on while no server is there and after a reload."""
    evidence = field(tab, "evidence")
    evidence.fill("x" * 100_001)
    evidence.press("Enter")
    expect(tab.get_by_text(re.compile("Not added: x+.*make it shorter"))).to_be_visible(
        timeout=WITHIN
    )
    tab.get_by_role("button", name="Discard").click()
    served.server.kill()
    evidence.fill("Typed while nothing answered")
    evidence.press("Enter")
    expect(tab.get_by_text("Saving: Typed while nothing answered")).to_be_visible()
    evidence.type("Half a ti")
    tab.close()
    served.server.start()
    again = tab.context.new_page()
    MatrixPage(again, served.url).open()
    expect(field(again, "evidence")).to_have_value("Half a ti", timeout=WITHIN)
    expect(again.get_by_text("Draft, not added yet")).to_be_visible()
    expect(again.get_by_text(f"{len(before) + 4} items")).to_be_visible(timeout=WITHIN)
    assert titles(served.case)[len(before) :] == [
        "A gauge was read",
        "A table was read",
        "Of two rows",
        "Typed while nothing answered",
    ]
