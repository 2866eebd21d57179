"""What is said of other tools' files, and what the command line does with them.

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
    return [*lines, *ledger_elsewhere(chosen)]


def ledger_elsewhere(found: Sequence[Imported]) -> list[str]:
    """Say where the judgments of analysts are when the environment names a ledger."""
    if not os.environ.get(VARIABLE) or not any(one.analysts for one in found):
        return []
    said = f"The judgments are in the new folder's own ledger; {VARIABLE} names another"
    return [f"{said}. Move them with `workbench ledger export` and `ledger import`."]


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
    listed = [f"  {number}. {named(one)}" for number, one in enumerate(found, start=1)]
    if matrix is None:
        said = f"{len(found)} matrices in it; choose one with --matrix, or --all"
    else:
        said = f"no matrix {matrix} in it; it holds"
    raise WorkbenchError("\n".join([f"{name}: {said}:", *listed]))


def named(one: Imported) -> str:
    """Name a matrix: its title, and how much is in it."""
    return f"{one.case.question.title} ({sizes(one)})"


def sizes(one: Imported) -> str:
    """Say how much is in a matrix."""
    case = one.case
    ratings = sum(len(item.ratings) for item in case.evidence)
    parts = [
        counted(len(case.hypotheses), "hypothesis", "hypotheses"),
        counted(len(case.evidence), "item"),
        counted(ratings, "published rating"),
    ]
    return ", ".join(parts)


def analysts(one: Imported) -> list[str]:
    """Name the analysts whose judgments are kept apart, and how much each rated."""
    return [
        f"{name} ({counted(len(judgments.ratings), 'rating')})"
        for name, judgments in one.analysts.items()
    ]


def _told(one: Imported) -> Iterator[str]:
    yield named(one)
    yield f"Format: {one.format}"
    yield from (f"Analyst: {analyst}" for analyst in analysts(one))
    for title, notes in (
        ("Understood:", one.understood),
        ("Not carried:", one.dropped),
    ):
        if notes:
            yield title
            yield from (f"  {note}" for note in notes)
