"""The texts of a case written in the browser: drafts, saved fields, both versions."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from tests.browser.matrix import MatrixPage
from tests.browser.screen import pale, serious, settled_texts
from workbench.case import folder
from workbench.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import Lent, Pages, Server

WITHIN = 20_000  # ms
ITEM = "agreed-by-two-leaders"
# Streamlit's dialog about a server that is gone: that it came, and that it went.
_LAID_OVER = """() => {
  const watch = new MutationObserver(() => {
    window.laidOver ||= document.querySelector("[data-testid=stDialog]") !== null;
  });
  watch.observe(document.body, { childList: true });
}"""
_IS_AWAY = """() => (
  window.laidOver && !document.querySelector("[data-testid=stDialog]"))"""


def open_item(tab: Page, served: Lent) -> None:
    """Open the first item of the Evidence page, to be edited."""
    tab.goto(served.at("evidence"))
    tab.get_by_role("button", name="Edit", exact=True).click(timeout=WITHIN)
    expect(part(tab, "statement")).to_be_visible(timeout=WITHIN)


def part(tab: Page, field: str) -> Locator:
    return tab.locator(f"[data-field={field}]")


def state(tab: Page, field: str) -> Locator:
    return tab.locator(f"[data-part={field}] .fm-state").first


def is_saved(tab: Page, field: str) -> None:
    """Wait until a field says that what was typed is stored."""
    row = tab.locator(f"[data-part={field}]")
    expect(row).to_have_attribute("data-state", "saved", timeout=WITHIN)


def nothing_serious(tab: Page) -> None:
    """Have axe-core look at the page as it is, and find no text that is pale."""
    assert serious(tab, colours=False) == []
    assert pale(settled_texts(tab)) == []


def save_the_rest(tab: Page, field: str) -> None:
    """Save a draft that was restored, unless what was on its way is it already."""
    row = tab.locator(f"[data-part={field}]")
    button = row.get_by_role("button", name="Save it now")
    saved = tab.locator(f"[data-part={field}][data-state=saved]")
    button.or_(saved).first.wait_for(timeout=WITHIN)
    # It may be saved by itself just then, and the button go.
    with suppress(PlaywrightError):
        if button.is_visible():
            button.click(timeout=3_000)
    is_saved(tab, field)


def first_item(case: Path) -> Path:
    """Find the file of the item that the Evidence page opens with."""
    loaded = folder.load(case)
    return case / "evidence" / f"{loaded.evidence[0].id}.yaml"


# ------------------------------------------------------------------ one item
def is_saved_after_a_pause(tab: Page, served: Lent) -> None:
    """A field is saved after a pause, and only its file is touched."""
    file = first_item(served.case)
    before = {path: path.read_text() for path in served.case.glob("*/*.yaml")}
    part(tab, "title").fill("A first new title")
    expect(state(tab, "title")).to_contain_text("Draft, not saved yet")
    is_saved(tab, "title")
    assert "title: A first new title" in file.read_text()
    # the page shows the new case, and a second change of the same field is saved too
    heading = tab.get_by_role("heading", name=re.compile("A first new title"))
    expect(heading).to_be_visible(timeout=WITHIN)
    part(tab, "title").fill("A second title")
    part(tab, "title").press("Control+Enter")
    is_saved(tab, "title")
    after = {path: path.read_text() for path in served.case.glob("*/*.yaml")}
    assert {path for path in after if after[path] != before[path]} == {file}
    changed = [
        (one, other)
        for one, other in zip(
            before[file].splitlines(), after[file].splitlines(), strict=True
        )
        if one != other
    ]
    assert [other for _, other in changed] == ["title: A second title"]

    tab.get_by_role("button", name=re.compile("Undo")).click()
    expect(part(tab, "title")).to_have_value("A first new title", timeout=WITHIN)


def keeps_a_refused_value_with_its_reason(tab: Page, served: Lent) -> None:
    """A refused value stays with its reason, and nothing is written."""
    file = first_item(served.case)
    before = file.read_text()
    for wrong in ("last spring", "2024-13"):
        part(tab, "date").fill(wrong)
        part(tab, "date").press("Control+Enter")
        expect(state(tab, "date")).to_contain_text("YYYY-MM", timeout=WITHIN)
        expect(part(tab, "date")).to_have_value(wrong)
    assert file.read_text() == before
    part(tab, "date").fill("2024-03")
    part(tab, "date").press("Control+Enter")
    is_saved(tab, "date")
    assert "date: 2024-03" in file.read_text()


def shows_both_versions(tab: Page, served: Lent) -> None:
    """Both versions are shown where an editor changed the file."""
    file = first_item(served.case)
    for wanted, button in (
        ("By another hand 1", "Take what is in the case"),
        ("Typed here 2", "Keep mine"),
    ):
        number = wanted[-1]
        theirs = f"title: By another hand {number}"
        file.write_text(
            re.sub(r"^title: .*$", theirs, file.read_text(), flags=re.MULTILINE)
        )
        part(tab, "title").fill(f"Typed here {number}")
        part(tab, "title").press("Control+Enter")
        versions = tab.locator(".fm-version")
        expect(versions).to_have_count(2, timeout=WITHIN)
        expect(versions.nth(0)).to_contain_text(f"Typed here {number}")
        expect(versions.nth(1)).to_contain_text(f"By another hand {number}")
        assert theirs in file.read_text()
        tab.get_by_role("button", name=button).click()
        is_saved(tab, "title")
        expect(versions).to_have_count(0)
        expect(part(tab, "title")).to_have_value(wanted)
        assert f"title: {wanted}" in file.read_text()


def adds_items(tab: Page, served: Lent) -> None:
    """Items are added by title and by pasted list."""
    field = tab.get_by_label("Add evidence: title")
    field.fill("A gauge was read", timeout=WITHIN)
    field.press("Enter")
    expect(field).to_have_value("")
    field.fill("Nobody reported it")
    tab.get_by_role("button", name="Add evidence", exact=True).click()
    field.evaluate(
        """field => {
          const data = new DataTransfer();
          data.setData("text/plain", "First of a list\\n\\n  Second of a list\\n");
          field.dispatchEvent(new ClipboardEvent("paste",
            { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(tab.get_by_text("69 items", exact=True)).to_be_visible(timeout=WITHIN)
    titles = [item.title for item in folder.load(served.case).evidence]
    assert titles[-4:] == [
        "A gauge was read",
        "Nobody reported it",
        "First of a list",
        "Second of a list",
    ]
    assert main(["check", str(served.case)]) in (0, 2)


def opened_again(tab: Page, served: Lent, act: str) -> None:
    """Open the first item as if anew, and what more can be done with it, by keys."""
    open_item(tab, served)
    chosen = tab.get_by_role("radio", name=act, exact=True)
    chosen.focus(timeout=WITHIN)
    tab.keyboard.press("Space")


def splits_and_renames(tab: Page, served: Lent) -> None:
    """By keys, what is typed of both outlives the page, and axe finds nothing."""
    opened_again(tab, served, "Split in two")
    title = tab.get_by_label("Split: title")
    title.focus(timeout=WITHIN)
    tab.keyboard.type("The other half")
    opened_again(tab, served, "Split in two")
    expect(title).to_have_value("The other half", timeout=WITHIN)
    lines = tab.get_by_text("The lines of the files")
    lines.click()
    added = tab.locator(".stCode .inserted").first
    expect(added).to_be_visible(timeout=WITHIN)
    nothing_serious(tab)
    title.press("Enter")
    expect(tab.get_by_text("70 items", exact=True)).to_be_visible(timeout=WITHIN)
    opened_again(tab, served, "Rename its id")
    new = tab.get_by_role("textbox", name="New id")
    for id_, said in (("a" * 101, "longer than 100"), ("two-leaders", "This changes")):
        new.fill(id_, timeout=WITHIN)
        expect(tab.get_by_text(said)).to_be_visible(timeout=WITHIN)
    opened_again(tab, served, "Rename its id")
    expect(new).to_have_value("two-leaders", timeout=WITHIN)
    nothing_serious(tab)
    tab.get_by_role("button", name="Rename it", exact=True).press("Enter")
    expect(tab.get_by_text("Done. Undo takes it back.")).to_be_visible(timeout=WITHIN)
    items = folder.load(served.case).item
    assert next(iter(items)) == "two-leaders"
    assert "The other half" in {one.title for one in items.values()}


def test_an_item_is_written_to_its_file_and_others_are_added(
    served: Lent, page: Pages
) -> None:
    tab = page()
    open_item(tab, served)
    is_saved_after_a_pause(tab, served)
    keeps_a_refused_value_with_its_reason(tab, served)
    shows_both_versions(tab, served)
    adds_items(tab, served)
    splits_and_renames(tab, served)


def test_a_folder_that_is_gone_is_said_and_the_text_is_there_again_with_it(
    served: Lent, page: Pages
) -> None:
    tab = page()
    file = first_item(served.case)
    away = file.parent.with_name("away")
    open_item(tab, served)
    for number, in_the_way in enumerate((False, True)):
        wanted = f"Typed while nothing can be written, {number}"
        file.parent.rename(away)
        if in_the_way:
            file.parent.write_text("a file where the folder was")
        part(tab, "title").fill(wanted)
        part(tab, "title").press("Control+Enter")
        told = tab.get_by_text(re.compile("not saved|missing|cannot be")).first
        expect(told).to_be_visible(timeout=WITHIN)
        if in_the_way:
            file.parent.unlink()
        away.rename(file.parent)
        open_item(tab, served)
        expect(part(tab, "title")).to_have_value(wanted, timeout=WITHIN)
        save_the_rest(tab, "title")
        assert f"title: {wanted}" in file.read_text()


# ------------------------------------------------------------------ every kind of field
def fields_of_the_question(tab: Page, served: Lent) -> None:
    """Carry an assumption, answer the question twice, and rate a sign of H1."""
    tab.goto(served.at("question"))
    edits = tab.get_by_role("button", name="Edit", exact=True)
    edits.first.click(timeout=WITHIN)
    carried = tab.get_by_role("group", name="Hypotheses that fall with it").first
    box = carried.get_by_role("checkbox").nth(1)
    box.focus()
    before = box.is_checked()
    tab.keyboard.press("Space")
    answer = tab.get_by_label("What it was")
    answer.select_option(label="none of these")
    answer.press("Control+Enter")
    is_saved(tab, "assumptions")
    is_saved(tab, "outcome")
    question = folder.load(served.case).question
    assert (question.outcome and question.outcome.hypothesis) == ""
    assert ("baku-leverage" in question.assumptions[0].carries) is not before
    answer.select_option(label="not known yet")
    answer.press("Control+Enter")
    is_saved(tab, "outcome")
    assert folder.load(served.case).question.outcome is None

    done = tab.get_by_role("button", name="Done editing")
    done.click()
    expect(done).to_have_count(0, timeout=WITHIN)
    edits.nth(1).click()
    prior = part(tab, "prior")
    prior.fill("", timeout=WITHIN)
    prior.press_sequentially("0.305")
    rating = tab.get_by_role("combobox", name="H2 Baku leverage").first
    rating.select_option(label="II very inconsistent")
    tab.get_by_label("Reason, H2").first.press_sequentially("It holds the road.")
    tab.keyboard.press("Control+Enter")
    is_saved(tab, "prior")
    is_saved(tab, "predicts")
    nothing_serious(tab)
    one = folder.load(served.case).hypotheses[0]
    assert one.prior == 0.305
    seen = one.predicts[0].ratings["baku-leverage"]
    assert (seen.consistency.value, seen.because) == ("II", "It holds the road.")


def test_every_kind_of_field_is_typed_by_keyboard_and_saved_as_the_files_have_it(
    served: Lent, page: Pages
) -> None:
    tab = page()
    open_item(tab, served)
    id_ = first_item(served.case).stem
    part(tab, "tags").fill("")
    part(tab, "tags").press_sequentially("news, two words,third")
    part(tab, "credibility").select_option(label="a number: the factor itself")
    tab.get_by_label("Credibility as published, as a number").press_sequentially("0.75")
    tab.get_by_label("Reliability of the source").select_option(index=6)
    tab.get_by_label("Credibility of what it says").select_option(index=6)
    tab.keyboard.press("Control+Enter")
    for field in ("tags", "credibility", "grade"):
        is_saved(tab, field)
    nothing_serious(tab)
    item = folder.load(served.case).item[id_]
    assert item.tags == ("news", "two words", "third")
    assert (item.credibility, item.grade) == (0.75, "F6")
    fields_of_the_question(tab, served)


# ------------------------------------------------------------------ from nothing
def begin(tab: Page, question: str) -> None:
    """Begin a case with the button that is there, and name what could answer it."""
    # A browser's first page moves up while parts of it are loaded, under the pointer
    # too: the button that it is pressed on is not the one where it is let go.
    expect(tab.get_by_test_id("stSkeleton")).to_have_count(0, timeout=WITHIN)
    tab.get_by_role("button", name="New case").click(timeout=WITHIN)
    tab.get_by_role("textbox", name="Question", exact=True).fill(question)
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("The case has no hypotheses yet")).to_be_visible(
        timeout=WITHIN
    )


def asked_anew(tab: Page, served: Lent) -> Locator:
    """Open the form of a new case; gives the field of its question."""
    tab.goto(served.at("question"))
    tab.get_by_role("button", name="New case").click(timeout=WITHIN)
    return tab.get_by_role("textbox", name="Question", exact=True)


def test_what_is_typed_outlives_a_server_that_is_killed_and_pages_that_are_closed(
    served: Lent, page: Pages
) -> None:
    tab = page()
    beginning = tab.context.new_page()
    asked = "Why did the second lamp go out?"
    asked_anew(beginning, served).press_sequentially(asked)
    drafted = beginning.get_by_text("Draft, kept in this browser")
    expect(drafted).to_be_visible(timeout=WITHIN)

    file = first_item(served.case)
    tab.bring_to_front()
    open_item(tab, served)
    part(tab, "statement").press("Control+A")
    row = tab.locator("[data-part=statement]")
    typed = ""
    for sentence in ("The first half is saved.", " The second is under way."):
        tab.keyboard.type(sentence)
        typed += sentence
        tab.keyboard.press("Control+Enter")
    tab.evaluate(_LAID_OVER)
    served.server.kill()  # with the second on its way, or its file half written
    tab.keyboard.type(" The third is a draft.")
    unanswered = tab.get_by_text("The server does not answer, trying again")
    expect(unanswered).to_be_visible(timeout=WITHIN)
    tab.wait_for_function(_IS_AWAY, timeout=WITHIN)
    tab.keyboard.type(" And goes on.")  # where the caret was
    typed += " The third is a draft. And goes on."
    expect(part(tab, "statement")).to_have_value(typed)
    expect(row).not_to_have_attribute("data-state", "saved")
    part(tab, "title").press("Control+A")  # of which nothing was ever sent
    tab.keyboard.type("What is typed while nothing answers")
    tab.close()  # tabs that go with their text
    beginning.close()

    served.server.start()
    again = tab.context.new_page()
    open_item(again, served)
    expect(part(again, "statement")).to_have_value(typed, timeout=WITHIN)
    expect(part(again, "title")).to_have_value("What is typed while nothing answers")
    for field in ("statement", "title"):
        save_the_rest(again, field)
    item = folder.load(served.case).item[file.stem]
    assert item.statement == typed
    assert item.title == "What is typed while nothing answers"

    question = asked_anew(again, served)
    expect(question).to_have_value(asked, timeout=WITHIN)
    expect(again.get_by_text("Draft from before")).to_be_visible()
    question.press("Enter")
    expect(again.get_by_text("The case has no hypotheses yet")).to_be_visible(
        timeout=WITHIN
    )
    kept = "localStorage.getItem('workbench-draft:new case')"
    again.wait_for_function(f"() => {kept} === null", timeout=WITHIN)
    assert asked_anew(again, served).input_value() == ""


def test_a_case_is_begun_beside_the_one_that_is_served(
    lone: Server, page: Pages
) -> None:
    tab = page()
    before = {path: path.read_text() for path in lone.case.glob("*/*.yaml")}
    tab.goto(lone.at("question"))
    begin(tab, "Why red?")
    expect(tab).to_have_url(re.compile(r"case=why-red"))
    assert folder.load(lone.folder / "why-red").question.question == "Why red?"
    tab.reload()
    expect(tab.get_by_text("The case has no hypotheses yet")).to_be_visible(
        timeout=WITHIN
    )
    tab.get_by_role("button", name="Back to the case that is served").click()
    MatrixPage(tab, lone.url).wait_drawn()
    assert {p: p.read_text() for p in lone.case.glob("*/*.yaml")} == before
    # a folder that was not begun from here is none of this server's
    other = lone.folder / "other"
    (other / "hypotheses").mkdir(parents=True)
    (other / "evidence").mkdir()
    tab.goto(lone.at("evidence", case="other"))
    expect(tab.get_by_text("There is no case")).to_be_visible(timeout=WITHIN)
