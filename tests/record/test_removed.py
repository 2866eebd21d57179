"""A ledger file that goes away while it is open: nothing is said to be saved in it."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.builders import faults, make_case
from workbench.record.desk import Desk
from workbench.record.ledger import (
    FOLDER,
    Ledger,
    LedgerError,
    is_missing,
    own_url,
    reading,
)
from workbench.record.store import head
from workbench.record.store.opening import file_url

CASE = make_case("E1: CC C N", "E2: N I II")
CODES = ("I", "II", "N", "C", "CC")


def rate(number):
    code = CODES[number % len(CODES)]
    return [number, "change", [["rating", "e1", "h1", code, f"reason {number}"]]]


def remove(*suffixes):
    def act(file):
        for suffix in suffixes:
            Path(f"{file}{suffix}").unlink()

    return act


def git_clean(file):
    case = file.parents[1]
    subprocess.run(["git", "init", "-q", case], check=True)
    subprocess.run(["git", "-C", case, "clean", "-fdxq"], check=True)


def replaced(file):
    other = file.with_name("other.sqlite3")
    Ledger(file_url(other)).close()
    other.replace(file)


def written_over(file):
    """Copy another ledger into the open file, as `cp` and `cat` do."""
    other = file.with_name("other.sqlite3")
    Ledger(file_url(other)).close()
    file.write_bytes(other.read_bytes())


def emptied(file):
    """Empty the log into the file, as SQLite does by itself now and then."""
    with closing(sqlite3.connect(file)) as raw:
        assert raw.execute("pragma wal_checkpoint(truncate)").fetchone()[0] == 0


WAYS = {
    "the folder": lambda file: shutil.rmtree(file.parent),
    "the file": remove(""),
    "its log": remove("-wal"),
    "the log's index": remove("-shm"),
    "the log and its index": remove("-wal", "-shm"),
    "all three": remove("", "-wal", "-shm"),
    "git clean": git_clean,
    "another in its place": replaced,
    "another written over it": written_over,
    "cut to nothing": lambda file: file.write_bytes(b""),
}
KEEP_THE_FILE = {"its log", "the log's index", "the log and its index"}


@pytest.fixture
def case(tmp_path):
    found = tmp_path / "case"
    found.mkdir()
    return found


@pytest.fixture
def ledger(case):
    found = Ledger(own_url(case))
    yield found
    found.close()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("looks_first", [False, True], ids=["", "and read"])
def test_what_is_said_to_be_saved_is_in_the_file_at_the_path(
    case, ledger, way, looks_first
):
    desk = Desk(ledger, CASE, "ann")
    for number in range(1, 6):
        assert desk.receive("page", [rate(number)]).acknowledged == number
    WAYS[way](case / FOLDER / "ledger.sqlite3")
    if looks_first:
        desk.refresh()
    else:
        with pytest.raises(LedgerError, match=r"^not saved: its file was removed or"):
            desk.receive("page", [rate(6)])
    for number in range(6, 12):  # sent again, then more
        assert desk.receive("page", [rate(number)]).acknowledged == number
    again = Ledger(own_url(case))  # as after a restart
    ops = [entry.op for entry in again.entries()]
    assert ops == list(range(1 if way in KEEP_THE_FILE else 6, 12))
    assert faults(again) == []
    assert Desk(again, CASE, "ann").judgments == desk.judgments
    again.close()


@pytest.mark.parametrize("then", ["removed", "brought back"])
def test_what_was_no_ledger_is_held_no_longer_than_it_lies_there(case, ledger, then):
    file = case / FOLDER / "ledger.sqlite3"
    desk = Desk(ledger, CASE, "ann")
    desk.receive("page", [rate(1)])
    emptied(file)
    good = file.read_bytes()
    with file.open("r+b") as open_file:
        open_file.write(b"not a database" * 600)
    for _ in range(3):
        with pytest.raises(LedgerError, match=r"^not saved: "):
            desk.receive("page", [rate(2)])
    for one in file.parent.glob(f"{file.name}*"):
        one.unlink()
    if then == "brought back":
        file.write_bytes(good)
    assert desk.receive("page", [rate(2)]).acknowledged == 2
    assert desk.receive("page", [rate(3)]).acknowledged == 3
    again = Ledger(own_url(case))
    brought = [1] if then == "brought back" else []
    assert [entry.op for entry in again.entries()] == [*brought, 2, 3]
    assert faults(again) == []
    again.close()


@pytest.mark.parametrize("way", ["the folder", "all three"])
def test_a_desk_says_that_what_it_had_read_is_gone(case, ledger, way):
    desk = Desk(ledger, CASE, "ann")
    desk.receive("page", [rate(1), rate(2)])
    WAYS[way](case / FOLDER / "ledger.sqlite3")
    desk.refresh()
    said = "ann: 2 entries read are no longer in the ledger"
    assert [str(one) for one in desk.breaks] == [said]
    assert not desk.judgments.ratings


@pytest.mark.parametrize("again_open", [False, True], ids=["", "and opened twice"])
def test_an_earlier_state_that_is_written_over_the_open_ledger_is_seen(
    case, ledger, again_open
):
    """A backup bears the same mark, and was written before what is open now."""
    file = case / FOLDER / "ledger.sqlite3"
    desk = Desk(ledger, CASE, "ann")
    desk.receive("page", [rate(1), rate(2)])
    emptied(file)
    earlier = file.read_bytes()
    desk.receive("page", [rate(3)])
    file.write_bytes(earlier)  # what was written since is still in the log
    assert desk.receive("page", [rate(4)]).acknowledged == 4
    assert [entry.op for entry in ledger.entries()] == [1, 2, 3, 4]
    emptied(file)
    desk.receive("page", [rate(5)])
    file.write_bytes(earlier)
    if again_open:
        Ledger(own_url(case)).close()
    with pytest.raises(LedgerError, match="not saved: its file was"):
        desk.receive("page", [rate(6)])
    assert file.read_bytes() == earlier
    assert desk.receive("page", [rate(6)]).acknowledged == 6
    said = "ann: 3 entries read are no longer in the ledger"
    assert said in [str(one) for one in desk.breaks]
    again = Ledger(own_url(case))
    assert [entry.op for entry in again.entries()] == [1, 2, 6]
    assert faults(again) == []
    again.close()


ENDED_AT_ONCE = """
import os, sys
from pathlib import Path
from tests.builders import make_case
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger, own_url
desk = Desk(Ledger(own_url(Path(sys.argv[1]))), make_case("E1: CC C N"), "ann")
for number in range(3, 6):
    change = ["rating", "e1", "h1", "I", str(number)]
    desk.receive("page", [[number, "change", [change]]])
