"""intel-workbench's projects as JSON, in and out: several matrices in one file.

Its ratings know no strong forms, its levels three words, and it keeps no reasons.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from workbench.case.judgments import Judgments
from workbench.case.model import LEVELS, Case, Consistency, Level, Question, Rule
from workbench.exchange.content import Content, Format
from workbench.exchange.draft import Draft
from workbench.exchange.fields import Fields
from workbench.exchange.imported import Imported, Unreadable
from workbench.exchange.outgoing import (
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

TITLE: Final = "intel-workbench"
CODES: Final[Mapping[str, Consistency]] = {
    code.value: code
    for code in (Consistency.C, Consistency.I, Consistency.N, Consistency.NA)
}
_WEAK: Final[Mapping[Consistency, Consistency]] = {
    Consistency.CC: Consistency.C,
    Consistency.II: Consistency.I,
}
_EMPTY: Final = "a matrix without hypotheses and items"


def recognises(content: Content) -> bool:
    """Tell whether a content is a project of it."""
    found = content.json
    return isinstance(found, dict) and "achMatrices" in found


def read(content: Content) -> tuple[Imported, ...]:
    """Read every matrix of a project.

    Raises Unreadable.
    """
    top = Fields(content.json)
    matrices = list(top.objects("achMatrices"))
    filled = [m for m in matrices if m.take("hypotheses") or m.take("evidence")]
    if not filled:
        raise Unreadable("achMatrices: no matrix with hypotheses or items in it")
    found = []
    for matrix in filled:
        draft = _matrix(matrix)
        for _ in range(len(matrices) - len(filled)):
            draft.drop(f"{_EMPTY}, which stands in the same file")
        top.leave(draft, "the project")
        found.append(draft.finish())
    return tuple(found)


def _matrix(matrix: Fields) -> Draft:
    name = matrix.text("name")
    background = matrix.text("description")
    draft = Draft(TITLE, Question(name, name, None, background, Rule.COMPENSATORY))
    draft.understood("The name of the matrix is taken as the question")
    draft.understood(
        "C I N NA are read as they are; a cell without an entry is unrated"
    )
    draft.understood("The rule is compensatory, as there")
    for one in matrix.objects("hypotheses"):
        statement = one.text("description")
        draft.hypothesis(one.key("id"), one.text("name"), statement=statement)
        one.leave(draft, "a hypothesis")
    for one in matrix.objects("evidence"):
        key = one.key("id")
        draft.item(
            key,
            one.text("description"),
            credibility=_level(draft, one, "credibility"),
            relevance=_level(draft, one, "relevance"),
        )
        if source := one.text("source").strip():
            draft.cite(key, draft.source(source))
        one.leave(draft, "an item")
    ratings = matrix.inner("ratings")
    for item in ratings:
        row = ratings.inner(item)
        for hypothesis in row:
            code, place = row.text(hypothesis), row.at(hypothesis)
            if code in CODES:
                draft.rate(item, hypothesis, CODES[code], place=place)
            elif code:
                draft.unread_rating(place, code)
    matrix.leave(draft, "the matrix")
    return draft


def _level(draft: Draft, one: Fields, key: str) -> Level:
    word = one.text(key)
    for level in LEVELS:
        if word == level.capitalize():
            return level
    if word:
        draft.unread_weight(one.at(key), word, "no level of theirs")
    else:
        draft.drop(f"a {key} that is missing: medium was put in its place, as there")
    return "medium"


FORMATS: Final = (Format(TITLE, recognises, read),)


# ---------------------------------------------------------------- writing


def write(
    case: Case, judgments: Judgments, date: dt.date, analyst: str | None = None
) -> Written:
    """Write a project with this one matrix in it."""
    del analyst  # one matrix, whoever rated it
    kept = settled(case, judgments)
    stamp = f"{date.isoformat()}T00:00:00.000Z"
    times = {"createdAt": stamp, "updatedAt": stamp}
    matrix = {
        "id": "matrix",
        "name": kept.question.question,
        **times,
        "hypotheses": [
            {
                "id": one.id,
                "name": one_line(one.title),
                "description": described(one.title, one.statement),
            }
            for one in kept.hypotheses
        ],
        "evidence": [
            {
                "id": item.id,
                "description": headed(item.title, item.statement),
                "source": cited(kept, item),
                "credibility": _word(item.credibility),
                "relevance": _word(item.relevance),
            }
            for item in kept.evidence
        ],
        "ratings": {
            item.id: {
                id_: _WEAK.get(rating.consistency, rating.consistency).value
                for id_, rating in item.ratings.items()
                if id_ in kept.hypothesis
            }
            for item in kept.evidence
            if item.ratings
        },
    }
    project = {
        "id": "project",
        "name": kept.question.title,
        "description": kept.question.background,
        **times,
        "achMatrices": [matrix],
        "biasChecklists": [],
    }
    notes = [*lost(case, judgments, Rule.COMPENSATORY, ("the background",))]
    levels = [level for e in kept.evidence for level in (e.credibility, e.relevance)]
    if any(not isinstance(level, str) for level in levels):
        notes.append("levels that are numbers, which become the nearest word")
    return Written(to_json(project), tuple(notes))


def _word(level: Level) -> str:
    """Give the word of a level: its own, or that of the nearest multiplier there."""
    if not isinstance(level, str):
        multipliers = SCHEMES[Rule.COMPENSATORY].levels or ()
        number = float(level)
        near = min(range(len(LEVELS)), key=lambda i: abs(multipliers[i] - number))
        level = LEVELS[near]
    return level.capitalize()


TARGET: Final = Target(
    "intel-workbench",
    "intel-workbench",
    "intel-workbench.json",
    "application/json",
    write,
)
