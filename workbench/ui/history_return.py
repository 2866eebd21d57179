"""Going back to a moment: what it will do, said first; no later entry is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import streamlit as st

from workbench.case.entry import OF_HYPOTHESIS, PARTS, Change, EntryKind, Value
from workbench.errors import WorkbenchError
from workbench.method.differences import differences
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.record.going_back import GoBack, asked_back, texts_back
from workbench.record.history import View, renamed_by
from workbench.ui import form, state
from workbench.ui.history_trace import START, Trace, moment_control
from workbench.ui.links import each_linked
from workbench.wording import counted
from workbench.wording.compared import describe_differences
from workbench.wording.logged import logged

_SHOWN: Final = 12
_TEXTS: Final = "go_back_texts"


def draw(trace: Trace) -> None:
    """Choose a moment, say what going back to it would do, and do it when asked."""
    st.markdown("#### Go back to a moment")
    st.caption(
        "Your judgments become what they were then, as one more act that is undone "
        "like any other. Nothing that came later is lost: it stays in the log."
    )
    place = moment_control("Moment", "go_back_to", trace, START)
    with_texts = False
    if place is not None and form.may_edit():
        key = state.seed(_TEXTS, state.view(_TEXTS, default=False))
        st.toggle("The texts of the case as well", key=key, on_change=_toggled)
        with_texts = bool(state.view(_TEXTS, default=False))
    back = _back(trace, place, with_texts=with_texts)
    told = _told(trace, back)
    if not told:
        st.markdown("Everything stands as it did then.")
        return
    st.markdown(f"**This will change {counted(len(told), 'thing')}:**")
    lines = [f"- {one}" for one in each_linked(told)]
    st.markdown("\n".join(lines[:_SHOWN]))
    if rest := lines[_SHOWN:]:
        with st.expander(f"{len(rest)} more"), st.container(height=320):
            st.markdown("\n".join(rest))
    st.button("Go back", on_click=_go_back, args=(back,))


def _toggled() -> None:
    state.set_view(_TEXTS, state.widget(_TEXTS))


def _back(trace: Trace, place: int | None, *, with_texts: bool) -> GoBack:
    line = trace.timeline
    if place is None:
        return GoBack(View(line.now))
    later, then = line.events[place:], trace.view(place)
    if with_texts:
        return GoBack(then, texts=texts_back(later))
    return GoBack(then, renamed_by(later))


def _go_back(back: GoBack) -> None:
    try:
        state.go_back(back)
    except WorkbenchError as error:
        state.leave_message(str(error))


def _told(trace: Trace, back: GoBack) -> list[str]:
    """Say what going back would do."""
    now = trace.timeline.present()
    if not back.texts:
        return [_said(now, one) for one in asked_back(back.then, now, back.renamed)]
    later = renamed_by([])
    for one in back.texts:
        if one.kind is EntryKind.RENAME:
            part = {str(one.from_): str(one.to)}
            later = replace(later, **{str(one.part): part})
    views = (now, back.then)
    was, then = (assess(build(v.case, v.judgments)) for v in views)
    headings = describe_differences(back.then.case, differences(was, then, later))
    return [one for heading in headings for one in heading.lines]


def _said(now: View, asked: list[object]) -> str:
    """Say one change of a judgment, from what stands to what stood."""
    kind, id_, hypothesis, _, because = asked
    change = _change(EntryKind(str(kind)), str(id_), hypothesis)
    stands, _ = now.judgments.value(now.case, change)
    to: Value = asked[3] if isinstance(asked[3], str | float | bool) else None
    meant = replace(change, from_=stands, to=to, because=str(because or ""))
    return logged(meant, now.case, now.case).said


def _change(kind: EntryKind, id_: str, hypothesis: object) -> Change:
    h = None if hypothesis is None else str(hypothesis)
    if kind is EntryKind.CERTAINTY or kind in PARTS:
        return Change(kind, hypothesis=h, part=id_)
    if kind is EntryKind.SOURCE_EMPHASIS:
        return Change(kind, source=id_)
    if kind in OF_HYPOTHESIS:
        return Change(kind, hypothesis=id_)
    return Change(kind, evidence=id_, hypothesis=h)