os._exit(0)
"""


@pytest.mark.parametrize("over", ["nothing", "another", "earlier", "the same"])
def test_a_log_that_a_killed_program_left_is_written_into_its_own_file_alone(
    case, ledger, over
):
    file = case / FOLDER / "ledger.sqlite3"
    desk = Desk(ledger, CASE, "ann")
    desk.receive("page", [rate(1)])
    emptied(file)
    earlier = file.read_bytes()
    desk.receive("page", [rate(2)])
    ledger.close()
    last = file.read_bytes()
    subprocess.run([sys.executable, "-c", ENDED_AT_ONCE, case], check=True)
    assert Path(f"{file}-wal").stat().st_size > 0
    if over == "another":
        written_over(file)
    elif over != "nothing":
        file.write_bytes(earlier if over == "earlier" else last)
    again = Ledger(own_url(case))
    own = over in ("nothing", "the same")
    left = [] if over == "another" else [1]
    assert [entry.op for entry in again.entries()] == ([1, 2, 3, 4, 5] if own else left)
    assert faults(again) == []
    assert Path(f"{file}-wal-of-another").exists() is not own
    assert Desk(again, CASE, "ann").receive("page", [rate(6)]).acknowledged == 6
    again.close()


@pytest.mark.parametrize("looked_at", ["head", "_first_logged"])
def test_a_log_that_another_program_removes_while_it_is_looked_at_is_no_fault(
    case, ledger, monkeypatch, looked_at
):
    file = case / FOLDER / "ledger.sqlite3"
    assert Desk(ledger, CASE, "ann").receive("page", [rate(1)]).acknowledged == 1
    ledger.close()
    subprocess.run([sys.executable, "-c", ENDED_AT_ONCE, case], check=True)
    look = getattr(head, looked_at)

    def look_and_lose(path):
        with suppress(sqlite3.Error), closing(sqlite3.connect(file)) as other:
            other.execute("pragma journal_mode=delete")
        return look(path)

    monkeypatch.setattr(head, looked_at, look_and_lose)
    again = Ledger(own_url(case))
    assert [entry.op for entry in again.entries()] == [1, 3, 4, 5]
    again.close()


def test_a_file_whose_descriptor_another_thread_closes_is_looked_at_again(
    case, ledger, monkeypatch
):
    file = case / FOLDER / "ledger.sqlite3"
    ledger.close()
    there = head.head(file)
    elsewhere = os.open(__file__, os.O_RDONLY)  # its number was given to another file
    closed = os.open(__file__, os.O_RDONLY)
    os.close(closed)
    find, borrowed = head._own_descriptor, [closed, elsewhere]
    monkeypatch.setattr(
        head, "_own_descriptor", lambda path: (borrowed or [find(path)]).pop()
    )
    assert head.head(file) == there
    assert borrowed == []
    borrowed.append(elsewhere)
    before = file.read_bytes()
    assert not head.set_apart(file)
    assert file.read_bytes() == before
    os.close(elsewhere)


def test_a_ledger_that_two_programs_write_to_is_never_taken_for_another(case, ledger):
    """Each empties the log into the file behind the other's back."""
    file = case / FOLDER / "ledger.sqlite3"
    ann, bob = Desk(ledger, CASE, "ann"), Desk(Ledger(own_url(case)), CASE, "bob")
    for number in range(1, 31):
        for desk in (ann, bob):
            assert desk.receive("page", [rate(number)]).acknowledged == number
            if number % 3 == 0:
                emptied(file)
    assert ann.breaks == bob.breaks == []
    assert len(ledger.entries()) == 60


