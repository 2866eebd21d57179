"""Folders made beside where they are to be, and moved there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from workbench.case import folder
from workbench.errors import WorkbenchError


@contextlib.contextmanager
def beside(where: Path) -> Iterator[Path]:
    """Make a folder on the same disk, hidden, and take away what is left of it."""
    there = where.absolute().parent
    while not there.is_dir():
        there = there.parent
    name = where.absolute().name
    made = Path(tempfile.mkdtemp(prefix=f".{name}.", suffix=".part", dir=there))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def place(pairs: Sequence[tuple[Path, Path]]) -> None:
    """Move all folders into place, each made beside its target, or none.

    Raises WorkbenchError.
    """
    done: list[tuple[Path, Path]] = []
    parents = {parent for _, target in pairs for parent in target.absolute().parents}
    new = sorted((one for one in parents if not one.exists()), reverse=True)
    moves = [move for made, target in pairs for move in _moves(made, target)]
    if there := [target for _, target in moves if os.path.lexists(target)]:
        raise WorkbenchError(f"{there[0]}: is there already; nothing was written")
    try:
        for source, target in moves:
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)
            done.append((source, target))
    except OSError as error:
        for source, moved in reversed(done):
            moved.rename(source)
        with contextlib.suppress(OSError):
            for parent in new:
                parent.rmdir()
        said = error.strerror or str(error)
        raise WorkbenchError(f"{target}: {said}; nothing was written") from error


def _moves(made: Path, target: Path) -> list[tuple[Path, Path]]:
    """Move a folder, or what is in it where the target is there and vacant."""
    if not target.is_dir():
        return [(made, target)]
    # Last what makes the folder a case.
    parts = sorted(made.iterdir(), key=lambda part: part.name == folder.HYPOTHESES)
    return [(part, target / part.name) for part in parts]
