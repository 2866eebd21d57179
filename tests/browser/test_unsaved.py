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
from tests.browser.test_grid import scored
from workbench.case import folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.conftest import Lent, Pages, Server, Servers

LEAD = "ukraine-manpower"


def stored(served: Lent | Server) -> dict[tuple[str, str], str]:
    """Give the ratings in the ledger by cell; every cell is rated once here."""
    if not served.ledger.exists():
        return {}
    with sqlite3.connect(served.ledger) as connection:
        query = (
            "select evidence, hypothesis, to_ from entries "
            "where kind = 'rating' order by seq"
        )
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


# Seconds of a stall, changes, of which so many after it, and how far apart, in ms: on a
# server that stands still, then another page. Three of the first four kept one change.
STALLS = (
    (1.0, 3, 0, 300),
    (2.0, 6, 0, 300),
    (1.0, 1, 0, 300),
    (1.0, 6, 3, 300),
    (0.0, 6, 0, 0),
)


def test_of_what_is_typed_while_the_server_stalls_nothing_is_lost_by_leaving(
    served: Lent, page: Pages
) -> None:
    tab = page()
    matrix = MatrixPage(tab, served.url).open()
    left = departures(served, sum(changes for _, changes, *_ in STALLS))
    done: dict[tuple[str, str], str] = {}
    for seconds, changes, after, apart in STALLS:
        cells = dict(list(left.items())[len(done) : len(done) + changes])
        within = dict(list(cells.items())[: changes - after])
        with served.server.stalled():
            begun = time.monotonic()
            for cell, code in within.items():
                typed(matrix, {cell: code})
                tab.wait_for_timeout(apart)
            if not after:
                leave(tab)
            rest = seconds - (time.monotonic() - begun)
            tab.wait_for_timeout(max(0, rest) * 1000)
        for cell in [one for one in cells if one not in within]:
            typed(matrix, {cell: cells[cell]})
            tab.wait_for_timeout(apart)
        if after:
            leave(tab)
        expect(tab.get_by_text("Heuer").first).to_be_visible(timeout=PATIENCE)
        done |= cells
        expect_stored(tab, served, done)
        leave(tab, "Matrix")
        matrix.wait_saved()
    assert len(done) == len(left)


def test_of_twenty_keys_at_once_none_is_lost_by_leaving_at_once(
    served: Lent, page: Pages
) -> None:
    tab = page()
    left = list(departures(served, 60).items())

    def type_twenty(tab: Page, number: int) -> dict[tuple[str, str], str]:
        MatrixPage(tab, served.url).wait_drawn().wait_saved()
        typed(MatrixPage(tab, served.url), dict(left[20 * number : 20 * number + 20]))
        return dict(left[: 20 * number + 20])

    tab.goto(served.url)
    cells = type_twenty(tab, 0)
    leave(tab, "Robustness")
    expect_stored(tab, served, cells)

    leave(tab, "Matrix")
    cells = type_twenty(tab, 1)
    tab.goto(served.at("report"))
    expect_stored(tab, served, cells)

    leave(tab, "Matrix")
    cells = type_twenty(tab, 2)
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


def test_two_reloads_without_a_store_keep_all_on_screen_and_save_it_in_the_end(
    served: Lent, page: Pages
) -> None:
    tab = page()
    matrix = MatrixPage(tab, served.url).open()
    left = list(departures(served, 12).items())
    status = tab.locator(".lg-status")
    for start, how in ((0, "locked"), (6, "full disk")):
        before, cells = dict(left[:start]), dict(left[start : start + 6])
        with out_of_reach(served, how):
            for number in range(3):
                typed(matrix, dict(list(cells.items())[2 * number : 2 * number + 2]))
                # Why is known once an attempt has ended, and no less after a reload.
                expect(status).to_have_text(
                    re.compile("^Not saved: (?!not saved)"), timeout=PATIENCE
                )
                if number < 2:
                    tab.reload()
                    matrix.wait_drawn()
                wanted = dict(list(cells.items())[: 2 * number + 2])
                assert {cell: matrix.read(*cell) for cell in wanted} == wanted, how
            assert not matrix.saved()
            assert stored(served) == before
            if how == "locked":  # another page says what waits and why
                leave(tab)
                said = re.compile(r"^Not saved: .*locked.* \(6 changes wait\)$")
                waiting = tab.locator("[data-unsaved]")
                expect(waiting).to_have_text(said, timeout=PATIENCE)
        if how == "locked":
            expect_all_saved(tab)
            leave(tab, "Matrix")
            matrix.wait_drawn()
        matrix.wait_saved()
        expect(status).to_have_text("All changes saved")
        assert stored(served) == before | cells, how
    matrix.reload()
    assert {cell: matrix.read(*cell) for cell, _ in left} == dict(left)


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
    wanted = {**cells, returned: published[returned], excluded: published[excluded]}

    def shown() -> None:
        assert {cell: matrix.read(*cell) for cell in cells} == wanted
        expect(out).to_have_count(1)

    typed(matrix, {undone: cells[undone], returned: cells[returned]})
    matrix.wait_saved()
    with locked(served):
        matrix.press(*kept, KEYS[cells[kept]])
        matrix.press(*undone, KEYS[cells[undone]], "Backspace", "Control+z")
        matrix.press(*returned, "ArrowUp", "ArrowDown")
        tab.get_by_role("button", name="Return…").click()
        tab.get_by_role("button", name=re.compile("^row ")).click()
        matrix.press(*excluded, "e")
        for _ in range(2):
            tab.reload()
            matrix.wait_drawn()
            shown()
        assert not matrix.saved()
    matrix.wait_saved()
    shown()
    matrix.reload()
    shown()


