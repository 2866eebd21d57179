"""How a result goes out; a text from a file never acts on a terminal."""

from __future__ import annotations

import contextlib
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final

from workbench.case.whole import writing_whole
from workbench.errors import WorkbenchError

DONE: Final = 0
AT_FAULT: Final = 1
MISUSED: Final = 2
INTERRUPTED: Final = 130
STDOUT: Final = "-"
TITLE: Final = 60  # characters of a title in a table

# What acts on a terminal rather than showing: controls and marks of direction.
_ACTING: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_ACTING_IN_JSON: Final = re.compile(
    "[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ud800-\udfff]"
)


def _visible(text: str) -> str:
    """Escape what would act on a terminal: texts come from files."""

    def escaped(found: re.Match[str]) -> str:
        return ascii(found[0])[1:-1]

    return _ACTING.sub(escaped, text)


def say(message: str) -> None:
    """Print a message for a person, on standard error."""
    print(_visible(message), file=sys.stderr)


def print_line(line: str) -> None:
    """Print a line of a result."""
    print(_visible(line))


def print_json(value: object, indent: int | None = 2) -> None:
    """Print a result as JSON, on one line where `indent` is None."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    print(harmless_json(text))


def harmless_json(text: str) -> str:
    r"""Write as \uXXXX what would act on a terminal; it reads back the same."""
    return _ACTING_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _width(text: str) -> int:
    """Count the columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def print_table(
    head: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()
) -> None:
    """Print columns side by side, those named in `right` set to the right."""
    table = [tuple(head), *(tuple(_visible(cell) for cell in row) for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
    for row in table:
        cells = []
        for j, (cell, width) in enumerate(zip(row, widths, strict=True)):
            gap = " " * (width - _width(cell))
            cells.append(gap + cell if j in right else cell + gap)
        print("  ".join(cells).rstrip())


def save(data: bytes, output: str) -> None:
    """Write a result to a file, whole or not at all, or to standard output."""
    with saving(output) as file:
        file.write(data)


@contextlib.contextmanager
def saving(output: str, *, private: bool = False) -> Iterator[BinaryIO]:
    """Write a result piece by piece, as `save` does.

    A new file that is `private` is for nobody else on the machine to read.
    """
    if output == STDOUT:
        sys.stdout.flush()
        yield sys.stdout.buffer
        return
    path = Path(output)
    if path.exists() and not path.is_file():  # a device or a pipe; a folder refuses
        with path.open("wb") as file:
            yield file
        return
    if not path.parent.is_dir():
        raise WorkbenchError(f"{path.parent}: no such folder; make it first")
    with writing_whole(path, private=private) as file:
        yield file
