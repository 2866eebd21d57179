"""Items that may repeat one report, by what they cite, count and are rated.

They are offered to an analyst, never joined. Texts that repeat one sentence are not
alike in words, so that no words are compared: where they stand, and their figures, are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from workbench.case.model import Evidence, Itself
from workbench.method.matrix import NA, Matrix
from workbench.method.scoring import TIE, diagnosticity

NEAR_COLUMNS: Final = 5  # hypotheses for each step by which rows rated alike may differ
_SENTENCE: Final = re.compile(r"\b(sentences?|sent\.|lines?)\s*[0-9]")
_MONTHS: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|"
    "December"
)
_DATES: Final = re.compile(
    rf"\b[0-9]{{1,2}}\s+(?:{_MONTHS})\b|\b(?:{_MONTHS})\s+[0-9]{{1,2}}\b|"
    r"\b[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?\b|\b(?:19|20)[0-9]{2}\b"
)
_FIGURES: Final = re.compile(
    r"(?<![\w.])[0-9]+(?:[.,\u2009\u00a0][0-9]+)*"
    r"(?:%|\s(?:per cent|percent|hundred|thousand|million|billion)\b)?"
)
_TELLING: Final = 2  # digits: one alone is shared by chance


class Why(StrEnum):
    """What makes items look like one report, the strongest sign first."""

    SENTENCE = "sentence"  # one source, one sentence
    FIGURE_THERE = "figure there"  # one source, one place, one figure
    PLACE = "place"  # one source, one place, one date, rated alike
    FIGURE = "figure"  # one figure, one date, rated alike
    RATINGS = "ratings"  # the same sources and date, no place to compare, rated alike


@dataclass(frozen=True)
class Alike:
    """Items that may repeat one report and have no common origin.

    Where the first names an origin, the others name none. `at` is the place or figure
    that they have in common, "" for none; `source` is the source of the place.
    """

    items: tuple[Evidence, ...]
    why: Why
    source: str = ""
    at: str = ""


_Key: TypeAlias = tuple[Hashable, str, str]  # what is compared, source, at


def _places(item: Evidence) -> Iterator[tuple[str, str, str]]:
    for citation in item.sources:
        if at := " ".join(citation.at.split()).casefold().strip(" ."):
            yield citation.source, at, citation.at


def figures(item: Evidence) -> tuple[str, ...]:
    """Give the figures in an item's words, dates and single digits apart."""
    words = _DATES.sub(" ", f"{item.title} {item.statement}")
    found = _FIGURES.findall(words)
    return tuple(
        dict.fromkeys(one for one in found if len(re.sub(r"\D", "", one)) >= _TELLING)
    )


def _by_sentence(item: Evidence) -> Iterator[_Key]:
    for source, at, said in _places(item):
        if _SENTENCE.search(at):
            yield (source, at), source, said


def _by_figure_there(item: Evidence) -> Iterator[_Key]:
    for source, at, _ in _places(item):
        for figure in figures(item):
            yield (source, at, figure), source, figure


def _by_place(item: Evidence) -> Iterator[_Key]:
    for source, at, said in _places(item):
        yield (source, at, item.date, item.kind), source, said


def _by_figure(item: Evidence) -> Iterator[_Key]:
    for figure in figures(item):
        yield (figure, item.date, item.kind), "", figure


def _by_sources(item: Evidence) -> Iterator[_Key]:
    sources = frozenset(c.source for c in item.sources)
    yield (sources, item.date, item.kind), "", ""


_WHATEVER_RATED: Final = (Why.SENTENCE, Why.FIGURE_THERE)
_SIGNS: Final[tuple[tuple[Why, Callable[[Evidence], Iterator[_Key]]], ...]] = (
    (Why.SENTENCE, _by_sentence),
    (Why.FIGURE_THERE, _by_figure_there),
    (Why.PLACE, _by_place),
    (Why.FIGURE, _by_figure),
    (Why.RATINGS, _by_sources),
)


@lru_cache(maxsize=10_000)  # of a case of a thousand items, an act changes one
def _signs_of(one: Itself[Evidence]) -> Mapping[Why, tuple[_Key, ...]]:
    return {why: tuple(keys(one.value)) for why, keys in _SIGNS}


def alike(matrix: Matrix) -> tuple[Alike, ...]:
    """Group the items that may repeat one report and separate something.

    Source and place are compared first: one sentence, or one figure in one place, is
    enough; one place and date, or one figure and date elsewhere, asks for ratings
    alike. The same sources and date with ratings alike are enough only where one of
    two items names no place: others stand in different ones. An absence does not repeat
    what is reported, so that these ask for one kind too. Rated alike: gaps and NA
    in the same cells, and no step apart (one for every five hypotheses). An item is in
    one group.
    """
    rows = _Rows(matrix)
    found = []
    for why, _ in _SIGNS:
        groups: dict[Hashable, list[int]] = {}
        said: dict[Hashable, tuple[str, str]] = {}
        for row in np.flatnonzero(rows.left).tolist():
            for key, source, at in _signs_of(Itself(matrix.evidence[row]))[why]:
                groups.setdefault(key, []).append(row)
                said.setdefault(key, (source, at))
        for key, members in groups.items():
            if len(members) == 1:  # as most have
                continue
            for same in rows.grouped(np.unique(members), why):
                items = tuple(matrix.evidence[row] for row in same)
                found.append(Alike(items, why, *said[key]))
    return tuple(found)


class _Rows:
    """The items still to be grouped, and which of them are near one another."""

    def __init__(self, matrix: Matrix) -> None:
        judgments = matrix.basis.judgments
        self.codes = matrix.codes
        self.gaps = np.where(self.codes < NA, 0, self.codes)
        self.steps = steps_apart(matrix)
        self.left = diagnosticity(matrix) > TIE
        self.free = np.array(
            [not judgments.origin(item) for item in matrix.evidence], dtype=np.bool_
        )
        self.bare = np.array(
            [not any(_places(item)) for item in matrix.evidence], dtype=np.bool_
        )

    def grouped(self, rows: NDArray[np.intp], why: Why) -> Iterator[list[int]]:
        """Group rows that have a sign in common, and take what is grouped out."""
        for first in rows.tolist():
            if not self.left[first]:
                continue
            near = self.left[rows] & (rows != first)
            near &= self.free[rows] | self.free[first]
            if why is Why.RATINGS:
                near &= self.bare[rows] | self.bare[first]
            if why not in _WHATEVER_RATED and near.any():
                near[near] = self._rated_alike(rows[near], first)
            if near.any():
                same = [first, *rows[near].tolist()]
                self.left[same] = False
                yield same

    def _rated_alike(self, rows: NDArray[np.intp], first: int) -> NDArray[np.bool_]:
        apart = np.abs(self.codes[rows] - self.codes[first]).sum(axis=1)
        gaps = (self.gaps[rows] == self.gaps[first]).all(axis=1)
        near: NDArray[np.bool_] = gaps & (apart <= self.steps)
        return near


def steps_apart(matrix: Matrix) -> int:
    """Give by how many steps rows rated alike may differ."""
    return len(matrix.hypotheses) // NEAR_COLUMNS
