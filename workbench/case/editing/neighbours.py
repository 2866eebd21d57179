"""Items near one that is being written: said twice, or perhaps of one report.

They are pointed out and never joined. Words find what is said twice; items that repeat
one report differ in words, and are found by where they stand and what they are tagged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, utils

from workbench.case.model import Case, Evidence

CUT: Final = 82.0  # of 100; of the shipped items no two titles or statements reach it
_WORDS: Final = 3  # fewer are part of nearly any text
_MOST: Final = 3
_REPORTS: Final = 2  # one paragraph often carries many items that are no repeats


@dataclass(frozen=True)
class Near:
    """An item that says nearly the same, `score` from 0 to 100."""

    item: Evidence
    score: float


@dataclass(frozen=True)
class Shared:
    """An item that cites the same place; what else the two have in common."""

    item: Evidence
    source: str
    at: str
    tags: tuple[str, ...]


def nearly_titled(case: Case, title: str, but: str = "") -> tuple[Near, ...]:
    """Find the items whose title nearly says another, the nearest first.

    `but` is the id of the item that it is of. Order of words, case and marks do not
    matter, nor what one of the two says beyond the other (token_set_ratio of
    rapidfuzz); fewer than three words are near nothing.
    """
    return _near(case, title, but, lambda item: item.title)


def nearly_stated(case: Case, statement: str, but: str = "") -> tuple[Near, ...]:
    """Find the items whose statement nearly says another, likewise."""
    return _near(case, statement, but, lambda item: item.statement)


def _near(
    case: Case, text: str, but: str, said: Callable[[Evidence], str]
) -> tuple[Near, ...]:
    wanted = _plain(text)
    if not _is_telling(wanted):
        return ()
    found = []
    for item in case.evidence:
        other = _plain(said(item)) if item.id != but else ""
        score = fuzz.token_set_ratio(wanted, other, score_cutoff=CUT)
        if score and _is_telling(other):
            found.append(Near(item, score))
    return tuple(sorted(found, key=lambda one: -one.score)[:_MOST])


def _is_telling(text: str) -> bool:
    return len(set(text.split())) >= _WORDS


def _plain(text: str) -> str:
    return utils.default_process(text)


def of_one_report(case: Case, item: Evidence) -> tuple[Shared, ...]:
    """Find the items that may repeat the report of one, the likeliest first.

    They cite the same place of the same source and are not of one origin with it; of
    those, the ones with more tags in common, then of the same date, come first.
    """
    found = [one for one in _citing_alike(case, item) if _may_join(item, one.item)]
    found.sort(key=lambda one: (-len(one.tags), one.item.date != item.date))
    return tuple(found[:_REPORTS])


def _citing_alike(case: Case, item: Evidence) -> Iterator[Shared]:
    places = {(c.source, place) for c in item.sources if (place := _place(c.at))}
    for other in case.evidence if places else ():
        if other.id == item.id:
            continue
        for citation in other.sources:
            if (citation.source, _place(citation.at)) in places:
                tags = tuple(tag for tag in item.tags if tag in other.tags)
                yield Shared(other, citation.source, citation.at, tags)
                break


def _place(at: str) -> str:
    return " ".join(at.split()).casefold().strip(" .")


def _may_join(item: Evidence, other: Evidence) -> bool:
    return not (item.origin and other.origin)
