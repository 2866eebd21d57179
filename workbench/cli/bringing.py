"""The command that makes a case of another tool's file.

What is read, and how, is the affair of `exchange`.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbench.cli.opening import read_file
from workbench.cli.terminal import DONE, print_line
from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from workbench.exchange import Imported

STDIN: Final = "-"


def import_(arguments: Namespace) -> int:
    """Make a case of another tool's file."""
    lines = bring(
        arguments.file,
        Path(arguments.case),
        matrix=arguments.matrix,
        every=arguments.all,
        dry_run=arguments.dry_run,
    )
    for line in lines:
        print_line(line)
    return DONE


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
    from workbench import exchange
    from workbench.wording.imported import LEDGER_ELSEWHERE

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
    if exchange.keeps_aside(chosen):
        lines.append(LEDGER_ELSEWHERE)
    return lines


def _read(file: str) -> tuple[str, bytes]:
    """Read a file, and no more of it than is needed to see that it is too large."""
    from workbench import exchange

    name = "standard input" if file == STDIN else Path(file).name
    return name, read_file(file, exchange.MAX_BYTES + 1)


def _chosen(found: Sequence[Imported], matrix: int | None, name: str) -> Imported:
    from workbench.wording.imported import name_matrix

    if matrix is None and len(found) == 1:
        return found[0]
    if matrix is not None and matrix <= len(found):
        return found[matrix - 1]
    listed = [
        f"  {number}. {name_matrix(one.case)}"
        for number, one in enumerate(found, start=1)
    ]
    if matrix is None:
        said = f"{len(found)} matrices in it; choose one with --matrix, or --all"
    else:
        said = f"no matrix {matrix} in it; it holds"
    raise WorkbenchError("\n".join([f"{name}: {said}:", *listed]))


def _told(one: Imported) -> Iterator[str]:
    from workbench.wording.imported import name_matrix, name_raters

    yield name_matrix(one.case)
    yield f"Format: {one.format}"
    yield from (f"Analyst: {analyst}" for analyst in name_raters(one.analysts))
    for title, notes in (
        ("Understood:", one.understood),
        ("Not carried:", one.dropped),
    ):
        if notes:
            yield title
            yield from (f"  {note}" for note in notes)
