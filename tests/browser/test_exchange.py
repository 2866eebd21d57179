"""Another tool's file uploaded, looked at and made a case; a case taken elsewhere."""

from __future__ import annotations

import contextlib
import datetime as dt
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error, expect

from tests.browser.conftest import SHIPPED_CASE
from tests.browser.matrix import MatrixPage
from tests.browser.test_report import hostile_case
from tests.exchange.test_store import without_id
from workbench import exchange
from workbench.case import folder, library
from workbench.case.judgments import Judgments
from workbench.method.matrix import build
from workbench.method.scoring import assess

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import Lent, Pages, Server

SAMPLE = SHIPPED_CASE / "tests" / "exchange" / "samples" / "arkhammirror.json"
DAY = dt.date(2024, 5, 1)
WORKED = ("aum-shinrikyo", "campaign-compromise-2016")


def unfold(tab: Page, title: str) -> None:
    """Open a fold; again where it moved from under the pointer while it was pressed."""
    summary = tab.locator("summary", has_text=title)
    fold = tab.locator("details").filter(has=summary).last
    fold.wait_for()
    for _ in range(8):
        if fold.get_attribute("open") is None:
            fold.locator("summary").first.click()
        with contextlib.suppress(AssertionError):
            expect(fold).to_have_attribute("open", "", timeout=2_000)
            return


def bring(tab: Page, file: Path) -> None:
    """Open the importer and upload a file."""
    unfold(tab, "Import a file of another tool")
    tab.locator("input[type=file]").set_input_files(file)


def test_an_uploaded_file_is_seen_made_a_case_and_opened_on_its_matrix(
    worked: Server, page: Pages
) -> None:
    tab = page()
    tab.goto(worked.url)
    bring(tab, SAMPLE)
    expect(tab.get_by_text("What could not be carried")).to_be_visible()
    expect(tab.get_by_role("heading", name="Who moved the buoy?")).to_be_visible()
    table = tab.get_by_role("table")
    expect(table.locator("td.code.II")).to_have_count(2)
    expect(table.locator("td.code.unrated")).to_have_count(12)
    assert library.names(worked.case) == WORKED
    tab.get_by_role("button", name="Make the case").click()
    matrix = MatrixPage(tab, worked.url).wait_drawn().wait_saved()
    expect(tab).to_have_url(f"{worked.url}/?case=who-moved-the-buoy")
    assert matrix.read("calm-sea-all-week", "storm") == "II"
    (found,) = exchange.read(SAMPLE.read_bytes(), SAMPLE.name)
    assert without_id(worked.case / "who-moved-the-buoy") == found.case


MESSY = (
    "What we know,Strength,Storm,Sabotage\n"
    "Calm sea,3,fits badly,fits\n"
    "Hull was cut,1,fits badly,fits\n"
    "No log,2,fits,fits badly\n"
)


def choose(tab: Page, name: str, option: str) -> None:
    """Choose in a select, and wait until it holds what was chosen."""
    select = tab.get_by_role("combobox", name=name).last  # a stale one comes first
    for _ in range(16):  # a page that is being drawn anew closes the list
        tab.locator("[data-test-script-state=notRunning]").wait_for()
        select.click()
        with contextlib.suppress(Error):
            tab.get_by_role("option", name=option, exact=True).click(timeout=1_000)
            break
    expect(select).to_have_value(option)


def test_a_messy_sheet_is_put_right_by_three_choices_and_ranks_as_it_should(
    worked: Server, page: Pages, tmp_path: Path
) -> None:
    (tmp_path / "messy.csv").write_text(MESSY)
    tab = page()
    tab.goto(worked.url)
    bring(tab, tmp_path / "messy.csv")
    expect(tab.get_by_text("This file cannot be imported")).to_be_visible()
    choose(tab, "What we know in column A", "item")
    expect(tab.get_by_text("Too much could not be read")).to_be_visible()
    expect(tab.get_by_role("button", name="Make the case")).to_have_count(0)
    choose(tab, "fits badly", "II")
    expect(tab.get_by_role("table").locator("td.code.II")).to_have_count(3)
    expect(tab.get_by_text("the ranking hangs on the weights")).to_be_visible()
    choose(tab, "Strength in column B", "weight")
    expect(tab.get_by_text("Too much could not be read")).to_have_count(0)
    expect(tab.get_by_role("table").locator("td.code.II")).to_have_count(3)
    with tab.expect_download() as kept:
        tab.get_by_role("button", name="Keep these choices as a file").click()
    assert "fits badly: II" in Path(kept.value.path()).read_text()
    tab.get_by_role("button", name="Make the case").click()
    MatrixPage(tab, worked.url).wait_drawn().wait_saved()
    (made,) = (one for one in worked.case.iterdir() if one.name not in WORKED)
    found = {h.title: h.score for h in assess(build(folder.load(made))).hypotheses}
    assert found == {"Storm": 8, "Sabotage": 4}


