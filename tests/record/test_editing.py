"""The texts of a case changed at a desk: entered first, written whole, taken back."""

import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from tests.builders import make_case
from workbench.case import folder
from workbench.case.editing import plan as editing
from workbench.case.editing.bringing import request_of
from workbench.case.entry import EntryKind
from workbench.case.model import Consistency, Rating
from workbench.errors import WorkbenchError
from workbench.record import editing as entered
from workbench.record.desk import Desk
from workbench.record.editing import Draft
from workbench.record.folder_lock import alone
from workbench.record.ledger import Ledger, LedgerError, default_url
from workbench.record.offers import leave, offers, rated_by_others
from workbench.record.old_ids import Behind
from workbench.record.pen import Pen
from workbench.record.shelves import FolderShelf

ADD = {"act": "add-evidence", "title": "Harbour log"}
TITLE = {
    "act": "field",
    "what": "evidence",
    "id": "e1",
    "field": "title",
    "value": "Another title",
}


class Stopped(BaseException):
    """The program is stopped where this is raised."""


class Office:
    """A case folder with its ledger, and desks that work on it."""

    def __init__(self, where):
        self.where = where
        folder.write(where, make_case("E1: C I", "E2: N II", sources={"e1": "wire"}))
        self.ledger = Ledger(default_url(where))
        self.op = 0

    def desk(self, analyst="analyst-1"):
        case = folder.load(self.where)
        return Desk(
            self.ledger, case, analyst, draft=partial(Draft, FolderShelf(self.where))
        )

    def send(self, desk, *operation):
        self.op += 1
        return desk.receive("page", [[self.op, *operation]])

    def act(self, desk, request):
        receipt = self.send(desk, "act", request)
        assert receipt.refused == {}
        assert desk.case == folder.load(self.where)

    def refused(self, desk, *operation):
        (said,) = self.send(desk, *operation).refused.values()
        assert desk.case == folder.load(self.where)
        return said

    def texts(self):
        return editing.read_texts(self.where)


@pytest.fixture
def office(tmp_path):
    found = Office(tmp_path)
    yield found
    found.ledger.close()


def full(*_args):
    raise OSError(28, "No space left on device")


def kinds(office):
    return [entry.change.kind.value for entry in office.ledger.entries()]


def test_an_act_is_in_the_ledger_with_both_texts_and_in_the_file(office):
    desk = office.desk()
    before = office.texts()["evidence/e1.yaml"]
    office.act(desk, TITLE)
    (entry,) = office.ledger.entries()
    change = entry.change
    assert (change.kind, change.part) == ("document", "evidence/e1.yaml")
    assert office.ledger.text(change.from_) == before
    assert office.ledger.text(change.to) == office.texts()["evidence/e1.yaml"]
    assert office.ledger.unwritten("") == {}


def test_what_was_done_to_texts_and_cells_is_undone_in_its_order(office):
    desk, texts = office.desk(), [office.texts()]
    office.act(desk, TITLE)
    texts.append(office.texts())
    office.send(desk, "change", [["rating", "e1", "h1", "II", "Late."]])
    office.act(desk, ADD)
    texts.append(office.texts())
    office.send(desk, "undo")
    assert office.texts() == texts[1]
    assert "harbour-log" not in desk.case.item
    office.send(desk, "undo")
    assert desk.judgments.ratings == {}
    office.send(desk, "undo")
    assert (office.texts(), desk.can_undo) == (texts[0], False)
    for _ in range(3):
        office.send(desk, "redo")
    assert (office.texts(), desk.can_redo) == (texts[2], False)
    assert desk.judgments.ratings["e1", "h1"].consistency == Consistency.II
    assert office.desk().can_undo


def test_a_table_comes_in_as_one_act_with_its_ratings_and_one_undo_takes_it_back(
    office,
):
    desk, before = office.desk(), office.texts()
    office.send(desk, "change", [["rating", "e1", "h1", "II"]])
    mine = desk.judgments
    office.act(desk, request_of(make_case("E7: CC I", "E8: N II")))
    made = [item.id for item in desk.case.evidence[2:]]
    assert len(made) == 2
    rated = {
        cell: one.consistency.value for cell, one in desk.judgments.ratings.items()
    }
    assert rated == {
        ("e1", "h1"): "II",
        (made[0], "h1"): "CC",
        (made[0], "h2"): "I",
        (made[1], "h1"): "N",
        (made[1], "h2"): "II",
    }
    assert all(not item.ratings for item in desk.case.evidence[2:])
    for _ in range(2):
        office.send(desk, "undo")
        assert (office.texts(), desk.judgments) == (before, mine)
        office.send(desk, "redo")
        assert len(desk.judgments.ratings) == 5


