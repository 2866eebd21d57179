"""What differs between a case as judged at two moments; not when, nor who did it.

Ids of the first moment are turned into those of the second before anything is compared.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from workbench.case.document import (
    Document,
    evidence_document,
    hypothesis_document,
    question_document,
    source_document,
)
from workbench.case.editing.acts import (
    rename_evidence,
    rename_hypothesis,
    rename_source,
)
from workbench.case.editing.plan import Renamed
from workbench.case.entry import Change, EntryKind, Value
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Evidence, Hypothesis, Rating, Source
from workbench.errors import WorkbenchError
from workbench.method.scoring import TIE, Assessment

What: TypeAlias = Literal["question", "hypothesis", "evidence", "source"]
Thing: TypeAlias = Hypothesis | Evidence | Source
_WEIGHED: Final = (
    EntryKind.CREDIBILITY,
    EntryKind.RELEVANCE,
    EntryKind.EMPHASIS,
    EntryKind.ORIGIN,
    EntryKind.EXCLUSION,
)
_OF_HYPOTHESIS: Final = (EntryKind.PRIOR, EntryKind.PROBABILITY)
_OF_PART: Final = (EntryKind.LIKELIHOOD, EntryKind.NARRATIVE)
# What is compared as a judgment in force, and not as a text.
_JUDGED: Final = ("ratings", "credibility", "relevance", "origin", "status")


@dataclass(frozen=True)
class CellDifference:
    """A cell whose code or reason is another; None is unrated."""

    evidence: str
    hypothesis: str
    before: Rating | None
    after: Rating | None

    @property
    def of_code(self) -> bool:
        """Whether the code itself is another."""
        codes = [one and one.consistency for one in (self.before, self.after)]
        return codes[0] != codes[1]


@dataclass(frozen=True)
class ValueDifference:
    """A judgment that is another: where it is, and what was and is in force there."""

    change: Change
    before: Value
    after: Value


@dataclass(frozen=True)
class WeightDifference:
    """An item of both matrices whose weight is another."""

    evidence: str
    before: float
    after: float


@dataclass(frozen=True)
class ThingDifference:
    """A hypothesis, item or source that is there at one of the two moments alone."""

    what: What
    before: Thing | None
    after: Thing | None


@dataclass(frozen=True)
class TextDifference:
    """A field whose text is another, with its values as files have them."""

    what: What
    id: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Differences:
    """All that differs between two moments, in the order of labels."""

    cells: tuple[CellDifference, ...] = ()
    values: tuple[ValueDifference, ...] = ()
    weights: tuple[WeightDifference, ...] = ()
    things: tuple[ThingDifference, ...] = ()
    texts: tuple[TextDifference, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        parts = self.cells, self.values, self.weights, self.things, self.texts
        return any(parts)


def differences(
    before: Assessment, after: Assessment, ids: Renamed | None = None
) -> Differences:
    """Find what differs between two assessments of one case."""
    ids = ids or Renamed()
    first, second = before.matrix.basis, after.matrix.basis
    was = _Side(first.case, first.judgments, ids)
    now = _Side(second.case, second.judgments, Renamed())
    return Differences(
        cells=tuple(_cells(was, now)),
        values=tuple(_values(was, now)),
        weights=tuple(_weights(before, after, ids)),
        things=tuple(_things(was, now)),
        texts=tuple(_texts(was, now)),
    )


class _Side:
    """One moment, its things by the ids that they have at the second.

    texts: the case with every id turned, so that a reference is no other text.
    """

    def __init__(self, case: Case, judgments: Judgments, ids: Renamed) -> None:
        self.case, self.judgments = case, judgments
        self.texts = _turned(case, ids)
        self.hypotheses = {ids.hypotheses.get(h.id, h.id): h for h in case.hypotheses}
        self.items = {ids.evidence.get(e.id, e.id): e for e in case.evidence}
        self.sources = {ids.sources.get(s.id, s.id): s for s in case.sources}

    def value(self, kind: EntryKind, id_: str) -> Value:
        """Give the judgment in force about a thing, named as at the second moment."""
        if kind is EntryKind.SOURCE_EMPHASIS:
            change = Change(kind, source=self.sources[id_].id)
        elif kind in _OF_HYPOTHESIS:
            change = Change(kind, hypothesis=self.hypotheses[id_].id)
        elif kind in _WEIGHED:
            change = Change(kind, evidence=self.items[id_].id)
        else:
            change = Change(kind, part=id_)
        return self.judgments.value(self.case, change)[0]


def _turned(case: Case, ids: Renamed) -> Case:
    """Give a case under other ids; one that is taken stays as it is."""
    for renames, rename in (
        (ids.hypotheses, rename_hypothesis),
        (ids.evidence, rename_evidence),
        (ids.sources, rename_source),
    ):
        for old, new in renames.items():
            with contextlib.suppress(WorkbenchError):
                case = rename(case, old, new).case
    return case


def _both(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Give what is on both sides, in the order of the second."""
    return [id_ for id_ in other if id_ in one]


