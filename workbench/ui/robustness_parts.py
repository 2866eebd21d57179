"""What the Robustness page shows in parts: results kept by revision, and its pieces.

A revision names case, judgments, rule and independence; the matrix is never hashed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from workbench import wording
from workbench.case.model import Rule
from workbench.method.checks import Finding, effective_items, findings
from workbench.method.lead_map import Axis, LeadMap, lead_map, moved
from workbench.method.matrix import Matrix
from workbench.method.scoring import Assessment, Ranking, assess, every_rule
from workbench.method.sensitivity import (
    AsOf,
    Drawn,
    Q,
    Reach,
    Sensitivity,
    by_day,
    draw,
    is_telling,
    sensitivity,
)
from workbench.ui import state
from workbench.ui.controls import literal
from workbench.ui.tables import ranks_table
from workbench.wording.fragility import (
    REACHES,
    cell_change,
    describe_change,
    describe_fragility,
)

MATRIX_PAGE: Final = str(Path(__file__).parent / "pages" / "matrix.py")
_CELLS: Final = 12  # buttons; more would be no list to read
_SENTENCES: Final = 8  # of describe_fragility: it has one for each source that matters
_NAME: Final = 64  # characters of a name beside its ranks
_ROWS, _ROW = 12, 33


@dataclass(frozen=True)
class Exact:
    """All that is exact about one matrix."""

    sensitivity: Sensitivity
    findings: tuple[Finding, ...]
    effective: float
    rules: dict[Rule, Assessment]
    days: tuple[AsOf, ...]

    @property
    def assessment(self) -> Assessment:
        """The assessment behind it."""
        return self.sensitivity.assessment


@st.cache_resource(max_entries=8, show_spinner=False)
def exact(revision: str, _matrix: Matrix) -> Exact:
    """Find what is exact, once for one revision."""
    del revision  # only the key: it stands for the matrix
    now = assess(_matrix)
    found = sensitivity(_matrix, now)
    return Exact(
        found,
        findings(now, found),
        effective_items(_matrix),
        every_rule(_matrix),
        by_day(_matrix) if is_telling(_matrix) else (),
    )


@st.cache_resource(max_entries=16, show_spinner=False)
def drawn(revision: str, _matrix: Matrix, seed: int, q: float) -> Drawn:
    """Draw, once for one revision, seed and probability."""
    del revision  # only the key
    return draw(_matrix, seed=seed, q=q)


@st.cache_resource(
    max_entries=32,
    show_spinner=False,
    hash_funcs={Axis: lambda axis: (axis.kind, axis.id)},
)
def lead_map_of(revision: str, _matrix: Matrix, x: Axis, y: Axis) -> LeadMap:
    """Map two emphases, once for one revision."""
    del revision  # only the key
    return lead_map(_matrix, x, y)


def at_point(now: Assessment, mapped: LeadMap, at: tuple[float, float]) -> Assessment:
    """Assess anew with the emphases of a point of the map."""
    if at == mapped.at:
        return now
    return assess(moved(now.matrix, dict(zip((mapped.x, mapped.y), at, strict=True))))


# ---------------------------------------------------------------- controls


def _chosen(name: str) -> None:
    state.set_view(name, state.widget(name))


def reach_control() -> Reach:
    """Choose how far a rating may be off."""
    key = state.seed("reach", state.view("reach", Reach.ANY))
    st.segmented_control(
        "How far a rating may be off",
        list(Reach),
        key=key,
        format_func=lambda reach: REACHES[reach],
        required=True,
        on_change=_chosen,
        args=(key,),
        label_visibility="collapsed",
    )
    return Reach(state.view("reach", Reach.ANY))


def all_control() -> bool:
    """Choose whether what changes nothing is listed too."""
    key = state.seed("every_left_out", state.view("every_left_out", default=False))
    st.toggle("Also those that change nothing", key=key, on_change=_chosen, args=(key,))
    return bool(state.view(key, default=False))


def day_control(days: Sequence[AsOf]) -> AsOf:
    """Choose a day of the evidence; the last at first."""
    by_day = {one.day: one for one in days}
    kept = state.view("day", days[-1].day)
    day = kept if kept in by_day else days[-1].day
    if len(days) > 1:
        key = state.seed("day", day)
        st.select_slider(
            "Evidence up to",
            list(by_day),
            key=key,
            format_func=lambda one: one.isoformat(),
            on_change=_chosen,
            args=(key,),
        )
    return by_day[day]


def draws_controls() -> tuple[int, float]:
    """Choose the seed of the draws, and how often a judgment moves."""
    key = state.seed("draw_seed", state.view("draw_seed", 0))
    st.number_input(
        "Seed",
        min_value=0,
        max_value=2**31 - 1,
        step=1,
        key=key,
        on_change=_chosen,
        args=(key,),
        help="The same seed gives the same draws.",
    )
    key = state.seed("draw_q", state.view("draw_q", Q))
    st.number_input(
        "Probability of a step",
        min_value=0.0,
        max_value=1.0,
        step=0.05,
        key=key,
        on_change=_chosen,
        args=(key,),
        help="How often a rating or a worded level is one step off, either way.",
    )
    return int(state.view("draw_seed", 0)), float(state.view("draw_q", Q))


# ---------------------------------------------------------------- pieces


def cells(found: Sensitivity, reach: Reach) -> None:
    """List the cells of the smallest change, each a way to the grid."""
    st.markdown(literal(describe_change(found, reach)))
    now = found.assessment
    change = found.any_change if reach is Reach.ANY else found.one_step_change
    for cell in change.cells[:_CELLS]:
        item = now.matrix.basis.case.item[cell.evidence]
        if st.button(
            literal(f"{cell_change(now, cell)} · {wording.clipped(item.title, 60)}"),
            key=f"cell:{cell.evidence}:{cell.hypothesis}",
            icon=":material/grid_on:",
            help="Go to this cell in the grid",
            on_click=state.focus_cell,
            args=(cell.evidence, cell.hypothesis),
        ):
            st.switch_page(MATRIX_PAGE)
    if (more := len(change.cells) - _CELLS) > 0:
        st.caption(f"And {wording.counted(more, 'cell')} more.")


def in_words(found: Sensitivity) -> None:
    """Say what the first place hangs on; what is said of many sources is folded."""
    said = [f"- {literal(text)}" for text in describe_fragility(found)]
    *first, last = said
    st.markdown("\n".join([*first[:_SENTENCES], last]))
    if rest := first[_SENTENCES:]:
        with st.expander(f"{len(rest)} more"), st.container(height=320):
            st.markdown("\n".join(rest))


def left_out(found: Sensitivity, *, every: bool) -> None:
    """Tabulate the ranks without each item, source and origin."""
    case = found.assessment.matrix.basis.case
    sources = {one.id: one.name for one in case.sources}
    rows = [("item", case.item[one.id], one) for one in found.without_items]
    named = [(kind, wording.named(item, _NAME), one) for kind, item, one in rows]
    named += [
        ("source", wording.clipped(sources.get(one.id, one.id), _NAME), one)
        for one in found.without_sources
        if one.evidence
    ]
    named += [
        ("origin", wording.clipped(one.id, _NAME), one) for one in found.without_origins
    ]
    shown = [row for row in named if every or row[2].leaders_change]
    changing = sum(one.leaders_change for _, _, one in named)
    st.markdown(
        f"Leaving out one changes the first place for {changing} of "
        f"{len(named)} items, sources and origins."
    )
    ranks(
        found.assessment,
        [(kind, name, one.ranking, one.leaders_change) for kind, name, one in shown],
        "Ranks with one left out",
    )


def deceived(found: Sensitivity) -> None:
    """Tabulate the ranks if the opposite of what a source alone says were true."""
    case = found.assessment.matrix.basis.case
    names = {one.id: one.spoken for one in case.sources}
    rows = [
        (
            wording.counted(len(one.evidence), "item"),
            wording.clipped(names.get(one.source, one.source), _NAME),
            one.ranking,
            one.leaders_change,
        )
        for one in found.deceived
        if one.evidence
    ]
    if not rows:
        st.caption("No evidence rests on one source alone.")
        return
    st.caption(
        "Were the opposite of what it alone says true: its evidence, not what is "
        "absent or assumed, and only for the hypotheses that it serves, where the case "
        "says which."
    )
    ranks(found.assessment, rows, "Ranks if a source had deceived us")


def ranks(
    now: Assessment, rows: Sequence[tuple[str, str, Ranking, bool]], about: str
) -> None:
    """Show rankings as a table of ranks."""
    if not rows:
        return
    st.dataframe(
        ranks_table(now, rows),
        hide_index=True,
        height=_ROW * (min(len(rows), _ROWS) + 1) + 3,
        alt=about,
    )
