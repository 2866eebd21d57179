"""What is removed elsewhere, under the hand: its keys fall on no other thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.matrix import MatrixPage

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Lent, Pages

WITHIN = 20_000  # ms
# As another page's removal comes: by the store, and while this page is used.
_REMOVE = """([what, id]) => {
  const boxes = [...window.__workbenchBus.outboxes.values()];
  boxes.find(one => one.open).log("act", { act: "delete", what, id });
}"""
_ASKED = """() => (
  [...window.__workbenchBus.outboxes.values()].find(one => one.open).number)"""


def removed(tab: Page, what: str, id_: str) -> None:
    """Remove a thing, and wait until the grid shows none of it."""
    tab.evaluate(_REMOVE, [what, id_])
    expect(tab.locator(f'[data-{what}="{id_}"]')).to_have_count(0, timeout=WITHIN)


def presses_in_vain(tab: Page, said: str) -> None:
    before = tab.evaluate(_ASKED)
    tab.keyboard.type("4e+")
    expect(tab.get_by_text(said)).not_to_have_count(0)
    assert tab.evaluate(_ASKED) == before


def test_what_is_removed_under_the_hand_leaves_its_keys_to_nobody(
    served: Lent, page: Pages
) -> None:
    tab = page()
    matrix = MatrixPage(tab, served.url).open()
    (first, _), *others = matrix.cells()
    item = next(id_ for id_, _ in others if id_ != first)
    asked = tab.get_by_role("dialog", name="Rate this item")
    title, against = asked.locator("h2"), asked.locator("h3")
    labels = dict(
        zip(matrix.scores(), ("H1", "H2", "H3", "H4"), strict=True)  # as published
    )

    # An item before the one that is asked about goes: it is asked about still.
    matrix.press(item, next(iter(labels)), "o")
    expect(asked).to_be_visible()
    said = title.inner_text()
    removed(tab, "evidence", first)
    expect(title).to_have_text(said)
    of = against.inner_text()[:2]
    hypothesis = next(id_ for id_, label in labels.items() if label == of)
    tab.keyboard.press("4")
    expect(matrix.cell(item, hypothesis)).to_have_text("I", timeout=WITHIN)

    # So is the next hypothesis where the one before goes, and not where it goes itself.
    of = against.inner_text()[:2]
    removed(tab, "hypothesis", hypothesis)
    expect(against).to_contain_text(of)
    hypothesis = next(id_ for id_, label in labels.items() if label == of)
    said = against.inner_text()
    removed(tab, "hypothesis", hypothesis)
    presses_in_vain(tab, f"{said} is gone.")
    expect(asked).to_be_visible()
    said = title.inner_text()
    removed(tab, "evidence", item)
    presses_in_vain(tab, f"{said} is gone.")
    expect(asked).to_be_hidden()

    # A reason that is being typed when its item goes is none of the next item.
    matrix.wait_saved()
    here = matrix.focused()  # where the hand was left, and keys are for nobody yet
    item, hypothesis = next(one for one in matrix.cells() if one != here)
    matrix.press(item, hypothesis, "Enter")
    reason = tab.locator(".lg-reason.on textarea")
    expect(reason).to_be_focused()
    tab.keyboard.type("Of this item alone")
    removed(tab, "evidence", item)
    tab.keyboard.type(", and none besides")
    tab.keyboard.press("Control+z")  # which is of no thing that stands here
    expect(tab.locator(f'[data-evidence="{item}"]')).not_to_have_count(
        0, timeout=WITHIN
    )
    matrix.wait_saved()
    texts = tab.locator(".lg-reason textarea").all()
    assert not any("none besides" in one.input_value() for one in texts)