def test_a_ledger_of_before_bears_no_mark_and_gets_one(case, ledger):
    file = case / FOLDER / "ledger.sqlite3"
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("pragma application_id=0")
        raw.execute("pragma user_version=0")
        raw.execute("pragma wal_checkpoint(truncate)")
    ledger.close()
    one, other = (Ledger(own_url(case)) for _ in range(2))
    ann, bob = Desk(one, CASE, "ann"), Desk(other, CASE, "bob")
    for number in range(1, 6):
        for desk in (ann, bob):
            assert desk.receive("page", [rate(number)]).acknowledged == number
            emptied(file)
    written_over(file)
    with pytest.raises(LedgerError, match="not saved: its file was"):
        ann.receive("page", [rate(6)])


def test_a_newest_entry_that_is_cut_off_while_it_is_open_is_told(ledger):
    desk = Desk(ledger, CASE, "ann")
    desk.receive("page", [rate(1), rate(2)])
    with ledger._store.writing([]) as connection:
        connection.exec_driver_sql("delete from entries where seq = 2")
    desk.refresh()
    said = "ann: 1 entry read before is no longer in the ledger"
    assert [str(one) for one in desk.breaks] == [said]
    assert faults(ledger) == []  # the ledger by itself cannot know


def test_a_case_that_was_moved_away_is_not_begun_anew(case, ledger):
    desk = Desk(ledger, CASE, "ann")
    desk.receive("page", [rate(1)])
    case.rename(case.with_name("moved"))
    for _ in range(2):
        with pytest.raises(LedgerError, match="not saved: "):
            desk.receive("page", [rate(2)])
    assert not case.exists()
    case.with_name("moved").rename(case)
    assert desk.receive("page", [rate(2)]).acknowledged == 2
    assert [entry.op for entry in ledger.entries()] == [1, 2]


