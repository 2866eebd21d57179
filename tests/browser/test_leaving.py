"""A page that is left while it still has something to say, told over its own socket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.socket_client import SocketPage, apart
from workbench.case import folder

if TYPE_CHECKING:
    from tests.browser.conftest import Lent

TURNS = 6


async def leave(served: Lent) -> None:
    """Leave Matrix and come back, each time with a rating on its way."""
    case = folder.load(served.case)
    cell = case.evidence[0].id, case.hypotheses[0].id
    place = "127.0.0.1", served.server.port
    async with SocketPage.open(*place, "ann", f"case={served.case.name}") as page:
        for turn in range(TURNS):
            title = ("Question", "Matrix")[turn % 2]
            begun = len(page.shown)
            rating = ["rating", *cell, ("II", "CC")[turn % 2], None]
            await page.leave(title, ["change", rating])
            after = page.shown[begun:]
            # The page before was given up for its rating, and may have begun once more.
            first = after.index(page.pages[title])
            assert first <= 1, f"turn {turn}: {after}"
            assert set(after[first:]) == {page.pages[title]}, f"turn {turn}: {after}"
        assert not page.faults


def test_a_rating_that_is_on_its_way_takes_nobody_back_to_the_page_that_was_left(
    served: Lent,
) -> None:
    apart(leave(served))
