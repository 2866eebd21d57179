"""The matrices of several sheets of one file, as one answer.

Sheets that hold the same matrix for different analysts become one case; a sheet without
a matrix is named. What a sheet holds is read by `table`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbench.exchange.choices import Choices
from workbench.exchange.draft import Imported, Taken, Unreadable
from workbench.exchange.tables import analysts, table
from workbench.exchange.tables.sheet import NoMatrix, Sheet
from workbench.wording import listed, quoted


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
    for sheet in sheets:
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
    first, *rest = analysts.joined_up(found)
    dropped = (*first.dropped, *faults, *said, *left)
    return (replace(first, dropped=dropped), *rest)
