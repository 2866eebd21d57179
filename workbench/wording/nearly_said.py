"""Sentences about an item that nearly says what another says."""

from __future__ import annotations

from workbench.case.editing.neighbours import Near
from workbench.case.model import Evidence
from workbench.wording import named

_SHOWN = 80


def describe_near(near: Near) -> str:
    """Name the other item, and how near it is."""
    return (
        f"Nearly said already: {named(near.item, _SHOWN)} "
        f"({near.score:.0f} of 100 by its words)."
    )


def describe_added(item: Evidence, near: Near) -> str:
    """Say of an item that was just added what there is like it."""
    return f"{item.label} is added. {describe_near(near)}"
