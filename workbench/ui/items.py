"""The list of evidence on screen: which items match, and as what table; no widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from workbench.case.judgments import Judgments
from workbench.case.model import Case, Evidence, Kind
from workbench.method.scoring import Assessment, Weighed
from workbench.ui import hits
from workbench.wording import code, counted, joined, plain
from workbench.wording.departures import departures


@dataclass(frozen=True)
class Wanted:
    """What to look for; whatever is empty takes every item."""

    text: str = ""
    source: str = ""
    kind: str = ""
    origin: str = ""
    tag: str = ""


def matching(case: Case, judgments: Judgments, wanted: Wanted) -> tuple[Evidence, ...]:
    """Find the items that have every word looked for, and the rest that is wanted."""
    words = hits.words_of(wanted.text)
    return tuple(
        item
        for item in case.evidence
        if (not wanted.kind or item.kind.value == wanted.kind)
        and (not wanted.tag or wanted.tag in item.tags)
        and (not wanted.origin or judgments.origin(item) == wanted.origin)
        and (not wanted.source or any(c.source == wanted.source for c in item.sources))
        and (not words or _says(case, judgments, item, words))
    )


def _says(
    case: Case, judgments: Judgments, item: Evidence, words: Sequence[str]
) -> bool:
    said = "\n".join(text for _, text in hits.texts(case, judgments, item)).casefold()
    return all(word in said for word in words)


SORTS: Final = ("label", "date", "weight", "diagnosticity", "kind")


def in_order(
    found: Sequence[Evidence], by: str, now: Assessment
) -> tuple[Evidence, ...]:
    """Sort items, the weightiest and the most diagnostic first; else by label.

    The undated come last, and so do those that are left out of the analysis.
    """
    weighed = {one.id: one for one in now.evidence}

    def size(of: Callable[[Weighed], float]) -> Callable[[Evidence], Any]:
        return lambda item: -of(weighed[item.id]) if item.id in weighed else 1.0

    keys: dict[str, Callable[[Evidence], Any]] = {
        "date": lambda item: item.date.text if item.date else "9999",
        "weight": size(lambda one: one.weight),
        "diagnosticity": size(lambda one: one.diagnosticity),
        "kind": lambda item: item.kind.value,
    }
    return tuple(sorted(found, key=keys[by])) if by in keys else tuple(found)


def table(case: Case, judgments: Judgments, items: Sequence[Evidence]) -> pd.DataFrame:
    """Tabulate items for reading: what each is, and how it stands to each hypothesis.

    "Changed" says where the analyst departs from the published item.
    """
    scored = [h for h in case.hypotheses if h.status == "active"]
    own: dict[str, int] = {}
    for one in departures(case, judgments):
        own[one.label] = own.get(one.label, 0) + 1
    columns = {
        "Item": [plain(item.label) for item in items],
        "Title": [plain(item.title) for item in items],
        "Date": [item.date.text if item.date else "" for item in items],
        **{
            plain(h.label): [code(judgments.rating(item, h.id)) for item in items]
            for h in scored
        },
        "Changed": [
            _changed(judgments, item, own.get(item.label, 0)) for item in items
        ],
        "Kind": [item.kind.value for item in items],
    }
    ids = pd.Index([item.id for item in items], name="id")
    return pd.DataFrame(columns, index=ids)


def tells(table: pd.DataFrame, column: str) -> bool:
    """Tell whether a column says of any item what is not said of each."""
    usual = Kind.EVIDENCE.value if column == "Kind" else ""
    return bool((table[column] != usual).any())


def _changed(judgments: Judgments, item: Evidence, departing: int) -> str:
    told = [counted(departing, "change")] if departing else []
    if not judgments.active(item):
        told.append("left out")
    return ", ".join(told)


def origins(case: Case, judgments: Judgments) -> list[str]:
    """List the origins in force, in the order of the alphabet."""
    return sorted({o for item in case.evidence if (o := judgments.origin(item))})


def in_words(id_: str) -> str:
    """Say an id of the files in words."""
    return id_.replace("-", " ").capitalize()


def origin_names(case: Case, judgments: Judgments) -> dict[str, str]:
    """Name each origin in force in words, with the items that share it."""
    named = named_by_items(case, judgments)
    return {origin: f"{in_words(origin)} ({of})" for origin, of in named.items()}


def named_by_items(case: Case, judgments: Judgments) -> dict[str, str]:
    """Name each origin in force by the items that share it."""
    labels: dict[str, list[str]] = {}
    for item in case.evidence:
        if origin := judgments.origin(item):
            labels.setdefault(origin, []).append(item.label)
    return {origin: joined(shared) for origin, shared in labels.items()}


def sharing(case: Case, judgments: Judgments, item: Evidence) -> list[Evidence]:
    """List the other items of an item's origin."""
    origin = judgments.origin(item)
    if not origin:
        return []
    return [
        one
        for one in case.evidence
        if one.id != item.id and judgments.origin(one) == origin
    ]
