"""What another table or case has, brought into this one: items, sources, hypotheses.

Ratings come along as those of who brings them, who judges thereby: the ledger says who.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.case.document import (
    evidence_document,
    hypothesis_document,
    source_document,
)
from workbench.case.editing import acts
from workbench.case.editing.acts import Done
from workbench.case.model import Case, Citation, Hypothesis, Question, Rating
from workbench.case.nodes import Faults, represent
from workbench.case.reading import read_evidence, read_hypothesis, read_sources
from workbench.errors import WorkbenchError

_PARTS = ("hypotheses", "sources", "evidence")


def request_of(other: Case) -> dict[str, Any]:
    """Give the act that brings all of a case into another."""
    return {
        "act": "bring",
        "hypotheses": {h.id: hypothesis_document(h) for h in other.hypotheses},
        "sources": {s.id: source_document(s) for s in other.sources},
        "evidence": {item.id: evidence_document(item) for item in other.evidence},
    }


def same_hypothesis(case: Case, other: Hypothesis) -> Hypothesis | None:
    """Find the hypothesis that another is called like, by title, label or both."""
    wanted = other.title.casefold()
    for one in case.hypotheses:
        if wanted in (
            one.title.casefold(),
            one.label.casefold(),
            f"{one.label} {one.title}".casefold(),
        ):
            return one
    return None


def bring(case: Case, request: Mapping[str, Any]) -> Done:
    """Add what is not there yet: every item, and by their names the rest.

    Raises WorkbenchError, which says what was found and what is allowed.
    """
    other = _read(request)
    sources = {one.name.casefold(): one.id for one in case.sources}
    known: dict[str, str] = {}
    columns: dict[str, str] = {}
    rated: dict[tuple[str, str], Rating] = {}
    for one in other.hypotheses:
        same = same_hypothesis(case, one)
        if same is None:
            done = acts.add_hypothesis(case, one.title, one.statement)
            case, columns[one.id] = done.case, done.id
        else:
            columns[one.id] = same.id
    for source in other.sources:
        found = sources.get(source.name.casefold())
        if found is None:
            done = acts.add_source(case, source.name)
            case = acts.with_source(
                done.case, done.id, **_fields(source, ("id", "name"))
            )
            found = done.id
        known[source.id] = found
    for item in other.evidence:
        cited = tuple(
            Citation(known[one.source], one.at)
            for one in item.sources
            if one.source in known
        )
        fields = _fields(item, ("id", "label", "title", "statement", "ratings"))
        done = acts.add_evidence(
            case, item.title, item.statement, **{**fields, "sources": cited}
        )
        case = done.case
        for id_, rating in item.ratings.items():
            if id_ in columns:
                rated[done.id, columns[id_]] = rating
    return Done(case, rated=rated)


def _fields(thing: object, but: tuple[str, ...]) -> dict[str, Any]:
    names: Mapping[str, Any] = thing.__dataclass_fields__  # type: ignore[attr-defined]
    return {name: getattr(thing, name) for name in names if name not in but}


def _read(request: Mapping[str, Any]) -> Case:
    """Read the documents of a request as the files of a case are read."""
    faults = Faults("")
    given = {part: request.get(part, {}) for part in _PARTS}
    if not all(isinstance(one, Mapping) for one in given.values()):
        raise WorkbenchError("bring: hypotheses, sources and evidence are objects")
    nodes = {
        part: {id_: represent(one) for id_, one in documents.items()}
        for part, documents in given.items()
    }
    hypotheses = nodes["hypotheses"].items()
    case = Case(
        question=Question("(none)", "(none)"),
        hypotheses=tuple(read_hypothesis(id_, one, faults) for id_, one in hypotheses),
        sources=read_sources(represent(dict(given["sources"])), faults),
        evidence=tuple(
            read_evidence(id_, one, faults) for id_, one in nodes["evidence"].items()
        ),
    )
    if faults.errors:
        raise WorkbenchError("; ".join(str(one.message) for one in faults.errors))
    return case
