"""What is kept in memory of each entry, of which a team makes tens of thousands."""

import gc
import itertools
import tracemalloc

import pytest

from tests.builders import make_case
from workbench.record.desk import Desk
from workbench.record.ledger import Ledger

CASE = make_case(*(f"E{number}: CC C N" for number in range(1, 21)))
CELLS = list(itertools.product(CASE.item, CASE.hypothesis))
CODES = ("CC", "C", "N", "I", "II")
MANY, MOST = 2_000, 100  # entries, and bytes of each
FEW = MANY // 10  # objects


def rate(desk, begin, many, because=""):
    """Rate so many cells one by one, in batches as a page sends them."""
    operations = []
    for number in range(begin, begin + many):
        rating = ["rating", *CELLS[number % len(CELLS)], CODES[number // 7 % 5]]
        operations.append([number, "change", [[*rating, because]]])
    for first in range(0, many, 100):
        desk.receive("page", operations[first : first + 100])
    assert desk.judgments.is_judged


@pytest.fixture
def desk():
    found = Desk(Ledger("sqlite://"), CASE, "ann")
    rate(found, 1, 200)
    return found


def held():
    """Give how many bytes and objects there are."""
    gc.collect()
    return tracemalloc.get_traced_memory()[0], len(gc.get_objects())


def test_of_an_entry_few_bytes_are_kept_and_no_object(desk):
    tracemalloc.start()
    try:
        rate(desk, 201, 200)
        bytes_before, objects_before = held()
        rate(desk, 401, MANY)
        bytes_after, objects_after = held()
    finally:
        tracemalloc.stop()
    assert bytes_after - bytes_before < MANY * MOST
    assert objects_after - objects_before < FEW
    desk.receive("page", [[number, "undo"] for number in range(3_001, 3_001 + 2_400)])
    assert not desk.can_undo
    assert not desk.judgments.is_judged


def test_what_is_followed_of_others_is_kept_as_little(desk):
    reader = Desk(desk.ledger, CASE, "ann")
    tracemalloc.start()
    try:
        _, objects_before = held()
        bytes_before = tracemalloc.get_traced_memory()[0]
        for begin in range(401, 401 + MANY, 500):
            rate(desk, begin, 500)
            reader.refresh()
        bytes_after, objects_after = held()
    finally:
        tracemalloc.stop()
    assert bytes_after - bytes_before < 2 * MANY * MOST
    assert objects_after - objects_before < FEW
    assert reader.judgments == desk.judgments


def test_entries_that_were_just_read_are_at_hand_and_soon_no_more(desk, monkeypatch):
    read, asked = Ledger.follow, []

    def counted(self, *of):
        asked.append(of)
        return read(self, *of)

    monkeypatch.setattr(Ledger, "follow", counted)
    reader = Desk(desk.ledger, CASE, "ann")
    assert len(asked) == 1
    rate(desk, 201, 50)
    reader.refresh()
    assert [one.op for one in reader.entries] == list(range(1, 251))
    assert len(asked) == 2
    for begin in (251, 301):
        rate(desk, begin, 50)
        reader.refresh()
    assert [one.op for one in reader.entries] == list(range(1, 351))
    assert len(asked) == 5
    assert reader.entries == reader.entries
    assert len(asked) == 5
    for name in ("bob", "cleo"):
        Desk(desk.ledger, CASE, name)
    assert len(reader.entries) == 350
    assert len(asked) == 8
