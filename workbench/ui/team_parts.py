"""What the Team page shows in parts: several analysts' results, kept by their entries.

Nobody's ratings are changed here, and each table says whose they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from workbench.case.judgments import Judgments
from workbench.case.model import Case, Consistency
from workbench.method.agreement import Agreement, Agreements, agreements, weighted_kappa
from workbench.method.coherence import Coherence, estimated
from workbench.method.group import Cell, Group, differing, group, pooled, stacked
from workbench.method.matrix import UNRATED, Matrix, build
from workbench.method.rounding import rounded
from workbench.method.scoring import Standing, assess
from workbench.ui import controls, state, still_matrix
from workbench.ui.controls import literal
from workbench.ui.found_once import found_once
from workbench.ui.headline import Reached
from workbench.ui.links import linked
from workbench.ui.prose_table import table
from workbench.ui.tables import compared_table, text_table
from workbench.wording import (
    NONE,
    clipped,
    counted,
    named,
    placed,
    plain,
    scored,
    shown,
)
from workbench.wording.agreeing import UNTOLD, describe_agreement, describe_taken_over
from workbench.wording.likely import percent
from workbench.wording.verdict import verdict_lines

PUBLISHED = "As published"
EVERYBODY = "Everybody, side by side"
_CELLS = 12  # that differ, before the rest is folded
_ROW = 64  # characters of a name
_ACROSS = 6  # columns of texts that a phone has room for
_HEAD = 40  # of a column's
_REASON = 160  # of a reason beside others
_TWO = 2


@dataclass(frozen=True)
class Team:
    """Several analysts of one case under one rule, and what they come to."""

    case: Case
    matrices: Mapping[str, Matrix]
    reached: Mapping[str, Reached]
    group: Group
    agreements: Agreements
    differing: tuple[Cell, ...]

    @property
    def names(self) -> Mapping[str, str]:
        """How sentences name each hypothesis."""
        return self.any_reached.names

    @property
    def any_reached(self) -> Reached:
        """One analyst's verdict: what does not hang on whose it is."""
        return next(iter(self.reached.values()))


def team() -> Team | None:
    """Put everybody who judged the case together, anew where anything changed.

    None where nobody did. Raises WorkbenchError where the ledger is out of reach.
    """
    analysts = state.analysts()
    given = analysts.judgments()
    if not given:
        return None
    basis = repr((state.case_read(), state.rule().value, state.count_all()))
    keys = {name: repr((name, analysts.follows_from(name))) for name in given}
    matrices = {name: _matrix(own) for name, own in given.items()}
    reached = {
        name: _reached(f"{basis} {keys[name]}", one) for name, one in matrices.items()
    }
    return _team(f"{basis} {list(keys.values())}", matrices, reached)


def _matrix(own: Judgments) -> Matrix:
    return build(state.case(), own, state.rule(), count_all=state.count_all())


@found_once(64)
def _reached(key: str, _matrix: Matrix) -> Reached:
    del key  # it stands for the matrix, which is not hashed
    return Reached.on(assess(_matrix))


@found_once(4)
def _team(
    key: str, _matrices: Mapping[str, Matrix], _reached: Mapping[str, Reached]
) -> Team:
    del key  # as above
    front = {id_ for one in _reached.values() for id_ in one.verdict.contenders}
    return Team(
        case=next(iter(_matrices.values())).basis.case,
        matrices=_matrices,
        reached=_reached,
        group=group(_matrices),
        agreements=agreements(_matrices),
        differing=differing(_matrices, front),
    )


# ---------------------------------------------------------------- side by side


def rankings(found: Team) -> None:
    """Show each one's scores and ranks, and the group's, an analyst a row."""
    hypotheses = found.any_reached.assessment.hypotheses
    rows = []
    for name, one in found.reached.items():
        each = [one.assessment.standing[h.id] for h in hypotheses]
        rows.append([name, *(f"{scored(at)} ({placed(at)})" for at in each)])
    said = "Score, with the rank in brackets."
    if len(found.matrices) > 1:
        rows += _of_group(found, [h.id for h in hypotheses])
        said += " First for: how many analysts have it first, a tie shared out."
    _by_hypothesis(hypotheses, rows, "Scores and ranks of each analyst")
    st.caption(said)


def _by_hypothesis(
    hypotheses: Iterable[Standing], rows: Sequence[Sequence[str]], about: str
) -> None:
    """Show rows with a text a hypothesis; many are scrolled within their table."""
    head = ["Analyst", *(clipped(f"{h.label} {h.title}", _HEAD) for h in hypotheses)]
    if len(head) <= _ACROSS:
        table(head, rows, head[1:])
    else:
        st.dataframe(text_table(head, rows), hide_index=True, alt=about)


