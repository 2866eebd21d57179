"""The documents of cases in a store: brought in, changed by several, given out."""

import io
import multiprocessing
import os
from dataclasses import replace
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import faults, make_case
from workbench.case import folder, packing
from workbench.case.beginning import unique_id
from workbench.case.editing import publish
from workbench.case.entry import EntryKind
from workbench.errors import ContentErrors, WorkbenchError
from workbench.record import backup, documents, publication, sharing, stored_cases
from workbench.record.desk import Desk
from workbench.record.editing import Draft
from workbench.record.ledger import Ledger, LedgerError, own_url
from workbench.record.rights import NotAllowed, Role, role_of
from workbench.record.shelves import StoreShelf

ID = "harbour-1a2b3c"
TITLE = {"act": "field", "what": "evidence", "id": "e1", "field": "title"}
ANN, BOB = "https://id.example.org#ann", "https://id.example.org#bob"


def case_in(where, id_=ID):
    """Write a case into a folder, under an id."""
    made = make_case("E1: C I", "E2: N II", sources={"e1": "wire"})
    folder.write(where, replace(made, question=replace(made.question, id=id_)))
    return where


def brought(ledger, where, **more):
    return stored_cases.bring(ledger, [stored_cases.bundle(where)], **more)


def files(where):
    return {
        path.relative_to(where).as_posix(): path.read_bytes()
        for path in where.rglob("*")
        if path.is_file() and ".workbench" not in path.parts
    }


class Office:
    """A case in a store, and desks that work on it."""

    def __init__(self, ledger, where):
        self.ledger = ledger
        brought(ledger, case_in(where))
        self.shelf = StoreShelf(ledger, ID)
        self.op = 0

    def desk(self, analyst="ann"):
        opens = partial(Draft, self.shelf)
        return Desk(self.ledger, self.shelf.load(), analyst, draft=opens)

    def send(self, desk, *operation):
        self.op += 1
        return desk.receive("page", [[self.op, *operation]])

    def act(self, desk, request):
        assert self.send(desk, "act", request).refused == {}
        assert desk.case == self.shelf.load()

    def titles(self):
        return self.shelf.load().item["e1"].title


@pytest.fixture
def office(ledger, tmp_path):
    return Office(ledger, tmp_path / "case")


# ------------------------------------------------------------------ in and out

NAMES = st.from_regex(r"[A-Za-z0-9 _.üñ-]{1,12}\.(txt|yaml|md|bin)", fullmatch=True)
BYTES = st.binary(max_size=60) | st.sampled_from(
    [b"\xef\xbb\xbfa: b\r\n", b"# note\r\r\n", b"\0\xff", b"a\xe2\x80\xa8b", b""]
)
PLACES = st.sampled_from(["", "notes/", "evidence/drafts/", "hypotheses/old/", "a/b/"])


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.tuples(PLACES, NAMES).map("".join), BYTES, max_size=6),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "# a note\n\n", "\ufeff"]),
)
def test_a_folder_comes_out_of_the_store_with_the_same_bytes(
    ledger, tmp_path_factory, others, end, first
):
    where = case_in(tmp_path_factory.mktemp("case"), unique_id("case"))
    for path in where.rglob("*.yaml"):
        path.write_bytes((first + path.read_text()).replace("\n", end).encode())
    for name, data in others.items():
        (where / name).parent.mkdir(parents=True, exist_ok=True)
        (where / name).write_bytes(data)
    before = files(where)
    try:
        packing.require_names(before)
    except WorkbenchError:
        return  # two names that some systems take for one
    assert brought(ledger, where) == [True]
    id_ = folder.case_id(where)
    given_out = stored_cases.given_out(ledger, id_)
    assert given_out == before
    out = tmp_path_factory.mktemp("out")
    packing.unpack(given_out, out)
    assert files(out) == before
    assert StoreShelf(ledger, id_).load() == folder.load(where)
    assert brought(ledger, out) == [False]


def test_a_case_is_read_anew_only_where_a_text_of_it_changed(ledger, tmp_path):
    where = case_in(tmp_path / "case")
    (where / "evidence/_scan.yaml").write_bytes(b"\xff\0")  # no text at all
    brought(ledger, where)
    shelf = StoreShelf(ledger, ID)
    case = shelf.load()
    assert shelf.load() is case
    desk = Desk(ledger, case, "ann", draft=partial(Draft, shelf))
    desk.receive("page", [[1, "act", TITLE | {"value": "Another"}]])
    assert shelf.load() is desk.case
    assert shelf.load() is not case


