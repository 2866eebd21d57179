"""Whether the rows of a sheet are items or hypotheses, by what it says itself.

The number of rows, or the length of texts, is no reason to think so.
"""

from __future__ import annotations

from collections.abc import Iterable

from workbench.exchange.choices import Choices, Role
from workbench.exchange.imported import Unreadable
from workbench.exchange.tables import columns, layout
from workbench.exchange.tables.layout import Layout
from workbench.exchange.tables.marks import Marks
from workbench.exchange.tables.sheet import Sheet
from workbench.wording import joined, quoted


def oriented(sheet: Sheet, marks: Marks, choices: Choices) -> Layout:
    """Find the matrix, turned so that its rows are items.

    Raises Unreadable where the sheet does not say, or says both.
    """
    upright, fault = _tried(sheet, marks, choices)
    if upright and (upright.own or len(upright.chosen) > 0):
        return upright
    turned, turned_fault = _tried(sheet.exchanged(), marks, choices)
    if turned and turned.chosen:
        return turned
    items, explanations = _said(upright, turned)
    if items and explanations:
        raise sheet.fault(
            "its rows may be items or hypotheses: the one because "
            f"{joined(items[:3])}, the other because {joined(explanations[:3])}; write "
            "“Evidence” or “Hypotheses” over the first column, and nothing that "
            "contradicts it"
        )
    if items or explanations:
        chosen, why = (upright, fault) if items else (turned, turned_fault)
    else:
        chosen = None
        why = None if upright else fault
    if chosen is not None:
        return chosen
    raise why or sheet.fault(
        "it does not say whether its rows are items or hypotheses; write “Evidence” "
        "over the first column if they are items, “Hypotheses” if they are not, or "
        "number the hypotheses H1, H2, ..."
    )


def _said(upright: Layout | None, turned: Layout | None) -> tuple[list[str], list[str]]:
    """Say what speaks for rows of items, and for rows of hypotheses."""
    items: list[str] = []
    explanations: list[str] = []
    if upright:
        items += _for_items(upright)
        explanations += _for_hypotheses(upright)
        name = _name(upright)
        corner = upright.sheet.cell(upright.header, _title(upright))
        said = f"{corner} is {quoted(name)}"
        if columns.name(name) in columns.EVIDENCE:
            items.append(said)
        elif columns.name(name) in columns.HYPOTHESES:
            explanations.append(said)
    if turned:
        explanations += _for_items(turned)
        items += _for_hypotheses(turned)
    return items, explanations


def _tried(
    sheet: Sheet, marks: Marks, choices: Choices
) -> tuple[Layout | None, Unreadable | None]:
    try:
        return layout.find(sheet, marks, choices), None
    except Unreadable as fault:
        return None, fault


def _title(found: Layout) -> int:
    column = found.of(Role.ITEM)
    assert column is not None  # a layout has one
    return column


def _name(found: Layout) -> str:
    return found.names.get(_title(found), "")


def _for_items(found: Layout) -> list[str]:
    """Say what speaks for the rows being items."""
    said = []
    sheet, header = found.sheet, found.header
    for column, role in found.roles.items():
        name = found.names.get(column, "")
        known = columns.ROLE.get(columns.name(name))
        sure = known is role and role in columns.OF_ITEMS
        if sure or columns.name(name) == "diagnosticity":
            said.append(f"{sheet.column(column)} is called {quoted(name)}")
    if all(columns.hypothesis(one.name) for one in found.hypotheses):
        places = (sheet.column(one.place) for one in found.hypotheses)
        said.append(f"{_some(places)} bear the label of a hypothesis")
    if found.top and columns.HYPOTHESES & _over(found):
        said.append(f"{sheet.row(found.top - 1)} says “Hypotheses”")
    title = _title(found)
    for row in range(header + 1, sheet.rows.stop):
        text = sheet.at(row, title)
        if columns.is_foot(text) and not sheet.turned:
            said.append(f"{sheet.row(row)} is called {quoted(text)}")
    return said


def _for_hypotheses(found: Layout) -> list[str]:
    """Say what speaks for the columns being items."""
    said = []
    sheet = found.sheet
    if all(columns.item(one.name) for one in found.hypotheses):
        places = (sheet.column(one.place) for one in found.hypotheses)
        said.append(f"{_some(places)} bear the label of an item")
    if found.top and columns.EVIDENCE & _over(found):
        said.append(f"{sheet.row(found.top - 1)} says “Evidence”")
    return said


def _over(found: Layout) -> frozenset[str]:
    """Give the names that stand in the row above those of the hypotheses."""
    first = found.hypotheses[0].place
    texts = [t for c, t in found.sheet.filled(found.top - 1) if c >= first]
    return frozenset(columns.name(t) for t in texts if len(t) < 40)  # noqa: PLR2004


def _some(places: Iterable[str]) -> str:
    found = list(places)
    return found[0] if len(found) == 1 else f"{found[0]} to {found[-1]}"
