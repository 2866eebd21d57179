"""The first screen, measured: what is in view, where things open, what can be read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.matrix import MatrixPage
from tests.browser.screen import in_either_theme, pale, serious_of_ours, texts
from tests.published.at_first import AT_FIRST
from workbench.case import folder
from workbench.case.model import (
    Case,
    Citation,
    Consistency,
    Evidence,
    Hypothesis,
    Question,
    Rating,
    Source,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator

    from tests.browser.conftest import Lent, Pages

DESK, PHONE = (1440, 900), (390, 844)
ITEM, OTHER = "withdrawal-announced", "agreed-by-two-leaders"
LEAD, RIVAL = "ukraine-manpower", "face-saving"

_IN_VIEW = """grid => {
  const clear = (box, x) => {
    const seen = y => {
      let e = document.elementFromPoint(x, y);
      while (e?.shadowRoot?.elementFromPoint(x, y)) {
        const inner = e.shadowRoot.elementFromPoint(x, y);
        if (inner === e) break;
        e = inner;
      }
      return e;
    };
    return [box.top + 2, box.bottom - 2].every(
      y => y > 0 && y < innerHeight && seen(y)?.closest?.("[data-evidence]"));
  };
  const rows = new Set();
  for (const cell of grid.querySelectorAll("[role=gridcell][data-evidence]")) {
    const box = cell.getBoundingClientRect();
    if (clear(box, box.left + box.width / 2)) rows.add(cell.dataset.evidence);
  }
  return rows.size;
}"""
_SCROLLERS = """() => {
  const found = [];
  const look = root => root.querySelectorAll("*").forEach(one => {
    const flow = getComputedStyle(one).overflowY;
    const box = one.getBoundingClientRect();
    const more = one.scrollHeight > one.clientHeight + 1;
    if (one.closest("[data-testid=stSidebar]")) return;  // folded, beside the page
    if (/auto|scroll/.test(flow) && more && box.height > 0) found.push(one.className);
    if (one.shadowRoot) look(one.shadowRoot);
  });
  look(document);
  return found;
}"""
_LEFT_TO_SCROLL = """() => {
  const page = document.querySelector("[data-testid=stMain]");
  return page.scrollHeight - page.clientHeight - page.scrollTop;
}"""


def generated(items: int, hypotheses: int) -> Case:
    """Make a case whose ratings go round, with a cell in ten unrated."""
    codes = list(Consistency)
    ids = [f"h-{n}" for n in range(hypotheses)]
    return Case(
        Question("Which explanation holds?", "Generated"),
        tuple(
            Hypothesis(id_, f"H{n + 1}", f"Explanation {n + 1}", "It was so.")
            for n, id_ in enumerate(ids)
        ),
        (Source("log", "Log of the harbour"),),
        tuple(
            Evidence(
                f"e-{n}",
                f"E{n + 1}",
                f"Something seen on day {n + 1}",
                "It was seen.",
                sources=(Citation("log", "p. 1"),),
                ratings={
                    id_: Rating(codes[(n * 7 + at * 3) % 6])
                    for at, id_ in enumerate(ids)
                    if (n + at) % 10
                },
            )
            for n in range(items)
        ),
    )


@pytest.fixture
def opened(shared: Callable[..., Lent], page: Pages) -> Callable[..., MatrixPage]:
    """Open the shipped case, which nobody here changes, at a size."""

    def at(
        size: tuple[int, int] = DESK,
        case: Path | None = None,
    ) -> MatrixPage:
        served = shared(case) if case else shared()
        tab = page(size=size)
        return MatrixPage(tab, served.url).open()

    return at


def inside(part: Locator, size: tuple[int, int]) -> bool:
    """Tell whether a part lies wholly in the window."""
    box = part.bounding_box()
    assert box
    right, bottom = box["x"] + box["width"], box["y"] + box["height"]
    # Half a pixel is what a browser rounds.
    return (
        box["x"] >= -0.5
        and box["y"] >= -0.5
        and right <= size[0] + 0.5
        and bottom <= size[1] + 0.5
    )


def row_of(matrix: MatrixPage, evidence: str) -> Locator:
    """Return a line, or a card, by what is in it."""
    slider = matrix.page.locator(f'[data-emphasis="{evidence}"]')
    return matrix.page.get_by_role("row").filter(has=slider)


def drawer(matrix: MatrixPage) -> Locator:
    return matrix.page.get_by_role("region", name="Item in full")


# ------------------------------------------------------------------ what is in view
def has_rows(matrix: MatrixPage, least: int) -> None:
    """So many rows at least are wholly in view."""
    assert matrix.grid.evaluate(_IN_VIEW) >= least


def has_a_slim_strip(matrix: MatrixPage) -> None:
    """Question, verdict, bars, state and undo stand in a strip that is slim."""
    strip = matrix.page.locator(".lg-strip")
    expect(strip).to_contain_text("The evidence does not separate")
    box = strip.bounding_box()
    assert box
    assert 60 <= box["height"] <= 120
    expect(strip.get_by_role("heading")).to_contain_text("Why did Russia withdraw")
    expect(strip.get_by_role("listitem")).to_have_count(4)
    expect(strip.get_by_text("first", exact=True)).to_be_visible()
    expect(strip.get_by_role("status")).to_have_text("All changes saved")
    expect(strip.get_by_role("button", name="Undo")).to_be_visible()
    expect(matrix.page.get_by_role("button", name="Rule and origins")).to_be_visible()


def comes_to_its_end_by_the_wheel(matrix: MatrixPage) -> None:
    """The wheel over the grid scrolls the page, to its end, and back."""
    assert len(matrix.page.evaluate(_SCROLLERS)) == 1
    assert matrix.page.evaluate(_LEFT_TO_SCROLL) > 1000
    matrix.page.mouse.move(700, 600)
    for _ in range(30):
        matrix.page.mouse.wheel(0, 233)
    matrix.page.wait_for_function(f"({_LEFT_TO_SCROLL})() < 2")
    expect(matrix.page.locator("svg.marks").first).to_be_in_viewport()
    for _ in range(30):
        matrix.page.mouse.wheel(0, -233)
    expect(matrix.page.locator(".lg-strip")).to_be_in_viewport(ratio=1)


def has_a_focus_mode(matrix: MatrixPage) -> None:
    """The focus mode takes the strip away, and what is saved stays in view."""
    before = matrix.grid.evaluate(_IN_VIEW)
    matrix.page.get_by_role("button", name="Focus mode").click()
    expect(matrix.page.locator(".lg-strip")).to_be_hidden()
    expect(matrix.page.locator(".lg-status")).to_be_in_viewport()
    assert matrix.grid.evaluate(_IN_VIEW) > before
    matrix.keys("f")
    expect(matrix.page.locator(".lg-strip")).to_be_visible()


def fills_the_screen(matrix: MatrixPage) -> None:
    """Full screen is what its button says, and is left by it."""
    button = matrix.page.get_by_role("button", name="Full screen")
    button.click()
    matrix.page.wait_for_function("document.fullscreenElement !== null")
    assert matrix.grid.evaluate(_IN_VIEW) >= 16
    button.click()
    matrix.page.wait_for_function("document.fullscreenElement === null")
    expect(matrix.page.get_by_role("button", name="Turn the grid")).to_be_visible()


def shows_an_item_whole(matrix: MatrixPage, size: tuple[int, int]) -> None:
    """The drawer is wholly in view and has every reason."""
    matrix.page.get_by_role("rowheader").nth(1).click()
    expect(drawer(matrix)).to_be_visible()
    assert inside(drawer(matrix), size)
    case = folder.load(AT_FIRST)
    item = case.item[OTHER]
    expect(drawer(matrix).get_by_role("heading").first).to_contain_text(item.title)
    expect(drawer(matrix)).to_contain_text(item.statement.strip()[:60])
    for hypothesis in case.hypotheses:
        reason = drawer(matrix).get_by_role("textbox", name=hypothesis.title)
        expect(reason).to_have_value(item.ratings[hypothesis.id].because)
    for said in ("Sources", "Credibility", "Relevance", "Origin"):
        expect(drawer(matrix)).to_contain_text(said)
    matrix.keys("Escape")
    expect(drawer(matrix)).to_be_hidden()


def test_on_a_desk_sixteen_rows_are_in_view_under_a_slim_strip(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened(DESK)
    has_rows(matrix, 16)
    has_a_slim_strip(matrix)
    comes_to_its_end_by_the_wheel(matrix)
    has_a_focus_mode(matrix)
    fills_the_screen(matrix)
    shows_an_item_whole(matrix, DESK)
    matrix.page.set_viewport_size({"width": 900, "height": 900})
    has_a_slim_strip(matrix)
    matrix.page.set_viewport_size({"width": 900, "height": 1800})  # no wider
    grid = matrix.grid.element_handle()
    matrix.page.wait_for_function(f"grid => ({_IN_VIEW})(grid) >= 40", arg=grid)


def test_below_900_pixels_the_rest_of_the_strip_comes_on_touch(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened((820, 1180))
    shows_an_item_whole(matrix, (820, 1180))
    matrix.page.set_viewport_size({"width": 800, "height": 900})
    has_rows(matrix, 6)
    strip = matrix.page.locator(".lg-strip")
    expect(strip).to_contain_text("The evidence does not separate")
    expect(strip.get_by_role("status")).to_be_visible()
    expect(strip.get_by_role("heading")).to_be_hidden()
    rule = matrix.page.get_by_role("button", name="Rule and origins")
    expect(rule).to_be_hidden()
    strip.get_by_role("button", name="The whole verdict").click()
    expect(strip.get_by_role("heading")).to_be_visible()
    expect(strip.get_by_role("listitem").first).to_be_visible()
    expect(rule).to_be_visible()


def test_in_a_low_window_four_rows_are_in_view_and_an_item_is_whole(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened((720, 450))
    has_rows(matrix, 4)
    shows_an_item_whole(matrix, (720, 450))


def test_on_a_phone_every_code_is_a_large_target(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened(PHONE)
    card = row_of(matrix, ITEM)
    codes = card.get_by_role("button", name="H1")
    assert codes.count() == 7
    for code in codes.all():
        box = code.bounding_box()
        assert box
        assert box["width"] >= 44
        assert box["height"] >= 44
        assert 0 <= box["x"] <= 390 - box["width"]
    width = matrix.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    expect(matrix.page.locator(".lg-strip")).to_be_in_viewport()
    shows_an_item_whole(matrix, PHONE)


def test_of_twenty_hypotheses_the_strip_has_bars_for_those_that_matter(
    opened: Callable[..., MatrixPage], tmp_path: Path
) -> None:
    folder.write(tmp_path / "case", generated(40, 20))
    matrix = opened(case=tmp_path / "case")
    strip = matrix.page.locator(".lg-strip")
    expect(strip).to_contain_text("does not separate")
    expect(strip.get_by_text("level", exact=True)).not_to_have_count(0)
    bars = strip.get_by_role("listitem")
    assert 2 <= bars.count() <= 6
    box = strip.bounding_box()
    assert box
    assert box["height"] <= 120
    has_rows(matrix, 16)
    # Findings about an item are in the drawer.
    matrix.page.get_by_role("rowheader").first.click()
    expect(drawer(matrix)).to_contain_text("What a reviewer would ask")


# ------------------------------------------------------------------ looking
def follows_the_arrows(matrix: MatrixPage) -> None:
    """The drawer follows the arrows while the focus stays in the grid."""
    matrix.press(ITEM, LEAD, "Space")
    heading = drawer(matrix).get_by_role("heading").first
    expect(heading).to_contain_text("E1 ")
    matrix.keys("ArrowDown")
    expect(heading).to_contain_text("E2 ")
    assert matrix.focused() == (OTHER, LEAD)
    matrix.keys("ArrowRight", "ArrowUp")
    expect(heading).to_contain_text("E1 ")
    matrix.keys("Escape")
    expect(drawer(matrix)).to_be_hidden()
    assert matrix.focused() == (ITEM, "baku-leverage")


def puts_the_caret_in_the_reason(matrix: MatrixPage) -> None:
    """Enter and a double click put the caret in the reason of the cell."""
    reason = drawer(matrix).get_by_role("textbox", name="Face saving")
    matrix.press(ITEM, RIVAL, "Enter")
    expect(reason).to_be_focused()
    matrix.keys("Escape")
    matrix.cell(OTHER, LEAD).dblclick()
    expect(drawer(matrix).get_by_role("textbox", name="manpower")).to_be_focused()
    assert inside(drawer(matrix), DESK)
    matrix.keys("Escape")
    expect(drawer(matrix)).to_be_hidden()


def marks_what_was_looked_for(matrix: MatrixPage) -> None:
    """What was looked for is marked, with the words around it."""
    matrix.page.get_by_label("Filter evidence by text").fill("november 2025")
    marks = matrix.page.locator("mark")
    expect(marks.first).to_be_visible()
    assert {(one or "").lower() for one in marks.all_text_contents()} <= {
        "november",
        "2025",
    }
    around = marks.first.locator("xpath=..").text_content() or ""
    assert len(around) > len("november") + 10


def says_that_nothing_matches(matrix: MatrixPage) -> None:
    """A filter that finds nothing says so and is cleared in one click."""
    matrix.page.get_by_label("Filter evidence by text").fill("xyzzy")
    expect(matrix.page.get_by_text("No item matches \u201cxyzzy\u201d")).to_be_visible()
    matrix.page.get_by_role("button", name="Clear the filter").click()
    expect(matrix.page.get_by_label("Filter evidence by text")).to_have_value("")
    expect(matrix.cell(ITEM, LEAD)).to_be_visible()


def explains_its_terms(matrix: MatrixPage) -> None:
    """A term is explained on hover and on focus."""
    term = matrix.page.get_by_role("columnheader").filter(has_text="Diagnosticity")
    said = matrix.page.locator(".lg-explained")
    term.get_by_role("button").hover()
    expect(said).to_contain_text("separates the hypotheses")
    matrix.page.mouse.move(700, 700)
    matrix.press(ITEM, LEAD, "ArrowUp")
    expect(said).to_contain_text("Ukraine manpower")
    matrix.keys("ArrowLeft", "ArrowLeft")
    expect(said).to_contain_text("separates the hypotheses")
    matrix.keys("ArrowDown")
    expect(said).to_be_hidden()


def shows_by_what_it_is_sorted(matrix: MatrixPage) -> None:
    """The head shows by what the lines are sorted, and which way."""
    heads = matrix.page.get_by_role("columnheader")
    expect(heads.first).to_have_attribute("aria-sort", "ascending")
    weight = heads.filter(has_text="Weight")
    weight.get_by_role("button").click()
    expect(weight).to_have_attribute("aria-sort", "descending")
    expect(weight).to_contain_text("\u25be")
    weight.get_by_role("button").click()
    expect(weight).to_have_attribute("aria-sort", "ascending")
    assert heads.first.get_attribute("aria-sort") is None


def breaks_no_word_when_it_is_turned(matrix: MatrixPage) -> None:
    """Headers break no word when the grid is turned."""
    matrix.press(ITEM, LEAD, "t")
    broken = matrix.grid.evaluate(
        """grid => [...grid.querySelectorAll(".lg-ev .lg-tx")].flatMap(one => {
          const node = one.firstChild;
          if (node?.nodeType !== 3) return [];
          return [...node.textContent.matchAll(/[^\\s-]+/g)].filter(word => {
            const range = document.createRange();
            range.setStart(node, word.index);
            range.setEnd(node, word.index + word[0].length);
            const tops = [...range.getClientRects()].map(box => Math.round(box.top));
            return new Set(tops).size > 1;
          }).map(word => word[0]);
        })"""
    )
    assert broken == []


def test_items_are_opened_found_sorted_and_explained_without_a_change(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened(DESK)
    follows_the_arrows(matrix)
    puts_the_caret_in_the_reason(matrix)
    explains_its_terms(matrix)
    marks_what_was_looked_for(matrix)
    says_that_nothing_matches(matrix)
    shows_by_what_it_is_sorted(matrix)
    breaks_no_word_when_it_is_turned(matrix)


# ------------------------------------------------------------------ by hand
def says_a_rating_once(matrix: MatrixPage, served: Lent) -> None:
    """A rating and the ranks it changes are said once; the strip waits for nobody."""
    live = matrix.page.locator("[aria-live=polite]")
    live.evaluate(
        """one => {
          window.said = [];
          new MutationObserver(() => window.said.push(one.textContent))
            .observe(one, { childList: true, characterData: true, subtree: true });
        }"""
    )
    bar = matrix.page.locator(".lg-strip").get_by_role("listitem").first
    before = bar.text_content()
    with served.server.stalled():
        matrix.press(ITEM, LEAD, "5")
        matrix.page.evaluate("() => new Promise(requestAnimationFrame)")
        assert bar.text_content() != before
    expect(live).to_have_text(
        "E1, H1: very inconsistent. H1 Ukraine manpower is now number 2 and H4 Face "
        "saving is now first"
    )
    matrix.wait_saved()
    matrix.keys("ArrowDown")
    assert len(matrix.page.evaluate("window.said")) == 1


def shows_a_slider_when_it_is_wanted(matrix: MatrixPage) -> None:
    """A slider waits as a thin mark until a hand or a change comes."""
    slider = matrix.emphasis(OTHER)
    row = row_of(matrix, OTHER)

    def seen() -> float:
        return float(slider.evaluate("one => getComputedStyle(one).opacity"))

    matrix.cell("small-beside-the-front", LEAD).focus()
    assert seen() == 0
    assert "\u00d7" not in (row.text_content() or "")
    row.hover()
    assert seen() == 1
    matrix.page.mouse.move(5, 5)
    matrix.cell(OTHER, LEAD).focus()
    assert seen() == 1
    matrix.keys("+", "ArrowDown")
    expect(row).to_contain_text("\u00d71.05")
    assert seen() == 1


def offers_the_codes_at_the_cell(matrix: MatrixPage) -> None:
    """The codes stand at the cell that was clicked."""
    cell = matrix.cell("small-beside-the-front", LEAD)
    cell.click()
    codes = matrix.page.get_by_role("group", name="Rate the selected cell")
    at, around = codes.bounding_box(), cell.bounding_box()
    assert at
    assert around
    assert abs(at["y"] + at["height"] - around["y"]) < 8
    assert at["x"] < around["x"] + around["width"]
    assert at["x"] + at["width"] > around["x"]
    codes.get_by_role("button", name="CC ").click()
    expect(cell).to_have_text("CC")
    expect(codes).to_be_hidden()
    assert matrix.focused() == ("small-beside-the-front", LEAD)
    matrix.cell(OTHER, LEAD).click()
    expect(codes).to_be_visible()
    matrix.keys("ArrowRight")
    expect(codes).to_be_hidden()


def keeps_one_reason_while_another_is_typed(matrix: MatrixPage) -> None:
    """A reason is typed in one field while another is kept."""
    matrix.press(ITEM, LEAD, "Enter")
    matrix.page.keyboard.type("One. ")
    drawer(matrix).get_by_role("textbox", name="Face saving").click()
    matrix.page.keyboard.type("Two. ")
    matrix.keys("Escape")
    matrix.wait_saved()
    matrix.reload()
    matrix.press(ITEM, LEAD, "Space")
    for name, said in (("manpower", "One. "), ("Face saving", "Two. ")):
        value = drawer(matrix).get_by_role("textbox", name=name).input_value()
        assert said.strip() in value


def test_a_hand_rates_weighs_and_says_why(served: Lent, page: Pages) -> None:
    matrix = MatrixPage(page(), served.url).open()
    says_a_rating_once(matrix, served)
    shows_a_slider_when_it_is_wanted(matrix)
    offers_the_codes_at_the_cell(matrix)
    keeps_one_reason_while_another_is_typed(matrix)


# ------------------------------------------------------------------ keys and ears
def skips_to_the_matrix(matrix: MatrixPage) -> None:
    """The first stop of Tab skips to the matrix."""
    matrix.keys("Tab")
    focused = matrix.page.evaluate("document.activeElement.textContent")
    assert focused == "Skip to matrix"
    matrix.keys("Enter")
    assert matrix.focused() == (ITEM, LEAD)


def hears_its_keys_wherever_the_focus_is(matrix: MatrixPage) -> None:
    """Keys of the page work wherever the focus is, and type where text is written."""
    searched = matrix.page.get_by_label("Filter evidence by text")
    matrix.page.get_by_role("link", name="Guide").first.focus()
    matrix.keys("/")
    expect(searched).to_be_focused()
    matrix.page.keyboard.type("g?/")
    expect(searched).to_have_value("g?/")
    matrix.page.get_by_role("link", name="Guide").first.focus()
    matrix.keys("?")
    expect(matrix.page.get_by_role("dialog", name="Keys")).to_be_visible()
    matrix.keys("Escape")
    expect(matrix.page.get_by_role("dialog", name="Keys")).to_be_hidden()
    searched.fill("")


def goes_to_a_page_and_back(matrix: MatrixPage) -> None:
    """G and a letter go to a page, and back to the grid."""
    before = matrix.read(ITEM, LEAD)

    def is_at(page: str) -> None:
        matrix.page.wait_for_url(re.compile(rf"^http://[^/]+/{page}\?"))

    matrix.press(ITEM, LEAD, "g", "e")
    is_at("evidence")
    matrix.keys("g", "b")
    is_at("robustness")
    matrix.keys("g", "m")
    is_at("")
    matrix.wait_drawn()
    matrix.press(ITEM, LEAD, "g", "r")
    is_at("report")
    expect(matrix.page.get_by_text("Skip to matrix")).to_have_count(0)
    matrix.keys("g", "m")
    matrix.wait_drawn()
    assert matrix.read(ITEM, LEAD) == before


def test_keys_of_the_page_lead_to_the_matrix_and_away_from_it(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened(DESK)
    skips_to_the_matrix(matrix)
    hears_its_keys_wherever_the_focus_is(matrix)
    goes_to_a_page_and_back(matrix)


def can_be_read(matrix: MatrixPage, *, opened: bool, colours: bool) -> None:
    """Text is large and dark enough, and axe finds nothing serious, in both themes."""
    matrix.page.emulate_media(reduced_motion="reduce")
    for theme in in_either_theme(matrix.page):
        shown = texts(matrix.grid)
        assert len(shown) > 40
        assert pale(shown) == []
        assert [one for one in shown if one["size"] < 12] == []
        # What opens is made of the same in both themes.
        if theme == "light" or not opened:
            assert serious_of_ours(matrix.page, colours=colours) == []


def honours_forced_colours(matrix: MatrixPage) -> None:
    """With reduced motion nothing moves; with forced colours a cell has its edges."""
    matrix.page.emulate_media(forced_colors="active", reduced_motion="reduce")
    moving = matrix.grid.evaluate(
        """grid => [...grid.querySelectorAll("*")].filter(one => {
          const { transitionDuration, animationName } = getComputedStyle(one);
          return transitionDuration !== "0s" || animationName !== "none";
        }).length"""
    )
    assert moving == 0
    cell = matrix.cell(ITEM, LEAD)
    cell.focus()
    assert cell.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    assert cell.evaluate("one => getComputedStyle(one).borderTopStyle") == "solid"


def test_everything_can_be_read_and_axe_finds_nothing_serious(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened(DESK)
    for width, height in (DESK, PHONE):
        matrix.page.set_viewport_size({"width": width, "height": height})
        for keys in ((), ("Space",), ("Escape", "?"), ("Escape",)):
            matrix.press(ITEM, LEAD, *keys)
            if keys != ("Escape",):
                desk = (width, height) == DESK
                can_be_read(matrix, opened=bool(keys), colours=desk)
    honours_forced_colours(matrix)
