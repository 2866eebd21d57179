"""A store without a folder: a case begun, rated and undone; another server has it."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.matrix import PATIENCE, MatrixPage
from tests.browser.test_editing import begin, is_saved, part
from workbench.case import folder, packing
from workbench.record.desk import Desk
from workbench.record.editing import Draft
from workbench.record.ledger import Ledger
from workbench.record.shelves import StoreShelf
from workbench.record.store.opening import file_url
from workbench.record.stored_cases import given_out, listed

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Pages, Servers

QUESTION = "Why did the lamp go out?"


def add(tab: Page, what: str, title: str) -> None:
    """Name a hypothesis or an item in the grid."""
    field = tab.get_by_label(f"Add {what}: title").first
    field.fill(title)
    field.press("Enter")
    expect(field).to_have_value("", timeout=PATIENCE)


def retitle(ledger: Ledger, case: str, item: str, title: str) -> None:
    """Change the title of an item as another process of the team would."""
    shelf = StoreShelf(ledger, case)
    desk = Desk(ledger, shelf.load(), "bob", draft=partial(Draft, shelf))
    asked = {"what": "evidence", "id": item, "field": "title", "value": title}
    assert desk.receive("bob", [[1, "act", {"act": "field", **asked}]]).refused == {}


def keep_mine_of_both(tab: Page, ledger: Ledger, case: str, item: str) -> None:
    """Type a title that another process changes meanwhile, see both, and choose."""
    part(tab, "title").fill("The can is dry")
    retitle(ledger, case, item, "Nothing is in the can")
    part(tab, "title").press("Control+Enter")
    versions = tab.locator(".fm-version")
    expect(versions).to_have_count(2, timeout=PATIENCE)
    expect(versions.nth(0)).to_contain_text("The can is dry")
    expect(versions.nth(1)).to_contain_text("Nothing is in the can")
    tab.get_by_role("button", name="Keep mine").click()
    is_saved(tab, "title")


def test_a_case_of_the_store_is_worked_on_by_two_servers(
    server: Servers, page: Pages, tmp_path: Path
) -> None:
    url = file_url(tmp_path / "team.sqlite3")
    first = server.store(url)
    tab = page()
    tab.goto(first.url)
    expect(tab.get_by_text("There is no case here yet")).to_be_visible(timeout=PATIENCE)
    begin(tab, QUESTION)
    add(tab, "hypothesis", "The oil ran out")
    add(tab, "hypothesis", "Somebody put it out")
    add(tab, "evidence", "The can is empty")
    cell = ("the-can-is-empty", "the-oil-ran-out")
    matrix = MatrixPage(tab, first.url)
    expect(matrix.cell(*cell)).to_be_visible(timeout=PATIENCE)
    matrix.press(*cell, "1")
    matrix.press(cell[0], "somebody-put-it-out", "5")
    matrix.wait_saved()
    matrix.keys("Control+z")
    expect(matrix.cell(cell[0], "somebody-put-it-out")).not_to_contain_text("II")
    matrix.wait_saved().reload()
    expect(tab).to_have_url(
        re.compile(r"\?case=why-did-the-lamp-go-out-[0-9a-f]{6}(&|$)")
    )
    assert matrix.read(*cell) == "CC"

    second = server.store(url)
    other = page()
    other.goto(second.url)
    expect(other.get_by_role("heading", name=QUESTION)).to_be_visible(timeout=PATIENCE)
    other.get_by_role("button", name="Open", exact=True).click()
    theirs = MatrixPage(other, second.url).wait_drawn()
    assert theirs.read(*cell) == "CC"
    add(other, "evidence", "Steps were heard")
    seen = matrix.cell("steps-were-heard", "the-oil-ran-out")
    expect(seen).to_be_visible(timeout=PATIENCE)  # by itself, on the other server
    theirs.press(*cell, "Control+z")  # with the focus in the grid
    expect(seen).to_be_hidden(timeout=PATIENCE)
    theirs.wait_saved()
    matrix.wait_saved()

    ledger = Ledger(url)
    (standing,) = listed(ledger)
    other.goto(second.at("evidence", case=standing.case))
    other.get_by_role("button", name="Edit", exact=True).click(timeout=PATIENCE)
    keep_mine_of_both(other, ledger, standing.case, cell[0])
    expect(tab.get_by_text("The can is dry").first).to_be_visible(timeout=PATIENCE)

    contents = given_out(ledger, standing.case)
    case = StoreShelf(ledger, standing.case).load()
    ledger.close()
    packing.unpack(contents, tmp_path / "out")
    assert folder.load(tmp_path / "out") == case
    assert [one.title for one in case.evidence] == ["The can is dry"]
