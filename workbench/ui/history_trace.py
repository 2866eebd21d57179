"""The history of the case on screen, replayed once for what was recorded so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import streamlit as st

from workbench.case.entry import EntryKind
from workbench.case.model import Rule
from workbench.record import snapshots
from workbench.record.desk import Desk
from workbench.record.history import Step, Timeline, View, merged
from workbench.record.past import Past
from workbench.record.sight import entries_of_others
from workbench.ui import controls, day_field, draft_keeper, kept_choice, state
from workbench.ui.found_once import found_once
from workbench.wording import quoted

PUBLISHED: Final = "published"
START: Final = "start"
NOW: Final = "now"
NUMBERED: Final = "number"
TIMED: Final = "time"
_SNAPSHOT, _DAY = "snapshot:", "day:"


@dataclass(frozen=True)
class Trace:
    """The timeline, what stood after each change, and the places that have a name.

    rule: None for the case's own at each moment. snapshots: names by place.
    """

    timeline: Timeline
    rule: Rule | None
    count_all: bool
    snapshots: Mapping[int, str]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """What stood after each change, replayed once it is asked for."""
        return tuple(self.timeline.steps(self.rule, count_all=self.count_all))

    @property
    def end(self) -> int:
        """The place of what stands now."""
        return len(self.timeline) + 1

    def view(self, place: int) -> View:
        """Give what stood at a place."""
        line = self.timeline
        return line.present() if place > len(line) else line.view(place)

    def step(self, place: int) -> Step:
        """Give what stood at a place as a step of the replay."""
        return [one for one in self.steps if one.place <= place][-1]


def present() -> Trace:
    """Give the history of the case on screen, as far as it is recorded."""
    desk = state.desk()
    chosen = None if state.rule() is state.case().question.rule else state.rule()
    key = repr(
        (
            state.shelf().name,
            desk.analyst,
            state.case_read(),
            desk.follows_from,
            desk.sight.round,
            desk.ledger.last(state.case().question.id),
            chosen,
            state.count_all(),
        )
    )
    return _trace(key, desk, chosen, count_all=state.count_all())


@found_once(3)
def _trace(key: str, _desk: Desk, rule: Rule | None, *, count_all: bool) -> Trace:
    del key  # only the key
    id_, ledger = _desk.case.question.id, _desk.ledger
    others = entries_of_others(ledger, id_, _desk.identity, _desk.analyst)
    own = _desk.entries
    events = merged(own, others)
    texts = state.shelf().texts()
    past = Past(_desk.case, events, texts, _desk.ledger.text)
    line = Timeline(own, events, past, _desk.judgments)
    snapshots = {
        place: str(one.change.part)
        for place, one in enumerate(events, start=1)
        if one.change.kind is EntryKind.SNAPSHOT
    }
    return Trace(line, rule, count_all, snapshots)


def moment_control(label: str, name: str, trace: Trace, default: str) -> int | None:
    """Choose a moment; gives its place, None for the case as published."""
    named = _moments(trace)
    chosen = controls.select(label, name, list(named), default, lambda one: named[one])
    if chosen == TIMED:
        return _timed(label, name, trace)
    if chosen == NUMBERED:
        most = len(trace.timeline)
        of = f"{name}:number"
        number = state.view(kept_choice.of_case(of), most)
        key = state.seed(of, min(max(int(number), 1), most))
        field = f"Number of the entry, {label.lower()}"
        draft_keeper.keep(field, f"{key} {state.grid_ident()}", str(number), of=key)
        kept_choice.keep(key, int)
        st.number_input(
            field,
            min_value=1,
            max_value=most,
            step=1,
            key=key,
            on_change=_numbered,
            args=(key,),
        )
        return min(int(number), most)
    return place_of(trace, chosen)


def _timed(label: str, name: str, trace: Trace) -> int:
    """Choose a day and a minute; gives the place after all that was made by its end."""
    last = _minute(trace.timeline.events[-1].at)
    field = f"Day and time, {label.lower()}"
    utc = "In UTC, as the log has it; with all that was made in that minute."
    with st.container(width=240):
        chosen = day_field.minute(field, f"{name}:time", last, help_=utc) or last
    minute = chosen.isoformat(timespec="minutes")
    return trace.timeline.place_at(f"{minute}:60")  # after its seconds


def _minute(at: str) -> dt.datetime:
    """Give the minute of an entry's time; of an altered one that is none, the first."""
    try:
        return dt.datetime.fromisoformat(at[:16])
    except ValueError:
        return dt.datetime(1970, 1, 1)  # noqa: DTZ001  as all here: UTC without saying so


def _numbered(key: str) -> None:
    state.set_view(kept_choice.of_case(key), state.widget(key))


def place_of(trace: Trace, chosen: str) -> int | None:
    """Give the place of a moment by its name, None for the case as published."""
    if chosen == PUBLISHED:
        return None
    if chosen.startswith(_SNAPSHOT):
        name = chosen.removeprefix(_SNAPSHOT)
        return next(place for place, one in trace.snapshots.items() if one == name)
    if chosen.startswith(_DAY):
        end = f"{chosen.removeprefix(_DAY)}~"  # after every time of that day
        return trace.timeline.place_at(end)
    return 0 if chosen == START else trace.end


def _moments(trace: Trace) -> dict[str, str]:
    """Name every moment that can be chosen, newest first but for the fixed ones."""
    line = trace.timeline
    found = {NOW: "Now"}
    for place, name in reversed(list(trace.snapshots.items())):
        day = spoken_day(line.events[place - 1].at[:10])
        found[f"{_SNAPSHOT}{name}"] = (
            f"Snapshot {quoted(name, snapshots.LONGEST)}, {day}"
        )
    for day in sorted({one.at[:10] for one in line.events}, reverse=True):
        found[f"{_DAY}{day}"] = f"End of {spoken_day(day)}"
    if len(line):
        found[TIMED] = "At a time of a day"
        found[NUMBERED] = "After an entry, by its number"
    return found | {START: "Before the first entry", PUBLISHED: "The case as published"}


def spoken_day(day: str) -> str:
    """Print a day of an entry: 24 November 2026."""
    try:
        found = dt.date.fromisoformat(day)
    except ValueError:  # altered
        return day
    return f"{found.day} {found:%B} {found.year}"
