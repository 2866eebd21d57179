"""ArkhamMirror's matrices as JSON, in and out: the exported file and two answers.

The answer of its export route holds the exported file as a string; the answer of its
matrix route has the same lists, with the matrix's own fields beside them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from workbench.case.judgments import Judgments
from workbench.case.model import Case, Consistency, Level, Question, Rule
from workbench.exchange.content import Content, Format, placed
from workbench.exchange.draft import Draft
from workbench.exchange.fields import Fields
from workbench.exchange.imported import Imported, Unreadable
from workbench.exchange.outgoing import (
    STRONG,
    Target,
    Written,
    cited,
    described,
    headed,
    lost,
    one_line,
    settled,
    to_json,
)
from workbench.method.schemes import SCHEMES
from workbench.strict_json import NotJson, parse

TITLE: Final = "ArkhamMirror"
CODES: Final[Mapping[str, Consistency]] = {
    "++": Consistency.CC,
    "+": Consistency.C,
    "N": Consistency.N,
    "-": Consistency.I,
    "--": Consistency.II,
    "N/A": Consistency.NA,
    "NA": Consistency.NA,  # its documentation's word, which its program refuses
}
TYPES: Final = (
    "fact",
    "testimony",
    "document",
    "physical",
    "circumstantial",
    "inference",
)
SCORES: Final = "Scores in the file are left aside; ours are computed anew"
_UNTYPED: Final = TYPES[0]
_LISTS: Final = {"hypotheses", "evidence", "ratings"}
_ANSWER: Final = {"content", "format"}
_MATRIX: Final = (
    "id",
    "title",
    "description",
    "status",
    "created_at",
    "updated_at",
    "created_by",
    "project_id",
    "tags",
)


def recognises(content: Content) -> bool:
    """Tell whether a content is one of the three shapes."""
    found = content.json
    if not isinstance(found, dict):
        return False
    if found.keys() >= _ANSWER and "matrix_id" in found:
        return bool(found["format"] != "csv")
    if "hypotheses" not in found:
        return False
    return "metadata" in found or (
        found.keys() >= _LISTS | {"title", "status"} and "focusQuestion" not in found
    )


def read(content: Content) -> tuple[Imported, ...]:
    """Read one matrix.

    Raises Unreadable.
    """
    top = Fields(content.json)
    if "content" in top:
        top = _unwrapped(top)
    matrix = top.inner("metadata") if "metadata" in top else top
    draft = begun(matrix)
    for hypothesis in _in_order(top, "hypotheses", "column_index"):
        _hypothesis(draft, hypothesis)
    for item in _in_order(top, "evidence", "row_index"):
        _item(draft, item)
    for rating in top.objects("ratings"):
        _rate(draft, rating)
    if top.take("scores"):
        draft.understood(SCORES)
    matrix.leave(draft, "the matrix", "metadata", *_LISTS, "scores")
    if matrix is not top:
        top.leave(draft, "the file")
    return (draft.finish(),)


def _unwrapped(answer: Fields) -> Fields:
    """Take the exported file out of an answer: once, and once only."""
    if (form := answer.text("format")) != "json":
        said = f"an answer of ArkhamMirror that holds {form[:20]!r}"
        raise Unreadable(f"format: {said}; ask it for json")
    text = answer.take("content")
    if not isinstance(text, str):
        raise Unreadable("content: no text; use an answer with the file as a string")
    try:
        inner = Fields(parse(text), "content")
    except NotJson as error:
        raise Unreadable(f"content: {placed(error)}") from error
    if "content" in inner or "hypotheses" not in inner:
        raise Unreadable("content: no exported matrix; it is unwrapped once only")
    return inner


def begun(matrix: Fields) -> Draft:
    """Begin a draft of a matrix, with what holds for every file of ArkhamMirror."""
    title = matrix.text("title")
    parts = (matrix.text("description"), matrix.text("notes"))
    background = "\n\n".join(filter(None, parts))
    asked = Question(title, title, None, background, Rule.INCONSISTENCY_COUNT)
    draft = Draft(TITLE, asked)
    if title:
        draft.understood("The title of the matrix is taken as the question")
    draft.understood("++ + N - -- are read as CC C N I II")
    draft.understood(
        "The rule is inconsistency-count, as there. Credibility and relevance, 0 to 1, "
        "are kept as multipliers; that rule does not use them, others do"
    )
    draft.understood("The type of an item is kept as a tag")
    return draft


def _in_order(top: Fields, name: str, place: str) -> list[Fields]:
    found = [(one.number(place), one) for one in top.objects(name)]
    found.sort(key=lambda pair: (pair[0] is None, pair[0] or 0))
    return [one for _, one in found]


def _hypothesis(draft: Draft, one: Fields) -> None:
    parts = [one.text("description")]
    if notes := one.text("notes"):
        draft.understood("Notes on a hypothesis stand at the end of its statement")
        parts.append(f"Notes: {notes}")
    statement = "\n\n".join(filter(None, parts))
    draft.hypothesis(one.key("id"), one.text("title"), statement=statement)
    if one.flag("is_lead"):
        draft.drop("the mark of the leading hypothesis")
    one.leave(draft, "a hypothesis")


def _item(draft: Draft, one: Fields) -> None:
    key = one.key("id")
    add_item(
        draft,
        key,
        one.text("description"),
        one.text("source"),
        one.text("type"),
        caveat=one.text("notes"),
        credibility=share(draft, one, "credibility"),
        relevance=share(draft, one, "relevance"),
    )
    if "notes" in one:
        draft.understood("Notes on an item are read as its caveat")
    one.leave(draft, "an item")


def add_item(
    draft: Draft,
    key: str | int,
    text: str,
    source: str,
    kind: str,
    **more: object,
) -> None:
    """Add an item with its source and its type, as every file of theirs has it."""
    draft.item(key, text, tags=(kind,), **more)
    if source.strip():
        draft.cite(key, draft.source(source))


def share(draft: Draft, one: Fields, name: str) -> Level:
    """Take a level from 0 to 1 as the multiplier itself; without one it is medium."""
    text = one.text(name).strip()
    try:
        value = float(text or "nan")
    except ValueError:
        value = -1
    if 0 <= value <= 1:
        return abs(value)  # no minus zero
    if text:
        draft.unread_weight(one.at(name), text, "no number from 0 to 1")
    return "medium"


def _rate(draft: Draft, one: Fields) -> None:
    code = one.text("rating")
    item, hypothesis = one.key("evidence_id"), one.key("hypothesis_id")
    reason = one.text("reasoning")
    if one.number("confidence") not in (None, 1):
        draft.drop("the confidence of a rating, which its own database does not keep")
    one.leave(draft, "a rating")
    place = one.at("rating")
    if code in CODES:
        draft.rate(item, hypothesis, CODES[code], reason, place=place)
    elif code:
        draft.unread_rating(place, code)
    elif reason:
        draft.left(one.at("reasoning"), reason, "a reason beside an unrated cell")


FORMATS: Final = (Format(f"{TITLE}, JSON", recognises, read),)


# ---------------------------------------------------------------- writing


def write(
    case: Case, judgments: Judgments, date: dt.date, analyst: str | None = None
) -> Written:
    """Write the exported file's shape."""
    del analyst  # one matrix, whoever rated it
    kept = settled(case, judgments)
    words = {code: word for word, code in CODES.items() if word != "NA"}
    credibility = _shares({e.id: e.credibility for e in kept.evidence})
    relevance = _shares({e.id: e.relevance for e in kept.evidence})
    made: dict[str, Any] = dict.fromkeys(_MATRIX)
    made |= {
        "id": "matrix",
        "title": kept.question.question,
        "description": kept.question.background,
        "status": "draft",
        "created_at": date.isoformat(),
        "updated_at": date.isoformat(),
        "tags": [],
    }
    content = {
        "metadata": made,
        "hypotheses": [
            {
                "id": one.id,
                "title": one_line(one.title),
                "description": described(one.title, one.statement),
                "column_index": number,
                "is_lead": False,
            }
            for number, one in enumerate(kept.hypotheses)
        ],
        "evidence": [
            {
                "id": item.id,
                "description": headed(item.title, item.statement),
                "source": cited(kept, item),
                "type": next((t for t in item.tags if t in TYPES), _UNTYPED),
                "credibility": credibility[item.id],
                "relevance": relevance[item.id],
                "row_index": number,
            }
            for number, item in enumerate(kept.evidence)
        ],
        "ratings": [
            {
                "evidence_id": item.id,
                "hypothesis_id": one.id,
                "rating": words[item.ratings[one.id].consistency],
                "reasoning": item.ratings[one.id].because,
                "confidence": 1.0,
            }
            for item in kept.evidence
            for one in kept.hypotheses
            if one.id in item.ratings
        ],
        "scores": [],
    }
    carried = ("the background", STRONG, "reasons of ratings")
    notes = [*lost(case, judgments, Rule.INCONSISTENCY_COUNT, carried)]
    if any(set(item.tags).isdisjoint(TYPES) for item in kept.evidence):
        notes.append(f"the type of items: without one of theirs it is {_UNTYPED}")
    levels = {level for e in kept.evidence for level in (e.credibility, e.relevance)}
    if any(isinstance(one, str) or one > 1 for one in levels):
        notes.append("the scale of levels: they become shares of the largest")
    return Written(to_json(content), tuple(notes))


def _shares(levels: Mapping[str, Level]) -> dict[str, float]:
    """Bring multipliers to 0 to 1 in the same proportion, by the default rule's."""
    scheme = SCHEMES[Rule.WEIGHTED_INCONSISTENCY]
    found = {id_: scheme.multiplier(level) for id_, level in levels.items()}
    most = max([1.0, *found.values()])
    return {id_: value / most for id_, value in found.items()}


TARGET: Final = Target(
    "arkhammirror", "ArkhamMirror", "arkhammirror.json", "application/json", write
)
