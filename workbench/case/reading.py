"""Read a case's documents, noting every fault at its place; knows no files."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeVar

import yaml

from workbench.case.document import (
    ASSUMPTION_KEYS,
    CODES,
    DECEPTION_KEYS,
    EVIDENCE_KEYS,
    EVIDENCE_STATES,
    FORMAT,
    HYPOTHESIS_KEYS,
    HYPOTHESIS_STATES,
    INDICATOR_KEYS,
    INDICATOR_STATES,
    OUTCOME_KEYS,
    QUESTION_KEYS,
    SOURCE_KEYS,
)
from workbench.case.model import (
    CONFIDENCES,
    ID_PATTERN,
    LEVELS,
    MAX_CASE_ID,
    MAX_LEVEL,
    Assumption,
    Case,
    Citation,
    Consistency,
    Evidence,
    Hypothesis,
    Indicator,
    Kind,
    Level,
    Outcome,
    Question,
    Rating,
    Rule,
    Source,
)
from workbench.case.nodes import (
    Faults,
    Reader,
    Reference,
    identifier,
    number,
    one_of,
    represent,
    shown,
)
from workbench.case.references import check_labels, check_references
from workbench.errors import ContentErrors

T = TypeVar("T")


def read_question(node: yaml.Node, faults: Faults) -> Question:
    """Read `_question.yaml`."""
    r = Reader(node, faults)
    r.close(QUESTION_KEYS)
    form = r.text("format", required=True)
    if form and form != str(FORMAT):
        r.fault("format", f"{shown(form)}; this program reads format {FORMAT}")
    rules = tuple(rule.value for rule in Rule)
    id_ = r.parsed("id", identifier, f"no id; {ID_FORM}", "")
    if len(id_) > MAX_CASE_ID:
        r.fault("id", f"longer than {MAX_CASE_ID} characters; shorten it")
    return Question(
        question=r.text("question", required=True),
        title=r.text("title", required=True),
        as_of=r.day("as_of"),
        background=r.text("background"),
        rule=Rule(r.word("rule", rules, Rule.WEIGHTED_INCONSISTENCY)),
        handling=r.text("handling"),
        assumptions=_assumptions(r),
        outcome=_outcome(r),
        id=id_,
    )


def _assumptions(r: Reader) -> tuple[Assumption, ...]:
    found = []
    for node, path in r.items("assumptions"):
        if isinstance(node, yaml.MappingNode):
            one = r.child(node, path)
            one.close(ASSUMPTION_KEYS)
            assumption = Assumption(
                text=one.text("text", required=True),
                basis=one.text("basis"),
                confidence=one.word("confidence", CONFIDENCES, ""),
                breaks_if=one.text("breaks_if"),
                carries=one.refers("hypothesis", "carries"),
            )
            found.append(assumption)
        elif text := r.scalar(node, path):
            found.append(Assumption(text))
    return tuple(found)


def _outcome(r: Reader) -> Outcome | None:
    one = r.mapping("outcome")
    if one is None:
        return None
    one.close(OUTCOME_KEYS)
    if "hypothesis" not in one.keys and isinstance(one.node, yaml.MappingNode):
        said = "missing; name a hypothesis by its id, or write null for none of these"
        one.fault("hypothesis", said)
    return Outcome(
        hypothesis=one.refer("hypothesis", "hypothesis"),
        known=one.date("known"),
        because=one.text("because"),
    )


def read_hypothesis(id_: str, node: yaml.Node, faults: Faults) -> Hypothesis:
    """Read one hypothesis."""
    r = Reader(node, faults)
    r.close(HYPOTHESIS_KEYS)
    prior = r.parsed("prior", _probability, "use a number from 0 to 1", None)
    return Hypothesis(
        id=id_,
        label=r.text("label", required=True),
        title=r.text("title", required=True),
        statement=r.text("statement", required=True),
        status=r.word("status", HYPOTHESIS_STATES, "active"),  # type: ignore[arg-type]
        prior=prior,
        predicts=_predicts(r),
        refuted_by=r.texts("refuted_by"),
    )


def _probability(text: str) -> float | None:
    value = number(text)
    if value > 1:
        raise ValueError(text)
    return value


def _predicts(r: Reader) -> tuple[Indicator, ...]:
    found = []
    for node, path in r.items("predicts"):
        if isinstance(node, yaml.MappingNode):
            one = r.child(node, path)
            one.close(INDICATOR_KEYS)
            indicator = Indicator(
                text=one.text("text", required=True),
                by=one.date("by"),
                state=one.word("state", INDICATOR_STATES, "open"),  # type: ignore[arg-type]
                on=one.date("on"),
                ratings=_ratings(one),
                item=one.refer("evidence", "item"),
            )
            found.append(indicator)
        elif text := r.scalar(node, path):
            found.append(Indicator(text))
    return tuple(found)


def read_sources(node: yaml.Node, faults: Faults) -> tuple[Source, ...]:
    """Read `_sources.yaml`, a mapping of ids to sources."""
    top = Reader(node, faults)
    found = []
    for id_ in top.keys:
        try:
            identifier(id_)
        except ValueError:
            top.fault(id_, f"{shown(id_)} is no id; {ID_FORM}")
        r = top.mapping(id_)
        if r is None:
            top.fault(id_, "a mapping with at least a name is needed")
        else:
            found.append(_source(id_, r))
    return tuple(found)


ID_FORM: Final = "use lower-case letters and digits, with single hyphens between"


def _source(id_: str, r: Reader) -> Source:
    r.close(SOURCE_KEYS)
    deception = r.mapping("deception")
    if deception is not None:
        deception.close(DECEPTION_KEYS)
    return Source(
        id=id_,
        name=r.text("name", required=True),
        publisher=r.text("publisher"),
        author=r.text("author"),
        kind=r.text("kind"),
        published=r.date("published"),
        url=r.text("url"),
        accessed=r.date("accessed"),
        archived=r.text("archived"),
        short=r.text("short"),
        reliability=r.word("reliability", tuple("ABCDEF"), "F"),
        interest=r.text("interest"),
        serves=r.refers("hypothesis", "serves"),
        deception={
            key: text
            for key in DECEPTION_KEYS
            if deception is not None and (text := deception.text(key))
        },
    )


def read_evidence(id_: str, node: yaml.Node, faults: Faults) -> Evidence:
    """Read one item of evidence."""
    r = Reader(node, faults)
    r.close(EVIDENCE_KEYS)
    kind = r.word("kind", tuple(k.value for k in Kind), "")
    if not kind and not any(error.field == "kind" for error in faults.errors):
        r.fault("kind", f"missing; use {one_of([k.value for k in Kind])}")
    return Evidence(
        id=id_,
        label=r.text("label", required=True),
        title=r.text("title", required=True),
        statement=r.text("statement", required=True),
        kind=Kind(kind or Kind.EVIDENCE),
        date=r.date("date"),
        known=r.date("known"),
        sources=_citations(r),
        tags=r.texts("tags"),
        origin=r.parsed("origin", identifier, f"no id; {ID_FORM}", ""),
        grade=r.parsed("grade", _grade, GRADE_FORM, ""),
        credibility=_level(r, "credibility"),
        relevance=_level(r, "relevance"),
        status=r.word("status", EVIDENCE_STATES, "active"),  # type: ignore[arg-type]
        ratings=_ratings(r),
        caveat=r.text("caveat"),
    )


GRADE_FORM: Final = "use an Admiralty grade: A to F and 1 to 6, as B2"


def _grade(text: str) -> str:
    if not re.fullmatch(r"[A-F][1-6]", text):
        raise ValueError(text)
    return text


LEVEL_FORM: Final = f"use low, medium, high, or a number from 0 to {MAX_LEVEL:.0f}"


def level(text: str) -> Level:
    """Parse a level: a word, or the multiplier itself.

    Raises ValueError.
    """
    for word in LEVELS:
        if text == word:
            return word
    if (multiplier := number(text)) > MAX_LEVEL:
        raise ValueError(text)
    return multiplier


def _level(r: Reader, key: str) -> Level:
    return r.parsed(key, level, LEVEL_FORM, "medium")


def _citations(r: Reader) -> tuple[Citation, ...]:
    found = []
    for node, path in r.items("sources"):
        if isinstance(node, yaml.MappingNode):
            one = r.child(node, path)
            one.close(("source", "at"))
            one.text("source", required=True)
            found.append(Citation(one.refer("source", "source"), one.text("at")))
            continue
        noted = len(r.faults.errors)
        text = r.scalar(node, path) or ""
        if not text and len(r.faults.errors) == noted:
            r.faults.add(node, path, "empty; name a source, or drop the entry")
        elif text:
            reference = Reference("source", text, node, f"{path}.source")
            r.faults.references.append(reference)
        found.append(Citation(text))
    return tuple(found)


def _ratings(r: Reader) -> dict[str, Rating]:
    ratings = r.mapping("ratings")
    if ratings is None:
        return {}
    ratings.refer_by_keys("hypothesis")
    found: dict[str, Rating] = {}
    for id_, node in ratings.keys.items():
        if isinstance(node, yaml.MappingNode):
            one = ratings.child(node, ratings.at(id_))
            one.close(("rating", "because"))
            code, because, place = one.text("rating"), one.text("because"), one
        else:
            code, because = ratings.scalar(node, ratings.at(id_)) or "", ""
            place = ratings
        key = "rating" if place is not ratings else id_
        if code in CODES:
            found[id_] = Rating(Consistency(code), because)
        elif code:
            said = f"{shown(code)} is not a rating; use {one_of(CODES)}"
            place.fault(key, said)
        elif isinstance(node, yaml.MappingNode):
            place.fault(key, f"missing; use {one_of(CODES)}, or drop the entry")
    return found


def read_case(document: object, file: str) -> Case:
    """Read a whole case from one mapping, as `case_document` gives it.

    Raises ContentErrors; `file` names the document in them.
    """
    faults = Faults(file)
    top = Reader(represent(document), faults)
    top.close(("question", "hypotheses", "sources", "evidence"))
    place: dict[str, tuple[Faults, yaml.Node]] = {}

    def each(section: str, kind: str, read: Callable[..., T]) -> tuple[T, ...]:
        below = top.mapping(section)
        found = []
        for id_, node in below.keys.items() if below else ():
            inner = Faults(f"{file}: {section}.{id_}")
            if not ID_PATTERN.fullmatch(id_):
                inner.add(None, "", f"{shown(id_)} is no id; {ID_FORM}")
            place[f"{kind}/{id_}"] = (inner, node)
            found.append(read(id_, node, inner))
        return tuple(found)

    nothing = yaml.MappingNode("tag:yaml.org,2002:map", [])
    asked = Faults(f"{file}: question")
    stated = Faults(f"{file}: sources")
    case = Case(
        question=read_question(top.keys.get("question", nothing), asked),
        hypotheses=each("hypotheses", "hypothesis", read_hypothesis),
        sources=read_sources(top.keys.get("sources", nothing), stated),
        evidence=each("evidence", "evidence", read_evidence),
    )
    noted = [faults, asked, stated, *(inner for inner, _ in place.values())]
    check_labels(case, place)
    check_references(case, noted)
    if errors := [error for one in noted for error in one.errors]:
        raise ContentErrors(errors)
    return case
