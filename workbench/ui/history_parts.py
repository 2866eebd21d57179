"""Parts of the History page: snapshots, the chart of the work, the post-mortem."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from workbench.charts.course_chart import Shown, course_chart
from workbench.errors import WorkbenchError
from workbench.method.hindsight import hindsight
from workbench.record import snapshots
from workbench.record.history import Step, moves, renamed_by
from workbench.ui import controls, draft_keeper, state
from workbench.ui.history_trace import Trace, spoken_day
from workbench.ui.links import linked, to_page
from workbench.wording import counted, quoted
from workbench.wording.assumed import describe_outcome
from workbench.wording.moved import describe_moves
from workbench.wording.post_mortem import (
    describe_against,
    describe_leaders,
    describe_none,
    describe_sooner,
    describe_stood,
)

_NAME: Final = "snapshot_name"
_SNAPSHOT: Final = "Name of the snapshot"
_PAGES: Final = Path(__file__).parent / "pages"
_QUESTION: Final = str(_PAGES / "question.py")


def held(key: str) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Hold the room of a part that is drawn later; gives both."""
    part = st.container(key=key)
    holder = part.empty()
    holder.html('<div class="to-come"></div>')
    return part, holder


def snapshot_form() -> None:
    """Name what stands now, to come back to it."""
    draft_keeper.keep(_SNAPSHOT, _draft())
    with st.container(key="beside-kept", horizontal=True, vertical_alignment="bottom"):
        key = state.seed(_NAME, state.view(_NAME, ""))
        st.text_input(
            _SNAPSHOT,
            key=key,
            max_chars=snapshots.LONGEST,
            placeholder="Before the meeting",
            live=True,
            on_change=_named,
            width=360,
        )
        st.button(
            "Save snapshot",
            icon=":material/bookmark:",
            on_click=_save,
            help="A point of the work to compare with and to go back to. It keeps all "
            "texts of the case as they are now.",
        )


def _draft() -> str:
    return f"snapshot {state.grid_ident()}"


def _named() -> None:
    state.set_view(_NAME, state.widget(_NAME))


def _save() -> None:
    try:
        state.load_case()
        texts = state.shelf().texts()
        name = str(state.view(_NAME, ""))
        kept = snapshots.save(state.desk(), name, texts)
    except (WorkbenchError, OSError) as error:
        state.leave_message(str(error))
        return
    state.set_view(_NAME, "")
    state.note_taken(_draft(), name)
    state.leave_success(f"Snapshot {quoted(kept)} is saved.")


def nothing_yet() -> None:
    """Say what to do where nothing is recorded."""
    st.info(
        "Nothing is recorded yet. Each judgment, and each change of a text made here, "
        "will be listed with who made it, when and why."
    )
    controls.way_to_ranking()


def over_the_work(trace: Trace) -> None:
    """Draw the ranking over the work, and say which change moved it last."""
    st.markdown("#### The ranking over the work")
    line, steps = trace.timeline, trace.steps
    now = state.assessment()
    if len(steps) < 2 or not now.hypotheses:  # noqa: PLR2004  a start and a change
        st.caption("No change so far that a score hangs on.")
        return
    found = moves(steps, 0, trace.end)
    told = describe_moves(steps[0], steps[-1], found, renamed_by(line.events))
    st.markdown(linked(" ".join(told)))
    kinds: tuple[Shown, ...] = ("scores", "ranks")
    shown = controls.choice(
        "Shown", "course_shown", kinds, kinds[0], lambda one: str(one).capitalize()
    )
    chart = course_chart(now, steps, trace.snapshots, shown)
    with st.container(key="course-chart"):
        controls.draw_chart(chart, f"course_{shown}")
    st.caption(
        f"{counted(len(steps) - 1, 'change')} of your judgments or of a text, out of "
        f"{counted(len(line), 'entry', 'entries')} in all."
    )


def is_known() -> bool:
    """Tell whether the case says what the answer was."""
    return state.case().question.outcome is not None


def after_the_answer(trace: Trace) -> None:
    """Look back from the answer, once the case says what it was."""
    case, now = state.case(), state.assessment()
    outcome = case.question.outcome
    if outcome is None:
        st.markdown("#### Once the answer is known")
        st.caption(
            "Say on the page Question what it was: then it is shown here where that "
            "stood at each snapshot, what spoke against it, and what would have led "
            "there sooner."
        )
        to_page(_QUESTION, "Say what the answer was", icon=":material/edit:")
        return
    st.markdown("#### The answer is known")
    st.markdown(linked(describe_outcome(case, outcome)))
    moments = _moments(trace, outcome.hypothesis)
    if not outcome.hypothesis:
        _points([*describe_none(now, case), *describe_leaders(moments)])
        return
    id_ = outcome.hypothesis
    panes = st.grid(2, min_column_width=470, gap="large")
    with panes.cell():
        st.markdown("##### Where it stood")
        _points(describe_stood(moments))
    if id_ not in now.standing:
        return
    found = hindsight(now, id_)
    with panes.cell():
        st.markdown("##### What spoke against it")
        _points(describe_against(now, found))
        st.markdown("##### What would have led there sooner")
        _points(describe_sooner(now, found, outcome))


def _moments(trace: Trace, hypothesis: str) -> list[tuple[str, Step, str]]:
    """Name the start, the snapshots and now, with the id that a hypothesis had then."""
    line = trace.timeline
    places = {0: "Before the first entry"}
    for place, name in trace.snapshots.items():
        day = spoken_day(line.events[place - 1].at[:10])
        places[place] = f"At the snapshot {quoted(name)}, {day}"
    places[trace.end] = "Now"
    found = []
    for place, name in places.items():
        later = renamed_by(line.events[place:]).hypotheses
        then = {new: old for old, new in later.items()}.get(hypothesis, hypothesis)
        found.append((name, trace.step(place), then))
    return found


def _points(told: Sequence[str]) -> None:
    st.markdown("\n".join(f"- {linked(one)}" for one in told))
