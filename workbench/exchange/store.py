"""What was imported, written as a new case: whole, or not at all.

Everything is made beside the target, read back, and moved into place at the end; a
case that is there already is never touched.
"""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from workbench.case import folder
from workbench.case.beginning import unique_id
from workbench.case.entry import UNRATED, EntryKind
from workbench.case.judgments import Judgments
from workbench.case.placing import beside, place
from workbench.errors import WorkbenchError
from workbench.exchange.draft import slug
from workbench.exchange.imported import Imported, Unreadable
from workbench.exchange.refusal import require_readable
from workbench.record.desk import Desk
from workbench.record.ledger import VARIABLE, Ledger, own_url
from workbench.record.operations import MAX_OPERATIONS
from workbench.wording import plain

NOTE: Final = "imported.txt"
_CLIENT: Final = "import"


def save(found: Imported, where: Path, origin: str, *, accept: bool = False) -> Path:
    """Write one matrix as a case into a new or empty folder; gives the folder.

    `origin` is the name of the file it came from, for the note that is left beside the
    case; `accept` takes a matrix of which too much is unread. Analysts kept
    apart are put into the folder's own ledger. Raises
    WorkbenchError; then nothing is left behind.
    """
    _save([(found, where)], origin, accept=accept)
    return where


def save_all(
    found: Sequence[Imported], where: Path, origin: str, *, accept: bool = False
) -> tuple[Path, ...]:
    """Write each matrix as a case of its own into a folder under `where`.

    The folders are named after the titles. Raises WorkbenchError; then nothing is left
    behind.
    """
    names: list[str] = []
    for one in found:
        stem = slug(one.case.question.title) or "matrix"
        number = names.count(stem) + 1
        while (name := stem if number == 1 else f"{stem}-{number}") in names:
            number += 1
        names.append(name)
    named = dict(zip(names, found, strict=True))
    return save_named(named, where, origin, accept=accept)


def save_named(
    found: Mapping[str, Imported], where: Path, origin: str, *, accept: bool = False
) -> tuple[Path, ...]:
    """Write each matrix as a case into the folder of its name under `where`.

    Raises WorkbenchError; then nothing is left behind.
    """
    if folder.is_case(where):
        raise WorkbenchError(f"{where}: holds a case already; name another folder")
    pairs = [(one, where / name) for name, one in found.items()]
    _save(pairs, origin, accept=accept)
    return tuple(where / name for name in found)


def keeps_aside(found: Iterable[Imported]) -> bool:
    """Tell whether judgments of these go to ledgers that the environment passes by."""
    return bool(os.environ.get(VARIABLE)) and any(one.analysts for one in found)


def zipped(
    found: Mapping[str, Imported], origin: str, *, accept: bool = False
) -> bytes:
    """Write each matrix as a case and give a zip of the folders, by their names.

    Raises WorkbenchError.
    """
    held = io.BytesIO()
    with (
        tempfile.TemporaryDirectory() as made,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        save_named(found, Path(made), origin, accept=accept)
        for path in sorted(Path(made).rglob("*")):
            if path.is_file():
                packed.write(path, path.relative_to(made))
    return held.getvalue()


def _save(pairs: Sequence[tuple[Imported, Path]], origin: str, *, accept: bool) -> None:
    if not accept:
        require_readable([one for one, _ in pairs])
    for _, target in pairs:
        folder.require_vacant(target)
    with beside(pairs[0][1]) as made:
        moves = []
        for number, (one, target) in enumerate(pairs):
            part = made / str(number)
            _write(one, part, origin)
            moves.append((part, target))
        for _, target in pairs:
            folder.require_vacant(target)  # another import may have been quicker
        place(moves)


def _write(read: Imported, where: Path, origin: str) -> None:
    question = replace(read.case.question, id=unique_id(read.case.question.title))
    found = replace(read, case=replace(read.case, question=question))
    folder.write(where, found.case)
    if folder.load(where) != found.case:
        raise Unreadable("the case does not read back as it was written")
    _enter(found, where)
    folder.write_text(where / NOTE, note(found, origin))


def _enter(found: Imported, where: Path) -> None:
    """Put every analyst's judgments into the ledger of the new case."""
    if not found.analysts:
        return
    ledger = Ledger(own_url(where))
    try:
        for number, (name, judgments) in enumerate(found.analysts.items(), start=1):
            desk = Desk(ledger, found.case, name)
            changes = _changes(judgments)
            for start in range(0, len(changes), MAX_OPERATIONS):
                part = changes[start : start + MAX_OPERATIONS]
                op = start // MAX_OPERATIONS + 1
                desk.change(f"{_CLIENT}-{number}", op, part)
    finally:
        ledger.close()


def _changes(judgments: Judgments) -> list[list[object]]:
    changes: list[list[object]] = [
        [
            EntryKind.RATING.value,
            *cell,
            rating.consistency.value if rating else UNRATED,
            rating.because if rating else "",
        ]
        for cell, rating in judgments.ratings.items()
    ]
    for kind, values in (judgments.by_kind() | judgments.beyond()).items():
        changes += [[kind.value, id_, None, value] for id_, value in values.items()]
    return changes


def note(found: Imported, origin: str) -> str:
    """Say where a case came from: what was understood, left behind, and called what."""
    lines = [f"Imported from {origin}", f"Format: {found.format}"]
    for title, notes in (
        ("What was understood", found.understood),
        ("What could not be carried", found.dropped),
        (
            "Cells that were not read",
            tuple(f"{cell.place}: {cell.content}" for cell in found.listed),
        ),
        (
            "Cells outside the matrix that were not carried",
            tuple(f"{cell.place}: {cell.content}" for cell in found.left),
        ),
        ("Analysts, in the ledger of this folder", tuple(found.analysts)),
        (
            "Ids in the file",
            tuple(f"{new}: {old}" for new, old in found.ids.items()),
        ),
    ):
        if notes:
            lines += ["", f"{title}:", *(f"- {one}" for one in notes)]
    return "".join(f"{plain(line)}\n" for line in lines)
