"""A case put together from another tool's file, with a note of all that was not plain.

An importer says what it finds, under the keys that the file uses; the draft makes ids,
labels and fit texts of it. It knows no format, and guesses nothing in silence: whatever
it had to change is noted.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable
from dataclasses import replace
from typing import Final

from workbench.case.entry import MAX_TEXT as MAX_REASON
from workbench.case.judgments import Judgments
from workbench.case.model import (
    Case,
    Citation,
    Consistency,
    Evidence,
    Hypothesis,
    Indicator,
    Question,
    Rating,
    Source,
)
from workbench.case.nodes import UNFIT
from workbench.exchange.imported import Cell, Imported, Taken, Unreadable
from workbench.wording import clipped, counted, quoted

MAX_HYPOTHESES: Final = 200
MAX_ITEMS: Final = 20_000
MAX_CELLS: Final = 400_000
MAX_ANALYSTS: Final = 200
MAX_SOURCES: Final = 5_000
MAX_TEXT: Final = 100_000
MAX_NOTES: Final = 200
UNASKED: Final = "What explains the evidence?"  # where a file states no question
MAX_LABEL: Final = 200
_NOTE: Final = 400
_TITLE: Final = 90
_ID: Final = 48
_HEADED: Final = re.compile(rf"([^\n]{{1,{_TITLE}}})\n[ \t]*\n+(.+)", re.DOTALL)


class Draft:
    """Collects hypotheses, sources, items and ratings by the keys of a file.

    A key is whatever the file matches by: an id, a number, the place of a column. One
    that is a text is kept beside the new id. Raises Unreadable for more than a case can
    hold.
    """

    def __init__(self, format_: str, question: Question) -> None:
        self.format = format_
        self._question = question
        self._hypotheses: dict[Hashable, Hypothesis] = {}
        self._evidence: dict[Hashable, Evidence] = {}
        self._sources: dict[Hashable, Source] = {}
        self._cited: defaultdict[Hashable, dict[Citation, None]] = defaultdict(dict)
        self._ratings: dict[str, dict[tuple[str, str], Rating]] = {}
        self._cells = self._read = 0
        self._listed: list[Cell] = []
        self._left: list[Cell] = []
        self._advice: dict[str, None] = {}
        self._understood: dict[str, None] = {}
        self._dropped: Counter[str] = Counter()
        self._ids: dict[str, set[str]] = {"h": set(), "e": set(), "s": set()}
        self._next: Counter[tuple[str, str]] = Counter()
        self._labels: dict[str, set[str]] = {"H": set(), "E": set()}

    def understood(self, text: str) -> None:
        """Note what was taken for what; the same note is kept once."""
        self._understood[clipped(text, _NOTE)] = None

    def drop(self, text: str) -> None:
        """Note what could not be carried; the same note is counted."""
        self._dropped[clipped(text, _NOTE)] += 1

    def unread(
        self, place: str, content: str, why: str, *, weighs: bool = False
    ) -> None:
        """List a cell of the matrix, or a weight, that could not be read."""
        self._listed.append(Cell(place, _fit(content), why, weighs))

    def unread_rating(self, place: str, content: str) -> None:
        """List a cell whose text is no rating of the file's own scale."""
        self.unread(place, content, f"{quoted(content)}, which is no rating")

    def unread_weight(self, place: str, content: str, why: str) -> None:
        """List a weight that could not be read; the item counts as medium."""
        said = f"{quoted(content)}, which is {why}; the item counts as medium"
        self.unread(place, content, said, weighs=True)

    def left(self, place: str, content: str, why: str = "") -> None:
        """List a cell outside the matrix that is not carried."""
        self._left.append(Cell(place, _fit(content), why))

    def advise(self, text: str) -> None:
        """Say what would help with the cells that were not read."""
        self._advice[text] = None

    def unrated(self) -> None:
        """Count a cell that says that it is not rated."""
        self._read += 1

    def hypothesis(self, key: Hashable, text: str, **more: object) -> str:
        """Add a hypothesis; returns its new id.

        `text` becomes the title and, unless `statement` says more, the statement; a
        short first line that stands apart is the title alone.
        `label` is kept where no other has it. `more` are fields of `Hypothesis`.
        """
        if len(self._hypotheses) >= MAX_HYPOTHESES:
            raise Unreadable(f"more than {MAX_HYPOTHESES} hypotheses; split the file")
        title, statement = self._texts(text, more, "hypothesis")
        label = self._label("H", more)
        id_ = self._id("h", title, label)
        if "predicts" in more:
            more["predicts"] = self._predicted(more["predicts"])  # type: ignore[arg-type]
        found = Hypothesis(id_, label, title, statement)
        self._put(self._hypotheses, key, replace(found, **more), "hypotheses")  # type: ignore[arg-type]
        return id_

    def item(self, key: Hashable, text: str, **more: object) -> str:
        """Add an item, as a hypothesis is added; returns its new id."""
        if len(self._evidence) >= MAX_ITEMS:
            raise Unreadable(f"more than {MAX_ITEMS:,} items; split the file")
        title, statement = self._texts(text, more, "item")
        label = self._label("E", more)
        id_ = self._id("e", title, label)
        for name in ("caveat", "origin"):
            if name in more:
                more[name] = _fit(str(more[name]))
        if "tags" in more:
            tags: Iterable[str] = more["tags"]  # type: ignore[assignment]
            more["tags"] = tuple(t for tag in tags if (t := _fit(tag).strip()))
        found = Evidence(id_, label, title, statement)
        self._put(self._evidence, key, replace(found, **more), "items")  # type: ignore[arg-type]
        return id_

    def source(self, name: str, **more: object) -> str:
        """Add a source, once for a name with the same facts; returns its id."""
        name = " ".join(_fit(name).split()) or "Unnamed source"
        facts = {k: _fit(v) if isinstance(v, str) else v for k, v in more.items()}
        key = (name, *sorted((k, str(v)) for k, v in facts.items()))
        if key not in self._sources:
            if len(self._sources) >= MAX_SOURCES:
                raise Unreadable(f"more than {MAX_SOURCES:,} sources; split the file")
            id_ = self._id("s", name, f"source-{len(self._sources) + 1}")
            self._sources[key] = replace(Source(id_, clipped(name, 300)), **facts)  # type: ignore[arg-type]
        return self._sources[key].id

    def cite(self, item: Hashable, source: str, at: str = "") -> None:
        """Say that an item rests on a source, by the source's id."""
        self._cited[item][Citation(source, _fit(at))] = None

    def rate(  # noqa: PLR0913  a rating and where it stands
        self,
        item: Hashable,
        hypothesis: Hashable,
        consistency: Consistency,
        because: str = "",
        analyst: str = "",
        *,
        place: str = "",
    ) -> None:
        """Rate a cell, which stands at a place of the file.

        The last rating of a cell by one analyst stands, an earlier one is listed; so is
        a rating of an item or a hypothesis that is not there.
        """
        if item not in self._evidence or hypothesis not in self._hypotheses:
            missing = "an item" if item not in self._evidence else "a hypothesis"
            said = f"a rating of {missing} that the file does not have"
            self.drop(said)
            where = place or f"{item}, {hypothesis}"
            self.left(where, _rating(Rating(consistency, because)), said)
            return
        ratings = self._ratings.setdefault(analyst, {})
        if len(self._ratings) > MAX_ANALYSTS:
            raise Unreadable(f"more than {MAX_ANALYSTS} analysts; split the file")
        cell = self._evidence[item].id, self._hypotheses[hypothesis].id
        if cell in ratings:
            said = "an earlier rating of a cell that is rated again"
            self.drop(said)
            self.left(f"{item}, {hypothesis}", _rating(ratings[cell]), said)
            self._read -= 1
        self._read += 1
        self._cells += cell not in ratings
        if self._cells > MAX_CELLS:
            raise Unreadable(f"more than {MAX_CELLS:,} ratings; split the file")
        reason = self._long(because, "a reason", MAX_REASON).strip()
        ratings[cell] = Rating(consistency, reason)

    def has_hypothesis(self, key: Hashable) -> bool:
        """Tell whether a hypothesis of this key was added."""
        return key in self._hypotheses

    def finish(
        self,
        *,
        taken: Iterable[Taken] = (),
        unknown: Iterable[str] = (),
    ) -> Imported:
        """Give what was understood.

        One analyst's ratings are the published ones, those of two or more stay apart.
        Raises Unreadable for a file without hypotheses or items.
        """
        if not self._hypotheses and not self._evidence:
            raise Unreadable(f"{self.format}: no hypotheses and no items in it")
        apart = len(self._ratings) > 1
        published = {} if apart else next(iter(self._ratings.values()), {})
        if not apart and (alone := next(iter(self._ratings), "")):
            self.understood(f"{alone} alone rated it: the ratings are published ones")
        by_item: defaultdict[str, dict[str, Rating]] = defaultdict(dict)
        for (item, hypothesis), rating in published.items():
            by_item[item][hypothesis] = rating
        question = self._question
        words = _fit(question.question).strip() or _fit(question.title).strip()
        if not words:
            words = UNASKED
            self.understood(f"The file states no question; it is asked as “{words}”")
        title = " ".join(_fit(question.title).split()) or words
        case = Case(
            question=replace(
                question,
                question=words,
                title=clipped(title, _TITLE),
                background=self._long(question.background, "the background"),
                handling=" ".join(_fit(question.handling).split()),
                assumptions=tuple(
                    replace(one, text=text)
                    for one in question.assumptions
                    if (text := _fit(one.text))
                ),
            ),
            hypotheses=tuple(self._hypotheses.values()),
            sources=tuple(self._sources.values()),
            evidence=tuple(
                replace(
                    item,
                    ratings=by_item[item.id],
                    sources=(*item.sources, *self._cited[key]),
                )
                for key, item in self._evidence.items()
            ),
        )
        analysts: dict[str, Judgments] = {}
        for number, (name, ratings) in enumerate(self._ratings.items(), start=1):
            if apart:
                name_ = analyst_name(name, number, analysts)
                analysts[name_] = Judgments(ratings=dict(ratings))
        dropped = [
            text if n == 1 else f"{text} ({counted(n, 'time')})"
            for text, n in self._dropped.items()
        ]
        return Imported(
            self.format,
            case,
            analysts,
            _limited(list(self._understood)),
            _limited(dropped),
            {
                f"{part}/{thing.id}": _fit(key)
                for part, things in (
                    ("hypotheses", self._hypotheses),
                    ("evidence", self._evidence),
                )
                for key, thing in things.items()
                if isinstance(key, str)
            },
            self._read,
            tuple(self._listed),
            tuple(self._left),
            tuple(self._advice),
            tuple(taken),
            tuple(unknown),
        )

    def _texts(self, text: str, more: dict[str, object], what: str) -> tuple[str, str]:
        statement = self._long(str(more.pop("statement", "") or ""), "a statement")
        whole = self._long(text, "a text").strip()
        if not statement.strip() and (parts := _HEADED.fullmatch(whole)):
            whole, statement = parts[1], parts[2]
        title = clipped(" ".join(whole.split()), _TITLE)
        if not title:
            title = clipped(" ".join(statement.split()), _TITLE)
        if not title:
            title = f"Untitled {what}"
            self.understood(f"Without a text: called “{title}”")
        if not statement.strip():
            statement = whole or title
        elif whole and title != " ".join(whole.split()):
            statement = f"{whole}\n\n{statement}"
        return title, statement.strip()

    def _long(self, text: str, what: str, most: int = MAX_TEXT) -> str:
        text = _fit(text)
        if len(text) <= most:
            return text
        self.drop(f"the end of {what} of more than {most:,} characters")
        return text[:most]

    def _predicted(self, predicts: Iterable[Indicator]) -> tuple[Indicator, ...]:
        found = []
        for one in predicts:
            if text := self._long(one.text, "an indicator").strip():
                found.append(replace(one, text=text))
            else:
                self.drop("an indicator without a text")
        return tuple(found)

    def _label(self, letter: str, more: dict[str, object]) -> str:
        taken = self._labels[letter]
        label = " ".join(_fit(str(more.pop("label", "") or "")).split())[:MAX_LABEL]
        if label in taken:
            self.understood(f"The label {label} stands twice; the second got another")
        if not label or label in taken:
            label = _free(letter, taken, len(taken) + 1, "")
        taken.add(label)
        return label

    def _id(self, kind: str, title: str, label: str) -> str:
        taken = self._ids[kind]
        stem = id_ = slug(title) or slug(label) or kind
        while id_ in taken:  # goes on where it stopped: one title may stand very often
            self._next[kind, stem] += 1
            id_ = f"{stem}-{self._next[kind, stem] + 1}"
        taken.add(id_)
        return id_

    def _put(
        self,
        there: dict[Hashable, Hypothesis] | dict[Hashable, Evidence],
        key: Hashable,
        value: Hypothesis | Evidence,
        what: str,
    ) -> None:
        if key in there:
            raise Unreadable(f"two {what} have the same id, {str(key)[:60]!r}")
        there[key] = value  # type: ignore[assignment]


