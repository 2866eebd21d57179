"""Whether so much of a matrix could not be read that nobody should rank by the rest.

One rule for every reader; what a person can do about it is said by whoever asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workbench.exchange.imported import Cell, Imported, Unreadable
from workbench.wording import counted, listed

_KINDS: Final = 40
_PLACES: Final = 12
_MOST: Final = 10  # one cell in so many may be unread


def refusal(one: Imported) -> str:
    """Say why a matrix is refused, "" where it is not.

    It is where a weight cannot be read, or more than a tenth of the filled cells.
    """
    weights = [cell for cell in one.listed if cell.weighs]
    cells = [cell for cell in one.listed if not cell.weighs]
    filled = one.filled - len(weights)
    lines = []
    if len(cells) * _MOST > filled:
        many = counted(filled, "cell")
        lines += [f"{len(cells)} of {many} cannot be read:", *_items(cells)]
    if weights:
        verb = "is one that" if len(weights) == 1 else "are ones that"
        said = f"the ranking hangs on the weights, and here {verb} cannot be read:"
        lines += [said, *_items(weights)]
    return "\n".join([*lines, *one.advice]) if lines else ""


def require_readable(found: Sequence[Imported]) -> None:
    """Refuse what is not to be ranked by.

    Raises Unreadable.
    """
    for one in found:
        if said := refusal(one):
            raise Unreadable(said)


def _items(cells: Sequence[Cell]) -> list[str]:
    return [f"- {line}" for line in told(cells)]


def told(cells: Sequence[Cell]) -> list[str]:
    """Say of cells why they were not read, and where they are, a line a reason."""
    by_why: dict[str, list[str]] = {}
    for cell in cells:
        by_why.setdefault(cell.why or cell.content, []).append(cell.place)
    lines = [
        f"{why}: {listed(places, _PLACES)}"
        for why, places in list(by_why.items())[:_KINDS]
    ]
    if (more := len(by_why) - _KINDS) > 0:
        lines.append(f"and {more:,} more of such kinds")
    return lines
