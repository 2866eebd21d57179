"""What a revealed round gives to talk about: where it differs, reasons before names.

It shows what everybody had rated when the pass ended, whatever they rate meanwhile.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from workbench.case.model import Case, Consistency
from workbench.errors import WorkbenchError
from workbench.method.group import Cell, differing
from workbench.method.matrix import UNRATED, Matrix, build
from workbench.method.movement import movement
from workbench.method.scoring import Ranking, assess
from workbench.record.rights import Role
from workbench.record.round_entries import Phase, Round
from workbench.team import rounds
from workbench.team.round_story import Story, stories
from workbench.ui import draft_keeper, round_stand, state
from workbench.ui.controls import literal
from workbench.ui.links import linked
from workbench.ui.prose_table import table
from workbench.wording import clipped, counted, joined, named, shown
from workbench.wording.round_told import (
    describe_moved,
    describe_movement,
    describe_pass,
)

_CELLS: Final = 8  # to talk about first
_LINES: Final = 12  # ratings that moved, before the rest is folded
_REASON: Final = 240
_ROW: Final = 64


def told() -> tuple[Story, ...]:
    """Give the rounds as far as they may be told now. Raises WorkbenchError."""
    desk = state.desk()
    return stories(desk.ledger, desk.case, desk.identity, desk.analyst)


def draw(found: Sequence[Story]) -> None:
    """Show what the round that goes on gives to talk about, once it is revealed."""
    now = round_stand.sight().round
    if found and now is not None and now.phase is not Phase.BLIND:
        _discuss(found[-1], now)


def hint(rankings: Mapping[str, Ranking]) -> None:
    """Tell who has another hypothesis first than most where their view is kept.

    rankings: by analyst.
    """
    first = {name: frozenset(one[0]) for name, one in rankings.items() if one}
    own = first.get(state.analyst())
    if own is None:
        return
    as_many = list(first.values()).count(own)
    if any(list(first.values()).count(one) > as_many for one in first.values()):
        st.caption(
            "Most have another first than you. What you write as your bottom line on "
            "the page Report stands in everybody's report, in your words."
        )


def draw_told(found: Sequence[Story]) -> None:
    """Say what each round came to, the last one first."""
    if found:
        st.markdown("#### Rounds")
    for story in reversed(found):
        _tell(story)


def _matrices(story: Story) -> dict[str, Matrix]:
    case, rule, all_ = state.case(), state.rule(), state.count_all()
    return {
        name: build(case, own, rule, count_all=all_)
        for name, own in story.passes[-1].items()
    }


def _discuss(story: Story, now: Round) -> None:
    """List the cells in which they differ, by disagreement times effect."""
    st.markdown("#### To talk about")
    matrices = _matrices(story)
    front = {id_ for one in matrices.values() for id_ in _leaders(one)}
    cells = differing(matrices, front)
    if not cells:
        st.markdown("Wherever two rated a cell, they rated it alike.")
        return
    many = counted(len(cells), "cell")
    st.caption(
        f"{many} in which ratings differ, by what that does to the scores. Read the "
        "reasons before you look whose they are, and say the strongest against yours."
    )
    for one in cells[:_CELLS]:
        _cell(matrices, one)
    if rest := cells[_CELLS:]:
        with st.expander(f"{counted(len(rest), 'more cell')}"):
            for one in rest:
                _cell(matrices, one)
    if now.phase is Phase.REVEALED and round_stand.sight().role is Role.LEAD:
        _adjudicate(cells)


def _leaders(matrix: Matrix) -> tuple[str, ...]:
    ranking = assess(matrix).ranking
    return ranking[0] if ranking else ()


def _cell(matrices: Mapping[str, Matrix], cell: Cell) -> None:
    case = state.case()
    where = _where(case, cell.evidence, cell.hypothesis)
    codes = [one.value for one in Consistency]
    rated = {name: at for name, at in cell.codes.items() if at != UNRATED}
    counts = [
        f"{code} \u00d7 {many}"
        for place, code in enumerate(codes)
        if (many := list(rated.values()).count(place))
    ]
    told = f"{', '.join(counts)}, effect {shown(cell.effect)}"
    st.markdown(f"**{linked(where)}**: {literal(told)}")
    lines, whose = [], []
    for name, place in sorted(rated.items(), key=lambda one: (one[1], one[0])):
        own = matrices[name].basis.judgments
        rating = own.rating(case.item[cell.evidence], cell.hypothesis)
        reason = clipped(rating.because, _REASON) if rating and rating.because else ""
        lines.append(f"- {codes[place]}: {literal(reason or 'no reason given')}")
        whose.append(f"{name} {codes[place]}")
    st.markdown("\n".join(lines))
    with st.expander("Whose ratings these are"):
        st.markdown(literal(joined(whose)))


def _where(case: Case, evidence: str, hypothesis: str) -> str:
    item, column = case.item[evidence], case.hypothesis[hypothesis]
    return f"{named(item, _ROW)} against {clipped(column.title, _ROW)}"


def _adjudicate(cells: Sequence[Cell]) -> None:
    """Let the lead put a code of their own beside the others', with the reason."""
    case = state.case()
    with st.expander("Adjudicate a cell", icon=":material/gavel:", key="adjudicate"):
        st.caption(
            "Your code and reason stand beside everybody's own, in the report as well. "
            "Nobody's rating is changed, and who differs is said."
        )
        by = {f"{one.evidence}/{one.hypothesis}": one for one in cells}
        chosen = st.selectbox(
            "Cell",
            list(by),
            key="adjudicated",
            format_func=lambda key: _where(case, by[key].evidence, by[key].hypothesis),
        )
        code = st.segmented_control(
            "Code",
            [one.value for one in Consistency],
            key="adjudicated_code",
            default=None,
        )
        st.text_area("Why", key="adjudicated_because")
        draft_keeper.keep("Why", _draft())
        st.button(
            "Put it beside the others'",
            key="round_adjudicate",
            disabled=chosen is None or code is None,
            on_click=_put,
            args=(by.get(str(chosen)), code),
        )


