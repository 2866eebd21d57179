"""What the Probability page shows in parts; every number comes from the method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import streamlit as st

from workbench.case.entry import EntryKind
from workbench.case.model import Case, Consistency, Hypothesis
from workbench.charts.probability_charts import (
    Drawn,
    probability_chart,
    waterfall_chart,
)
from workbench.errors import WorkbenchError
from workbench.method.coherence import Coherence, estimated
from workbench.method.matrix import Matrix
from workbench.method.probability import (
    CONVENTION,
    Spread,
    cautions,
    judged,
    likelihoods,
)
from workbench.method.scoring import assess
from workbench.ui import controls, draft_keeper, state
from workbench.ui.controls import literal
from workbench.ui.links import headed, linked
from workbench.ui.prose_table import table
from workbench.wording import named
from workbench.wording.likely import (
    APART,
    EIGHT_WAYS,
    NO_GAIN,
    Scale,
    boundaries,
    describe_coherence,
    describe_difference,
    describe_evidence,
    describe_likelihoods,
    describe_priors,
    describe_probabilities,
    describe_spread,
    percent,
    percent_range,
    ranges,
    words,
    words_between,
)

_HOW: Final = {
    Coherence.NORMALISE: "Divide by the sum",
    Coherence.PROJECT: "Nearest that add up",
}
_PANE, _NUMBER = 440, 96  # px below which panes, and likelihoods, stand in rows
_ROW: Final = 60  # characters of a hypothesis's name in a list


class Way(StrEnum):
    """Where the probabilities come from."""

    EVIDENCE = "From the evidence"
    DIRECT = "Estimated directly"


HEADINGS: Final = {
    Way.EVIDENCE: (
        "After the evidence",
        "Priors",
        "What a rating stands for",
        "What moved the odds of two hypotheses",
    ),
    Way.DIRECT: ("Your estimates", "Made coherent"),
}


def way_control() -> Way:
    """Choose where the probabilities come from."""
    return Way(
        controls.choice(
            "Probabilities",
            "way",
            list(Way),
            Way.EVIDENCE,
            about="Priors updated item by item, or your own estimates",
        )
    )


def scale_control() -> Scale:
    """Choose the scale of words."""
    return Scale(
        controls.choice(
            "Words of",
            "scale",
            list(Scale),
            Scale.ICD_203,
            about="Which published scale puts a probability into words",
        )
    )


def scale_table(scale: Scale) -> None:
    """Show a scale's terms with their ranges and its boundary rule."""
    fold = controls.fold(f"The words of the {scale}", None, "scale_words")
    if not fold.open:
        return
    with fold:
        lines = ["| Term | Range |", "|---|---|"]
        lines += [f"| {t} | {r} |" for t, r in ranges(scale)]
        st.markdown("\n".join(lines))
        st.caption(literal(boundaries(scale)))
        st.caption(
            "A likelihood and a level of confidence never stand in one sentence "
            "(ICD 203): how sure you are of the judgment itself, and why, goes to the "
            "Report, in a sentence of its own."
        )


# ---------------------------------------------------------------- from the evidence


def from_evidence(matrix: Matrix, scale: Scale) -> None:
    """Update the priors by the evidence, and show what moved them."""
    panes = st.grid(2, min_column_width=_PANE, gap="large")
    result, stated = panes.cell(), panes.cell()
    with result:  # first: it stands above the other where there is no room beside it
        found = _updated(matrix, scale)
    with stated:
        st.markdown(f"#### {headed('Prior')}s")
        st.caption(
            "How probable each was before any of this evidence: a base rate, where "
            "there is one. One that is emptied has the case's own again; where the "
            "case states none, what is left is shared equally."
        )
        _percents(matrix.hypotheses, EntryKind.PRIOR)
        st.markdown("#### What a rating stands for")
        st.caption(
            "The likelihood of an item rated so, if the hypothesis were true. "
            + describe_likelihoods(matrix)
        )
        _convention(matrix)
    if found is None:
        return
    with result:
        st.caption(literal(EIGHT_WAYS))
        differs = describe_difference(assess(matrix), found.point)
        _mind([NO_GAIN, *([differs] if differs else []), *cautions(matrix)])
    if len(found.point.hypotheses) > 1:
        _waterfall(matrix, found)


