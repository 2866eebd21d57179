"""What decides between hypotheses, the strongest case for each rival, what to find out.

Each sentence says what one result holds; nothing is computed or ranked here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from workbench.case.model import Consistency
from workbench.method.scoring import TIE, Assessment
from workbench.method.sensitivity import (
    Between,
    Cell,
    Part,
    Sensitivity,
    Sign,
    SmallestChange,
)
from workbench.wording import joined, listed, quoted, quoted_item, shown
from workbench.wording.verdict import change_in_words, leads, spoken

_TEXT: Final = 110  # characters of what to watch for
_NAMED: Final = 3  # items or cells in a sentence


def describe_between(now: Assessment, between: Between) -> str:
    """Say which items speak most for either of two, and what is left over."""
    names = spoken(now)
    a, b = names[between.a], names[between.b]
    sides = [
        (name, [one for one in between.items if (one.value > 0) is first])
        for name, first in ((a, True), (b, False))
    ]
    if not between.items:
        return f"No item tells {a} from {b}."
    said = "; ".join(
        f"for {name} {_parts(now, parts)}" for name, parts in sides if parts
    )
    left = f"Together they leave {a} and {b} level."
    if between.gap > TIE:
        gap = shown(between.gap)
        by = "less than 0.01" if gap == "0.00" else gap
        left = f"Together they leave {a} ahead by {by}."
    return f"Between {a} and {b}: {said}. {left}"


def _parts(now: Assessment, parts: list[Part]) -> str:
    case = now.matrix.basis.case
    return listed(
        [
            f"{quoted_item(case, one.evidence)} ({shown(abs(one.value))})"
            for one in parts
        ],
        _NAMED,
    )


def describe_rival(now: Assessment, change: SmallestChange) -> str:
    """Say the smallest change, in steps of one, by which a rival passes the leader."""
    names = spoken(now)
    rival, leader = names[change.rival or ""], names[now.leaders[0]]
    if change.size is None:
        return f"No change of one step a rating puts {rival} ahead of {leader}."
    cells = "; ".join(change_in_words(now, cell) for cell in change.cells[:_NAMED])
    if (more := change.size - _NAMED) > 0:
        cells += f"; and {more} more"
    where = "one rating" if change.size == 1 else f"each of {change.size} ratings"
    said = f"One step in {where} puts {rival} ahead of {leader}: {cells}."
    if change.leaders == (change.rival,):
        return said
    return f"{said} Then {leads(names, change.leaders)}."


def describe_rivals(found: Sensitivity) -> tuple[str, ...]:
    """Make the strongest case for each rival of a sole leader, by label."""
    return tuple(describe_rival(found.assessment, one) for one in found.rivals)


def describe_missing(now: Assessment, one: Cell | Sign) -> str:
    """Say what is not known yet, and who would lead under each outcome."""
    names, case = spoken(now), now.matrix.basis.case
    if isinstance(one, Sign):
        text = case.hypothesis[one.hypothesis].predicts[one.indicator - 1].text
        what = f"{quoted(text, _TEXT)}, to watch for under {names[one.hypothesis]}"
        if one.seen == one.not_seen:
            return f"{what}: seen or not, {leads(names, one.seen)}."
        return (
            f"{what}: seen, {leads(names, one.seen)}; not seen, "
            f"{leads(names, one.not_seen)}."
        )
    item = quoted_item(case, one.evidence)
    what = f"{item} against {names[one.hypothesis]}"
    return f"{what}: {'; '.join(_outcomes(now, one))}."


def _outcomes(now: Assessment, one: Cell) -> Iterable[str]:
    names = spoken(now)
    by_leaders: dict[tuple[str, ...], list[Consistency]] = {}
    for code, who in one.outcomes.items():
        by_leaders.setdefault(who, []).append(code)
    for who, codes in by_leaders.items():
        if len(by_leaders) == 1:
            yield f"however it is rated, {leads(names, who)}"
        else:
            said = joined(code.meaning for code in codes).replace(" and ", " or ")
            yield f"if {said}, {leads(names, who)}"
