"""What can be edited of a case, described for the form: fields, buttons, what goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from workbench.case.document import (
    HYPOTHESIS_STATES,
    INDICATOR_STATES,
    evidence_document,
    hypothesis_document,
    question_document,
    source_document,
)
from workbench.case.editing.requests import NONE_OF_THESE, QUESTION, field_of
from workbench.case.model import (
    CONFIDENCES,
    LEVELS,
    Case,
    Evidence,
    Hypothesis,
    Kind,
    Source,
)
from workbench.case.model import Consistency as Code
from workbench.grid.payload import Values
from workbench.method.schemes import SCHEMES
from workbench.wording import clipped, counted, level, listed, named
from workbench.wording.sources import CREDIBILITY, RELIABILITY

_KINDS: Final = {
    Kind.EVIDENCE: "Something that was reported (evidence)",
    Kind.ABSENCE: "Something that was not seen though expected (absence)",
    Kind.ASSUMPTION: "Something we assume (assumption)",
}
_CODES: Final = (("", "not said"), *((c.value, f"{c.value} {c.meaning}") for c in Code))
_STANDS: Final = (("active", "counts"), ("set-aside", "set aside, counts for nothing"))
_DAY: Final = "YYYY, YYYY-MM or YYYY-MM-DD"
ADD_EVIDENCE: Final[Values] = {
    "label": "Add evidence",
    "placeholder": "Title of an item; Enter for the next. A pasted list: one a line",
    "request": {"act": "add-evidence"},
    "key": "title",
    "many": True,
    "near": True,
}
ADD_SOURCE: Final[Values] = {
    "label": "Add source",
    "placeholder": "Name of a source",
    "request": {"act": "add-source"},
    "key": "name",
}
ADD_HYPOTHESIS: Final[Values] = {
    "label": "Add hypothesis",
    "placeholder": "Title of a hypothesis; Enter for the next",
    "request": {"act": "add-hypothesis"},
    "key": "title",
}


class _Fields:
    """Describes fields of one thing, with their values as its file has them."""

    def __init__(self, what: str, id_: str, document: Values) -> None:
        self._of = {"what": what, "id": id_}
        self._document = document

    def one(self, kind: str, key: str, label: str, **more: Any) -> Values:  # noqa: ANN401
        found = self._document.get(key)
        return {
            **self._of,
            "field": key,
            "label": label,
            "kind": kind,
            "value": found,
            **more,
        }


def _part(kind: str, key: str, label: str, **more: Any) -> Values:  # noqa: ANN401
    return {"field": key, "label": label, "kind": kind, **more}


def _options(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(one, one.replace("-", " ")) for one in values]


def _hypotheses(case: Case) -> list[tuple[str, str]]:
    return [
        (one.id, clipped(f"{one.label} {one.title}", 60)) for one in case.hypotheses
    ]


_LEVELS: Final = [(one, level(one)) for one in LEVELS]


def item_fields(case: Case, item: Evidence) -> list[Values]:
    """Describe the fields of an item."""
    field = _Fields("evidence", item.id, evidence_document(item)).one
    sources = [("", ""), *((s.id, clipped(s.spoken)) for s in case.sources)]
    known = ", ".join(sorted({one.origin for one in case.evidence if one.origin}))
    return [
        field("line", "title", "Title"),
        field("text", "statement", "Statement"),
        field(
            "choice", "kind", "Kind", options=[(k.value, t) for k, t in _KINDS.items()]
        ),
        field("choice", "status", "Standing", options=_STANDS),
        field("line", "date", "Date of the event", placeholder=_DAY),
        field("line", "known", "Became known", placeholder=_DAY),
        field(
            "level",
            "credibility",
            "Credibility as published",
            options=_LEVELS,
        ),
        field(
            "level",
            "relevance",
            "Relevance as published",
            options=_LEVELS,
        ),
        field(
            "grade",
            "grade",
            "Admiralty grade",
            letters=[(one, f"{one}: {said}") for one, said in RELIABILITY.items()],
            numbers=[(one, f"{one}: {said}") for one, said in CREDIBILITY.items()],
        ),
        field(
            "records",
            "sources",
            "Sources",
            add="Cite a source",
            make="Add source",
            parts=[
                _part("choice", "source", "Source", options=sources),
                _part("line", "at", "Where in it", placeholder="par. 2, p. 14"),
            ],
        ),
        field("words", "tags", "Tags", placeholder="with commas between"),
        field(
            "line",
            "origin",
            "Origin as published",
            placeholder="one word for all that repeat one report",
            help=f"In use: {known}" if known else "",
        ),
        field("text", "caveat", "Caveat"),
        field("line", "label", "Label"),
    ]


def item_actions(item: Evidence, judged: Sequence[object]) -> list[Values]:
    """Describe what can be done with an item as a whole; a copy is `judged` alike."""
    aside = item.status == "set-aside"
    turned = {
        "act": "field",
        "what": "evidence",
        "id": item.id,
        "field": "status",
        "value": "active" if aside else "set-aside",
    }
    goes = counted(len(item.ratings), "published rating")
    return [
        {"label": "Count it again", "request": turned}
        if aside
        else {"label": "Set aside", "request": turned, "reason": "Why it is set aside"},
        {
            "label": "Duplicate",
            "request": {"act": "duplicate", "id": item.id, "judged": list(judged)},
        },
        {
            "label": "Delete",
            "request": {"act": "delete", "what": "evidence", "id": item.id},
            "confirm": f"{item.label} {item.title} goes, with its {goes}. What "
            "analysts judged of it stays in the ledger and applies no longer. Undo "
            "brings it back.",
        },
    ]


def source_fields(case: Case, source: Source) -> list[Values]:
    """Describe the fields of a source."""
    field = _Fields("source", source.id, source_document(source)).one
    letters = [(one, f"{one}: {said}") for one, said in RELIABILITY.items()]
    return [
        field("line", "name", "Name"),
        field("line", "short", "Short name"),
        field("choice", "reliability", "Reliability", options=letters),
        field("line", "publisher", "Publisher"),
        field("line", "author", "Author"),
        field("line", "kind", "Kind of source"),
        field("line", "published", "Published", placeholder=_DAY),
        field("line", "url", "Address"),
        field("line", "accessed", "Read on", placeholder=_DAY),
        field("line", "archived", "Address of a lasting copy"),
        field("text", "interest", "Whose interest it serves"),
        field(
            "several",
            "serves",
            "Hypotheses that this interest would favour",
            options=_hypotheses(case),
        ),
    ]


def source_actions(case: Case, source: Source) -> list[Values]:
    """Describe what can be done with a source as a whole."""
    citing = [
        item.label
        for item in case.evidence
        if source.id in (one.source for one in item.sources)
    ]
    cited = f", and {listed(citing)} no longer cite it" if citing else ""
    return [
        {
            "label": "Delete",
            "request": {"act": "delete", "what": "source", "id": source.id},
            "confirm": f"{source.spoken} goes{cited}. Undo brings it back.",
        }
    ]


def question_fields(case: Case) -> list[Values]:
    """Describe the fields of the question, key assumptions among them."""
    document = question_document(case.question)
    document["outcome"] = field_of(case, QUESTION, "", "outcome")
    field = _Fields(QUESTION, "", document).one
    hypotheses = _hypotheses(case)
    return [
        field("text", "question", "Question"),
        field("line", "title", "Short title"),
        field("line", "as_of", "Evidence to", placeholder="YYYY-MM-DD"),
        field("line", "handling", "Handling"),
        field(
            "choice",
            "rule",
            "Rule of the case",
            options=[(rule.value, one.title) for rule, one in SCHEMES.items()],
        ),
        field("text", "background", "Background"),
        field(
            "records",
            "assumptions",
            "Key assumptions",
            add="Add assumption",
            parts=[
                _part("text", "text", "What is taken for granted"),
                _part("text", "basis", "Why it is held"),
                _part("text", "breaks_if", "What would show it false"),
                _part(
                    "choice",
                    "confidence",
                    "Confidence",
                    options=[("", "not said"), *_options(CONFIDENCES)],
                ),
                _part(
                    "several",
                    "carries",
                    "Hypotheses that fall with it",
                    options=hypotheses,
                ),
            ],
        ),
        field(
            "mapping",
            "outcome",
            "The answer, once it is known",
            parts=[
                _part(
                    "choice",
                    "hypothesis",
                    "What it was",
                    options=[
                        ("", "not known yet"),
                        *hypotheses,
                        (NONE_OF_THESE, "none of these"),
                    ],
                ),
                _part("line", "known", "Known since", placeholder=_DAY),
                _part("text", "because", "How it is known"),
            ],
        ),
    ]


def indicator_parts(case: Case) -> list[Values]:
    """Describe the parts of an indicator."""
    items = [(one.id, named(one, 60)) for one in case.evidence]
    return [
        _part("text", "text", "Indicator"),
        _part("line", "by", "By", placeholder=_DAY),
        _part("choice", "state", "State", options=_options(INDICATOR_STATES)),
        _part("line", "on", "Noted", placeholder=_DAY),
        _part("choice", "item", "Taken up as", options=[("", "no item"), *items]),
        _part(
            "rated",
            "ratings",
            "Were it seen, how would it stand to each hypothesis?",
            options=_CODES,
            rows=[
                (one.id, one.label, clipped(one.title, 40)) for one in case.hypotheses
            ],
        ),
    ]


def hypothesis_fields(case: Case, hypothesis: Hypothesis) -> list[Values]:
    """Describe the fields of a hypothesis, its indicators among them."""
    field = _Fields("hypothesis", hypothesis.id, hypothesis_document(hypothesis)).one
    return [
        field("line", "title", "Title"),
        field("text", "statement", "Statement"),
        field("choice", "status", "Standing", options=_options(HYPOTHESIS_STATES)),
        field("line", "label", "Label"),
        field(
            "number",
            "prior",
            "Prior as published",
            placeholder="0 to 1",
            help="Only the page Probability reads it.",
        ),
        field(
            "records",
            "predicts",
            "If it is true, we expect",
            add="Add indicator",
            parts=indicator_parts(case),
        ),
        field(
            "records",
            "refuted_by",
            "What would refute it",
            add="Add what would refute it",
            parts=[_part("text", "text", "What would refute it")],
        ),
    ]


def hypothesis_actions(case: Case, hypothesis: Hypothesis) -> list[Values]:
    """Describe what can be done with a hypothesis as a whole."""
    active = hypothesis.status == "active"
    turned = {
        "act": "field",
        "what": "hypothesis",
        "id": hypothesis.id,
        "field": "status",
        "value": "parked" if active else "active",
    }
    rated = sum(hypothesis.id in item.ratings for item in case.evidence)
    goes = [
        counted(rated, "published rating"),
        counted(len(hypothesis.predicts), "indicator"),
    ]
    return [
        {"label": "Park" if active else "Take up again", "request": turned},
        {
            "label": "Delete",
            "request": {"act": "delete", "what": "hypothesis", "id": hypothesis.id},
            "confirm": f"{hypothesis.label} {hypothesis.title} goes, with its "
            f"{listed(goes)}. What analysts judged of it stays in the ledger and "
            "applies no longer. Undo brings it back.",
        },
    ]