def _of_group(found: Team, ids: Sequence[str]) -> list[list[str]]:
    """Give the rows of the group: mean scores with ranks, and how many lead."""
    rank_of = {
        id_: f"{sum(map(len, found.group.ranking[:place])) + 1}{'=' * (len(one) > 1)}"
        for place, one in enumerate(found.group.ranking)
        for id_ in one
    }
    scores, leads = found.group.scores, found.group.leads
    means = [f"{shown(scores[id_])} ({rank_of.get(id_, NONE)})" for id_ in ids]
    firsts = [f"{rounded(leads[id_] * len(found.matrices)):g}" for id_ in ids]
    return [["Mean", *means], ["First for", *firsts]]


def verdicts(found: Team) -> None:
    """Say each one's verdict, under their name."""
    for name, one in found.reached.items():
        headline, *rest = verdict_lines(one.assessment, one.verdict)
        st.markdown(
            f"**{literal(name)}**: {linked(headline)} {linked(' '.join(rest[:1]))}"
        )


# ---------------------------------------------------------------- cells


def whose_matrix(found: Team) -> None:
    """Show one analyst's ratings, the published ones, or all in each cell."""
    names = list(found.matrices)
    published = any(item.ratings for item in found.case.evidence)
    options = [EVERYBODY, *names, *([PUBLISHED] if published else [])]
    whose = controls.select("Ratings of", "team_whose", options, EVERYBODY, literal)
    if whose == EVERYBODY:
        st.html(still_matrix.spread(found.matrices, caption=_everybody(names)))
        st.caption("Each code with how many rated so. A frame marks where they differ.")
        return
    one = found.reached.get(whose)
    now = one.assessment if one else state.baseline()
    said = f"Ratings of {plain(whose)}" if one else "Ratings as published"
    st.html(still_matrix.html(now, caption=said))


def _everybody(names: Sequence[str]) -> str:
    return f"Ratings of {counted(len(names), 'analyst')}: {plain(', '.join(names))}"


def deciding(found: Team) -> None:
    """List the cells in which they differ, those that move the contenders first."""
    if len(found.matrices) < _TWO:
        st.markdown("One analyst alone has judged: there is nobody to differ from.")
        return
    if not found.differing:
        st.markdown("Wherever two analysts rated a cell, they rated it alike.")
        return
    shown_, more = found.differing[:_CELLS], found.differing[_CELLS:]
    cells(found, shown_)
    if more:
        with st.expander(f"{counted(len(more), 'more cell')} in which they differ"):
            cells(found, more)
    st.caption(
        "Effect: the item's mean weight times how far apart the ratings count under "
        "the rule. Hypotheses that may lead for anybody come first."
    )


def cells(found: Team, differ: Iterable[Cell]) -> None:
    """List cells: what each analyst says of them, and what that does to the scores."""
    case = found.case
    lines = []
    for one in differ:
        item, hypothesis = case.item[one.evidence], case.hypothesis[one.hypothesis]
        where = f"{named(item, _ROW)} against {clipped(hypothesis.title, _ROW)}"
        effect = f"effect {shown(one.effect)}"
        lines.append(f"- {linked(where)}, {effect}: {literal(said_of(found, one))}")
    st.markdown("\n".join(lines))


def said_of(found: Team, cell: Cell) -> str:
    """Say what each analyst who rated a cell says of it, as a text without marks."""
    return "; ".join(
        f"{name} {_rated(found, name, cell)}"
        for name in found.matrices
        if cell.codes[name] != UNRATED
    )


def _rated(found: Team, name: str, cell: Cell) -> str:
    code, whose, reason = _said(found, name, cell)
    more = whose or reason  # what is published can be read in the case
    return f"{code} ({more})" if more else code


def _said(found: Team, name: str, cell: Cell) -> tuple[str, str, str]:
    """Give an analyst's code of a cell, whose it is if not theirs, and the reason."""
    code = cell.codes[name]
    if code == UNRATED:
        return "unrated", "", ""
    own = found.matrices[name].basis.judgments
    rating = own.rating(found.case.item[cell.evidence], cell.hypothesis)
    whose = "" if (cell.evidence, cell.hypothesis) in own.ratings else "as published"
    reason = clipped(rating.because, _REASON) if rating else ""
    return list(Consistency)[code].value, whose, reason


# ---------------------------------------------------------------- agreement


