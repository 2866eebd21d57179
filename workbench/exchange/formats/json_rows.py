"""Rows of a table as JSON: a list of objects, one a row, that name their columns.

Only texts become a sheet here, its rows numbered as in a spreadsheet with the names in
the first; what they mean is read by `table`.
"""

from __future__ import annotations

from typing import Any, Final

from workbench.exchange.content import Content, Format
from workbench.exchange.imported import Imported, Unreadable
from workbench.exchange.tables import table
from workbench.exchange.tables.sheet import MAX_COLUMNS, MAX_ROWS, Sheet

TITLE: Final = "Rows of a table (JSON)"
_LIST: Final = ("rows", "data", "matrix", "records", "items")
_FEW: Final = 2  # names of which a row makes a table


def recognises(content: Content) -> bool:
    """Tell whether a content is a list of flat objects, alone or by its usual name."""
    rows = _rows(content.json)
    return bool(rows) and all(map(_is_flat, rows[:MAX_ROWS]))


def _rows(found: Any) -> list[Any]:  # noqa: ANN401  JSON
    if isinstance(found, dict):
        lists = [found[k] for k in _LIST if isinstance(found.get(k), list)]
        found = lists[0] if len(lists) == 1 else None
    return found if isinstance(found, list) else []


def _is_flat(row: Any) -> bool:  # noqa: ANN401  JSON
    return (
        isinstance(row, dict)
        and len(row) >= _FEW
        and not any(isinstance(value, dict | list) for value in row.values())
    )


def read(content: Content) -> tuple[Imported, ...]:
    """Read the one matrix.

    Raises Unreadable.
    """
    rows = _rows(content.json)
    names = list(dict.fromkeys(name for row in rows for name in row))
    if len(rows) >= MAX_ROWS or len(names) > MAX_COLUMNS:
        raise Unreadable(
            f"more than {MAX_ROWS:,} rows or {MAX_COLUMNS:,} names; split the file"
        )
    lines = [names, *([_text(row.get(name)) for name in names] for row in rows)]
    numbers = list(range(1, len(lines) + 1))
    return table.read(Sheet("", lines, numbers), TITLE, content.choices)


def _text(value: Any) -> str:  # noqa: ANN401  JSON
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).strip()


FORMATS: Final = (Format(TITLE, recognises, read, chooses=True),)
