"""Things of one kind as one table, so that a spreadsheet can sort and filter them.

Elsewhere a report gives each thing under its own heading; no text of it is lost here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.report.content.blocks import (
    Cell,
    Column,
    Facts,
    Item,
    Note,
    Paragraph,
    Points,
    Table,
)

_STATEMENT, _NOTE = "Statement", "Note"


def gathered(name: str, items: Sequence[Item]) -> Table:
    """Set things down a table: a column for each fact, and for statements and lists.

    `name` heads the column of their headings.
    """
    found = [_parts(item) for item in items]
    names: list[str] = []
    for parts in found:
        _take_in(names, list(parts))
    rows = tuple(
        (Cell(item.heading, "name"), *(Cell(parts.get(one, "")) for one in names))
        for item, parts in zip(items, found, strict=True)
    )
    columns = (Column(name), *(Column(one) for one in names))
    return Table("", columns, rows)


def _parts(item: Item) -> dict[str, str]:
    """Give the texts of one thing by the column they belong in."""
    parts: dict[str, list[str]] = {}
    for block in item.blocks:
        match block:
            case Paragraph(text):
                parts.setdefault(_STATEMENT, []).append(text)
            case Note(text):
                parts.setdefault(_NOTE, []).append(text)
            case Points(intro, texts):
                parts.setdefault(intro.rstrip(":"), []).extend(texts)
            case Facts(facts):
                for name, text in facts:
                    parts.setdefault(name, []).append(text)
            case Table():
                pass  # see `inner`
    return {name: "\n".join(texts) for name, texts in parts.items()}


def _take_in(names: list[str], others: Sequence[str]) -> None:
    """Put further names where they stand among those known already."""
    at = 0
    for name in others:
        if name in names:
            at = names.index(name) + 1
        else:
            names.insert(at, name)
            at += 1


def inner(name: str, items: Sequence[Item]) -> Table | None:
    """Set the tables of things one below the other, with the thing before each row."""
    rows: list[tuple[Cell, ...]] = []
    columns: tuple[Column, ...] = ()
    for item in items:
        for block in item.blocks:
            if isinstance(block, Table):
                columns = columns or block.columns
                of_item = Cell(item.heading, "name")
                rows += [(of_item, *row) for row in (*block.rows, *block.foot)]
    if not rows:
        return None
    return Table("", (Column(name), *columns), tuple(rows))


def with_published(table: Table) -> Table:
    """Give the published code its own column where some cell departs from it."""
    if not any(cell.was for row in table.rows for cell in row):
        return table
    at = next(i for i, column in enumerate(table.columns) if column.kind == "code")
    heads = (*table.columns[: at + 1], Column("Published"), *table.columns[at + 1 :])
    rows = tuple(
        (
            *row[:at],
            replace(row[at], was=""),
            Cell(row[at].was),
            *row[at + 1 :],
        )
        for row in table.rows
    )
    return replace(table, columns=heads, rows=rows)
