"""A case as the documents of its published format; reads none, and knows no files.

A document is the mapping that one YAML file holds, or one value of the JSON export.
Key order is that of the published format.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from workbench.case.model import (
    Assumption,
    Case,
    Consistency,
    Evidence,
    Hypothesis,
    Outcome,
    Question,
    Rating,
    Source,
)

FORMAT: Final = 1
QUESTION_KEYS: Final = (
    "id",
    "question",
    "title",
    "as_of",
    "background",
    "format",
    "rule",
    "handling",
    "outcome",
    "assumptions",
)
ASSUMPTION_KEYS: Final = ("text", "basis", "confidence", "breaks_if", "carries")
OUTCOME_KEYS: Final = ("hypothesis", "known", "because")
HYPOTHESIS_KEYS: Final = (
    "label",
    "title",
    "statement",
    "status",
    "prior",
    "predicts",
    "refuted_by",
)
INDICATOR_KEYS: Final = ("text", "by", "state", "on", "ratings", "item")
SOURCE_KEYS: Final = (
    "name",
    "publisher",
    "author",
    "kind",
    "published",
    "url",
    "accessed",
    "archived",
    "short",
    "reliability",
    "interest",
    "serves",
    "deception",
)
DECEPTION_KEYS: Final = (
    "motive",
    "opportunity",
    "means",
    "past",
    "corroboration",
    "gain",
)
EVIDENCE_KEYS: Final = (
    "label",
    "title",
    "statement",
    "kind",
    "date",
    "known",
    "sources",
    "tags",
    "origin",
    "grade",
    "credibility",
    "relevance",
    "status",
    "ratings",
    "caveat",
)
CODES: Final = tuple(code.value for code in Consistency)
HYPOTHESIS_STATES: Final = ("active", "parked", "rejected")
EVIDENCE_STATES: Final = ("active", "set-aside")
INDICATOR_STATES: Final = ("open", "observed", "not-observed")

Document = dict[str, Any]


def _filled(document: Document) -> Document:
    """Drop what says nothing."""
    return {k: v for k, v in document.items() if v not in (None, "", [], {})}


def question_document(question: Question) -> Document:
    """Give the mapping that `_question.yaml` holds."""
    return _filled(
        {
            "id": question.id,
            "question": question.question,
            "title": question.title,
            "as_of": question.as_of and question.as_of.isoformat(),
            "background": question.background,
            "format": FORMAT,
            "rule": question.rule.value,
            "handling": question.handling,
            "outcome": question.outcome and _outcome(question.outcome),
            "assumptions": [_assumption(one) for one in question.assumptions],
        }
    )


def _outcome(outcome: Outcome) -> Document:
    because = outcome.because
    known = outcome.known and outcome.known.text
    stated = _filled({"known": known, "because": because})
    return {"hypothesis": outcome.hypothesis or None, **stated}  # null: none of these


def _assumption(assumption: Assumption) -> str | Document:
    document = _filled(
        {
            "text": assumption.text,
            "basis": assumption.basis,
            "confidence": assumption.confidence,
            "breaks_if": assumption.breaks_if,
            "carries": list(assumption.carries),
        }
    )
    return assumption.text if len(document) == 1 else document


def hypothesis_document(hypothesis: Hypothesis) -> Document:
    """Give the mapping that a hypothesis's file holds."""
    predicts = [
        _filled(
            {
                "text": one.text,
                "by": one.by and one.by.text,
                "state": one.state,
                "on": one.on and one.on.text,
                "ratings": _ratings(one.ratings),
                "item": one.item,
            }
        )
        for one in hypothesis.predicts
    ]
    return _filled(
        {
            "label": hypothesis.label,
            "title": hypothesis.title,
            "statement": hypothesis.statement,
            "status": hypothesis.status,
            "prior": hypothesis.prior,
            "predicts": predicts,
            "refuted_by": list(hypothesis.refuted_by),
        }
    )


def _ratings(ratings: Mapping[str, Rating]) -> Document:
    return {
        id_: _filled({"rating": r.consistency.value, "because": r.because})
        for id_, r in ratings.items()
    }


def source_document(source: Source) -> Document:
    """Give the mapping of one source; a source's unknown facts stay as empty keys."""
    document: Document = {key: getattr(source, key) for key in SOURCE_KEYS}
    for key in ("published", "accessed"):
        document[key] = document[key] and document[key].text
    document["serves"] = list(source.serves)
    document["deception"] = dict(source.deception)
    return _filled(document)


def evidence_document(item: Evidence) -> Document:
    """Give the mapping that an item's file holds."""
    return _filled(
        {
            "label": item.label,
            "title": item.title,
            "statement": item.statement,
            "kind": item.kind.value,
            "date": item.date and item.date.text,
            "known": item.known and item.known.text,
            "sources": [
                _filled({"source": c.source, "at": c.at}) for c in item.sources
            ],
            "tags": list(item.tags),
            "origin": item.origin,
            "grade": item.grade,
            "credibility": item.credibility,
            "relevance": item.relevance,
            "status": item.status,
            "ratings": _ratings(item.ratings),
            "caveat": item.caveat,
        }
    )


def case_document(case: Case) -> Document:
    """Give the whole case as one mapping, the form of the JSON export."""
    return {
        "question": question_document(case.question),
        "hypotheses": {h.id: hypothesis_document(h) for h in case.hypotheses},
        "sources": {s.id: source_document(s) for s in case.sources},
        "evidence": {e.id: evidence_document(e) for e in case.evidence},
    }
