"""axe-core finds nothing serious on any page, in either theme, on desk and phone."""

from __future__ import annotations

import getpass
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from tests.browser.screen import (
    DONE,
    PATIENCE,
    go_to,
    in_either_theme,
    pale,
    serious,
    settled_texts,
    texts,
)
from tests.browser.test_charts import PLOTS
from workbench.case import folder
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger, default_url

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Lent, Pages

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
STILL = "*{transition:none!important;animation:none!important}"
ACROSS = "document.querySelector('.stMain').scrollWidth"
WIDE = f"({PLOTS})().every(one => one >= least)"
UNFOLD = """() => {
  for (const one of document.querySelectorAll(".stMain details:not([open])"))
    one.querySelector("summary").click();
}"""
# Pale texts in each of the places where they are looked for, and what looks pale only.
PALE = """
<div id=plain style="color:#999">plain</div>
<div style="opacity:.5"><p id=faded style="color:#444">faded</p></div>
<div style="background:#222"><b id=dark style="color:#555">on dark</b></div>
<label>Typed <input id=typed style="color:#aaa" value="typed"></label>
<button id=button style="color:#888;background:#ccc">button</button>
<div id=host></div>
<script>host.attachShadow({ mode: "open" }).innerHTML =
  '<i id=shadowed style="color:#bbb">in a shadow root</i>';</script>"""
CLEAR = """
<button disabled style="color:#ccc">disabled</button>
<p style="color:#888;font-size:24px">large</p>
<p style="color:#ddd;opacity:0">not seen</p>
<p style="color:#595959">dark enough</p>
<details><summary>closed</summary><p style="color:#ddd">not seen</p></details>"""


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


def faults(tab: Page, *, structure: bool, colours: bool) -> list[object]:
    """Give pale text, and text, a plot or a page of a wrong size, and what axe finds.

    It is asked for the `structure` of a page, which is the same in both themes, and for
    its `colours`, which are looked at without it too.
    """
    found: list[object] = [*(serious(tab, colours=colours) if structure else ())]
    shown = settled_texts(tab)
    found += pale(shown)
    found += [(one["text"], one["size"]) for one in shown if one["size"] < SMALLEST]
    width = tab.viewport_size["width"] if tab.viewport_size else 0
    with suppress(PlaywrightTimeout):  # charts are drawn anew after a change of size
        tab.wait_for_function(f"least => {WIDE}", arg=PLOT, timeout=PATIENCE)
        fits = f"width => {ACROSS} <= width"
        tab.wait_for_function(fits, arg=width, timeout=PATIENCE)
    across = tab.evaluate(ACROSS)
    found += [("plot too narrow", one) for one in tab.evaluate(PLOTS) if one < PLOT]
    return [*found, *([("broader than its window", across)] if across > width else [])]


def test_pale_text_is_found_where_axe_finds_it(page: Pages) -> None:
    tab = page()
    tab.set_content(f"<body style='background:#fff'>{PALE}{CLEAR}")
    by_axe = {rule: found for rule, found in serious(tab) if rule == "color-contrast"}
    assert len(by_axe["color-contrast"]) == PALE.count("id=") - 1  # all but the host
    found = pale(texts(tab.locator("body")))
    assert [one["text"] for one in found] == [
        *("plain", "faded", "on dark", "typed", "button", "in a shadow root")
    ]


def show(tab: Page, name: str) -> None:
    """Come to a page from another, and open and unfold all that it holds."""
    go_to(tab, name.capitalize())
    expect(tab.locator("svg.marks")).to_have_count(CHARTS[name], timeout=PATIENCE)
    for count, label in enumerate(EDITED.get(name, ()), start=1):
        tab.get_by_role("button", name=label, exact=True).first.click(timeout=PATIENCE)
        edited = tab.get_by_role("button", name="Done editing", exact=True)
        expect(edited).to_have_count(count, timeout=PATIENCE)
    tab.evaluate(UNFOLD)


def test_nothing_serious_is_found_on_any_page(judged: Lent, page: Pages) -> None:
    tab = page(size=SIZES[0])
    tab.goto(judged.url)
    tab.add_style_tag(content=STILL)
    # The channel is drawn first, so what is saved says nothing of the page.
    expect(tab.locator("[data-score]").first).to_be_visible(timeout=PATIENCE)
    found = {}
    for name, charts in CHARTS.items():
        tab.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
        show(tab, name)
        for theme in in_either_theme(tab):
            structure = theme == "light"
            for width, height in SIZES:
                tab.set_viewport_size({"width": width, "height": height})
                expect(tab.locator(DONE)).to_be_visible(timeout=PATIENCE)
                drawn = tab.locator("svg.marks")
                expect(drawn).to_have_count(charts, timeout=PATIENCE)
                colours = structure and (width, height) == SIZES[0]
                if said := faults(tab, structure=structure, colours=colours):
                    found[name, width, theme] = said
    assert found == {}
