"""What the grid is told of items that were added and that another nearly says."""

from dataclasses import replace
from functools import partial

import pytest

from tests.builders import make_case
from tests.grid.forged import ODD
from workbench.case import folder
from workbench.case.editing.acts import add_items
from workbench.grid.line import Line
from workbench.grid.near import adds, near_added
from workbench.method.matrix import build
from workbench.record.desk import Desk
from workbench.record.editing import Draft
from workbench.record.ledger import Ledger, default_url
from workbench.record.shelves import FolderShelf

TITLES = (
    "The gauge was read twice",
    "Nobody signed for the oil",
    "The door stood open",
)


def case_of(*titles):
    case = make_case("E1: C I")
    (first,) = case.evidence
    return add_items(
        replace(case, evidence=(replace(first, title=titles[0]),)), titles[1:]
    )


def test_an_item_is_told_with_the_one_that_nearly_says_it_and_a_new_pair_once():
    before = case_of(*TITLES)
    said = [
        "Twice the gauge was read",
        "A boat was moored there",
        "There was moored a boat",
    ]
    (first, second) = near_added(before, add_items(before, said))
    assert first["item"] == "e1"
    assert first["text"] == (
        "E4 is added. Nearly said already: E1 The gauge was read twice (100 of 100 by "
        "its words)."
    )
    assert (second["id"], second["item"]) == (
        "there-was-moored-a-boat",
        "a-boat-was-moored-there",
    )
    assert near_added(before, add_items(before, ["The keeper slept long"])) == []
    assert near_added(before, before) == []
    many = add_items(before, [f"The gauge was read twice, {n}" for n in range(50)])
    assert len(near_added(before, many)) == 3


@pytest.mark.parametrize("odd", ODD)
def test_whatever_is_no_adding_of_items_is_not_looked_at(odd):
    for operation in (odd, [1, odd], [1, "act", odd], [1, "act", {"act": odd}]):
        assert not adds(operation)
    assert adds([1, "act", {"act": "add-items", "titles": odd}])


def test_the_answer_tells_it_once_and_not_of_a_copy_that_was_meant(tmp_path):
    folder.write(tmp_path, case_of(*TITLES))
    ledger = Ledger(default_url(tmp_path))
    desk = Desk(
        ledger,
        folder.load(tmp_path),
        "ann",
        draft=partial(Draft, FolderShelf(tmp_path)),
    )
    line, told = Line("m"), []
    acts = [
        {"act": "add-evidence", "title": "The gauge was read twice!"},
        {"act": "add-evidence", "title": "A boat was moored"},
        {"act": "duplicate", "id": "e1"},
    ]
    for number, act in enumerate(acts, start=1):
        batch = {"matrix": "m", "client": "page", "batch": number, "revision": 0}
        line.receive(desk, {**batch, "batches": [["page", [[number, "act", act]]]]})
        answer = line.answer(desk, build(desk.case, desk.judgments))
        told.append([one["item"] for one in answer.get("near", [])])
    ledger.close()
    assert told == [["e1"], [], []]