def test_cells_pasted_from_a_spreadsheet_are_read_like_a_file(
    worked: Server, page: Pages
) -> None:
    tab = page()
    tab.goto(worked.url)
    unfold(tab, "Import a file of another tool")
    unfold(tab, "Or paste cells from a spreadsheet")
    box = tab.get_by_role("textbox", name="Cells, with the row of names")
    box.fill("Evidence\tH1 Storm\tH2 Sabotage\nCalm sea\tII\tC\nHull was cut\tI\tCC\n")
    box.press("Control+Enter")
    expect(tab.get_by_role("table").locator("td.code.CC")).to_have_count(1)
    expect(tab.get_by_role("button", name="Make the case")).to_be_visible()


def test_a_broken_file_is_told_and_the_list_stays_as_it_was(
    worked: Server, page: Pages, tmp_path: Path
) -> None:
    (tmp_path / "broken.json").write_bytes(SAMPLE.read_bytes()[:900])
    tab = page()
    tab.goto(worked.url)
    bring(tab, tmp_path / "broken.json")
    expect(tab.get_by_text("This file cannot be imported")).to_be_visible()
    expect(tab.get_by_text("broken.json: line")).to_be_visible()
    expect(tab.get_by_role("button", name="Make the case")).to_have_count(0)
    expect(tab.get_by_role("button", name="Open", exact=True)).to_have_count(2)
    assert {path.name for path in worked.case.iterdir()} == set(WORKED)


def test_hostile_text_in_an_uploaded_file_is_shown_and_never_run(
    worked: Server, page: Pages, tmp_path: Path
) -> None:
    file = tmp_path / "<img src=x onerror=window.hit=1> $x$ :red[x].json"
    written = exchange.write(hostile_case(), Judgments(), "json", date=DAY)
    file.write_bytes(written.data)
    tab = page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(worked.url)
    bring(tab, file)
    cells = tab.get_by_role("table").get_by_text("<script>window.hit=1</script>")
    expect(cells).to_have_count(5)
    assert tab.evaluate("window.hit") is None
    assert not [url for url in asked if "x.invalid" in url]


def test_with_one_case_another_comes_as_a_zip_that_can_be_served(
    lone: Server, page: Pages, tmp_path: Path
) -> None:
    tab = page()
    tab.goto(lone.at("report"))
    bring(tab, SAMPLE)
    with tab.expect_download() as started:
        tab.get_by_role("button", name="Download the case as a zip").click()
    assert started.value.suggested_filename == "who-moved-the-buoy.zip"
    with zipfile.ZipFile(started.value.path()) as packed:
        packed.extractall(tmp_path)
    (found,) = exchange.read(SAMPLE.read_bytes(), SAMPLE.name)
    assert without_id(tmp_path / "who-moved-the-buoy") == found.case
    beside = {path.name for path in lone.case.parent.iterdir() if path.is_dir()}
    assert beside == {"case", "home"}


def test_the_downloaded_file_is_what_the_command_line_writes_for_each_tool(
    shared: Callable[[], Lent], page: Pages
) -> None:
    tab = page()
    tab.goto(shared().at("report"))
    tab.get_by_role("radio", name="As published").click()
    case = folder.load(shared().case)
    begun = dt.datetime.now().astimezone().date()
    for to, target in exchange.TARGETS.items():
        choose(tab, "Write the case for", target.title)
        button = tab.get_by_role("button", name="Download for")
        expect(button).to_contain_text(target.title)
        with tab.expect_download() as started:
            button.click()
        today = dt.datetime.now().astimezone().date()
        expected = [
            exchange.write(case, Judgments(), to, date=day).data
            for day in {begun, today}  # it may have struck midnight
        ]
        assert Path(started.value.path()).read_bytes() in expected, to
        assert started.value.suggested_filename.endswith(target.extension)