def test_a_case_that_is_there_is_never_changed_by_bringing_it_in(office, tmp_path):
    other = tmp_path / "other"
    packing.unpack(stored_cases.given_out(office.ledger, ID), other)
    assert brought(office.ledger, other) == [False]
    (other / "notes.txt").write_text("mine")
    with pytest.raises(WorkbenchError, match=f"a case {ID} already, and 'notes.txt'"):
        brought(office.ledger, other)
    assert "notes.txt" not in stored_cases.given_out(office.ledger, ID)
    new = case_in(tmp_path / "new", "new-case")
    both = [stored_cases.bundle(new), stored_cases.bundle(other)]
    with pytest.raises(WorkbenchError):
        stored_cases.bring(office.ledger, both)
    assert not stored_cases.holds(office.ledger, "new-case")  # all or none


def test_what_a_folders_own_ledger_holds_comes_along(ledger, tmp_path):
    where = case_in(tmp_path / "case")
    own = Ledger(own_url(where))
    Desk(own, folder.load(where), "ann").change("p", 1, [["rating", "e1", "h1", "II"]])
    own.close()
    brought(ledger, where)
    brought(ledger, where)
    desk = Desk(ledger, StoreShelf(ledger, ID).load(), "ann")
    assert desk.judgments.ratings["e1", "h1"].consistency == "II"
    assert len(ledger.entries()) == 1


def test_a_ledger_that_comes_along_says_nothing_of_other_cases(office, tmp_path):
    where = case_in(tmp_path / "hostile", "hostile")
    own = Ledger(own_url(where))
    with own.writing("command line", ID) as pen:
        change = stored_cases.Change(EntryKind.ROLE, to="lead", part=BOB)
        pen.write("role", 1, [change])
    own.close()
    brought(office.ledger, where)
    assert role_of(office.ledger, ID, BOB) is None
    assert office.ledger.entries(case=ID) == []


def test_whoever_brings_in_a_case_is_its_lead_and_nobody_else_is_on_it(
    ledger, tmp_path
):
    brought(ledger, case_in(tmp_path / "case"), lead=ANN)
    assert role_of(ledger, ID, ANN) is Role.LEAD
    assert [one.case for one in stored_cases.listed(ledger, ANN)] == [ID]
    assert stored_cases.listed(ledger, BOB) == []
    with pytest.raises(NotAllowed):
        stored_cases.given_out(ledger, ID, BOB)
    brought(ledger, tmp_path / "case", lead=BOB)  # it is there already
    assert role_of(ledger, ID, BOB) is None


def test_a_folder_is_not_served_beside_its_own_documents(office, tmp_path):
    where = tmp_path / "case"
    sharing.require_own(office.ledger, ID, where, note=False)  # to read the same from
    with pytest.raises(WorkbenchError, match="the documents of the case"):
        sharing.require_own(office.ledger, ID, where, note=True)
    office.act(office.desk(), TITLE | {"value": "Later"})
    with pytest.raises(WorkbenchError, match="the documents of the case"):
        sharing.require_own(office.ledger, ID, where, note=False)


@pytest.mark.parametrize("way", ["link", "folder link", "pipe", "twin", "twin folder"])
def test_what_no_other_machine_could_take_is_refused_by_name(tmp_path, way):
    where = case_in(tmp_path / "case")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    if way == "link":
        (where / "notes.txt").symlink_to(outside / "secret.txt")
    elif way == "folder link":
        (where / "notes").symlink_to(outside)
    elif way == "pipe":
        os.mkfifo(where / "notes")
    elif way == "twin":
        (where / "Notes.txt").write_text("a")
        (where / "notes.TXT").write_text("b")
    else:
        (where / "Evidence").mkdir()
        (where / "Evidence" / "e1.yaml").write_text("b")
    with pytest.raises(WorkbenchError, match=r"(?i)notes|evidence"):
        stored_cases.bundle(where)


