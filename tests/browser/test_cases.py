"""Several cases on one server, in a real browser: each keeps what was judged in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.matrix import MatrixPage
from workbench.case import folder

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Pages, Server

AUM, CAMPAIGN = "aum-shinrikyo", "campaign-compromise-2016"
CELL = ("e1", "h1")  # both cases have it
HREFS = "[...document.querySelectorAll('a[href]')].map(one => one.href)"


def card(tab: Page, name: str) -> None:
    """Open a case from the list."""
    titles = {AUM: "Aum Shinrikyo before the Tokyo attack"}
    title = titles.get(name, "Campaign compromise, 2016")
    heading = tab.get_by_role("heading", name=title, exact=True)
    expect(heading).to_be_visible()
    order = [AUM, CAMPAIGN].index(name)
    tab.get_by_role("button", name="Open", exact=True).nth(order).click()


def address(served: Server, path: str, case: str) -> re.Pattern[str]:
    """Match a page's address that names the case, whatever else it names."""
    place = re.escape(f"{served.url}/{path}")
    return re.compile(rf"^{place}\?(?:[^#]*&)?case={re.escape(case)}(?:&|$)")


def to_list(tab: Page) -> None:
    tab.get_by_role("link", name="Cases", exact=True).first.click()
    expect(tab.get_by_role("heading", name="Cases", exact=True)).to_be_visible()


def test_what_is_rated_in_one_case_stays_there_and_is_there_again(
    worked: Server, page: Pages
) -> None:
    tab = page()
    tab.goto(worked.url)
    card(tab, AUM)
    matrix = MatrixPage(tab, worked.url).wait_drawn().wait_saved()
    expect(tab).to_have_url(f"{worked.url}/?case={AUM}")
    matrix.press(*CELL, "5")
    matrix.wait_saved()
    rated = matrix.scores()

    to_list(tab)
    card(tab, CAMPAIGN)
    matrix.wait_drawn().wait_saved()
    expect(tab).to_have_url(f"{worked.url}/?case={CAMPAIGN}")
    assert matrix.read(*CELL) == "CC"
    assert set(matrix.scores()) == {"h1", "h2", "h3", "h4", "h5"}
    matrix.press(*CELL, "3")
    matrix.wait_saved()

    to_list(tab)
    card(tab, AUM)
    matrix.wait_drawn().wait_saved()
    assert matrix.read(*CELL) == "II"
    assert matrix.scores() == rated

    matrix.reload()
    expect(tab).to_have_url(f"{worked.url}/?case={AUM}")
    assert matrix.read(*CELL) == "II"
    assert {path.name for path in worked.case.glob("*/.workbench")} == {".workbench"}
    assert len(list(worked.case.glob("*/.workbench/ledger.sqlite3"))) == 2


def test_the_address_keeps_the_case_on_every_page_and_in_another_tab(
    worked: Server, page: Pages
) -> None:
    tab = page()
    tab.goto(f"{worked.url}/?case={CAMPAIGN}")
    MatrixPage(tab, worked.url).wait_drawn()
    for name in ("Evidence", "Robustness", "Guide"):
        tab.get_by_role("link", name=name, exact=True).first.click()
        expect(tab.get_by_role("heading", name=name, exact=True)).to_be_visible()
        expect(tab).to_have_url(address(worked, name.lower(), CAMPAIGN))
        here = [one for one in tab.evaluate(HREFS) if one.startswith(worked.url)]
        assert len(here) > 12
        assert [one for one in here if f"case={CAMPAIGN}" not in one] == []
    tab.get_by_role("link", name="Evidence", exact=True).first.click()
    expect(tab.get_by_role("heading", name="Evidence", exact=True)).to_be_visible()
    expect(tab).to_have_url(address(worked, "evidence", CAMPAIGN))
    with tab.context.expect_page() as opened:
        team = tab.get_by_role("link", name="Team", exact=True).first
        team.click(button="middle")
    expect(opened.value.get_by_text("Campaign compromise").first).to_be_visible()
    expect(opened.value).to_have_url(address(worked, "team", CAMPAIGN))
    opened.value.close()
    tab.reload()
    expect(tab.get_by_text("Campaign compromise, 2016").first).to_be_visible()
    other = tab.context.new_page()
    other.goto(tab.url)
    expect(other.get_by_text("Campaign compromise, 2016").first).to_be_visible()
    other.goto(f"{worked.url}/?case={AUM}")
    MatrixPage(other, worked.url).wait_drawn()
    tab.reload()
    expect(tab.get_by_text("Campaign compromise, 2016").first).to_be_visible()
    other.goto(f"{worked.url}/report?case=..%2Flibrary")
    expect(other.get_by_text("There is no case")).to_be_visible()
    expect(other).to_have_url(f"{worked.url}/cases")


def test_a_new_case_is_begun_from_the_list(worked: Server, page: Pages) -> None:
    tab = page()
    tab.goto(worked.url)
    tab.get_by_role("button", name="New case").click()
    tab.get_by_role("textbox", name="Question").fill("Why did the lamp go out?")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("The case has no hypotheses yet")).to_be_visible()
    expect(tab).to_have_url(f"{worked.url}/?case=why-did-the-lamp-go-out")
    made = folder.load(worked.case / "why-did-the-lamp-go-out")
    assert made.question.question == "Why did the lamp go out?"
    to_list(tab)
    expect(
        tab.get_by_role("heading", name="Why did the lamp go out?", exact=True)
    ).to_be_visible()
