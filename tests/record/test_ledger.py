"""The store: appended to and never changed, chained, merged, out of reach."""

import json
import os
import re
import sqlite3
import threading

import pytest
import sqlalchemy as sa

from tests.builders import faults, make_case, rate
from workbench.case.entry import Change, EntryKind, analyst_name
from workbench.errors import WorkbenchError
from workbench.record.desk import Desk, judgments_of
from workbench.record.ledger import (
    Ledger,
    LedgerError,
    Merged,
    default_url,
    reading,
)

CASE = make_case("E1: CC C N", "E2: N I II", sources={"e1": "s"})


def url(path):
    return f"sqlite:///{path}"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.sqlite3"


@pytest.fixture
def on_disk(path):
    found = Ledger(url(path))
    yield found
    found.close()


def write(ledger, *changes, analyst="ann", client="page", op=1):
    with ledger.writing(analyst) as pen:
        return pen.write(client, op, changes)


def code(desk, item, hypothesis):
    return desk.judgments.rating(CASE.item[item], hypothesis).consistency.value


def three(ledger):
    write(ledger, rate("e1", "h1", "I"), op=1)
    write(ledger, rate("e1", "h2", "I"), op=2)
    write(ledger, rate("e2", "h1", "CC", "as it says"), op=3)


# ------------------------------------------------------------------ appending


def test_entries_come_back_as_they_were_written(ledger):
    written = write(
        ledger,
        Change(EntryKind.RATING, "e1", "h1", from_="N", to="I", because="ü, 😀"),
        Change(EntryKind.EMPHASIS, "e1", from_=1.0, to=0.35),
        Change(EntryKind.EXCLUSION, "e2", from_=False, to=True),
        Change(EntryKind.ORIGIN, "e2", from_="", to=None),
        Change(EntryKind.SOURCE_EMPHASIS, source="s", from_=1.0, to=2.0),
    )
    assert ledger.entries() == written
    assert [entry.seq for entry in written] == [1, 2, 3, 4, 5]


def test_each_entry_carries_the_hash_of_the_one_before_by_the_same_analyst(ledger):
    one = write(ledger, rate("e1", "h1", "I"), rate("e1", "h2", "I"))
    other = write(ledger, rate("e1", "h1", "C"), analyst="bob")
    more = write(ledger, rate("e2", "h2", "C"), op=2)
    assert [e.previous for e in (*one, *more)] == [None, one[0].hash, one[1].hash]
    assert other[0].previous is None
    assert faults(ledger) == []


def test_times_of_one_analyst_never_repeat_nor_go_back(ledger):
    for op in range(1, 30):
        write(ledger, rate("e1", "h1", "I"), rate("e1", "h2", "I"), op=op)
    times = [entry.at for entry in ledger.entries()]
    assert times == sorted(set(times))


