"""The watch list stands in the order in which it is to be looked at."""

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings, strategies

from tests.builders import make_case
from tests.case.drawn import cases
from workbench.case.model import EventDate, Indicator
from workbench.method.watching import Due, watchlist
from workbench.wording.watched import describe_due, describe_watchlist

TODAY = dt.date(2024, 9, 1)


def signs(*found, status="active"):
    case = make_case("E1: C I", status={"h1": status})
    first, second = case.hypotheses
    return replace(case, hypotheses=(replace(first, predicts=found), second))


def test_what_is_overdue_comes_first_and_what_has_no_date_last():
    case = signs(
        Indicator("Some day"),
        Indicator("Later", EventDate("2024-12")),
        Indicator("Soon", EventDate("2024-09-02")),
        Indicator("Past", EventDate("2024-08-30")),
        Indicator("Seen", EventDate("2024-08"), "observed", EventDate("2024-08-03")),
        Indicator("Never", state="not-observed"),
    )
    found = watchlist(case, TODAY)
    assert [one.indicator.text for one in found.waiting] == [
        "Past",
        "Soon",
        "Later",
        "Some day",
    ]
    assert [describe_due(one) for one in found.waiting] == [
        "overdue: expected by 2024-08-30, 2 days ago",
        "due by 2024-09-02, in 1 day",
        "due by 2024-12, in 121 days",
        "without a date",
    ]
    assert [describe_due(one) for one in found.emerging] == [
        "noted 2024-08-03, expected by 2024-08"
    ]
    assert [describe_due(o) for o in found.not_emerging] == ["noted without a date"]
    assert describe_watchlist(found) == (
        "4 indicators to look for, 1 observed, 1 not observed. 1 is overdue."
    )


def test_a_month_is_over_with_its_last_day():
    case = signs(Indicator("A", EventDate("2024-08")))
    (on_the_day,) = watchlist(case, dt.date(2024, 8, 31)).waiting
    assert (on_the_day.due, describe_due(on_the_day)) == (
        Due.DUE,
        "due today, 2024-08",
    )
    assert watchlist(case, TODAY).overdue == 1


def test_what_a_parked_hypothesis_expects_is_not_watched_for():
    found = watchlist(signs(Indicator("A"), status="parked"), TODAY)
    assert [*found.waiting, *found.emerging, *found.not_emerging] == []


@given(cases(), strategies.dates())
@settings(max_examples=20)
def test_every_indicator_of_an_active_hypothesis_is_in_one_list(case, day):
    found = watchlist(case, day)
    listed = [*found.waiting, *found.emerging, *found.not_emerging]
    there = [
        (h.id, number)
        for h in case.hypotheses
        if h.status == "active"
        for number, _ in enumerate(h.predicts, start=1)
    ]
    assert sorted((one.hypothesis.id, one.number) for one in listed) == sorted(there)
    days = [one.days for one in found.waiting if one.days is not None]
    assert days == sorted(days)
    assert found.overdue == sum(one < 0 for one in days)