def _updated(matrix: Matrix, scale: Scale) -> Spread | None:
    """Say what the evidence makes of the priors; why not, where it cannot be said."""
    try:
        found = judged(matrix)
    except WorkbenchError as error:
        st.warning(literal(str(error)))
        return None
    st.markdown("#### After the evidence")
    case = matrix.basis.case
    st.markdown(linked(describe_spread(case, found, scale)))
    st.markdown(linked(describe_priors(matrix, found.point)))
    _spread(matrix, found, scale)
    return found


def _spread(matrix: Matrix, found: Spread, scale: Scale) -> None:
    case, point = matrix.basis.case, found.point
    drawn, rows = [], []
    for h, was, p, (low, high) in zip(
        point.hypotheses, point.priors, point.probabilities, found.ranges, strict=True
    ):
        drawn.append(Drawn(h, low, high, p, was, percent_range(low, high)))
        said = words_between(scale, low, high)
        name = named(case.hypothesis[h], _ROW)
        rows.append((name, percent_range(low, high), percent(p), percent(was), said))
    title = "Range, point, and prior below"
    chart = controls.chart_of(
        "spread", matrix, lambda: probability_chart(case, drawn, title, "Prior")
    )
    with st.container(key="place-spread"):
        controls.draw_chart(chart, "spread")
    head = ("Hypothesis", "Eight ways", "Point", "Prior", _words(scale))
    table(head, rows, head[1:-1])


def _convention(matrix: Matrix) -> None:
    own = likelihoods(matrix)
    grid = st.grid(len(CONVENTION), min_column_width=_NUMBER)
    with draft_keeper.together("likelihoods"):
        for code in CONVENTION:
            with grid.cell():
                key = state.seed(f"likelihood_{code}", own[code])
                st.number_input(
                    code.value,
                    value=None,  # or emptying it would make it the least one allowed
                    min_value=0.01,
                    max_value=1.0,
                    step=0.05,
                    format="%.2f",
                    key=key,
                    help=f"An item that is {code.meaning}, were the hypothesis true.",
                    on_change=_likelihood_changed,
                    args=(code, key),
                )
                slot = f"{key} {state.grid_ident()}"
                draft_keeper.keep(code.value, slot, f"{own[code]:.2f}", of=key)
    if matrix.basis.judgments.likelihoods:
        st.button(
            "Back to the convention",
            key="convention_back",
            on_click=_act,
            args=(
                [
                    [EntryKind.LIKELIHOOD, code, None, None]
                    for code in matrix.basis.judgments.likelihoods
                ],
            ),
        )


def _likelihood_changed(code: Consistency, key: str) -> None:
    value = state.widget(key)
    stays = value is None or value == CONVENTION[code]
    _act([[EntryKind.LIKELIHOOD, code.value, None, None if stays else value]])


def _waterfall(matrix: Matrix, found: Spread) -> None:
    case, point = matrix.basis.case, found.point
    order = sorted(
        point.hypotheses,
        key=lambda h: -point.probabilities[point.hypotheses.index(h)],
    )
    st.markdown(f"#### What moved the {headed('odds')} of two hypotheses")
    with st.container(horizontal=True):
        for_ = controls.select(
            "Of", "odds_of", order, order[0], lambda h: named(case.hypothesis[h], _ROW)
        )
        rivals = [h for h in order if h != for_]
        against = controls.select(
            "Against",
            "odds_against",
            rivals,
            rivals[0],
            lambda h: named(case.hypothesis[h], _ROW),
        )
    steps = point.waterfall(for_, against)
    about = describe_evidence(case, found, for_, against)
    st.markdown(linked(about))
    if not any(step for _, step in steps.items) and not steps.prior:
        return  # there is nothing to draw
    chart = controls.chart_of(
        "waterfall", matrix, lambda: waterfall_chart(case, steps, about), for_, against
    )
    controls.draw_chart(chart, "waterfall")
    st.caption(
        "Drawn is the point. Each bar is what an item adds: how far it is heard, at "
        "most in full, times the logarithm of the ratio of the two likelihoods. Adding "
        "logarithms takes the items to be independent of each other once the "
        "hypothesis is given."
    )


