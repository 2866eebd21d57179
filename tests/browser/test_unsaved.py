"""What is typed while nothing can be saved: kept, shown, and saved in the end."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.forwarder import Forwarder
from tests.browser.matrix import PATIENCE, MatrixPage
from workbench.case import folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.conftest import Lent, Pages, Server, Servers

LEAD, RIVAL = "ukraine-manpower", "face-saving"


def stored(served: Lent | Server) -> dict[tuple[str, str], str]:
    """Give the ratings in the ledger by cell; every cell is rated once here."""
    if not served.ledger.exists():
        return {}
    with sqlite3.connect(served.ledger) as connection:
        query = "select evidence, hypothesis, to_ from entries where kind = 'rating'"
        rows = connection.execute(query).fetchall()
    connection.close()
    found = {(item, hypothesis): json.loads(to) for item, hypothesis, to in rows}
    assert len(found) == len(rows), "an operation was carried out twice"
    return found


def departures(served: Lent | Server, count: int) -> dict[tuple[str, str], str]:
    """Name cells whose published rating is another than the one to be given."""
    cells = {}
    for item in folder.load(served.case).evidence:
        published = item.ratings.get(LEAD)
        cells[item.id, LEAD] = (
            "I" if published and published.consistency == "II" else "II"
        )
    return dict(list(cells.items())[:count])


KEYS = {"I": "4", "II": "5"}


def typed(matrix: MatrixPage, cells: dict[tuple[str, str], str]) -> None:
    """Rate cells one under the other."""
    (first, *_) = cells
    matrix.cell(*first).focus()
    for code in cells.values():
        matrix.keys(KEYS[code], "ArrowDown")


def leave(page: Page, name: str = "Guide") -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def expect_all_saved(page: Page) -> None:
    """Wait until the page, whichever it is, says that nothing waits."""
    state = page.locator("[data-unsaved]")
    expect(state).to_have_attribute("data-unsaved", "0", timeout=PATIENCE)
    expect(state).to_have_text("All changes saved")


def expect_stored(
    page: Page, served: Lent | Server, cells: dict[tuple[str, str], str]
) -> None:
    """Wait until cells are in the ledger, whichever page has brought them there."""
    left = PATIENCE
    while stored(served) != cells and left > 0:
        page.wait_for_timeout(100)
        left -= 100
    expect_all_saved(page)
    assert stored(served) == cells


# ------------------------------------------------------------------ leaving


# Seconds of a stall, changes, of which so many after it: on a server that stands still,
# each 0.3 s after the one before, then another page. Three of four kept one change.
STALLS = ((1.0, 3, 0), (2.0, 6, 0), (1.0, 1, 0), (1.0, 6, 3))
APART = 300  # ms


def test_of_what_is_typed_while_the_server_stalls_nothing_is_lost_by_leaving(
    served: Lent, page: Pages
) -> None:
    tab = page()
    matrix = MatrixPage(tab, served.url).open()
    left = departures(served, sum(changes for _, changes, _ in STALLS))
    done: dict[tuple[str, str], str] = {}
    for seconds, changes, after in STALLS:
        cells = dict(list(left.items())[len(done) : len(done) + changes])
        within = dict(list(cells.items())[: changes - after])
        with served.server.stalled():
            begun = time.monotonic()
            for cell, code in within.items():
                typed(matrix, {cell: code})
                tab.wait_for_timeout(APART)
            if not after:
                leave(tab)
            rest = seconds - (time.monotonic() - begun)
            tab.wait_for_timeout(max(0, rest) * 1000)
        for cell in [one for one in cells if one not in within]:
            typed(matrix, {cell: cells[cell]})
            tab.wait_for_timeout(APART)
        if after:
            leave(tab)
        expect(tab.get_by_text("Heuer").first).to_be_visible(timeout=PATIENCE)
        done |= cells
        expect_stored(tab, served, done)
        leave(tab, "Matrix")
        matrix.wait_saved()
    assert len(done) == len(left)


def test_keys_in_quick_succession_on_a_stalled_server_are_saved_from_the_next_page(
    served: Lent, page: Pages
) -> None:
    tab = page()
    matrix = MatrixPage(tab, served.url).open()
    cells = departures(served, 6)
    with served.server.stalled():
        typed(matrix, cells)
        leave(tab)
    expect(tab.get_by_text("Heuer").first).to_be_visible(timeout=PATIENCE)
    expect_all_saved(tab)
    assert stored(served) == cells


@pytest.mark.parametrize("how", ["page", "closed tab", "reload"])
def test_of_twenty_keys_at_once_none_is_lost_by_leaving_at_once(
    served: Lent, page: Pages, how: str
) -> None:
    tab = page()
    matrix = MatrixPage(tab, served.url).open()
    cells = departures(served, 20)
    typed(matrix, cells)
    if how == "page":
        leave(tab, "Robustness")
    elif how == "reload":
        tab.goto(served.at("report"))
    else:
        context = tab.context
        tab.close()
        tab = context.new_page()
        tab.goto(served.at("evidence"))
    expect_stored(tab, served, cells)


def test_two_tabs_that_leave_work_behind_and_a_third_that_finds_it_save_each_once(
    served: Lent, page: Pages
) -> None:
    first = page()
    second = first.context.new_page()
    cells = departures(served, 12)
    halves = dict(list(cells.items())[:6]), dict(list(cells.items())[6:])
    tabs = [MatrixPage(tab, served.url).open() for tab in (first, second)]
    with served.server.stalled():
        for matrix, half in zip(tabs, halves, strict=True):
            matrix.page.bring_to_front()
            typed(matrix, half)
        first.close()
    third = second.context.new_page()
    third.goto(served.at("question"))
    expect_stored(third, served, cells)
    tabs[1].wait_saved()


# ------------------------------------------------------------------ no store


@contextmanager
def locked(served: Lent) -> Iterator[None]:
    """Hold the ledger's write lock, as a backup or another program may."""
    connection = sqlite3.connect(served.ledger, isolation_level=None)
    connection.execute("begin immediate")
    try:
        yield
    finally:
        connection.execute("rollback")
        connection.close()


