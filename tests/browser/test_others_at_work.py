"""What one analyst's edits cost the pages of others, told over their own sockets."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.socket_client import SocketPage, apart
from workbench.case import folder

if TYPE_CHECKING:
    from tests.browser.conftest import Lent

LOOKS = 1.5  # seconds: the app looks for what others stored twice in each


async def at_work(served: Lent) -> list[int]:
    """Have one rate while another's page is open; gives how often that one's ran."""
    place = "127.0.0.1", served.server.port
    query = f"case={served.case.name}"
    items = [item.id for item in folder.load(served.case).evidence]
    hypothesis = folder.load(served.case).hypotheses[0].id
    async with (
        SocketPage.open(*place, "ann", query) as ann,
        SocketPage.open(*place, "bob", query) as bob,
    ):
        runs = [bob.runs]
        began, rated = time.monotonic(), 0
        while time.monotonic() - began < LOOKS or rated < len(items):
            code = ("II", "CC")[rated // len(items) % 2]
            await ann.rate(items[rated % len(items)], hypothesis, code)
            rated += 1
        runs.append(bob.runs)
        await bob.rate(items[0], hypothesis, "II")
        runs.append(bob.runs)
        assert ann.acknowledged == rated
        assert not ann.faults
        return runs


async def alone(served: Lent) -> tuple[int, int]:
    """Rate, each time once the page is at rest; gives how often, and how many runs."""
    place = "127.0.0.1", served.server.port
    case = folder.load(served.case)
    hypothesis = case.hypotheses[0].id
    async with SocketPage.open(*place, "ann", f"case={served.case.name}") as ann:
        before = ann.runs
        for rated, item in enumerate(case.evidence[:8]):
            await ann.rate(item.id, hypothesis, "II")
            await ann.until(lambda least=before + rated: ann.runs > least)
        return 8, ann.runs - before


def test_a_rating_and_the_words_that_it_leads_to_take_one_run(served: Lent) -> None:
    rated, runs = apart(alone(served))
    assert rated <= runs < 1.5 * rated  # a busy machine may have the words come later


def test_a_rating_costs_the_open_matrix_of_another_analyst_no_run(served: Lent) -> None:
    before, meanwhile, after = apart(at_work(served))
    assert meanwhile == before
    assert after in (before, before + 1)  # acknowledged before its run is over
