"""One's own cells rated again by keys, one after the other, and after a reload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from workbench.case import folder
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger
from workbench.record.store.opening import file_url

if TYPE_CHECKING:
    from tests.browser.conftest import Lent, Pages

PATIENCE = 20_000  # ms
NAME = "Ann"


def rate_some(served: Lent) -> None:
    """Give an analyst thirty ratings of their own."""
    case = folder.load(served.case)
    cells = [(item.id, h.id) for item in case.evidence for h in case.hypotheses][:30]
    ledger = Ledger(file_url(served.ledger))
    changes = [["rating", *cell, "CC", "as I said"] for cell in cells]
    Desk(ledger, case, NAME).change("page", 1, changes)
    ledger.close()


def test_a_sample_is_rated_again_by_keys_and_goes_on_after_a_reload(
    served: Lent, page: Pages
) -> None:
    rate_some(served)
    tab = page()
    port = served.url.split(":")[2].split("/")[0]
    cookie = {"name": f"workbench_analyst_{port}", "value": NAME}
    tab.context.add_cookies([{**cookie, "url": served.url.split("?")[0]}])
    tab.goto(served.at("robustness"))
    tab.get_by_role("button", name="Re-rate a sample").click(timeout=PATIENCE)
    expect(tab.get_by_text("0 of 24 rated again")).to_be_visible(timeout=PATIENCE)
    expect(tab.get_by_text("If judgments are a little off")).to_be_hidden()
    for key in range(1, 6):
        # The keys of a cell are heard once all of it is drawn.
        tab.locator("[data-test-script-state=notRunning]").wait_for()
        tab.keyboard.press(str(key))
        expect(tab.get_by_text(f"{key} of 24 rated again")).to_be_visible()
    tab.reload()
    tab.get_by_role("button", name="Go on").click(timeout=PATIENCE)
    expect(tab.get_by_text("5 of 24 rated again")).to_be_visible(timeout=PATIENCE)
    tab.get_by_role("button", name="Stop for now").click()
    told = tab.get_by_text("5 of 24 cells rated again so far")
    expect(told).to_be_visible(timeout=PATIENCE)
    ledger = Ledger(file_url(served.ledger))
    kept = [one.change.to for one in ledger.entries(kinds=["rerating"])[1:]]
    ledger.close()
    assert kept == ["CC", "C", "N", "I", "II"]
