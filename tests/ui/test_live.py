"""What of the news of a store concerns which page, also once the store is back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest

from workbench.case.entry import Change, EntryKind
from workbench.record.ledger import Ledger
from workbench.record.news import News
from workbench.record.queries import Stored
from workbench.record.store.opening import file_url
from workbench.ui import live
from workbench.ui.live import (
    CHANNEL,
    Listener,
    New,
    Page,
    Watch,
    concerns,
    note_deadlines,
    note_missed,
)
from workbench.ui.state import news


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    found = Ledger(file_url(tmp_path / "ledger.sqlite3"))
    yield found
    found.close()


def page(ledger: Ledger, *, others: bool = False) -> Page:
    return Page(ledger, "bridge", "ann", 5, others, lambda: None)


def stored(kind: EntryKind, analyst: str = "ben", case: str = "bridge") -> News:
    return News((Stored(6, "", case, analyst, kind.value),))


def test_a_rating_of_another_concerns_the_pages_that_show_others_alone(ledger: Ledger):
    news = stored(EntryKind.RATING)
    assert concerns(news, page(ledger)) == set()
    assert concerns(news, page(ledger, others=True)) == {New.OTHERS}
    assert concerns(stored(EntryKind.RATING, "ann"), page(ledger)) == {New.OWN}
    elsewhere = stored(EntryKind.RATING, case="river")
    assert concerns(elsewhere, page(ledger, others=True)) == set()


def test_what_another_page_of_the_analyst_does_to_texts_is_told_though_it_was_heard(
    ledger: Ledger,
):
    # it takes in what is judged elsewhere, and the texts stay as they were read
    found = stored(EntryKind.DOCUMENT, "ann")
    knows = replace(page(ledger), revision=6)
    assert concerns(found, replace(knows, texts=5)) == {New.TEXTS}
    assert concerns(found, replace(knows, texts=6)) == set()


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (EntryKind.DOCUMENT, New.TEXTS),
        (EntryKind.COMMENT, New.SAID),
        (EntryKind.ROUND, New.TEAM),
        (EntryKind.ROLE, New.TEAM),
    ],
)
def test_texts_comments_and_rounds_concern_every_page_of_the_case(
    ledger: Ledger, kind: EntryKind, what: New
):
    assert concerns(stored(kind), page(ledger)) == {what}


def test_a_store_that_was_away_may_have_anything_new_once_it_is_back(
    ledger: Ledger, tmp_path: Path
):
    watch = Watch()

    def look(now: float) -> News:
        return watch._news(ledger.url, ledger, now)

    def alter(statement: str) -> None:
        with sqlite3.connect(tmp_path / "ledger.sqlite3") as file:
            file.execute(statement)

    assert not look(0.0)
    alter("alter table entries rename to elsewhere")
    assert not look(0.5)
    assert not look(1.0)
    alter("alter table elsewhere rename to entries")
    with ledger.writing("ben", "bridge") as pen:
        pen.write("p", 1, [Change(EntryKind.RATING, "e1", "h1", to="I")])
    assert concerns(look(1.5), page(ledger)) == set(New) - {New.FILES}
    assert not look(2.0)


def test_a_deadline_that_passes_is_told_once(ledger: Ledger):
    until = "2026-11-26T20:00:00.000000Z"
    waits = Listener(replace(page(ledger), until=until))
    other = Listener(page(ledger))
    note_deadlines([waits, other], "2026-11-26T19:59:59.999999Z")
    assert (waits.news, other.news) == (set(), set())
    note_deadlines([waits, other], until)
    assert (waits.news, waits.called) == ({New.TEAM}, {CHANNEL})
    waits.news.clear()
    note_deadlines([waits, other], "2026-11-26T20:00:01.000000Z")
    assert (waits.news, other.news) == (set(), set())


def test_what_is_stored_while_a_page_is_first_drawn_is_told_once(ledger: Ledger):
    def rate() -> None:
        with ledger.writing("ben", "bridge") as pen:
            pen.write(
                "p", ledger.last(), [Change(EntryKind.RATING, "e1", "h1", to="I")]
            )

    rate()
    begun = ledger.last()
    rate()
    drawn = Listener(replace(page(ledger, others=True), begun=begun))
    quiet = Listener(replace(page(ledger, others=True), begun=ledger.last()))
    note_missed([drawn, quiet])
    assert (drawn.news, drawn.called) == ({New.OTHERS}, {CHANNEL})
    assert quiet.news == set()
    drawn.news.clear()
    note_missed([drawn, quiet])
    assert drawn.news == set()


@pytest.mark.parametrize("moment", ["asked", "read", "read through"])
def test_what_is_entered_and_then_written_is_read_in_the_end(
    monkeypatch: pytest.MonkeyPatch, moment: str
):
    """However the one who writes meets the one who asks, and reads."""
    told, notes, texts, read = {New.TEXTS}, ["one"], ["entered"], ["as before"]

    def write(now: str) -> None:
        if now == moment:
            notes.clear()
            texts.append("written")

    def asked(_case: str) -> list[str]:
        write("asked")
        return list(notes)

    def load() -> None:
        write("read")
        read.append(texts[-1])
        write("read through")

    def take() -> frozenset[New]:
        found = frozenset(told)
        told.clear()
        return found

    monkeypatch.setattr(news, "ledger", lambda: Mock(unwritten=asked))
    monkeypatch.setattr(news, "case", Mock())
    monkeypatch.setattr(news, "desk", Mock())
    monkeypatch.setattr(news, "load_case", load)
    monkeypatch.setattr(live, "take", take)
    monkeypatch.setattr(live, "look_again", told.add)
    news.forget_news()  # a page that is drawn anew forgets no texts
    while told:
        news.take_news()
    assert read[-1] == "written"