def _rating(rating: Rating) -> str:
    return ": ".join(filter(None, (rating.consistency.value, rating.because)))


def slug(title: str) -> str:
    """Make a file's stem of a title: lower-case letters, digits, hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    found = "-".join(re.findall("[a-z0-9]+", plain.lower()))
    return found if len(found) <= _ID else found[:_ID].rsplit("-", 1)[0]


def _limited(notes: list[str]) -> tuple[str, ...]:
    """Keep a list of notes readable; what is left out is counted."""
    if len(notes) <= MAX_NOTES:
        return tuple(notes)
    return (*notes[:MAX_NOTES], f"and {len(notes) - MAX_NOTES:,} more of such kinds")


def _free(stem: str, taken: Collection[str], number: int, between: str) -> str:
    while f"{stem}{between}{number}" in taken:
        number += 1
    return f"{stem}{between}{number}"


def _fit(text: str) -> str:
    """Replace what no text of a case may hold, and drop the spaces around the rest."""
    text = UNFIT.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))
    return text.strip()


def analyst_name(name: str, number: int, taken: Collection[str]) -> str:
    """Make a name that the ledger takes; an analyst without one is numbered."""
    found = "".join(c for c in " ".join(name.split()) if c.isprintable())[:70].strip()
    found = found or f"analyst {number}"
    return found if found not in taken else _free(found, taken, 2, " ")