# ------------------------------------------------------------------ no server


def retitled(served: Lent, title: str) -> None:
    """Name the leading hypothesis otherwise, while nothing is served."""
    hypothesis = served.case / "hypotheses" / f"{LEAD}.yaml"
    text = hypothesis.read_text(encoding="utf-8")
    hypothesis.write_text(
        re.sub(r"(?m)^title: .*", f"title: {title}", text), encoding="utf-8"
    )


def test_a_server_killed_and_started_again_is_met_by_its_pages_without_a_key(
    served: Lent, page: Pages
) -> None:
    tab = page(expected_errors=(".*",))
    idle = tab.context.new_page()  # has nothing to save
    idle.goto(served.at("question"))
    expect_all_saved(idle)
    matrix = MatrixPage(tab, served.url).open()
    left = list(departures(served, 5).items())
    typed(matrix, dict(left[:1]))
    matrix.wait_saved()
    served.server.kill()
    typed(matrix, dict(left[1:]))
    expect(tab.locator(".lg-status")).to_have_text(
        re.compile("Not saved"), timeout=PATIENCE
    )
    assert not matrix.saved()
    retitled(served, "Read by the new server")
    served.server.start()
    matrix.wait_saved(2 * PATIENCE)
    assert list(stored(served).items()) == left  # in the order of the keys
    matrix.reload()
    assert {cell: matrix.read(*cell) for cell, _ in left} == dict(left)
    assert matrix.scores() == scored(served)

    # The other page has been drawn anew, and takes the first click.
    expect(idle.get_by_text("Read by the new server").first).to_be_attached(
        timeout=PATIENCE
    )
    idle.bring_to_front()
    leave(idle, "Guide")
    expect(idle.get_by_text("Heuer").first).to_be_visible(timeout=PATIENCE)


@pytest.fixture
def balanced(server: Servers) -> Iterator[tuple[Forwarder, Server, Server]]:
    """Give two servers on one case and its ledger, behind one address."""
    one, other = server(), server(start=False)
    other.case = one.case
    other.start()
    forwarder = Forwarder(one.port)
    yield forwarder, one, other
    forwarder.close()


def test_a_socket_that_moves_to_another_process_is_met_without_a_key(
    balanced: tuple[Forwarder, Server, Server], page: Pages
) -> None:
    forwarder, one, other = balanced
    tab = page(expected_errors=(".*",))
    matrix = MatrixPage(tab, f"http://127.0.0.1:{forwarder.port}").open()
    left = list(departures(one, 8).items())
    done: dict[tuple[str, str], str] = {}

    def rate(many: int) -> None:
        cells = dict(left[len(done) : len(done) + many])
        typed(matrix, cells)
        done.update(cells)

    rate(2)
    matrix.wait_saved(PATIENCE)
    for here, there, waiting in ((one, other, 0), (other, one, 4)):
        if not there.running:
            there.start()
        with here.stalled():
            if waiting:
                rate(waiting)
            forwarder.target = there.port
        here.kill()
        if waiting:
            matrix.wait_saved(PATIENCE)
        else:  # nothing says so on the page: the new server has heard of it
            with tab.expect_websocket(timeout=PATIENCE):
                pass
        assert stored(one) == done
        # the very first key and the very first click after the move count
        rate(1)
        leave(tab)
        expect(tab.get_by_text("Heuer").first).to_be_visible(timeout=PATIENCE)
        expect_stored(tab, one, done)
        leave(tab, "Matrix")
        matrix.wait_drawn().wait_saved()
