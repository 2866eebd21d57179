"""The first screen, measured: what is in view, where things open, what can be read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

from tests.browser.matrix import MatrixPage
from tests.browser.screen import serious_of_ours, texts
from tests.browser.test_accessibility import COLOURS, GROUNDS
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

ITEM, OTHER = "withdrawal-announced", "agreed-by-two-leaders"
LEAD, RIVAL = "ukraine-manpower", "face-saving"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

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
        size: tuple[int, int] = (1440, 900),
        case: Path | None = None,
    ) -> MatrixPage:
        served = shared(case) if case else shared()
        tab = page(size=size)
        return MatrixPage(tab, served.url).open()

    return at


@pytest.fixture
def matrix(served: Lent, page: Pages) -> MatrixPage:
    """Open a case of this test's own."""
    return MatrixPage(page(), served.url).open()


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


# ------------------------------------------------------------------ strip and rows
@pytest.mark.parametrize(
    ("size", "rows"), [((1440, 900), 16), ((800, 900), 6), ((720, 450), 4)]
)
def test_so_many_whole_rows_are_in_view(
    opened: Callable[..., MatrixPage], size: tuple[int, int], rows: int
) -> None:
    assert opened(size).grid.evaluate(_IN_VIEW) >= rows


@pytest.mark.parametrize("width", [900, 1440])
def test_the_strip_is_slim_and_holds_question_verdict_bars_state_and_undo(
    opened: Callable[..., MatrixPage], width: int
) -> None:
    matrix = opened((width, 900))
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


