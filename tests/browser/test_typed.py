"""Two thousand characters are typed while tab and server are killed somewhere.

`WORKBENCH_KILLS=20 pytest -m kill` tries it twenty times, and with one of them alone.
"""

from __future__ import annotations

import contextlib
import os
import random
import time
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error as PlaywrightError

from tests.browser.test_editing import WITHIN, open_item, part

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Lent, Pages

pytestmark = pytest.mark.kill
TRIES = int(os.environ.get("WORKBENCH_KILLS", "1"))
LENGTH = 2_000
HALF_A_SECOND = 0.5
# Where it is tried once, what comes before the last keys is put there in one piece.
LAST = LENGTH if TRIES > 1 else 200
WORDS = ("log", "harbour", "seen", "by", "two", "keepers", "at", "night", "nobody,")


def text_of(chance: random.Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(LENGTH))[:LENGTH].strip()


def crash(tab: Page) -> None:
    """Kill the tab's own process, so that nothing of it runs any more."""
    with contextlib.suppress(PlaywrightError):
        tab.goto("chrome://crash", timeout=2_000)


def test_at_most_the_last_half_second_of_what_is_typed_is_lost(
    served: Lent, page: Pages
) -> None:
    tab = page()
    chance = random.Random()
    lost = []
    for number in range(TRIES):
        what = ("both", "tab", "server")[number % 3]
        text = text_of(chance)
        end = chance.randrange(1, LENGTH)
        open_item(tab, served)
        part(tab, "statement").press("Control+A")
        begun = max(0, end - LAST)
        tab.keyboard.insert_text(text[:begun])
        times = [(begun, time.monotonic())]
        for start in range(begun, end, 20):
            tab.keyboard.type(text[start : min(start + 20, end)])
            times.append((min(start + 20, end), time.monotonic()))
        killed = time.monotonic()
        if what != "tab":
            served.server.kill()
        if what != "server":
            crash(tab)
        again = tab.context.new_page()
        if what == "server":
            tab.close()
        if what != "tab":
            served.server.start()
        open_item(again, served)
        found = part(again, "statement").input_value(timeout=WITHIN)
        typed = text[:end].strip()
        long_ago = max((n for n, at in times if killed - at > HALF_A_SECOND), default=0)
        assert typed.startswith(found.strip()), (what, found, typed)
        assert len(found) >= len(text[:long_ago].strip()), (what, len(found), long_ago)
        lost.append(len(typed) - len(found))
        again.get_by_role("button", name="Done editing").click()
        tab = again
    print("characters lost:", *lost)  # noqa: T201  the figure that is asked for
