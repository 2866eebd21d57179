"""What the command line does with other tools' files: lines to print, and a case.

What is read and written, and how, is the affair of `exchange`; nothing is printed here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from workbench import exchange
from workbench.errors import WorkbenchError
from workbench.exchange import Imported
from workbench.record.ledger import VARIABLE
from workbench.wording import counted

STDIN: Final = "-"


def bring(
    file: str,
    where: Path,
    *,
    matrix: int | None = None,
    every: bool = False,
    dry_run: bool = False,
) -> list[str]:
    """Import a file into a new case, or `every` matrix of it into folders below.

    Gives what was understood and lost, line by line, then where it was written. Raises
    WorkbenchError, also for several matrices of which none is chosen.
    """
    name, data = _read(file)
    found = exchange.read(data, name)
    takes_all = matrix is None and (every or dry_run)
    chosen = found if takes_all else (_chosen(found, matrix, name),)
    lines = [line for one in chosen for line in _told(one)]
    if dry_run:
        return [*lines, "Nothing was written."]
    if every:
        written = exchange.save_all(chosen, where, name)
    else:
        written = (exchange.save(chosen[0], where, name),)
    lines += [f"Written to {place}" for place in written]
    if any(one.analysts for one in chosen) and os.environ.get(VARIABLE):
        lines.append(
            f"The judgments are in the new folder's own ledger; {VARIABLE} names "
            "another. Move them with `workbench ledger export` and `ledger import`."
        )
    return lines


def _read(file: str) -> tuple[str, bytes]:
    """Read a file, and no more of it than is needed to see that it is too large."""
    if file == STDIN:
        return "standard input", sys.stdin.buffer.read(exchange.MAX_BYTES + 1)
    with Path(file).open("rb") as stream:
        return Path(file).name, stream.read(exchange.MAX_BYTES + 1)


def _chosen(found: Sequence[Imported], matrix: int | None, name: str) -> Imported:
    if matrix is None and len(found) == 1:
        return found[0]
    if matrix is not None and matrix <= len(found):
        return found[matrix - 1]
    listed = [f"  {number}. {_named(one)}" for number, one in enumerate(found, start=1)]
    if matrix is None:
        said = f"{len(found)} matrices in it; choose one with --matrix, or --all"
    else:
        said = f"no matrix {matrix} in it; it holds"
    raise WorkbenchError("\n".join([f"{name}: {said}:", *listed]))


def _named(one: Imported) -> str:
    case = one.case
    ratings = sum(len(item.ratings) for item in case.evidence)
    sizes = [
        counted(len(case.hypotheses), "hypothesis", "hypotheses"),
        counted(len(case.evidence), "item"),
        counted(ratings, "published rating"),
    ]
    return f"{case.question.title} ({', '.join(sizes)})"


def _told(one: Imported) -> Iterator[str]:
    yield _named(one)
    yield f"Format: {one.format}"
    for analyst, judgments in one.analysts.items():
        yield f"Analyst: {analyst} ({counted(len(judgments.ratings), 'rating')})"
    for title, notes in (
        ("Understood:", one.understood),
        ("Not carried:", one.dropped),
    ):
        if notes:
            yield title
            yield from (f"  {note}" for note in notes)
