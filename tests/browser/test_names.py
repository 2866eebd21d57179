"""Whose judgments a browser shows, and how the app is started without `serve`."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SHIPPED_CASE
from tests.browser.matrix import MatrixPage

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Pages, Server, Servers

ANONYMOUS = {"WORKBENCH_ALLOW_ANONYMOUS": "1"}


def call(tab: Page, was: str, name: str) -> None:
    """Change the name at the top right."""
    tab.get_by_role("button", name=was).click()
    tab.get_by_role("textbox", name="Analyst").fill(name)
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("button", name=name)).to_be_visible()
    tab.wait_for_function(
        "name => document.cookie.includes(encodeURIComponent(name))", arg=name
    )
    tab.keyboard.press("Escape")


def other(code: str) -> tuple[str, str]:
    """Give a code that a cell has not, and its key."""
    return ("CC", "1") if code != "CC" else ("II", "5")


def test_a_name_belongs_to_the_browser_that_it_was_set_in(
    server: Servers, page: Pages
) -> None:
    served = server(environment={"LOGNAME": "analyst-1"})
    mine, yours = page(), page()
    matrix = MatrixPage(mine, served.url).open()
    call(mine, "analyst-1", "Ann Ö; x=1, 2")
    call(mine, "Ann Ö", "Bea")
    matrix.wait_drawn()
    cell, was = next(iter(matrix.cells().items()))
    code, key = other(was)
    matrix.press(*cell, key)
    matrix.wait_saved()

    seen = MatrixPage(yours, served.url).open()
    expect(yours.get_by_role("button", name="analyst-1")).to_be_visible()
    assert seen.read(*cell) == was

    tab = mine.context.new_page()
    assert MatrixPage(tab, served.url).open().read(*cell) == code
    expect(tab.get_by_role("button", name="Bea")).to_be_visible()
    mine.bring_to_front()  # a tab behind another is painted once a second

    served.restart()
    assert MatrixPage(yours, served.url).open().read(*cell) == was
    assert matrix.reload().read(*cell) == code
    call(mine, "Bea", "analyst-1")
    assert matrix.reload().read(*cell) == was


# ------------------------------------------------------------------ a bare start


def bare(server: Servers, *arguments: str, configured: bool = True) -> Server:
    """Make ready `streamlit run app.py` in a project of its own."""
    served = server(start=False)
    shutil.copy(SHIPPED_CASE / "app.py", served.case)
    if configured:
        shutil.copytree(SHIPPED_CASE / ".streamlit", served.case / ".streamlit")
    served.program = ("streamlit", "run")
    served.arguments = ("--server.headless", "true", *arguments)
    return served


def test_a_bare_start_is_guarded_by_the_projects_own_settings(
    server: Servers, page: Pages
) -> None:
    served = bare(server)
    served.start()
    matrix = MatrixPage(page(), served.url).open()
    cell, was = next(iter(matrix.cells().items()))
    code, key = other(was)
    matrix.press(*cell, key)
    matrix.wait_saved()
    assert matrix.reload().read(*cell) == code
    tab = page(alone=True)
    tab.set_extra_http_headers({"Origin": f"http://127.0.0.1:{served.port + 1}"})
    assert tab.goto(served.url).status == 403  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("arguments", "configured"),
    [
        ((), False),
        (("--server.address", "0.0.0.0"), True),
    ],
)
def test_without_its_settings_a_bare_start_says_what_to_type(
    server: Servers, page: Pages, arguments: tuple[str, ...], *, configured: bool
) -> None:
    served = bare(server, *arguments, configured=configured)
    served.start()
    tab = page()
    tab.goto(served.url)
    expect(tab.get_by_text(f"workbench serve {served.case}")).to_be_visible()
    if arguments:
        expect(tab.get_by_text(arguments[0].strip("-"), exact=False)).to_be_visible()
    assert "Nagorno" not in tab.locator("body").inner_text()
    assert not served.ledger.exists()


def test_each_visitor_of_a_demonstration_has_judgments_of_their_own(
    server: Servers, page: Pages
) -> None:
    served = bare(server, "--server.address", "0.0.0.0", configured=False)
    served.environment = ANONYMOUS | {"LOGNAME": "analyst-1"}
    served.start()
    mine, yours = page(), page()
    matrix = MatrixPage(mine, served.url).open()
    expect(mine.get_by_role("button", name="visitor-")).to_be_visible()
    name = mine.get_by_role("button", name="visitor-").inner_text()
    cell, was = next(iter(matrix.cells().items()))
    code, key = other(was)
    matrix.press(*cell, key)
    matrix.wait_saved()
    assert MatrixPage(yours, served.url).open().read(*cell) == was
    assert yours.get_by_role("button", name="visitor-").inner_text() != name
    assert matrix.reload().read(*cell) == code
    assert mine.get_by_role("button", name="visitor-").inner_text() == name
    mine.get_by_role("button", name="visitor-").click()
    expect(mine.get_by_role("textbox", name="Analyst")).to_be_disabled()