def _draft() -> str:
    return f"adjudicated {state.grid_ident()}"


def _put(cell: Cell | None, code: str | None) -> None:
    assert cell is not None
    assert code is not None, "the button is there once both are chosen"
    because = str(state.widget("adjudicated_because"))
    try:
        state.load_case()
        rounds.adjudicate(
            state.desk(), cell.evidence, cell.hypothesis, Consistency(code), because
        )
    except WorkbenchError as error:
        state.leave_message(str(error))
        return
    state.set_widget("adjudicated_because", "")
    state.leave_success("It stands beside everybody's own.")


def _tell(story: Story) -> None:
    """Say who rated when, what then moved, and what the lead put beside it."""
    case = state.case()
    said = [describe_pass(story.round, one, story.names) for one in story.ended]
    st.markdown(literal(" ".join(said)))
    if len(story.passes) > 1:
        moved = [
            one
            for one in movement(case, story.passes[0], story.passes[-1])
            if case.has(one.evidence, one.hypothesis)
        ]
        moved.sort(key=lambda one: not one.is_bare)
        lines = [f"- {literal(describe_moved(case, one))}" for one in moved]
        st.markdown("\n".join([literal(describe_movement(moved)), "", *lines[:_LINES]]))
        if rest := lines[_LINES:]:
            with st.expander(f"{counted(len(rest), 'more rating')} that changed"):
                st.markdown("\n".join(rest))
    rows = [
        (
            _where(case, one.evidence, one.hypothesis),
            one.code.value,
            one.name,
            one.because,
        )
        for one in story.round.adjudications
        if case.has(one.evidence, one.hypothesis)
    ]
    if rows:
        table(["Adjudicated", "Code", "By", "Because"], rows)
