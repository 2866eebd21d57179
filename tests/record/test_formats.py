"""A ledger of an older form opens, keeps its entries, and comes to the same.

`format_1/` was made by the program that wrote format 1: three analysts, every kind of
entry it knew, undone and redone, two copies worked on apart and merged, and one entry
about an item that the case no longer has.
"""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.builders import faults
from workbench.case import folder
from workbench.case.judgments import Judgments
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.record.desk import Desk, judgments_of
from workbench.record.ledger import Ledger, LedgerError
from workbench.record.store import migrations
from workbench.record.verifying import verify

FORMAT_1 = Path(__file__).parent / "format_1"
CASE = folder.load(FORMAT_1 / "case")
EXPECTED = json.loads((FORMAT_1 / "expected.json").read_text(encoding="utf-8"))
LINES = (FORMAT_1 / "ledger.jsonl").read_text(encoding="utf-8").splitlines()


def assessed(ledger):
    found = {}
    for name in ledger.analysts():
        own = judgments_of(ledger, CASE, name)
        found[name] = {
            "judgments": own.document(),
            "assessment": assess(build(CASE, own)).document(name),
        }
    return found


@pytest.fixture
def file(tmp_path):
    return Path(shutil.copy(FORMAT_1 / "ledger.sqlite3", tmp_path))


def test_a_ledger_of_format_1_comes_to_the_same_assessment(file):
    ledger = Ledger(f"sqlite:///{file}")
    assert assessed(ledger) == EXPECTED
    assert list(ledger.export()) == LINES
    ledger.close()


def test_an_export_of_format_1_is_merged_and_comes_to_the_same(tmp_path):
    ledger = Ledger(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    assert ledger.merge(LINES).added == len(LINES)
    assert assessed(ledger) == EXPECTED
    ledger.close()


# ------------------------------------------------------------------ older and newer


def older(file, form):
    """Take a file of form 2, as format 1 left it, back to an older form."""
    if form == 1:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("alter table entries drop column part")
            connection.commit()


@pytest.mark.parametrize("form", [1, 2])
def test_a_store_of_each_older_form_is_upgraded_after_a_copy(file, form):
    older(file, form)
    before = list(rows(file))
    ledger = Ledger(f"sqlite:///{file}")
    hashes = [entry.hash for entry in ledger.entries()]
    assert hashes == [json.loads(line)["hash"] for line in LINES]
    if form > 1:  # without parts, those that had one do not fit
        assert faults(ledger) == []
    ledger.close()
    copy = file.with_name("ledger-before-upgrade.sqlite3")
    assert list(rows(copy)) == before
    again = Ledger(f"sqlite:///{file}")  # once is enough
    assert again.entries()
    again.close()
    assert sorted(one.name for one in file.parent.iterdir()) == [
        *("ledger-before-upgrade.sqlite3", "ledger.sqlite3")
    ]


def rows(file):
    with closing(sqlite3.connect(file)) as connection:
        yield from connection.execute("select * from entries order by seq")


def test_an_upgraded_ledger_goes_on_in_the_new_format(file):
    ledger = Ledger(f"sqlite:///{file}")
    named = replace(CASE, question=replace(CASE.question, id="the-ship"))
    desk = Desk(ledger, named, "ann")
    assert desk.judgments.document() == EXPECTED["ann"]["judgments"]
    desk.change("new", 1, [["rating", "bent-hull", "storm", "II", "Now."]])
    last = ledger.entries()[-1]
    assert (last.format, last.case) == (2, "the-ship")
    assert faults(ledger) == []
    (one,) = [c for c in verify(ledger).chains if c.analyst == "ann"]
    assert (one.case, len(one.heads)) == ("the-ship", 1)
    other = replace(CASE, question=replace(CASE.question, id="another"))
    assert Desk(ledger, other, "ann").judgments == Judgments()  # they have an heir
    ledger.close()


def test_an_upgrade_that_is_broken_off_leaves_the_ledger_as_it_was(file, monkeypatch):
    before = list(rows(file))

    def fail(*_args, **_more):
        raise sa.exc.OperationalError("", {}, sqlite3.OperationalError("disk full"))

    monkeypatch.setattr(migrations.PLACES.metadata, "create_all", fail)
    with pytest.raises(LedgerError, match="cannot be opened: disk full"):
        Ledger(f"sqlite:///{file}")
    monkeypatch.undo()
    assert list(rows(file)) == before
    ledger = Ledger(f"sqlite:///{file}")
    assert assessed(ledger) == EXPECTED
    ledger.close()


def test_a_newer_store_is_refused_and_left_alone(file):
    Ledger(f"sqlite:///{file}").close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("update facts set value = '99' where name = 'form'")
        connection.commit()
        connection.execute("pragma journal_mode=delete")
    before = file.read_bytes()
    with pytest.raises(LedgerError, match="written by a newer version of this program"):
        Ledger(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_another_programs_file_is_refused_and_left_alone(tmp_path):
    file = tmp_path / "books.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("create table loans (book text)")
        connection.commit()
    before = file.read_bytes()
    with pytest.raises(LedgerError, match=r"another program's file .*'loans'"):
        Ledger(f"sqlite:///{file}")
    assert file.read_bytes() == before


@pytest.mark.parametrize("store", ["postgresql"])
def test_a_store_of_form_2_in_postgresql_is_upgraded_after_a_copy(new_store, store):
    place = new_store(store)
    place.alter(
        "create table entries (seq serial primary key, at text not null, analyst text "
        "not null, kind text not null, evidence text, hypothesis text, source text, "
        "from_ text not null, to_ text not null, because text not null, undoes integer,"
        " client text not null, op integer not null, previous text, hash text not null "
        "unique, part text)"
    )
    for number, line in enumerate(map(json.loads, LINES), start=1):
        place.alter(
            "insert into entries values (:seq, :at, :analyst, :kind, :evidence, "
            ":hypothesis, :source, :from_, :to_, :because, :undoes, :client, :op, "
            ":previous, :hash, :part)",
            **{"part": None} | line | {"seq": number},
            from_=json.dumps(line["from"]),
            to_=json.dumps(line["to"]),
        )
    ledger = place.open()
    assert assessed(ledger) == EXPECTED
    assert faults(ledger) == []
    desk = Desk(ledger, CASE, "ann")
    desk.change("new", 1, [["rating", "bent-hull", "storm", "II", "Now."]])
    assert ledger.entries()[-1].seq == len(LINES) + 1
    place.alter("select * from entries_of_form_2")
