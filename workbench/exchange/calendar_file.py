"""The dates of a case's indicators as an iCalendar file (RFC 5545), written by hand.

The same case gives the same bytes: nothing in it is drawn, and no clock is read.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from typing import Final

from workbench.case.model import Case, Hypothesis, Indicator
from workbench.wording import clipped

MIME: Final = "text/calendar"
_OCTETS: Final = 75  # of a line, without its end (RFC 5545, 3.1)
_SUMMARY: Final = 160  # characters
_STATES: Final = {"observed": "Observed: ", "not-observed": "Not observed: "}
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def dated(case: Case) -> list[tuple[Hypothesis, Indicator]]:
    """Give the indicators of active hypotheses that have a date, the earliest first."""
    found = [
        (h, one)
        for h in case.hypotheses
        if h.status == "active"
        for one in h.predicts
        if one.by
    ]
    return sorted(found, key=_when)


def _when(pair: tuple[Hypothesis, Indicator]) -> dt.date:
    return pair[1].by.last_day if pair[1].by else dt.date.max


def calendar(case: Case) -> str:
    """Write a whole-day event for each indicator with a date, on its last day.

    Its time stamp is the case's own day, or else that of the first of them.
    """
    found = dated(case)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//hypothesis-workbench//watch list//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(case.question.title)}",
    ]
    stamp = case.question.as_of
    seen: dict[str, int] = {}
    for hypothesis, one in found:
        if one.by is None:
            continue
        stamp = stamp or one.by.last_day
        lines += _event(case, hypothesis, one, stamp, seen)
    return "".join(
        f"{folded}\r\n"
        for line in [*lines, "END:VCALENDAR"]
        for folded in _folded(line)
    )


def _event(
    case: Case,
    hypothesis: Hypothesis,
    one: Indicator,
    stamp: dt.date,
    seen: dict[str, int],
) -> list[str]:
    day = one.by.last_day if one.by else stamp
    label = f"{hypothesis.label} {hypothesis.title}"
    told = [
        f"If this is true, we expect it by {one.by}: {label}.",
        f"Question: {case.question.question}",
    ]
    if one.on:
        told.append(f"Noted {one.on}.")
    summary = clipped(f"{_STATES.get(one.state, '')}{one.text}", _SUMMARY)
    return [
        "BEGIN:VEVENT",
        f"UID:{_uid(case, hypothesis, one, seen)}",
        f"DTSTAMP:{stamp:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{_day(day)}",
        *([f"DTEND;VALUE=DATE:{_day(day + _DAY)}"] if day < dt.date.max else []),
        f"SUMMARY:{_text(summary)}",
        f"DESCRIPTION:{_text(chr(10).join(told))}",
        f"CATEGORIES:{_text(label)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


_DAY: Final = dt.timedelta(days=1)


def _day(day: dt.date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _uid(
    case: Case, hypothesis: Hypothesis, one: Indicator, seen: dict[str, int]
) -> str:
    """Name an event by what it is of, so that a second import changes the first."""
    of = "\n".join((case.question.id or case.question.title, hypothesis.id, one.text))
    name = hashlib.sha256(of.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    seen[name] = seen.get(name, 0) + 1
    again = f"-{seen[name]}" if seen[name] > 1 else ""
    return f"{name}{again}@hypothesis-workbench"


def _text(text: str) -> str:
    """Escape a text as a value (RFC 5545, 3.3.11); control characters go."""
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    escaped = plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Fold a line at 75 octets, no character cut in two; a space begins the rest."""
    part, size = "", 0
    for character in line:
        octets = len(character.encode("utf-8", "surrogatepass"))
        if size + octets > _OCTETS:
            yield part
            part, size = " ", 1
        part += character
        size += octets
    yield part