@pytest.mark.parametrize(
    "name",
    [
        *("../a", "a/../../b", "/etc/passwd", "a//b", "a\0b", "a\\..\\b", "", "."),
        *("a/./b", "x" * 2_000, "/".join("a" * 60), "a\nb", ".git/hooks/post-checkout"),
        *(".workbench/ledger.sqlite3", "a\ud800"),
    ],
)
def test_a_path_that_leads_elsewhere_is_never_written(tmp_path, name):
    contents = {folder.QUESTION_FILE: b"", name: b"hostile"}
    with pytest.raises(WorkbenchError):
        packing.unpack(contents, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_a_file_and_a_folder_is_refused(tmp_path):
    with pytest.raises(WorkbenchError, match="a file and a folder at once"):
        packing.unpack({"a": b"", "a/b": b""}, tmp_path / "out")


def test_too_much_is_refused_before_it_is_read(tmp_path, monkeypatch):
    where = case_in(tmp_path / "case")
    with (where / "huge.bin").open("wb") as file:
        file.truncate(packing.MOST_BYTES + 1)
    with pytest.raises(WorkbenchError, match=r"huge\.bin: more than 20 MB"):
        stored_cases.bundle(where)
    (where / "huge.bin").unlink()
    monkeypatch.setattr(packing, "MOST_FILES", 3)
    with pytest.raises(WorkbenchError, match="more than 3 files"):
        stored_cases.bundle(where)
    monkeypatch.undo()
    monkeypatch.setattr(packing, "MOST_IN_ALL", 100)
    with pytest.raises(WorkbenchError, match="in all"):
        stored_cases.bundle(where)


def test_a_case_with_faults_or_without_an_id_is_not_brought_in(tmp_path):
    where = case_in(tmp_path / "case")
    (where / "evidence/e1.yaml").write_text("label: E1\n")
    with pytest.raises(ContentErrors):
        stored_cases.bundle(where)
    folder.write(tmp_path / "nameless", make_case("E1: C I"))
    with pytest.raises(WorkbenchError, match="has no id"):
        stored_cases.bundle(tmp_path / "nameless")


def test_a_case_goes_only_into_a_folder_that_is_new_or_empty(office, tmp_path):
    contents = stored_cases.given_out(office.ledger, ID)
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "mine.txt").write_text("mine")
    with pytest.raises(WorkbenchError, match="holds files already"):
        packing.unpack(contents, taken)
    (taken / "mine.txt").rename(taken / ".notes")
    with pytest.raises(WorkbenchError, match="is there already; nothing was written"):
        packing.unpack({**contents, ".notes": b"theirs"}, taken)
    assert files(taken) == {".notes": b"mine"}
    packing.unpack(contents, taken)
    assert files(taken) == {".notes": b"mine", **contents}


def test_a_store_of_the_form_before_gets_the_tables_and_keeps_its_entries(store):
    ledger = store.open()
    Desk(ledger, make_case("E1: C I"), "ann").change(
        "p", 1, [["rating", "e1", "h1", "N"]]
    )
    ledger.close()
    for name in ("cases", "documents", "contents"):
        store.alter(f"drop table {name}")
    store.alter("update facts set value = '3' where name = 'form'")
    again = store.open()
    assert len(again.entries()) == 1
    assert stored_cases.listed(again) == []


# ------------------------------------------------------------------ at a desk


def test_an_act_is_in_the_ledger_and_in_the_document_at_once(office):
    desk = office.desk()
    before = office.shelf.texts()["evidence/e1.yaml"]
    office.act(desk, TITLE | {"value": "Another title"})
    (entry,) = office.ledger.entries()
    assert office.ledger.text(entry.change.from_) == before
    after = office.shelf.texts()["evidence/e1.yaml"]
    assert office.ledger.text(entry.change.to) == after
    assert (before != after, "Another title" in after) == (True, True)
    assert office.ledger.unwritten(ID) == {}
    office.send(desk, "undo")
    assert office.shelf.texts()["evidence/e1.yaml"] == before
    office.send(desk, "redo")
    assert office.shelf.texts()["evidence/e1.yaml"] == after
    office.act(desk, {"act": "add-evidence", "title": "Harbour log"})
    office.act(desk, {"act": "delete", "what": "evidence", "id": "e2"})
    assert set(office.shelf.load().item) == {"e1", "harbour-log"}


def test_what_cannot_be_saved_leaves_document_and_ledger_as_they_were(office):
    desk, before = office.desk(), office.shelf.texts()

    class Stopped(BaseException):
        pass

    def stop(*_):
        raise Stopped

    desk._texts.settle, kept = stop, desk._texts.settle
    with pytest.raises(Stopped):
        office.send(desk, "act", TITLE | {"value": "Lost"})
    desk._texts.settle = kept
    assert (office.shelf.texts(), office.ledger.entries()) == (before, [])
    office.act(desk, TITLE | {"value": "Kept"})


def test_of_two_who_change_one_field_the_second_is_told_and_nothing_is_lost(office):
    ann, bob = office.desk("ann"), office.desk("bob")
    was = office.titles()
    office.act(ann, TITLE | {"value": "Hers", "was": was})
    said = office.send(bob, "act", TITLE | {"value": "His", "was": was}).refused
    assert list(said.values()) == ["changed meanwhile; look at both and choose"]
    assert office.titles() == "Hers"
    note = TITLE | {"field": "caveat", "value": "Copied later.", "was": None}
    office.act(bob, note)  # another field of the same file: both stay
    item = office.shelf.load().item["e1"]
    assert (item.title, item.caveat) == ("Hers", "Copied later.")


