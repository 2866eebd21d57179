"""The command that makes a case of another tool's file.

What is read, and how, is the affair of `exchange`.
"""

from __future__ import annotations

import shlex
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from workbench.case.judgments import Judgments
from workbench.cli.asked_for import read_file
from workbench.cli.terminal import DONE, print_json, print_line
from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from workbench.case.model import Case
    from workbench.exchange import Cell, Choices, Imported

STDIN: Final = "-"
_MAX_CHOICES: Final = 2_000_001  # bytes; one more than is read
_CELLS: Final = 200  # that are printed one by one


def import_(arguments: Namespace) -> int:
    """Make a case of another tool's file; says what it could not carry."""
    from workbench import exchange
    from workbench.wording.imported import LEDGER_ELSEWHERE

    name, data = _read(arguments.file)
    choices = _choices(arguments)
    found: Sequence[Imported] = ()
    try:
        found = exchange.read(data, name, choices)
        takes_all = arguments.matrix is None and (arguments.all or arguments.dry_run)
        chosen = found if takes_all else (_chosen(found, arguments.matrix, name),)
        found = chosen
        lines = [line for one in chosen for line in _told(one)]
        if arguments.dry_run and not arguments.json:
            print_lines(lines)
        if not choices.accept:
            _require_readable(chosen, name)
        written = [] if arguments.dry_run else _written(arguments, chosen, name)
    except WorkbenchError as error:
        if arguments.json:
            print_json(_document(found, str(error)))
        raise
    if arguments.json:
        print_json(_document(found, None))
        return DONE
    print_lines([*lines, *written] if written else ["Nothing was written."])
    if written and exchange.keeps_aside(chosen):
        print_line(LEDGER_ELSEWHERE)
    return DONE


def print_lines(lines: Iterable[str]) -> None:
    """Print what is told of a matrix, line by line."""
    for line in lines:
        print_line(line)


def _choices(arguments: Namespace) -> Choices:
    from workbench.exchange import choices

    typed = choices.made(arguments.column, arguments.word, accept=arguments.accept)
    if not arguments.choices:
        return typed
    path = Path(arguments.choices)
    return choices.read(read_file(arguments.choices, _MAX_CHOICES), str(path), typed)


def _require_readable(chosen: Sequence[Imported], name: str) -> None:
    """Refuse a matrix of which too much is unread, and say what would help."""
    from workbench import exchange

    for one in chosen:
        if said := exchange.refusal(one):
            raise WorkbenchError(f"{name}: {said}\n{help_with(one)}")


def help_with(one: Imported) -> str:
    """Say what to type where cells could not be read."""
    lines = []
    if one.words:
        lines.append(
            f"To say what a text means, add --word {shlex.quote(one.words[0] + '=C')} "
            "(CC, C, N, I, II, NA or unrated)."
        )
    places = [t for t in one.taken if t.role is not None]
    if places:
        last = places[-1].head
        lines.append(
            "To say what a column holds, or to leave it out, add --column "
            f"{shlex.quote(last + '=leave-out')}."
        )
    lines.append("To import the rest without these cells, add --accept.")
    return "\n".join(lines)


def _written(arguments: Namespace, chosen: Sequence[Imported], name: str) -> list[str]:
    from workbench import exchange

    where, accept = Path(arguments.case), arguments.accept
    if arguments.all:
        made = exchange.save_all(chosen, where, name, accept=accept)
    else:
        made = (exchange.save(chosen[0], where, name, accept=accept),)
    return [f"Written to {place}" for place in made]


def _document(found: Sequence[Imported], refused: str | None) -> dict[str, object]:
    """Give what `import --json` prints: per matrix what was read, and what was not."""
    return {"matrices": [_matrix(one) for one in found], "refused": refused}


def _matrix(one: Imported) -> dict[str, object]:
    told: dict[str, object] = {
        "title": one.case.question.title,
        "filled": one.filled,
        "read": one.read,
        "listed": [{"place": c.place, "content": c.content} for c in one.listed],
        "left": [{"place": c.place, "content": c.content} for c in one.left],
        "scores": _scores(one.case, Judgments()),
    }
    if one.analysts:
        told["analysts"] = {
            name: _scores(one.case, own) for name, own in one.analysts.items()
        }
    return told


def _scores(case: Case, judgments: Judgments) -> dict[str, float | None]:
    from workbench.method.matrix import build
    from workbench.method.scoring import assess

    return {
        one.id: None if one.rank is None else one.score
        for one in assess(build(case, judgments)).hypotheses
    }


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
    from workbench import exchange
    from workbench.wording.imported import name_matrix, name_raters

    yield name_matrix(one.case)
    yield f"Format: {one.format}"
    yield from (f"Analyst: {analyst}" for analyst in name_raters(one.analysts))
    for title, notes in (
        ("Understood:", one.understood),
        ("Not carried:", one.dropped),
        ("Cells not read:", exchange.told(one.listed)),
        ("Cells left out:", _cells(one.left)),
    ):
        if notes:
            yield title
            yield from (f"  {note}" for note in notes)


def _cells(cells: Sequence[Cell]) -> list[str]:
    from workbench.wording import clipped

    lines = [f"{c.place}: {clipped(c.content)}" for c in cells[:_CELLS]]
    if (more := len(cells) - _CELLS) > 0:
        lines.append(f"and {more:,} more; --json lists them all")
    return lines
