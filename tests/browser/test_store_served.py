"""A store without a folder: a case begun, rated and undone; another server has it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.matrix import PATIENCE, MatrixPage
from tests.browser.test_editing import begin
from workbench.case import folder, packing
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
    contents = given_out(ledger, standing.case)
    case = StoreShelf(ledger, standing.case).load()
    ledger.close()
    packing.unpack(contents, tmp_path / "out")
    assert folder.load(tmp_path / "out") == case
    assert list(case.item) == ["the-can-is-empty"]
