"""The matrices of several sheets of one file, as one answer.

Sheets that hold the same matrix for different analysts become one case; a sheet without
a matrix is named. What a sheet holds is read by `table`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from workbench.exchange.choices import Choices
from workbench.exchange.imported import Imported, Taken, Unreadable
from workbench.exchange.refusal import refusal
from workbench.exchange.tables import analysts, columns, legends_apart, table
from workbench.exchange.tables.sheet import NoMatrix, Sheet
from workbench.wording import counted, listed, quoted


def read(
    sheets: Iterable[Sheet],
    format_: str,
    choices: Choices,
    *,
    left: Sequence[str] = (),
    nothing: str = "the file holds no table with cells",
) -> tuple[Imported, ...]:
    """Read every matrix of a file's sheets.

    `left` is what the file holds beside sheets, `nothing` what is said of a file
    without any. Raises Unreadable.
    """
    found: list[tuple[str, Imported]] = []
    others: list[tuple[Sheet, NoMatrix]] = []
    faults: list[str] = []
    taken: tuple[Taken, ...] = ()
    labels: dict[str, str] = {}
    kept, legends = legends_apart.spread(list(sheets))
    for sheet in kept:
        _note_labels(sheet, labels)
        try:
            found += [(sheet.name, one) for one in table.read(sheet, format_, choices)]
        except NoMatrix as fault:
            others.append((sheet, fault))
            taken = taken or fault.taken
        except Unreadable as fault:
            faults.append(str(fault))
            taken = taken or fault.taken
    if not found:
        faults += [str(fault) for _, fault in others]
        raise Unreadable("\n".join(faults) or nothing, taken)
    names = [quoted(sheet.name) for sheet, _ in others if sheet.name]
    said = [f"sheets without a matrix: {listed(names)}"] if names else []
    if whole := _of_report(found, labels):
        many = counted(len(found) - 1, "other table")
        said.append(f"{many} of the report, worked out from the matrix")
        found, faults = [whole], []
    first, *rest = analysts.joined_up(found)
    dropped = (*first.dropped, *faults, *said, *left)
    understood = first.understood
    if told := [quoted(one.name) for one in legends if one.name]:
        understood = (*understood, f"The legend is that of the sheet {listed(told)}")
    return (replace(first, dropped=dropped, understood=understood), *rest)


# ------------------------------------------------------------------ our own report

_OURS: Final = frozenset({"weight", "diagnosticity"})


def _is_ours(one: Imported) -> bool:
    """Tell whether a table is the matrix of a report that this workbench wrote."""
    heads = {taken.head.casefold() for taken in one.taken}
    return heads >= _OURS and any(head.startswith("h1") for head in heads)


def _of_report(
    found: Sequence[tuple[str, Imported]], labels: Mapping[str, str]
) -> tuple[str, Imported] | None:
    """Give the matrix of a report of ours, where it holds more tables."""
    ours = [pair for pair in found if _is_ours(pair[1])]
    if not ours or len(found) == 1:
        return None
    name, one = max(ours, key=lambda pair: (not refusal(pair[1]), pair[1].read))
    return name, _titled(one, labels)


def _note_labels(sheet: Sheet, labels: dict[str, str]) -> None:
    """Note what H1, H2 stand for, as the first cells of other tables say."""
    for line in sheet.lines:
        found = columns.hypothesis(line[0]) if line and line[0] else None
        if found and found[1]:
            labels.setdefault(*found)


def _titled(one: Imported, labels: Mapping[str, str]) -> Imported:
    """Give hypotheses named by label alone the titles that are said elsewhere."""
    hypotheses = tuple(
        replace(h, title=labels[h.label], statement=labels[h.label])
        if h.title == h.label and h.label in labels
        else h
        for h in one.case.hypotheses
    )
    return replace(one, case=replace(one.case, hypotheses=hypotheses))