def test_what_another_deleted_meanwhile_is_not_brought_back_by_a_rating_of_it(office):
    ann, bob = office.desk("ann"), office.desk("bob")
    office.act(ann, {"act": "delete", "what": "hypothesis", "id": "h2"})
    rated = TITLE | {"field": "ratings", "value": {"h2": "II"}}
    (said,) = office.send(bob, "act", rated).refused.values()
    assert "h2" in said
    assert set(office.shelf.load().hypothesis) == {"h1"}


def test_an_undo_of_what_another_changed_since_is_refused(office):
    ann, bob = office.desk("ann"), office.desk("bob")
    office.act(ann, TITLE | {"value": "Hers"})
    office.act(bob, TITLE | {"value": "His"})
    (said,) = office.send(ann, "undo").refused.values()
    assert "was changed since" in said
    assert office.titles() == "His"


def test_a_publication_is_one_transaction_with_the_documents(office):
    desk = office.desk()
    office.send(desk, "change", [["rating", "e1", "h1", "II", "Late."]])
    found = publish.plan(office.shelf.texts(), desk.case, desk.judgments)
    publication.publish(desk, office.shelf, found.files)
    assert office.shelf.load().item["e1"].ratings["h1"].because == "Late."
    kinds = [one.change.kind for one in office.ledger.entries()]
    assert kinds[-1] is EntryKind.PUBLICATION
    with pytest.raises(WorkbenchError, match="changed since it was read"):
        publication.publish(desk, office.shelf, found.files)
    assert len(office.ledger.entries()) == len(kinds)


ROUNDS = 6


def write(url, name, barrier, tell):
    """Change one title at the same moment as the other, in a process of its own."""
    ledger = Ledger(url)
    shelf = StoreShelf(ledger, ID)
    for number in range(1, ROUNDS + 1):
        barrier.wait(30)
        case = shelf.load()
        barrier.wait(30)
        desk = Desk(ledger, case, name, draft=partial(Draft, shelf))
        was = case.item["e1"].title
        value = f"{name} {number}"
        operation = [number, "act", TITLE | {"value": value, "was": was}]
        for _ in range(50):
            try:
                said = desk.receive(name, [operation]).refused.get(number, "")
            except LedgerError:
                continue
            break
        tell.send((number, value, was, said))
    ledger.close()


def test_two_processes_change_one_document_and_one_is_told_each_time(store, tmp_path):
    ledger = store.open()
    brought(ledger, case_in(tmp_path / "case"))
    context = multiprocessing.get_context("spawn")
    barrier, pipes, children = context.Barrier(2), [], []
    for name in ("ann", "bob"):
        hear, tell = context.Pipe(duplex=False)
        child = context.Process(target=write, args=(store.url, name, barrier, tell))
        child.start()
        pipes.append(hear)
        children.append(child)
    told = [[pipe.recv() for _ in range(ROUNDS)] for pipe in pipes]
    for child in children:
        child.join()
    for both in zip(*told, strict=True):
        (won,) = [one for one in both if one[3] == ""]
        (lost,) = [one for one in both if one[3]]
        assert lost[3] == "changed meanwhile; look at both and choose"
        assert won[2] == lost[2]  # both had read the same
    last = [one for one in told[0] + told[1] if one[0] == ROUNDS and not one[3]]
    assert StoreShelf(ledger, ID).load().item["e1"].title == last[0][1]
    documents = [one.change for one in ledger.entries(kinds=[EntryKind.DOCUMENT])]
    assert len(documents) == ROUNDS
    for before, after in pairwise(documents):
        assert before.to == after.from_  # one line of versions, each kept
        assert ledger.text(after.to)


def test_documents_come_back_from_a_backup_and_go_on(office, new_store):
    office.act(office.desk(), TITLE | {"value": "Kept"})
    kept = io.BytesIO()
    backup.write(office.ledger, kept)
    kept.seek(0)
    again = new_store("sqlite").open()
    backup.restore(again, kept, "the backup")
    assert stored_cases.listed(again) == stored_cases.listed(office.ledger)
    before = stored_cases.given_out(office.ledger, ID)
    assert stored_cases.given_out(again, ID) == before
    office.ledger, office.shelf = again, StoreShelf(again, ID)
    desk = office.desk()
    office.send(desk, "undo")
    assert office.titles() != "Kept"


def test_a_text_that_was_altered_or_taken_away_is_named(office, store):
    assert faults(office.ledger) == []
    shown = dict(office.ledger.ask(lambda on: documents.stamp(on, ID)))
    first, second = shown["evidence/e1.yaml"], shown["evidence/e2.yaml"]
    store.alter("update texts set text = 'label: E9' where digest = :one", one=first)
    store.alter("delete from texts where digest = :one", one=second)
    assert sorted(faults(office.ledger)) == [
        f"{ID}: evidence/e2.yaml: its content is not in the store",
        f"the text {first} is not what was saved under that name",
    ]
