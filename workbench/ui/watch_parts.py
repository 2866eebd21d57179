"""Parts of the Watch page: the lists of indicators, what is noted, the premortem."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

import streamlit as st

from workbench.case.document import hypothesis_document
from workbench.case.model import EventDate
from workbench.errors import WorkbenchError
from workbench.exchange import calendar_file
from workbench.grid.payload import Values
from workbench.method.watching import Watched, Watchlist
from workbench.ui import case_forms, controls, day_field, form, state
from workbench.ui.controls import literal
from workbench.ui.links import linked, to_page
from workbench.wording import named, quoted
from workbench.wording.indicators import describe_sign
from workbench.wording.watched import describe_due

_PAGES: Final = Path(__file__).parent / "pages"
_QUESTION: Final = str(_PAGES / "question.py")
_UNDER: Final = "indicator_under"
_NOTED: Final = "noted_on"
State = Literal["open", "observed", "not-observed"]


def today() -> dt.date:
    """Give the day by this machine's clock."""
    return dt.datetime.now(tz=dt.UTC).date()


def add() -> None:
    """Add an indicator under a hypothesis; its date and ratings come after."""
    case = state.case()
    active = [one.id for one in case.hypotheses if one.status == "active"]
    if not form.may_edit():
        return
    if not active:
        st.caption("An indicator is a sign of a hypothesis: name the hypotheses first.")
        to_page(_QUESTION, "Add hypothesis", icon=":material/add:")
        return
    under = controls.select(
        "Hypothesis",
        _UNDER,
        active,
        active[0],
        lambda one: named(case.hypothesis[one]) if one in case.hypothesis else one,
    )
    adder: Values = {
        "label": "Add indicator",
        "placeholder": "What would we see if it were true? Enter for the next",
        "request": {"act": "add-indicator", "hypothesis": under},
        "key": "text",
    }
    form.draw(f"add indicator {under}", adders=[adder])
    name = f"indicators {under}"
    if form.edit_control(name, "Dates and ratings"):
        fields = case_forms.hypothesis_fields(case, case.hypothesis[under])
        form.draw(
            f"hypothesis/{under}",
            [one for one in fields if one["field"] == "predicts"],
            key=name,
        )


def lists(found: Watchlist) -> None:
    """Draw what is waited for, then what emerges and what does not."""
    st.markdown(f"#### To look for ({len(found.waiting)})")
    if not found.waiting:
        st.caption("No indicator is open. What should be seen next, if one were true?")
    elif form.may_edit():
        _day_control()
    for one in found.waiting:
        _card(one)
    for title, ones, none in (
        ("Emerging", found.emerging, "None has been observed so far."),
        ("Not emerging", found.not_emerging, "None has been given up so far."),
    ):
        st.markdown(f"#### {title} ({len(ones)})")
        if not ones:
            st.caption(none)
        for one in ones:
            _card(one)


def _card(one: Watched) -> None:
    key = f"{one.hypothesis.id}:{one.number}"
    sign = one.indicator
    with st.container(border=True, key=f"sign-{one.hypothesis.id}-{one.number}"):
        would = describe_sign(state.matrix(), sign)
        told = [
            f"**{literal(sign.text)}**",
            f"{linked(named(one.hypothesis))} · {literal(describe_due(one))}",
            f"*Were it seen:* {linked(would)}"
            if would
            else "*Not rated yet:* what it would tell is not said.",
        ]
        if item := state.case().item.get(sign.item):
            told.append(f"*Taken up as* {linked(named(item))}")
        # One text: a browser takes as long for each as for a page of them.
        st.markdown("\n\n".join(told))
        if not form.may_edit():
            return
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if sign.state == "open":
                _note_controls(one, key)
                return
            if sign.state == "observed" and sign.item not in state.case().item:
                st.button(
                    "Make it an item",
                    key=f"take:{key}",
                    icon=":material/add_task:",
                    on_click=_take_up,
                    args=(one,),
                    help="An item of evidence with this text, date and ratings.",
                )
            st.button(
                "Open again", key=f"open:{key}", on_click=_note, args=(one, "open")
            )


def _note_controls(one: Watched, key: str) -> None:
    stated: tuple[tuple[str, State], ...] = (
        ("Observed", "observed"),
        ("Not observed", "not-observed"),
    )
    for label, to in stated:
        st.button(label, key=f"{to}:{key}", on_click=_note, args=(one, to))


def _day_control() -> None:
    """Choose the day that is noted with what was observed, or not."""
    said = "The day is as you chose it before"
    with st.container(width=220):
        day_field.day("Noted on", _NOTED, today(), said=said)


def _note(one: Watched, to: State) -> None:
    """Note what became of an indicator, with the day."""
    day = day_field.chosen(_NOTED, today())
    on = None if to == "open" else EventDate(day.isoformat())
    changed = replace(one.indicator, state=to, on=on)
    predicts = list(one.hypothesis.predicts)
    predicts[one.number - 1] = changed
    before = hypothesis_document(one.hypothesis)["predicts"]
    after = hypothesis_document(replace(one.hypothesis, predicts=tuple(predicts)))
    said = {
        "open": "open again",
        "observed": "observed",
        "not-observed": "not observed",
    }
    _edit(
        {
            "act": "field",
            "what": "hypothesis",
            "id": one.hypothesis.id,
            "field": "predicts",
            "was": before,
            "value": after["predicts"],
        },
        f"{quoted(one.indicator.text)} is noted as {said[to]}.",
    )


def _take_up(one: Watched) -> None:
    _edit(
        {"act": "take-up", "hypothesis": one.hypothesis.id, "indicator": one.number},
        f"{quoted(one.indicator.text)} is an item now, with its ratings.",
    )


def _edit(request: Values, done: str) -> None:
    try:
        state.carry_out(request)
    except WorkbenchError as error:
        state.leave_message(str(error))
    else:
        state.leave_success(done)


def nothing_ranked() -> None:
    """Say what to do where no cell is rated."""
    st.caption("Nothing is rated yet, so that nothing could move a ranking.")
    controls.way_to_ranking()


def calendar_control() -> None:
    """Offer the dates for a calendar, or say that there are none."""
    case = state.case()
    if not calendar_file.dated(case):
        st.caption(
            "No indicator has a date, so that there is nothing to put in a calendar."
        )
        return
    st.download_button(
        "Dates for a calendar (.ics)",
        lambda: calendar_file.calendar(case).encode("utf-8", "replace"),
        file_name="watch-list.ics",
        mime=calendar_file.MIME,
        icon=":material/event:",
    )
