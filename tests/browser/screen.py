"""What a journey measures on a screen: places, colours, what axe finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, cast

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

PATIENCE: Final = 30_000  # ms
# What Streamlit says of a page whose script has come to its end.
DONE: Final = '.stApp[data-test-script-state="notRunning"]'

# Every piece of text that is seen, in shadow roots too, with its size, its contrast to
# what lies behind it, and the contrast that is asked of it (WCAG 2.2, 1.4.3 and 1.4.11:
# large text and pictures, which are letters of a font here, need less; what is disabled
# and what a chart draws is asked for none: charts are looked at in test_charts). A
# colour is brought to red, green, blue and alpha by painting it; what fades an element
# fades its text.
_TEXTS: Final = """root => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const painted = colour => {
    if (!known.has(colour)) {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 1, 1);
      known.set(colour, [...brush.getImageData(0, 0, 1, 1).data].map(one => one / 255));
    }
    return known.get(colour);
  };
  const over = (top, below) => {
    const alpha = top[3];
    return [0, 1, 2].map(i => top[i] * alpha + below[i] * (1 - alpha)).concat(1);
  };
  const up = one => one.parentElement ?? one.getRootNode().host;
  const behind = element => {
    const layers = [];
    for (let one = element; one; one = up(one)) {
      const colour = painted(getComputedStyle(one).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [1, 1, 1, 1]);
  };
  const light = colour => {
    const [r, g, b] = colour.map(
      one => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const asked = (element, style, size) => {
    const label = element.closest("label")?.control;
    const off = ":disabled, [aria-disabled=true], [inert], svg";
    const aside = "[data-testid=stSliderThumbValue]";  // outside of what it lies in
    if (element.closest(`${off}, ${aside}`) || label?.matches(off)) return 0;
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    return large || element.matches("[data-testid=stIconMaterial]") ? 3 : 4.5;
  };
  const found = [];
  const look = (element, faded) => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const opacity = faded * style.opacity;
    const seen = element.checkVisibility({ visibilityProperty: true }) && opacity > 0;
    if (seen && box.width > 1 && box.height > 1 && !element.disabled) {
      const own = [...element.childNodes].filter(
        one => one.nodeType === 3 && one.textContent.trim());
      const written = element.matches("input:not([type=range]), textarea")
        ? element.value : "";
      const said = own.map(one => one.textContent.trim()).join(" ") || written;
      const after = getComputedStyle(element, "::after");
      const pseudo = /^(?!none|normal|"")/.test(after.content) ? after : null;
      for (const [text, look] of [[said, style], [pseudo?.content, pseudo]]) {
        if (!text || !look) continue;
        const below = behind(element);
        const size = parseFloat(look.fontSize);
        const [red, green, blue, alpha] = painted(look.color);
        found.push({
          text: text.slice(0, 40), size, asked: asked(element, look, size),
          contrast: contrast(over([red, green, blue, alpha * opacity], below), below),
          where: String(element.className),
        });
      }
    }
    for (const one of [...(element.shadowRoot?.children ?? []), ...element.children])
      look(one, opacity);
  };
  look(root, 1);
  return found;
}"""


def texts(root: Locator) -> list[dict[str, Any]]:
    """Give each text that is seen inside an element: its size and contrast."""
    return cast("list[dict[str, Any]]", root.evaluate(_TEXTS))


def settled_texts(page: Page) -> list[dict[str, Any]]:
    """Give each text of a page once nothing is faded, as what is drawn anew is."""
    shown = texts(page.locator(".stApp"))
    if pale(shown):
        expect(page.locator(DONE)).to_be_visible(timeout=PATIENCE)
        expect(page.locator("[data-stale=true]")).to_have_count(0, timeout=PATIENCE)
        shown = texts(page.locator(".stApp"))
    return shown


def pale(shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the texts that have less contrast than is asked of them.

    It costs a tenth of what axe's rule of the same purpose does.
    """
    return [one for one in shown if one["contrast"] < one["asked"]]


Theme = Literal["light", "dark"]
GROUNDS: Final[dict[Theme, str]] = {
    "light": "rgb(255, 255, 255)",
    "dark": "rgb(16, 24, 29)",
}


def in_either_theme(page: Page) -> Iterator[Theme]:
    """Show a page in the theme that it has, then in the other, and leave it there.

    To change it costs as much as going to another page.
    """
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    themes: tuple[Theme, ...] = ("dark", "light") if dark else ("light", "dark")
    for theme in themes:
        page.emulate_media(color_scheme=theme)
        ground = page.locator(".stApp")
        expect(ground).to_have_css("background-color", GROUNDS[theme], timeout=PATIENCE)
        yield theme


def go_to(tab: Page, name: str) -> None:
    """Go to a page of the case by its name at the top, and wait until it is drawn.

    It costs half of what opening the page does.
    """
    # Streamlit's folded sidebar has the names too, and is there before the page.
    places = tab.locator("header, .stMain")
    link = places.get_by_role("link", name=name, exact=True).first
    link.click(timeout=PATIENCE)
    expect(link).to_have_attribute("aria-current", "page", timeout=PATIENCE)
    expect(tab.locator(DONE)).to_be_visible(timeout=PATIENCE)


# What Streamlit draws itself and nobody here can mend: each with the reason.
OF_STREAMLIT: Final = {
    "aria-allowed-attr": "its radio groups and popovers name states of their own",
    "button-name": "its menu is a button of an icon alone",
    "nested-interactive": "its popover's button lies in a button",
    "scrollable-region-focusable": "its page scrolls in an element without a tab stop",
}


def serious(page: Page, *, colours: bool = True) -> list[tuple[str, list[str]]]:
    """Give what axe finds serious or critical; its rule of contrast only if asked.

    What it finds in order is not told: telling it doubles what axe costs, and to read
    it costs as much again.
    """
    options = {
        "resultTypes": ["violations"],
        "preload": False,
        "rules": {"color-contrast": {"enabled": colours}},
    }
    if not page.evaluate("'axe' in window"):  # once a document
        page.evaluate(Axe().axe_script)
    return [
        (one["id"], [str(node["target"]) for node in one["nodes"]])
        for one in page.evaluate("axe.run", options)["violations"]
        if one["impact"] in ("serious", "critical")
    ]


def serious_of_ours(page: Page, *, colours: bool = True) -> list[str]:
    """Give what axe finds serious or critical, Streamlit's own left out."""
    said = []
    for rule, found in serious(page, colours=colours):
        nodes = found
        if rule in OF_STREAMLIT:
            nodes = [node for node in nodes if ".lg" in node or "data-live" in node]
        said += [f"{rule}: {node}" for node in nodes]
    return said
