"""The commands that keep a whole store in a file, and bring it back."""

from __future__ import annotations

import contextlib
import io
from argparse import Namespace
from typing import TYPE_CHECKING

from workbench.cli.asked_for import open_store, read_file
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

    stream = io.BytesIO(read_file(arguments.file))
    kept = backup.check(stream, arguments.file)
    with contextlib.closing(open_store(arguments, make=True)) as ledger:
        stream.seek(0)
        backup.restore(ledger, stream, arguments.file)
    _tell(arguments.file, kept)
    return DONE


def _tell(name: str, kept: Backup) -> None:
    rows = ", ".join(f"{table} {many}" for table, many in kept.rows.items())
    say(f"{name}: as of {kept.made}, with rows of {rows}")
    say(f"lines {kept.digest}")