# ---------------------------------------------------------------- directly


def directly(matrix: Matrix, scale: Scale) -> None:
    """Ask for an estimate of each hypothesis, and make them coherent."""
    panes = st.grid(2, min_column_width=_PANE, gap="large")
    with panes.cell():
        st.markdown("#### Your estimates")
        st.caption(
            "Estimate each hypothesis by itself, without making them add up: how far "
            "they are from it is worth knowing."
        )
        _percents(matrix.hypotheses, EntryKind.PROBABILITY)
    with panes.cell():
        st.markdown(f"#### Made {headed('coherent')}")
        how = Coherence(
            controls.choice(
                "How", "coherence", list(Coherence), Coherence.NORMALISE, _HOW.get
            )
        )
        try:
            found = estimated(matrix, how)
        except WorkbenchError as error:
            st.warning(literal(str(error)))
            return
        if found is None:
            own = matrix.basis.judgments.probabilities
            missing = [h.label for h in matrix.hypotheses if h.id not in own]
            st.info(f"Still without an estimate: {literal(', '.join(missing))}.")
            return
        case = matrix.basis.case
        ids = [h.id for h in matrix.hypotheses]
        said = describe_probabilities(case, ids, found.probabilities, scale)
        coherence = describe_coherence(found)
        st.markdown(f"{literal(said)} {literal(coherence)}")
        _result(
            case,
            _Result(tuple(ids), found.raw, found.probabilities),
            scale,
        )
        _mind([APART])


# ---------------------------------------------------------------- shared parts


def _percents(hypotheses: Sequence[Hypothesis], kind: EntryKind) -> None:
    own = state.desk().judgments.beyond()[kind]
    with draft_keeper.together(f"{kind}s"):
        for one in hypotheses:
            stated = own.get(one.id, one.prior if kind is EntryKind.PRIOR else None)
            value = None if stated is None else round(stated * 100, 6)
            key = state.seed(f"{kind}_{one.id}", value)
            st.number_input(
                literal(f"{named(one, _ROW)}, %"),
                value=None,  # so that it can be emptied; the key has the value
                min_value=0.0,
                max_value=100.0,
                step=1.0,
                format="%.4g",
                key=key,
                placeholder="not stated",
                on_change=_percent_changed,
                args=(kind, one.id, key),
            )
            stands = "" if value is None else f"{value:.4g}"
            slot = f"{key} {state.grid_ident()}"
            draft_keeper.keep(literal(f"{named(one, _ROW)}, %"), slot, stands, of=key)


def _percent_changed(kind: EntryKind, hypothesis: str, key: str) -> None:
    value = state.widget(key)
    _act([[kind, hypothesis, None, None if value is None else value / 100]])


def _act(changes: Sequence[Sequence[object]]) -> None:
    try:
        state.act(changes)
    except WorkbenchError as error:
        state.leave_message(str(error))


@dataclass(frozen=True)
class _Result:
    """Probabilities by hypothesis, and what they were before."""

    hypotheses: tuple[str, ...]
    before: tuple[float, ...]
    found: tuple[float, ...]


def _result(case: Case, one: _Result, scale: Scale) -> None:
    drawn, rows = [], []
    for h, was, p in zip(one.hypotheses, one.before, one.found, strict=True):
        drawn.append(Drawn(h, 0.0, p, None, was, percent(p)))
        name = named(case.hypothesis[h], _ROW)
        rows.append((name, percent(p), percent(was), words(scale, p)))
    title = "Coherent, and the estimate below"
    chart = probability_chart(case, drawn, title, "As estimated")
    controls.draw_chart(chart, "estimates")
    head = ("Hypothesis", "Coherent", "As estimated", _words(scale))
    table(head, rows, head[1:-1])


def _words(scale: Scale) -> str:
    return f"In words, {scale}"


def _mind(said: Sequence[str]) -> None:
    if said:
        listed = "\n".join(f"- {literal(text)}" for text in said)
        st.warning(f"**What this leaves out**\n\n{listed}")
