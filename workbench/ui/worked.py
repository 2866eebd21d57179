"""The worked cases that come with the package, and what each teaches; no widgets.

Every figure in a sentence is computed from the case as it is anywhere else, so that the
Guide cannot say what the numbers do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from workbench.case import folder, library
from workbench.case.judgments import Judgments
from workbench.case.model import Case, Rule
from workbench.method.leave_out import LeaveOut, without_items
from workbench.method.matrix import build
from workbench.method.schemes import SCHEMES
from workbench.method.scoring import TIE, Assessment, Ranking, assess, every_rule
from workbench.wording import code, counted, joined, named, shown
from workbench.wording.fragility import first
from workbench.wording.ranking import describe_ranking

FOLDER: Final = Path(__file__).parents[1] / "cases"
AUM: Final = "aum-shinrikyo"
CAMPAIGN: Final = "campaign-compromise-2016"
# The items that a case's author took out of the matrix in the end.
REMOVED: Final[Mapping[str, tuple[str, ...]]] = {CAMPAIGN: ("e7", "e9")}
# The sums of columns that the author of the second case went by, and Heuer's measure.
RULES: Final = (Rule.NET_SUPPORT, Rule.INCONSISTENCY)


@cache
def cases() -> dict[str, Case]:
    """Load the worked cases, by the names of their folders."""
    return {name: folder.load(FOLDER / name) for name in library.names(FOLDER)}


def under_every_rule(name: str, *, final: bool = False) -> dict[Rule, Assessment]:
    """Assess a case under each rule; `final` leaves out what its author removed."""
    out = dict.fromkeys(REMOVED[name], True) if final else {}
    return every_rule(build(cases()[name], Judgments(exclusions=out)))


def of_removed(name: str) -> list[str]:
    """Say of each item that the author removed what the case says of it."""
    item = cases()[name].item
    return [f"{named(item[id_])}. {item[id_].caveat}" for id_ in REMOVED[name]]


# ---------------------------------------------------------------- what it teaches


def separating_nothing(now: Assessment) -> list[str]:
    """Say of each item that separates nothing how it is rated, and what it changes."""
    said = []
    left_out = {one.id: one for one in without_items(now.matrix)}
    for weighed in now.evidence:
        if weighed.diagnosticity > TIE:
            continue
        item = now.matrix.basis.case.item[weighed.id]
        codes = joined(sorted({code(rating) for rating in item.ratings.values()}))
        same = left_out[item.id].ranking == now.ranking
        said.append(
            f"{named(item)} is rated {codes} against all: its diagnosticity is "
            f"{shown(weighed.diagnosticity)}, and without it the ranking is "
            f"{'the same' if same else 'another'}."
        )
    return said


def without_one(now: Assessment) -> list[str]:
    """Say how many items the first place hangs on, and who would be first without."""
    found = without_items(now.matrix)
    changing = [one for one in found if one.leaders_change]
    what = "tie at the top" if len(now.leaders) > 1 else "first place"
    if not changing:
        return [f"The {what} hangs on no single item."]
    item = now.matrix.basis.case.item
    many = f"{len(changing)} of the {counted(len(found), 'item')}"
    return [
        f"The {what} hangs on {many}, each by itself.",
        *(
            f"Without {named(item[one.id])}, {first(now, one.ranking)}."
            for one in changing
        ),
    ]


def rows_without(now: Assessment) -> list[tuple[str, str, Ranking, bool]]:
    """Give the ranking without each item, as rows of a table of ranks."""
    item = now.matrix.basis.case.item

    def row(one: LeaveOut) -> tuple[str, str, Ranking, bool]:
        return "item", named(item[one.id]), one.ranking, one.leaders_change

    return [row(one) for one in without_items(now.matrix)]


def by_two_rules(every: Mapping[Rule, Assessment]) -> list[str]:
    """Say who is first by net support and by inconsistency, and whether they agree."""
    return [
        *(describe_ranking(every[rule]) for rule in RULES),
        _agreement([every[rule] for rule in RULES]),
    ]


def _agreement(ones: Sequence[Assessment]) -> str:
    leads = [set(one.leaders) for one in ones]
    if leads[0] == leads[1]:
        return f"Both put {_labels(ones[0])} first."
    if leads[0] & leads[1]:
        parts = [
            f"{_labels(one)} {'are level' if len(one.leaders) > 1 else 'leads alone'} "
            f"by {SCHEMES[one.rule].title.lower()}"
            for one in ones
        ]
        return f"{', and '.join(parts)}."
    one, other = (result.ranking[:2] for result in ones)
    if one == other[::-1] and all(len(group) == 1 for group in one):
        return f"{joined(map(_labels, ones))} change places with the rule."
    return "The two rules put different hypotheses first."


def _labels(one: Assessment) -> str:
    return joined(one.standing[id_].label for id_ in one.leaders)


def published(name: str) -> Assessment:
    """Assess a case as published, under its own rule."""
    return assess(build(cases()[name]))
