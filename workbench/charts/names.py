"""What charts call their rows: short, and no two of one name in one place."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.charts.look import TITLE
from workbench.method.lead_map import Axis
from workbench.method.scoring import Assessment
from workbench.wording import clipped, named


def axis_name(assessment: Assessment, axis: Axis) -> str:
    """Name an item or a source whose emphasis is moved."""
    case = assessment.matrix.basis.case
    if axis.kind == "evidence":
        return named(case.item[axis.id], TITLE)
    source = case.source.get(axis.id)
    return clipped(f"Source {source.spoken if source else axis.id}", TITLE)


def apart(names: Sequence[str]) -> list[str]:
    """Tell equal names apart, as an axis would draw them in one place."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found
