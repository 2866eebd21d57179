"""What a page is told of items that it has just added: what there is like them."""

from __future__ import annotations

from typing import Final

from workbench.case.editing.neighbours import nearly_titled
from workbench.case.model import Case
from workbench.grid.payload import Values
from workbench.wording.nearly_said import describe_added

_ADDING: Final = ("add-evidence", "add-items")
_LOOKED: Final = 20  # items of a pasted list
_TOLD: Final = 3


def adds(operation: object) -> bool:
    """Tell whether an operation adds items by their titles."""
    match operation:
        case [_, "act", {"act": str(name)}]:
            return name in _ADDING
    return False


def near_added(before: Case, case: Case) -> list[Values]:
    """Point out, of the items that are new, those titled nearly as another is.

    Of two that are both new only the later one.
    """
    new = [item for item in case.evidence if item.id not in before.item]
    told: list[Values] = []
    later = {item.id for item in new}
    for item in new[:_LOOKED]:
        later.discard(item.id)
        for one in nearly_titled(case, item.title, item.id):
            if one.item.id not in later and len(told) < _TOLD:
                text = describe_added(item, one)
                told.append({"id": item.id, "item": one.item.id, "text": text})
                break
    return told