def test_the_reason_of_an_act_stands_in_its_entry(office):
    desk = office.desk()
    aside = TITLE | {"field": "status", "value": "set-aside"}
    office.act(desk, aside | {"because": "  It repeats E2. "})
    (entry,) = office.ledger.entries()
    assert entry.change.because == "It repeats E2."
    assert "a reason is a text" in office.refused(desk, "act", TITLE | {"because": 7})


def test_an_act_sent_again_is_done_once(office):
    desk = office.desk()
    batch = [[1, "act", ADD]]
    desk.receive("page", batch)
    receipt = office.desk().receive("page", batch)
    assert receipt.acknowledged == 1
    assert len(folder.load(office.where).evidence) == 3


def test_several_acts_of_one_batch_stand_on_each_other(office):
    desk = office.desk()
    other = TITLE | {"field": "caveat", "value": "Copied late."}
    office.op = 2
    desk.receive("page", [[1, "act", TITLE], [2, "act", other]])
    item = folder.load(office.where).item["e1"]
    assert (item.title, item.caveat) == ("Another title", "Copied late.")
    office.send(desk, "undo")
    assert folder.load(office.where).item["e1"].caveat == ""


def test_judgments_follow_a_renamed_hypothesis_and_no_entry_is_rewritten(office):
    first, second = office.desk(), office.desk("analyst-2")
    for desk in (first, second):
        office.send(desk, "change", [["rating", "e1", "h1", "II", None]])
    rename = {"act": "rename", "what": "hypothesis", "id": "h1", "to": "storm"}
    office.act(first, rename)
    assert list(first.judgments.ratings) == [("e1", "storm")]
    assert list(office.desk("analyst-2").judgments.ratings) == [("e1", "storm")]
    assert [e.change.hypothesis for e in office.ledger.entries()][:2] == ["h1", "h1"]
    office.send(first, "undo")
    assert list(office.desk().judgments.ratings) == [("e1", "h1")]
    assert list(office.desk("analyst-2").judgments.ratings) == [("e1", "h1")]


def test_what_crosses_a_rename_is_about_the_thing_and_not_its_name(office):
    first = office.desk()
    rename = {"act": "rename", "what": "evidence", "id": "e1", "to": "log"}
    office.act(first, rename)
    office.act(first, rename | {"id": "log", "to": "harbour-log"})
    office.act(first, rename | {"what": "hypothesis", "id": "h1", "to": "oil"})
    second = office.desk("analyst-2")  # whose page was drawn before
    asked = [
        [1, "change", [["rating", "e1", "h1", "II", ""], ["emphasis", "log", None, 2]]],
        [2, "change", [["reason", "e1", "h1", "", "Seen"], ["prior", "h1", None, 0.4]]],
        [3, "comment", {"evidence": "e1", "hypothesis": "h1", "text": "So?"}],
        [4, "change", [["certainty", "low", "h1", "struck", ""]]],
    ]
    assert second.receive("old", asked).refused == {}
    cell = ("harbour-log", "oil")
    assert second.judgments.ratings[cell] == Rating(Consistency.II, "Seen")
    assert second.judgments.emphases == {"harbour-log": 2.0}
    assert second.judgments.priors == {"oil": 0.4}
    (said,) = second.ledger.entries(kinds=[EntryKind.COMMENT])
    assert (said.change.evidence, said.change.hypothesis) == cell
    assert second.receive("old", [[5, "return", "e1"]]).refused == {}
    assert second.judgments.ratings == second.judgments.emphases == {}
    office.act(second, rename | {"id": "e2", "to": "e1"})  # the name is another's now
    assert second.receive("old", [[6, "change", asked[0][2][:1]]]).refused == {}
    assert second.judgments.ratings.keys() == {("e1", "oil")}


def test_a_desk_that_knows_a_thing_by_an_old_id_stores_nothing_of_it(office):
    first, second = office.desk(), office.desk("analyst-2")
    office.act(first, {"act": "rename", "what": "evidence", "id": "e1", "to": "log"})
    batch = [[1, "change", [["rating", "e1", "h1", "II", ""]]]]
    with pytest.raises(Behind, match="not saved: the case was changed meanwhile"):
        second.receive("page", batch)
    again = office.desk("analyst-2")
    assert again.receive("page", batch).refused == {}
    assert again.judgments.ratings.keys() == {("log", "h1")}


