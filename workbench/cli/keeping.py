"""The commands that keep a whole store in a file, and bring it back."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from workbench.cli.asked_for import open_store, reading
from workbench.cli.terminal import DONE, STDOUT, saving, say

if TYPE_CHECKING:
    from workbench.record.backup import Backup


def backup(arguments: Namespace) -> int:
    """Write the whole store, as it is at one moment, to one file."""
    from workbench.record import backup

    output = arguments.output
    with (
        contextlib.closing(open_store(arguments)) as ledger,
        saving(output, private=True) as file,
    ):
        kept = backup.write(ledger, file)
    _tell("standard output" if output == STDOUT else output, kept)
    return DONE


def restore(arguments: Namespace) -> int:
    """Fill an empty store with what a backup holds."""
    from workbench.record import backup

    with _read_twice(arguments.file) as stream:
        kept = backup.check(stream, arguments.file)
        with contextlib.closing(open_store(arguments, make=True)) as ledger:
            stream.seek(0)
            backup.restore(ledger, stream, arguments.file)
    _tell(arguments.file, kept)
    return DONE


@contextlib.contextmanager
def _read_twice(name: str) -> Iterator[BinaryIO]:
    """Open a backup so that it can be read again from its start, however long it is."""
    with reading(name) as stream:
        if stream.seekable():
            yield stream
            return
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(stream, copy)
            copy.seek(0)
            yield copy


def _tell(name: str, kept: Backup) -> None:
    rows = ", ".join(f"{table} {many}" for table, many in kept.rows.items())
    say(f"{name}: as of {kept.made}, with rows of {rows}")
    say(f"lines {kept.digest}")
