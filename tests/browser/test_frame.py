"""What stands on every page: its siblings, the verdict, undo, links, the address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.screen import go_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Lent, Pages

PATIENCE = 30_000
NAMES = ("Question", "Evidence", "Matrix", "Robustness", "Probability", "Report")


def names_the_pages(tab: Page) -> None:
    """The pages stand by name, and the steps unfold and fold."""
    for name in NAMES:
        link = tab.get_by_role("link", name=name, exact=True)
        expect(link).to_be_visible(timeout=PATIENCE)
    steps = tab.get_by_role("button", name="Steps")
    hangs = tab.get_by_role("link", name=re.compile("6. Ask what it hangs on"))
    for seen in (True, False):  # opened, and closed again
        steps.click()
        expect(hangs).to_be_visible(visible=seen, timeout=PATIENCE)


def goes_to(tab: Page, name: str) -> None:
    """Go to a page by its name at the top, which is marked there and in view."""
    link = tab.get_by_role("link", name=name, exact=True)
    link.click()
    expect(link).to_have_attribute("aria-current", "page", timeout=PATIENCE)
    expect(link).to_be_in_viewport(ratio=0.99)
    heading = tab.get_by_role("heading", name=name, exact=True)
    expect(heading).to_be_visible(timeout=PATIENCE)


def says_below_what_is_saved(tab: Page) -> None:
    """What is saved is always in view and covers nothing."""
    state = tab.locator("[data-unsaved]")
    expect(state).to_have_text("All changes saved", timeout=PATIENCE)
    expect(state).to_be_in_viewport(ratio=1)
    line, main = state.bounding_box(), tab.locator(".stMain").bounding_box()
    assert line
    assert main
    assert main["y"] + main["height"] <= line["y"] + 1
    assert line["height"] <= 30


def jumps_to_a_heading(tab: Page) -> None:
    """A heading of a long page is jumped to without leaving it."""
    tab.evaluate("window.stays = true")
    heading = tab.get_by_role("heading", name="Key assumptions", exact=True)
    expect(heading).not_to_be_in_viewport(timeout=PATIENCE)
    tab.get_by_role("link", name="Key assumptions", exact=True).click()
    expect(heading).to_be_in_viewport()
    assert tab.evaluate("window.stays")


def test_the_pages_stand_by_name_where_the_window_is_narrow(
    shared: Callable[[], Lent], page: Pages
) -> None:
    low, phone, desk = (720, 450), (390, 844), (1440, 900)
    tab = page(size=low)
    tab.goto(shared().at("question"))
    # Before the page is drawn, the names in Streamlit's folded sidebar would be found.
    drawn = tab.locator(".stMain h3").first
    expect(drawn).to_be_visible(timeout=PATIENCE)
    jumps_to_a_heading(tab)
    for width, height in (low, phone):
        tab.set_viewport_size({"width": width, "height": height})
        names_the_pages(tab)
        for name in ("Evidence", "Guide", "Report"):
            goes_to(tab, name)
            says_below_what_is_saved(tab)
        assert tab.evaluate("document.body.scrollWidth") <= width
    tab.set_viewport_size({"width": desk[0], "height": desk[1]})
    expect(tab.get_by_role("button", name="Steps")).to_be_hidden()
    says_below_what_is_saved(tab)


def test_the_verdict_stands_on_every_page_and_leads_to_what_it_hangs_on_and_on(
    shared: Callable[[], Lent], page: Pages
) -> None:
    tab = page()
    tab.goto(shared().at("question"))
    said = set()
    for name in ("Question", "Evidence", "Probability", "Report", "Guide"):
        go_to(tab, name)
        verdict = tab.get_by_role("link", name=re.compile("Verdict:"))
        expect(verdict).to_be_visible(timeout=PATIENCE)
        said.add(verdict.inner_text().split("Verdict:")[1])
    assert len(said) == 1
    verdict.click()
    tab.wait_for_url(re.compile("/robustness"), timeout=PATIENCE)
    expect(
        tab.get_by_role("heading", name=said.pop().strip(), exact=True)
    ).to_be_visible(timeout=PATIENCE)
    leads_from_prose_to_its_place_and_back(tab)


def leads_from_prose_to_its_place_and_back(tab: Page) -> None:
    """What prose names leads to its place and back again, whoever hears the link."""
    last = tab.get_by_text(re.compile("ties are shared out"))
    marked = []
    expect(last).to_be_visible(timeout=PATIENCE)
    tab.evaluate("window.stays = true")
    for kind, path in (("item", "evidence"), ("hypothesis", "question")):
        link = tab.locator(f'.stMain a[href*="{path}?{kind}="]').first
        expect(link).to_be_visible(timeout=PATIENCE)
        marked.append(link.get_attribute("href"))
        link.click()
        tab.wait_for_url(re.compile(f"/{path}[?].*{kind}="), timeout=PATIENCE)
        tab.go_back()
        tab.wait_for_url(re.compile("/robustness"), timeout=PATIENCE)
        expect(last).to_be_visible(timeout=PATIENCE)
    assert len(set(marked)) == 2
    assert tab.evaluate("window.stays")  # no page was loaded anew
    # What nobody on the page hears is opened all the same, and in this tab.
    silent = "{get: () => () => {}, set() {}}"  # also to who is drawn next
    tab.evaluate(f"Object.defineProperty(__workbenchBus.trip, 'send', {silent})")
    tab.locator('.stMain a[href*="evidence?item="]').first.click()
    tab.wait_for_url(re.compile("/evidence[?].*item="), timeout=PATIENCE)
    assert not tab.evaluate("window.stays")
    assert len(tab.context.pages) == 1


def sends_an_item(tab: Page, other: Page) -> None:
    """The address of an item opens it."""
    tab.get_by_role("button", name="Next", exact=True).click(timeout=PATIENCE)
    tab.wait_for_url(re.compile("[?&]item="), timeout=PATIENCE)
    sent = tab.url
    shown = tab.locator(".stMain h5").first
    expect(shown).to_be_visible(timeout=PATIENCE)
    other.goto(sent)
    expect(other.locator(".stMain h5").first).to_have_text(
        shown.inner_text(), timeout=PATIENCE
    )


def sends_a_view_of_the_matrix(tab: Page, other: Page) -> None:
    """The address of the matrix keeps how it is sorted and filtered."""
    tab.get_by_role("link", name="Matrix", exact=True).first.click()
    weight = tab.get_by_role("columnheader").filter(has_text="Weight")
    weight.get_by_role("button").click(timeout=PATIENCE)
    tab.get_by_label("Filter evidence by text").fill("moscow")
    expect(tab).to_have_url(re.compile(r"[?](?=.*sort=-weight)(?=.*filter=moscow)"))
    shown = tab.get_by_role("status").filter(has_text=" of ").first.inner_text()
    other.goto(tab.url)
    sorted_ = other.get_by_role("columnheader").filter(has_text="Weight")
    expect(sorted_).to_have_attribute("aria-sort", "descending", timeout=PATIENCE)
    expect(other.get_by_label("Filter evidence by text")).to_have_value("moscow")
    expect(other.get_by_text(shown, exact=True)).to_be_visible()


def has_keys_terms_and_hits(tab: Page) -> None:
    """A page without the grid has its keys, its terms and what is found in it."""
    search = tab.get_by_role("textbox", name="Search")
    expect(search).to_be_visible(timeout=PATIENCE)
    tab.locator(".stMain h3").first.click()
    tab.keyboard.press("?")
    keys = tab.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("g, then q Question")
    tab.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    tab.keyboard.press("/")
    expect(search).to_be_focused()
    tab.keyboard.type("aliyev")
    expect(tab.get_by_role("heading", name="Found in")).to_be_visible(timeout=PATIENCE)
    expect(tab.locator(".stMain li", has_text="Aliyev").first).to_be_visible()
    term = tab.locator(".stMain a[href='#term-diagnosticity']").first
    said = tab.get_by_role("tooltip").filter(has_text="0 separates nothing")
    term.hover(timeout=PATIENCE)
    expect(said).to_be_visible()
    tab.keyboard.press("Escape")
    expect(said).to_be_hidden()
    term.focus()
    expect(said).to_be_visible()
    tab.keyboard.press("Escape")
    term.click()  # as a finger does
    expect(said).to_be_visible()
    tab.keyboard.press("Escape")


def undoes_by_key(tab: Page) -> None:
    """A change is undone by key on the page it was made on."""
    out = tab.locator('[class*="st-key-exclusion"] label').first
    for _ in range(2):
        out.click(timeout=PATIENCE)
        undo = tab.locator(".st-key-frame_undo")
        expect(undo.first).to_be_visible(timeout=PATIENCE)
        tab.locator(".stMain h3").first.click()
        tab.keyboard.press("Control+z")
        expect(tab.get_by_text("The last change is undone.")).to_be_visible(
            timeout=PATIENCE
        )
        expect(undo).to_have_count(0, timeout=PATIENCE)


def test_what_a_page_shows_is_searched_sent_and_undone_by_key(
    served: Lent, page: Pages
) -> None:
    tab, other = page(), page()
    tab.goto(served.at("evidence", search="nowhere in it"))
    everything = tab.get_by_role("button", name="Show all items")
    everything.click(timeout=PATIENCE)
    undoes_by_key(tab)
    sends_an_item(tab, other)
    tab.bring_to_front()  # a tab behind another is painted once a second
    has_keys_terms_and_hits(tab)
    sends_a_view_of_the_matrix(tab, other)