def test_judgments_of_a_deleted_item_come_back_with_it(office):
    desk = office.desk()
    office.send(desk, "change", [["rating", "e2", "h1", "CC", None]])
    office.act(desk, {"act": "delete", "what": "evidence", "id": "e2"})
    assert desk.judgments.ratings == {}
    office.send(desk, "undo")
    assert list(desk.judgments.ratings) == [("e2", "h1")]


def test_an_undo_reads_again_what_it_changes_and_nothing_else(office):
    desk = office.desk()
    before = desk.case
    office.act(desk, {"act": "add-source", "name": "A paper"})
    office.act(desk, {"act": "add-evidence", "title": "One more"})
    for _ in range(2):
        assert not office.send(desk, "undo").refused
    assert desk.case == before
    assert all(a is b for a, b in zip(desk.case.evidence, before.evidence, strict=True))


@pytest.mark.parametrize(
    ("done", "later", "named"),
    [
        (
            {"act": "add-source", "name": "A paper"},
            {"field": "sources", "value": [{"source": "a-paper"}]},
            "evidence/e2.yaml",
        ),
        (
            {"act": "add-hypothesis", "title": "Another"},
            {"field": "ratings", "value": {"another": {"rating": "I"}}},
            "evidence/e2.yaml",
        ),
        (
            TITLE | {"field": "label", "value": "E7"},
            {"field": "label", "value": "E1"},
            "is the label of e2 already",
        ),
    ],
)
def test_an_undo_is_refused_that_would_leave_another_file_at_fault(
    office, done, later, named
):
    desk = office.desk()
    office.act(desk, done)
    other = office.desk("analyst-2")
    office.act(other, TITLE | {"id": "e2"} | later)
    assert named in office.refused(office.desk(), "undo")


def test_what_is_added_is_followed_without_reading_all_entries_again(
    office, monkeypatch
):
    desk = office.desk()
    office.send(desk, "change", [["rating", "e1", "h1", "II", ""]])
    monkeypatch.setattr(Desk, "_play_again", lambda *_: pytest.fail("all read again"))
    office.act(desk, {"act": "add-evidence", "title": "One more"})
    office.send(desk, "change", [["rating", "one-more", "h1", "CC", ""]])
    rated = desk.judgments.rating(desk.case.item["one-more"], "h1")
    assert rated.consistency is Consistency.CC


def test_an_undo_is_refused_where_somebody_changed_the_text_since(office):
    desk = office.desk()
    office.act(desk, TITLE)
    path = office.where / "evidence/e1.yaml"
    path.write_text(path.read_text() + "# a colleague's note\n")
    assert "was changed since" in office.refused(desk, "undo")
    assert "colleague" in path.read_text()


def test_a_file_that_changed_under_the_page_is_not_written_over(office):
    desk = office.desk()
    path = office.where / "evidence/e1.yaml"
    path.write_text(path.read_text().replace("Statement of E1.", "Theirs."))
    receipt = office.send(desk, "act", TITLE)
    assert "no longer says" in next(iter(receipt.refused.values()))
    assert "Theirs." in path.read_text()
    assert kinds(office) == []


@pytest.mark.parametrize("request_", [None, {"act": "explode"}, {"act": "field"}])
def test_rubbish_is_refused_and_the_desk_goes_on(office, request_):
    desk = office.desk()
    assert office.refused(desk, "act", request_)
    office.act(desk, TITLE)


def test_what_cannot_be_written_is_refused_and_taken_back(office, monkeypatch):
    desk, texts = office.desk(), office.texts()

    with monkeypatch.context() as patch:
        patch.setattr(folder, "write_text", full)
        said = office.refused(desk, "act", TITLE)
    assert said.startswith("not saved: evidence/e1.yaml: cannot be written (No space")
    assert (office.texts(), desk.can_undo) == (texts, False)
    assert office.ledger.unwritten("") == {}
    office.act(desk, TITLE)
    assert desk.case.item["e1"].title == "Another title"