def _cells(was: _Side, now: _Side) -> Iterator[CellDifference]:
    hypotheses = _both(was.hypotheses, now.hypotheses)
    for item in _both(was.items, now.items):
        for hypothesis in hypotheses:
            before = was.judgments.rating(
                was.items[item], was.hypotheses[hypothesis].id
            )
            after = now.judgments.rating(now.items[item], hypothesis)
            if before != after:
                yield CellDifference(item, hypothesis, before, after)


def _values(was: _Side, now: _Side) -> Iterator[ValueDifference]:
    for change, id_ in _judged(was, now):
        kind = EntryKind(change.kind)
        before, after = was.value(kind, id_), now.value(kind, id_)
        if before != after:
            yield ValueDifference(change, before, after)


def _judged(was: _Side, now: _Side) -> Iterator[tuple[Change, str]]:
    """Name every judgment beside the cells that may differ."""
    for kind in _WEIGHED:
        for id_ in _both(was.items, now.items):
            yield Change(kind, evidence=id_), id_
    for id_ in _both(was.sources, now.sources):
        yield Change(EntryKind.SOURCE_EMPHASIS, source=id_), id_
    for kind in _OF_HYPOTHESIS:
        for id_ in _both(was.hypotheses, now.hypotheses):
            yield Change(kind, hypothesis=id_), id_
    for kind in _OF_PART:
        stated = {**was.judgments.beyond()[kind], **now.judgments.beyond()[kind]}
        for part in stated:
            yield Change(kind, part=part), part


def _weights(
    before: Assessment, after: Assessment, ids: Renamed
) -> Iterator[WeightDifference]:
    was = {ids.evidence.get(one.id, one.id): one.weight for one in before.evidence}
    for one in after.evidence:
        if one.id in was and abs(was[one.id] - one.weight) > TIE:
            yield WeightDifference(one.id, was[one.id], one.weight)


def _things(was: _Side, now: _Side) -> Iterator[ThingDifference]:
    parts: tuple[tuple[What, Mapping[str, Thing], Mapping[str, Thing]], ...] = (
        ("hypothesis", was.hypotheses, now.hypotheses),
        ("evidence", was.items, now.items),
        ("source", was.sources, now.sources),
    )
    for what, first, second in parts:
        for id_, one in first.items():
            if id_ not in second:
                yield ThingDifference(what, one, None)
        for id_, one in second.items():
            if id_ not in first:
                yield ThingDifference(what, None, one)


def _texts(was: _Side, now: _Side) -> Iterator[TextDifference]:
    first, second = was.texts, now.texts
    yield from _fields(
        "question",
        "",
        question_document(first.question),
        question_document(second.question),
    )
    for id_ in _both(first.hypothesis, second.hypothesis):
        yield from _fields(
            "hypothesis",
            id_,
            hypothesis_document(first.hypothesis[id_]),
            hypothesis_document(second.hypothesis[id_]),
        )
    for id_ in _both(first.item, second.item):
        yield from _fields(
            "evidence",
            id_,
            evidence_document(first.item[id_]),
            evidence_document(second.item[id_]),
            but=_JUDGED,
        )
    for id_ in _both(first.source, second.source):
        yield from _fields(
            "source",
            id_,
            source_document(first.source[id_]),
            source_document(second.source[id_]),
        )


def _fields(
    what: What,
    id_: str,
    before: Document,
    after: Document,
    but: tuple[str, ...] = (),
) -> Iterator[TextDifference]:
    for key in dict.fromkeys([*before, *after]):
        if key not in but and before.get(key) != after.get(key):
            yield TextDifference(what, id_, key, before.get(key), after.get(key))
