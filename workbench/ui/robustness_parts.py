"""What the Robustness page shows in parts: its controls, and its pieces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from workbench import wording
from workbench.method.scoring import Assessment, Ranking
from workbench.method.sensitivity import AsOf, Between, Cell, Q, Reach, Sensitivity
from workbench.ui import draft_keeper, kept_choice, state
from workbench.ui.cases_parts import MATRIX_PAGE
from workbench.ui.controls import literal
from workbench.ui.links import linked
from workbench.ui.robustness_found import Exact
from workbench.ui.tables import ranks_table
from workbench.wording.deciding import describe_missing
from workbench.wording.fragility import REACHES, cell_change, describe_change
from workbench.wording.indicators import describe_spread
from workbench.wording.verdict import spoken

_CELLS: Final = 12  # buttons; more would be no list to read
_SENTENCES: Final = 8  # of a list; the rest of it is folded
_MISSING, _MORE = 8, 200  # open questions shown, and folded
_SEVERAL: Final = 2
_NAME: Final = 64  # characters of a name beside its ranks
_ROWS, _ROW = 12, 33


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
    key = state.seed("draw_seed", _drawn_by("draw_seed", 0))
    draft_keeper.keep("Seed", _draft(key), str(state.widget(key)), of=key)
    kept_choice.keep(key, int)
    st.number_input(
        "Seed",
        min_value=0,
        max_value=2**31 - 1,
        step=1,
        key=key,
        on_change=_draws_chosen,
        args=(key,),
        help="The same seed gives the same draws.",
    )
    key = state.seed("draw_q", _drawn_by("draw_q", Q))
    stands = str(state.widget(key))
    draft_keeper.keep("Probability of a step", _draft(key), stands, of=key)
    kept_choice.keep(key, float)
    st.number_input(
        "Probability of a step",
        min_value=0.0,
        max_value=1.0,
        step=0.05,
        key=key,
        on_change=_draws_chosen,
        args=(key,),
        help="How often a rating or a worded level is one step off, either way.",
    )
    return int(_drawn_by("draw_seed", 0)), float(_drawn_by("draw_q", Q))


def _drawn_by(key: str, usual: float) -> float:
    found: float = state.view(kept_choice.of_case(key), usual)
    return found


def _draws_chosen(key: str) -> None:
    state.set_view(kept_choice.of_case(key), state.widget(key))


def _draft(key: str) -> str:
    return f"{key} {state.grid_ident()}"


# ---------------------------------------------------------------- pieces


def cells(found: Sensitivity, reach: Reach) -> None:
    """List the cells of the smallest change, each a way to the grid."""
    st.markdown(linked(describe_change(found, reach)))
    now = found.assessment
    change = found.any_change if reach is Reach.ANY else found.one_step_change
    for cell in change.cells[:_CELLS]:
        item = now.matrix.basis.case.item[cell.evidence]
        said = f"{cell_change(now, cell)} · {wording.clipped(item.title, 60)}"
        _to_cell(said, cell.evidence, cell.hypothesis, "cell")
    if (more := len(change.cells) - _CELLS) > 0:
        st.caption(f"And {wording.counted(more, 'cell')} more.")


def _to_cell(said: str, evidence: str, hypothesis: str, key: str) -> None:
    """Show a button that leads to a cell of the grid."""
    if st.button(
        literal(said),
        key=f"{key}:{evidence}:{hypothesis}",
        icon=":material/grid_on:",
        help="Go to this cell in the grid",
        on_click=state.focus_cell,
        args=(evidence, hypothesis),
    ):
        st.switch_page(MATRIX_PAGE)


def points(said: Sequence[str]) -> None:
    """List sentences; the rest of many is folded."""
    lines = [f"- {linked(text)}" for text in said]
    st.markdown("\n".join(lines[:_SENTENCES]))
    if rest := lines[_SENTENCES:]:
        with st.expander(f"{len(rest)} more"), st.container(height=320):
            st.markdown("\n".join(rest))


def pair_control(found: Exact) -> Between | None:
    """Choose which two to set side by side, where several may lead."""
    between = found.contributions.between
    if len(between) < _SEVERAL:
        return between[0] if between else None
    names = spoken(found.assessment)
    by_pair = {f"{one.a} {one.b}": one for one in between}
    kept = state.view("pair", next(iter(by_pair)))
    key = state.seed("pair", kept if kept in by_pair else next(iter(by_pair)))
    st.selectbox(
        "Between",
        list(by_pair),
        key=key,
        format_func=lambda pair: literal(
            f"{names[by_pair[pair].a]} and {names[by_pair[pair].b]}"
        ),
        on_change=_chosen,
        args=(key,),
    )
    return by_pair[state.widget(key)]


def score_control(found: Exact) -> str:
    """Choose whose score is taken apart; at first that of the one with most against."""
    now = found.assessment
    ids = [one.id for one in now.in_order]
    kept = state.view("taken_apart", ids[0])
    key = state.seed("taken_apart", kept if kept in ids else ids[0])
    st.selectbox(
        "Hypothesis",
        ids,
        key=key,
        format_func=lambda id_: literal(wording.named(now.standing[id_])),
        on_change=_chosen,
        args=(key,),
    )
    return str(state.widget(key))


def missing(found: Exact) -> None:
    """List what to find out next; cells are ways to the grid."""
    now = found.assessment
    case = now.matrix.basis.case
    ones = found.collection
    changing = sum(one.leaders_change for one in ones)
    if not ones:
        st.markdown(
            "Every cell is rated, and no open indicator says how it would stand to "
            "each hypothesis if it were seen. Rate an indicator under “Dates and "
            "ratings” on the page Watch, and this says what seeing it would change."
        )
        return
    st.markdown(
        f"{changing} of {wording.counted(len(ones), 'open question')} would change who "
        "leads, under one outcome or another."
    )
    for one in ones[:_MISSING]:
        said = describe_missing(now, one)
        if isinstance(one, Cell):
            _to_cell(said, one.evidence, one.hypothesis, "missing")
        else:
            sign = case.hypothesis[one.hypothesis].predicts[one.indicator - 1]
            told = describe_spread(now.matrix, sign)
            st.markdown(f"- {linked(said)} {f':gray[{told}]' if told else ''}")
    if rest := ones[_MISSING:]:
        with st.expander(f"{len(rest)} more"), st.container(height=320):
            lines = [f"- {linked(describe_missing(now, one))}" for one in rest[:_MORE]]
            st.markdown("\n".join(lines))
            if (more := len(rest) - _MORE) > 0:
                st.caption(f"And {more} that move less.")


def left_out(found: Sensitivity, *, every: bool) -> None:
    """Tabulate the ranks without each item, source and origin."""
    case = found.assessment.matrix.basis.case
    sources = {one.id: one.spoken for one in case.sources}
    rows = [("item", case.item[one.id], one) for one in found.without_items]
    named = [(kind, wording.named(item, _NAME), one) for kind, item, one in rows]
    named += [
        ("source", wording.clipped(sources.get(one.id, one.id), _NAME), one)
        for one in found.without_sources
        if one.evidence
    ]
    judgments = found.assessment.matrix.basis.judgments
    labels: dict[str, list[str]] = {}
    for item in case.evidence:
        labels.setdefault(judgments.origin(item), []).append(item.label)
    # An origin's own name is a word for the files; what shares it says more.
    named += [
        ("origin", wording.clipped(wording.joined(labels[one.id]), _NAME), one)
        for one in found.without_origins
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
        column_config={one.label: f"{one.label} rank" for one in now.hypotheses},
        alt=about,
    )
    names = wording.joined(wording.named(one) for one in now.hypotheses)
    st.caption(
        f"“changes”: another comes first. Then the rank of {literal(names)}; 1= is "
        "shared."
    )
