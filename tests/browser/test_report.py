"""The html report in a browser with the network off, and hostile text on every page."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import SHIPPED_CASE
from tests.browser.screen import go_to
from tests.published.at_first import AT_FIRST
from workbench.case import folder
from workbench.case.model import (
    Assumption,
    Case,
    Citation,
    Consistency,
    Evidence,
    Hypothesis,
    Indicator,
    Question,
    Rating,
    Source,
)
from workbench.cli import main
from workbench.record.desk import judgments_of
from workbench.record.ledger import Ledger, default_url

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Locator, Page

    from tests.browser.conftest import Lent, Pages

HOSTILE = (
    "<script>window.hit=1</script><img src=x onerror=window.hit=1> "
    '=HYPERLINK("http://x.invalid") ]#panic() ![x](http://x.invalid/y.png) '
    ":red[x] $x^2$ \u202eback {{7*7}} \U0001f600"
)
LONG = "word " * 999 + "end."


def hostile_case() -> Case:
    text = HOSTILE
    return Case(
        Question(
            text,
            text,
            background=text,
            handling=text,
            assumptions=(Assumption(text), Assumption(LONG)),
        ),
        tuple(
            Hypothesis(
                f"h-{n}",
                f"H{n}",
                text,
                text,
                predicts=(Indicator(text),),
                refuted_by=(text,),
            )
            for n in (1, 2)
        ),
        (Source("s-1", text, text, text, text, interest=text, url=text),),
        tuple(
            Evidence(
                f"e-{n}",
                f"E{n}",
                text,
                text if n < 3 else LONG,
                sources=(Citation("s-1", text),),
                tags=(text,),
                caveat=text,
                ratings={
                    "h-1": Rating(Consistency.I, text),
                    "h-2": Rating(Consistency.CC, text),
                },
            )
            for n in (1, 2, 3)
        ),
    )


def report(case: Path, file: Path) -> str:
    command = ["report", str(case), "--to", "html", "--date", "2024-05-01"]
    assert main([*command, "-o", str(file)]) == 0
    return file.as_uri()


def test_the_report_opens_offline_with_its_grid_live(
    page: Pages, tmp_path: Path
) -> None:
    tab = page(alone=True)
    tab.context.set_offline(True)
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(report(AT_FIRST, tmp_path / "report.html"))
    score = tab.locator("[data-score='ukraine-manpower']")
    expect(score).to_have_text("4.21")
    tab.locator(
        "[role=gridcell][data-evidence='withdrawal-announced']"
        "[data-hypothesis='ukraine-manpower']"
    ).focus()
    tab.keyboard.press("5")
    expect(score).to_have_text("4.75")
    tab.keyboard.press("Control+z")
    expect(score).to_have_text("4.21")
    tab.keyboard.press("+")
    follows_the_page_and_opens_an_item_whole(tab)
    assert [url for url in asked if not url.startswith("file:")] == []


def follows_the_page_and_opens_an_item_whole(tab: Page) -> None:
    """The grid of the report follows the page, and opens an item whole."""
    case = folder.load(AT_FIRST)
    first, last = case.evidence[0], case.evidence[-1]
    lead = case.hypotheses[0]
    cell = "[role=gridcell][data-evidence='{}'][data-hypothesis='{}']"
    tab.locator(cell.format(first.id, lead.id)).focus()
    tab.keyboard.press("Control+End")
    expect(tab.locator(cell.format(last.id, lead.id))).to_be_in_viewport()
    tab.keyboard.press("Space")
    drawer = tab.get_by_role("region", name="Item in full")
    expect(drawer.get_by_role("heading").first).to_contain_text(last.title)
    reason = drawer.get_by_role("textbox", name=lead.title)
    expect(reason).to_have_value(last.ratings[lead.id].because)
    reason.fill("Another reason")
    tab.keyboard.press("Escape")
    tab.keyboard.press("Space")
    expect(reason).to_have_value("Another reason")
    tab.keyboard.press("Escape")
    tab.mouse.move(600, 400)
    for _ in range(10):
        tab.mouse.wheel(0, 2000)
    expect(tab.get_by_role("grid")).not_to_be_in_viewport()


def test_the_report_reads_with_scripts_off(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(report(SHIPPED_CASE, tmp_path / "report.html"))
    shown = tab.inner_text("body")
    case = folder.load(SHIPPED_CASE)
    for item in case.evidence:
        assert item.title in shown
    assert "does not separate" in shown or "puts another first" in shown
    context.close()


def test_hostile_text_is_shown_and_never_run(
    shared: Callable[[Path], Lent], page: Pages, tmp_path: Path
) -> None:
    folder.write(tmp_path / "hostile", hostile_case())
    served = shared(tmp_path / "hostile")
    tab = page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(served.url)
    tab.wait_for_selector("[data-score]")
    for name in ("Matrix", "Question", "Evidence", "Report", "Guide"):
        go_to(tab, name)
        if name != "Guide":
            expect(tab.get_by_text("HYPERLINK").first).to_be_attached()
        tab.wait_for_load_state("networkidle")
        assert tab.evaluate("window.hit") is None, name
        assert tab.locator("img[src='x'], .katex").count() == 0, name
    assert [url for url in asked if "x.invalid" in url] == []


def test_hostile_text_in_a_report_is_shown_and_never_run(
    page: Pages, tmp_path: Path
) -> None:
    folder.write(tmp_path / "hostile", hostile_case())
    tab = page()
    tab.goto(report(tmp_path / "hostile", tmp_path / "hostile.html"))
    expect(tab.locator("[data-score='h-1']")).to_be_visible()
    assert tab.evaluate("window.hit") is None
    assert tab.locator("img").count() == 0
    assert "<script>window.hit=1</script>" in tab.inner_text("body")


def test_what_is_written_by_hand_is_kept_as_it_is_typed_and_counted_at_once(
    served: Lent, page: Pages
) -> None:
    tab = page()

    def opened() -> Locator:
        tab.goto(served.at("report"))
        tab.get_by_text("Written by hand").click()
        return tab.get_by_role("textbox", name="Bottom line")

    lacking = tab.get_by_text("points lacking")
    opened().press_sequentially("It was the storm")
    tab.reload()
    again = opened()
    expect(again).to_have_value("It was the storm")
    before = lacking.inner_text()
    part = tab.get_by_role("textbox", name="What follows for the reader")
    for text in ("Watch the harbour.", "Watch the harbour, and the log."):
        part.fill(text)
        part.press("Control+Enter")
        expect(tab.locator("[data-part=implications]")).to_contain_text("Saved")
    expect(lacking).not_to_have_text(before)
    expect(part).to_have_value("Watch the harbour, and the log.")
    with closing(Ledger(default_url(served.case))) as ledger:
        [name] = ledger.analysts(folder.load(served.case).question.id)
        own = judgments_of(ledger, folder.load(served.case), name)
    assert own.narrative == {
        "bottom-line": "It was the storm",
        "implications": "Watch the harbour, and the log.",
    }
