"""A day that is typed is taken where the calendar has it; else it is said why not."""

from __future__ import annotations

import datetime as dt
import json
import random

from workbench.grid import bundle

_ASKS = (
    "return TEXTS.map(text => [false, true].map(timed => unfit(text, ASKED(timed))));"
)
_ASKED = (
    "const ASKED = timed => ({ timed, optional: false, "
    "example: timed ? '2026-01-31 18:00' : '2026-01-31' });"
)


def is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_minute(text: str) -> bool:
    try:
        return dt.datetime.fromisoformat(text).isoformat(" ", "minutes") == text
    except ValueError:
        return False


def test_a_day_or_minute_is_taken_exactly_where_the_calendar_has_it(run):
    chance = random.Random(7)
    days = [
        f"{chance.choice([0, 1, 1899, 1900, 2000, 2024, 2026, 9999]):04}-"
        f"{chance.randint(0, 13):02}-{chance.choice([0, 1, 28, 29, 30, 31, 32]):02}"
        for _ in range(300)
    ]
    timed = [
        f"{day} {chance.randint(0, 25):02}:{chance.randint(0, 61):02}" for day in days
    ]
    odd = [
        "",
        "2026",
        "2026-1-5",
        "2026-01-05 9:00",
        "today",
        "2026-01-05T",
        "26-01-05",
    ]
    texts = [*days, *timed, *odd, *(one[:-1] for one in days[:40])]
    given = f"const TEXTS = {json.dumps(texts)};\n{_ASKED}"
    found = run(f"{bundle.script(bundle.DAY)}\n{given}\n{_ASKS}")
    for text, (day, minute) in zip(texts, found, strict=True):
        assert (day == "") == is_day(text), text
        assert (minute == "") == is_minute(text), text


def test_what_is_no_day_is_told_with_one_that_is(run):
    texts = ["", "2026-11-3", "2026-02-30", "2026-02-28 24:10", "2026-02-28"]
    given = f"const TEXTS = {json.dumps(texts)};\n{_ASKED}"
    found = run(f"{bundle.script(bundle.DAY)}\n{given}\n{_ASKS}")
    assert found == [
        [
            "No day so far: write it as 2026-01-31",
            "No day and time so far: write it as 2026-01-31 18:00",
        ],
        [
            "No day so far: write it as 2026-01-31",
            "No day and time so far: write it as 2026-01-31 18:00",
        ],
        [
            "The calendar has no 2026-02-30",
            "No day and time so far: write it as 2026-01-31 18:00",
        ],
        ["No day so far: write it as 2026-01-31", "A day has no 24:10"],
        ["", "No day and time so far: write it as 2026-01-31 18:00"],
    ]
