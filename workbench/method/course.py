"""Scores followed change by change, each anew where it must be; exact, as `assess` is.

A rating or an emphasis touches one cell or one row: only the columns that it reaches
are summed again. Whatever else changes builds the matrix anew.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from workbench.case.entry import Change, EntryKind
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Evidence, Hypothesis, Rule
from workbench.method.matrix import NA, UNRATED, build, source_emphasis
from workbench.method.schemes import ORDER
from workbench.method.scoring import Ranking, rank

_CELL: Final = frozenset({EntryKind.RATING, EntryKind.REASON})
_ROW: Final = frozenset({EntryKind.EMPHASIS, EntryKind.SOURCE_EMPHASIS})
_ANEW: Final = frozenset(
    {
        EntryKind.CREDIBILITY,
        EntryKind.RELEVANCE,
        EntryKind.ORIGIN,
        EntryKind.EXCLUSION,
    }
)


class Course:
    """The ranking of a case as one analyst's judgments change.

    `rule` is None for the case's own, whichever that is.
    """

    def __init__(
        self,
        case: Case,
        judgments: Judgments,
        rule: Rule | None = None,
        *,
        count_all: bool = False,
    ) -> None:
        self._rule, self._count_all = rule, count_all
        self._case = case
        self._build(judgments)

    def follow(self, judgments: Judgments, changes: Iterable[Change]) -> None:
        """Take in changes; `judgments` are those that stand once all are made."""
        found = list(changes)
        if any(change.kind in _ANEW for change in found):
            self._build(judgments)
            return
        reached: set[int] = set()
        for change in found:
            if change.kind in _CELL:
                reached |= self._cell(judgments, change)
            elif change.kind in _ROW:
                reached |= self._rows(judgments, change)
        if reached:
            self._sum(reached)

    def take(self, case: Case, judgments: Judgments) -> None:
        """Go on with another case; what no score hangs on changes nothing."""
        before, self._case = self._case, case
        if _scored(before) != _scored(case):
            self._build(judgments)

    @property
    def ranking(self) -> Ranking:
        """The order as it stands, ties in one group."""
        return self._ranking

    @property
    def scores(self) -> dict[str, float | None]:
        """Scores by active hypothesis, None for one without a rank."""
        return self._scores

    def _build(self, judgments: Judgments) -> None:
        case = self._case
        matrix = build(case, judgments, self._rule, count_all=self._count_all)
        self._row = {item.id: i for i, item in enumerate(matrix.evidence)}
        self._column = {h.id: j for j, h in enumerate(matrix.hypotheses)}
        self._citing: dict[str, list[int]] = {}
        for i, item in enumerate(matrix.evidence):
            for one in item.sources:
                self._citing.setdefault(one.source, []).append(i)
        self._items = matrix.evidence
        self._codes = matrix.codes.T.tolist()
        self._base = matrix.base_weights.tolist()
        self._emphases = matrix.emphases.tolist()
        self._of_sources = matrix.source_emphases.tolist()
        self._weights = matrix.weights.tolist()
        self._values = matrix.values.tolist()
        self._effects = matrix.effects.T.tolist()
        self._counted = (matrix.codes < NA).sum(axis=0).tolist()
        self._least_first = matrix.least_first
        self._sums = [0.0] * len(self._column)
        self._sum(set(range(len(self._column))))

    def _cell(self, judgments: Judgments, change: Change) -> set[int]:
        i = self._row.get(change.evidence or "")
        j = self._column.get(change.hypothesis or "")
        if i is None or j is None:
            return set()
        rating = judgments.rating(self._items[i], change.hypothesis or "")
        code = UNRATED if rating is None else ORDER[rating.consistency]
        was = self._codes[j][i]
        if code == was:
            return set()
        self._codes[j][i] = code
        self._counted[j] += (code < NA) - (was < NA)
        self._effects[j][i] = self._weights[i] * self._values[code]
        return {j}

    def _rows(self, judgments: Judgments, change: Change) -> set[int]:
        if change.kind is EntryKind.EMPHASIS:
            rows = [self._row[change.evidence]] if change.evidence in self._row else []
            for i in rows:
                self._emphases[i] = judgments.emphasis(self._items[i].id)
        else:
            rows = self._citing.get(change.source or "", [])
            for i in rows:
                self._of_sources[i] = source_emphasis(self._items[i], judgments)
        for i in rows:
            weight = self._base[i] * self._emphases[i] * self._of_sources[i]
            self._weights[i] = weight
            for j, codes in enumerate(self._codes):
                self._effects[j][i] = weight * self._values[codes[i]]
        return set(self._column.values()) if rows else set()

    def _sum(self, columns: Iterable[int]) -> None:
        for j in columns:
            self._sums[j] = math.fsum(self._effects[j])
        ids = list(self._column)
        ranked = [count > 0 for count in self._counted]
        groups = rank(self._sums, ranked, least_first=self._least_first)
        self._ranking: Ranking = tuple(tuple(ids[j] for j in one) for one in groups)
        self._scores: dict[str, float | None] = {
            id_: self._sums[j] + 0.0 if ranked[j] else None for j, id_ in enumerate(ids)
        }


def _scored(case: Case) -> tuple[object, ...]:
    """Give all of a case that a score hangs on."""
    return (
        case.question.rule,
        [_scored_hypothesis(one) for one in case.hypotheses],
        [_scored_item(one) for one in case.evidence],
    )


def _scored_hypothesis(one: Hypothesis) -> tuple[object, ...]:
    return one.id, one.status


def _scored_item(one: Evidence) -> tuple[object, ...]:
    return (
        one.id,
        one.status,
        one.origin,
        one.credibility,
        one.relevance,
        [citation.source for citation in one.sources],
        {id_: rating.consistency for id_, rating in one.ratings.items()},
    )