def test_a_rename_that_could_not_be_saved_moves_no_judgment(office, monkeypatch):
    desk = office.desk()
    office.send(desk, "change", [["rating", "e1", "h1", "II", "Late."]])
    known = desk.judgments
    rename = {"act": "rename", "what": "evidence", "id": "e1", "to": "log"}

    def gone(*_args):
        raise LedgerError("not saved: gone")

    with monkeypatch.context() as patch:
        patch.setattr(Pen, "note_unwritten", gone)
        with pytest.raises(LedgerError):
            office.send(desk, "act", rename)
    assert desk.judgments == known
    desk.refresh()
    assert desk.judgments == known == office.desk().judgments
    office.send(desk, "undo")
    assert desk.judgments.ratings == office.desk().judgments.ratings == {}


def test_a_desk_without_a_folder_changes_no_text(office):
    desk = Desk(office.ledger, folder.load(office.where), "analyst-1")
    assert "cannot be changed from here" in office.refused(desk, "act", TITLE)


def test_those_who_add_at_the_same_moment_leave_a_case_that_opens(office):
    refused = []

    def add(name):
        for _ in range(4):
            with FolderShelf(office.where).alone():
                desk = office.desk(name)
                op = desk.ledger.entries()[-1].seq + 1 if desk.ledger.entries() else 1
                refused.extend(desk.receive(name, [[op, "act", ADD]]).refused.values())

    threads = [threading.Thread(target=add, args=(name,)) for name in ("ann", "ben")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert refused == []
    labels = [item.label for item in folder.load(office.where).evidence]
    assert len(labels) == len(set(labels)) == 10


def test_a_case_is_changed_by_one_thread_or_program_at_a_time(office):
    shelf = FolderShelf(office.where)
    with shelf.alone(), ThreadPoolExecutor(1) as other:
        other.submit(is_kept_out, office.where).result()
    with shelf.alone():
        pass
    fcntl = pytest.importorskip("fcntl")
    descriptor = os.open(office.where, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)  # as another program does
    is_kept_out(office.where)
    os.close(descriptor)
    with shelf.alone():
        pass


def is_kept_out(where):
    said = "not saved: .*: another program is changing the case; try again"
    with pytest.raises(WorkbenchError, match=said), alone(where, patience=0.01):
        pass


def test_what_is_deleted_twice_is_refused_by_name(office):
    first, second = office.desk(), office.desk("analyst-2")
    gone = {"act": "delete", "what": "evidence", "id": "e1"}
    office.act(first, gone)
    (said,) = office.send(second, "act", gone).refused.values()
    assert said == "evidence/e1.yaml: cannot be read: it is not there any more"


def test_what_was_taken_back_is_refused_again_when_it_is_sent_again(
    office, monkeypatch
):
    desk = office.desk()

    batch = [[1, "act", TITLE]]
    with monkeypatch.context() as patch:
        patch.setattr(folder, "write_text", full)
        desk.receive("page", batch)
    assert 1 in office.desk().receive("page", batch).refused
    assert office.desk().receive("page", [[2, "act", TITLE]]).refused == {}
    same = [[3, "act", TITLE]]
    desk = office.desk()
    assert [desk.receive("page", same).refused for _ in range(2)] == [{}, {}]


# ------------------------------------------------------------------ two items, one act

MERGE = {
    "act": "merge",
    "id": "e1",
    "gone": "e2",
    "chosen": {"h1": "C", "h2": "II"},
    "judged": [["rating", "e1", "h1", "N", "Both were late."]],
}


def test_two_items_and_what_is_judged_of_them_become_one_in_one_act(office):
    desk, texts = office.desk(), office.texts()
    office.send(desk, "change", [["rating", "e2", "h1", "CC", "Mine."]])
    office.act(desk, MERGE)
    assert list(desk.case.item) == ["e1"]
    own = desk.judgments.ratings
    assert {cell: one.because for cell, one in own.items()} == {
        ("e1", "h1"): "Both were late."
    }
    office.send(desk, "undo")
    assert (office.texts(), desk.can_redo) == (texts, True)
    assert list(desk.judgments.ratings) == [("e2", "h1")]
    office.send(desk, "redo")
    assert list(office.desk().case.item) == ["e1"]
    assert list(office.desk().judgments.ratings) == [("e1", "h1")]


@pytest.mark.parametrize(
    ("request_", "made"),
    [
        ({"act": "split", "id": "e1", "title": "The other half"}, "the-other-half"),
        ({"act": "duplicate", "id": "e1"}, "title-of-e1"),
    ],
)
def test_a_half_or_a_copy_is_rated_as_the_first_is_also_after_undo_and_redo(
    office, request_, made
):
    desk, texts = office.desk(), office.texts()
    office.act(desk, request_ | {"judged": [["rating", "e1", "h1", "II", "Late."]]})
    own = [(made, "h1")]
    assert list(desk.judgments.ratings) == own
    for _ in range(2):
        office.send(desk, "undo")
        assert (office.texts(), desk.judgments.ratings) == (texts, {})
        office.send(desk, "redo")
        assert list(office.desk().judgments.ratings) == own


def test_what_cannot_be_judged_along_with_an_act_refuses_the_whole_act(office):
    desk, texts = office.desk(), office.texts()
    wrong = MERGE | {"judged": [["rating", "e1", "h9", "N", None]]}
    assert "no hypothesis 'h9'" in office.refused(desk, "act", wrong)
    assert (office.texts(), kinds(office)) == (texts, [])


def test_a_merge_whose_files_cannot_be_written_leaves_no_judgment(office, monkeypatch):
    desk, texts = office.desk(), office.texts()

    with monkeypatch.context() as patch:
        patch.setattr(folder, "write_text", full)
        assert "No space left" in office.refused(desk, "act", MERGE)
    assert (office.texts(), desk.judgments.ratings) == (texts, {})
    assert office.desk().judgments.ratings == {}


def test_others_are_offered_what_they_rated_of_an_item_that_was_merged(office):
    other = office.desk("analyst-2")
    office.send(other, "change", [["rating", "e2", "h1", "CC", "Theirs."]])
    office.send(other, "change", [["rating", "e2", "h2", "II", None]])
    merging = office.desk()
    assert rated_by_others(merging, "e2") == ["analyst-2"]
    office.act(merging, MERGE)
    assert offers(merging) == ()  # who merged has chosen
    other = office.desk("analyst-2")
    assert other.judgments.ratings == {}
    (offer,) = offers(other)
    assert (offer.named, offer.into.id) == ("E2 Title of E2", "e1")
    assert {id_: one.consistency.value for id_, one in offer.ratings.items()} == {
        "h1": "CC"  # against h2 the item has what they rated
    }
    office.send(merging, "undo")
    assert offers(office.desk("analyst-2")) == ()
    office.send(merging, "redo")
    rename = {"act": "rename", "what": "evidence", "id": "e1", "to": "log"}
    office.act(merging, rename)
    other = office.desk("analyst-2")
    (offer,) = offers(other)
    assert offer.into.id == "log"
    office.send(other, "change", offer.taken())
    assert other.judgments.ratings["log", "h1"].because == "Theirs."
    assert offers(other) == ()
    office.send(other, "undo")
    leave(other, "page-2", *offers(other))
    assert offers(office.desk("analyst-2")) == ()


# ------------------------------------------------------------------ links


def link_away(office, file):
    """Keep a file of the case elsewhere, with a link in its place; gives where."""
    link = office.where / file
    away = office.where.with_name(f"away-{office.where.name}-{link.name}")
    link.rename(away)
    link.symlink_to(os.path.relpath(away, link.parent))
    return away


def test_a_link_is_renamed_with_its_id_and_what_it_leads_to_is_changed(office):
    away = link_away(office, "hypotheses/h1.yaml")
    link_away(office, "evidence/e1.yaml")
    desk, texts = office.desk(), office.texts()
    office.act(desk, {"act": "rename", "what": "hypothesis", "id": "h1", "to": "storm"})
    office.act(desk, {"act": "rename", "what": "evidence", "id": "e1", "to": "log"})
    one = {"act": "field", "what": "hypothesis", "id": "storm"}
    office.act(desk, {**one, "field": "title", "value": "Storm"})
    now = office.texts()
    assert "title: Storm" in away.read_text()
    links = {one.name: one for one in office.where.rglob("*.yaml") if one.is_symlink()}
    assert sorted(links) == ["log.yaml", "storm.yaml"]
    assert links["storm.yaml"].resolve() == away.resolve()
    for _ in range(3):
        office.send(desk, "undo")
    assert office.texts() == texts
    assert (office.where / "hypotheses/h1.yaml").resolve() == away.resolve()
    for _ in range(3):
        office.send(desk, "redo")
    assert office.texts() == now
    assert links["storm.yaml"].resolve() == away.resolve()


def test_a_link_whose_target_cannot_be_written_keeps_its_name(office, monkeypatch):
    link_away(office, "evidence/e1.yaml")
    rename = {"act": "rename", "what": "evidence", "id": "e1", "to": "log"}
    desk, texts = office.desk(), office.texts()
    with monkeypatch.context() as patch:
        patch.setattr(folder, "write_text", full)
        assert "No space left" in office.refused(desk, "act", rename)
    assert office.texts() == texts
    assert (office.where / "evidence/e1.yaml").is_symlink()


def test_what_goes_takes_the_link_and_leaves_what_it_leads_to(office):
    away = link_away(office, "evidence/e2.yaml")
    desk, text = office.desk(), away.read_text()
    for request in (MERGE, {"act": "delete", "what": "evidence", "id": "e2"}):
        office.act(desk, request)
        assert not os.path.lexists(office.where / "evidence/e2.yaml")
        assert away.read_text() == text
        office.send(desk, "undo")
        assert office.texts()["evidence/e2.yaml"] == text


def test_a_folder_that_is_a_link_is_changed_where_it_leads(office):
    away = office.where.with_name(f"elsewhere-{office.where.name}")
    (office.where / "evidence").rename(away)
    (office.where / "evidence").symlink_to(away)
    desk = office.desk()
    office.act(desk, {"act": "rename", "what": "evidence", "id": "e1", "to": "log"})
    office.act(desk, {"act": "duplicate", "what": "evidence", "id": "log"})
    assert (office.where / "evidence").is_symlink()
    assert {"log.yaml", "e2.yaml"} < {one.name for one in away.iterdir()}
    assert not (away / "e1.yaml").exists()


# ------------------------------------------------------------------ stopped between


def stopped(office, monkeypatch, request, after=0):
    """Stop the program after some files of an act are written."""
    done = []
    write = folder.write_text

    def until(*args):
        if len(done) == after:
            raise Stopped
        done.append(args)
        write(*args)

    with monkeypatch.context() as patch:
        patch.setattr(folder, "write_text", until)
        with pytest.raises(Stopped):
            office.send(office.desk(), "act", request)


def finish(office):
    return entered.finish(office.ledger, "", FolderShelf(office.where), "analyst-1")


@pytest.mark.parametrize("linked", [False, True])
@pytest.mark.parametrize("after", [0, 1, 2])
def test_files_not_yet_written_are_finished_at_the_next_start(
    office, monkeypatch, after, linked
):
    rename = {"act": "rename", "what": "hypothesis", "id": "h1", "to": "storm"}
    if linked:
        link_away(office, "hypotheses/h1.yaml")
    stopped(office, monkeypatch, rename, after)
    assert finish(office) == []
    assert (office.where / "hypotheses/storm.yaml").is_symlink() == linked
    assert list(folder.load(office.where).hypothesis) == ["storm", "h2"]
    assert finish(office) == []
    assert office.desk().can_undo


def test_a_file_changed_meanwhile_is_named_and_stays(office, monkeypatch):
    stopped(office, monkeypatch, TITLE)
    path = office.where / "evidence/e1.yaml"
    theirs = path.read_text().replace("Statement of E1.", "Theirs.")
    path.write_text(theirs)
    assert finish(office) == ["evidence/e1.yaml"]
    assert path.read_text() == theirs
    assert finish(office) == []


def test_a_file_taken_back_by_hand_later_stays_so(office):
    desk, before = office.desk(), office.texts()
    office.act(desk, TITLE)
    (office.where / "evidence/e1.yaml").write_text(before["evidence/e1.yaml"])
    assert finish(office) == []
    assert office.texts() == before


def test_what_still_cannot_be_written_waits_for_the_next_start(office, monkeypatch):
    stopped(office, monkeypatch, ADD)
    shutil.move(office.where / "evidence", office.where / "aside")
    (office.where / "evidence").write_text("in the way")
    with pytest.raises(WorkbenchError):
        finish(office)
    (office.where / "evidence").unlink()
    shutil.move(office.where / "aside", office.where / "evidence")
    assert finish(office) == []
    assert "harbour-log" in folder.load(office.where).item


def test_a_shelf_knows_what_its_own_changes_left_and_finds_those_of_others(office):
    where, shelf = office.where, FolderShelf(office.where)
    before = shelf.fingerprint()
    wrote = ["evidence/e1.yaml", "evidence/new.yaml", "evidence/e2.yaml"]
    one, new, gone = (where / name for name in wrote)
    one.write_text(f"{one.read_text()}# more\n")
    new.write_text("label: E9\n")
    gone.unlink()
    after = shelf.after(before, wrote)
    assert after == shelf.fingerprint() != before
    source = where / "evidence/_sources.yaml"
    source.write_text(f"{source.read_text()}# of another\n")
    assert shelf.after(before, wrote) == after != shelf.fingerprint()
