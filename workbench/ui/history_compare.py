"""Two moments chosen and compared: the ranking, the verdict, what differs, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

from workbench.method.differences import Differences, differences
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.record.history import Move, View, moves, renamed_by
from workbench.ui import state
from workbench.ui.controls import literal
from workbench.ui.found_once import found_once
from workbench.ui.headline import Reached
from workbench.ui.history_trace import NOW, START, Trace, moment_control
from workbench.ui.links import each_linked, linked
from workbench.wording.compared import describe_differences, describe_rankings
from workbench.wording.moved import describe_move, describe_moves

_SHOWN: Final = 10  # lines of a kind, before the rest is folded away
_MOST: Final = 400


@dataclass(frozen=True)
class Compared:
    """Two moments, the earlier first, with what differs and what moved the ranking."""

    before: Reached
    after: Reached
    found: Differences
    moves: tuple[Move, ...]
    told: tuple[str, ...]


def draw(trace: Trace) -> None:
    """Choose two moments, and compare them when asked to."""
    st.markdown("#### Compare two moments")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = moment_control("From", "compare_from", trace, START)
        second = moment_control("To", "compare_to", trace, NOW)
        st.button("Compare", on_click=_compare, args=(first, second), type="primary")
    asked = state.view("compared", None)
    if asked is None:
        st.caption(
            "What differs between the two: ratings, weights, items, texts, the ranking "
            "and the verdict; and which change moved the ranking."
        )
        return
    if asked != (first, second):
        st.caption("Other moments are chosen: press Compare to see them.")
    _tell(_compared(_key(trace, asked), trace, asked))


def _compare(first: int | None, second: int | None) -> None:
    state.set_view("compared", (first, second))


def _key(trace: Trace, asked: tuple[int | None, int | None]) -> str:
    return f"{state.revision()} {len(trace.timeline)} {asked}"


@found_once(8)
def _compared(
    key: str, _trace: Trace, _asked: tuple[int | None, int | None]
) -> Compared:
    del key  # only the key
    return compare(_trace, *_asked)


def compare(trace: Trace, first: int | None, second: int | None) -> Compared:
    """Compare two moments by their places, None for the case as published.

    What is published is taken as it was at the other moment.
    """
    places = [one for one in (first, second) if one is not None]
    start, end = (min(places), max(places)) if places else (trace.end, trace.end)
    line = trace.timeline
    if None in (first, second):
        after = trace.view(end)
        before = View(after.case)
        if not places:
            after = before
        steps = tuple(
            line.steps_from_published(end, trace.rule, count_all=trace.count_all)
        )
        if not places:
            steps = steps[:1]
        found, renamed = moves(steps, 0, end), renamed_by(())
        ends = steps[0], steps[-1]
    else:
        before, after = trace.view(start), trace.view(end)
        found = moves(trace.steps, start, end)
        renamed = renamed_by(line.events[start:end])
        ends = trace.step(start), trace.step(end)
    was, now = (
        Reached.on(
            assess(build(v.case, v.judgments, trace.rule, count_all=trace.count_all))
        )
        for v in (before, after)
    )
    return Compared(
        was,
        now,
        differences(was.assessment, now.assessment, renamed),
        found,
        describe_moves(*ends, found, renamed),
    )


def _tell(found: Compared) -> None:
    now = found.after.assessment
    st.markdown("##### What moved the ranking")
    st.markdown(linked(" ".join(found.told)))
    if len(found.moves) > 1:
        with st.expander(f"Each of the {len(found.moves)} changes that moved it"):
            _lines([describe_move(one) for one in found.moves[:_MOST]], fold=False)
            if (more := len(found.moves) - _MOST) > 0:
                st.caption(f"And {more} later ones.")
    st.markdown("##### Ranking and verdict")
    told = list(describe_rankings(found.before.assessment, now))
    verdicts = [one.lines[0] for one in (found.before, found.after)]
    if verdicts[0] == verdicts[1]:
        told.append(f"The verdict at both moments: {verdicts[0]}")
    else:
        told += [f"Verdict then: {verdicts[0]}", f"Verdict now: {verdicts[1]}"]
    _lines(told)
    headings = describe_differences(now.matrix.basis.case, found.found)
    if not headings:
        st.markdown("Nothing differs between the two.")
    for one in headings:
        st.markdown(f"##### {literal(one.title)} ({len(one.lines)})")
        _lines(one.lines)


def _lines(told: Sequence[str], *, fold: bool = True) -> None:
    """List sentences, those beyond a few folded away."""
    shown = [f"- {one}" for one in each_linked(told)]
    st.markdown("\n".join(shown[:_SHOWN] if fold else shown))
    if fold and (rest := shown[_SHOWN:]):
        with st.expander(f"{len(rest)} more"), st.container(height=320):
            st.markdown("\n".join(rest))
