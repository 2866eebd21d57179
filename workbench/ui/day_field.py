"""A field for a day or a minute that is typed: what is typed lasts from the first key.

Streamlit's own takes a date when it is left; until then a reload would lose it. What is
chosen is part of no case: the session has it, of the case and analyst it was chosen
for, and until the day ends the browser too. Longer it is not kept: a date that nobody
remembers choosing would be worse than none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from workbench.ui import kept_choice, script_files, state

_HTML: Final = "<div data-form data-day></div>"
_DAY: Final = "2026-01-31"
_MINUTE: Final = "2026-01-31 18:00"
_READ: Final = "%Y-%m-%d %H:%M"  # as it is written: no zone, no second


def day(
    label: str, name: str, default: dt.date, *, said: str = "", help_: str = ""
) -> dt.date:
    """Ask for a day, by default one that is given.

    `said` tells, below it, that the day is from before the page was opened.
    """
    found = chosen(name, default)
    asked: dict[str, object] = {"stands": found.isoformat(), "help": help_}
    _draw(label, name, dt.date.fromisoformat, asked)
    kept_choice.tell_before(name, said)
    return found


def chosen(name: str, default: dt.date) -> dt.date:
    """Give the day that was chosen, by default one that is given."""
    found: dt.date = state.view(kept_choice.of_case(name), None) or default
    return found


def minute(
    label: str, name: str, default: dt.datetime | None, *, help_: str = ""
) -> dt.datetime | None:
    """Ask for a minute of a day in UTC; without a default it may be left empty."""
    view = kept_choice.of_case(name)
    found: dt.datetime | None = state.view(view, None) or default
    asked = {
        "stands": found.isoformat(" ", "minutes") if found else "",
        "timed": True,
        "optional": default is None,
        "help": help_,
        "example": _MINUTE,
    }
    _draw(label, name, _minute, asked)
    return found


def forget(name: str) -> None:
    """Take a choice back that was made use of."""
    state.set_view(kept_choice.of_case(name), None)


def _draw(
    label: str, name: str, read: Callable[[str], object], asked: dict[str, object]
) -> None:
    component = st.components.v2.component(
        "day_field", html=_HTML, js=script_files.component(script_files.DAY)
    )
    view = kept_choice.of_case(name)
    usual = {"timed": False, "optional": False, "help": "", "example": _DAY}
    told = {"slot": view, "emptied": state.view(view, "") is None, "label": label}
    key = f"day-{name.replace(':', '-')}"
    component(
        key=key,
        data={**usual, **told, **asked},
        on_typed_change=partial(_take, key, name, read),
        on_before_change=partial(kept_choice.take_before, key, name, read),
    )


def _minute(text: str) -> dt.datetime:
    return dt.datetime.strptime(text, _READ)  # noqa: DTZ007  in UTC, as all of them


def _take(key: str, name: str, read: Callable[[str], object]) -> None:
    """Take what was typed; an empty field takes the choice back."""
    if (text := state.sent(key, "typed")) is not None:
        kept_choice.take(name, str(text), read)
