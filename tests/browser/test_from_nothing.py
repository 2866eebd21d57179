"""A whole case in one sitting, from an empty folder, with no file edited by hand."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.matrix import MatrixPage
from tests.browser.test_editing import (
    WITHIN,
    begin,
    is_saved,
    nothing_serious,
    part,
)
from workbench.case import folder

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Pages, Servers

HYPOTHESES = ("The oil ran out", "Somebody put it out", "None of these")
ITEMS = (
    "The can is empty",
    "Steps were heard",
    "The wick is short",
    "The door stood open",
    "The can holds no oil",
    "Nobody signed for oil",
    "Rain came in",
    "The glass is whole",
    "A boat was moored",
    "The keeper slept",
)
CODES = ("15", "41", "33", "42", "15", "24", "33", "22", "41", "23")
SOURCES = ("The keeper's log", "The inspector")
SIGN = "A second can is found full"


def went(tab: Page, page: str) -> None:
    tab.get_by_role("link", name=page, exact=True).first.click()
    expect(tab.get_by_role("heading", name=page, exact=True)).to_be_visible(
        timeout=WITHIN
    )


def press(tab: Page, name: str) -> None:
    tab.get_by_role("button", name=name, exact=True).click(timeout=WITHIN)


def shows(tab: Page, text: str) -> None:
    expect(tab.get_by_text(text).first).to_be_visible(timeout=WITHIN)


def ask_and_list(tab: Page) -> None:
    """Begin the case, name three hypotheses and paste ten items."""
    begin(tab, "Why did the lamp go out?")
    field = tab.get_by_label("Add hypothesis: title")
    for title in HYPOTHESES[:2]:
        field.fill(title)
        field.press("Enter")
    tab.get_by_role("button", name="None of these").click()
    expect(tab.get_by_role("columnheader", name="H3 None of these")).to_be_visible(
        timeout=WITHIN
    )
    field = tab.get_by_label("Add evidence: title").first
    field.fill(ITEMS[0])
    field.press("Enter")
    expect(field).to_have_value("")
    field.evaluate(
        """(field, text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          field.dispatchEvent(new ClipboardEvent("paste",
            { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        "\n".join(ITEMS[1:]),
    )
    press(tab, f"Add {len(ITEMS) - 1} items")
    last = tab.locator("[data-evidence=the-keeper-slept]").first
    expect(last).to_be_visible(timeout=WITHIN)


def rate_all(matrix: MatrixPage, case: Path) -> None:
    """Rate every item by keyboard, with NA against none of these."""
    made = folder.load(case)
    first, second, none = (one.id for one in made.hypotheses)
    for item, codes in zip(made.evidence, CODES, strict=True):
        matrix.press(item.id, first, codes[0])
        matrix.press(item.id, second, codes[1])
        matrix.press(item.id, none, "6")
    matrix.wait_saved()


def cite_and_set_aside(tab: Page) -> None:
    """Say whose each item is, making both sources in place; set two aside."""
    press(tab, "Edit")
    for at, title in enumerate(ITEMS):
        expect(part(tab, "title")).to_have_value(title, timeout=WITHIN)
        source = SOURCES[at % 2]
        if at < len(SOURCES):
            tab.get_by_label("Name of a new source").fill(source)
            tab.keyboard.press("Enter")
        else:
            press(tab, "Cite a source")
            tab.get_by_label("Source", exact=True).last.select_option(label=source)
        place = tab.get_by_label("Where in it")
        place.fill(f"p. {at // 2 + 1}", timeout=WITHIN)
        place.press("Control+Enter")
        is_saved(tab, "sources")
        if title in ("Rain came in", "The keeper slept"):
            tab.get_by_label("Why it is set aside").fill("It tells nothing.")
            press(tab, "Set aside")
            expect(tab.get_by_role("button", name="Count it again")).to_be_visible(
                timeout=WITHIN
            )
        if at < len(ITEMS) - 1:
            press(tab, "Next")


def merge(tab: Page, served_at: str) -> None:
    """Make one item of the two that say the same, and look at it before."""
    tab.goto(served_at)
    press(tab, "Edit")
    tab.get_by_text("Merge with another", exact=True).click(timeout=WITHIN)
    other = tab.get_by_role("combobox", name="Merge with")
    other.click(timeout=WITHIN)
    other.fill("E5 ")
    tab.keyboard.press("Enter")
    shows(tab, "This changes 2 files")
    nothing_serious(tab)
    press(tab, "Merge E5 into E1")
    shows(tab, "9 items")


def watch(tab: Page) -> None:
    """Name a sign, see it, and make it an item."""
    went(tab, "Watch")
    sign = tab.get_by_label("Add indicator: title")
    sign.fill(SIGN, timeout=WITHIN)
    sign.press("Enter")
    press(tab, "Observed")
    press(tab, "Make it an item")
    shows(tab, "Taken up as")


def snapshot_and_compare(tab: Page) -> None:
    went(tab, "History")
    name = tab.get_by_role("textbox", name="Name of the snapshot")
    name.fill("First look", timeout=WITHIN)
    press(tab, "Save snapshot")
    shows(tab, "is saved")
    shows(tab, "It tells nothing.")
    press(tab, "Compare")
    shows(tab, "What moved the ranking")


def brief(tab: Page) -> str:
    went(tab, "Report")
    for choice in ("md", "Brief"):
        tab.get_by_role("radio", name=choice, exact=True).click(timeout=WITHIN)
    tab.get_by_text("Preview", exact=True).click()
    shows(tab, "# Why did the lamp go out?")
    with tab.expect_download(timeout=WITHIN) as given:
        press(tab, "Download md")
    return given.value.path().read_text(encoding="utf-8")


def test_a_question_becomes_a_report_in_one_sitting(
    server: Servers, page: Pages
) -> None:
    served = server.library()
    tab = page()
    tab.goto(served.url)
    ask_and_list(tab)
    case = served.case / "why-did-the-lamp-go-out"
    matrix = MatrixPage(tab, served.url)
    rate_all(matrix, case)
    went(tab, "Evidence")
    cite_and_set_aside(tab)
    merge(tab, f"{served.url}/evidence?case={case.name}&item=the-can-is-empty")
    watch(tab)
    snapshot_and_compare(tab)
    report = brief(tab)

    made = folder.load(case)
    assert tuple(one.title for one in made.hypotheses) == HYPOTHESES
    assert len(made.evidence) == len(ITEMS) - 1 + 1  # one merged, one taken up
    assert tuple(one.name for one in made.sources) == SOURCES
    assert [one.title for one in made.evidence if one.status == "set-aside"] == [
        "Rain came in",
        "The keeper slept",
    ]
    both = made.item["the-can-is-empty"]
    assert both.statement == "The can is empty The can holds no oil"
    assert [c.at for c in both.sources] == ["p. 1", "p. 3"]
    assert made.item["a-second-can-is-found-full"]
    assert "Why did the lamp go out?" in report
    assert re.search(r"Somebody put it out|The oil ran out", report)
    assert "departs" not in report
    checked = subprocess.run(
        [sys.executable, "-m", "workbench", "check", str(case)], check=False
    )
    assert checked.returncode == 0