def test_below_900_pixels_the_rest_of_the_strip_comes_on_touch(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened((820, 1180))
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
    assert matrix.grid.evaluate(_IN_VIEW) >= 16


def test_the_strip_follows_a_key_before_the_server_has_answered(
    matrix: MatrixPage,
) -> None:
    bar = matrix.page.locator(".lg-strip").get_by_role("listitem").first
    before = bar.text_content()
    matrix.press(ITEM, LEAD, "5")
    matrix.page.evaluate("() => new Promise(requestAnimationFrame)")
    assert bar.text_content() != before


# ------------------------------------------------------------------ the wheel
def test_the_wheel_over_the_grid_comes_to_the_end_of_the_page(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened()
    assert len(matrix.page.evaluate(_SCROLLERS)) == 1
    assert matrix.page.evaluate(_LEFT_TO_SCROLL) > 1000
    matrix.page.mouse.move(700, 600)
    for _ in range(30):
        matrix.page.mouse.wheel(0, 233)
    matrix.page.wait_for_function(f"({_LEFT_TO_SCROLL})() < 2")
    expect(matrix.page.locator("svg.marks").first).to_be_in_viewport()


def test_the_focus_mode_takes_the_strip_away_and_keeps_what_is_saved_in_view(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened()
    before = matrix.grid.evaluate(_IN_VIEW)
    button = matrix.page.get_by_role("button", name="Focus mode")
    button.click()
    expect(matrix.page.locator(".lg-strip")).to_be_hidden()
    expect(matrix.page.locator(".lg-status")).to_be_in_viewport()
    assert matrix.grid.evaluate(_IN_VIEW) > before
    matrix.keys("f")
    expect(matrix.page.locator(".lg-strip")).to_be_visible()


def test_full_screen_is_what_its_button_says(opened: Callable[..., MatrixPage]) -> None:
    matrix = opened()
    button = matrix.page.get_by_role("button", name="Full screen")
    button.click()
    matrix.page.wait_for_function("document.fullscreenElement !== null")
    assert matrix.grid.evaluate(_IN_VIEW) >= 16
    button.click()
    matrix.page.wait_for_function("document.fullscreenElement === null")
    expect(matrix.page.get_by_role("button", name="Turn the grid")).to_be_visible()


# ------------------------------------------------------------------ the drawer
@pytest.mark.parametrize("size", [(1440, 900), (820, 1180), (390, 844), (720, 450)])
def test_the_drawer_is_wholly_in_view_and_has_every_reason(
    opened: Callable[..., MatrixPage], size: tuple[int, int]
) -> None:
    matrix = opened(size)
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


def test_the_drawer_follows_the_arrows_while_the_focus_stays_in_the_grid(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened()
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


def test_enter_and_a_double_click_put_the_caret_in_the_reason_of_the_cell(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened()
    reason = drawer(matrix).get_by_role("textbox", name="Face saving")
    matrix.press(ITEM, RIVAL, "Enter")
    expect(reason).to_be_focused()
    matrix.keys("Escape")
    matrix.cell(OTHER, LEAD).dblclick()
    expect(drawer(matrix).get_by_role("textbox", name="manpower")).to_be_focused()
    assert inside(drawer(matrix), (1440, 900))


def test_findings_about_the_item_are_in_the_drawer(
    opened: Callable[..., MatrixPage], tmp_path: Path
) -> None:
    folder.write(tmp_path / "case", generated(6, 3))
    matrix = opened(case=tmp_path / "case")
    matrix.page.get_by_role("rowheader").first.click()
    expect(drawer(matrix)).to_contain_text("What a reviewer would ask")


def test_a_reason_is_typed_in_one_field_while_another_is_kept(
    matrix: MatrixPage,
) -> None:
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


# ------------------------------------------------------------------ codes by hand
def test_the_codes_stand_at_the_cell_that_was_clicked(matrix: MatrixPage) -> None:
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


def test_on_a_phone_every_code_is_a_large_target(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened((390, 844))
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


# ------------------------------------------------------------------ sliders
def test_a_slider_waits_as_a_thin_mark_until_a_hand_or_a_change_comes(
    matrix: MatrixPage,
) -> None:
    slider = matrix.emphasis(OTHER)
    row = row_of(matrix, OTHER)

    def seen() -> float:
        return float(slider.evaluate("one => getComputedStyle(one).opacity"))

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


# ------------------------------------------------------------------ find, sort, terms
def test_what_was_looked_for_is_marked_with_the_words_around_it(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened()
    matrix.page.keyboard.press("/")
    matrix.page.keyboard.type("november 2025")
    marks = matrix.page.locator("mark")
    expect(marks.first).to_be_visible()
    assert {(one or "").lower() for one in marks.all_text_contents()} <= {
        "november",
        "2025",
    }
    around = marks.first.locator("xpath=..").text_content() or ""
    assert len(around) > len("november") + 10


def test_a_filter_that_finds_nothing_says_so_and_is_cleared_in_one_click(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened()
    matrix.page.get_by_label("Filter evidence by text").fill("xyzzy")
    expect(matrix.page.get_by_text("No item matches \u201cxyzzy\u201d")).to_be_visible()
    matrix.page.get_by_role("button", name="Clear the filter").click()
    expect(matrix.page.get_by_label("Filter evidence by text")).to_have_value("")
    expect(matrix.cell(ITEM, LEAD)).to_be_visible()


def test_the_head_shows_by_what_the_lines_are_sorted(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened()
    heads = matrix.page.get_by_role("columnheader")
    expect(heads.first).to_have_attribute("aria-sort", "ascending")
    weight = heads.filter(has_text="Weight")
    weight.get_by_role("button").click()
    expect(weight).to_have_attribute("aria-sort", "descending")
    expect(weight).to_contain_text("\u25be")
    weight.get_by_role("button").click()
    expect(weight).to_have_attribute("aria-sort", "ascending")
    assert heads.first.get_attribute("aria-sort") is None


def test_a_term_is_explained_on_hover_and_on_focus(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened()
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


def test_headers_break_no_word_when_the_grid_is_turned(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened()
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


# ------------------------------------------------------------------ keys and ears
def test_skip_to_matrix_is_the_first_stop_of_tab(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened()
    matrix.keys("Tab")
    focused = matrix.page.evaluate("document.activeElement.textContent")
    assert focused == "Skip to matrix"
    matrix.keys("Enter")
    assert matrix.focused() == (ITEM, LEAD)
    matrix.page.get_by_role("link", name="Guide").first.click()
    expect(matrix.page.get_by_text("Skip to matrix")).to_have_count(0)


def test_keys_of_the_page_work_wherever_the_focus_is(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened()
    matrix.page.get_by_role("link", name="Guide").first.focus()
    matrix.keys("/")
    expect(matrix.page.get_by_label("Filter evidence by text")).to_be_focused()
    matrix.page.keyboard.type("g?/")
    expect(matrix.page.get_by_label("Filter evidence by text")).to_have_value("g?/")
    matrix.page.get_by_role("link", name="Guide").first.focus()
    matrix.keys("?")
    expect(matrix.page.get_by_role("dialog", name="Keys")).to_be_visible()
    matrix.keys("Escape")
    expect(matrix.page.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_g_and_a_letter_go_to_a_page_and_back_to_the_grid(
    opened: Callable[..., MatrixPage],
) -> None:
    matrix = opened()
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
    matrix.keys("g", "m")
    matrix.wait_drawn()
    assert matrix.read(ITEM, LEAD) == before


def test_a_rating_and_the_ranks_it_changes_are_said_once(matrix: MatrixPage) -> None:
    live = matrix.page.locator("[aria-live=polite]")
    live.evaluate(
        """one => {
          window.said = [];
          new MutationObserver(() => window.said.push(one.textContent))
            .observe(one, { childList: true, characterData: true, subtree: true });
        }"""
    )
    matrix.press(ITEM, LEAD, "5")
    expect(live).to_have_text(
        "E1, H1: very inconsistent. H1 Ukraine manpower is now number 2 and H4 Face "
        "saving is now first"
    )
    matrix.wait_saved()
    matrix.keys("ArrowDown")
    assert len(matrix.page.evaluate("window.said")) == 1


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_everything_can_be_read_and_axe_finds_nothing_serious(
    opened: Callable[..., MatrixPage], size: tuple[int, int]
) -> None:
    matrix = opened(size)
    ground = matrix.page.locator(".stApp")
    for keys in ((), ("Space",), ("Escape", "?")):
        matrix.press(ITEM, LEAD, *keys)
        # What a page is made of is the same in both themes; its colours are not.
        for scheme in SCHEMES:
            matrix.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            expect(ground).to_have_css("background-color", GROUNDS[scheme])
            only = COLOURS if scheme == "dark" else ()
            shown = texts(matrix.grid)
            assert len(shown) > 40
            assert [one for one in shown if one["contrast"] < 4.5] == []
            assert [one for one in shown if one["size"] < 12] == []
            assert serious_of_ours(matrix.page, *only) == []


def test_reduced_motion_and_forced_colours_are_honoured(
    shared: Callable[..., Lent], page: Pages
) -> None:
    tab = page(reduced_motion="reduce")
    tab.emulate_media(forced_colors="active")
    matrix = MatrixPage(tab, shared().url).open()
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
