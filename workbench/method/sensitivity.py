"""What the ranking hangs on: the public list of the sensitivity analysis.

Heuer 1999, ch. 8, step 6. The parts stand each in its own module; all but the draws are
exact. Nothing here says what is probable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workbench.method.as_of import AsOf, by_day, is_telling, undated
from workbench.method.collection import Cell, Sign, collection
from workbench.method.contenders import Slips, Verdict, slips, verdict
from workbench.method.contributions import Between, Contributions, Part, contributions
from workbench.method.deceived import Deceived, deceived, opposite
from workbench.method.draws import DRAWS, Drawn, Q, draw
from workbench.method.leave_out import (
    LeaveOut,
    sole_items,
    source_ids,
    without_items,
    without_origins,
    without_sources,
)
from workbench.method.matrix import Matrix
from workbench.method.scoring import Assessment, assess
from workbench.method.single_steps import SingleStep, single_steps
from workbench.method.smallest_change import (
    CellChange,
    Reach,
    SmallestChange,
    smallest_change,
    smallest_changes,
)
from workbench.method.tipping import Tip, Tipping, tipping_items, tipping_sources

__all__ = [
    "DRAWS",
    "AsOf",
    "Between",
    "Cell",
    "CellChange",
    "Contributions",
    "Deceived",
    "Drawn",
    "LeaveOut",
    "Part",
    "Q",
    "Reach",
    "Sensitivity",
    "Sign",
    "SingleStep",
    "Slips",
    "SmallestChange",
    "Tip",
    "Tipping",
    "Verdict",
    "by_day",
    "collection",
    "contributions",
    "deceived",
    "document",
    "draw",
    "is_telling",
    "opposite",
    "sensitivity",
    "single_steps",
    "slips",
    "smallest_change",
    "smallest_changes",
    "sole_items",
    "source_ids",
    "tipping_items",
    "tipping_sources",
    "undated",
    "verdict",
    "without_items",
    "without_origins",
    "without_sources",
]


@dataclass(frozen=True)
class Sensitivity(Slips):
    """The exact parts, for one assessment.

    `rivals` are the smallest one-step changes by which each rival of a sole leader
    passes it: the strongest case for each.
    """

    tipping_items: tuple[Tipping, ...]
    tipping_sources: tuple[Tipping, ...]
    any_change: SmallestChange
    one_step_change: SmallestChange
    rivals: tuple[SmallestChange, ...]
    deceived: tuple[Deceived, ...]


def sensitivity(
    matrix: Matrix, assessment: Assessment | None = None, *, known: Slips | None = None
) -> Sensitivity:
    """Find all that is exact about what a ranking hangs on.

    `known` are slips that were found on the same matrix.
    """
    return Sensitivity(
        **vars(known or slips(assessment or assess(matrix))),
        tipping_items=tipping_items(matrix),
        tipping_sources=tipping_sources(matrix),
        any_change=smallest_change(matrix, Reach.ANY),
        one_step_change=smallest_change(matrix, Reach.ONE_STEP),
        rivals=smallest_changes(matrix, Reach.ONE_STEP),
        deceived=deceived(matrix),
    )


def document(found: Sensitivity, drawn: Drawn) -> dict[str, Any]:
    """Give the plain values that `sensitivity --json` prints."""
    now, reached = found.assessment, verdict(found, drawn)
    return {
        "ranking": _groups(now.ranking),
        "margin": now.margin,
        "leave_out": {
            "evidence": [_leave_out(one) for one in found.without_items],
            "sources": [_leave_out(one) for one in found.without_sources],
            "origins": [_leave_out(one) for one in found.without_origins],
        },
        "tipping": {
            "evidence": [_tipping(one) for one in found.tipping_items],
            "sources": [_tipping(one) for one in found.tipping_sources],
        },
        "smallest_change": {
            Reach.ANY.value: found.any_change.document(),
            Reach.ONE_STEP.value: found.one_step_change.document(),
        },
        "deceived": [
            {
                "source": one.source,
                "ranking": _groups(one.ranking),
                "leaders_change": one.leaders_change,
            }
            for one in found.deceived
        ],
        "drawn": drawn.document(),
        "verdict": reached.document(),
        "contributions": contributions(now, reached).document(),
        "collection": [one.document() for one in collection(now, reached)],
    }


def _groups(ranking: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    return [list(group) for group in ranking]


def _leave_out(one: LeaveOut) -> dict[str, Any]:
    return {
        "id": one.id,
        "ranking": _groups(one.ranking),
        "leaders_change": one.leaders_change,
    }


def _tipping(one: Tipping) -> dict[str, Any]:
    def tip(found: Tip | None) -> dict[str, Any] | None:
        if found is None:
            return None
        return {"emphasis": found.emphasis, "leaders": list(found.leaders)}

    return {"id": one.id, "below": tip(one.below), "above": tip(one.above)}
