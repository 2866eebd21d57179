"""The names of lines at their ends, none on another: in place of a legend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

PLOT: Final = 340  # px of height, more where many names need it
_APART: Final = 15  # px between two names
LINE_NAME: Final = 26  # characters of a hypothesis at the end of its line
LABEL: Final = 10  # of its label, where there is no room for more


def height(lines: int) -> int:
    """Give the height of a plot whose lines are named at their ends, in px."""
    return max(PLOT, _APART * lines)


def ended(
    last: Mapping[str, float], names: Mapping[str, str], domain: tuple[float, float]
) -> list[dict[str, Any]]:
    """Place the name of each line near its last value, none on another.

    last, names: by the label that a line goes by.
    """
    least, most = domain
    step = (most - least) * _APART / height(len(last))
    places: list[list[Any]] = []
    for label in sorted(last, key=lambda one: last[one]):
        low = places[-1][0] + step if places else least
        places.append([max(last[label], low), label])
    top = most
    for place in reversed(places):
        place[0] = min(place[0], top)
        top = place[0] - step
    return [{"h": label, "n": names[label], "y": round(y, 4)} for y, label in places]
