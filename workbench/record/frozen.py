"""What a round freezes of a case: question, hypotheses, items with their levels.

Ratings are no part of it, nor what is only a name: labels, tags, the state of a sign.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from workbench.case.document import (
    evidence_document,
    hypothesis_document,
    source_document,
)
from workbench.case.entry import canonical
from workbench.case.model import Case, Evidence

_QUESTION = "question"


@dataclass(frozen=True)
class Touched:
    """What is other than it was frozen, of what the case has now, by id."""

    items: frozenset[str] = frozenset()
    hypotheses: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.items or self.hypotheses)

    def holds(self, evidence: str | None, hypothesis: str | None) -> bool:
        """Tell whether a cell is in a row or a column that was touched."""
        return evidence in self.items or hypothesis in self.hypotheses


def freeze(case: Case) -> dict[str, str]:
    """Give the digest of each thing that a round freezes, by what it is.

    An item's covers the sources that it cites.
    """
    question = case.question
    found = {_QUESTION: _digest([question.question, question.background])}
    for one in case.hypotheses:
        told = hypothesis_document(replace(one, label="", predicts=(), prior=None))
        found[f"hypotheses/{one.id}"] = _digest(told)
    for item in case.evidence:
        found[f"evidence/{item.id}"] = _digest(_said(case, item))
    return found


def fingerprint(frozen: Mapping[str, str]) -> str:
    """Name all that is frozen by one digest."""
    return _digest(dict(frozen))


def touched(then: Mapping[str, str], case: Case) -> Touched:
    """Find what of a case is new or says something else than when it was frozen.

    Under another question everything is.
    """
    now = freeze(case)
    anew = then.get(_QUESTION) != now[_QUESTION]

    def of(part: str, ids: Mapping[str, object]) -> frozenset[str]:
        keys = {id_: f"{part}/{id_}" for id_ in ids}
        return frozenset(
            id_ for id_, key in keys.items() if anew or then.get(key) != now[key]
        )

    return Touched(of("evidence", case.item), of("hypotheses", case.hypothesis))


def _said(case: Case, item: Evidence) -> list[Any]:
    cited = [case.source[one.source] for one in item.sources]
    plain = replace(item, label="", tags=(), ratings={})
    return [evidence_document(plain), [source_document(one) for one in cited]]


def _digest(value: object) -> str:
    return "sha256:" + hashlib.sha256(canonical(value)).hexdigest()
