"""A case from nothing: what the grid offers while hypotheses and items are named."""

from __future__ import annotations

from typing import Final

from workbench.grid.payload import Values
from workbench.ui import form

NONE_OF_THESE: Final = "None of these"
_NEITHER: Final[Values] = {
    "none": NONE_OF_THESE,
    "request": {
        "act": "add-hypothesis",
        "title": NONE_OF_THESE,
        "statement": "The answer is none of those that are named here.",
    },
}


def adds() -> Values | None:
    """Give what may be added in the grid, None where the texts cannot be changed."""
    return _NEITHER if form.may_edit() else None