def out_of_reach(served: Lent, how: str) -> AbstractContextManager[None]:
    return locked(served) if how == "locked" else served.server.full_disk()


@pytest.mark.parametrize("how", ["locked", "full disk"])
def test_two_reloads_without_a_store_keep_all_on_screen_and_save_it_in_the_end(
    served: Lent, page: Pages, how: str
) -> None:
    tab = page()
    matrix = MatrixPage(tab, served.url).open()
    cells = departures(served, 6)
    with out_of_reach(served, how):
        for number in range(3):
            typed(matrix, dict(list(cells.items())[2 * number : 2 * number + 2]))
            expect(tab.locator(".lg-status")).to_have_text(
                re.compile("^Not saved: (?!not saved)"), timeout=PATIENCE
            )
            if number < 2:
                tab.reload()
                matrix.wait_drawn()
            shown = {cell: matrix.read(*cell) for cell in list(cells)[: 2 * number + 2]}
            assert shown == dict(list(cells.items())[: 2 * number + 2])
        assert not matrix.saved()
        assert stored(served) == {}
    matrix.wait_saved()
    expect(tab.locator(".lg-status")).to_have_text("All changes saved")
    assert stored(served) == cells
    matrix.reload()
    assert {cell: matrix.read(*cell) for cell in cells} == cells


def test_what_is_undone_returned_and_excluded_while_nothing_can_be_saved_is_shown(
    served: Lent, page: Pages
) -> None:
    tab = page()
    matrix = MatrixPage(tab, served.url).open()
    cells = departures(served, 4)
    undone, returned, excluded, kept = cells
    published = {cell: matrix.read(*cell) for cell in cells}
    out = tab.locator(".out").filter(
        has=tab.locator(f"[data-evidence='{excluded[0]}'][data-hypothesis='{LEAD}']")
    )
    typed(matrix, {undone: cells[undone], returned: cells[returned]})
    matrix.wait_saved()
    with locked(served):
        matrix.press(*kept, KEYS[cells[kept]])
        matrix.press(*undone, KEYS[cells[undone]], "Backspace", "Control+z")
        matrix.press(*returned, "ArrowUp", "ArrowDown")
        tab.get_by_role("button", name="Return…").click()
        tab.get_by_role("button", name=re.compile("^row ")).click()
        matrix.press(*excluded, "e")
        tab.reload()
        matrix.wait_drawn()
        wanted = {**cells, returned: published[returned]}
        wanted[excluded] = published[excluded]
        for _ in range(2):
            assert {cell: matrix.read(*cell) for cell in cells} == wanted
            expect(out).to_have_count(1)
            tab.reload()
            matrix.wait_drawn()
        assert not matrix.saved()
    matrix.wait_saved()
    for _ in range(2):
        assert {cell: matrix.read(*cell) for cell in cells} == wanted
        expect(out).to_have_count(1)
        matrix.reload()


