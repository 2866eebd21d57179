"""From a sign that was seen to an item, a snapshot and a comparison; by keys alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.matrix import MatrixPage
from workbench.case import folder

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import Lent, Pages

WITHIN = 20_000  # ms
SIGN = "A log of the harbour shows the men on board"
DAY = "2025-03-02"


def press(tab: Page, button: Locator) -> None:
    """Press a button as the keyboard does."""
    expect(button).to_be_visible(timeout=WITHIN)
    button.focus()
    tab.keyboard.press("Enter")


def choose_a_day(tab: Page) -> None:
    """Type the day of what is noted, and lose the page before it is one, and after."""
    day = tab.get_by_label("Noted on", exact=True)
    day.focus()
    tab.keyboard.press("Control+A")
    tab.keyboard.type(DAY[:-1])
    told = tab.get_by_text("No day so far: write it as 2026-01-31. Until then it is 20")
    expect(told).to_be_visible(timeout=WITHIN)
    tab.reload()
    expect(day).to_have_value(DAY[:-1], timeout=WITHIN)
    day.focus()
    tab.keyboard.press("End")
    tab.keyboard.type(DAY[-1])
    tab.reload()  # not left, and within the moment before it is sent
    expect(day).to_have_value(DAY, timeout=WITHIN)
    said = tab.get_by_text("The day is as you chose it before")
    expect(said).to_be_visible(timeout=WITHIN)


def suppose_it_failed(tab: Page, served: Lent) -> None:
    """Type a reason of the premortem, lose the page, and make a hypothesis of it."""
    reason = tab.get_by_label("First reason")
    reason.focus()
    tab.keyboard.type("Nobody asked the crew")
    expect(tab.get_by_text("Draft, not added yet")).to_be_visible(timeout=WITHIN)
    tab.reload()
    expect(reason).to_have_value("Nobody asked the crew", timeout=WITHIN)
    press(tab, tab.get_by_role("button", name="Make it a hypothesis").first)
    expect(reason).to_have_value("", timeout=WITHIN)
    expect(tab.get_by_text("Added", exact=True)).to_be_visible(timeout=WITHIN)
    titles = {one.title for one in folder.load(served.case).hypotheses}
    assert "Nobody asked the crew" in titles


def test_a_sign_becomes_an_item_and_the_work_is_compared_by_keys_alone(
    served: Lent, page: Pages
) -> None:
    tab = page()
    MatrixPage(tab, served.url).open()
    step = tab.get_by_role("link", name="Write it up")  # of the guide, folded away
    expect(step).to_have_count(0)
    press(tab, tab.get_by_test_id("stExpandSidebarButton"))
    expect(step).to_be_visible(timeout=WITHIN)
    tab.locator("[role=gridcell]").first.click()
    tab.keyboard.press("g")
    tab.keyboard.press("w")
    adder = tab.get_by_label("Add indicator: title")
    expect(adder).to_be_visible(timeout=WITHIN)
    adder.focus()
    tab.keyboard.type(SIGN)
    tab.keyboard.press("Enter")
    card = tab.locator("[class*=st-key-sign-]").filter(has_text=SIGN)
    expect(card).to_be_visible(timeout=WITHIN)
    choose_a_day(tab)
    suppose_it_failed(tab, served)  # the page is opened anew
    chosen = tab.get_by_text("The day is as you chose it before")
    expect(chosen).to_be_visible(timeout=WITHIN)
    press(tab, card.get_by_role("button", name="Observed", exact=True))
    take = card.get_by_role("button", name="Make it an item")
    expect(tab.get_by_role("heading", name="Emerging (1)")).to_be_visible(
        timeout=WITHIN
    )
    press(tab, take)
    expect(card.get_by_text("Taken up as")).to_be_visible(timeout=WITHIN)
    case = folder.load(served.case)
    assert [str(one.date) for one in case.evidence if one.title == SIGN] == [DAY]
    tab.locator("h3", has_text="Watch").click()
    tab.keyboard.press("g")
    tab.keyboard.press("h")
    name = tab.get_by_label("Name of the snapshot")
    expect(name).to_be_visible(timeout=WITHIN)
    name.focus()
    tab.keyboard.type("Before the meeting")
    tab.reload()
    expect(name).to_have_value("Before the meeting", timeout=WITHIN)
    press(tab, tab.get_by_role("button", name="Save snapshot"))
    saved = tab.get_by_text("Snapshot “Before the meeting” is saved.")
    expect(saved).to_be_visible(timeout=WITHIN)
    # the page of before may still stand below for a moment
    expect(name.first).to_have_value("", timeout=WITHIN)
    press(tab, tab.get_by_role("button", name="Compare", exact=True))
    added = tab.get_by_text(re.compile("A log of the harbour.* added"))
    expect(added.first).to_be_visible(timeout=WITHIN)
    # two more changes of the same control
    for shown in ("Ranks", "Scores"):
        press(tab, tab.get_by_role("radio", name=shown))
        title = tab.locator("svg.marks text").filter(has_text=f"{shown} over the work")
        expect(title).to_be_visible(timeout=WITHIN)
