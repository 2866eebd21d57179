"""axe-core finds nothing serious on any page, in either theme, on desk and phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.screen import texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.conftest import Lent, Pages

PATIENCE = 30_000
SMALLEST = 12  # px; in charts 11, which are looked at by themselves
CHARTS = {"robustness": 6, "probability": 2}
NAMES = ("question", "evidence", *CHARTS, "watch", "history", "report", "guide")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
def test_nothing_serious_is_found_on_any_page(
    theme: Literal["light", "dark"],
    size: tuple[int, int],
    shared: Callable[[], Lent],
    page: Pages,
) -> None:
    tab = page(size=size, color_scheme=theme)
    found = []
    for name in NAMES:
        tab.goto(shared().at(name))
        # The channel is drawn first, so what is saved says nothing of the page.
        expect(tab.locator(".stMain h3").first).to_be_visible(timeout=PATIENCE)
        charts = tab.locator("svg.marks")
        expect(charts).to_have_count(CHARTS.get(name, 0), timeout=PATIENCE)
        found += [
            (name, one["id"], [node["target"] for node in one["nodes"]])
            for one in Axe().run(tab).response["violations"]
            if one["impact"] in ("serious", "critical")
        ]
        found += [
            (name, one["text"], one["size"])
            for one in texts(tab.locator(".stApp"))
            if one["size"] < SMALLEST
        ]
        across = tab.evaluate("document.querySelector('.stMain').scrollWidth")
        if across > size[0]:
            found.append((name, "the page is broader than its window", across))
    assert found == []
