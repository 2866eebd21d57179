"""A case as STIX 2.1, so that threat intelligence platforms can take it; written only.

Hypotheses become groupings, items notes, sources identities, ratings opinions: from
strongly agree for CC to strongly disagree for II. NA and unrated have no opinion. Ids
are made of the case's own, so that the same case gives the same objects.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from typing import Any, Final

from workbench.case.judgments import Judgments
from workbench.case.model import Case, Consistency, Evidence, Rule
from workbench.exchange.outgoing import (
    STRONG,
    Target,
    Written,
    lost,
    one_line,
    settled,
    to_json,
)
from workbench.wording import counted

OPINIONS: Final[Mapping[Consistency, str]] = {
    Consistency.CC: "strongly-agree",
    Consistency.C: "agree",
    Consistency.N: "neutral",
    Consistency.I: "disagree",
    Consistency.II: "strongly-disagree",
}
_NAMESPACE: Final = uuid.UUID("6f3e1c1e-9a57-5d0a-8c7b-3f8f6b0f2a51")
_PUBLISHED: Final = "as published"
_CARRIED: Final = (
    STRONG,
    "the background",
    "reasons of ratings",
    "labels",
    "tags of items",
    "dates of items",
    "several sources of an item, which become one text",
    "the handling line",
)


def write(
    case: Case, judgments: Judgments, date: dt.date, analyst: str | None
) -> Written:
    """Write a bundle; `analyst` is the author of its opinions."""
    kept = settled(case, judgments)
    objects = list(_Bundle(kept, date, analyst or _PUBLISHED).objects())
    bundle = {
        "type": "bundle",
        "id": _id("bundle", kept, date.isoformat(), analyst or ""),
        "objects": objects,
    }
    notes = [*lost(case, judgments, Rule.INCONSISTENCY, _CARRIED)]
    levels = {level for e in kept.evidence for level in (e.credibility, e.relevance)}
    if levels - {"medium"}:
        notes.append("the credibility and relevance of items")
    ratings = (r.consistency for e in kept.evidence for r in e.ratings.values())
    if many := sum(code is Consistency.NA for code in ratings):
        notes.append(f"ratings of NA, which have no opinion ({counted(many, 'place')})")
    return Written(to_json(bundle), tuple(notes))


def _id(type_: str, case: Case, *parts: str) -> str:
    name = "\n".join((case.question.id or case.question.question, *parts))
    return f"{type_}--{uuid.uuid5(_NAMESPACE, name)}"


class _Bundle:
    """The objects of one case; each names others by their ids."""

    def __init__(self, case: Case, date: dt.date, author: str) -> None:
        self.case, self.author = case, author
        self.when = f"{date.isoformat()}T00:00:00.000Z"
        self.hypotheses = {
            one.id: _id("grouping", case, one.id) for one in case.hypotheses
        }
        self.items = {one.id: _id("note", case, one.id) for one in case.evidence}
        self.sources = {one.id: _id("identity", case, one.id) for one in case.sources}
        self.report = _id("report", case)

    def _made(self, type_: str, id_: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
        made = {
            "type": type_,
            "spec_version": "2.1",
            "id": id_,
            "created": self.when,
            "modified": self.when,
        }
        return made | {name: value for name, value in more.items() if value}

    def objects(self) -> Iterator[dict[str, Any]]:
        """Walk the objects: sources, items, hypotheses, ratings, the question."""
        yield from self._identities()
        for item in self.case.evidence:
            yield self._note(item)
        for one in self.case.hypotheses:
            yield self._made(
                "grouping",
                self.hypotheses[one.id],
                name=f"{one.label} {one_line(one.title)}",
                description=one.statement,
                context="unspecified",
                object_refs=list(self.items.values()) or [self.report],
            )
        for item in self.case.evidence:
            yield from self._opinions(item)
        question = self.case.question
        parts = (question.background, question.handling)
        yield self._made(
            "report",
            self.report,
            name=one_line(question.question),
            description="\n\n".join(filter(None, parts)),
            published=self.when,
            report_types=["threat-report"],
            object_refs=[*self.hypotheses.values(), *self.items.values()],
        )

    def _identities(self) -> Iterator[dict[str, Any]]:
        cited = {c.source for item in self.case.evidence for c in item.sources}
        for source in self.case.sources:
            if source.id not in cited:
                continue
            yield self._made(
                "identity",
                self.sources[source.id],
                name=one_line(source.name),
                identity_class="unknown",
                external_references=[{"source_name": source.name, "url": source.url}]
                if source.url
                else [],
            )

    def _note(self, item: Evidence) -> dict[str, Any]:
        cited = [self.case.source[c.source] for c in item.sources]
        references = [
            {"source_name": source.name, "external_id": source.id}
            | ({"url": source.url} if source.url else {})
            | ({"description": citation.at} if citation.at else {})
            for source, citation in zip(cited, item.sources, strict=True)
        ]
        dated = [f"date:{item.date.text}"] if item.date else []
        return self._made(
            "note",
            self.items[item.id],
            abstract=f"{item.label} {one_line(item.title)}",
            content=item.statement,
            labels=[*map(one_line, item.tags), *dated],
            created_by_ref=self.sources[item.sources[0].source] if cited else "",
            external_references=references,
            object_refs=[self.report],
        )

    def _opinions(self, item: Evidence) -> Iterator[dict[str, Any]]:
        for one in self.case.hypotheses:
            rating = item.ratings.get(one.id)
            if rating is None or rating.consistency not in OPINIONS:
                continue
            yield self._made(
                "opinion",
                _id("opinion", self.case, self.author, item.id, one.id),
                opinion=OPINIONS[rating.consistency],
                explanation=rating.because,
                authors=[self.author],
                object_refs=[self.items[item.id], self.hypotheses[one.id]],
            )


TARGET: Final = Target(
    "stix", "STIX 2.1 (OpenCTI, MISP)", "stix.json", "application/json", write
)
