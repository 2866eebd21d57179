"""What was published is recorded, and the texts of before and after are kept."""

import pytest

from tests.builders import make_case
from workbench.case import folder
from workbench.case.editing import publish
from workbench.case.editing.plan import ChangedMeanwhile
from workbench.case.entry import EntryKind
from workbench.record import publication
from workbench.record.desk import Desk
from workbench.record.pen import text_digest
from workbench.record.shelves import FolderShelf


@pytest.fixture
def place(tmp_path):
    folder.write(tmp_path / "case", make_case("E1: CC C", "E2: I N"))
    return tmp_path / "case"


def published(desk, place):
    shelf = FolderShelf(place)
    found = publish.plan(shelf.texts(), desk.case, desk.judgments)
    publication.publish(desk, shelf, found.files)


def kinds(ledger):
    return [str(entry.change.kind) for entry in ledger.entries()]


def test_a_publication_keeps_every_text_as_it_was_and_as_it_is(ledger, place):
    before = folder.texts(place)
    desk = Desk(ledger, folder.load(place), "ann")
    desk.change("page", 1, [["rating", "e1", "h1", "II", "No."]])
    published(desk, place)
    after = folder.texts(place)
    assert before != after
    first, *documents, last = ledger.entries()
    assert first.change.kind == EntryKind.RATING
    assert last.change.kind == EntryKind.PUBLICATION
    assert len(documents) == len(before) + 1  # each first seen, and one changed
    for name, texts in ((last.change.from_, before), (last.change.to, after)):
        lines = ledger.text(name).splitlines()
        assert {line[72:]: ledger.text(line[:71]) for line in lines} == texts
    changed = documents[-1].change
    assert changed.part == "evidence/e1.yaml"
    assert ledger.text(changed.from_) == before[changed.part]
    assert ledger.text(changed.to) == after[changed.part]
    assert desk.can_undo  # the rating; a publication is no judgment


def test_a_second_publication_records_only_what_is_new(ledger, place):
    desk = Desk(ledger, folder.load(place), "ann")
    for number, code in ((1, "II"), (2, "N")):
        desk = Desk(ledger, folder.load(place), "ann")
        desk.change("page", number, [["rating", "e1", "h1", code, "No."]])
        published(desk, place)
    assert kinds(ledger)[-3:] == ["rating", "document", "publication"]


def test_a_text_changed_outside_the_app_is_recorded_when_it_is_seen(ledger, place):
    desk = Desk(ledger, folder.load(place), "ann")
    desk.change("page", 1, [["rating", "e1", "h1", "II", "No."]])
    published(desk, place)
    file = place / "evidence/e2.yaml"
    was = file.read_text()
    file.write_text(f"# mended\n{was}")
    desk = Desk(ledger, folder.load(place), "ann")
    desk.change("page", 2, [["rating", "e1", "h1", "N", "No."]])
    published(desk, place)
    seen, _, _ = [entry.change for entry in ledger.entries()][-3:]
    assert (seen.part, seen.from_) == ("evidence/e2.yaml", text_digest(was))


def test_what_cannot_be_written_is_not_recorded(ledger, place):
    desk = Desk(ledger, folder.load(place), "ann")
    desk.change("page", 1, [["rating", "e1", "h1", "II", "No."]])
    shelf = FolderShelf(place)
    found = publish.plan(shelf.texts(), desk.case, desk.judgments)
    (place / "evidence/e1.yaml").write_text("# somebody else's\n")
    with pytest.raises(ChangedMeanwhile):
        publication.publish(desk, shelf, found.files)
    assert kinds(ledger) == ["rating"]
    desk.change("page", 2, [["rating", "e1", "h1", "N", "No."]])
    assert kinds(ledger) == ["rating", "rating"]
