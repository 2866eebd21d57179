"""JSON read strictly: what other readers pass over in silence is refused here.

Refused are keys that stand twice, numbers that no float holds, and deep nesting. What
the values mean is not known here, nor how large a text may be.
"""

from __future__ import annotations

import json
import math
from typing import Any, Final

from workbench.errors import WorkbenchError

_DIGITS: Final = 300  # of a whole number, so that a float holds it
_SHOWN: Final = 60


class NotJson(WorkbenchError):
    """A text that cannot be read; `line` and `column` count from 1, 0 if unknown."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        self.line = line
        self.column = column
        super().__init__(message)


def parse(text: str) -> Any:  # noqa: ANN401  JSON is any value
    """Read a JSON text.

    Raises NotJson.
    """
    try:
        return json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_constant,
            parse_float=_float,
            parse_int=_int,
        )
    except json.JSONDecodeError as error:
        raise NotJson(f"not JSON: {error.msg}", error.lineno, error.colno) from error
    except RecursionError as error:
        raise NotJson("nested too deeply") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise NotJson(f"the key {name[:_SHOWN]!r} stands twice")
            seen.add(name)
    return found


def _constant(text: str) -> Any:  # noqa: ANN401  never returns
    raise NotJson(f"{text} is not a number of JSON")


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise NotJson(f"the number {text[:_SHOWN]} is too large")
    return value


def _int(text: str) -> int:
    if len(text) > _DIGITS:
        raise NotJson(f"the number {text[:_SHOWN]}… is too large")
    return int(text)
