"""Charts on a phone and on a desk: the plot keeps its width, the text its contrast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import TimeoutError as TooLong
from playwright.sync_api import expect

from tests.browser.screen import go_to
from tests.contrast import contrast

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Lent, Pages

# The point on the map is a dark ring in a white one: one of them is seen on any colour.
RING = {"rgb(17, 17, 17)", "rgb(255, 255, 255)"}
DESK, PHONE = (1440, 900), (390, 844)
PATIENCE = 30_000
CHARTS = {"Matrix": 1, "Robustness": 6, "Probability": 2}
PLOTS = """() => [...document.querySelectorAll("svg.marks")].map(svg => Math.max(
    ...[...svg.querySelectorAll("path.background")]
      .map(plot => plot.getBoundingClientRect().width)))"""
# Texts with the colour they have and the page's; one on a mark has a fill of its own.
TEXTS = """() => {
  const hex = colour => "#" + colour.match(/\\d+/g).slice(0, 3)
    .map(part => Number(part).toString(16).padStart(2, "0")).join("");
  const page = hex(getComputedStyle(document.querySelector(".stApp")).backgroundColor);
  return [...document.querySelectorAll("svg.marks text")]
    .filter(text => text.textContent.trim() && text.getAttribute("opacity") !== "0")
    .map(text => ({
      text: text.textContent,
      size: parseFloat(getComputedStyle(text).fontSize),
      own: /^#/.test(text.getAttribute("fill")),
      colour: hex(getComputedStyle(text).fill),
      page,
    }));
}"""

# Marks with the colours they are filled and edged with; squares that are labelled, and
# the lines that only part them, say nothing by their colour.
MARKS = """() => {
  const channel = part => (
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  const light = rgb => [0.2126, 0.7152, 0.0722]
    .reduce((sum, share, at) => sum + share * channel(rgb[at] / 255), 0);
  const parts = colour => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const app = document.querySelector(".stApp");
  const page = parts(getComputedStyle(app).backgroundColor);
  const told = (colour, opacity) => {
    const found = parts(colour);
    if (found.length < 3 || found[3] === 0) return 0;
    const seen = [0, 1, 2].map(at => found[at] * opacity + page[at] * (1 - opacity));
    const [low, high] = [light(seen), light(page)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  return [...document.querySelectorAll("svg.marks .role-mark:not(.mark-text) > *")]
    .filter(mark => mark.getBoundingClientRect().width > 0)
    .map(mark => {
      const look = getComputedStyle(mark);
      const { fill, stroke, opacity } = look;
      const inside = told(fill, look.fillOpacity * opacity);
      const edge = told(stroke, look.strokeOpacity * opacity);
      const name = mark.parentElement.getAttribute("class");
      return { name, fill, stroke, told: Math.max(inside, edge) };
    });
}"""

# A page that scrolls to the caret does so in the next frame.
SOME_FRAMES = """async () => {
  for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
}"""


def come(tab: Page, name: str) -> None:
    """Come to a page from another, and wait until all its charts are drawn."""
    go_to(tab, name)
    expect(tab.locator("svg.marks")).to_have_count(CHARTS[name], timeout=PATIENCE)


def keep_their_plots_on_a_phone(tab: Page, name: str) -> None:
    """Each chart keeps its plot on a phone, and runs out of no window."""
    kept = f"(({PLOTS})()).every(one => 240 <= one && one <= {PHONE[0]})"
    try:
        tab.wait_for_function(kept, timeout=PATIENCE)
    except TooLong as late:
        raise AssertionError((name, tab.evaluate(PLOTS))) from late


def is_seen(tab: Page, name: str) -> None:
    """Every text and mark of a chart is seen in the theme that it was drawn in."""
    texts = tab.evaluate(TEXTS)
    assert len(texts) >= 10
    for text in texts:
        assert text["size"] >= 11, text
        if not text["own"]:
            assert contrast(text["colour"], text["page"]) >= 4.5, (name, text)
    marks = [one for one in tab.evaluate(MARKS) if one["stroke"] not in RING]
    assert len(marks) >= 4
    assert [one for one in marks if one["told"] < 3] == [], name


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_charts_keep_their_plots_on_a_phone_and_are_seen_in_either_theme(
    theme: Literal["light", "dark"], shared: Callable[[], Lent], page: Pages
) -> None:
    size = PHONE if theme == "light" else DESK
    tab = page(size=size, color_scheme=theme)
    tab.goto(shared().url)
    for name in CHARTS:
        come(tab, name)
        is_seen(tab, name)
        tab.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        keep_their_plots_on_a_phone(tab, name)
        tab.set_viewport_size({"width": size[0], "height": size[1]})


def test_terms_of_charts_and_of_tables_say_what_they_mean_where_they_stand(
    shared: Callable[[], Lent], page: Pages
) -> None:
    tab = page()
    tab.goto(shared().at("robustness"))
    expect(tab.locator("svg.marks")).to_have_count(6, timeout=PATIENCE)
    said = tab.get_by_role("tooltip").filter(has_text="A what-if from 0 to 2")
    axis = tab.locator("svg.marks .role-axis-title text", has_text="Emphasis").first
    axis.scroll_into_view_if_needed()
    expect(axis).to_be_in_viewport()
    for ask in (axis.hover, axis.click):
        ask()
        expect(said).to_be_visible()
        tab.keyboard.press("Escape")
        expect(said).to_be_hidden()
        tab.mouse.move(2, 2)
    come(tab, "Probability")
    tab.set_viewport_size({"width": 1280, "height": 450})  # it has to scroll there
    head = tab.get_by_role("columnheader", name="Prior").get_by_role("link")
    head.focus()
    tab.evaluate(SOME_FRAMES)
    expect(head).to_be_in_viewport()
    expect(tab.get_by_role("tooltip")).to_contain_text("before any of this evidence")
