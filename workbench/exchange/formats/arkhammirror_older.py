"""The two forerunners of ArkhamMirror's matrices as JSON: ARK alone and ARK v1.

Both score by inconsistency without levels, and know no rating that is not applicable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Final, Literal

from workbench.case.model import (
    LEVELS,
    Assumption,
    Consistency,
    Indicator,
    Kind,
    Level,
    Question,
    Rule,
)
from workbench.exchange.content import Content, Format
from workbench.exchange.draft import Draft
from workbench.exchange.fields import Fields, whole
from workbench.exchange.formats.arkhammirror import SCORES
from workbench.exchange.imported import Imported, Unreadable

ALONE: Final = "ArkhamMirror, the standalone page of 2025"
V1: Final = "ArkhamMirror, version 1"
CODES: Final[Mapping[str, Consistency]] = {
    code.value: code for code in Consistency if code is not Consistency.NA
}
_ASSUMPTION: Final = "assumption"
_STATES: Final[Mapping[int | None, Literal["open", "observed", "not-observed"]]] = {
    0: "open",
    1: "observed",
    -1: "not-observed",
}


def _is_alone(content: Content) -> bool:
    found = content.json
    return isinstance(found, dict) and "focusQuestion" in found


def _is_v1(content: Content) -> bool:
    found = content.json
    return isinstance(found, dict) and (not found or "analysis" in found)


def _begun(
    format_: str, matrix: Fields, question: str, notes: str, *assumptions: str
) -> Draft:
    asked = matrix.text(question)
    parts = [matrix.text("description")]
    if text := matrix.text(notes):
        parts.append(f"Notes on sensitivity: {text}")
    draft = Draft(
        format_,
        Question(
            asked,
            matrix.text("title"),
            None,
            "\n\n".join(filter(None, parts)),
            Rule.INCONSISTENCY,
            assumptions=tuple(map(Assumption, assumptions)),
        ),
    )
    draft.understood("The focus question is the question")
    draft.understood("CC C N I II are read as they are; an empty rating is unrated")
    draft.understood(
        "The rule is inconsistency, as there. Reliability is read as credibility; that "
        "rule does not use it, others do"
    )
    draft.understood("The type of an item is kept as a tag, an assumption as its kind")
    return draft


def _add_item(draft: Draft, key: str, one: Fields, kind: str) -> None:
    type_ = one.text(kind)
    draft.item(
        key,
        one.text("description"),
        label=one.text("label"),
        kind=Kind.ASSUMPTION if type_ == _ASSUMPTION else Kind.EVIDENCE,
        tags=() if type_ == _ASSUMPTION else (type_,),
        credibility=_level(draft, one),
        caveat=one.text("notes"),
    )
    if source := one.text("source").strip():
        draft.cite(key, draft.source(source))


def _level(draft: Draft, one: Fields) -> Level:
    word = one.text("reliability")
    for level in LEVELS:
        if word == level:
            return level
    if word:
        draft.unread_weight(one.at("reliability"), word, "no level of theirs")
    return "medium"


def _rate(  # noqa: PLR0913  a cell of either file
    draft: Draft, item: str, hypothesis: str, code: str, place: str, because: str = ""
) -> None:
    if code in CODES:
        draft.rate(item, hypothesis, CODES[code], because, place=place)
    elif code:
        draft.unread_rating(place, code)
    elif because:
        draft.drop("a note on a cell that is not rated")
        draft.left(place, because, "a note on a cell that is not rated")


def _in_order(top: Fields, name: str, place: str) -> list[Fields]:
    found = [(one.number(place) or 0, one) for one in top.objects(name)]
    return [one for _, one in sorted(found, key=lambda pair: pair[0])]


# ---------------------------------------------------------------- ARK alone


def _read_alone(content: Content) -> tuple[Imported, ...]:
    top = Fields(content.json)
    draft = _begun(ALONE, top, "focusQuestion", "sensitivityNotes")
    milestones = _milestones(draft, top)
    for one in _in_order(top, "hypotheses", "displayOrder"):
        key = one.key("id")
        draft.hypothesis(
            key,
            one.text("description"),
            label=one.text("label"),
            predicts=milestones.pop(key, ()),
        )
        one.leave(draft, "a hypothesis")
    for left in milestones.values():
        for _ in left:
            draft.drop("a milestone of a hypothesis that the file does not have")
    for one in _in_order(top, "evidence", "displayOrder"):
        _add_item(draft, one.key("id"), one, "evidenceType")
        one.leave(draft, "an item")
    for one in top.objects("ratings"):
        item, hypothesis = one.key("evidenceId"), one.key("hypothesisId")
        code, place = one.text("rating"), one.at("rating")
        _rate(draft, item, hypothesis, code, place, one.text("notes"))
        one.leave(draft, "a rating")
    for _ in top.values("snapshots"):
        draft.drop("an earlier state of the matrix (snapshot), not merged into it")
    top.leave(draft, "the matrix")
    return (draft.finish(),)


def _milestones(draft: Draft, top: Fields) -> dict[str, list[Indicator]]:
    found: defaultdict[str, list[Indicator]] = defaultdict(list)
    for one in top.objects("milestones"):
        told = one.take("observed")
        state = _STATES.get(whole(0 if told is None else told))
        if state is None:
            draft.drop("a milestone's state that is unknown: it is open")
        text = one.text("description")
        by = one.day("expectedBy", draft)
        indicator = Indicator(text, by, state or "open")
        found[one.key("hypothesisId")].append(indicator)
        one.leave(draft, "a milestone", "id")
    if found:
        draft.understood(
            "Milestones are what a hypothesis predicts; a contradicted one is not "
            "observed"
        )
    return found


# ---------------------------------------------------------------- ARK v1


def _read_v1(content: Content) -> tuple[Imported, ...]:
    top = Fields(content.json)
    if not list(top):
        raise Unreadable(
            "an empty object: ArkhamMirror writes that where its export failed; "
            "export it again"
        )
    matrix = top.inner("analysis")
    draft = _begun(
        V1,
        matrix,
        "focus_question",
        "sensitivity_notes",
        *matrix.texts("key_assumptions"),
    )
    for one in _in_order(matrix, "hypotheses", "display_order"):
        predicts = _future(draft, one)
        label = one.text("label")
        text = one.text("description")
        draft.hypothesis(one.key("id"), text, label=label, predicts=predicts)
        one.leave(draft, "a hypothesis", "inconsistency_score")
    for one in _in_order(matrix, "evidence", "display_order"):
        key = one.key("id")
        _add_item(draft, key, one, "evidence_type")
        ratings = one.inner("ratings")
        for hypothesis in ratings:
            code, place = ratings.text(hypothesis), ratings.at(hypothesis)
            _rate(draft, key, hypothesis, code, place)
        one.leave(draft, "an item", "diagnosticity_score")
    draft.understood(SCORES)
    matrix.leave(draft, "the matrix", "hypothesis_count", "evidence_count")
    top.leave(draft, "the file", "scores", "diagnosticity")
    return (draft.finish(),)


def _future(draft: Draft, one: Fields) -> list[Indicator]:
    told = one.take("future_indicators")
    texts = [told] if isinstance(told, str) else one.texts("future_indicators")
    found = [text.strip() for text in texts if text.strip()]
    when = one.text("indicator_timeframe").strip()
    if when and found:
        draft.understood("The time frame of indicators stands in their texts")
        found = [f"{text} ({when})" for text in found]
    return [Indicator(text) for text in found]


FORMATS: Final = (
    Format(ALONE, _is_alone, _read_alone),
    Format(V1, _is_v1, _read_v1),
)
