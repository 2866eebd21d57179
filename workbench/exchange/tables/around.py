"""What stands around a matrix: the question above it, what H1 and H2 stand for.

Text is carried where a case has a place for it; scores are left, as everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from workbench.case.model import Question
from workbench.exchange.choices import Role
from workbench.exchange.tables import columns
from workbench.exchange.tables.account import Account
from workbench.exchange.tables.layout import Layout
from workbench.exchange.tables.marks import Mark, Marks
from workbench.wording import listed, quoted

_QUESTIONS: Final = (
    "question|title|topic|problem|focus question|key question|issue|frage|thema"
    "|pregunta|probleme|вопрос|питання|问题|問題|السؤال"
)
_QUESTION: Final = frozenset(_QUESTIONS.split("|"))
_UNNAMED: Final = re.compile(
    r"(?:sheet|tabelle|feuille|hoja|foglio|blad|matrix|ach|лист|аркуш|工作表)"
    r"[ _-]?[0-9]*",
    re.IGNORECASE,
)
_WORKED_OUT: Final = re.compile(r"=.*|[-+\u2212\u2013]?[0-9.,]*[=%]?", re.DOTALL)
_LABEL: Final = 60
_PAIR: Final = 2


@dataclass
class Above:
    """What stands above a matrix; `scores` are the lines that are worked out."""

    question: Question
    said: list[str] = field(default_factory=list)
    scores: list[int] = field(default_factory=list)


def _lines(layout: Layout) -> range:
    """Give the places in the file of the lines above the matrix, turned or not."""
    if not layout.sheet.turned:
        return range(layout.top)
    title = layout.of(Role.ITEM) or 0
    return range(min(title, *(one.place for one in layout.hypotheses)))


def above(layout: Layout, listing: Collection[int], account: Account) -> Above:
    """Read the lines above a matrix; `listing` are those that say what H1 stands for.

    The question is what is called so, else the first text, else the sheet's name.
    """
    sheet, found = layout.sheet, Above(Question("", ""))
    asked, kept = "", list[tuple[int, str]]()
    for line in _lines(layout):
        filled = [text for text in sheet.lines[line] if text]
        names = {columns.name(text[:_LABEL]) for text in filled}
        if line in listing or names <= columns.HYPOTHESES | columns.EVIDENCE:
            account.take_line(line)
        elif _is_scores(filled):
            found.scores.append(line)
        else:
            account.take_line(line)
            told, rest = _told(filled)
            if told and asked:
                rest = " ".join(filled)
            asked = asked or told
            if rest:
                kept.append((line, rest))
    where = "above the matrix"
    if not asked and kept:
        line, asked = kept.pop(0)
        where = f"in row {sheet.numbers[line]}"
    if asked:
        found.said.append(f"The question is the text {where}: {quoted(asked)}")
    elif sheet.name and not _UNNAMED.fullmatch(sheet.name):
        asked = sheet.name
        found.said.append(f"The question is the name of the sheet, {quoted(asked)}")
    if kept:
        rows = listed([str(sheet.numbers[line]) for line, _ in kept])
        found.said.append(f"The text in row {rows} is kept as the background")
    background = "\n".join(text for _, text in kept)
    found.question = Question(asked, asked, background=background)
    return found


def _is_scores(filled: list[str]) -> bool:
    rest = filled[1:]
    worked_out = sum(bool(_WORKED_OUT.fullmatch(text)) for text in rest)
    return bool(rest) and worked_out >= min(len(rest), _PAIR)


def _told(filled: list[str]) -> tuple[str, str]:
    """Give what a line asks, and the rest of its text."""
    first, *rest = filled
    opening, colon, after = first.partition(":")
    if rest and columns.name(first[:_LABEL]) in _QUESTION:
        return rest[0], " ".join(rest[1:])
    if colon and columns.name(opening) in _QUESTION and after.strip():
        return after.strip(), " ".join(rest)
    return "", " ".join(dict.fromkeys(filled))


def titles_of_labels(layout: Layout, marks: Marks) -> tuple[dict[str, str], set[int]]:
    """Find what H1, H2 stand for where the matrix names no more than that.

    Gives titles by label, and the lines of the file that say so.
    """
    sheet = layout.sheet
    split = [columns.hypothesis(one.name) for one in layout.hypotheses]
    if layout.own:
        return {}, set()
    bare = {one[0] for one in split if one and not one[1]}
    titles: dict[str, str] = {}
    listing = set()
    names = range(layout.top, layout.header + 1)
    for line, texts in enumerate(sheet.lines) if bare else ():
        filled = [text for text in texts if text]
        if len(filled) > _PAIR or (line in names and not sheet.turned):
            continue
        found = columns.hypothesis(" ".join(filled))
        rated = marks.marks.get(filled[-1]) is not Mark.TEXT
        if found and found[1] and found[0] in bare and not rated:
            titles.setdefault(*found)
            listing.add(line)
    return titles, listing
