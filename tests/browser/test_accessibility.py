"""axe-core finds nothing serious on any page, in either theme, on desk and phone."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.screen import serious, texts
from tests.browser.test_charts import PLOTS
from workbench.case import folder
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger, default_url

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Lent, Pages

PATIENCE = 30_000
PLOT = 240  # px across, on a phone too
SMALLEST = 12  # px; in charts 11, which are looked at by themselves
# The pages, each with how many charts it has once three people have judged the case.
# Matrix is looked at in test_screen.
CHARTS = {
    "question": 0,
    "evidence": 0,
    "robustness": 6,
    "probability": 2,
    "team": 0,
    "watch": 0,
    "history": 1,
    "report": 0,
    "guide": 0,
}
SIZES = ((1440, 900), (390, 844))
# What lies folded on a page is looked at too: its forms, and all that unfolds.
EDITED = {"question": ("Edit",), "evidence": ("Edit", "Edit source")}
GROUNDS = {"light": "rgb(255, 255, 255)", "dark": "rgb(16, 24, 29)"}
DONE = '.stApp[data-test-script-state="notRunning"]'
STILL = "*{transition:none!important;animation:none!important}"
UNFOLD = """() => {
  for (const one of document.querySelectorAll(".stMain details:not([open])"))
    one.querySelector("summary").click();
}"""
# The structure of a page is the same in both themes; its colours are not.
COLOURS = ("color-contrast",)


@pytest.fixture
def judged(served: Lent) -> Lent:
    """Give a case that three people have judged, and estimated, each otherwise."""
    case = folder.load(served.case)
    ledger = Ledger(default_url(served.case))
    first, second = case.evidence[:2]
    one, other = (hypothesis.id for hypothesis in case.hypotheses[:2])
    me = getpass.getuser()  # as the app names whoever sits at it
    for name, code in ((me, "CC"), ("ben", "N"), ("cyd", "II")):
        changes: list[list[Any]] = [
            ["rating", first.id, one, code, "seen otherwise"],
            ["rating", second.id, other, code, ""],
            *(["probability", h.id, None, 0.3] for h in case.hypotheses),
        ]
        Desk(ledger, case, name).receive("page", [[1, "change", changes]])
    return served


def faults(tab: Page, dark: bool) -> list[object]:  # noqa: FBT001  of a comprehension
    """Give what axe finds serious, and text, a plot or a page of a wrong size."""
    found: list[object] = [*serious(tab, *(COLOURS if dark else ()))]
    found += [
        (one["text"], one["size"])
        for one in texts(tab.locator(".stApp"))
        if one["size"] < SMALLEST
    ]
    width = tab.viewport_size["width"] if tab.viewport_size else 0
    across = tab.evaluate("document.querySelector('.stMain').scrollWidth")
    found += [("plot too narrow", one) for one in tab.evaluate(PLOTS) if one < PLOT]
    return [*found, *([("broader than its window", across)] if across > width else [])]


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_serious_is_found_on_any_page(
    name: str, judged: Lent, page: Pages
) -> None:
    tab = page(size=SIZES[0])
    tab.goto(judged.at(name))
    tab.add_style_tag(content=STILL)
    # The channel is drawn first, so what is saved says nothing of the page.
    expect(tab.locator(".stMain h3").first).to_be_visible(timeout=PATIENCE)
    expect(tab.locator(DONE)).to_be_visible(timeout=PATIENCE)
    for count, label in enumerate(EDITED.get(name, ()), start=1):
        tab.get_by_role("button", name=label, exact=True).first.click(timeout=PATIENCE)
        edited = tab.get_by_role("button", name="Done editing", exact=True)
        expect(edited).to_have_count(count, timeout=PATIENCE)
    tab.evaluate(UNFOLD)
    found = {}
    for width, height in SIZES:
        for theme, ground in GROUNDS.items():
            tab.set_viewport_size({"width": width, "height": height})
            tab.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            expect(tab.locator(".stApp")).to_have_css("background-color", ground)
            expect(tab.locator(DONE)).to_be_visible(timeout=PATIENCE)
            charts = tab.locator("svg.marks")
            expect(charts).to_have_count(CHARTS[name], timeout=PATIENCE)
            if said := faults(tab, theme == "dark"):
                found[width, theme] = said
    assert found == {}
