"""The section on what people said to each other: by place, with who and when."""

from __future__ import annotations

from typing import Final

from workbench.case.comments import Comment, Place, by_place
from workbench.case.model import Case
from workbench.report.content.basis import Basis
from workbench.report.content.blocks import Blocks, Points
from workbench.wording import clipped, named, plain

_WRITTEN: Final = 600  # characters of one comment
WITHDRAWN: Final = "withdrawn"


def discussion_section(basis: Basis) -> Blocks | None:
    """List the threads in the order of the case; None where nobody said anything."""
    threads = by_place(basis.said)
    if not threads:
        return None
    return tuple(
        Points(_of(basis.case, place), tuple(map(_line, threads[place])))
        for place in _ordered(basis.case, threads)
    )


def _ordered(case: Case, threads: dict[Place, list[Comment]]) -> list[Place]:
    items = {None: -1} | {one.id: at for at, one in enumerate(case.evidence)}
    columns = {None: -1} | {one.id: at for at, one in enumerate(case.hypotheses)}
    return sorted(threads, key=lambda one: (items[one[0]], columns[one[1]]))


def _of(case: Case, place: Place) -> str:
    item, hypothesis = (
        case.item.get(place[0] or ""),
        case.hypothesis.get(place[1] or ""),
    )
    parts = [named(one) for one in (item, hypothesis) if one is not None]
    return plain(f"{' against '.join(parts)}:")


def _line(one: Comment) -> str:
    text = clipped(one.text, _WRITTEN) if one.text else WITHDRAWN
    return plain(f"{one.analyst}, {one.at[:16].replace('T', ' ')} UTC: {text}")
