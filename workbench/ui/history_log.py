"""The ledger as a log to read: by whom, when, what, why; filtered, a page at a time."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from workbench.case.entry import Entry, EntryKind
from workbench.case.model import Case
from workbench.record.history import Timeline
from workbench.ui import controls, links, state
from workbench.ui.controls import literal
from workbench.ui.found_once import found_once
from workbench.ui.history_trace import Trace, spoken_day
from workbench.wording import clipped, counted, named, quoted
from workbench.wording.logged import Line, logged

_PAGE: Final = 40  # entries
_ALL: Final = ""
_REASON: Final = 400  # characters


def draw(trace: Trace) -> None:
    """Choose what to see, and list it, the newest first."""
    st.markdown("#### Log")
    line, case = trace.timeline, state.case()
    about = _abouts(_key(trace), line)
    with st.container(horizontal=True):
        item = _choose("Item", "log_item", _items(about, case))
        hypothesis = _choose("Hypothesis", "log_hypothesis", _hypotheses(about, case))
        people = sorted({one.analyst for one in line.events})
        person = _choose("Person", "log_person", {one: one for one in people})
        days = sorted({one.at[:10] for one in line.events}, reverse=True)
        day = _choose("Day", "log_day", {one: spoken_day(one) for one in days})
    chosen = [
        place
        for place, (entry, of) in enumerate(
            zip(line.events, about, strict=True), start=1
        )
        if (not item or ("item", item) in of)
        and (not hypothesis or ("hypothesis", hypothesis) in of)
        and (not person or entry.analyst == person)
        and (not day or entry.at[:10] == day)
    ]
    if not chosen:
        st.markdown("No entry is about all of that.")
        st.button("Show all", on_click=_show_all)
        return
    chosen.reverse()
    pages = -(-len(chosen) // _PAGE)
    page = 1
    if pages > 1:
        first = min(state.view("log_page", 1), pages)
        page = st.pagination(pages, default=first, key="log_page", on_change=_turned)
    shown = chosen[(page - 1) * _PAGE : page * _PAGE]
    st.caption(
        f"{counted(len(chosen), 'entry', 'entries')}, the newest first"
        + (f"; {shown[0]} to {shown[-1]} on this page" if pages > 1 else "")
        + ". Times are in UTC, names as they were then."
    )
    _list(line, shown, _ids_now(line))


def _turned() -> None:
    state.set_view("log_page", state.widget("log_page"))


def _show_all() -> None:
    for name in ("log_item", "log_hypothesis", "log_person", "log_day"):
        state.set_view(name, _ALL)


def _choose(label: str, name: str, options: Mapping[str, str]) -> str:
    every = {_ALL: "All", **options}
    return controls.select(label, name, list(every), _ALL, lambda one: every[one])


def _key(trace: Trace) -> str:
    of = state.shelf().name, state.analyst(), state.case_read()
    return f"{of} {_last(trace.timeline)}"


def _last(line: Timeline) -> str:
    return f"{len(line)} {line.events[-1].hash}" if len(line) else ""


# ------------------------------------------------------------------ what it is about


About = frozenset[tuple[str, str]]


@found_once(4)
def _abouts(key: str, _line: Timeline) -> list[About]:
    """Give what each entry is about, by the ids that things have now."""
    del key  # only the key
    ids = _ids_now(_line)
    if not ids:
        return [frozenset(_of(one)) for one in _line.events]
    return [
        frozenset((kind, ids.get((place, kind, id_), id_)) for kind, id_ in _of(one))
        for place, one in enumerate(_line.events, start=1)
    ]


def _of(entry: Entry) -> list[tuple[str, str]]:
    change = entry.change
    found = []
    if change.evidence:
        found.append(("item", change.evidence))
    if change.hypothesis:
        found.append(("hypothesis", change.hypothesis))
    if change.source:
        found.append(("source", change.source))
    part, _, name = (change.part or "").partition("/")
    if change.kind is EntryKind.DOCUMENT and not name.startswith("_"):
        kind = "item" if part == "evidence" else "hypothesis"
        found.append((kind, name.removesuffix(".yaml")))
    if change.kind is EntryKind.RENAME and change.part in _KINDS:
        found.append((_KINDS[change.part], str(change.to)))
    return found


_KINDS: Final = {"evidence": "item", "hypotheses": "hypothesis", "sources": "source"}
Ids = Mapping[tuple[int, str, str], str]


def _ids_now(line: Timeline) -> Ids:
    """Give the present id of what an entry of before a rename names, by its place."""
    now: dict[tuple[str, str], str] = {}
    found: dict[tuple[int, str, str], str] = {}
    if not any(one.change.kind is EntryKind.RENAME for one in line.events):
        return found
    for place in range(len(line), 0, -1):
        entry = line.events[place - 1]
        for kind, id_ in _of(entry):
            if (kind, id_) in now:
                found[place, kind, id_] = now[kind, id_]
        change = entry.change
        if change.kind is EntryKind.RENAME and change.part in _KINDS:
            kind = _KINDS[change.part]
            old, new = str(change.from_), str(change.to)
            now[kind, old] = now.pop((kind, new), new)
    return found


def _items(about: Sequence[About], case: Case) -> dict[str, str]:
    there = {id_ for of in about for kind, id_ in of if kind == "item"}
    found = {one.id: named(one) for one in case.evidence if one.id in there}
    return found | {one: f"{one} (deleted)" for one in sorted(there - set(found))}


def _hypotheses(about: Sequence[About], case: Case) -> dict[str, str]:
    there = {id_ for of in about for kind, id_ in of if kind == "hypothesis"}
    found = {one.id: named(one) for one in case.hypotheses if one.id in there}
    return found | {one: f"{one} (deleted)" for one in sorted(there - set(found))}


# ------------------------------------------------------------------ lines


def _list(line: Timeline, places: Sequence[int], ids: Ids) -> None:
    """List entries by day; what one action did stands together as it was stored."""
    day, lines = "", []
    for place in places:
        entry = line.events[place - 1]
        if entry.at[:10] != day:
            day = entry.at[:10]
            lines.append(f"\n**{literal(spoken_day(day))}**\n")
        told = logged(entry.change, line.case_at(place - 1), line.case_at(place))
        lines.append(_line(place, entry, told, ids))
    st.markdown("\n".join(lines))


def _line(place: int, entry: Entry, told: Line, ids: Ids) -> str:
    when = literal(entry.at[11:19])
    who = literal(clipped(entry.analyst, 40))
    said = links.marked(told.said, _names(place, told, ids))
    undone = " *(undone or done again)*" if told.undoes else ""
    why = f" {literal(quoted(told.because, _REASON))}" if told.because else ""
    return f"- {place} · {when} · {who}: {said}{undone}.{why}"


def _names(place: int, told: Line, ids: Ids) -> links.Names:
    """Link what a line names to what it is now, if it is still there."""
    case = state.case()
    there: Mapping[str, Mapping[str, object]] = {
        "item": case.item,
        "hypothesis": case.hypothesis,
    }
    places = {}
    for one in told.mentions:
        now = ids.get((place, one.kind, one.id), one.id)
        if now in there.get(one.kind, ()):
            places[one.name] = links.place(one.kind, now)
    either = "|".join(re.escape(name) for name in sorted(places, key=len, reverse=True))
    return links.Names(re.compile(either or "(?!)"), places)
