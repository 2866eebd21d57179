"""Run by itself: read a workbook from standard input, write its rows as JSON.

The reader is compiled code that trusts what a file claims of its size, so it runs in a
process of its own, whose memory and time the system limits. Nothing else belongs here.
"""

import contextlib
import datetime as dt
import io
import json
import sys
from typing import Any

import python_calamine

MEMORY = 200_000_000  # bytes beyond what the process has when it starts
SECONDS = 4
MAX_CELLS = 1_000_000
MAX_ROWS = 25_000
MAX_COLUMNS = 1_000
MAX_CHARACTERS = 16_000_000
MAX_SHEETS = 100


def limit() -> None:
    """Have the system end this process before it takes too much."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  not there on every system

        pages = int(open("/proc/self/statm").read().split()[0])  # noqa: PTH123, SIM115
        size = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))


def shown(value: object) -> str:
    """Print a value as it would be typed."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat()
    return str(value).strip()


class TooMuch(Exception):
    """More than is read; its text says of what."""


def rows(sheet: Any, counted: list[int]) -> list[list[Any]]:  # noqa: ANN401  compiled
    """Give the rows that hold something: number from 1, then column and text."""
    found: list[list[Any]] = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [(c, text) for c, value in enumerate(row) if (text := shown(value))]
        if not cells:
            continue
        counted[0] += len(cells)
        counted[1] += sum(len(text) for _, text in cells)
        if cells[-1][0] >= MAX_COLUMNS:
            raise TooMuch(f"row {number}: more than {MAX_COLUMNS:,} columns")
        if len(found) >= MAX_ROWS or counted[0] > MAX_CELLS:
            raise TooMuch(f"row {number}: more than {MAX_ROWS:,} rows; split the sheet")
        if counted[1] > MAX_CHARACTERS:
            raise TooMuch(f"row {number}: more than {MAX_CHARACTERS:,} characters")
        found.append([number, cells])
    return found


def read(data: bytes) -> dict[str, Any]:
    """Read every sheet, or say why not."""
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        told = book.sheets_metadata[:MAX_SHEETS]
        counted = [0, 0]
        sheets = []
        for one in told:
            if one.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(one.name)
            merged = [
                [*top_left, *bottom_right]
                for top_left, bottom_right in sheet.merged_cell_ranges or ()
            ]
            hidden = one.visible != python_calamine.SheetVisibleEnum.Visible
            try:
                kept = rows(sheet, counted)
            except TooMuch as much:
                return {"fault": f"sheet “{one.name}”, {much}"}
            sheets.append(
                {"name": one.name, "hidden": hidden, "merged": merged, "rows": kept}
            )
    except python_calamine.PasswordError:
        return {
            "fault": "the workbook is protected by a password; take the password off "
            "and save it again"
        }
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        return {"fault": f"damaged, or no workbook: {str(error)[:200]}"}
    else:
        return {"sheets": sheets}


if __name__ == "__main__":
    given = sys.stdin.buffer.read()
    limit()
    sys.stdout.write(json.dumps(read(given)))
