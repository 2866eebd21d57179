"""What one analyst does, on the open pages of another: soon, and not under the hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.matrix import MatrixPage
from tests.browser.test_editing import is_saved, open_item, part
from workbench.case import folder
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger
from workbench.record.store.opening import file_url
from workbench.team import rounds

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Lent, Pages

SOON = 10_000  # ms: without a reload, on a machine that does much else
PATIENCE = 20_000
_ANSWERS_NOBODY = """([evidence, hypothesis]) => (
  [...window.__workbenchBus.outboxes.values()].find(one => one.open).log(
    "comment", { evidence, hypothesis, text: "Refused", answers: "nobody" }))"""


def as_analyst(tab: Page, served: Lent, name: str) -> None:
    """Go by a name in a browser, as if it had been set there before."""
    port = served.url.split(":")[2].split("/")[0]
    cookie = {"name": f"workbench_analyst_{port}", "value": name}
    tab.context.add_cookies([{**cookie, "url": served.url.split("?")[0]}])


def disputed(tab: Page) -> tuple[str, str]:
    """Give the cell that the first thread on Team is about."""
    slot = tab.evaluate(
        "Object.keys(localStorage).find(name => name.includes(':comment:'))"
    )
    evidence, hypothesis = slot.split(":comment:")[1].split("\n")
    return evidence, hypothesis


def opened(tab: Page, served: Lent, name: str, heading: str) -> None:
    tab.goto(served.at(name))
    expect(tab.get_by_role("heading", name=heading, exact=True)).to_be_visible(
        timeout=PATIENCE
    )
    expect(tab.locator("[data-unsaved]")).to_have_text(
        "All changes saved", timeout=PATIENCE
    )


def talk_it_over(mine: Page, theirs: Page, matrix: MatrixPage) -> None:
    """A comment in the drawer shows on Team, where one is being typed, and back."""
    fold = mine.locator("[data-threads] details").first
    fold.locator("summary").click()
    mine_says = fold.get_by_role("textbox")
    mine_says.click()
    mine.keyboard.type("I would have to see ")
    (evidence, hypothesis) = disputed(mine)
    matrix.press(evidence, hypothesis, "Enter")
    row_of = theirs.locator(".lg-reason.on")
    row_of.locator("summary").click()
    row_of.get_by_role("textbox", name=re.compile("^Comment")).fill("<b>Why</b> so?")
    row_of.get_by_role("button", name="Add the comment").click()
    expect(fold.locator(".tk-text")).to_have_text("<b>Why</b> so?", timeout=SOON)
    expect(fold.locator(".tk-who")).to_contain_text("Bea")
    mine.keyboard.type("the order itself")
    expect(mine_says).to_be_focused()
    # refused, with another begun by then
    mine.evaluate(_ANSWERS_NOBODY, [evidence, hypothesis])
    expect(mine_says).to_have_value(
        "Refused\n\nI would have to see the order itself", timeout=SOON
    )
    mine_says.fill("I would have to see the order itself")
    fold.get_by_role("button", name="Add the comment").click()
    expect(row_of.locator(".tk-text").nth(1)).to_have_text(
        "I would have to see the order itself", timeout=SOON
    )
    expect(matrix.cell(evidence, hypothesis)).to_have_attribute("data-talk", "2")
    row_of.get_by_role("button", name="Withdraw").click()
    expect(matrix.cell(evidence, hypothesis)).to_have_attribute(
        "data-talk", "1", timeout=SOON
    )
    theirs.get_by_role("button", name="Close", exact=True).click()


def test_ratings_and_texts_of_another_show_soon_and_a_half_typed_text_stays(
    served: Lent, page: Pages
) -> None:
    mine, theirs = page(), page()
    as_analyst(mine, served, "Ann")
    as_analyst(theirs, served, "Bea")
    matrix = MatrixPage(theirs, served.url).open()
    (first, second, third, *_) = matrix.cells()
    matrix.press(*first, "5")
    matrix.wait_saved()

    # Another's rating on Team, without a reload.
    own = MatrixPage(mine, served.url).open()
    own.press(*first, "1")
    own.wait_saved()
    opened(mine, served, "team", "Team")
    mine.evaluate("window.notReloaded = true")
    row = mine.locator("table", has_text="Bea").first
    before = row.inner_text()
    matrix.press(*second, "5")
    matrix.wait_saved()
    expect(row).not_to_have_text(re.compile(re.escape(before)), timeout=SOON)
    assert mine.evaluate("window.notReloaded")

    talk_it_over(mine, theirs, matrix)

    # Another's rating on my matrix in a second tab, and a text of the case.
    again = mine.context.new_page()
    same = MatrixPage(again, served.url).open()
    ours = MatrixPage(mine, served.url).open()
    ours.press(*third, "5")
    ours.wait_saved()
    expect(same.cell(*third)).to_have_text("II", timeout=SOON)

    open_item(again, served)
    field = part(again, "statement")
    field.press("End")
    again.keyboard.type("Half a th")
    open_item(theirs, served)
    part(theirs, "title").fill("Worded anew by somebody else")
    is_saved(theirs, "title")
    expect(ours.grid.get_by_text("Worded anew by somebody else").first).to_be_visible(
        timeout=SOON
    )
    again.keyboard.type("ought")
    expect(field).to_be_focused()
    expect(field).to_have_value(re.compile("Half a thought$"))
    is_saved(again, "statement")
    field.blur()
    expect(part(again, "title")).to_have_value(
        "Worded anew by somebody else", timeout=SOON
    )
    expect(field).to_have_value(re.compile("Half a thought$"))
    again.close()


def test_a_reveal_shows_soon_on_the_page_of_who_waits_for_it(
    served: Lent, page: Pages
) -> None:
    case, ledger = folder.load(served.case), Ledger(file_url(served.ledger))
    ann, bea = (Desk(ledger, case, name) for name in ("Ann", "Bea"))
    cell = case.evidence[0].id, case.hypotheses[0].id
    for desk, code in ((ann, "CC"), (bea, "II")):
        desk.change("page", 1, [["rating", *cell, code]])
    rounds.begin(ann, ["Ann", "Bea"])
    tab = page()
    as_analyst(tab, served, "Ann")
    opened(tab, served, "team", "Team")
    ranked = tab.get_by_role("heading", name="Rankings", exact=True)
    expect(ranked).to_be_hidden()
    for desk in (ann, bea):
        rounds.lock(desk)
    expect(ranked).to_be_hidden()
    rounds.reveal(ann)
    # Everybody's verdict is reached anew, which takes its time on a busy machine.
    expect(ranked).to_be_visible(timeout=SOON)
    ledger.close()
