"""The matrix as a journey sees it, found by its roles and data attributes alone.

It must not rely on a class name, a layout or a Streamlit test id, so that the grid can
be redrawn without touching a journey. Playwright's locators look into open shadow
roots, so it is all the same whether the component is isolated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from playwright.sync_api import TimeoutError as NotThere

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

Cell = tuple[str, str]

PATIENCE = 30_000
SOON = 2_000
# A dragging hand: the pointer's way is sampled about as often as a frame is drawn.
DRAG_STEPS = 24

_GRIDCELL = "[role=gridcell][data-evidence][data-hypothesis]"

# The rows are virtualised: scroll what scrolls around them, most of a screen at a time,
# and wait for the grid to draw. Two frames, because a grid may well put off its drawing
# from the scroll event to the next frame. `visit` may end the walk by returning true.
_WALK = """
const frame = () => new Promise(requestAnimationFrame);
const scroller = start => {
  for (let e = start; e; e = e.parentElement ?? e.getRootNode().host) {
    const flow = getComputedStyle(e).overflowY;
    const more = e.scrollHeight > e.clientHeight + 1;
    if (more && /auto|scroll|overlay/.test(flow)) return e;
  }
  return null;
};
const walk = async (grid, selector, visit) => {
  const first = grid.querySelector(selector);
  const pane = first && scroller(first);
  if (!pane) return visit();
  const back = pane.scrollTop;
  pane.scrollTop = 0;
  for (;;) {
    for (let i = 0; i < 2; i++) await frame();
    if (visit()) return;
    const before = pane.scrollTop;
    pane.scrollTop = before + Math.max(20, pane.clientHeight * 0.7);
    if (pane.scrollTop === before) break;
  }
  pane.scrollTop = back;
  for (let i = 0; i < 2; i++) await frame();
};
"""
_READ_ALL = (
    "async (grid, selector) => {"
    + _WALK
    + """
  const found = new Map();
  await walk(grid, selector, () => {
    for (const cell of grid.querySelectorAll(selector)) {
      const { evidence, hypothesis } = cell.dataset;
      found.set(evidence + " " + hypothesis,
                [evidence, hypothesis, cell.textContent.trim()]);
    }
    return false;
  });
  return [...found.values()];
}"""
)
# Five frames in one place; a frame is as long as the machine makes it.
_STILL = """grid => new Promise(done => {
  let last = "", frames = 0;
  const look = () => {
    const { x, y, width, height } = grid.getBoundingClientRect();
    const place = [x, y, width, height].join();
    frames = place === last ? frames + 1 : 0;
    last = place;
    if (frames < 5) requestAnimationFrame(look); else done();
  };
  look();
})"""
_BRING = (
    "async (grid, [selector, wanted]) => {"
    + _WALK
    + """
  await walk(grid, selector, () => grid.querySelector(wanted) !== null);
}"""
)


@dataclass(frozen=True)
class MatrixPage:
    """The first screen of a case, in a page; `url` is its address."""

    page: Page
    url: str

    # ---- being there
    def open(self) -> MatrixPage:
        """Open the matrix and wait until it is drawn and all is saved."""
        self.page.goto(self.url, wait_until="domcontentloaded")
        return self.wait_drawn().wait_saved()

    def reload(self) -> MatrixPage:
        """Reload the page, wherever it is, and wait for the matrix."""
        self.page.reload(wait_until="domcontentloaded")
        return self.wait_drawn().wait_saved()

    def wait_drawn(self) -> MatrixPage:
        """Wait until cells and scores are on the screen."""
        self.grid.locator(_GRIDCELL).first.wait_for(timeout=PATIENCE)
        self.page.locator("[data-score]").first.wait_for(timeout=PATIENCE)
        self._wait_still()
        return self

    def _wait_still(self) -> None:
        """Wait until the chart above has pushed the grid to its place.

        A mouse that aims before that misses what it aims at. In front of the other
        tabs, as one behind another is painted once a second.
        """
        self.page.bring_to_front()
        self.page.locator("svg.marks").first.wait_for(timeout=PATIENCE)
        self.grid.evaluate(_STILL)

    def wait_saved(self, patience: float = PATIENCE) -> MatrixPage:
        """Wait until everything done is in the ledger; `patience` in milliseconds."""
        self.page.locator('[data-saved="true"]').wait_for(
            state="attached", timeout=patience
        )
        return self

    @property
    def grid(self) -> Locator:
        """The grid's root."""
        return self.page.locator("[data-saved]")

    def saved(self) -> bool:
        """Tell what the grid says now, without waiting."""
        return self.grid.get_attribute("data-saved") == "true"

    # ---- reading
    def scores(self) -> dict[str, str]:
        """Return each hypothesis's score as it is written, by hypothesis id."""
        return self._texts("score")

    def ranks(self) -> dict[str, str]:
        """Return each hypothesis's rank as it is written, by hypothesis id."""
        return self._texts("rank")

    def _texts(self, name: str) -> dict[str, str]:
        # One call, so that all are of the same moment.
        texts = self.page.locator(f"[data-{name}]").evaluate_all(
            "(all, name) => all.map(e => [e.dataset[name], e.textContent.trim()])", name
        )
        return dict(cast("list[tuple[str, str]]", texts))

    def cells(self) -> dict[Cell, str]:
        """Return each cell's text by (evidence id, hypothesis id), scrolling for it."""
        rows = self.grid.evaluate(_READ_ALL, _GRIDCELL)
        return {
            (evidence, hypothesis): text
            for evidence, hypothesis, text in cast("list[tuple[str, str, str]]", rows)
        }

    def cell(self, evidence: str, hypothesis: str) -> Locator:
        """Return a cell, scrolled to where it is drawn."""
        found = f'[data-evidence="{evidence}"][data-hypothesis="{hypothesis}"]'
        return self._brought(f"[role=gridcell]{found}")

    def read(self, evidence: str, hypothesis: str) -> str:
        """Return one cell's text."""
        return (self.cell(evidence, hypothesis).text_content() or "").strip()

    def focused(self) -> Cell | None:
        """Return the cell that has the focus, or None."""
        focused = self.page.evaluate(
            """() => {
              let e = document.activeElement;
              while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
              e = e?.closest("[role=gridcell][data-evidence][data-hypothesis]");
              return e ? [e.dataset.evidence, e.dataset.hypothesis] : null;
            }"""
        )
        return (focused[0], focused[1]) if focused else None

    # ---- doing
    def press(self, evidence: str, hypothesis: str, *keys: str) -> None:
        """Put the focus on a cell and press keys, as fast as they come.

        Keys are Playwright's: "4", "c", "Shift+C", "Control+z", "ArrowDown", "+".
        """
        # Focus and not a click: a click on the current cell may mean more than focus.
        try:
            self.cell(evidence, hypothesis).focus(timeout=SOON)
        except NotThere:  # a scroll that was not yet drawn has taken its line away
            self.cell(evidence, hypothesis).focus(timeout=PATIENCE)
        self.keys(*keys)

    def keys(self, *keys: str) -> None:
        """Press keys where the focus is."""
        for key in keys:
            self.page.keyboard.press(key)

    def emphasis(self, evidence: str) -> Locator:
        """Return the slider of an item's emphasis, scrolled to where it is drawn."""
        return self._brought(f'input[type=range][data-emphasis="{evidence}"]')

    def source_emphasis(self, source: str) -> Locator:
        """Return the slider of a source's emphasis."""
        return self.page.locator(f'input[type=range][data-source-emphasis="{source}"]')

    def drag(self, slider: Locator, to: float, *, release: bool = True) -> float:
        """Drag a slider with the mouse towards a value; return where it came to stand.

        The thumb moves in whole pixels, so a narrow slider may stand a step aside. With
        `release=False` the hand still holds it, until `page.mouse.up()`.
        """
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        assert box, "the slider is not visible"
        low, high, thumb = 0.0, 2.0, min(16.0, box["height"])
        middle = box["y"] + box["height"] / 2
        way = box["width"] - thumb

        def across(value: float) -> float:
            return box["x"] + thumb / 2 + (value - low) / (high - low) * way

        mouse = self.page.mouse
        mouse.move(across(float(slider.input_value())), middle)
        mouse.down()
        mouse.move(across(to), middle, steps=DRAG_STEPS)
        if release:
            mouse.up()
        return float(slider.input_value())

    def _brought(self, selector: str) -> Locator:
        wanted = self.grid.locator(selector)
        if not wanted.count():
            self.grid.evaluate(_BRING, [_GRIDCELL, selector])
        return wanted
