"""The command line: parse, call, print; nothing is computed here.

Results go to standard output and messages to standard error. What a command alone needs
is imported in it, so that `workbench score` is quick.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence

from workbench.cli.arguments import REPORTS, TARGETS, parser
from workbench.cli.terminal import AT_FAULT, DONE, INTERRUPTED, MISUSED, say
from workbench.errors import ContentErrors, WorkbenchError

__all__ = [
    "AT_FAULT",
    "DONE",
    "INTERRUPTED",
    "MISUSED",
    "REPORTS",
    "TARGETS",
    "main",
    "parser",
]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code: 0 done, 1 at fault, 2 misused."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        arguments = parser().parse_args(argv)
    except SystemExit as stop:  # argparse has printed its help or what is wrong
        return stop.code if isinstance(stop.code, int) else MISUSED
    try:
        code: int = arguments.run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _forget_output()
        return DONE  # the reader has seen enough, as in `workbench score | head -3`
    except KeyboardInterrupt:
        return INTERRUPTED
    except (WorkbenchError, OSError) as error:
        for line in _explained(error):
            say(line)
        _forget_output()
        return AT_FAULT
    return code


def _explained(error: WorkbenchError | OSError) -> list[str]:
    """Say what a person has to mend."""
    if isinstance(error, ContentErrors):
        from workbench.wording import counted

        many = counted(len(error.errors), "error")
        files = counted(len({one.file for one in error.errors}), "file")
        return [*map(str, error.errors), f"workbench: {many} in {files}"]
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return [f"workbench: {where}{error.strerror or error}"]
    return f"workbench: {error}".split("\n")


def _forget_output() -> None:
    """Let nothing more be written that would fail once more at the exit."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)
    except AttributeError:  # started without an output
        pass
