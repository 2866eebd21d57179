"""What is new in a store, as one look after the other finds it."""

import itertools

import pytest
import sqlalchemy as sa

from workbench.case.entry import Change, EntryKind
from workbench.record import news
from workbench.record.faults import LedgerError
from workbench.record.news import Newest
from workbench.record.queries import Stored
from workbench.record.store.schema import ENTRIES

RATED = Change(EntryKind.RATING, "e1", "h1", to="I")
SAID = Change(EntryKind.COMMENT, "e1", "h1", because="Why so?")


def add(ledger, analyst, *changes, case="bridge", op=1):
    with ledger.writing(analyst, case) as pen:
        return pen.write("page", op, list(changes))


def test_what_was_there_before_the_first_look_is_no_news_and_each_entry_is_once(ledger):
    add(ledger, "ann", RATED)
    newest = Newest(ledger)
    assert not newest.look(0.0)
    assert not newest.look(0.5)
    (written,) = add(ledger, "ben", SAID)
    (found,) = newest.look(1.0).entries
    assert (found.seq, found.analyst, found.kind) == (written.seq, "ben", "comment")
    assert not newest.look(1.5)
    assert newest.look(1.5).of("bridge") == ()


def test_news_of_a_case_are_its_own_and_those_of_none(ledger):
    newest = Newest(ledger)
    newest.look(0.0)
    add(ledger, "ann", RATED, case="bridge")
    add(ledger, "ann", RATED, case="river")
    add(ledger, "ann", RATED, case="")
    found = newest.look(0.5)
    assert [one.case for one in found.of("bridge")] == ["bridge", ""]


def test_an_entry_seen_only_after_later_ones_is_found(store):
    """Numbers are given before a transaction ends, and another may end first."""
    ledger = store.open()
    add(ledger, "ann", RATED)
    newest = Newest(ledger)
    newest.look(0.0)
    first, second = (add(ledger, name, RATED)[0] for name in ("ben", "eve"))
    with ledger._store.writing([("bridge", "ben")]) as connection:
        row = connection.execute(
            sa.select(ENTRIES).where(ENTRIES.c.seq == first.seq)
        ).one()
        connection.execute(sa.delete(ENTRIES).where(ENTRIES.c.seq == first.seq))
    assert [one.seq for one in newest.look(0.5).entries] == [second.seq]
    for moment in range(1, 10):
        assert not newest.look(float(moment))
    with ledger._store.writing([("bridge", "ben")]) as connection:
        connection.execute(ENTRIES.insert(), dict(row._mapping))
    assert [one.seq for one in newest.look(10.0).entries] == [first.seq]


def test_after_a_while_only_the_last_entry_is_read_again(ledger):
    newest = Newest(ledger)
    newest.look(0.0)
    for moment in range(40):
        (last,) = add(ledger, "ann", RATED, op=moment + 1)
        assert [one.seq for one in newest.look(float(moment)).entries] == [last.seq]
    newest.look(100.0)
    newest.look(200.0)
    assert newest._seen == {last.seq: last.hash}


def test_another_ledger_in_its_place_is_all_new(store):
    ledger = store.open()
    add(ledger, "ann", RATED)
    newest = Newest(ledger)
    newest.look(0.0)
    store.alter("delete from entries")
    assert newest.look(0.5).anew
    assert not newest.look(1.0)
    add(ledger, "ann", SAID)
    assert [one.kind for one in newest.look(1.5).entries] == ["comment"]


def test_what_came_while_the_store_was_away_is_found_once_it_is_back(store):
    ledger = store.open()
    add(ledger, "ann", RATED)
    newest = Newest(ledger)
    newest.look(0.0)
    store.alter("alter table entries rename to elsewhere")
    with pytest.raises(LedgerError):
        newest.look(0.5)
    store.alter("alter table elsewhere rename to entries")
    (late,) = add(ledger, "ben", RATED)
    assert [one.seq for one in newest.look(1.0).entries] == [late.seq]


@pytest.mark.parametrize("kind", EntryKind)
def test_an_entry_of_another_analyst_is_news_of_exactly_one_sort(kind):
    """What somebody rated again is for nobody else."""
    entries = [Stored(7, "", "bridge", "ben", str(kind))]
    told = [
        news.judged_by_others(entries, "ann"),
        news.changes_texts(entries, "ann", 0),
        news.is_said(entries),
        news.concerns_the_team(entries, "ann", 0),
    ]
    assert sum(told) == (kind is not EntryKind.RERATING)
    assert not news.judged_after(entries, "ann", 0)


@pytest.mark.parametrize(("kind", "revision"), [*itertools.product(EntryKind, (6, 7))])
def test_ones_own_entry_is_news_only_where_another_page_made_it(kind, revision):
    entries = [Stored(7, "", "bridge", "ann", str(kind))]
    told = [
        news.judged_after(entries, "ann", revision),
        news.changes_texts(entries, "ann", revision),
        news.concerns_the_team(entries, "ann", revision),
    ]
    spoken = kind in (EntryKind.COMMENT, EntryKind.RERATING)  # no page is told
    assert sum(told) == (0 if spoken else int(revision < 7))
    assert not news.judged_by_others(entries, "ann")