@pytest.mark.parametrize("way", ["the folder", "all three", "its log"])
def test_whoever_writes_while_it_goes_away_is_told_the_truth(case, ledger, way):
    """Four threads write; what each was told to be saved after the removal is there."""
    Desk(ledger, CASE, "start").receive("page", [rate(1)])
    removed = threading.Event()
    told = {}

    def work(name):
        desk = Desk(ledger, CASE, name)
        saved = told.setdefault(name, [])
        for number in range(1, 41):
            if number == 20:
                removed.wait(20)
            for _ in range(200):
                try:
                    desk.receive("page", [rate(number)])
                except LedgerError:
                    continue
                break
            else:
                return
            saved.append(number)

    threads = [threading.Thread(target=work, args=(f"a{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    while len(told) < 4 or any(len(told[f"a{n}"]) < 19 for n in range(4)):
        pass
    WAYS[way](case / FOLDER / "ledger.sqlite3")
    removed.set()
    for thread in threads:
        thread.join()
    again = Ledger(own_url(case))
    first = 1 if way in KEEP_THE_FILE else 20
    for name, saved in told.items():
        assert saved == list(range(1, 41))
        found = [entry.op for entry in again.entries(name)]
        assert found == list(range(first, 41))
    assert faults(again) == []
    again.close()


@pytest.mark.parametrize("name", ["why?", "100%", "a#b", "a b", "%3F", "ü;=&@:"])
def test_a_ledger_lies_in_its_case_whatever_the_folder_is_called(tmp_path, name):
    case = tmp_path / name
    case.mkdir()
    ledger = Ledger(own_url(case))
    Desk(ledger, CASE, "ann").receive("page", [rate(1)])
    assert (case / FOLDER / "ledger.sqlite3").is_file()
    assert [one.name for one in tmp_path.iterdir()] == [name]
    ledger.close()


@pytest.mark.parametrize("which", ["file", "folder"])
@pytest.mark.parametrize("to", ["nowhere", "itself", "a pipe"])
def test_a_ledger_that_is_out_of_reach_is_not_said_to_hold_nothing(tmp_path, which, to):
    """What a link leads to may lie on a disk that is not mounted."""
    place = tmp_path / FOLDER
    if which == "file":
        place.mkdir()
        place = place / "ledger.sqlite3"
    if to == "a pipe":
        os.mkfifo(place)
    else:
        place.symlink_to(place.name if to == "itself" else tmp_path / "gone/away")
    assert not is_missing(own_url(tmp_path))
    with pytest.raises(LedgerError, match="the ledger cannot be opened"):
        reading(own_url(tmp_path))
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize("which", ["file", "folder"])
def test_a_link_that_leads_nowhere_is_no_place_for_a_new_ledger(tmp_path, which):
    """Even where one could be made: what it led to is another one."""
    case, away = tmp_path / "case", tmp_path / "away"
    case.mkdir()
    away.mkdir()
    place, to = case / FOLDER, away / "folder"
    if which == "file":
        place.mkdir()
        place, to = place / "ledger.sqlite3", away / "ledger.sqlite3"
    place.symlink_to(to)
    said = f"{place} is a link to {to}, which is not there; bring that back, or remove"
    for opened in (Ledger, reading):
        with pytest.raises(LedgerError, match=re.escape(said)):
            opened(own_url(case))
    assert list(away.iterdir()) == []
    place.unlink()
    ledger = Ledger(own_url(case))
    file = case / FOLDER / "ledger.sqlite3"
    ledger_there = away / "there.sqlite3"
    if which == "file":  # moved away under a running program, and a link left
        desk = Desk(ledger, CASE, "ann")
        desk.receive("page", [rate(1)])
        file.rename(ledger_there)
        file.symlink_to(to)
        for _ in range(2):
            with pytest.raises(LedgerError, match="not saved: "):
                desk.receive("page", [rate(2)])
        assert not to.exists()
    ledger.close()


def test_of_forty_ledgers_only_a_few_stay_open(tmp_path):
    here = Path("/proc/self/fd")
    if not here.is_dir():
        pytest.skip("this system does not tell which files are open")
    ledgers = []
    for number in range(40):
        ledgers.append(Ledger(file_url(tmp_path / f"{number}.sqlite3")))
        Desk(ledgers[-1], CASE, "ann").receive("page", [rate(1)])
    open_files = [
        one
        for one in here.iterdir()
        if one.exists() and str(one.resolve()).startswith(str(tmp_path))
    ]
    assert len(open_files) <= 4 * 2 * 3  # files, connections, parts of each
    assert all(len(ledger.entries()) == 1 for ledger in ledgers)
    for ledger in ledgers:
        ledger.close()