def test_a_transaction_that_fails_leaves_nothing(ledger):
    def fail():
        with ledger.writing("ann") as pen:
            pen.write("page", 1, [rate("e1", "h1", "I")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert ledger.entries() == []


def test_entries_of_one_analyst_and_after_a_number_can_be_asked_for(ledger):
    three(ledger)
    write(ledger, rate("e1", "h1", "C"), analyst="bob")
    first, *rest = ledger.entries("ann")
    assert [e.seq for e in (first, *rest)] == [1, 2, 3]
    assert ledger.follow("ann", "", first) == rest
    assert ledger.follow("ann", "", rest[-1]) == []
    assert ledger.analysts() == ["ann", "bob"]


def test_a_file_is_synchronised_at_every_commit(on_disk):
    with on_disk._store.reading() as connection:
        asked = ("journal_mode", "synchronous")
        found = [
            connection.exec_driver_sql(f"pragma {name}").scalar() for name in asked
        ]
    assert found == ["wal", 2]


def test_nothing_in_the_program_updates_or_deletes_an_entry(ledger):
    statements = []

    @sa.event.listens_for(ledger._store._engine, "before_cursor_execute")
    def note(_connection, _cursor, statement, *_more):
        statements.append(statement.lower())

    three(ledger)
    desk = Desk(ledger, CASE, "ann")
    desk.receive("p", [[1, "undo"], [2, "redo"], [3, "return", None]])
    entries = ledger.entries()
    assert [e.seq for e in entries] == list(range(1, len(entries) + 1))
    assert entries[:3] == ledger.entries()[:3]
    assert faults(ledger) == []
    assert any("insert into entries" in one for one in statements)
    assert not any(re.search("update|delete", one) for one in statements)


def test_threads_that_write_at_once_keep_a_valid_chain(store):
    def work(name):
        ledger = store.open()
        for op in range(1, 21):
            write(ledger, rate("e1", "h1", "I"), client=name, op=op)
        ledger.close()

    store.open()
    threads = [threading.Thread(target=work, args=(f"page-{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ledger = store.open()
    entries = ledger.entries()
    assert [entry.seq for entry in entries] == list(range(1, 81))
    previous = [None, *(entry.hash for entry in entries)]
    assert [entry.previous for entry in entries] == previous[:-1]
    assert faults(ledger) == []


# ------------------------------------------------------------------ tampering


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("to_", '"C"'),
        ("from_", '"C"'),
        ("because", "otherwise"),
        ("analyst", "bob"),
        ("at", "2026-01-01T00:00:00.000000Z"),
        ("evidence", "e2"),
        ("hypothesis", "h3"),
        ("client", "other"),
        ("op", 9),
        ("previous", None),
        ("hash", "sha256:0"),
        ("kind", "reason"),
        ("undoes", 1),
    ],
)
def test_a_change_behind_the_programs_back_shows(ledger, store, column, value):
    three(ledger)
    store.alter(f"update entries set {column} = :value where seq = 2", value=value)
    assert any(fault.startswith("entry 2 by") for fault in faults(ledger))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("to_", "NaN"),
        ("to_", "1e999"),
        ("to_", "["),
        ("to_", '"XX"'),
        ("to_", "[1]"),
        ("kind", "sabotage"),
        ("because", "7"),
    ],
)
def test_an_entry_that_cannot_be_read_is_a_fault_and_no_traceback(
    ledger, store, column, value
):
    three(ledger)
    store.alter(f"update entries set {column} = :value where seq = 2", value=value)
    assert any("entry 2 by ann" in fault for fault in faults(ledger))
    desk = Desk(ledger, CASE, "ann")
    assert [one.seq for one in desk.breaks] == [2]
    readable = column == "because"
    assert [one.seq for one in desk.set_aside] == ([] if readable else [2])
    assert code(desk, "e1", "h2") == ("I" if readable else "C")
    assert code(desk, "e2", "h1") == "CC"  # the rest applies


def test_an_entry_taken_out_of_the_middle_shows(ledger, store):
    three(ledger)
    store.alter("delete from entries where seq = 2")
    assert faults(ledger) == ["entry 3 by ann: the entry before it is missing"]


def test_an_undo_turned_to_another_entry_shows(ledger, store):
    three(ledger)
    Desk(ledger, CASE, "ann").receive("p", [[1, "undo"]])
    assert faults(ledger) == []
    store.alter("update entries set undoes = 1 where seq = 4")
    assert faults(ledger) == [
        "entry 4 by ann: its content does not fit its hash; it is in force as it stands"
    ]


# ------------------------------------------------------------------ merging


def lines_of(ledger):
    return list(ledger.export())


def test_an_export_imported_into_an_empty_ledger_is_the_same_ledger(ledger, tmp_path):
    three(ledger)
    Desk(ledger, CASE, "ann").receive("p", [[1, "undo"], [2, "redo"], [3, "undo"]])
    copy = Ledger(url(tmp_path / "copy.sqlite3"))
    assert copy.merge(lines_of(ledger)) == Merged(6, 0)
    assert copy.entries() == ledger.entries()
    assert copy.merge(lines_of(ledger)) == Merged(0, 6)
    assert faults(copy) == []


def test_an_export_is_lines_of_json_as_documented(ledger):
    three(ledger)
    line = json.loads(lines_of(ledger)[2])
    assert {
        "format": 2,
        "case": None,
        "seq": 3,
        "analyst": "ann",
        "kind": "rating",
    }.items() <= (line.items())
    assert line["to"] == "CC"
    assert line["because"] == "as it says"
    assert line["hash"].startswith("sha256:")


def test_an_undo_is_merged_with_the_number_that_its_entry_has_here(ledger, tmp_path):
    here = Ledger(url(tmp_path / "here.sqlite3"))
    write(here, rate("e2", "h3", "C"), analyst="bob")
    three(ledger)
    Desk(ledger, CASE, "ann").receive("p", [[1, "undo"]])
    here.merge(lines_of(ledger))
    assert here.entries()[-1].change.undoes == 4
    assert faults(here) == []
    assert judgments_of(here, CASE, "ann") == judgments_of(ledger, CASE, "ann")


def altered(line, **changes):
    return json.dumps(json.loads(line) | changes)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda line: altered(line, to="N"),
        lambda line: altered(line, analyst="bob"),
        lambda line: altered(line, to=float("nan")),
        lambda line: altered(line, to=float("inf")),
        lambda line: altered(line, to="XX"),
        lambda line: altered(line, to=[1]),
        lambda line: altered(line, kind="sabotage"),
        lambda line: altered(line, format=3),
        lambda line: altered(line, at="yesterday"),
        lambda line: altered(line, at="9999-12-31T23:59:59.999999Z"),
        lambda line: altered(line, at="2026-11-24"),
        lambda line: altered(line, seq=2**80),
        lambda line: altered(line, op=2**63),
        lambda line: altered(line, op=True),
        lambda line: altered(line, op="1"),
        lambda line: altered(line, undoes=77),
        lambda line: altered(line, because="x" * 200_000),
        lambda line: altered(line, because="\ud800"),
        lambda line: altered(line, because="\0"),
        lambda line: altered(line, analyst="a\x1b[2J"),
        lambda line: altered(line, evidence=5),
        lambda line: line.replace('"seq": 3, ', ""),
        lambda _line: "{",
        lambda _line: "[1]",
        lambda _line: "7",
        lambda _line: '"entry"',
        lambda _line: "[" * 100_000,
    ],
)
def test_a_line_that_is_no_entry_is_named_and_nothing_is_added(ledger, tmp_path, spoil):
    three(ledger)
    *rest, last = lines_of(ledger)
    copy = Ledger(url(tmp_path / "copy.sqlite3"))
    with pytest.raises(LedgerError, match=r"^their\.jsonl:4: "):
        copy.merge([rest[0], "", rest[1], spoil(last)], "their.jsonl")
    assert copy.entries() == []


