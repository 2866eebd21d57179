"""The dates of indicators as a calendar, read back by the icalendar library."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from icalendar import Calendar

from tests.builders import make_case
from tests.case.drawn import cases
from workbench.case.model import Case, EventDate, Indicator
from workbench.exchange.calendar_file import calendar, dated


def watched(*signs: Indicator) -> Case:
    case = make_case("E1: C I", as_of="2024-04-30")
    first, second = case.hypotheses
    return replace(case, hypotheses=(replace(first, predicts=signs), second))


def test_an_indicator_is_a_whole_day_with_its_hypothesis_and_question() -> None:
    text = calendar(watched(Indicator("Lights; at night, late", EventDate("2024-09"))))
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert event["SUMMARY"] == "Lights; at night, late"
    assert event.decoded("DTSTART") == dt.date(2024, 9, 30)
    assert event.decoded("DTEND") == dt.date(2024, 10, 1)
    assert event.decoded("DTSTAMP").isoformat() == "2024-04-30T00:00:00+00:00"
    assert "H1 Title of H1" in event["DESCRIPTION"]
    assert "Why did it happen?" in event["DESCRIPTION"]


def test_what_was_noted_says_so_and_what_has_no_date_is_left_out() -> None:
    seen = Indicator(
        "Seen", EventDate("2024-05-01"), "observed", EventDate("2024-04-20")
    )
    case = watched(Indicator("Some day"), seen)
    (event,) = Calendar.from_ical(calendar(case)).walk("VEVENT")
    assert event["SUMMARY"] == "Observed: Seen"
    assert "Noted 2024-04-20." in event["DESCRIPTION"]


def test_two_signs_that_say_the_same_have_names_of_their_own() -> None:
    sign = Indicator("Lights", EventDate("2024-05-01"))
    case = watched(sign, sign)
    uids = [one["UID"] for one in Calendar.from_ical(calendar(case)).walk("VEVENT")]
    assert len(set(uids)) == 2
    moved = watched(replace(sign, by=EventDate("2025-05-01")))
    (later,) = Calendar.from_ical(calendar(moved)).walk("VEVENT")
    assert later["UID"] == uids[0]


def test_a_case_without_dates_has_none_to_give() -> None:
    assert dated(watched(Indicator("Some day"))) == []
    assert Calendar.from_ical(calendar(watched())).walk("VEVENT") == []


@given(cases())
@settings(max_examples=25)
def test_every_calendar_reads_back_and_no_line_is_too_long(case: Case) -> None:
    text = calendar(case)
    assert text == calendar(case)
    raw = text.encode("utf-8", "surrogatepass")
    assert raw.endswith(b"\r\n")
    lines = raw.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    for line in lines:
        line.decode()  # no character is cut in two
    events = Calendar.from_ical(text).walk("VEVENT")
    found = dated(case)
    assert [one.decoded("DTSTART") for one in events] == [
        sign.by.last_day for _, sign in found if sign.by
    ]
    for event, (hypothesis, _) in zip(events, found, strict=True):
        told = str(event["DESCRIPTION"]).replace("\r", "")
        title = hypothesis.title.replace("\r\n", "\n").replace("\r", "\n")
        assert title in told
