"""What takes long is found behind the page: shown as last found until it is there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from workbench.ui.state import behind

PATIENCE = 20.0


class Slow:
    """Finds its own name once it is let go."""

    def __init__(self, name: str) -> None:
        self.name, self.free, self.begun = name, threading.Event(), threading.Event()

    def __call__(self) -> str:
        self.begun.set()
        assert self.free.wait(PATIENCE)
        return self.name


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """Give a session's page: whether something was judged since, and who was called."""
    page = SimpleNamespace(judged=False, previews={}, called=threading.Event())
    kept: dict[str, Any] = {}
    monkeypatch.setattr(behind, "st", SimpleNamespace(session_state=kept))
    monkeypatch.setattr(behind, "are_judgments_new", lambda: page.judged)
    monkeypatch.setattr(behind, "line", lambda: page)
    monkeypatch.setattr(behind, "_LONGEST", 0.05)
    monkeypatch.setattr(behind.live, "caller", lambda _: page.called.set)
    return page


def test_a_page_is_drawn_with_what_takes_long_and_what_is_judged_since_waits_for_none(
    session: SimpleNamespace,
) -> None:
    assert behind.by_now("r1", lambda: "first", "words") == "first"
    session.judged = True
    slow = Slow("second")
    assert behind.by_now("r2", slow, "words") == "first"
    assert not session.called.is_set()
    slow.free.set()
    assert session.called.wait(PATIENCE)
    assert behind.by_now("r2", slow, "words") == "second"
    assert behind.by_now("r2", Slow("never asked"), "words") == "second"


def test_what_was_overtaken_before_it_was_begun_is_not_found_and_calls_nobody(
    session: SimpleNamespace,
) -> None:
    behind.by_now("r1", lambda: "first", "words")
    session.judged = True
    busy, overtaken, last = Slow("busy"), Slow("overtaken"), Slow("last")
    assert behind.by_now("r2", busy, "words") == "first"
    assert busy.begun.wait(PATIENCE)
    assert behind.by_now("r3", overtaken, "words") == "first"
    assert behind.by_now("r4", last, "words") == "first"
    last.free.set()
    busy.free.set()
    assert session.called.wait(PATIENCE)
    assert behind.by_now("r4", last, "words") == "last"
    assert last.begun.is_set()
    assert not overtaken.begun.is_set()


def test_what_is_quick_is_there_at_once_and_a_slider_in_mid_drag_asks_for_nothing(
    session: SimpleNamespace,
) -> None:
    behind.by_now("r1", lambda: "first", "words")
    session.judged = True
    assert behind.by_now("r2", lambda: "second", "words") == "second"
    session.previews = {"e1": 1.5}
    assert behind.by_now("r3", Slow("never asked"), "words") == "second"
    assert not session.called.is_set()


def test_what_cannot_be_found_is_raised_to_the_page(session: SimpleNamespace) -> None:
    def fails() -> str:
        raise ArithmeticError

    behind.by_now("r1", lambda: "first", "words")
    session.judged = True
    with pytest.raises(ArithmeticError):
        behind.by_now("r2", fails, "words")
