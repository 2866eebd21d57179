"""How the ranking formed: by the days on which the evidence was known."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import replace

import pytest

from tests.builders import make_case
from tests.method import brute_force
from tests.method.enriched import enriched_case
from workbench.case.model import Case, EventDate, Evidence
from workbench.method.as_of import by_day, is_telling, undated
from workbench.method.matrix import build
from workbench.method.scoring import assess


def known(case: Case, **days: str) -> Case:
    """Say when items became known."""
    return replace(
        case,
        evidence=tuple(
            replace(item, known=EventDate(days[item.id])) if item.id in days else item
            for item in case.evidence
        ),
    )


def test_the_ranking_forms_as_the_evidence_comes_in():
    case = make_case(
        "E1: N I",
        "E2: II N",
        "E3: N N",
        dates={"e1": "2024-01-05", "e2": "2024-02"},
        as_of="2024-03-01",
    )
    days = by_day(build(case))
    assert [(day.day.isoformat(), day.ranking) for day in days] == [
        ("2024-01-05", (("h1",), ("h2",))),
        ("2024-02-29", (("h2",), ("h1",))),
        ("2024-03-01", (("h2",), ("h1",))),
    ]
    assert [day.evidence for day in days] == [("e1",), ("e2",), ("e3",)]
    assert days[0].scores == (0, 1)


def test_what_became_known_later_counts_from_then():
    dates = {"e1": "2024-01", "e2": "2024-01"}
    case = known(make_case("E1: N I", "E2: II N", dates=dates), e2="2025")
    assert [(day.day.isoformat(), day.ranking) for day in by_day(build(case))] == [
        ("2024-01-31", (("h1",), ("h2",))),
        ("2025-12-31", (("h2",), ("h1",))),
    ]


def test_undated_items_of_an_undated_case_count_always():
    days = by_day(build(make_case("E1: N I", "E2: II N", dates={"e2": "2024"})))
    assert [day.items for day in days] == [2]


@pytest.mark.parametrize(
    ("rows", "dated", "told"),
    [(3, 2, True), (3, 1, False), (4, 3, True), (0, 0, True), (1, 0, False)],
)
def test_a_replay_tells_something_where_at_most_a_third_is_undated(rows, dated, told):
    dates = {f"e{n}": "2024" for n in range(1, dated + 1)}
    matrix = build(make_case(*(f"E{n}: N I" for n in range(1, rows + 1)), dates=dates))
    assert undated(matrix) == rows - dated
    assert is_telling(matrix) == told


def test_an_item_that_became_known_on_a_day_is_dated():
    case = make_case("E1: N I")
    assert not is_telling(build(case))
    assert is_telling(build(known(case, e1="2024")))


def last_day(case: Case, item: Evidence) -> dt.date:
    """Work out from when an item counts."""
    day = item.known or item.date
    if day is None:
        return case.question.as_of or dt.date.min
    year, month, date = (*map(int, day.text.split("-")), None, None)[:3]
    month = month or 12
    return dt.date(year, month, date or calendar.monthrange(year, month)[1])


@pytest.mark.parametrize("start", range(0, 300, 60))
def test_each_day_agrees_with_brute_force_and_with_the_assessment_as_of_it(start):
    """Three hundred random cases."""
    for seed in range(start, start + 60):
        case, judgments, rule, count_all = enriched_case(seed)
        items = [item for item in case.evidence if judgments.active(item)]
        when = {item.id: last_day(case, item) for item in items}
        found = by_day(build(case, judgments, rule, count_all=count_all))
        assert [day.day for day in found] == sorted(set(when.values()) - {dt.date.min})
        for day in found:
            grid = brute_force.read(case, judgments, rule, count_all=count_all)
            grid.items = [item for item in grid.items if when[item.id] <= day.day]
            assert [list(group) for group in day.ranking] == grid.ranking(), seed
            new = tuple(id_ for id_, at in when.items() if at == day.day)
            assert day.evidence == new
            then = build(case, judgments, rule, as_of=day.day, count_all=count_all)
            assert day.ranking == assess(then).ranking
