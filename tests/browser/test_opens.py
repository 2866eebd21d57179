"""A page that opens: drawn once, of no more than it takes, and in its place at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, ViewportSize, WebSocket

    from tests.browser.conftest import Lent, Pages

HEADED = {  # what stands on a page that was not on the one before
    "Question": "Background",
    "Evidence": "Evidence",
    "Robustness": "What it hangs on",
    "Guide": "The scale",
}

DRAWN = {  # what stands on a page once it is there, by its address
    "": "[role=gridcell]",
    "question": "h4:has-text('Key assumptions')",
    "evidence": "h5:has-text('Ratings and reasons')",
    "report": "h4:has-text('For a slide')",
}
ON_A_PHONE = {  # where controls stand beneath each other
    "report": DRAWN["report"],
    "probability": "svg.marks",
}
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
MOST_MOVED = 0.1  # of a window's height and area, as browsers count it
# Summed over all of a page's opening, which the browser itself parts after seconds.
SHIFTS = """() => new Promise(done => new PerformanceObserver(list => done(
  list.getEntries().reduce((sum, { value }) => sum + value, 0)
)).observe({ type: "layout-shift", buffered: true }))"""


def test_nothing_moves_that_a_first_visitor_begins_to_read(
    shared: Callable[[], Lent], page: Pages
) -> None:
    tab, served = page(alone=True), shared()
    moved = {one: shift_of(tab, served.at(one), DRAWN[one]) for one in DRAWN}
    say_what_a_day_is_for(tab)
    tab.set_viewport_size(PHONE)
    for one, there in ON_A_PHONE.items():
        moved[f"{one} on a phone"] = shift_of(tab, served.at(one), there)
    assert {name for name, by in moved.items() if by >= MOST_MOVED} == set(), moved


def shift_of(tab: Page, url: str, there: str) -> float:
    """Open a page by its address; gives how far what is in view has moved."""
    tab.goto(url)
    expect(tab.locator(there).first).to_be_visible()
    expect(tab.locator("[data-test-script-state=notRunning]")).to_be_attached()
    expect(tab.get_by_test_id("stSkeleton")).to_have_count(0)
    return float(tab.evaluate(SHIFTS))


def say_what_a_day_is_for(tab: Page) -> None:
    """Come to the day of the report by hand and by key; it stands as others do."""
    field = tab.get_by_label("Date", exact=True)
    feet = [
        at["y"] + at["height"]
        for one in (field, tab.get_by_test_id("stPopoverButton").last)
        if (at := one.bounding_box())
    ]
    assert abs(feet[0] - feet[1]) < 1, feet
    help_ = tab.get_by_role("button", name="What Date is for")
    said = tab.get_by_text("It changes nothing else")
    expect(said).to_be_hidden()
    help_.hover()
    expect(said).to_be_visible()
    field.hover()
    expect(said).to_be_hidden()
    help_.focus()
    expect(said).to_be_visible()
    tab.keyboard.press("Escape")
    expect(said).to_be_hidden()
    help_.click()
    expect(said).to_be_visible()
    field.focus()
    expect(said).to_be_hidden()


def test_a_page_is_drawn_once_and_loads_no_script_again(
    shared: Callable[[], Lent], page: Pages
) -> None:
    tab = page(alone=True)
    messages: list[bytes] = []

    def hear(socket: WebSocket) -> None:
        socket.on("framereceived", lambda sent: messages.append(bytes(sent)))

    tab.on("websocket", hear)
    tab.goto(shared().at("report"))
    expect(tab.get_by_role("heading", name="For a slide")).to_be_visible()
    asked: list[str] = []
    for twice in range(2):
        for name, heading in HEADED.items():
            if twice:
                messages.clear()
            tab.get_by_test_id("stTopNavLink").filter(has_text=name).click()
            expect(tab.get_by_role("heading", name=heading, exact=True)).to_be_visible()
            expect(tab.locator("[data-test-script-state=notRunning]")).to_be_attached()
            told = [ForwardMsg.FromString(one) for one in messages]
            ends = [one for one in told if one.WhichOneof("type") == "script_finished"]
            if twice:
                assert len(ends) == 1, f"{name} is drawn {len(ends)} times"
                assert not [one for one in messages if b"function mount(" in one]
        tab.on("request", lambda one: asked.append(one.url))
    assert not [one for one in asked if "/script/" in one]