def test_another_page_says_what_waits_and_why(served: Lent, page: Pages) -> None:
    tab = page()
    matrix = MatrixPage(tab, served.url).open()
    cells = departures(served, 3)
    with locked(served):
        typed(matrix, cells)
        leave(tab)
        said = re.compile(r"^Not saved: .*locked.* \(3 changes wait\)$")
        expect(tab.locator("[data-unsaved]")).to_have_text(said, timeout=PATIENCE)
    expect_all_saved(tab)
    assert stored(served) == cells


# ------------------------------------------------------------------ no server


def test_a_server_killed_and_started_again_is_met_without_a_key(
    served: Lent, page: Pages
) -> None:
    tab = page(expected_errors=(".*",))
    matrix = MatrixPage(tab, served.url).open()
    cells = departures(served, 4)
    served.server.kill()
    typed(matrix, cells)
    served.server.start()
    matrix.wait_saved(PATIENCE)
    assert stored(served) == cells


def test_a_page_with_nothing_to_save_meets_the_new_server_too_and_takes_the_first_click(
    served: Lent, page: Pages
) -> None:
    tab = page(expected_errors=(".*",))
    MatrixPage(tab, served.url).open()
    leave(tab, "Question")
    expect_all_saved(tab)
    served.server.kill()
    hypothesis = served.case / "hypotheses" / f"{LEAD}.yaml"
    text = hypothesis.read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^title: .*", "title: Read by the new server", text)
    hypothesis.write_text(changed, encoding="utf-8")
    served.server.start()
    expect(tab.get_by_text("Read by the new server").first).to_be_attached(
        timeout=PATIENCE
    )
    leave(tab, "Guide")
    expect(tab.get_by_text("Heuer").first).to_be_visible(timeout=PATIENCE)


@pytest.fixture
def balanced(server: Servers) -> Iterator[tuple[Forwarder, Server, Server]]:
    """Give two servers on one case and its ledger, behind one address."""
    one, other = server(), server(start=False)
    other.case = one.case
    other.start()
    forwarder = Forwarder(one.port)
    yield forwarder, one, other
    forwarder.close()


@pytest.mark.parametrize("keys", [0, 4], ids=["nothing waits", "work waits"])
def test_a_socket_that_moves_to_another_process_is_met_without_a_key(
    balanced: tuple[Forwarder, Server, Server], page: Pages, keys: int
) -> None:
    forwarder, one, other = balanced
    tab = page(expected_errors=(".*",))
    matrix = MatrixPage(tab, f"http://127.0.0.1:{forwarder.port}").open()
    before = departures(one, 2)
    typed(matrix, before)
    matrix.wait_saved(PATIENCE)
    with one.stalled():
        cells = dict(list(departures(one, 2 + keys).items())[2:])
        if cells:
            typed(matrix, cells)
        forwarder.target = other.port
    one.kill()
    if cells:
        matrix.wait_saved(PATIENCE)
    else:  # nothing says so on the page: the new server has heard of it
        with tab.expect_websocket(timeout=PATIENCE):
            pass
    assert stored(one) == before | cells
    # the very first key and the very first click after the move count
    last = dict(list(departures(one, 3 + keys).items())[2 + keys :])
    typed(matrix, last)
    leave(tab)
    expect(tab.get_by_text("Heuer").first).to_be_visible(timeout=PATIENCE)
    expect_stored(tab, one, before | cells | last)
