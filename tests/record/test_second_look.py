"""One's own cells rated again: kept beside the ratings, resumed, and compared."""

import pytest

from tests.builders import faults, make_case
from workbench.case.entry import EntryKind
from workbench.case.model import Consistency
from workbench.errors import WorkbenchError
from workbench.method.draws import draw
from workbench.method.matrix import build
from workbench.method.rerating import SCALE
from workbench.record import second_look
from workbench.record.desk import Desk
from workbench.wording.rerated import describe_again

CASE = make_case(*(f"E{n}: - - -" for n in range(1, 11)))


def rated_desk(ledger, cells=30, name="ann"):
    desk = Desk(ledger, CASE, name)
    places = [(item.id, h.id) for item in CASE.evidence for h in CASE.hypotheses]
    changes = [
        ["rating", *place, SCALE[at % 5].value] for at, place in enumerate(places)
    ]
    desk.change("page", 1, changes[:cells])
    return desk


def test_a_sample_is_given_cell_by_cell_and_resumed_by_another_page(ledger):
    desk = rated_desk(ledger)
    before = desk.judgments
    second_look.begin(desk)
    (sample,) = second_look.samples(desk)
    assert len(sample.cells) == len(sample.left) == 24
    for place in sample.cells[:7]:
        second_look.give(desk, place, Consistency.N)
    again = Desk(ledger, CASE, "ann")
    assert second_look.samples(again)[0].left == sample.cells[7:]
    assert second_look.again(again) is None
    for place in sample.cells[7:]:
        was = second_look.own_cells(again)[place]
        second_look.give(again, place, was)
    found = second_look.again(again)
    differ = sum(
        before.ratings[p].consistency is not Consistency.N for p in sample.cells[:7]
    )
    assert (found.given, found.differ) == (24, differ)
    again.refresh()
    assert again.judgments == before
    assert faults(ledger) == []


def test_what_is_given_twice_or_of_another_cell_is_passed_over(ledger):
    desk = rated_desk(ledger)
    second_look.begin(desk)
    (sample,) = second_look.samples(desk)
    outside = next(p for p in second_look.own_cells(desk) if p not in sample.cells)
    second_look.give(desk, sample.cells[0], Consistency.CC)
    second_look.give(desk, sample.cells[0], Consistency.II)
    second_look.give(desk, outside, Consistency.II)
    (sample,) = second_look.samples(desk)
    assert [now for _, now in sample.given.values()] == [Consistency.CC]
    with pytest.raises(WorkbenchError, match="CC, C, N, I or II"):
        second_look.give(desk, sample.cells[1], Consistency.NA)


def test_too_few_cells_of_ones_own_give_no_sample(ledger):
    desk = rated_desk(ledger, cells=19)
    with pytest.raises(WorkbenchError, match="19 cells have a rating of your own"):
        second_look.begin(desk)
    assert ledger.entries(kinds=[EntryKind.RERATING]) == []


def test_a_second_sample_is_another_one_and_the_last_with_enough_counts(ledger):
    desk = rated_desk(ledger)
    for _ in range(2):
        second_look.begin(desk)
        for place in second_look.samples(desk)[-1].cells:
            second_look.give(desk, place, second_look.own_cells(desk)[place])
    second_look.begin(desk)
    first, second, third = second_look.samples(desk)
    assert first.cells != second.cells
    assert len(third.left) == 24
    assert second_look.again(desk).differ == 0


def test_the_sentence_says_the_share_its_bounds_and_what_the_draws_do(ledger):
    desk = rated_desk(ledger)
    second_look.begin(desk)
    for at, place in enumerate(second_look.samples(desk)[0].cells):
        was = second_look.own_cells(desk)[place]
        now = was if at >= 3 else SCALE[(SCALE.index(was) + 1) % 5]
        second_look.give(desk, place, now)
    drawn = draw(build(CASE, desk.judgments), draws=500)
    said = describe_again(second_look.again(desk), drawn)
    assert said.startswith("You yourself differ in 3 of 24 cells")
    assert "12.5 in 100 (4.3 to 31 by" in said
    assert "The draws let 20 in 100 ratings try to slip" in said
    theirs = describe_again(second_look.again(desk), drawn, who="ann")
    assert theirs.startswith("ann differs in 3 of 24 cells of theirs")