def agreeing(found: Team) -> None:
    """Say how far they agree: as a whole, by hypothesis and item, two by two."""
    told = found.agreements
    st.markdown(f"Over all cells: {literal(describe_agreement(told.whole))}")
    st.markdown(
        "Over the cells that anybody rated other than N: "
        f"{literal(describe_agreement(told.telling))}"
    )
    if taken := describe_taken_over(told):
        st.warning(literal(taken))
    case = found.case
    by_hypothesis = [
        (named(case.hypothesis[id_], _ROW), *_alpha(one))
        for id_, one in told.hypotheses.items()
    ]
    table(["Hypothesis", *_ALPHA], by_hypothesis, _ALPHA)
    with st.expander("By item, the least agreed on first"):
        order = sorted(
            told.items.items(),
            key=lambda one: (one[1].alpha is None, one[1].alpha or 0.0),
        )
        table(
            ["Item", *_ALPHA],
            [(named(case.item[id_], _ROW), *_alpha(one)) for id_, one in order],
            _ALPHA,
        )
    if len(found.matrices) > _TWO:
        pairs = [
            (f"{one} and {other}", UNTOLD if kappa is None else shown(kappa))
            for (one, other), kappa in told.pairs.items()
        ]
        table(["Two by two", "Weighted kappa"], pairs, ["Weighted kappa"])
    st.caption(
        "Alpha is 1 for full agreement and 0 for what chance gives; NA and unrated "
        "cells count as missing (Krippendorff 2011). Kappa is linear, over all five "
        "levels (Cohen 1968). Agreement is of ratings: analysts may differ in every "
        "cell and have one ranking, and agree for one wrong reason."
    )


_ALPHA = ("Alpha", "95 in 100 resamples", "Cells rated by two or more")


def _alpha(one: Agreement) -> tuple[str, str, str]:
    if one.alpha is None:
        return UNTOLD, NONE, str(one.cells)
    return shown(one.alpha), f"{shown(one.low)} to {shown(one.high)}", str(one.cells)


def two_compared(found: Team) -> None:
    """Set two analysts side by side, cell by cell."""
    names = list(found.matrices)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        one = controls.select("One", "team_one", names, names[0], literal)
        others = [name for name in names if name != one]
        other = controls.select("Other", "team_other", others, others[0], literal)
    both = {name: found.matrices[name] for name in (one, other)}
    front = {id_ for name in both for id_ in found.reached[name].verdict.contenders}
    differ = differing(both, front)
    _, codes = stacked(both)
    kappa = weighted_kappa(*codes.reshape(_TWO, -1))
    if not differ:
        st.markdown("Wherever both rated a cell, they rated it alike.")
        return
    said = UNTOLD if kappa is None else shown(kappa)
    st.markdown(
        f"They differ in {counted(len(differ), 'cell')}; weighted kappa: {said}."
    )
    st.dataframe(
        compared_table(
            found.case, [(cell, _both(found, cell, both)) for cell in differ]
        ),
        hide_index=True,
        width="stretch",
        # Reasons take what is left, and the codes stand near the names on a phone.
        column_config={
            "Item": st.column_config.TextColumn(width=240),
            "Effect": st.column_config.NumberColumn(format="%.2f", width=70),
            **_codes(both),
        },
    )
    st.caption(
        "Effect: the item's mean weight times how far apart the two ratings count "
        "under the rule."
    )


def _codes(names: Iterable[str]) -> dict[str, Any]:
    narrow = dict.fromkeys(map(plain, names), st.column_config.TextColumn(width=105))
    return {"Hypothesis": st.column_config.TextColumn(width=130), **narrow}


def _both(
    found: Team, cell: Cell, names: Iterable[str]
) -> list[tuple[str, str, str, str]]:
    return [(name, *_said(found, name, cell)) for name in names]


# ---------------------------------------------------------------- probabilities

_POOLS = {"mean": "Mean", "median": "Median", "geometric": "Geometric mean of odds"}


def probabilities(found: Team) -> None:
    """Pool the direct estimates, each made coherent first; the raw ones beside."""
    given = {}
    for name, one in found.matrices.items():
        if one.basis.judgments.probabilities:
            given[name] = estimated(one, Coherence.NORMALISE)
    able = {name: one for name, one in given.items() if one is not None}
    if not able:
        st.markdown(
            "Nobody has estimated every hypothesis directly, on the page Probability."
        )
        return
    pools = pooled([np.array(one.probabilities) for one in able.values()])
    way = controls.choice(
        "Pooled by", "team_pool", list(_POOLS), "mean", lambda one: _POOLS[one]
    )
    rows = [
        [
            name,
            *(
                f"{percent(p)} ({percent(raw)})"
                for p, raw in zip(one.probabilities, one.raw, strict=True)
            ),
        ]
        for name, one in able.items()
    ]
    rows.append([_POOLS[way], *map(percent, pools[way])])
    hypotheses = found.any_reached.assessment.hypotheses
    _by_hypothesis(hypotheses, rows, "Probabilities of each analyst")
    without = [name for name in given if name not in able]
    left = (
        f" Left out, since an estimate is missing: {', '.join(without)}."
        if without
        else ""
    )
    st.caption(
        "Each analyst's estimates made coherent, as stated in brackets; then every "
        "analyst counts alike. Nothing is moved towards the ends: analysts of one "
        f"dossier share what they know (Baron and others 2014).{literal(left)}"
    )
