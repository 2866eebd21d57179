"""What an analyst does on the Probability page, in a real browser on a real server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Lent, Pages

PATIENCE = 30_000


def test_priors_likelihoods_and_estimates_are_typed_undone_and_kept(
    served: Lent, page: Pages
) -> None:
    shown = page()
    shown.goto(served.at("probability"))
    last = shown.get_by_text(re.compile("takes the items to be independent"))
    expect(last).to_be_visible(timeout=PATIENCE)
    keeps_a_prior_over_a_reload(shown)
    goes_back_to_the_convention(shown)
    tells_in_the_matrix_what_is_undone_here(shown)
    has_estimates_add_up(shown)


def keeps_a_prior_over_a_reload(probability: Page) -> None:
    """A prior is typed twice, survives a reload, and is cleared."""
    prior = probability.get_by_label(re.compile("H4 Face saving, %"))
    said = probability.get_by_text(re.compile("the highest probability in all eight"))
    priors = probability.get_by_text(re.compile("Priors are scaled"))
    before = said.inner_text()
    prior.press("Control+A")
    prior.press_sequentially("450")
    expect(probability.get_by_text("not saved: use 0 to 100")).to_be_visible()
    prior.press("Control+A")
    prior.press_sequentially("4.5")
    expect(probability.get_by_text("Draft, kept in this browser")).to_be_visible()
    prior.press_sequentially("e")
    expect(probability.get_by_text("Not a number so far")).to_be_visible()
    probability.reload()
    expect(probability.get_by_text("Enter saves it")).to_be_visible(timeout=PATIENCE)
    expect(prior).to_have_value("4.5")
    for value in ("1", "0"):
        prior.fill(value)
        prior.press("Enter")
        expect(said).not_to_have_text(before, timeout=PATIENCE)
        expect(priors).to_contain_text("The prior of H4 is the analyst's")
        before = said.inner_text()
    assert "H4" not in before
    probability.reload()
    expect(said).to_have_text(before, timeout=PATIENCE)
    expect(prior).to_have_value("0")
    prior.fill("")
    prior.press("Enter")
    expect(priors).not_to_contain_text("is the analyst's", timeout=PATIENCE)


def goes_back_to_the_convention(probability: Page) -> None:
    """A likelihood that is emptied goes back to the convention."""
    likelihood = probability.get_by_label("II", exact=True)
    expect(likelihood).to_have_value("0.10", timeout=PATIENCE)
    back = probability.get_by_role("button", name="Back to the convention")
    likelihood.fill("0.2")
    likelihood.press("Enter")
    expect(back).to_be_visible(timeout=PATIENCE)
    likelihood.fill("")
    likelihood.press("Enter")
    expect(back).to_be_hidden(timeout=PATIENCE)
    expect(likelihood).to_have_value("0.10", timeout=PATIENCE)


def tells_in_the_matrix_what_is_undone_here(probability: Page) -> None:
    """A prior undone in the matrix is told there and gone here."""
    prior = probability.get_by_label(re.compile("H1 Ukraine manpower, %"))
    priors = probability.get_by_text(re.compile("Priors are scaled"))
    expect(prior).to_have_value("25", timeout=PATIENCE)
    prior.fill("70")
    prior.press("Enter")
    expect(priors).to_contain_text("is the analyst's", timeout=PATIENCE)
    # The field is drawn last; until then what was typed in it is kept as a draft.
    drafts = (
        "Object.keys(localStorage).filter(one => one.startsWith('workbench-draft:'))"
    )
    probability.wait_for_function(f"{drafts}.length === 0", timeout=PATIENCE)
    probability.get_by_role("link", name="Matrix").click()
    cell = probability.locator("[role=gridcell][data-hypothesis]").first
    cell.click(timeout=PATIENCE)
    told = probability.get_by_role("alert")
    for key, done in (("z", "Undone"), ("Shift+Z", "Done again"), ("z", "Undone")):
        probability.keyboard.press(f"Control+{key}")
        text = f"{done}, and not seen here: a prior on the page Probability."
        expect(told.filter(has_text=text)).to_be_visible(timeout=PATIENCE)
    probability.get_by_role("link", name="Probability").click()
    expect(prior).to_have_value("25", timeout=PATIENCE)


def has_estimates_add_up(probability: Page) -> None:
    """Estimates are made to add up, in words of the scale."""
    probability.get_by_text("Estimated directly").click()
    names = ("H1", "H2", "H3", "H4")
    for number, value in enumerate(("90", "40", "5", "0")):
        name, rest = names[number], ", ".join(names[number:])
        missing = re.compile(f"Still without an estimate: {rest}\\.")
        expect(probability.get_by_text(missing)).to_be_visible(timeout=PATIENCE)
        estimate = probability.get_by_label(re.compile(f"^{name} .*, %"))
        estimate.fill(value)
        estimate.press("Enter")
    table = probability.get_by_role("table").first
    expect(table).to_contain_text("66.7%", timeout=PATIENCE)
    probability.get_by_role("radio", name="Nearest that add up").check(force=True)
    expect(table).to_contain_text("75.0%", timeout=PATIENCE)
    expect(table).to_contain_text("likely")
    probability.get_by_role("radio", name="PHIA yardstick").check(force=True)
    expect(table).to_contain_text("PHIA", timeout=PATIENCE)
