"""The headline above the grid follows the keys, in a real browser on a real server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.matrix import PATIENCE, MatrixPage
from workbench.case import folder

if TYPE_CHECKING:
    from tests.browser.conftest import Lent, Pages

NOT_SEPARATED = (
    "The evidence does not separate Ukraine manpower from Face saving; Message to "
    "Armenia has most against it."
)
FIRM = "Ukraine manpower is least inconsistent, and no single item, origin,"


def test_the_headline_follows_each_key_and_names_a_leader_that_nothing_unseats(
    served: Lent, page: Pages
) -> None:
    shown = page()
    matrix = MatrixPage(shown, served.url).open()

    def says(text: str) -> None:
        expect(shown.get_by_text(text)).to_be_visible(timeout=PATIENCE)

    says(NOT_SEPARATED)
    says("Ukraine manpower is ahead now, by 0.48.")
    matrix.press("small-beside-the-front", "ukraine-manpower", "5")
    says("Face saving is ahead now, by 0.93.")
    says(NOT_SEPARATED)
    matrix.press("small-beside-the-front", "ukraine-manpower", "3")
    says("Ukraine manpower is ahead now, by 1.90.")
    for item in folder.load(served.case).evidence[:12]:
        matrix.press(item.id, "ukraine-manpower", "1")
        matrix.press(item.id, "face-saving", "5")
    matrix.wait_saved()
    for item in folder.load(served.case).evidence[:12]:
        matrix.press(item.id, "baku-leverage", "5")
    matrix.wait_saved()
    says(FIRM)
    expect(shown.get_by_text("does not separate")).to_have_count(0, timeout=PATIENCE)
