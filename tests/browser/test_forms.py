"""Every opened form in both themes as axe sees it; what is typed in it outlives a page.

On a small case, so that each form is short and all of them are one journey.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from tests.browser.screen import go_to, in_either_theme, pale, settled_texts
from tests.browser.test_editing import WITHIN, nothing_serious
from tests.builders import make_case
from workbench.case import folder
from workbench.case.model import Assumption, Consistency, EventDate, Indicator, Rating

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Lent, Pages

OFTEN = 300  # ms: all of a page is read each time
# The text fields of the forms, and what each says; one may be named by a label that is
# written over, too.
FIELDS = """
  const fields = (root = document) => [...root.querySelectorAll("*")].flatMap(one => [
    ...(one.matches("input.fm-input[aria-label],textarea.fm-input") ? [one] : []),
    ...(one.shadowRoot ? fields(one.shadowRoot) : []),
  ]);
  const said = one => (
    `${one.getAttribute("aria-label").replace(/q+$/, "")}: ${one.value}`);
"""
# Writes a letter more into each that is in view, at once.
WRITE = f"""() => {{{FIELDS}
  const all = fields().filter(one => one.checkVisibility());
  for (const one of all) {{
    one.value += "q";
    one.dispatchEvent(new Event("input", {{ bubbles: true, composed: true }}));
  }}
  return all.map(said);
}}"""
MISSING = f"""typed => {{{FIELDS}
  const all = fields().map(said);
  return typed.filter(one => !all.includes(one));
}}"""
SAYS = f"typed => ({MISSING})(typed).length === 0"


def small(place: Path) -> Path:
    case = make_case(
        "E1: C I", "E2: C I", "E3: I CC", sources={"e1": ["s"], "e3": ["s", "t"]}
    )
    first, second = case.hypotheses
    sign = Indicator(
        "Lights at night",
        EventDate("2024-09-30"),
        ratings={first.id: Rating(Consistency.CC)},
    )
    first = replace(first, predicts=(sign,), refuted_by=("A log says no.",))
    question = replace(
        case.question,
        assumptions=(Assumption("The log is true.", breaks_if="A hole."),),
    )
    case = replace(case, question=question, hypotheses=(first, second))
    folder.write(place, case)
    return place


def press(tab: Page, name: str) -> None:
    tab.get_by_role("button", name=name, exact=True).first.click(timeout=WITHIN)


def shows(tab: Page, label: str) -> None:
    expect(tab.get_by_label(label, exact=True).first).to_be_visible(timeout=WITHIN)


def item(tab: Page) -> None:
    press(tab, "Edit")
    shows(tab, "Statement")
    press(tab, "Edit source")
    shows(tab, "Whose interest it serves")


def question(tab: Page) -> None:
    edits = tab.get_by_role("button", name="Edit", exact=True)
    expect(edits).to_have_count(3, timeout=WITHIN)  # the question, two hypotheses
    edits.first.click()
    shows(tab, "What is taken for granted")
    expect(edits).to_have_count(2, timeout=WITHIN)
    edits.first.click()
    shows(tab, "If it is true, we expect")


def watch(tab: Page) -> None:
    press(tab, "Dates and ratings")
    shows(tab, "If it is true, we expect")
    shows(tab, "First reason")


def robustness(tab: Page) -> None:
    shows(tab, "Deception checklist")


FORMS: tuple[tuple[str, Callable[[Page], None], tuple[str, ...]], ...] = (
    ("evidence", item, ("Cite a source",)),
    (
        "question",
        question,
        ("Add assumption", "Add indicator", "Add what would refute it"),
    ),
    ("watch", watch, ("Add indicator",)),
    ("robustness", robustness, ()),
)


def in_both_themes(tab: Page) -> None:
    """Have axe-core look at all, and in the other theme find no text that is pale."""
    for number, _ in enumerate(in_either_theme(tab)):
        if number == 0:
            nothing_serious(tab)
        else:
            assert pale(settled_texts(tab)) == []


def merges(tab: Page, served: Lent) -> None:
    """Write over the texts of two items, lose the page, and make one of them."""

    def panel() -> None:
        press(tab, "Edit")
        tab.get_by_text("Merge with another", exact=True).click(timeout=WITHIN)
        other = tab.get_by_role("combobox", name="Merge with")
        other.click(timeout=WITHIN)
        other.fill("E2 ")
        tab.keyboard.press("Enter")
        expect(area).to_be_visible(timeout=WITHIN)

    area = tab.get_by_label("Statement of both")
    tab.goto(served.at("evidence", item="e1"))
    panel()
    area.fill("Seen twice, said once.")
    in_both_themes(tab)
    tab.reload()
    panel()
    expect(area).to_have_value("Seen twice, said once.", timeout=WITHIN)
    expect(tab.get_by_text("Draft from before")).to_be_visible(timeout=WITHIN)
    area.fill("Seen twice.")
    press(tab, "Merge E2 into E1")  # takes what was typed just now
    expect(tab.get_by_text("Done. Undo takes it back.")).to_be_visible(timeout=WITHIN)
    assert folder.load(served.case).item["e1"].statement == "Seen twice."


def test_opened_forms_are_clean_and_what_is_typed_in_them_outlives_the_page(
    tmp_path: Path, lend: Callable[[Path], Lent], page: Pages
) -> None:
    served, tab = lend(small(tmp_path)), page()
    merges(tab, served)
    tab.goto(served.at("evidence"))
    for name, opened, adding in FORMS:
        go_to(tab, name.capitalize())
        opened(tab)
        for label in adding:
            press(tab, label)
        in_both_themes(tab)
        typed = tab.evaluate(WRITE)
        assert len(typed) > len(adding)
        tab.reload()
        opened(tab)
        with suppress(PlaywrightTimeout):
            tab.wait_for_function(SAYS, arg=typed, polling=OFTEN, timeout=WITHIN)
        assert tab.evaluate(MISSING, typed) == []
    go_to(tab, "History")
    press(tab, "Compare")
    moved = tab.get_by_text(re.compile("What moved the ranking"))
    expect(moved.first).to_be_visible(timeout=WITHIN)
    in_both_themes(tab)