def test_lines_in_any_order_are_merged_alike(ledger, tmp_path):
    three(ledger)
    Desk(ledger, CASE, "ann").receive("p", [[1, "undo"]])
    copy = Ledger(url(tmp_path / "copy.sqlite3"))
    assert copy.merge([*reversed(lines_of(ledger)), lines_of(ledger)[0]]) == Merged(
        4, 1
    )
    assert faults(copy) == []
    assert judgments_of(copy, CASE, "ann") == judgments_of(ledger, CASE, "ann")


def test_blank_lines_are_passed_over(ledger, tmp_path):
    three(ledger)
    copy = Ledger(url(tmp_path / "copy.sqlite3"))
    assert copy.merge(["", *lines_of(ledger), "\n", ""]) == Merged(3, 0)


# ------------------------------------------------------------------ out of reach


def test_a_locked_store_refuses_and_keeps_nothing(on_disk, path, monkeypatch):
    ledger = on_disk
    monkeypatch.setattr("workbench.record.store.sqlite.PATIENCE", 20)
    three(ledger)
    ledger._store._engine.dispose()
    lock = sqlite3.connect(path, isolation_level=None)
    lock.execute("begin exclusive")
    try:
        with pytest.raises(LedgerError, match=r"not saved: .*locked"):
            write(ledger, rate("e1", "h1", "CC"), op=4)
    finally:
        lock.execute("rollback")
        lock.close()
    assert len(ledger.entries()) == 3


@pytest.mark.parametrize(
    "address",
    ["sqlite:////dev/null/x.sqlite3", "nonsense", "nodb://x", "sqlite:///{text}", ""],
)
def test_a_store_that_is_none_is_said_so(tmp_path, address):
    text = tmp_path / "text.sqlite3"
    text.write_text("this is no database, whatever its name says " * 50)
    with pytest.raises(LedgerError, match="cannot be opened: "):
        Ledger(address.format(text=text))


def test_a_folder_that_nothing_can_be_written_to_is_named_with_what_to_do(monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    said = r"/dev be written to, or keep the ledger elsewhere: --ledger sqlite:///"
    with pytest.raises(LedgerError, match=f"cannot be opened: .*; let {said}"):
        Ledger("sqlite:////dev/null/x.sqlite3")


def test_a_store_that_goes_away_is_said_so(ledger, store):
    three(ledger)
    lines = lines_of(ledger)
    store.alter("drop table entries")
    for attempt in (ledger.entries, ledger.analysts, ledger.chains):
        with pytest.raises(LedgerError, match="cannot be read"):
            attempt()
    with pytest.raises(LedgerError, match="not saved"):
        write(ledger, rate("e1", "h1", "CC"))
    with pytest.raises(LedgerError, match="nothing imported"):
        ledger.merge(lines)


def test_a_ledger_that_is_only_read_is_not_made(tmp_path):
    missing = tmp_path / "deep" / "ledger.sqlite3"
    assert reading(url(missing)).entries() == []
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(LedgerError):
        reading("nonsense")


def test_the_default_store_lies_in_the_case_unless_the_environment_names_one(
    tmp_path, monkeypatch
):
    monkeypatch.delenv("WORKBENCH_LEDGER", raising=False)
    assert default_url(tmp_path) == url(tmp_path / ".workbench" / "ledger.sqlite3")
    monkeypatch.setenv("WORKBENCH_LEDGER", "postgresql://team/ledger")
    assert default_url(tmp_path) == "postgresql://team/ledger"


# ------------------------------------------------------------------ names


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x00b", "a\u202eb"])
def test_a_name_that_cannot_be_shown_is_refused(name):
    with pytest.raises(WorkbenchError, match="use 1 to 80 printable characters"):
        analyst_name(name)


def test_a_name_is_taken_as_one_line():
    assert analyst_name("  Ann\n  B. ") == "Ann B."
